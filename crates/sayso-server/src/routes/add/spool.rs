//! What is handed in, until it is read: little of it in memory, the rest in a file without a name.
//!
//! The file is sealed piece by piece under a key that is nowhere but in memory (XChaCha20-Poly1305, as
//! the ledger's own contents are): what is put aside lies nowhere in clear beside a ledger that is
//! sealed, and when the request is over nobody can read it, whatever is left on the disk.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::problem::Problem;

/// More bytes of a request are put aside.
pub(super) const HELD: usize = 1 << 20;

/// Bytes that are sealed together, and what sealing adds to them.
const PIECE: usize = 1 << 16;
const SEAL: usize = 16;

/// Bytes of all requests that are not read yet.
const ROOM: usize = 256_000_000;

/// Room is taken in parts of so many bytes.
const PART: usize = 1_000;

/// After so many seconds there may be room again.
const RETRY_AFTER: u64 = 15;

/// Room for what is handed in and not read yet, in memory and on disk together.
#[derive(Clone, Debug)]
pub(crate) struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        Self::of(ROOM)
    }
}

impl Room {
    fn of(bytes: usize) -> Self {
        Self(Arc::new(Semaphore::new(bytes / PART)))
    }

    /// Room for so many bytes, at once.
    ///
    /// # Errors
    /// Where others have taken it: 503.
    fn take(&self, bytes: usize) -> Result<OwnedSemaphorePermit, Problem> {
        let parts = u32::try_from(bytes.div_ceil(PART)).unwrap_or(u32::MAX);
        let room = Arc::clone(&self.0);
        room.try_acquire_many_owned(parts).map_err(|_| {
            let detail = "too much is being handed in at once; nothing of this was kept: send it again \
                          in a moment";
            Problem::busy(detail, RETRY_AFTER)
        })
    }
}

/// Takes in what comes.
pub(super) struct Spooling {
    room: Room,
    taken: OwnedSemaphorePermit,
    /// Bytes that room was taken for.
    reserved: usize,
    len: usize,
    disk: Option<Disk>,
    /// What comes after what is on disk.
    held: Vec<u8>,
}

impl Spooling {
    /// For a request that says that it has so many bytes, or does not say.
    ///
    /// # Errors
    /// Where there is no room for them: 503.
    pub(super) fn new(room: &Room, expected: usize) -> Result<Self, Problem> {
        Ok(Self {
            room: room.clone(),
            taken: room.take(expected)?,
            reserved: expected,
            len: 0,
            disk: None,
            held: Vec::new(),
        })
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Takes in some bytes.
    ///
    /// # Errors
    /// Where there is no room for them.
    pub(super) async fn push(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.len += bytes.len();
        if self.len > self.reserved {
            let more = self.room.take(self.len - self.reserved)?;
            self.taken.merge(more);
            self.reserved = self.len;
        }
        self.held.extend_from_slice(bytes);
        if self.held.len() < HELD {
            return Ok(());
        }
        let rest = self
            .held
            .split_off(self.held.len() - self.held.len() % PIECE);
        let whole = std::mem::replace(&mut self.held, rest);
        let disk = self.disk.take();
        let writing = tokio::task::spawn_blocking(move || {
            let mut disk = disk.map_or_else(Disk::new, Ok)?;
            disk.write(&whole).map(|()| disk)
        });
        let written = writing.await.map_err(|error| Problem::failed(&error))?;
        self.disk = Some(written.map_err(|error| unwritten(&error))?);
        Ok(())
    }

    /// All that came.
    pub(super) fn done(self) -> Spool {
        Spool {
            sealed: self.disk.as_ref().map_or(0, |disk| disk.len),
            disk: self.disk.map(Mutex::new),
            held: self.held,
            _taken: self.taken,
        }
    }
}

fn unwritten(error: &io::Error) -> Problem {
    if error.kind() == io::ErrorKind::StorageFull {
        crate::log("there is no room on disk for what is handed in");
        let detail = "the server has no room on its disk to put aside what is handed in; nothing of \
                      this was kept";
        return Problem::busy(detail, RETRY_AFTER);
    }
    Problem::failed(error)
}

/// What was handed in; it is gone when nobody reads it any more.
pub(super) struct Spool {
    /// How many bytes are on disk.
    sealed: usize,
    disk: Option<Mutex<Disk>>,
    held: Vec<u8>,
    _taken: OwnedSemaphorePermit,
}

impl Spool {
    /// Reads some of its bytes.
    pub(super) fn reader(self: &Arc<Self>, bytes: Range<usize>) -> Reader {
        Reader {
            spool: Arc::clone(self),
            left: bytes,
            piece: Vec::new(),
            from: 0,
        }
    }

