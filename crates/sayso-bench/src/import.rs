//! `sayso gazetteer import` on a dump of the size of GeoNames.
//!
//! The dump is made: as many places as are asked for, in GeoNames' columns, with names of one to
//! three words in Latin script, about a third of them shared, other names in half of the lines
//! (some in Arabic or Cyrillic script), in 250 countries with 16 divisions of 12 districts each,
//! and as many lines of `alternateNamesV2` and a half. Only its size and mix are those of the real
//! one, since what is measured is time and memory.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, ensure};

use crate::command::{Folder, peak_while};
use sayso_bench::draw::Draw;

/// Countries of the made dump are numbered; these are the codes that it takes.
const COUNTRIES: &[&str] = &[
    "SY", "UA", "SD", "CD", "MM", "ML", "HT", "YE", "IQ", "AF", "NG", "ET", "SO", "CO", "MX", "US",
    "CN", "IN", "RU", "BR",
];
const DIVISIONS: u64 = 16;
const DISTRICTS: u64 = 12;

const SYLLABLES: &[&str] = &[
    "al", "ba", "bel", "da", "den", "dor", "el", "fa", "gor", "ha", "hin", "ja", "ka", "kan", "la",
    "len", "ma", "mir", "na", "nor", "or", "pa", "qal", "ra", "rum", "sa", "shi", "ta", "tur",
    "ul", "va", "wad", "ya", "zar", "zo", "ki", "mo", "be", "ri", "su",
];
const ARABIC: &[&str] = &[
    "ال", "با", "دي", "حا", "رم", "قل", "عة", "مع", "رة", "شي", "خان", "تل",
];
const CYRILLIC: &[&str] = &["ка", "ми", "но", "во", "ста", "ри", "ль", "сл", "бо", "да"];

/// One to `at_most` + 1 syllables.
fn word(draw: &mut Draw, syllables: &[&str], at_most: u64, into: &mut String) {
    for _ in 0..=1 + draw.below(at_most) {
        into.push_str(draw.of(syllables));
    }
}

/// A name of one to three words.
fn place_name(draw: &mut Draw) -> String {
    let mut name = String::new();
    for nth in 0..=draw.below(3) {
        if nth > 0 {
            name.push(' ');
        }
        let start = name.len();
        word(draw, SYLLABLES, 3, &mut name);
        if let Some(first) = name.get_mut(start..=start) {
            first.make_ascii_uppercase();
        }
    }
    name
}

/// What to measure.
pub(crate) struct Size {
    /// Places.
    pub(crate) rows: u64,
    /// Where to make the dump and the gazetteer.
    pub(crate) scratch: Option<PathBuf>,
}

/// Makes the dump, imports it with the command and asks the result for a name.
pub(crate) fn measure(sayso: &Path, size: &Size) -> anyhow::Result<String> {
    let folder = Folder::within(size.scratch.as_deref())?;
    let places = folder.path().join("allCountries.txt");
    let names = folder.path().join("alternateNamesV2.txt");
    let out = folder.path().join("world.gaz");
    let begun = Instant::now();
    let asked = make(&places, &names, size.rows)
        .with_context(|| format!("making a dump in {}", folder.path().display()))?;
    let made = begun.elapsed();
    let bytes = fs::metadata(&places)?.len() + fs::metadata(&names)?.len();

    let begun = Instant::now();
    let (status, peak) = peak_while(
        Command::new(sayso)
            .args(["gazetteer", "import"])
            .args([&places, &names])
            .arg("--out")
            .arg(&out),
    )?;
    let taken = begun.elapsed();
    ensure!(
        status.success(),
        "sayso gazetteer import ended with {status}"
    );

    let begun = Instant::now();
    let found = Command::new(sayso)
        .args(["gazetteer", "find", &asked, "--gazetteer"])
        .arg(&out)
        .output()?;
    let find = begun.elapsed();
    let text = String::from_utf8_lossy(&found.stdout);
    ensure!(
        found.status.success() && text.contains(&asked),
        "`{asked}` is not found in what was imported: {text}{}",
        String::from_utf8_lossy(&found.stderr)
    );
    Ok(format!(
        "{} places and {} other names, {} MB of text made in {:.0} s\n\
         time       {:.0} s, {:.0} places/s\n\
         memory     {} MB of its own at most, {} MB with the pages of scratch files that it maps\n\
         gazetteer  {} MB; `sayso gazetteer find` on it takes {:.0} ms",
        size.rows,
        size.rows * 3 / 2,
        bytes / 1_000_000,
        made.as_secs_f64(),
        taken.as_secs_f64(),
        size.rows as f64 / taken.as_secs_f64(),
        peak.own,
        peak.all,
        fs::metadata(&out)?.len() / 1_000_000,
        find.as_secs_f64() * 1e3,
    ))
}

