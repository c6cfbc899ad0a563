//! Two megabytes made to be slow to read: every reader comes to its end in a bounded time.

#![allow(clippy::unwrap_used)]

use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use sayso_text::input::{Format, reports_of};

/// Size of each input, in bytes.
const SIZE: usize = 2_000_000;

/// Longest time for one input. In a test build these take up to two seconds, on a busy machine ten;
/// a reader that goes through the rest of its input once for each piece of it takes many minutes.
const LONGEST: Duration = Duration::from_mins(1);

/// `head`, then `unit` again and again.
fn filled(head: &str, unit: &[u8]) -> Vec<u8> {
    let mut bytes = head.as_bytes().to_vec();
    while bytes.len() < SIZE {
        bytes.extend_from_slice(unit);
    }
    bytes
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    member.write_all(bytes).unwrap();
    member.finish().unwrap()
}

/// Reads to the end; what took too long, or gave more items than it has bytes, is told by `name`.
fn slow(name: &str, format: Format, bytes: Vec<u8>) -> Option<String> {
    let most = bytes.len();
    let start = Instant::now();
    let mut count = 0;
    for found in reports_of(name, bytes, Some(format)) {
        count += 1;
        drop(found);
        if start.elapsed() > LONGEST {
            break;
        }
    }
    let took = start.elapsed();
    if std::env::var_os("SAYSO_TIMES").is_some() {
        eprintln!("{took:>10.2?} {count:>8} {format:?} {name}");
    }
    (took > LONGEST || count > most).then(|| format!("{name}: {count} items in {took:?}"))
}