    /// Some bytes among which byte `at` is, and where they begin.
    fn piece(&self, at: usize) -> io::Result<(usize, Vec<u8>)> {
        match &self.disk {
            Some(disk) if at < self.sealed => {
                let number = at / PIECE;
                let mut disk = disk.lock().unwrap_or_else(PoisonError::into_inner);
                Ok((number * PIECE, disk.read(number)?))
            }
            _ => {
                let rest = self.held.get(at - self.sealed..).unwrap_or_default();
                Ok((at, rest.get(..PIECE).unwrap_or(rest).to_vec()))
            }
        }
    }
}

/// A file of sealed pieces.
struct Disk {
    file: File,
    cipher: XChaCha20Poly1305,
    /// How many bytes it has, without what sealing adds.
    len: usize,
}

impl Disk {
    fn new() -> io::Result<Self> {
        let mut key = [0_u8; 32];
        getrandom::fill(&mut key).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Self {
            file: tempfile::tempfile()?,
            cipher: XChaCha20Poly1305::new(&Key::from(key)),
            len: 0,
        })
    }

    /// Appends whole pieces.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.chunks_exact(PIECE) {
            let nonce = nonce(self.len / PIECE);
            let sealed = self.cipher.encrypt(&nonce, piece);
            let sealed = sealed.map_err(|_| io::Error::other("a piece could not be sealed"))?;
            self.file.write_all(&sealed)?;
            self.len += PIECE;
        }
        Ok(())
    }

    fn read(&mut self, number: usize) -> io::Result<Vec<u8>> {
        let mut sealed = vec![0; PIECE + SEAL];
        let start = number as u64 * (PIECE + SEAL) as u64;
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(&mut sealed)?;
        let piece = self.cipher.decrypt(&nonce(number), sealed.as_slice());
        piece.map_err(|_| io::Error::other("what was put aside does not open"))
    }
}

/// No key seals two pieces of one number.
fn nonce(number: usize) -> XNonce {
    let mut bytes = [0_u8; 24];
    bytes[..8].copy_from_slice(&(number as u64).to_le_bytes());
    XNonce::from(bytes)
}

/// Reads a part of a [`Spool`], a piece at a time.
pub(super) struct Reader {
    spool: Arc<Spool>,
    left: Range<usize>,
    piece: Vec<u8>,
    from: usize,
}

impl BufRead for Reader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left.is_empty() {
            return Ok(&[]);
        }
        let at = self.left.start;
        if !(self.from..self.from + self.piece.len()).contains(&at) {
            (self.from, self.piece) = self.spool.piece(at)?;
        }
        let end = self.piece.len().min(self.left.end - self.from);
        Ok(self.piece.get(at - self.from..end).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.left.start = (self.left.start + count).min(self.left.end);
    }
}

impl Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let count = from.len().min(into.len());
        into[..count].copy_from_slice(&from[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(work)
    }

    fn made(bytes: usize) -> Vec<u8> {
        (0..bytes).map(|at| (at * at / 7 % 251) as u8).collect()
    }

    #[test]
    fn what_comes_is_read_again_from_memory_and_disk() {
        for len in [0, 5, HELD - 1, HELD, 3 * HELD + PIECE / 2, 4 * HELD + 1] {
            let bytes = made(len);
            let spool = run(async {
                let mut spooling = Spooling::new(&Room::default(), 10).unwrap();
                for chunk in bytes.chunks(30_011) {
                    spooling.push(chunk).await.unwrap();
                    assert!(spooling.held.len() < HELD, "little is held");
                }
                assert_eq!(spooling.len(), len);
                Arc::new(spooling.done())
            });
            assert_eq!(spool.disk.is_some(), len >= HELD);
            for part in [0..len, len / 3..len, 0..len / 2, len..len] {
                let mut read = Vec::new();
                spool.reader(part.clone()).read_to_end(&mut read).unwrap();
                assert!(read == bytes[part.clone()], "{part:?} of {len}");
            }
        }
    }

    #[test]
    fn what_is_put_aside_is_not_there_in_clear() {
        let spool = run(async {
            let mut spooling = Spooling::new(&Room::default(), 0).unwrap();
            spooling
                .push(&b"Amina Yusuf ".repeat(HELD / 6))
                .await
                .unwrap();
            spooling.done()
        });
        let mut disk = spool.disk.unwrap().into_inner().unwrap();
        let mut sealed = Vec::new();
        disk.file.rewind().unwrap();
        disk.file.read_to_end(&mut sealed).unwrap();
        assert!(sealed.len() > HELD);
        assert!(!sealed.windows(5).any(|letters| letters == b"Amina"));
    }

    #[test]
    fn nobody_takes_more_than_there_is_room_for_and_room_comes_back() {
        let room = Room::of(10 * PART);
        let first = Spooling::new(&room, 8 * PART).unwrap();
        let refused = Spooling::new(&room, 3 * PART).err().unwrap();
        assert_eq!(
            (refused.status, refused.retry_after),
            (503, Some(RETRY_AFTER))
        );
        // Whoever does not say how much comes is refused when it is too much.
        let mut unsaid = Spooling::new(&room, 0).unwrap();
        run(async {
            unsaid.push(&[0; 2 * PART]).await.unwrap();
            assert_eq!(unsaid.push(&[0; PART]).await.unwrap_err().status, 503);
        });
        drop((first, unsaid));
        drop(Spooling::new(&room, 10 * PART).unwrap());
    }
}
