//! Exports of Telegram's desktop program (`result.json`): one report a message with text.
//!
//! An export of one chat is read whatever the chat is. Of an export of a whole account only
//! channels and public groups are read: what private persons wrote to each other is no report.
//!
//! Source: what Telegram Desktop writes (`export_output_json.cpp` of its repository).

mod message;
mod scan;

use std::ops::Range;

use memchr::memmem;
use serde_json::Value;

use super::{Format, InputError, ItemAt, ItemError, Several};
use crate::{Report, decode};
use message::Chat;

/// Largest message that is read, in bytes. Telegram's own limit is 4,096 characters.
const LARGEST_MESSAGE: usize = 4_000_000;

/// A chat, and the bytes of its messages that are still to be read.
type OpenChat = (Chat, Range<usize>);

/// The messages of an export, in its order.
pub(super) struct Export {
    name: String,
    bytes: Vec<u8>,
    /// The chats still to be read.
    chats: std::vec::IntoIter<OpenChat>,
    open: Option<OpenChat>,
    /// Number of the last message, over all chats.
    number: u64,
    /// Where the last message began, how many lines stand before it.
    counted: (usize, u64),
    last: Range<usize>,
    private: u64,
    silent: u64,
}

impl Export {
    pub(super) fn new(name: &str, bytes: Vec<u8>) -> Result<Self, InputError> {
        let refused = |what| InputError::Binary {
            name: name.to_owned(),
            what,
        };
        // Telegram writes UTF-8. What an editor made of it is kept as UTF-8.
        let bytes = if std::str::from_utf8(&bytes).is_ok() {
            bytes
        } else {
            let decoded = decode(&bytes, false).map_err(|error| refused(error.what))?;
            decoded.text.into_bytes()
        };
        let start = scan::skip(&bytes, 0, b"\xef\xbb\xbf");
        let Some((chats, private)) = chats(&bytes, start) else {
            return Err(refused(Format::Telegram.not_this()));
        };
        Ok(Self {
            name: name.to_owned(),
            bytes,
            chats: chats.into_iter(),
            open: None,
            number: 0,
            counted: (0, 1),
            last: 0..0,
            private,
            silent: 0,
        })
    }

    /// The next message of the open chat: what it is and where it ends.
    fn message(&mut self, chat: &Chat, left: &Range<usize>) -> Option<Outcome> {
        let bytes = self.bytes.get(..left.end).unwrap_or_default();
        let start = scan::skip(bytes, left.start, b",");
        if start >= left.end || bytes.get(start) == Some(&b']') {
            return None;
        }
        self.number += 1;
        let end = scan::end_of(bytes, start);
        let range = start..end.unwrap_or(left.end);
        let found = if end.is_none() {
            Err(ItemError::CutOff)
        } else if range.len() > LARGEST_MESSAGE {
            Err(ItemError::TooLarge {
                limit: LARGEST_MESSAGE as u64,
            })
        } else {
            message::report(bytes.get(range.clone()).unwrap_or_default(), chat)
        };
        let next = match &found {
            // A quote too few or too many may have swallowed the messages after this one.
            Err(ItemError::CutOff | ItemError::TooLarge { .. } | ItemError::Broken { .. }) => {
                next_message(bytes, start + 1..range.end).unwrap_or(range.end)
            }
            _ => range.end,
        };
        Some(Outcome {
            range,
            next: next.max(start + 1),
            found,
        })
    }

