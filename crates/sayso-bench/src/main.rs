//! Benchmarks on real-sized input, with the answers checked inside.
//!
//! ```text
//! cargo build --release -p sayso-cli -p sayso-bench
//! target/release/sayso-bench --jobs 2
//! target/release/sayso-bench import --rows 12000000
//! target/release/sayso-bench growth --reports 1000,10000,100000
//! target/release/sayso-bench load
//! target/release/sayso-bench sheets --count 20000 > sheets.jsonl
//! ```
//!
//! Without a subcommand, coding is measured. The input is reports of about 400 words, mixed from the paragraphs of `samples/` (written for
//! this project, see samples/README.md). Measured: the time of each phase, reports a second with
//! one job and with many, word pieces a second of the encoder alone, peak memory, and the `sayso`
//! command itself: start to the sheet of one report, and a whole archive. Every sheet made by
//! many jobs is compared with the one made by a single job.
#![allow(clippy::print_stdout)]

mod command;
mod growth;
mod import;
mod inside;
mod load;
mod made;
mod memory;

use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use clap::{Parser, Subcommand};

/// Measures sayso: coding reports of about 400 words, if nothing else is said.
#[derive(Debug, Parser)]
#[command(name = "sayso-bench", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    benchmark: Option<Benchmark>,

    /// How many reports to code at once.
    #[arg(long, default_value = "2", value_name = "N")]
    jobs: NonZeroUsize,

    /// How many reports to make.
    #[arg(long, default_value = "200", value_name = "N")]
    reports: NonZeroUsize,

    /// How many times to start the command on one report.
    #[arg(long, default_value = "15", value_name = "N")]
    starts: NonZeroUsize,

    /// The repository, for samples/ and model/.
    #[arg(long, default_value = ".", value_name = "DIR")]
    repository: PathBuf,

    /// The `sayso` command to measure. [default: the one beside this program]
    #[arg(long, value_name = "FILE", global = true)]
    sayso: Option<PathBuf>,
}

