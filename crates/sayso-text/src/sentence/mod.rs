//! Sentences: where newswire ends them, and where it only looks as if it did.
//!
//! Works on tokens, so that a boundary never cuts one: an abbreviation holds its full stop, and
//! only a stop that is a token of its own, or the end of an abbreviation that may end a sentence,
//! is looked at. One pass; how far each decision looks ahead is bounded.

mod lines;

use crate::token::class::{is_closer, is_opener, is_strong_stop, line_ends};
use crate::token::{Abbreviation, abbreviation, is_starter};
use crate::{Sentence, Span};
use lines::Lines;

/// The sentences of `text`, whose tokens are `tokens`.
///
/// A blank line ends sentence and paragraph. So does a single line end, unless the text was
/// wrapped to a width or the line plainly goes on.
pub fn split(text: &str, tokens: &[Span]) -> Vec<Sentence> {
    let splitter = Splitter {
        text,
        tokens,
        lines: Lines::new(text),
        small_starts: small_starts(text, tokens),
    };
    splitter.sentences()
}

struct Splitter<'t> {
    text: &'t str,
    tokens: &'t [Span],
    lines: Lines<'t>,
    /// Whether the text begins sentences with small letters, as chats and lost capitals do.
    small_starts: bool,
}

impl Splitter<'_> {
    fn sentences(&self) -> Vec<Sentence> {
        let mut sentences = Vec::with_capacity(self.tokens.len() / 20 + 1);
        let (mut start, mut paragraph) = (0, 0);
        // Whether a straight double quotation mark stands open.
        let mut quoted = false;
        let mut push = |range: std::ops::Range<usize>, paragraph| {
            if let (Some(first), Some(last)) =
                (self.tokens.get(range.start), self.tokens.get(range.end - 1))
            {
                sentences.push(Sentence {
                    span: first.cover(*last),
                    tokens: range,
                    paragraph,
                });
            }
        };
        let mut at = 0;
        while at < self.tokens.len() {
            let mut last = at;
            let stop = self.stop(at);
            if self.word(at) == "\"" {
                quoted = !quoted;
            }
            if stop != Mark::None {
                while self.closes(last + 1, quoted) {
                    last += 1;
                    if self.word(last) == "\"" {
                        quoted = !quoted;
                    }
                }
            }
            if stop != Mark::None && self.is_footnote(last + 1) {
                last += 3;
            }
            let break_after = (at..=last).find(|i| self.line_break(*i) != LineBreak::None);
            if let Some(end) = break_after {
                push(start..end + 1, paragraph);
                start = end + 1;
                paragraph += 1;
                if self.line_break(end) == LineBreak::Blank {
                    quoted = false;
                }
                // Closers that a line end parted from their stop begin the next line.
                at = end + 1;
                continue;
            }
            if stop != Mark::None && last + 1 < self.tokens.len() {
                let only_label = start + 2 >= at && self.is_label(start, at);
                if !only_label && self.ends(at, last, stop) {
                    push(start..last + 1, paragraph);
                    start = last + 1;
                }
            }
            at = last + 1;
        }
        if start < self.tokens.len() {
            push(start..self.tokens.len(), paragraph);
        }
        sentences
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |span| span.of(self.text))
    }

    /// What lies between token `at` and the next; empty at the end.
    fn gap(&self, at: usize) -> &str {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(this), Some(next)) => &self.text[this.end()..next.start()],
            _ => "",
        }
    }

    fn line_break(&self, at: usize) -> LineBreak {
        let gap = self.gap(at);
        if gap.len() <= 1 && gap != "\n" {
            return LineBreak::None;
        }
        match line_ends(gap) {
            0 => LineBreak::None,
            1 => {
                let (before, after) = (self.tokens[at].end() - 1, self.tokens[at + 1].start());
                if self.lines.breaks(before, after) {
                    LineBreak::Single
                } else {
                    LineBreak::None
                }
            }
            _ => LineBreak::Blank,
        }
    }

    /// Whether the token can end a sentence, and how surely.
    fn stop(&self, at: usize) -> Mark {
        let word = self.word(at);
        let Some(last) = word.chars().next_back() else {
            return Mark::None;
        };
        match last {
            '.' if word.len() == 1 => Mark::Stop,
            '.' if word.bytes().all(|b| b == b'.') => Mark::Ellipsis,
            '.' => Mark::Abbreviation,
            '…' => Mark::Ellipsis,
            '!' | '?' => Mark::Shout,
            c if is_strong_stop(c) => Mark::Strong,
            _ => Mark::None,
        }
    }

    /// Whether token `at` closes a quotation or bracket, or is one more stop.
    fn closes(&self, at: usize, quoted: bool) -> bool {
        let word = self.word(at);
        let Some(first) = word.chars().next() else {
            return false;
        };
        let apart = at > 0 && !self.gap(at - 1).is_empty();
        let before_space = self.tokens.len() == at + 1 || !self.gap(at).is_empty();
        match first {
            '"' => {
                if apart {
                    quoted && before_space
                } else {
                    quoted || before_space
                }
            }
            '\'' => !apart && before_space && matches!(word, "'" | "''"),
            '.' if word == "." => true,
            '.' | '!' | '?' | '…' => !apart && self.stop(at) != Mark::Abbreviation,
            c if is_closer(c) => !apart || before_space && c != '’',
            c => !apart && is_strong_stop(c),
        }
    }

    /// `[17]` written onto a stop belongs to the sentence before it.
    fn is_footnote(&self, at: usize) -> bool {
        let number = self.word(at + 1);
        self.word(at) == "["
            && self.word(at + 2) == "]"
            && number.len() <= 3
            && number.bytes().all(|b| b.is_ascii_digit())
    }

    /// Whether a stop at token `at`, with its closing marks up to `last`, ends the sentence before
    /// what follows.
    fn ends(&self, at: usize, last: usize, mark: Mark) -> bool {
        if mark == Mark::Strong {
            return true;
        }
        let spaced = !self.gap(last).is_empty();
        let next = self.next_word(last + 1);
        let Some(first) = self.word(next).chars().next() else {
            return false;
        };
        let opened = next > last + 1;
        // `U.S.,` and `…”;` go on.
        if !opened && matches!(first, ',' | ';' | ':' | '/' | '%') {
            return false;
        }
        let small = first.is_lowercase() && !self.is_article(next);
        match mark {
            Mark::Abbreviation => self.abbreviation_ends(at, last, next, spaced, small),
            Mark::Ellipsis => spaced && !small,
            Mark::Shout => {
                if small {
                    // A question mark inside a sentence stands before a closing quote.
                    let question = self.word(at).ends_with('?');
                    spaced && last == at && (question || self.small_starts)
                } else {
                    (spaced || first.is_uppercase()) && !(last > at && self.speaks(next))
                }
            }
            _ => {
                if small {
                    self.small_starts && spaced && self.word(at - usize::from(at > 0)).len() > 2
                } else {
                    spaced || first.is_alphabetic() || opened
                }
            }
        }
    }

    /// The first token from `at` on that is no opening mark or dash; at most four further.
    fn next_word(&self, at: usize) -> usize {
        (at..at + 4)
            .find(|i| {
                let word = self.word(*i);
                let opens = word.chars().all(|c| {
                    is_opener(c) || matches!(c, '"' | '\'' | '-' | '–' | '—' | '*' | '•' | '`')
                });
                !opens || word.is_empty()
            })
            .unwrap_or(at)
    }

    fn abbreviation_ends(
        &self,
        at: usize,
        last: usize,
        next: usize,
        spaced: bool,
        small: bool,
    ) -> bool {
        let word = self.word(at);
        let following = self.word(next);
        let opened = self
            .word(last + 1)
            .starts_with(['"', '“', '«', '„', '—', '•']);
        if small || (!following.starts_with(char::is_alphabetic) && last == at) {
            return false;
        }
        if last > at {
            // `… in the U.S.” The …`
            return spaced;
        }
        let bare = word.trim_end_matches('.');
        let starter = is_starter(following);
        match abbreviation(bare) {
            Some(Abbreviation::End) => match bare {
                "etc" => true,
                "a.m" | "p.m" | "A.M" | "P.M" => !is_clock_word(following),
                _ => starter || opened,
            },
            Some(Abbreviation::Date | Abbreviation::State | Abbreviation::Weekday) => starter,
            Some(_) => false,
            // Acronyms; a single initial stands in a name.
            None if bare.contains('.') => starter || opened && spaced,
            None => false,
        }
    }

    /// Whether the sentence from `start` to the stop `at` is only a list label: `1.`, `“2.`, `B.`.
    fn is_label(&self, start: usize, at: usize) -> bool {
        let opened = self.word(start).chars().all(|c| is_opener(c) || c == '"');
        let start = start + usize::from(opened);
        let word = self.word(start);
        let number = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
        let letter = word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
        start + 1 == at && (number || letter) && self.word(at) == "."
    }

    /// `al-Shabaab said`: small Arabic articles begin sentences too.
    fn is_article(&self, at: usize) -> bool {
        const ARTICLES: [&str; 12] = [
            "ad", "al", "an", "ar", "as", "ash", "at", "ath", "az", "el", "ed", "es",
        ];
        ARTICLES.contains(&self.word(at)) && self.word(at + 1) == "-"
    }

    /// Whether a name and a verb of saying follow: `“Stop!” Diallo shouted.`
    fn speaks(&self, next: usize) -> bool {
        const SAYING: [&str; 14] = [
            "added", "adds", "asked", "asks", "cried", "replied", "said", "says", "shouted",
            "told", "tweeted", "warned", "wrote", "yelled",
        ];
        (next..next + 4)
            .take_while(|i| self.word(*i).starts_with(char::is_alphabetic))
            .any(|i| SAYING.contains(&self.word(i)))
    }
}

