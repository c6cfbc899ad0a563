//! Feeds, web archives and exports as they are found, whole and damaged.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use sayso_text::input::{Format, InputError, reports, reports_of};
use sayso_text::{NoteCode, Published, Report};

const TARRA: &[u8] = include_bytes!("sources/tarra-post.xml");
const LAKE: &[u8] = include_bytes!("sources/lake-wire.rdf");
const DELTA: &[u8] = include_bytes!("sources/delta-monitor.atom");
const TELEGRAM: &[u8] = include_bytes!("sources/result.json");
const PAGE: &[u8] = include_bytes!("sources/page.html");

fn all(name: &str, bytes: &[u8]) -> Vec<Result<Report, String>> {
    reports_of(name, bytes.to_vec(), None)
        .map(|report| report.map_err(|error| error.to_string()))
        .collect()
}

fn published(report: &Report) -> &str {
    report.published.as_ref().map_or("", Published::as_written)
}

#[track_caller]
fn fails(found: &Result<Report, String>, words: &[&str]) {
    let error = found.as_ref().unwrap_err();
    for word in words {
        assert!(error.contains(word), "{word} is not in: {error}");
    }
}

#[test]
fn a_feed_of_a_blog_program() {
    let found = all("tarra.xml", TARRA);
    assert_eq!(found.len(), 5);
    let guards = found[0].as_ref().unwrap();
    assert_eq!(
        guards.title.as_deref(),
        Some("Two quarry guards ‘taken at gunpoint’ on the Osk road")
    );
    assert_eq!(guards.outlet.as_deref(), Some("Tarra Post – Region"));
    assert_eq!(guards.author.as_deref(), Some("Ilma Ode"));
    assert_eq!(guards.id, "https://tarrapost.example/?p=40211");
    assert_eq!(published(guards), "2025-10-15T17:42:00Z");
    assert_eq!(
        guards.url.as_deref(),
        Some(
            "https://tarrapost.example/region/2025/10/quarry-guards/?utm_source=rss&utm_medium=rss"
        )
    );
    // The text's own language decides: blog programs say en-US whatever is written.
    assert_eq!(guards.language, None);
    assert!(!guards.summary);
    let paragraphs: Vec<&str> = guards.text.split("\n\n").collect();
    assert_eq!(paragraphs.len(), 3, "{}", guards.text);
    assert!(paragraphs[1].starts_with("“They asked for the keys"));
    assert!(paragraphs[1].contains("confirmed the abduction & said"));
    assert!(paragraphs[2].ends_with("were in the area."));

    let market = found[1].as_ref().unwrap();
    assert!(market.summary);
    assert!(market.notes.iter().any(|n| n.code == NoteCode::SummaryOnly));
    assert_eq!(market.id, "https://tarrapost.example/region/feed/#40188");
    assert_eq!(market.author.as_deref(), Some("Night desk"));
    assert_eq!(published(market), "2025-10-15T09:05:11+02:00");
    assert!(market.text.contains("four wounded\u{a0}— the hospital"));

    fails(&found[2], &["tarra.xml, entry 3 (line 43): cannot be read"]);
    fails(
        &found[3],
        &[
            "entry 4 (line 49)",
            "`pubDate` is \"yesterday evening\"",
            "2025-10-22T14:00:00Z",
        ],
    );

    let denial = found[4].as_ref().unwrap();
    assert_eq!(
        denial.title.as_deref(),
        Some("Valley Front says it <did not> fire on Delen")
    );
    assert_eq!(denial.outlet.as_deref(), Some("Lake Wire"));
    // Nobody but a person knows which zone CAT is; the day is certain.
    assert_eq!(published(denial), "2025-10-15");
    assert!(denial.text.contains("“We have no mortars within"));
    assert_eq!(denial.text.split("\n\n").count(), 2);
}

#[test]
fn a_feed_in_an_old_encoding() {
    let check = |found: Vec<Result<Report, String>>| {
        let report = found[0].as_ref().unwrap();
        assert_eq!(report.title.as_deref(), Some("Douze blessés à Délen"));
        assert_eq!(report.outlet.as_deref(), Some("Lake Wire"));
        assert_eq!(report.author.as_deref(), Some("Aïda Morel"));
        assert_eq!(report.language.as_deref(), Some("fr"));
        assert_eq!(report.id, "https://lakewire.example/9001");
        assert_eq!(published(report), "2025-10-15T08:20:00+02:00");
        assert!(
            report
                .text
                .ends_with("L'hôpital fait état de douze blessés.")
        );
        assert_eq!(found.len(), 1);
    };
    check(all("lake.rdf", LAKE));
    // The same in the encodings of Windows: the mark decides, whatever the declaration says.
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(LAKE);
    for little in [true, false] {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        let wide: Vec<u8> = units
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect();
        check(all("lake.rdf", &wide));
    }
}

