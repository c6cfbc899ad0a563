//! Prints what the model sees in a text file, one token a line.
//!
//!     cargo run -p sayso-model --example parse -- MODEL_DIR FILE
//!
//! `-` for MODEL_DIR takes the folder that `SAYSO_MODEL` names, else the repository's `model/`.
//! Columns, tabs between: form, lemma, upos, xpos, head (1 is the sentence's first token, 0 the
//! root), rel; then, where there is any: entity type, name (`B-GPE`, `I-GPE`), parts of
//! attributions (`cue#1`, `content#2>1`: part 2 belongs to part 1). The first six columns are
//! those of the hand-made readings in the tests of `sayso-core`.
#![allow(clippy::print_stdout)]

use std::fmt::Write as _;
use std::path::PathBuf;

use sayso_model::Reader;
use sayso_text::{Reading, Report};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: parse MODEL_DIR FILE".into());
    };
    let folder = match folder.as_str() {
        "-" => std::env::var_os("SAYSO_MODEL").map_or_else(
            || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../model")),
            PathBuf::from,
        ),
        _ => PathBuf::from(folder),
    };
    let reader = Reader::open(&folder).map_err(|error| {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        format!("{error}: {}", cause.unwrap_or_default())
    })?;
    let text = std::fs::read_to_string(file)?;
    print(&reader.annotate(sayso_text::read(Report::from_text(text))));
    Ok(())
}

fn print(reading: &Reading) {
    for sentence in &reading.sentences {
        println!("# {}", reading.slice(sentence.span).replace('\n', " "));
        for at in sentence.tokens.clone() {
            let Some(token) = reading.tokens.get(at) else {
                continue;
            };
            let head = token
                .head
                .map_or(0, |head| head + 1 - sentence.tokens.start);
            let mut line = format!(
                "{}\t{}\t{}\t{}\t{head}\t{}\t{}",
                reading.word(at),
                token.lemma,
                token.upos.as_str(),
                token.xpos.as_str(),
                token.rel.as_str(),
                if token.etype.is_empty() {
                    "_"
                } else {
                    token.etype
                },
            );
            for name in reading.names.iter().filter(|n| n.tokens.contains(&at)) {
                let mark = if name.tokens.start == at { 'B' } else { 'I' };
                let _ = write!(line, "\t{mark}-{}", name.kind.as_str());
            }
            for (number, role) in reading.roles.iter().enumerate() {
                if role.tokens.contains(&at) {
                    let _ = write!(line, "\t{}#{number}", role.role.as_str());
                    if let Some(link) = role.link {
                        let _ = write!(line, ">{link}");
                    }
                }
            }
            println!("{line}");
        }
        println!();
    }
    for note in &reading.notes {
        println!("# note {}: {}", note.code.as_str(), note.message);
    }
}
