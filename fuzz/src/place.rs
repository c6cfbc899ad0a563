//! A GeoNames dump with other names behind a NUL (`d`), the same packed as GeoNames packs it (`p`), an
//! archive as it is (`z`), a gazetteer file as it is (`g`) and with
//! its checksum put right (`c`), places of the user's own (`o`).

use std::io::{Cursor, Write as _};
use std::path::Path;

use sayso_lexicon::own::read_places;
use sayso_place::import::{Import, import};
use sayso_place::{Builder, Feature, Gazetteer, NewPlace};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::seed;

/// Bytes of a gazetteer's header; behind magic, format and padding stands the checksum.
const HEADER: usize = 48;
const SUM: std::ops::Range<usize> = 16..24;

pub(crate) fn run(bytes: &[u8]) {
    let Some((tag, rest)) = bytes.split_first() else {
        return;
    };
    match tag {
        b'd' => dump(rest, Packed::No),
        b'p' => dump(rest, Packed::Here),
        b'z' => dump(rest, Packed::There),
        b'g' => gazetteer(rest.to_vec()),
        b'c' => gazetteer(with_sum(rest)),
        _ => {
            if let Ok(text) = std::str::from_utf8(rest)
                && let Err(errors) = read_places("places.csv", text)
            {
                assert!(!errors.to_string().is_empty());
            }
        }
    }
}

/// How a dump comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Packed {
    /// As text.
    No,
    /// As text that is packed here.
    Here,
    /// As an archive.
    There,
}

/// Imports both files and looks up what came of them.
fn dump(bytes: &[u8], packed: Packed) {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let (places, names) = (parts.next().unwrap_or_default(), parts.next());
    let (places, names, end) = match packed {
        Packed::No => (places.to_vec(), names, "txt"),
        Packed::Here => (zipped(places), names, "zip"),
        Packed::There => (bytes.to_vec(), None, "zip"),
    };
    let Ok(folder) = tempfile::tempdir() else {
        return;
    };
    let at = |name: &str| folder.path().join(name);
    let write = |path: &Path, bytes: &[u8]| std::fs::write(path, bytes).is_ok();
    let (dump, other, out) = (
        at(&format!("places.{end}")),
        at("names.txt"),
        at("places.gaz"),
    );
    if !write(&dump, &places) || !write(&other, names.unwrap_or_default()) {
        return;
    }
    let asked = Import {
        places: &dump,
        names: names.map(|_| other.as_path()),
        countries: &[syria()],
        out: &out,
        memory: 1 << 16,
    };
    match import(&asked, &mut |_| {}) {
        Ok(_) => match std::fs::read(&out) {
            Ok(bytes) => {
                let made = Gazetteer::from_bytes(bytes);
                assert!(made.is_ok(), "an import that cannot be opened: {made:?}");
                look_up(&made);
            }
            Err(error) => panic!("an import without a file: {error}"),
        },
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert!(!out.exists(), "a failed import has touched its output");
        }
    }
}

/// An archive with a text of its name, and what GeoNames puts beside it.
fn zipped(text: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    // Writing to memory does not fail.
    let _ = archive.start_file("readme.txt", stored);
    let _ = archive.start_file("places.txt", stored);
    let _ = archive.write_all(text);
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn gazetteer(bytes: Vec<u8>) {
    look_up(&Gazetteer::from_bytes(bytes));
}

fn look_up<E: std::fmt::Display>(gazetteer: &Result<Gazetteer, E>) {
    let gazetteer = match gazetteer {
        Ok(gazetteer) => gazetteer,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let _ = (gazetteer.edition(), gazetteer.len(), gazetteer.name_count());
    for name in ["Harim", "idlib province", "حارم", "Syria", "\u{0}", "zzzz"] {
        let found = gazetteer.find(name).into_iter();
        for candidate in found.chain(gazetteer.find_loosely(name)).take(20) {
            let _ = (
                gazetteer.entry(candidate.id),
                gazetteer.name(candidate.id),
                gazetteer.country(candidate.id),
                gazetteer.holders(candidate.id).count(),
            );
        }
    }
}

/// The bytes with the checksum that their body has.
fn with_sum(bytes: &[u8]) -> Vec<u8> {
    const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut bytes = bytes.to_vec();
    let Some(body) = bytes.get(HEADER..) else {
        return bytes;
    };
    let mut sum = body.len() as u64 ^ PRIME;
    let mut chunks = body.chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte));
        sum = (sum ^ word).wrapping_mul(PRIME);
        sum ^= sum >> 29;
    }
    for byte in chunks.remainder() {
        sum = (sum ^ u64::from(*byte)).wrapping_mul(PRIME);
        sum ^= sum >> 29;
    }
    bytes[SUM].copy_from_slice(&sum.to_le_bytes());
    bytes
}

fn syria() -> NewPlace {
    place("Syria", &["Siria"], Feature::Country, Some(("SY", "SYR")))
}

fn place(name: &str, others: &[&str], feature: Feature, codes: Option<(&str, &str)>) -> NewPlace {
    NewPlace {
        name: name.to_owned(),
        other_names: others.iter().map(ToString::to_string).collect(),
        lat: 35.0,
        lon: 38.5,
        geonames: None,
        feature,
        population: 21_934,
        renown: others.len(),
        parent: None,
        codes: codes.map(|(two, three)| (two.to_owned(), three.to_owned())),
    }
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let mut builder = Builder::new();
    let holder = builder.add(&syria());
    for (name, others) in [("Harim", &["حارم", "Harem"][..]), ("Idlib", &["Idleb"])] {
        builder.add(&NewPlace {
            parent: Some(holder),
            ..place(name, others, Feature::Seat2, None)
        });
    }
    let made = builder.finish("2026-09").unwrap_or_default();
    let dump = "173578\tIdlib Governorate\tIdlib Governorate\tIdleb\t35.8\t36.7\tA\tADM1\tSY\t\t12\
                \t\t\t\t1464000\t\t400\tAsia/Damascus\t2025-03-01\n169863\tHarim District\tHarim \
                District\t\t36.2\t36.5\tA\tADM2\tSY\t\t12\t169863\t\t\t0\t\t300\tx\t2020-01-01\n\
                169866\tHarim\tHarim\tHarem,حارم\t36.20767\t36.51924\tP\tPPLA2\tSY\t\t12\t169863\t\
                \t\t21934\t\t167\tx\t2023-02-09\n170001\tAtmah\tAtmah\t\t36.3\t36.7\tP\tPPL\tSY\t\t\
                12\t\t\t\t5000\t\t400\tx\t2024-02-09\nbroken line\n";
    let names = "1\t170001\ten\tAtme Camp Town\t\t\t\t\n2\t170001\tlink\thttps://x.example\t\t\t\t\n\
                 3\t170001\tiata\tATM\t\t\t\t\n4\t170001\ten\tOld Name\t\t\t\t1\n";
    vec![
        seed(b'd', dump),
        seed(b'p', [dump, "\0", names].concat()),
        seed(b'z', zipped(dump.as_bytes())),
        seed(b'd', [dump, "\0", names].concat()),
        seed(b'g', &made),
        seed(b'c', &made),
        seed(
            b'o',
            "name,country,lat,lon,kind,other_names\nTarra,MLI,16.2,-0.04,village,Tara;Tarrah\n\
             \"Old \"\"mill\"\"\",SYR,36,37,camp,\n",
        ),
    ]
}
