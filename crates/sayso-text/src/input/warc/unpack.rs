//! Gzip, member by member, as web archives are packed: one member a record.

use std::fmt;
use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// How far a stream may grow before its growth is looked at, in bytes.
const FREE: u64 = 256_000_000;
/// How many times larger than packed an archive may be. Pages pack ten times, seldom fifty;
/// gzip's most is about a thousand.
const MOST: u64 = 300;

/// The first bytes of a member.
const MAGIC: u8 = 0x1f;

/// Unpacks members one after another. A damaged member ends where the damage is; the next one is
/// looked for behind it.
pub(super) struct Members<R> {
    state: State<R>,
    out: u64,
}

enum State<R> {
    Between(Counted<R>),
    Inside(Box<GzDecoder<Counted<R>>>),
    Over,
}

/// The bytes unpack to more than any archive's.
#[derive(Debug)]
pub(super) struct Bomb;

impl fmt::Display for Bomb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "it unpacks to more than {MOST} times its size, which no archive of pages does"
        )
    }
}

impl std::error::Error for Bomb {}

impl<R: BufRead> Members<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            state: State::Between(Counted { reader, taken: 0 }),
            out: 0,
        }
    }

    fn counts(&mut self, taken: u64, read: usize) -> io::Result<usize> {
        self.out += read as u64;
        if self.out > FREE && self.out / MOST > taken {
            self.state = State::Over;
            return Err(io::Error::new(io::ErrorKind::InvalidData, Bomb));
        }
        Ok(read)
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Ok(0),
                State::Between(mut reader) => {
                    if reader.seek(MAGIC)? {
                        self.state = State::Inside(Box::new(GzDecoder::new(reader)));
                    }
                }
                State::Inside(mut member) => match member.read(buffer) {
                    Ok(0) => self.state = State::Between(member.into_inner()),
                    Ok(read) => {
                        let taken = member.get_ref().taken;
                        self.state = State::Inside(member);
                        return self.counts(taken, read);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                        self.state = State::Inside(member);
                        return Err(error);
                    }
                    // The damage shows in the record: it is shorter than it says.
                    Err(_) => self.state = State::Between(member.into_inner()),
                },
            }
        }
    }
}

/// A reader that knows how much was taken from it.
struct Counted<R> {
    reader: R,
    taken: u64,
}

impl<R: BufRead> Counted<R> {
    /// Goes on to the next byte of this value; `false` at the end.
    fn seek(&mut self, wanted: u8) -> io::Result<bool> {
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            if let Some(at) = memchr::memchr(wanted, buffer) {
                self.consume(at);
                return Ok(true);
            }
            let length = buffer.len();
            self.consume(length);
        }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.taken += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount as u64;
        self.reader.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    pub(in super::super) fn packed(parts: &[&[u8]]) -> Vec<u8> {
        let mut all = Vec::new();
        for part in parts {
            let mut member = GzEncoder::new(Vec::new(), Compression::default());
            member.write_all(part).unwrap();
            all.extend(member.finish().unwrap());
        }
        all
    }

    fn unpacked(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        Members::new(bytes).read_to_end(&mut out).map(|_| out)
    }

    #[test]
    fn members_one_after_another() {
        assert_eq!(unpacked(&packed(&[b"one ", b"two"])).unwrap(), b"one two");
        assert_eq!(unpacked(b"").unwrap(), b"");
    }

    #[test]
    fn a_damaged_member_costs_itself() {
        let noise: Vec<u8> = (0..5000_u32).map(|n| (n * 7919 % 251) as u8).collect();
        let mut bytes = packed(&[&noise]);
        let damaged = bytes.len() / 2;
        bytes[damaged] ^= 0x55;
        bytes[damaged + 1] ^= 0x55;
        bytes.extend(packed(&[b"the next"]));
        assert!(unpacked(&bytes).unwrap().ends_with(b"the next"));
        let whole = packed(&[b"one", b"two two two"]);
        assert!(
            unpacked(&whole[..whole.len() - 9])
                .unwrap()
                .starts_with(b"one")
        );
    }

    #[test]
    fn bombs_are_told() {
        let zeros = vec![0_u8; 1 << 20];
        let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
        for _ in 0..300 {
            bomb.write_all(&zeros).unwrap();
        }
        let bomb = bomb.finish().unwrap();
        let mut members = Members::new(bomb.as_slice());
        let error = io::copy(&mut members, &mut io::sink()).unwrap_err();
        assert!(error.to_string().contains("unpacks to more"), "{error}");
    }
}
