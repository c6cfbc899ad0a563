//! The scorer of the gold: a program of its own, so that no headline figure is measured by those
//! who are measured.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::sets::{Place, Set};

/// `eval/score.py` of a folder, and a work folder of its own.
#[derive(Debug)]
pub(crate) struct Scorer {
    shared: PathBuf,
    work: Work,
}

/// One report as the scorer hands it out.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Document {
    /// Name in the gold.
    pub(crate) id: String,
    /// Headline.
    pub(crate) title: Option<String>,
    /// The text that every span indexes.
    pub(crate) text: String,
    /// Day of publication.
    pub(crate) published: Option<String>,
    /// Who published it.
    pub(crate) outlet: Option<String>,
}

impl Scorer {
    /// The scorer of the folder `shared`, which holds `eval/` and `data/`.
    ///
    /// # Errors
    /// Where there is no such folder or no scorer in it.
    pub(crate) fn open(shared: &Path) -> Result<Self> {
        let shared = shared
            .canonicalize()
            .with_context(|| format!("no folder {}", shared.display()))?;
        let script = shared.join("eval/score.py");
        ensure!(
            script.is_file(),
            "no scorer {}: PATH must hold eval/ and data/",
            script.display()
        );
        Ok(Self {
            shared,
            work: Work::new()?,
        })
    }

    /// The folder with `eval/` and `data/`.
    pub(crate) fn shared(&self) -> &Path {
        &self.shared
    }

    /// Where the gold of a set lies.
    pub(crate) fn gold(&self, set: &Set) -> PathBuf {
        match set.place {
            Place::Data => self.shared.join("data").join(set.gold),
            Place::Repository => PathBuf::from(set.gold),
        }
    }

    /// A folder for files in between; gone when this is dropped.
    pub(crate) fn work(&self) -> &Path {
        &self.work.0
    }

    /// The reports of a set.
    ///
    /// # Errors
    /// Where the gold is missing or the scorer fails.
    pub(crate) fn prepare(&self, set: &Set, gold: &Path) -> Result<Vec<Document>> {
        ensure!(gold.exists(), "no gold {}", gold.display());
        let printed = self.run(&["prepare", set.task], set, gold, &[])?;
        printed
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| serde_json::from_str(line).context("the scorer prepared no report"))
            .collect()
    }

    /// The scorer's table for the sheets in the file `output`.
    ///
    /// # Errors
    /// Where the scorer fails.
    pub(crate) fn table(&self, set: &Set, gold: &Path, output: &Path) -> Result<String> {
        self.run(&[set.task], set, gold, &[output])
    }

    /// The scorer's figures for the sheets in the file `output`.
    ///
    /// # Errors
    /// Where the scorer fails.
    pub(crate) fn figures(&self, set: &Set, gold: &Path, output: &Path) -> Result<Value> {
        let printed = self.run(&[set.task, "--json"], set, gold, &[output])?;
        serde_json::from_str(&printed).context("the scorer printed no JSON")
    }

    fn run(&self, words: &[&str], set: &Set, gold: &Path, more: &[&Path]) -> Result<String> {
        let mut command = Command::new("python3");
        command
            .arg(self.shared.join("eval/score.py"))
            .args(words)
            .arg(gold)
            .args(more)
            .stdin(Stdio::null());
        if let Some(split) = set.split {
            command.args(["--split", split]);
        }
        let done = command
            .output()
            .context("cannot start python3, which the scorer needs")?;
        if !done.status.success() {
            let said = String::from_utf8_lossy(&done.stderr);
            bail!(
                "the scorer failed on {} ({}): {}",
                gold.display(),
                done.status,
                said.trim()
            );
        }
        String::from_utf8(done.stdout).context("the scorer printed no UTF-8")
    }
}

/// A folder for the length of one run.
#[derive(Debug)]
struct Work(PathBuf);

impl Work {
    fn new() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("sayso-eval-{}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // Nothing can be done about a folder that cannot be removed.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_scorer_is_named() {
        let error = Scorer::open(Path::new("no/such/folder")).unwrap_err();
        assert!(error.to_string().contains("no/such/folder"));
        let error = Scorer::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap_err();
        assert!(error.to_string().contains("score.py"));
    }
}
