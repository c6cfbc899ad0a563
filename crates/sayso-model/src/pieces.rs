//! Word pieces: the longest match in the vocabulary, from the left, inside one word.

use crate::error::ModelError;
use crate::normal::Normal;

/// A longer run (in characters) is one unknown piece, as in BERT.
const LONGEST_RUN: usize = 100;

/// One word piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Line of the vocabulary, from 0.
    pub id: u32,
    /// First byte of the word that the piece covers.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A vocabulary of word pieces (`WordPiece` of BERT, uncased), one a line, the line number its id.
///
/// Cutting is linear in the text: the vocabulary is a trie over bytes. Pieces are looked up
/// inside one word only, after: quotes and dashes to ASCII, lower case, decomposition (NFD),
/// marks dropped, punctuation and CJK characters set apart.
///
/// Source: Devlin et al., BERT (2019); the greedy match of Schuster and Nakajima (2012).
#[derive(Debug)]
pub struct WordPieces {
    nodes: Vec<Node>,
    /// Byte that leads to each node, beside `nodes`.
    bytes: Vec<u8>,
    /// Node below `##`, where the pieces inside a word hang.
    inner: u32,
    unknown: u32,
    start: u32,
    end: u32,
    size: usize,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    first_child: u32,
    children: u16,
    /// Id of the piece that ends here.
    piece: Option<u32>,
}

const ROOT: u32 = 0;

impl WordPieces {
    /// Reads a vocabulary, one piece a line.
    ///
    /// # Errors
    /// [`ModelError::Vocabulary`] when a special piece is missing or a line is empty or repeated.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let wrong = |reason: String| ModelError::Vocabulary { reason };
        let mut sorted: Vec<(&[u8], u32)> = text
            .lines()
            .enumerate()
            .map(|(id, piece)| (piece.as_bytes(), id as u32))
            .collect();
        let size = sorted.len();
        let id_of = |piece: &str| {
            text.lines()
                .position(|line| line == piece)
                .map(|id| id as u32)
                .ok_or_else(|| wrong(format!("the piece {piece} is missing")))
        };
        let (unknown, start, end) = (id_of("[UNK]")?, id_of("[CLS]")?, id_of("[SEP]")?);
        sorted.sort_unstable();
        for (at, pair) in sorted.windows(2).enumerate() {
            if pair[0].0 == pair[1].0 {
                return Err(wrong(format!(
                    "lines {} and {} are the same",
                    pair[0].1 + 1,
                    pair[1].1 + 1
                )));
            }
            if at == 0 && pair[0].0.is_empty() {
                return Err(wrong(format!("line {} is empty", pair[0].1 + 1)));
            }
        }
        let (nodes, bytes) = trie(&sorted);
        let mut pieces = Self {
            nodes,
            bytes,
            inner: ROOT,
            unknown,
            start,
            end,
            size,
        };
        pieces.inner = pieces
            .child(ROOT, b'#')
            .and_then(|node| pieces.child(node, b'#'))
            .ok_or_else(|| wrong("no piece starts with ##".to_owned()))?;
        Ok(pieces)
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.size
    }

    /// Whether the vocabulary is empty (never, once parsed).
    pub fn is_empty(&self) -> bool {
        self.size == 0
    }

    /// Id of the piece that opens a window.
    pub fn start_id(&self) -> u32 {
        self.start
    }

    /// Id of the piece that closes a window.
    pub fn end_id(&self) -> u32 {
        self.end
    }

    /// Id of the piece for what the vocabulary cannot spell.
    pub fn unknown_id(&self) -> u32 {
        self.unknown
    }

    /// Whether `word`, in lower case, is a whole piece: a common word of the language.
    pub fn knows(&self, word: &str) -> bool {
        self.longest(ROOT, word.as_bytes())
            .is_some_and(|(_, length)| length == word.len())
    }

    /// The pieces of one word, in order; never empty. Offsets are bytes of `word`.
    pub fn encode(&self, word: &str) -> Vec<Piece> {
        let mut found = Vec::new();
        self.encode_into(word, &mut Cutter::default(), &mut found);
        found
    }

    /// Appends the pieces of one word to `out`, reusing the buffers of `cutter`.
    pub(crate) fn encode_into(&self, word: &str, cutter: &mut Cutter, out: &mut Vec<Piece>) {
        let normal = &mut cutter.normal;
        normal.set(word);
        let before = out.len();
        let mut from = 0;
        for &to in &normal.runs {
            self.run(normal, from, to, out);
            from = to;
        }
        if out.len() == before {
            out.push(Piece {
                id: self.unknown,
                start: 0,
                end: word.len() as u32,
            });
        }
    }

    fn run(&self, normal: &Normal, from: usize, to: usize, out: &mut Vec<Piece>) {
        let before = out.len();
        let text = normal.text.get(from..to).unwrap_or("");
        let too_long = text.len() > LONGEST_RUN && text.chars().count() > LONGEST_RUN;
        let mut at = from;
        while at < to && !too_long {
            let node = if at == from { ROOT } else { self.inner };
            let Some((id, length)) = self.longest(node, &normal.text.as_bytes()[at..to]) else {
                break;
            };
            let (start, end) = normal.source(at, at + length);
            out.push(Piece { id, start, end });
            at += length;
        }
        if at < to {
            // What cannot be spelt to its end is unknown as a whole.
            out.truncate(before);
            let (start, end) = normal.source(from, to);
            out.push(Piece {
                id: self.unknown,
                start,
                end,
            });
        }
    }

    fn longest(&self, mut node: u32, text: &[u8]) -> Option<(u32, usize)> {
        let mut best = None;
        for (at, &byte) in text.iter().enumerate() {
            let Some(next) = self.child(node, byte) else {
                break;
            };
            node = next;
            if let Some(id) = self.nodes[node as usize].piece {
                best = Some((id, at + 1));
            }
        }
        best
    }

    fn child(&self, node: u32, byte: u8) -> Option<u32> {
        let node = self.nodes.get(node as usize)?;
        let from = node.first_child as usize;
        let bytes = self.bytes.get(from..from + usize::from(node.children))?;
        let at = if bytes.len() <= 8 {
            bytes.iter().position(|&b| b == byte)?
        } else {
            bytes.binary_search(&byte).ok()?
        };
        Some((from + at) as u32)
    }
}

