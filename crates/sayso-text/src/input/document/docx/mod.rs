//! Word documents (Office Open XML, ECMA-376): a zip archive of XML parts.
//!
//! Two parts are read: the main text and the core properties. Names in the archive are looked up,
//! never used as paths; what is unpacked is counted; entities that a part declares are not expanded
//! and nothing outside the archive is opened. Headers, footers, footnotes, comments and what tracked
//! changes deleted stand in parts or elements of their own and are left out.

mod body;
mod package;

use super::{DocumentError, Script};

/// Paragraphs and rows of a document, with its titles.
///
/// # Errors
/// [`DocumentError`] for an archive that is no Word document, damaged, or beyond the limits.
pub(in super::super) fn script(bytes: &[u8]) -> Result<Script, DocumentError> {
    let mut package = package::Package::open(bytes)?;
    let main = package.main()?;
    let mut script = body::read(&main)?;
    if let Some(core) = package.core()? {
        script.titles.extend(body::title(&core));
    }
    if script.paragraphs.is_empty() {
        return Err(DocumentError::NoText { pages: 1 });
    }
    Ok(script)
}
