//! The page: files that were built from `web/` and travel in the program.

use std::borrow::Cow;
use std::path::Path;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::state::Desk;

/// Name and bytes of every file, by name.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// What is shown where the program was built without the page.
const NOT_BUILT: &str = include_str!("page/not-built.html");

/// A file of the page. What is no file is the page itself, which shows what its address says.
pub(crate) async fn file(State(desk): State<Desk>, uri: Uri) -> Response {
    let find = |name: &str| match &desk.0.page {
        Some(folder) => read(folder, name).map(Cow::Owned),
        None => find(name).map(Cow::Borrowed),
    };
    let name = uri.path().trim_start_matches('/');
    if let Some(bytes) = find(name) {
        return answer(name, bytes);
    }
    // Built files have names of their own for each version: a missing one is not the page.
    if name.starts_with("assets/") {
        return (StatusCode::NOT_FOUND, "there is no such file\n").into_response();
    }
    match find("index.html") {
        Some(bytes) => answer("index.html", bytes),
        None => (
            StatusCode::SERVICE_UNAVAILABLE,
            [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
            NOT_BUILT,
        )
            .into_response(),
    }
}

/// A file of a folder that is looked at instead, while the page is being worked on.
fn read(folder: &Path, name: &str) -> Option<Vec<u8>> {
    let path = folder.join(name).canonicalize().ok()?;
    let inside = path.starts_with(folder.canonicalize().ok()?) && path.is_file();
    inside.then(|| std::fs::read(path).ok())?
}

fn find(name: &str) -> Option<&'static [u8]> {
    FILES
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok()
        .and_then(|at| FILES.get(at))
        .map(|(_, bytes)| *bytes)
}

fn answer(name: &str, bytes: Cow<'static, [u8]>) -> Response {
    let keeps = if name.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keeps));
    response
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "geojson" => "application/geo+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_halving() {
        assert!(FILES.is_sorted_by(|a, b| a.0 < b.0));
        for (name, _) in FILES {
            assert!(find(name).is_some(), "{name}");
        }
        assert!(find("no-such-file").is_none());
    }
}
