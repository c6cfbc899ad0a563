//! Published views as they were last made: they are made anew when the ledger has moved.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use sayso_export::Format;

/// A file and its format.
pub(crate) type File = (Format, Arc<[u8]>);

/// What a file was made of: the moment at which the view was published, and the last entry.
type Made = (String, u64);

/// The files, by the names of their views.
#[derive(Default)]
pub(crate) struct Rendered(Mutex<BTreeMap<String, (Made, File)>>);

impl Rendered {
    /// The file of a view, where it is of this state of the ledger.
    pub(crate) fn get(&self, name: &str, at: &str, head: u64) -> Option<File> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ((then, of), file) = files.get(name)?;
        (then == at && *of == head).then(|| file.clone())
    }

    /// Keeps the file of a view in place of the one before.
    pub(crate) fn put(&self, name: &str, at: &str, head: u64, file: File) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(name.to_owned(), ((at.to_owned(), head), file));
    }

    /// Lets go of the file of a view.
    pub(crate) fn forget(&self, name: &str) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_of_one_state_of_the_ledger() {
        let rendered = Rendered::default();
        let file: File = (Format::Geojson, Arc::from(*b"{}"));
        rendered.put("clashes", "monday", 7, file.clone());
        assert_eq!(rendered.get("clashes", "monday", 7), Some(file));
        assert_eq!(rendered.get("clashes", "monday", 8), None);
        assert_eq!(rendered.get("clashes", "tuesday", 7), None);
        rendered.forget("clashes");
        assert_eq!(rendered.get("clashes", "monday", 7), None);
    }
}
