//! Explicit absences: "no group has claimed …", "declined to comment", "it was not clear who …".

use sayso_lexicon::{CueKind, Frame};
use sayso_text::{Rel, TokenRange, Upos, Xpos};

use super::clause::Content;
use super::cue::{self, Hit};
use super::source::{self, Phrase};
use super::view::View;
use crate::StatementRule as Rule;

/// The longest silence pattern that matches at `at`.
pub(super) fn at<'a>(view: &View<'a>, at: usize) -> Option<Hit<'a>> {
    cue::at(view, at)
        .into_iter()
        .find(|hit| hit.cue.kind == CueKind::Silence)
        .or_else(|| {
            let on = view.has(Rule::NegatedBySubject);
            on.then(|| cue::under_neither(view, at)).flatten()
        })
        // "declined to be named" is about the speaker, not about what is said.
        .filter(|hit| {
            let next = hit.last() + 1;
            let own = view.xpos(next) == Xpos::PRPS
                && matches!(view.lemma(next + 1), "name" | "names" | "identity");
            let naming = (hit.cue.takes(Frame::Inf) && view.lemma(next) == "be") || own;
            !(naming && view.has(Rule::SilenceOfNaming))
        })
}

/// Content and, where there is one, the silent speaker.
pub(super) fn find(view: &View<'_>, hit: &Hit<'_>) -> (Content, Option<Phrase>) {
    let takes = |frame| hit.cue.takes(frame);
    let sentence = view.sentence(hit.main);
    let from_phrase = prepositional(view, hit, &["from", "by"]);
    let unknown = view.has(Rule::NobodyKnows)
        && hit
            .matched
            .iter()
            .any(|&i| matches!(view.lower(i), "clear" | "unclear" | "known" | "unknown"));
    let speaker = if unknown || !view.has(Rule::SilentSpeaker) {
        None
    } else if is_nominal(view, hit) {
        from_phrase.or_else(|| light_subject(view, hit))
    } else {
        verb_of(view, hit).and_then(|verb| {
            // "could not be reached for comment": whoever says nothing is the subject.
            if takes(Frame::Own) && view.has(Rule::SilentSubject) {
                subject(view, verb).or_else(|| subject(view, view.head(verb)?))
            } else if cue::passive(view, verb) || impersonal(view, verb) {
                agent(view, verb)
            } else {
                subject(view, verb)
            }
        })
    };
    let mut content = Content {
        rule: Some(Rule::Silence),
        ..Content::default()
    };
    let last = hit.last();
    // "no claim of responsibility for …": what nobody claims.
    let inner = (hit.main..=last)
        .find(|&i| view.lower(i) == "responsibility")
        .filter(|_| takes(Frame::For));
    let start = inner.unwrap_or(last + 1);
    let end = rest_end(view, start.max(last + 1), &sentence);
    let mut start = start;
    if inner.is_none() && view.has(Rule::SilenceBehindPreposition) {
        while start < end
            && (view.is_punct(start)
                || matches!(
                    view.lower(start),
                    "of" | "for"
                        | "on"
                        | "about"
                        | "regarding"
                        | "over"
                        | "to"
                        | "concerning"
                        | "as"
                        | "that"
                ))
        {
            start += 1;
        }
        while start < end
            && view.upos(start) == Upos::Adv
            && !view.lower(start).starts_with('w')
            && view.lower(start) != "how"
        {
            start += 1;
        }
        while start < end
            && matches!(
                view.lower(start),
                "to" | "on" | "about" | "for" | "regarding"
            )
        {
            start += 1;
        }
        // "Unclear, too, is who fired": the copula is the cue's.
        if unknown && view.rel(start) == Rel::Cop && start + 1 < end {
            start += 1;
        }
        // "no comment from the army" has no topic beside its own.
        if !unknown && matches!(view.lower(start), "from" | "by" | "after" | "following") {
            start = end;
        }
    }
    if let Some(speaker) = &speaker
        && speaker.tokens.start >= start
    {
        // "no word from the palace on the fate of …"
        start = start.max(speaker.tokens.end).min(end);
        if matches!(
            view.lower(start),
            "on" | "about" | "of" | "for" | "regarding"
        ) {
            start += 1;
        }
    }
    if takes(Frame::Own) && view.has(Rule::SilentSubject) {
        content.ranges.push(last..last + 1);
        content.head = Some(last);
        content.rule = Some(Rule::SilenceOfCue);
    } else if start < end && !only_time(view, start, end) {
        content.ranges.push(start..end);
        content.head = (start..end).find(|&i| view.is_verb(i)).or(Some(start));
    } else if let Some(topic) =
        topic_before(view, hit).filter(|_| view.has(Rule::SilenceAboutSubject))
    {
        content.ranges.push(topic.tokens);
        content.head = Some(topic.head);
        content.rule = Some(Rule::SilenceAboutSubject);
    } else if view.has(Rule::SilenceOfCue) {
        content
            .ranges
            .push(if last == hit.main || is_nominal(view, hit) {
                last..last + 1
            } else {
                hit.main..last + 1
            });
        content.head = Some(last);
        content.rule = Some(Rule::SilenceOfCue);
    }
    (content, speaker)
}

