//! The main happening of a report of a kind that no frame knows: what its first sentence tells.
//!
//! A flood, a trial, an election: none of them is conflict, and no event of the sheet tells of it;
//! still several reports are about one and the same, and on somebody's say-so.

use std::borrow::Cow;

use sayso_api::{
    EventJson, EventTimeJson, PlaceJson, PlaceMentionJson, Quoted, ReasonJson, SheetJson,
    StatementJson,
};

use sayso_text::{sentences, tokenize};

use crate::words::hash;

/// Name of the rule behind the event's words.
const RULE: &str = "main-happening";

/// `sheet`, with its main happening where none of its events is one.
pub(crate) fn with_main<'s, 'a>(sheet: &'s SheetJson<'a>) -> Cow<'s, SheetJson<'a>> {
    match main(sheet) {
        Some(event) => {
            let mut sheet = sheet.clone();
            sheet.events.push(event);
            Cow::Owned(sheet)
        }
        None => Cow::Borrowed(sheet),
    }
}

/// Whether the model does not read the language: what looks like a name can be any word.
fn is_unread(sheet: &SheetJson<'_>) -> bool {
    sheet
        .notes
        .iter()
        .any(|note| note.code == "language-not-read")
}

/// Whether something else says that a word is a name of this place: a word for its kind beside it
/// (“the province of …”), or another place of the same country.
fn is_vouched_for(place: &PlaceMentionJson<'_>, sheet: &SheetJson<'_>) -> bool {
    let neighbours = |other: &&PlaceMentionJson<'_>| {
        other.country.is_some() && other.country == place.country && other.name != place.name
    };
    place.quote.split_whitespace().nth(1).is_some()
        || sheet.places.iter().any(|other| neighbours(&other))
}

