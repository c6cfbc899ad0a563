//! Demonyms ("Sudanese") and abbreviations ("Ala.", "DRC").

use sayso_place::Feature;
use sayso_text::TokenRange;

use super::{Evidence, Finder};
use crate::PlaceRule;
use crate::place::sense::{Sense, senses};

impl Finder<'_, '_> {
    pub(super) fn demonym_senses(&self, words: &str) -> Option<Vec<Sense>> {
        let knowledge = self.context.knowledge;
        if !self.context.has(PlaceRule::Demonym) {
            return None;
        }
        let place = knowledge.lexicon.places.demonym(words)?;
        if let Some(name) = place.strip_prefix('=') {
            return Some(senses(name, knowledge, false));
        }
        let id = knowledge.gazetteer.country_by_iso3(place)?;
        let name = knowledge.gazetteer.name(id);
        let mut found = senses(&name, knowledge, false);
        found.retain(|sense| sense.feature == Feature::Country && (sense.country == Some(id)));
        Some(found)
    }

    /// Demonyms inside a range, two words before one ("South Sudanese").
    pub(super) fn read_demonym_in(&mut self, tokens: &TokenRange) {
        let mut at = tokens.start;
        while at < tokens.end {
            let pair = at..(at + 2).min(tokens.end);
            let single = at..at + 1;
            let mut next = at + 1;
            for part in [pair, single] {
                let words = self.words(&part).replace('-', " ");
                if self.is_free(&part)
                    && !self.is_inside_name(part.end - 1)
                    && let Some(found) = self.demonym_senses(&words)
                {
                    next = part.end;
                    self.push(part, Evidence::Demonym, found);
                    break;
                }
            }
            at = next;
        }
    }

    /// Second pass: demonyms and abbreviations anywhere.
    pub(super) fn read_words(&mut self) {
        let reading = self.context.reading;
        for at in 0..reading.tokens.len() {
            let one = at..at + 1;
            if !self.is_free(&one) || !self.word(at).starts_with(char::is_uppercase) {
                continue;
            }
            let words = self.words(&one);
            if let Some(found) = self.abbreviated(&one, &words, false) {
                self.push(one, Evidence::Abbreviation, found);
                continue;
            }
            self.read_demonym_in(&(at..(at + 2).min(reading.tokens.len())));
            // "Franco-Syrian", "Russian-backed", "Israel-occupied".
            if self.is_free(&one)
                && let Some((first, _)) = words.split_once(['-', '–'])
                && let Some(found) = self.demonym_senses(first)
            {
                self.push(one, Evidence::Demonym, found);
            }
        }
    }

    /// `placed`: the model calls the words a place.
    pub(super) fn abbreviated(
        &self,
        tokens: &TokenRange,
        words: &str,
        placed: bool,
    ) -> Option<Vec<Sense>> {
        if !self.context.has(PlaceRule::ShortForm) {
            return None;
        }
        let knowledge = self.context.knowledge;
        let places = &knowledge.lexicon.places;
        let dotted = || places.abbreviation(&format!("{words}."));
        let followed = self.word(tokens.end) == ".";
        let short = places
            .abbreviation(words)
            .or_else(|| (placed || followed).then(dotted).flatten())?;
        if short.after_comma && !(placed && words.contains('.')) {
            let comma = tokens.start.checked_sub(1)?;
            let name = comma.checked_sub(1)?;
            if self.word(comma) != "," || !self.word(name).starts_with(char::is_uppercase) {
                return None;
            }
        }
        let country = knowledge.gazetteer.country_by_iso3(&short.iso3);
        let mut found = senses(&short.name, knowledge, false);
        found.retain(|sense| sense.country == country);
        // "Wash." is the state of Washington before it is the District of Columbia.
        found.sort_by_key(|sense| (sense.feature, !sense.primary));
        found.truncate(1);
        (!found.is_empty()).then_some(found)
    }
}
