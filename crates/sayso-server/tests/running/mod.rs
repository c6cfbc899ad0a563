//! Runs a desk on a port of its own and asks it over HTTP.

#![allow(dead_code)]

use std::net::TcpListener;
use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use sayso_coder::Coder;
use sayso_ledger::{Missing, Place};
use sayso_server::{Desk, Mode, Options, Role, Serving, Store};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use ureq::http::{Request, Response};

/// The password of every user of the tests.
pub const PASSWORD: &str = "correct horse battery";

/// Three reports about two invented things, the first two on one clash.
pub const REPORTS: [(&str, &str, &str, &str); 3] = [
    (
        "tarra-1",
        "Tarra Post",
        "2025-03-04",
        "Fighters of the Velda Front attacked an army post near Kutum on Monday, killing four \
         soldiers, a military spokesman said. The army denied that it had lost the post.",
    ),
    (
        "orlo-7",
        "Orlo Wire",
        "2025-03-05",
        "At least six soldiers were killed when fighters of the Velda Front attacked an army post \
         near Kutum on Monday, local sources told reporters. It is not known how many fighters died.",
    ),
    (
        "ulban-3",
        "Ulban Radio",
        "2025-03-20",
        "Police fired tear gas at protesters in Jacmel on Wednesday, witnesses said. The mayor said \
         that nobody was hurt.",
    ),
];

/// A desk that runs.
pub struct Running {
    pub address: String,
    /// What the cookie carries, and the second secret, of whoever asks.
    pub cookie: Option<String>,
    pub csrf: Option<String>,
    pub bearer: Option<String>,
    pub key: String,
    pub once: String,
    pub runtime: Arc<Runtime>,
    pub folder: Arc<TempDir>,
}

/// What a desk answered.
pub struct Answer {
    pub status: u16,
    pub etag: Option<String>,
    pub kind: String,
    pub headers: ureq::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Its JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|_| panic!("{}: {}", self.status, String::from_utf8_lossy(&self.bytes)))
    }

    /// Its JSON, of this status.
    #[track_caller]
    pub fn of(&self, status: u16) -> Value {
        assert_eq!(
            self.status,
            status,
            "{}",
            String::from_utf8_lossy(&self.bytes)
        );
        if self.bytes.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    /// A problem of this status: its detail.
    #[track_caller]
    pub fn problem(&self, status: u16) -> String {
        assert_eq!(
            self.status,
            status,
            "{}",
            String::from_utf8_lossy(&self.bytes)
        );
        assert_eq!(self.kind, "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], json!(status));
        assert!(
            problem["type"]
                .as_str()
                .unwrap()
                .starts_with("urn:sayso:problem:")
        );
        problem["detail"].as_str().unwrap().to_owned()
    }
}

fn coder() -> Arc<Coder> {
    static CODER: OnceLock<Arc<Coder>> = OnceLock::new();
    Arc::clone(CODER.get_or_init(|| Arc::new(Coder::shipped().unwrap())))
}

fn start(mode: impl Fn(u16) -> Mode, prepare: &impl AsyncFn(&Place)) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::parse(folder.path().join("desk.db").to_str().unwrap(), None);
    started(Arc::new(folder), &place, mode, prepare)
}

fn started(
    folder: Arc<TempDir>,
    place: &Place,
    mode: impl Fn(u16) -> Mode,
    prepare: &impl AsyncFn(&Place),
) -> Running {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(3)
        .enable_all()
        .build()
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let desk = runtime.block_on(async {
        prepare(place).await;
        Desk::open(Options {
            place: place.clone(),
            missing: Missing::Make,
            passphrase: None,
            coder: coder(),
            jobs: NonZeroUsize::MIN,
            mode: mode(port),
            page: None,
        })
        .await
        .unwrap()
    });
    let (key, once) = desk.keys().unwrap_or_default();
    let serving = Serving {
        listener,
        tls: None,
    };
    runtime.spawn(async move { desk.serve(serving).await });
    Running {
        address: format!("http://127.0.0.1:{port}"),
        cookie: None,
        csrf: None,
        bearer: None,
        key,
        once,
        runtime: Arc::new(runtime),
        folder,
    }
}

/// A desk of one's own, opened.
pub fn own() -> Running {
    let mode = |port| Mode::Own {
        name: "R. Analyst".to_owned(),
        port,
        demo: false,
    };
    let mut running = start(mode, &async |_: &Place| {});
    let opened = running.ask(
        "GET",
        &format!("/open?key={}", running.key.clone()),
        &[],
        None,
    );
    assert_eq!(opened.status, 303);
    running.cookie = cookie(&opened);
    running.csrf = running.session_csrf();
    running
}

