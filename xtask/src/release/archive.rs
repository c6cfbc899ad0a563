//! The archive of the program: sorted, of one time and one owner.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use flate2::{Compression, GzBuilder};

/// One file of an archive.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    path: String,
    mode: u32,
    bytes: Vec<u8>,
}

impl Packed {
    pub(crate) fn file(path: &str, bytes: Vec<u8>) -> Self {
        let (path, mode) = (path.to_owned(), 0o644);
        Self { path, mode, bytes }
    }

    pub(crate) fn program(path: &str, bytes: Vec<u8>) -> Self {
        let (path, mode) = (path.to_owned(), 0o755);
        Self { path, mode, bytes }
    }
}

/// Writes `NAME.tar.gz`, with everything in a folder `NAME`.
///
/// # Errors
/// Where it cannot be written.
pub(crate) fn write(folder: &Path, name: &str, epoch: u64, contents: &[Packed]) -> Result<()> {
    let path = folder.join(format!("{name}.tar.gz"));
    let file = File::create(&path).with_context(|| format!("cannot make {}", path.display()))?;
    pack(BufWriter::new(file), name, epoch, contents)
        .with_context(|| format!("cannot write {}", path.display()))
}

fn pack(to: impl Write, name: &str, epoch: u64, contents: &[Packed]) -> std::io::Result<()> {
    let mut contents: Vec<&Packed> = contents.iter().collect();
    contents.sort_by(|a, b| a.path.cmp(&b.path));
    let zipped = GzBuilder::new().write(to, Compression::best());
    let mut archive = tar::Builder::new(zipped);
    for packed in contents {
        let mut header = tar::Header::new_gnu();
        header.set_size(packed.bytes.len() as u64);
        header.set_mode(packed.mode);
        header.set_mtime(epoch);
        header.set_uid(0);
        header.set_gid(0);
        let path = format!("{name}/{}", packed.path);
        archive.append_data(&mut header, path, packed.bytes.as_slice())?;
    }
    archive.into_inner()?.finish()?.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn packed(contents: &[Packed]) -> Vec<u8> {
        let mut bytes = Vec::new();
        pack(&mut bytes, "sayso-1", 1_700_000_000, contents).unwrap();
        bytes
    }

    #[test]
    fn the_same_contents_in_any_order_are_the_same_bytes() {
        let a = Packed::file("NOTICE", b"thanks".to_vec());
        let b = Packed::program("sayso", b"\x7fELF".to_vec());
        let one = packed(&[a.clone(), b.clone()]);
        assert_eq!(one, packed(&[b, a]));
        assert_ne!(one, packed(&[Packed::file("NOTICE", b"thanks!".to_vec())]));
    }

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        let contents = [
            Packed::program("sayso", b"run".to_vec()),
            Packed::file("docs/DESK.md", b"# Desk".to_vec()),
        ];
        let bytes = packed(&contents);
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice()));
        let mut seen = Vec::new();
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            let header = entry.header();
            assert_eq!(header.mtime().unwrap(), 1_700_000_000);
            let path = entry.path().unwrap().display().to_string();
            seen.push((path, entry.header().mode().unwrap(), text));
        }
        let expected = [
            (
                "sayso-1/docs/DESK.md".to_owned(),
                0o644,
                "# Desk".to_owned(),
            ),
            ("sayso-1/sayso".to_owned(), 0o755, "run".to_owned()),
        ];
        assert_eq!(seen, expected);
    }
}
