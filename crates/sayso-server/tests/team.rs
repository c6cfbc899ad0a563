//! A team's desk: who may do what.

// Everything here is a test: what is missing fails it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

mod running;

use running::{PASSWORD, Running, team};
use sayso_server::Role;
use serde_json::{Value, json};

/// Method, route as the document writes it, the role that it needs (`None`: no role), and a body.
fn routes() -> Vec<(&'static str, &'static str, Option<Role>, Option<Value>)> {
    use Role::{Admin, Analyst, Editor, Reader};
    let why = || Some(json!({"why": "x"}));
    vec![
        ("GET", "/session", None, None),
        (
            "POST",
            "/session",
            None,
            Some(json!({"name": "x", "password": "y"})),
        ),
        ("DELETE", "/session", Some(Reader), None),
        (
            "POST",
            "/session/password",
            Some(Reader),
            Some(json!({"current": "x", "password": "long enough to be one"})),
        ),
        ("GET", "/rules", Some(Reader), None),
        ("GET", "/incidents", Some(Reader), None),
        ("GET", "/incidents/{id}", Some(Reader), None),
        ("GET", "/incidents/{id}/history", Some(Reader), None),
        (
            "POST",
            "/incidents/{id}/merge",
            Some(Editor),
            Some(json!({"with": [], "why": "x"})),
        ),
        (
            "POST",
            "/incidents/{id}/split",
            Some(Editor),
            Some(json!({"reports": [], "why": "x"})),
        ),
        ("GET", "/reports", Some(Reader), None),
        (
            "POST",
            "/reports",
            Some(Analyst),
            Some(json!({"reports": []})),
        ),
        ("GET", "/reports/{id}", Some(Reader), None),
        (
            "POST",
            "/reports/{id}/reviews",
            Some(Analyst),
            Some(json!({"finding": "e:1", "ruling": "accept"})),
        ),
        (
            "POST",
            "/reports/{id}/reviews/{number}/undo",
            Some(Analyst),
            why(),
        ),
        (
            "POST",
            "/reports/{id}/statements",
            Some(Analyst),
            Some(json!({"content": {"quote": "x"}, "act": "report"})),
        ),
        (
            "POST",
            "/reports/{id}/events",
            Some(Analyst),
            Some(json!({"anchor": {"quote": "x"}, "type": "Attack"})),
        ),
        ("GET", "/event-types", Some(Reader), None),
        ("GET", "/imports", Some(Reader), None),
        ("POST", "/imports/{id}/undo", Some(Analyst), why()),
        ("GET", "/review-queue", Some(Reader), None),
        ("GET", "/search", Some(Reader), None),
        ("GET", "/origins", Some(Reader), None),
        ("POST", "/origins/{id}/distrust", Some(Editor), why()),
        ("POST", "/origins/{id}/trust", Some(Editor), why()),
        (
            "POST",
            "/export",
            Some(Analyst),
            Some(json!({"format": "geojson", "incidents": []})),
        ),
        (
            "POST",
            "/export/preview",
            Some(Analyst),
            Some(json!({"format": "csv", "incidents": []})),
        ),
        ("GET", "/published", Some(Reader), None),
        (
            "POST",
            "/published",
            Some(Editor),
            Some(json!({"name": "", "format": "csv"})),
        ),
        ("GET", "/published/{name}", None, None),
        ("DELETE", "/published/{name}", Some(Editor), None),
        ("GET", "/backlog", Some(Reader), None),
        ("GET", "/events", Some(Reader), None),
        ("GET", "/users", Some(Admin), None),
        (
            "POST",
            "/users",
            Some(Admin),
            Some(json!({"name": "", "role": "reader", "password": ""})),
        ),
        ("PATCH", "/users/{name}", Some(Admin), Some(json!({}))),
        ("GET", "/audit", Some(Admin), None),
        ("GET", "/tokens", Some(Reader), None),
        (
            "POST",
            "/tokens",
            Some(Reader),
            Some(json!({"label": "", "role": "reader", "days": 1})),
        ),
        ("DELETE", "/tokens/{id}", Some(Reader), None),
        ("GET", "/openapi.json", Some(Reader), None),
    ]
}

