//! Makes `gazetteer/places.gaz`: see `gazetteer/CARD.md`.

use std::path::PathBuf;
use std::process::ExitCode;

use sayso_place::Gazetteer;
use sayso_place::facts::{Facts, build};

const USAGE: &str = "usage: sayso-gazetteer FACTS COUNTRIES DATE OUT

FACTS      folder of the public facts
COUNTRIES  lexicon/places/countries.tsv
DATE       how new the facts are, such as 2026-09
OUT        the file to write";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, countries, date, out] = &arguments[..] else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let facts = Facts {
        folder: PathBuf::from(folder),
        countries: PathBuf::from(countries),
    };
    match make(&facts, date, out) {
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

fn make(facts: &Facts, date: &str, out: &str) -> Result<(), Box<dyn std::error::Error>> {
    let (bytes, counts) = build(facts, date)?;
    std::fs::write(out, &bytes)?;
    for (kind, count) in counts {
        eprintln!("{count:>8} {kind}");
    }
    let gazetteer = Gazetteer::from_bytes(bytes)?;
    eprintln!("{:>8} places in all", gazetteer.len());
    eprintln!("{:>8} different names", gazetteer.name_count());
    for (section, bytes) in gazetteer.section_sizes() {
        eprintln!("{bytes:>9} bytes of {section}");
    }
    eprintln!("edition {}", gazetteer.edition());
    Ok(())
}
