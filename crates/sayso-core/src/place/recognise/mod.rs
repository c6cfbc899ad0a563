//! Finding toponyms: from the model's names, and from capitalised words that the gazetteer knows.

mod around;
mod bodies;
mod demonyms;
mod joined;
mod native;
mod natural;
mod scan;
mod taken;

use std::collections::BTreeSet;

use sayso_lexicon::PlaceNoun;
use sayso_place::{Feature, PlaceId};
use sayso_text::{NameKind, TokenRange};

use self::around::{is_placed, may_be_misnamed, persons, without_lost_apostrophe};
use self::scan::{is_calendar, is_shouted};
use super::adjective::is_of_actor;
use super::resolve::GREAT_CITY;
use super::sense::{Sense, add_towns, is_part_word, senses, senses as find_senses};
use crate::{Context, Knowledge, PlaceRule};

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
    /// Whether it is an adjective of who acts.
    pub(super) acts: bool,
}

/// Fewest people of a place that is taken for one on the gazetteer's word alone.
const KNOWN_TOWN: u64 = 15_000;
/// Most letters of an acronym of a place.
const LONGEST_ACRONYM: usize = 4;
/// Most tokens of a name.
const LONGEST: usize = 6;

/// All toponyms in text order, none inside another.
pub(super) fn toponyms(context: &Context<'_>) -> Vec<Toponym> {
    let reading = context.reading;
    let countries = taken::countries(context);
    let mut finder = Finder {
        context,
        taken: vec![false; reading.tokens.len()],
        persons: persons(context, &countries),
        countries,
        found: Vec::new(),
    };
    if reading.annotated {
        if context.has(PlaceRule::JoinedName) {
            finder.read_joined_names();
        }
        finder.read_names();
    }
    finder.read_words();
    if reading.annotated {
        finder.read_names_again();
    }
    if context.has(PlaceRule::GazetteerAlone) {
        finder.scan();
    }
    let mut found = finder.found;
    found.sort_by_key(|toponym| (toponym.tokens.start, toponym.tokens.end));
    found
}

/// Whether the lexicon knows the words as a group or an outlet.
fn is_body(knowledge: &Knowledge<'_>, words: &str) -> bool {
    knowledge.lexicon.groups.get(words).is_some() || knowledge.lexicon.outlets.get(words).is_some()
}

