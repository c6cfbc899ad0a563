//! A server's answer as it stands in an archive.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::unpack::{Bomb, MOST_GROWTH};
use crate::input::ItemError;
use crate::input::lines::short;

/// Largest document that is unpacked, in bytes.
const LARGEST: u64 = 32_000_000;
/// How far a document may grow before its growth is looked at, in bytes.
const FREE: u64 = 1_000_000;
/// Most headers.
const MOST_HEADERS: usize = 256;

/// A document that was answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// Its type without parameters, in lower case.
    pub(super) kind: String,
    /// The encoding that the server named.
    pub(super) charset: Option<String>,
    /// Transfer and content coding undone.
    pub(super) body: Vec<u8>,
}

/// The document of an answer; `None` where there is none to read: another status than 200, or a
/// type that is no text's.
pub(super) fn answer(bytes: &[u8]) -> Result<Option<Answer>, ItemError> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let length = match httparse::ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut response, bytes)
    {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Err(ItemError::CutOff),
        Err(error) => {
            return Err(ItemError::Broken {
                what: format!("this is no HTTP response ({error})"),
            });
        }
    };
    let header = |name: &str| {
        let found = response
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name));
        found.map(|header| String::from_utf8_lossy(header.value).trim().to_owned())
    };
    if response.code != Some(200) {
        return Ok(None);
    }
    let (kind, charset) = media_type(&header("content-type").unwrap_or_default());
    if !is_text(&kind) {
        return Ok(None);
    }
    let body = bytes.get(length..).unwrap_or_default();
    let chunked = header("transfer-encoding")
        .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    // Some crawlers undo the chunks and leave the header.
    let body = match chunked.then(|| unchunked(body)).flatten() {
        Some(body) => body,
        None => body.to_vec(),
    };
    let coding = header("content-encoding").unwrap_or_default();
    let body = unpacked(body, &coding)?;
    Ok(Some(Answer {
        kind,
        charset,
        body,
    }))
}

/// Whether documents of this type are read.
pub(super) fn is_text(kind: &str) -> bool {
    matches!(kind, "text/html" | "application/xhtml+xml" | "text/plain")
}

/// A media type without parameters in lower case, and its charset.
pub(super) fn media_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let kind = parts.next().unwrap_or("").trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (key, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        key.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.to_owned())
    });
    (kind, charset)
}

/// The body without its chunks; `None` where it has none.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(rest.len());
    let mut first = true;
    loop {
        let Ok(httparse::Status::Complete((at, size))) = httparse::parse_chunk_size(rest) else {
            // What was there before the damage is better than nothing.
            return (!first).then_some(body);
        };
        first = false;
        let size = usize::try_from(size).ok()?;
        rest = rest.get(at..)?;
        if size == 0 {
            return Some(body);
        }
        let chunk = rest.get(..size.min(rest.len())).unwrap_or(rest);
        body.extend_from_slice(chunk);
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").unwrap_or(rest);
    }
}

fn unpacked(body: Vec<u8>, coding: &str) -> Result<Vec<u8>, ItemError> {
    let is_gzip = body.starts_with(b"\x1f\x8b");
    match coding.to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(body),
        // As with chunks: the header may be all that is left of it.
        "gzip" | "x-gzip" if !is_gzip => Ok(body),
        "gzip" | "x-gzip" => all(MultiGzDecoder::new(body.as_slice()), body.len()),
        "deflate" => match all(ZlibDecoder::new(body.as_slice()), body.len()) {
            Err(ItemError::Broken { .. }) => all(DeflateDecoder::new(body.as_slice()), body.len()),
            outcome => outcome,
        },
        _ => Err(ItemError::Field {
            field: "Content-Encoding",
            value: format!("{:?}", short(coding.to_owned())),
            allowed: "gzip, deflate or none",
        }),
    }
}

/// What `packed` bytes unpack to.
fn all(reader: impl Read, packed: usize) -> Result<Vec<u8>, ItemError> {
    let limit = LARGEST.min(FREE.max(MOST_GROWTH * packed as u64));
    let mut body = Vec::new();
    let read = reader.take(limit + 1).read_to_end(&mut body);
    if body.len() as u64 > LARGEST {
        return Err(ItemError::TooLarge { limit: LARGEST });
    }
    if body.len() as u64 > limit {
        return Err(ItemError::Broken {
            what: format!("{Bomb}"),
        });
    }
    read.map(|_| body).map_err(|error| ItemError::Broken {
        what: format!("its content cannot be unpacked ({error})"),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};

    use super::*;

    fn of(head: &str, body: &[u8]) -> Result<Option<Answer>, ItemError> {
        let mut bytes =
            format!("HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=\"latin1\"\r\n{head}\r\n")
                .into_bytes();
        bytes.extend(body);
        answer(&bytes)
    }

    #[track_caller]
    fn body(head: &str, bytes: &[u8]) -> String {
        let answer = of(head, bytes).unwrap().unwrap();
        assert_eq!(answer.kind, "text/html");
        assert_eq!(answer.charset.as_deref(), Some("latin1"));
        String::from_utf8(answer.body).unwrap()
    }

    #[test]
    fn codings_are_undone() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(b"packed").unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(b"deflated").unwrap();
        let zlib = zlib.finish().unwrap();
        assert_eq!(body("", b"plain"), "plain");
        assert_eq!(body("Content-Encoding: gzip\r\n", &gzip), "packed");
        assert_eq!(body("Content-Encoding: gzip\r\n", b"undone"), "undone");
        assert_eq!(body("Content-Encoding: deflate\r\n", &zlib), "deflated");
        let chunks = b"3\r\none\r\n4;x=y\r\n two\r\n0\r\n\r\n";
        assert_eq!(body("Transfer-Encoding: chunked\r\n", chunks), "one two");
        assert_eq!(body("Transfer-Encoding: chunked\r\n", b"<p>no"), "<p>no");
        assert_eq!(body("Transfer-Encoding: chunked\r\n", b"ff\r\ncut"), "cut");
    }

    #[test]
    fn what_is_not_read() {
        let other = |bytes: &[u8]| answer(bytes).unwrap();
        assert!(other(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nx").is_none());
        assert!(other(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx").is_none());
        let error = of("Content-Encoding: br\r\n", b"x")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("\"br\"") && error.contains("gzip"),
            "{error}"
        );
        assert!(answer(b"nonsense").is_err());
        assert_eq!(answer(b"HTTP/1.1 200 OK\r\nConte"), Err(ItemError::CutOff));
    }

    #[test]
    fn bombs_are_refused() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..40 {
            gzip.write_all(&zeros).unwrap();
        }
        let bomb = gzip.finish().unwrap();
        let error = of("Content-Encoding: gzip\r\n", &bomb).unwrap_err();
        assert!(error.to_string().contains("300 times its size"), "{error}");
        let mut gzip = GzEncoder::new(Vec::new(), Compression::none());
        gzip.write_all(&zeros.repeat(32)).unwrap();
        assert!(matches!(
            of("Content-Encoding: gzip\r\n", &gzip.finish().unwrap()),
            Err(ItemError::TooLarge { .. })
        ));
        // A small page of one and the same line is none.
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&zeros[..900_000]).unwrap();
        assert!(of("Content-Encoding: gzip\r\n", &gzip.finish().unwrap()).is_ok());
    }
}
