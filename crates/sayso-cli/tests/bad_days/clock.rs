//! The clock is set back.

use std::fs;

use sayso_ledger::{About, Book, Content, Missing, Moment, Place};

use super::running::{does, folder, sayso, stderr};
use super::{archive, expected, ids};

#[test]
fn a_clock_that_was_set_back_is_told_and_the_ledger_runs_on() {
    let folder = folder("bad-clock");
    let path = folder.join("sayso.db");
    let place = Place::parse(path.to_str().unwrap(), None);
    // Recorded while the clock was years ahead.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let book = Book::open(&place, Missing::Make).await.unwrap();
        let about = About {
            id: "ahead-1".to_owned(),
            published: Some("2025-10-22".to_owned()),
            ..About::default()
        };
        let content = Content {
            text: "The ferry to Sinta was stopped, the harbour office said.".to_owned(),
            bytes: Vec::new(),
        };
        let ahead = Moment::latest("2091-01-01T00:00:00Z").unwrap();
        book.receive(&about, &content, false, ahead).await.unwrap();
        book.close().await.unwrap();
    });
    fs::write(folder.join("in.jsonl"), archive(4)).unwrap();
    let output = sayso(&folder, &["add", "in.jsonl"]);
    let told = stderr(&output);
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("clock of this machine is behind the ledger"),
        "{told}"
    );
    assert!(told.contains("2091-01-01"), "{told}");
    assert!(does(&folder, &["verify"]).contains("sound: 9 entries"));
    assert_eq!(ids(&folder, &[]), expected(4));
    // Nothing is as of before.
    assert_eq!(
        does(&folder, &["search", "raiders", "--as-of", "2090-12-31"]),
        ""
    );
}
