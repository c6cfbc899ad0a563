//! Whether a finding that a person changed or wrote is one: its form, its codes, its quotes.

use std::collections::BTreeSet;

use sayso_api::{EventJson, SCHEMA, SheetJson, StatementJson};
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
    let text: Vec<char> = text.chars().collect();
    is_sound_in(finding, &text)
}

/// Whether a sheet that was made elsewhere fits the report in it: its schema; the form, codes and
/// quotes of its statements and events; spans within the text; ids that are different, and stand
/// for something where they are referred to.
///
/// # Errors
/// In words, with the id of the finding.
pub fn check_sheet(sheet: &SheetJson<'_>) -> Result<(), String> {
    if sheet.schema != SCHEMA {
        return Err(format!(
            "`{}` is no schema of a sheet: use {SCHEMA}",
            sheet.schema
        ));
    }
    if sheet.report.id.trim().is_empty() {
        return Err("report.id: is empty".to_owned());
    }
    let text: Vec<char> = sheet.report.text.chars().collect();
    let mut statements: BTreeSet<&str> = BTreeSet::new();
    let mut events: BTreeSet<&str> = BTreeSet::new();
    let mut actors: BTreeSet<&str> = BTreeSet::new();
    let once = |new: bool, id: &str| {
        new.then_some(())
            .ok_or_else(|| format!("{id}: comes twice"))
    };
    for statement in &sheet.statements {
        once(statements.insert(&statement.id), &statement.id)?;
    }
    for event in &sheet.events {
        once(events.insert(&event.id), &event.id)?;
    }
    for actor in &sheet.actors {
        once(actors.insert(&actor.id), &actor.id)?;
        for &[start, end] in &actor.mentions {
            if start >= end || end > text.len() {
                return Err(format!("{}: no text at {start} to {end}", actor.id));
            }
        }
    }
    let known = |ids: &BTreeSet<&str>, of: &str, id: Option<&str>| match id {
        Some(id) if !ids.contains(id) => Err(format!("{of}: there is no `{id}` in the sheet")),
        _ => Ok(()),
    };
    for statement in &sheet.statements {
        let id = statement.id.as_ref();
        known(&statements, id, statement.within.as_deref())?;
        for event in &statement.events {
            known(&events, id, Some(event))?;
        }
        for source in &statement.sources {
            known(&actors, id, source.actor.as_deref())?;
        }
        fits(statement, id, &text)?;
    }
    for event in &sheet.events {
        let id = event.id.as_ref();
        for statement in &event.statements {
            known(&statements, id, Some(statement))?;
        }
        for side in event.side_a.iter().chain(&event.side_b) {
            known(&actors, id, side.actor.as_deref())?;
        }
        for toll in &event.tolls {
            known(&statements, id, toll.by.as_deref())?;
        }
        fits(event, id, &text)?;
    }
    for (what, quoted) in [
        ("places", serde_json::to_value(&sheet.places)),
        ("times", serde_json::to_value(&sheet.times)),
    ] {
        let quoted = quoted.map_err(|error| format!("{what}: {error}"))?;
        quotes_are_at_their_spans(&quoted, &text).map_err(|error| format!("{what}: {error}"))?;
    }
    Ok(())
}

fn fits(finding: &impl serde::Serialize, id: &str, text: &[char]) -> Result<(), String> {
    let value = serde_json::to_value(finding).map_err(|error| format!("{id}: {error}"))?;
    is_sound_in(&value, text).map_err(|error| format!("{id}: {error}"))
}

fn is_sound_in(finding: &Value, text: &[char]) -> Result<(), String> {
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

fn quotes_are_at_their_spans(value: &Value, text: &[char]) -> Result<(), String> {
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
                let there = text.get(start as usize..end as usize).unwrap_or_default();
                if !there.iter().copied().eq(quote.chars()) {
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

    fn sheet() -> Value {
        json!({
            "schema": "sayso.sheet/1",
            "made_by": {"sayso": "0", "model": "m", "lexicon": "l", "gazetteer": "g"},
            "report": {
                "id": "r", "title": null, "text": TEXT, "outlet": null, "url": null,
                "published": null, "language": "en",
            },
            "statements": [statement()], "events": [], "actors": [], "places": [], "times": [],
            "notes": [],
        })
    }

    #[test]
    fn a_sheet_has_to_fit_its_report() {
        let check = |sheet: Value| check_sheet(&serde_json::from_value(sheet).unwrap());
        assert_eq!(check(sheet()), Ok(()));
        let refused = |field: &str, value: Value| {
            let mut changed = sheet();
            *changed.pointer_mut(field).unwrap() = value;
            check(changed).unwrap_err()
        };
        let other = TEXT.replace("nobody", "no-one");
        let actor = json!({
            "id": "a:1", "name": "police", "aliases": [], "kind": "state-forces",
            "country": null, "member_of": null, "role": null, "protect": null,
            "mentions": [[30, 99]],
        });
        assert!(refused("/schema", json!("sayso.sheet/0")).contains("sayso.sheet/1"));
        assert!(refused("/report/text", json!(other)).contains("s:000000000001: the text at 19"));
        assert!(refused("/report/id", json!(" ")).contains("report.id"));
        let twice = json!([statement(), statement()]);
        assert!(refused("/statements", twice).contains("comes twice"));
        assert!(refused("/statements/0/within", json!("s:2")).contains("no `s:2`"));
        assert!(refused("/statements/0/events", json!(["e:2"])).contains("no `e:2`"));
        assert!(refused("/statements/0/sources/0/actor", json!("a:9")).contains("no `a:9`"));
        assert!(refused("/actors", json!([actor])).contains("30 to 99"));
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
