//! Gzip, member by member, as web archives are packed: one member a record.

use std::fmt;
use std::io::{self, BufRead, Read};

use memchr::memmem;

use flate2::bufread::GzDecoder;

/// How far a stream may grow before its growth is looked at, in bytes.
const FREE: u64 = 256_000_000;
/// How many times larger than packed an archive may be. Pages pack ten times, seldom fifty;
/// gzip's most is about a thousand.
pub(super) const MOST_GROWTH: u64 = 300;

/// How a member begins: gzip's two bytes, and the one method of packing there is [RFC 1952, 2.3.1].
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

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
            "it unpacks to more than {MOST_GROWTH} times its size, which no page does"
        )
    }
}

impl std::error::Error for Bomb {}

impl<R: BufRead> Members<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            state: State::Between(Counted {
                front: Vec::new(),
                reader,
                taken: 0,
            }),
            out: 0,
        }
    }

    fn counts(&mut self, taken: u64, read: usize) -> io::Result<usize> {
        self.out += read as u64;
        if self.out > FREE && self.out / MOST_GROWTH > taken {
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
                    if reader.seek()? {
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
    /// What comes before the reader's next byte: the beginning of a member.
    front: Vec<u8>,
    reader: R,
    taken: u64,
}

impl<R: BufRead> Counted<R> {
    /// Goes on to where a member seems to begin; `false` at the end.
    ///
    /// Nothing but the beginning of a member is handed on: what reads it takes ten bytes before it
    /// says that they are none, and a true one may begin among them.
    fn seek(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            if let Some(at) = memmem::find(buffer, &MAGIC) {
                self.consume(at);
                return Ok(true);
            }
            // It may begin at the end of what is there.
            let begun = (1..MAGIC.len())
                .rev()
                .filter_map(|length| MAGIC.get(..length))
                .find(|begin| buffer.ends_with(begin))
                .map_or(0, <[u8]>::len);
            let length = buffer.len();
            self.consume(length);
            if begun > 0 {
                let mut front = MAGIC.get(..begun).unwrap_or_default().to_vec();
                let missing = (MAGIC.len() - begun) as u64;
                (&mut self.reader).take(missing).read_to_end(&mut front)?;
                // What was there before counts once it is taken again.
                self.taken = self.taken.saturating_sub(begun as u64);
                self.front = front;
                if self.front.len() < MAGIC.len() {
                    return Ok(false);
                }
            }
        }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = if self.front.is_empty() {
            self.reader.read(buffer)?
        } else {
            let read = self.front.as_slice().read(buffer)?;
            self.front.drain(..read);
            read
        };
        self.taken += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.front.is_empty() {
            return self.reader.fill_buf();
        }
        Ok(&self.front)
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount as u64;
        if self.front.is_empty() {
            self.reader.consume(amount);
        } else {
            self.front.drain(..amount.min(self.front.len()));
        }
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
    fn what_looks_like_a_beginning_hides_none() {
        // Each of these is followed by a member within the ten bytes that its head would have.
        for noise in [
            &[0x1f][..],
            &[0x1f, 0x8b],
            &[0x1f, 0x1f, 0x8b, 0x1f],
            b"\x1f\x8bnoise",
        ] {
            let bytes = [noise, &packed(&[b"one"]), noise, &packed(&[b"two"])].concat();
            assert_eq!(unpacked(&bytes).unwrap(), b"onetwo", "{noise:?}");
            // The same, however it comes in.
            for size in 1..8 {
                let reader = io::BufReader::with_capacity(size, bytes.as_slice());
                let mut out = Vec::new();
                Members::new(reader).read_to_end(&mut out).unwrap();
                assert_eq!(out, b"onetwo", "{noise:?} by {size}");
            }
        }
        assert_eq!(unpacked(b"\x1f\x8b").unwrap(), b"");
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
