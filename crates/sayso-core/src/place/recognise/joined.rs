//! Names of several words that the model has cut: "Bosnia and Herzegovina", "Democratic Republic
//! of the Congo", "Timor-Leste".

use sayso_lexicon::PlaceNoun;
use sayso_place::{Feature, Match};
use sayso_text::{NameKind, TokenRange};

use super::{Evidence, Finder};
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
            if self.context.knowledge.lexicon.places.noun(&last).is_some() {
                return None;
            }
            let mut found = senses(&words, self.context.knowledge, false);
            found.retain(|sense| sense.how <= Match::Article && !sense.narrowed);
            let joins = whole.clone().any(|token| is_link(self.word(token)));
            let known =
                |sense: &Sense| sense.is_prominent() || sense.feature == Feature::Admin2 || joins;
            found.iter().any(known).then_some((whole, found))
        })
    }

    /// The two ends of a road that is called by them: "the Damboa–Maiduguri highway".
    pub(super) fn ends_of_route(&self, tokens: &TokenRange) -> Option<(TokenRange, TokenRange)> {
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
