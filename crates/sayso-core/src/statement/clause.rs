//! Content that is a clause: "said that …", "…, he said", "“…,” she said, “…”".

use sayso_lexicon::{CueKind, WordClass};
use sayso_text::{Rel, TokenRange, Upos, Xpos};

use super::aside::{around, left};
use super::cue::{self, Hit};
use super::interrupted;
use super::medium;
use super::order::{by_order, by_quote};
use super::source;
use super::view::View;
use crate::StatementRule as Rule;

/// What a cue says, before it is trimmed.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    /// Runs of tokens.
    pub(super) ranges: Vec<TokenRange>,
    /// Its main word, for polarity and certainty.
    pub(super) head: Option<usize>,
    /// The rule that found it.
    pub(super) rule: Option<Rule>,
    /// Whether (most of) it stands before the cue.
    pub(super) left: bool,
    /// Head of the addressee, where the frame has one.
    pub(super) to: Option<usize>,
    /// Whether the passive subject is part of the content, so that it is no speaker.
    pub(super) raised: bool,
}

/// The clause that belongs to the verb of `hit`.
pub(super) fn find(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    let verb = hit.main;
    if let Some(relative) = relative(view, hit) {
        return Some(relative);
    }
    by_tree(view, hit)
        .or_else(|| by_quote(view, verb))
        .or_else(|| by_order(view, hit))
        .map(|content| interrupted::mend(view, hit, content))
}

/// "the raid that monitors say killed nine": antecedent and the rest of the clause, with the
/// pronoun before the speaker and a verb right behind the cue, whatever the tree makes of them.
fn relative(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    if !view.has(Rule::ClauseInRelative) {
        return None;
    }
    let verb = hit.main;
    let sentence = view.sentence(verb);
    let next = hit.last() + 1;
    let pronoun = (sentence.start..verb)
        .rev()
        .take(7)
        .find(|&i| matches!(view.xpos(i), Xpos::WDT | Xpos::WP))?;
    let between = (pronoun + 1..verb)
        .all(|i| !view.is_punct(i) && (!view.is_verb(i) || view.upos(i) == Upos::Aux));
    let has_subject = (pronoun + 1..verb).any(|i| view.is_nominal(i));
    let antecedent = (sentence.start..pronoun)
        .rev()
        .take(3)
        .find(|&i| matches!(view.upos(i), Upos::Noun | Upos::Propn))?;
    if !between
        || !has_subject
        || next >= sentence.end
        || !view.is_verb(next)
        || view.xpos(next) == Xpos::VBG
    {
        return None;
    }
    let noun = source::phrase(view, antecedent);
    // An auxiliary stands for its verb.
    let inner = view
        .head(next)
        .filter(|&h| view.upos(next) == Upos::Aux && h > next)
        .unwrap_or(next);
    // "The report that the council wrote was never printed": the main clause goes on.
    if view.head(antecedent) == Some(inner)
        && matches!(view.rel(antecedent), Rel::Nsubj | Rel::NsubjPass)
        && view.has(Rule::MainClauseGoesOn)
    {
        return None;
    }
    let end = view
        .reach(verb)
        .end
        .max(view.reach(inner).end)
        .min(sentence.end);
    let end = (next..end)
        .find(|&i| view.lower(i) == "," || view.lower(i) == ";")
        .unwrap_or(end);
    Some(Content {
        ranges: vec![noun.start..noun.end.min(pronoun), next..end],
        head: Some(inner),
        rule: Some(Rule::ClauseInRelative),
        ..Content::default()
    })
}

/// The clause that the tree hangs on the verb, or the clause that the verb hangs on.
fn by_tree(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    let verb = hit.main;
    let length = |c: usize| view.reach(c).len();
    let below = view
        .children(verb)
        .iter()
        .copied()
        .filter(|&c| view.rel(c) == Rel::Ccomp)
        .max_by_key(|&c| (has_that(view, c), length(c)))
        .or_else(|| {
            view.children(verb).iter().copied().find(|&c| {
                view.rel(c) == Rel::Parataxis
                    && !(cue_clause(view, c))
                    && ((c < verb && view.reach(c).end <= verb)
                        || (c > verb && introduced(view, verb, view.reach(c).start)))
            })
        });
    if let Some(clause) = below {
        return if clause > verb {
            view.has(Rule::ClauseAfterCue)
                .then(|| right(view, hit, clause))
        } else {
            left(view, hit, clause, view.reach(clause).end)
        };
    }
    // "The road, he said, is closed": the verb hangs on the clause it reports.
    let above = view.head(verb)?;
    if !matches!(view.rel(verb), Rel::Parataxis | Rel::Dep | Rel::Discourse)
        || view.child(verb, &[Rel::Nsubj, Rel::OblAgent]).is_none() && !inverted(view, verb)
    {
        return None;
    }
    around(view, hit, above)
}

