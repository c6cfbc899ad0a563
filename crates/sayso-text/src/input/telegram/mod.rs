//! Exports of Telegram's desktop program (`result.json`): one report a message with text.
//!
//! An export of one chat is read whatever the chat is. Of an export of a whole account only
//! channels and public groups are read: what private persons wrote to each other is no report.
//!
//! Source: what Telegram Desktop writes (`export_output_json.cpp` of its repository).

mod chats;
mod message;
mod scan;

use std::ops::Range;

use memchr::memmem;

use super::{Format, InputError, ItemAt, ItemError, Several};
use crate::{Report, decode};
use chats::{Chats, Part};
use message::Chat;

/// Largest message that is read, in bytes. Telegram's own limit is 4,096 characters.
const LARGEST_MESSAGE: usize = 1_000_000;
/// Most messages that are not closed before an export is given up: each is sought the end of
/// through as many bytes as the largest may have.
const MOST_UNCLOSED: usize = 64;

/// A chat that is being read.
struct OpenChat {
    chat: Chat,
    /// The bytes of its messages that are still to be read.
    left: Range<usize>,
    /// Its number, and the line on which it begins.
    at: (u64, u64),
    /// Whether its last message was told to be cut off.
    cut: bool,
}

/// The messages of an export, in its order.
pub(super) struct Export {
    name: String,
    bytes: Vec<u8>,
    /// The chats still to be read.
    chats: std::vec::IntoIter<Part>,
    open: Option<OpenChat>,
    /// Number of the last message, over all chats.
    number: u64,
    /// How many messages were not closed.
    unclosed: usize,
    /// Where the last message began, how many lines stand before it.
    counted: (usize, u64),
    last: Range<usize>,
    private: u64,
    silent: u64,
}

impl Export {
    pub(super) fn new(name: &str, bytes: Vec<u8>) -> Result<Self, InputError> {
        // Telegram writes UTF-8. What an editor made of it is kept as UTF-8.
        let bytes = if std::str::from_utf8(&bytes).is_ok() {
            bytes
        } else {
            let decoded = decode(&bytes, false).map_err(|error| InputError::Binary {
                name: name.to_owned(),
                what: error.what,
            })?;
            decoded.text.into_bytes()
        };
        let start = scan::skip(&bytes, 0, b"\xef\xbb\xbf");
        let Some(Chats { parts, private }) = chats::chats(&bytes, start) else {
            return Err(InputError::OtherFormat {
                name: name.to_owned(),
                format: Format::Telegram,
            });
        };
        Ok(Self {
            name: name.to_owned(),
            bytes,
            chats: parts.into_iter(),
            open: None,
            number: 0,
            unclosed: 0,
            counted: (0, 1),
            last: 0..0,
            private,
            silent: 0,
        })
    }

    /// The next message of the open chat: what it is and where it ends.
    fn message(&mut self, chat: &Chat, left: &Range<usize>) -> Step {
        let bytes = self.bytes.get(..left.end).unwrap_or_default();
        let mut start = scan::skip(bytes, left.start, b",");
        while bytes.get(start) == Some(&b']') {
            let after = scan::skip(&self.bytes, start + 1, b"");
            if matches!(self.bytes.get(after), Some(b'}' | b',')) {
                return Step::End { closed: true };
            }
            // A bracket out of a text.
            match next_message(bytes, start + 1..left.end) {
                Some(next) => start = next,
                None => break,
            }
        }
        if start >= left.end || bytes.get(start) == Some(&b']') {
            return Step::End { closed: false };
        }
        self.number += 1;
        let limit = left.end.min(start + LARGEST_MESSAGE);
        let end = scan::end_of(bytes.get(..limit).unwrap_or_default(), start);
        let range = start..end.unwrap_or(limit);
        let found = if end.is_some() {
            message::report(bytes.get(range.clone()).unwrap_or_default(), chat)
        } else if limit < left.end {
            Err(ItemError::TooLarge {
                limit: LARGEST_MESSAGE as u64,
            })
        } else if limit < self.bytes.len() {
            Err(ItemError::Broken {
                what: "it is not closed before its chat ends".to_owned(),
            })
        } else {
            Err(ItemError::CutOff)
        };
        let whole = end.unwrap_or(left.end);
        let next = match &found {
            // A quote too few or too many may have swallowed the messages after this one.
            Err(ItemError::CutOff | ItemError::TooLarge { .. } | ItemError::Broken { .. }) => {
                next_message(bytes, start + 1..whole).unwrap_or(whole)
            }
            _ => whole,
        };
        if end.is_none() || next < range.end {
            self.unclosed += 1;
        }
        Step::Message(Box::new(Outcome {
            range,
            next: next.max(start + 1),
            found,
        }))
    }

