//! The sets of gold that the page is about.

use anyhow::{Result, bail};

/// A scored set of gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Set {
    /// What the command line calls it.
    pub(crate) name: &'static str,
    /// Task of the scorer.
    pub(crate) task: &'static str,
    /// Where the gold lies, below [`Set::place`].
    pub(crate) gold: &'static str,
    /// What `gold` is below of.
    pub(crate) place: Place,
    /// The part of the gold, where the task has parts.
    pub(crate) split: Option<&'static str>,
    /// Heading on the page.
    pub(crate) title: &'static str,
}

/// What paths of gold start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `data/` of the folder with the scorers.
    Data,
    /// This repository, where the program must then be started.
    Repository,
}

/// The task of this program's own, which no scorer has.
pub(crate) const PLOVER: &str = "plover";

/// Kind and country of actors: likewise of this program's own.
pub(crate) const ACTORS: &str = "actors";

/// Which reports tell of one incident: scored by the scorer, made by the linker.
pub(crate) const CLUSTERS: &str = "clusters";

/// Prints of one text among noisy copies: of this program's own.
pub(crate) const COPIES: &str = "copies";

/// Findings beside a reader's: likewise.
pub(crate) const FINDINGS: &str = "findings";

/// In the order of the page.
pub(crate) const SETS: [Set; 14] = [
    Set {
        name: "sheets",
        task: "sheets",
        gold: "dev/sheets",
        place: Place::Data,
        split: None,
        title: "Statements and events, whole sheets",
    },
    Set {
        name: "actors",
        task: ACTORS,
        gold: "crates/sayso-eval/data/actors.tsv",
        place: Place::Repository,
        split: None,
        title: "Who they are: kind and country of actors",
    },
    Set {
        name: "polnear",
        task: "attribution",
        gold: "dev/polnear",
        place: Place::Data,
        split: None,
        title: "Attribution, PolNeAR",
    },
    Set {
        name: "status",
        task: "sheets",
        gold: "cases/status",
        place: Place::Repository,
        split: None,
        title: "What is denied, disputed, alleged, planned, none or unknown",
    },
    Set {
        name: "muc4",
        task: "muc4",
        gold: "dev/muc4/raw",
        place: Place::Data,
        split: Some("TST1,TST2"),
        title: "Who did what to whom, MUC-4",
    },
    Set {
        name: "petrarch",
        task: "petrarch",
        gold: "dev/petrarch2/UP_UnitTest_udpipe_2.0.xml",
        place: Place::Data,
        split: None,
        title: "CAMEO roots, Universal PETRARCH's unit tests",
    },
    Set {
        name: "plover",
        task: PLOVER,
        gold: "dev/plover_gsr/PLOVER_GSR_CAMEO.txt",
        place: Place::Data,
        split: None,
        title: "PLOVER events, the codebook's gold standard records",
    },
    Set {
        name: "te3",
        task: "times",
        gold: "dev/te3",
        place: Place::Data,
        split: None,
        title: "Time expressions, TempEval-3",
    },
    Set {
        name: "wikiwars",
        task: "times",
        gold: "dev/wikiwars",
        place: Place::Data,
        split: None,
        title: "Time expressions, WikiWars",
    },
    Set {
        name: "lgl",
        task: "places",
        gold: "dev/places/lgl.xml",
        place: Place::Data,
        split: None,
        title: "Toponyms, LGL",
    },
    Set {
        name: "gwn",
        task: "places",
        gold: "dev/places/GWN.xml",
        place: Place::Data,
        split: None,
        title: "Toponyms, GeoWebNews",
    },
    Set {
        name: "copies",
        task: COPIES,
        gold: "dev/fa-kes/reports.jsonl",
        place: Place::Data,
        split: None,
        title: "Origins: prints of one text",
    },
    Set {
        name: "clusters",
        task: CLUSTERS,
        gold: "dev/gva",
        place: Place::Data,
        split: None,
        title: "Incidents: which reports tell of one, Gun Violence Archive",
    },
    Set {
        name: "findings",
        task: FINDINGS,
        gold: "crates/sayso-eval/data/findings-2016.tsv",
        place: Place::Repository,
        split: None,
        title: "Findings on ten incidents of 2016, beside a reader's",
    },
];

/// The set called `name`.
///
/// # Errors
/// Where there is none, with the names that there are.
pub(crate) fn named(name: &str) -> Result<&'static Set> {
    if let Some(set) = SETS.iter().find(|set| set.name == name) {
        return Ok(set);
    }
    let names: Vec<&str> = SETS.iter().map(|set| set.name).collect();
    bail!("`{name}` is no set; there are {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_name_is_told_the_right_ones() {
        assert_eq!(named("te3").unwrap().task, "times");
        let error = named("te4").unwrap_err().to_string();
        assert!(error.contains("te4") && error.contains("wikiwars"));
    }
}
