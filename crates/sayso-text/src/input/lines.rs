//! `.jsonl`: one report a line, each by itself.

use std::borrow::Cow;
use std::io::{self, BufRead};

use serde_json::{Map, Value};

use super::InputError;
use super::bounded::{Bounded, bounded_line};
use crate::report::content_id;
use crate::{NotText, Note, NoteCode, Published, Report, decode};

/// Longest line that is read, in bytes.
pub(crate) const LONGEST_LINE: u64 = 64_000_000;

/// The reports of a stream of lines, in order; memory holds one line at a time.
pub(crate) struct Lines<R> {
    name: String,
    reader: R,
    line: u64,
    limit: u64,
    buffer: Vec<u8>,
    done: bool,
}

impl<R: BufRead> Lines<R> {
    /// Lines of `reader`, called `name` in errors.
    pub(crate) fn new(name: String, reader: R) -> Self {
        Self {
            name,
            reader,
            line: 0,
            limit: LONGEST_LINE,
            buffer: Vec::new(),
            done: false,
        }
    }

    /// The bytes of the line that was read last, without its end.
    pub(crate) fn line(&self) -> &[u8] {
        self.buffer.trim_ascii_end()
    }

    /// Reads one line into the buffer; `false` at the end.
    fn fill(&mut self) -> Result<bool, InputError> {
        self.line += 1;
        match bounded_line(&mut self.reader, self.limit, &mut self.buffer) {
            Ok(Bounded::Line) => Ok(true),
            Ok(Bounded::End) => Ok(false),
            Ok(Bounded::TooLong) => Err(InputError::LineTooLong {
                name: self.name.clone(),
                line: self.line,
                limit: self.limit,
            }),
            Err(source) => Err(self.unreadable(source)),
        }
    }

    fn unreadable(&mut self, source: io::Error) -> InputError {
        self.done = true;
        InputError::Unreadable {
            name: self.name.clone(),
            source,
        }
    }

    /// The line in the buffer as text, and whether bytes of it were replaced.
    fn text(&self) -> Result<(Cow<'_, str>, bool), InputError> {
        let mut bytes = self.buffer.as_slice();
        if self.line == 1 {
            bytes = without_mark(bytes);
        }
        text_of(bytes).map_err(|refused| InputError::Binary {
            name: format!("{}, line {}", self.name, self.line),
            what: refused.what,
        })
    }
}

impl<R: BufRead + Send> super::Several for Lines<R> {
    fn received(&self) -> &[u8] {
        self.line()
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Report, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.done {
                return None;
            }
            match self.fill() {
                Ok(true) => {}
                Ok(false) => {
                    self.done = true;
                    return None;
                }
                Err(error) => return Some(Err(error)),
            }
            let (text, replaced) = match self.text() {
                Ok(found) => found,
                Err(error) => {
                    // What is no text at all is not text on its next line either.
                    self.done = true;
                    return Some(Err(error));
                }
            };
            if text.is_empty() {
                continue;
            }
            return Some(report(&self.name, self.line, &text).map(|mut report| {
                if replaced {
                    report.notes.push(replaced_note());
                }
                report
            }));
        }
    }
}

/// Bytes without UTF-8's mark of byte order.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// A line as text, whatever its encoding, and whether bytes of it were replaced.
fn text_of(bytes: &[u8]) -> Result<(Cow<'_, str>, bool), NotText> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((Cow::Borrowed(text.trim()), false));
    }
    let decoded = decode(bytes, false)?;
    Ok((Cow::Owned(decoded.text.trim().to_owned()), decoded.replaced))
}

/// The note for text with replaced bytes.
pub(crate) fn replaced_note() -> Note {
    Note {
        code: NoteCode::ReplacedBytes,
        span: None,
        message: "Some bytes were no text in the file's encoding and stand as U+FFFD.".to_owned(),
    }
}

/// Makes the report of one JSON object, as it could stand on a line of a `.jsonl` file; `name`
/// stands in errors, on line 1.
///
/// # Errors
/// [`InputError::LineTooLong`], [`InputError::Json`] or [`InputError::Field`].
pub fn from_json(name: &str, json: &str) -> Result<Report, InputError> {
    if json.len() as u64 > LONGEST_LINE {
        return Err(InputError::LineTooLong {
            name: name.to_owned(),
            line: 1,
            limit: LONGEST_LINE,
        });
    }
    report(name, 1, json)
}

