//! Places that are named again by a noun: "in the same province", "the town", "the camp".
//!
//! Such a noun means the place of its kind that the text named last before it.

use sayso_lexicon::{EventWord, PlaceNoun};
use sayso_registry::Body;
use sayso_text::{Rel, Upos};

use super::cost::head_of;
use super::form_in;
use crate::{AttachRule, Context, Level, PlaceMention};

/// How many sentences back the place may have been named.
const SENTENCES_BACK: usize = 6;

/// The places of the text, and those that nouns stand for, in text order.
pub(super) fn with_nouns(context: &Context<'_>, places: &[PlaceMention]) -> Vec<PlaceMention> {
    let mut all = places.to_vec();
    if !context.has(AttachRule::NamedBefore) {
        return all;
    }
    all.extend((0..context.reading.tokens.len()).filter_map(|token| meant(context, places, token)));
    all.sort_by_key(|place| place.tokens.start);
    all
}

/// The place that the noun at `token` stands for.
fn meant(context: &Context<'_>, places: &[PlaceMention], token: usize) -> Option<PlaceMention> {
    let (reading, syntax) = (context.reading, context.syntax);
    let word = reading.word(token);
    if syntax.upos(token) != Upos::Noun || !word.starts_with(char::is_lowercase) {
        return None;
    }
    let noun = context.knowledge.lexicon.places.noun(word)?;
    let fits = |level: Level| match noun {
        PlaceNoun::Province => level == Level::Province,
        PlaceNoun::District => level == Level::District,
        PlaceNoun::Settlement => level == Level::Settlement,
        PlaceNoun::Neighbourhood => level == Level::Neighbourhood,
        PlaceNoun::Camp | PlaceNoun::Base | PlaceNoun::Crossing => level == Level::Site,
        _ => false,
    };
    // "The town" is known; "a town", "the town of Harim", "the Harim area" are others.
    let known = syntax.children_by(token, &[Rel::Det]).any(|det| {
        matches!(
            reading.word(det).to_lowercase().as_str(),
            "the" | "that" | "this"
        )
    });
    let locates = syntax
        .children_by(token, &[Rel::Case])
        .any(|case| form_in(context, case, EventWord::LocatingPreposition))
        || matches!(syntax.rel(token), Rel::Obj | Rel::NsubjPass);
    let described = syntax.children(token).iter().any(|&child| {
        let same = reading.word(child).eq_ignore_ascii_case("same");
        !same
            && matches!(
                syntax.rel(child),
                Rel::Nmod
                    | Rel::Compound
                    | Rel::Amod
                    | Rel::Flat
                    | Rel::Appos
                    | Rel::NmodPoss
                    | Rel::Nummod
                    | Rel::AclRelcl
                    | Rel::Acl
            )
    });
    if !known || !locates || described {
        return None;
    }
    let sentence = reading.sentence_of(token);
    let before = places.iter().rev().find(|place| {
        place.tokens.end <= token
            && fits(place.place.level)
            && !place.demonym
            && !is_government(context, place)
            && reading.sentence_of(place.tokens.start) + SENTENCES_BACK >= sentence
    })?;
    let mut found = before.clone();
    let start = syntax
        .children_by(token, &[Rel::Det])
        .next()
        .filter(|&det| det < token)
        .unwrap_or(token);
    found.tokens = token..token + 1;
    found.place.span = reading.span(&(start..token + 1));
    found.rule.push_str("/named-before");
    Some(found)
}

/// Whether a capital stands for the government that sits there, which acts: "an official installed
/// by Moscow", "Moscow said".
fn is_government(context: &Context<'_>, place: &PlaceMention) -> bool {
    let Some(country) = place.place.country.as_deref() else {
        return false;
    };
    let (reading, syntax) = (context.reading, context.syntax);
    let government = Body::Government.id(country);
    let words = reading.slice(place.place.span);
    let mut sits = context.knowledge.registry.find_written(words).into_iter();
    if !sits.any(|found| found.entry.id() == government) {
        return false;
    }
    let head = head_of(context, place);
    let placed = syntax.children_by(head, &[Rel::Case]).any(|case| {
        form_in(context, case, EventWord::LocatingPreposition)
            || matches!(reading.word(case), "of" | "to" | "into" | "outside")
    });
    !placed && !matches!(syntax.rel(head), Rel::Obj | Rel::NsubjPass)
}