fn asked(desk: &Running, method: &str, route: &str, body: Option<&Value>) -> u16 {
    let path = route
        .replace("{id}", "none")
        .replace("{name}", "none")
        .replace("{number}", "1");
    let path = format!("/api/v1{path}");
    let tag = [("if-match", "\"0\"")];
    match body {
        Some(body) => desk.send(method, &path, &tag, body).status,
        // Listening would never end.
        None if route == "/events" => {
            let plain = [("accept-encoding", "identity")];
            desk.ask("HEAD", &path, &plain, None).status
        }
        None => desk.ask(method, &path, &tag, None).status,
    }
}

#[test]
fn every_route_is_for_the_roles_that_it_is_for() {
    let desk = team();
    let document: Value = serde_json::from_str(&sayso_server::openapi().unwrap()).unwrap();
    let mut described: Vec<(String, String)> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = path.strip_prefix("/api/v1").unwrap().to_owned();
        let methods = methods.as_object().unwrap().keys();
        described.extend(methods.map(|method| (method.to_uppercase(), path.clone())));
    }
    for (method, path) in &described {
        let known = routes()
            .iter()
            .any(|route| (route.0, route.1) == (method, path));
        assert!(known, "{method} {path} is not in the table");
    }
    let nobody = desk.nobody();
    for (method, route, needs, body) in routes() {
        let is_described = described
            .iter()
            .any(|known| known.0 == method && known.1 == route);
        assert!(
            is_described || route == "/openapi.json",
            "{method} {route} is not described"
        );
        let status = asked(&nobody, method, route, body.as_ref());
        match needs {
            // A wrong password is told so.
            None => assert!(
                [200, 404].contains(&status) || route == "/session",
                "{method} {route}: {status}"
            ),
            Some(_) => assert_eq!(status, 401, "{method} {route} without a session"),
        }
    }
    for role in Role::ALL {
        for (method, route, needs, body) in routes() {
            let Some(needs) = needs else { continue };
            // Each asks with a session of their own, since one of the routes ends it.
            let user = if route == "/session" {
                desk.signed_in(role.as_str())
            } else {
                again(&desk, role)
            };
            let status = asked(&user, method, route, body.as_ref());
            if role < needs {
                assert_eq!(status, 403, "{method} {route} as {role}");
            } else {
                assert!(
                    ![401, 403, 500].contains(&status),
                    "{method} {route} as {role}: {status}"
                );
            }
        }
    }
}

/// The cookie and the second secret of a session.
type Secrets = (Option<String>, Option<String>);

/// A session of a role that is kept between requests: signing in is limited.
fn again(desk: &Running, role: Role) -> Running {
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    thread_local! {
        static KEPT: RefCell<BTreeMap<(String, Role), Secrets>> =
            const { RefCell::new(BTreeMap::new()) };
    }
    let key = (desk.address.clone(), role);
    let known = KEPT.with_borrow(|kept| kept.get(&key).cloned());
    let (cookie, csrf) = known.unwrap_or_else(|| {
        let user = desk.signed_in(role.as_str());
        (user.cookie, user.csrf)
    });
    KEPT.with_borrow_mut(|kept| kept.insert(key, (cookie.clone(), csrf.clone())));
    Running {
        cookie,
        csrf,
        ..desk.nobody()
    }
}

