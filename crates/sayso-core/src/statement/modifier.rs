//! Cues that modify a clause: "reportedly", "allegedly", "according to …".

use sayso_lexicon::WordClass;
use sayso_text::{Rel, TokenRange, Upos, Xpos};

use super::aside::behind_dateline;
use super::clause::Content;
use super::cue::Hit;
use super::piece::without;
use super::source::{self, Phrase};
use super::source_kind;
use super::view::View;
use crate::{SourceKind, StatementRule as Rule};

/// The clause that the adverb of `hit` stands in, without the adverb.
pub(super) fn adverb(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    if !view.has(Rule::ClauseOfAdverb) {
        return None;
    }
    let adverb = hit.main;
    let governor = view.head(adverb)?;
    // "an allegedly stolen car" describes a noun; it reports no clause.
    if matches!(view.rel(governor), Rel::Amod | Rel::Compound) && view.has(Rule::AdverbOfNoun) {
        return None;
    }
    let clause = clause_of(view, governor);
    let range = clause_range(view, clause);
    Some(Content {
        ranges: without(&range, &(adverb..adverb + 1)),
        head: Some(clause),
        rule: Some(Rule::ClauseOfAdverb),
        ..Content::default()
    })
}

/// The head of the clause that `token` stands in.
fn clause_of(view: &View<'_>, token: usize) -> usize {
    let mut at = token;
    for _ in 0..view.len() {
        let heads_clause = matches!(
            view.rel(at),
            Rel::Root
                | Rel::Ccomp
                | Rel::Xcomp
                | Rel::Advcl
                | Rel::Acl
                | Rel::AclRelcl
                | Rel::Parataxis
                | Rel::Csubj
                | Rel::CsubjPass
        ) || (view.rel(at) == Rel::Conj && view.is_verb(at));
        if heads_clause {
            return at;
        }
        match view.head(at) {
            Some(head) => at = head,
            None => return at,
        }
    }
    at
}

/// The tokens of a clause without clauses that are coordinated with it or hang loosely on it.
fn clause_range(view: &View<'_>, clause: usize) -> TokenRange {
    let reach = view.reach(clause);
    let (mut start, mut end) = (reach.start, reach.end);
    for &child in view.children(clause) {
        let part = view.reach(child);
        let own = matches!(view.rel(child), Rel::Conj | Rel::Parataxis)
            && view.is_verb(child)
            && view.child(child, &[Rel::Nsubj, Rel::NsubjPass]).is_some();
        if own && child > clause {
            end = end.min(part.start);
        } else if own && child < clause {
            start = start.max(part.end);
        }
    }
    // Conjunctions, and the relative pronoun, are no part of what is said.
    while start < end
        && (view.is_punct(start)
            || matches!(view.rel(start), Rel::Cc | Rel::Mark)
            || (view.rel(clause) == Rel::AclRelcl
                && matches!(view.lower(start), "who" | "which" | "that")))
    {
        start += 1;
    }
    while start < end && (view.is_punct(end - 1) || view.rel(end - 1) == Rel::Cc) {
        end -= 1;
    }
    start..end
}

/// "according to rank": a common noun in the singular without any article or modifier measures
/// something, unless it can speak ("police") or keeps words ("testimony").
fn is_bare_measure(view: &View<'_>, noun: usize) -> bool {
    view.xpos(noun) == Xpos::NN
        && view.children(noun).iter().all(|&c| {
            c > noun || view.is_punct(c) || view.rel(c) == Rel::Case || view.rel(c) == Rel::Fixed
        })
        && !source::is_speaker(view, noun)
        && !source::is_text(view, noun)
}

/// Whether what "according to" and its like govern at `noun` is nobody who says anything.
pub(super) fn is_no_speaker(view: &View<'_>, noun: usize) -> bool {
    view.has(Rule::PlanIsNoSpeaker)
        && (view.is_in(WordClass::NoSpeaker, view.lemma(noun)) || is_bare_measure(view, noun))
}

