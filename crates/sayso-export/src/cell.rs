//! Tables: typed cells under columns that say what they hold.

use std::borrow::Cow;

use jiff::civil::Date;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// Yes or no.
    Bool,
    /// A day.
    Day,
}

/// One cell. What is not known is empty in every format, and never 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Not known, or not stated.
    Unknown,
    /// Words.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Day(Date),
}

/// A column, as data.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name: lower case, words joined by `_`.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Its HXL hashtag with attributes; empty where HXL has none.
    pub hxl: &'static str,
    /// What it means.
    pub says: &'static str,
}

/// Rows under columns.
#[derive(Clone, Debug)]
pub struct Table {
    /// Lower case, plural.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// As many cells a row as there are columns, each unknown or of the column's kind.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table of some things.
    pub(crate) fn of<R: Row>(name: &'static str, things: impl IntoIterator<Item = R>) -> Self {
        Self {
            name,
            columns: R::COLUMNS,
            rows: things.into_iter().map(|thing| thing.cells()).collect(),
        }
    }

    /// The number of the column of this name.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// A thing that is a row of a table.
pub(crate) trait Row {
    /// Its columns.
    const COLUMNS: &'static [Column];
    /// Its cells, in their order.
    fn cells(&self) -> Vec<Cell>;
}

/// Makes a thing a row: `NAME KIND HXL SAYS => CELL;` for each column.
macro_rules! columns {
    ($row:ident: $type:ty { $($name:literal $kind:ident $hxl:literal $says:literal => $cell:expr;)+ }) => {
        impl $crate::cell::Row for $type {
            const COLUMNS: &'static [$crate::cell::Column] = &[$(
                $crate::cell::Column {
                    name: $name,
                    kind: $crate::cell::Kind::$kind,
                    hxl: $hxl,
                    says: $says,
                },
            )+];

            fn cells(&self) -> Vec<$crate::cell::Cell> {
                let $row = self;
                vec![$($crate::cell::Cell::from($cell)),+]
            }
        }
    };
}
pub(crate) use columns;

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Unknown
        } else {
            Self::Text(text.to_owned())
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&Cow<'_, str>> for Cell {
    fn from(text: &Cow<'_, str>) -> Self {
        Self::from(text.as_ref())
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl From<&f64> for Cell {
    fn from(number: &f64) -> Self {
        Self::Float(*number)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u8> for Cell {
    fn from(number: u8) -> Self {
        Self::Int(number.into())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}

impl From<&u32> for Cell {
    fn from(number: &u32) -> Self {
        Self::Int((*number).into())
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or(Self::Unknown, Self::Int)
    }
}

impl From<&u64> for Cell {
    fn from(number: &u64) -> Self {
        Self::from(*number)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        i64::try_from(number).map_or(Self::Unknown, Self::Int)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(known: Option<T>) -> Self {
        known.map_or(Self::Unknown, Into::into)
    }
}

/// The day that a date or moment begins with: “2025-10-22T14:00:00Z” is the 22nd.
pub(crate) fn day(text: Option<&str>) -> Option<Date> {
    text?.get(..10)?.parse().ok()
}

/// Distinct words, in order, joined by semicolons.
pub(crate) fn joined<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut known: Vec<&str> = Vec::new();
    for text in texts {
        if !text.is_empty() && !known.contains(&text) {
            known.push(text);
        }
    }
    known.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_off_moments() {
        assert_eq!(
            day(Some("2025-10-22T14:00:00Z")),
            Some(jiff::civil::date(2025, 10, 22))
        );
        assert_eq!(day(Some("2025-10")), None);
        assert_eq!(day(None), None);
    }

    #[test]
    fn what_is_not_known_is_empty_and_not_zero() {
        assert_eq!(Cell::from(None::<u64>), Cell::Unknown);
        assert_eq!(Cell::from(Some(0_u64)), Cell::Int(0));
        assert_eq!(Cell::from(""), Cell::Unknown);
    }
}
