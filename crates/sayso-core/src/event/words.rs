//! The words of a reading in lower case, and what the lexicon says of them.

use sayso_lexicon::{EventLexicon, EventWord, People, WeaponClass};
use sayso_text::{NameKind, Rel, TokenRange, Upos, Xpos};

use crate::mention::name_at;
use crate::{ActorKind, Context, EventRule, Level, Mentions, PlaceMention};

/// Lower-case forms and lemmas of every token beside the phases that come before events.
pub(crate) struct Words<'a> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) mentions: &'a Mentions,
    pub(crate) places: &'a [PlaceMention],
    forms: Vec<String>,
    lemmas: Vec<String>,
}

impl<'a> Words<'a> {
    /// Lowers every token once.
    pub(crate) fn of(
        context: &'a Context<'a>,
        mentions: &'a Mentions,
        places: &'a [PlaceMention],
    ) -> Self {
        let reading = context.reading;
        let forms: Vec<String> = (0..reading.tokens.len())
            .map(|t| reading.word(t).to_lowercase())
            .collect();
        let lemmas = reading
            .tokens
            .iter()
            .zip(&forms)
            .map(|(token, form)| {
                // The model's lemmas of rarer words are unsure; those of the lexicon's are known.
                let lexicon = &context.knowledge.lexicon.events;
                let known = match token.upos {
                    Upos::Verb | Upos::Aux => lexicon.verb_lemma(form),
                    Upos::Noun => lexicon.noun_lemma(form),
                    _ => None,
                };
                if let Some(known) = known {
                    known.to_owned()
                } else if token.lemma.is_empty() {
                    form.clone()
                } else {
                    token.lemma.to_lowercase()
                }
            })
            .collect();
        Self {
            context,
            mentions,
            places,
            forms,
            lemmas,
        }
    }