#[test]
fn a_feed_of_atom() {
    let found = all("delta.atom", DELTA);
    let ferry = found[0].as_ref().unwrap();
    assert_eq!(ferry.outlet.as_deref(), Some("Delta Monitor"));
    assert_eq!(ferry.author.as_deref(), Some("Sefa Lund"));
    assert_eq!(
        ferry.url.as_deref(),
        Some("https://deltamonitor.example/kibo-ferry")
    );
    assert_eq!(published(ferry), "2025-10-14T18:00:00Z");
    let updated = ferry.updated.as_ref().map(Published::as_written);
    assert_eq!(updated, Some("2025-10-15T07:30:00Z"));
    assert!(ferry.versioned && !ferry.summary);
    assert!(
        ferry.text.contains("said that one deckhand died."),
        "{}",
        ferry.text
    );
    let talks = found[1].as_ref().unwrap();
    assert_eq!(
        talks.title.as_deref(),
        Some("Talks on the Kibo road: what is known & what is not")
    );
    assert_eq!(published(talks), "2025-10-13T10:00:00+02:00");
    assert_eq!(talks.updated, None);
    assert_eq!(talks.author.as_deref(), Some("Delta Monitor"));
    assert!(talks.summary);
    fails(&found[2], &["entry 3", "neither text nor headline"]);
    assert_eq!(found.len(), 3);
}

