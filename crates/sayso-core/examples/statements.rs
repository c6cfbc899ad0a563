//! Prints the statements of reports: `statements MODEL_DIR` reads JSON lines `{"id", "text",
//! "published"}` and prints sheets with statements and the actors that speak; with `--why` it
//! prints them for a person, each with the rules behind it.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::disallowed_methods)] // a shell around the core

use std::io::{self, BufRead, Write};
use std::{env, path::Path};

use sayso_core::{Knowledge, code, resolve};
use sayso_lexicon::Lexicon;
use sayso_model::Reader;
use sayso_place::{Builder, Gazetteer};
use sayso_text::{Published, Report, Span, read};
use serde_json::{Value, json};

fn main() {
    let model = env::args().nth(1).expect("usage: statements MODEL_DIR");
    let for_people = env::args().any(|a| a == "--why");
    let reader = Reader::open(Path::new(&model)).unwrap();
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
        report.title = input["title"].as_str().map(str::to_owned);
        report.published = input["published"]
            .as_str()
            .and_then(|p| Published::parse(p).ok());
        let reading = reader.annotate(read(report));
        let text = reading.text();
        let sheet = code(&reading, &knowledge);
        let mentions = resolve(&reading, &knowledge);
        if for_people {
            writeln!(out, "=== {}", input["id"]).unwrap();
            for (i, s) in sheet.statements.iter().enumerate() {
                let quote = |span: Span| span.of(text).replace('\n', " ");
                let list = |spans: Vec<Span>| {
                    spans
                        .into_iter()
                        .map(quote)
                        .collect::<Vec<_>>()
                        .join(" || ")
                };
                writeln!(
                    out,
                    "{i} {} {} {} {:.2} | SRC {} | CUE {} | C {} | to {:?} | med {:?} | in {:?} | {} {} {}",
                    s.act.as_str(),
                    s.polarity.as_str(),
                    s.certainty.as_str(),
                    s.confidence,
                    list(s.sources.iter().map(|x| x.span).collect()),
                    s.cue.map(quote).unwrap_or_default(),
                    list(s.content.clone()),
                    s.to.map(quote),
                    s.medium.map(quote),
                    s.within,
                    s.why["act"].rule,
                    s.why["content"].rule,
                    s.why["sources"].rule,
                )
                .unwrap();
            }
            for note in &sheet.notes {
                writeln!(out, "note {}: {}", note.code.as_str(), note.message).unwrap();
            }
            continue;
        }
        let points = |span: Span| {
            let start = text[..span.start()].chars().count();
            [start, start + span.of(text).chars().count()]
        };
        let each = |span: Span| json!({"span": points(span), "quote": span.of(text)});
        let statements: Vec<Value> = sheet
            .statements
            .iter()
            .map(|s| {
                let sources: Vec<Value> = s
                    .sources
                    .iter()
                    .map(|x| {
                        let mut source = each(x.span);
                        source["actor"] = json!(x.entity.map(|e| format!("a:{}", e.0)));
                        source
                    })
                    .collect();
                json!({
                    "act": s.act.as_str(), "polarity": s.polarity.as_str(), "sources": sources,
                    "rule": s.why["content"].rule, "source_rule": s.why["sources"].rule, "cue_rule": s.why["cue"].rule, "score": s.confidence,
                    "cue": s.cue.map(each), "content": s.content.iter().map(|&c| each(c)).collect::<Vec<_>>(),
                })
            })
            .collect();
        let actors: Vec<Value> = mentions
            .entities
            .iter()
            .enumerate()
            .map(|(i, e)| json!({"id": format!("a:{i}"), "name": e.name.of(text)}))
            .collect();
        let roles: Vec<Value> = reading
            .roles
            .iter()
            .map(|r| {
                json!({
                    "span": points(reading.span(&r.tokens)), "quote": reading.slice(reading.span(&r.tokens)),
                    "role": r.role.as_str(), "link": r.link, "score": r.score,
                })
            })
            .collect();
        let sheet = json!({
            "roles": roles, "report": {"id": input["id"], "text": text}, "statements": statements,
            "actors": actors, "events": [], "places": [], "times": [],
        });
        writeln!(out, "{sheet}").unwrap();
    }
}
