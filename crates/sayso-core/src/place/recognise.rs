//! Finding toponyms: from the model's names, and from capitalised words that the gazetteer knows.

use std::collections::BTreeSet;

use sayso_lexicon::PlaceNoun;
use sayso_place::{Feature, Match};
use sayso_text::{NameKind, TokenRange, Upos};

use super::sense::{Sense, is_part_word, senses};
use crate::{Context, Knowledge};

/// Why some words are taken for a toponym.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// The model calls them a place.
    Model,
    /// They stand inside the name of a body, a facility or an event ("Goma police").
    Within,
    /// A demonym or adjective.
    Demonym,
    /// An abbreviation of the lexicon.
    Abbreviation,
    /// Only the gazetteer knows them.
    Gazetteer,
}

/// A toponym before it is resolved.
#[derive(Clone, Debug)]
pub(super) struct Toponym {
    pub(super) tokens: TokenRange,
    /// The words that were looked up.
    pub(super) words: String,
    pub(super) evidence: Evidence,
    pub(super) senses: Vec<Sense>,
    /// The noun beside it that says what kind of place is meant.
    pub(super) noun: Option<PlaceNoun>,
}

/// Fewest people of a place that is taken for one on the gazetteer's word alone.
const KNOWN_TOWN: u64 = 15_000;
/// Most tokens of a name.
const LONGEST: usize = 6;

/// All toponyms in text order, none inside another.
pub(super) fn toponyms(context: &Context<'_>) -> Vec<Toponym> {
    let reading = context.reading;
    let mut finder = Finder {
        context,
        taken: vec![false; reading.tokens.len()],
        persons: persons(context),
        found: Vec::new(),
    };
    if reading.annotated {
        finder.read_names();
    }
    finder.read_words();
    if reading.annotated {
        finder.read_names_again();
    }
    finder.scan();
    let mut found = finder.found;
    found.sort_by_key(|toponym| (toponym.tokens.start, toponym.tokens.end));
    found
}

struct Finder<'a, 'b> {
    context: &'a Context<'b>,
    /// Tokens that are part of a toponym, or of a name that is none.
    taken: Vec<bool>,
    /// Words of the names of persons: a surname alone is no place.
    persons: BTreeSet<String>,
    found: Vec<Toponym>,
}

