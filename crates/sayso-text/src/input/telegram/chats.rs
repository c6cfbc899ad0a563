//! Where the chats of an export stand, however damaged it is.
//!
//! A quote too many turns text into brackets and brackets into text, so that counting them past it
//! leads into the next chat. Where chats begin is therefore told by what cannot stand in a text,
//! in which every quote is escaped: the key `messages` before a list, and the kind of a chat. No
//! chat reaches past the next of these marks.

use std::ops::Range;

use memchr::memmem;
use serde_json::Value;

use super::message::Chat;
use super::scan::{self, Field};

/// Longest head of a chat, in bytes, and most braces in it.
const HEAD: (usize, usize) = (4096, 16);

/// What Telegram calls the kinds of chats.
const KINDS: &[&str] = &[
    "saved_messages",
    "replies",
    "verify_codes",
    "personal_chat",
    "bot_chat",
    "private_group",
    "private_supergroup",
    "public_supergroup",
    "private_channel",
    "public_channel",
];

/// The chats of an export that are to be read.
pub(super) struct Chats {
    pub(super) parts: Vec<Part>,
    /// How many were left out because they are private.
    pub(super) private: u64,
}

/// A chat of an export.
#[derive(Debug)]
pub(super) struct Part {
    /// Its number in the export, from 1; private ones count.
    pub(super) number: u64,
    /// Where it begins.
    pub(super) at: usize,
    /// What it is, and the bytes of its messages; `None` where its head cannot be read, so that
    /// nobody knows whose talk it is.
    pub(super) open: Option<(Chat, Range<usize>)>,
}

/// The key `messages` before a list.
struct Key {
    /// Where it begins and ends, quotes included.
    range: Range<usize>,
    /// The bracket.
    list: usize,
}

/// The chats of the export that begins at `start`; `None` where it is none.
pub(super) fn chats(bytes: &[u8], start: usize) -> Option<Chats> {
    let single = keys(bytes, start)
        .next()
        .is_some_and(|key| head(bytes, start, &key).is_some());
    let from = if single { start } else { lists(bytes, start)? };
    let keys: Vec<Key> = keys(bytes, from).collect();
    let mut heads = Vec::with_capacity(keys.len());
    let mut past = from;
    for key in &keys {
        heads.push(if single && heads.is_empty() {
            head(bytes, start, key).map(|fields| (start, fields))
        } else {
            head_before(bytes, past, key)
        });
        past = key.list;
    }
    let begins: Vec<usize> = keys
        .iter()
        .zip(&heads)
        .map(|(key, head)| head.as_ref().map_or(key.range.start, |(at, _)| *at))
        .collect();
    let mut marks = kinds(bytes, from).peekable();
    let mut found = Chats {
        parts: Vec::new(),
        private: 0,
    };
    let mut number = 0;
    for (index, (key, head)) in keys.iter().zip(heads).enumerate() {
        number += 1;
        let at = begins.get(index).copied().unwrap_or(key.range.start);
        let next = begins.get(index + 1).copied().unwrap_or(bytes.len());
        // Those before the list are this chat's own.
        while marks.next_if(|mark| *mark < key.list).is_some() {}
        let (chat, inner, end) = match head {
            Some((_, fields)) => whole(bytes, fields, key.list..next),
            None => (Chat::default(), None, None),
        };
        // Sorted by their names, the kind comes after the messages.
        let own = inner.as_ref().zip(end).map(|(inner, end)| inner.end..end);
        let lost: Vec<usize> = std::iter::from_fn(|| marks.next_if(|mark| *mark < next))
            .filter(|mark| own.as_ref().is_none_or(|own| !own.contains(mark)))
            .collect();
        let limit = lost.first().copied().unwrap_or(next);
        let messages = key.list + 1..inner.map_or(limit, |inner| inner.end.min(limit));
        let is_read = single && index == 0;
        if !is_read && chat.kind.is_empty() && end.is_none() {
            found.parts.push(Part {
                number,
                at,
                open: None,
            });
            continue;
        }
        if is_read || !chat.is_private() {
            found.parts.push(Part {
                number,
                at,
                open: Some((chat, messages)),
            });
        } else {
            found.private += 1;
        }
        for at in lost {
            number += 1;
            found.parts.push(Part {
                number,
                at,
                open: None,
            });
        }
    }
    Some(found)
}

/// Where the lists of chats begin in the export of an account.
fn lists(bytes: &[u8], start: usize) -> Option<usize> {
    let fields = scan::fields(bytes, start);
    let named = |name: &str| fields.iter().find(|(key, _)| key == name);
    let parts = [named("chats"), named("left_chats")];
    let with_list = parts.into_iter().flatten().filter(|(_, range)| {
        scan::fields(bytes.get(..range.end).unwrap_or_default(), range.start)
            .iter()
            .any(|(name, range)| name == "list" && bytes.get(range.start) == Some(&b'['))
    });
    with_list.map(|(_, range)| range.start).min()
}

