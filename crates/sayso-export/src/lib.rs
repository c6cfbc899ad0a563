//! Incidents, with the reports they rest on, in the files that other programs read.
//!
//! Three layers. A [`Dataset`] is what leaves together, after the do-no-harm rules of `sayso-redact`
//! where its profile is public. Rows of it (`tidy/`, `style/`) are tables whose columns are data:
//! name, type, HXL tag, meaning, and how a cell is got. Writers (`writer/`) put tables, or objects,
//! into a file format and know nothing of the field.
//!
//! The same dataset gives the same bytes: nothing here asks for the time.
//!
//! What each format cannot say is in `docs/EXPORTS.md`.

mod cell;
mod country;
mod dataset;
mod error;
mod facts;
mod format;
mod style;
mod tidy;
mod writer;

pub use cell::{Cell, Column, Kind, Table};
pub use dataset::Dataset;
pub use error::ExportError;
pub use format::{File, Format};
pub use tidy::{sheet_columns, sheet_tables, tables};
pub use writer::zipped;

pub use sayso_redact::{Left, LeftOut, Profile};

/// Writes a dataset in a format: one file, or several for the formats of tables.
///
/// # Errors
/// Where a value does not fit a format: never by its content, only by its size (a sheet of Excel
/// holds 1,048,576 rows).
pub fn export(format: Format, dataset: &Dataset) -> Result<Vec<File>, ExportError> {
    let one = |bytes: Vec<u8>| vec![File::new(format.file_name(), bytes)];
    Ok(match format {
        Format::Csv => writer::csv::tables(&tables(dataset))?,
        Format::Parquet => writer::parquet::tables(&tables(dataset))?,
        Format::Xlsx => one(writer::xlsx::workbook(&tables(dataset))?),
        Format::Gpkg => one(writer::gpkg::package(&tables(dataset))?),
        Format::Hxl => one(writer::csv::with_tags(&tidy::incidents(dataset))?),
        Format::Acled => one(writer::csv::table(&style::acled(dataset))?),
        Format::Ged => one(writer::csv::table(&style::ged(dataset))?),
        Format::Geojson => one(writer::geojson::collection(&tidy::incidents(dataset))?),
        Format::Plover => one(writer::plover::lines(dataset)?),
        Format::Ftm => one(writer::ftm::lines(dataset)?),
        Format::Annotations => one(writer::annotations::page(dataset)?),
    })
}

/// Every table that a format of tables has, with its columns: what `docs/EXPORTS.md` lists.
pub fn columns(format: Format) -> Vec<(&'static str, &'static [Column])> {
    match format {
        Format::Acled => vec![("acled", style::acled_columns())],
        Format::Ged => vec![("ged", style::ged_columns())],
        Format::Hxl | Format::Geojson => vec![("incidents", tidy::incident_columns())],
        Format::Csv | Format::Parquet | Format::Xlsx | Format::Gpkg => tidy::all_columns(),
        Format::Plover | Format::Ftm | Format::Annotations => Vec::new(),
    }
}
