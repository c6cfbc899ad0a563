//! Parts of attributions: sources, cues and contents, and which belong together.

use sayso_text::{Role, RoleSpan, TokenRange};

use crate::bio::{Bio, log_softmax};
use crate::encoder::Table;

/// Scores of a whole document.
#[derive(Debug, Default)]
pub(crate) struct RoleScores {
    pub(crate) source: Table,
    pub(crate) cue: Table,
    pub(crate) content: Table,
    /// Link scores of each window, with the tokens they are of.
    pub(crate) links: Vec<(TokenRange, Table)>,
}

/// Added to the log-probability of `O`: below 0, parts are found that the labels alone would miss.
const OUTSIDE: [(Role, f32); 3] = [(Role::Source, 0.0), (Role::Cue, 0.0), (Role::Content, 0.0)];

/// A link is kept when its probability, averaged over the part's words, is at least this.
const LEAST_LINK: f32 = 0.2;

/// Probability of a word that no span can claim; keeps one stray word from vetoing a link.
const FLOOR: f32 = 1e-3;

/// The parts of a document's attributions in text order, linked.
///
/// `starts` tells the first token of each sentence: sources and cues end there, contents go on.
pub(crate) fn decode(scores: &RoleScores, starts: impl Fn(usize) -> bool) -> Vec<RoleSpan> {
    let mut spans = Vec::new();
    for (role, outside) in OUTSIDE {
        let table = match role {
            Role::Source => &scores.source,
            Role::Cue => &scores.cue,
            Role::Content => &scores.content,
        };
        let found =
            Bio::single(role).decode(table, outside, |row| role != Role::Content && starts(row));
        spans.extend(found.into_iter().map(|stretch| RoleSpan {
            tokens: stretch.rows,
            role,
            link: None,
            score: stretch.score.min(1.0),
        }));
    }
    spans.sort_by_key(|s| (s.tokens.start, s.tokens.end, s.role));
    let links: Vec<Option<usize>> = (0..spans.len())
        .map(|at| link(at, &spans, &scores.links))
        .collect();
    for (at, target) in links.iter().enumerate() {
        // A content that points at a source belongs to that source's cue, where it has one.
        let settled = target.map(|t| match spans.get(t).map(|s| s.role) {
            Some(Role::Source) => links.get(t).copied().flatten().unwrap_or(t),
            _ => t,
        });
        if let Some(span) = spans.get_mut(at) {
            span.link = settled;
        }
    }
    let mut spans = joined(spans, &starts);
    run_on(&mut spans, &starts);
    spans
}

/// A hole of this many words in a part is closed: a quoted name, or a slip of the labels.
const LARGEST_HOLE: usize = 3;

/// Joins parts of one role that belong to the same cue and touch, or have a small hole between
/// them that lies in one sentence and holds no cue.
fn joined(spans: Vec<RoleSpan>, starts: &impl Fn(usize) -> bool) -> Vec<RoleSpan> {
    let cues: Vec<TokenRange> = spans
        .iter()
        .filter(|s| s.role == Role::Cue)
        .map(|s| s.tokens.clone())
        .collect();
    let is_hole = |hole: TokenRange| {
        hole.is_empty()
            || (hole.len() <= LARGEST_HOLE
                && !(hole.start..=hole.end).any(starts)
                && !cues.iter().any(|cue| overlap(cue, &hole)))
    };
    let mut numbers = Vec::with_capacity(spans.len());
    let mut kept: Vec<RoleSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        let open = kept.iter().rposition(|before| {
            before.role == span.role
                && before.link.is_some()
                && before.link == span.link
                && before.tokens.end <= span.tokens.start
                && is_hole(before.tokens.end..span.tokens.start)
        });
        numbers.push(open.unwrap_or(kept.len()));
        match open.and_then(|at| kept.get_mut(at)) {
            Some(before) => {
                let (old, new) = (before.tokens.len() as f32, span.tokens.len() as f32);
                before.score = (before.score * old + span.score * new) / (old + new);
                before.tokens.end = span.tokens.end;
            }
            None => kept.push(span),
        }
    }
    for span in &mut kept {
        span.link = span.link.and_then(|old| numbers.get(old).copied());
    }
    kept
}

/// Lets a content run on over the content of an attribution that it quotes.
///
/// In "he said that she claimed that X" the labels give "that she claimed" to `said` and "that X"
/// to `claimed`: each word belongs to the innermost. The content of `said` is all of it.
fn run_on(spans: &mut [RoleSpan], starts: &impl Fn(usize) -> bool) {
    // From the right, so that what is quoted two levels down is reached as well.
    for at in (0..spans.len()).rev() {
        let Some(outer) = spans.get(at).filter(|s| s.role == Role::Content) else {
            continue;
        };
        let end = outer.tokens.end;
        let inner = spans[at + 1..].iter().find(|inner| {
            let cue = inner.link.and_then(|l| spans.get(l));
            inner.role == Role::Content
                && inner.tokens.start == end
                && inner.link != outer.link
                && !starts(end)
                && cue.is_some_and(|c| {
                    outer.tokens.start <= c.tokens.start && c.tokens.end <= outer.tokens.end
                })
        });
        if let Some(end) = inner.map(|s| s.tokens.end)
            && let Some(outer) = spans.get_mut(at)
        {
            outer.tokens.end = end;
        }
    }
}

