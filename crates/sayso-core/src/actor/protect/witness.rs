//! Who was there and tells of it, and who would not be named.

use sayso_lexicon::ProtectWord as Word;
use sayso_text::{Rel, Span, TokenRange};

use super::{Subject, beside};
use crate::mention::{lemma, noun_of};
use crate::{Context, MentionKind, ProtectRule as Rule, SourceKind, Statement};

/// How many words may stand between the phrase of anonymity and a name behind it.
const NEAR: usize = 4;

/// The rule that makes somebody a witness, and its words.
pub(super) fn of(
    context: &Context<'_>,
    subject: &Subject<'_>,
    human: bool,
    statements: &[Statement],
) -> Option<(Rule, Option<Span>)> {
    if context.has(Rule::WitnessByNoun)
        && let Some(span) = called(context, subject)
    {
        return Some((Rule::WitnessByNoun, Some(span)));
    }
    if context.has(Rule::WitnessUnnamed)
        && human
        && let Some(span) = unnamed(context, subject)
    {
        return Some((Rule::WitnessUnnamed, Some(span)));
    }
    if context.has(Rule::WitnessBySight)
        && human
        && let Some(word) = saw(context, subject)
    {
        let span = context.reading.span(&(word..word + 1));
        return Some((Rule::WitnessBySight, Some(span)));
    }
    let speaks = context.has(Rule::WitnessSpeaks)
        && human
        && statements.iter().flat_map(|s| &s.sources).any(|source| {
            source.kind == SourceKind::Eyewitness
                && source.entity.is_some()
                && source.entity == subject.entity
        });
    speaks.then_some((Rule::WitnessSpeaks, None))
}

/// The words by which somebody is called a witness.
fn called(context: &Context<'_>, subject: &Subject<'_>) -> Option<Span> {
    let words = &context.knowledge.lexicon.protect_words;
    let mention = subject.mentions.iter().find(|mention| {
        noun_of(context, mention)
            .is_some_and(|agent| agent.class == "witness" || words.has(Word::Witness, &agent.noun))
    });
    if let Some(mention) = mention {
        return Some(mention.span);
    }
    subject.named.iter().find_map(|named| {
        let beside = beside::of(context, named);
        let last = beside::last_nouns(context, &beside.before);
        let others = [&beside.across, &beside.after];
        let others = others
            .into_iter()
            .filter_map(|phrase| beside::first_nouns(context, phrase));
        std::iter::once(last)
            .chain(others)
            .find(|nouns| {
                let noun = beside::lemmas(context, nouns).pop();
                noun.is_some_and(|noun| words.has(Word::Witness, &noun))
            })
            .map(|nouns| context.reading.span(&nouns))
    })
}

/// The verb of a clause that says that somebody was there: “Dara, who saw it”, “Dara testified”.
fn saw(context: &Context<'_>, subject: &Subject<'_>) -> Option<usize> {
    let words = &context.knowledge.lexicon.protect_words;
    let verb = |token: usize| lemma(context.reading, token);
    subject.heads().find_map(|head| {
        let relative = context
            .syntax
            .children_by(head, &[Rel::AclRelcl, Rel::Acl])
            .find(|&token| words.has(Word::Seeing, &verb(token)));
        relative.or_else(|| {
            let above = context.syntax.head(head)?;
            let subject = context.syntax.rel(head) == Rel::Nsubj;
            (subject && words.has(Word::Testifying, &verb(above))).then_some(above)
        })
    })
}

/// The phrase by which the report says that it leaves out or changes somebody's name: one that
/// stands in the sentence behind them before anybody else is named, or right before the name.
fn unnamed(context: &Context<'_>, subject: &Subject<'_>) -> Option<Span> {
    let reading = context.reading;
    let nominal = subject
        .mentions
        .iter()
        .filter(|m| m.kind == MentionKind::Nominal)
        .map(|m| m.tokens.clone());
    let named = subject.named.iter().map(|named| named.tokens.clone());
    nominal.chain(named).find_map(|own| {
        let sentence = reading.sentences.get(reading.sentence_of(own.start))?;
        let phrase = phrases(context, &sentence.tokens)
            .into_iter()
            .find(|phrase| {
                let behind = phrase.start >= own.end && {
                    let between = own.end..phrase.start;
                    !reading.names.iter().any(|n| {
                        n.kind == sayso_text::NameKind::Person && between.contains(&n.tokens.start)
                    })
                };
                let before = phrase.end <= own.start && own.start - phrase.end < NEAR;
                behind || before
            })?;
        Some(reading.span(&phrase))
    })
}

/// Where phrases of anonymity stand in a sentence.
fn phrases(context: &Context<'_>, sentence: &TokenRange) -> Vec<TokenRange> {
    let words = beside::words(context, sentence);
    let lists = &context.knowledge.lexicon.protect_words;
    let mut found = Vec::new();
    for phrase in lists.of(Word::Anonymous) {
        let parts: Vec<&str> = phrase.split(' ').collect();
        for (i, window) in words.windows(parts.len()).enumerate() {
            if window.iter().zip(&parts).all(|(a, b)| a == b) {
                let start = sentence.start + i;
                found.push(start..start + parts.len());
            }
        }
    }
    found
}
