//! Times reading and tokenising of files: `cargo run --release --example speed -- FILE…`.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::time::Instant;

use sayso_text::{Report, read, sentences, tokenize};

fn main() {
    const ROUNDS: u32 = 500;
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let report = Report::from_text(String::from_utf8_lossy(&bytes));
        let words = tokenize(&report.text, "en").len();
        let start = Instant::now();
        for _ in 0..ROUNDS {
            assert_eq!(tokenize(&report.text, "en").len(), words);
        }
        let tokens = start.elapsed() / ROUNDS;
        let spans = tokenize(&report.text, "en");
        let start = Instant::now();
        for _ in 0..ROUNDS {
            assert!(sentences(&report.text, &spans).len() <= words);
        }
        let splitting = start.elapsed() / ROUNDS;
        let start = Instant::now();
        for _ in 0..ROUNDS {
            assert_eq!(read(report.clone()).tokens.len(), words);
        }
        let all = start.elapsed() / ROUNDS;
        println!("{path}: {words} tokens in {tokens:?}, sentences {splitting:?}, read {all:?}");
    }
}
