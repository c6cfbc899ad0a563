//! From bytes to text, whatever the encoding; bytes that are no text are refused.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, as it is written: no normalisation, line ends kept, the byte order mark gone.
    pub text: String,
    /// Name of the encoding, as the WHATWG Encoding Standard has it.
    pub encoding: &'static str,
    /// Whether bytes that are no text in the encoding were replaced by U+FFFD.
    pub replaced: bool,
}

/// Bytes that are no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotText {
    /// What they are: `a PNG image`, `a program`, `bytes that are no text (NUL bytes)`.
    pub what: &'static str,
}

/// How far into the bytes is looked for signs of a binary file.
const HEAD: usize = 8192;

/// How far a page may place its `<meta charset>`.
const META_HEAD: usize = 4096;

/// First bytes of files that people hand in by mistake.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old or encrypted office document; save it as .docx without a password",
    ),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\0asm", "a WebAssembly module"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
];

/// Decodes `bytes` by byte order mark, a page's own word for it (`html`), or statistics.
///
/// Text never fails: what is malformed is replaced, and `replaced` says so.
///
/// # Errors
/// [`NotText`] for files of other kinds and for bytes full of NULs or control characters.
///
/// Source: the WHATWG Encoding Standard; valid UTF-8 is taken as such, whatever a page says.
pub fn decode(bytes: &[u8], html: bool) -> Result<Decoded, NotText> {
    decode_stated(bytes, html, None)
}

/// As [`decode`], with the encoding that a server named beside the bytes; its word comes before
/// the page's own.
///
/// # Errors
/// As [`decode`].
pub(crate) fn decode_stated(
    bytes: &[u8],
    html: bool,
    stated: Option<&str>,
) -> Result<Decoded, NotText> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(with(encoding, &bytes[mark..]));
    }
    refuse_magic(bytes)?;
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(with(encoding, bytes));
    }
    refuse_controls(bytes)?;
    // ISO-2022-JP is valid UTF-8 too; its escapes give it away.
    let escapes = bytes.contains(&0x1b);
    if !escapes && let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded {
            text: text.to_owned(),
            encoding: UTF_8.name(),
            replaced: false,
        });
    }
    let stated = stated.and_then(|label| Encoding::for_label(label.as_bytes()));
    // What is no UTF-16 by its bytes is none by somebody's word.
    let stated = stated.filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE);
    if let Some(encoding) = stated.or_else(|| html.then(|| stated_by_page(bytes)).flatten()) {
        return Ok(with(encoding, bytes));
    }
    if !escapes && is_damaged_utf8(bytes) {
        return Ok(with(UTF_8, bytes));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    Ok(with(detector.guess(None, Utf8Detection::Allow), bytes))
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        replaced,
    }
}

/// Mostly good UTF-8 with a few broken bytes is damaged UTF-8, not some old code page.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

fn refuse_magic(bytes: &[u8]) -> Result<(), NotText> {
    match MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        // `BZh`, `ID3` and `PAR1` could begin a text; such files hold NULs or controls as well.
        Some((magic, what)) if magic.len() > 4 || !looks_like_text(bytes) => Err(NotText { what }),
        _ => Ok(()),
    }
}

fn looks_like_text(bytes: &[u8]) -> bool {
    controls(bytes) == 0 && std::str::from_utf8(head(bytes)).is_ok_and(|t| t.len() > 16)
}

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEAD)]
}

fn controls(bytes: &[u8]) -> usize {
    head(bytes)
        .iter()
        .filter(|b| matches!(b, 0..=7 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f))
        .count()
}

/// UTF-16 without a mark: every other byte of Latin text is NUL.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &head(bytes)[..head(bytes).len() & !1];
    if head.len() < 8 {
        return None;
    }
    let pairs = head.len() / 2;
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > pairs * 7 && even == 0 {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn refuse_controls(bytes: &[u8]) -> Result<(), NotText> {
    if head(bytes).contains(&0) {
        return Err(NotText {
            what: "bytes that are no text (it holds NUL bytes)",
        });
    }
    if controls(bytes) * 20 > head(bytes).len() {
        return Err(NotText {
            what: "bytes that are no text (too many control characters)",
        });
    }
    Ok(())
}

/// The encoding of `<meta charset="…">` or `content="text/html; charset=…"`.
fn stated_by_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(META_HEAD)].to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = find(&head[from..], b"charset") {
        let rest = &head[from + at + b"charset".len()..];
        from += at + b"charset".len();
        let skip =
            |set: &'static [u8], rest: &[u8]| rest.iter().take_while(|b| set.contains(b)).count();
        let rest = &rest[skip(b" \t\r\n", rest)..];
        let Some(rest) = rest.strip_prefix(b"=") else {
            continue;
        };
        let rest = &rest[skip(b" \t\r\n\"'", rest)..];
        let length = rest
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
            .count();
        if let Some(encoding) = Encoding::for_label(&rest[..length]) {
            // A page read byte by byte as ASCII so far is not UTF-16, whatever it says.
            let wide = encoding == UTF_16LE || encoding == UTF_16BE;
            return Some(if wide { UTF_8 } else { encoding });
        }
    }
    None
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn text(bytes: &[u8], html: bool) -> (String, &'static str, bool) {
        let decoded = decode(bytes, html).unwrap();
        (decoded.text, decoded.encoding, decoded.replaced)
    }

    #[test]
    fn marks_decide() {
        assert_eq!(
            text(b"\xef\xbb\xbfGao", false),
            ("Gao".into(), "UTF-8", false)
        );
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("Ségou".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(text(&wide, false), ("Ségou".into(), "UTF-16LE", false));
        let bare: Vec<u8> = "The road to Gao"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(text(&bare, false).0, "The road to Gao");
    }

    #[test]
    fn old_code_pages() {
        let western = "Le préfet de Ségou a déclaré que la route était fermée, d’après lui.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(western);
        assert_eq!(text(&bytes, false).0, western);
        let arabic = "قال المحافظ إن الطريق إلى المناجم مغلق منذ يوم أمس بسبب الاشتباكات";
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(arabic);
        assert_eq!(text(&bytes, false).0, arabic);
        let page = "<html><meta charset='windows-1251'><p>Обстрел города</p>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(page);
        assert_eq!(text(&bytes, true), (page.to_owned(), "windows-1251", false));
    }

    #[test]
    fn broken_bytes_are_replaced_and_said() {
        let (text, encoding, replaced) =
            text("Ségou, Kidal, Taoudéni, Ménaka \u{e9}".as_bytes(), false);
        assert!(!replaced && encoding == "UTF-8" && text.starts_with("Ségou"));
        let mut bytes = "Ségou é é é é é é".as_bytes().to_vec();
        bytes.push(0xc3);
        let decoded = decode(&bytes, false).unwrap();
        assert!(decoded.replaced, "{decoded:?}");
        assert!(decoded.text.ends_with('\u{fffd}'));
    }

    #[test]
    fn refuses_what_is_no_text() {
        for (bytes, what) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "PNG"),
            (b"PK\x03\x04\x14\0\0\0", "ZIP"),
            (b"\x7fELF\x02\x01\x01\0", "program"),
            (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
            (b"abc\0def\x01\x02", "NUL"),
            (b"\x01\x02\x03\x04abcdefgh", "control"),
        ] {
            let refused = decode(bytes, false).unwrap_err();
            assert!(refused.what.contains(what), "{refused:?}");
        }
    }

    #[test]
    fn text_that_begins_like_a_file() {
        assert!(decode(b"ID3 is the name of the camp near the river.", false).is_ok());
        assert_eq!(text(b"", false).0, "");
    }
}