#[test]
fn a_wrong_password_says_nothing_and_guessing_takes_long() {
    let desk = team();
    let wrong = json!({"name": "admin", "password": "not this one at all"});
    let missing = json!({"name": "nobody", "password": "not this one at all"});
    let a = desk.post("/api/v1/session", &wrong).problem(401);
    let b = desk.post("/api/v1/session", &missing).problem(401);
    assert_eq!(a, b);
    let mut refused = None;
    for _ in 0..12 {
        let answer = desk.post("/api/v1/session", &wrong);
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("guessing has no end");
    refused.problem(429);
    let wait: u64 = refused
        .headers
        .get("retry-after")
        .unwrap()
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(wait >= 1);
}

#[test]
fn sessions_end_and_cookies_are_for_this_site() {
    let desk = team();
    let answer = desk.post(
        "/api/v1/session",
        &json!({"name": "reader", "password": PASSWORD}),
    );
    let set = answer.headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(
        set.contains("HttpOnly") && set.contains("SameSite=Strict"),
        "{set}"
    );
    let user = desk.signed_in("reader");
    assert_eq!(user.get("/api/v1/session").of(200)["user"], "reader");
    assert_eq!(user.ask("DELETE", "/api/v1/session", &[], None).status, 204);
    user.get("/api/v1/incidents").problem(401);
}

#[test]
fn tokens_do_what_they_are_for_until_they_end() {
    let desk = team();
    let editor = desk.signed_in("editor");
    let asked = json!({"label": "nightly export", "role": "analyst", "days": 30});
    let made = editor.post("/api/v1/tokens", &asked).of(201);
    let secret = made["secret"].as_str().unwrap();
    let program = desk.with_token(secret);
    program.get("/api/v1/incidents").of(200);
    // A program needs no second secret.
    program
        .post("/api/v1/reports", &json!({"reports": []}))
        .of(200);
    program
        .post("/api/v1/origins/o:1/distrust", &json!({"why": "x"}))
        .problem(403);
    program.post("/api/v1/tokens", &asked).problem(403);
    desk.with_token("guess")
        .get("/api/v1/incidents")
        .problem(401);

    let more = json!({"label": "x", "role": "admin", "days": 30});
    editor.post("/api/v1/tokens", &more).problem(422);
    for days in [0, 366] {
        let wrong = json!({"label": "x", "role": "reader", "days": days});
        editor.post("/api/v1/tokens", &wrong).problem(422);
    }

    let reader = desk.signed_in("reader");
    assert_eq!(
        reader.get("/api/v1/tokens").of(200)["total"],
        0,
        "others' are not shown"
    );
    let path = format!("/api/v1/tokens/{}", made["token"]["id"].as_str().unwrap());
    reader.ask("DELETE", &path, &[], None).problem(404);
    assert_eq!(
        editor.get("/api/v1/tokens").of(200)["items"][0]["label"],
        "nightly export"
    );
    assert_eq!(editor.ask("DELETE", &path, &[], None).status, 204);
    program.get("/api/v1/incidents").problem(401);

    // What the store keeps is a hash.
    let kept = std::fs::read(desk.folder.path().join("desk.db.desk")).unwrap();
    let log = std::fs::read(desk.folder.path().join("desk.db.desk-wal")).unwrap_or_default();
    for bytes in [kept, log] {
        let found = bytes
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found, "a token lies on the disk");
    }
}

#[test]
fn tokens_end_with_the_password_and_lose_what_the_role_loses() {
    let desk = team();
    let admin = desk.signed_in("admin");
    let change = |change: &Value| {
        admin
            .send("PATCH", "/api/v1/users/editor", &[], change)
            .of(200);
    };
    let token = |password: &str| {
        let asked = json!({"name": "editor", "password": password});
        let signed_in = desk.post("/api/v1/session", &asked);
        let mut editor = desk.nobody();
        editor.csrf = signed_in.of(201)["csrf"].as_str().map(str::to_owned);
        editor.cookie = running::cookie(&signed_in);
        let asked = json!({"label": "nightly", "role": "editor", "days": 30});
        let made = editor.post("/api/v1/tokens", &asked).of(201);
        desk.with_token(made["secret"].as_str().unwrap())
    };
    let judge = |program: &Running| {
        let path = "/api/v1/origins/o:none/distrust";
        program.post(path, &json!({"why": "x"})).status
    };
    let reads = |program: &Running| program.get("/api/v1/incidents").status;

    let program = token(PASSWORD);
    assert_eq!(judge(&program), 404, "an editor may");
    change(&json!({"role": "reader"}));
    assert_eq!((judge(&program), reads(&program)), (403, 200));
    change(&json!({"role": "editor"}));
    assert_eq!(judge(&program), 403, "it stays with what it had left");

    let program = token(PASSWORD);
    let another = "another long password";
    change(&json!({"password": another}));
    assert_eq!(reads(&program), 401);

    // A token of an administrator's makes no account that outlives it.
    let asked = json!({"label": "nightly", "role": "admin", "days": 1});
    let made = admin.post("/api/v1/tokens", &asked).of(201);
    let program = desk.with_token(made["secret"].as_str().unwrap());
    program.get("/api/v1/users").of(200);
    let user = json!({"name": "ines", "role": "admin", "password": another});
    program.post("/api/v1/users", &user).problem(403);
    let lower = json!({"role": "reader"});
    let lowered = program.send("PATCH", "/api/v1/users/editor", &[], &lower);
    lowered.problem(403);

    let program = token(another);
    assert_eq!(reads(&program), 200);
    for active in [false, true] {
        change(&json!({"active": active}));
        assert_eq!(reads(&program), 401);
    }
}

