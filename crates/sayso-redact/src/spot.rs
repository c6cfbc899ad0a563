//! Exact spots of civilians, and the divisions that stand for them.

use sayso_api::{ActorJson, EventJson, PlaceJson, SheetJson};

use crate::district::{Centre, Districts};
use crate::fold::{Word, folded_words, words};

/// Levels that are finer than a settlement.
const EXACT: &[&str] = &["site", "neighbourhood"];

/// Kinds of actors that bear arms.
const ARMED: &[&str] = &[
    "state-forces",
    "rebel-group",
    "political-militia",
    "identity-militia",
    "external-forces",
];

/// Whom a toll may count where no civilian is among them.
const FORCES: &[&str] = &["soldiers", "police", "fighters"];

/// A spot that is not shown, with what stands for it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    /// What the text and the gazetteer call it.
    pub(crate) names: Vec<String>,
    /// Its usual name, by which places are compared.
    pub(crate) name: String,
    /// What stands for it.
    pub(crate) coarse: Coarse,
}

/// A division in the place of a spot.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Coarse {
    pub(crate) name: String,
    pub(crate) level: &'static str,
    /// UCDP's precision.
    pub(crate) where_prec: u8,
    pub(crate) country: Option<String>,
    pub(crate) admin1: Option<String>,
    pub(crate) admin2: Option<String>,
    pub(crate) centre: Option<Centre>,
}

/// The spots of a sheet where civilians were, or may have been.
pub(crate) fn of_sheet(sheet: &SheetJson<'_>, districts: &dyn Districts) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for event in &sheet.events {
        let Some(place) = &event.place else { continue };
        if !is_exact(&place.level) || is_of_forces(event, &sheet.actors) {
            continue;
        }
        match spots.iter_mut().find(|spot| spot.name == place.name) {
            Some(spot) if spot.names.contains(&place.quote.as_ref().to_owned()) => {}
            Some(spot) => spot.names.push(place.quote.as_ref().to_owned()),
            None => spots.push(Spot {
                names: vec![place.name.to_string(), place.quote.to_string()],
                name: place.name.to_string(),
                coarse: coarse(place, districts),
            }),
        }
    }
    spots
}

/// A house by its number: the words of a spot with the number that stands before or behind it in the
/// text, with or without a word like “no.” between. Such a house is the same in every report.
pub(crate) fn houses(sheet: &SheetJson<'_>, spots: &[Spot]) -> Vec<Vec<String>> {
    let text = sheet.report.text.as_ref();
    let words = words(text);
    let mut houses = Vec::new();
    for name in spots.iter().flat_map(|spot| &spot.names) {
        let folded = folded_words(name);
        if folded.is_empty() {
            continue;
        }
        if folded.len() > 1 && folded.iter().any(|word| is_number(word)) {
            houses.push(folded);
            continue;
        }
        for at in 0..words.len() {
            let end = at + folded.len();
            let here = words.get(at..end).unwrap_or_default();
            if here.len() < folded.len() || here.iter().zip(&folded).any(|(w, f)| w.folded != *f) {
                continue;
            }
            let is_near = |one: usize| {
                let pair = words.get(one).zip(words.get(one + 1));
                let between = pair.and_then(|(one, next)| text.get(one.end..next.start));
                between.is_some_and(|between| {
                    let mut marks = between.chars();
                    between.len() <= 3 && marks.all(|c| " ,.-°º#№\u{a0}".contains(c))
                })
            };
            let number = |at: usize| words.get(at).is_some_and(|word| is_number(&word.folded));
            let start = match at.checked_sub(1) {
                Some(before) if number(before) && is_near(before) => before,
                _ => at,
            };
            let end = if number(end) && is_near(end - 1) {
                end + 1
            } else if number(end + 1) && is_near(end - 1) && is_near(end) && is_short(&words[end]) {
                end + 2
            } else {
                end
            };
            if (start, end) != (at, at + folded.len()) {
                let house = words.get(start..end).unwrap_or_default();
                houses.push(house.iter().map(|word| word.folded.clone()).collect());
            }
        }
    }
    houses
}

/// The number of a house: “12”, “12b”, and no year.
fn is_number(word: &str) -> bool {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    (1..=3).contains(&digits) && word.chars().count() <= digits + 1
}

/// “No”, “nr”, “n”: what stands before a number.
fn is_short(word: &Word) -> bool {
    word.folded.chars().count() <= 3
}

/// Whether a level is finer than a settlement.
pub(crate) fn is_exact(level: &str) -> bool {
    EXACT.contains(&level)
}

/// Whether nobody but forces and fighters had to do with an event, by all that is said of it. What
/// is not known may be civilians.
fn is_of_forces(event: &EventJson<'_>, actors: &[ActorJson<'_>]) -> bool {
    let armed = |id: &Option<std::borrow::Cow<'_, str>>| {
        let actor = id
            .as_ref()
            .and_then(|id| actors.iter().find(|actor| actor.id == *id));
        actor.is_some_and(|actor| ARMED.contains(&actor.kind.as_ref()) && actor.protect.is_none())
    };
    let sides = event.side_a.iter().chain(&event.side_b);
    !event.side_b.is_empty()
        && sides.map(|side| &side.actor).all(armed)
        && event
            .tolls
            .iter()
            .all(|toll| FORCES.contains(&toll.who.as_ref()))
}

fn coarse(place: &PlaceJson<'_>, districts: &dyn Districts) -> Coarse {
    let country = place.country.as_ref().map(ToString::to_string);
    let admin1 = place.admin1.as_ref().map(ToString::to_string);
    let admin2 = place.admin2.as_ref().map(ToString::to_string);
    let (name, level, where_prec) = match (&admin2, &admin1, &country) {
        (Some(name), _, _) => (name.clone(), "district", 3),
        (None, Some(name), _) => (name.clone(), "province", 4),
        (None, None, Some(code)) => (code.clone(), "country", 6),
        (None, None, None) => ("[place]".to_owned(), "country", 7),
    };
    let within = admin2.as_ref().and(admin1.as_deref());
    let centre = country
        .as_deref()
        .filter(|_| level != "country")
        .and_then(|country| districts.centre(country, within, &name));
    Coarse {
        name,
        level,
        where_prec,
        country,
        admin1,
        admin2,
        centre,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_houses_are_no_years() {
        for (word, is) in [
            ("12", true),
            ("7b", true),
            ("2024", false),
            ("b", false),
            ("12th", false),
        ] {
            assert_eq!(is_number(word), is, "{word}");
        }
    }
}
