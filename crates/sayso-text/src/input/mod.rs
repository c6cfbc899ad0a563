//! What is handed in: files, folders and standard input, as a stream of reports.

mod count;
mod error;
mod lines;
mod plain;
mod sniff;
mod walk;

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

pub use count::count;
pub use error::InputError;
pub use sniff::Format;

use crate::{Report, decode, html};
use lines::Lines;
use walk::Walk;

/// Largest `.txt` or `.html` file that is read, in bytes.
const LARGEST: u64 = 64_000_000;

/// Name under which standard input stands in errors.
const STDIN: &str = "standard input";

/// The reports of files, folders and standard input (`-`), in the order given.
///
/// Folders are read with what lies below them, in the order of their names; hidden files are left
/// out, files of other kinds are passed over with a notice. What cannot be read is an error of its
/// own and never stops the rest. Files are opened one after another, and a `.jsonl` file is read
/// line by line, so that memory does not grow with the input.
///
/// # Errors
/// Each item by itself: [`InputError`] names the file, the line, the value and what is allowed.
///
/// ```no_run
/// for report in sayso_text::input::reports(["samples"]) {
///     match report {
///         Ok(report) => println!("{} {:?}", report.id, report.title),
///         Err(error) => eprintln!("{error}"),
///     }
/// }
/// ```
pub fn reports<P: Into<PathBuf>>(paths: impl IntoIterator<Item = P>) -> Reports {
    Reports {
        paths: paths.into_iter().map(Into::into).collect(),
        walk: None,
        lines: None,
        received: None,
    }
}

/// Makes the report of one document of a known format; `name` stands in errors.
///
/// # Errors
/// [`InputError`] when the bytes are no text or the page is beyond the limits. For
/// [`Format::Lines`], the first report or error of the lines.
pub fn from_bytes(name: &str, bytes: &[u8], format: Format) -> Result<Report, InputError> {
    if format == Format::Lines {
        return Lines::new(name.to_owned(), bytes)
            .next()
            .unwrap_or_else(|| {
                Err(InputError::Field {
                    name: name.to_owned(),
                    line: 1,
                    field: "text",
                    value: "missing".to_owned(),
                    allowed: "the report's text as a string",
                })
            });
    }
    let decoded = decode(bytes, format == Format::Html).map_err(|refused| InputError::Binary {
        name: name.to_owned(),
        what: refused.what,
    })?;
    let mut report = if format == Format::Html {
        html::page(&decoded.text).map_err(|source| InputError::Page {
            name: name.to_owned(),
            source,
        })?
    } else {
        plain::report(decoded.text)
    };
    if report.text.trim().is_empty() && report.title.is_none() {
        return Err(InputError::Empty {
            name: name.to_owned(),
        });
    }
    if decoded.replaced {
        report.notes.insert(0, lines::replaced_note());
    }
    Ok(report)
}

/// Iterator of [`reports`].
pub struct Reports {
    paths: VecDeque<PathBuf>,
    walk: Option<Walk>,
    lines: Option<Lines<Box<dyn BufRead + Send>>>,
    /// The bytes of the last report, where they are asked for.
    received: Option<Vec<u8>>,
}

impl Reports {
    /// The same reports with the bytes that each was read from: a whole file, or a line of a
    /// `.jsonl` file without its end.
    pub fn received(mut self) -> Received {
        self.received = Some(Vec::new());
        Received(self)
    }
}

/// Iterator of [`Reports::received`].
pub struct Received(Reports);

impl Iterator for Received {
    type Item = Result<(Report, Vec<u8>), InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        let report = self.0.next()?;
        let bytes = self.0.received.as_mut().map(std::mem::take);
        Some(report.map(|report| (report, bytes.unwrap_or_default())))
    }
}