/// What else can be measured.
#[derive(Debug, Subcommand)]
enum Benchmark {
    /// Adding to ledgers of growing size, and their incidents: time and memory a report.
    Growth {
        /// How many reports, for each ledger.
        #[arg(
            long,
            default_value = "1000,10000,100000",
            value_delimiter = ',',
            value_name = "N,N,…"
        )]
        reports: Vec<usize>,

        /// Where to make sheets and ledgers (some 20 kilobytes a report). [default: the temporary
        /// folder]
        #[arg(long, value_name = "DIR")]
        scratch: Option<PathBuf>,
    },
    /// A team at work: readers, reviewers and reports that arrive, against `sayso serve`.
    Load {
        /// Reports in the ledger before.
        #[arg(long, default_value = "2000", value_name = "N")]
        before: usize,

        /// How many read.
        #[arg(long, default_value = "50", value_name = "N")]
        readers: usize,

        /// How many review.
        #[arg(long, default_value = "5", value_name = "N")]
        reviewers: usize,

        /// Reports that arrive each second.
        #[arg(long, default_value = "20", value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        rate: u32,

        /// For how long.
        #[arg(long, default_value = "120", value_name = "SECONDS")]
        seconds: u64,

        /// An empty database of PostgreSQL (postgres://…). [default: SQLite]
        #[arg(long, value_name = "URL")]
        ledger: Option<String>,

        /// Where to make sheets and ledger. [default: the temporary folder]
        #[arg(long, value_name = "DIR")]
        scratch: Option<PathBuf>,
    },
    /// Importing a made dump of the size of GeoNames: time and memory.
    Import {
        /// How many places; GeoNames has about twelve million.
        #[arg(long, default_value = "1000000", value_name = "N")]
        rows: NonZeroU64,

        /// Where to make the dump (some 250 bytes a place). [default: the temporary folder]
        #[arg(long, value_name = "DIR")]
        scratch: Option<PathBuf>,
    },
    /// Prints made sheets, one a line: what `growth` fills its ledgers with.
    Sheets {
        /// How many.
        #[arg(long, default_value = "20000", value_name = "N")]
        count: usize,
    },
    /// Prints reports mixed from samples/, one a line, as `sayso code` reads them.
    Reports {
        /// How many.
        #[arg(long, default_value = "500", value_name = "N")]
        count: usize,
    },
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let sayso = arguments.sayso.clone().or_else(command::beside);
    match &arguments.benchmark {
        None => coding(&arguments, sayso.filter(|path| path.is_file())),
        Some(Benchmark::Growth { reports, scratch }) => {
            let sayso = sayso.context("no `sayso` beside this program, give --sayso")?;
            let size = growth::Size {
                reports: reports.clone(),
                scratch: scratch.clone(),
            };
            let rows = growth::measure(&sayso, &size, |row| println!("growth     {row}"))?;
            let allowed = growth::ALLOWED;
            let mut grown = Vec::new();
            for (what, times) in growth::growth(&rows) {
                println!("growth     {what}: {times:.2} times as much at most ({allowed} allowed)");
                if times > allowed {
                    grown.push(what);
                }
            }
            for kilobytes in growth::a_report(&rows) {
                println!("growth     memory of incidents: {kilobytes:.1} KB for each report more");
            }
            if rows.len() < 3 {
                println!("growth     memory of incidents: NOT COMPARED, give three sizes or more");
            }
            ensure!(
                grown.is_empty(),
                "more than {allowed} times as much: {}",
                grown.join(", ")
            );
            Ok(())
        }
        Some(Benchmark::Load {
            before,
            readers,
            reviewers,
            rate,
            seconds,
            ledger,
            scratch,
        }) => {
            let sayso = sayso.context("no `sayso` beside this program, give --sayso")?;
            let load = load::Load {
                before: *before,
                readers: *readers,
                reviewers: *reviewers,
                rate: *rate,
                seconds: *seconds,
                ledger: ledger.clone(),
                scratch: scratch.clone(),
            };
            let outcome = load::run(&sayso, &load)?;
            println!("load       {outcome}");
            ensure!(outcome.is_quick(), "a 95th percentile is 200 ms or more");
            Ok(())
        }
        Some(Benchmark::Import { rows, scratch }) => {
            let sayso = sayso.context("no `sayso` beside this program, give --sayso")?;
            let size = import::Size {
                rows: rows.get(),
                scratch: scratch.clone(),
            };
            println!("import     {}", import::measure(&sayso, &size)?);
            Ok(())
        }
        Some(Benchmark::Sheets { count }) => made::sheets(*count),
        Some(Benchmark::Reports { count }) => made::reports(&arguments.repository, *count),
    }
}

fn coding(arguments: &Arguments, sayso: Option<PathBuf>) -> anyhow::Result<()> {
    let folder = arguments.repository.join("samples");
    let texts = sayso_bench::reports::make(&folder, arguments.reports.get())
        .with_context(|| format!("making reports from {}", folder.display()))?;
    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    println!(
        "input      {} reports, {} words each on average, mixed from {}",
        texts.len(),
        words / texts.len(),
        folder.display()
    );

    // The command first: its memory must not be that of what runs here.
    match sayso {
        Some(path) => {
            let start = command::start(&path, &texts[0], arguments.starts.get())?;
            println!("start      {start}  (target 150 ms)");
            let run = command::archive(&path, &texts, arguments.jobs.get())?;
            println!("command    {run}  (targets 20 reports/s, 300 MB)");
        }
        None => println!("start      not measured: no `sayso` beside this program, give --sayso"),
    }

    let coder = inside::load()?;
    let phases = inside::phases(&coder, &arguments.repository.join("model"), &texts)?;
    println!("phases     {phases}");
    let encoder = inside::encoder(
        &arguments.repository.join("model"),
        &texts,
        arguments.jobs.get(),
    )?;
    println!("encoder    {encoder}");
    let one = inside::code_all(&coder, &texts, 1);
    println!("1 job      {one}");
    let many = inside::code_all(&coder, &texts, arguments.jobs.get());
    println!("{} jobs     {many}", arguments.jobs);
    if let Some(peak) = memory::peak("self") {
        println!("memory     {peak} MB at most in this program");
    }
    ensure!(
        one.sheets == many.sheets,
        "the sheets of {} jobs are not those of one job",
        arguments.jobs
    );
    ensure!(one.statements > 0, "no statement was found in any report");
    println!(
        "answers    {} sheets the same with 1 and {} jobs, {} statements, {} events",
        one.sheets.len(),
        arguments.jobs,
        one.statements,
        one.events
    );
    Ok(())
}
