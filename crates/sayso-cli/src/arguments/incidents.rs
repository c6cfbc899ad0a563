//! What can be typed for incidents.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use sayso_ledger::Moment;
use sayso_text::input::{self, Reports};
use sayso_text::{Published, Report};

use super::ledger::{LedgerOptions, Shown, ViewOptions, moment};
use super::{Format, InputFormat, OwnOptions, published};
use crate::filter::Filter;

pub(crate) const INCIDENTS_HELP: &str = "\
Examples:
  sayso incidents --ledger sayso.db --since 2025-10-01 --status disputed
  sayso incidents --as-of 2025-10-22                    # what the ledger knew by then
  sayso incidents reports/ --published 2025-10-22       # read directly, nothing is kept
  sayso incidents archive.jsonl --format jsonl > incidents.jsonl

Five prints of one wire text are one origin, and so is one speaker whom five outlets quote.
Exit status: 0 all well, 2 some input was bad (the rest is still coded).";

#[derive(Debug, Args)]
pub(crate) struct IncidentsOptions {
    /// Files, folders of them, or `-` for standard input, as `sayso code` reads them: nothing is kept.
    /// Without any, the reports of the ledger.
    #[arg(value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Day or moment of publication, for files that state none: it anchors "on Tuesday".
    #[arg(long, value_name = "DATE", value_parser = published, requires = "inputs")]
    pub(crate) published: Option<Published>,

    /// What the files and standard input are, where their names and beginnings do not tell.
    #[arg(long, value_enum, value_name = "FORMAT", requires = "inputs")]
    pub(crate) from: Option<InputFormat>,

    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    #[command(flatten)]
    pub(crate) view: ViewOptions,

    #[command(flatten)]
    pub(crate) filter: Filter,

    #[command(flatten)]
    pub(crate) own: OwnOptions,

    /// How to print the incidents.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,

    /// How many reports to code at once; the output does not depend on it. [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

impl IncidentsOptions {
    /// The reports of the files.
    pub(crate) fn reports(&self) -> Reports {
        input::reports(&self.inputs).with_format(self.from.map(InputFormat::format))
    }

    /// Gives `report` the day of the command line where it states none of its own.
    pub(crate) fn date(&self, report: &mut Report) {
        if report.published.is_none() {
            report.published.clone_from(&self.published);
        }
    }
}

pub(crate) const SHOW_HELP: &str = "\
Examples:
  sayso show i:3f9a1c02b7de4410
  sayso show i:3f9a1c02b7de4410 --since 2025-10-22      # and what the ledger has learnt since then
  sayso show i:3f9a1c02b7de4410 --as-of 2025-10-22      # as it was known then

An id that an incident once had finds the incident that holds its report now.";

#[derive(Debug, Args)]
pub(crate) struct ShowOptions {
    /// Id of the incident, as `sayso incidents` shows it.
    #[arg(value_name = "INCIDENT")]
    pub(crate) incident: String,

    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    #[command(flatten)]
    pub(crate) view: ViewOptions,

    /// Also show what the ledger has learnt since then; a day counts to its end in UTC.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) since: Option<Moment>,

    /// How to print it.
    #[arg(long, value_enum, default_value_t = Shown::Text, value_name = "FORMAT")]
    pub(crate) format: Shown,
}

#[derive(Debug, Args)]
pub(crate) struct DiffOptions {
    /// Id of the incident, as `sayso incidents` shows it; an id of either time will do.
    #[arg(value_name = "INCIDENT")]
    pub(crate) incident: String,

    /// The earlier time; a day counts to its end in UTC.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) from: Moment,

    /// The later time. [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) to: Option<Moment>,

    /// Compare what had been published by then, and not what the ledger had recorded.
    #[arg(long)]
    pub(crate) published: bool,

    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    /// How to print it.
    #[arg(long, value_enum, default_value_t = Shown::Text, value_name = "FORMAT")]
    pub(crate) format: Shown,
}
