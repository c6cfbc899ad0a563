//! PDF and Word documents become reports; damaged, encrypted, scanned and hostile ones say why not.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use sayso_text::Report;
use sayso_text::input::{DocumentError, Format, InputError, from_bytes, reports, reports_of};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A page of a made PDF: left edge, height above the lower edge of A4, words.
type Page<'t> = Vec<(u32, u32, &'t str)>;

/// A PDF in which every line is set in Helvetica; `more` goes into its trailer.
fn pdf(pages: &[Page<'_>], title: &str, more: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
        format!("<< /Title ({title}) /Author (x) /CreationDate (D:20240101101112Z) >>"),
    ];
    let mut kids = String::new();
    for lines in pages {
        let mut content = "BT /F1 10 Tf\n".to_owned();
        for (x, y, text) in lines {
            let text = text
                .replace('\\', "\\\\")
                .replace('(', "\\(")
                .replace(')', "\\)");
            writeln!(content, "1 0 0 1 {x} {y} Tm ({text}) Tj").unwrap();
        }
        content.push_str("ET");
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R \
             >> >> /Contents {} 0 R >>",
            objects.len()
        ));
        write!(kids, "{} 0 R ", objects.len()).unwrap();
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    let mut out = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", out.len()).unwrap();
        write!(out, "{} 0 obj\n{object}\nendobj\n", number + 1).unwrap();
    }
    let start = out.len();
    let count = objects.len() + 1;
    write!(
        out,
        "xref\n0 {count}\n{table}trailer << /Size {count} /Root 1 0 R /Info 4 0 R {more} \
         >>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    out.into_bytes()
}

/// A zip archive of parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A Word document with this body.
fn docx(body: &str, title: &str) -> Vec<u8> {
    let types = "<Types><Override PartName='/word/document2.xml' ContentType='application/\
                 vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
    let main = format!("<w:document xmlns:w='x'><w:body>{body}</w:body></w:document>");
    let core = format!("<cp:coreProperties><dc:title>{title}</dc:title></cp:coreProperties>");
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document2.xml", main.as_bytes()),
        (
            "word/header1.xml",
            b"<w:hdr><w:p><w:r><w:t>Never shown</w:t></w:r></w:p></w:hdr>",
        ),
        ("docProps/core.xml", core.as_bytes()),
        ("../../../etc/evil", b"x"),
    ])
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn wrong(bytes: &[u8], format: Format) -> DocumentError {
    match from_bytes("a", bytes, format) {
        Err(InputError::Document { source, .. }) => source,
        other => panic!("{other:?}"),
    }
}

fn only(bytes: Vec<u8>) -> Report {
    // By what it is: a file handed in by a pipe has no name.
    let mut all = reports_of("a", bytes, None);
    let report = all.next().unwrap().unwrap();
    assert!(all.next().is_none());
    report
}

/// Whether poppler is here. A server of CI (`CI` is set) has it.
fn poppler() -> bool {
    let there = Command::new("pdftotext")
        .arg("-v")
        .output()
        .is_ok_and(|output| output.status.success());
    assert!(
        there || std::env::var_os("CI").is_none(),
        "install poppler-utils"
    );
    there
}

#[test]
fn a_situation_report_in_word() {
    let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Place</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>\
                 <w:t>Killed</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Osk</w:t>\
                 </w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>not known</w:t></w:r></w:p></w:tc></w:tr>\
                 </w:tbl>";
    let body = [
        paragraph("Osk valley: flash update No. 2"),
        paragraph("Published: 12 May 2025"),
        paragraph("Gunmen stopped two lorries near Osk on Sunday, drivers said."),
        table.to_owned(),
    ]
    .concat();
    let report = only(docx(&body, "Osk Valley – Flash update no. 2"));
    assert_eq!(
        report.title.as_deref(),
        Some("Osk Valley – Flash update no. 2")
    );
    assert_eq!(report.published.unwrap().as_written(), "2025-05-12");
    assert_eq!(
        report.text,
        "Published: 12 May 2025\n\nGunmen stopped two lorries near Osk on Sunday, drivers said.\n\n\
         Place | Killed\n\nOsk | not known"
    );
}

