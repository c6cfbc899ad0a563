//! Quotations: which stretches of text stand between quotation marks.
//!
//! A quotation may run over several sentences, and over paragraphs where each opens with a mark
//! again. One that is never closed ends with its paragraph.

use sayso_text::{Reading, TokenRange};

/// A quotation by its marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// The opening mark.
    pub(super) open: usize,
    /// The closing mark; `None` where the paragraph ends without one.
    pub(super) close: Option<usize>,
    /// The tokens between the marks.
    pub(super) inside: TokenRange,
}

impl Quote {
    /// Whether `token` is one of the marks or stands between them.
    pub(super) fn holds(&self, token: usize) -> bool {
        self.open <= token && token < self.end()
    }

    /// One past the closing mark.
    pub(super) fn end(&self) -> usize {
        self.close.map_or(self.inside.end, |c| c + 1)
    }
}

fn is_straight(word: &str) -> bool {
    matches!(word, "\"" | "\"\"" | "''" | "``")
}

fn opens(word: &str) -> bool {
    matches!(word, "“" | "„" | "«" | "``")
}

fn closes(word: &str) -> bool {
    matches!(word, "”" | "»" | "''")
}

/// Whether the token is a double quotation mark of any kind.
pub(super) fn is_mark(word: &str) -> bool {
    is_straight(word) || opens(word) || closes(word)
}

/// Finds all quotations; single marks are left alone, since they are mostly apostrophes.
pub(super) fn find(reading: &Reading) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut paragraph = 0;
    for sentence in &reading.sentences {
        if sentence.paragraph != paragraph {
            paragraph = sentence.paragraph;
            if let Some(at) = open.take() {
                found.push(Quote {
                    open: at,
                    close: None,
                    inside: at + 1..sentence.tokens.start,
                });
            }
        }
        for i in sentence.tokens.clone() {
            let word = reading.word(i);
            if !is_mark(word) {
                continue;
            }
            match open {
                Some(at) if closes(word) || is_straight(word) => {
                    found.push(Quote {
                        open: at,
                        close: Some(i),
                        inside: at + 1..i,
                    });
                    open = None;
                }
                // A second opening mark: the first was never closed.
                _ if opens(word) || is_straight(word) => open = Some(i),
                // A closing mark alone.
                _ => {}
            }
        }
    }
    if let Some(at) = open {
        found.push(Quote {
            open: at,
            close: None,
            inside: at + 1..reading.tokens.len(),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_reading::reading;

    #[test]
    fn runs_over_sentences_and_ends_with_the_paragraph() {
        let reading = reading(
            "\"Go. Stay,\" he said.\n“We wait.\nHe left.",
            "\" \" PUNCT `` 2 punct
             Go go VERB VB 0 root
             . . PUNCT . 2 punct

             Stay stay VERB VB 4 ccomp
             , , PUNCT , 1 punct
             \" \" PUNCT '' 1 punct
             he he PRON PRP 5 nsubj
             said say VERB VBD 0 root
             . . PUNCT . 5 punct

             “ “ PUNCT `` 3 punct
             We we PRON PRP 3 nsubj
             wait wait VERB VBP 0 root
             . . PUNCT . 3 punct

             He he PRON PRP 2 nsubj
             left leave VERB VBD 0 root
             . . PUNCT . 2 punct",
        );
        let quotes = find(&reading);
        assert_eq!(quotes.len(), 2);
        assert_eq!((quotes[0].open, quotes[0].close), (0, Some(5)));
        assert_eq!((quotes[1].open, quotes[1].close), (9, None));
        assert_eq!(quotes[1].inside, 10..13);
    }
}
