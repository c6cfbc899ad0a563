//! One message: from its JSON to a report.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::input::ItemError;
use crate::input::lines::shown;
use crate::{Published, Report};

/// What is said where a date cannot be read.
const DATES: &str = "seconds since 1970 in `date_unixtime`, or a time such as \
                     `2025-10-22T14:00:00` in `date`";

/// What an export says of a chat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chat {
    /// Its name: the outlet, but for a chat with one person.
    pub(super) name: Option<String>,
    /// Its number.
    pub(super) id: Option<i64>,
    /// `public_channel`, `private_group`, …
    pub(super) kind: String,
}

impl Chat {
    /// Whether only those who take part can see it: talk of private persons, and no reports. So is
    /// a chat taken of which nobody knows what it is.
    pub(super) fn is_private(&self) -> bool {
        !self.is_channel() && !self.kind.starts_with("public_")
    }

    fn is_channel(&self) -> bool {
        self.kind.ends_with("channel")
    }

    /// Whether its name is that of a person: nobody publishes there.
    fn is_personal(&self) -> bool {
        matches!(self.kind.as_str(), "personal_chat" | "saved_messages")
    }

    /// Whether messages of it have an address.
    fn has_addresses(&self) -> bool {
        self.is_channel() || self.kind.ends_with("supergroup")
    }

    /// The id of a message as a report. It stays when the message is edited.
    fn report_id(&self, message: i64) -> String {
        match (self.id, &self.name) {
            (Some(id), _) => format!("telegram:{id}/{message}"),
            (None, Some(name)) => format!("telegram:{name}/{message}"),
            (None, None) => format!("telegram:/{message}"),
        }
    }
}

/// The report of a message; `None` where it is none: somebody joined, a picture without words.
pub(super) fn report(json: &[u8], chat: &Chat) -> Result<Option<Report>, ItemError> {
    let value: Value = serde_json::from_slice(json).map_err(|error| ItemError::Broken {
        what: format!("this is no JSON ({error})"),
    })?;
    let Value::Object(fields) = value else {
        return Err(wrong("message", Some(&value), "an object"));
    };
    if fields.get("type").is_some_and(|kind| kind != "message") {
        return Ok(None);
    }
    let text = text(&fields)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let Some(id) = fields.get("id").and_then(Value::as_i64) else {
        return Err(wrong("id", fields.get("id"), "the message's number"));
    };
    let string = |name: &str| {
        let found = fields.get(name).and_then(Value::as_str).map(str::trim);
        found.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let outlet = chat.name.clone().filter(|_| !chat.is_personal());
    let from = string("from").filter(|from| Some(from) != outlet.as_ref());
    let reply = fields.get("reply_to_message_id").and_then(Value::as_i64);
    // Answers may cross chats; those of other chats have ids that are not known here.
    let reply = reply.filter(|_| !fields.contains_key("reply_to_peer_id"));
    Ok(Some(Report {
        id: chat.report_id(id),
        versioned: true,
        published: Some(date(&fields, "date", "date_unixtime")?),
        updated: if ["edited", "edited_unixtime"]
            .iter()
            .any(|name| fields.contains_key(*name))
        {
            Some(date(&fields, "edited", "edited_unixtime")?)
        } else {
            None
        },
        outlet,
        url: chat
            .id
            .filter(|_| chat.has_addresses())
            .map(|chat| format!("https://t.me/c/{chat}/{id}")),
        // A channel's posts may be signed; in a group somebody writes.
        author: string("author").or(from),
        forwarded_from: string("forwarded_from"),
        reply_to: reply.map(|id| chat.report_id(id)),
        ..Report::from_text(text)
    }))
}

/// The text: a string, or pieces of which some are marked as bold, links and so on.
fn text(fields: &Map<String, Value>) -> Result<String, ItemError> {
    const ALLOWED: &str = "a string, or a list of strings and of objects with a `text`";
    let value = match fields.get("text") {
        None => fields.get("text_entities"),
        found => found,
    };
    match value {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Array(pieces)) => {
            let mut text = String::new();
            for piece in pieces {
                match piece.as_str().or_else(|| piece.get("text")?.as_str()) {
                    Some(piece) => text.push_str(piece),
                    None => return Err(wrong("text", Some(piece), ALLOWED)),
                }
            }
            Ok(text)
        }
        Some(other) => Err(wrong("text", Some(other), ALLOWED)),
    }
}

