//! A file beside the ledger that takes the ledger's passphrase to read: what a backup is made of.
//!
//! ```text
//! b"sayso.sealed/1\n"  (flag, length, sealed chunk)…   flag 0: more follow, 1: the last
//! ```
//!
//! What is written is packed (DEFLATE), cut into chunks and each sealed ([`crate::seal`]) for its
//! name, its place in the order and whether it is the last: chunks that were moved, left out, put in
//! or cut off do not open. Each file, or each set of them, has a key of its own, wrapped by the
//! ledger's master key.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::random::random;
use crate::seal::{self, NONCE, Secret};

/// First bytes of such a file.
const FORM: &[u8] = b"sayso.sealed/1\n";

/// Packed bytes in a chunk.
const CHUNK: usize = 1 << 16;

/// Bytes that a chunk has more when it is sealed: its form, its nonce and its tag.
const MORE: usize = 1 + NONCE + 16;

/// The key of sealed files. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct FileKey(Secret);

impl FileKey {
    /// What it is wrapped as.
    pub(crate) const NAME: &str = "sealed file";

    pub(crate) fn new(secret: Secret) -> Self {
        Self(secret)
    }

    /// Writes a file that is called `name`; nothing is whole before [`SealedWriter::finish`].
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn writer<W: Write>(&self, name: &str, mut out: W) -> io::Result<SealedWriter<W>> {
        out.write_all(FORM)?;
        let chunks = Chunks {
            key: self.0.clone(),
            name: name.to_owned(),
            written: 0,
            waiting: Vec::with_capacity(CHUNK),
            out,
        };
        Ok(SealedWriter(DeflateEncoder::new(
            chunks,
            Compression::fast(),
        )))
    }

    /// Reads what was written as `name`.
    ///
    /// # Errors
    /// Where `file` cannot be read, or is no sealed file. Later, while it is read, a chunk that was
    /// changed, and an end that comes early, are errors of the kind `InvalidData`.
    pub fn reader<R: Read>(&self, name: &str, mut file: R) -> io::Result<SealedReader<R>> {
        let mut form = [0; FORM.len()];
        file.read_exact(&mut form)?;
        if form != FORM {
            return Err(invalid(
                "is no sealed file of a form that this version knows",
            ));
        }
        let opened = Opened {
            key: self.0.clone(),
            name: name.to_owned(),
            read: 0,
            chunk: io::Cursor::new(Vec::new()),
            has_ended: false,
            file,
        };
        Ok(SealedReader(BufReader::new(DeflateDecoder::new(opened))))
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(…)")
    }
}

fn place(name: &str, number: u64, is_last: bool) -> Vec<u8> {
    let which = if is_last { "last" } else { "more" };
    format!("sayso.sealed/1\n{name}\n{number}\n{which}").into_bytes()
}

fn invalid(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// What is written into it is packed and sealed.
pub struct SealedWriter<W: Write>(DeflateEncoder<Chunks<W>>);

impl<W: Write> SealedWriter<W> {
    /// Writes what waits, and that this is the end.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(self) -> io::Result<W> {
        let mut chunks = self.0.finish()?;
        chunks.put(true)?;
        Ok(chunks.out)
    }
}

impl<W: Write> Write for SealedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    /// Keeps what waits: how long the lines are is nobody's business.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Packed bytes go in, sealed chunks come out.
struct Chunks<W> {
    key: Secret,
    name: String,
    written: u64,
    waiting: Vec<u8>,
    out: W,
}

impl<W: Write> Chunks<W> {
    fn put(&mut self, is_last: bool) -> io::Result<()> {
        let nonce = random().map_err(|error| io::Error::other(error.to_string()))?;
        let place = place(&self.name, self.written, is_last);
        let sealed = seal::wrap(&self.key, &nonce, &place, &self.waiting)
            .ok_or_else(|| io::Error::other("a chunk could not be sealed"))?;
        let length = u32::try_from(sealed.len()).map_err(io::Error::other)?;
        self.out.write_all(&[u8::from(is_last)])?;
        self.out.write_all(&length.to_be_bytes())?;
        self.out.write_all(&sealed)?;
        self.written += 1;
        self.waiting.clear();
        Ok(())
    }
}

impl<W: Write> Write for Chunks<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = CHUNK - self.waiting.len();
        let taken = bytes.get(..room).unwrap_or(bytes);
        self.waiting.extend_from_slice(taken);
        if self.waiting.len() == CHUNK {
            self.put(false)?;
        }
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Gives what was written before it was packed and sealed.
pub struct SealedReader<R: Read>(BufReader<DeflateDecoder<Opened<R>>>);

impl<R: Read> SealedReader<R> {
    /// Whether all of it was read, up to the chunk that is the last. A packed stream says by itself
    /// where it ends: what follows is read here.
    fn end(&mut self) -> io::Result<usize> {
        let opened = self.0.get_mut().get_mut();
        match io::copy(opened, &mut io::sink())? {
            0 => Ok(0),
            _ => Err(invalid("goes on behind its end")),
        }
    }
}

impl<R: Read> Read for SealedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 if !buffer.is_empty() => self.end(),
            read => Ok(read),
        }
    }
}

impl<R: Read> BufRead for SealedReader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.0.fill_buf()?.is_empty() {
            self.end()?;
        }
        self.0.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.0.consume(bytes);
    }
}