impl Iterator for Reports {
    type Item = Result<Report, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                if let Some(report) = lines.next() {
                    if let Some(received) = &mut self.received {
                        *received = lines.line().to_vec();
                    }
                    return Some(report);
                }
                self.lines = None;
            }
            let opened = if let Some(walk) = &mut self.walk {
                match walk.next() {
                    Some(Ok(path)) => self.open(&path),
                    Some(Err(error)) => Err(error),
                    None => {
                        self.walk = None;
                        continue;
                    }
                }
            } else {
                let path = self.paths.pop_front()?;
                self.start(&path)
            };
            match opened {
                Ok(None) => {}
                Ok(Some(report)) => return Some(Ok(report)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Reports {
    /// Begins with one of the given paths.
    fn start(&mut self, path: &Path) -> Result<Option<Report>, InputError> {
        if path.as_os_str() == "-" {
            let reader = BufReader::with_capacity(1 << 16, io::stdin());
            return self.stream(STDIN, Box::new(reader), None);
        }
        if path.is_dir() {
            self.walk = Some(Walk::new(path));
            return Ok(None);
        }
        self.open(path)
    }

    /// Opens a file: its report, or `None` when its lines follow.
    fn open(&mut self, path: &Path) -> Result<Option<Report>, InputError> {
        let name = path.display().to_string();
        let unreadable = |source| InputError::Unreadable {
            name: name.clone(),
            source,
        };
        let file = File::open(path).map_err(unreadable)?;
        let reader = BufReader::with_capacity(1 << 16, file);
        self.stream(&name, Box::new(reader), Format::of_path(path))
    }

    /// Reads a stream of a known format, or of the one its beginning tells.
    fn stream(
        &mut self,
        name: &str,
        mut reader: Box<dyn BufRead + Send>,
        format: Option<Format>,
    ) -> Result<Option<Report>, InputError> {
        let unreadable = |source| InputError::Unreadable {
            name: name.to_owned(),
            source,
        };
        let mut head = Vec::new();
        (&mut reader)
            .take(sniff::HEAD)
            .read_to_end(&mut head)
            .map_err(unreadable)?;
        if (head.len() as u64) < sniff::HEAD && head.iter().all(u8::is_ascii_whitespace) {
            return Err(InputError::Empty {
                name: name.to_owned(),
            });
        }
        let format = format.unwrap_or_else(|| sniff::sniff(&head));
        let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
        if format == Format::Lines && !wide {
            let whole = Box::new(Cursor::new(head).chain(reader));
            self.lines = Some(Lines::new(name.to_owned(), whole));
            return Ok(None);
        }
        let mut bytes = head;
        reader
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        if bytes.len() as u64 > LARGEST {
            return Err(InputError::TooLarge {
                name: name.to_owned(),
                limit: LARGEST,
            });
        }
        if format == Format::Lines {
            // UTF-16 cannot be cut into lines before it is decoded.
            let decoded = decode(&bytes, false).map_err(|refused| InputError::Binary {
                name: name.to_owned(),
                what: refused.what,
            })?;
            let whole = Box::new(Cursor::new(decoded.text.into_bytes()));
            self.lines = Some(Lines::new(name.to_owned(), whole));
            return Ok(None);
        }
        let report = from_bytes(name, &bytes, format)?;
        if let Some(received) = &mut self.received {
            *received = bytes;
        }
        Ok(Some(report))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A fresh folder below the system's folder for such things.
    fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("sayso-text-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("below")).unwrap();
        path
    }

    #[test]
    fn reads_folders_in_order_and_goes_on_after_errors() {
        let root = folder("order");
        fs::write(root.join("b.txt"), "Road closed\n\nThe road was closed.").unwrap();
        fs::write(root.join("a.txt"), b"\x89PNG\r\n\x1a\n\0\0").unwrap();
        fs::write(root.join(".hidden.txt"), "no").unwrap();
        fs::write(root.join("map.png"), "no").unwrap();
        fs::write(
            root.join("below/c.jsonl"),
            "{\"text\":\"One.\"}\nx\n{\"text\":\"Two.\"}",
        )
        .unwrap();
        fs::write(root.join("z.html"), "<p>The bridge was closed.</p>").unwrap();
        let missing = root.join("missing.txt");
        let found: Vec<String> = reports([root.clone(), missing])
            .map(|r| match r {
                Ok(report) => report.text,
                Err(error) => format!("! {error}"),
            })
            .collect();
        fs::remove_dir_all(&root).unwrap();
        assert!(found[0].contains("PNG image"), "{found:?}");
        assert_eq!(found[1], "The road was closed.");
        assert_eq!(found[2], "One.");
        assert!(found[3].contains("line 2"));
        assert_eq!(found[4], "Two.");
        assert!(found[5].contains("map.png: passed over"));
        assert_eq!(found[6], "The bridge was closed.");
        assert!(found[7].contains("no such file"));
        assert_eq!(found.len(), 8);
    }

    #[test]
    fn an_empty_folder_says_so() {
        let root = folder("empty");
        let found: Vec<_> = reports([root.clone()]).collect();
        fs::remove_dir_all(&root).unwrap();
        assert!(matches!(
            found[..],
            [Err(InputError::NothingInFolder { .. })]
        ));
    }

    #[test]
    fn wide_lines() {
        let root = folder("wide");
        let path = root.join("a.jsonl");
        let bytes: Vec<u8> = "\u{feff}{\"text\":\"Ségou\"}\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        fs::write(&path, bytes).unwrap();
        let found: Vec<_> = reports([path]).collect();
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(found[0].as_ref().unwrap().text, "Ségou");
    }

    #[test]
    fn the_bytes_as_received_come_with_each_report() {
        let root = folder("received");
        let lines = "{\"text\":\"One.\"}\n\n{\"text\": \"Two.\"}\r\n";
        fs::write(root.join("a.jsonl"), lines).unwrap();
        fs::write(root.join("b.html"), "<p>The bridge was closed.</p>\n").unwrap();
        let found: Vec<(String, Vec<u8>)> = reports([root.clone()])
            .received()
            .filter_map(Result::ok)
            .map(|(report, bytes)| (report.text, bytes))
            .collect();
        fs::remove_dir_all(&root).unwrap();
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(text, bytes)| (text.as_str(), std::str::from_utf8(bytes).unwrap()))
            .collect();
        assert_eq!(
            found,
            [
                ("One.", "{\"text\":\"One.\"}"),
                ("Two.", "{\"text\": \"Two.\"}"),
                ("The bridge was closed.", "<p>The bridge was closed.</p>\n"),
            ]
        );
    }

    #[test]
    fn replaced_bytes_are_noted() {
        let report = from_bytes("a.txt", b"\xff\xfeG\0a\0o\0\x00\xd8", Format::Text).unwrap();
        assert_eq!(report.notes[0].code, crate::NoteCode::ReplacedBytes);
    }
}
