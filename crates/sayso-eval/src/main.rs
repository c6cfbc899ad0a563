//! Scores sheets against gold, studies the errors, and writes `docs/ACCURACY.md`.
//!
//! ```text
//! cargo run --release -p sayso-eval -- page PATH          # the whole page
//! cargo run --release -p sayso-eval -- set sheets PATH    # one set, to standard output
//! cargo run --release -p sayso-eval -- set polnear PATH --show "missed: noun"
//! ```
//!
//! PATH holds the scorers (`eval/`) and the gold (`data/`). Headline figures are the scorer's own
//! ([`scorer`]); this program adds what a scorer does not say: which constructions are found
//! ([`statement`]), which kinds of error there are, how events fare by type ([`event`]), and how
//! far a figure may be off by the choice of documents ([`interval`]). Its matching of gold and
//! prediction is checked against the scorer's counts on every run.
#![allow(clippy::print_stdout)]

mod actors;
mod coding;
mod confidence;
mod event;
mod gold;
mod interval;
mod links;
mod page;
mod parallel;
mod place;
mod plover;
mod run;
mod scorer;
mod sets;
mod statement;
mod table;
mod times;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};

/// Scores sheets against gold, studies the errors, and writes `docs/ACCURACY.md`.
#[derive(Debug, Parser)]
#[command(name = "sayso-eval", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the whole page.
    Page {
        /// The folder with `eval/` and `data/`.
        shared: PathBuf,
        /// Where to write.
        #[arg(long, default_value = "docs/ACCURACY.md", value_name = "FILE")]
        out: PathBuf,
    },
    /// Print the part of the page that is about one set.
    Set {
        /// Name of the set; a wrong one prints what there is.
        name: String,
        /// The folder with `eval/` and `data/`.
        shared: PathBuf,
        /// Other gold in the format of the set.
        #[arg(long, value_name = "PATH")]
        gold: Option<PathBuf>,
        /// Print every error whose kind starts so, with its words, in place of the tables.
        #[arg(long, value_name = "KIND")]
        show: Option<String>,
    },
    /// Write `lexicon/link/rarity.tsv`.
    Rarity {
        /// The folder with `data/`.
        shared: PathBuf,
        /// Where to write.
        #[arg(long, default_value = "lexicon/link/rarity.tsv", value_name = "FILE")]
        out: PathBuf,
    },
    /// Fit `lexicon/confidence.tsv`, and measure how far confidence tells what is right.
    Confidence {
        /// The folder with `eval/` and `data/`.
        shared: PathBuf,
        /// Further folders of whole sheets to learn from.
        #[arg(long, value_name = "FOLDER")]
        gold: Vec<PathBuf>,
        /// Where to write the weights.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Where to write the tables of reports that the weights have not seen, beside printing them.
        #[arg(long, value_name = "FILE")]
        tables: Option<PathBuf>,
        /// Where to write what is learned from: signs and whether they were right, no words.
        #[arg(long, value_name = "FILE")]
        rows: Option<PathBuf>,
    },
    /// Make noisy copies of texts, and measure how many are found.
    Copies {
        /// The folder with `data/`.
        shared: PathBuf,
        /// Texts of the project's own.
        #[arg(long, default_value = "samples", value_name = "FOLDER")]
        samples: PathBuf,
    },
    /// Fit `lexicon/link/weights.tsv`, and show what the weights do.
    Links {
        /// What `sayso code --format jsonl` made of the gold's reports.
        sheets: PathBuf,
        /// The folder with `docs.jsonl`.
        gold: PathBuf,
        /// `data/train/wcep_daily/items.jsonl`, of which pairs were read by hand.
        items: PathBuf,
        /// Reports before this day are fitted on; those after are looked at only.
        #[arg(long, default_value = "2016-07-01", value_name = "DAY")]
        until: String,
        /// Where to write.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sayso-eval: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let write = |out: &PathBuf, text: String| {
        std::fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))
    };
    match command {
        Command::Rarity { shared, out } => write(&out, links::rarity(&shared)?),
        Command::Confidence {
            shared,
            gold,
            out,
            tables,
            rows,
        } => {
            let all = confidence::learn(&scorer::Scorer::open(&shared)?, &gold)?;
            let found = confidence::tables(&all);
            print!("{found}");
            if let Some(tables) = tables {
                write(&tables, found)?;
            }
            if let Some(rows) = rows {
                write(&rows, confidence::rows::printed(&all))?;
            }
            out.map_or(Ok(()), |out| write(&out, confidence::file(&all)))
        }
        Command::Copies { shared, samples } => {
            print!("{}", links::copies(&shared, &samples)?);
            Ok(())
        }
        Command::Links {
            sheets,
            gold,
            items,
            until,
            out,
        } => {
            let text = links::study(&sheets, &gold, &items, &until)?;
            out.map_or(Ok(()), |out| write(&out, text))
        }
        Command::Page { shared, out } => {
            let text = page::whole(&scorer::Scorer::open(&shared)?)?;
            write(&out, text)
        }
        Command::Set {
            name,
            shared,
            gold,
            show,
        } => {
            let set = sets::named(&name)?;
            let scorer = scorer::Scorer::open(&shared)?;
            let gold = gold.unwrap_or_else(|| scorer.gold(set));
            let text = match show {
                Some(kind) => page::errors(&scorer, set, &gold, &kind)?,
                None => page::section(&scorer, set, &gold)?,
            };
            print!("{text}");
            Ok(())
        }
    }
}
