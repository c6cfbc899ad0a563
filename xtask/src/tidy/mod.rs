//! `cargo xtask tidy`: what no compiler checks.

mod architecture;
mod length;
mod lexicon;
mod private;
mod size;
mod supply;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::root;

/// One thing that is not tidy: file, line (0: the whole file) and what is wrong.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Untidy {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) what: String,
}

/// A text file that git knows of.
pub(crate) struct Tracked {
    /// Path from the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Runs every check and lists everything that is wrong.
pub(crate) fn run() -> Result<()> {
    let root = root();
    let files = tracked(&root)?;
    let mut found = Vec::new();
    found.extend(architecture::check(&root, &files));
    found.extend(lexicon::check(&files));
    found.extend(length::check(&files));
    found.extend(private::check(&files));
    found.extend(size::check(&root));
    found.extend(supply::check(&files));
    for untidy in &found {
        eprintln!("{}:{}: {}", untidy.file, untidy.line, untidy.what);
    }
    if !found.is_empty() {
        bail!("{} untidy", found.len());
    }
    eprintln!("tidy: {} files", files.len());
    Ok(())
}

/// Every text file under version control or about to be; binary ones are left out.
fn tracked(root: &Path) -> Result<Vec<Tracked>> {
    let listing = Command::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ])
        .current_dir(root)
        .output()
        .context("cannot list the files: is git installed?")?;
    if !listing.status.success() {
        bail!(
            "git cannot list the files: {}",
            String::from_utf8_lossy(&listing.stderr)
        );
    }
    let mut files: Vec<Tracked> = String::from_utf8_lossy(&listing.stdout)
        .split('\0')
        .filter(|path| !path.is_empty())
        .filter_map(|path| {
            let text = fs::read_to_string(root.join(path)).ok()?;
            Some(Tracked {
                path: path.to_owned(),
                text,
            })
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
