//! What kind of source speaks, by its head noun or its name.

use sayso_lexicon::WordClass;
use sayso_text::{NameKind, Upos};

use super::source::Phrase;
use super::view::View;
use crate::{ActorKind, MentionKind, Mentions, SourceKind, StatementRule as Rule, mention};

/// The kind of the source `phrase`.
pub(super) fn of(view: &View<'_>, phrase: &Phrase) -> SourceKind {
    let lexicon = view.lexicon();
    let reading = view.context.reading;
    let head = phrase.head;
    let text = reading.slice(reading.span(&phrase.tokens));
    // "Col. Htet Soe" with the title as its head.
    let name = mention::name_at(reading, head).or_else(|| {
        is_title(view, head)
            .then(|| {
                phrase
                    .tokens
                    .clone()
                    .find_map(|i| mention::name_at(reading, i))
            })
            .flatten()
    });
    let name_text = name.map(|n| reading.slice(reading.span(&n.tokens)));
    let texts = || [Some(text), name_text].into_iter().flatten();
    if view.has(Rule::OutletIsMedia) && texts().any(|t| lexicon.outlets.get(t).is_some()) {
        return SourceKind::Media;
    }
    if is_outlets_name(view, phrase) {
        return SourceKind::Media;
    }
    let agent = agent(view, phrase);
    if name.is_some_and(|n| n.kind == NameKind::Person) {
        // A named person with an office is a named official, else a person.
        let office = matches!(
            agent,
            Some(SourceKind::AnonymousOfficial | SourceKind::NamedOfficial)
        ) || phrase.tokens.clone().any(|i| is_title(view, i));
        return if office && view.has(Rule::NamedOfficial) {
            SourceKind::NamedOfficial
        } else {
            SourceKind::Person
        };
    }
    let registered = texts()
        .filter(|_| view.has(Rule::NameOfKind))
        .find_map(|t| view.context.knowledge.listed(t));
    let of_registry = |kind: ActorKind| match kind {
        ActorKind::RebelGroup | ActorKind::PoliticalMilitia | ActorKind::IdentityMilitia => {
            SourceKind::ArmedGroup
        }
        ActorKind::StateForces | ActorKind::Government | ActorKind::ExternalForces => {
            SourceKind::Government
        }
        ActorKind::Media => SourceKind::Media,
        _ => SourceKind::Organisation,
    };
    // "Strangers Division": its last word alone would make it an army's.
    if registered.is_none() && is_fighters_name(view, phrase) {
        return SourceKind::ArmedGroup;
    }
    // "The local People's Defence Force": the last word of the name alone would make it a state's.
    if let Some(group) = registered
        && name.is_some_and(|name| name.tokens.contains(&head))
        && of_registry(group.kind) == SourceKind::ArmedGroup
    {
        return SourceKind::ArmedGroup;
    }
    if let Some(kind) = agent {
        return if speaks_for_fighters(view, phrase, kind) {
            SourceKind::ArmedGroup
        } else {
            kind
        };
    }
    if let Some(group) = registered {
        return of_registry(group.kind);
    }
    let government = |rule: Rule| view.has(rule).then_some(SourceKind::Government);
    let by_word = if has_word(view, phrase, WordClass::GoverningWord) {
        government(Rule::StateBody)
    } else {
        None
    };
    let by_name = || match name.map(|n| n.kind) {
        Some(NameKind::Gpe | NameKind::Norp) => government(Rule::CountrySpeaks),
        Some(NameKind::Org) => Some(SourceKind::Organisation),
        _ => None,
    };
    by_word.or_else(by_name).unwrap_or(SourceKind::Unknown)
}

/// The kind that the lexicon gives the head noun with the words before it, or any noun of the
/// phrase: "army spokesman Joe Smith", "the Observatory".
fn agent(view: &View<'_>, phrase: &Phrase) -> Option<SourceKind> {
    if !view.has(Rule::NounOfKind) {
        return None;
    }
    let agents = &view.lexicon().agents;
    let last = phrase.head.min(phrase.tokens.end.saturating_sub(1));
    let words: Vec<String> = (phrase.tokens.start..=last)
        .map(|i| view.lemma(i).to_owned())
        .collect();
    let nouns = || {
        phrase
            .tokens
            .clone()
            .rev()
            .filter(|&i| matches!(view.upos(i), Upos::Noun | Upos::Propn))
    };
    agents
        .tail(&words)
        .or_else(|| {
            nouns().find_map(|i| {
                agents
                    .get(view.lemma(i))
                    .or_else(|| agents.get(view.lower(i)))
            })
        })
        .and_then(|agent| agent.source.as_deref())
        .and_then(SourceKind::parse)
}

