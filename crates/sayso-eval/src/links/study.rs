//! Fits the linker's weights on the incidents of the earlier half of a gold, and shows what they
//! do on the later one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::{Context as _, Result};
use sayso_api::SheetJson;
use sayso_lexicon::{LinkWeights, Rarity};
use sayso_link::pair::{Likeness, values};
use sayso_link::{Candidates, Digest, Linker};

use super::fit::{Pair, fit};
use super::hand::{self, HandPair};
use crate::table::Table;

/// How much the pairs of conflict news count together, against all pairs of the gold.
const HAND: f64 = 0.3;

/// Log odds that are tried as threshold.
const THRESHOLDS: [f64; 13] = [
    -2.5, -2.0, -1.75, -1.5, -1.25, -1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0,
];

/// Fits on reports before `day`, prints what comes of it, and returns `lexicon/link/weights.tsv`.
///
/// `sheets` is what `sayso code --format jsonl` made of the gold's reports; `gold` the folder with
/// `docs.jsonl`; `items` the news of which [`super::hand`] has pairs.
///
/// # Errors
/// Where a file cannot be read or is not of the format.
pub(crate) fn study(sheets: &Path, gold: &Path, items: &Path, day: &str) -> Result<String> {
    let rarity = Rarity::builtin()?;
    let mut digests = Vec::new();
    for line in lines(sheets)? {
        let sheet: SheetJson<'static> = serde_json::from_str(&line?)?;
        let before = sheet.report.published.as_deref().is_some_and(|p| p < day);
        digests.push((before, Digest::of(&sheet, &rarity)));
    }
    let incidents = incidents(gold)?;
    let earlier: Vec<&Digest> = digests.iter().filter(|d| d.0).map(|d| &d.1).collect();
    let later: Vec<&Digest> = digests.iter().filter(|d| !d.0).map(|d| &d.1).collect();

    let (mut pairs, missed) = pairs(&earlier, &incidents);
    let same = pairs.iter().filter(|p| p.same).count();
    println!(
        "{} earlier reports, {} later; {} pairs compared, {same} of one incident, {missed} such never compared",
        earlier.len(),
        later.len(),
        pairs.len()
    );
    let hand = hand::pairs()?;
    let read = hand::digests(items, &hand, &rarity)?;
    let values_of = |pair: &HandPair| {
        let (a, b) = (read.get(&pair.reports.0)?, read.get(&pair.reports.1)?);
        Some(values(a, b))
    };
    let fitted = hand.iter().filter(|pair| pair.fit).count();
    let weight = HAND * pairs.len() as f64 / fitted.max(1) as f64;
    pairs.extend(hand.iter().filter(|pair| pair.fit).filter_map(|pair| {
        Some(Pair {
            values: values_of(pair)?,
            same: pair.same,
            weight,
        })
    }));
    let mut weights = fit(&pairs);
    // Chosen by people and kept, as the threshold is: among gun violence next to nothing goes off.
    weights[Likeness::OtherDeed as usize] = LinkWeights::builtin()?.of(Likeness::OtherDeed.name());
    let named: Vec<(String, f64)> = Likeness::ALL
        .iter()
        .map(|&l| {
            (
                l.name().to_owned(),
                (weights[l as usize] * 1000.0).round() / 1000.0 + 0.0,
            )
        })
        .collect();

    println!(
        "threshold  earlier: pairwise, bcubed   later: pairwise, bcubed   read by hand, fitted and not: same and joined, other and joined, same and apart"
    );
    for threshold in THRESHOLDS {
        let here = figures(&earlier, &incidents, &named, threshold);
        let there = figures(&later, &incidents, &named, threshold);
        let all: Vec<&Digest> = read.values().collect();
        let group_of = group_of(&all, &named, threshold);
        let of = |fit: bool| {
            let mut counts = [0; 3];
            for pair in hand.iter().filter(|pair| pair.fit == fit) {
                let joined = group_of.get(&pair.reports.0) == group_of.get(&pair.reports.1);
                match (joined, pair.same) {
                    (true, true) => counts[0] += 1,
                    (true, false) => counts[1] += 1,
                    (false, true) => counts[2] += 1,
                    (false, false) => {}
                }
            }
            counts
        };
        println!(
            "{threshold:>9}  {:.3} {:.3}   {:.3} {:.3}   {:?} {:?}",
            here.0,
            here.1,
            there.0,
            there.1,
            of(true),
            of(false)
        );
    }
    let mut all: BTreeMap<String, f64> = named.into_iter().collect();
    // No number decides between the two kinds of text: of the thresholds above, people choose the
    // highest at which the cases of findings still meet, and write it into the file.
    let threshold = LinkWeights::builtin()?.of("threshold");
    all.insert("threshold".to_owned(), threshold);
    let mut out = format!(
        "# How much each likeness of two reports counts, in log odds that they tell of one incident\n\
         # (`crates/sayso-link/src/pair/mod.rs` says what each is), and the least at which groups are joined.\n\
         # Written by `sayso-eval links` (the threshold is chosen from the table that it prints, and kept): logistic regression over pairs of gun-violence reports before {day} and\n\
         # pairs of conflict news read by hand (`crates/sayso-eval/data/link-pairs.tsv`, part `fit`).\n\
         # `other-deed` is chosen by people and kept, as the threshold is: among gun violence next to nothing goes off;\n\
         # it is the least that keeps a shooting and a bomb apart that short reports tell of one town and day.\n\
         # origin: learned from which reports the Gun Violence Archive files under one incident, and from those labels\n\
         # licence: Apache-2.0\n\
         # columns: likeness\tweight\n"
    );
    for (name, weight) in all {
        writeln!(out, "{name}\t{weight}")?;
    }
    Ok(out)
}

