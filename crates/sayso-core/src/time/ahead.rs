//! Whether the clause around a time looks ahead of the writer ("will meet on Sunday").

use std::ops::Range;

use super::scan::{Kind, Scan};

/// How far a clause is followed to either side, in atoms.
const REACH: usize = 14;

/// Whether a future cue stands in the clause of the expression at `atoms`.
///
/// Read from words, not from trees, so that it holds without the model too: the words before the
/// expression back to a mark, and those behind it where the expression opens the clause.
pub(super) fn looks_ahead(scan: &Scan<'_>, atoms: &Range<usize>) -> bool {
    let mut at = atoms.start;
    while at > 0 && atoms.start - at < REACH && !ends_clause(scan, at - 1) {
        at -= 1;
    }
    let cue = |i: usize| scan.phrase(&scan.words.future_cues, i).is_some();
    if (at..atoms.start).any(cue) {
        return true;
    }
    if atoms.start - at > 2 {
        return false;
    }
    let from = scan.skip(atoms.end, &[","]);
    (from..(from + 9).min(scan.len()))
        .take_while(|&i| !ends_clause(scan, i))
        .any(cue)
}

fn ends_clause(scan: &Scan<'_>, i: usize) -> bool {
    scan.kind(i) == Kind::Break
        || (scan.kind(i) == Kind::Mark && !scan.is(i, &["'", "-", "/", "$", "%"]))
        || scan.is(i, &["who", "which", "after", "because", "although"])
}
