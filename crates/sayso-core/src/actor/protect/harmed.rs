//! Who has suffered: by what they are called, by the events of the sheet, by the verb above a name.

use sayso_lexicon::ProtectWord as Word;
use sayso_text::{Rel, Span};

use super::{Subject, beside, goes_with_head};
use crate::mention::{lemma, noun_of};
use crate::{Context, Event, MentionKind, ProtectRule as Rule};

/// Whether side b of the event are people that something was done to.
pub(in super::super) fn is_violent(context: &Context<'_>, event: &Event) -> bool {
    event.acled.is_some_and(|acled| {
        context
            .knowledge
            .lexicon
            .protect_words
            .has(Word::ViolentEvent, acled)
    })
}

/// The rule that makes somebody a victim, and its words.
pub(super) fn of(
    context: &Context<'_>,
    subject: &Subject<'_>,
    one_person: bool,
    events: &[Event],
) -> Option<(Rule, Option<Span>)> {
    if context.has(Rule::VictimByNoun)
        && let Some(span) = called(context, subject)
    {
        return Some((Rule::VictimByNoun, Some(span)));
    }
    if context.has(Rule::VictimOfEvent) && one_person && subject.entity.is_some() {
        let suffered = events.iter().find(|event| {
            let side_b = event.side_b.iter();
            is_violent(context, event)
                && side_b.into_iter().any(|side| side.entity == subject.entity)
        });
        if let Some(event) = suffered {
            return Some((Rule::VictimOfEvent, Some(event.anchor)));
        }
    }
    if context.has(Rule::VictimByVerb) {
        let heads: Vec<usize> = if one_person {
            subject.heads().collect()
        } else {
            subject.named.iter().map(|named| named.head).collect()
        };
        let word = heads.into_iter().find_map(|head| suffers(context, head));
        if let Some(word) = word {
            let span = context.reading.span(&(word..word + 1));
            return Some((Rule::VictimByVerb, Some(span)));
        }
    }
    None
}

/// The words by which somebody is called a victim.
fn called(context: &Context<'_>, subject: &Subject<'_>) -> Option<Span> {
    let words = &context.knowledge.lexicon.protect_words;
    let mention = subject.mentions.iter().find(|mention| {
        noun_of(context, mention).is_some_and(|agent| words.has(Word::Victim, &agent.noun))
            || mention.kind == MentionKind::Nominal
                && words.has(Word::Victim, &lemma(context.reading, mention.head))
    });
    if let Some(mention) = mention {
        return Some(mention.span);
    }
    subject.named.iter().find_map(|named| {
        let beside = beside::of(context, named);
        let last = beside::last_nouns(context, &beside.before);
        let across = beside::first_nouns(context, &beside.across);
        let after = beside::first_nouns(context, &beside.after);
        [Some(last), across, after]
            .into_iter()
            .flatten()
            .find(|nouns| {
                let noun = beside::lemmas(context, nouns).pop();
                noun.is_some_and(|noun| words.has(Word::Victim, &noun))
            })
            .map(|nouns| context.reading.span(&nouns))
    })
}

/// The word that says that whoever `head` names has suffered.
fn suffers(context: &Context<'_>, head: usize) -> Option<usize> {
    let words = &context.knowledge.lexicon.protect_words;
    let is = |class: Word, token: usize| words.has(class, &lemma(context.reading, token));
    let mut at = head;
    // Up the row of names: of “A, 10, and B, 12” B suffers what A does. A sentence is finite.
    for _ in 0..24 {
        let above = context.syntax.head(at)?;
        match context.syntax.rel(at) {
            Rel::Obj | Rel::NsubjPass if is(Word::Harming, above) => return Some(above),
            Rel::NsubjPass if is(Word::ComingToHarm, above) => return Some(above),
            Rel::Nsubj if is(Word::ComingToHarm, above) => return Some(above),
            // “was found dead”
            Rel::NsubjPass | Rel::Nsubj => return found_dead(context, above),
            Rel::Nmod | Rel::NmodPoss if is(Word::WhatIsLeft, above) => return Some(above),
            // “The victim was identified as A”, “the dead included A”
            Rel::Obl | Rel::Obj | Rel::Xcomp => {
                let subject = context.syntax.child(above, &[Rel::NsubjPass, Rel::Nsubj])?;
                let dead = is(Word::Victim, subject)
                    || is(Word::WhatIsLeft, subject)
                    || context.reading.word(subject).eq_ignore_ascii_case("dead");
                return dead.then_some(subject);
            }
            rel if goes_with_head(rel) => {
                // “Among the dead was A” makes A the root's subject; a list may hang on it.
                at = above;
            }
            _ => return None,
        }
    }
    None
}

/// “dead” or “wounded” below the verb or predicate of somebody.
fn found_dead(context: &Context<'_>, verb: usize) -> Option<usize> {
    let lists = &context.knowledge.lexicon.protect_words;
    let state = |token: usize| {
        lists.has(
            Word::HarmedState,
            &context.reading.word(token).to_lowercase(),
        )
    };
    if state(verb) {
        return Some(verb);
    }
    let below = [Rel::Xcomp, Rel::Obl, Rel::Advmod, Rel::Acl];
    context
        .syntax
        .children_by(verb, &below)
        .find(|&token| state(token))
}