/// A team's desk with a user of each role, named after it.
pub fn team() -> Running {
    start(for_a_team, &users)
}

/// The same over the ledger at `place`; with users, where no desk was there before.
pub fn team_at(place: &Place, is_new: bool) -> Running {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    started(folder, place, for_a_team, &async |place: &Place| {
        if is_new {
            users(place).await;
        }
    })
}

fn for_a_team(_: u16) -> Mode {
    Mode::Team {
        hosts: Vec::new(),
        secure: false,
        proxied: false,
    }
}

async fn users(place: &Place) {
    let store = Store::open(place).await.unwrap();
    for role in Role::ALL {
        let made = store.add_user(role.as_str(), role, PASSWORD, "2025-01-01T00:00:00.000000Z");
        made.await.unwrap();
    }
    store.close().await;
}

/// The cookie that an answer sets.
pub fn cookie(answer: &Answer) -> Option<String> {
    let set = answer.headers.get("set-cookie")?.to_str().ok()?;
    Some(set.split(';').next()?.to_owned())
}

impl Running {
    /// The same desk for somebody who has no session.
    pub fn nobody(&self) -> Self {
        Self {
            address: self.address.clone(),
            cookie: None,
            csrf: None,
            bearer: None,
            key: self.key.clone(),
            once: self.once.clone(),
            runtime: Arc::clone(&self.runtime),
            folder: Arc::clone(&self.folder),
        }
    }

    /// The same desk for a user who signs in.
    pub fn signed_in(&self, name: &str) -> Self {
        let mut user = self.nobody();
        let asked = json!({"name": name, "password": PASSWORD});
        let answer = user.post("/api/v1/session", &asked);
        let session = answer.of(201);
        user.cookie = cookie(&answer);
        user.csrf = session["csrf"].as_str().map(str::to_owned);
        user
    }

    /// The same desk for a program with this token.
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            bearer: Some(token.to_owned()),
            ..self.nobody()
        }
    }

    fn session_csrf(&self) -> Option<String> {
        let session = self.get("/api/v1/session").of(200);
        session["csrf"].as_str().map(str::to_owned)
    }

    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<(&str, Vec<u8>)>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.address));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(csrf) = &self.csrf {
            request = request.header("x-csrf-token", csrf);
        }
        if let Some(token) = &self.bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .allow_non_standard_methods(true)
            .timeout_global(Some(Duration::from_mins(2)))
            .build()
            .into();
        let response: Response<ureq::Body> = match body {
            Some((kind, bytes)) => {
                let request = request.header("content-type", kind).body(bytes).unwrap();
                agent.run(request).unwrap()
            }
            None => agent.run(request.body(()).unwrap()).unwrap(),
        };
        let (parts, mut body) = response.into_parts();
        let text = |name: &str| {
            let value = parts.headers.get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        Answer {
            status: parts.status.as_u16(),
            etag: text("etag"),
            kind: text("content-type").unwrap_or_default(),
            bytes: body.read_to_vec().unwrap(),
            headers: parts.headers,
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], None)
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, &[], body)
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let bytes = serde_json::to_vec(body).unwrap();
        self.ask(method, path, headers, Some(("application/json", bytes)))
    }

    /// Adds the reports of the tests and waits until they are coded and linked.
    pub fn filled(self) -> Self {
        let reports: Vec<Value> = REPORTS
            .iter()
            .map(|(id, outlet, published, text)| {
                json!({"id": id, "outlet": outlet, "published": published, "text": text,
                       "title": format!("News from {outlet}")})
            })
            .collect();
        let added = self
            .post("/api/v1/reports", &json!({"reports": reports}))
            .of(201);
        assert_eq!(added["kept"].as_array().unwrap().len(), REPORTS.len());
        self.settled();
        self
    }

    /// Waits until nothing waits and readers see all of it.
    pub fn settled(&self) {
        let start = Instant::now();
        loop {
            let waiting = self.get("/api/v1/reports?state=waiting").of(200)["total"].clone();
            let backlog = self.get("/api/v1/backlog").of(200)["waiting"].clone();
            let none = self.get("/api/v1/reports").of(200)["total"] == json!(0);
            if waiting == json!(0) && backlog == json!(0) && !none {
                // What was written last is laid out within this.
                std::thread::sleep(Duration::from_millis(900));
                return;
            }
            assert!(
                start.elapsed() < Duration::from_mins(3),
                "still waiting: {backlog}"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}
