//! Makes the shipped registry of public facts: see `registry/CARD.md`.
//!
//! The order matters: bodies of states, then this project's own lines, then the sources. A record
//! that names what is already there in a common country adds its names and ids to it; else it is
//! an actor of its own, where its source is one of groups and not of sanctioned firms or persons.

mod countries;
mod drafts;
mod ofac;
mod own_lines;
mod phoenix;
mod read;
mod sanctions;
mod states;
mod text;
mod ucdp;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::{Builder, RegistryError};
use countries::Countries;
use drafts::Drafts;

/// Where the facts are.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The folder with `ucdp-actors`, `sanctions-names`, `ofac-sdn`, `petrarch`, `plover`,
    /// `country-names` and `geonames-admin`.
    pub folder: PathBuf,
    /// `lexicon/` of this repository.
    pub lexicon: PathBuf,
}

/// Why no registry can be made.
#[derive(Debug)]
pub enum FactsError {
    /// A file cannot be read.
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// A file is not as it should be.
    Form {
        /// The file.
        path: PathBuf,
        /// Line, from 1; 0 where the whole is meant.
        line: u64,
        /// What was found.
        found: String,
        /// What should be there.
        allowed: &'static str,
    },
    /// The bytes cannot be made.
    Registry(RegistryError),
}

impl fmt::Display for FactsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, .. } => write!(f, "cannot read {}", path.display()),
            Self::Form {
                path,
                line,
                found,
                allowed,
            } => write!(
                f,
                "{}, line {line}: `{found}` is not allowed here; expected {allowed}",
                path.display()
            ),
            Self::Registry(_) => f.write_str("the registry cannot be written"),
        }
    }
}

impl std::error::Error for FactsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::Registry(error) => Some(error),
            Self::Form { .. } => None,
        }
    }
}

/// For each source: how many records it had that were taken, and how many of them joined an actor
/// that was there.
pub type Counts = BTreeMap<&'static str, (usize, usize)>;

/// The bytes of the registry, and what is in it by source.
///
/// # Errors
/// A [`FactsError`] that names the file.
pub fn build(facts: &Facts, edition: &str) -> Result<(Vec<u8>, Counts), FactsError> {
    let at = |path: &str| facts.folder.join(path);
    let countries = Countries::read(&facts.lexicon, &at("plover/NGEC_countries.csv"))?;
    let mut drafts = Drafts::default();
    states::read(
        &mut drafts,
        &facts.lexicon,
        &at("country-names"),
        &at("geonames-admin/countryInfo.txt"),
        &countries,
    )?;
    own_lines::read(&mut drafts, &facts.lexicon)?;
    ucdp::read(
        &mut drafts,
        &at("ucdp-actors/ucdp-actor-221.csv"),
        &countries,
    )?;
    sanctions::read(&mut drafts, &at("sanctions-names/sanctions_names.tsv.gz"))?;
    ofac::read(&mut drafts, &at("ofac-sdn/sdn_2023-11.csv.gz"))?;
    phoenix::read(&mut drafts, &at("petrarch"), &countries)?;
    let (actors, counts) = drafts.finish();
    let mut builder = Builder::new();
    for actor in actors {
        builder.add(actor);
    }
    let bytes = builder.finish(edition).map_err(FactsError::Registry)?;
    Ok((bytes, counts))
}

/// A path below a folder.
fn below(folder: &Path, name: &str) -> PathBuf {
    folder.join(name)
}
