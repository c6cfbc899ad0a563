//! A workbook of Excel: a sheet a table, days as days, words never as formulas.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::csv::is_formula;
use crate::cell::Cell;
use crate::{ExportError, Table};

/// Most characters of one cell (Excel's own limit).
const LONGEST: usize = 32_767;

/// All tables.
pub(crate) fn workbook(tables: &[Table]) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Workbook::new();
    // A workbook says when it was made; a fixed day keeps its bytes the same.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let head = Format::new().set_bold();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let words = Format::new().set_quote_prefix();
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(table.name)?;
        for (x, column) in table.columns.iter().enumerate() {
            sheet.write_string_with_format(0, number(x)?, column.name, &head)?;
        }
        for (y, row) in table.rows.iter().enumerate() {
            let y = u32::try_from(y + 1).map_err(|_| XlsxError::RowColumnLimitError)?;
            for (x, cell) in row.iter().enumerate() {
                let x = number(x)?;
                match cell {
                    Cell::Unknown => {}
                    Cell::Text(text) => {
                        let text: String = text.chars().take(LONGEST).collect();
                        if is_formula(&text) {
                            sheet.write_string_with_format(y, x, text, &words)?;
                        } else {
                            sheet.write_string(y, x, text)?;
                        }
                    }
                    Cell::Int(value) => {
                        sheet.write_number(y, x, *value as f64)?;
                    }
                    Cell::Float(value) => {
                        sheet.write_number(y, x, *value)?;
                    }
                    Cell::Bool(yes) => {
                        sheet.write_boolean(y, x, *yes)?;
                    }
                    Cell::Day(date) => match excel_day(*date) {
                        Some(value) => {
                            sheet.write_datetime_with_format(y, x, &value, &day)?;
                        }
                        None => {
                            sheet.write_string(y, x, date.to_string())?;
                        }
                    },
                }
            }
        }
        let (last_row, last) = (table.rows.len(), table.columns.len().saturating_sub(1));
        sheet.autofilter(
            0,
            0,
            u32::try_from(last_row).unwrap_or(u32::MAX),
            number(last)?,
        )?;
        sheet.set_freeze_panes(1, 0)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn number(x: usize) -> Result<u16, XlsxError> {
    u16::try_from(x).map_err(|_| XlsxError::RowColumnLimitError)
}

/// A day of Excel's calendar, which begins with 1900.
fn excel_day(day: jiff::civil::Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| *year > 1899)?;
    let month = u8::try_from(day.month()).ok()?;
    ExcelDateTime::from_ymd(year, month, u8::try_from(day.day()).ok()?).ok()
}
