//! Makes `registry/actors.reg`: see `registry/CARD.md`.
#![allow(clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sayso_registry::Registry;
use sayso_registry::facts::{Facts, build};

const USAGE: &str = "usage: sayso-actors build FACTS --out FILE [--lexicon FOLDER] [--edition DATE]
       sayso-actors list FILE

FACTS     folder of the public facts
FILE      the registry to write
FOLDER    lexicon/ of this repository [default: lexicon]
DATE      how new the facts are [default: 2026-03]";

/// What was typed.
struct Arguments {
    facts: Facts,
    out: PathBuf,
    edition: String,
}

impl Arguments {
    fn parse(words: &[String]) -> Option<Self> {
        let mut words = words.iter();
        if words.next()? != "build" {
            return None;
        }
        let mut arguments = Self {
            facts: Facts {
                folder: PathBuf::from(words.next()?),
                lexicon: PathBuf::from("lexicon"),
            },
            out: PathBuf::new(),
            edition: "2026-03".to_owned(),
        };
        while let Some(option) = words.next() {
            let value = words.next()?;
            match option.as_str() {
                "--out" => arguments.out = PathBuf::from(value),
                "--lexicon" => arguments.facts.lexicon = PathBuf::from(value),
                "--edition" => arguments.edition.clone_from(value),
                _ => return None,
            }
        }
        (!arguments.out.as_os_str().is_empty()).then_some(arguments)
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match (&words[..], Arguments::parse(&words)) {
        (_, Some(arguments)) => make(&arguments),
        ([command, file], None) if command == "list" => list(Path::new(file)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut next: Option<&dyn std::error::Error> = Some(&*error);
            while let Some(error) = next {
                eprintln!("{error}");
                next = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn make(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let (bytes, counts) = build(&arguments.facts, &arguments.edition)?;
    std::fs::write(&arguments.out, &bytes)?;
    println!(
        "{:>8} {:>8}  records taken, of them joined to an actor that was there",
        "", ""
    );
    for (source, (taken, joined)) in counts {
        println!("{taken:>8} {joined:>8}  {source}");
    }
    let size = bytes.len();
    let registry = Registry::from_bytes(bytes)?;
    println!("{:>8} actors in all", registry.len());
    println!("{:>8} different names", registry.name_count());
    println!("{size:>8} bytes");
    Ok(())
}

/// Prints every actor as a line of a table, for whoever audits the file.
fn list(file: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let registry = Registry::from_bytes(std::fs::read(file)?)?;
    println!(
        "id\tname\tkind\tsector\tcountries\tstart\tend\tpeople\tsources\tbefore\tafter\taliases"
    );
    for entry in registry.all() {
        let join = |parts: &mut dyn Iterator<Item = &str>| parts.collect::<Vec<_>>().join(";");
        let day = |day: Option<sayso_registry::Day>| day.map_or("-".to_owned(), |d| d.to_string());
        println!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            entry.id(),
            entry.name(),
            entry.kind(),
            entry.sector().unwrap_or("-"),
            join(&mut entry.countries()),
            day(entry.start()),
            day(entry.end()),
            entry.is_people(),
            join(&mut entry.sources()),
            join(&mut entry.before()),
            join(&mut entry.after()),
            join(&mut entry.aliases()),
        );
    }
    Ok(())
}
