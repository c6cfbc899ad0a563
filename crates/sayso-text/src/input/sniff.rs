//! Which format a file or stream has.

use std::io::Read as _;
use std::path::Path;

use flate2::bufread::GzDecoder;

/// How much of a stream is looked at, in bytes.
pub(super) const HEAD: u64 = 8192;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one report a file.
    Text,
    /// A web page, one report a file.
    Html,
    /// JSON lines, one report a line.
    Lines,
    /// A feed: RSS 2.0, RSS 1.0 or Atom, one report an entry.
    Feed,
    /// A web archive (WARC), compressed or not: one report a page.
    Archive,
    /// A PDF document, one report a file.
    Pdf,
    /// A Word document (Office Open XML), one report a file.
    Docx,
    /// An export of Telegram's desktop program (`result.json`): one report a message.
    Telegram,
}

impl Format {
    /// The format that a file's name states; `None` for any other.
    pub fn of_path(path: &Path) -> Option<Self> {
        let lower = path.file_name()?.to_str()?.to_ascii_lowercase();
        if lower.ends_with(".warc.gz") {
            return Some(Self::Archive);
        }
        let (_, extension) = lower.rsplit_once('.')?;
        match extension {
            "txt" | "text" => Some(Self::Text),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::Lines),
            "xml" | "rss" | "atom" | "rdf" => Some(Self::Feed),
            "warc" => Some(Self::Archive),
            "json" => Some(Self::Telegram),
            "pdf" => Some(Self::Pdf),
            "docx" | "docm" => Some(Self::Docx),
            _ => None,
        }
    }

    /// Whether a file of this name may just as well hold something else, which its beginning tells.
    pub(super) fn is_guess(self) -> bool {
        matches!(self, Self::Feed | Self::Telegram)
    }

    /// What a file that bears such a name and is none is called.
    pub(super) fn not_this(self) -> &'static str {
        match self {
            Self::Feed => "no feed (RSS 2.0, RSS 1.0 or Atom)",
            Self::Telegram => "JSON but no Telegram export",
            Self::Archive => "no web archive (WARC)",
            Self::Text | Self::Html | Self::Lines | Self::Pdf | Self::Docx => {
                "not what its name says"
            }
        }
    }
}

/// The format that the first bytes tell; text where nothing else shows.
pub(super) fn sniff(head: &[u8]) -> Format {
    if head.starts_with(b"WARC/") || is_packed_archive(head) {
        return Format::Archive;
    }
    // Writers put a mark or some bytes before it; readers look for it in the first thousand.
    let start = head.get(..1024).unwrap_or(head);
    if memchr::memmem::find(start, b"%PDF-").is_some_and(|at| at == 0 || !start[..at].is_ascii()) {
        return Format::Pdf;
    }
    if head.starts_with(b"PK\x03\x04") && is_word(head) {
        return Format::Docx;
    }
    // Wide encodings show the same characters with NULs between them.
    let shown: String = head
        .iter()
        .filter(|b| b.is_ascii() && **b != 0)
        .map(|b| b.to_ascii_lowercase() as char)
        .collect();
    let shown = shown.trim_start();
    if let Some(object) = shown.strip_prefix('{') {
        if is_export(shown) {
            return Format::Telegram;
        }
        let object = object.trim_start();
        if object.starts_with('"') || object.starts_with('}') {
            return Format::Lines;
        }
    }
    if is_feed_root(root(shown)) {
        return Format::Feed;
    }
    let marks = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<title",
        "<meta",
        "<div",
        "<p>",
        "<p ",
    ];
    if shown.starts_with('<') && marks.iter().any(|mark| shown.contains(mark)) {
        return Format::Html;
    }
    Format::Text
}

/// Whether the name of a root element is a feed's.
fn is_feed_root(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name);
    matches!(local, "rss" | "feed" | "rdf")
}