impl Finder<'_, '_> {
    fn words(&self, tokens: &TokenRange) -> String {
        let reading = self.context.reading;
        reading
            .slice(reading.span(tokens))
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn word(&self, token: usize) -> &str {
        self.context.reading.word(token)
    }

    fn take(&mut self, tokens: &TokenRange) {
        for token in tokens.clone() {
            if let Some(taken) = self.taken.get_mut(token) {
                *taken = true;
            }
        }
    }

    fn is_free(&self, tokens: &TokenRange) -> bool {
        tokens
            .clone()
            .all(|token| self.taken.get(token) == Some(&false))
    }

    fn push(&mut self, tokens: TokenRange, evidence: Evidence, senses: Vec<Sense>) {
        if tokens.is_empty() || !self.is_free(&tokens) {
            return;
        }
        self.take(&tokens);
        self.found.push(Toponym {
            words: self.words(&tokens),
            noun: self.noun_beside(&tokens),
            tokens,
            evidence,
            senses,
        });
    }

    /// The noun that says what the name is: behind it ("the Harim area"), or before it and "of"
    /// ("the outskirts of Harim").
    fn noun_beside(&self, tokens: &TokenRange) -> Option<PlaceNoun> {
        let places = &self.context.knowledge.lexicon.places;
        let noun = |token: usize| places.noun(&self.word(token).to_lowercase());
        if let Some(last) = tokens.end.checked_sub(1)
            && tokens.len() > 1
            && let Some(noun) = noun(last)
        {
            return Some(noun);
        }
        noun(tokens.end).or_else(|| {
            let before = |back: usize| tokens.start.checked_sub(back);
            let (of, mut at) = (before(1)?, before(2)?);
            if self.word(of).eq_ignore_ascii_case("of") {
                return noun(at);
            }
            // "the village of Al-Bab" with an article in between.
            if self.word(of).eq_ignore_ascii_case("the") && self.word(at).eq_ignore_ascii_case("of")
            {
                at = before(3)?;
                return noun(at);
            }
            None
        })
    }

    /// Without a leading article, a possessive, quotation marks and brackets.
    fn trim(&self, tokens: &TokenRange) -> TokenRange {
        let mut tokens = tokens.clone();
        let is_edge = |word: &str| {
            matches!(
                word.to_lowercase().as_str(),
                "the" | "'s" | "’s" | "'" | "’"
            ) || !word.chars().any(char::is_alphanumeric)
        };
        while !tokens.is_empty() && is_edge(self.word(tokens.start)) {
            tokens.start += 1;
        }
        while !tokens.is_empty() && is_edge(self.word(tokens.end - 1)) {
            tokens.end -= 1;
        }
        tokens
    }

    /// First pass: what the model calls places, peoples and facilities.
    fn read_names(&mut self) {
        let names = &self.context.reading.names;
        for name in names {
            match name.kind {
                kind if may_be_misnamed(kind) && is_placed(self.context, &name.tokens) => {
                    self.read_place(self.trim(&name.tokens), NameKind::Gpe);
                }
                NameKind::Gpe | NameKind::Loc | NameKind::Fac => {
                    for part in self.parts(&self.trim(&name.tokens)) {
                        self.read_place(part, name.kind);
                    }
                }
                // "Central American", where the model has marked only the second word.
                NameKind::Norp => {
                    self.read_demonym_in(&(name.tokens.start.saturating_sub(1)..name.tokens.end));
                }
                NameKind::Person if self.is_listed_with_holder(&name.tokens) => {
                    let words = self.words(&name.tokens);
                    let found = senses(&words, self.context.knowledge, false);
                    self.push(name.tokens.clone(), Evidence::Model, found);
                }
                // Read again later: places stand inside the names of bodies and events.
                NameKind::Org | NameKind::Event | NameKind::Product | NameKind::Law => {}
                _ => self.take(&name.tokens),
            }
        }
    }

    /// What the model takes for a person is a place where it is listed before the place that holds
    /// it: "Kafr Nabl and Maarat al-Numan in Idlib".
    fn is_listed_with_holder(&self, tokens: &TokenRange) -> bool {
        const FARTHEST: usize = 14;
        let reading = self.context.reading;
        let mut placed = false;
        for at in tokens.end..(tokens.end + FARTHEST).min(reading.tokens.len()) {
            let word = self.word(at);
            let named = reading.names.iter().find(|name| name.tokens.contains(&at));
            match (word, named) {
                ("in", _) => placed = true,
                (",", _) => placed = placed || named.is_none(),
                (_, Some(name)) if name.kind == NameKind::Gpe => {
                    let knowledge = self.context.knowledge;
                    let inner = senses(&self.words(tokens), knowledge, false);
                    let outer = senses(&self.words(&self.trim(&name.tokens)), knowledge, false);
                    let holds = inner.iter().any(|place| {
                        outer.iter().any(|outer| {
                            outer.feature.is_division() && place.is_inside(outer, knowledge)
                        })
                    });
                    if placed && holds {
                        return true;
                    }
                }
                (_, Some(name)) if name.kind == NameKind::Person => {}
                ("and" | "or" | "the", None) => {}
                _ => return false,
            }
        }
        false
    }

    /// "Harim, Idlib" is two toponyms.
    fn parts(&self, tokens: &TokenRange) -> Vec<TokenRange> {
        let mut parts = Vec::new();
        let mut start = tokens.start;
        for token in tokens.clone() {
            if self.word(token) == "," {
                parts.push(start..token);
                start = token + 1;
            }
        }
        parts.push(start..tokens.end);
        parts.retain(|part| !part.is_empty());
        parts
    }

    fn read_place(&mut self, tokens: TokenRange, kind: NameKind) {
        let words = self.words(&tokens);
        if let Some(found) = self.abbreviated(&tokens, &words, true) {
            self.push(tokens, Evidence::Abbreviation, found);
            return;
        }
        if self.is_generic(&tokens) {
            self.take(&tokens);
            return;
        }
        if self.demonym_senses(&words).is_some() {
            self.read_demonym_in(&tokens);
            return;
        }
        let knowledge = self.context.knowledge;
        // A street has the name of another place as often as not.
        let last = self.word(tokens.end - 1).to_lowercase();
        if knowledge.lexicon.places.noun(&last) == Some(PlaceNoun::Street) {
            self.push(tokens, Evidence::Model, Vec::new());
            return;
        }
        // Two letters are a code of something, hardly a village's name.
        if words.chars().count() <= 2 && words.is_ascii() {
            self.push(tokens, Evidence::Model, Vec::new());
            return;
        }
        let mut found = senses(&words, knowledge, false);
        if found.is_empty() {
            found = without_lost_apostrophe(&words, knowledge);
        }
        if self.persons.contains(&words) && !found.iter().any(Sense::is_prominent) {
            self.take(&tokens);
            return;
        }
        if found.is_empty() {
            // The place inside a longer phrase: "Aleppo University Hospital", "northern Rif Dimashq".
            if let Some((inner, found)) = self.known_inside(&tokens) {
                if kind == NameKind::Gpe {
                    self.push(inner, Evidence::Model, found);
                } else {
                    self.push(tokens, Evidence::Within, found);
                }
                return;
            }
            // The capital of a sentence's first word says nothing: "Shelling" is not Shillong.
            let sentence = self.context.reading.sentence_of(tokens.start);
            let first = self.context.reading.sentences.get(sentence);
            let opens = first.is_some_and(|s| s.tokens.start == tokens.start) && tokens.len() == 1;
            if opens {
                self.take(&tokens);
                return;
            }
            found = senses(&words, knowledge, true);
        }
        self.push(tokens, Evidence::Model, found);
    }

    /// Nothing but nouns and directions: "City", "West Coast", "the North".
    fn is_generic(&self, tokens: &TokenRange) -> bool {
        let places = &self.context.knowledge.lexicon.places;
        let pieces = ["St.", "St", "United", "States", "La", "El", "Al"];
        if tokens.len() == 1 && pieces.contains(&self.word(tokens.start)) {
            return true;
        }
        places.named(&self.words(tokens)).is_none()
            && tokens.clone().all(|token| {
                let word = self.word(token);
                is_part_word(word)
                    || places.noun(&word.to_lowercase()).is_some()
                    || word.chars().count() < 2
            })
    }

    /// The longest known name at the start, else at the end, of a phrase.
    fn known_inside(&self, tokens: &TokenRange) -> Option<(TokenRange, Vec<Sense>)> {
        // "Republic of Armenia": what stands behind "of" is the place.
        let of = tokens.clone().find(|&token| self.word(token) == "of");
        let behind_of = of.map(|of| self.trim(&(of + 1..tokens.end)));
        let starts = (tokens.start + 1..tokens.end)
            .rev()
            .map(|end| tokens.start..end);
        let ends = (tokens.start + 1..tokens.end).map(|start| start..tokens.end);
        behind_of
            .into_iter()
            .chain(starts)
            .chain(ends)
            .filter(|part| !part.is_empty())
            .find_map(|part| {
                let words = self.words(&part);
                if words.len() < 3 || self.is_generic(&part) || self.is_half_a_word(&part) {
                    return None;
                }
                let found = senses(&words, self.context.knowledge, false);
                let known = |sense: &Sense| {
                    sense.is_prominent() || part.len() > 1 && sense.population >= KNOWN_TOWN
                };
                let spoken_of = self.is_spoken_of(&words);
                (spoken_of || found.iter().any(known)).then_some((part, found))
            })
    }

    /// "Carrefour", cut out of "Carrefour-Feuilles".
    fn is_half_a_word(&self, part: &TokenRange) -> bool {
        let hyphen = |word: &str| matches!(word, "-" | "–" | "‑");
        hyphen(self.word(part.end))
            || hyphen(self.word(part.end.saturating_sub(1)))
            || hyphen(self.word(part.start))
            || part
                .start
                .checked_sub(1)
                .is_some_and(|t| hyphen(self.word(t)))
    }

    fn demonym_senses(&self, words: &str) -> Option<Vec<Sense>> {
        let knowledge = self.context.knowledge;
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
    fn read_demonym_in(&mut self, tokens: &TokenRange) {
        let mut at = tokens.start;
        while at < tokens.end {
            let pair = at..(at + 2).min(tokens.end);
            let single = at..at + 1;
            let mut next = at + 1;
            for part in [pair, single] {
                let words = self.words(&part).replace('-', " ");
                if self.is_free(&part)
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
    fn read_words(&mut self) {
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
    fn abbreviated(&self, tokens: &TokenRange, words: &str, placed: bool) -> Option<Vec<Sense>> {
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
        found.sort_by_key(|sense| sense.feature);
        found.truncate(1);
        (!found.is_empty()).then_some(found)
    }

    /// Third pass: places at the head of the names of bodies and events ("Goma police",
    /// "University of Khartoum"), now that it is known which places the text speaks of.
    fn read_names_again(&mut self) {
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

    fn read_body(&mut self, tokens: &TokenRange) {
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

    /// Whether the model calls these words a place elsewhere in the text.
    fn is_spoken_of(&self, words: &str) -> bool {
        self.found
            .iter()
            .any(|toponym| toponym.evidence == Evidence::Model && toponym.words == words)
    }

    /// Last pass: capitalised words that only the gazetteer knows.
    fn scan(&mut self) {
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

    fn may_begin(&self, token: usize) -> bool {
        let word = self.word(token);
        let reading = self.context.reading;
        let first = word.chars().next();
        let named = !reading.annotated
            || reading
                .tokens
                .get(token)
                .is_some_and(|t| t.upos == Upos::Propn);
        self.taken.get(token) == Some(&false)
            && named
            && first.is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
    }

    fn may_end(&self, token: usize) -> bool {
        self.word(token)
            .chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    }

    fn scanned(&self, part: &TokenRange, shouted: bool, start: usize) -> Option<Vec<Sense>> {
        let words = self.words(part);
        if words.chars().count() < 4
            || self.is_generic(part)
            || self.persons.contains(&words)
            || part.len() == 1 && is_calendar(&words)
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
        if !found.is_empty() && !shouted && is_placed(self.context, part) {
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
        let annotated = self.context.reading.annotated;
        let known = |sense: &Sense| {
            let famous = sense.feature == Feature::Country
                || sense.is_prominent() && (sense.primary || sense.feature == Feature::Capital);
            let town = sense.population >= KNOWN_TOWN || sense.feature.is_division();
            if shouted || part.start == start && part.len() == 1 && !placed {
                famous && (placed || sense.feature == Feature::Country)
            } else if annotated {
                placed && town || sense.feature == Feature::Country || self.is_spoken_of(&words)
            } else {
                famous || placed && town || part.len() > 1 && town
            }
        };
        found.iter().any(known).then_some(found)
    }

    /// Behind a word that places something, or a dateline.
    fn stands_as_place(&self, part: &TokenRange, start: usize) -> bool {
        let before = part.start.checked_sub(1).filter(|&t| t >= start);
        let behind = self.word(part.end);
        let placing = before.is_some_and(|t| {
            matches!(
                self.word(t).to_lowercase().as_str(),
                "in" | "at"
                    | "near"
                    | "from"
                    | "to"
                    | "outside"
                    | "around"
                    | "of"
                    | "toward"
                    | "towards"
                    | "inside"
                    | "across"
                    | "between"
                    | "into"
                    | "over"
                    | "à"
                    | "en"
                    | "dans"
                    | "près"
                    | "de"
                    | "в"
                    | "у"
                    | "في"
                    | "من"
                    | "إلى"
                    | "على"
            )
        });
        let dateline = before.is_none()
            && (matches!(behind, "(" | "—" | "–" | "--" | "-")
                || behind == "," && self.word(part.start).chars().all(|c| !c.is_lowercase()));
        placing || dateline
    }
}

/// "Syrias army", in text that has lost its apostrophes.
fn without_lost_apostrophe(words: &str, knowledge: &Knowledge<'_>) -> Vec<Sense> {
    let Some(stem) = words.strip_suffix('s') else {
        return Vec::new();
    };
    let mut found = senses(stem, knowledge, false);
    if !found.iter().any(Sense::is_prominent) {
        found.clear();
    }
    found
}

/// Kinds that the model takes unknown places for.
fn may_be_misnamed(kind: NameKind) -> bool {
    matches!(
        kind,
        NameKind::Person
            | NameKind::Norp
            | NameKind::Org
            | NameKind::Product
            | NameKind::Event
            | NameKind::WorkOfArt
            | NameKind::Language
    )
}

/// Whether the words around a name make it a place, whatever the model calls it: "the Harim area",
/// "the town of Harim", "near Harim"; the gazetteer must know it.
fn is_placed(context: &Context<'_>, tokens: &TokenRange) -> bool {
    let reading = context.reading;
    let places = &context.knowledge.lexicon.places;
    let places_it = |token: usize| {
        places
            .noun(&reading.word(token).to_lowercase())
            .is_some_and(|noun| {
                !matches!(noun, PlaceNoun::Site | PlaceNoun::Street | PlaceNoun::Base)
            })
    };
    let word = |back: usize| {
        tokens
            .start
            .checked_sub(back)
            .map_or("", |token| reading.word(token))
    };
    let near = matches!(
        word(1).to_lowercase().as_str(),
        "in" | "near" | "outside" | "around"
    );
    let of = word(1) == "of" && tokens.start >= 2 && places_it(tokens.start - 2);
    let words = reading.slice(reading.span(tokens));
    (places_it(tokens.end) || near || of)
        && words.chars().count() > 3
        && !senses(words, context.knowledge, false).is_empty()
}

/// The words of the names of persons, each name as a whole too.
fn persons(context: &Context<'_>) -> BTreeSet<String> {
    let reading = context.reading;
    let mut words = BTreeSet::new();
    for name in reading
        .names
        .iter()
        .filter(|name| name.kind == NameKind::Person && !is_placed(context, &name.tokens))
    {
        words.extend(
            name.tokens
                .clone()
                .map(|token| reading.word(token).to_owned())
                .filter(|word| word.chars().count() > 2),
        );
        words.insert(reading.slice(reading.span(&name.tokens)).to_owned());
    }
    words
}

/// Months and days, some of which are towns.
fn is_calendar(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "april",
        "august",
        "december",
        "easter",
        "february",
        "friday",
        "january",
        "july",
        "june",
        "march",
        "may",
        "monday",
        "november",
        "october",
        "ramadan",
        "saturday",
        "september",
        "sunday",
        "thursday",
        "tuesday",
        "wednesday",
    ];
    WORDS.binary_search(&word.to_lowercase().as_str()).is_ok()
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
fn is_shouted<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let (mut capitals, mut all) = (0, 0);
    for word in words.filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1) {
        all += 1;
        capitals += usize::from(
            word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase),
        );
    }
    all >= 4 && capitals * 10 >= all * 8
}