struct Finder<'a, 'b> {
    context: &'a Context<'b>,
    /// Tokens that are part of a toponym, or of a name that is none.
    taken: Vec<bool>,
    /// Words of the names of persons: a surname alone is no place.
    persons: BTreeSet<String>,
    /// The countries of which the text speaks, by their own names, demonyms and groups.
    countries: BTreeSet<PlaceId>,
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
        let (tokens, senses) = match self.with_noun(&tokens) {
            Some(whole) if evidence != Evidence::Demonym => {
                let found = find_senses(&self.words(&whole), self.context.knowledge, false);
                (whole, found)
            }
            _ => (tokens, senses),
        };
        self.take(&tokens);
        let noun = self.noun_beside(&tokens);
        let (evidence, senses) = self.of_natural_kind(&tokens, noun, evidence, senses);
        self.found.push(Toponym {
            words: self.words(&tokens),
            noun,
            acts: evidence == Evidence::Demonym && is_of_actor(self.context, &tokens),
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
        if let Some(natural) = self.natural_before(tokens) {
            return Some(natural);
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
                kind if may_be_misnamed(kind)
                    && (is_placed(self.context, &name.tokens)
                        || taken::is_taken_town(self.context, &name.tokens, &self.countries)) =>
                {
                    self.read_place(self.trim(&name.tokens), NameKind::Gpe);
                }
                NameKind::Gpe | NameKind::Loc | NameKind::Fac => {
                    for part in self.parts(&self.trim(&name.tokens)) {
                        self.read_place(part, name.kind);
                    }
                }
                // The tagger, which reads Latin letters, calls other scripts anything: left to the scan.
                _ if native::is_native(&self.words(&name.tokens))
                    && self.context.has(PlaceRule::NativeScript) => {}
                // "Central American", where the model has marked only the second word.
                NameKind::Norp => {
                    self.read_demonym_in(&(name.tokens.start.saturating_sub(1)..name.tokens.end));
                }
                NameKind::Person
                    if self.context.has(PlaceRule::ListedBeforeHolder)
                        && self.is_listed_with_holder(&name.tokens)
                        || self.is_mostly_a_place(&name.tokens) =>
                {
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

    /// What the model once takes for a person is the place that it mostly takes it for: one sense
    /// a report.
    fn is_mostly_a_place(&self, tokens: &TokenRange) -> bool {
        let words = self.words(tokens);
        let mut votes = 0_i32;
        for name in &self.context.reading.names {
            if self.words(&self.trim(&name.tokens)) == words {
                votes += match name.kind {
                    // "In El Obeid" leaves no doubt.
                    NameKind::Gpe | NameKind::Loc if is_placed(self.context, &name.tokens) => 2,
                    NameKind::Gpe | NameKind::Loc => 1,
                    NameKind::Person => -1,
                    _ => 0,
                };
            }
        }
        votes > 0
    }

    /// What the model takes for a person is a place where it is listed before the place that holds
    /// it: "Kafr Nabl and Maarat al-Numan in Idlib".
    fn is_listed_with_holder(&self, tokens: &TokenRange) -> bool {
        const FARTHEST: usize = 24;
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
        let knowledge = self.context.knowledge;
        // A street has the name of another place as often as not.
        let last_word = self.word(tokens.end - 1).to_owned();
        let is_street = |word: &str| {
            let noun = knowledge.lexicon.places.noun(&word.to_lowercase());
            noun == Some(PlaceNoun::Street) && word.starts_with(char::is_uppercase)
        };
        if self.context.has(PlaceRule::StreetIsNoTown)
            && (tokens.len() > 1 && is_street(&last_word) || is_street(self.word(tokens.end)))
        {
            let end = tokens.end + usize::from(!is_street(&last_word));
            let tokens = tokens.start..end;
            self.push(tokens, Evidence::Model, Vec::new());
            return;
        }
        if self.is_generic(&tokens) {
            // "The East Side" is a part of some town.
            let last = self.word(tokens.end.saturating_sub(1)).to_lowercase();
            let part = self.context.knowledge.lexicon.places.noun(&last);
            if tokens.len() > 1 && part == Some(PlaceNoun::Neighbourhood) {
                self.push(tokens, Evidence::Model, Vec::new());
            } else {
                self.take(&tokens);
            }
            return;
        }
        if self.demonym_senses(&words).is_some() {
            self.read_demonym_in(&tokens);
            return;
        }
        let has = |rule: PlaceRule| self.context.has(rule);
        if tokens.len() == 1
            && is_calendar(self.context.knowledge, &words)
            && has(PlaceRule::CalendarWord)
        {
            self.take(&tokens);
            return;
        }
        // "The tropical Atlantic", "war-torn Sudan": no word of the name.
        if tokens.len() > 1 && self.is_plain_word(tokens.start) {
            self.read_place(tokens.start + 1..tokens.end, kind);
            return;
        }
        // Two letters are a code of something, hardly a village's name.
        if words.chars().count() <= 2 && words.is_ascii() && has(PlaceRule::CodeIsNoTown) {
            self.push(tokens, Evidence::Model, Vec::new());
            return;
        }
        let mut found = senses(&words, knowledge, false);
        if found.is_empty() {
            found = without_lost_apostrophe(&words, knowledge);
        }
        if self.is_acronym(&tokens) && has(PlaceRule::CodeIsNoTown) {
            found.retain(|sense| {
                let usual = sense.primary || sense.population >= GREAT_CITY;
                usual || matches!(sense.feature, Feature::Country | Feature::Admin1)
            });
        }
        add_towns(&words, knowledge, &mut found);
        let surname = self.persons.contains(&words) && has(PlaceRule::SurnameIsNoPlace);
        if surname
            && !found
                .iter()
                .any(|sense| sense.is_prominent() && sense.primary)
        {
            self.take(&tokens);
            return;
        }
        if let Some(other) = self.other_end(&tokens) {
            self.push(tokens, Evidence::Model, found);
            let found = senses(&self.words(&other), knowledge, false);
            self.push(other, Evidence::Model, found);
            return;
        }
        if found.is_empty()
            && let Some((from, to)) = self.ends_of_route(&tokens)
        {
            for end in [from, to] {
                let found = senses(&self.words(&end), knowledge, false);
                self.push(end, Evidence::Model, found);
            }
            return;
        }
        if found.is_empty() {
            // The place inside a longer phrase: "Aleppo University Hospital", "northern Rif Dimashq".
            if has(PlaceRule::InsidePhrase)
                && let Some((inner, found)) = self.known_inside(&tokens)
            {
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
            // "The United Nations", "Boko Haram" are bodies, whatever the model calls them.
            if is_body(knowledge, &words) && has(PlaceRule::BodyIsNoPlace) {
                self.take(&tokens);
                return;
            }
            found = senses(&words, knowledge, true);
        }
        self.push(tokens, Evidence::Model, found);
    }

    /// A word without a capital that is no article, direction or noun for places.
    fn is_plain_word(&self, token: usize) -> bool {
        let word = self.word(token);
        word.chars().all(|c| c.is_lowercase() || c == '-')
            && word.is_ascii()
            && word.len() > 3
            && !is_part_word(&self.context.knowledge.lexicon.place_words, word)
            && self.context.knowledge.lexicon.places.noun(word).is_none()
    }

    /// Capitals that stand for the words of a longer name, in a sentence that is not all capitals.
    fn is_acronym(&self, tokens: &TokenRange) -> bool {
        let word = self.word(tokens.start);
        let sentence = self.context.reading.sentence_of(tokens.start);
        let shouted = self
            .context
            .reading
            .sentences
            .get(sentence)
            .is_some_and(|s| is_shouted(s.tokens.clone().map(|token| self.word(token))));
        tokens.len() == 1
            && word.chars().count() <= LONGEST_ACRONYM
            && word.chars().all(|c| c.is_ascii_uppercase())
            && !shouted
    }

    /// Nothing but nouns and directions: "City", "West Coast", "the North".
    fn is_generic(&self, tokens: &TokenRange) -> bool {
        let places = &self.context.knowledge.lexicon.places;
        let pieces = [
            "St.", "St", "United", "States", "La", "El", "Al", "Congress", "Republic", "First",
            "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth",
        ];
        if tokens.len() == 1 && pieces.contains(&self.word(tokens.start)) {
            return true;
        }
        places.named(&self.words(tokens)).is_none()
            && tokens.clone().all(|token| {
                let word = self.word(token);
                is_part_word(&self.context.knowledge.lexicon.place_words, word)
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
                // "Boston Harbor" is Boston's; "Negros Occidental" is not in the west of Egypt: a
                // word at the end is the place only behind words that narrow it, and beside a
                // word that is no noun a place must be called so as a rule.
                let described = self.is_described(tokens, &part);
                if part.len() == 1 && part.start > tokens.start && !described {
                    return None;
                }
                let known = |sense: &Sense| {
                    let usual = part.len() > 1
                        || described
                        || sense.primary
                        || sense.feature == Feature::Country;
                    sense.is_prominent() && usual
                        || part.len() > 1 && sense.population >= KNOWN_TOWN
                };
                let spoken_of = self.is_spoken_of(&words);
                (spoken_of || found.iter().any(known)).then_some((part, found))
            })
    }

    /// Whether the words of `tokens` beside `part` are nouns for places or bodies, directions, links,
    /// or names that are known too.
    fn is_described(&self, tokens: &TokenRange, part: &TokenRange) -> bool {
        let lexicon = self.context.knowledge.lexicon;
        tokens
            .clone()
            .filter(|token| !part.contains(token))
            .any(|token| {
                let word = self.word(token);
                let lower = word.to_lowercase();
                is_part_word(&self.context.knowledge.lexicon.place_words, word)
                    || lexicon.places.noun(&lower).is_some()
                    || lexicon.agents.get(&lower).is_some()
                    || word.starts_with(char::is_lowercase)
                    || matches!(word, "'s" | "’s")
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

    /// Whether the model calls these words a place elsewhere in the text.
    fn is_spoken_of(&self, words: &str) -> bool {
        self.found
            .iter()
            .any(|toponym| toponym.evidence == Evidence::Model && toponym.words == words)
    }
}