/// How surely a token ends a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Stop,
    Shout,
    Ellipsis,
    Abbreviation,
    Strong,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineBreak {
    None,
    Single,
    Blank,
}

/// Words that follow a time of day inside a sentence: `8 a.m. Monday`, `5 p.m. GMT`.
fn is_clock_word(word: &str) -> bool {
    const WORDS: [&str; 19] = [
        "AST", "BST", "CAT", "CET", "CST", "Central", "EAT", "EDT", "EST", "Eastern", "Friday",
        "GMT", "Monday", "PST", "Saturday", "Sunday", "Thursday", "Tuesday", "UTC",
    ];
    WORDS.contains(&word) || matches!(word, "Wednesday" | "WAT" | "MST" | "Moscow")
}

/// Whether at least a fifth of the full stops before a spaced word stand before a small letter.
fn small_starts(text: &str, tokens: &[Span]) -> bool {
    let (mut small, mut all) = (0_usize, 0_usize);
    for pair in tokens.windows(2) {
        let [stop, next] = pair else { continue };
        if stop.len() != 1 || stop.end() == next.start() || stop.of(text) != "." {
            continue;
        }
        let Some(first) = next.of(text).chars().next() else {
            continue;
        };
        if first.is_alphabetic() {
            all += 1;
            small += usize::from(first.is_lowercase());
        }
    }
    small > 0 && small * 5 >= all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let tokens = tokenize(text, "en");
        let found: Vec<&str> = split(text, &tokens)
            .iter()
            .map(|s| s.span.of(text))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn datelines() {
        check(
            "GOMA, March 3 (Xinhua) -- Two soldiers died. Talks went on.",
            &[
                "GOMA, March 3 (Xinhua) -- Two soldiers died.",
                "Talks went on.",
            ],
        );
        check(
            "KHARTOUM, Sept. 4 (AP) — The market burned.",
            &["KHARTOUM, Sept. 4 (AP) — The market burned."],
        );
    }

    #[test]
    fn abbreviations_and_initials() {
        check(
            "Gen. A. B. Toure met Dr. Sow at 5 p.m. in the U.S. Embassy. He left at 6 p.m. The \
             talks failed.",
            &[
                "Gen. A. B. Toure met Dr. Sow at 5 p.m. in the U.S. Embassy.",
                "He left at 6 p.m.",
                "The talks failed.",
            ],
        );
        check(
            "They flew to the U.S. The army stayed. Route No. 5 was cut by 3.5 km. Nobody knew.",
            &[
                "They flew to the U.S.",
                "The army stayed.",
                "Route No. 5 was cut by 3.5 km.",
                "Nobody knew.",
            ],
        );
    }

    #[test]
    fn quotes() {
        check(
            "“We will go,” he said. “They will not.” The crowd cheered.",
            &[
                "“We will go,” he said.",
                "“They will not.”",
                "The crowd cheered.",
            ],
        );
        check(
            "\"Stop!\" he cried. \"Who fired?\" Diallo asked. \"Nobody.\" He left.",
            &[
                "\"Stop!\" he cried.",
                "\"Who fired?\" Diallo asked.",
                "\"Nobody.\"",
                "He left.",
            ],
        );
    }

    #[test]
    fn lists_and_headings() {
        check(
            "Tolls by district\n\n- North: two dead\n- South: none. It was calm.\n1. Call the mayor.\n2. Wait.\n“3. \
             Go.”",
            &[
                "Tolls by district",
                "- North: two dead",
                "- South: none.",
                "It was calm.",
                "1. Call the mayor.",
                "2. Wait.",
                "“3. Go.”",
            ],
        );
    }

    #[test]
    fn paragraphs_on_single_lines() {
        let text = "The army left.\nThe town burned\nNobody was there to see it.";
        check(
            text,
            &[
                "The army left.",
                "The town burned",
                "Nobody was there to see it.",
            ],
        );
        let tokens = tokenize(text, "en");
        let last = split(text, &tokens).pop().unwrap();
        assert_eq!(last.paragraph, 2);
    }

    #[test]
    fn wrapped_lines_join() {
        check(
            "   THE COLUMN LEFT THE DEPOT AT DAWN AND\nREACHED THE RIVER TWO HOURS LATER.  THE\n\
             ENGINEERS WERE NOT THERE.  MAJOR J. SOTO\nTURNED BACK.\n\n   NO ONE WAS HURT.",
            &[
                "THE COLUMN LEFT THE DEPOT AT DAWN AND\nREACHED THE RIVER TWO HOURS LATER.",
                "THE\nENGINEERS WERE NOT THERE.",
                "MAJOR J. SOTO\nTURNED BACK.",
                "NO ONE WAS HURT.",
            ],
        );
    }

    #[test]
    fn lost_punctuation() {
        check(
            "Ten were killed.The army left the town on Sunday a monitor said.--ZZP",
            &[
                "Ten were killed.",
                "The army left the town on Sunday a monitor said.",
                "--ZZP",
            ],
        );
        check(
            "al-Noor fell. al-Sham stood... and then no",
            &["al-Noor fell.", "al-Sham stood... and then no"],
        );
    }

    #[test]
    fn other_scripts() {
        check("هل غادروا؟ نعم. انتهى", &["هل غادروا؟", "نعم.", "انتهى"]);
        check("他走了。没人说话！", &["他走了。", "没人说话！"]);
    }
}