/// The report of one line of a `.jsonl` file, where somebody else has cut the file into lines: its
/// bytes mean what they mean in the file. `name` stands in errors, on line 1.
///
/// # Errors
/// As [`from_json`], and [`InputError::Binary`] where the bytes are no text.
pub fn from_line(name: &str, line: &[u8]) -> Result<Report, InputError> {
    // Whoever cuts files into lines does not say which is the first.
    let (text, replaced) = text_of(without_mark(line)).map_err(|refused| InputError::Binary {
        name: name.to_owned(),
        what: refused.what,
    })?;
    let mut report = from_json(name, &text)?;
    if replaced {
        report.notes.push(replaced_note());
    }
    Ok(report)
}

/// One line's report.
fn report(name: &str, line: u64, text: &str) -> Result<Report, InputError> {
    let wrong = |field, value: &Value, allowed| InputError::Field {
        name: name.to_owned(),
        line,
        field,
        value: shown(value),
        allowed,
    };
    let value: Value = serde_json::from_str(text).map_err(|source| InputError::Json {
        name: name.to_owned(),
        line,
        source,
    })?;
    let Value::Object(mut fields) = value else {
        return Err(wrong("", &value, "an object such as {\"text\": \"…\"}"));
    };
    let text = match fields.remove("text") {
        Some(Value::String(text)) => text,
        Some(other) => return Err(wrong("text", &other, "the report's text as a string")),
        None => {
            return Err(InputError::Field {
                name: name.to_owned(),
                line,
                field: "text",
                value: "missing".to_owned(),
                allowed: "the report's text as a string",
            });
        }
    };
    let mut string = |field: &'static str, allowed| {
        take(&mut fields, field).map_err(|v| wrong(field, &v, allowed))
    };
    let id = string("id", "a string, or leave it out")?;
    let title = string("title", "a string, or leave it out")?;
    let outlet = string("outlet", "a string, or leave it out")?;
    let url = string("url", "a string, or leave it out")?;
    let language = string("language", "a language tag such as \"en\", or leave it out")?;
    let author = string("author", "a string, or leave it out")?;
    let forwarded_from = string("forwarded_from", "a string, or leave it out")?;
    let reply_to = string(
        "reply_to",
        "the id of a report as a string, or leave it out",
    )?;
    const DATES: &str = "a day such as \"2025-10-22\", a time such as \"2025-10-22T14:00:00Z\", \
                         or leave it out";
    let mut date = |field: &'static str| match string(field, DATES)? {
        Some(written) => Published::parse(&written)
            .map(Some)
            .map_err(|_| wrong(field, &Value::String(written), DATES)),
        None => Ok(None),
    };
    let published = date("published")?;
    let updated = date("updated")?;
    Ok(Report {
        id: id.unwrap_or_else(|| content_id(&text)),
        title,
        text,
        published,
        outlet,
        url,
        language,
        author,
        updated,
        forwarded_from,
        reply_to,
        ..Report::default()
    })
}

/// Takes a string out of `fields`; null and blank strings are as good as none.
fn take(fields: &mut Map<String, Value>, field: &str) -> Result<Option<String>, Value> {
    match fields.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(other),
    }
}

/// The value as JSON, cut after 60 characters.
pub(crate) fn shown(value: &Value) -> String {
    short(value.to_string())
}

