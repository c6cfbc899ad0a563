//! What can be typed for the ledger.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use sayso_coder::Own;
use sayso_ledger::{Bounds, Moment, Place};

use super::{InputOptions, OwnOptions};
use crate::batch;

/// Which ledger.
#[derive(Debug, Args)]
pub(crate) struct LedgerOptions {
    /// The ledger: a file, or the address of a PostgreSQL database (postgres://…).
    #[arg(long, value_name = "PLACE", default_value = "sayso.db")]
    pub(crate) ledger: String,

    /// The file of its keys, for a ledger in a file. [default: PLACE.keys]
    #[arg(long, value_name = "FILE")]
    pub(crate) keys: Option<PathBuf>,

    /// A file with the passphrase, for a ledger that is encrypted, or is to be.
    /// [default: SAYSO_PASSPHRASE, or asked for]
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

impl LedgerOptions {
    /// As the ledger takes it.
    pub(crate) fn place(&self) -> Place {
        Place::parse(&self.ledger, self.keys.as_deref())
    }
}

/// What a view may know.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct ViewOptions {
    /// Only what the ledger had recorded by then; a day counts to its end in UTC.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) as_of: Option<Moment>,

    /// Only what had been published by then.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) published_by: Option<Moment>,
}

impl ViewOptions {
    /// As the ledger takes it.
    pub(crate) fn bounds(self) -> Bounds {
        Bounds {
            as_of: self.as_of,
            published_by: self.published_by,
        }
    }
}

/// How one report or a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Shown {
    /// For reading.
    Text,
    /// JSON.
    Json,
}

pub(crate) const ADD_HELP: &str = "\
Examples:
  sayso add reports/ --ledger sayso.db
  sayso add archive.jsonl --ledger postgres://desk@db.example.org/sayso
  sayso add https://outlet.example/feed.xml crawl.warc.gz telegram/result.json
  sayso add sheets.jsonl --sheets          # what `sayso code --format jsonl` wrote elsewhere
  sayso report ID

A report that is there already is left alone, so an interrupted run is simply started again. A known
id with another content is refused and listed; --corrections records it as the outlet's correction.
Entries of feeds and posts of channels have ids of the outlet's own: changed ones are its corrections.
What somebody took back on the desk stays away, so that a feed that is read every hour does not undo
it; --bring-back NAME brings it back.
An address (https://…) is the only thing for which a connection is opened.
Content is encrypted under a key for each report. The keys lie beside the ledger (PLACE.keys): `sayso
backup` takes both. With a passphrase a new ledger is encrypted as a whole, an older one by `sayso ledger
encrypt`.";

#[derive(Debug, Args)]
pub(crate) struct AddOptions {
    #[command(flatten)]
    pub(crate) input: InputOptions,

    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    #[command(flatten)]
    pub(crate) own: OwnOptions,

    /// The files are sheets, one a line, as `sayso code --format jsonl` writes them: each is checked
    /// against its report and kept, and nothing is coded.
    #[arg(long)]
    pub(crate) sheets: bool,

    /// Take another content under a known id for a correction by the outlet.
    #[arg(long)]
    pub(crate) corrections: bool,

    /// Ask addresses of this machine and of private networks as well (http://192.168.1.7/feed), and
    /// follow redirects there.
    #[arg(long)]
    pub(crate) allow_private: bool,

    /// Bring reports back, under this name, that were taken back with their import on the desk.
    #[arg(long, value_name = "NAME")]
    pub(crate) bring_back: Option<String>,

    /// How many reports to code at once. [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Args)]
pub(crate) struct RecodeOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    #[command(flatten)]
    pub(crate) own: OwnOptions,

    /// How many reports to code at once. [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

impl RecodeOptions {
    /// How many reports are coded at once.
    pub(crate) fn jobs(&self) -> NonZeroUsize {
        batch::jobs(self.jobs)
    }
}

impl AddOptions {
    /// How many reports are coded, or sheets read, at once.
    pub(crate) fn jobs(&self) -> NonZeroUsize {
        batch::jobs(self.jobs)
    }
}

#[derive(Debug, Args)]
pub(crate) struct VerifyOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    /// A head that was kept elsewhere: finds out whether the ledger was cut off or written anew.
    #[arg(long, value_name = "HASH", value_parser = hash)]
    pub(crate) head: Option<sayso_ledger::Hash>,
}

#[derive(Debug, Args)]
pub(crate) struct HeadOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
}

