//! What can be typed for incidents.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
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

/// Which incidents: of files or of a ledger, within a view, by a filter.
#[derive(Debug, Args)]
pub(crate) struct WhichOptions {
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

    /// How many reports to code at once; the output does not depend on it. [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

impl WhichOptions {
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

#[derive(Debug, Args)]
pub(crate) struct IncidentsOptions {
    #[command(flatten)]
    pub(crate) which: WhichOptions,

    /// How to print the incidents; JSON is of the schema sayso.incident/1.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,
}

pub(crate) const EXPORT_HELP: &str = "\
Formats:
  csv          tidy tables for Excel and pandas, one file each
  xlsx         tidy tables in one workbook
  hxl          incidents with a row of HXL tags
  acled        incidents with ACLED's columns (lossy)
  ged          deadly incidents with UCDP GED's columns (lossy)
  plover       events in PLOVER's terms, one JSON object a line (lossy)
  geojson      incidents as features
  gpkg         incidents as features and the other tables, for QGIS and ArcGIS
  parquet      tidy tables for Spark, DuckDB and pandas, one file each
  ftm          FollowTheMoney entities, one a line
  annotations  statements as W3C Web Annotations (JSON-LD)
docs/EXPORTS.md lists every column and says what each format cannot.

Examples:
  sayso export --to xlsx --ledger sayso.db --since 2025-10-01 --country SDN
  sayso export --to csv -o october/ archive.jsonl       # a folder of tables
  sayso export --to geojson -o - archive.jsonl | jq .
  sayso export --to parquet --profile full -o all.zip   # names and spots too: for those who may see them

What leaves is public unless you say otherwise: names of minors, victims, witnesses and private persons
and exact spots of civilians stay here, and what was left out is counted.";

#[derive(Debug, Args)]
pub(crate) struct ExportOptions {
    /// The format.
    #[arg(long, value_name = "FORMAT", value_parser = export_format)]
    pub(crate) to: sayso_export::Format,

    /// `public` applies the do-no-harm rules; `full` shows everything.
    #[arg(long, value_enum, default_value_t = Profile::Public, value_name = "PROFILE")]
    pub(crate) profile: Profile,

    /// The file to write, or `-` for standard output. Formats of many files take a folder, or an
    /// archive by the name of .zip. [default: a name by the format, in the current folder]
    #[arg(short, long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,

    /// Write over files that are there.
    #[arg(long)]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) which: WhichOptions,
}

/// By which rules something leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// The do-no-harm rules.
    Public,
    /// Everything.
    Full,
}

fn export_format(name: &str) -> Result<sayso_export::Format, String> {
    sayso_export::Format::parse(name).ok_or_else(|| {
        let names = sayso_export::Format::ALL.map(sayso_export::Format::name);
        format!("one of: {}", names.join(", "))
    })
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
