//! Content before or around its cue: "…, he said", "“…,” she said, “…”".

use sayso_lexicon::{CueKind, Frame};
use sayso_text::{Rel, TokenRange, Upos, Xpos};

use super::clause::{Content, cue_clause, rest_of_quote};
use super::cue::{self, Hit};
use super::medium;
use super::source::{self, Speaker};
use super::view::View;
use crate::StatementRule as Rule;

/// The clause left of the verb, up to the block of cue and speaker.
pub(super) fn left(
    view: &View<'_>,
    hit: &Hit<'_>,
    clause: usize,
    clause_end: usize,
) -> Option<Content> {
    if !view.has(Rule::ClauseBeforeCue) {
        return None;
    }
    let verb = hit.main;
    let sentence = view.sentence(verb);
    let block = block(view, hit, clause_end.min(verb));
    let start = left_start(view, verb, clause, &sentence);
    if start >= block.start {
        return None;
    }
    let mut ranges = vec![start..block.start];
    ranges.extend(second_part(view, hit, clause, &block, &sentence));
    Some(Content {
        ranges,
        head: Some(clause),
        rule: Some(Rule::ClauseBeforeCue),
        left: true,
        ..Content::default()
    })
}

/// The clause around (or before) a parenthetical verb.
pub(super) fn around(view: &View<'_>, hit: &Hit<'_>, clause: usize) -> Option<Content> {
    let verb = hit.main;
    let sentence = view.sentence(verb);
    let reach = view.reach(verb);
    let outer = view.reach(clause);
    if reach.start <= outer.start && verb < clause {
        // The tree is upside down.
        return None;
    }
    if !view.has(Rule::ClauseAroundCue) {
        return None;
    }
    let start = left_start(view, verb, clause, &sentence);
    let mut ranges = vec![start..reach.start];
    let block = reach.clone();
    let end = outer.end.min(sentence.end);
    let is_open = |i: usize| view.quotes.iter().any(|q| q.open == i);
    let opening = (block.end..end).find(|&i| !view.is_punct(i) || is_open(i));
    if opening.is_some_and(is_open) {
        ranges.extend(second_part(view, hit, clause, &block, &sentence));
    } else if end > block.end
        && view.has(Rule::SecondPart)
        && (block.end..end).any(|i| !view.is_punct(i))
    {
        ranges.push(block.end..end);
        ranges.extend(rest_of_quote(view, block.end, end));
    } else {
        ranges.extend(second_part(view, hit, clause, &block, &sentence));
    }
    Some(Content {
        ranges,
        head: Some(clause),
        rule: Some(Rule::ClauseAroundCue),
        left: true,
        ..Content::default()
    })
}

/// The words before the speaker of a cue between commas: "*Unless it rains*, the mayor warned, the
/// dam will run dry".
pub(super) fn first_part(
    view: &View<'_>,
    hit: &Hit<'_>,
    content: &Content,
    speaker: &Speaker,
) -> Option<TokenRange> {
    let verb = hit.last();
    let second = content.ranges.first()?.start;
    let speaker = speaker.chain.first()?.tokens.start;
    let sentence = view.sentence(verb);
    let between_commas = hit.cue.kind == CueKind::Verb
        && content.rule == Some(Rule::ClauseAfterCue)
        && second > verb + 1
        && view.lower(verb + 1) == ","
        && (verb + 1..second).all(|i| view.is_punct(i))
        && (sentence.start + 2..=hit.main).contains(&speaker)
        && view.lower(speaker - 1) == ",";
    if !between_commas || !view.has(Rule::FirstPart) {
        return None;
    }
    let part = behind_dateline(view, &sentence, speaker - 1)..speaker - 1;
    // "Speaking in Tunis, the minister said, …" and "In a statement, …" are about the saying.
    let about_saying = matches!(view.xpos(part.start), Xpos::VBG | Xpos::VBN)
        || part.clone().any(|i| {
            medium::is_medium(view, i)
                || (cue::is_cue_verb(view, i)
                    && cue::at(view, i)
                        .iter()
                        .any(|h| h.cue.kind == CueKind::Verb && h.cue.takes(Frame::Clause)))
        });
    let tells = part.clone().any(|i| view.is_verb(i) || view.is_nominal(i));
    (tells && !about_saying).then_some(part)
}

/// Where content before the cue starts: at the sentence, earlier where a quotation runs over
/// several sentences, later where the verb belongs to a later part of the sentence.
fn left_start(view: &View<'_>, verb: usize, clause: usize, sentence: &TokenRange) -> usize {
    let last = view.reach(clause).end.min(verb);
    if view.has(Rule::QuoteOverSentences)
        && let Some(quote) = view
            .quotes
            .iter()
            .find(|q| q.open < sentence.start && q.inside.end > sentence.start && q.open < last)
    {
        return quote.open + 1;
    }
    let top = |mut at: usize| {
        let mut steps = 0;
        while let Some(head) = view.head(at) {
            if matches!(view.rel(at), Rel::Parataxis | Rel::Dep | Rel::Discourse) && head == clause
            {
                at = head;
            } else {
                break;
            }
            steps += 1;
            if steps > 4 {
                break;
            }
        }
        at
    };
    let governor = top(verb);
    if view.head(governor).is_none()
        || view.rel(governor) == Rel::Root
        || !view.has(Rule::StartAtLaterClause)
    {
        return behind_dateline(view, sentence, last);
    }
    // "The army fired, but nobody was hurt, medics said": the later part only where the tree
    // says so.
    view.reach(clause).start.min(clause).max(sentence.start)
}

