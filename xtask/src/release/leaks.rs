//! Nothing that is handed out says on which machine it was built.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use memchr::memmem;

use super::target::{Target, written};

/// Looks for the folders of this machine in a file.
///
/// # Errors
/// Where one is found.
pub(crate) fn none(file: &Path, target: &Target) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let folders = target.folders.iter().flat_map(|(from, _)| written(from));
    if let Some(found) = first(&bytes, folders) {
        bail!("{} holds a path of this machine: {found}", file.display());
    }
    Ok(())
}

/// The first of these folders that stands in the bytes, with what follows.
fn first(bytes: &[u8], folders: impl Iterator<Item = String>) -> Option<String> {
    for folder in folders {
        if let Some(at) = memmem::find(bytes, folder.as_bytes()) {
            let rest = &bytes[at..bytes.len().min(at + folder.len() + 60)];
            let end = rest.iter().position(|byte| !(b' '..=b'~').contains(byte));
            let shown = rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest);
            return Some(String::from_utf8_lossy(shown).into_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_and_shown() {
        let bytes = b"\0\x01panicked at /build/me/sayso/src/a.rs\0more";
        let folders = || ["/elsewhere", "/build/me"].map(str::to_owned).into_iter();
        let found = first(bytes, folders());
        assert_eq!(found.as_deref(), Some("/build/me/sayso/src/a.rs"));
        assert_eq!(first(b"/sayso/src/a.rs", folders()), None);
        let of_windows = || written("D:\\a\\sayso").into_iter();
        for bytes in [
            "x D:\\a\\sayso\\b.rs",
            "x D:\\\\a\\\\sayso\\\\b.rs",
            "file:///D:/a/sayso/b.rs",
        ] {
            assert!(first(bytes.as_bytes(), of_windows()).is_some(), "{bytes}");
        }
    }
}
