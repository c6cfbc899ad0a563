//! `sayso --version` names what makes a sheet.

use std::io::{self, Write as _};

use sayso_coder::Coder;

use super::Failure;

/// Prints the versions of program, model, lexicon, gazetteer and registry.
///
/// # Errors
/// Where one of them cannot be used: a version is only printed for what can.
pub(crate) fn run() -> Result<usize, Failure> {
    let coder = Coder::shipped()?;
    let made_by = coder.made_by();
    writeln!(
        io::stdout(),
        "sayso {}\nmodel {}\nlexicon {}\ngazetteer {}\nregistry {}",
        made_by.sayso,
        made_by.model,
        made_by.lexicon,
        made_by.gazetteer,
        made_by.registry
    )?;
    Ok(0)
}
