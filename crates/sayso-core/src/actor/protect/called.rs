//! Whether a name is a person's by what stands beside it, and how far the name goes.

use sayso_lexicon::{ProtectWord as Word, Shape, TitleClass};
use sayso_text::{Rel, TokenRange, Upos};

use super::{Named, beside, minor};
use crate::mention::lemma;
use crate::{Context, ProtectRule as Rule};

/// Whether the words beside a name, or the verb above it, are such as only persons have.
pub(in super::super) fn is_person(context: &Context<'_>, named: &Named) -> bool {
    if !context.has(Rule::PersonByContext) {
        return false;
    }
    let beside = beside::of(context, named);
    let last = beside::last_nouns(context, &beside.before);
    let across = beside::first_nouns(context, &beside.across);
    let after = beside::first_nouns(context, &beside.after);
    let described = [Some(last), across, after]
        .into_iter()
        .flatten()
        .any(|nouns| is_somebody(context, &nouns));
    described
        || minor::bare(context, &beside.after).is_some()
        || has_prefix(context, &named.tokens)
        || owns(context, &named.tokens)
        || is_harmed(context, named.head)
}

/// Whether the last of some nouns is a person's: a trade, an office or a relative.
fn is_somebody(context: &Context<'_>, nouns: &TokenRange) -> bool {
    let lists = &context.knowledge.lexicon;
    let lemmas = beside::lemmas(context, nouns);
    let relative = lemmas
        .last()
        .is_some_and(|last| lists.protect_words.has(Word::Relative, last));
    relative
        || lists
            .agents
            .tail(&lemmas)
            .is_some_and(|agent| agent.shape == Shape::Person)
}

/// An honorific before the name or as its first word: “Umm Rashid”, “Ko Thura”.
fn has_prefix(context: &Context<'_>, name: &TokenRange) -> bool {
    let lists = &context.knowledge.lexicon;
    let before = name.start.checked_sub(1);
    let first = (name.len() > 1).then_some(name.start);
    [before, first].into_iter().flatten().any(|at| {
        let word = context.reading.word(at);
        let low = word.to_lowercase();
        let honorific = lists
            .titles
            .get(&low)
            .is_some_and(|title| title.class == TitleClass::Honorific);
        word.starts_with(char::is_uppercase)
            && (honorific || lists.protect_words.has(Word::NamePrefix, &low))
    })
}

/// Whose house, shop or car it is: “the house of Dara Marun”, “the Marun home”.
fn owns(context: &Context<'_>, name: &TokenRange) -> bool {
    let owned = |at: Option<usize>| {
        at.is_some_and(|at| {
            let word = context.reading.word(at).to_lowercase();
            context
                .knowledge
                .lexicon
                .protect_words
                .has(Word::Owned, &word)
        })
    };
    let of = name
        .start
        .checked_sub(1)
        .is_some_and(|at| context.reading.word(at) == "of");
    of && owned(name.start.checked_sub(2)) || owned(Some(name.end))
}

/// The object of a verb that only persons can be the object of: nobody arrests a town.
fn is_harmed(context: &Context<'_>, head: usize) -> bool {
    let object = matches!(context.syntax.rel(head), Rel::Obj | Rel::NsubjPass);
    object
        && context.syntax.head(head).is_some_and(|verb| {
            let verb = lemma(context.reading, verb);
            let words = &context.knowledge.lexicon.protect_words;
            words.has(Word::HarmingPersons, &verb)
        })
}

/// The whole name around some tokens of it: over hyphens (“Jean-Robert Delva”) and over a nickname
/// between quotation marks (“Rodrigo "Dodong" Mabanta”).
pub(in super::super) fn whole(context: &Context<'_>, name: &TokenRange) -> TokenRange {
    let reading = context.reading;
    let word = |at: usize| reading.word(at);
    let part = |at: usize| {
        context.syntax.upos(at) == Upos::Propn && word(at).starts_with(char::is_uppercase)
    };
    let sentence = reading
        .sentences
        .get(reading.sentence_of(name.start))
        .map_or(name.clone(), |s| s.tokens.clone());
    let quote = |at: usize| matches!(word(at), "\"" | "“" | "”" | "‘" | "’" | "'");
    let (mut start, mut end) = (name.start, name.end);
    while start >= sentence.start + 2 && word(start - 1) == "-" && part(start - 2) {
        start -= 2;
    }
    while end + 1 < sentence.end && (word(end) == "-" || quote(end)) && part(end + 1) {
        end += 2;
        while end < sentence.end && part(end) {
            end += 1;
        }
    }
    start..end
}
