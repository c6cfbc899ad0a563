//! Content by quotation marks and word order, where the tree has no clause for a cue.

use sayso_text::Rel;
use sayso_text::{TokenRange, Upos};

use super::aside::behind_dateline;
use super::clause::{Content, behind_citing, cut_continuation};
use super::cue::Hit;
use super::source;
use super::view::View;
use crate::StatementRule as Rule;

/// A quotation next to a verb without any clause in the tree.
pub(super) fn by_quote(view: &View<'_>, verb: usize) -> Option<Content> {
    let sentence = view.sentence(verb);
    let before = view.quotes.iter().rev().find(|q| {
        q.close
            .is_some_and(|c| c < verb && c >= sentence.start && verb - c <= 12)
    });
    let after = view
        .quotes
        .iter()
        .find(|q| q.open > verb && q.open < sentence.end && q.open - verb <= 10);
    let is_long = |range: &TokenRange| range.len() > 4;
    // "He said: | “…”" with the quotation in the next sentence.
    let colon = sentence.end > verb + 1 && view.lower(sentence.end - 1) == ":";
    let after = after.or_else(|| {
        colon
            .then(|| view.quotes.iter().find(|q| q.open == sentence.end))
            .flatten()
    });
    let before = before.filter(|q| is_long(&q.inside) && view.has(Rule::QuoteBeforeCue));
    if let Some(quote) = before {
        // A quotation that starts its sentence is the content; a part of one is a part.
        let starts =
            quote.open <= sentence.start || (sentence.start..quote.open).all(|i| view.is_punct(i));
        let start = if starts {
            quote.inside.start
        } else {
            sentence.start
        };
        let mut ranges = vec![start..quote.inside.end];
        if let Some(second) = after {
            ranges.push(second.inside.clone());
        }
        return Some(Content {
            ranges,
            head: None,
            rule: Some(Rule::QuoteBeforeCue),
            left: true,
            ..Content::default()
        });
    }
    let quote = after.filter(|_| view.has(Rule::QuoteAfterCue))?;
    is_long(&quote.inside).then(|| Content {
        ranges: vec![quote.inside.clone()],
        head: None,
        rule: Some(Rule::QuoteAfterCue),
        ..Content::default()
    })
}

/// Without help from the tree: a finite clause after the verb, or everything before a verb that
/// ends its sentence.
pub(super) fn by_order(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    let verb = hit.main;
    let sentence = view.sentence(verb);
    let last_word = (verb..sentence.end)
        .rev()
        .find(|&i| !view.is_punct(i))
        .unwrap_or(verb);
    let speaker = source::beside(view, verb);
    // ", officials said on Sunday."
    let closes_sentence = last_word - verb <= 12
        && !(verb + 1..=last_word).any(|i| view.is_verb(i) && view.is_finite(i));
    if closes_sentence
        && view.has(Rule::WordsBeforeCue)
        && view.rel(verb) != Rel::AclRelcl
        && let Some(speaker) = speaker
    {
        let start = if speaker < verb {
            source::phrase(view, speaker).start
        } else {
            verb
        };
        // A finite verb, or what a headline has in its place ("dozens executed", "all attackers
        // dead"); a participle does not make a clause of "in a statement read on television".
        let phrase = view.upos(sentence.start) == Upos::Adp;
        let has_clause = (sentence.start..start).any(|i| {
            (view.is_verb(i) && (view.is_finite(i) || !phrase))
                || view
                    .child(i, &[Rel::Nsubj, Rel::NsubjPass])
                    .is_some_and(|s| s < i)
        });
        if has_clause && start > sentence.start + 2 {
            let first = behind_dateline(view, &sentence, start);
            return Some(Content {
                ranges: vec![first..start],
                head: (first..start).find(|&i| view.is_finite(i)),
                rule: Some(Rule::WordsBeforeCue),
                left: true,
                ..Content::default()
            });
        }
    }
    // "reported, citing two witnesses, that …", with the clause hung on "citing".
    if let Some(start) = behind_citing(view, hit) {
        return Some(Content {
            ranges: vec![start..cut_continuation(view, verb, start, sentence.end)],
            head: (start..sentence.end).find(|&i| view.is_finite(i)),
            rule: Some(Rule::ClauseBehindCiting),
            ..Content::default()
        });
    }
    if !view.has(Rule::WordsAfterCue) {
        return None;
    }
    let mut at = hit.last() + 1;
    while at < sentence.end
        && (matches!(view.upos(at), Upos::Adv) || view.lower(at) == ":" || view.lower(at) == ",")
    {
        at += 1;
    }
    let that = view.lower(at) == "that";
    let clause_start = matches!(
        view.upos(at),
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Num | Upos::Adj | Upos::Sconj
    );
    let finite = (at + 1..sentence.end).find(|&i| view.is_finite(i))?;
    // "reported explosions at the airport, which woke …": an object is no clause.
    let has_object = view
        .child(verb, &[Rel::Obj])
        .is_some_and(|o| view.reach(o).contains(&finite));
    let told = view
        .child(verb, &[Rel::Obj, Rel::Iobj])
        .is_some_and(|o| o > verb && o < finite);
    if !(that || (clause_start && !told && !has_object && finite - at <= 14)) {
        return None;
    }
    let end = cut_continuation(view, verb, at, sentence.end);
    Some(Content {
        ranges: vec![at + usize::from(that)..end],
        head: Some(finite),
        rule: Some(Rule::WordsAfterCue),
        ..Content::default()
    })
}