#[derive(Debug, Args)]
pub(crate) struct EraseOptions {
    /// Id of the report.
    #[arg(value_name = "REPORT")]
    pub(crate) report: String,

    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    /// Why. This stays readable for ever: do not repeat what is erased.
    #[arg(long, value_name = "WORDS")]
    pub(crate) why: String,

    /// Your name.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
}

#[derive(Debug, Args)]
pub(crate) struct ExportOptions {
    /// The file to write, or `-` for standard output.
    #[arg(value_name = "FILE")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    /// Also write every key into this file: with both, anyone can read everything.
    #[arg(long, value_name = "FILE")]
    pub(crate) with_keys: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportLedgerOptions {
    /// The export, or `-` for standard input.
    #[arg(value_name = "FILE")]
    pub(crate) input: PathBuf,

    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    /// The file of keys that was exported with it.
    #[arg(long, value_name = "FILE")]
    pub(crate) with_keys: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ReportOptions {
    /// Id of the report.
    #[arg(value_name = "REPORT")]
    pub(crate) report: String,

    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    #[command(flatten)]
    pub(crate) view: ViewOptions,

    /// How to print it.
    #[arg(long, value_enum, default_value_t = Shown::Text, value_name = "FORMAT")]
    pub(crate) format: Shown,
}

#[derive(Debug, Args)]
pub(crate) struct SearchOptions {
    /// Words that all stand in a report, in any order; case and accents do not count.
    #[arg(required = true, value_name = "WORD")]
    pub(crate) words: Vec<String>,

    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    #[command(flatten)]
    pub(crate) view: ViewOptions,

    /// How to print what is found.
    #[arg(long, value_enum, default_value_t = Shown::Text, value_name = "FORMAT")]
    pub(crate) format: Shown,
}

/// Who decides, and why.
#[derive(Debug, Args)]
pub(crate) struct SignedOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    /// Your name.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,

    /// Your reason.
    #[arg(long, value_name = "WORDS")]
    pub(crate) why: Option<String>,
}

/// A finding, or a field of it.
#[derive(Debug, Args)]
pub(crate) struct FindingOptions {
    /// Id of the report.
    #[arg(value_name = "REPORT")]
    pub(crate) report: String,

    /// Id of the statement or event (s:… or e:…), as `sayso report` shows it.
    #[arg(value_name = "FINDING")]
    pub(crate) finding: String,

    /// The field, if not the finding as a whole: acled, place.country, tolls.0.low, …
    #[arg(long, value_name = "PATH")]
    pub(crate) field: Option<String>,