/// "no claim", "no reports": the cue is a noun phrase.
fn is_nominal(view: &View<'_>, hit: &Hit<'_>) -> bool {
    matches!(view.upos(hit.last()), Upos::Noun)
        && !hit.matched.iter().any(|&i| view.is_verb(i))
        && view.lower(hit.main) != "not"
}

/// The verb that is not done, or whose complement is not known.
fn verb_of(view: &View<'_>, hit: &Hit<'_>) -> Option<usize> {
    hit.matched
        .iter()
        .copied()
        .find(|&i| view.upos(i) == Upos::Verb)
        .or_else(|| {
            // "not clear": the adjective is the predicate.
            hit.matched
                .iter()
                .rev()
                .copied()
                .find(|&i| view.upos(i) == Upos::Adj)
        })
        .or_else(|| view.head(hit.main))
}

fn impersonal(view: &View<'_>, verb: usize) -> bool {
    view.upos(verb) != Upos::Verb || view.child(verb, &[Rel::Expl]).is_some()
}

/// The subject of `verb` or of the verbs it hangs on.
fn subject(view: &View<'_>, verb: usize) -> Option<Phrase> {
    let mut at = verb;
    for _ in 0..4 {
        if let Some(nobody) = cue::empty_subject(view, at) {
            return neither(view, nobody).filter(|_| view.has(Rule::NeitherSpeaks));
        }
        if let Some(subject) = view.child(at, &[Rel::Nsubj, Rel::NsubjPass]) {
            let relative = matches!(view.lower(subject), "who" | "which" | "that");
            if !relative {
                return Some(source::full(view, subject));
            }
        }
        if view.rel(at) == Rel::AclRelcl {
            return view.head(at).map(|h| source::full(view, h));
        }
        if !matches!(
            view.rel(at),
            Rel::Conj | Rel::Xcomp | Rel::Advcl | Rel::Acl | Rel::Ccomp
        ) {
            break;
        }
        at = view.head(at)?;
    }
    source::beside(view, verb)
        .filter(|&n| n < verb && source::is_speaker(view, n))
        .map(|n| source::full(view, n))
}

/// "Neither the army nor the police", "neither side" are silent, "nobody" is no speaker.
fn neither(view: &View<'_>, subject: usize) -> Option<Phrase> {
    let word = view
        .children(subject)
        .iter()
        .copied()
        .find(|&c| c < subject && view.lower(c) == "neither")?;
    let mut phrase = source::full(view, subject);
    if view.rel(word) != Rel::Det {
        phrase.tokens.start = phrase.tokens.start.max(word + 1);
    }
    Some(phrase)
}

fn agent(view: &View<'_>, verb: usize) -> Option<Phrase> {
    view.child(verb, &[Rel::OblAgent])
        .map(|a| source::full(view, a))
}

/// "The army gave no details": the subject of the verb whose object is absent.
fn light_subject(view: &View<'_>, hit: &Hit<'_>) -> Option<Phrase> {
    let verb = view.head(hit.last())?;
    (view.rel(hit.last()) == Rel::Obj && view.child(verb, &[Rel::Expl]).is_none())
        .then(|| subject(view, verb))
        .flatten()
}

fn prepositional(view: &View<'_>, hit: &Hit<'_>, words: &[&str]) -> Option<Phrase> {
    let noun = hit.last();
    let among = |parent: usize| {
        view.children(parent).iter().copied().find(|&c| {
            c > noun
                && view
                    .case_of(c)
                    .is_some_and(|k| k > noun && words.contains(&view.lower(k)))
                && source::is_speaker(view, c)
        })
    };
    let found = hit
        .matched
        .iter()
        .rev()
        .find_map(|&i| among(i))
        .or_else(|| view.head(noun).and_then(among))?;
    Some(source::full(view, found))
}

