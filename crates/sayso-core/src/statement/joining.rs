//! Passes over all drafts of a text: who carries whom, who is cited, where quotations go on.

use sayso_text::{Rel, TokenRange};

use super::antecedent;
use super::draft::Draft;
use super::piece::{tidy_all, without};
use super::source;
use super::view::View;
use crate::Act;
use crate::StatementRule as Rule;

/// Joins statements that only say who passes another one on: "…, according to a wire service",
/// "…, a paper reports".
pub(super) fn join_carriers(view: &View<'_>, drafts: &mut Vec<Draft>) {
    if !view.has(Rule::JoinedCarrier) {
        return;
    }
    let mut gone = vec![false; drafts.len()];
    for i in 0..drafts.len() {
        let Some(mut carried) = carried_by(view, drafts, i) else {
            continue;
        };
        // Of two that carry each other the first one does.
        carried.retain(|&c| !gone[c]);
        if carried.is_empty() {
            continue;
        }
        let (main, content) = (drafts[i].main, drafts[i].content.clone());
        let carriers = drafts[i].speaker.chain.clone();
        for &c in &carried {
            let said = drafts[i].speaker.chain.last().map_or(0, |p| p.tokens.end);
            let opened = drafts[c]
                .content
                .ranges
                .iter_mut()
                .find(|r| r.start == main && r.end > said + 1)
                .filter(|_| view.has(Rule::PrepositionOpensContent));
            if let Some(range) = opened {
                range.start = said;
                drafts[c]
                    .speaker
                    .chain
                    .splice(0..0, carriers.iter().cloned());
                drafts[c].content.ranges =
                    tidy_all(view, std::mem::take(&mut drafts[c].content.ranges));
                continue;
            }
            drafts[c].speaker.chain.extend(carriers.iter().cloned());
            // "X, the agency reported, according to the master": the agency's words are no part;
            // "…, the mayor said, according to the agency": nor is the second cue.
            if content.left && drafts[c].content.ranges.iter().any(|r| r.contains(&main)) {
                drafts[c].content = content.clone();
            } else {
                let after = |r: &TokenRange| r.start >= main && drafts[c].main < main;
                let mut ranges = drafts[c].content.ranges.clone();
                ranges.retain(|r| !(after(r) && r.contains(&main)));
                if !ranges.is_empty() {
                    drafts[c].content.ranges = ranges;
                }
            }
        }
        gone[i] = true;
    }
    let mut keep = gone.iter().map(|g| !g);
    drafts.retain(|_| keep.next().unwrap_or(true));
}

/// The drafts that draft `i` passes on without saying anything itself.
fn carried_by(view: &View<'_>, drafts: &[Draft], i: usize) -> Option<Vec<usize>> {
    let draft = &drafts[i];
    let governor = draft.content.head.unwrap_or(usize::MAX);
    let preposition = draft.rule == Rule::CuePreposition;
    let trailing_media = draft.content.left
        && draft.act == Act::Report
        && draft
            .speaker
            .chain
            .first()
            .is_some_and(|p| super::source_kind::of(view, p) == crate::SourceKind::Media);
    if !(preposition || trailing_media) {
        return None;
    }
    let sentence = view.sentence(draft.main);
    // What is left of the content when another statement with its cue and speaker is taken out.
    let only_says = |d: &Draft| {
        let mut rest: Vec<usize> = draft.content.ranges.iter().flat_map(Clone::clone).collect();
        let taken = |i: &usize| {
            view.is_punct(*i)
                || d.content.ranges.iter().any(|r| r.contains(i))
                || d.cue.as_ref().is_some_and(|c| c.contains(i))
                || d.speaker.chain.iter().any(|p| p.tokens.contains(i))
                || d.to.as_ref().is_some_and(|p| p.tokens.contains(i))
                || d.medium.as_ref().is_some_and(|p| p.tokens.contains(i))
        };
        rest.retain(|i| !taken(i));
        rest.len() <= 4
    };
    let carried: Vec<usize> = drafts
        .iter()
        .enumerate()
        .filter(|&(j, d)| {
            j != i
                && sentence.contains(&d.main)
                && !d.speaker.chain.is_empty()
                && d.main != draft.main
                && (d.main == governor
                    || only_says(d)
                    || (matches!(view.lemma(governor), "quote" | "cite")
                        && view
                            .head(d.main)
                            .is_some_and(|h| h == governor || view.head(h) == Some(governor))))
        })
        .map(|(j, _)| j)
        .collect();
    (!carried.is_empty()).then_some(carried)
}

/// Ends a denial before a relative clause that somebody else says: in "denied the deaths that
/// residents report", the residents' words are not what is denied.
pub(super) fn trim_denials(view: &View<'_>, drafts: &mut [Draft]) {
    if !view.has(Rule::TrimDenied) {
        return;
    }
    let starts: Vec<usize> = drafts
        .iter()
        .filter(|d| is_relative(d))
        .filter_map(|d| d.content.ranges.first().map(|r| r.end))
        .collect();
    for draft in drafts
        .iter_mut()
        .filter(|d| matches!(d.act, Act::Deny | Act::ClaimResponsibility))
    {
        for &start in &starts {
            for range in &mut draft.content.ranges {
                if range.start < start && start < range.end {
                    range.end = start;
                }
            }
        }
        draft.content.ranges = tidy_all(view, std::mem::take(&mut draft.content.ranges));
    }
}

