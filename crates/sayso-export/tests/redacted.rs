//! Nothing that the do-no-harm rules leave out is found in any format.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod coded;

use std::io::{Cursor, Read as _};

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use sayso_coder::Coder;
use sayso_export::{Dataset, File, Format, Profile, export};
use sayso_redact::{Redaction, folded};

/// All that can be read in the files of a format: packed ones are unpacked first.
fn read(format: Format, files: &[File]) -> String {
    let mut all = String::new();
    for file in files {
        all.push_str(&file.name);
        all.push('\n');
        match format {
            Format::Xlsx => {
                let mut archive = zip::ZipArchive::new(Cursor::new(&file.bytes)).unwrap();
                for at in 0..archive.len() {
                    let mut inner = archive.by_index(at).unwrap();
                    let mut bytes = Vec::new();
                    inner.read_to_end(&mut bytes).unwrap();
                    all.push_str(&String::from_utf8_lossy(&bytes));
                }
            }
            Format::Parquet => {
                let bytes = parquet_bytes(&file.bytes);
                let reader = SerializedFileReader::new(bytes).unwrap();
                for row in reader.get_row_iter(None).unwrap() {
                    all.push_str(&row.unwrap().to_string());
                    all.push('\n');
                }
            }
            _ => all.push_str(&String::from_utf8_lossy(&file.bytes)),
        }
    }
    all
}

fn parquet_bytes(bytes: &[u8]) -> std::fs::File {
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
    file
}

#[test]
fn no_format_holds_what_is_left_out() {
    let coder = Coder::shipped().unwrap();
    let knowledge = coder.knowledge();
    let parts = coded::linked(&coder, coded::protect());
    let (mut searched, mut shown) = (0, 0);
    for part in parts {
        let mut redaction = Redaction::default();
        for sheet in &part.1 {
            redaction.gather_with(sheet, knowledge.gazetteer);
        }
        let ids = part.0.reports.iter().map(|report| report.id.as_str());
        let strings = redaction.scope(ids).strings();
        let public = Dataset::new(Profile::Public, vec![part.clone()], knowledge.gazetteer);
        let full = Dataset::new(Profile::Full, vec![part], knowledge.gazetteer);
        for format in Format::ALL {
            let text = folded(&read(format, &export(format, &public).unwrap()));
            let everything = folded(&read(format, &export(format, &full).unwrap()));
            for string in &strings {
                let words = format!(" {string} ");
                assert!(
                    !text.contains(&words),
                    "{}: `{string}` in {text}",
                    format.name()
                );
                shown += usize::from(everything.contains(&words));
                searched += 1;
            }
        }
    }
    eprintln!("{searched} searches; the full profile shows {shown}");
    assert!(searched > 1_000, "{searched}");
    // The search can find what is there: most strings stand in most formats of the full profile.
    assert!(shown * 3 > searched, "{shown} of {searched}");
}
