//! Statements against the gold: what is found, by construction, and what kinds of error are made.

pub(crate) mod boundary;
pub(crate) mod construction;
pub(crate) mod cue_word;
pub(crate) mod kinds;
pub(crate) mod marks;
pub(crate) mod tables;

use sayso_core::Statement;
use sayso_text::Span;

use crate::coding::Answer;
use crate::gold::GoldStatement;
use crate::words::{WordSet, Words, greedy};

/// The least overlap of a content that counts as found.
pub(crate) const FOUND: f64 = 0.5;

/// One report's gold beside what the program found.
pub(crate) struct Compared<'a> {
    /// The program's answer.
    pub(crate) answer: &'a Answer,
    /// The gold.
    pub(crate) gold: Vec<Item<'a, GoldStatement>>,
    /// The program's statements.
    pub(crate) found: Vec<Item<'a, Statement>>,
    /// Pairs of gold and program whose contents agree by at least [`FOUND`].
    pub(crate) pairs: Vec<Pair>,
}

/// A statement with its words.
pub(crate) struct Item<'a, T> {
    /// The statement.
    pub(crate) statement: &'a T,
    /// Words of the content.
    pub(crate) content: WordSet,
    /// Words of the cue.
    pub(crate) cue: WordSet,
    /// Words of each source, nearest first.
    pub(crate) sources: Vec<WordSet>,
}

/// A gold statement that is found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// Index of the gold.
    pub(crate) gold: usize,
    /// Index of the program's.
    pub(crate) found: usize,
    /// Overlap of the contents.
    pub(crate) iou: f64,
    /// Whether source, and where the gold has them act and polarity, are right too.
    pub(crate) full: bool,
}

impl<'a> Compared<'a> {
    /// Pairs the statements of one report as the scorers do: one to one, the largest overlap of
    /// contents first.
    pub(crate) fn new(answer: &'a Answer, gold: &'a [GoldStatement]) -> Self {
        let words = Words::of(answer.coded.reading.text());
        let gold: Vec<_> = gold
            .iter()
            .map(|statement| Item {
                statement,
                content: words.within(&statement.content),
                cue: words.within(&statement.cue),
                sources: statement.sources.iter().map(|s| words.within(s)).collect(),
            })
            .collect();
        let found: Vec<_> = answer
            .coded
            .sheet
            .statements
            .iter()
            .map(|statement| Item {
                statement,
                content: words.within(&statement.content),
                cue: words.within(&statement.cue),
                sources: statement
                    .sources
                    .iter()
                    .map(|s| words.within(&[s.span]))
                    .collect(),
            })
            .collect();
        let mut scored = Vec::new();
        for (i, g) in gold.iter().enumerate() {
            for (j, f) in found.iter().enumerate() {
                let iou = g.content.iou(&f.content);
                if iou >= FOUND {
                    scored.push(((iou, right(g, f)), i, j));
                }
            }
        }
        let pairs = greedy(scored)
            .into_iter()
            .map(|(i, j)| Pair {
                gold: i,
                found: j,
                iou: gold[i].content.iou(&found[j].content),
                full: right(&gold[i], &found[j]),
            })
            .collect();
        Self {
            answer,
            gold,
            found,
            pairs,
        }
    }

    /// The pair of the gold statement `index`, if it is found.
    pub(crate) fn pair_of(&self, index: usize) -> Option<Pair> {
        self.pairs.iter().copied().find(|pair| pair.gold == index)
    }

    /// The text of the report.
    pub(crate) fn text(&self) -> &'a str {
        self.answer.coded.reading.text()
    }
}

/// Whether the nearest sources share a word, or nobody is named in both.
pub(crate) fn source_agrees(gold: &Item<'_, GoldStatement>, found: &Item<'_, Statement>) -> bool {
    let none = WordSet::default();
    gold.sources
        .first()
        .unwrap_or(&none)
        .touches(found.sources.first().unwrap_or(&none))
}

fn right(gold: &Item<'_, GoldStatement>, found: &Item<'_, Statement>) -> bool {
    let act = gold.statement.act.as_deref();
    let polarity = gold.statement.polarity.as_deref();
    source_agrees(gold, found)
        && act.is_none_or(|act| act == found.statement.act.as_str())
        && polarity.is_none_or(|polarity| polarity == found.statement.polarity.as_str())
}

/// The smallest span that holds all of `spans`.
pub(crate) fn hull(spans: &[Span]) -> Span {
    spans
        .iter()
        .copied()
        .reduce(Span::cover)
        .unwrap_or_default()
}

#[cfg(test)]
pub(crate) mod tests {
    use sayso_coder::Coder;

    use super::*;
    use crate::gold::occurrences;

    /// A gold statement of the first places at which these words stand.
    pub(crate) fn gold(text: &str, content: &[&str], cue: &str, source: &str) -> GoldStatement {
        let first = |words: &str| occurrences(words, text)[..1].to_vec();
        GoldStatement {
            content: content.iter().flat_map(|c| first(c)).collect(),
            sources: if source.is_empty() {
                vec![]
            } else {
                vec![first(source)]
            },
            cue: if cue.is_empty() { vec![] } else { first(cue) },
            ..GoldStatement::default()
        }
    }

    /// What the shipped program makes of `text`.
    pub(crate) fn answer(text: &str) -> Answer {
        Answer {
            id: "made-up".to_owned(),
            coded: Coder::shipped()
                .unwrap()
                .code(sayso_text::Report::from_text(text)),
        }
    }

    #[test]
    fn pairs_by_content_and_says_what_is_right() {
        let text = "The mayor of Orla said two guards were hurt. A nurse denied that.";
        let answer = answer(text);
        let gold = [
            gold(text, &["two guards were hurt"], "said", "The mayor"),
            gold(text, &["A nurse"], "", ""),
        ];
        let compared = Compared::new(&answer, &gold);
        let pair = compared.pair_of(0).unwrap();
        assert_eq!((pair.iou, pair.full), (1.0, true));
        assert!(compared.pair_of(1).is_none());
    }
}
