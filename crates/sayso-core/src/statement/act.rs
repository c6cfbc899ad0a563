//! What the speaker does: the cue's act, refined by what is said.

use sayso_lexicon::WordClass;
use sayso_text::{Rel, Upos, Xpos};

use super::clause::Content;
use super::cue::{self, Hit};
use super::view::View;
use crate::StatementRule as Rule;
use crate::{Act, Polarity};

/// Act and the name of the rule.
pub(super) fn of(view: &View<'_>, hit: &Hit<'_>, content: &Content) -> (Act, Option<Rule>) {
    let base = Act::parse(&hit.cue.act).unwrap_or(Act::Report);
    let name = hit.cue.name.as_str();
    let infinitive = content
        .rule
        .is_some_and(|rule| rule.name().contains("infinitive"));
    let on = |rule: Rule| view.has(rule);
    let (act, rule) = match name {
        "announce" if on(Rule::OwnPlan) && own_plan(view, hit, content) => {
            (Act::Pledge, Rule::OwnPlan)
        }
        "warn" if on(Rule::WarnedOfConsequences) && warned_whom(view, hit, content) => {
            (Act::Threaten, Rule::WarnedOfConsequences)
        }
        "warn" | "caution" if on(Rule::OwnAction) && own_plan(view, hit, content) => {
            (Act::Threaten, Rule::OwnAction)
        }
        "warn of" if on(Rule::WarnedOfRetaliation) && retaliation(view, content) => {
            (Act::Threaten, Rule::WarnedOfRetaliation)
        }
        "warn" if on(Rule::WarnedTo) && content.rule == Some(Rule::InfinitiveOfAddressee) => {
            (Act::Demand, Rule::WarnedTo)
        }
        "claim" if on(Rule::ClaimedResponsibility) && responsibility(view, content) => {
            (Act::ClaimResponsibility, Rule::ClaimedResponsibility)
        }
        // "asked whether …" puts a question, it demands nothing.
        "ask" if on(Rule::Question) && !infinitive && !asked_that(view, content) => {
            (Act::Report, Rule::Question)
        }
        "tell" if on(Rule::ToldTo) && infinitive => (Act::Demand, Rule::ToldTo),
        _ => return (base, None),
    };
    (act, Some(rule))
}

/// "asked that the road be opened" demands, "asked where they were" does not.
fn asked_that(view: &View<'_>, content: &Content) -> bool {
    view.has(Rule::AskedThat)
        && content
            .ranges
            .first()
            .is_some_and(|r| r.start > 0 && view.lower(r.start - 1) == "that")
}

/// Whether the content is what the speaker is going to do: "that it would strike back".
fn own_plan(view: &View<'_>, hit: &Hit<'_>, content: &Content) -> bool {
    let Some(head) = content.head else {
        return false;
    };
    let Some(subject) = view.child(head, &[Rel::Nsubj]) else {
        // "announced plans to", "announced a halt"
        return matches!(
            view.lemma(head),
            "plan" | "intention" | "halt" | "suspension"
        );
    };
    let speaker = view
        .child(hit.main, &[Rel::Nsubj])
        .map(|s| view.lemma(s).to_owned());
    let same = matches!(
        view.lower(subject),
        "it" | "he" | "she" | "they" | "we" | "i"
    ) || speaker.is_some_and(|s| s == view.lemma(subject))
        || (view.has(Rule::OwnPeople) && own_people(view, head, subject));
    let future = view
        .children(head)
        .iter()
        .any(|&c| matches!(view.lower(c), "will" | "would" | "shall" | "'ll" | "wo"))
        || (view.xpos(head) == Xpos::VBG
            && view.children(head).iter().any(|&c| view.lemma(c) == "be"));
    same && future
}

/// "that its fighters would strike": those who act for the speaker, and what they do.
fn own_people(view: &View<'_>, verb: usize, subject: usize) -> bool {
    let owned = view.child(subject, &[Rel::NmodPoss]).is_some_and(|c| {
        matches!(
            view.lower(c),
            "its" | "his" | "her" | "their" | "our" | "my"
        )
    });
    let armed = view
        .lexicon()
        .agents
        .get(view.lemma(subject))
        .is_some_and(|agent| {
            matches!(
                agent.kind.as_str(),
                "state-forces" | "rebel-group" | "political-militia" | "identity-militia"
            )
        });
    owned
        && (armed
            || matches!(
                view.lemma(subject),
                "man" | "member" | "supporter" | "people"
            ))
        && !cue::passive(view, verb)
}

/// "warned the town of consequences", "warned them against …".
fn warned_whom(view: &View<'_>, hit: &Hit<'_>, content: &Content) -> bool {
    let first = content.ranges.first().map_or("", |r| view.lower(r.start));
    let phrase = matches!(first, "of" | "against");
    let whom = content.to.is_some() || view.child(hit.main, &[Rel::Obj, Rel::Iobj]).is_some();
    phrase && (whom || retaliation(view, content))
}

