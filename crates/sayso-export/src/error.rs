//! Why a file could not be written.

use std::fmt;

/// What went wrong, with the format's own reason.
#[derive(Debug)]
pub enum ExportError {
    /// A table of text.
    Csv(csv::Error),
    /// A workbook.
    Xlsx(rust_xlsxwriter::XlsxError),
    /// A Parquet file.
    Parquet(parquet::errors::ParquetError),
    /// A GeoPackage.
    Gpkg(rusqlite::Error),
    /// JSON.
    Json(serde_json::Error),
    /// An archive of files.
    Zip(zip::result::ZipError),
    /// Bytes that could not be put together.
    Io(std::io::Error),
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::Csv(_) => "a CSV file",
            Self::Xlsx(_) => "a workbook",
            Self::Parquet(_) => "a Parquet file",
            Self::Gpkg(_) => "a GeoPackage",
            Self::Json(_) => "JSON",
            Self::Zip(_) => "an archive",
            Self::Io(_) => "a file",
        };
        write!(f, "cannot make {what}")?;
        std::error::Error::source(self).map_or(Ok(()), |why| write!(f, ": {why}"))
    }
}

impl std::error::Error for ExportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(match self {
            Self::Csv(error) => error,
            Self::Xlsx(error) => error,
            Self::Parquet(error) => error,
            Self::Gpkg(error) => error,
            Self::Json(error) => error,
            Self::Zip(error) => error,
            Self::Io(error) => error,
        })
    }
}

macro_rules! from {
    ($($variant:ident($error:ty)),+ $(,)?) => {$(
        impl From<$error> for ExportError {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        }
    )+};
}
from!(
    Csv(csv::Error),
    Xlsx(rust_xlsxwriter::XlsxError),
    Parquet(parquet::errors::ParquetError),
    Gpkg(rusqlite::Error),
    Json(serde_json::Error),
    Zip(zip::result::ZipError),
    Io(std::io::Error),
);