    #[command(flatten)]
    pub(crate) signed: SignedOptions,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReviewCommand {
    /// A finding, or a field of it, is right.
    Accept(FindingOptions),
    /// A field should have another value: in plain words for an event, or any field by its path.
    #[command(after_help = CORRECT_HELP)]
    Correct {
        #[command(flatten)]
        finding: FindingOptions,
        /// The right value of --field: JSON, or else a word as it stands.
        #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
        value: Option<String>,
        /// What the event is: a sub-event type of ACLED ("Armed clash"), or the name of a file of
        /// lexicon/frames/ (armed-clash).
        #[arg(long = "type", value_name = "TYPE")]
        kind: Option<String>,
        /// Whether it happened (asserted, denied, disputed, alleged, planned).
        #[arg(long, value_name = "STATUS")]
        status: Option<String>,
        #[command(flatten)]
        facts: FactOptions,
    },
    /// A finding is wrong and is left out; with --field, the field is emptied, or one of several
    /// (tolls.1, side_a.0) taken out.
    Reject(FindingOptions),
    /// Add a statement that was missed, in the words of the report.
    Statement(StatementOptions),
    /// Add an event that was missed, in the words of the report.
    Event(EventOptions),
    /// The outlet took a report back.
    Withdraw {
        /// Id of the report.
        #[arg(value_name = "REPORT")]
        report: String,
        /// When the outlet said so.
        #[arg(long, value_name = "DATE")]
        published: Option<String>,
        #[command(flatten)]
        signed: SignedOptions,
    },
    /// The outlet stands by a report that was withdrawn, or never took it back.
    Reinstate {
        /// Id of the report.
        #[arg(value_name = "REPORT")]
        report: String,
        /// When the outlet said so.
        #[arg(long, value_name = "DATE")]
        published: Option<String>,
        #[command(flatten)]
        signed: SignedOptions,
    },
    /// Incidents are one.
    Merge {
        /// Ids of the incidents.
        #[arg(required = true, num_args = 2.., value_name = "INCIDENT")]
        incidents: Vec<String>,
        #[command(flatten)]
        signed: SignedOptions,
    },
    /// Reports are not of an incident but make one of their own.
    Split {
        /// Id of the incident.
        #[arg(value_name = "INCIDENT")]
        incident: String,
        /// Ids of the reports.
        #[arg(required = true, value_name = "REPORT")]
        reports: Vec<String>,
        #[command(flatten)]
        signed: SignedOptions,
    },
    /// An origin is not reliable: its figures count for no range, in any incident.
    Distrust(OriginOptions),
    /// An origin is reliable after all.
    Trust(OriginOptions),
}

const CORRECT_HELP: &str = "\
Examples:
  sayso review correct REPORT e:1a2b3c4d5e6f --killed 7 --by NAME
  sayso review correct REPORT e:1a2b3c4d5e6f --place 'Wad Madani' --time 2025-05-12 --by NAME
  sayso review correct REPORT e:1a2b3c4d5e6f --injured unknown --status alleged --by NAME
  sayso review correct REPORT s:1a2b3c4d5e6f --field act --value deny --by NAME

Each field that changes is recorded as a review of its own.";

/// What is known of an event, in plain words.
#[derive(Debug, Args)]
pub(crate) struct FactOptions {
    /// How many were killed: 7, `at least 7`, `up to 9`, `about 40`, 5-9, none or unknown.
    #[arg(long, value_name = "COUNT", allow_hyphen_values = true)]
    pub(crate) killed: Option<String>,

    /// How many were injured, in the same way.
    #[arg(long, value_name = "COUNT", allow_hyphen_values = true)]
    pub(crate) injured: Option<String>,

    /// How many are missing.
    #[arg(long, value_name = "COUNT", allow_hyphen_values = true)]
    pub(crate) missing: Option<String>,

    /// How many were abducted.
    #[arg(long, value_name = "COUNT", allow_hyphen_values = true)]
    pub(crate) abducted: Option<String>,

    /// How many were detained.
    #[arg(long, value_name = "COUNT", allow_hyphen_values = true)]
    pub(crate) detained: Option<String>,

    /// How many were displaced.
    #[arg(long, value_name = "COUNT", allow_hyphen_values = true)]
    pub(crate) displaced: Option<String>,

    /// Where: a name of the gazetteer, with the country where several have it (`Wad Madani, SDN`),
    /// or a number of GeoNames.
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<String>,

    /// When: a day (2025-05-12), or the first and the last (2025-05-12/2025-05-14).
    #[arg(long, value_name = "DAYS")]
    pub(crate) time: Option<String>,

    #[command(flatten)]
    pub(crate) own: PlaceOptions,
}

/// Where names of places are looked up.
#[derive(Debug, Args)]
pub(crate) struct PlaceOptions {
    /// A gazetteer made by `sayso gazetteer import`, in the place of the shipped one.
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,