    pub(crate) fn lexicon(&self) -> &'a EventLexicon {
        &self.context.knowledge.lexicon.events
    }

    /// Whether `rule` is in force.
    pub(crate) fn on(&self, rule: impl Into<crate::Rule>) -> bool {
        self.context.knowledge.rules.has(rule)
    }

    /// Written form in lower case.
    pub(crate) fn form(&self, token: usize) -> &str {
        self.forms.get(token).map_or("", String::as_str)
    }

    /// Lemma in lower case.
    pub(crate) fn lemma(&self, token: usize) -> &str {
        self.lemmas.get(token).map_or("", String::as_str)
    }

    /// Whether the token's form or lemma is `word`.
    pub(crate) fn is(&self, token: usize, word: &str) -> bool {
        self.form(token) == word || self.lemma(token) == word
    }

    /// Whether form or lemma is one of `words`.
    pub(crate) fn is_any(&self, token: usize, words: &[&str]) -> bool {
        words.contains(&self.form(token)) || words.contains(&self.lemma(token))
    }

    /// Whether form or lemma is in the lexicon's list of `class`.
    pub(crate) fn is_in(&self, token: usize, class: EventWord) -> bool {
        let words = &self.lexicon().words;
        words.has(class, self.form(token)) || words.has(class, self.lemma(token))
    }

    /// Whether `word` is in the lexicon's list of `class`.
    fn lists(&self, class: EventWord, word: &str) -> bool {
        self.lexicon().words.has(class, word)
    }

    /// Whether the written form, in lower case, is in the lexicon's list of `class`.
    pub(crate) fn form_in(&self, token: usize, class: EventWord) -> bool {
        self.lexicon().words.has(class, self.form(token))
    }

    /// Tokens of the sentence around `token`.
    pub(crate) fn sentence(&self, token: usize) -> TokenRange {
        let reading = self.context.reading;
        reading
            .sentences
            .get(reading.sentence_of(token))
            .map_or(token..token, |s| s.tokens.clone())
    }

    pub(crate) fn upos(&self, token: usize) -> Upos {
        self.context.syntax.upos(token)
    }

    pub(crate) fn xpos(&self, token: usize) -> Xpos {
        self.context
            .reading
            .tokens
            .get(token)
            .map_or(Xpos::Other, |t| t.xpos)
    }

    pub(crate) fn rel(&self, token: usize) -> Rel {
        self.context.syntax.rel(token)
    }

    pub(crate) fn head(&self, token: usize) -> Option<usize> {
        self.context.syntax.head(token)
    }

    pub(crate) fn children(&self, token: usize) -> &[usize] {
        self.context.syntax.children(token)
    }

    pub(crate) fn etype(&self, token: usize) -> &'static str {
        self.context
            .reading
            .tokens
            .get(token)
            .map_or("", |t| t.etype)
    }

    pub(crate) fn is_verb(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Verb | Upos::Aux)
            || matches!(
                self.xpos(token),
                Xpos::VB | Xpos::VBD | Xpos::VBG | Xpos::VBN | Xpos::VBP | Xpos::VBZ
            )
            || self.is_headline_verb(token)
    }

    /// "Police in Orsk arrest two", "Gunmen attack": a present tense that the model took for a noun.
    /// A noun that stands for a whole clause has "is", an article or an adjective before it.
    pub(crate) fn is_headline_verb(&self, token: usize) -> bool {
        self.upos(token) == Upos::Noun
            && matches!(self.rel(token), Rel::Root | Rel::Conj | Rel::Ccomp)
            && self.lexicon().verb_lemma(self.form(token)).is_some()
            && self
                .context
                .syntax
                .child(token, &[Rel::Nsubj])
                .is_some_and(|s| s < token && matches!(self.upos(s), Upos::Noun | Upos::Propn))
            && !self.children(token).iter().any(|&c| {
                c < token
                    && (matches!(
                        self.rel(c),
                        Rel::Det | Rel::Amod | Rel::Compound | Rel::Cop | Rel::Case | Rel::NmodPoss
                    ) || self.upos(c) == Upos::Aux)
            })
    }

    pub(crate) fn is_noun(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Noun | Upos::Propn)
            || matches!(
                self.xpos(token),
                Xpos::NN | Xpos::NNS | Xpos::NNP | Xpos::NNPS
            )
    }

    /// Type of the name around `token`.
    pub(crate) fn name_kind(&self, token: usize) -> Option<NameKind> {
        name_at(self.context.reading, token).map(|name| name.kind)
    }

    /// The preposition of a phrase headed by `token` ("of", "by", "against"), lower case.
    pub(crate) fn case(&self, token: usize) -> Option<&str> {
        self.context
            .syntax
            .children_by(token, &[Rel::Case, Rel::Mark])
            .find(|&c| self.form(c) != "'s" && self.form(c) != "’s")
            .map(|c| self.form(c))
    }

    /// Whether the preposition of the phrase that `token` heads is in the list of `class`.
    pub(crate) fn case_in(&self, token: usize, class: EventWord) -> bool {
        self.case(token)
            .is_some_and(|case| self.lexicon().words.has(class, case))
    }

    /// What the noun says of the people it names.
    pub(crate) fn people(&self, token: usize) -> Option<People> {
        let lexicon = &self.lexicon().people;
        lexicon
            .class(self.lemma(token))
            .or_else(|| lexicon.class(self.form(token)))
    }

    /// The kind of the entity that `token` mentions.
    pub(crate) fn actor_kind(&self, token: usize) -> Option<ActorKind> {
        let entity = self.mentions.entity_at(token)?;
        self.mentions
            .entities
            .get(entity.0)
            .map(|e| e.kind)
            .filter(|kind| *kind != ActorKind::Unknown)
    }

    /// The weapon whose head is `token`: tokens, class, and whether its crew acts.
    pub(crate) fn weapon(&self, token: usize) -> Option<(TokenRange, WeaponClass, bool)> {
        if !self.is_noun(token) && self.upos(token) != Upos::Adj {
            return None;
        }
        let sentence = self.sentence(token);
        // Hyphens do not separate the words of a name ("rocket-propelled grenade").
        let mut before: Vec<usize> = Vec::new();
        let mut at = token;
        while before.len() < 3 && at > sentence.start {
            at -= 1;
            if !matches!(self.form(at), "-" | "‐" | "–") {
                before.push(at);
            }
        }
        before.reverse();
        let weapons = &self.lexicon().weapons;
        let forms: Vec<&str> = before.iter().map(|&t| self.form(t)).collect();
        let found = weapons
            .find(self.lemma(token), &forms)
            .or_else(|| weapons.find(self.form(token), &forms))
            .or_else(|| weapons.find(self.form(token).strip_suffix('s')?, &forms))?;
        let first = before
            .get(before.len() + 1 - found.words.len().min(before.len() + 1))
            .copied()
            .unwrap_or(token);
        Some((first.min(token)..token + 1, found.class, found.acts))
    }

    /// The place mention that covers `token`, if it is one an event can happen at.
    pub(crate) fn place(&self, token: usize) -> Option<&PlaceMention> {
        self.places
            .iter()
            .find(|p| p.tokens.contains(&token) && !p.demonym)
    }

    /// Whether `token` names a country.
    pub(crate) fn is_country(&self, token: usize) -> bool {
        self.place(token)
            .is_some_and(|p| p.place.level == Level::Country)
    }

    /// Whether `token` stands for a country ("it", after "Karsenne has claimed") or is the name of its
    /// people used for it ("Israeli strikes").
    pub(crate) fn is_nation(&self, token: usize) -> bool {
        if self.name_kind(token) == Some(NameKind::Norp) {
            return self.upos(token) == Upos::Adj
                && self
                    .places
                    .iter()
                    .any(|p| p.demonym && p.tokens.contains(&token));
        }
        if self.upos(token) != Upos::Pron {
            return false;
        }
        let Some(entity) = self
            .mentions
            .entity_at(token)
            .and_then(|id| self.mentions.entity(id))
        else {
            return false;
        };
        entity
            .mentions
            .iter()
            .filter_map(|&m| self.mentions.all.get(m))
            .any(|m| self.upos(m.head) == Upos::Propn && self.is_country(m.head))
    }

    /// "Hamas sniper", "operatives of the Front": people whom the name of an armed group puts on its
    /// side, but not those whom it holds or has killed.
    fn is_of_armed_group(&self, token: usize) -> bool {
        self.upos(token) == Upos::Noun
            && self.etype(token) == "person"
            && !matches!(
                self.people(token),
                Some(People::Civilians | People::Children | People::Women | People::Protesters)
            )
            && !self.is_in(token, EventWord::GroupsOthers)
            && self
                .context
                .syntax
                .children_by(token, &[Rel::Compound, Rel::Amod])
                .any(|c| {
                    matches!(
                        self.actor_kind(c),
                        Some(ActorKind::RebelGroup | ActorKind::PoliticalMilitia)
                    )
                })
    }

    /// Whether somebody is named who bears no arms by what they are called.
    pub(crate) fn is_unarmed(&self, token: usize) -> bool {
        if self.is_armed(token) || self.is_state(token) || self.is_rebel(token) {
            return false;
        }
        matches!(
            self.actor_kind(token),
            Some(ActorKind::Civilians | ActorKind::Protesters)
        ) || matches!(
            self.people_deep(token),
            Some(People::Civilians | People::Children | People::Women)
        )
    }

    /// Whether `token` heads a proper place name below the level of countries, or the common noun
    /// of one ("the town").
    pub(crate) fn is_place(&self, token: usize) -> bool {
        // "captured the dam from Islamic State": a group that is called a state is none.
        let fights = matches!(
            self.actor_kind(token),
            Some(ActorKind::RebelGroup | ActorKind::PoliticalMilitia | ActorKind::IdentityMilitia)
        );
        if fights || self.is_country(token) {
            return false;
        }
        self.place(token).is_some()
            || matches!(
                self.name_kind(token),
                Some(NameKind::Gpe | NameKind::Loc | NameKind::Fac)
            )
            || self.lists(EventWord::PlaceNoun, self.lemma(token))
            || self
                .form(token)
                .strip_suffix('s')
                .is_some_and(|one| self.lists(EventWord::PlaceNoun, one))
            // "a border post", but not somebody's post.
            || (self.is_any(token, &["post"])
                && self
                    .context
                    .syntax
                    .children_by(token, &[Rel::Compound, Rel::Amod])
                    .any(|c| {
                        self.is_any(c, &["border", "frontier", "observation"]) || self.is_armed(c)
                    }))
            // A village that the gazetteer does not know.
            || (self.upos(token) == Upos::Propn
                && self.name_kind(token).is_none_or(|k| k == NameKind::Fac)
                && self.etype(token) == "place")
    }

    /// Whether somebody who bears arms is named.
    pub(crate) fn is_armed(&self, token: usize) -> bool {
        // "A former officer", "a retired general" are civilians.
        let no_longer = self
            .children(token)
            .iter()
            .any(|&c| c < token && self.form_in(c, EventWord::NoLonger));
        if no_longer && self.on(EventRule::FormerIsCivilian) {
            return false;
        }
        if self.on(EventRule::GroupBeforeNoun) && self.is_of_armed_group(token) {
            return true;
        }
        if let Some(kind) = self.actor_kind(token) {
            if matches!(
                kind,
                ActorKind::StateForces
                    | ActorKind::RebelGroup
                    | ActorKind::PoliticalMilitia
                    | ActorKind::IdentityMilitia
                    | ActorKind::ExternalForces
            ) {
                return true;
            }
            if matches!(kind, ActorKind::Civilians | ActorKind::Protesters) {
                return false;
            }
        }
        self.people_deep(token).is_some_and(|p| {
            matches!(
                p,
                People::Soldiers | People::Police | People::Fighters | People::Armed
            )
        })
    }

    /// Class of the noun, of a noun of belonging ("members of the militia"), or of a modifier
    /// ("police station", "army convoy").
    pub(crate) fn people_deep(&self, token: usize) -> Option<People> {
        let own = self.people(token);
        if own.is_some_and(|p| p != People::People) {
            return own;
        }
        let below = self
            .context
            .syntax
            .children_by(token, &[Rel::Nmod, Rel::Compound, Rel::Amod, Rel::Flat])
            .filter(|&c| {
                self.rel(c) != Rel::Nmod
                    || (self.case(c) == Some("of")
                        && self.is_any(
                            token,
                            &[
                                "member", "group", "number", "dozen", "hundred", "score",
                                "thousand", "unit", "group", "crowd", "lot", "some",
                            ],
                        ))
            })
            .find_map(|c| match self.form(c) {
                "military" | "security" | "armed" => Some(People::Armed),
                // "the anti-terrorist service" fights them.
                _ if c
                    .checked_sub(2)
                    .is_some_and(|b| matches!(self.form(b), "anti" | "counter")) =>
                {
                    Some(People::Armed)
                }
                _ => self.people(c).filter(|p| *p != People::People),
            });
        below.or(own)
    }

    /// Whether the state or its forces are named: by noun, by kind of entity, or by a country.
    pub(crate) fn is_state(&self, token: usize) -> bool {
        if self.actor_kind(token).is_some_and(|kind| {
            matches!(
                kind,
                ActorKind::StateForces | ActorKind::ExternalForces | ActorKind::Government
            )
        }) {
            return true;
        }
        if matches!(
            self.actor_kind(token),
            Some(ActorKind::RebelGroup | ActorKind::PoliticalMilitia | ActorKind::IdentityMilitia)
        ) {
            return false;
        }
        self.lists(EventWord::StateNoun, self.lemma(token))
            || self.is_country(token)
            || self.name_kind(token) == Some(NameKind::Gpe)
            || (self.is_any(token, &["force", "forces", "unit"])
                && self
                    .context
                    .syntax
                    .children_by(token, &[Rel::Amod, Rel::Compound])
                    .any(|c| {
                        self.name_kind(c) == Some(NameKind::Norp)
                            || self.is_any(
                                c,
                                &[
                                    "government",
                                    "security",
                                    "army",
                                    "regime",
                                    "state",
                                    "air",
                                    "police",
                                    "defence",
                                    "defense",
                                    "government-aligned",
                                    "israeli",
                                ],
                            )
                    }))
    }

    /// Whether an irregular armed group is named.
    pub(crate) fn is_rebel(&self, token: usize) -> bool {
        matches!(
            self.actor_kind(token),
            Some(ActorKind::RebelGroup | ActorKind::PoliticalMilitia | ActorKind::IdentityMilitia)
        ) || self.people_deep(token) == Some(People::Fighters)
    }

    /// Whether the word `word` (form or lemma) stands in the sentence of `token`.
    pub(crate) fn sentence_has(&self, token: usize, word: &str) -> bool {
        self.sentence(token).any(|t| self.is(t, word))
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::Words;
    use sayso_place::{Builder, Gazetteer};

    use crate::test_reading::{reading, with_context};

    /// A gazetteer without places.
    pub(crate) fn no_places() -> Gazetteer {
        let bytes = Builder::new()
            .finish("2026-01-01")
            .expect("an empty gazetteer");
        Gazetteer::from_bytes(bytes).expect("an empty gazetteer")
    }

    /// Runs `body` on the words of `text`, split at spaces, without a tree.
    pub(crate) fn with_words<T>(text: &str, body: impl FnOnce(&Words<'_>) -> T) -> T {
        let lines: Vec<String> = text
            .split_whitespace()
            .enumerate()
            .map(|(i, word)| {
                let lemma = word.to_lowercase();
                let head = usize::from(i > 0);
                let rel = if i > 0 { "dep" } else { "root" };
                format!("{word} {lemma} X X {head} {rel}")
            })
            .collect();
        let reading = reading(text, &lines.join("\n"));
        with_context(&reading, &no_places(), |context| {
            let mentions = crate::Mentions::default();
            body(&Words::of(context, &mentions, &[]))
        })
    }
}
