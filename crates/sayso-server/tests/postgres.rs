//! A team's desk over PostgreSQL: its own tables, its ledger, and two servers over one of them.
//!
//! Where no PostgreSQL is installed the test says so and does nothing; with `CI` set that is a
//! failure, so that it cannot go unseen.

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
#[path = "../../sayso-ledger/tests/server/mod.rs"]
mod server;

use std::time::{Duration, Instant};

use running::{PASSWORD, team_at};
use serde_json::json;
use server::{Server, programs};

fn started() -> Option<Server> {
    let Some(programs) = programs() else {
        assert!(
            std::env::var_os("CI").is_none(),
            "PostgreSQL is not installed"
        );
        eprintln!("NOT RUN: PostgreSQL is not installed");
        return None;
    };
    Some(Server::start(programs))
}

#[test]
fn a_team_works_over_postgres_and_two_servers_see_the_same() {
    let Some(server) = started() else { return };
    let place = tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(server.place("desk"));
    let desk = team_at(&place, true);
    let other = team_at(&place, false);

    let editor = desk.signed_in("editor").filled();
    // A session of one server is one of the other.
    let same = running::Running {
        cookie: editor.cookie.clone(),
        csrf: editor.csrf.clone(),
        ..other.nobody()
    };
    same.settled();
    let list = same.get("/api/v1/incidents").of(200);
    assert_eq!(list["total"], 2, "{list:#}");

    // A decision over one is refused where it was overtaken over the other.
    let answer = same.get("/api/v1/reports/tarra-1");
    let event = answer.of(200)["sheet"]["events"][0]["id"].clone();
    let tag = answer.etag.unwrap();
    let asked = json!({"finding": event, "ruling": "accept"});
    let path = "/api/v1/reports/tarra-1/reviews";
    editor
        .send("POST", path, &[("if-match", &tag)], &asked)
        .of(201);
    same.send("POST", path, &[("if-match", &tag)], &asked)
        .problem(412);

    // Tokens, imports, users and the record.
    let token = json!({"label": "x", "role": "reader", "days": 1});
    let made = editor.post("/api/v1/tokens", &token).of(201);
    let program = other.with_token(made["secret"].as_str().unwrap());
    program.get("/api/v1/incidents").of(200);
    let end = format!("/api/v1/tokens/{}", made["token"]["id"].as_str().unwrap());
    assert_eq!(editor.ask("DELETE", &end, &[], None).status, 204);
    program.get("/api/v1/incidents").problem(401);
    let import = editor.get("/api/v1/imports").of(200)["items"][0]["id"].clone();
    let undo = format!("/api/v1/imports/{}/undo", import.as_str().unwrap());
    editor.post(&undo, &json!({"why": "a test"})).of(200);
    let admin = desk.signed_in("admin");
    let user = json!({"name": "ana", "role": "reader", "password": PASSWORD});
    admin.post("/api/v1/users", &user).of(201);
    admin.post("/api/v1/users", &user).problem(409);
    let change = json!({"role": "editor"});
    assert_eq!(
        admin
            .send("PATCH", "/api/v1/users/ana", &[], &change)
            .of(200)["role"],
        "editor"
    );
    let last = json!({"active": false});
    admin
        .send("PATCH", "/api/v1/users/admin", &[], &last)
        .problem(409);
    let deeds = admin.get("/api/v1/audit?limit=3").of(200);
    assert_eq!(deeds["items"].as_array().unwrap().len(), 3);
    assert!(deeds["next"].is_string());
}

/// Sessions are in the desk's own tables: whoever asks waits for these as for the ledger.
#[test]
fn a_team_waits_for_a_database_that_is_gone_and_goes_on_at_once() {
    const AWAY: Duration = Duration::from_secs(4);
    let Some(server) = started() else { return };
    let place = tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(server.place("gone"));
    let desk = team_at(&place, true);
    let editor = desk.signed_in("editor").filled();
    let (text, day) = (
        "Gunmen killed two traders in Jos on Friday, police said.",
        "2025-04-05",
    );
    let report = json!({"reports": [{"id": "jos-1", "text": text, "published": day}]});
    server.down();
    std::thread::scope(|scope| {
        let reads = scope.spawn(|| editor.get("/api/v1/reports/tarra-1").of(200));
        let adds = scope.spawn(|| editor.post("/api/v1/reports", &report).of(201));
        std::thread::sleep(AWAY);
        server.up();
        reads.join().unwrap();
        assert!(adds.join().unwrap()["import"].is_string());
    });
    // What was waited for does not hold up the lists afterwards.
    let back = Instant::now();
    while editor.get("/api/v1/incidents").of(200)["total"] != json!(3) {
        assert!(back.elapsed() < AWAY * 2, "the lists stand still");
        std::thread::sleep(Duration::from_millis(100));
    }
}
