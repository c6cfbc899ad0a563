//! The tables about events.

use std::collections::BTreeMap;

use super::{CAP, Compared, hits, oriented};
use crate::table::{Table, share};

/// Counts of one gold type.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    gold: usize,
    printed: usize,
    /// Printed events of the type that answer a gold event of it.
    right: usize,
    found: usize,
    kind: usize,
    /// Sides asked and met.
    sides: [(usize, usize); 2],
    status: usize,
    toll_status: usize,
    /// Found events whose gold counts people, and those of them with the same counts.
    tolls: (usize, usize),
    full: usize,
}

/// Found by ACLED type of the gold.
pub(crate) fn types(all: &[Compared<'_>]) -> String {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for compared in all {
        for gold in &compared.gold {
            tallies.entry(&gold.kind).or_default().gold += 1;
        }
        let capped = compared.gold.len() >= CAP;
        for (j, found) in compared.found.iter().enumerate() {
            let pair = compared.pairs.iter().find(|pair| pair.found == j);
            if pair.is_some() || !capped {
                tallies.entry(&found.kind).or_default().printed += 1;
            }
        }
        for pair in &compared.pairs {
            let (gold, found) = (&compared.gold[pair.gold], &compared.found[pair.found]);
            let sides = oriented(gold, found);
            let tally = tallies.entry(&gold.kind).or_default();
            tally.found += 1;
            tally.kind += usize::from(gold.kind == found.kind);
            tally.right += usize::from(gold.kind == found.kind);
            for (k, (asked, met)) in tally.sides.iter_mut().enumerate() {
                *asked += usize::from(!gold.sides[k].is_empty());
                *met += usize::from(hits(&gold.sides[k], &sides[k]) > 0);
            }
            tally.status += usize::from(gold.status == found.status);
            tally.toll_status += usize::from(gold.toll_status == found.toll_status);
            tally.tolls.0 += usize::from(!gold.tolls.is_empty());
            tally.tolls.1 += usize::from(!gold.tolls.is_empty() && gold.tolls == found.tolls);
            tally.full += usize::from(pair.full);
        }
    }
    let mut table = Table::new(&[
        "",
        "gold",
        "printed",
        "found",
        "type",
        "side a",
        "side b",
        "status",
        "toll status",
        "tolls",
        "fully",
        "recall",
        "precision",
    ]);
    let mut sum = Tally::default();
    for (kind, tally) in &tallies {
        table.row(cells(kind, tally));
        sum.gold += tally.gold;
        sum.printed += tally.printed;
        sum.right += tally.right;
        sum.found += tally.found;
        sum.kind += tally.kind;
        for k in 0..2 {
            sum.sides[k].0 += tally.sides[k].0;
            sum.sides[k].1 += tally.sides[k].1;
        }
        sum.status += tally.status;
        sum.toll_status += tally.toll_status;
        sum.tolls.0 += tally.tolls.0;
        sum.tolls.1 += tally.tolls.1;
        sum.full += tally.full;
    }
    table.row(cells("all", &sum));
    table.finish()
}

fn cells(kind: &str, tally: &Tally) -> [String; 13] {
    let of = |met: usize, asked: usize| format!("{met}/{asked}");
    [
        kind.to_owned(),
        tally.gold.to_string(),
        tally.printed.to_string(),
        tally.found.to_string(),
        of(tally.kind, tally.found),
        of(tally.sides[0].1, tally.sides[0].0),
        of(tally.sides[1].1, tally.sides[1].0),
        of(tally.status, tally.found),
        of(tally.toll_status, tally.found),
        of(tally.tolls.1, tally.tolls.0),
        tally.full.to_string(),
        share(tally.kind, tally.gold),
        share(tally.right, tally.printed),
    ]
}

/// Right and printed by the frame that the trigger evokes.
pub(crate) fn frames(all: &[Compared<'_>]) -> String {
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for compared in all {
        let capped = compared.gold.len() >= CAP;
        for (j, found) in compared.found.iter().enumerate() {
            let pair = compared.pairs.iter().find(|pair| pair.found == j);
            if pair.is_none() && capped {
                continue;
            }
            let count = counts.entry(&found.rule).or_default();
            count[0] += 1;
            if let Some(pair) = pair {
                count[1] += 1;
                count[2] += usize::from(compared.gold[pair.gold].kind == found.kind);
                count[3] += usize::from(pair.full);
            }
        }
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by(|a, b| b.1[0].cmp(&a.1[0]).then(a.0.cmp(b.0)));
    let mut table = Table::new(&["frame", "printed", "found", "type", "fully", "precision"]);
    for (rule, [printed, found, kind, full]) in rows {
        table.row([
            format!("`{rule}`"),
            printed.to_string(),
            found.to_string(),
            kind.to_string(),
            full.to_string(),
            share(kind, printed),
        ]);
    }
    table.finish()
}

/// What values of a field were read as, where both events are found: rows are the gold's.
pub(crate) fn confusion<F>(all: &[Compared<'_>], field: F) -> String
where
    F: Fn(&super::Told) -> &str,
{
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for compared in all {
        for pair in &compared.pairs {
            let gold = field(&compared.gold[pair.gold]).to_owned();
            let found = field(&compared.found[pair.found]).to_owned();
            *counts.entry((gold, found)).or_default() += 1;
        }
    }
    let mut rows: Vec<_> = counts.into_iter().filter(|((g, f), _)| g != f).collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    if rows.is_empty() {
        return "None.\n".to_owned();
    }
    let mut table = Table::new(&["gold, read as", "n"]);
    for ((gold, found), n) in rows {
        table.row([format!("{gold}, {found}"), n.to_string()]);
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{SHELLING, TEXT, records};
    use super::*;
    use crate::statement::tests::answer;

    #[test]
    fn types_and_confusions_are_counted() {
        let answer = answer(TEXT);
        let right = [Compared::new(&answer, &records(SHELLING)).unwrap()];
        let table = types(&right);
        let row = "| all | 1 | 1 | 1 | 1/1 | 1/1 | 1/1 | 1/1 | 1/1 | 1/1 | 1 | 1.00 | 1.00 |";
        assert!(table.contains(row), "{table}");
        let row = "` | 1 | 1 | 1 | 1 | 1.00 |";
        assert!(frames(&right).contains(row), "{}", frames(&right));
        assert_eq!(confusion(&right, |told| &told.kind), "None.\n");
        let gold = SHELLING.replace("Shelling/artillery/missile attack", "Grenade");
        let wrong = [Compared::new(&answer, &records(&gold)).unwrap()];
        let table = confusion(&wrong, |told| &told.kind);
        assert!(table.contains("| Grenade, Shelling/artillery/missile attack | 1 |"));
    }
}