/// Whether the content is a noun and the clause that modifies it.
fn is_relative(draft: &Draft) -> bool {
    draft.content.rule == Some(Rule::ClauseInRelative)
}

/// Puts a cited source before who cites it: "the paper said, citing two officials".
pub(super) fn add_cited(view: &View<'_>, drafts: &mut [Draft]) {
    if !view.has(Rule::CitedSource) {
        return;
    }
    for i in 0..view.len() {
        if !matches!(view.lemma(i), "cite" | "quote") || view.lower(i) == "cited" {
            continue;
        }
        let (Some(object), Some(head)) = (view.child(i, &[Rel::Obj]), view.head(i)) else {
            continue;
        };
        if object < i || !antecedent::can_speak(view, object) {
            continue;
        }
        let saying = drafts
            .iter()
            .any(|d| view.head(d.main).is_some_and(|h| h == i || h == object));
        if saying {
            continue;
        }
        let sentence = view.sentence(i);
        let citing = drafts
            .iter()
            .position(|d| d.main == head && !d.speaker.chain.is_empty())
            .or_else(|| {
                // "The paper, quoting two ministers, reported": between speaker and cue.
                let between = |d: &Draft| {
                    let speaker = d.speaker.chain.first();
                    i > 0
                        && view.is_punct(i - 1)
                        && sentence.contains(&d.main)
                        && i < d.main
                        && d.act == Act::Report
                        && speaker.is_some_and(|p| p.tokens.end <= i && p.tokens.end + 2 > i)
                };
                drafts.iter().position(between)
            })
            .or_else(|| {
                // Behind a comma it goes with the cue before it, wherever the tree hangs it.
                drafts
                    .iter()
                    .enumerate()
                    .filter(|(_, d)| {
                        i > 0
                            && view.is_punct(i - 1)
                            && sentence.contains(&d.main)
                            && d.main < i
                            && d.cue.is_some()
                            && d.act == Act::Report
                            && !d.speaker.chain.is_empty()
                    })
                    .max_by_key(|(_, d)| d.main)
                    .map(|(at, _)| at)
            });
        if let Some(draft) = citing.and_then(|at| drafts.get_mut(at)) {
            draft.speaker.chain.insert(0, source::full(view, object));
            draft.speaker.rule = Some(Rule::CitedSource);
            // The clause of "citing" is no part of what is said.
            let hole = i..source::full(view, object).tokens.end.max(object + 1);
            draft.content.ranges = tidy_all(
                view,
                draft
                    .content
                    .ranges
                    .iter()
                    .flat_map(|r| without(r, &hole))
                    .collect(),
            );
        }
    }
    // Nothing may be left without content.
}

/// Adds quotations that go on after a statement: "“A,” she said. “B.”"
pub(super) fn continue_quotes(view: &View<'_>, drafts: &mut [Draft]) {
    if !view.has(Rule::ContinuedQuote) {
        return;
    }
    for quote in &view.quotes {
        if quote.inside.len() < 4 || quote.open == 0 {
            continue;
        }
        // What somebody says inside the quotation does not say whose the quotation is.
        let covered = drafts.iter().any(|d| {
            !quote.inside.contains(&d.main)
                && d.content
                    .ranges
                    .iter()
                    .any(|r| r.start < quote.inside.end && quote.inside.start < r.end)
        });
        let sentence = view.sentence(quote.open);
        let opens_sentence = (sentence.start..quote.open).all(|i| view.is_punct(i));
        let last = quote.end().saturating_sub(1);
        let closing = view.sentence(last);
        let closes_sentence = (quote.end()..closing.end).all(|i| view.is_punct(i));
        if covered || !opens_sentence || !closes_sentence || sentence.start == 0 {
            continue;
        }
        let before = sentence.start - 1;
        let near = view.paragraph(before) + 1 >= view.paragraph(quote.open);
        let previous = view.sentence(before);
        let candidate = drafts.iter_mut().rfind(|d| {
            // The sentence before holds the cue of a quoted statement, or the end of one.
            let quoted = d.content.ranges.iter().any(|r| {
                view.quotes.iter().any(|q| {
                    q.inside.len() > 2 && r.start <= q.inside.start + 1 && q.inside.start < r.end
                })
            });
            let there = previous.contains(&d.main)
                || d.content
                    .ranges
                    .iter()
                    .any(|r| previous.contains(&(r.end - 1)));
            quoted && there && d.content.left
        });
        if let Some(draft) = candidate.filter(|_| near) {
            draft.content.ranges.push(quote.inside.clone());
            draft.content.ranges = tidy_all(view, std::mem::take(&mut draft.content.ranges));
        }
    }
}
