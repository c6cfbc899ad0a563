//! Parquet: a file a table, every column optional, packed with Snappy.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::cell::{Cell, Kind};
use crate::{Column, ExportError, File, Table};

/// A file a table.
pub(crate) fn tables(tables: &[Table]) -> Result<Vec<File>, ExportError> {
    tables
        .iter()
        .map(|one| Ok(File::new(format!("{}.parquet", one.name), table(one)?)))
        .collect()
}

fn table(table: &Table) -> Result<Vec<u8>, ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("sayso {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut out = SerializedFileWriter::new(Vec::new(), schema(table)?, Arc::new(properties))?;
    let mut group = out.next_row_group()?;
    let mut at = 0;
    while let Some(mut column) = group.next_column()? {
        let cells = table.rows.iter().map(|row| row.get(at));
        let kind = table
            .columns
            .get(at)
            .map_or(Kind::Text, |column| column.kind);
        write(&mut column, kind, cells)?;
        column.close()?;
        at += 1;
    }
    group.close()?;
    out.into_inner()
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let fields = table
        .columns
        .iter()
        .map(|column| field(column).map(Arc::new))
        .collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder(table.name)
        .with_fields(fields)
        .build()
        .map(Arc::new)
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Int => (Physical::INT64, None),
        Kind::Float => (Physical::DOUBLE, None),
        Kind::Bool => (Physical::BOOLEAN, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    Type::primitive_type_builder(column.name, physical)
        .with_logical_type(logical)
        .with_repetition(Repetition::OPTIONAL)
        .build()
}

/// Writes the known cells, and for each cell whether it is known.
fn write<'c>(
    column: &mut SerializedColumnWriter<'_>,
    kind: Kind,
    cells: impl Iterator<Item = Option<&'c Cell>>,
) -> Result<(), ParquetError> {
    let cells: Vec<&Cell> = cells.map(|cell| cell.unwrap_or(&Cell::Unknown)).collect();
    let levels = |known: fn(&Cell) -> bool| -> Vec<i16> {
        cells.iter().map(|cell| i16::from(known(cell))).collect()
    };
    match kind {
        Kind::Text => {
            let values = cells.iter().filter_map(|cell| match cell {
                Cell::Text(text) => Some(ByteArray::from(text.as_str())),
                _ => None,
            });
            let values: Vec<ByteArray> = values.collect();
            let levels = levels(|cell| matches!(cell, Cell::Text(_)));
            column
                .typed::<ByteArrayType>()
                .write_batch(&values, Some(&levels), None)?;
        }
        Kind::Int => {
            let values = cells.iter().filter_map(|cell| match cell {
                Cell::Int(number) => Some(*number),
                _ => None,
            });
            let values: Vec<i64> = values.collect();
            let levels = levels(|cell| matches!(cell, Cell::Int(_)));
            column
                .typed::<Int64Type>()
                .write_batch(&values, Some(&levels), None)?;
        }
        Kind::Float => {
            let values = cells.iter().filter_map(|cell| match cell {
                Cell::Float(number) => Some(*number),
                _ => None,
            });
            let values: Vec<f64> = values.collect();
            let levels = levels(|cell| matches!(cell, Cell::Float(_)));
            column
                .typed::<DoubleType>()
                .write_batch(&values, Some(&levels), None)?;
        }
        Kind::Bool => {
            let values = cells.iter().filter_map(|cell| match cell {
                Cell::Bool(yes) => Some(*yes),
                _ => None,
            });
            let values: Vec<bool> = values.collect();
            let levels = levels(|cell| matches!(cell, Cell::Bool(_)));
            column
                .typed::<BoolType>()
                .write_batch(&values, Some(&levels), None)?;
        }
        Kind::Day => {
            let epoch = jiff::civil::date(1970, 1, 1);
            let values = cells.iter().filter_map(|cell| match cell {
                Cell::Day(day) => Some((*day - epoch).get_days()),
                _ => None,
            });
            let values: Vec<i32> = values.collect();
            let levels = levels(|cell| matches!(cell, Cell::Day(_)));
            column
                .typed::<Int32Type>()
                .write_batch(&values, Some(&levels), None)?;
        }
    }
    Ok(())
}
