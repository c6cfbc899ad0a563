//! Records of a web archive, framed by their lengths.
//!
//! Source: ISO 28500 (WARC 1.0 and 1.1).

use std::io::{self, BufRead, Read};

use memchr::memmem;

use crate::input::ItemError;
use crate::input::lines::short;

/// Largest record that is held, in bytes; larger ones, films and the like, are passed over.
pub(super) const LARGEST: u64 = 64_000_000;
/// Longest head of a record, in bytes.
const LONGEST_HEAD: u64 = 64_000;
/// Most records of a wrong length before an archive is given up.
const MOST_LIES: usize = 64;
/// Most pieces of an archive that are no records before it is given up.
const MOST_DAMAGED: usize = 10_000;

/// A record as it stands.
#[derive(Debug)]
pub(super) struct Record {
    /// Its number, from 1.
    pub(super) number: u64,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    /// Head and block, as received.
    pub(super) bytes: Vec<u8>,
    /// Where the block begins.
    block: usize,
}

impl Record {
    /// The value of a header, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    pub(super) fn block(&self) -> &[u8] {
        self.bytes.get(self.block..).unwrap_or_default()
    }
}

fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    let found = headers.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str())
}

/// What can go wrong on the way to a record.
#[derive(Debug)]
pub(super) enum Wrong {
    /// This record; the next one can be read.
    Record(u64, ItemError),
    /// The archive: nothing more can be read.
    Archive(String),
    /// The file.
    Io(io::Error),
}

