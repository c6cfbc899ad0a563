//! What a user brings beside the shipped model, lexicon, gazetteer and registry.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sayso_lexicon::Lexicon;
use sayso_lexicon::own::read_places;
use sayso_place::Gazetteer;
use sayso_registry::own::read_actors;
use sayso_registry::{Builder, Registry};
use sha2::{Digest as _, Sha256};

use crate::{CoderError, shipped};

/// Files of the user's own; each stands for what is shipped, or adds to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// A gazetteer in the place of the shipped one, made by [`sayso_place::import`].
    pub gazetteer: Option<PathBuf>,
    /// A CSV of places ([`sayso_lexicon::own::read_places`]), added to the lexicon's.
    pub places: Option<PathBuf>,
    /// A CSV or TOML of actors ([`sayso_registry::own::read_actors`]), before the shipped registry.
    pub actors: Option<PathBuf>,
}

impl Own {
    /// The user's gazetteer, else the shipped one.
    ///
    /// # Errors
    /// [`CoderError::OwnGazetteer`] names the file.
    pub fn gazetteer(&self) -> Result<Gazetteer, CoderError> {
        match &self.gazetteer {
            Some(path) => Gazetteer::open(path).map_err(|source| CoderError::OwnGazetteer {
                path: path.clone(),
                source,
            }),
            None => Ok(Gazetteer::from_static(shipped::PLACES)?),
        }
    }

    /// The shipped lexicon with the user's places.
    ///
    /// # Errors
    /// A [`CoderError`] that names file and line.
    pub fn lexicon(&self) -> Result<Lexicon, CoderError> {
        let mut lexicon = Lexicon::builtin()?;
        if let Some(path) = &self.places {
            let text = read(path)?;
            let places = read_places(&path.display().to_string(), &text)?;
            lexicon.places = lexicon.places.with_own(places);
            // Other places, other sheets.
            lexicon.version = format!("{}+places-{}", lexicon.version, mark(&text));
        }
        Ok(lexicon)
    }
}

impl Own {
    /// The shipped registry, behind the user's actors.
    ///
    /// # Errors
    /// A [`CoderError`] that names file and line.
    pub fn registry(&self) -> Result<Registry, CoderError> {
        let registry = Registry::from_static(shipped::ACTORS)?;
        let Some(path) = &self.actors else {
            return Ok(registry);
        };
        let text = read(path)?;
        let mut builder = Builder::new();
        for actor in read_actors(&path.display().to_string(), &text)? {
            builder.add(actor);
        }
        // Other actors, other sheets.
        let bytes = builder.finish(&format!("actors-{}", mark(&text)))?;
        Ok(registry.with_own(bytes)?)
    }
}

/// Largest file of places or actors of one's own, in bytes.
const LARGEST: u64 = 64_000_000;

/// The text of a file.
fn read(path: &Path) -> Result<String, CoderError> {
    read_within(path, LARGEST).map_err(|source| CoderError::Read {
        path: path.to_owned(),
        source,
    })
}

fn read_within(path: &Path, limit: u64) -> io::Result<String> {
    // A character may be cut at the limit: bytes first.
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        let what = format!("larger than {} MB", limit / 1_000_000);
        return Err(io::Error::new(io::ErrorKind::InvalidData, what));
    }
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// First eight digits of the SHA-256 of `text`.
fn mark(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let first = digest
        .iter()
        .take(4)
        .fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte));
    format!("{first:08x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_beyond_the_limit_is_not_read_to_its_end() {
        let path = std::env::temp_dir().join(format!("sayso-own-{}.csv", std::process::id()));
        std::fs::write(&path, "name,kind\nÉlan,rebels\n").unwrap();
        assert!(read_within(&path, 100).unwrap().contains("Élan"));
        // Within the first letter of the name, which has two bytes.
        let told = read_within(&path, 10).unwrap_err().to_string();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(told, "larger than 0 MB");
    }
}