    /// A CSV of places of your own, as `sayso code` takes it.
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
}

impl PlaceOptions {
    /// As the coder takes it.
    pub(crate) fn own(&self) -> Own {
        Own {
            gazetteer: self.gazetteer.clone(),
            places: self.places.clone(),
            actors: None,
        }
    }
}

/// An origin, where it was met.
#[derive(Debug, Args)]
pub(crate) struct OriginOptions {
    /// Id of an incident that it is an origin of.
    #[arg(value_name = "INCIDENT")]
    pub(crate) incident: String,

    /// Its id (o:…), as `sayso show` shows it.
    #[arg(value_name = "ORIGIN")]
    pub(crate) origin: String,

    #[command(flatten)]
    pub(crate) signed: SignedOptions,
}

#[derive(Debug, Args)]
pub(crate) struct StatementOptions {
    /// Id of the report.
    #[arg(value_name = "REPORT")]
    pub(crate) report: String,

    /// What is said: words of the report.
    #[arg(long, value_name = "WORDS")]
    pub(crate) content: String,

    /// What the speaker does by saying it (report, deny, accuse, …).
    #[arg(long, value_name = "ACT", default_value = "report")]
    pub(crate) act: String,

    /// The words that report.
    #[arg(long, value_name = "WORDS")]
    pub(crate) cue: Option<String>,

    /// Who says it, then who passes it on: words of the report.
    #[arg(long = "source", value_name = "WORDS")]
    pub(crate) sources: Vec<String>,

    /// Kind of each source (eyewitness, monitor, …), in the same order. [default: unknown]
    #[arg(long = "source-kind", value_name = "KIND")]
    pub(crate) kinds: Vec<String>,

    /// The content itself is negated.
    #[arg(long)]
    pub(crate) negated: bool,

    /// How sure the speaker is (certain, probable, possible).
    #[arg(long, value_name = "DEGREE", default_value = "certain")]
    pub(crate) certainty: String,

    /// Events that it tells of (e:…).
    #[arg(long = "of-event", value_name = "EVENT")]
    pub(crate) events: Vec<String>,

    #[command(flatten)]
    pub(crate) signed: SignedOptions,
}

#[derive(Debug, Args)]
pub(crate) struct EventOptions {
    /// Id of the report.
    #[arg(value_name = "REPORT")]
    pub(crate) report: String,

    /// The words that tell of it.
    #[arg(long, value_name = "WORDS")]
    pub(crate) anchor: String,

    /// What it is: a sub-event type of ACLED ("Armed clash"), or the name of a file of
    /// lexicon/frames/ (armed-clash).
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) kind: String,

    /// Who did it; of a clash, either side.
    #[arg(long = "side-a", value_name = "WORDS")]
    pub(crate) side_a: Vec<String>,

    /// To whom.
    #[arg(long = "side-b", value_name = "WORDS")]
    pub(crate) side_b: Vec<String>,

    /// Whether it happened (asserted, denied, disputed, alleged, planned).
    #[arg(long, value_name = "STATUS", default_value = "asserted")]
    pub(crate) status: String,

    /// Statements that tell of it (s:…).
    #[arg(long = "of-statement", value_name = "STATEMENT")]
    pub(crate) statements: Vec<String>,

    #[command(flatten)]
    pub(crate) facts: FactOptions,

    #[command(flatten)]
    pub(crate) signed: SignedOptions,
}

pub(super) fn moment(written: &str) -> Result<Moment, String> {
    Moment::latest(written).ok_or_else(|| {
        format!(
            "`{written}` is no time: use a day such as 2025-10-22 or a time such as \
             2025-10-22T14:00:00Z"
        )
    })
}

fn hash(written: &str) -> Result<sayso_ledger::Hash, String> {
    sayso_ledger::Hash::parse(written).ok_or_else(|| {
        format!("`{written}` is no head: use the 64 digits that `sayso head` printed")
    })
}
