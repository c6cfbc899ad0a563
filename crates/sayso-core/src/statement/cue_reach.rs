//! How far a cue reaches: "made a strong condemnation of", "has yet to explain".
//!
//! The lexicon knows the word that reports; the model, which learned from annotated news, sees the
//! whole phrase that does. The phrase is the cue where it takes nothing from content and speaker.

use sayso_text::{Role, TokenRange, Upos};

use super::draft::Draft;
use super::source;
use super::view::View;
use crate::StatementRule as Rule;

/// Longest cue; what is longer is a clause of its own.
const LONGEST: usize = 9;

/// Widens the cue of every draft to the phrase that the model sees around it.
pub(super) fn widen(view: &View<'_>, drafts: &mut [Draft]) {
    if !view.has(Rule::WholeCue) {
        return;
    }
    for draft in drafts {
        let Some(cue) = draft.cue.clone() else {
            continue;
        };
        let sentence = view.sentence(draft.main);
        let seen = view
            .context
            .reading
            .roles
            .iter()
            .filter(|r| r.role == Role::Cue)
            .map(|r| r.tokens.clone())
            .find(|r| r.start < cue.end && cue.start < r.end);
        let Some(seen) = seen else {
            continue;
        };
        let whole =
            seen.start.min(cue.start).max(sentence.start)..seen.end.max(cue.end).min(sentence.end);
        let mut free = free_of(draft, &cue, whole);
        // A colon or a day beside the cue is no part of it: "added:", "reported today".
        while free.end > cue.end
            && (view.is_punct(free.end - 1) || source::is_time(view, free.end - 1))
        {
            free.end -= 1;
        }
        // "wrote on X": the preposition is the medium's.
        let behind = draft.medium.iter().chain(&draft.to);
        if free.end > cue.end
            && behind.into_iter().any(|p| p.tokens.start == free.end)
            && view.upos(free.end - 1) == Upos::Adp
        {
            free.end -= 1;
        }
        while free.start < cue.start && view.is_punct(free.start) {
            free.start += 1;
        }
        if free.len() <= LONGEST {
            draft.cue = Some(free);
        }
    }
}

/// `whole` cut back, on either side of `cue`, before the draft's other parts.
fn free_of(draft: &Draft, cue: &TokenRange, whole: TokenRange) -> TokenRange {
    let taken = |i: &usize| {
        draft.content.ranges.iter().any(|r| r.contains(i))
            || draft.speaker.chain.iter().any(|p| p.tokens.contains(i))
            || draft.to.as_ref().is_some_and(|p| p.tokens.contains(i))
            || draft.medium.as_ref().is_some_and(|p| p.tokens.contains(i))
    };
    let start = (whole.start..cue.start)
        .rev()
        .find(|i| taken(i))
        .map_or(whole.start, |i| i + 1);
    let end = (cue.end..whole.end).find(|i| taken(i)).unwrap_or(whole.end);
    start..end
}

#[cfg(test)]
mod tests {
    use sayso_text::Role;

    use super::super::tests::cues;
    use crate::test_reading::{add_role, reading};

    #[test]
    fn the_phrase_that_reports_is_the_cue() {
        let mut seen = reading(
            "The council voiced sharp condemnation of the raid.",
            "The the DET DT 2 det
             council council NOUN NN 3 nsubj
             voiced voice VERB VBD 0 root
             sharp sharp ADJ JJ 5 amod
             condemnation condemnation NOUN NN 3 obj
             of of ADP IN 8 case
             the the DET DT 8 det
             raid raid NOUN NN 5 nmod
             . . PUNCT PUNCT 3 punct",
        );
        let cue = add_role(&mut seen, "voiced sharp condemnation of", Role::Cue, None);
        add_role(&mut seen, "The council", Role::Source, Some(cue));
        add_role(&mut seen, "the raid", Role::Content, Some(cue));
        assert_eq!(cues(&seen), ["voiced sharp condemnation of"]);
    }
}
