//! Requests to a desk: method and address in the first line, headers, an empty line, the body, as
//! they are written in HTTP/1.1. Addresses with their queries, cursors, cookies, conditions and
//! bodies are read by the desk's own routes, over a small ledger.
//!
//! `$I`, `$R` and `$F` stand for the id of an incident, of a report and of a finding in it; `$E` in
//! a header for the tag of what the address names. Whoever asks has the desk's key, unless they bring
//! one themselves.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sayso_coder::Coder;
use sayso_ledger::{About, Book, Content, Incoming, Missing, Moment, Place};
use sayso_server::{Desk, Mode, Options};
use sayso_text::{Published, Report};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use crate::code;

/// The port that the desk takes itself to be reached at.
const PORT: u16 = 1;

/// After so many requests that may change something the desk is opened anew: what one input leaves
/// behind does not slow down all that follow.
const CHANGES: usize = 200;

/// Longest body, in bytes: what is handed in to be coded takes time.
const LONGEST: usize = 4_000;

/// Longest answer that is looked at.
const ANSWER: usize = 64_000_000;

/// Invented; both tell of one clash.
const REPORTS: [(&str, &str, &str); 2] = [
    (
        "tarra-1",
        "2025-03-04",
        "Fighters of the Osk Front attacked a checkpoint near Kutum on Monday and killed three \
         soldiers, the army said. A doctor said that four had died.",
    ),
    (
        "lake-2",
        "2025-03-05",
        "The Osk Front denied that its fighters had attacked a checkpoint near Kutum on Monday.",
    ),
];

/// A desk that is open, and what stands for its ids.
struct Open {
    desk: Desk,
    routes: Router,
    key: String,
    runtime: Option<Runtime>,
    changed: usize,
    _folder: TempDir,
}

/// A request as it is written.
struct Asked<'b> {
    method: Method,
    address: &'b str,
    headers: Vec<(&'b str, &'b [u8])>,
    body: &'b [u8],
}

pub(crate) fn run(bytes: &[u8]) {
    static OPEN: Mutex<Option<Open>> = Mutex::new(None);
    let Some(asked) = read(bytes) else {
        return;
    };
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    if open.as_ref().is_some_and(|open| open.changed >= CHANGES) {
        *open = None;
    }
    let open = open.get_or_insert_with(opened);
    if asked.method != Method::GET {
        open.changed += 1;
    }
    open.ask(&asked);
}

/// Reads head and body; none where no server would see a request in it.
fn read(bytes: &[u8]) -> Option<Asked<'_>> {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = end.map_or((bytes, &b""[..]), |at| (&bytes[..at], &bytes[at + 2..]));
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = std::str::from_utf8(lines.next()?).ok()?;
    let (method, address) = first.split_once(' ')?;
    let headers = lines.take(32).filter_map(|line| {
        let at = line.iter().position(|byte| *byte == b':')?;
        let name = std::str::from_utf8(&line[..at]).ok()?;
        Some((name, line[at + 1..].trim_ascii()))
    });
    Some(Asked {
        method: Method::from_bytes(method.as_bytes()).ok()?,
        address: address.trim(),
        headers: headers.collect(),
        body: body.get(..LONGEST).unwrap_or(body),
    })
}

