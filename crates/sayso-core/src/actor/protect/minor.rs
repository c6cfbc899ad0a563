//! Who is not of age.

use sayso_lexicon::ProtectWord as Word;
use sayso_text::{Span, TokenRange};

use super::{Subject, beside};
use crate::mention::noun_of;
use crate::{Context, MentionKind, ProtectRule as Rule};

/// The age of majority (Convention on the Rights of the Child, article 1).
const OF_AGE: u32 = 18;

/// The rule that makes somebody a minor, and its words.
pub(super) fn of(context: &Context<'_>, subject: &Subject<'_>) -> Option<(Rule, Option<Span>)> {
    let mut phrases: Vec<TokenRange> = Vec::new();
    for mention in subject
        .mentions
        .iter()
        .filter(|m| m.kind == MentionKind::Nominal)
    {
        phrases.push(beside::up_to_head(mention));
    }
    let mut enclosed: Vec<TokenRange> = Vec::new();
    for named in &subject.named {
        let beside = beside::of(context, named);
        phrases.push(beside.before);
        phrases.push(beside.after.clone());
        enclosed.push(beside.after);
    }
    let span = |tokens: &TokenRange| Some(context.reading.span(tokens));
    if context.has(Rule::MinorByAge) {
        let stated = phrases
            .iter()
            .find_map(|phrase| stated(context, phrase).map(|years| (phrase, years)));
        let bare = enclosed
            .iter()
            .find_map(|phrase| bare(context, phrase).map(|years| (phrase, years)));
        if let Some((phrase, years)) = stated.or(bare) {
            // Whoever is of age is no child, whatever the noun (“the girls’ teacher, 34,”).
            return (years < OF_AGE).then(|| (Rule::MinorByAge, span(phrase)));
        }
    }
    if !context.has(Rule::MinorByNoun) {
        return None;
    }
    let called = subject
        .mentions
        .iter()
        .find(|m| noun_of(context, m).is_some_and(|agent| agent.class == "minor"));
    if let Some(mention) = called {
        return Some((Rule::MinorByNoun, Some(mention.span)));
    }
    let mut nouns: Vec<(TokenRange, TokenRange)> = Vec::new();
    for named in &subject.named {
        let beside = beside::of(context, named);
        nouns.push((beside::last_nouns(context, &beside.before), beside.before));
        if let Some(first) = beside::first_nouns(context, &beside.after) {
            nouns.push((first, beside.after));
        }
        if let Some(first) = beside::first_nouns(context, &beside.across) {
            nouns.push((first, beside.across));
        }
    }
    nouns
        .into_iter()
        .find(|(nouns, phrase)| is_child(context, nouns, phrase))
        .map(|(nouns, _)| (Rule::MinorByNoun, span(&nouns)))
}

/// Whether the last of `nouns` is a child's, or a student's of a school for children.
fn is_child(context: &Context<'_>, nouns: &TokenRange, phrase: &TokenRange) -> bool {
    let words = &context.knowledge.lexicon.protect_words;
    let Some(last) = beside::lemmas(context, nouns).pop() else {
        return false;
    };
    if words.has(Word::Child, &last) {
        return true;
    }
    let phrase = beside::words(context, phrase);
    let school = phrase.iter().enumerate().any(|(i, word)| {
        let next = phrase.get(i + 1).map_or("", String::as_str);
        words.has(Word::Schooling, word)
            && (matches!(word.as_str(), "form" | "grade" | "kindergarten")
                || next.starts_with("school"))
    });
    last == "student" && school
}

/// The age that words state: “14-year-old”, “nine years old”, “aged 13”, “eight-month-old” (0).
fn stated(context: &Context<'_>, tokens: &TokenRange) -> Option<u32> {
    let words = parts(context, tokens);
    let unit = |word: &str| {
        let beside_number = context
            .knowledge
            .lexicon
            .protect_words
            .has(Word::Born, word);
        beside_number.then(|| word.starts_with("month"))
    };
    words.iter().enumerate().find_map(|(i, word)| {
        let count = number(context, word)?;
        let before = i.checked_sub(1).and_then(|b| words.get(b));
        if before.is_some_and(|b| matches!(b.as_str(), "aged" | "age")) {
            return Some(count);
        }
        let months = unit(words.get(i + 1)?)?;
        let old = matches!(
            words.get(i + 2).map(String::as_str),
            Some("old" | "olds" | "of")
        ) || words
            .get(i + 1)
            .is_some_and(|w| matches!(w.as_str(), "yo" | "y/o"));
        old.then_some(if months { count / 12 } else { count })
    })
}

/// The age in “Dara, 14,” and “Dara (14)”: a number that stands alone.
pub(super) fn bare(context: &Context<'_>, tokens: &TokenRange) -> Option<u32> {
    let words = beside::words(context, tokens);
    match words.as_slice() {
        [one] => one.parse().ok().filter(|years| *years < 120),
        [one, unit] if unit.starts_with("year") => one.parse().ok().filter(|years| *years < 120),
        _ => None,
    }
}

/// Words in lower case, those with hyphens cut: “14-year-old” is three.
fn parts(context: &Context<'_>, tokens: &TokenRange) -> Vec<String> {
    beside::words(context, tokens)
        .iter()
        .flat_map(|word| word.split('-'))
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A number in figures or in words; a decade alone (“twenty”) is enough to be of age.
fn number(context: &Context<'_>, word: &str) -> Option<u32> {
    let figures = word.parse().ok();
    figures
        .or_else(|| {
            let numbers = &context.knowledge.lexicon.times.numbers;
            let only = |i: usize| if i == 0 { word } else { "" };
            numbers.longest(only).and_then(|(number, _)| *number)
        })
        .filter(|years| *years < 120)
}