/// Whether the clause of `c` is itself a parenthesis such as "officials said".
pub(super) fn cue_clause(view: &View<'_>, c: usize) -> bool {
    view.is_verb(c)
        && view.child(c, &[Rel::Ccomp, Rel::Obj, Rel::Xcomp]).is_none()
        && cue::at(view, c).iter().any(|h| h.cue.kind == CueKind::Verb)
}

fn has_that(view: &View<'_>, clause: usize) -> bool {
    view.children(clause)
        .iter()
        .any(|&c| view.rel(c) == Rel::Mark && view.lower(c) == "that")
}

/// A colon or an opening quotation mark stands between the verb and `start`.
fn introduced(view: &View<'_>, verb: usize, start: usize) -> bool {
    (verb + 1..=start).any(|i| view.lower(i) == ":" || view.quotes.iter().any(|q| q.open == i))
}

fn inverted(view: &View<'_>, verb: usize) -> bool {
    view.children(verb)
        .iter()
        .any(|&c| c > verb && view.is_nominal(c) && matches!(view.rel(c), Rel::Obj | Rel::Nsubj))
}

/// The clause right of the verb.
fn right(view: &View<'_>, hit: &Hit<'_>, clause: usize) -> Content {
    let sentence = view.sentence(hit.main);
    let reach = view.reach(clause);
    let start = right_start(view, hit, clause, reach.start);
    let mut end = reach.end.max(start).min(sentence.end);
    end = stretch(view, hit.main, clause, end, &sentence);
    end = cut_continuation(view, hit.main, start, end);
    end = cut_other_speaker(view, start, end);
    end = cut_conjoined(view, hit.main, clause, start, end);
    let mut ranges = vec![start..end];
    ranges.extend(rest_of_quote(view, start, end));
    Content {
        ranges,
        head: Some(clause),
        rule: Some(Rule::ClauseAfterCue),
        ..Content::default()
    }
}

/// Where content behind the cue starts: after what belongs to the cue (adverbs, days, addressee,
/// medium) and after "that", whatever the tree hangs the first words of the clause on.
fn right_start(view: &View<'_>, hit: &Hit<'_>, clause: usize, tree_start: usize) -> usize {
    let verb = hit.main;
    if let Some(start) = behind_citing(view, hit) {
        return start;
    }
    // "denied, in remarks carried by a station, that …": the clause's own "that" opens it.
    let behind_that = view.has(Rule::StartBehindThat);
    let own_that = view
        .children(clause)
        .iter()
        .copied()
        .filter(|_| behind_that)
        .find(|&c| c > hit.last() && view.rel(c) == Rel::Mark && view.lower(c) == "that");
    if let Some(that) = own_that {
        return that + 1;
    }
    // "said to the visitors: at night they shot": the colon opens it.
    let colon = (hit.last() + 1..clause)
        .find(|&i| view.lower(i) == ":")
        .filter(|&i| !(hit.last() + 1..i).any(|k| view.is_finite(k)));
    if let Some(colon) = colon.filter(|_| view.has(Rule::StartBehindColon)) {
        return colon + 1;
    }
    let mut at = hit.last() + 1;
    while at < clause && view.has(Rule::StartBehindCue) {
        let own = view
            .children(verb)
            .iter()
            .copied()
            .filter(|&c| c != clause && view.reach(c).start == at)
            .max_by_key(|&c| view.reach(c).end);
        let Some(child) = own else {
            if view.is_punct(at) && !view.quotes.iter().any(|q| q.open == at) {
                at += 1;
                continue;
            }
            break;
        };
        let end = view.reach(child).end;
        let addressee = matches!(view.rel(child), Rel::Obj | Rel::Iobj)
            && view.is_in(WordClass::Addressing, &hit.cue.name);
        let case = view.case_of(child).map_or("", |k| view.lower(k));
        let of_cue = match view.rel(child) {
            Rel::Punct => !view.quotes.iter().any(|q| q.open == at),
            Rel::Advmod | Rel::CompoundPrt => end <= clause && end - at <= 3,
            Rel::Obl | Rel::OblUnmarked | Rel::Nmod => {
                medium::is_medium(view, child)
                    || source::is_time(view, child)
                    || (case == "to" && source::is_speaker(view, child))
                    || view.lower(at + 1) == "condition"
                    || (end <= tree_start && view.lower(end) == "that")
            }
            Rel::Nsubj => end <= tree_start && view.lower(end) == "that",
            // "reported, citing two witnesses, that …"
            Rel::Advcl | Rel::Parataxis | Rel::Acl => matches!(view.lemma(child), "cite" | "quote"),
            _ => addressee,
        };
        if !of_cue || end > clause {
            break;
        }
        at = end;
    }
    let that = (at..=at + 1).find(|&i| {
        behind_that
            && i < clause
            && view.lower(i) == "that"
            && (view.rel(i) == Rel::Mark || !view.is_nominal(i + 1))
            && (i == at || view.is_punct(at))
    });
    match that {
        Some(i) => i + 1,
        None => at,
    }
}

