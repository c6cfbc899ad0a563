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
    let ends: Vec<usize> = reason["span"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|end| usize::try_from(end.as_u64()?).ok())
        .collect();
    match ends[..] {
        [start, end] => {
            format!("by {rule} on “{}”", safe(offsets.span(start, end).of(text)))
        }
        _ => format!("by {rule}"),
    }
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
