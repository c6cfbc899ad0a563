//! Names of several words that the model has cut: "Bosnia and Herzegovina", "Democratic Republic
//! of the Congo", "Timor-Leste".

use sayso_lexicon::PlaceNoun;
use sayso_place::{Feature, Match};
use sayso_text::{NameKind, TokenRange};

use super::{Evidence, Finder};
use crate::PlaceRule;
use crate::place::sense::{Sense, senses};

/// Most tokens that a name may have beside those that the model has marked.
const MORE: usize = 6;

impl Finder<'_, '_> {
    /// Before all else: the model's names of places that are pieces of a longer one which the
    /// gazetteer knows as a whole.
    pub(super) fn read_joined_names(&mut self) {
        for name in &self.context.reading.names {
            if !matches!(name.kind, NameKind::Gpe | NameKind::Loc | NameKind::Norp) {
                continue;
            }
            let tokens = self.trim(&name.tokens);
            if tokens.is_empty() || !self.is_free(&tokens) {
                continue;
            }
            if let Some((whole, found)) = self.longer_name(&tokens) {
                self.push(whole, Evidence::Model, found);
            }
        }
    }

    /// The longest name around `tokens` that the gazetteer knows as it stands.
    fn longer_name(&self, tokens: &TokenRange) -> Option<(TokenRange, Vec<Sense>)> {
        let sentence = self.context.reading.sentence_of(tokens.start);
        let bounds = &self.context.reading.sentences.get(sentence)?.tokens;
        let reach = |from: usize, step: &dyn Fn(usize) -> Option<usize>| {
            let mut reached = vec![from];
            let mut at = from;
            for _ in 0..MORE {
                match step(at) {
                    Some(next) if bounds.contains(&next) && self.may_join(next) => {
                        at = next;
                        reached.push(next);
                    }
                    _ => break,
                }
            }
            reached
        };
        let starts = reach(tokens.start, &|at| at.checked_sub(1));
        let ends = reach(tokens.end.checked_sub(1)?, &|at| Some(at + 1));
        let mut wholes: Vec<TokenRange> = starts
            .iter()
            .flat_map(|&start| ends.iter().map(move |&last| start..last + 1))
            .filter(|whole| whole.len() > tokens.len() && self.is_free(whole))
            .filter(|whole| self.may_begin_name(whole.start) && self.may_begin_name(whole.end - 1))
            .collect();
        wholes.sort_by_key(|whole| (std::cmp::Reverse(whole.len()), whole.start));
        wholes.into_iter().find_map(|whole| {
            let words = self.words(&whole);
            // "Idlib province" is a name and a noun.
            let last = self.word(whole.end - 1).to_lowercase();
            let mut found = senses(&words, self.context.knowledge, false);
            found.retain(|sense| sense.how <= Match::Article && !sense.narrowed);
            // … but the U.S. Virgin Islands are a country of that name.
            let country =
                |sense: &Sense| sense.feature == Feature::Country && sense.how == Match::Exact;
            let noun = self.context.knowledge.lexicon.places.noun(&last);
            if noun.is_some() && !found.iter().any(country) {
                return None;
            }
            let joins = whole.clone().any(|token| is_link(self.word(token)));
            let known =
                |sense: &Sense| sense.is_prominent() || sense.feature == Feature::Admin2 || joins;
            found.iter().any(known).then_some((whole, found))
        })
    }

    /// The second end of a road, where the model has marked the first alone.
    pub(super) fn other_end(&self, tokens: &TokenRange) -> Option<TokenRange> {
        let places = &self.context.knowledge.lexicon.places;
        let other = tokens.end + 1..tokens.end + 2;
        let noun = places.noun(&self.word(other.end).to_lowercase());
        let road = self.context.has(PlaceRule::RoadEnds)
            && matches!(self.word(tokens.end), "–" | "-" | "‑" | "—")
            && matches!(noun, Some(PlaceNoun::Street | PlaceNoun::Route))
            && self.may_begin_name(other.start)
            && self.is_free(&other);
        road.then_some(other)
    }