/// "reported, citing two witnesses, that …": the token behind "that".
pub(super) fn behind_citing(view: &View<'_>, hit: &Hit<'_>) -> Option<usize> {
    if !view.has(Rule::ClauseBehindCiting) {
        return None;
    }
    let sentence = view.sentence(hit.main);
    let citing = (hit.last() + 1..sentence.end).find(|&i| !view.is_punct(i))?;
    if !matches!(view.lower(citing), "citing" | "quoting") {
        return None;
    }
    let that = (citing + 1..(citing + 18).min(sentence.end))
        .find(|&i| view.lower(i) == "that" && view.is_punct(i - 1))?;
    (that + 1 < sentence.end).then_some(that + 1)
}

/// Takes in what stands behind the clause and hangs on the verb without a comma before it: in
/// "said rebels left the town on Friday", a day on the verb is rarer than a wrong tree.
fn stretch(
    view: &View<'_>,
    verb: usize,
    clause: usize,
    from: usize,
    sentence: &TokenRange,
) -> usize {
    let mut end = from;
    if !view.has(Rule::TrailingWords) {
        return end;
    }
    for &child in view.children(verb) {
        let reach = view.reach(child);
        if child <= clause || reach.start < end {
            continue;
        }
        let adjunct = matches!(
            view.rel(child),
            Rel::Obl
                | Rel::OblUnmarked
                | Rel::Advmod
                | Rel::Nmod
                | Rel::Obj
                | Rel::Xcomp
                | Rel::Dep
        );
        if reach.start != end
            || !adjunct
            || medium::is_medium(view, child)
            || view.lower(reach.start) == "according"
        {
            break;
        }
        end = reach.end.min(sentence.end);
    }
    end
}

/// Ends content before ", adding that …", which is a statement of its own.
pub(super) fn cut_continuation(view: &View<'_>, verb: usize, start: usize, end: usize) -> usize {
    (start + 1..end)
        .filter(|_| view.has(Rule::CutAdding))
        .find(|&i| {
            view.xpos(i) == Xpos::VBG
                && view.is_in(WordClass::Continuing, view.lemma(i))
                && view.is_punct(i - 1)
                && (view.head(i) == Some(verb)
                    || view.child(i, &[Rel::Ccomp]).is_some()
                    || view.lower(i + 1) == "that")
                && !view.quotes.iter().any(|q| q.holds(i) && q.open >= start)
        })
        .map_or(end, |i| i - 1)
}

