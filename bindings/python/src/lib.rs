//! The native half of the Python package: reports in, sheets out, as JSON.
//!
//! Python's half (`python/sayso/`) makes typed objects, tables and pages of it. What crosses the
//! border is strings and numbers; every error crosses as an exception of `sayso.errors`, and no
//! panic does.

mod code;
mod fault;
mod ledger;
mod link;
mod shipped;
mod show;
mod spark;
mod tables;

use pyo3::prelude::*;

/// `sayso._native`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::code::code_json;
    #[pymodule_export]
    use crate::ledger::Ledger;
    #[pymodule_export]
    use crate::link::{incident_as_printed, link_json, sheet_as_printed};
    #[pymodule_export]
    use crate::shipped::made_by;
    #[pymodule_export]
    use crate::show::visible;
    #[pymodule_export]
    use crate::spark::{
        ArchiveFile, archive_code, archive_components, archive_decoded, archive_extracts,
        archive_groups, archive_incident, archive_limits, archive_links, archive_outlook,
        archive_own_words, archive_prints, archive_recalls,
    };
    #[pymodule_export]
    use crate::tables::tables_of;

    /// Version of the program.
    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