    /// The line on which `at` stands, from 1.
    fn line(&mut self, at: usize) -> u64 {
        let (from, line) = self.counted;
        let part = self.bytes.get(from..at).unwrap_or_default();
        let line = line + memchr::memchr_iter(b'\n', part).count() as u64;
        self.counted = (at.max(from), line);
        line
    }

    fn wrong(
        &self,
        kind: &'static str,
        (number, line): (u64, u64),
        wrong: ItemError,
    ) -> Result<Report, InputError> {
        Err(InputError::Item {
            name: self.name.clone(),
            item: ItemAt {
                kind,
                number,
                line: Some(line),
            },
            wrong,
        })
    }
}

/// What comes next in a chat.
enum Step {
    Message(Box<Outcome>),
    /// Nothing more.
    End {
        /// Whether it ends as it should.
        closed: bool,
    },
}

/// What became of a message.
struct Outcome {
    range: Range<usize>,
    /// Where the next one is looked for.
    next: usize,
    found: Result<Option<Report>, ItemError>,
}

impl Several for Export {
    fn received(&self) -> &[u8] {
        self.bytes.get(self.last.clone()).unwrap_or_default()
    }
}

impl Iterator for Export {
    type Item = Result<Report, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(mut open) = self.open.take() else {
                let Some(part) = self.chats.next() else {
                    return self.passed_over();
                };
                if let Some(lost) = self.begin(part) {
                    return Some(lost);
                }
                continue;
            };
            let outcome = match self.message(&open.chat, &open.left) {
                Step::Message(outcome) => *outcome,
                Step::End { closed: true } => continue,
                Step::End { closed: false } if open.cut => continue,
                Step::End { closed: false } => {
                    return Some(self.wrong("chat", open.at, not_closed(&open, &self.bytes)));
                }
            };
            if self.unclosed > MOST_UNCLOSED {
                self.chats = Vec::new().into_iter();
                return Some(Err(InputError::Archive {
                    name: self.name.clone(),
                    what: format!("more than {MOST_UNCLOSED} messages are not closed"),
                }));
            }
            let line = self.line(outcome.range.start);
            open.left.start = outcome.next;
            open.cut = matches!(outcome.found, Err(ItemError::CutOff));
            self.open = Some(open);
            match outcome.found {
                Ok(Some(report)) => {
                    self.last = outcome.range;
                    return Some(Ok(report));
                }
                Ok(None) => self.silent += 1,
                Err(wrong) => return Some(self.wrong("message", (self.number, line), wrong)),
            }
        }
    }
}

/// What is told of a chat that does not end as it should.
fn not_closed(open: &OpenChat, bytes: &[u8]) -> ItemError {
    if open.left.end >= bytes.len() {
        return ItemError::CutOff;
    }
    ItemError::Broken {
        what: "it is not closed before the next chat; its last messages may be missing".to_owned(),
    }
}

impl Export {
    /// Begins with a chat; what is told where it cannot be read.
    fn begin(&mut self, part: Part) -> Option<Result<Report, InputError>> {
        let at = (part.number, self.line(part.at));
        let Some((chat, left)) = part.open else {
            let what = "what stands before its messages is damaged, so that nobody knows whose \
                        they are";
            let wrong = ItemError::Broken {
                what: what.to_owned(),
            };
            return Some(self.wrong("chat", at, wrong));
        };
        self.open = Some(OpenChat {
            chat,
            left,
            at,
            cut: false,
        });
        None
    }

