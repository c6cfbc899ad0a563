//! Prints the sentences of files, one a line, tokens apart: `cargo run --example sentences -- FILE…`.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use sayso_text::{Report, read};

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let reading = read(Report::from_text(String::from_utf8_lossy(&bytes)));
        for sentence in &reading.sentences {
            let words: Vec<&str> = sentence.tokens.clone().map(|t| reading.word(t)).collect();
            println!("{:3} {}", sentence.paragraph, words.join(" "));
        }
    }
}