    /// "Bagram air base": a name, and the noun with which the lexicon lists it as a base or a camp
    /// of its own.
    pub(super) fn with_noun(&self, tokens: &TokenRange) -> Option<TokenRange> {
        // "Ain al" may be all that the model has marked of "Ain al-Asad air base".
        const MOST: usize = 5;
        if !self.context.has(PlaceRule::NameWithNoun) {
            return None;
        }
        let places = &self.context.knowledge.lexicon.places;
        let short = places.named(&self.words(tokens));
        (1..=MOST)
            .rev()
            .map(|more| tokens.start..tokens.end + more)
            .filter(|whole| self.is_free(whole))
            // The full stop behind "Jenin camp" is no part of its name.
            .filter(|whole| self.word(whole.end - 1).chars().any(char::is_alphanumeric))
            .find(|whole| {
                // "Zamzam camp" is Zamzam, but "Khan Younis camp" is not Khan Younis.
                places
                    .named(&self.words(whole))
                    .is_some_and(|(number, place)| {
                        let apart = short.is_none_or(|(other, _)| other != number);
                        place.feature == "base" || apart && place.feature != "region"
                    })
            })
    }

    /// The two ends of a road that is called by them: "the Damboa–Maiduguri highway".
    pub(super) fn ends_of_route(&self, tokens: &TokenRange) -> Option<(TokenRange, TokenRange)> {
        if !self.context.has(PlaceRule::RoadEnds) {
            return None;
        }
        let knowledge = self.context.knowledge;
        let is_road = |token: usize| {
            matches!(
                knowledge
                    .lexicon
                    .places
                    .noun(&self.word(token).to_lowercase()),
                Some(PlaceNoun::Street | PlaceNoun::Route)
            )
        };
        if !is_road(tokens.end) && !is_road(tokens.end.checked_sub(1)?) {
            return None;
        }
        let dash = tokens
            .clone()
            .find(|&token| matches!(self.word(token), "–" | "-" | "‑" | "—"))?;
        let known = |part: &TokenRange| {
            !part.is_empty() && !senses(&self.words(part), knowledge, false).is_empty()
        };
        let from = tokens.start..dash;
        let to = (dash + 2..=tokens.end)
            .rev()
            .map(|end| dash + 1..end)
            .find(known)?;
        known(&from).then_some((from, to))
    }

    /// Whether a token may stand inside a name: it is capitalised, or links two that are.
    fn may_join(&self, token: usize) -> bool {
        let word = self.word(token);
        word.starts_with(char::is_uppercase) || is_link(word)
    }

    fn may_begin_name(&self, token: usize) -> bool {
        let word = self.word(token);
        word.starts_with(char::is_uppercase) && word.chars().count() > 1
    }

    /// A demonym or a single word inside a name of its own: "the French Quarter", "the English
    /// Channel" are no country's.
    pub(super) fn is_inside_name(&self, token: usize) -> bool {
        let reading = self.context.reading;
        let capital = |at: usize| {
            self.word(at).starts_with(char::is_uppercase)
                && reading.sentence_of(at) == reading.sentence_of(token)
        };
        let noun = self
            .context
            .knowledge
            .lexicon
            .places
            .noun(&self.word(token + 1).to_lowercase());
        if !self.context.has(PlaceRule::InsideName) {
            return false;
        }
        let names_spot = capital(token + 1)
            && matches!(noun, Some(PlaceNoun::Neighbourhood | PlaceNoun::Street));
        let of_person = reading.names.iter().any(|name| {
            name.tokens.contains(&token)
                && name.tokens.start < token
                && matches!(name.kind, NameKind::Fac | NameKind::Person)
                && self.demonym_senses(self.word(name.tokens.start)).is_none()
        });
        names_spot || of_person
    }
}

/// Words between the words of one name.
fn is_link(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "and"
            | "de"
            | "del"
            | "des"
            | "du"
            | "la"
            | "le"
            | "les"
            | "e"
            | "y"
            | "et"
            | "al"
            | "el"
            | "ez"
            | "as"
            | "ar"
            | "an"
            | "-"
            | "–"
            | "‑"
    )
}
