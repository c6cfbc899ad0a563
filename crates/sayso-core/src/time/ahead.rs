//! Whether the clause around a time looks ahead of the writer ("will meet on Sunday").

use std::ops::Range;

use sayso_lexicon::TenseCue;

use super::scan::{Kind, Scan};

/// How far a clause is followed to either side, in atoms.
const REACH: usize = 14;

/// Whether a cue of the future stands in the clause of the expression at `atoms`.
///
/// Read from words, not from trees, so that it holds without the model too: the words before the
/// expression back to a mark, and those behind it where the expression opens the clause. A limit
/// ("until") looks ahead only where no verb of the past stands before it.
pub(super) fn looks_ahead(scan: &Scan<'_>, atoms: &Range<usize>) -> bool {
    let mut at = atoms.start;
    while at > 0 && atoms.start - at < REACH && !ends_clause(scan, at - 1) {
        at -= 1;
    }
    let cue = |i: usize| scan.phrase(&scan.words.tense_cues, i).map(|(&cue, _)| cue);
    if (at..atoms.start).any(|i| cue(i) == Some(TenseCue::Ahead)) {
        return true;
    }
    // "announced a strike for Friday", "has set the vote for 4 May"
    let appointed = atoms.start > at
        && scan.is(atoms.start - 1, &["for"])
        && (at..atoms.start - 1).any(|i| {
            scan.is(
                i,
                &[
                    "announced",
                    "call",
                    "called",
                    "convened",
                    "declared",
                    "fixed",
                    "planned",
                    "set",
                    "summoned",
                ],
            )
        });
    if appointed {
        return true;
    }
    // "until late on Monday", "through at least Friday"; "tore through a wedding on Monday" bounds
    // nothing.
    let limit = (at.max(atoms.start.saturating_sub(4))..atoms.start).any(|i| {
        cue(i) == Some(TenseCue::Limit)
            && (i + 1..atoms.start).all(|i| {
                scan.is(
                    i,
                    &[
                        "at", "least", "late", "early", "the", "on", "about", "around",
                    ],
                )
            })
    });
    let past = |i: usize| {
        cue(i) == Some(TenseCue::Past)
            || (scan.kind(i) == Kind::Word && scan.word(i).ends_with("ed"))
    };
    if limit && !(at..atoms.start).any(past) {
        return true;
    }
    if atoms.start - at > 2 || (at..atoms.start).any(past) {
        return false;
    }
    let from = scan.skip(atoms.end, &[","]);
    (from..(from + 9).min(scan.len()))
        .take_while(|&i| !ends_clause(scan, i))
        .any(|i| cue(i) == Some(TenseCue::Ahead))
}

fn ends_clause(scan: &Scan<'_>, i: usize) -> bool {
    // The full stop of "Oct. 7" or "5 p.m." ends nothing.
    let new_sentence = scan.capital(i + 1) && !scan.glued(i + 1);
    if scan.is(i, &["."]) && !new_sentence && i + 1 < scan.len() {
        return false;
    }
    scan.kind(i) == Kind::Break
        || (scan.kind(i) == Kind::Mark && !scan.is(i, &["'", "-", "/", "$", "%"]))
        || scan.is(i, &["who", "which", "after", "because", "although"])
}