#[test]
fn a_situation_report_as_pdf() {
    if !poppler() {
        return;
    }
    let edge = |page: &mut Page<'static>, number: &'static str| {
        page.extend([(60, 805, "Osk valley – update 2".trim()), (500, 30, number)]);
    };
    let mut first: Page<'_> = vec![
        (60, 770, "Osk valley: fighting near the quarry"),
        (60, 745, "As of 12 May 2025"),
    ];
    for (row, (left, right)) in [
        (
            "Guards of the quarry and gunmen from the",
            "Residents of Osk said that the market had",
        ),
        (
            "hills exchanged fire on Sunday, the district",
            "stayed closed since. The gunmen denied",
        ),
        ("gover-", "that they had fired first."),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 700 - 12 * row as u32;
        first.push((60, y, left));
        first.push((320, y, right));
    }
    for (row, cells) in [
        ["Place", "Killed", "Hurt"],
        ["Osk", "4", "11"],
        ["Lower Osk", "0", "2"],
    ]
    .into_iter()
    .enumerate()
    {
        for (column, cell) in cells.into_iter().enumerate() {
            first.push((60 + 150 * column as u32, 600 - 14 * row as u32, cell));
        }
    }
    let mut second: Page<'_> = vec![(60, 700, "The road to the lake was closed, drivers said.")];
    edge(&mut first, "Page 1 of 2");
    edge(&mut second, "Page 2 of 2");
    let made = pdf(&[first, second], "Osk valley: fighting near the quarry", "");
    let report = only(made);
    assert_eq!(
        report.title.as_deref(),
        Some("Osk valley: fighting near the quarry")
    );
    // Not the day on which the file was made.
    assert_eq!(report.published.unwrap().as_written(), "2025-05-12");
    let text = &report.text;
    assert!(
        text.contains("Place | Killed | Hurt\n\nOsk | 4 | 11\n\nLower Osk | 0 | 2"),
        "{text}"
    );
    assert!(
        text.contains("said that the market had stayed closed since. The gunmen denied that"),
        "{text}"
    );
    assert!(
        text.contains("from the hills exchanged fire on Sunday, the district gover"),
        "{text}"
    );
    assert!(
        !text.contains("Page 1") && !text.contains("update 2"),
        "{text}"
    );
}

/// The folder with the situation report of the samples, and what makes it.
fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/documents")
}

#[test]
fn the_sample_is_one_report_as_word_document_and_as_pdf() {
    let read = |name: &str| {
        let mut all = reports([sample().join(name)]);
        let report = all.next().unwrap().unwrap();
        assert!(all.next().is_none());
        report
    };
    let word = read("menaka-flash-update.docx");
    assert_eq!(
        word.title.as_deref(),
        Some("Menaka region: Flash Update No. 3")
    );
    let published = word.published.as_ref().unwrap();
    assert_eq!(published.as_written(), "2025-11-06");
    for part in [
        "Highlights\n\nArmed men on motorcycles attacked the village of Inkalafan, in the commune of \
         Tidermene,",
        "the mayor of Tidermene said. The village health worker counted 11 bodies. How many people \
         are missing is not known.\n\nNo group has claimed",
        "Place | Killed | Injured | Source\n\nInkalafan | 9 to 11 | 4 | mayor, health worker\n\n\
         Ikadewan | 0 | not known | village chief",
    ] {
        assert!(word.text.contains(part), "{part}: {}", word.text);
    }
    assert!(word.notes.is_empty(), "{:?}", word.notes);
    if poppler() {
        let pdf = read("menaka-flash-update.pdf");
        assert_eq!((&pdf.text, &pdf.title), (&word.text, &word.title));
        assert_eq!(pdf.published, word.published);
    }
}

