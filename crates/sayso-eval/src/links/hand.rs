//! Pairs of conflict news that people have read: do both tell of one incident?
//!
//! A gold of gun violence alone teaches that what is alike is the same. In a war the same parties
//! strike the same towns day after day, and reports of two strikes are as alike as two of one.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use sayso_coder::Coder;
use sayso_lexicon::Rarity;
use sayso_link::Digest;

use crate::coding;
use crate::scorer::Document;

/// First and second item (line of the file, from 0), label, part.
const PAIRS: &str = include_str!("../../data/link-pairs.tsv");

/// A pair of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HandPair {
    /// Ids of the reports: the items' lines.
    pub(crate) reports: (String, String),
    /// Whether they tell of one incident.
    pub(crate) same: bool,
    /// Whether weights may be fitted on it; else it is for looking at what they do.
    pub(crate) fit: bool,
}

/// The pairs that the readers were sure of.
///
/// # Errors
/// Where a row is not of the format.
pub(crate) fn pairs() -> Result<Vec<HandPair>> {
    let mut pairs = Vec::new();
    for row in PAIRS.lines().filter(|line| !line.starts_with('#')) {
        let [first, second, label, part] = row.split('\t').collect::<Vec<_>>()[..] else {
            bail!("link-pairs.tsv: four columns are expected in `{row}`");
        };
        let same = match label {
            "same" => true,
            "other" => false,
            "unsure" => continue,
            other => bail!("link-pairs.tsv: label `{other}`: same, other or unsure is expected"),
        };
        pairs.push(HandPair {
            reports: (first.to_owned(), second.to_owned()),
            same,
            fit: part == "fit",
        });
    }
    Ok(pairs)
}

/// The reports of `pairs` as the linker sees them, by id. `items` is
/// `data/train/wcep_daily/items.jsonl`.
///
/// # Errors
/// Where the file cannot be read or has not these items.
pub(crate) fn digests(
    items: &Path,
    pairs: &[HandPair],
    rarity: &Rarity,
) -> Result<BTreeMap<String, Digest>> {
    let text = std::fs::read_to_string(items)
        .with_context(|| format!("cannot read {}", items.display()))?;
    let lines: Vec<&str> = text.lines().collect();
    let mut documents = BTreeMap::new();
    for id in pairs.iter().flat_map(|p| [&p.reports.0, &p.reports.1]) {
        let line = id.parse::<usize>().ok().and_then(|at| lines.get(at));
        let line = line.with_context(|| format!("{} has no line {id}", items.display()))?;
        let item: serde_json::Value = serde_json::from_str(line)?;
        let field = |name: &str| item[name].as_str().map(str::to_owned);
        documents.insert(
            id.clone(),
            Document {
                id: id.clone(),
                title: None,
                text: field("text").unwrap_or_default(),
                published: field("date"),
                outlet: None,
            },
        );
    }
    let documents: Vec<Document> = documents.into_values().collect();
    let coder = Coder::shipped()?;
    let answers = coding::code(&coder, &documents, "items")?;
    Ok(answers
        .iter()
        .map(|answer| {
            let json =
                sayso_api::sheet_json(&answer.coded.reading, &answer.coded.sheet, coder.made_by());
            let mut digest = Digest::of(&json, rarity);
            digest.report.clone_from(&answer.id);
            (answer.id.clone(), digest)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pairs_can_be_read_and_both_parts_have_both_labels() {
        let pairs = pairs().unwrap();
        for (fit, same) in [(true, true), (true, false), (false, true), (false, false)] {
            let of = pairs.iter().filter(|p| p.fit == fit && p.same == same);
            assert!(of.count() >= 8, "{fit} {same}");
        }
    }
}
