//! Prints the times of reports, without a model: JSON lines `{"id", "text", "published"}` on
//! standard input, sheets with `report.text` and `times` (in code points) on standard output.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::io::{self, BufRead, Write};

use sayso_core::{Knowledge, code};
use sayso_lexicon::Lexicon;
use sayso_place::{Builder, Gazetteer};
use sayso_text::{Published, Report, Span, read};
use serde_json::{Value, json};

fn main() {
    let lexicon = Lexicon::builtin().unwrap();
    let gazetteer = Gazetteer::from_bytes(Builder::new().finish("2025-01-01").unwrap()).unwrap();
    let knowledge = Knowledge {
        lexicon: &lexicon,
        gazetteer: &gazetteer,
        registry: &sayso_registry::Registry::default(),
        rules: sayso_core::Rules::all(),
    };
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let input: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let mut report = Report::from_text(input["text"].as_str().unwrap());
        report.published = input["published"]
            .as_str()
            .map(|p| Published::parse(p).unwrap());
        let reading = read(report);
        let text = reading.text();
        let points = |span: Span| {
            let start = text[..span.start()].chars().count();
            [start, start + span.of(text).chars().count()]
        };
        let sheet = code(&reading, &knowledge);
        let times: Vec<Value> = sheet
            .times
            .iter()
            .map(|t| {
                json!({
                    "span": points(t.span), "quote": t.span.of(text), "type": t.kind.as_str(),
                    "value": t.value, "start": t.start.map(|d| d.to_string()),
                    "end": t.end.map(|d| d.to_string()), "rule": t.rule.name(),
                })
            })
            .collect();
        let sheet = json!({"report": {"id": input["id"], "text": text}, "times": times});
        writeln!(out, "{sheet}").unwrap();
    }
}
