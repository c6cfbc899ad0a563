//! Whether a finding that a person changed or wrote is one: its form, its codes, its quotes.

use sayso_api::{EventJson, StatementJson};
use sayso_core::{
    Act, Bound, Certainty, Effect, Level, Polarity, SourceKind, Status, TollStatus, Who,
};
use serde_json::Value;

/// Whether a value is a statement or event by its id, its codes are those of the schema, and each
/// quote is the text at its span.
///
/// # Errors
/// In words.
pub(crate) fn is_sound(finding: &Value, text: &str) -> Result<(), String> {
    let id = finding["id"].as_str().unwrap_or_default();
    match id.get(..2) {
        Some("s:") => {
            let statement: StatementJson<'_> = read(finding)?;
            code(Act::parse, Act::ALL, Act::as_str, "act", &statement.act)?;
            code(
                Polarity::parse,
                Polarity::ALL,
                Polarity::as_str,
                "polarity",
                &statement.polarity,
            )?;
            code(
                Certainty::parse,
                Certainty::ALL,
                Certainty::as_str,
                "certainty",
                &statement.certainty,
            )?;
            for source in &statement.sources {
                code(
                    SourceKind::parse,
                    SourceKind::ALL,
                    SourceKind::as_str,
                    "kind of source",
                    &source.kind,
                )?;
            }
        }
        Some("e:") => event(&read(finding)?)?,
        _ => return Err(format!("`{id}` is the id of no statement or event")),
    }
    quotes_are_at_their_spans(finding, text)
}

fn event(event: &EventJson<'_>) -> Result<(), String> {
    code(
        Status::parse,
        Status::ALL,
        Status::as_str,
        "status",
        &event.status,
    )?;
    code(
        TollStatus::parse,
        TollStatus::ALL,
        TollStatus::as_str,
        "toll status",
        &event.toll_status,
    )?;
    if let Some(acled) = &event.acled
        && !sayso_lexicon::ACLED.contains(&acled.as_ref())
    {
        return Err(format!("`{acled}` is no sub-event type of ACLED"));
    }
    for toll in &event.tolls {
        code(
            Effect::parse,
            Effect::ALL,
            Effect::as_str,
            "effect",
            &toll.effect,
        )?;
        code(
            Who::parse,
            Who::ALL,
            Who::as_str,
            "kind of people",
            &toll.who,
        )?;
        code(
            Bound::parse,
            Bound::ALL,
            Bound::as_str,
            "bound",
            &toll.bound,
        )?;
    }
    if let Some(place) = &event.place {
        code(
            Level::parse,
            Level::ALL,
            Level::as_str,
            "level",
            &place.level,
        )?;
    }
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}

fn code<T: Copy>(
    parse: impl Fn(&str) -> Option<T>,
    all: &[T],
    as_str: impl Fn(T) -> &'static str,
    what: &str,
    value: &str,
) -> Result<(), String> {
    if parse(value).is_some() {
        return Ok(());
    }
    let allowed: Vec<&str> = all.iter().map(|code| as_str(*code)).collect();
    Err(format!(
        "`{value}` is no {what}: use {}",
        allowed.join(", ")
    ))
}

fn quotes_are_at_their_spans(value: &Value, text: &str) -> Result<(), String> {
    match value {
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| quotes_are_at_their_spans(item, text)),
        Value::Object(fields) => {
            if let (Some(Value::String(quote)), Some(Value::Array(span))) =
                (fields.get("quote"), fields.get("span"))
            {
                let bound = |at: usize| span.get(at).and_then(Value::as_u64);
                let (Some(start), Some(end)) = (bound(0), bound(1)) else {
                    return Err("a span is [start, end)".to_owned());
                };
                let length = end.saturating_sub(start) as usize;
                let there: String = text.chars().skip(start as usize).take(length).collect();
                if there != *quote {
                    return Err(format!("the text at {start} to {end} is not `{quote}`"));
                }
            }
            fields
                .values()
                .try_for_each(|field| quotes_are_at_their_spans(field, text))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXT: &str = "Ségou: police said nobody was hurt.";

    fn statement() -> Value {
        json!({
            "id": "s:000000000001", "act": "report", "polarity": "affirmed",
            "certainty": "certain", "plover": null, "cameo": null,
            "sources": [{"span": [7, 13], "quote": "police", "kind": "government", "actor": null}],
            "cue": null, "content": [{"span": [19, 34], "quote": "nobody was hurt"}],
            "to": null, "medium": null, "within": null, "events": [], "confidence": 1.0, "why": {}
        })
    }

    #[test]
    fn spans_count_code_points() {
        assert_eq!(is_sound(&statement(), TEXT), Ok(()));
    }

    #[test]
    fn wrong_words_codes_and_forms_are_named() {
        let refused = |field: &str, value: Value| {
            let mut changed = statement();
            *changed.pointer_mut(field).unwrap() = value;
            is_sound(&changed, TEXT).unwrap_err()
        };
        assert!(refused("/act", json!("rumour")).contains("claim-responsibility"));
        assert!(refused("/content/0/quote", json!("someone")).contains("someone"));
        assert!(refused("/content/0/span", json!([0, 3])).contains("0 to 3"));
        assert!(refused("/sources", json!("police")).contains("sequence"));
        assert!(refused("/sources/0/kind", json!("rumour")).contains("eyewitness"));
        assert!(refused("/id", json!("x")).contains("`x`"));
    }
}
