//! Web archives as they are (`w`), and whole in one packed member (`z`); Word documents as they are
//! (`d`), and the XML of their text (`x`).

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use sayso_text::input::Format;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::reports::drain;
use crate::seed;

/// The XML of a Word document's text, with all that is looked at.
const TEXT: &str = "<w:document xmlns:w='x'><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r>\
    <w:t>Flash update</w:t></w:r></w:p><w:p><w:r><w:t>Date: 12 May 2025</w:t><w:br/><w:tab/><w:t>The \
    road &amp; &#x62;ridge</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p><w:tbl>\
    <w:tr><w:tc><w:p><w:r><w:t>Place</w:t></w:r></w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc>\
    </w:tr></w:tbl></w:tc></w:tr></w:tbl><w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>\
    <w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback/>\
    </mc:AlternateContent></w:r></w:p></w:body></w:document>";

pub(crate) fn run(bytes: &[u8]) {
    match bytes.split_first() {
        Some((b'z', rest)) => drain(&packed(rest), Format::Archive),
        Some((b'd', rest)) => drain(rest, Format::Docx),
        Some((b'x', rest)) => drain(&zipped(rest), Format::Docx),
        Some((_, rest)) => drain(rest, Format::Archive),
        None => {}
    }
}

/// Packed fast: the fuzzer changes what is inside.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail.
    let _ = member.write_all(bytes);
    member.finish().unwrap_or_default()
}

/// A Word document with this text.
fn zipped(text: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    // Writing to memory does not fail.
    let _ = archive.start_file("word/document.xml", stored);
    let _ = archive.write_all(text);
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn record(kind: &str, content: &str, block: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://tarra.example/a\r\n\
         WARC-Date: 2025-05-12T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n\
         Content-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let page = "<html><title>Road closed</title><article><p>The road from Tarra to the mines was \
                closed on Monday, the governor's office said.</p></article></html>";
    let answer = |head: &str, body: &[u8]| -> Vec<u8> {
        let mut answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n");
        answer.push_str("\r\n");
        [answer.as_bytes(), body].concat()
    };
    let chunked = format!("{:x}\r\n{page}\r\n0\r\n\r\n", page.len());
    let http = "application/http; msgtype=response";
    let plain = record("response", http, &answer("X: y", page.as_bytes()));
    let many = [
        record("warcinfo", "application/warc-fields", b"software: x\r\n"),
        plain.clone(),
        record(
            "response",
            http,
            &answer("Transfer-Encoding: chunked", chunked.as_bytes()),
        ),
        record(
            "response",
            http,
            &answer("Content-Encoding: gzip", &packed(page.as_bytes())),
        ),
        record("conversion", "text/plain", b"The road was closed."),
    ]
    .concat();
    vec![
        seed(b'w', &plain),
        seed(b'w', &many),
        seed(b'w', packed(&plain)),
        seed(b'z', &many),
        seed(b'x', TEXT),
        seed(b'd', zipped(TEXT.as_bytes())),
    ]
}