/// A finite verb of speech without a subject that the tree hangs inside the content of `outer`,
/// though its tense is that of `outer`: "said it had fired at cars and denied hitting the market".
pub(super) fn conjoined(
    view: &View<'_>,
    outer: usize,
    clause: usize,
    range: TokenRange,
) -> Option<usize> {
    // Where the inner verb has the same plain tense, the tree decides.
    let inner_is_plain = view.xpos(clause) == view.xpos(outer)
        && !view
            .children(clause)
            .iter()
            .any(|&c| matches!(view.rel(c), Rel::Aux | Rel::AuxPass | Rel::Cop));
    if inner_is_plain || !view.is_finite(outer) {
        return None;
    }
    range.into_iter().skip(1).find(|&i| {
        let group = group_start(view, i);
        let modal = view.xpos(i) == Xpos::VB && group < i;
        group > outer + 1
            && (view.xpos(i) == view.xpos(outer) || modal || speaks(view, i))
            && cue::is_cue_verb(view, i)
            && view.child(i, &[Rel::Nsubj, Rel::NsubjPass]).is_none()
            && matches!(
                view.rel(i),
                Rel::Conj | Rel::Ccomp | Rel::Parataxis | Rel::Advcl
            )
            && matches!(view.lower(group - 1), "and" | "but")
            && !view.quotes.iter().any(|q| q.holds(i))
            && cue::at(view, i).iter().any(|h| h.cue.kind == CueKind::Verb)
    })
}

/// A participle by its tag that is a past tense by its form and an act of speech by its word.
fn speaks(view: &View<'_>, verb: usize) -> bool {
    view.xpos(verb) == Xpos::VBN
        && view.lower(verb).ends_with("ed")
        && cue::at(view, verb).iter().any(|h| {
            matches!(
                h.cue.act.as_str(),
                "deny" | "accuse" | "condemn" | "demand" | "threaten" | "pledge"
            )
        })
}

/// The first token of a verb with its auxiliaries, negation and adverbs.
fn group_start(view: &View<'_>, verb: usize) -> usize {
    let start = view.sentence(verb).start;
    let mut at = verb;
    while at > start && matches!(view.upos(at - 1), Upos::Aux | Upos::Part | Upos::Adv) {
        at -= 1;
    }
    at
}

pub(super) fn cut_conjoined(
    view: &View<'_>,
    outer: usize,
    clause: usize,
    start: usize,
    end: usize,
) -> usize {
    conjoined(view, outer, clause, start..end)
        .filter(|_| view.has(Rule::CutConjoinedCue))
        .map_or(end, |i| group_start(view, i).saturating_sub(1).max(start))
}

/// Ends content before "; a leader vowed …", where somebody else goes on.
pub(super) fn cut_other_speaker(view: &View<'_>, start: usize, end: usize) -> usize {
    (start + 1..end)
        .filter(|_| view.has(Rule::CutOtherSpeaker))
        .find(|&i| {
            (view.lower(i) == ";"
                || (view.lower(i) == "," && matches!(view.lower(i + 1), "while" | "whereas")))
                && (i + 1..end).any(|k| {
                    view.is_finite(k)
                        && cue::is_cue_verb(view, k)
                        && view
                            .child(k, &[Rel::Nsubj])
                            .is_some_and(|s| s > i && view.upos(s) != Upos::Pron)
                        && cue::at(view, k).iter().any(|h| h.cue.kind == CueKind::Verb)
                })
        })
        .unwrap_or(end)
}

/// Ends content before "and threatening …", a second participle of the same speaker.
pub(super) fn cut_coordinated(view: &View<'_>, main: usize, range: TokenRange) -> TokenRange {
    if view.xpos(main) != Xpos::VBG || range.start < main || !view.has(Rule::CutSecondParticiple) {
        return range;
    }
    let second = (range.start + 1..range.end).find(|&i| {
        view.xpos(i) == Xpos::VBG
            && matches!(view.lower(i - 1), "and" | "or" | "but")
            && view.child(i, &[Rel::Nsubj]).is_none()
            && cue::is_cue_verb(view, i)
            && cue::at(view, i).iter().any(|h| h.cue.kind == CueKind::Verb)
    });
    match second {
        Some(i) => range.start..i - 1,
        None => range,
    }
}

/// What of a quotation that opens in the content stands in later sentences.
pub(super) fn rest_of_quote(view: &View<'_>, start: usize, end: usize) -> Option<TokenRange> {
    let quote = view
        .quotes
        .iter()
        .find(|q| start.saturating_sub(1) <= q.open && q.open < end && q.inside.end > end)?;
    (view.has(Rule::QuoteOverSentences) && quote.inside.end - end > 1)
        .then_some(end..quote.inside.end)
}
