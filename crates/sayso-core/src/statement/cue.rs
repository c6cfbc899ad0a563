//! Cue candidates: where the lexicon's cues stand in a text.

use sayso_lexicon::{Cue, CueKind, CueWord, Frame};
use sayso_text::{Rel, Upos, Xpos};

use super::view::View;
use crate::StatementRule as Rule;

/// A cue of the lexicon at its place in the text.
#[derive(Clone, Debug)]
pub(super) struct Hit<'a> {
    pub(super) cue: &'a Cue,
    /// The verb, noun, adverb, or the first word of another pattern.
    pub(super) main: usize,
    /// The tokens that matched, in order; `main` is the first.
    pub(super) matched: Vec<usize>,
}

impl Hit<'_> {
    pub(super) fn last(&self) -> usize {
        self.matched.last().copied().unwrap_or(self.main)
    }
}

/// All lines of the lexicon that match at `at`, those with more words first.
pub(super) fn at<'a>(view: &View<'a>, at: usize) -> Vec<Hit<'a>> {
    let mut found: Vec<Hit<'a>> = Vec::new();
    let (lemma, lower) = (view.lemma(at), view.lower(at));
    let words = [lemma, lower];
    let keys = if lemma == lower {
        &words[..1]
    } else {
        &words[..]
    };
    for key in keys {
        for cue in view.cues().starting_with(key) {
            if found.iter().any(|hit| std::ptr::eq(hit.cue, cue)) || !fits(view, at, cue) {
                continue;
            }
            if let Some(matched) = matches(view, at, &cue.words, room(cue)) {
                found.push(Hit {
                    cue,
                    main: at,
                    matched,
                });
            }
        }
    }
    // Of two with as many words the one that stands closer together.
    found.sort_by_key(|hit| (std::cmp::Reverse(hit.matched.len()), hit.last()));
    found
}

/// The lines that begin with "not", where the subject of the verb at `at` says the "not":
/// "neither side has commented".
pub(super) fn under_neither<'a>(view: &View<'a>, at: usize) -> Option<Hit<'a>> {
    let verb = if view.upos(at) == Upos::Aux {
        view.head(at)?
    } else {
        at
    };
    if !view.is_verb(at) || negated_itself(view, verb) {
        return None;
    }
    empty_subject(view, verb)?;
    view.cues()
        .starting_with("not")
        .filter(|cue| cue.kind == CueKind::Silence)
        .filter_map(|cue| {
            let matched = matches(view, at, cue.words.get(1..)?, room(cue))?;
            Some(Hit {
                cue,
                main: at,
                matched,
            })
        })
        .max_by_key(|hit| hit.matched.len())
}

/// Whether the word at `at` is of the cue's kind.
fn fits(view: &View<'_>, at: usize, cue: &Cue) -> bool {
    match cue.kind {
        CueKind::Verb => is_cue_verb(view, at),
        CueKind::Noun => {
            matches!(view.upos(at), Upos::Noun)
                && !matches!(view.rel(at), Rel::Compound | Rel::Flat | Rel::NmodDesc)
        }
        CueKind::Adverb => view.upos(at) != Upos::Verb,
        CueKind::Preposition | CueKind::Silence => true,
    }
}

/// A verb that can head a clause: no adjective ("the reported raid"), no auxiliary.
pub(super) fn is_cue_verb(view: &View<'_>, at: usize) -> bool {
    let tagged = view.upos(at) == Upos::Verb
        || (view.upos(at) != Upos::Aux
            && matches!(view.xpos(at), Xpos::VBD | Xpos::VBZ | Xpos::VBP));
    let modifies = matches!(
        view.rel(at),
        Rel::Amod | Rel::Case | Rel::Compound | Rel::Fixed
    );
    tagged && !(modifies && view.has(Rule::AdjectiveIsNoCue))
}

/// The most words that `_` stands for: "put the number of dead in the northern districts at 37"
/// has a long name for what it counts.
fn room(cue: &Cue) -> usize {
    if cue.takes(Frame::ObjAt) { 12 } else { 4 }
}

/// The tokens that match `words` from `start` on, a gap having at most `longest`.
fn matches(view: &View<'_>, start: usize, words: &[CueWord], longest: usize) -> Option<Vec<usize>> {
    let end = view.sentence(start).end;
    let mut matched = Vec::with_capacity(words.len());
    let mut at = start;
    let mut gap = 0_usize;
    for word in words {
        match word {
            CueWord::Gap => gap = longest,
            CueWord::Maybe(any) => {
                if at < end && is_any(view, at, any) {
                    matched.push(at);
                    at += 1;
                }
            }
            CueWord::Any(any) => {
                // A verb and its particle or noun may have an adverb between them.
                let mut room = if gap > 0 {
                    gap
                } else {
                    usize::from(!matched.is_empty() && view.has(Rule::AdverbInCue))
                };
                let free = gap > 0;
                loop {
                    if at >= end {
                        return None;
                    }
                    if is_any(view, at, any) {
                        break;
                    }
                    let skippable = if free {
                        !view.is_punct(at) && !view.is_finite(at)
                    } else {
                        view.upos(at) == Upos::Adv
                    };
                    if room == 0 || !skippable {
                        return None;
                    }
                    room -= 1;
                    at += 1;
                }
                matched.push(at);
                at += 1;
                gap = 0;
            }
        }
    }
    (!matched.is_empty()).then_some(matched)
}