    /// What was passed over, told at the end.
    fn passed_over(&mut self) -> Option<Result<Report, InputError>> {
        let skipped = |count, what| {
            Some(Err(InputError::ItemsSkipped {
                name: self.name.clone(),
                count,
                what,
            }))
        };
        match (std::mem::take(&mut self.silent), self.private) {
            (0, 0) => None,
            (0, private) => {
                let found = skipped(
                    private,
                    "private chats (export one by itself to have it read)",
                );
                self.private = 0;
                found
            }
            (silent, _) => skipped(silent, "messages without text"),
        }
    }
}

/// Where in `range` a message seems to begin: an object on a line of its own whose first field is
/// `id`, as Telegram writes them.
fn next_message(bytes: &[u8], range: Range<usize>) -> Option<usize> {
    let part = bytes.get(range.clone())?;
    memmem::find_iter(part, b"\"id\"").find_map(|at| {
        let before = part.get(..at)?.trim_ascii_end();
        let object = before.strip_suffix(b"{")?;
        let gap = object.len() - object.trim_ascii_end().len();
        let on_a_line = object.get(object.len() - gap..)?.contains(&b'\n');
        (on_a_line || object.trim_ascii_end().ends_with(b",")).then(|| range.start + object.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(json: &str) -> Vec<Result<String, String>> {
        Export::new("result.json", json.as_bytes().to_vec())
            .unwrap()
            .map(|r| {
                r.map(|r| format!("{}: {}", r.id, r.text))
                    .map_err(|e| e.to_string())
            })
            .collect()
    }

    const HEAD: &str = "{\n \"name\": \"Tarra Watch\",\n \"type\": \"public_channel\",\n \"id\": 9,\n \
                        \"messages\": [\n";

    fn message(id: u32, text: &str) -> String {
        format!(
            "  {{\n   \"id\": {id},\n   \"date\": \"2025-10-22T16:00:00\",\n   \"text\": {text}\n  }}"
        )
    }

    #[test]
    fn messages_of_a_channel() {
        let messages = [
            message(1, "\"One ] }.\""),
            message(2, "\"\""),
            message(3, "7"),
            message(4, "\"Four.\""),
        ];
        let json = format!("{HEAD}{}\n ]\n}}", messages.join(",\n"));
        let found = all(&json);
        assert_eq!(found[0], Ok("telegram:9/1: One ] }.".to_owned()));
        let error = found[1].as_ref().unwrap_err();
        assert!(
            error.contains("message 3 (line 16): `text` is 7"),
            "{error}"
        );
        assert_eq!(found[2], Ok("telegram:9/4: Four.".to_owned()));
        assert!(
            found[3]
                .as_ref()
                .unwrap_err()
                .contains("messages without text: 1")
        );
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn broken_messages_cost_themselves() {
        let messages = [
            message(1, "\"One.\""),
            message(2, "\"a quote \" too many\""),
            message(3, "\"Three.\""),
            message(4, "\"not closed"),
            message(5, "\"Five.\""),
        ];
        let json = format!("{HEAD}{}\n ]\n}}", messages.join(",\n"));
        let found = all(&json);
        let good: Vec<&String> = found.iter().filter_map(|r| r.as_ref().ok()).collect();
        assert_eq!(
            good,
            [
                "telegram:9/1: One.",
                "telegram:9/3: Three.",
                "telegram:9/5: Five."
            ],
            "{found:?}"
        );
        let cut = all(&json[..json.len() / 2]);
        assert!(cut.len() >= 2 && cut[0].is_ok(), "{cut:?}");
        assert!(cut.last().unwrap().is_err());
    }

    #[test]
    fn of_an_account_private_chats_are_left_out() {
        let chat =
            |name: &str, kind: &str, id: u32| chat(name, kind, id, &[message(1, "\"Text.\"")]);
        let json = format!(
            "{{\"about\": \"Here is the data\", \"chats\": {{\"about\": \"x\", \"list\": [{}, {}, {}]}}, \
             \"left_chats\": {{\"list\": [{}]}}}}",
            chat("Ode", "personal_chat", 1),
            chat("Tarra", "public_supergroup", 2),
            chat("Neighbours", "private_supergroup", 4),
            chat("Quarry", "private_channel", 3)
        );
        let found = all(&json);
        assert_eq!(found[0], Ok("telegram:2/1: Text.".to_owned()));
        assert_eq!(found[1], Ok("telegram:3/1: Text.".to_owned()));
        assert!(
            found[2]
                .as_ref()
                .unwrap_err()
                .contains("to have it read): 2")
        );
        assert_eq!(found.len(), 3);
    }

    fn chat(name: &str, kind: &str, id: u32, messages: &[String]) -> String {
        format!(
            "{{\n\"name\": \"{name}\",\n\"type\": \"{kind}\",\n\"id\": {id},\n\"messages\": \
             [\n{}\n]}}",
            messages.join(",\n")
        )
    }

    #[test]
    fn a_damaged_chat_does_not_reach_into_the_next() {
        let damaged = [
            "\"a quote \" too many\"",
            "\"not closed",
            "\"a ] and \" and }\"",
        ];
        for text in damaged {
            let public = [message(1, "\"One.\""), message(2, text)];
            let list = [
                chat("Tarra", "public_channel", 2, &public),
                chat(
                    "Ode",
                    "personal_chat",
                    3,
                    &[message(7, "\"my private words\"")],
                ),
                chat("Osk", "public_channel", 4, &[message(1, "\"Two.\"")]),
            ];
            let json = format!(
                "{{\"chats\": {{\"list\": [{}]}}, \"left_chats\": {{\"list\": [{}]}}}}",
                list.join(",\n"),
                chat("Delen", "private_channel", 5, &[message(1, "\"Three.\"")])
            );
            let found = all(&json);
            let good: Vec<&String> = found.iter().filter_map(|r| r.as_ref().ok()).collect();
            assert_eq!(
                good,
                [
                    "telegram:2/1: One.",
                    "telegram:4/1: Two.",
                    "telegram:5/1: Three."
                ],
                "{text}: {found:?}"
            );
            let bad: Vec<&String> = found.iter().filter_map(|r| r.as_ref().err()).collect();
            assert!(bad.iter().any(|e| e.contains("message 2 (line")), "{bad:?}");
            assert!(
                bad.iter()
                    .any(|e| e.contains("chat 1 (line 1)")
                        && e.contains("not closed before the next")),
                "{text}: {bad:?}"
            );
            assert!(
                bad.last().unwrap().contains("to have it read): 1"),
                "{bad:?}"
            );
            assert!(!bad.iter().any(|e| e.contains("private words")), "{bad:?}");
        }
    }

    #[test]
    fn an_export_of_open_messages_is_given_up_soon() {
        for open in [
            "{\"id\":[\n",
            "{\"id\":1,\n",
            "{\"id\":\"\n",
            ",{\"id\":{\"a\":[],",
        ] {
            let json = format!("{HEAD}{}", open.repeat(400_000));
            let start = std::time::Instant::now();
            let found = all(&json);
            assert!(found.len() <= MOST_UNCLOSED + 2, "{}", found.len());
            assert!(
                found.last().unwrap().as_ref().is_err(),
                "{:?}",
                found.last()
            );
            // Each sought to the end of the file, they would take hours.
            assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
        }
        let closed = format!(
            "{HEAD}{}{}",
            "{\"id\":\n".repeat(90_000),
            "}".repeat(90_000)
        );
        let start = std::time::Instant::now();
        assert!(all(&closed).len() <= MOST_UNCLOSED + 2);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    #[test]
    fn the_bytes_of_each_message() {
        let json = format!("{HEAD}{}\n ]\n}}", message(1, "\"One.\""));
        let mut export = Export::new("a", json.clone().into_bytes()).unwrap();
        export.next().unwrap().unwrap();
        assert_eq!(export.received(), message(1, "\"One.\"").trim().as_bytes());
    }

    #[test]
    fn other_json_is_refused() {
        for json in [
            "{}",
            "[1]",
            "{\"messages\": 3}",
            "{\"chats\": {\"list\": 3}}",
            "",
        ] {
            assert!(
                Export::new("a", json.as_bytes().to_vec()).is_err(),
                "{json}"
            );
        }
    }
}
