//! The `sayso` command: reads reports, codes them, prints sheets.
//!
//! Results go to standard output, notes and errors to standard error. Exit status: 0 all well,
//! 1 the program itself could not run, 2 some input was bad (everything else was still coded), or the
//! ledger is not sound.

mod arguments;
mod command;
mod filter;
mod show;

use std::process::ExitCode;

use clap::Parser as _;
use sayso_coder::batch;

use crate::arguments::{ActorsCommand, Arguments, Command, GazetteerCommand};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    arguments.color.apply();
    let outcome = match &arguments.command {
        _ if arguments.version => command::version::run(),
        Some(Command::Code(options)) => command::code::run(options),
        Some(Command::Incidents(options)) => command::incidents::run(options),
        Some(Command::Export(options)) => command::export::run(options),
        Some(Command::Show(options)) => command::ledger::show::run(options),
        Some(Command::Diff(options)) => command::ledger::diff::run(options),
        Some(Command::Explain(options)) => command::explain::run(options),
        Some(Command::Actors(ActorsCommand::Find(options))) => command::actors::run(options),
        Some(Command::Gazetteer(GazetteerCommand::Find(options))) => {
            command::gazetteer::find::run(options)
        }
        Some(Command::Gazetteer(GazetteerCommand::Import(options))) => {
            command::gazetteer::import::run(options)
        }
        Some(Command::Add(options)) => command::ledger::add::run(options),
        Some(Command::Report(options)) => command::ledger::report::run(options),
        Some(Command::Search(options)) => command::ledger::search::run(options),
        Some(Command::Review(what)) => command::ledger::review::run(what),
        Some(Command::Recode(options)) => command::ledger::recode::run(options),
        Some(Command::Verify(options)) => command::ledger::verify::run(options),
        Some(Command::Head(options)) => command::ledger::head::run(options),
        Some(Command::Erase(options)) => command::ledger::erase::run(options),
        Some(Command::ExportLedger(options)) => command::ledger::export::run(options),
        Some(Command::ImportLedger(options)) => command::ledger::import::run(options),
        Some(Command::Backup(options)) => command::backup::write::run(options),
        Some(Command::Restore(options)) => command::backup::restore::run(options),
        Some(Command::Ledger(what)) => command::ledger::lock::run(what),
        Some(Command::Desk(options)) => command::desk::own::run(options),
        Some(Command::Serve(options)) => command::desk::serve::run(options),
        Some(Command::Users(what)) => command::desk::users::run(what),
        None => command::help(),
    };
    match outcome {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_bad_inputs) => ExitCode::from(2),
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            anstream::eprintln!(
                "{}: {}",
                show::style::paint(show::style::ERROR, "error"),
                show::style::safe(&failure.to_string())
            );
            ExitCode::FAILURE
        }
    }
}
