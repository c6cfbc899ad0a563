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
    /// Where the words of each window point, in text order.
    pub(crate) links: Vec<Links>,
}

/// Where the words of one window point.
#[derive(Debug)]
pub(crate) struct Links {
    tokens: TokenRange,
    /// For each word the tokens that it may point to, with their probabilities; what is left to
    /// one is for pointing nowhere and for targets that are hardly possible.
    rows: Vec<Vec<(usize, f32)>>,
}

impl Links {
    /// Keeps the likely targets of a window's link scores: most of a row is next to nothing.
    pub(crate) fn of(tokens: TokenRange, scores: &Table) -> Self {
        let rows = (0..scores.rows())
            .map(|row| {
                let logs = log_softmax(scores.row(row));
                let targets = logs.iter().skip(1).map(|log| log.exp());
                targets
                    .enumerate()
                    .map(|(at, p)| (tokens.start + at, p))
                    .filter(|(_, p)| *p > FLOOR / 10.0)
                    .collect()
            })
            .collect();
        Self { tokens, rows }
    }

    /// The targets of one token.
    fn row(&self, token: usize) -> &[(usize, f32)] {
        let row = token.checked_sub(self.tokens.start);
        row.and_then(|r| self.rows.get(r))
            .map_or(&[], Vec::as_slice)
    }
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
    let targets = targets(&spans, &scores.links);
    let links: Vec<Option<usize>> = spans
        .iter()
        .map(|span| link(span, &spans, &scores.links, &targets))
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

/// How many parts back the one that a part continues may stand.
const NEAR: usize = 32;

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
                && !holds_cue(&cues, &hole))
    };
    let mut numbers = Vec::with_capacity(spans.len());
    let mut kept: Vec<RoleSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        let near = kept.len().saturating_sub(NEAR);
        let open = kept[near..].iter().rposition(|before| {
            before.role == span.role
                && before.link.is_some()
                && before.link == span.link
                && before.tokens.end <= span.tokens.start
                && is_hole(before.tokens.end..span.tokens.start)
        });
        let open = open.map(|at| near + at);
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
        let after = spans[at + 1..].iter();
        let mut near = after.take_while(|inner| inner.tokens.start <= end);
        let inner = near.find(|inner| {
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

/// For each window, the numbers of the cues and sources that reach into it.
fn targets(spans: &[RoleSpan], windows: &[Links]) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); windows.len()];
    for (number, span) in spans.iter().enumerate() {
        if span.role == Role::Content {
            continue;
        }
        for at in overlapping(windows, &span.tokens) {
            found[at].push(number);
        }
    }
    found
}

/// Numbers of the windows that share tokens with `tokens`.
fn overlapping(windows: &[Links], tokens: &TokenRange) -> std::ops::Range<usize> {
    let from = windows.partition_point(|w| w.tokens.end <= tokens.start);
    let to = windows.partition_point(|w| w.tokens.start < tokens.end);
    from..to.max(from)
}

/// Number of the part that `span` points to: a cue, or for a content also a source.
fn link(
    span: &RoleSpan,
    spans: &[RoleSpan],
    windows: &[Links],
    targets: &[Vec<usize>],
) -> Option<usize> {
    if span.role == Role::Cue {
        return None;
    }
    // Number of a target, sum of the log-probabilities of pointing there, how many words.
    let mut sums: Vec<(usize, f32, usize)> = Vec::new();
    for at in overlapping(windows, &span.tokens) {
        let window = &windows[at];
        for &number in &targets[at] {
            let target = &spans[number];
            if !may_link(span.role, target.role) {
                continue;
            }
            let (mut sum, mut count) = (0.0, 0);
            let first = span.tokens.start.max(window.tokens.start);
            for token in first..span.tokens.end.min(window.tokens.end) {
                let row = window.row(token).iter();
                let claimed: f32 = row
                    .filter(|(to, _)| target.tokens.contains(to))
                    .map(|(_, p)| p)
                    .sum();
                sum += claimed.max(FLOOR).ln();
                count += 1;
            }
            match sums.iter_mut().find(|(n, ..)| *n == number) {
                Some((_, s, c)) => (*s, *c) = (*s + sum, *c + count),
                None => sums.push((number, sum, count)),
            }
        }
    }
    let mut best = (None, LEAST_LINK.ln());
    for (number, sum, count) in sums {
        let mean = sum / count.max(1) as f32;
        if mean > best.1 {
            best = (Some(number), mean);
        }
    }
    best.0
}

fn may_link(from: Role, to: Role) -> bool {
    to == Role::Cue || (from == Role::Content && to == Role::Source)
}

/// Whether one of the cues, in text order and apart from each other, reaches into `tokens`.
fn holds_cue(cues: &[TokenRange], tokens: &TokenRange) -> bool {
    let next = cues.partition_point(|cue| cue.end <= tokens.start);
    cues.get(next).is_some_and(|cue| cue.start < tokens.end)
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
            links: vec![Links::of(0..5, &links(&[2, 0, 2, 2, 2]))],
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
            links: vec![Links::of(0..3, &links(&[3, 3, 0]))],
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
            links: vec![Links::of(0..5, &links(&[0, 1, 1, 0, 1]))],
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
            links: vec![Links::of(0..6, &links(&[2, 0, 2, 2, 4, 4]))],
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
            links: vec![
                Links::of(0..3, &links(&[0, 1, 1])),
                Links::of(3..5, &links(&[0, 0])),
            ],
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
            links: vec![Links::of(0..3, &links(&[0, 0, 1]))],
        };
        let found = decode(&scores, |row| row == 0);
        assert_eq!((found[0].link, found[1].link), (None, Some(0)));
    }
}
