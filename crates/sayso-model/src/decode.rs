//! From the scores of the windows to the annotations of the tokens.

use sayso_text::{Reading, Rel, Token, TokenRange, Upos};

use crate::bio::maximum;
use crate::encoder::{Scores, Table};
use crate::labels::Labels;
use crate::pieces::WordPieces;
use crate::roles::{Links, RoleScores};
use crate::tree::{best_allowed, best_tree};
use crate::window::{Part, Window};
use crate::{lemma, names, roles};

/// Decodes a document window by window, so that no more than the scores of names and attributions
/// has to be kept of a long one.
#[derive(Debug)]
pub(crate) struct Decoder<'m> {
    labels: &'m Labels,
    pieces: &'m WordPieces,
    /// For each token, whether it is the first of its sentence.
    starts: Vec<bool>,
    /// Root of the sentence that the next part may continue.
    root: Option<usize>,
    /// Root of the dateline in front of the next part.
    lead: Option<usize>,
    ner: Table,
    says: RoleScores,
}

impl<'m> Decoder<'m> {
    pub(crate) fn new(reading: &Reading, labels: &'m Labels, pieces: &'m WordPieces) -> Self {
        let mut starts = vec![false; reading.tokens.len()];
        for sentence in &reading.sentences {
            if let Some(start) = starts.get_mut(sentence.tokens.start) {
                *start = true;
            }
        }
        Self {
            labels,
            pieces,
            starts,
            root: None,
            lead: None,
            ner: Table::default(),
            says: RoleScores::default(),
        }
    }

    /// Fills in tags and trees of the next window; windows come in text order.
    pub(crate) fn window(&mut self, reading: &mut Reading, window: &Window, scores: &Scores) {
        let tokens = window.tokens();
        tag(reading, self.labels, self.pieces, scores, tokens.clone());
        for part in &window.parts {
            let from = part.tokens.start - tokens.start;
            let root = attach(reading, self.labels, scores, part, from, self.root);
            if part.leads {
                self.lead = root;
                continue;
            }
            self.root = root;
            if let Some(lead) = self.lead.take().and_then(|at| reading.tokens.get_mut(at)) {
                lead.head = root;
                lead.rel = Rel::Parataxis;
            }
        }
        self.ner.extend(&scores.ner);
        self.says.source.extend(&scores.source);
        self.says.cue.extend(&scores.cue);
        self.says.content.extend(&scores.content);
        self.says.links.push(Links::of(tokens, &scores.link));
    }

    /// Fills in names and roles, which may reach over the edges of windows.
    pub(crate) fn finish(self, reading: &mut Reading) {
        let starts = |token: usize| self.starts.get(token).copied().unwrap_or(true);
        reading.names = names::decode(&self.labels.ner, &self.ner, starts);
        reading.roles = roles::decode(&self.says, starts);
        reading.annotated = true;
    }
}

/// Parts of speech, lemmas and entity types.
fn tag(
    reading: &mut Reading,
    labels: &Labels,
    pieces: &WordPieces,
    scores: &Scores,
    tokens: TokenRange,
) {
    for (row, at) in tokens.enumerate() {
        let word = reading.word(at).to_owned();
        let Some(token) = reading.tokens.get_mut(at) else {
            continue;
        };
        token.upos = pick(&labels.upos, &scores.upos, row, Upos::X);
        token.xpos = pick(&labels.xpos, &scores.xpos, row, token.xpos);
        token.etype = pick(&labels.etype, &scores.etype, row, "");
        let scripts = scores.lemma.row(row);
        token.lemma = lemma::best(&labels.lemma, scripts, &word, token.xpos, |lemma| {
            pieces.knows(lemma)
        });
    }
}

fn pick<L: Copy>(labels: &[L], scores: &Table, row: usize, otherwise: L) -> L {
    labels
        .get(maximum(scores.row(row)).0)
        .copied()
        .unwrap_or(otherwise)
}

/// The tree of one part; `from` is its first row. Returns the root of its sentence.
///
/// The root of a part that continues a sentence hangs on that sentence's root.
fn attach(
    reading: &mut Reading,
    labels: &Labels,
    scores: &Scores,
    part: &Part,
    from: usize,
    before: Option<usize>,
) -> Option<usize> {
    let start = part.tokens.start;
    let heads = best_tree(part.tokens.len(), |word, head| {
        let column = if head == 0 { 0 } else { from + head };
        let row = scores.arc.row(from + word);
        row.get(column).copied().unwrap_or(f32::NEG_INFINITY)
    });
    let mut root = before.filter(|_| part.continues);
    let above = root;
    for (word, head) in heads.into_iter().enumerate() {
        let row = scores.rel.row(from + word);
        let rel = |allowed: &dyn Fn(Rel) -> bool| {
            let best = best_allowed(row, |i| labels.rel.get(i).is_some_and(|&r| allowed(r)));
            labels.rel.get(best).copied().unwrap_or(Rel::Dep)
        };
        let Some(token) = reading.tokens.get_mut(start + word) else {
            continue;
        };
        let (head, rel) = match (head, above) {
            (Some(head), _) => (Some(start + head), rel(&|r| r != Rel::Root)),
            (None, Some(above)) => (Some(above), Rel::Parataxis),
            (None, None) => {
                root = Some(start + word);
                (None, Rel::Root)
            }
        };
        *token = Token {
            head,
            rel,
            ..std::mem::replace(token, Token::bare(token.span))
        };
    }
    root
}
