//! Passphrases: from a file, from the environment, or asked for at a terminal.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::Path;

use sayso_ledger::Passphrase;

use super::Failure;

/// The variable that holds the passphrase of a ledger.
const VARIABLE: &str = "SAYSO_PASSPHRASE";

/// The variable that holds a new one.
const NEW: &str = "SAYSO_NEW_PASSPHRASE";

/// A passphrase that is given: in a file, else in the environment.
///
/// # Errors
/// Where the file cannot be read, or what is given cannot be a passphrase.
pub(crate) fn given(file: Option<&Path>) -> Result<Option<Passphrase>, Failure> {
    given_in(file, VARIABLE)
}

fn given_in(file: Option<&Path>, variable: &str) -> Result<Option<Passphrase>, Failure> {
    let written = match file {
        Some(file) => {
            let failed = |error| Failure::File(file.to_path_buf(), error);
            Some(fs::read_to_string(file).map_err(failed)?)
        }
        None => std::env::var(variable).ok().filter(|set| !set.is_empty()),
    };
    Ok(written
        .map(|written| Passphrase::new(&written))
        .transpose()?)
}

/// Whether somebody can be asked.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for the passphrase of a ledger; what is typed is not shown.
///
/// # Errors
/// Where the terminal cannot be used.
pub(crate) fn ask() -> Result<Passphrase, Failure> {
    asked("passphrase: ")
}

/// A passphrase that exists: given, or asked for.
///
/// # Errors
/// As [`given`] and [`ask`]; where nobody can be asked.
pub(crate) fn existing(file: Option<&Path>) -> Result<Passphrase, Failure> {
    match given(file)? {
        Some(passphrase) => Ok(passphrase),
        None if can_ask() => ask(),
        None => Err(nobody("--passphrase-file FILE", VARIABLE)),
    }
}

/// A passphrase for a ledger that has none: given, or asked for twice.
///
/// # Errors
/// As [`existing`]; where the two that were typed differ.
pub(crate) fn first(file: Option<&Path>) -> Result<Passphrase, Failure> {
    new_in(file, VARIABLE, "--passphrase-file FILE")
}

/// A passphrase in the place of another.
///
/// # Errors
/// As [`first`].
pub(crate) fn next(file: Option<&Path>) -> Result<Passphrase, Failure> {
    new_in(file, NEW, "--new-passphrase-file FILE")
}

fn new_in(file: Option<&Path>, variable: &str, option: &str) -> Result<Passphrase, Failure> {
    if let Some(passphrase) = given_in(file, variable)? {
        return Ok(passphrase);
    }
    if !can_ask() {
        return Err(nobody(option, variable));
    }
    let passphrase = asked("new passphrase: ")?;
    if asked("again: ")? == passphrase {
        return Ok(passphrase);
    }
    Err(Failure::Told(
        "the two passphrases differ: nothing was changed".to_owned(),
    ))
}

fn asked(prompt: &str) -> Result<Passphrase, Failure> {
    anstream::eprint!("{prompt}");
    let typed = rpassword::read_password()?;
    Ok(Passphrase::new(&typed)?)
}

fn nobody(option: &str, variable: &str) -> Failure {
    Failure::Told(format!(
        "no passphrase: give it with {option} or in {variable}, or run the command at a terminal"
    ))
}
