//! The document of the API is committed at `web/openapi.json`: the page's client is made from it.

// Everything here is a test: what is missing fails it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

use std::path::Path;

use serde_json::Value;

#[test]
fn the_document_is_the_committed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/openapi.json");
    let made = sayso_server::openapi().unwrap();
    if std::env::var_os("SAYSO_UPDATE_OPENAPI").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "web/openapi.json is not what the code says: run \
         SAYSO_UPDATE_OPENAPI=1 cargo test -p sayso-server --test openapi"
    );
}

#[test]
fn every_operation_is_described_with_its_errors() {
    let document: Value = serde_json::from_str(&sayso_server::openapi().unwrap()).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut count = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            count += 1;
            let named = format!("{method} {path}");
            let said = operation["summary"]
                .as_str()
                .or(operation["description"].as_str());
            assert!(said.is_some_and(|said| !said.is_empty()), "{named}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(
                responses.keys().any(|status| status.starts_with('2')),
                "{named}"
            );
            for status in ["400", "401", "403", "404", "422", "429", "500"] {
                let problem = &responses[status]["content"]["application/problem+json"];
                assert!(problem["schema"]["$ref"].is_string(), "{named}: {status}");
            }
        }
    }
    assert!(count > 25, "{count}");
}