fn is_any(view: &View<'_>, at: usize, any: &[String]) -> bool {
    let (lemma, lower) = (view.lemma(at), view.lower(at));
    any.iter()
        .any(|w| w == lower || (w == lemma && w != "not"))
        // "n't" is "not" whatever its lemma.
        || (lower == "n't" && any.iter().any(|w| w == "not"))
}

/// Whether `verb` stands under "not", "never" or a subject such as "nobody", "no group".
pub(super) fn negated(view: &View<'_>, verb: usize) -> bool {
    negated_itself(view, verb) || empty_subject(view, verb).is_some()
}

/// Whether `verb` has a negation of its own.
pub(super) fn negated_itself(view: &View<'_>, verb: usize) -> bool {
    view.children(verb)
        .iter()
        .any(|&c| c < verb && is_not(view.lower(c)))
}

pub(super) fn is_not(word: &str) -> bool {
    matches!(word, "not" | "n't" | "never" | "neither" | "cannot")
}

/// The subject of `verb` where it stands for nobody: "no group", "nobody", "none of them".
pub(super) fn empty_subject(view: &View<'_>, verb: usize) -> Option<usize> {
    if !view.has(Rule::SubjectIsNobody) {
        return None;
    }
    let subject = view.child(verb, &[Rel::Nsubj, Rel::NsubjPass])?;
    let nobody = matches!(
        view.lower(subject),
        "nobody" | "none" | "nothing" | "neither"
    ) || view
        .children(subject)
        .iter()
        .any(|&c| c < subject && matches!(view.lower(c), "no" | "neither"))
        // "not a single shell"
        || view.lower(view.reach(subject).start) == "not";
    nobody.then_some(subject)
}

/// Whether `verb` is passive.
pub(super) fn passive(view: &View<'_>, verb: usize) -> bool {
    if view.children(verb).iter().any(|&c| match view.rel(c) {
        // An auxiliary behind its verb is another verb's.
        Rel::AuxPass => c < verb,
        Rel::NsubjPass | Rel::CsubjPass | Rel::OblAgent => true,
        _ => false,
    }) {
        return true;
    }
    if view.xpos(verb) != Xpos::VBN || !view.has(Rule::BareParticiple) {
        return false;
    }
    let perfect = view
        .children(verb)
        .iter()
        .any(|&c| c < verb && view.lemma(c) == "have");
    !perfect
        && matches!(
            view.rel(verb),
            Rel::Acl | Rel::Advcl | Rel::Xcomp | Rel::Conj
        )
        && view.child(verb, &[Rel::Nsubj]).is_none()
        && (view.rel(verb) != Rel::Conj
            || view.head(verb).is_some_and(|h| {
                view.children(h)
                    .iter()
                    .any(|&c| view.rel(c) == Rel::AuxPass)
            }))
}

/// Whether `verb` stands under "if", or under a modal and no negation.
pub(super) fn hypothetical(view: &View<'_>, verb: usize) -> bool {
    let negated = negated_itself(view, verb);
    view.has(Rule::HypotheticalCue)
        && view.children(verb).iter().any(|&c| {
            let word = view.lower(c);
            c < verb
                && match view.rel(c) {
                    Rel::Aux => {
                        matches!(word, "should" | "may" | "might" | "could" | "can" | "must")
                            && !negated
                    }
                    Rel::Mark => matches!(word, "if" | "unless" | "whether"),
                    _ => false,
                }
        })
}

/// "Explained: why the hills are on fire": a verb alone before a colon is a label.
pub(super) fn is_label(view: &View<'_>, verb: usize) -> bool {
    verb == view.sentence(verb).start && view.lower(verb + 1) == ":" && view.has(Rule::LabelIsNoCue)
}

/// "replied when asked if": the verb has no subject, and who asked is not told.
pub(super) fn asked_in_passing(view: &View<'_>, verb: usize) -> bool {
    view.has(Rule::AskedInPassing)
        && view.lower(verb) == "asked"
        && verb > 0
        && matches!(view.lower(verb - 1), "when" | "after" | "once" | "if")
        && view
            .child(verb, &[Rel::Nsubj, Rel::NsubjPass])
            .is_none_or(|subject| subject > verb)
}

/// Whether the cue can make a statement here at all.
///
/// A hypothetical saying credits nobody: "if they say so", "should announce", "to say" as a plan.
pub(super) fn is_real(view: &View<'_>, hit: &Hit<'_>) -> bool {
    let verb = hit.main;
    if hit.cue.kind != CueKind::Verb {
        return true;
    }
    if is_label(view, verb) || hypothetical(view, verb) {
        return false;
    }
    // "replied when asked if": whoever asked is not named, and did not speak to the reader.
    if asked_in_passing(view, verb) {
        return false;
    }
    if view.is_infinitive(verb) && view.has(Rule::InfinitiveCue) {
        // "went on to say", "was first to report", but not "refused to say", "plans to announce".
        let governor = view.head(verb).map(|h| view.lemma(h));
        return matches!(
            governor,
            Some(
                "go" | "continue"
                    | "proceed"
                    | "seem"
                    | "appear"
                    | "take"
                    | "use"
                    | "rush"
                    | "first"
                    | "come"
                    | "issue"
                    | "gather"
                    | "march"
                    | "rally"
                    | "demonstrate"
                    | "protest"
            )
        );
    }
    // Imperatives and the bare stem after a modal in a question say nothing either.
    !(view.has(Rule::ImperativeCue)
        && view.xpos(verb) == Xpos::VB
        && view.rel(verb) == Rel::Root
        && view.child(verb, &[Rel::Nsubj, Rel::Aux]).is_none()
        && !hit.cue.takes(Frame::Quote))
}
