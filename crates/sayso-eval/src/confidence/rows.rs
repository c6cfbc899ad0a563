//! What to learn from: signs of what the program finds in annotated reports, and whether it is right.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sayso_core::Signs;

use crate::run::Run;
use crate::scorer::Scorer;
use crate::{event, sets};

/// What is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Event,
    Statement,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::Statement, Self::Event];

    /// The word for it in `lexicon/confidence.tsv`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Statement => "statement",
        }
    }
}

/// One finding.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) kind: Kind,
    /// Name of the set.
    pub(crate) set: String,
    /// Set and report.
    pub(crate) document: String,
    pub(crate) signs: Vec<(String, f64)>,
    /// What the program says how likely it is to be right.
    pub(crate) told: f64,
    /// Whether it is, by the scorer.
    pub(crate) right: bool,
}

/// A folder of annotated reports and what it is called.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    /// The set whose format it has.
    pub(crate) like: &'static str,
    pub(crate) gold: PathBuf,
}

impl Source {
    /// The gold of the set called `name`.
    pub(crate) fn of_set(scorer: &Scorer, name: &'static str) -> Result<Self> {
        Ok(Self {
            name: name.to_owned(),
            like: name,
            gold: scorer.gold(sets::named(name)?),
        })
    }

    /// Whole sheets in a folder.
    pub(crate) fn of_folder(folder: &Path) -> Self {
        Self {
            name: folder.file_name().map_or_else(
                || folder.display().to_string(),
                |name| name.to_string_lossy().into_owned(),
            ),
            like: "sheets",
            gold: folder.to_owned(),
        }
    }
}

/// Everything found in the reports of `source`. Events without ACLED type are left out, for no
/// gold has them, and where the gold may have left events out so are those that answer none.
///
/// # Errors
/// Where the set cannot be scored.
pub(crate) fn of(scorer: &Scorer, source: &Source) -> Result<Vec<Row>> {
    let set = sets::named(source.like)?;
    let run = Run::of(scorer, set, &source.gold)
        .with_context(|| format!("in {}", source.gold.display()))?;
    let golds = run.golds()?;
    of_run(&run, &golds, &source.name)
}

/// Everything found in the reports of a set that is coded and compared already.
///
/// # Errors
/// Where the counts are not the scorer's.
pub(crate) fn of_run(run: &Run<'_>, golds: &[crate::run::Gold], set: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let row = |kind, id: &str, signs: &Signs, told: f32, right| Row {
        kind,
        set: set.to_owned(),
        document: format!("{set}/{id}"),
        signs: signs
            .iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        told: f64::from(told),
        right,
    };
    for compared in run.statements(golds)? {
        let full: BTreeSet<usize> = compared
            .pairs
            .iter()
            .filter(|pair| pair.full)
            .map(|pair| pair.found)
            .collect();
        for (at, item) in compared.found.iter().enumerate() {
            let s = item.statement;
            rows.push(row(
                Kind::Statement,
                &compared.answer.id,
                &s.signs,
                s.confidence,
                full.contains(&at),
            ));
        }
    }
    for compared in run.events(golds)? {
        let events = compared.answer.coded.sheet.events.iter();
        let coded = events.filter(|event| event.acled.is_some());
        for (at, found) in coded.enumerate() {
            let pair = compared.pairs.iter().find(|pair| pair.found == at);
            if pair.is_none() && compared.gold.len() >= event::CAP {
                continue;
            }
            let right = pair.is_some_and(|pair| pair.full);
            rows.push(row(
                Kind::Event,
                &compared.answer.id,
                &found.signs,
                found.confidence,
                right,
            ));
        }
    }
    Ok(rows)
}

/// Rows as lines of tab-separated fields, for looking at them with other tools.
pub(crate) fn printed(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let signs: Vec<String> = row
            .signs
            .iter()
            .map(|(name, value)| format!("{name}={value:.5}"))
            .collect();
        let _ = writeln!(
            text,
            "{}\t{}\t{}\t{}\t{:.4}\t{}",
            row.kind.as_str(),
            row.set,
            row.document,
            u8::from(row.right),
            row.told,
            signs.join("\t")
        );
    }
    text
}
