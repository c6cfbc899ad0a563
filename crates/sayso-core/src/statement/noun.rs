//! Content and speakers of noun cues: "the claim that …", "reports of …", "a pledge to …".

use sayso_lexicon::{Frame, WordClass};
use sayso_text::{Rel, Upos};

use super::clause::Content;
use super::cue::Hit;
use super::source::{self, Phrase};
use super::view::View;
use crate::StatementRule as Rule;

/// The content of a noun cue.
pub(super) fn content(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    let noun = hit.last();
    for &frame in &hit.cue.frames {
        let found = match frame {
            Frame::Clause => clause(view, noun),
            Frame::Inf => infinitive(view, noun),
            Frame::Of => phrase(view, noun, &["of"]),
            Frame::For => phrase(view, noun, &["for"]),
            Frame::About => phrase(view, noun, &["about", "over", "on"]),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn clause(view: &View<'_>, noun: usize) -> Option<Content> {
    if !view.has(Rule::ClauseOfNoun) {
        return None;
    }
    // "claims by the rebels that …": the clause may hang on the author.
    let authors = view.children(noun).iter().copied().filter(|&c| {
        c > noun
            && view.has(Rule::ClauseBehindAuthor)
            && view
                .case_of(c)
                .is_some_and(|k| matches!(view.lower(k), "by" | "from" | "of"))
    });
    let places = authors.flat_map(|a| view.children(a).iter().copied());
    let mut below = view.children(noun).iter().copied().chain(places);
    let (inner, that) = below.find_map(|c| {
        let that = (noun + 1..c).find(|&k| view.lower(k) == "that")?;
        let complement = match view.rel(c) {
            Rel::Acl | Rel::Ccomp | Rel::AclRelcl => completes(view, c, that),
            _ => false,
        };
        complement.then_some((c, that))
    })?;
    let reach = view.reach(inner);
    Some(Content {
        ranges: vec![that + 1..reach.end],
        head: Some(inner),
        rule: Some(Rule::ClauseOfNoun),
        ..Content::default()
    })
}

/// Whether the clause of `inner` with its "that" is what the noun says, whatever the tree calls
/// it: the clause has a subject of its own, and "that" does not stand for an object it lacks.
fn completes(view: &View<'_>, inner: usize, that: usize) -> bool {
    if view.rel(that) == Rel::Mark {
        return true;
    }
    let subject = view
        .child(inner, &[Rel::Nsubj, Rel::NsubjPass])
        .is_some_and(|s| s > that);
    let object = view
        .children(inner)
        .iter()
        .any(|&k| k > inner && matches!(view.rel(k), Rel::Obj | Rel::Ccomp | Rel::Xcomp));
    subject && (object || !view.is_in(WordClass::TextVerb, view.lemma(inner)))
}

fn infinitive(view: &View<'_>, noun: usize) -> Option<Content> {
    if !view.has(Rule::InfinitiveOfNoun) {
        return None;
    }
    let inner = view.children(noun).iter().copied().find(|&c| {
        c > noun
            && matches!(view.rel(c), Rel::Acl | Rel::Xcomp | Rel::Ccomp | Rel::Advcl)
            && view.is_infinitive(c)
    })?;
    let to = (noun + 1..inner).find(|&i| view.lower(i) == "to")?;
    Some(Content {
        ranges: vec![to..view.reach(inner).end],
        head: Some(inner),
        rule: Some(Rule::InfinitiveOfNoun),
        ..Content::default()
    })
}

fn phrase(view: &View<'_>, noun: usize, words: &[&str]) -> Option<Content> {
    if !view.has(Rule::PhraseOfNoun) {
        return None;
    }
    let inner = view.children(noun).iter().copied().find(|&c| {
        c > noun
            && view
                .case_of(c)
                .is_some_and(|k| words.contains(&view.lower(k)))
    })?;
    let case = view.case_of(inner)?;
    Some(Content {
        ranges: vec![case + 1..view.reach(inner).end],
        head: Some(inner),
        rule: Some(Rule::PhraseOfNoun),
        ..Content::default()
    })
}

/// Who says what the noun names: "the *government's* claim", "a call by *the union*", "*The
/// union* repeated its call".
pub(super) fn speaker(view: &View<'_>, hit: &Hit<'_>) -> Option<(Phrase, Rule)> {
    let noun = hit.last();
    if let Some(owner) = source::possessor(view, noun).filter(|_| view.has(Rule::Possessor)) {
        return Some((source::full(view, owner), Rule::Possessor));
    }
    let author = view.children(noun).iter().copied().find(|&c| {
        c > noun
            && view
                .case_of(c)
                .is_some_and(|k| matches!(view.lower(k), "by" | "from"))
    });
    if let Some(author) = author.filter(|_| view.has(Rule::AuthorOfNoun)) {
        return Some((source::full(view, author), Rule::AuthorOfNoun));
    }
    // "government claims that …"
    let before = view.children(noun).iter().copied().find(|&c| {
        c < noun
            && matches!(view.rel(c), Rel::Compound | Rel::Amod)
            && source::is_speaker(view, c)
            && view.upos(c) != Upos::Pron
    });
    if let Some(before) = before.filter(|_| view.has(Rule::ModifierOfNoun)) {
        return Some((source::full(view, before), Rule::ModifierOfNoun));
    }
    // "The union made a call for …", "there were reports of …"
    let verb = view.head(noun)?;
    let light = view.is_in(WordClass::LightVerb, view.lemma(verb));
    if view.has(Rule::SubjectOfLightVerb) && view.rel(noun) == Rel::Obj && light {
        let subject = view.child(verb, &[Rel::Nsubj])?;
        return Some((source::full(view, subject), Rule::SubjectOfLightVerb));
    }
    None
}