#[test]
fn the_sample_is_what_its_script_makes() {
    let folder = std::env::temp_dir().join(format!("sayso-sample-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let made = Command::new("python3")
        .arg(sample().join("make.py"))
        .arg(&folder)
        .status();
    match made {
        Ok(status) => assert!(status.success(), "{status}"),
        // A server of CI has it.
        Err(error) => assert!(std::env::var_os("CI").is_none(), "python3: {error}"),
    }
    for file in std::fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let kept = std::fs::read(sample().join(path.file_name().unwrap())).unwrap();
        assert!(std::fs::read(&path).unwrap() == kept, "{}", path.display());
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn pdfs_without_a_word_say_why() {
    if !poppler() {
        return;
    }
    let scan = pdf(&[Vec::new(), Vec::new()], "", "");
    let error = wrong(&scan, Format::Pdf);
    assert_eq!(error, DocumentError::NoText { pages: 2 });
    assert!(error.to_string().contains("ocrmypdf"));
    // A document that a password closes: this handler, with these marks, opens with none of ours.
    let mark = "28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A";
    let lock = format!(
        "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{mark}> /U <{mark}> >> /ID \
         [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    );
    let locked = pdf(&[vec![(60, 700, "secret")]], "", &lock);
    assert_eq!(wrong(&locked, Format::Pdf), DocumentError::Encrypted);
    for broken in [&b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nnothing else"[..], b"%PDF-"] {
        let error = wrong(broken, Format::Pdf);
        assert!(matches!(error, DocumentError::Broken { .. }), "{error:?}");
    }
}

#[test]
fn word_documents_that_are_none() {
    assert!(matches!(
        wrong(b"PK\x03\x04 and no more", Format::Docx),
        DocumentError::Broken { .. }
    ));
    let sheet = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<x/>"),
    ]);
    assert!(
        wrong(&sheet, Format::Docx)
            .to_string()
            .contains("no Word document")
    );
    let cut = docx(&paragraph("Osk"), "");
    assert!(matches!(
        wrong(&cut[..cut.len() / 2], Format::Docx),
        DocumentError::Broken { .. }
    ));
    let old = reports_of(
        "a.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(),
        None,
    )
    .next();
    let told = old.unwrap().unwrap_err().to_string();
    assert!(told.contains("save it as .docx"), "{told}");
}

#[test]
fn bombs_are_not_unpacked() {
    // 200 MB of spaces in 200 KB.
    let bomb = zipped(&[("word/document.xml", &vec![b' '; 200_000_000])]);
    assert!(bomb.len() < 1_000_000);
    let error = wrong(&bomb, Format::Docx);
    assert_eq!(error, DocumentError::TooLarge { limit: 64_000_000 });
    assert!(error.to_string().contains("64 MB"));
    let many: Vec<(String, &[u8])> = (0..10_001).map(|n| (format!("p{n}"), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, b)| (name.as_str(), *b)).collect();
    assert_eq!(
        wrong(&zipped(&many), Format::Docx),
        DocumentError::TooManyParts { limit: 10_000 }
    );
    let deep = docx(&"<w:ins>".repeat(100_000), "");
    assert_eq!(
        wrong(&deep, Format::Docx),
        DocumentError::TooDeep { limit: 512 }
    );
    let mut laughs = "<!DOCTYPE w [<!ENTITY a 'ha'>".to_owned();
    for n in 0..20 {
        write!(laughs, "<!ENTITY a{n} '{}'>", "&a;".repeat(50)).unwrap();
    }
    laughs += "]><w:document><w:p><w:r><w:t>Osk &a19; is closed.</w:t></w:r></w:p></w:document>";
    let laughing = zipped(&[("word/document.xml", laughs.as_bytes())]);
    assert_eq!(only(laughing).text, "Osk is closed.");
}
