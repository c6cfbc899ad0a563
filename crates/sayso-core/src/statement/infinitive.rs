//! Content that is an infinitive: what the speaker or the addressee is going to do.

use sayso_text::{Rel, Upos, Xpos};

use super::clause::Content;
use super::cue::{self, Hit};
use super::view::View;
use crate::StatementRule as Rule;

/// "to …" as the speaker's own doing.
pub(super) fn infinitive(view: &View<'_>, verb: usize) -> Option<Content> {
    let inner = view.children(verb).iter().copied().find(|&c| {
        view.has(Rule::Infinitive)
            && c > verb
            && matches!(view.rel(c), Rel::Xcomp | Rel::Ccomp | Rel::Advcl | Rel::Obj)
            && view.is_infinitive(c)
    });
    // A wrong tree: "vowed in a video to burn it down".
    let sentence = view.sentence(verb);
    let inner = inner.or_else(|| {
        (verb + 1..(verb + 9).min(sentence.end))
            .take_while(|&i| !view.is_punct(i) && !view.is_finite(i))
            .filter(|_| view.has(Rule::InfinitiveByOrder))
            .find(|&i| {
                view.lower(i) == "to"
                    && i + 1 < sentence.end
                    && view.xpos(i + 1) == Xpos::VB
                    && (i == verb + 1 || view.upos(verb + 1) == Upos::Adp)
            })
            .map(|to| to + 1)
    })?;
    Some(infinitive_from(view, verb, inner, Rule::Infinitive))
}

pub(super) fn infinitive_from(view: &View<'_>, from: usize, inner: usize, rule: Rule) -> Content {
    let to = (from + 1..inner)
        .rev()
        .find(|&i| view.lower(i) == "to")
        .unwrap_or(inner);
    // "not to fire" keeps its negation.
    let start = if to > from + 1 && cue::is_not(view.lower(to - 1)) {
        to - 1
    } else {
        to
    };
    Content {
        ranges: vec![start..view.reach(inner).end],
        head: Some(inner),
        rule: Some(rule),
        ..Content::default()
    }
}

/// "urged the army to …": what the addressee is to do.
pub(super) fn infinitive_of_addressee(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    if !view.has(Rule::InfinitiveOfAddressee) {
        return None;
    }
    let verb = hit.main;
    let preposition = (hit.matched.len() > 1).then(|| hit.last());
    let addressee = match preposition {
        Some(p) => view
            .head(p)
            .filter(|&h| h > p && matches!(view.rel(p), Rel::Case | Rel::Mark)),
        None => view
            .child(verb, &[Rel::Iobj, Rel::Obj])
            .filter(|&o| o > verb),
    };
    let among = |parent: usize| {
        view.children(parent).iter().copied().find(|&c| {
            c > verb
                && matches!(
                    view.rel(c),
                    Rel::Xcomp | Rel::Ccomp | Rel::Advcl | Rel::Acl | Rel::Dep
                )
                && view.is_infinitive(c)
        })
    };
    let inner = among(verb).or_else(|| addressee.and_then(among))?;
    // "ask to …" without anybody asked is the frame `inf`.
    let addressee = addressee.filter(|&a| a < inner).or_else(|| {
        (verb + 1..inner)
            .find(|&i| view.is_nominal(i))
            .filter(|_| preposition.is_none())
    })?;
    let mut content = infinitive_from(
        view,
        addressee.max(hit.last()),
        inner,
        Rule::InfinitiveOfAddressee,
    );
    content.to = Some(addressee);
    Some(content)
}