#[track_caller]
fn all_end(format: Format, heads: &[&str], units: &[&str]) {
    let mut found = Vec::new();
    for head in heads {
        for unit in units {
            let name = format!("{head:?}, then {unit:?}");
            found.extend(slow(&name, format, filled(head, unit.as_bytes())));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn feeds() {
    all_end(
        Format::Feed,
        &[
            "<rss><channel><title>T</title>",
            "<feed><entry><title>T</title>",
        ],
        &[
            "<item>",
            "<item/>",
            "</item>",
            "<item><title>a</title></item>",
            "<entry><id>a</id>",
            "<entry><entry></entry>",
            "<![CDATA[",
            "<entry><![CDATA[",
            "<!--",
            "<item><!--</item>",
            "<item><!-- --></item><item><!--</item>",
            "<author>a</author>",
            "<author>a<name>b</name></author>",
            "<title>",
            "<a/>",
            "<a b='",
            "xmlns:a='b' ",
            "<link href='https://a.example/'/>",
            "&",
            "&amp;",
            "&a",
            "<",
            "a > b < c ",
            "\0",
            "é",
            "\n",
        ],
    );
    all_end(
        Format::Feed,
        &[
            "<rss><channel><item><content:encoded>",
            "<rss><channel><item><description><![CDATA[",
        ],
        &[
            "&lt;p&gt;",
            "&lt;b&gt;a",
            "<p>a</p>",
            "<b>",
            "&amp;lt;",
            "a\n\n",
            "Read more",
        ],
    );
}

/// What a feed says of itself goes with each of its entries, so that a long name is many.
#[test]
fn feeds_that_say_much_of_themselves() {
    let long = "x".repeat(SIZE / 2);
    let prefixes: Vec<String> = (0..64)
        .map(|n| format!("xmlns:p{n}{}='x' ", "x".repeat(SIZE / 128)))
        .collect();
    for (name, head) in [
        ("title", format!("<rss><channel><title>{long}</title>")),
        (
            "author",
            format!("<feed><author><name>{long}</name></author>"),
        ),
        ("link", format!("<rss><channel><link>https://{long}</link>")),
        ("prefixes", format!("<rss {}><channel>", prefixes.concat())),
    ] {
        let feed = filled(&head, b"<item><title>a</title><guid>1</guid></item>");
        let report = reports_of(name, feed.clone(), Some(Format::Feed)).next();
        let report = report.unwrap().unwrap();
        let length = |name: Option<String>| name.map_or(0, |name| name.len());
        let names = length(report.outlet) + length(report.author) + report.id.len();
        assert!(names < 3000, "{name}: {names}");
        assert_eq!(slow(name, Format::Feed, feed), None);
    }
}

#[test]
fn archives() {
    let html = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n";
    all_end(
        Format::Archive,
        &["", "WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"],
        &[
            "WARC/1.0\r\n",
            "WARC/1.0\r\n\r\n",
            "WARC/1.0\r\nContent-Length: 0\r\n\r\n",
            "WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
            "WARC/1.0\r\nContent-Length: 60\r\n\r\n",
            "WARC/1.0\r\nContent-Length: 1000000\r\n\r\n",
            "WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n",
            "WARC/1.0\r\nContent-Length: 1000000\r\n\r\nx\r\n\r\n",
            "WARC/",
            "A: b\r\n c\r\n",
            "x\r\n",
            "\r\n",
        ],
    );
    for (name, block) in [
        (
            "headers",
            "HTTP/1.1 200 OK\r\n".to_owned() + &"A: b\r\n".repeat(300_000),
        ),
        (
            "chunks",
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                .to_owned()
                + &"1\r\na\r\n".repeat(300_000),
        ),
    ] {
        let record = format!(
            "{html}Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        );
        assert_eq!(slow(name, Format::Archive, record.into_bytes()), None);
    }
}

#[test]
fn packed_archives() {
    let mut found = Vec::new();
    for unit in [
        "WARC/1.0\r\n",
        "WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        "WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n",
        "x",
    ] {
        let member = packed(&filled("", unit.as_bytes()));
        found.extend(slow(
            unit,
            Format::Archive,
            filled("", &packed(unit.as_bytes())),
        ));
        // A hundred times as much is in these.
        let bytes = member.repeat((SIZE / 20 / member.len()).max(1));
        found.extend(slow(unit, Format::Archive, bytes));
    }
    for unit in [
        &b"\x1f"[..],
        b"\x1f\x8b",
        b"\x1f\x8b\x08",
        b"\x1f\x8b\x08\x08",
        b"\x1f\x8b\x08\0\0\0\0\0\0\0",
    ] {
        let bytes = filled("", unit);
        found.extend(slow(&format!("{unit:?}"), Format::Archive, bytes));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn exports() {
    all_end(
        Format::Telegram,
        &[
            "{\"name\": \"T\", \"type\": \"public_channel\", \"id\": 9, \"messages\": [\n",
            "{\"chats\": {\"list\": [\n",
            "",
        ],
        &[
            "{\"id\":1},\n",
            "{\"id\":1,\n",
            "{\"id\":1,\"text\":\"",
            "{\"id\":1,\"text\":\"a\"},\n",
            "{\"id\":1,\"date_unixtime\":\"1\",\"text\":\"a\"},\n",
            "\"id\"",
            "\"messages\": [",
            "{\"messages\": [",
            "{\"messages\": [{\"id\":1}]},\n",
            "{\"type\":\"public_channel\",\"messages\":[]},\n",
            "{\"type\":\"personal_chat\",\"messages\":[\n",
            "\"type\":\"personal_chat\",",
            "{\"a\":",
            "{",
            "[",
            "]",
            "}",
            "\"",
            "\\",
            ",",
            "\n",
        ],
    );
}

#[test]
fn lines() {
    all_end(
        Format::Lines,
        &["", "{\"text\":\"a\"}\n"],
        &[
            "{",
            "[",
            "\n",
            "{}\n",
            "x\n",
            "\"",
            "{\"text\":\"a\"}\n",
            "{\"text\":",
            "\\",
            "\0\n",
            "é",
        ],
    );
}

#[test]
fn pages_and_texts() {
    all_end(
        Format::Html,
        &["<html><body>", "<html><head>"],
        &[
            "<p>",
            "<p>a",
            "<p>One of them was held, two said.</p>",
            "<b>",
            "<b><p>",
            "<a href=x>a</a>",
            "<div>a</div>",
            "<div>a",
            "<table><tr><td>a",
            "<li>a, b",
            "<br>",
            "<h1>a</h1>",
            "<time datetime=x>",
            "<meta property=og:title content=x>",
            "<script type='application/ld+json'>{\"@type\":\"Article\"}</script>",
            "<!--",
            "<script>",
            "</p>",
            "&amp;",
            "<",
            "a ",
        ],
    );
    all_end(
        Format::Text,
        &["", "T\n\n"],
        &["a\n\n", "a ", "—", "\0", "é", "\u{2028}"],
    );
}

const PIECES: &[&str] = &[
    "<item>",
    "</item>",
    "<entry>",
    "</entry>",
    "<title>a</title>",
    "<author>",
    "</author>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<p>",
    "<b>",
    "&lt;",
    "<content>",
    "\n",
    " ",
    "WARC/1.0\r\n",
    "Content-Length: 9\r\n",
    "Content-Length: 70000000\r\n",
    "\r\n",
    "\r\n\r\n",
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    "\"messages\": [",
    "\"id\": 1",
    "\"type\": \"public_channel\"",
    "\"text\": \"a\"",
    "\\",
    "a",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_repeated(unit in prop::collection::vec(prop::sample::select(PIECES), 1..8)) {
        let unit = unit.concat();
        for (format, head) in [
            (Format::Feed, "<rss><channel><title>T</title>"),
            (Format::Archive, "WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n"),
            (Format::Telegram, "{\"id\": 9, \"messages\": [\n"),
            (Format::Lines, ""),
        ] {
            prop_assert_eq!(slow(&unit, format, filled(head, unit.as_bytes())), None);
        }
    }
}
