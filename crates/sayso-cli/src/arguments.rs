//! What can be typed.

pub(crate) mod desk;
pub(crate) mod incidents;
pub(crate) mod keep;
pub(crate) mod ledger;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use sayso_coder::Own;
use sayso_text::input::{self, Reports};
use sayso_text::{Published, Report};

/// Reads conflict news and keeps who said what.
#[derive(Debug, Parser)]
#[command(
    name = "sayso",
    disable_version_flag = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    /// When to use colour.
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN")]
    pub(crate) color: Color,

    /// Print the versions of program, model, lexicon, gazetteer and registry.
    #[arg(short = 'V', long)]
    pub(crate) version: bool,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Turn reports into sheets: who said what, and what happened.
    #[command(after_help = CODE_HELP)]
    Code(CodeOptions),
    /// Show, for each field of a sheet, the words and the rule behind it.
    Explain(ExplainOptions),
    /// Show what several reports tell of: who says it, who denies it, what nobody knows.
    #[command(after_help = incidents::INCIDENTS_HELP)]
    Incidents(incidents::IncidentsOptions),
    /// Write incidents into a file for other programs: Excel, QGIS, Spark, ACLED's columns and more.
    #[command(after_help = incidents::EXPORT_HELP)]
    Export(incidents::ExportOptions),
    /// Show one incident of the ledger: what is known, who says it, what changed.
    #[command(after_help = incidents::SHOW_HELP)]
    Show(incidents::ShowOptions),
    /// Show what changed in an incident of the ledger between two times.
    Diff(incidents::DiffOptions),
    /// Look groups, forces and bodies up.
    #[command(subcommand)]
    Actors(ActorsCommand),
    /// Look places up, and make a larger gazetteer from GeoNames.
    #[command(subcommand)]
    Gazetteer(GazetteerCommand),
    /// Keep reports and their sheets in a ledger.
    #[command(after_help = ledger::ADD_HELP)]
    Add(ledger::AddOptions),
    /// Show one report of the ledger: its sheet with what analysts decided.
    Report(ledger::ReportOptions),
    /// Find reports and statements of the ledger by their words.
    Search(ledger::SearchOptions),
    /// Accept, correct and reject findings, add what was missed, merge and split incidents,
    /// mark origins as unreliable.
    #[command(subcommand)]
    Review(ledger::ReviewCommand),
    /// Code the reports of the ledger again that other versions coded.
    Recode(ledger::RecodeOptions),
    /// Check that nothing in the ledger was changed, is missing or was cut off.
    Verify(ledger::VerifyOptions),
    /// Print the hash of the ledger's last entry, to be kept elsewhere.
    Head(ledger::HeadOptions),
    /// Destroy a report's content for good; a tombstone stays.
    Erase(ledger::EraseOptions),
    /// Write the ledger into a file, without loss.
    ExportLedger(ledger::ExportOptions),
    /// Read an export into a ledger.
    ImportLedger(ledger::ImportLedgerOptions),
    /// Back the ledger up into one file: entries, keys, and the desk's accounts.
    #[command(after_help = keep::BACKUP_HELP)]
    Backup(keep::BackupOptions),
    /// Bring a backup back into an empty ledger, and verify it.
    #[command(after_help = keep::RESTORE_HELP)]
    Restore(keep::RestoreOptions),
    /// Encrypt the ledger under a passphrase, change the passphrase, or take it away.
    #[command(subcommand, after_help = keep::LOCK_HELP)]
    Ledger(keep::LockCommand),
    /// Open the desk: incidents, reports and reviews in the browser, on this machine alone.
    #[command(after_help = desk::DESK_HELP)]
    Desk(desk::DeskOptions),
    /// Serve the desk for a team.
    #[command(after_help = desk::SERVE_HELP)]
    Serve(desk::ServeOptions),
    /// Make and change the users of a team's desk.
    #[command(subcommand)]
    Users(desk::UsersCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum ActorsCommand {
    /// Show whom a name may mean: by name, acronym, another spelling, or id.
    #[command(after_help = ACTORS_HELP)]
    Find(FindActorOptions),
}

const ACTORS_HELP: &str = "\
Examples:
  sayso actors find Hay'at Tahrir al-Sham
  sayso actors find TNLA --json
  sayso actors find ucdp:234";

#[derive(Debug, Args)]
pub(crate) struct FindActorOptions {
    /// The name, in any script, or the id of an entry or of a source.
    #[arg(required = true, value_name = "NAME")]
    pub(crate) name: Vec<String>,

    /// A CSV or TOML of actors of your own, as `sayso code` takes it.
    #[arg(long, value_name = "FILE")]
    pub(crate) actors: Option<PathBuf>,

    /// Print one JSON object an actor instead of a table.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GazetteerCommand {
    /// Show the places that a name may mean.
    Find(FindOptions),
    /// Make a gazetteer of all of GeoNames, or of one country's dump.
    #[command(after_help = IMPORT_HELP)]
    Import(ImportOptions),
}

const IMPORT_HELP: &str = "\
The dumps are at https://download.geonames.org/export/dump/ (CC BY 4.0): allCountries.zip holds the
whole world, SY.zip and the like one country, alternateNamesV2.zip more names. All of them together
need about 2 GB of disk beside the output while they are sorted; memory stays near --memory.

Example:
  sayso gazetteer import allCountries.zip alternateNamesV2.zip --out world.gaz
  sayso code report.txt --gazetteer world.gaz";

#[derive(Debug, Args)]
pub(crate) struct FindOptions {
    /// The name, in any script.
    #[arg(required = true, value_name = "NAME")]
    pub(crate) name: Vec<String>,

    #[command(flatten)]
    pub(crate) own: OwnOptions,

    /// Print one JSON object a place instead of a table.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ImportOptions {
    /// A dump of GeoNames: allCountries.zip, SY.zip, or the text inside.
    #[arg(value_name = "DUMP")]
    pub(crate) places: PathBuf,

    /// alternateNamesV2.zip, for names in more languages.
    #[arg(value_name = "NAMES")]
    pub(crate) names: Option<PathBuf>,

    /// The gazetteer to write.
    #[arg(long, value_name = "FILE", default_value = "geonames.gaz")]
    pub(crate) out: PathBuf,

    /// Megabytes that names may take while they are sorted.
    #[arg(long, value_name = "MB", default_value_t = 512, value_parser = clap::value_parser!(u32).range(16..))]
    pub(crate) memory: u32,
}

/// What a user brings.
#[derive(Debug, Args)]
pub(crate) struct OwnOptions {
    /// A gazetteer made by `sayso gazetteer import`, in the place of the shipped one.
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Option<PathBuf>,

    /// A CSV of places of your own: name, lat, lon and, if you like, kind, country (SYR), admin1,
    /// other_names (parted by `;`). Their names then mean them.
    #[arg(long, value_name = "FILE")]
    pub(crate) places: Option<PathBuf>,

    /// A CSV or TOML of actors of your own: name, kind and, if you like, country (SYR;IRQ),
    /// other_names, sector, since, until, id. Their names then mean them; with the id of a shipped
    /// actor a line takes its place.
    #[arg(long, value_name = "FILE")]
    pub(crate) actors: Option<PathBuf>,
}

impl OwnOptions {
    /// As the coder takes it.
    pub(crate) fn own(&self) -> Own {
        Own {
            gazetteer: self.gazetteer.clone(),
            places: self.places.clone(),
            actors: self.actors.clone(),
        }
    }
}

const CODE_HELP: &str = "\
Examples:
  sayso code report.txt --published 2025-10-22
  sayso code reports/ --format jsonl > sheets.jsonl
  cat report.txt | sayso code -

Read are text, pages, JSON lines, feeds, web archives (WARC) and exports of Telegram, told by name or
beginning. A .txt file may begin with its headline. A .jsonl file holds one report a line:
  {\"text\": \"…\", \"title\": \"…\", \"published\": \"2025-10-22\", \"outlet\": \"…\", \"id\": \"…\"}
Only `text` is required. Exit status: 0 all well, 2 some input was bad (the rest is still coded).";

#[derive(Debug, Args)]
pub(crate) struct InputOptions {
    /// Files (.txt, .html, .jsonl; feeds as .xml, .rss, .atom; .warc, .warc.gz; a Telegram export's
    /// result.json), folders of them, or `-` for standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,

    /// What the files and standard input are, where their names and beginnings do not tell; folders
    /// go by names.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) from: Option<InputFormat>,

    /// Day or moment of publication, for reports that state none: it anchors "on Tuesday".
    #[arg(long, value_name = "DATE", value_parser = published)]
    pub(crate) published: Option<Published>,
}

/// What is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// Plain text, one report a file.
    Text,
    /// A web page, one report a file.
    Html,
    /// One JSON object with a `text` a line.
    Jsonl,
    /// RSS 2.0, RSS 1.0 or Atom.
    Feed,
    /// A web archive, packed or not.
    Warc,
    /// An export of Telegram's desktop program.
    Telegram,
    /// A PDF document (needs poppler's pdftotext).
    Pdf,
    /// A Word document.
    Docx,
}

impl InputFormat {
    /// As the reader names it.
    pub(crate) fn format(self) -> input::Format {
        match self {
            Self::Text => input::Format::Text,
            Self::Html => input::Format::Html,
            Self::Jsonl => input::Format::Lines,
            Self::Feed => input::Format::Feed,
            Self::Warc => input::Format::Archive,
            Self::Telegram => input::Format::Telegram,
            Self::Pdf => input::Format::Pdf,
            Self::Docx => input::Format::Docx,
        }
    }
}

impl InputOptions {
    /// The reports.
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
pub(crate) struct CodeOptions {
    #[command(flatten)]
    pub(crate) input: InputOptions,

    #[command(flatten)]
    pub(crate) own: OwnOptions,

    /// How to print the sheets; JSON is of the schema sayso.sheet/1.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,

    /// How many reports to code at once; the output does not depend on it. [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainOptions {
    #[command(flatten)]
    pub(crate) input: InputOptions,

    #[command(flatten)]
    pub(crate) own: OwnOptions,
}

/// How sheets or incidents are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading.
    Text,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
}

/// When colour is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Makes the choice hold for everything printed from here on.
    pub(crate) fn apply(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

fn published(written: &str) -> Result<Published, String> {
    Published::parse(written).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_wrong_date_says_what_is_allowed() {
        let error =
            Arguments::try_parse_from(["sayso", "code", "a.txt", "--published", "22.10.25"])
                .unwrap_err()
                .to_string();
        assert!(
            error.contains("22.10.25") && error.contains("2025-10-22"),
            "{error}"
        );
    }
}
