//! What `sayso explain` prints of an invented report: for each field its rule, and for each span
//! why it starts and ends where it does. `explained.txt` is the expected page.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used)]

use std::io::Write as _;
use std::process::{Command, Stdio};

const REPORT: &str = "The army said that the fort at Orlu fell on Friday, adding that nobody fled. \
                      Two mills burned near the river, residents told the radio.\n";

/// The part on statements, without the ids, which are made from the report's.
fn page() -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["explain", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(REPORT.as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    page.lines()
        .map(|line| match line.strip_prefix("s:") {
            Some(rest) => format!("s:… {}", rest.split_once(' ').unwrap().1),
            None => line.to_owned(),
        })
        .take_while(|line| !line.starts_with("e:") && !line.starts_with("place "))
        .fold(String::new(), |page, line| page + &line + "\n")
}

#[test]
fn the_edges_of_every_span_have_their_reasons() {
    let page = page();
    let expected = include_str!("explained.txt");
    // The words change only by a deliberate look at the difference.
    for (line, (found, wanted)) in page.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, wanted, "line {} of\n{page}", line + 1);
    }
    assert_eq!(page.lines().count(), expected.lines().count(), "{page}");
}
