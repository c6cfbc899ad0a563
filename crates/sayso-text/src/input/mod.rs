//! What is handed in: files, folders and standard input, as a stream of reports.

mod bounded;
mod count;
mod document;
mod error;
mod feed;
mod fetch;
mod lines;
mod open;
mod plain;
mod sniff;
mod telegram;
mod walk;
mod warc;

use std::collections::VecDeque;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

pub use bounded::{Bounded, bounded_line};
pub use count::count;
pub use document::{DocumentError, report_of_layout};
pub use error::{InputError, ItemAt, ItemError};
pub use fetch::{Fetch, Fetched, is_address};
pub use lines::{from_json, from_line};
pub use sniff::Format;

use crate::Report;
use open::{Opened, Source, document};
use walk::Walk;

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
        several: None,
        format: None,
        fetch: None,
        received: None,
    }
}

/// The reports of a document of a known format, or of the one its beginning tells; `name` stands
/// in errors.
///
/// # Errors
/// As [`reports`], each item by itself.
pub fn reports_of(
    name: &str,
    bytes: Vec<u8>,
    format: Option<Format>,
) -> impl Iterator<Item = Result<Report, InputError>> {
    let source = Source {
        name,
        address: None,
        charset: None,
        format,
        certain: format.is_some(),
    };
    let (one, several) = match open::stream(&source, Box::new(io::Cursor::new(bytes))) {
        Ok(Opened::One(report, _)) => (Some(Ok(*report)), None),
        Ok(Opened::Several(several)) => (None, Some(several)),
        Err(error) => (Some(Err(error)), None),
    };
    one.into_iter().chain(several.into_iter().flatten())
}

/// As [`reports_of`], each report with the bytes it was read from.
///
/// # Errors
/// As [`reports`], each item by itself.
pub fn received_of(name: &str, bytes: Vec<u8>, format: Option<Format>) -> Received {
    received_from(name, Box::new(io::Cursor::new(bytes)), format)
}

/// As [`received_of`], of bytes that are read as they are needed: of a file of many reports, one report
/// is held at a time.
///
/// # Errors
/// As [`reports`], each item by itself.
pub fn received_from(
    name: &str,
    reader: Box<dyn io::BufRead + Send>,
    format: Option<Format>,
) -> Received {
    let source = Source {
        name,
        address: None,
        charset: None,
        format,
        certain: format.is_some(),
    };
    let mut several = None;
    let mut first = None;
    match open::stream(&source, reader) {
        Ok(Opened::One(report, bytes)) => first = Some(Ok((*report, bytes))),
        Ok(Opened::Several(found)) => several = Some(found),
        Err(error) => first = Some(Err(error)),
    }
    let reports = Reports {
        paths: VecDeque::new(),
        walk: None,
        several,
        format: None,
        fetch: None,
        received: Some(Vec::new()),
    };
    Received { first, reports }
}

/// Makes the report of one document of a known format; `name` stands in errors. Of a format of
/// many reports, the first report or error.
///
/// # Errors
/// [`InputError`] when the bytes are no text or the page is beyond the limits.
pub fn from_bytes(name: &str, bytes: &[u8], format: Format) -> Result<Report, InputError> {
    match format {
        Format::Text | Format::Html | Format::Pdf | Format::Docx => {
            document(name, bytes, format, None)
        }
        Format::Lines | Format::Feed | Format::Archive | Format::Telegram => {
            reports_of(name, bytes.to_vec(), Some(format))
                .next()
                .unwrap_or_else(|| {
                    Err(InputError::Empty {
                        name: name.to_owned(),
                    })
                })
        }
    }
}

/// Reports of a file that holds many.
trait Several: Iterator<Item = Result<Report, InputError>> + Send {
    /// The bytes that the last report was read from.
    fn received(&self) -> &[u8];
}

/// Iterator of [`reports`].
pub struct Reports {
    paths: VecDeque<PathBuf>,
    walk: Option<Walk>,
    several: Option<Box<dyn Several>>,
    format: Option<Format>,
    fetch: Option<Box<dyn Fetch>>,
    /// The bytes of the last report, where they are asked for.
    received: Option<Vec<u8>>,
}