#[test]
fn users_are_made_and_changed_and_one_administrator_stays() {
    let desk = team();
    let admin = desk.signed_in("admin");
    let user = json!({"name": "Ana María", "role": "reader", "password": PASSWORD});
    assert_eq!(admin.post("/api/v1/users", &user).of(201)["role"], "reader");
    admin.post("/api/v1/users", &user).problem(409);
    for wrong in [
        json!({"name": "", "role": "reader", "password": PASSWORD}),
        json!({"name": "a\nb", "role": "reader", "password": PASSWORD}),
        json!({"name": "b", "role": "reader", "password": "short"}),
    ] {
        admin.post("/api/v1/users", &wrong).problem(422);
    }
    let ana = desk.signed_in("Ana María");
    let path = "/api/v1/users/Ana%20Mar%C3%ADa";
    let change = json!({"role": "analyst"});
    assert_eq!(
        admin.send("PATCH", path, &[], &change).of(200)["role"],
        "analyst"
    );
    ana.get("/api/v1/incidents").problem(401);
    assert_eq!(
        desk.signed_in("Ana María").get("/api/v1/session").of(200)["role"],
        "analyst"
    );
    admin
        .send("PATCH", path, &[], &json!({"active": false}))
        .of(200);
    let again = json!({"name": "Ana María", "password": PASSWORD});
    desk.post("/api/v1/session", &again).problem(401);
    admin
        .send("PATCH", "/api/v1/users/none", &[], &change)
        .problem(404);
    for last in [json!({"role": "reader"}), json!({"active": false})] {
        admin
            .send("PATCH", "/api/v1/users/admin", &[], &last)
            .problem(409);
    }
    assert_eq!(admin.get("/api/v1/users").of(200)["total"], 5);

    // Everything of that is on the record.
    let deeds = admin.get("/api/v1/audit?user=admin&limit=2").of(200);
    assert_eq!(deeds["items"][0]["what"], "PATCH /api/v1/users/{name}");
    assert_eq!(
        (&deeds["items"][0]["subject"], &deeds["items"][0]["outcome"]),
        (&json!("admin"), &json!(409))
    );
    let next = deeds["next"].as_str().unwrap();
    let more = admin
        .get(&format!("/api/v1/audit?user=admin&limit=2&cursor={next}"))
        .of(200);
    assert_ne!(deeds["items"], more["items"]);
}

#[test]
fn analysts_take_back_their_own_and_editors_anybodys() {
    let desk = team();
    let editor = desk.signed_in("editor").filled();
    let analyst = desk.signed_in("analyst");
    let answer = editor.get("/api/v1/reports/tarra-1");
    let event = answer.of(200)["sheet"]["events"][0]["id"].clone();
    let asked = json!({"finding": event, "ruling": "accept"});
    let tag = answer.etag.unwrap();
    let path = "/api/v1/reports/tarra-1/reviews";
    let done = editor.send("POST", path, &[("if-match", &tag)], &asked);
    let number = done.of(201)["reviews"][0]["number"].clone();
    let undo = format!("{path}/{number}/undo");
    let tag = done.etag.unwrap();
    analyst
        .send("POST", &undo, &[("if-match", &tag)], &json!({}))
        .problem(403);
    let import = editor.get("/api/v1/imports").of(200)["items"][0]["id"].clone();
    let path = format!("/api/v1/imports/{}/undo", import.as_str().unwrap());
    analyst.post(&path, &json!({})).problem(403);
    editor
        .send("POST", &undo, &[("if-match", &tag)], &json!({}))
        .of(201);
}