/// "responsibility for the blast was claimed by a cell".
fn responsibility(view: &View<'_>, content: &Content) -> bool {
    content
        .head
        .is_some_and(|h| matches!(view.lemma(h), "responsibility" | "credit"))
}

fn retaliation(view: &View<'_>, content: &Content) -> bool {
    content
        .ranges
        .iter()
        .flat_map(Clone::clone)
        .take(6)
        .any(|i| view.is_in(WordClass::Retaliation, view.lemma(i)))
}

/// Whether a cue under "not" says that somebody is silent, says nothing, or is no statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Negated {
    /// "did not say", "has not confirmed".
    Silence,
    /// "could not certify".
    Doubt,
    /// "do not believe": the content is negated.
    Content,
    /// "did not demand": nothing is said.
    Drop,
}

/// What "not" does to a cue of `act`.
pub(super) fn under_negation(view: &View<'_>, verb: usize, act: Act) -> Option<Negated> {
    let unable = view
        .children(verb)
        .iter()
        .any(|&c| c < verb && matches!(view.lower(c), "can" | "could" | "ca" | "cannot"));
    let (rule, negated) = match act {
        Act::Confirm if unable && view.has(Rule::UnableToConfirm) => {
            (Rule::UnableToConfirm, Negated::Doubt)
        }
        Act::Estimate | Act::Doubt => (Rule::NegatedEstimate, Negated::Content),
        Act::Threaten | Act::Demand | Act::Pledge => (Rule::NegatedWish, Negated::Drop),
        Act::Report
        | Act::Confirm
        | Act::ClaimResponsibility
        | Act::Deny
        | Act::Silence
        | Act::Accuse
        | Act::Condemn => (Rule::NegatedCue, Negated::Silence),
    };
    view.has(rule).then_some(negated)
}

/// Polarity of the content, by the negation of its main word.
pub(super) fn polarity(view: &View<'_>, content: &Content) -> (Polarity, Option<usize>) {
    let Some(head) = content.head else {
        return quoted_polarity(view, content);
    };
    let inside = |i: usize| content.ranges.iter().any(|r| r.contains(&i));
    let negation = |at: usize| {
        if !view.has(Rule::NegatedMainWord) {
            return None;
        }
        view.children(at).iter().copied().find(|&c| {
            inside(c)
                && matches!(
                    view.rel(c),
                    Rel::Advmod | Rel::Aux | Rel::Dep | Rel::Cc | Rel::CcPreconj | Rel::Det
                )
                && (cue::is_not(view.lower(c)) || is_no_predicate(view, at, c))
                && !only(view, c)
        })
    };
    if let Some(not) = negation(head) {
        return (Polarity::Negated, Some(not));
    }
    if let Some(subject) =
        cue::empty_subject(view, head).filter(|&s| inside(s) && view.has(Rule::NegatedSubject))
    {
        return (Polarity::Negated, Some(subject));
    }
    (Polarity::Affirmed, None)
}

/// "was no accident": the "no" of a noun that a copula makes the predicate.
fn is_no_predicate(view: &View<'_>, noun: usize, word: usize) -> bool {
    view.has(Rule::NoPredicate)
        && view.lower(word) == "no"
        && view.rel(word) == Rel::Det
        && view.child(noun, &[Rel::Cop]).is_some()
}

/// "not only" affirms.
fn only(view: &View<'_>, not: usize) -> bool {
    view.has(Rule::NotOnly) && matches!(view.lower(not + 1), "only" | "just" | "merely")
}

/// Without a head: the first finite verb of the content.
fn quoted_polarity(view: &View<'_>, content: &Content) -> (Polarity, Option<usize>) {
    let first = content
        .ranges
        .first()
        .and_then(|r| r.clone().find(|&i| view.upos(i) == Upos::Verb));
    match first {
        Some(verb) if view.has(Rule::NegatedMainWord) && cue::negated_itself(view, verb) => {
            (Polarity::Negated, Some(verb))
        }
        _ => (Polarity::Affirmed, None),
    }
}

/// Whether a source that passes a statement on can do so by this act: a denial does not vouch
/// for what it denies.
pub(super) fn passes_on(act: Act) -> bool {
    !matches!(
        act,
        Act::Deny
            | Act::Silence
            | Act::Condemn
            | Act::Accuse
            | Act::Doubt
            | Act::ClaimResponsibility
    )
}

/// Whether a passive without an agent leaves its act without any speaker even when nested: an
/// accuser who is not named is not the one who reports the accusation.
pub(super) fn stays_unnamed(act: Act) -> bool {
    matches!(act, Act::Accuse | Act::Silence)
}
/// Whether the verb does what it names: "declared a ceasefire".
pub(super) fn performs(view: &View<'_>, main: usize) -> bool {
    view.has(Rule::PerformativeDeclaration) && matches!(view.lemma(main), "declare" | "proclaim")
}