/// Sealed chunks go in, packed bytes come out.
struct Opened<R> {
    key: Secret,
    name: String,
    read: u64,
    chunk: io::Cursor<Vec<u8>>,
    has_ended: bool,
    file: R,
}

impl<R: Read> Opened<R> {
    fn next(&mut self) -> io::Result<()> {
        let mut flag = [0];
        let mut length = [0; 4];
        self.file.read_exact(&mut flag).map_err(early)?;
        self.file.read_exact(&mut length).map_err(early)?;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        let is_last = match flag {
            [0] => false,
            [1] => true,
            _ => return Err(invalid("was changed")),
        };
        if length > CHUNK + MORE {
            return Err(invalid("was changed"));
        }
        let mut sealed = vec![0; length];
        self.file.read_exact(&mut sealed).map_err(early)?;
        let place = place(&self.name, self.read, is_last);
        let plain = seal::unwrap(&self.key, &place, &sealed)
            .ok_or_else(|| invalid("was changed, or was sealed for another ledger"))?;
        self.read += 1;
        self.has_ended = is_last;
        self.chunk = io::Cursor::new(plain);
        if is_last && self.file.read(&mut flag)? > 0 {
            return Err(invalid("goes on behind its end"));
        }
        Ok(())
    }
}

fn early(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => invalid("ends early"),
        _ => error,
    }
}

impl<R: Read> Read for Opened<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self.chunk.read(buffer)? {
                0 if !self.has_ended => self.next()?,
                read => return Ok(read),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> FileKey {
        FileKey::new(Secret::new([7; 32]))
    }

    fn sealed(name: &str, plain: &[u8]) -> Vec<u8> {
        let mut writer = key().writer(name, Vec::new()).unwrap();
        for piece in plain.chunks(1_000) {
            writer.write_all(piece).unwrap();
            writer.flush().unwrap();
        }
        writer.finish().unwrap()
    }

    fn opened(key: &FileKey, name: &str, file: &[u8]) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        key.reader(name, file)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    /// Several chunks of what does not pack.
    fn noise() -> Vec<u8> {
        let mut state = 9_u64;
        let words = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        });
        words.take(25_000).flatten().collect()
    }

    /// Where the chunks begin and end.
    fn chunks(file: &[u8]) -> Vec<std::ops::Range<usize>> {
        let mut chunks = Vec::new();
        let mut at = FORM.len();
        while at < file.len() {
            let length = u32::from_be_bytes(file[at + 1..at + 5].try_into().unwrap());
            let end = at + 5 + length as usize;
            chunks.push(at..end);
            at = end;
        }
        chunks
    }

    proptest! {
        #[test]
        fn what_was_sealed_reads_back(plain in any::<Vec<u8>>()) {
            prop_assert_eq!(opened(&key(), "a", &sealed("a", &plain)).unwrap(), plain);
        }

        #[test]
        fn no_bytes_break_reading(bytes in any::<Vec<u8>>()) {
            let _ = opened(&key(), "a", &bytes);
            let _ = opened(&key(), "a", &[FORM, &bytes].concat());
        }
    }

    #[test]
    fn long_files_read_back_by_lines_too() {
        let plain = noise();
        let file = sealed("a", &plain);
        assert!(chunks(&file).len() > 3);
        assert_eq!(opened(&key(), "a", &file).unwrap(), plain);
        let reader = key().reader("a", file.as_slice()).unwrap();
        let lines: Vec<Vec<u8>> = reader.split(b'\n').map(Result::unwrap).collect();
        assert_eq!(lines, plain.split(|b| *b == b'\n').collect::<Vec<_>>());
    }

    #[test]
    fn what_was_changed_moved_left_out_or_cut_off_does_not_open() {
        let file = sealed("a", &noise());
        let chunks = chunks(&file);
        let with = |order: &[usize]| {
            let mut changed = FORM.to_vec();
            for chunk in order {
                changed.extend_from_slice(&file[chunks[*chunk].clone()]);
            }
            changed
        };
        let all: Vec<usize> = (0..chunks.len()).collect();
        assert_eq!(with(&all), file, "the control");
        let last = chunks.len() - 1;
        let mut flipped = file.clone();
        flipped[file.len() / 2] ^= 1;
        let mut ended = with(&all[..2]);
        ended[chunks[1].start] = 1;
        for (what, changed) in [
            ("changed", flipped),
            ("moved", with(&[1, 0, 2])),
            ("left out", with(&[&all[..1], &all[2..]].concat())),
            ("cut off at a chunk", with(&all[..last])),
            ("cut off within one", file[..file.len() - 9].to_vec()),
            ("ended early", ended),
            ("longer", [&file[..], &[0]].concat()),
            ("empty", Vec::new()),
        ] {
            assert!(opened(&key(), "a", &changed).is_err(), "{what}");
        }
        assert!(opened(&key(), "b", &file).is_err(), "another file's place");
        let other = FileKey::new(Secret::new([8; 32]));
        assert!(opened(&other, "a", &file).is_err(), "another key");
    }

    #[test]
    fn nothing_readable_is_left() {
        let words = "Three people were killed when a shell hit the market of Qasr Dunya.\n";
        let file = sealed("a", words.repeat(50).as_bytes());
        let whole = |window: &[u8]| words.as_bytes().windows(6).any(|w| w == window);
        assert!(!file[FORM.len()..].windows(6).any(whole));
    }
}