/// The records of a stream. Memory holds one at a time.
pub(super) struct Records<R> {
    reader: Pushed<R>,
    number: u64,
    lies: usize,
    damaged: usize,
    over: bool,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader: Pushed {
                front: Vec::new(),
                at: 0,
                reader,
            },
            number: 0,
            lies: 0,
            damaged: 0,
            over: false,
        }
    }

    /// The next record, with its block.
    pub(super) fn next(&mut self) -> Option<Result<Record, Wrong>> {
        if self.over {
            return None;
        }
        let next = self.read();
        if matches!(next, Ok(None) | Err(Wrong::Archive(_) | Wrong::Io(_))) {
            self.over = true;
        }
        next.transpose()
    }

    fn read(&mut self) -> Result<Option<Record>, Wrong> {
        let mut bytes = Vec::new();
        // Blank lines part records; more of them do no harm.
        loop {
            bytes.clear();
            let read = self.line(&mut bytes)?;
            if read == 0 {
                return Ok(None);
            }
            if !bytes.trim_ascii().is_empty() {
                break;
            }
        }
        self.number += 1;
        if !bytes.starts_with(b"WARC/") {
            if self.number == 1 {
                return Err(Wrong::Archive(
                    "this is no web archive: it does not begin with WARC/".to_owned(),
                ));
            }
            self.damaged()?;
            return Err(self.wrong(ItemError::Broken {
                what: "no record begins here, as it should after the one before".to_owned(),
            }));
        }
        let Some(headers) = self.head(&mut bytes)? else {
            self.damaged()?;
            return Err(self.wrong(ItemError::Broken {
                what: "its head does not end".to_owned(),
            }));
        };
        let stated = header(&headers, "content-length");
        let Some(length) = stated.and_then(|length| length.parse::<u64>().ok()) else {
            let error = ItemError::Field {
                field: "Content-Length",
                value: stated.map_or("missing".to_owned(), |v| {
                    format!("{:?}", short(v.to_owned()))
                }),
                allowed: "the number of bytes of the record's block",
            };
            self.damaged()?;
            return Err(self.wrong(error));
        };
        if length > LARGEST {
            return Err(self.pass_over(length)?);
        }
        let block = bytes.len();
        (&mut self.reader)
            .take(length)
            .read_to_end(&mut bytes)
            .map_err(Wrong::Io)?;
        let short = ((bytes.len() - block) as u64) < length;
        if !short && self.ends()? {
            return Ok(Some(Record {
                number: self.number,
                headers,
                bytes,
                block,
            }));
        }
        let next = bytes.get(block..).and_then(next_record);
        if let Some(next) = next {
            let rest = bytes.split_off(block + next);
            self.reader.push(rest);
        } else if short {
            return Err(self.wrong(ItemError::CutOff));
        } else {
            self.resume()?;
        }
        Err(self.lie(length))
    }

    /// Passes over a block of a length that is not held. Where it turns out not to end there, the
    /// record after it, if one has begun, is the next.
    fn pass_over(&mut self, length: u64) -> Result<Wrong, Wrong> {
        let mut left = length;
        // What was read last and may be the beginning of a record; once one began, all since then.
        let mut kept: Vec<u8> = Vec::new();
        let mut begun = false;
        while left > 0 {
            let available = self.reader.fill_buf().map_err(Wrong::Io)?;
            let taken = usize::try_from(left).map_or(available.len(), |l| available.len().min(l));
            if taken == 0 {
                break;
            }
            kept.extend_from_slice(available.get(..taken).unwrap_or_default());
            self.reader.consume(taken);
            left -= taken as u64;
            if begun {
                if kept.len() as u64 > LARGEST {
                    // So much of other records is more likely behind it than in it.
                    self.reader.push(kept);
                    return Ok(self.lie(length));
                }
                continue;
            }
            if let Some(next) = next_record(&kept) {
                begun = true;
                kept.drain(..next);
            } else {
                let tail = kept.len().saturating_sub(BEGINNING);
                kept.drain(..tail);
            }
        }
        if left == 0 && self.ends()? {
            return Ok(self.wrong(ItemError::TooLarge { limit: LARGEST }));
        }
        if begun {
            self.reader.push(kept);
        } else if left > 0 {
            return Ok(self.wrong(ItemError::CutOff));
        } else {
            self.resume()?;
        }
        Ok(self.lie(length))
    }

    /// What is told of a record that does not end where it says.
    fn lie(&mut self, length: u64) -> Wrong {
        self.lies += 1;
        if self.lies > MOST_LIES {
            return Wrong::Archive(format!(
                "more than {MOST_LIES} records do not end where they say"
            ));
        }
        self.wrong(ItemError::Field {
            field: "Content-Length",
            value: length.to_string(),
            allowed: "the number of bytes of the record's block, and it does not end there",
        })
    }

    /// Goes on to the next record after what is none.
    fn damaged(&mut self) -> Result<(), Wrong> {
        self.damaged += 1;
        if self.damaged > MOST_DAMAGED {
            return Err(Wrong::Archive(format!(
                "more than {MOST_DAMAGED} pieces of it are no records"
            )));
        }
        self.resume()
    }

    fn wrong(&self, error: ItemError) -> Wrong {
        Wrong::Record(self.number, error)
    }

    /// Appends a line to `bytes`; gives its length.
    fn line(&mut self, bytes: &mut Vec<u8>) -> Result<usize, Wrong> {
        (&mut self.reader)
            .take(LONGEST_HEAD)
            .read_until(b'\n', bytes)
            .map_err(Wrong::Io)
    }

    /// Reads the head after its first line; `None` where it does not end.
    fn head(&mut self, bytes: &mut Vec<u8>) -> Result<Option<Vec<(String, String)>>, Wrong> {
        let mut headers: Vec<(String, String)> = Vec::new();
        loop {
            let start = bytes.len();
            let read = self.line(bytes)?;
            if read == 0 || bytes.len() as u64 > LONGEST_HEAD {
                return Ok(None);
            }
            let line = bytes.get(start..).unwrap_or_default();
            let is_folded = line.starts_with(b" ") || line.starts_with(b"\t");
            let line = String::from_utf8_lossy(line);
            let line = line.trim();
            if line.is_empty() {
                return Ok(Some(headers));
            }
            match line.split_once(':') {
                _ if is_folded => {
                    if let Some((_, value)) = headers.last_mut() {
                        value.push(' ');
                        value.push_str(line);
                    }
                }
                Some((key, value)) => {
                    let value = value.trim().to_owned();
                    headers.push((key.trim().to_ascii_lowercase(), value));
                }
                None => {}
            }
        }
    }

    /// Whether the record ends here: blank lines, then another record or nothing. Takes the blank
    /// lines.
    fn ends(&mut self) -> Result<bool, Wrong> {
        for _ in 0..4 {
            match self.reader.fill_buf().map_err(Wrong::Io)?.first() {
                None => return Ok(true),
                Some(b'\r' | b'\n') => self.reader.consume(1),
                Some(_) => break,
            }
        }
        let mut mark = Vec::new();
        (&mut self.reader)
            .take(5)
            .read_to_end(&mut mark)
            .map_err(Wrong::Io)?;
        let ends = mark.is_empty()
            || mark == b"WARC/"
            || mark.iter().all(|byte| matches!(byte, b'\r' | b'\n'));
        self.reader.push(mark);
        Ok(ends)
    }

    /// Goes on to the line on which the next record begins.
    fn resume(&mut self) -> Result<(), Wrong> {
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.line(&mut line)? == 0 {
                return Ok(());
            }
            if line.starts_with(b"WARC/1.") || line.starts_with(b"WARC/0.") {
                self.reader.push(line);
                return Ok(());
            }
        }
    }
}

