//! A desk on one's own machine, asked over HTTP.

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

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use running::{Running, own};
use serde_json::{Value, json};

/// The first statement or event of a report, with its state.
fn finding(desk: &Running, report: &str, list: &str) -> (Value, String) {
    let answer = desk.get(&format!("/api/v1/reports/{report}"));
    let view = answer.of(200);
    (view["sheet"][list][0].clone(), answer.etag.unwrap())
}

#[test]
fn a_key_opens_the_desk_and_nothing_else_does() {
    let desk = own();
    let nobody = desk.nobody();
    let session = nobody.get("/api/v1/session").of(200);
    assert_eq!(
        (&session["user"], &session["csrf"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(session["mode"], "desk");
    assert!(
        session["version"].is_null(),
        "versions are nobody's business"
    );
    nobody.get("/api/v1/incidents").problem(401);
    assert_eq!(nobody.get("/open?key=guess").status, 403);
    assert_eq!(nobody.get("/open").status, 403);

    let session = desk.get("/api/v1/session").of(200);
    assert_eq!(session["user"], "R. Analyst");
    assert_eq!(session["role"], "admin");
    assert!(session["version"]["model"].is_string());

    // The key that the browser is given stands in the list of processes: it opens once.
    let once = format!("/open?key={}", desk.once);
    assert_eq!(nobody.get(&once).status, 303);
    assert_eq!(nobody.get(&once).status, 403);
}

#[test]
fn requests_for_other_hosts_and_from_other_sites_are_refused() {
    let desk = own();
    for (name, value) in [
        ("host", "rebound.example"),
        ("host", "127.0.0.1"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let answer = desk.ask("GET", "/api/v1/incidents", &[(name, value)], None);
        answer.problem(403);
    }
    let key = format!("/open?key={}", desk.key);
    assert_eq!(
        desk.ask("GET", &key, &[("host", "rebound.example")], None)
            .status,
        403
    );
    let asked = json!({"reports": []});
    for origin in ["https://other.example", "null", "http://127.0.0.1:1"] {
        let answer = desk.send("POST", "/api/v1/reports", &[("origin", origin)], &asked);
        answer.problem(403);
    }
    let own_origin = [("origin", desk.address.as_str())];
    desk.send("POST", "/api/v1/reports", &own_origin, &asked)
        .of(200);
}

#[test]
fn what_changes_anything_needs_the_second_secret() {
    let desk = own();
    let mut without = own();
    without.csrf = None;
    let asked = json!({"reports": []});
    without.post("/api/v1/reports", &asked).problem(403);
    without.csrf = Some("guess".to_owned());
    without.post("/api/v1/reports", &asked).problem(403);
    desk.post("/api/v1/reports", &asked).of(200);
}

#[test]
fn answers_tell_browsers_to_be_strict() {
    let desk = own();
    for path in ["/", "/api/v1/incidents", "/open", "/assets/none.js"] {
        let answer = desk.get(path);
        let policy = answer.headers.get("content-security-policy").unwrap();
        assert!(
            policy.to_str().unwrap().starts_with("default-src 'self'"),
            "{path}"
        );
        assert_eq!(
            answer.headers.get("x-content-type-options").unwrap(),
            "nosniff"
        );
        assert_eq!(answer.headers.get("x-frame-options").unwrap(), "DENY");
    }
    assert_eq!(desk.get("/assets/none.js").status, 404);
    let page = desk.get("/");
    assert!(page.kind.starts_with("text/html"), "{}", page.kind);
}

#[test]
fn what_is_not_there_is_a_problem() {
    let desk = own();
    desk.get("/api/v1/nothing").problem(404);
    desk.get("/api/v1/incidents/i:0").problem(404);
    desk.get("/api/v1/incidents/i:0/history").problem(404);
    desk.get("/api/v1/reports/none").problem(404);
    desk.ask("PUT", "/api/v1/incidents", &[], None).problem(405);
    let empty = desk.get("/api/v1/incidents").of(200);
    assert_eq!(empty, json!({"items": [], "next": null, "total": 0}));
}

#[test]
fn wrong_parameters_are_named() {
    let desk = own();
    for (query, field) in [
        ("as_of=yesterday", "as_of"),
        ("published_by=2025-13-01", "published_by"),
        ("limit=0", "limit"),
        ("limit=100000", "limit"),
        ("cursor=nowhere", "cursor"),
        ("asof=2025-01-01", "asof"),
    ] {
        let answer = desk.get(&format!("/api/v1/incidents?{query}"));
        answer.problem(422);
        assert_eq!(answer.json()["field"], field, "{query}");
    }
    // What a filter asks for and there is not is told with what there is.
    for (field, value, allowed) in [
        ("country", "XX", "alpha-3"),
        ("country", "sudan", "use SDN for Sudan"),
        ("type", "Battle", "Armed clash"),
        ("status", "perhaps", "disputed"),
        ("since", "soon", "2025-10-21"),
        ("sort", "size", "updated"),
        ("bbox", "1,2,3", "west"),
    ] {
        let answer = desk.get(&format!("/api/v1/incidents?{field}={value}"));
        answer.problem(400);
        let problem = answer.json();
        assert_eq!(
            (&problem["field"], &problem["value"]),
            (&json!(field), &json!(value))
        );
        let told = problem["allowed"].as_str().unwrap();
        assert!(told.contains(allowed), "{field}={value}: {told}");
    }
    // No address drops what it does not understand.
    for path in [
        "/api/v1/reports?since=2025-01-01",
        "/api/v1/reports/none?q=x",
        "/api/v1/search?q=a&sort=title",
        "/api/v1/session?as_of=2025-01-01",
        "/api/v1/published/none?as_of=2025-01-01",
        "/api/v1/openapi.json?x",
    ] {
        let answer = desk.get(path);
        answer.problem(422);
        assert!(answer.json()["allowed"].is_string(), "{path}");
    }
    desk.post("/api/v1/reports?correction=true", &json!({"reports": []}))
        .problem(422);
    // Whoever has no role is told that, and nothing of the address.
    desk.nobody()
        .get("/api/v1/incidents?asof=2025-01-01")
        .problem(401);
    desk.get("/api/v1/incidents?limit=many").problem(400);
    desk.get("/api/v1/search").problem(400);
    desk.get("/api/v1/search?q=%20").problem(422);
    let nonsense = ("application/json", b"{".to_vec());
    desk.ask("POST", "/api/v1/reports", &[], Some(nonsense))
        .problem(400);
    let text = ("text/plain", b"x".to_vec());
    desk.ask("POST", "/api/v1/reports", &[], Some(text))
        .problem(415);
}

#[test]
fn reports_come_in_are_linked_reviewed_and_found() {
    let desk = own().filled();

    // Incidents.
    let answer = desk.get("/api/v1/incidents?sort=start");
    let incidents = answer.of(200);
    assert_eq!(incidents["total"], 2, "{incidents:#}");
    let clash = &incidents["items"][0];
    assert_eq!(clash["reports"], 2);
    // “Four” and “at least six”: nobody says that it was no more.
    let killed = json!({"low": 4, "conservative": 4, "high": 6, "open": true});
    assert_eq!(clash["killed"], killed);
    assert_eq!(clash["place"]["country"], "SDN");
    let id = clash["id"].as_str().unwrap();
    let tag = answer.etag.unwrap();
    let again = desk.ask(
        "GET",
        "/api/v1/incidents?sort=start",
        &[("if-none-match", &tag)],
        None,
    );
    assert_eq!((again.status, again.bytes.len()), (304, 0));

    // Filters, and parts of a list.
    for (query, total) in [
        ("q=velda%20kutum", 1),
        ("q=nothing", 0),
        ("country=sdn", 1),
        ("place=KUTUM", 1),
        ("place=Kutúm", 1),
        ("place=North+Darfur", 1),
        ("place=Darfur", 1),
        ("place=army+post", 0),
        ("place=Kut", 0),
        ("since=2025-03-10", 1),
        ("until=2025-03-10", 1),
        ("actor=velda", 1),
        ("bbox=20,10,30,20", 1),
        ("bbox=170,-10,-170,10", 0),
    ] {
        let found = desk.get(&format!("/api/v1/incidents?{query}")).of(200);
        assert_eq!(found["total"], total, "{query}: {found:#}");
    }
    let first = desk.get("/api/v1/incidents?limit=1").of(200);
    let cursor = first["next"].as_str().unwrap();
    let second = desk
        .get(&format!("/api/v1/incidents?limit=1&cursor={cursor}"))
        .of(200);
    assert_ne!(first["items"], second["items"]);
    assert_eq!(second["next"], Value::Null);

    // One incident, now and before anything was published.
    let answer = desk.get(&format!("/api/v1/incidents/{id}"));
    let incident = answer.of(200);
    assert_eq!(incident["schema"], "sayso.incident/1");
    let killed = incident["findings"].as_array().unwrap();
    let killed = killed
        .iter()
        .find(|finding| finding["question"] == "killed")
        .unwrap();
    assert_eq!(
        (&killed["low"], &killed["high"]),
        (&json!(4), &json!(6)),
        "{killed:#}"
    );
    assert_eq!(incident["history"].as_array().unwrap().len(), 2);
    assert_eq!(
        answer.etag.unwrap(),
        format!("\"{}\"", incident["etag"].as_str().unwrap())
    );
    let then = desk
        .get(&format!("/api/v1/incidents/{id}?published_by=2025-03-04"))
        .of(200);
    assert_eq!(then["reports"].as_array().unwrap().len(), 1);
    assert_eq!(then["published_by"], "2025-03-04T23:59:59.999999Z");
    desk.get(&format!("/api/v1/incidents/{id}?as_of=2020-01-01"))
        .problem(404);
    let moments = desk.get(&format!("/api/v1/incidents/{id}/history")).of(200);
    let moments = moments["items"].as_array().unwrap();
    let of = |what: &str| {
        moments
            .iter()
            .filter(|moment| moment["what"] == what)
            .count()
    };
    assert_eq!((of("report"), of("coding")), (2, 2));

    // Reports, too, as they were known then, and what each was about.
    for (query, total) in [
        ("as_of=2001-01-01", 0),
        ("published_by=2025-03-04", 1),
        ("published_by=2025-03-05&q=orlo", 1),
        ("as_of=2999-01-01", 3),
    ] {
        let found = desk.get(&format!("/api/v1/reports?{query}")).of(200);
        assert_eq!(found["total"], total, "{query}: {found:#}");
    }
    let then = "/api/v1/reports/tarra-1?published_by=2025-03-04";
    let then = desk.get(then).of(200);
    assert_eq!(then["incidents"], json!([id]));

    // Words.
    let hits = desk.get("/api/v1/search?q=tear+gas").of(200);
    assert_eq!(hits["items"][0]["report"], "ulban-3");
    assert_eq!(hits["items"][0]["incidents"].as_array().unwrap().len(), 1);

    // Origins.
    let origins = desk.get("/api/v1/origins?q=spokesman").of(200);
    assert_eq!(origins["total"], 1, "{origins:#}");

    // The queue.
    let queue = desk.get("/api/v1/review-queue").of(200);
    let items = queue["items"].as_array().unwrap();
    assert!(items.len() > 3);
    let priorities: Vec<f64> = items
        .iter()
        .map(|i| i["priority"].as_f64().unwrap())
        .collect();
    assert!(priorities.is_sorted_by(|a, b| a >= b), "{priorities:?}");
}

#[test]
fn a_lost_update_is_refused_and_shown() {
    let desk = own().filled();
    let (event, tag) = finding(&desk, "tarra-1", "events");
    let path = "/api/v1/reports/tarra-1/reviews";
    let asked = json!({"finding": event["id"], "field": "acled", "ruling": "correct",
                       "value": "Attack", "why": "no fight"});
    desk.post(path, &asked).problem(428);
    desk.send("POST", path, &[("if-match", "\"1\"")], &asked)
        .problem(412);
    let answer = desk.send("POST", path, &[("if-match", &tag)], &asked);
    let view = answer.of(201);
    let review = &view["reviews"][0];
    assert_eq!(review["was"], event["acled"]);
    assert_eq!(review["now"], "Attack");
    assert_eq!(review["by"], "R. Analyst");
    assert_eq!(review["standing"], "holds");

    // Somebody else looked at it before: what they decide is refused, and they see why.
    let other = json!({"finding": event["id"], "ruling": "reject"});
    let refused = desk.send("POST", path, &[("if-match", &tag)], &other);
    refused.problem(412);
    assert_eq!(refused.json()["current"]["reviews"][0]["now"], "Attack");

    // Taken back, and with it everything is as it was.
    let new_tag = answer.etag.unwrap();
    let undo = format!("{path}/{}/undo", review["number"]);
    let undone = desk.send(
        "POST",
        &undo,
        &[("if-match", &new_tag)],
        &json!({"why": "my mistake"}),
    );
    let view = undone.of(201);
    assert_eq!(view["reviews"][0]["standing"], "retracted");
    assert_eq!(view["reviews"][1]["ruling"], "retract");
    assert_eq!(view["sheet"]["events"][0]["acled"], event["acled"]);
    let tag = undone.etag.unwrap();
    desk.send("POST", &undo, &[("if-match", &tag)], &json!({}))
        .problem(422);

    for (wrong, field) in [
        (json!({"finding": "e:none", "ruling": "accept"}), "finding"),
        (
            json!({"finding": event["id"], "field": "acled", "ruling": "correct",
                "value": "Picnic"}),
            "acled",
        ),
        (
            json!({"finding": event["id"], "field": "id", "ruling": "reject"}),
            "id",
        ),
    ] {
        let refused = desk.send("POST", path, &[("if-match", &tag)], &wrong);
        refused.problem(422);
        assert_eq!(refused.json()["field"], field);
    }
}

#[test]
fn a_review_moves_the_incident_and_empties_the_queue() {
    let desk = own().filled();
    let before = desk.get("/api/v1/review-queue?limit=1000").of(200)["total"]
        .as_u64()
        .unwrap();
    let (event, tag) = finding(&desk, "ulban-3", "events");
    let asked = json!({"finding": event["id"], "field": "acled", "ruling": "correct",
                       "value": "Mob violence"});
    let path = "/api/v1/reports/ulban-3/reviews";
    desk.send("POST", path, &[("if-match", &tag)], &asked)
        .of(201);
    desk.settled();
    let queue = desk.get("/api/v1/review-queue?limit=1000").of(200);
    assert_eq!(queue["total"].as_u64().unwrap(), before - 1);
    let found = desk.get("/api/v1/incidents?type=Mob%20violence").of(200);
    assert_eq!(found["total"], 1, "{found:#}");
}

#[test]
fn incidents_are_split_and_merged_and_nobody_is_overtaken() {
    let desk = own().filled();
    let list = desk.get("/api/v1/incidents?sort=start").of(200);
    let id = list["items"][0]["id"].as_str().unwrap();
    let other = list["items"][1]["id"].as_str().unwrap();
    let answer = desk.get(&format!("/api/v1/incidents/{id}"));
    let tag = answer.etag.unwrap();
    let split = format!("/api/v1/incidents/{id}/split");
    let asked = json!({"reports": ["orlo-7"], "why": "another post"});
    desk.post(&split, &asked).problem(428);
    desk.send("POST", &split, &[("if-match", "\"0\"")], &asked)
        .problem(412);
    let none = json!({"reports": ["ulban-3"], "why": "x"});
    desk.send("POST", &split, &[("if-match", &tag)], &none)
        .problem(422);
    let no_why = json!({"reports": ["orlo-7"], "why": " "});
    desk.send("POST", &split, &[("if-match", &tag)], &no_why)
        .problem(422);
    let done = desk
        .send("POST", &split, &[("if-match", &tag)], &asked)
        .of(201);
    assert_eq!(done["incidents"].as_array().unwrap().len(), 2, "{done:#}");

    let answer = desk.get(&format!("/api/v1/incidents/{id}"));
    assert_eq!(answer.of(200)["decisions"][0]["why"], "another post");
    let tag = answer.etag.unwrap();
    let merge = format!("/api/v1/incidents/{id}/merge");
    let nothing = json!({"with": [{"id": id, "etag": tag}], "why": "x"});
    desk.send("POST", &merge, &[("if-match", &tag)], &nothing)
        .problem(422);
    let seen = desk.get(&format!("/api/v1/incidents/{other}")).etag;
    // Of the others, too, it is decided what was looked at.
    let stale = json!({"with": [{"id": other, "etag": "0"}], "why": "the same day"});
    let refused = desk.send("POST", &merge, &[("if-match", &tag)], &stale);
    refused.problem(412);
    assert_eq!(refused.json()["current"]["id"], other);
    let list = desk.get("/api/v1/incidents").of(200);
    let mut items = list["items"].as_array().unwrap().iter();
    let listed = items.find(|brief| brief["id"] == other).unwrap();
    assert_eq!(
        Some(format!("\"{}\"", listed["etag"].as_str().unwrap())),
        seen,
        "the list has the tags"
    );
    let asked = json!({"with": [{"id": other, "etag": seen}], "why": "the same day"});
    let done = desk
        .send("POST", &merge, &[("if-match", &tag)], &asked)
        .of(201);
    assert_eq!(done["incidents"][0]["reports"], 2, "{done:#}");
    // Whoever did not hear the answer and asks again is told that it has changed, and nothing is
    // decided twice.
    desk.send("POST", &merge, &[("if-match", &tag)], &asked)
        .problem(412);
    let list = desk.get("/api/v1/incidents").of(200);
    let mut items = list["items"].as_array().unwrap().iter();
    let merged = items.find(|brief| brief["reports"] == 2).unwrap();
    let merged = desk.get(&format!(
        "/api/v1/incidents/{}",
        merged["id"].as_str().unwrap()
    ));
    let decisions = merged.of(200)["decisions"].clone();
    let kinds = decisions.as_array().unwrap().iter();
    assert_eq!(kinds.filter(|one| one["kind"] == "merge").count(), 1);
}

#[test]
fn an_origin_that_is_not_trusted_counts_for_no_range() {
    let desk = own().filled();
    let origins = desk.get("/api/v1/origins").of(200);
    let origin = origins["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|origin| origin["name"].as_str().unwrap().contains("spokesman"))
        .unwrap();
    let path = format!(
        "/api/v1/origins/{}/distrust",
        origin["id"].as_str().unwrap()
    );
    desk.post(&path, &json!({"why": ""})).problem(422);
    desk.post("/api/v1/origins/o:none/distrust", &json!({"why": "x"}))
        .problem(404);
    assert_eq!(
        desk.post(&path, &json!({"why": "a party to it"})).status,
        204
    );
    desk.settled();
    let marked = desk.get("/api/v1/origins?unreliable=true").of(200);
    assert_eq!(marked["total"], 1);
    let trust = path.replace("distrust", "trust");
    assert_eq!(
        desk.post(&trust, &json!({"why": "confirmed since"})).status,
        204
    );
    desk.settled();
    assert_eq!(
        desk.get("/api/v1/origins?unreliable=true").of(200)["total"],
        0
    );
}

#[test]
fn whoever_listens_is_told_what_changes() {
    let desk = own();
    let mut stream = TcpStream::connect(desk.address.trim_start_matches("http://")).unwrap();
    let host = desk.address.trim_start_matches("http://");
    let cookie = desk.cookie.as_ref().unwrap();
    write!(
        stream,
        "GET /api/v1/events HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\n\r\n"
    )
    .unwrap();
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "event: backlog"));
    let desk = desk.filled();
    assert!(lines.any(|line| line == "event: report"));
    assert!(lines.any(|line| line.starts_with("data:") && line.contains("tarra-1")));
    assert!(lines.any(|line| line == "event: incident"));
    drop(desk);
}

#[test]
fn users_and_tokens_are_for_teams() {
    let desk = own();
    let user = json!({"name": "ana", "role": "reader", "password": "long enough to be one"});
    desk.post("/api/v1/users", &user).problem(409);
    let token = json!({"label": "x", "role": "reader", "days": 1});
    desk.post("/api/v1/tokens", &token).problem(409);
    let sign_in = json!({"name": "ana", "password": "long enough to be one"});
    desk.post("/api/v1/session", &sign_in).problem(409);
}
