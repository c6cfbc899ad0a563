//! Capitalised words that only the gazetteer knows.

use sayso_lexicon::PlaceWord;
use sayso_place::{Feature, Match};
use sayso_text::{TokenRange, Upos};

use super::around::{is_object_of, is_placed, without_lost_apostrophe};
use super::native::{is_bracketed, is_native, native_senses};
use super::taken::is_taken_town;
use super::{Evidence, Finder, KNOWN_TOWN, LONGEST};
use crate::place::sense::{Origin, Sense, senses};
use crate::{Knowledge, PlaceRule};

impl Finder<'_, '_> {
    /// Last pass: capitalised words that only the gazetteer knows.
    pub(super) fn scan(&mut self) {
        let reading = self.context.reading;
        for sentence in &reading.sentences {
            let capitals = is_shouted(sentence.tokens.clone().map(|t| reading.word(t)));
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                if !self.may_begin(at) {
                    at += 1;
                    continue;
                }
                let most = (at + LONGEST).min(sentence.tokens.end);
                let hit = (at + 1..=most).rev().find_map(|end| {
                    let part = at..end;
                    (self.is_free(&part) && self.may_end(end - 1))
                        .then(|| self.scanned(&part, capitals, sentence.tokens.start))
                        .flatten()
                        .map(|found| (part, found))
                });
                match hit {
                    Some((part, found)) => {
                        at = part.end;
                        self.push(part, Evidence::Gazetteer, found);
                    }
                    None => at += 1,
                }
            }
        }
    }

    pub(super) fn may_begin(&self, token: usize) -> bool {
        let word = self.word(token);
        let reading = self.context.reading;
        let first = word.chars().next();
        // The tagger knows no other script.
        let named = !reading.annotated
            || is_native(word) && self.context.has(PlaceRule::NativeScript)
            || reading
                .tokens
                .get(token)
                .is_some_and(|t| t.upos == Upos::Propn);
        self.taken.get(token) == Some(&false)
            && named
            && first.is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
    }

    pub(super) fn may_end(&self, token: usize) -> bool {
        self.word(token)
            .chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    }

    pub(super) fn scanned(
        &self,
        part: &TokenRange,
        shouted: bool,
        start: usize,
    ) -> Option<Vec<Sense>> {
        let words = self.words(part);
        let annotated = self.context.reading.annotated;
        if annotated && is_native(&words) && self.context.has(PlaceRule::NativeScript) {
            return self.scanned_native(part, start);
        }
        if words.chars().count() < 4
            || self.is_generic(part)
            || self.persons.contains(&words)
            || part.len() == 1 && is_calendar(self.context.knowledge, &words)
        {
            return None;
        }
        let knowledge = self.context.knowledge;
        let mut found = senses(&words, knowledge, false);
        found.retain(|sense| sense.how == Match::Exact);
        if found.is_empty() {
            found = without_lost_apostrophe(&words, knowledge);
        }
        if is_cut_out(self, part) {
            return None;
        }
        let placed = self.stands_as_place(part, start);
        // "The Harim area": a small place, if it lies where the text is about.
        let is_there = is_placed(self.context, part) || is_object_of(self.context, part).is_some();
        if !found.is_empty() && !shouted && is_there {
            let here = |sense: &Sense| {
                self.found.iter().any(|toponym| {
                    toponym.senses.iter().any(|other| {
                        other.country == sense.country
                            && matches!(other.feature, Feature::Country | Feature::Admin1)
                    })
                })
            };
            if found.iter().any(here) {
                return Some(found);
            }
        }
        let taken = is_taken_town(self.context, part, &self.countries);
        let known = |sense: &Sense| {
            let famous = sense.feature == Feature::Country
                || sense.is_prominent() && (sense.primary || sense.feature == Feature::Capital);
            let town = sense.population >= KNOWN_TOWN || sense.feature.is_division();
            if shouted || part.start == start && part.len() == 1 && !placed {
                famous && (placed || sense.feature == Feature::Country)
            } else if annotated {
                (placed || taken) && town
                    || sense.feature == Feature::Country
                    || matches!(sense.origin, Origin::Named(_))
                    || self.is_spoken_of(&words)
            } else {
                // In another script a name of some length is hardly another word.
                let foreign = sense.is_prominent() && !words.is_ascii() && !is_latin(&words);
                famous || foreign || placed && town || part.len() > 1 && town
            }
        };
        found.iter().any(known).then_some(found)
    }

    /// A name in another script: of a place in a country of the text whatever its size, of a town or
    /// division elsewhere.
    fn scanned_native(&self, part: &TokenRange, start: usize) -> Option<Vec<Sense>> {
        let found = native_senses(self.context, part);
        let told = is_bracketed(self.context, part) || self.stands_as_place(part, start);
        let known = |sense: &Sense| {
            let here = sense.country.is_some_and(|id| self.countries.contains(&id));
            sense.population >= KNOWN_TOWN
                || sense.feature.is_division()
                || matches!(sense.origin, Origin::Named(_))
                || told && here
        };
        found.iter().any(known).then_some(found)
    }

    /// Behind a word that places something, or a dateline.
    pub(super) fn stands_as_place(&self, part: &TokenRange, start: usize) -> bool {
        let before = part.start.checked_sub(1).filter(|&t| t >= start);
        let behind = self.word(part.end);
        let placing = before.is_some_and(|t| {
            let word = self.word(t).to_lowercase();
            let lists = &self.context.knowledge.lexicon.place_words;
            lists.has(PlaceWord::Placing, &word)
        });
        let dateline = before.is_none()
            && (matches!(behind, "(" | "—" | "–" | "--" | "-")
                || behind == "," && self.word(part.start).chars().all(|c| !c.is_lowercase()));
        placing || dateline
    }
}

fn is_latin(words: &str) -> bool {
    words.chars().all(|c| !c.is_alphabetic() || c < '\u{250}')
}

/// Months and days, some of which are towns.
pub(super) fn is_calendar(knowledge: &Knowledge<'_>, word: &str) -> bool {
    knowledge
        .lexicon
        .place_words
        .has(PlaceWord::Calendar, &word.to_lowercase())
}

/// Whether the part is only a piece of a longer run of capitalised words.
fn is_cut_out(finder: &Finder<'_, '_>, part: &TokenRange) -> bool {
    let is_capital = |token: usize| {
        let reading = finder.context.reading;
        finder.word(token).starts_with(char::is_uppercase)
            && reading.sentence_of(token) == reading.sentence_of(part.start)
            && reading
                .tokens
                .get(token)
                .is_some_and(|t| !reading.annotated || t.upos == Upos::Propn)
    };
    let before = part.start.checked_sub(1).is_some_and(is_capital);
    let places = &finder.context.knowledge.lexicon.places;
    let behind = part.end < finder.context.reading.tokens.len()
        && is_capital(part.end)
        && places.noun(&finder.word(part.end).to_lowercase()).is_none();
    before || behind
}

/// A line in capitals tells nothing by its capitals.
pub(super) fn is_shouted<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let (mut capitals, mut all) = (0, 0);
    for word in words.filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1) {
        all += 1;
        capitals += usize::from(
            word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase),
        );
    }
    all >= 4 && capitals * 10 >= all * 8
}
