//! What happens to a request before its route, and to an answer after it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::auth::{Who, only_reads, written};
use crate::problem::Problem;
use crate::state::{Desk, Mode};

/// Refuses what comes for another host or from another site, finds out who is asking, counts it, and
/// notes what was changed.
pub(crate) async fn enter(State(desk): State<Desk>, mut request: Request, next: Next) -> Response {
    if let Err(problem) = is_for_us(&desk, &request) {
        return problem.into_response();
    }
    let who = match desk.0.gate.who(&desk.0.store, request.headers()).await {
        Ok(who) => who.map(Arc::new),
        Err(error) => return Problem::from(error).into_response(),
    };
    let from = who.as_ref().map_or_else(
        || format!("from {}", address(&desk, &request)),
        |who| format!("as {}", who.name),
    );
    if matches!(desk.0.mode, Mode::Team { .. })
        && let Err(wait) = desk.0.asking.take(&from, Instant::now())
    {
        return Problem::too_many(wait).into_response();
    }
    if let Some(who) = &who {
        request.extensions_mut().insert(Arc::clone(who));
    }
    if let Some(reading) = desk.0.archive.reading()
        && needs_all(&request, who.is_some())
    {
        return Problem::reading(&reading).into_response();
    }
    let deed = (!only_reads(request.method())).then(|| deed(&request));
    let response = next.run(request).await;
    if let Some((what, subject)) = deed {
        note(&desk, who.as_deref(), &what, &subject, response.status()).await;
    }
    response
}

/// Whether what is asked rests on the whole ledger: until that has been read it is not answered in
/// part, since nobody could tell. Who may not ask at all is told so by the route.
fn needs_all(request: &Request, is_someone: bool) -> bool {
    const WITHOUT: [&str; 11] = [
        "/session",
        "/session/password",
        "/rules",
        "/event-types",
        "/backlog",
        "/events",
        "/openapi.json",
        "/users",
        "/users/{name}",
        "/audit",
        "/tokens",
    ];
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", |path| path.as_str());
    let route = route.strip_prefix("/api/v1").unwrap_or(route);
    let is_view = route == "/published/{name}" && only_reads(request.method());
    let adds = route == "/reports" && *request.method() == Method::POST;
    (is_someone || is_view) && !adds && !route.is_empty() && !WITHOUT.contains(&route)
}

/// What a request changes, for the record: its route, and what its address names. Reports are named
/// by their ids there, which may tell what they are: they stand by a keyed hash, as in the ledger.
fn deed(request: &Request) -> (String, String) {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", |path| path.as_str());
    let what = format!("{} {route}", request.method());
    let shown = route.contains("/incidents/{")
        || route.contains("/imports/{")
        || route.contains("/users/{")
        || route.contains("/tokens/{")
        || route.contains("/published/{");
    // Below the API's own address the path begins anew.
    let path = request.uri().path();
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    let named = path.split('/').nth(2).unwrap_or_default();
    let subject = if shown {
        named.to_owned()
    } else if named.is_empty() {
        String::new()
    } else {
        format!("#{}", crate::secret::hash(named))
    };
    (what, subject)
}

async fn note(desk: &Desk, who: Option<&Who>, what: &str, subject: &str, status: StatusCode) {
    let name = who.map_or("", |who| who.name.as_str());
    let now = written(Timestamp::now());
    let outcome = i64::from(status.as_u16());
    if let Err(error) = desk
        .0
        .store
        .note((name, what, subject), outcome, &now)
        .await
    {
        crate::log(&format!("what was done could not be noted: {error}"));
    }
}

/// Whose address a request comes from.
pub(crate) fn address(desk: &Desk, request: &Request) -> String {
    let proxied = matches!(desk.0.mode, Mode::Team { proxied: true, .. });
    let told = request.headers().get("x-forwarded-for").filter(|_| proxied);
    // The last one is the proxy's own word; those before it are the client's.
    let told = told.and_then(|value| value.to_str().ok()?.rsplit(',').next());
    match told {
        Some(told) => told.trim().to_owned(),
        None => request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map_or_else(String::new, |ConnectInfo(address)| address.ip().to_string()),
    }
}

/// Whether a request is for this server, and from no other site. A page of another site can make a
/// browser send requests here under a name of its own (DNS rebinding): the name then tells.
pub(crate) fn is_for_us(desk: &Desk, request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let fits = match &desk.0.mode {
        Mode::Own { port, .. } => {
            let names = ["127.0.0.1", "localhost"];
            names.iter().any(|name| host == format!("{name}:{port}"))
        }
        Mode::Team { hosts, .. } => hosts.is_empty() || hosts.iter().any(|own| own == host),
    };
    if !fits {
        let detail = format!("this server is not called `{host}`");
        return Err(Problem::forbidden(detail));
    }
    if request.method() == Method::GET || request.method() == Method::HEAD {
        return is_no_embedding(headers);
    }
    let from = headers
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok());
    match from {
        // No browser, or a program.
        None => Ok(()),
        Some(from) if from.split_once("://").is_some_and(|(_, from)| from == host) => Ok(()),
        Some(from) => Err(Problem::forbidden(format!("`{from}` is another site"))),
    }
}

/// Whether a reading request of a browser was not begun by a page of another site.
fn is_no_embedding(headers: &HeaderMap) -> Result<(), Problem> {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_cross = value("sec-fetch-site") == Some("cross-site");
    // Following a link is fine; the cookie does not go along.
    if is_cross && value("sec-fetch-mode") != Some("navigate") {
        return Err(Problem::forbidden("another site asked for this"));
    }
    Ok(())
}

/// Headers that keep a browser from doing what the page never asks it to.
const STRICT: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Adds them.
pub(crate) async fn strict(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in STRICT {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        // What is asked with a role is for that person alone.
        let private = HeaderValue::from_static("private, no-cache");
        headers.insert(header::CACHE_CONTROL, private);
    }
    response
}

/// Answers larger than this get no tag of their own.
const TAGGED: usize = 64_000_000;

/// Gives each JSON answer that only reads a tag, unless its route gave it one, and sends none that
/// the client has.
pub(crate) async fn tagged(request: Request, next: Next) -> Response {
    let reads = request.method() == Method::GET;
    let has = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    let is_json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !reads || !is_json || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, TAGGED).await else {
        return Problem::too_large("the answer is too large: ask for a part of it").into_response();
    };
    let tag = parts.headers.get(header::ETAG).cloned().or_else(|| {
        let hash = Sha256::digest(&bytes);
        let short = hash.iter().take(12).fold(String::new(), |mut tag, byte| {
            use std::fmt::Write as _;
            let _ = write!(tag, "{byte:02x}");
            tag
        });
        HeaderValue::from_str(&format!("\"{short}\"")).ok()
    });
    let Some(tag) = tag else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    let is_known = has
        .as_ref()
        .and_then(|has| has.to_str().ok())
        .is_some_and(|has| {
            let own = tag.to_str().unwrap_or_default();
            has.split(',')
                .map(|known| known.trim().trim_start_matches("W/"))
                .any(|known| known == own || known == "*")
        });
    parts.headers.insert(header::ETAG, tag);
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_noted_by_a_hash_alone() {
        let request = Request::builder()
            .method(Method::POST)
            .uri("/api/v1/reports/tarra-post-12/reviews")
            .body(Body::empty())
            .unwrap();
        let (_, subject) = deed(&request);
        assert!(!subject.contains("tarra"), "{subject}");
        assert!(subject.starts_with('#'));
    }
}
