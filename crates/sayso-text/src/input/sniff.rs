//! Which format a file or stream has.

use std::path::Path;

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
}

impl Format {
    /// The format that a file's name states; `None` for any other.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" => Some(Self::Text),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::Lines),
            _ => None,
        }
    }
}

/// The format that the first bytes tell; text where nothing else shows.
pub(super) fn sniff(head: &[u8]) -> Format {
    // Wide encodings show the same characters with NULs between them.
    let shown: String = head
        .iter()
        .filter(|b| b.is_ascii() && **b != 0)
        .map(|b| b.to_ascii_lowercase() as char)
        .collect();
    let shown = shown.trim_start();
    if let Some(object) = shown.strip_prefix('{') {
        let object = object.trim_start();
        if object.starts_with('"') || object.starts_with('}') {
            return Format::Lines;
        }
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

#[cfg(test)]
mod tests {
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
}