impl Open {
    fn ask(&self, asked: &Asked<'_>) {
        let Some(runtime) = &self.runtime else {
            return;
        };
        let address = asked.address.replace("$I", &ids().incident);
        let address = address.replace("$R", &ids().report);
        let mut request = Request::builder()
            .method(asked.method.clone())
            .uri(&address);
        let mut own = vec![
            (header::HOST, format!("127.0.0.1:{PORT}")),
            (header::AUTHORIZATION, format!("Bearer {}", self.key)),
            (header::CONTENT_TYPE, "application/json".to_owned()),
        ];
        for (name, value) in &asked.headers {
            let value = if *value == b"$E" {
                let tag = runtime.block_on(self.tag(&address));
                HeaderValue::from_bytes(tag.unwrap_or_default().as_bytes())
            } else {
                HeaderValue::from_bytes(value)
            };
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), value) {
                own.retain(|(own, _)| *own != name);
                request = request.header(name, value);
            }
        }
        for (name, value) in own {
            request = request.header(name, value);
        }
        let body = match std::str::from_utf8(asked.body) {
            Ok(text) => filled(text).into_bytes(),
            Err(_) => asked.body.to_vec(),
        };
        if let Ok(request) = request.body(Body::from(body)) {
            let told = format!("{} {address}", asked.method);
            runtime.block_on(self.answered(request, &told));
        }
    }

    /// Asks, and looks at the answer: never an error of the server's own, and JSON where it says so.
    async fn answered(&self, request: Request<Body>, told: &str) {
        let Ok(response) = self.routes.clone().oneshot(request).await;
        let status = response.status();
        assert!(
            !status.is_server_error() || status == StatusCode::SERVICE_UNAVAILABLE,
            "{told}: {status}, {}",
            body(response).await.map_or_else(String::new, |bytes| {
                String::from_utf8_lossy(&bytes).into_owned()
            })
        );
        let header = |name| response.headers().get(name).map(HeaderValue::as_bytes);
        assert_eq!(
            header(header::X_CONTENT_TYPE_OPTIONS),
            Some(&b"nosniff"[..]),
            "{told}"
        );
        let kind = header(header::CONTENT_TYPE).unwrap_or_default();
        let is_json =
            kind.starts_with(b"application/json") || kind.starts_with(b"application/problem+json");
        let is_endless = kind.starts_with(b"text/event-stream");
        let is_packed = header(header::CONTENT_ENCODING).is_some();
        if is_endless {
            return;
        }
        let Some(bytes) = body(response).await else {
            panic!("{told}: an answer that does not end");
        };
        if is_json && !is_packed && !bytes.is_empty() {
            let read: Result<Value, _> = serde_json::from_slice(&bytes);
            assert!(read.is_ok(), "{told}: {read:?}");
        }
    }

    /// The tag of the report or incident that an address is below.
    async fn tag(&self, address: &str) -> Option<String> {
        let mut parts = address.split(['/', '?']).skip(3);
        let (list, id) = (parts.next()?, parts.next()?);
        let uri = Uri::try_from(format!("/api/v1/{list}/{id}")).ok()?;
        let response = self.get(uri).await?;
        let tag = response.headers().get(header::ETAG)?.to_str().ok()?;
        Some(tag.to_owned())
    }

    async fn get(&self, uri: Uri) -> Option<Response<Body>> {
        let request = Request::get(uri)
            .header(header::HOST, format!("127.0.0.1:{PORT}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key))
            .body(Body::empty())
            .ok()?;
        let Ok(response) = self.routes.clone().oneshot(request).await;
        Some(response)
    }

    async fn json(&self, address: &'static str) -> Option<Value> {
        let response = self.get(Uri::from_static(address)).await?;
        serde_json::from_slice(&body(response).await?).ok()
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.desk.end();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn body(response: Response<Body>) -> Option<axum::body::Bytes> {
    to_bytes(response.into_body(), ANSWER).await.ok()
}

/// A text with the ids in it.
fn filled(text: &str) -> String {
    text.replace("$I", &ids().incident_as_it_is)
        .replace("$R", REPORTS[0].0)
        .replace("$F", &ids().finding)
}

/// What `$I`, `$R` and `$F` stand for: the same in every desk over this ledger.
struct Ids {
    incident: String,
    incident_as_it_is: String,
    report: String,
    finding: String,
}

static IDS: OnceLock<Ids> = OnceLock::new();

fn ids() -> &'static Ids {
    IDS.get_or_init(|| {
        let open = made();
        let incident = open.0["items"][0]["id"].as_str().unwrap_or_default();
        let finding = open.1["findings"][0]["id"].as_str();
        let finding = finding.or(open.1["sheet"]["events"][0]["id"].as_str());
        Ids {
            incident: utf8_percent_encode(incident, NON_ALPHANUMERIC).to_string(),
            incident_as_it_is: incident.to_owned(),
            report: utf8_percent_encode(REPORTS[0].0, NON_ALPHANUMERIC).to_string(),
            finding: finding.unwrap_or_default().to_owned(),
        }
    })
}

/// The list of incidents of a new desk, and its first report.
fn made() -> (Value, Value) {
    let open = opened();
    let Some(runtime) = &open.runtime else {
        return (Value::Null, Value::Null);
    };
    runtime.block_on(async {
        let incidents = open.json("/api/v1/incidents").await;
        let report = open.json("/api/v1/reports/tarra-1").await;
        (incidents.unwrap_or_default(), report.unwrap_or_default())
    })
}

fn coder() -> Arc<Coder> {
    static CODER: OnceLock<Arc<Coder>> = OnceLock::new();
    Arc::clone(CODER.get_or_init(|| match Coder::shipped() {
        Ok(coder) => Arc::new(coder),
        Err(error) => panic!("{error}"),
    }))
}

fn place(folder: &Path) -> Place {
    Place::Sqlite {
        ledger: folder.join("l.db"),
        keys: folder.join("l.db.keys"),
    }
}

fn folder() -> TempDir {
    match tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()) {
        Ok(folder) => folder,
        Err(error) => panic!("{error}"),
    }
}

/// A ledger with the reports and their sheets, of which each desk gets a copy.
fn template() -> &'static Path {
    static TEMPLATE: OnceLock<TempDir> = OnceLock::new();
    TEMPLATE
        .get_or_init(|| {
            let folder = folder();
            if let Err(error) = new_runtime().block_on(filled_ledger(folder.path())) {
                panic!("no ledger: {error}");
            }
            folder
        })
        .path()
}

