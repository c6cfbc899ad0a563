//! `lexicon/link/rarity.tsv`: document frequencies of words over the training texts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use sayso_lexicon::LEAST_TEXTS;
use sayso_link::words::{folded, is_number, words};

/// The file's content, from the training texts below `shared/data/train`: the daily news items of
/// `wcep_daily`, and the articles of `polnear`.
///
/// # Errors
/// Where a file cannot be read, or none is there.
pub(crate) fn rarity(shared: &Path) -> Result<String> {
    let train = shared.join("data/train");
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut texts = 0_u32;
    let mut count = |text: &str| {
        texts += 1;
        let seen: BTreeSet<String> = words(text).map(folded).collect();
        for word in seen {
            if word.chars().nth(1).is_some() && !is_number(&word) {
                *counts.entry(word).or_default() += 1;
            }
        }
    };
    let items = train.join("wcep_daily/items.jsonl");
    for line in read(&items)?.lines() {
        let item: serde_json::Value = serde_json::from_str(line)?;
        count(item["text"].as_str().unwrap_or_default());
    }
    for path in articles(&train.join("polnear"))? {
        count(&read(&path)?);
    }
    ensure!(texts > 0, "no texts below {}", train.display());

    let mut out = String::from(
        "# In how many of a fixed set of news texts each word stands; a possessive counts as its noun.\n\
         # Written by `cargo run --release -p sayso-eval -- rarity PATH`. Counts are facts; no text is in here.\n\
         # origin: counts over Wikipedia's daily news items (2025-2026) and the training part of PolNeAR\n\
         # licence: Apache-2.0\n",
    );
    writeln!(out, "# texts: {texts}")?;
    out.push_str("# columns: word\ttexts\n");
    for (word, count) in counts {
        if count >= LEAST_TEXTS {
            writeln!(out, "{word}\t{count}")?;
        }
    }
    Ok(out)
}

/// The `.txt` files below `folder`, sorted.
fn articles(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "txt") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
