//! Checksums, as `sha256sum --check SHA256SUMS` reads them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

/// Name of the file of checksums.
pub(crate) const NAME: &str = "SHA256SUMS";

/// Writes the checksums of every file of a folder, and shows them.
///
/// # Errors
/// Where a file cannot be read or written.
pub(crate) fn write(folder: &Path) -> Result<()> {
    let sums = of(folder)?;
    fs::write(folder.join(NAME), &sums).with_context(|| format!("cannot write {NAME}"))?;
    eprint!("{}:\n{sums}", folder.display());
    Ok(())
}

/// A line for each file, by name.
pub(crate) fn of(folder: &Path) -> Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name != NAME {
            names.push(name);
        }
    }
    names.sort();
    let mut lines = String::new();
    for name in names {
        let bytes = fs::read(folder.join(&name)).with_context(|| format!("cannot read {name}"))?;
        for byte in Sha256::digest(bytes) {
            let _ = write!(lines, "{byte:02x}");
        }
        let _ = writeln!(lines, "  {name}");
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_sorted_and_those_that_others_compute() {
        let folder = std::env::temp_dir().join(format!("sayso-sums-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("b"), "").unwrap();
        fs::write(folder.join("a"), "abc").unwrap();
        write(&folder).unwrap();
        // FIPS 180-4's own example, and the empty message.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n\
                        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n";
        assert_eq!(fs::read_to_string(folder.join(NAME)).unwrap(), expected);
        assert_eq!(of(&folder).unwrap(), expected, "not of itself");
        fs::remove_dir_all(&folder).unwrap();
    }
}
