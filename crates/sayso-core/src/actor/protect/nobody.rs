//! Whether a name is no person's: a place's, a facility's, a ship's, a weapon's.
//!
//! Only what names of persons are never found in: "the Marun house" is called after people who
//! live there, "the Marun prison" is not.

use sayso_lexicon::ProtectWord as Word;
use sayso_text::{Rel, TokenRange, Upos};

use super::beside;
use crate::mention::lemma;
use crate::{Context, ProtectRule as Rule};

/// Most names of a row, so that a list of any length costs no more than that.
const ROW: usize = 12;

/// Whether a name is no person's: a word of it is one that no person bears ("Oblast", "Brigade"), or
/// it stands where other names do ("the village of Orlu", "the tanker Orlu", "the Orlu prison").
pub(in super::super) fn is_nobody(context: &Context<'_>, name: &TokenRange) -> bool {
    context.has(Rule::NameOfNoPerson)
        && (has_word(context, name)
            || at_place(context, name)
            || in_row_of_places(context, name)
            || behind_kind(context, name)
            || before_thing(context, name))
}

/// A word that no person bears.
fn has_word(context: &Context<'_>, name: &TokenRange) -> bool {
    let words = &context.knowledge.lexicon.protect_words;
    beside::words(context, name)
        .iter()
        .any(|word| words.has(Word::NoPerson, word))
}

/// "In Orlu", "the village of Orlu", "residents of Orlu".
fn at_place(context: &Context<'_>, name: &TokenRange) -> bool {
    let words = &context.knowledge.lexicon.protect_words;
    let before = |back: usize| {
        let at = name.start.checked_sub(back);
        at.map_or(String::new(), |at| lower(context, at))
    };
    let possessive = matches!(context.reading.word(name.end), "'s" | "’s");
    let noun = name
        .start
        .checked_sub(2)
        .map_or(String::new(), |at| context.reading.word(at).to_lowercase());
    // A longer name may be a place's and a person's: “a native of Orlu Dara Marun”.
    let short = name.len() < 3;
    before(1) == "of"
        && (words.has(Word::NoPerson, &before(2)) || short && words.has(Word::OfPlace, &noun))
        || words.has(Word::Within, &before(1)) && short && !possessive
}

/// "The towns of Orlu and Kaura": a row stands where its first name does.
fn in_row_of_places(context: &Context<'_>, name: &TokenRange) -> bool {
    let mut start = name.start;
    for _ in 0..ROW {
        let Some(mark) = start.checked_sub(1) else {
            return false;
        };
        let and = |at: usize| context.syntax.upos(at) == Upos::Cconj;
        let comma = |at: usize| context.reading.word(at) == ",";
        let mut end = mark;
        if and(mark) && mark > 0 && comma(mark - 1) {
            end -= 1;
        } else if !and(mark) && !comma(mark) {
            return false;
        }
        let proper = |at: usize| context.syntax.upos(at) == Upos::Propn;
        let mut first = end;
        while first > 0 && proper(first - 1) {
            first -= 1;
        }
        if first == end {
            return false;
        }
        let two = first.checked_sub(2);
        let of = first > 0 && context.reading.word(first - 1) == "of";
        let word = two.map_or(String::new(), |at| lower(context, at));
        if of {
            // "Residents of Orlu and Dara Marun" may be a place and a person; several villages are
            // all villages.
            let several = two.is_some_and(|at| {
                context.reading.tokens.get(at).is_some_and(|token| {
                    matches!(token.xpos, sayso_text::Xpos::NNS | sayso_text::Xpos::NNPS)
                })
            });
            let words = &context.knowledge.lexicon.protect_words;
            return several && words.has(Word::NoPerson, &word);
        }
        start = first;
    }
    false
}

/// A ship, an operation or a storm before its name: "MV Orlu", "the tanker “Orlu”".
fn behind_kind(context: &Context<'_>, name: &TokenRange) -> bool {
    let words = &context.knowledge.lexicon.protect_words;
    let mut at = name.start;
    while at > 0
        && matches!(
            context.reading.word(at - 1),
            "*" | "\"" | "“" | "‘" | "'" | "_"
        )
    {
        at -= 1;
    }
    let kind = |at: usize| {
        let word = context.reading.word(at).to_lowercase();
        words.has(Word::BeforeThing, word.trim_start_matches('*'))
    };
    at > 0 && kind(at - 1) || name.len() > 1 && kind(name.start)
}

/// The name of a facility, a weapon or a class of ships: "the Orlu prison", "Orlu missiles",
/// "Orlu-class".
fn before_thing(context: &Context<'_>, name: &TokenRange) -> bool {
    let lists = &context.knowledge.lexicon;
    let next = context.reading.word(name.end);
    let behind = context.reading.word(name.end + 1);
    if next == "-"
        && lists
            .protect_words
            .has(Word::OfAKind, &behind.to_lowercase())
    {
        return true;
    }
    let inside = |t: &usize| name.contains(t);
    let head = name
        .clone()
        .find(|&t| context.syntax.head(t).is_none_or(|head| !inside(&head)));
    let Some(noun) = head.and_then(|t| {
        let attribute = matches!(
            context.syntax.rel(t),
            Rel::Compound | Rel::Flat | Rel::Amod | Rel::NmodDesc
        );
        context.syntax.head(t).filter(|_| attribute)
    }) else {
        return false;
    };
    if noun < name.end {
        return false;
    }
    let common = (name.end..=noun).all(|t| {
        matches!(
            context.syntax.upos(t),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num
        )
    });
    let noun = lower(context, noun);
    let listed = |class| lists.protect_words.has(class, &noun);
    common
        && (listed(Word::NoPerson)
            || listed(Word::Facility)
            || lists.events.weapons.find(&noun, &[]).is_some())
}

fn lower(context: &Context<'_>, at: usize) -> String {
    lemma(context.reading, at).to_lowercase()
}