/// A date: the moment where the export gives it, else the time on the clock of whoever made it.
fn date(
    fields: &Map<String, Value>,
    clock: &'static str,
    moment: &str,
) -> Result<Published, ItemError> {
    let seconds = match fields.get(moment) {
        Some(Value::String(text)) => text.parse().ok(),
        Some(value) => value.as_i64(),
        None => None,
    };
    let moment = seconds.and_then(|seconds: i64| Timestamp::from_second(seconds).ok());
    let written = match moment {
        Some(moment) => Some(moment.to_string()),
        None => fields.get(clock).and_then(Value::as_str).map(str::to_owned),
    };
    written
        .and_then(|written| Published::parse(&written).ok())
        .ok_or_else(|| wrong(clock, fields.get(clock), DATES))
}

fn wrong(field: &'static str, value: Option<&Value>, allowed: &'static str) -> ItemError {
    ItemError::Field {
        field,
        value: value.map_or_else(|| "missing".to_owned(), shown),
        allowed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chat(kind: &str) -> Chat {
        Chat {
            name: Some("Tarra Watch".to_owned()),
            id: Some(1_234_567_890),
            kind: kind.to_owned(),
        }
    }

    fn of(json: &str, kind: &str) -> Result<Option<Report>, String> {
        report(json.as_bytes(), &chat(kind)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_post_of_a_channel() {
        let report = of(
            r#"{"id": 17, "type": "message", "date": "2025-10-22T16:00:00",
                "date_unixtime": "1761141600", "edited": "2025-10-22T16:05:00",
                "edited_unixtime": "1761141900", "from": "Tarra Watch", "from_id": "channel1",
                "author": "Night desk", "forwarded_from": "Quarry News", "reply_to_message_id": 12,
                "text": ["The ", {"type": "bold", "text": "bridge"}, " was hit: ",
                         {"type": "text_link", "text": "map", "href": "https://x.example"}]}"#,
            "public_channel",
        )
        .unwrap()
        .unwrap();
        assert_eq!(report.text, "The bridge was hit: map");
        assert_eq!(report.id, "telegram:1234567890/17");
        assert!(report.versioned);
        assert_eq!(
            report.published.unwrap().as_written(),
            "2025-10-22T14:00:00Z"
        );
        assert_eq!(report.updated.unwrap().as_written(), "2025-10-22T14:05:00Z");
        assert_eq!(report.outlet.as_deref(), Some("Tarra Watch"));
        assert_eq!(report.author.as_deref(), Some("Night desk"));
        assert_eq!(report.forwarded_from.as_deref(), Some("Quarry News"));
        assert_eq!(report.reply_to.as_deref(), Some("telegram:1234567890/12"));
        assert_eq!(report.url.as_deref(), Some("https://t.me/c/1234567890/17"));
    }

    #[test]
    fn a_message_of_a_chat_with_one_person_has_no_outlet() {
        let report = of(
            r#"{"id": 4, "type": "message", "date": "2025-10-22T16:00:00", "from": "Tarra Watch",
                "text": "Nobody was hurt."}"#,
            "personal_chat",
        )
        .unwrap()
        .unwrap();
        assert_eq!(report.outlet, None);
        assert_eq!(report.author.as_deref(), Some("Tarra Watch"));
    }

    #[test]
    fn a_message_of_a_group() {
        let report = of(
            r#"{"id": 3, "type": "message", "date": "2025-10-22T16:00:00", "from": "Ode",
                "text": "Nobody was hurt."}"#,
            "public_group",
        )
        .unwrap()
        .unwrap();
        assert_eq!(report.author.as_deref(), Some("Ode"));
        assert_eq!(
            report.published.unwrap().as_written(),
            "2025-10-22T16:00:00"
        );
        assert_eq!(report.url, None);
    }

    #[test]
    fn what_is_no_report() {
        for json in [
            r#"{"id": 1, "type": "service", "action": "create_channel", "text": ""}"#,
            r#"{"id": 2, "type": "message", "date": "2025-10-22T16:00:00", "text": "", "photo": "p"}"#,
        ] {
            assert_eq!(of(json, "public_channel"), Ok(None));
        }
    }

    #[test]
    fn mistakes_name_field_value_and_what_is_allowed() {
        for (json, words) in [
            (
                r#"{"id": 1, "text": "x"}"#,
                ["`date` is missing", "date_unixtime"],
            ),
            (
                r#"{"id": 1, "text": "x", "date": "soon"}"#,
                ["`date` is \"soon\"", "2025-10-22T14:00:00"],
            ),
            (r#"{"id": "1", "text": "x"}"#, ["`id` is \"1\"", "number"]),
            (r#"{"id": 1, "text": [7]}"#, ["`text` is 7", "string"]),
            (r#"{"id": 1, "text": {}}"#, ["`text` is {}", "string"]),
            ("[1]", ["`message` is [1]", "object"]),
            ("{\"id\":", ["no JSON", "line 1"]),
        ] {
            let error = of(json, "public_channel").unwrap_err();
            assert!(words.iter().all(|word| error.contains(word)), "{error}");
        }
    }
}