/// Where the words about which there is silence end: at a clause that goes on about something
/// else.
pub(super) fn rest_end(view: &View<'_>, start: usize, sentence: &TokenRange) -> usize {
    (start..sentence.end)
        .filter(|_| view.has(Rule::CutAfterSilence))
        .find(|&i| {
            let word = view.lower(i);
            if matches!(word, ";" | ":" | "—" | "–" | "--") {
                return true;
            }
            if word == "but" {
                return true;
            }
            // "did not answer the letter or make a statement": another verb, another thing.
            if i > start && matches!(word, "and" | "or" | "nor") && i + 1 < sentence.end {
                let after = i + 1 + usize::from(view.upos(i + 1) == Upos::Adv);
                if view.is_verb(after) && view.head(after).is_some_and(|h| h < start) {
                    return true;
                }
            }
            let Some(next) = (i + 1 < sentence.end).then(|| view.lower(i + 1)) else {
                return false;
            };
            word == ","
                && (matches!(
                    next,
                    "but"
                        | "and"
                        | "though"
                        | "although"
                        | "while"
                        | "as"
                        | "according"
                        | "with"
                        | "he"
                        | "she"
                        | "they"
                        | "it"
                ) || (matches!(next, "who" | "which")
                    && (!matches!(view.lower(start), "if" | "whether")
                        || (start..i).any(|k| view.is_finite(k))))
                    || view.quotes.iter().any(|q| q.open == i + 1)
                    || closing_cue(view, i + 1, sentence))
        })
        .unwrap_or(sentence.end)
}

/// ", officials said": what follows the comma is a cue with its speaker and nothing else.
fn closing_cue(view: &View<'_>, start: usize, sentence: &TokenRange) -> bool {
    (start..(start + 8).min(sentence.end))
        .find(|&i| cue::is_cue_verb(view, i))
        .is_some_and(|verb| {
            cue::at(view, verb)
                .iter()
                .any(|h| h.cue.kind == CueKind::Verb && h.cue.takes(Frame::Clause))
                && view
                    .child(verb, &[Rel::Ccomp, Rel::Obj])
                    .is_none_or(|c| c < start)
                && sentence.end - verb <= 8
        })
}

fn only_time(view: &View<'_>, start: usize, end: usize) -> bool {
    (start..end).all(|i| view.is_punct(i) || matches!(view.upos(i), Upos::Adv | Upos::Propn))
        && end - start <= 2
}

/// "The target was unclear": what the sentence says nobody knows stands before the cue.
fn topic_before(view: &View<'_>, hit: &Hit<'_>) -> Option<Phrase> {
    let verb = verb_of(view, hit)?;
    // "None of the posts could be verified", "neither report was confirmed".
    if matches!(view.lower(hit.main), "none" | "neither") && view.has(Rule::NoneOfThem) {
        let noun = view.child(hit.main, &[Rel::Nmod]).or_else(|| {
            view.head(hit.main)
                .filter(|&h| view.rel(h) == Rel::NsubjPass)
        });
        if let Some(noun) = noun {
            return Some(source::full(view, noun));
        }
    }
    let topic = [Some(verb), view.head(verb)]
        .into_iter()
        .flatten()
        .find_map(|v| view.child(v, &[Rel::Nsubj, Rel::NsubjPass]))
        // "the report, which could not be verified"
        .map(|s| match (view.lower(s), view.rel(verb), view.head(verb)) {
            ("which" | "that" | "who", Rel::AclRelcl, Some(antecedent)) => antecedent,
            _ => s,
        })
        .filter(|&s| s < hit.main && !matches!(view.upos(s), Upos::Pron | Upos::Det))?;
    let speaks = cue::passive(view, verb)
        || view.upos(verb) != Upos::Verb
        || matches!(view.lemma(verb), "remain" | "stay");
    // "Reports that the chief had fled could not be confirmed": with the clause.
    let clause = view.child(topic, &[Rel::Acl, Rel::Ccomp, Rel::AclRelcl]);
    speaks.then(|| {
        let mut phrase = source::full(view, topic);
        if let Some(clause) = clause.filter(|&c| c > topic && view.reach(c).end <= hit.main) {
            phrase.tokens.end = phrase.tokens.end.max(view.reach(clause).end);
        }
        // "The number of families still on the hillside is not known", with all that is its.
        let own = view.reach(topic).end;
        let verb_follows = own <= hit.main && view.upos(own) == Upos::Aux;
        if verb_follows && !(phrase.tokens.end..own).any(|i| view.is_punct(i)) {
            phrase.tokens.end = phrase.tokens.end.max(own);
        }
        phrase
    })
}
