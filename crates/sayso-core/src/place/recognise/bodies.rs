//! Places inside the names of bodies and events.

use sayso_lexicon::PlaceNoun;
use sayso_place::{Feature, Match};
use sayso_text::{NameKind, TokenRange};

use super::{Evidence, Finder, KNOWN_TOWN};
use crate::PlaceRule;
use crate::place::sense::{Sense, senses};

impl Finder<'_, '_> {
    /// Third pass: places at the head of the names of bodies and events ("Goma police",
    /// "University of Khartoum"), now that it is known which places the text speaks of.
    pub(super) fn read_names_again(&mut self) {
        let names = &self.context.reading.names;
        for name in names {
            if !matches!(
                name.kind,
                NameKind::Org | NameKind::Event | NameKind::Product | NameKind::Law
            ) {
                continue;
            }
            let tokens = self.trim(&name.tokens);
            if !self.is_free(&tokens) {
                // A demonym stands inside; the rest is no place.
                self.take(&tokens);
                continue;
            }
            if name.kind == NameKind::Org || name.kind == NameKind::Event {
                self.read_body(&tokens);
            }
            self.take(&tokens);
        }
    }

    pub(super) fn read_body(&mut self, tokens: &TokenRange) {
        if !self.context.has(PlaceRule::InsideBody) {
            return;
        }
        let knowledge = self.context.knowledge;
        let whole = self.words(tokens);
        if knowledge.lexicon.places.named(&whole).is_some() {
            self.push(
                tokens.clone(),
                Evidence::Within,
                senses(&whole, knowledge, false),
            );
            return;
        }
        let ends_as_place = self
            .noun_beside(tokens)
            .is_some_and(|noun| noun != PlaceNoun::Site);
        for end in (tokens.start + 1..=tokens.end).rev() {
            let part = tokens.start..end;
            let words = self.words(&part);
            if words.len() < 4 || self.is_generic(&part) {
                continue;
            }
            let mut found = senses(&words, knowledge, false);
            found.retain(|sense| sense.how <= Match::Article);
            let spoken_of = self.is_spoken_of(&words);
            let whole_is_place = part == *tokens;
            let enough = |sense: &Sense| {
                spoken_of
                    || sense.feature == Feature::Country
                    || sense.is_prominent() && sense.primary && !whole_is_place
                    || whole_is_place && ends_as_place && sense.feature == Feature::Admin2
                    || !whole_is_place && words.contains(' ') && sense.population >= KNOWN_TOWN
            };
            if found.iter().any(enough) {
                self.push(part, Evidence::Within, found);
                return;
            }
        }
        // "University of Khartoum", "Bishop of Goma": the name behind the last "of" or "in".
        let Some(of) = tokens
            .clone()
            .rev()
            .find(|&t| matches!(self.word(t), "of" | "in" | "at" | "for"))
        else {
            return;
        };
        let part = self.trim(&(of + 1..tokens.end));
        let words = self.words(&part);
        if words.len() >= 4 && whole.len() > words.len() {
            let mut found = senses(&words, knowledge, false);
            found.retain(|sense| sense.how <= Match::Article);
            if self.is_spoken_of(&words) || found.iter().any(Sense::is_prominent) {
                self.push(part, Evidence::Within, found);
            }
        }
    }
}