/// Longest beginning of a record by which [`next_record`] knows it, in bytes.
const BEGINNING: usize = 10;

/// Where in a block another record begins.
fn next_record(block: &[u8]) -> Option<usize> {
    memmem::find_iter(block, b"WARC/").find(|at| {
        let line = block.get(*at..).unwrap_or_default();
        let line = line.get(..line.len().min(12)).unwrap_or(line);
        ["WARC/1.0\r\n", "WARC/1.1\r\n", "WARC/1.0\n", "WARC/1.1\n"]
            .iter()
            .any(|mark| line.starts_with(mark.as_bytes()))
    })
}

/// A reader to which bytes can be given back.
struct Pushed<R> {
    front: Vec<u8>,
    at: usize,
    reader: R,
}

impl<R> Pushed<R> {
    fn push(&mut self, mut bytes: Vec<u8>) {
        // What was just taken is given back in its place: a long front is not moved for each mark.
        let from = self.at.checked_sub(bytes.len());
        if let Some(from) = from
            && self.at < self.front.len()
            && let Some(place) = self.front.get_mut(from..self.at)
        {
            place.copy_from_slice(&bytes);
            self.at = from;
            return;
        }
        bytes.extend_from_slice(self.front.get(self.at..).unwrap_or_default());
        self.front = bytes;
        self.at = 0;
    }
}