/// The name of the first element, after declarations and comments; empty where there is none.
fn root(mut shown: &str) -> &str {
    loop {
        shown = shown.trim_start();
        let after = if let Some(rest) = shown.strip_prefix("<!--") {
            rest.split_once("-->")
        } else if let Some(rest) = shown.strip_prefix("<?") {
            rest.split_once("?>")
        } else if let Some(rest) = shown.strip_prefix("<!") {
            // A document type may hold declarations of its own in brackets.
            match (rest.find('['), rest.find('>')) {
                (Some(bracket), Some(end)) if bracket < end => rest.split_once("]>"),
                _ => rest.split_once('>'),
            }
        } else {
            let Some(rest) = shown.strip_prefix('<') else {
                return "";
            };
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-')));
            return rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        };
        let Some((_, rest)) = after else {
            return "";
        };
        shown = rest;
    }
}

/// Whether an object looks like an export of Telegram: a list of messages or of chats.
fn is_export(shown: &str) -> bool {
    let opens = |key: &str, with: char| {
        shown.match_indices(key).any(|(at, _)| {
            shown
                .get(at + key.len()..)
                .and_then(|rest| rest.trim_start().strip_prefix(':'))
                .is_some_and(|rest| rest.trim_start().starts_with(with))
        })
    };
    opens("\"messages\"", '[')
        || opens("\"chats\"", '{')
        || shown.contains("\"about\": \"here is the data")
}

/// Whether a zip archive begins as an office document that Word makes. Their parts are packed, the
/// names of the first of them are not.
fn is_word(head: &[u8]) -> bool {
    let has = |name: &str| memchr::memmem::find(head, name.as_bytes()).is_some();
    has("word/") || has("[Content_Types].xml") && !has("xl/") && !has("ppt/")
}

/// Whether what is packed begins as a web archive.
fn is_packed_archive(head: &[u8]) -> bool {
    let mut first = [0_u8; 5];
    head.starts_with(b"\x1f\x8b")
        && GzDecoder::new(head).read_exact(&mut first).is_ok()
        && &first == b"WARC/"
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn tells_formats_apart() {
        assert_eq!(sniff(b"\xef\xbb\xbf\n{\"text\": \"x\"}"), Format::Lines);
        assert_eq!(sniff(b"<!DOCTYPE html><html>"), Format::Html);
        assert_eq!(
            sniff(b"  <?xml version='1.0'?><html xmlns='x'>"),
            Format::Html
        );
        assert_eq!(sniff(b"{he said} Gao"), Format::Text);
        assert_eq!(sniff(b"<said he> Gao"), Format::Text);
        assert_eq!(sniff(b""), Format::Text);
        assert_eq!(sniff(b"\xff\xfe{\0\"\0t\0"), Format::Lines);
        assert_eq!(Format::of_path(Path::new("a/B.HTM")), Some(Format::Html));
        assert_eq!(Format::of_path(Path::new("README.md")), None);
    }

    #[test]
    fn feeds_and_pages_that_name_feeds() {
        let page = b"<!doctype html><html><link type='application/rss+xml' href='/rss'><p>x";
        assert_eq!(sniff(page), Format::Html);
        for feed in [
            "<?xml version='1.0'?><!-- made by <hand> --><rss version='2.0'>",
            "\u{feff}<?xml version='1.0'?>\n<rdf:RDF xmlns:rdf='x'>",
            "<!DOCTYPE rss [<!ENTITY a \"b\">]><rss>",
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
        ] {
            assert_eq!(sniff(feed.as_bytes()), Format::Feed, "{feed}");
        }
        assert_eq!(sniff(b"<!DOCTYPE rss ["), Format::Text);
    }

    #[test]
    fn archives_and_exports() {
        assert_eq!(sniff(b"WARC/1.0\r\n"), Format::Archive);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed
            .write_all(b"WARC/1.1\r\nWARC-Type: warcinfo")
            .unwrap();
        assert_eq!(sniff(&packed.finish().unwrap()), Format::Archive);
        assert_eq!(sniff(b"\x1f\x8b\x08"), Format::Text);
        assert_eq!(
            sniff(b"{\n \"name\": \"Tarra\",\n \"messages\": [\n"),
            Format::Telegram
        );
        assert_eq!(
            sniff(b"{\"text\":\"The messages\",\"messages\":3}"),
            Format::Lines
        );
        let path = |name: &str| Format::of_path(Path::new(name));
        assert_eq!(path("a/CRAWL.warc.gz"), Some(Format::Archive));
        assert_eq!(path("dump.gz"), None);
        assert_eq!(path("result.json"), Some(Format::Telegram));
    }
}
