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
use percent_encoding::percent_decode_str;
use sayso_ledger::LedgerError;
use sha2::{Digest as _, Sha256};

use crate::auth::{Who, only_reads, written};
use crate::events::Reading;
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
        return being_read(who.is_some(), &reading).into_response();
    }
    let deed = (!only_reads(request.method())).then(|| deed(&request));
    let response = next.run(request).await;
    if let Some(deed) = deed
        && is_noted(who.as_deref(), &deed, response.status())
    {
        let signed_in = response.extensions().get::<SignedIn>();
        let name = signed_in.map(|SignedIn(name)| name.as_str());
        let name = name.or(who.as_deref().map(|who| who.name.as_str()));
        note(&desk, name.unwrap_or_default(), deed, response.status()).await;
    }
    response
}

/// That the ledger is being read; how large it is is nobody's business who has no role.
fn being_read(is_someone: bool, reading: &Reading) -> Problem {
    if is_someone {
        Problem::reading(reading)
    } else {
        Problem::reading(&Reading::default())
    }
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

/// Who has just signed in: they were nobody when the request came.
#[derive(Clone)]
pub(crate) struct SignedIn(pub(crate) String);

/// What a request changes: its route, and what its address names.
struct Deed {
    what: String,
    subject: Subject,
}

enum Subject {
    /// In clear.
    Shown(String),
    /// Ids of reports and incidents tell what they are, and a record outlives what is erased: they
    /// stand by the hash under the ledger's key by which its entries name reports.
    Hashed(String),
}

/// Subjects are cut after so many bytes.
const SUBJECT: usize = 200;

/// Strangers are noted where they try to sign in, and that as often as they may try: nobody fills
/// the record from outside.
fn is_noted(who: Option<&Who>, deed: &Deed, outcome: StatusCode) -> bool {
    let signs_in = deed.what.ends_with("/session") && outcome != StatusCode::TOO_MANY_REQUESTS;
    who.is_some() || signs_in
}

fn deed(request: &Request) -> Deed {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", |path| path.as_str());
    // Below the API's own address the path begins anew.
    let path = request.uri().path();
    Deed {
        what: format!("{} {route}", request.method()),
        subject: subject(route, path.strip_prefix("/api/v1").unwrap_or(path)),
    }
}

fn subject(route: &str, path: &str) -> Subject {
    let named = path.split('/').nth(2).filter(|_| route.contains('{'));
    let named = percent_decode_str(named.unwrap_or_default());
    let mut named = named.decode_utf8_lossy().into_owned();
    let shown = ["/imports/{", "/users/{", "/tokens/{", "/published/{"]
        .iter()
        .any(|part| route.contains(part));
    if shown || named.is_empty() {
        named.truncate(named.floor_char_boundary(SUBJECT));
        Subject::Shown(named)
    } else {
        Subject::Hashed(named)
    }
}

async fn note(desk: &Desk, name: &str, deed: Deed, status: StatusCode) {
    let now = written(Timestamp::now());
    let outcome = i64::from(status.as_u16());
    let noted = async {
        let subject = match deed.subject {
            Subject::Shown(subject) => subject,
            Subject::Hashed(id) => match desk.0.archive.book.name_of(&id).await {
                Ok(name) => format!("#{name}"),
                // A ledger without entries has no key yet, and nothing that could be named.
                Err(LedgerError::NoReport { .. }) => String::new(),
                Err(error) => return Err(error),
            },
        };
        let deed = (name, deed.what.as_str(), subject.as_str());
        desk.0.store.note(deed, outcome, &now).await
    };
    if let Err(error) = noted.await {
        crate::log(&format!("what was done could not be noted: {error}"));
    }
}

/// Whose address a request comes from.
pub(crate) fn address(desk: &Desk, request: &Request) -> String {
    let proxied = matches!(desk.0.mode, Mode::Team { proxied: true, .. });
    // The last one of the last line is the proxy's own word; those before it are the client's.
    let mut told = request.headers().get_all("x-forwarded-for").iter();
    let told = told.next_back().filter(|_| proxied);
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
    let host = host(request);
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

/// The name by which a request reaches this server. HTTP/2 has it in the address, and no header.
fn host(request: &Request) -> &str {
    let header = request.headers().get(header::HOST);
    match header.and_then(|host| host.to_str().ok()) {
        Some(host) => host,
        None => request
            .uri()
            .authority()
            .map_or("", |authority| authority.as_str()),
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

    fn request(uri: &str) -> axum::http::request::Builder {
        Request::builder().method(Method::POST).uri(uri)
    }

    #[test]
    fn reports_are_noted_by_a_hash_alone() {
        let report = "/reports/tarra-post%2F12/reviews";
        let report = subject("/api/v1/reports/{id}/reviews", report);
        assert!(matches!(report, Subject::Hashed(id) if id == "tarra-post/12"));
        let user = super::subject("/api/v1/users/{name}", "/users/ana");
        assert!(matches!(user, Subject::Shown(name) if name == "ana"));
        let none = super::subject("/api/v1/export/preview", "/export/preview");
        assert!(matches!(none, Subject::Shown(name) if name.is_empty()));
    }

    #[test]
    fn strangers_leave_a_note_where_they_sign_in_alone() {
        let deed = |what: &str| Deed {
            what: what.to_owned(),
            subject: Subject::Shown(String::new()),
        };
        let (sign_in, other) = (
            deed("POST /api/v1/session"),
            deed("DELETE /api/v1/users/{name}"),
        );
        assert!(is_noted(None, &sign_in, StatusCode::UNAUTHORIZED));
        assert!(!is_noted(None, &sign_in, StatusCode::TOO_MANY_REQUESTS));
        assert!(!is_noted(None, &other, StatusCode::UNAUTHORIZED));
    }

    #[test]
    fn strangers_are_not_told_how_large_a_ledger_is() {
        let reading = Reading {
            done: 1_234,
            total: 5_678,
            ..Reading::default()
        };
        assert!(being_read(true, &reading).detail.contains("5678"));
        let told = being_read(false, &reading);
        assert!(!told.detail.contains(char::is_numeric), "{}", told.detail);
        assert_eq!((told.status, told.retry_after), (503, Some(2)));
    }

    #[test]
    fn the_host_of_an_http_2_request_is_in_its_address() {
        let newer = request("https://desk.example:8443/api/v1/session");
        let newer = newer.version(axum::http::Version::HTTP_2);
        assert_eq!(
            host(&newer.body(Body::empty()).unwrap()),
            "desk.example:8443"
        );
        let older = request("/api/v1/session").header(header::HOST, "desk.example");
        assert_eq!(host(&older.body(Body::empty()).unwrap()), "desk.example");
    }
}
