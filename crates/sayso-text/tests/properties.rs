//! What holds for every text, page and file: spans are exact, nothing is lost, nothing panics.

use proptest::prelude::*;
use sayso_text::input::{Format, from_bytes};
use sayso_text::{Reading, Report, html, read};

/// Pieces that news, old wires and hostile writers put together in any order.
const PIECES: &[&str] = &[
    "The",
    "army",
    "U.S.",
    "Gen.",
    "A.",
    "No.",
    "5",
    "3.5",
    "1,200",
    "a.m.",
    "don't",
    "Mali's",
    "cannot",
    "AK-47",
    "al-Noor",
    "killed.The",
    "...",
    "…",
    "\"",
    "“",
    "”",
    "'",
    "’",
    "(",
    ")",
    "[17]",
    "?",
    "!",
    ".",
    ",",
    ";",
    ":",
    "-",
    "--",
    "—",
    "/",
    "$",
    "%",
    "#",
    "@",
    "http://a.b/c",
    "x@y.org",
    "www.",
    ".doc",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{2029}",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{301}",
    "é",
    "ſ",
    "ǆ",
    "İ",
    "ﬁ",
    "北",
    "京",
    "。",
    "؟",
    "قال",
    "د.",
    "।",
    "👩\u{200d}👧",
    "🇺🇦",
    "\0",
    "\u{1f}",
    "l'",
    "d’",
    "1.",
    "- ",
    "• ",
];

const TAGS: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<br>",
    "<a href='x'>",
    "</a>",
    "<svg>",
    "<math>",
    "<template>",
    "<select>",
    "<option>",
    "<li>",
    "<ul>",
    "</ul>",
    "<article>",
    "<h1>",
    "</h1>",
    "<title>",
    "</title>",
    "<meta charset=utf-16>",
    "<meta content='2025-01-02' \
     name=date>",
    "<time datetime='2025-02-30'>",
    "<![CDATA[",
    "]]>",
    "<",
    ">",
    "&amp;",
    "&#0;",
    "&#xd800;",
    "&nosuch;",
    "<html lang='fr'>",
    "<body>",
    "</html>",
    "<p hidden>",
    "<frameset>",
    "<plaintext>",
    "<noscript>",
    "<textarea>",
    "<script type='application/ld+json'>{\"@type\":",
];

fn pieces(from: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(from), 0..most).prop_map(|p| p.concat())
}

/// All that must hold for a reading of any text.
fn check(reading: &Reading) -> Result<(), TestCaseError> {
    let text = reading.text();
    let mut at = 0;
    for token in &reading.tokens {
        let word = text.get(token.span.start()..token.span.end());
        let word = word.ok_or_else(|| TestCaseError::fail(format!("{:?} cuts", token.span)))?;
        prop_assert!(!word.is_empty());
        prop_assert!(!word.contains(char::is_whitespace), "{word:?}");
        prop_assert!(at <= token.span.start());
        let between = &text[at..token.span.start()];
        prop_assert!(
            between.chars().all(char::is_whitespace),
            "{between:?} is lost"
        );
        at = token.span.end();
    }
    prop_assert!(text[at..].chars().all(char::is_whitespace));
    let (mut next, mut paragraph) = (0, 0);
    for sentence in &reading.sentences {
        prop_assert_eq!(sentence.tokens.start, next);
        prop_assert!(sentence.tokens.end > next);
        prop_assert_eq!(reading.span(&sentence.tokens), sentence.span);
        prop_assert_eq!(sentence.span.trim(text), sentence.span);
        prop_assert!(sentence.paragraph >= paragraph);
        next = sentence.tokens.end;
        paragraph = sentence.paragraph;
    }
    prop_assert_eq!(next, reading.tokens.len());
    for note in &reading.notes {
        if let Some(span) = note.span {
            prop_assert!(!span.of(text).is_empty());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&read(Report::from_text(text)))?;
    }

    #[test]
    fn newsy_text(text in pieces(PIECES, 60), language in prop::sample::select(&["en", "fr", "ar"][..])) {
        let mut report = Report::from_text(text);
        report.language = Some(language.to_owned());
        check(&read(report))?;
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for format in [Format::Text, Format::Html, Format::Lines] {
            if let Ok(report) = from_bytes("a", &bytes, format) {
                check(&read(report))?;
            }
        }
    }

    #[test]
    fn any_line(text in any::<String>(), id in any::<Option<String>>()) {
        let line = serde_json::json!({"text": text, "id": id}).to_string();
        let report = from_bytes("a", line.as_bytes(), Format::Lines);
        let report = report.map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(&report.text, &text);
        check(&read(report))?;
    }

    #[test]
    fn plain_files(text in pieces(PIECES, 40)) {
        if let Ok(report) = from_bytes("a", text.as_bytes(), Format::Text) {
            // The body is the end of the file, unchanged.
            prop_assert!(text.ends_with(report.text.as_str()));
            check(&read(report))?;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page(parts in prop::collection::vec((pieces(TAGS, 6), pieces(PIECES, 12)), 0..20)) {
        let source: String = parts.iter().flat_map(|(tags, words)| [tags.as_str(), words]).collect();
        if let Ok(report) = html::page(&source) {
            prop_assert_eq!(&html::page(&source).unwrap().text, &report.text);
            check(&read(report))?;
        }
    }
}

#[test]
fn reading_is_linear_in_hostile_text() {
    for unit in [
        "a.", "a-", "1,1", "'s", "\"", ". ", "http://", "(((", "A. ", "\n- ", "x@", "#a", "1-1-1-",
    ] {
        let report = Report::from_text(unit.repeat(200_000 / unit.len()));
        let start = std::time::Instant::now();
        let reading = read(report);
        assert!(!reading.tokens.is_empty());
        // A quadratic rule would take minutes here.
        assert!(
            start.elapsed().as_secs() < 10,
            "{unit:?} took {:?}",
            start.elapsed()
        );
    }
}
