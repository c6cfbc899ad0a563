//! Whether a finding that a person changed or wrote, or a sheet that was made elsewhere, is one: its
//! form, its codes, its quotes.

use std::collections::BTreeSet;

use jiff::civil::Date;
use sayso_api::{
    ActorJson, EventJson, PlaceMentionJson, SCHEMA, SheetJson, StatementJson, TimeMentionJson,
};
use sayso_core::{
    Act, ActorKind, Bound, Certainty, Effect, Level, Polarity, Protect, SourceKind, Status,
    TimeType, TollStatus, Who,
};
use sayso_lexicon::{ACLED, CAMEO, PLOVER, PLOVER_MODES};
use serde_json::Value;

use crate::references;

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
/// quotes of its findings, actors, places and times; spans within the text; ids that are different,
/// and stand for something where they are referred to.
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
    let sheet = serde_json::to_value(sheet).map_err(|error| error.to_string())?;
    let there = references::ids(&sheet);
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for (list, fits) in [
        ("statements", is_sound_in as Check),
        ("events", is_sound_in),
        ("actors", actor),
    ] {
        for item in items(&sheet, list) {
            let id = item["id"].as_str().unwrap_or_default();
            if !met.insert(id) {
                return Err(format!("{id}: comes twice"));
            }
            if let Some(missing) = references::dangling(item, &there) {
                return Err(format!("{id}: there is no `{missing}` in the sheet"));
            }
            fits(item, &text).map_err(|what| format!("{id}: {what}"))?;
        }
    }
    for (list, fits) in [
        ("places", place as Check),
        ("times", time),
        ("notes", spans_fit),
    ] {
        for item in items(&sheet, list) {
            fits(item, &text).map_err(|what| format!("{list}: {what}"))?;
        }
    }
    Ok(())
}

/// One check of an item of a sheet against the code points of the text.
type Check = fn(&Value, &[char]) -> Result<(), String>;

fn items<'a>(sheet: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    sheet
        .get(list)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn is_sound_in(finding: &Value, text: &[char]) -> Result<(), String> {
    let id = finding["id"].as_str().unwrap_or_default();
    match id.get(..2) {
        Some("s:") => statement(&read(finding)?)?,
        Some("e:") => event(&read(finding)?)?,
        _ => return Err(format!("`{id}` is the id of no statement or event")),
    }
    spans_fit(finding, text)
}

/// `code!(Act, "act", value)`: an error with the allowed values where `value` is none of them.
macro_rules! code {
    ($list:ident, $what:literal, $value:expr) => {
        if $list::parse($value).is_none() {
            let allowed: Vec<&str> = $list::ALL.iter().map(|code| code.as_str()).collect();
            return Err(format!(
                "`{}` is no {}: use {}",
                $value,
                $what,
                allowed.join(", ")
            ));
        }
    };
}

fn statement(statement: &StatementJson<'_>) -> Result<(), String> {
    code!(Act, "act", &statement.act);
    code!(Polarity, "polarity", &statement.polarity);
    code!(Certainty, "certainty", &statement.certainty);
    for source in &statement.sources {
        code!(SourceKind, "kind of source", &source.kind);
    }
    of_codebooks(
        statement.plover.as_deref(),
        statement.plover_mode.as_deref(),
        statement.cameo.as_deref(),
    )?;
    within("confidence", statement.confidence, 0.0, 1.0)
}

fn event(event: &EventJson<'_>) -> Result<(), String> {
    code!(Status, "status", &event.status);
    code!(TollStatus, "toll status", &event.toll_status);
    if let Some(acled) = &event.acled
        && !ACLED.contains(&acled.as_ref())
    {
        return Err(format!(
            "`{acled}` is no sub-event type of ACLED: use {}",
            ACLED.join(", ")
        ));
    }
    of_codebooks(
        Some(&event.plover),
        event.plover_mode.as_deref(),
        Some(&event.cameo),
    )?;
    for toll in &event.tolls {
        code!(Effect, "effect", &toll.effect);
        code!(Who, "kind of people", &toll.who);
        code!(Bound, "bound", &toll.bound);
        if let Some(high) = toll.high
            && high < toll.low
        {
            return Err(format!(
                "{} to {high} is no toll: the higher figure comes last",
                toll.low
            ));
        }
    }
    if let Some(place) = &event.place {
        code!(Level, "level", &place.level);
        country(place.country.as_deref())?;
        point(place.lat, place.lon)?;
        within("where_prec", f64::from(place.where_prec), 1.0, 7.0)?;
    }
    if let Some(time) = &event.time {
        days(time.start.as_deref(), time.end.as_deref())?;
        within("date_prec", f64::from(time.date_prec), 1.0, 5.0)?;
    }
    within("confidence", event.confidence, 0.0, 1.0)
}

