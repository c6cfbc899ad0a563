//! Words of a cue that credit nobody where they stand: a sense of the word that is no speech
//! (`lexicon/lookalikes.tsv`), a question of the writer's, a condition, "whoever says so".

use sayso_lexicon::{Beside, Lookalike};
use sayso_text::{Rel, Upos, Xpos};

use super::cue;
use super::draft::Draft;
use super::source;
use super::view::View;
use crate::StatementRule as Rule;

/// The rule by which `draft` is no statement.
pub(super) fn of(view: &View<'_>, draft: &Draft) -> Option<Rule> {
    let applies = |rule: Rule| match rule {
        Rule::WritersQuestion => is_question(view, draft),
        Rule::HypotheticalCue => is_condition(view, draft.main),
        Rule::AnybodyWhoSays => is_anybody(view, draft),
        Rule::ImperativeCue => is_imperative(view, draft),
        _ => is_other_sense(view, draft),
    };
    [
        Rule::WritersQuestion,
        Rule::HypotheticalCue,
        Rule::AnybodyWhoSays,
        Rule::ImperativeCue,
        Rule::OtherSense,
    ]
    .into_iter()
    .find(|&rule| view.has(rule) && applies(rule))
}

/// "Did the ministry say the bridge was safe?", "Who ordered the raid?": the writer asks it.
///
/// A question with "why" or "when" takes for granted what it asks about, and so does a clause in
/// the question; both still credit somebody.
fn is_question(view: &View<'_>, draft: &Draft) -> bool {
    let main = draft.main;
    if !view.is_verb(main) || !matches!(view.rel(main), Rel::Root | Rel::Conj) {
        return false;
    }
    let sentence = view.sentence(main);
    let Some(mark) = sentence
        .clone()
        .rev()
        .find(|&i| view.is_punct(i))
        .filter(|&i| view.lower(i) == "?")
    else {
        return false;
    };
    let quoted = |i: usize| view.quotes.iter().any(|q| q.holds(i));
    if quoted(main) || quoted(mark) || draft.content.left {
        return false;
    }
    match view.child(main, &[Rel::Nsubj, Rel::NsubjPass]) {
        Some(subject) if matches!(view.lower(subject), "who" | "what" | "which") => true,
        Some(subject) => {
            let inverted = view
                .children(main)
                .iter()
                .any(|&c| view.upos(c) == Upos::Aux && c < view.reach(subject).start);
            let taken_for_granted = view
                .children(main)
                .iter()
                .any(|&c| c < subject && view.xpos(c) == Xpos::WRB);
            inverted && !taken_for_granted
        }
        None => false,
    }
}

/// "If the court finds that …", "should the army announce that …".
fn is_condition(view: &View<'_>, main: usize) -> bool {
    if !view.is_verb(main) {
        return false;
    }
    let start = view.reach(main).start;
    view.rel(main) == Rel::Advcl
        && view.children(main).iter().any(|&c| {
            c < main
                && match view.rel(c) {
                    Rel::Mark => matches!(view.lower(c), "if" | "unless" | "lest"),
                    Rel::Aux => c == start && view.lower(c) == "should",
                    _ => false,
                }
        })
}

/// "Tell the drivers that …": the reader is to say it, whatever the model sees.
fn is_imperative(view: &View<'_>, draft: &Draft) -> bool {
    let main = draft.main;
    view.xpos(main) == Xpos::VB
        && view.rel(main) == Rel::Root
        && view.child(main, &[Rel::Nsubj, Rel::Aux]).is_none()
        && draft.speaker.chain.is_empty()
        && !draft.content.left
}

/// "Whoever says …", "anyone who claims …": nobody in particular.
fn is_anybody(view: &View<'_>, draft: &Draft) -> bool {
    draft
        .speaker
        .chain
        .first()
        .is_some_and(|p| match view.lower(p.head) {
            "whoever" | "whichever" => true,
            "anyone" | "anybody" | "those" | "someone" | "somebody" => {
                view.rel(draft.main) == Rel::AclRelcl && view.head(draft.main) == Some(p.head)
            }
            _ => false,
        })
}

