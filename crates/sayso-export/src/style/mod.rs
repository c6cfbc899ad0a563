//! Rows in the columns of other projects' data sets: lossy, and `docs/EXPORTS.md` says what is lost.

mod acled;
mod ged;

use crate::cell::Row as _;
use crate::facts::Facts;
use crate::{Column, Dataset, Table};

/// Every incident that has a type of ACLED's.
pub(crate) fn acled(dataset: &Dataset) -> Table {
    let coded = Facts::all(dataset).filter(|facts| facts.incident.acled.is_some());
    Table::of("acled", coded.map(acled::Acled))
}

/// Every incident in which somebody was killed by all that is known.
pub(crate) fn ged(dataset: &Dataset) -> Table {
    let deadly =
        Facts::all(dataset).filter(|facts| facts.number("killed")[2].is_some_and(|n| n > 0));
    Table::of("ged", deadly.map(ged::Ged))
}

pub(crate) fn acled_columns() -> &'static [Column] {
    acled::Acled::COLUMNS
}

pub(crate) fn ged_columns() -> &'static [Column] {
    ged::Ged::COLUMNS
}