/// Whether "per" or "for" credits whom it governs: "Per the mayor, …", "For Colonel Baro, the war
/// is over", but not "per day" or "for the dead".
fn credits(view: &View<'_>, hit: &Hit<'_>, speaker: &Phrase) -> bool {
    if !view.has(Rule::OpensClause) {
        return true;
    }
    let sentence = view.sentence(hit.main);
    let opens =
        hit.main == behind_dateline(view, &sentence, hit.main) || hit.main == sentence.start;
    let comma = view.lower(speaker.tokens.end) == ",";
    let kind = source_kind::of(view, speaker);
    if hit.cue.name == "per" {
        let end = speaker.tokens.end;
        let closes = (end..(end + 8).min(sentence.end))
            .find(|&i| view.lower(i) == "," || (view.is_verb(i) && view.is_finite(i)))
            .is_some_and(|i| view.lower(i) == ",");
        let behind_comma = hit.main > sentence.start && view.lower(hit.main - 1) == ",";
        // "Per day, …" measures; "per the mayor" names somebody.
        let somebody =
            kind != SourceKind::Unknown || speaker.tokens.clone().any(|i| view.xpos(i) == Xpos::DT);
        return ((opens && closes) || behind_comma) && somebody && speaker.tokens.len() > 1;
    }
    // A view that is told in the present: "for the widow, the war ended in May" is the writer's.
    let present = (speaker.tokens.end..sentence.end).find(|&i| view.is_finite(i));
    opens
        && comma
        && kind == SourceKind::NamedOfficial
        && present.is_some_and(|i| matches!(view.lower(i), "is" | "are" | "remains" | "remain"))
}

/// Content and speaker of "according to …".
pub(super) fn preposition(view: &View<'_>, hit: &Hit<'_>) -> Option<(Content, Phrase, TokenRange)> {
    if !view.has(Rule::ClauseOfPreposition) {
        return None;
    }
    let sentence = view.sentence(hit.main);
    let speaker = [hit.main, hit.last()]
        .into_iter()
        .filter_map(|t| view.head(t))
        .find(|&h| h > hit.last() && view.is_nominal(h))
        .or_else(|| (hit.last() + 1..sentence.end).find(|&i| ends_noun(view, i, sentence.end)))?;
    if is_no_speaker(view, speaker) {
        return None;
    }
    let full = source::full(view, speaker);
    if matches!(hit.cue.name.as_str(), "per" | "for") && !credits(view, hit, &full) {
        return None;
    }
    let reach = view.reach(speaker);
    // Commas around the phrase go with it.
    let block = hit.main..reach.end.max(full.tokens.end).min(sentence.end);
    let governor = view.head(speaker).filter(|&g| !block.contains(&g));
    let rest_is_empty = (block.end..sentence.end).all(|i| view.is_punct(i));
    let first = behind_dateline(view, &sentence, hit.main);
    let before_is_empty = (first..block.start).all(|i| view.is_punct(i));
    let mut range = first..sentence.end;
    if let Some(governor) = governor.filter(|_| view.has(Rule::StartAtLaterClause)) {
        let clause = clause_of(view, governor);
        let own = clause_range(view, clause);
        // A later part of the sentence with its own subject keeps to itself.
        if view.rel(clause) == Rel::Conj
            && view.child(clause, &[Rel::Nsubj, Rel::NsubjPass]).is_some()
            && own.start > sentence.start
            && view.rel(own.start.saturating_sub(1)) == Rel::Cc
            && (!rest_is_empty || view.lower(own.start.saturating_sub(1)) == "but")
        {
            range = own.start..sentence.end;
        } else if !rest_is_empty && !before_is_empty {
            range = own.start.min(block.start)..own.end.max(block.end);
        }
    }
    let quote_start = view
        .quotes
        .iter()
        .find(|q| {
            view.has(Rule::QuoteOverSentences)
                && q.open < sentence.start
                && q.inside.end > sentence.start
                && q.inside.end <= block.start
        })
        .map(|q| q.open + 1);
    let range = quote_start.unwrap_or(range.start)..range.end;
    Some((
        Content {
            ranges: without(&range, &block),
            head: governor,
            rule: Some(Rule::ClauseOfPreposition),
            left: !rest_is_empty,
            ..Content::default()
        },
        full,
        block,
    ))
}

fn ends_noun(view: &View<'_>, i: usize, end: usize) -> bool {
    view.is_nominal(i) && (i + 1 >= end || !matches!(view.upos(i + 1), Upos::Noun | Upos::Propn))
}
