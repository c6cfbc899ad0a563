//! Content of passive cues: "is believed to", "was accused of", "it was reported that".

use sayso_lexicon::Frame;
use sayso_text::{Rel, TokenRange, Upos, Xpos};

use super::clause::Content;
use super::cue::Hit;
use super::frame::modifier;
use super::infinitive::infinitive_from;
use super::medium;
use super::source;
use super::view::View;
use crate::StatementRule as Rule;

/// The content of a passive cue.
pub(super) fn passive(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    let verb = hit.main;
    let takes = |frame| hit.cue.takes(frame);
    let subject = view.child(verb, &[Rel::NsubjPass, Rel::Nsubj]);
    let sentence = view.sentence(verb);
    let mut content = Content {
        raised: true,
        ..Content::default()
    };
    let subject_range = |content: &mut Content| {
        if let Some(range) = subject_words(view, verb, subject) {
            content.ranges.push(range);
        }
    };
    // "It is believed that …", "…, it was announced".
    let impersonal = view.child(verb, &[Rel::Expl]).is_some()
        || subject
            .is_some_and(|s| view.lower(s) == "it" && view.child(verb, &[Rel::Ccomp]).is_some());
    if (takes(Frame::Pass) || takes(Frame::Clause))
        && view.has(Rule::PassiveImpersonal)
        && (impersonal || view.child(verb, &[Rel::CsubjPass, Rel::Csubj]).is_some())
    {
        let clause = view.child(verb, &[Rel::CsubjPass, Rel::Csubj, Rel::Ccomp])?;
        let reach = view.reach(clause);
        let start = reach.start.max(if clause > verb {
            verb + 1
        } else {
            sentence.start
        });
        let start = if view.lower(start) == "that" {
            start + 1
        } else {
            start
        };
        content.ranges.push(start..reach.end);
        content.head = Some(clause);
        content.rule = Some(Rule::PassiveImpersonal);
        return Some(content);
    }
    if takes(Frame::Pass) {
        let inner = view.children(verb).iter().copied().find(|&c| {
            c > verb
                && matches!(view.rel(c), Rel::Xcomp | Rel::Ccomp | Rel::Advcl)
                && !view
                    .case_of(c)
                    .is_some_and(|k| matches!(view.lower(k), "as" | "after" | "while" | "when"))
        });
        if let Some(inner) = inner.filter(|_| view.has(Rule::PassiveRaising)) {
            subject_range(&mut content);
            let reach = view.reach(inner);
            // "is considered impassable by day", with the day on the verb.
            let end = if view.is_verb(inner) || !view.has(Rule::PassiveTrailing) {
                reach.end
            } else {
                stretch_passive(view, verb, reach.end)
            };
            content.ranges.push(reach.start.max(verb + 1)..end);
            content.head = Some(inner);
            content.rule = Some(Rule::PassiveRaising);
            return Some(content);
        }
    }
    if takes(Frame::ToInf) && view.has(Rule::PassiveInfinitive) {
        let inner = view.children(verb).iter().copied().find(|&c| {
            c > verb
                && matches!(view.rel(c), Rel::Xcomp | Rel::Ccomp | Rel::Advcl)
                && view.is_infinitive(c)
        });
        if let Some(inner) = inner {
            let mut found = infinitive_from(view, verb, inner, Rule::PassiveInfinitive);
            found.to = subject.filter(|&s| view.lower(s) != "it");
            found.raised = true;
            return Some(found);
        }
    }
    for (frame, words) in [
        (Frame::ObjOf, &["of"][..]),
        (Frame::PassOf, &["of"]),
        (Frame::ObjFor, &["for", "on", "over"]),
        (Frame::ObjIn, &["in"]),
        (Frame::ObjTo, &["to"]),
        (Frame::ObjOn, &["on"]),
        (Frame::As, &["as"]),
        (Frame::AsOnly, &["as"]),
        (Frame::ObjAt, &["at"]),
    ] {
        if takes(frame)
            && view.has(Rule::PassivePhrase)
            && let Some(phrase) = modifier(view, verb, None, words)
        {
            subject_range(&mut content);
            let reach = view.reach(phrase);
            // "accused of detaining" gives "detaining", "blamed on the group" keeps its "on".
            let skip = usize::from(matches!(frame, Frame::ObjOf | Frame::PassOf));
            // "activities attributed to …": the activities are what somebody is accused of.
            if frame == Frame::ObjTo
                && view.has(Rule::PassiveAntecedent)
                && view.rel(verb) == Rel::Acl
                && !content.ranges.is_empty()
            {
                content.head = subject.or_else(|| view.head(verb));
                content.rule = Some(Rule::PassiveAntecedent);
                return Some(content);
            }
            content
                .ranges
                .push(reach.start.max(verb + 1) + skip..reach.end);
            content.head = Some(phrase);
            content.rule = Some(Rule::PassivePhrase);
            return Some(content);
        }
    }
    // "The toll was confirmed", "explosions were reported in the port".
    if !view.has(Rule::PassiveSubject) {
        return None;
    }
    let responsibility =
        subject.is_some_and(|s| matches!(view.lemma(s), "responsibility" | "credit"));
    if takes(Frame::Obj)
        || takes(Frame::ObjFor)
        // "Masses were said for them": what is said is a clause, not a noun.
        || (takes(Frame::Pass)
            && takes(Frame::Clause)
            && hit.cue.act != "estimate"
            && hit.cue.name != "say")
        || (hit.cue.name == "claim" && responsibility)
    {
        let subject = subject.filter(|&s| view.upos(s) != Upos::Pron);
        let range = subject_words(view, verb, subject)?;
        let mut ranges = vec![range];
        let end = stretch_passive(view, verb, verb + 1);
        if end > verb + 1 {
            ranges.push(verb + 1..end);
        }
        content.head = subject;
        content.ranges = ranges;
        content.rule = Some(Rule::PassiveSubject);
        return Some(content);
    }
    None
}

/// The subject of a passive with what precedes it in its clause; nothing for a bare pronoun.
fn subject_words(view: &View<'_>, verb: usize, subject: Option<usize>) -> Option<TokenRange> {
    match subject {
        Some(s) if view.upos(s) == Upos::Pron => None,
        // "a girl whom the chief is accused of holding": the chief is whom it is about.
        Some(s)
            if view.rel(verb) == Rel::AclRelcl
                && s > 0
                && matches!(
                    view.xpos(view.reach(s).start.saturating_sub(1)),
                    Xpos::WP | Xpos::WDT
                ) =>
        {
            None
        }
        Some(s) => {
            let reach = view.reach(s);
            Some(reach.start..reach.end.min(verb))
        }
        // "illegal activities attributed to …"
        None if view.rel(verb) == Rel::Acl => view
            .head(verb)
            .filter(|&h| h < verb)
            .map(|h| source::phrase(view, h))
            .map(|r| r.start..r.end.min(verb)),
        None => None,
    }
}

/// Takes in the modifiers of `verb` that follow one another from `end` on.
fn stretch_passive(view: &View<'_>, verb: usize, mut end: usize) -> usize {
    for &child in view.children(verb) {
        let reach = view.reach(child);
        let word = view.case_of(child).map_or("", |k| view.lower(k));
        if child > verb
            && reach.start == end
            && matches!(view.rel(child), Rel::Obl | Rel::OblUnmarked | Rel::Advmod)
            && !(word == "to" && source::is_speaker(view, child))
            && !medium::is_medium(view, child)
        {
            end = reach.end;
        }
    }
    end
}
