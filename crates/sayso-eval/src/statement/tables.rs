//! The tables about statements.

use std::collections::BTreeMap;

use super::construction::{self, Construction};
use super::kinds::Fault;
use super::marks::{self, MARKS};
use super::{Compared, Pair};
use crate::table::{Table, share};

/// Gold, found and found fully of one class.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    gold: usize,
    found: usize,
    full: usize,
}

impl Tally {
    fn add(&mut self, pair: Option<Pair>) {
        self.gold += 1;
        self.found += usize::from(pair.is_some());
        self.full += usize::from(pair.is_some_and(|p| p.full));
    }

    fn cells(self, name: &str) -> [String; 6] {
        [
            name.to_owned(),
            self.gold.to_string(),
            self.found.to_string(),
            share(self.found, self.gold),
            self.full.to_string(),
            share(self.full, self.gold),
        ]
    }
}

const HEADINGS: [&str; 6] = ["", "gold", "found", "share", "found fully", "share"];

/// Found by the construction of the gold.
pub(crate) fn constructions(all: &[Compared<'_>]) -> String {
    let mut tallies: BTreeMap<Construction, Tally> = BTreeMap::new();
    let mut marked = [Tally::default(); MARKS.len()];
    let mut sum = Tally::default();
    for compared in all {
        let golds: Vec<_> = compared.gold.iter().map(|g| g.statement.clone()).collect();
        for index in 0..golds.len() {
            let pair = compared.pair_of(index);
            let class = construction::of(compared.text(), &golds[index]);
            tallies.entry(class).or_default().add(pair);
            sum.add(pair);
            let holding = marks::of(compared.text(), &golds, index);
            for (tally, _) in marked.iter_mut().zip(holding).filter(|(_, holds)| *holds) {
                tally.add(pair);
            }
        }
    }
    let mut table = Table::new(&HEADINGS);
    for class in Construction::ALL {
        if let Some(tally) = tallies.get(&class) {
            table.row(tally.cells(class.as_str()));
        }
    }
    table.row(sum.cells("all"));
    for (name, tally) in MARKS.iter().zip(marked).filter(|(_, tally)| tally.gold > 0) {
        table.row(tally.cells(&format!("*{name}*")));
    }
    table.finish()
}

/// Right and printed by the program's own rules.
pub(crate) fn rules(all: &[Compared<'_>]) -> String {
    let mut counts: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for compared in all {
        for (j, found) in compared.found.iter().enumerate() {
            let rule = |field: &str| {
                let rule = found
                    .statement
                    .why
                    .get(field)
                    .map_or("", |r| r.rule.as_str());
                rule.split([':', '/']).next().unwrap_or("").to_owned()
            };
            let cue = rule("cue");
            let cue = if cue.is_empty() {
                "no cue".to_owned()
            } else {
                cue
            };
            let count = counts.entry((cue, rule("content"))).or_default();
            count.0 += 1;
            count.1 += usize::from(compared.pairs.iter().any(|pair| pair.found == j));
        }
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(&b.0)));
    let mut table = Table::new(&["cue, content", "printed", "right", "precision"]);
    for ((cue, content), (printed, right)) in rows {
        table.row([
            format!("`{cue}`, `{content}`"),
            printed.to_string(),
            right.to_string(),
            share(right, printed),
        ]);
    }
    table.finish()
}

/// The commonest kinds of `faults`, at most `most`, with a line for the rest.
pub(crate) fn commonest<'f>(faults: impl IntoIterator<Item = &'f Fault>, most: usize) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sum = 0;
    for fault in faults {
        *counts.entry(&fault.kind).or_default() += 1;
        sum += 1;
    }
    let mut rows: Vec<(&str, usize)> = counts.into_iter().collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut table = Table::new(&["kind of error", "n", "share"]);
    let mut shown = 0;
    for (kind, n) in rows.iter().take(most) {
        table.row([(*kind).to_owned(), n.to_string(), share(*n, sum)]);
        shown += n;
    }
    if rows.len() > most {
        let kinds = rows.len() - most;
        table.row([
            format!("{kinds} rarer kinds"),
            (sum - shown).to_string(),
            share(sum - shown, sum),
        ]);
    }
    table.row(["all".to_owned(), sum.to_string(), String::new()]);
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{answer, gold};
    use super::*;

    #[test]
    fn tables_count_what_was_compared() {
        let text = "The mayor of Orla said two guards were hurt. A nurse slept.";
        let answer = answer(text);
        let all = [
            gold(text, &["two guards were hurt"], "said", "The mayor"),
            gold(text, &["slept"], "", ""),
        ];
        let compared = [Compared::new(&answer, &all)];
        let table = constructions(&compared);
        assert!(
            table.contains("| all | 2 | 1 | 0.50 | 1 | 0.50 |"),
            "{table}"
        );
        assert!(table.contains("| no cue, not quoted | 1 | 0 |"), "{table}");
        assert!(rules(&compared).contains("| `cue-verb`, `"));
    }

    #[test]
    fn rare_kinds_are_summed_up() {
        let fault = |kind: &str| Fault {
            kind: kind.to_owned(),
            gold: None,
            found: None,
        };
        let faults = [fault("b"), fault("a"), fault("a"), fault("c")];
        let table = commonest(&faults, 1);
        assert!(table.contains("| a | 2 | 0.50 |\n| 2 rarer kinds | 2 | 0.50 |\n| all | 4 |"));
    }
}