/// Buffers for cutting many words.
#[derive(Debug, Default)]
pub(crate) struct Cutter {
    normal: Normal,
}

/// Lays the sorted pieces out breadth first, so that siblings stand together.
fn trie(sorted: &[(&[u8], u32)]) -> (Vec<Node>, Vec<u8>) {
    let leaf = Node {
        first_child: 0,
        children: 0,
        piece: None,
    };
    let (mut nodes, mut bytes) = (vec![leaf], vec![0_u8]);
    // Each node with the range of pieces that share its bytes.
    let mut ranges = vec![(0_usize, sorted.len(), 0_usize)];
    let mut at = 0;
    while let Some(&(mut from, to, depth)) = ranges.get(at) {
        if let Some(&(piece, id)) = sorted.get(from).filter(|_| from < to)
            && piece.len() == depth
        {
            nodes[at].piece = Some(id);
            from += 1;
        }
        nodes[at].first_child = nodes.len() as u32;
        while from < to {
            let byte = sorted[from].0[depth];
            let end = from + sorted[from..to].partition_point(|(piece, _)| piece[depth] == byte);
            nodes[at].children += 1;
            nodes.push(leaf);
            bytes.push(byte);
            ranges.push((from, end, depth + 1));
            from = end;
        }
        at += 1;
    }
    (nodes, bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TINY: &str =
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nab\nabc\nb\n##b\n##bc\n##c\n##d\n-\n'\n\"\n.\nе\n##ж";

    fn ids(word: &str) -> Vec<u32> {
        let pieces = WordPieces::parse(TINY).unwrap();
        pieces.encode(word).iter().map(|p| p.id).collect()
    }

    #[test]
    fn takes_the_longest_match_from_the_left() {
        assert_eq!(ids("abcd"), [6, 11]);
        assert_eq!(ids("abbc"), [5, 9]);
        assert_eq!(ids("ÁB-b"), [5, 12, 7]);
        assert_eq!(ids("еж"), [16, 17]);
    }

    #[test]
    fn what_cannot_be_spelt_is_unknown_as_a_whole() {
        assert_eq!(ids("abx"), [1]);
        assert_eq!(ids("abx-a"), [1, 12, 4]);
        assert_eq!(ids("\u{301}"), [1]);
        assert_eq!(ids(&"a".repeat(101)), [1]);
    }

    #[test]
    fn knows_whole_words_only() {
        let pieces = WordPieces::parse(TINY).unwrap();
        assert!(pieces.knows("abc") && !pieces.knows("abcd") && !pieces.knows("c"));
    }

    #[test]
    fn a_vocabulary_without_its_special_pieces_is_refused() {
        assert!(WordPieces::parse("a\n##b").is_err());
        let error = WordPieces::parse("[UNK]\n[CLS]\n[SEP]\n##a\nb\nb").unwrap_err();
        assert!(error.to_string().contains("lines 5 and 6"), "{error}");
    }

    proptest! {
        #[test]
        fn pieces_stand_in_order_on_characters(word in "[abcdеж\u{301}é’…“x東 \u{200b}-]{1,12}|\\PC{1,20}") {
            let pieces = WordPieces::parse(TINY).unwrap();
            let found = pieces.encode(&word);
            prop_assert!(!found.is_empty());
            let mut before = (0, 0);
            for piece in &found {
                let (start, end) = (piece.start as usize, piece.end as usize);
                prop_assert!(start <= end && end <= word.len());
                prop_assert!(word.is_char_boundary(start) && word.is_char_boundary(end));
                prop_assert!(before.0 <= start && before.1 <= end);
                before = (start, end);
            }
        }

        #[test]
        fn every_letter_is_covered_once(word in "[abcd-]{1,16}") {
            let pieces = WordPieces::parse(TINY).unwrap();
            let mut at = 0;
            for piece in pieces.encode(&word) {
                prop_assert_eq!(piece.start, at);
                at = piece.end;
            }
            prop_assert_eq!(at as usize, word.len());
        }
    }
}
