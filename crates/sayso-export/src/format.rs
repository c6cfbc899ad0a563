//! The formats and their files.

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Tidy tables, one file each.
    Csv,
    /// Tidy tables, one sheet each.
    Xlsx,
    /// One row an incident, with a row of HXL tags.
    Hxl,
    /// One row an incident, with ACLED's columns.
    Acled,
    /// One row a deadly incident, with the columns of UCDP's georeferenced event dataset.
    Ged,
    /// One event of one report a line, in PLOVER's terms.
    Plover,
    /// One feature an incident.
    Geojson,
    /// Incidents as features, the other tables as attributes.
    Gpkg,
    /// Tidy tables, one file each.
    Parquet,
    /// Entities of FollowTheMoney, one a line.
    Ftm,
    /// Statements as W3C Web Annotations.
    Annotations,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 11] = [
        Self::Csv,
        Self::Xlsx,
        Self::Hxl,
        Self::Acled,
        Self::Ged,
        Self::Plover,
        Self::Geojson,
        Self::Gpkg,
        Self::Parquet,
        Self::Ftm,
        Self::Annotations,
    ];

    /// As it is typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Hxl => "hxl",
            Self::Acled => "acled",
            Self::Ged => "ged",
            Self::Plover => "plover",
            Self::Geojson => "geojson",
            Self::Gpkg => "gpkg",
            Self::Parquet => "parquet",
            Self::Ftm => "ftm",
            Self::Annotations => "annotations",
        }
    }

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What it is, in a few words.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Csv => "tidy tables for Excel and pandas, one file each",
            Self::Xlsx => "tidy tables in one workbook",
            Self::Hxl => "incidents with a row of HXL tags",
            Self::Acled => "incidents with ACLED's columns (lossy)",
            Self::Ged => "deadly incidents with UCDP GED's columns (lossy)",
            Self::Plover => "events in PLOVER's terms, one JSON object a line (lossy)",
            Self::Geojson => "incidents as features",
            Self::Gpkg => "incidents as features and the other tables, for QGIS and ArcGIS",
            Self::Parquet => "tidy tables for Spark, DuckDB and pandas, one file each",
            Self::Ftm => "FollowTheMoney entities, one a line",
            Self::Annotations => "statements as W3C Web Annotations (JSON-LD)",
        }
    }

    /// Whether it has a file for each table: a folder, or a zip archive.
    pub const fn is_many(self) -> bool {
        matches!(self, Self::Csv | Self::Parquet)
    }

    /// Of one file, or of an archive of many.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::Parquet => "application/zip",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Hxl | Self::Acled | Self::Ged => "text/csv; charset=utf-8",
            Self::Plover => "application/x-ndjson",
            Self::Ftm => "application/json+ftm",
            Self::Geojson => "application/geo+json",
            Self::Gpkg => "application/geopackage+sqlite3",
            Self::Annotations => "application/ld+json",
        }
    }

    /// The name of its file, or of an archive of its files.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Csv => "incidents-csv.zip",
            Self::Xlsx => "incidents.xlsx",
            Self::Hxl => "incidents-hxl.csv",
            Self::Acled => "incidents-acled.csv",
            Self::Ged => "incidents-ged.csv",
            Self::Plover => "events-plover.jsonl",
            Self::Geojson => "incidents.geojson",
            Self::Gpkg => "incidents.gpkg",
            Self::Parquet => "incidents-parquet.zip",
            Self::Ftm => "incidents.ftm.json",
            Self::Annotations => "statements.jsonld",
        }
    }
}

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without folders.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl File {
    pub(crate) fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            name: name.into(),
            bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_its_format() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.name()), Some(format));
        }
        assert_eq!(Format::parse("pdf"), None);
    }
}
