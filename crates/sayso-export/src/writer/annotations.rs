//! Statements as W3C Web Annotations (2017), in one annotation page of JSON-LD.
//!
//! The target is the report, with the words of the content as selector; the body says who says it,
//! how, and in which words. Terms that the vocabulary has none for are sayso's own, in a namespace of
//! its own.

use std::fmt::Write as _;

use sayso_api::{Quoted, SheetJson, StatementJson};
use serde_json::{Map, Value, json};

use crate::{Dataset, ExportError};

/// Characters of the text on either side of a quotation that tell it from others.
const AROUND: usize = 32;

/// Of sayso's own terms; it names things and leads nowhere.
const NAMESPACE: &str = "urn:sayso:terms:";

/// All statements.
pub(crate) fn page(dataset: &Dataset) -> Result<Vec<u8>, ExportError> {
    let items: Vec<Value> = dataset
        .sheets()
        .flat_map(|sheet| {
            let statements = sheet.statements.iter();
            statements.map(move |statement| annotation(dataset, sheet, statement))
        })
        .collect();
    let page = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"sayso": NAMESPACE}],
        "id": "urn:sayso:statements",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    });
    Ok(serde_json::to_vec(&page)?)
}

fn annotation(
    dataset: &Dataset,
    sheet: &SheetJson<'static>,
    statement: &StatementJson<'static>,
) -> Value {
    let report = &sheet.report;
    let source = report
        .url
        .as_deref()
        .filter(|url| url.starts_with("http"))
        .map_or_else(
            || format!("urn:sayso:report:{}", escaped(&report.id)),
            str::to_owned,
        );
    let whole = dataset.is_whole(&report.id);
    let text: Vec<char> = report.text.chars().collect();
    let targets: Vec<Value> = statement
        .content
        .iter()
        .map(|part| target(&source, &text, part, whole))
        .collect();
    let targets = if targets.is_empty() {
        vec![json!({"type": "SpecificResource", "source": source})]
    } else {
        targets
    };
    json!({
        "id": format!("urn:sayso:statement:{}", escaped(&statement.id)),
        "type": "Annotation",
        "motivation": "identifying",
        "body": body(sheet, statement),
        "target": targets,
        "generator": {
            "id": "urn:sayso:program",
            "type": "Software",
            "name": format!("sayso {}", sheet.made_by.sayso),
        },
    })
}

/// Who says it, and how.
fn body(sheet: &SheetJson<'static>, statement: &StatementJson<'static>) -> Value {
    let speakers: Vec<&str> = statement
        .sources
        .iter()
        .map(|source| {
            let actor = source
                .actor
                .as_ref()
                .and_then(|id| sheet.actors.iter().find(|actor| actor.id == *id));
            actor.map_or(source.quote.as_ref(), |actor| actor.name.as_ref())
        })
        .collect();
    let said = if speakers.is_empty() {
        format!("{} (nobody is named)", statement.act)
    } else {
        format!("{}: {}", speakers.join(", through "), statement.act)
    };
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            body.insert(key.to_owned(), value);
        }
    };
    put("type", json!("TextualBody"));
    put("purpose", json!("describing"));
    put("format", json!("text/plain"));
    put("language", json!("en"));
    put("value", json!(said));
    put("sayso:speaker", json!(speakers));
    put("sayso:act", json!(statement.act));
    put("sayso:polarity", json!(statement.polarity));
    put("sayso:certainty", json!(statement.certainty));
    put(
        "sayso:cue",
        json!(statement.cue.as_ref().map(|cue| &cue.quote)),
    );
    put(
        "sayso:addressee",
        json!(statement.to.as_ref().map(|to| &to.quote)),
    );
    put(
        "sayso:medium",
        json!(statement.medium.as_ref().map(|m| &m.quote)),
    );
    put("sayso:confidence", json!(statement.confidence));
    Value::Object(body)
}

/// Where it says so: by its words, and by position where the text is as it was published.
fn target(source: &str, text: &[char], part: &Quoted<'static>, whole: bool) -> Value {
    let [start, end] = part.span;
    let before = start.saturating_sub(AROUND)..start;
    let after = end..(end + AROUND).min(text.len());
    let slice = |range: std::ops::Range<usize>| -> String {
        text.get(range).unwrap_or_default().iter().collect()
    };
    let quote = json!({
        "type": "TextQuoteSelector",
        "exact": part.quote,
        "prefix": slice(before),
        "suffix": slice(after),
    });
    let position = json!({"type": "TextPositionSelector", "start": start, "end": end});
    let selectors = if whole {
        vec![quote, position]
    } else {
        vec![quote]
    };
    json!({"type": "SpecificResource", "source": source, "selector": selectors})
}

/// What may stand in a URN.
fn escaped(id: &str) -> String {
    let mut all = String::new();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b':') {
            all.push(char::from(byte));
        } else {
            let _ = write!(all, "%{byte:02X}");
        }
    }
    all
}
