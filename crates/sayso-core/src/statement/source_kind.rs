//! What kind of source speaks, by its head noun or its name.

use sayso_text::{NameKind, Upos};

use super::source::Phrase;
use super::view::View;
use crate::{MentionKind, Mentions, SourceKind, mention};

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
    if [Some(text), name_text]
        .into_iter()
        .flatten()
        .any(|t| lexicon.outlets.get(t).is_some())
    {
        return SourceKind::Media;
    }
    let person = name.is_some_and(|n| n.kind == NameKind::Person);
    let words: Vec<String> = (phrase.tokens.start..=head.min(phrase.tokens.end.saturating_sub(1)))
        .map(|i| view.lemma(i).to_owned())
        .collect();
    let agent = lexicon
        .agents
        .tail(&words)
        .or_else(|| {
            // "army spokesman Joe Smith", "the Observatory": a noun anywhere in the phrase.
            phrase
                .tokens
                .clone()
                .rev()
                .filter(|&i| matches!(view.upos(i), Upos::Noun | Upos::Propn))
                .find_map(|i| {
                    lexicon
                        .agents
                        .get(view.lemma(i))
                        .or_else(|| lexicon.agents.get(view.lower(i)))
                })
        })
        .and_then(|agent| agent.source.as_deref())
        .and_then(SourceKind::parse);
    if person {
        // A named person with an office is a named official, else a person.
        return match agent {
            Some(SourceKind::AnonymousOfficial | SourceKind::NamedOfficial) => {
                SourceKind::NamedOfficial
            }
            _ if phrase.tokens.clone().any(|i| is_title(view, i)) => SourceKind::NamedOfficial,
            _ => SourceKind::Person,
        };
    }
    if let Some(kind) = agent {
        return kind;
    }
    if let Some(group) = [Some(text), name_text]
        .into_iter()
        .flatten()
        .find_map(|t| lexicon.groups.get(t))
    {
        return match group.kind.as_str() {
            "rebel-group" | "political-militia" | "identity-militia" => SourceKind::ArmedGroup,
            "state-forces" | "government" | "external-forces" => SourceKind::Government,
            "media" => SourceKind::Media,
            _ => SourceKind::Organisation,
        };
    }
    match name.map(|n| n.kind) {
        _ if state_body(view, phrase) => SourceKind::Government,
        Some(NameKind::Gpe | NameKind::Norp) => SourceKind::Government,
        Some(NameKind::Org) => SourceKind::Organisation,
        _ => SourceKind::Unknown,
    }
}

/// A name such as "Regional Security Command".
fn state_body(view: &View<'_>, phrase: &Phrase) -> bool {
    phrase.tokens.clone().any(|i| {
        matches!(
            view.lower(i),
            "security"
                | "command"
                | "directorate"
                | "ministry"
                | "army"
                | "police"
                | "forces"
                | "guard"
                | "navy"
                | "intelligence"
                | "government"
                | "council"
        )
    })
}

/// The kind of a speaker; that of a pronoun is the kind of what it stands for.
pub(super) fn of_speaker(view: &View<'_>, mentions: &Mentions, phrase: &Phrase) -> SourceKind {
    let kind = of(view, phrase);
    if !matches!(kind, SourceKind::Unknown | SourceKind::Person) {
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
            _ => other != SourceKind::Unknown,
        })
        .unwrap_or(kind)
}

fn is_title(view: &View<'_>, token: usize) -> bool {
    let word = view.lower(token);
    view.lexicon().titles.get(word).is_some_and(|title| {
        matches!(
            title.kind.as_str(),
            "government" | "state-forces" | "external-forces"
        )
    })
}