impl Reports {
    /// The same reports with the bytes that each was read from: a whole file, a line of a `.jsonl`
    /// file without its end, an entry of a feed, a record of an archive, a message of an export.
    pub fn received(mut self) -> Received {
        self.received = Some(Vec::new());
        Received {
            first: None,
            reports: self,
        }
    }

    /// Takes what is given by name, folders' contents excepted, for a file of this format.
    #[must_use]
    pub fn with_format(mut self, format: Option<Format>) -> Self {
        self.format = format;
        self
    }

    /// Reads addresses (`https://…`) as well. Without it they are errors.
    #[must_use]
    pub fn fetching(mut self, fetch: Box<dyn Fetch>) -> Self {
        self.fetch = Some(fetch);
        self
    }
}

/// Iterator of [`Reports::received`].
pub struct Received {
    /// The report of a document that holds one only.
    first: Option<Result<(Report, Vec<u8>), InputError>>,
    reports: Reports,
}

impl Iterator for Received {
    type Item = Result<(Report, Vec<u8>), InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        let report = self.reports.next()?;
        let bytes = self.reports.received.as_mut().map(std::mem::take);
        Some(report.map(|report| (report, bytes.unwrap_or_default())))
    }
}

impl Iterator for Reports {
    type Item = Result<Report, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(several) = &mut self.several {
                if let Some(report) = several.next() {
                    if let Some(received) = &mut self.received {
                        *received = several.received().to_vec();
                    }
                    return Some(report);
                }
                self.several = None;
            }
            let opened = if let Some(walk) = &mut self.walk {
                match walk.next() {
                    Some(Ok(path)) => open::file(&path, None).map(Some).map_err(passed_over),
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
                Ok(Some(Opened::Several(several))) => self.several = Some(several),
                Ok(Some(Opened::One(report, bytes))) => {
                    if let Some(received) = &mut self.received {
                        *received = bytes;
                    }
                    return Some(Ok(*report));
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Reports {
    /// Begins with one of the given paths.
    fn start(&mut self, path: &Path) -> Result<Option<Opened>, InputError> {
        if path.as_os_str() == "-" {
            let reader = BufReader::with_capacity(1 << 16, io::stdin());
            let source = Source {
                name: STDIN,
                address: None,
                charset: None,
                format: self.format,
                certain: self.format.is_some(),
            };
            return open::stream(&source, Box::new(reader)).map(Some);
        }
        if is_address(path) {
            return self.fetched(&path.display().to_string());
        }
        if path.is_dir() {
            self.walk = Some(Walk::new(path));
            return Ok(None);
        }
        open::file(path, self.format).map(Some)
    }

    fn fetched(&mut self, address: &str) -> Result<Option<Opened>, InputError> {
        let Some(fetch) = &mut self.fetch else {
            return Err(InputError::NoAddresses {
                name: address.to_owned(),
            });
        };
        let fetched = fetch.fetch(address).map_err(|source| InputError::Fetch {
            name: address.to_owned(),
            source,
        })?;
        let Some(fetched) = fetched else {
            return Err(InputError::Skipped {
                name: address.to_owned(),
                why: "it has not changed since it was last read",
            });
        };
        open::fetched(address, fetched, self.format).map(Some)
    }
}

/// A file of a folder that holds something else than its name says is passed over.
fn passed_over(error: InputError) -> InputError {
    match error {
        InputError::OtherFormat { name, format } => InputError::Skipped {
            name,
            why: format.not_this(),
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A reader that gives little at once, as one of a network does.
    struct Slow(io::Cursor<Vec<u8>>);

    impl io::Read for Slow {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let most = into.len().min(7);
            self.0.read(&mut into[..most])
        }
    }

    #[test]
    fn bytes_that_come_little_by_little_are_read_as_those_that_are_there() {
        let line = |n| format!("{{\"id\": \"jos-{n}\", \"text\": \"Two died in Jos.\"}}");
        let lines = (0..50).map(line).collect::<Vec<_>>().join("\n");
        let page = "<html><body><p>Two traders died in Jos, police said.</p></body></html>";
        for (name, text) in [("a.jsonl", lines.as_str()), ("b.html", page), ("c", &lines)] {
            let format = Format::of_path(Path::new(name));
            let told = |found: Received| found.map(|one| format!("{one:?}")).collect::<Vec<_>>();
            let there = told(received_of(name, text.as_bytes().to_vec(), format));
            let slow = Slow(io::Cursor::new(text.as_bytes().to_vec()));
            let little = received_from(name, Box::new(io::BufReader::new(slow)), format);
            assert_eq!(told(little), there, "{name}");
            assert!(!there.is_empty(), "{name}");
        }
    }

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
    fn other_xml_and_json_of_a_folder_is_passed_over() {
        let root = folder("others");
        fs::write(root.join("a.xml"), "<sitemap><loc>x</loc></sitemap>").unwrap();
        fs::write(root.join("b.json"), "{\"a\": [1, 2]}").unwrap();
        let given = reports([root.join("a.xml")]).next().unwrap().unwrap_err();
        assert!(!given.is_notice());
        assert!(given.to_string().contains("no feed"), "{given}");
        let found: Vec<_> = reports([root.clone()]).collect();
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(found.len(), 2);
        for one in found {
            let error = one.unwrap_err();
            assert!(error.is_notice(), "{error}");
        }
    }

    #[test]
    fn addresses_are_read_where_somebody_fetches() {
        struct Once(Option<Fetched>);
        impl Fetch for Once {
            fn fetch(
                &mut self,
                _: &str,
            ) -> Result<Option<Fetched>, Box<dyn std::error::Error + Send + Sync>> {
                Ok(self.0.take())
            }
        }
        let address = "https://tarra.example/rss";
        let refused = reports([address]).next().unwrap().unwrap_err().to_string();
        assert!(refused.contains("sayso add"), "{refused}");
        let text = "<rss><channel><title>Tarra Post</title><item><title>Caf\u{e9} closed</title>\
                    <guid>https://tarra.example/1</guid></item></channel></rss>";
        let fetched = Fetched {
            bytes: encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
            charset: Some("windows-1252".to_owned()),
        };
        let found: Vec<_> = reports([address, address])
            .fetching(Box::new(Once(Some(fetched))))
            .collect();
        assert_eq!(
            found[0].as_ref().unwrap().title.as_deref(),
            Some("Caf\u{e9} closed")
        );
        assert!(found[1].as_ref().unwrap_err().is_notice());
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_feed_speaks_for_its_own_server_alone() {
        struct Always;
        impl Fetch for Always {
            fn fetch(
                &mut self,
                _: &str,
            ) -> Result<Option<Fetched>, Box<dyn std::error::Error + Send + Sync>> {
                let bytes = b"<rss><channel><title>Tarra Post</title><link>https://tarra.example/\
                    </link><item><title>Bridge closed</title><guid>https://tarra.example/1</guid>\
                    </item></channel></rss>";
                Ok(Some(Fetched {
                    bytes: bytes.to_vec(),
                    charset: None,
                }))
            }
        }
        let id = |address: &str| {
            let mut reports = reports([address]).fetching(Box::new(Always));
            reports.next().unwrap().unwrap().id
        };
        assert_eq!(
            id("https://www.tarra.example/rss"),
            "https://tarra.example/1"
        );
        assert_eq!(
            id("https://lake.example/rss"),
            "lake.example#https://tarra.example/1"
        );
    }

    #[test]
    fn replaced_bytes_are_noted() {
        let report = from_bytes("a.txt", b"\xff\xfeG\0a\0o\0\x00\xd8", Format::Text).unwrap();
        assert_eq!(report.notes[0].code, crate::NoteCode::ReplacedBytes);
    }
}