async fn filled_ledger(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let book = Book::open(&place(folder), Missing::Make).await?;
    let now = Moment::latest("2025-05-12T10:00:00Z").ok_or("no moment")?;
    for (id, published, text) in REPORTS {
        let mut report = Report::from_text(text);
        id.clone_into(&mut report.id);
        report.published = Some(Published::parse(published)?);
        let printed = code::printed_of(report.clone()).ok_or("no sheet")?;
        let incoming = Incoming {
            about: About::of(&report),
            content: Content {
                text: text.to_owned(),
                bytes: text.as_bytes().to_vec(),
            },
            sheet: &serde_json::from_str(&printed)?,
        };
        book.add(&incoming, false, now).await?;
    }
    book.close().await?;
    Ok(())
}

fn new_runtime() -> Runtime {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime,
        Err(error) => panic!("no runtime: {error}"),
    }
}

/// Opens a desk over a copy of the ledger, and waits until it has read it.
fn opened() -> Open {
    let folder = folder();
    for file in fs::read_dir(template()).into_iter().flatten().flatten() {
        let copied = fs::copy(file.path(), folder.path().join(file.file_name()));
        assert!(copied.is_ok(), "{copied:?}");
    }
    let runtime = new_runtime();
    let options = Options {
        place: place(folder.path()),
        missing: Missing::Refuse,
        passphrase: None,
        coder: coder(),
        jobs: std::num::NonZeroUsize::MIN,
        mode: Mode::Own {
            name: "R. Analyst".to_owned(),
            port: PORT,
            demo: false,
        },
        page: None,
    };
    let desk = match runtime.block_on(Desk::open(options)) {
        Ok(desk) => desk,
        Err(error) => panic!("no desk: {error}"),
    };
    let (key, _) = desk.keys().unwrap_or_default();
    let open = Open {
        routes: desk.service(),
        desk,
        key,
        runtime: Some(runtime),
        changed: 0,
        _folder: folder,
    };
    if let Some(runtime) = &open.runtime {
        runtime.block_on(async {
            for _ in 0..1_000 {
                let backlog = open.json("/api/v1/backlog").await.unwrap_or_default();
                if backlog.get("reading").is_none_or(Value::is_null) {
                    return;
                }
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            panic!("a desk that does not come to an end with two reports");
        });
    }
    open
}

/// A request for every operation that the desk's document names, with all its parameters and a body
/// of its form; then some whose parts are more than their form says.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let document: Value = sayso_server::openapi()
        .ok()
        .and_then(|written| serde_json::from_str(&written).ok())
        .unwrap_or_default();
    let none = Map::new();
    let mut seeds = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap_or(&none) {
        for (method, operation) in item.as_object().unwrap_or(&none) {
            seeds.push(request(&document, method, path, operation).into_bytes());
        }
    }
    seeds.extend(
        [
            "GET /api/v1/incidents?since=2025-03-01&until=2025-04&bbox=20,10,30,20&status=disputed&\
             sort=deaths&limit=1&cursor=x\nAccept-Encoding: gzip\nIf-None-Match: \"a\", *",
            "GET /api/v1/incidents/$I?as_of=2025-05-12T10:00:00%2B02:00&published_by=2025-03-05",
            "GET /api/v1/search?q=%22checkpoint%20near%22%20-army&limit=1000",
            "POST /api/v1/reports?preview=true\n\n{\"reports\":[{\"text\":\"A road was closed.\",\
             \"published\":\"2025-03-04\"}]}",
            "POST /api/v1/reports?preview=true\nContent-Type: multipart/form-data; boundary=x\n\n\
             --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nThe road \
             was closed.\r\n--x--\r\n",
            "POST /api/v1/reports/$R/reviews\nIf-Match: $E\n\n{\"finding\":\"$F\",\"ruling\":\"correct\",\
             \"field\":\"tolls.0.low\",\"value\":4,\"why\":\"the doctor\"}",
            "POST /api/v1/reports/$R/events\nIf-Match: W/$E\n\n{\"type\":\"armed-clash\",\"quote\":\
             \"attacked a checkpoint\"}",
            "POST /api/v1/export/preview\n\n{\"to\":\"csv\",\"profile\":\"public\",\"since\":\
             \"2025-03-01\"}",
            "GET /api/v1/session\nCookie: sayso=a; sayso=b\nAuthorization: Basic eA==\nHost: x",
            "GET /open?key=x&once=y",
            "GET /assets/../../etc/passwd",
        ]
        .map(|request| request.as_bytes().to_vec()),
    );
    seeds
}

