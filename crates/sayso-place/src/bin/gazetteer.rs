//! Makes `gazetteer/places.gaz` and `lexicon/places/pcodes.tsv`: see `gazetteer/CARD.md`.

use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sayso_place::Gazetteer;
use sayso_place::facts::pcodes::match_pcodes;
use sayso_place::facts::{Facts, build};

const USAGE: &str = "usage: sayso-gazetteer FACTS COUNTRIES DATE OUT
       sayso-gazetteer pcodes LIST PLACES

FACTS      folder of the public facts
COUNTRIES  lexicon/places/countries.tsv
DATE       how new the facts are, such as 2026-09
OUT        the file to write
LIST       HDX's global list of P-codes, CSV
PLACES     the gazetteer whose divisions get them; the table goes to standard output";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, list, places] = &arguments[..]
        && word == "pcodes"
    {
        return report(pcodes(Path::new(list), Path::new(places)));
    }
    let [folder, countries, date, out] = &arguments[..] else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let facts = Facts {
        folder: PathBuf::from(folder),
        countries: PathBuf::from(countries),
    };
    report(make(&facts, date, out))
}

fn report(done: Result<(), Box<dyn std::error::Error>>) -> ExitCode {
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

fn pcodes(list: &Path, places: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let gazetteer = Gazetteer::open(places)?;
    let pcodes = match_pcodes(list, &gazetteer)?;
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(
        out,
        "# origin: HDX, Global P-Code List of OCHA's common operational datasets (COD-AB), matched by name with the divisions of gazetteer {}: `sayso-gazetteer pcodes`\n\
         # licence: CC BY-IGO (OCHA), ids CC BY 4.0 (GeoNames)\n\
         # columns: geonames\tpcode",
        gazetteer.edition()
    )?;
    let mut rows: Vec<String> = pcodes
        .found
        .iter()
        .map(|(id, code)| format!("{id}\t{code}"))
        .collect();
    rows.sort();
    for row in rows {
        writeln!(out, "{row}")?;
    }
    out.flush()?;
    eprintln!(
        "{} divisions with a P-code, {} rows of the list without a division",
        pcodes.found.len(),
        pcodes.unmatched
    );
    Ok(())
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