/// What weights do that are fitted, threshold and all, on the reports of the earlier half by day of
/// publication: on that half, and on the later one, which they have not seen.
///
/// # Errors
/// Where the gold cannot be read.
pub(crate) fn halves(digests: &[Digest], gold: &Path) -> Result<String> {
    let incidents = incidents(gold)?;
    let mut all: Vec<&Digest> = digests.iter().collect();
    all.sort_by_key(|digest| (digest.published, &digest.report));
    let (earlier, later) = all.split_at(all.len() / 2);
    let weights = fit(&pairs(earlier, &incidents).0);
    let named: Vec<(String, f64)> = Likeness::ALL
        .iter()
        .map(|&likeness| (likeness.name().to_owned(), weights[likeness as usize]))
        .collect();
    let threshold = THRESHOLDS
        .into_iter()
        .map(|threshold| (figures(earlier, &incidents, &named, threshold).0, threshold))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(0.0, |best| best.1);
    let mut table = Table::new(&["half by day", "reports", "pairwise F1", "B-cubed F1"]);
    for (name, half) in [("earlier, fitted on", earlier), ("later, not seen", later)] {
        let (pairwise, bcubed) = figures(half, &incidents, &named, threshold);
        table.row([
            name.to_owned(),
            half.len().to_string(),
            format!("{pairwise:.3}"),
            format!("{bcubed:.3}"),
        ]);
    }
    Ok(table.finish())
}

/// The pairs that would be compared, and how many of one incident would not.
fn pairs(digests: &[&Digest], incidents: &Incidents) -> (Vec<Pair>, usize) {
    let mut candidates = Candidates::default();
    let (mut pairs, mut same_all, mut same_found) = (Vec::new(), 0, 0);
    for (number, digest) in digests.iter().enumerate() {
        same_all += digests[..number]
            .iter()
            .filter(|other| share(incidents, &digest.report, &other.report))
            .count();
        for other in candidates.of(digest) {
            let other = digests[other as usize];
            let same = share(incidents, &digest.report, &other.report);
            same_found += usize::from(same);
            pairs.push(Pair {
                values: values(digest, other),
                same,
                weight: 1.0,
            });
        }
        candidates.insert(number as u32, digest);
    }
    (pairs, same_all - same_found)
}

/// Report to the incidents it tells of.
type Incidents = BTreeMap<String, BTreeSet<String>>;

fn incidents(gold: &Path) -> Result<Incidents> {
    let mut incidents = Incidents::new();
    for line in lines(&gold.join("docs.jsonl"))? {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        incidents
            .entry(field("doc_id"))
            .or_default()
            .insert(field("incident_id"));
    }
    Ok(incidents)
}

fn share(incidents: &Incidents, a: &str, b: &str) -> bool {
    match (incidents.get(a), incidents.get(b)) {
        (Some(a), Some(b)) => !a.is_disjoint(b),
        _ => false,
    }
}

/// Report to the number of its group.
fn group_of(
    digests: &[&Digest],
    weights: &[(String, f64)],
    threshold: f64,
) -> BTreeMap<String, usize> {
    let threshold = ("threshold".to_owned(), threshold);
    let mut linker = Linker::new(&LinkWeights::new(
        weights.iter().cloned().chain([threshold]),
    ));
    for digest in digests {
        linker.insert((*digest).clone());
    }
    let groups = linker.groups();
    let mut group_of = BTreeMap::new();
    for (number, group) in groups.iter().enumerate() {
        for &report in group {
            if let Some(digest) = digests.get(report as usize) {
                group_of.insert(digest.report.clone(), number);
            }
        }
    }
    group_of
}

/// Pairwise F1 and B-cubed F1 (plain; the scorer's is the extended form, equal but for the few
/// reports of two incidents).
fn figures(
    digests: &[&Digest],
    incidents: &Incidents,
    weights: &[(String, f64)],
    threshold: f64,
) -> (f64, f64) {
    let group_of = group_of(digests, weights, threshold);
    let ids: Vec<(&str, usize)> = group_of
        .iter()
        .map(|(id, &group)| (id.as_str(), group))
        .collect();
    let (mut both, mut mine, mut gold, mut precision, mut recall) = (0, 0, 0, 0.0, 0.0);
    for &(a, here) in &ids {
        let (mut here_both, mut here_mine, mut here_gold) = (1, 1, 1);
        for &(b, there) in &ids {
            if a == b {
                continue;
            }
            let in_group = here == there;
            let same = share(incidents, a, b);
            here_mine += usize::from(in_group);
            here_gold += usize::from(same);
            here_both += usize::from(in_group && same);
        }
        both += here_both - 1;
        mine += here_mine - 1;
        gold += here_gold - 1;
        precision += here_both as f64 / here_mine as f64;
        recall += here_both as f64 / here_gold as f64;
    }
    let harmonic = |p: f64, r: f64| {
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    };
    let count = ids.len().max(1) as f64;
    (
        harmonic(
            both as f64 / f64::from(mine.max(1) as u32),
            both as f64 / f64::from(gold.max(1) as u32),
        ),
        harmonic(precision / count, recall / count),
    )
}

fn lines(path: &Path) -> Result<std::io::Lines<BufReader<File>>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(BufReader::new(file).lines())
}