fn request(document: &Value, method: &str, path: &str, operation: &Value) -> String {
    let mut address = path.to_owned();
    let mut query = Vec::new();
    let mut headers = String::new();
    let parameters = operation.get("parameters").and_then(Value::as_array);
    for parameter in parameters.into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        let example = example(document, &parameter["schema"], 0);
        let value = match &example {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        match parameter["in"].as_str() {
            Some("query") => query.push(format!("{name}={value}")),
            Some("header") => {
                // Writing to a string does not fail.
                let _ = write!(headers, "\n{name}: $E");
            }
            _ => {
                let of = if path.contains("/incidents/") {
                    "$I"
                } else {
                    "$R"
                };
                let value = if name == "id" { of } else { value.as_str() };
                address = address.replace(&format!("{{{name}}}"), value);
            }
        }
    }
    if !query.is_empty() {
        address = format!("{address}?{}", query.join("&"));
    }
    let form = operation.pointer("/requestBody/content/application~1json/schema");
    let body = form.map_or_else(String::new, |form| example(document, form, 0).to_string());
    format!("{} {address}{headers}\n\n{body}", method.to_uppercase())
}

/// Some value of a form.
fn example(document: &Value, form: &Value, depth: usize) -> Value {
    if depth > 12 {
        return Value::Null;
    }
    if let Some(named) = form.get("$ref").and_then(Value::as_str) {
        let named = document.pointer(named.trim_start_matches('#'));
        return named.map_or(Value::Null, |form| example(document, form, depth + 1));
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        let forms = form.get(choice).and_then(Value::as_array);
        let is_some = |form: &&Value| form.get("type") != Some(&json!("null"));
        if let Some(form) = forms.and_then(|forms| forms.iter().find(is_some)) {
            return example(document, form, depth + 1);
        }
    }
    if let Some(first) = form.pointer("/enum/0") {
        return first.clone();
    }
    let kind = match &form["type"] {
        Value::Array(kinds) => kinds.first().and_then(Value::as_str),
        kind => kind.as_str(),
    };
    match kind {
        Some("object") => {
            let properties = form.get("properties").and_then(Value::as_object);
            let properties = properties.into_iter().flatten();
            let filled =
                properties.map(|(name, form)| (name.clone(), example(document, form, depth + 1)));
            Value::Object(filled.collect())
        }
        Some("array") => json!([example(document, &form["items"], depth + 1)]),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        Some("null") => Value::Null,
        _ => json!("x"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A target that is refused at the door sees nothing of what lies behind it.
    #[test]
    fn requests_get_to_their_routes_and_ids_are_of_this_ledger() {
        assert!(
            ids().incident_as_it_is.starts_with("i:"),
            "{}",
            ids().incident
        );
        assert!(!ids().finding.is_empty());
        let open = opened();
        let runtime = open.runtime.as_ref().unwrap();
        runtime.block_on(async {
            let address = format!("/api/v1/incidents/{}", ids().incident);
            assert!(open.tag(&address).await.is_some());
            let reports = open.json("/api/v1/reports").await.unwrap();
            assert_eq!(reports["total"], 2);
        });
        assert!(seeds().len() > 40);
        assert!(read(b"GET").is_none());
    }
}