/// The first token behind a dateline such as "LENKO, May 3 (Agency) --".
pub(super) fn behind_dateline(view: &View<'_>, sentence: &TokenRange, last: usize) -> usize {
    if !view.has(Rule::StartBehindDateline) {
        return sentence.start;
    }
    let dash = (sentence.start..last.min(sentence.start + 24))
        .find(|&i| matches!(view.lower(i), "—" | "–" | "--" | "-"));
    let Some(dash) = dash.filter(|&d| d > sentence.start) else {
        return sentence.start;
    };
    let agency = view.lower(dash - 1) == ")";
    let capitals = view
        .context
        .reading
        .word(sentence.start)
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase);
    let verbless = !(sentence.start..dash).any(|i| view.is_verb(i));
    let end_before = |i: usize| view.context.reading.tokens.get(i).map(|t| t.span.end());
    let start_of = view
        .context
        .reading
        .tokens
        .get(dash)
        .map(|t| t.span.start());
    // A hyphen inside a word is none.
    let spaced = end_before(dash - 1) != start_of;
    if agency || (spaced && verbless && capitals && dash - sentence.start <= 10) {
        dash + 1
    } else {
        sentence.start
    }
}

/// The block of cue and speaker at or behind `from`: what is cut out of the content.
pub(super) fn block(view: &View<'_>, hit: &Hit<'_>, from: usize) -> TokenRange {
    let verb = hit.main;
    let mut start = verb;
    let mut end = hit.last() + 1;
    for &child in view.children(verb) {
        let reach = view.reach(child);
        if child < verb && reach.start >= from {
            start = start.min(reach.start);
        }
        // A quotation behind the cue is its second part, wherever the tree hangs it.
        let quoted = view
            .quotes
            .iter()
            .any(|q| verb < q.open && q.open <= reach.start && q.holds(child));
        if child > verb
            && !quoted
            && !matches!(view.rel(child), Rel::Ccomp | Rel::Parataxis | Rel::Punct)
        {
            end = end.max(reach.end);
        }
    }
    // A speaker right before the verb that the tree hangs elsewhere.
    if start == verb
        && let Some(subject) = source::beside(view, verb)
        && subject < verb
    {
        let phrase = source::full(view, subject).tokens;
        // Inside what the tree takes for the content only behind a comma.
        let apart = phrase.start > 0 && view.is_punct(phrase.start - 1);
        if subject >= from {
            start = phrase.start.max(from);
        } else if apart && phrase.end <= verb {
            start = phrase.start;
        }
    }
    start..end
}

/// A coordinated verb at `at` without a subject, up to the end of the sentence: it goes on with
/// the subject of what is said before the cue.
fn without_subject(view: &View<'_>, at: usize, sentence: &TokenRange) -> Option<TokenRange> {
    let joined = matches!(view.lower(at), "and" | "but" | "or") && view.has(Rule::GoesOnWithout);
    let verb = (at + 1..sentence.end)
        .take(4)
        .find(|&i| !matches!(view.upos(i), Upos::Adv | Upos::Aux | Upos::Part))
        .filter(|&i| joined && view.is_verb(i) && view.is_finite(i))?;
    let alone = view
        .child(verb, &[Rel::Nsubj, Rel::NsubjPass])
        .is_none_or(|s| s < at);
    let end = (verb..sentence.end)
        .find(|&i| i > verb && view.is_finite(i) && cue_clause(view, i))
        .unwrap_or(sentence.end);
    let speaks = cue::at(view, verb)
        .iter()
        .any(|h| h.cue.kind == CueKind::Verb && h.cue.act != "silence");
    (alone && !speaks && end == sentence.end).then_some(at..end)
}

/// What goes on behind the block: "…, he said, “…”".
fn second_part(
    view: &View<'_>,
    hit: &Hit<'_>,
    clause: usize,
    block: &TokenRange,
    sentence: &TokenRange,
) -> Option<TokenRange> {
    if !view.has(Rule::SecondPart) {
        return None;
    }
    let verb = hit.main;
    let mut at = block.end;
    while at < sentence.end && view.is_punct(at) && !view.quotes.iter().any(|q| q.open == at) {
        at += 1;
    }
    if let Some(quote) = view
        .quotes
        .iter()
        .find(|q| q.open == at && at < sentence.end)
    {
        // Only where the first part was a quotation too: "“A,” he said, “B.”"
        let quoted = view
            .quotes
            .iter()
            .any(|q| q.close.is_some_and(|c| c < verb && c + 6 > block.start));
        // "… she told us. “B,” he added": the second quotation has a cue of its own.
        let end = quote.end();
        let other = (end..(end + 6).min(sentence.end)).any(|i| {
            view.is_finite(i) && cue::at(view, i).iter().any(|h| h.cue.kind == CueKind::Verb)
        });
        return (quoted && !other).then(|| quote.inside.clone());
    }
    let below = view.children(verb).iter().copied().find(|&c| {
        c >= block.end && matches!(view.rel(c), Rel::Ccomp | Rel::Parataxis) && !cue_clause(view, c)
    });
    if let Some(second) = below {
        let reach = view.reach(second);
        return Some(reach.start.max(block.end)..reach.end.min(sentence.end));
    }
    // "The rebels agreed to a truce, the envoy said, but refused to disarm."
    if let Some(rest) = without_subject(view, at, sentence) {
        return Some(rest);
    }
    // Left-over words that hang on the clause itself.
    let tail = (block.end..sentence.end)
        .filter(|&i| !view.is_punct(i) && view.dominates(clause, i) && !view.dominates(verb, i))
        .fold(None::<TokenRange>, |range, i| {
            Some(range.map_or(i..i + 1, |r| r.start..i + 1))
        });
    tail.filter(|r| r.len() > 1)
}