    /// The line on which `at` stands, from 1.
    fn line(&mut self, at: usize) -> u64 {
        let (from, line) = self.counted;
        let part = self.bytes.get(from..at).unwrap_or_default();
        let line = line + memchr::memchr_iter(b'\n', part).count() as u64;
        self.counted = (at.max(from), line);
        line
    }
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
            let Some((chat, left)) = self.open.take().or_else(|| self.chats.next()) else {
                return self.passed_over();
            };
            let Some(outcome) = self.message(&chat, &left) else {
                continue;
            };
            let line = self.line(outcome.range.start);
            self.open = Some((chat, outcome.next..left.end));
            match outcome.found {
                Ok(Some(report)) => {
                    self.last = outcome.range;
                    return Some(Ok(report));
                }
                Ok(None) => self.silent += 1,
                Err(wrong) => {
                    return Some(Err(InputError::Item {
                        name: self.name.clone(),
                        item: ItemAt {
                            kind: "message",
                            number: self.number,
                            line: Some(line),
                        },
                        wrong,
                    }));
                }
            }
        }
    }
}

impl Export {
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

/// The chats of an export and how many private ones were left out; `None` where it is no export.
fn chats(bytes: &[u8], start: usize) -> Option<(Vec<OpenChat>, u64)> {
    let fields = scan::fields(bytes, start);
    let field = |name: &str| fields.iter().find(|(key, _)| key == name);
    if let Some((_, messages)) = field("messages") {
        let inner = list(bytes, messages)?;
        return Some((vec![(chat(bytes, &fields), inner)], 0));
    }
    let mut lists = Vec::new();
    for key in ["chats", "left_chats"] {
        let Some((_, range)) = field(key) else {
            continue;
        };
        for (name, range) in scan::fields(bytes.get(..range.end)?, range.start) {
            if name == "list" {
                lists.push(list(bytes, &range)?);
            }
        }
    }
    if lists.is_empty() {
        return None;
    }
    let (mut found, mut private) = (Vec::new(), 0);
    for range in lists {
        let part = bytes.get(..range.end)?;
        let mut at = scan::skip(part, range.start, b",");
        while part.get(at) == Some(&b'{') {
            let fields = scan::fields(part, at);
            let chat = chat(part, &fields);
            let messages = fields.iter().find(|(key, _)| key == "messages");
            if chat.is_private() {
                private += 1;
            } else if let Some(inner) = messages.and_then(|(_, range)| list(part, range)) {
                found.push((chat, inner));
            }
            let Some(end) = scan::end_of(part, at) else {
                break;
            };
            at = scan::skip(part, end, b",");
        }
    }
    Some((found, private))
}

/// What stands between the brackets of a list.
fn list(bytes: &[u8], range: &Range<usize>) -> Option<Range<usize>> {
    (bytes.get(range.start) == Some(&b'[')).then(|| range.start + 1..range.end)
}

fn chat(bytes: &[u8], fields: &[(String, Range<usize>)]) -> Chat {
    let value = |name: &str| -> Option<Value> {
        let (_, range) = fields.iter().find(|(key, _)| key == name)?;
        serde_json::from_slice(bytes.get(range.clone())?).ok()
    };
    let string = |name: &str| value(name).and_then(|v| v.as_str().map(str::to_owned));
    Chat {
        name: string("name").filter(|name| !name.trim().is_empty()),
        id: value("id").and_then(|id| id.as_i64()),
        kind: string("type").unwrap_or_default(),
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
        let chat = |name: &str, kind: &str, id: u32| {
            format!(
                "{{\"name\": \"{name}\", \"type\": \"{kind}\", \"id\": {id}, \"messages\": [{}]}}",
                message(1, "\"Text.\"")
            )
        };
        let json = format!(
            "{{\"about\": \"Here is the data\", \"chats\": {{\"about\": \"x\", \"list\": [{}, {}]}}, \
             \"left_chats\": {{\"list\": [{}]}}}}",
            chat("Ode", "personal_chat", 1),
            chat("Tarra", "public_supergroup", 2),
            chat("Quarry", "private_channel", 3)
        );
        let found = all(&json);
        assert_eq!(found[0], Ok("telegram:2/1: Text.".to_owned()));
        assert_eq!(found[1], Ok("telegram:3/1: Text.".to_owned()));
        assert!(
            found[2]
                .as_ref()
                .unwrap_err()
                .contains("to have it read): 1")
        );
        assert_eq!(found.len(), 3);
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