/// Writes the two files; gives the name of one place in them.
fn make(places: &Path, names: &Path, rows: u64) -> anyhow::Result<String> {
    let mut draw = Draw::from(2026);
    let mut out = BufWriter::with_capacity(1 << 20, fs::File::create(places)?);
    let mut asked = String::new();
    for id in 1..=rows {
        let country = draw.below(COUNTRIES.len() as u64) as usize;
        let (admin1, admin2) = (draw.below(DIVISIONS), draw.below(DISTRICTS));
        let number = id - 1;
        let divisions = COUNTRIES.len() as u64 * DIVISIONS;
        let (country, admin1, admin2, class, code) = if number < divisions {
            let of = (number / DIVISIONS) as usize;
            (of, number % DIVISIONS, None, "A", "ADM1")
        } else if number < divisions * (1 + DISTRICTS) {
            let n = number - divisions;
            let of = (n / (DIVISIONS * DISTRICTS)) as usize;
            let admin1 = n / DISTRICTS % DIVISIONS;
            (of, admin1, Some(n % DISTRICTS), "A", "ADM2")
        } else {
            // About as in the real dump: populated places, then land forms, spots and streams.
            let (class, code) = match draw.below(10) {
                0..=4 => ("P", "PPL"),
                5 => ("T", "MT"),
                6 => ("S", "HTL"),
                7 => ("H", "STM"),
                8 => ("S", "SCH"),
                _ => ("L", "RGN"),
            };
            (country, admin1, Some(admin2), class, code)
        };
        let name = place_name(&mut draw);
        let mut others = String::new();
        if draw.below(2) == 0 {
            for n in 0..=draw.below(4) {
                if n > 0 {
                    others.push(',');
                }
                match draw.below(4) {
                    0 => word(&mut draw, ARABIC, 3, &mut others),
                    1 => word(&mut draw, CYRILLIC, 3, &mut others),
                    _ => others.push_str(&place_name(&mut draw)),
                }
            }
        }
        if class == "P" {
            asked.clone_from(&name);
        }
        let (lat, lon) = (
            draw.below(120_000) as f64 / 1e3 - 50.0,
            draw.below(340_000) as f64 / 1e3 - 170.0,
        );
        let population = if draw.below(5) == 0 {
            draw.below(90_000)
        } else {
            0
        };
        writeln!(
            out,
            "{id}\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{class}\t{code}\t{}\t\t{admin1:02}\t{}\t\t\t{population}\t\t\tEtc/UTC\t2026-01-02",
            COUNTRIES[country],
            admin2.map_or_else(String::new, |n| format!("{n:03}")),
        )?;
    }
    out.flush()?;
    let mut out = BufWriter::with_capacity(1 << 20, fs::File::create(names)?);
    for n in 0..rows * 3 / 2 {
        let id = 1 + draw.below(rows);
        let (language, name) = match draw.below(6) {
            0 => ("link", "https://example.org/place".to_owned()),
            1 => {
                let mut name = String::new();
                word(&mut draw, ARABIC, 3, &mut name);
                ("ar", name)
            }
            _ => ("en", place_name(&mut draw)),
        };
        writeln!(out, "{n}\t{id}\t{language}\t{name}\t\t\t\t\t\t")?;
    }
    out.flush()?;
    Ok(asked)
}
