//! `sayso --version` names what makes a sheet.

use sayso_coder::Coder;

/// `-V`: the program's version.
pub(crate) fn short() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// `--version`: program, model, lexicon and gazetteer.
///
/// Loads all of them, so that a version is only printed for what can be used.
pub(crate) fn long() -> String {
    match Coder::shipped() {
        Ok(coder) => format!(
            "{}\nmodel {}\nlexicon {}\ngazetteer {}",
            coder.made_by().sayso, coder.made_by().model, coder.made_by().lexicon, coder.made_by().gazetteer
        ),
        Err(error) => format!("{}\n{error}", short()),
    }
}