/// What the first sentence of a report tells of, none of whose events is one: that has none, or
/// only sums and plans that stand elsewhere.
pub(crate) fn main<'a>(sheet: &SheetJson<'a>) -> Option<EventJson<'a>> {
    let is_one = |event: &EventJson<'_>| !event.aggregate && event.status != "planned";
    if sheet.events.iter().any(is_one) {
        return None;
    }
    let (span, quote) = first_sentence(&sheet.report.text, &sheet.report.language)?;
    let inside = |other: [usize; 2]| span[0] <= other[0] && other[1] <= span[1];
    if sheet.events.iter().any(|event| inside(event.anchor.span)) {
        return None;
    }
    let place = sheet
        .places
        .iter()
        .filter(|place| place.lat.is_some() && place.lon.is_some())
        .filter(|place| !is_unread(sheet) || is_vouched_for(place, sheet))
        // In the sentence, as narrow as can be; else the first that is named.
        .min_by_key(|place| {
            (
                !inside(place.span),
                matches!(place.level.as_ref(), "country" | "province"),
                !is_behind_preposition(&sheet.report.text, place.span[0]),
                place.span[0],
            )
        })
        .map(|place| PlaceJson {
            span: place.span,
            quote: place.quote.clone(),
            name: place.name.clone(),
            country: place.country.clone(),
            admin1: place.admin1.clone(),
            admin2: place.admin2.clone(),
            lat: place.lat,
            lon: place.lon,
            geonames: place.geonames,
            pcode: place.pcode.clone(),
            level: place.level.clone(),
            // A sheet that does not say how near it is: by the kind of place.
            where_prec: place.where_prec.unwrap_or(match place.level.as_ref() {
                "country" => 6,
                "province" => 4,
                "district" => 3,
                _ => 1,
            }),
        });
    let time = sheet
        .times
        .iter()
        .filter(|time| inside(time.span) && matches!(time.r#type.as_ref(), "DATE" | "TIME"))
        .find(|time| time.start.is_some() && time.end.is_some())
        .map(|time| EventTimeJson {
            span: Some(time.span),
            quote: Some(time.quote.clone()),
            start: time.start.clone(),
            end: time.end.clone(),
            date_prec: if time.start == time.end { 1 } else { 2 },
        });
    let told: Vec<&StatementJson<'a>> = sheet
        .statements
        .iter()
        .filter(|statement| {
            let overlaps = |part: &Quoted<'_>| part.span[0] < span[1] && span[0] < part.span[1];
            statement.within.is_none() && statement.content.iter().any(overlaps)
        })
        .collect();
    // What is threatened or promised has not happened.
    let is_plan = told
        .iter()
        .any(|statement| matches!(statement.act.as_ref(), "threaten" | "pledge"));
    let statements = told.iter().map(|statement| statement.id.clone()).collect();
    let reason = ReasonJson {
        rule: Cow::Borrowed(RULE),
        span: Some(span),
    };
    Some(EventJson {
        id: Cow::Owned(format!(
            "e:{:016x}",
            hash(&format!("{} {RULE}", sheet.report.id))
        )),
        anchor: Quoted {
            span,
            quote: Cow::Owned(quote),
        },
        acled: None,
        plover: Cow::Borrowed(""),
        plover_mode: None,
        cameo: Cow::Borrowed(""),
        side_a: Vec::new(),
        side_b: Vec::new(),
        weapons: Vec::new(),
        place,
        time,
        tolls: Vec::new(),
        toll_status: Cow::Borrowed("not-stated"),
        status: Cow::Borrowed(if is_plan { "planned" } else { "asserted" }),
        aggregate: false,
        statements,
        confidence: 0.5,
        why: std::iter::once((Cow::Borrowed("anchor"), reason)).collect(),
    })
}

/// Whether a name stands as a place does: “at Bu'aale”, not “the Juba river”.
fn is_behind_preposition(text: &str, start: usize) -> bool {
    let before: String = text.chars().take(start).collect();
    let word = before.split_whitespace().next_back().unwrap_or_default();
    ["in", "at", "near", "outside", "off", "around", "on"]
        .iter()
        .any(|preposition| word.eq_ignore_ascii_case(preposition))
}

/// Characters of a report in which its first sentence is looked for.
const HEAD: usize = 2_000;

/// Words of a byline at most.
const BYLINE: usize = 4;

/// The first sentence with more than a byline in it: its span in code points, and its words.
fn first_sentence(text: &str, language: &str) -> Option<([usize; 2], String)> {
    let head: String = text.chars().take(HEAD).collect();
    let tokens = tokenize(&head, language);
    sentences(&head, &tokens).into_iter().find_map(|sentence| {
        let words = sentence.span.of(&head);
        let quote = words.trim_end_matches(['.', '!', '?']);
        let start = head.get(..sentence.span.start())?.chars().count();
        (quote.split_whitespace().count() > BYLINE)
            .then(|| ([start, start + quote.chars().count()], quote.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_is_no_byline() {
        for (text, expected) in [
            (
                "By Neve Orlo\n\nThe Qarqur river burst its banks on Monday. Two bridges are gone.",
                "The Qarqur river burst its banks on Monday",
            ),
            (
                "Dr. Orlo of St. Velda won 9.5 per cent of the vote in Qarqur.",
                "Dr. Orlo of St. Velda won 9.5 per cent of the vote in Qarqur",
            ),
        ] {
            let (span, quote) = first_sentence(text, "en").unwrap();
            assert_eq!(quote, expected);
            let slice: String = text.chars().take(span[1]).skip(span[0]).collect();
            assert_eq!(slice, expected);
        }
        assert_eq!(first_sentence("Orla, Monday.", "en"), None);
        assert_eq!(first_sentence("", "en"), None);
    }

    /// A report in a language that nobody reads, with these words taken for places.
    fn unread(places: &[(&str, &str, &str)]) -> SheetJson<'static> {
        let text = "Dua warga tewas akibat ranjau di Beri Lama pada Selasa pagi, kata rumah sakit.";
        let places: Vec<serde_json::Value> = places
            .iter()
            .map(|(quote, name, country)| {
                let start = text.find(quote).unwrap();
                serde_json::json!({
                    "span": [start, start + quote.len()], "quote": quote, "name": name,
                    "country": country, "admin1": null, "admin2": null, "lat": 1.0, "lon": 2.0,
                    "geonames": null, "level": "settlement", "where_prec": 1,
                })
            })
            .collect();
        let sheet = serde_json::json!({
            "schema": "sayso.sheet/1",
            "made_by": {"sayso": "0", "model": "m", "lexicon": "l", "gazetteer": "g"},
            "report": {
                "id": "r1", "title": null, "text": text, "outlet": null, "url": null,
                "published": null, "language": "id",
            },
            "statements": [], "events": [], "actors": [], "places": places, "times": [],
            "notes": [{"code": "language-not-read", "span": null, "message": "not read"}],
        });
        serde_json::from_value(sheet).unwrap()
    }

    #[test]
    fn a_word_of_a_language_that_is_not_read_is_no_place_by_itself() {
        let of = |places: &[(&str, &str, &str)]| {
            let place = main(&unread(places)).unwrap().place;
            place.map(|place| place.name.to_string())
        };
        // Words that happen to be names somewhere.
        assert_eq!(
            of(&[("warga", "Warga", "NER"), ("pagi", "Pagi", "FIN")]),
            None
        );
        // A word for its kind beside it, or a second place of the country.
        let two_words = [("warga", "Warga", "NER"), ("Beri Lama", "Beri", "IDN")];
        assert_eq!(of(&two_words).as_deref(), Some("Beri"));
        let two_places = [("ranjau", "Ranjau", "IDN"), ("Selasa", "Selasa", "IDN")];
        assert!(of(&two_places).is_some());
    }
}
