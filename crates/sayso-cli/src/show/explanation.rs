//! `sayso explain`: for each field its value, the rule behind it and the words.

use std::fmt::Write as _;

use sayso_api::SheetJson;
use sayso_text::Span;
use serde_json::Value;

use super::style::{FAINT, HEADING, QUOTE, paint, safe};

/// Lays out the reasons for one sheet.
///
/// Works on the printed form, so that it shows exactly what the JSON says, under the same names.
pub(crate) fn sheet(sheet: &SheetJson<'_>) -> Result<String, serde_json::Error> {
    let value = serde_json::to_value(sheet)?;
    let text = value["report"]["text"].as_str().unwrap_or_default();
    let offsets = Offsets::of(text);
    let mut out = String::new();
    let title = value["report"]["title"].as_str().unwrap_or("(no title)");
    let _ = writeln!(out, "{}", paint(HEADING, &safe(title)));
    for (kind, quoted) in [("statements", "content"), ("events", "anchor")] {
        for item in value[kind].as_array().into_iter().flatten() {
            let _ = writeln!(
                out,
                "\n{} {}",
                paint(HEADING, item["id"].as_str().unwrap_or_default()),
                paint(QUOTE, &format!("“{}”", quotes(&item[quoted])))
            );
            for (field, reason) in item["why"].as_object().into_iter().flatten() {
                let _ = writeln!(
                    out,
                    "  {field:<12} {}\n  {:<12} {}",
                    shown(&item[field]),
                    "",
                    paint(FAINT, &because(reason, text, &offsets))
                );
                for edge in item["edges"].as_array().into_iter().flatten() {
                    if edge["part"].as_str() == Some(field) {
                        let _ = writeln!(out, "{}", edges(edge, text, &offsets));
                    }
                }
            }
        }
    }
    for (kind, label) in [("places", "name"), ("times", "value")] {
        for item in value[kind].as_array().into_iter().flatten() {
            let _ = writeln!(
                out,
                "\n{} {} = {}\n  {}",
                paint(HEADING, kind.trim_end_matches('s')),
                paint(QUOTE, &format!("“{}”", quotes(item))),
                shown(&item[label]),
                paint(
                    FAINT,
                    &format!("by {}", item["rule"].as_str().unwrap_or_default())
                )
            );
        }
    }
    Ok(out)
}

/// The words of a quoted field or of a list of them.
fn quotes(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(quotes).collect::<Vec<_>>().join(" … "),
        Value::Object(fields) => fields
            .get("quote")
            .and_then(Value::as_str)
            .map(safe)
            .unwrap_or_default(),
        _ => String::new(),
    }
}

/// A field's value on one line.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::String(text) => safe(text),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let mut line = quotes(value);
            for (name, field) in fields {
                if !matches!(name.as_str(), "span" | "quote" | "by" | "actor") && !field.is_null() {
                    let _ = write!(line, " {name}={}", shown(field));
                }
            }
            line.trim().to_owned()
        }
        other => other.to_string(),
    }
}

fn because(reason: &Value, text: &str, offsets: &Offsets) -> String {
    let rule = reason["rule"].as_str().unwrap_or_default();
    match span_of(reason, offsets) {
        Some(span) => format!("by {rule} on “{}”", safe(span.of(text))),
        None => format!("by {rule}"),
    }
}

/// Two lines: in front of and behind what a span starts and ends, and by which rule.
fn edges(edge: &Value, text: &str, offsets: &Offsets) -> String {
    let mut lines = String::new();
    let own = span_of(edge, offsets).map_or("", |span| span.of(text));
    let _ = write!(lines, "  {:<12} “{}”", "", safe(&ends_of(own)));
    for (end, verb, side) in [("starts", "starts", "behind"), ("ends", "ends", "before")] {
        let reason = &edge[end];
        let rule = reason["rule"].as_str().unwrap_or_default();
        let place = span_of(reason, offsets)
            .map(|span| format!(" {side} “{}”", safe(span.of(text))))
            .unwrap_or_default();
        let says = sayso_core::edge_says(rule).unwrap_or_default();
        let line = format!("{verb}{place}: {says} ({rule})");
        let _ = write!(lines, "\n  {:<12}   {}", "", paint(FAINT, &line));
    }
    lines
}

/// A long span by its first and last words.
fn ends_of(words: &str) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    match all.as_slice() {
        [first, second, .., last] if all.len() > 8 => format!("{first} {second} … {last}"),
        _ => all.join(" "),
    }
}

fn span_of(value: &Value, offsets: &Offsets) -> Option<Span> {
    let end = |at: usize| {
        let point = value["span"].get(at)?.as_u64()?;
        usize::try_from(point).ok()
    };
    Some(offsets.span(end(0)?, end(1)?))
}

/// Byte offset of every code point, the way back from the printed spans.
struct Offsets(Vec<usize>);

impl Offsets {
    fn of(text: &str) -> Self {
        Self(
            text.char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect(),
        )
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let at = |point: usize| self.0.get(point).copied().unwrap_or(usize::MAX);
        Span::new(at(start), at(end))
    }
}

#[cfg(test)]
mod tests {
    use sayso_api::CodePoints;

    use super::*;

    #[test]
    fn offsets_undo_code_points() {
        let text = "añ حارم b";
        let offsets = Offsets::of(text);
        let points = CodePoints::of(text);
        let span = Span::new(4, 12);
        let [start, end] = points.span(span);
        assert_eq!(offsets.span(start, end), span);
    }
}