impl<R: BufRead> Read for Pushed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), available.get(..length)) {
            to.copy_from_slice(from);
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Pushed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.front.len() {
            return Ok(self.front.get(self.at..).unwrap_or_default());
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if self.at < self.front.len() {
            self.at += amount;
        } else {
            self.reader.consume(amount);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, length: usize, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nX: a\r\n b\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    }

    fn all(archive: &str) -> Vec<Result<String, String>> {
        let mut records = Records::new(archive.as_bytes());
        std::iter::from_fn(|| records.next())
            .map(|record| match record {
                Ok(record) => Ok(String::from_utf8_lossy(record.block()).into_owned()),
                Err(Wrong::Record(number, error)) => Err(format!("{number}: {error}")),
                Err(wrong) => Err(format!("{wrong:?}")),
            })
            .collect()
    }

    #[test]
    fn records_in_order() {
        let archive = [
            record("a", 3, "one"),
            record("b", 0, ""),
            record("c", 3, "two"),
        ];
        let mut records = Records::new(archive[0].as_bytes());
        let first = records.next().unwrap().unwrap();
        assert_eq!(first.header("x"), Some("a b"));
        assert_eq!(first.bytes, archive[0].trim_end().as_bytes());
        assert_eq!(
            all(&archive.concat()),
            [
                Ok("one".to_owned()),
                Ok(String::new()),
                Ok("two".to_owned())
            ]
        );
    }

    #[test]
    fn lengths_that_lie_cost_one_record() {
        for length in [1, 40, 300] {
            let archive = [
                record("a", 3, "one"),
                record("b", length, "a block\r\nof lines"),
                record("c", 3, "two"),
                record("d", 5, "three"),
            ];
            let found = all(&archive.concat());
            assert_eq!(found.len(), 4, "{found:?}");
            let error = found[1].as_ref().unwrap_err();
            assert!(
                error.contains(&format!("2: `Content-Length` is {length}")),
                "{error}"
            );
            assert_eq!(found[2], Ok("two".to_owned()));
            assert_eq!(found[3], Ok("three".to_owned()));
        }
    }

    #[test]
    fn a_length_beyond_the_limit_may_lie_as_well() {
        let large = usize::try_from(LARGEST).unwrap() + 1;
        let (one, two) = (record("a", 3, "one"), record("c", 3, "two"));
        for length in [large, usize::MAX] {
            let found = all(&(one.clone() + &record("b", length, "a block") + &two + &two));
            assert_eq!(found.len(), 4, "{found:?}");
            let error = found[1].as_ref().unwrap_err();
            assert!(
                error.contains(&format!("`Content-Length` is {length}")),
                "{error}"
            );
            assert_eq!(found[2..], [Ok("two".to_owned()), Ok("two".to_owned())]);
        }
        let cut = all(&(one.clone() + &record("b", large, "a block")));
        assert!(cut[1].as_ref().unwrap_err().contains("cut off"), "{cut:?}");

        // A film, and an archive in an archive, are as long as they say.
        let film = "x".repeat(large);
        let nested = format!(
            "{}{two}{}",
            "x".repeat(large - 1000),
            "y".repeat(1000 - two.len())
        );
        for block in [film, nested] {
            let found = all(&(one.clone() + &record("b", large, &block) + &two));
            assert_eq!(found.len(), 3, "{:?}", found.get(1));
            let error = found[1].as_ref().unwrap_err();
            assert!(error.contains("larger than 64 MB"), "{error}");
            assert_eq!(found[2], Ok("two".to_owned()));
        }

        // More after the lie than is held: what follows it is read.
        let rest = record("c", 1_000_000, &"z".repeat(1_000_000)).repeat(66);
        let found = all(&(one + &record("b", usize::MAX, "a block") + &rest + &two));
        assert_eq!(found.iter().filter(|record| record.is_ok()).count(), 68);
    }

    #[test]
    fn a_long_front_is_not_moved_for_each_record() {
        let archive = record("a", 40_000_000, "x") + &record("b", 0, "").repeat(200_000);
        let start = std::time::Instant::now();
        assert_eq!(all(&archive).len(), 200_001);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    #[test]
    fn an_archive_of_damage_is_given_up() {
        let archive = record("a", 3, "one") + &"WARC/1.0\r\nX: y\r\n\r\n".repeat(MOST_DAMAGED * 2);
        let found = all(&archive);
        assert_eq!(found.len(), MOST_DAMAGED + 2);
        assert!(
            found
                .last()
                .unwrap()
                .as_ref()
                .unwrap_err()
                .contains("no records")
        );
    }

    #[test]
    fn damage_is_passed_over() {
        let archive = [
            record("a", 3, "one"),
            "junk\r\nmore junk\r\n".to_owned(),
            record("b", 3, "two"),
            record("c", 0, "").replace("Content-Length: 0\r\n", ""),
            record("d", 0, "").replace(": 0", ": many"),
            record("e", 3, "end"),
        ];
        let found = all(&archive.concat());
        let good: Vec<&String> = found.iter().filter_map(|r| r.as_ref().ok()).collect();
        assert!(good.contains(&&"two".to_owned()), "{found:?}");
        assert!(good.contains(&&"end".to_owned()), "{found:?}");
        let bad: String = found
            .iter()
            .filter_map(|r| r.as_ref().err().cloned())
            .collect();
        assert!(bad.contains("missing") && bad.contains("\"many\""), "{bad}");
        let cut = all(&record("a", 300, "one"));
        assert!(cut[0].as_ref().unwrap_err().contains("cut off"), "{cut:?}");
        assert!(
            all("no archive")[0]
                .as_ref()
                .unwrap_err()
                .contains("no web archive")
        );
    }

    #[test]
    fn an_archive_of_lies_is_given_up() {
        let archive = record("a", 100_000, "x").repeat(100);
        let found = all(&archive);
        assert!(found.len() <= MOST_LIES + 1, "{}", found.len());
        assert!(
            found
                .last()
                .unwrap()
                .as_ref()
                .unwrap_err()
                .contains("Archive")
        );
    }
}