fn actor(item: &Value, text: &[char]) -> Result<(), String> {
    let actor: ActorJson<'_> = read(item)?;
    if !actor.id.starts_with("a:") {
        return Err(format!("`{}` is the id of no actor", actor.id));
    }
    code!(ActorKind, "kind of actor", &actor.kind);
    if let Some(protect) = &actor.protect {
        code!(Protect, "reason to protect", protect);
    }
    country(actor.country.as_deref())?;
    spans_fit(item, text)
}

fn place(item: &Value, text: &[char]) -> Result<(), String> {
    let place: PlaceMentionJson<'_> = read(item)?;
    code!(Level, "level", &place.level);
    country(place.country.as_deref())?;
    point(place.lat, place.lon)?;
    if let Some(where_prec) = place.where_prec {
        within("where_prec", f64::from(where_prec), 1.0, 7.0)?;
    }
    spans_fit(item, text)
}

fn time(item: &Value, text: &[char]) -> Result<(), String> {
    let time: TimeMentionJson<'_> = read(item)?;
    code!(TimeType, "type of TIMEX3", &time.r#type);
    days(time.start.as_deref(), time.end.as_deref())?;
    spans_fit(item, text)
}

fn of_codebooks(
    plover: Option<&str>,
    mode: Option<&str>,
    cameo: Option<&str>,
) -> Result<(), String> {
    if let Some(plover) = plover
        && !PLOVER.contains(&plover)
    {
        return Err(format!(
            "`{plover}` is no event of PLOVER: use {}",
            PLOVER.join(", ")
        ));
    }
    if let Some(mode) = mode {
        let modes = PLOVER_MODES
            .iter()
            .find(|(of, _)| Some(*of) == plover)
            .map_or(&[][..], |(_, modes)| modes);
        if !modes.contains(&mode) {
            return Err(format!(
                "`{mode}` is no mode of {}: use {}",
                plover.unwrap_or("nothing"),
                modes.join(", ")
            ));
        }
    }
    match cameo {
        Some(cameo) if !CAMEO.contains(&cameo) => Err(format!("`{cameo}` is no code of CAMEO")),
        _ => Ok(()),
    }
}

fn country(code: Option<&str>) -> Result<(), String> {
    match code {
        Some(code) if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) => Err(
            format!("`{code}` is no code of a country: use ISO 3166-1 alpha-3, such as SYR"),
        ),
        _ => Ok(()),
    }
}

fn point(lat: Option<f64>, lon: Option<f64>) -> Result<(), String> {
    if lat.is_some() != lon.is_some() {
        return Err("a point has a latitude and a longitude".to_owned());
    }
    within("lat", lat.unwrap_or_default(), -90.0, 90.0)?;
    within("lon", lon.unwrap_or_default(), -180.0, 180.0)
}

fn within(what: &str, value: f64, low: f64, high: f64) -> Result<(), String> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    Err(format!("{what} is {value}: use {low} to {high}"))
}

/// First and last day; either may be open.
fn days(start: Option<&str>, end: Option<&str>) -> Result<(), String> {
    let day = |written: Option<&str>| match written {
        Some(written) => match written.parse::<Date>() {
            Ok(day) => Ok(Some(day)),
            Err(_) => Err(format!("`{written}` is no day: use one such as 2025-10-22")),
        },
        None => Ok(None),
    };
    match (day(start)?, day(end)?) {
        (Some(start), Some(end)) if end < start => Err(format!("{start} is after {end}")),
        _ => Ok(()),
    }
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}

/// Whether every span lies in the text, and is its quote where it has one.
fn spans_fit(value: &Value, text: &[char]) -> Result<(), String> {
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| spans_fit(item, text)),
        Value::Object(fields) => {
            if let Some(span @ Value::Array(_)) = fields.get("span") {
                let there = slice(span, text)?;
                if let Some(Value::String(quote)) = fields.get("quote")
                    && !there.iter().copied().eq(quote.chars())
                {
                    return Err(format!("the text at {span} is not `{quote}`"));
                }
            }
            for mention in items(value, "mentions") {
                slice(mention, text)?;
            }
            fields.values().try_for_each(|field| spans_fit(field, text))
        }
        _ => Ok(()),
    }
}

