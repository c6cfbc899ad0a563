//! The path of data in one call: a report becomes a reading and its sheet.
//!
//! ```text
//! Report ──sayso_text::read──▶ Reading ──Reader::annotate──▶ Reading ──sayso_core::code──▶ Sheet
//! ```
//!
//! The command line, the benchmarks and the bindings all go through [`Coder`], so that the same
//! report gives the same sheet everywhere.

pub mod batch;
mod error;
mod own;
mod shipped;

use std::num::NonZeroUsize;
use std::path::Path;

use sayso_api::MadeBy;
use sayso_core::{Knowledge, Sheet};
use sayso_lexicon::Lexicon;
use sayso_model::Reader;
use sayso_place::Gazetteer;
use sayso_registry::Registry;
use sayso_text::{Reading, Report};

pub use error::CoderError;
pub use own::Own;

/// Model, lexicon, gazetteer and registry, loaded once and shared by all threads.
#[derive(Debug)]
pub struct Coder {
    reader: Reader,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    registry: Registry,
    made_by: MadeBy,
}

/// One report, read and coded.
#[derive(Clone, Debug)]
pub struct Coded {
    /// What the spans of the sheet index.
    pub reading: Reading,
    /// What was found.
    pub sheet: Sheet,
}

impl Coder {
    /// The model, lexicon, gazetteer and registry that travel in the program. About 50 ms.
    ///
    /// # Errors
    /// Never in a released program: a test loads them all.
    pub fn shipped() -> Result<Self, CoderError> {
        Self::with(&Own::default())
    }

    /// A model folder and a gazetteer file of the user's own, with the lexicon and registry of the
    /// program.
    ///
    /// # Errors
    /// A [`CoderError`] that names the file at fault.
    pub fn open(model: &Path, gazetteer: &Path) -> Result<Self, CoderError> {
        let (reader, gazetteer) = (Reader::open(model)?, Gazetteer::open(gazetteer)?);
        let registry = Own::default().registry()?;
        Ok(Self::of(reader, gazetteer, Lexicon::builtin()?, registry))
    }

    /// The shipped model, with what the user brings.
    ///
    /// # Errors
    /// A [`CoderError`] that names the file at fault.
    pub fn with(own: &Own) -> Result<Self, CoderError> {
        let reader = Reader::from_static(shipped::WEIGHTS, shipped::VOCABULARY, shipped::LABELS)?;
        let gazetteer = own.gazetteer()?;
        let lexicon = own.lexicon()?;
        let registry = own.registry()?;
        Ok(Self::of(reader, gazetteer, lexicon, registry))
    }

    fn of(reader: Reader, gazetteer: Gazetteer, lexicon: Lexicon, registry: Registry) -> Self {
        let made_by = MadeBy {
            sayso: env!("CARGO_PKG_VERSION").to_owned(),
            model: reader.labels().version.clone(),
            lexicon: lexicon.version.clone(),
            gazetteer: gazetteer.edition().to_owned(),
            registry: registry.edition(),
        };
        Self {
            reader,
            lexicon,
            gazetteer,
            registry,
            made_by,
        }
    }

    /// What makes the sheets.
    pub fn made_by(&self) -> &MadeBy {
        &self.made_by
    }

    /// Reads and codes one report. Total: any report gives a sheet.
    ///
    /// The answer depends on the report alone, not on what else is being coded or on how many
    /// threads; a call runs on its own thread only.
    pub fn code(&self, report: Report) -> Coded {
        self.code_on(report, NonZeroUsize::MIN)
    }

    /// As [`Coder::code`], with the model's work on the one report shared among `threads`: for a
    /// report that somebody waits for. The sheet does not depend on the number.
    pub fn code_on(&self, report: Report, threads: NonZeroUsize) -> Coded {
        let reading = self.reader.annotate_on(sayso_text::read(report), threads);
        let sheet = sayso_core::code(&reading, &self.knowledge());
        Coded { reading, sheet }
    }

    /// The first half of the path: the report, read and annotated by the model.
    pub fn read(&self, report: Report) -> Reading {
        self.reader.annotate(sayso_text::read(report))
    }

    /// What the second half, [`sayso_core::code`], is given: everything there is, all rules in
    /// force.
    pub fn knowledge(&self) -> Knowledge<'_> {
        Knowledge {
            lexicon: &self.lexicon,
            gazetteer: &self.gazetteer,
            registry: &self.registry,
            rules: sayso_core::Rules::all(),
        }
    }
}