/// The part that part `at` points to: a cue, or for a content also a source.
fn link(at: usize, spans: &[RoleSpan], windows: &[(TokenRange, Table)]) -> Option<usize> {
    let span = spans.get(at).filter(|s| s.role != Role::Cue)?;
    let mut sums = vec![(0.0_f32, 0_usize); spans.len()];
    for (tokens, table) in windows {
        let rows = span.tokens.start.max(tokens.start)..span.tokens.end.min(tokens.end);
        for token in rows {
            let logs = log_softmax(table.row(token - tokens.start));
            for (other, (sum, count)) in spans.iter().zip(&mut sums) {
                if !may_link(span.role, other.role) || !overlap(&other.tokens, tokens) {
                    continue;
                }
                let claimed: f32 = other
                    .tokens
                    .clone()
                    .filter(|t| tokens.contains(t))
                    .filter_map(|t| logs.get(t - tokens.start + 1))
                    .map(|log| log.exp())
                    .sum();
                *sum += claimed.max(FLOOR).ln();
                *count += 1;
            }
        }
    }
    let mut best = (None, LEAST_LINK.ln());
    for (other, &(sum, count)) in sums.iter().enumerate() {
        let mean = sum / count.max(1) as f32;
        if count > 0 && mean > best.1 {
            best = (Some(other), mean);
        }
    }
    best.0
}

fn may_link(from: Role, to: Role) -> bool {
    to == Role::Cue || (from == Role::Content && to == Role::Source)
}

fn overlap(a: &TokenRange, b: &TokenRange) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// BIO rows of `labels`, sure of themselves.
    fn rows(labels: &str) -> Table {
        let data = labels
            .chars()
            .flat_map(|c| ['O', 'B', 'I'].map(|l| if l == c { 8.0 } else { 0.0 }))
            .collect();
        Table::new(3, data)
    }

    fn links(targets: &[usize]) -> Table {
        let columns = targets.len() + 1;
        let data = targets
            .iter()
            .flat_map(|&t| (0..columns).map(move |c| if c == t { 8.0 } else { 0.0 }))
            .collect();
        Table::new(columns, data)
    }

    #[test]
    fn parts_of_an_attribution_find_their_cue() {
        // Elders said | that talks failed
        let scores = RoleScores {
            source: rows("BOOOO"),
            cue: rows("OBOOO"),
            content: rows("OOBII"),
            links: vec![(0..5, links(&[2, 0, 2, 2, 2]))],
        };
        let found = decode(&scores, |row| row == 0);
        let view: Vec<_> = found
            .iter()
            .map(|s| (s.role, s.tokens.clone(), s.link))
            .collect();
        assert_eq!(
            view,
            [
                (Role::Source, 0..1, Some(1)),
                (Role::Cue, 1..2, None),
                (Role::Content, 2..5, Some(1)),
            ]
        );
    }

    #[test]
    fn parts_that_touch_and_share_a_cue_are_one() {
        // local | officials said
        let scores = RoleScores {
            source: rows("BBO"),
            cue: rows("OOB"),
            content: rows("OOO"),
            links: vec![(0..3, links(&[3, 3, 0]))],
        };
        let found = decode(&scores, |row| row == 0);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].tokens.clone(), found[0].link), (0..2, Some(1)));
    }

    #[test]
    fn a_small_hole_is_closed() {
        // said | rebels took (the) town
        let scores = RoleScores {
            source: rows("OOOOO"),
            cue: rows("BOOOO"),
            content: rows("OBIOB"),
            links: vec![(0..5, links(&[0, 1, 1, 0, 1]))],
        };
        let found = decode(&scores, |row| row == 0);
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].tokens.clone(), found[1].link), (1..5, Some(0)));
        assert_eq!(decode(&scores, |row| row == 0 || row == 4).len(), 3);
    }

    #[test]
    fn a_content_runs_on_over_what_it_quotes() {
        // he said | she claimed | talks failed
        let scores = RoleScores {
            source: rows("BOBOOO"),
            cue: rows("OBOBOO"),
            content: rows("OOBIBI"),
            links: vec![(0..6, links(&[2, 0, 2, 2, 4, 4]))],
        };
        let found = decode(&scores, |row| row == 0);
        let contents: Vec<_> = found
            .iter()
            .filter(|s| s.role == Role::Content)
            .map(|s| s.tokens.clone())
            .collect();
        assert_eq!(contents, [2..6, 4..6]);
    }

    #[test]
    fn a_content_goes_on_in_the_next_window() {
        let scores = RoleScores {
            source: rows("OOOOO"),
            cue: rows("BOOOO"),
            content: rows("OBIII"),
            links: vec![(0..3, links(&[0, 1, 1])), (3..5, links(&[0, 0]))],
        };
        let found = decode(&scores, |row| row == 0 || row == 3);
        assert_eq!((found[1].tokens.clone(), found[1].link), (1..5, Some(0)));
    }

    #[test]
    fn a_content_without_a_cue_hangs_on_its_source() {
        let scores = RoleScores {
            source: rows("BIO"),
            cue: rows("OOO"),
            content: rows("OOB"),
            links: vec![(0..3, links(&[0, 0, 1]))],
        };
        let found = decode(&scores, |row| row == 0);
        assert_eq!((found[0].link, found[1].link), (None, Some(0)));
    }
}