#[test]
fn the_bytes_of_an_entry_are_those_received() {
    let folder = std::env::temp_dir().join(format!("sayso-sources-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(LAKE);
    let wide: Vec<u8> = std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let cut = |bytes: &[u8], from: &[u8], to: &[u8]| {
        let find = |what: &[u8]| bytes.windows(what.len()).position(|w| w == what).unwrap();
        bytes[find(from)..find(to) + to.len()].to_vec()
    };
    let as_wide =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let expected = [
        cut(LAKE, b"<item ", b"</item>"),
        cut(&wide, &as_wide("<item "), &as_wide("</item>")),
    ];
    for (bytes, expected) in [LAKE.to_vec(), wide].into_iter().zip(expected) {
        let path = folder.join("lake.rdf");
        std::fs::write(&path, bytes).unwrap();
        let (_, received) = reports([path]).received().next().unwrap().unwrap();
        assert_eq!(received, expected);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn hostile_feeds_end() {
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">
        <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
        <!ENTITY x SYSTEM "file:///etc/hostname">]>
        <rss><channel><title>T</title><item><title>&c;</title><description>&x;&c; said.</description>
        </item></channel></rss>"#;
    let found = all("a.xml", laughs.as_bytes());
    let report = found[0].as_ref().unwrap();
    // What a document declares for itself is neither expanded nor fetched.
    assert_eq!(report.title.as_deref(), Some("&c;"));
    assert_eq!(report.text, "&x;&c; said.");
    let deep = format!(
        "<rss><channel><item><description>{}</description></item><item><title>Good</title></item>",
        "<div>".repeat(100_000)
    );
    let found = all("a.xml", deep.as_bytes());
    assert!(found[0].is_err() && found[1].is_ok(), "{found:?}");
    let escaped = format!(
        "<rss><channel><item><description>{}</description></item><item><title>Good</title></item>",
        "&lt;div&gt;".repeat(100_000)
    );
    let found = all("a.xml", escaped.as_bytes());
    fails(&found[0], &["entry 1", "nested too deeply"]);
    assert!(found[1].is_ok());
    let cut = TARRA.windows(6).position(|w| w == b"Curfew").unwrap();
    let found = all("tarra.xml", &TARRA[..cut]);
    assert!(found[0].is_ok());
    fails(found.last().unwrap(), &["cut off"]);
}

/// A record with its length.
fn record(headers: &str, block: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.1\r\n{headers}Content-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    record.extend(block);
    record.extend(b"\r\n\r\n");
    record
}

fn response(address: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let mut block = format!("HTTP/1.1 {head}\r\n\r\n").into_bytes();
    block.extend(body);
    let headers = format!(
        "WARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-10-16T00:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\n"
    );
    record(&headers, &block)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    member.write_all(bytes).unwrap();
    member.finish().unwrap()
}

fn crawl() -> Vec<Vec<u8>> {
    let html = "200 OK\r\nContent-Type: text/html; charset=windows-1252";
    let text = "The road to Delen is open again, the district office said on Thursday. Two lorries \
                that had been burnt in the attack were cleared away by noon.\n";
    vec![
        record(
            "WARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\n",
            b"software: none\r\n",
        ),
        record(
            "WARC-Type: request\r\nContent-Type: application/http\r\n",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response("https://www.tarrapost.example/osk-convoy", html, PAGE),
        response(
            "https://tarrapost.example/",
            html,
            "<html><body><a href=/a>One</a> <a href=/b>Two</a>"
                .repeat(20)
                .as_bytes(),
        ),
        response(
            "https://tarrapost.example/robots.txt",
            "200 OK\r\nContent-Type: text/plain",
            b"User-agent: *\n",
        ),
        response(
            "https://tarrapost.example/logo",
            "200 OK\r\nContent-Type: image/png",
            b"\x89PNG\r\n\x1a\n\0",
        ),
        response(
            "https://tarrapost.example/gone",
            "404 Not Found\r\nContent-Type: text/html",
            PAGE,
        ),
        response(
            "https://tarrapost.example/br",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br",
            b"\x0b\x02",
        ),
        record(
            "WARC-Type: conversion\r\nWARC-Target-URI: http://lakewire.example:8080/x\r\nContent-Type: text/plain\r\n",
            text.as_bytes(),
        ),
    ]
}

#[test]
fn pages_of_an_archive() {
    let plain = crawl().concat();
    let by_record: Vec<u8> = crawl().iter().flat_map(|record| packed(record)).collect();
    for archive in [plain.clone(), by_record, packed(&plain)] {
        let found = all("crawl.warc", &archive);
        let convoy = found[0].as_ref().unwrap();
        assert_eq!(convoy.title.as_deref(), Some("Convoy turned back at Osk"));
        assert_eq!(convoy.outlet.as_deref(), Some("tarrapost.example"));
        assert_eq!(
            convoy.url.as_deref(),
            Some("https://www.tarrapost.example/osk-convoy")
        );
        assert_eq!(convoy.author.as_deref(), Some("Ilma Ode"));
        assert_eq!(published(convoy), "2025-10-12T08:00:00+02:00");
        assert!(
            convoy.text.contains("the drivers’ association said"),
            "{}",
            convoy.text
        );
        assert!(!convoy.text.contains("Home") && !convoy.text.contains("rights"));
        fails(
            &found[1],
            &["record 8", "`Content-Encoding` is \"br\"", "gzip"],
        );
        let road = found[2].as_ref().unwrap();
        assert!(road.text.starts_with("The road to Delen"));
        assert_eq!(road.outlet.as_deref(), Some("lakewire.example"));
        // No day of publication is stated, and the day of the crawl is none.
        assert_eq!(road.published, None);
        fails(&found[3], &["passed over", "no article: 1"]);
        assert_eq!(found.len(), 4);
    }
}

#[test]
fn damaged_archives_give_what_is_left() {
    let mut members: Vec<Vec<u8>> = crawl().iter().map(|record| packed(record)).collect();
    let middle = members[2].len() / 2;
    members[2][middle..middle + 40].fill(0xff);
    let found = all("crawl.warc.gz", &members.concat());
    assert!(found.iter().any(|r| {
        r.as_ref()
            .is_ok_and(|r| r.text.starts_with("The road to Delen"))
    }));
    assert!(
        found
            .iter()
            .any(|r| r.as_ref().is_err_and(|e| e.contains("record 3"))),
        "{found:?}"
    );
    let whole = crawl().concat();
    let found = all("crawl.warc", &whole[..whole.len() - 60]);
    assert!(found[0].is_ok());
    assert!(
        found
            .iter()
            .any(|r| r.as_ref().is_err_and(|e| e.contains("cut off"))),
        "{found:?}"
    );
}

#[test]
fn posts_of_a_channel() {
    let found = all("result.json", TELEGRAM);
    let shells = found[0].as_ref().unwrap();
    assert_eq!(
        shells.text,
        "#Delen\n\nThree shells near the market. Residents say nine wounded, some badly. The army \
         says it did not fire.\n\nMap: here"
    );
    assert_eq!(shells.outlet.as_deref(), Some("Valley Watch"));
    assert_eq!(shells.author.as_deref(), Some("R."));
    assert_eq!(published(shells), "2025-10-15T04:12:44Z");
    assert_eq!(
        shells.updated.as_ref().map(Published::as_written),
        Some("2025-10-15T04:40:02Z")
    );
    let blood = found[1].as_ref().unwrap();
    assert_eq!(blood.forwarded_from.as_deref(), Some("Osk Radio"));
    assert_eq!(blood.reply_to.as_deref(), Some(shells.id.as_str()));
    assert!(blood.text.ends_with("🩸"));
    fails(
        &found[2],
        &[
            "message 5 (line 71)",
            "`date` is \"15 October\"",
            "2025-10-22T14:00:00",
        ],
    );
    assert!(found[3].as_ref().unwrap().text.starts_with("UPDATE"));
    fails(&found[4], &["messages without text: 2"]);
    assert_eq!(found.len(), 5);
}

/// Every source, for what has to hold of each of them damaged.
fn sources() -> Vec<(Format, Vec<u8>)> {
    let by_record: Vec<u8> = crawl().iter().flat_map(|record| packed(record)).collect();
    vec![
        (Format::Feed, TARRA.to_vec()),
        (Format::Feed, LAKE.to_vec()),
        (Format::Feed, DELTA.to_vec()),
        (Format::Telegram, TELEGRAM.to_vec()),
        (Format::Archive, crawl().concat()),
        (Format::Archive, by_record),
        (Format::Html, PAGE.to_vec()),
    ]
}

/// Reads to the end. No input gives more items than it has bytes.
fn drain(bytes: Vec<u8>, format: Option<Format>) -> Result<usize, TestCaseError> {
    let most = bytes.len() + 2;
    let mut count = 0;
    for found in reports_of("a", bytes, format) {
        count += 1;
        prop_assert!(count <= most, "endless");
        match found {
            Ok(report) => {
                prop_assert!(!report.id.is_empty());
                sayso_text::read(report);
            }
            Err(error) => prop_assert!(error.to_string().starts_with('a'), "{error}"),
        }
    }
    Ok(count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_to_the_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [Format::Feed, Format::Archive, Format::Telegram] {
            drain(bytes.clone(), Some(format))?;
        }
        drain(bytes, None)?;
    }

    #[test]
    fn pieces_of_markup_are_read_to_the_end(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let bytes = pieces.concat().into_bytes();
        for format in [Format::Feed, Format::Archive, Format::Telegram] {
            drain(bytes.clone(), Some(format))?;
        }
        drain(bytes, None)?;
    }

    #[test]
    fn damaged_sources_are_read_to_the_end(
        which in 0..7_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, any::<u8>(), 0..3_u8), 1..6),
    ) {
        let (format, mut bytes) = sources().swap_remove(which);
        for (at, length, byte, kind) in damage {
            let from = at.index(bytes.len().max(1)).min(bytes.len());
            let to = (from + length).min(bytes.len());
            match kind {
                0 => bytes[from..to].fill(byte),
                1 => drop(bytes.drain(from..to)),
                _ => {
                    let part = bytes[from..to].to_vec();
                    bytes.splice(from..from, part);
                }
            }
        }
        drain(bytes.clone(), Some(format))?;
        drain(bytes, None)?;
    }
}

const PIECES: &[&str] = &[
    "<?xml version='1.0'?>",
    "<rss>",
    "<channel>",
    "<title>",
    "</title>",
    "<item>",
    "</item>",
    "<item/>",
    "<entry>",
    "</entry>",
    "<feed>",
    "<rdf:RDF>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "&",
    "&amp;",
    "&#xd800;",
    "&nosuch;",
    "<content:encoded>",
    "</content:encoded>",
    "<content type='xhtml'>",
    "</content>",
    "<description>",
    "</description>",
    "<pubDate>",
    "2025-10-15",
    "</pubDate>",
    "<guid>x</guid>",
    "<link href='https://a.example/'/>",
    "xmlns:dc=\"x\"",
    "<a b=",
    ">",
    "<",
    "'",
    "\"",
    "é",
    "\0",
    "WARC/1.0\r\n",
    "WARC-Type: response\r\n",
    "Content-Type: application/http\r\n",
    "Content-Length: 40\r\n",
    "Content-Length: 99999999999999999999\r\n",
    "\r\n",
    "\r\n\r\n",
    "HTTP/1.1 200 OK\r\n",
    "Content-Type: text/html\r\n",
    "Transfer-Encoding: chunked\r\n",
    "ffffffff\r\n",
    "{",
    "}",
    "[",
    "]",
    "\"messages\":",
    "\"id\": 1",
    ",",
    ":",
    "\"text\":",
    "\"x\"",
    "\\",
    "\n  {\n   \"id\": 7,",
    "\"chats\":",
    "\"list\":",
    "\"date\": \"2025-10-15\"",
    "1e999",
    "\u{1f}\u{8b}",
];

#[test]
fn errors_say_where() {
    let error = reports_of("a.xml", b"<feed><entry></entry></feed>".to_vec(), None)
        .next()
        .unwrap()
        .unwrap_err();
    let InputError::Item { item, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!((item.kind, item.number, item.line), ("entry", 1, Some(1)));
    assert_eq!(error.line(), Some(1));
    assert_eq!(error.name(), "a.xml");
}
