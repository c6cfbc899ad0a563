//! The tidy tables: one kind of thing each, one thing a row, joined by ids.

mod actors;
mod events;
mod findings;
mod incidents;
mod links;
mod origins;
mod places;
mod reports;
mod statements;
mod times;

use crate::cell::Row as _;
use crate::facts::Facts;
use crate::{Column, Dataset, Table};

/// All tables of a dataset, from the reports to the links between everything.
pub fn tables(dataset: &Dataset) -> Vec<Table> {
    vec![
        incidents(dataset),
        Table::of("findings", findings::findings(dataset)),
        Table::of("answers", findings::answers(dataset)),
        Table::of("origins", origins::rows(dataset)),
        Table::of("reports", reports::rows(dataset)),
        Table::of("statements", statements::rows(dataset)),
        Table::of("events", events::events(dataset)),
        Table::of("tolls", events::tolls(dataset)),
        Table::of("actors", actors::rows(dataset)),
        Table::of("links", links::rows(dataset)),
    ]
}

/// What the sheets of a dataset hold, table by table; the texts themselves are in none.
pub fn sheet_tables(dataset: &Dataset) -> Vec<Table> {
    vec![
        Table::of("reports", reports::rows(dataset)),
        Table::of("statements", statements::rows(dataset)),
        Table::of("events", events::events(dataset)),
        Table::of("tolls", events::tolls(dataset)),
        Table::of("actors", actors::rows(dataset)),
        Table::of("places", places::rows(dataset)),
        Table::of("times", times::rows(dataset)),
    ]
}

/// Name and columns of every table, in the order of [`sheet_tables`].
pub fn sheet_columns() -> Vec<(&'static str, &'static [Column])> {
    vec![
        ("reports", reports::Report::COLUMNS),
        ("statements", statements::Statement::COLUMNS),
        ("events", events::Event::COLUMNS),
        ("tolls", events::Toll::COLUMNS),
        ("actors", actors::Actor::COLUMNS),
        ("places", places::Place::COLUMNS),
        ("times", times::Time::COLUMNS),
    ]
}

/// One row an incident.
pub(crate) fn incidents(dataset: &Dataset) -> Table {
    Table::of("incidents", Facts::all(dataset))
}

/// The columns of [`incidents`].
pub(crate) fn incident_columns() -> &'static [Column] {
    Facts::COLUMNS
}

/// Name and columns of every table, in the order of [`tables`].
pub(crate) fn all_columns() -> Vec<(&'static str, &'static [Column])> {
    vec![
        ("incidents", incident_columns()),
        ("findings", findings::Finding::COLUMNS),
        ("answers", findings::Answer::COLUMNS),
        ("origins", origins::Origin::COLUMNS),
        ("reports", reports::Report::COLUMNS),
        ("statements", statements::Statement::COLUMNS),
        ("events", events::Event::COLUMNS),
        ("tolls", events::Toll::COLUMNS),
        ("actors", actors::Actor::COLUMNS),
        ("links", links::Link::COLUMNS),
    ]
}