#[test]
fn what_somebody_added_is_taken_back_by_them_or_an_editor() {
    let desk = team();
    let editor = desk.signed_in("editor").filled();
    let analyst = desk.signed_in("analyst");
    let report = "/api/v1/reports/tarra-1";
    let answer = editor.get(report);
    let text = answer.of(200)["text"].as_str().unwrap().to_owned();
    let first = text.split(' ').next().unwrap();
    let tag = answer.etag.unwrap();
    let asked = json!({"content": {"quote": first}, "act": "report"});
    let path = format!("{report}/statements");
    let done = editor.send("POST", &path, &[("if-match", &tag)], &asked);
    let number = done.of(201)["additions"][0]["number"].clone();
    let undo = format!("{report}/reviews/{number}/undo");
    let seen = done.etag.unwrap();
    let seen = [("if-match", seen.as_str())];
    analyst.send("POST", &undo, &seen, &json!({})).problem(403);
    let view = editor.send("POST", &undo, &seen, &json!({})).of(201);
    assert_eq!(view["additions"][0]["standing"], "retracted");
}

#[test]
fn a_password_is_changed_by_whoever_knows_it_and_other_sessions_end() {
    let desk = team();
    let user = desk.signed_in("analyst");
    let other = desk.signed_in("analyst");
    let path = "/api/v1/session/password";
    let change = |current: &str, password: &str| json!({"current": current, "password": password});
    let wrong = user.post(path, &change("not this one at all", "a newer one, long"));
    wrong.problem(422);
    assert_eq!(wrong.json()["field"], "current");
    let short = user.post(path, &change(PASSWORD, "short"));
    short.problem(422);
    assert_eq!(short.json()["field"], "password");
    let token = json!({"label": "x", "role": "reader", "days": 1});
    let token = user.post("/api/v1/tokens", &token).of(201)["secret"].clone();
    let program = desk.with_token(token.as_str().unwrap());
    program
        .post(path, &change(PASSWORD, "a newer one, long"))
        .problem(403);

    let changed = user.post(path, &change(PASSWORD, "a newer one, long"));
    assert_eq!(changed.of(201)["user"], "analyst");
    other.get("/api/v1/incidents").problem(401);
    user.get("/api/v1/incidents").problem(401);
    let renewed = Running {
        cookie: running::cookie(&changed),
        csrf: changed.json()["csrf"].as_str().map(str::to_owned),
        ..desk.nobody()
    };
    renewed.get("/api/v1/incidents").of(200);
    // Whoever knew the old one may have made tokens with it.
    program.get("/api/v1/incidents").problem(401);
    let old = json!({"name": "analyst", "password": PASSWORD});
    desk.post("/api/v1/session", &old).problem(401);
    let new = json!({"name": "analyst", "password": "a newer one, long"});
    desk.post("/api/v1/session", &new).of(201);

    // Guessing takes as long as where one signs in.
    let refused = (0..12).any(|_| {
        renewed
            .post(path, &change("guess", "a newer one, long"))
            .status
            == 429
    });
    assert!(refused);
}

#[test]
fn two_who_decide_at_once_are_told_apart() {
    let desk = team();
    let editor = desk.signed_in("editor").filled();
    let answer = editor.get("/api/v1/reports/orlo-7");
    let event = answer.of(200)["sheet"]["events"][0]["id"].clone();
    let tag = answer.etag.unwrap();
    let outcomes: Vec<u16> = std::thread::scope(|scope| {
        let rivals: Vec<_> = (0..6)
            .map(|number| {
                let rival = again(&desk, Role::Analyst);
                let (event, tag) = (event.clone(), tag.clone());
                scope.spawn(move || {
                    let asked = json!({"finding": event, "ruling": "accept",
                                       "why": format!("number {number}")});
                    let path = "/api/v1/reports/orlo-7/reviews";
                    rival
                        .send("POST", path, &[("if-match", &tag)], &asked)
                        .status
                })
            })
            .collect();
        rivals
            .into_iter()
            .map(|rival| rival.join().unwrap())
            .collect()
    });
    assert_eq!(
        outcomes.iter().filter(|status| **status == 201).count(),
        1,
        "{outcomes:?}"
    );
    assert_eq!(
        outcomes.iter().filter(|status| **status == 412).count(),
        5,
        "{outcomes:?}"
    );
    let view = editor.get("/api/v1/reports/orlo-7").of(200);
    assert_eq!(view["reviews"].as_array().unwrap().len(), 1);
}