/// Whether the lexicon knows the words beside the cue as those of another sense.
fn is_other_sense(view: &View<'_>, draft: &Draft) -> bool {
    let name = draft.line.as_deref().unwrap_or_default();
    let lexicon = view.lexicon();
    // A phrase of its own in the lexicon ("claim responsibility") is not its verb alone.
    let lemma = if name.contains(' ') {
        name
    } else {
        view.lemma(draft.main)
    };
    lexicon
        .lookalikes
        .of(name, lemma)
        .any(|line| stands_beside(view, draft, line))
}

fn stands_beside(view: &View<'_>, draft: &Draft, line: &Lookalike) -> bool {
    let main = draft.main;
    let fits = |i: usize| {
        let etype = view
            .context
            .reading
            .tokens
            .get(i)
            .map_or("", |token| token.etype);
        line.fits(view.lemma(i), etype) || line.fits(view.lower(i), etype)
    };
    let is_noun = view.upos(main) == Upos::Noun;
    match line.beside {
        Beside::Object => {
            // A clause or a quotation is said, "dismissed the man as a liar" is too.
            let said = view.child(main, &[Rel::Ccomp, Rel::Xcomp]).is_some()
                || draft.content.left
                || view.quotes.iter().any(|q| {
                    draft
                        .content
                        .ranges
                        .first()
                        .is_some_and(|r| q.holds(r.start))
                })
                || view
                    .children(main)
                    .iter()
                    .any(|&c| c > main && view.case_of(c).is_some_and(|k| view.lower(k) == "as"));
            !is_noun && !said && objects(view, draft).into_iter().any(fits)
        }
        Beside::Subject => {
            !is_noun
                && (draft.speaker.chain.first().map(|p| p.head))
                    .or_else(|| view.child(main, &[Rel::Nsubj]))
                    .is_some_and(fits)
        }
        Beside::Passive => {
            cue::passive(view, main)
                && draft.speaker.chain.is_empty()
                && view
                    .child(main, &[Rel::NsubjPass, Rel::Nsubj])
                    .is_some_and(fits)
        }
        Beside::For => view
            .reach(main)
            .filter(|&i| view.lower(i) == "for")
            .find_map(|i| view.head(i).filter(|&h| h > i))
            .is_some_and(fits),
        Beside::Noun => {
            is_noun
                && (line.fillers == ["@any"]
                    || (view.xpos(main) == Xpos::NN && !is_determined(view, main)))
                && view.children(main).iter().copied().any(|c| {
                    c > main
                        && view
                            .case_of(c)
                            .is_some_and(|k| matches!(view.lower(k), "for" | "over"))
                        && fits(c)
                })
        }
        Beside::Being => {
            let being = draft.content.ranges.first().is_some_and(|r| {
                view.lower(r.start) == "to" && view.lemma(r.start + 1) == "be"
                    || view.lower(r.start) == "be"
            });
            being
                && view.child(main, &[Rel::Nsubj, Rel::Expl]).is_some_and(|s| {
                    view.lower(s) == "it"
                        || (view.upos(s) == Upos::Noun && !source::is_speaker(view, s))
                })
        }
    }
}

/// What the verb is done to: its objects in the tree, else the first noun of the content.
fn objects(view: &View<'_>, draft: &Draft) -> Vec<usize> {
    let main = draft.main;
    let mut objects: Vec<usize> = view
        .children(main)
        .iter()
        .copied()
        .filter(|&c| c > main && matches!(view.rel(c), Rel::Obj | Rel::Iobj))
        .collect();
    if objects.is_empty() && cue::passive(view, main) {
        objects.extend(view.child(main, &[Rel::NsubjPass]));
    }
    if objects.is_empty() {
        objects.extend(draft.content.head.filter(|&h| view.is_nominal(h)));
    }
    objects
}

/// Whether a noun has an article, an owner or a number, so that it is one of many.
fn is_determined(view: &View<'_>, noun: usize) -> bool {
    view.children(noun).iter().any(|&c| {
        c < noun
            && matches!(
                view.rel(c),
                Rel::Det | Rel::NmodPoss | Rel::Nummod | Rel::Case
            )
    })
}