/// The text at `[start, end)`.
fn slice<'t>(span: &Value, text: &'t [char]) -> Result<&'t [char], String> {
    let (start, end): (usize, usize) =
        read(span).map_err(|_| format!("{span} is no span: use [start, end)"))?;
    match text.get(start..end) {
        Some(there) if !there.is_empty() => Ok(there),
        _ => Err(format!("no text at {start} to {end}")),
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
        assert!(refused("/report/text", json!(other)).contains("s:000000000001: the text at [19"));
        assert!(refused("/report/id", json!(" ")).contains("report.id"));
        let twice = json!([statement(), statement()]);
        assert!(refused("/statements", twice).contains("comes twice"));
        assert!(refused("/statements/0/within", json!("s:2")).contains("no `s:2`"));
        assert!(refused("/statements/0/events", json!(["e:2"])).contains("no `e:2`"));
        assert!(refused("/statements/0/sources/0/actor", json!("a:9")).contains("no `a:9`"));
        assert!(refused("/actors", json!([actor.clone()])).contains("30 to 99"));
        let of = |field: &str, value: Value| {
            let mut changed = actor.clone();
            changed["mentions"] = json!([[7, 13]]);
            changed[field] = value;
            refused("/actors", json!([changed]))
        };
        assert!(of("kind", json!("army")).contains("state-forces"));
        assert!(of("protect", json!("secret")).contains("minor"));
        assert!(of("country", json!("Mali")).contains("SYR"));
        assert!(of("member_of", json!("a:7")).contains("no `a:7`"));
        assert!(of("id", json!("x:1")).contains("no actor"));
        assert!(of("why", json!({"name": {"rule": "r", "span": [5, 99]}})).contains("5 to 99"));
        let place = json!({
            "span": [0, 5], "quote": "Ségou", "name": "Ségou", "country": "MLI", "admin1": null,
            "lat": 13.4, "lon": 196.2, "geonames": null, "level": "settlement",
        });
        assert!(refused("/places", json!([place])).contains("lon is 196.2"));
        let time = json!({
            "span": [0, 5], "quote": "Ségou", "type": "DATE", "value": "2025-10-22",
            "start": "2025-10-22", "end": "2025-10-21",
        });
        assert!(refused("/times", json!([time])).contains("2025-10-22 is after 2025-10-21"));
        let note = json!({"code": "unresolved-time", "span": [30, 40], "message": "?"});
        assert!(refused("/notes", json!([note])).contains("notes: no text at 30 to 40"));
    }

    fn event() -> Value {
        json!({
            "id": "e:1", "anchor": {"span": [30, 34], "quote": "hurt"}, "acled": null,
            "plover": "ASSAULT", "plover_mode": null, "cameo": "190", "side_a": [], "side_b": [],
            "weapons": [],
            "place": {
                "span": [0, 5], "quote": "Ségou", "name": "Ségou", "country": "MLI",
                "admin1": null, "admin2": null, "lat": 13.4, "lon": -6.2, "geonames": null,
                "level": "settlement", "where_prec": 1,
            },
            "time": {
                "span": null, "quote": null, "start": "2025-10-21", "end": "2025-10-22",
                "date_prec": 2,
            },
            "tolls": [{
                "span": [19, 25], "quote": "nobody", "effect": "killed", "who": "people",
                "low": 0, "high": 0, "bound": "exact", "by": null,
            }],
            "toll_status": "none", "status": "asserted", "aggregate": false, "statements": [],
            "confidence": 0.5, "why": {},
        })
    }

    #[test]
    fn what_no_codebook_or_map_or_calendar_has_is_refused() {
        assert_eq!(is_sound(&event(), TEXT), Ok(()));
        for (field, value, told) in [
            ("/acled", json!("Quarrel"), "sub-event type"),
            ("/plover", json!("QUARREL"), "ASSAULT"),
            ("/plover_mode", json!("phone"), "firearms"),
            ("/cameo", json!("21"), "CAMEO"),
            ("/place/country", json!("Syria"), "alpha-3"),
            ("/place/lat", json!(95.0), "lat is 95"),
            ("/place/lon", json!(null), "longitude"),
            ("/place/level", json!("town"), "settlement"),
            ("/place/where_prec", json!(8), "1 to 7"),
            ("/time/date_prec", json!(0), "1 to 5"),
            ("/time/start", json!("2025-10-32"), "no day"),
            ("/time/start", json!("2025-10-23"), "is after"),
            ("/tolls/0/low", json!(3), "3 to 0"),
            ("/tolls/0/effect", json!("hurt"), "injured"),
            ("/tolls/0/who", json!("men"), "fighters"),
            ("/tolls/0/bound", json!("some"), "vague"),
            ("/toll_status", json!("zero"), "not-stated"),
            ("/status", json!("true"), "alleged"),
            ("/confidence", json!(1.5), "0 to 1"),
        ] {
            let mut changed = event();
            *changed.pointer_mut(field).unwrap() = value;
            let refused = is_sound(&changed, TEXT).unwrap_err();
            assert!(refused.contains(told), "{field}: {refused}");
        }
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
        assert!(refused("/content/0/span", json!([0, 3])).contains("[0,3]"));
        for span in [[3, 3], [9, 3], [90, 99], [19, 99]] {
            let empty = json!([{"span": span, "quote": ""}]);
            assert!(
                refused("/content", empty).contains("no text at"),
                "{span:?}"
            );
        }
        assert!(refused("/sources", json!("police")).contains("sequence"));
        assert!(refused("/sources/0/kind", json!("rumour")).contains("eyewitness"));
        assert!(refused("/id", json!("x")).contains("`x`"));
    }
}