/// What is shown of a value in an error: its first 60 characters.
pub(crate) fn short(whole: String) -> String {
    const LONGEST: usize = 60;
    match whole.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &whole[..at]),
        None => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Result<Report, String>> {
        Lines::new("a.jsonl".to_owned(), bytes)
            .map(|r| r.map_err(|e| e.to_string()))
            .collect()
    }

    #[test]
    fn reads_what_it_can() {
        let found = all(
            "\u{feff}{\"text\":\"One.\",\"id\":\"r1\",\"extra\":[1]}\r\n\r\n\
              {\"text\":\"Two.\",\"published\":\"2025-10-22\",\"title\":null}\n\
              not json\n{\"text\":7}\n{\"id\":5,\"text\":\"x\"}\n[1]\n{\"title\":\"t\"}\n\
              {\"text\":\"x\",\"published\":\"soon\"}\n{\"text\":\"\"}"
                .as_bytes(),
        );
        assert_eq!(found.len(), 9);
        assert_eq!(found[0].as_ref().unwrap().id, "r1");
        let second = found[1].as_ref().unwrap();
        assert_eq!(second.id.len(), 64);
        assert_eq!(
            second.published.as_ref().unwrap().as_written(),
            "2025-10-22"
        );
        for (at, words) in [
            (2, ["line 4", "no JSON", "column 2"]),
            (3, ["line 5", "`text` is 7", "string"]),
            (4, ["line 6", "`id` is 5", "string"]),
            (5, ["line 7", "[1]", "object"]),
            (6, ["line 8", "`text` is missing", "string"]),
            (7, ["line 9", "`published` is \"soon\"", "2025-10-22"]),
        ] {
            let error = found[at].as_ref().unwrap_err();
            assert!(words.iter().all(|w| error.contains(w)), "{error}");
        }
        assert_eq!(found[8].as_ref().unwrap().text, "");
    }

    #[test]
    fn a_line_alone_is_what_it_is_in_its_file() {
        for line in [
            &b"{\"text\":\"One.\",\"id\":\"r1\"}"[..],
            b"{\"text\":\"Le march\xe9 a \xe9t\xe9 ferm\xe9.\"}\r\n",
            b"\xef\xbb\xbf{\"text\":\"Marked.\"} ",
            b"{\"text\":\"Caf\xc3\xa9s stayed open in Um Dukhun \xe2\x80\x94 mostly \xff, they said.\"}",
        ] {
            let of_file = all(line).remove(0).unwrap();
            let alone = from_line("report", line).unwrap();
            assert_eq!((&alone.id, &alone.text), (&of_file.id, &of_file.text));
            assert_eq!(alone.notes, of_file.notes);
        }
        let binary = from_line("report", b"\0\x01\xff\0").unwrap_err();
        assert!(matches!(binary, InputError::Binary { .. }), "{binary}");
        assert!(from_line("report", b"[1]").is_err());
    }

    #[test]
    fn what_a_sheet_says_of_its_report_is_read_again() {
        let found = all(
            b"{\"text\":\"One.\",\"author\":\"Night desk\",\"updated\":\"2025-10-23\",\
              \"forwarded_from\":\"Quarry News\",\"reply_to\":\"r0\"}\n\
              {\"text\":\"Two.\",\"updated\":\"later\"}\n{\"text\":\"Three.\",\"reply_to\":12}",
        );
        let report = found[0].as_ref().unwrap();
        assert_eq!(report.author.as_deref(), Some("Night desk"));
        assert_eq!(report.updated.as_ref().unwrap().as_written(), "2025-10-23");
        assert_eq!(report.forwarded_from.as_deref(), Some("Quarry News"));
        assert_eq!(report.reply_to.as_deref(), Some("r0"));
        assert!(
            found[1]
                .as_ref()
                .unwrap_err()
                .contains("`updated` is \"later\"")
        );
        assert!(found[2].as_ref().unwrap_err().contains("`reply_to` is 12"));
    }

    #[test]
    fn one_object_alone_is_a_report_over_several_lines_too() {
        let report = from_json("report", "{\n  \"text\": \"One.\",\n  \"id\": \"r1\"\n}").unwrap();
        assert_eq!((report.id.as_str(), report.text.as_str()), ("r1", "One."));
        let error = from_json("report", "{\"text\":\"x\",\"published\":\"soon\"}").unwrap_err();
        assert!(matches!(
            error,
            InputError::Field {
                field: "published",
                ..
            }
        ));
        let long = format!("\"{}\"", "a".repeat(LONGEST_LINE as usize));
        let error = from_json("report", &long).unwrap_err();
        assert!(matches!(error, InputError::LineTooLong { line: 1, .. }));
    }

    #[test]
    fn a_line_too_long_is_passed_over() {
        let text = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"b\"}}", "a".repeat(500));
        let mut lines = Lines::new("a.jsonl".to_owned(), text.as_bytes());
        lines.limit = 100;
        assert!(matches!(
            lines.next(),
            Some(Err(InputError::LineTooLong { line: 1, .. }))
        ));
        assert_eq!(lines.next().unwrap().unwrap().text, "b");
        assert!(lines.next().is_none());
    }

    #[test]
    fn other_encodings_a_line() {
        let mut bytes = b"{\"text\":\"".to_vec();
        bytes.extend(
            encoding_rs::WINDOWS_1252
                .encode("La route de Ségou était fermée")
                .0
                .iter(),
        );
        bytes.extend(b"\"}\n{\"text\":\"b\"}");
        let found = all(&bytes);
        assert_eq!(
            found[0].as_ref().unwrap().text,
            "La route de Ségou était fermée"
        );
        assert!(found[1].is_ok());
    }
}