/// A chat by the fields before its list of messages and, where that is closed, after it; the list,
/// and the end of the chat where it is closed as it should be.
fn whole(
    bytes: &[u8],
    mut fields: Vec<Field>,
    range: Range<usize>,
) -> (Chat, Option<Range<usize>>, Option<usize>) {
    let part = bytes.get(..range.end).unwrap_or_default();
    let closed = scan::end_of(part, range.start).and_then(|list| {
        let (after, end) = scan::fields_on(part, list);
        (part.get(end) == Some(&b'}')).then_some((list, after, end))
    });
    match closed {
        Some((list, after, end)) => {
            fields.extend(after);
            (chat(bytes, &fields), Some(range.start..list), Some(end))
        }
        None => (chat(bytes, &fields), None, None),
    }
}

/// The keys `messages` before a list, from `from` on.
fn keys(bytes: &[u8], from: usize) -> impl Iterator<Item = Key> {
    const KEY: &[u8] = b"\"messages\"";
    let part = bytes.get(from..).unwrap_or_default();
    memmem::find_iter(part, KEY).filter_map(move |at| {
        let range = from + at..from + at + KEY.len();
        let list = scan::skip(bytes, value_of(bytes, range.end)?, b"");
        (bytes.get(list) == Some(&b'[')).then_some(Key { range, list })
    })
}

/// Where the kinds of chats stand, from `from` on.
fn kinds(bytes: &[u8], from: usize) -> impl Iterator<Item = usize> {
    const KEY: &[u8] = b"\"type\"";
    let part = bytes.get(from..).unwrap_or_default();
    memmem::find_iter(part, KEY).filter_map(move |at| {
        let at = from + at;
        let value = scan::skip(bytes, value_of(bytes, at + KEY.len())?, b"");
        let rest = bytes.get(value..)?.strip_prefix(b"\"")?;
        let is_kind = KINDS.iter().any(|kind| {
            rest.strip_prefix(kind.as_bytes())
                .is_some_and(|rest| rest.starts_with(b"\""))
        });
        is_kind.then_some(at)
    })
}

/// Where the value of a key begins that ends at `at`, white space before it.
fn value_of(bytes: &[u8], at: usize) -> Option<usize> {
    let colon = scan::skip(bytes, at, b"");
    (bytes.get(colon) == Some(&b':')).then_some(colon + 1)
}

/// The fields before `key` of the object that begins at `at`, if it is its key.
fn head(bytes: &[u8], at: usize, key: &Key) -> Option<Vec<Field>> {
    let mut fields = scan::fields(bytes.get(..key.range.end)?, at);
    let (name, value) = fields.pop()?;
    // With the number of quotes odd before it, the key would be the gap between two strings.
    (name == "messages" && value.start == key.range.end).then_some(fields)
}

/// The object that `key` is of, and its fields before it.
fn head_before(bytes: &[u8], past: usize, key: &Key) -> Option<(usize, Vec<Field>)> {
    let (longest, most) = HEAD;
    let from = past.max(key.range.start.saturating_sub(longest));
    let part = bytes.get(from..key.range.start)?;
    memchr::memrchr_iter(b'{', part)
        .take(most)
        .find_map(|at| head(bytes, from + at, key).map(|fields| (from + at, fields)))
}

fn chat(bytes: &[u8], fields: &[Field]) -> Chat {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Each chat's name and messages, `None` for those lost, and the number of private ones.
    fn of(json: &str) -> (Vec<Option<(String, &str)>>, u64) {
        let found = chats(json.as_bytes(), 0).unwrap();
        let parts = found.parts.into_iter().map(|part| {
            let (chat, range) = part.open?;
            Some((chat.name.unwrap_or_default(), &json[range]))
        });
        (parts.collect(), found.private)
    }

    fn read<'j>(name: &str, messages: &'j str) -> (String, &'j str) {
        (name.to_owned(), messages)
    }

    #[test]
    fn chats_in_any_order_of_fields() {
        let json = r#"{"chats": {"list": [{"id": 1, "messages": [7], "name": "{A", "type": "public_channel"},
            {"name": "{\"{B", "type": "private_channel", "messages": []},
            {"id": 2, "messages": ["x"], "type": "personal_chat"}, {"messages": []}]}}"#;
        assert_eq!(
            of(json),
            (vec![Some(read("{A", "7]")), Some(read("{\"{B", "]"))], 2),
            "a chat that does not say what it is is taken for a private one"
        );
    }

    #[test]
    fn no_chat_reaches_into_the_next() {
        let json = r#"{"chats": {"list": [{"name": "A", "type": "public_channel", "messages": ["" x"]},
            {"name": "B", "type": "personal_chat", "messages": ["" y"]},
            {"name": C, "type": "public_channel", "messages": []},
            {"name": "D", "type": "public_channel", "messages: ["z"]}]},
            "left_chats": {"list": [{"name": "E", "type": "public_channel", "messages": [8]}]}}"#;
        let (found, private) = of(json);
        assert_eq!(private, 1);
        let (name, messages) = found[0].clone().unwrap();
        assert!(
            name == "A" && messages.starts_with("\"\" x\"]") && !messages.contains('B'),
            "{found:?}"
        );
        let names: Vec<Option<&str>> = found
            .iter()
            .map(|part| part.as_ref().map(|(name, _)| name.as_str()))
            .collect();
        // C has no name that can be read, D no key; D is told, and E is read all the same.
        assert_eq!(names, [Some("A"), Some(""), None, Some("E")], "{found:?}");
    }
}