/// Whether the phrase is the name of a body that fights, of several words, without a number, a
/// branch of service, a country or a people, which would make it a state's.
fn is_fighters_name(view: &View<'_>, phrase: &Phrase) -> bool {
    let reading = view.context.reading;
    let capital = |i: &usize| reading.word(*i).starts_with(char::is_uppercase);
    // A spokesman of such a body is not the body.
    if !view.has(Rule::FightersName) || !capital(&phrase.head) {
        return false;
    }
    let small = |i: usize| !reading.word(i).chars().any(char::is_uppercase);
    let name: Vec<usize> = phrase.tokens.clone().filter(capital).collect();
    // "the Army" is somebody's army, and in capitals everything looks like a name.
    let shouting = !view.sentence(phrase.head).any(small);
    let words = || name.iter().map(|&i| view.lower(i));
    // "Armed Forces" are a state's, an "Armed Front" is nobody's.
    let pairs = || {
        name.windows(2).filter_map(|pair| match pair {
            [a, b] if a + 1 == *b => Some(format!("{} {}", view.lower(*a), view.lower(*b))),
            _ => None,
        })
    };
    let is = |class: WordClass| {
        words().any(|w| view.is_in(class, w)) || pairs().any(|w| view.is_in(class, &w))
    };
    let places = &view.lexicon().places;
    let of_country = || {
        name.iter().any(|&i| {
            places.demonym(reading.word(i)).is_some()
                || mention::name_at(reading, i)
                    .is_some_and(|n| matches!(n.kind, NameKind::Gpe | NameKind::Norp))
        })
    };
    let numbered = || words().any(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let theirs = words().filter(|&w| w != "the").count() > 1 && is(WordClass::ArmedWord);
    theirs
        && !shouting
        && (is(WordClass::RebelWord)
            || !(is(WordClass::StateWord) || is(WordClass::Ordinal) || numbered() || of_country()))
}

/// Whether the phrase is a name of several words that ends as names of outlets do.
fn is_outlets_name(view: &View<'_>, phrase: &Phrase) -> bool {
    let reading = view.context.reading;
    let word = |i: usize| reading.word(i);
    let capital = |i: usize| word(i).starts_with(char::is_uppercase);
    view.has(Rule::OutletsName)
        && view.is_in(WordClass::OutletWord, view.lower(phrase.head))
        && capital(phrase.head)
        && phrase.head > phrase.tokens.start
        && capital(phrase.head - 1)
        && !matches!(view.lower(phrase.head - 1), "the" | "a" | "an")
}

/// "a commander of the insurgents": whom the head of the phrase, a person, speaks for.
fn speaks_for_fighters(view: &View<'_>, phrase: &Phrase, kind: SourceKind) -> bool {
    let person = matches!(
        kind,
        SourceKind::NamedOfficial | SourceKind::AnonymousOfficial | SourceKind::Person
    );
    let fights = |i: usize| {
        let agents = &view.lexicon().agents;
        agents
            .get(view.lemma(i))
            .is_some_and(|agent| agent.source.as_deref() == Some("armed-group"))
    };
    view.has(Rule::OfFighters)
        && person
        && view.children(phrase.head).iter().any(|&c| {
            c > phrase.head
                && view
                    .case_of(c)
                    .is_some_and(|k| matches!(view.lower(k), "of" | "for" | "from"))
                && fights(c)
        })
}

fn has_word(view: &View<'_>, phrase: &Phrase, class: WordClass) -> bool {
    phrase
        .tokens
        .clone()
        .any(|i| view.is_in(class, view.lower(i)))
}

/// The kind of a speaker; that of a pronoun is the kind of what it stands for.
pub(super) fn of_speaker(view: &View<'_>, mentions: &Mentions, phrase: &Phrase) -> SourceKind {
    let kind = of(view, phrase);
    // What the text calls a state's is no armed group, whatever its name.
    let by_name = kind == SourceKind::ArmedGroup && is_fighters_name(view, phrase);
    let open = by_name || matches!(kind, SourceKind::Unknown | SourceKind::Person);
    if !open || !view.has(Rule::KindOfEntity) {
        return kind;
    }
    let entity = mentions
        .entity_at(phrase.head)
        .and_then(|e| mentions.entities.get(e.0));
    entity
        .into_iter()
        .flat_map(|e| &e.mentions)
        .filter_map(|&m| mentions.all.get(m))
        .filter(|m| m.head != phrase.head && m.kind != MentionKind::Pronoun)
        // "The brigade" says no more than the name whose last word it is.
        .filter(|m| {
            !by_name
                || m.tokens.clone().any(|i| {
                    view.is_in(WordClass::StateWord, view.lower(i))
                        || view.is_in(WordClass::GoverningWord, view.lower(i))
                })
        })
        .map(|m| {
            let named = Phrase {
                tokens: m.tokens.clone(),
                head: m.head,
            };
            of(view, &named)
        })
        // A person whose office is named elsewhere is an official here too.
        .find(|&other| match kind {
            SourceKind::Person => other == SourceKind::NamedOfficial,
            SourceKind::ArmedGroup => other == SourceKind::Government,
            _ => other != SourceKind::Unknown,
        })
        .unwrap_or(kind)
}

fn is_title(view: &View<'_>, token: usize) -> bool {
    // "police chief"
    let two = format!("{} {}", view.lower(token), view.lower(token + 1));
    let titles = &view.lexicon().titles;
    let title = titles.get(&two).or_else(|| titles.get(view.lower(token)));
    title.is_some_and(|title| {
        matches!(
            title.kind.as_str(),
            "government" | "state-forces" | "external-forces"
        )
    })
}
