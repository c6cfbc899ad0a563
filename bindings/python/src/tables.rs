//! Sheets and incidents as the tidy tables of `sayso-export`, column by column.

use std::collections::{BTreeMap, BTreeSet};

use pyo3::prelude::*;
use pyo3::types::PyList;
use sayso_api::{IncidentJson, SheetJson};
use sayso_export::{Cell, Dataset, Kind, Profile, Table, sheet_tables, tables};
use sayso_redact::Nowhere;

use crate::code::Teller;
use crate::fault::{Fault, Stop, guarded_until};
use crate::link::numbered;

/// Name, meaning and kind of a column, and its values.
type PyColumn = (&'static str, &'static str, &'static str, Py<PyList>);

/// The tables of sheets: reports, statements, events, tolls, actors, places, times; and, where their
/// incidents are given, those of the incidents before them. Days are counted from 1970-01-01.
#[pyfunction]
#[pyo3(signature = (sheets, incidents=Vec::new()))]
pub(crate) fn tables_of(
    py: Python<'_>,
    sheets: Vec<String>,
    incidents: Vec<String>,
) -> PyResult<Vec<(&'static str, Vec<PyColumn>)>> {
    let made = py.detach(|| guarded_until(|| made(sheets, incidents)))?;
    made.into_iter()
        .map(|table| {
            py.check_signals()?;
            Ok((table.name, columns(py, &table)?))
        })
        .collect()
}

fn made(sheets: Vec<String>, incidents: Vec<String>) -> Result<Vec<Table>, Stop> {
    // Ctrl-C ends it.
    let mut teller = Teller::new(None);
    let read = sheets.into_iter().enumerate();
    let sheets = read
        .map(|(number, json)| {
            teller.done(number)?;
            Ok(numbered(number, &json)?)
        })
        .collect::<Result<Vec<SheetJson<'static>>, Stop>>()?;
    if incidents.is_empty() {
        return Ok(sheet_tables(&Dataset::of_sheets(sheets)));
    }
    let mut by_report: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, sheet) in sheets.iter().enumerate() {
        by_report.entry(&sheet.report.id).or_default().push(number);
    }
    let mut parts = Vec::with_capacity(incidents.len());
    for json in incidents {
        teller.done(parts.len())?;
        let incident: IncidentJson = serde_json::from_str(&json)
            .map_err(|e| Fault::new("SheetError", format!("is no incident: {e}")))?;
        let reports = incident.reports.iter();
        let own = reports.filter_map(|report| by_report.get(report.id.as_str()));
        let own: BTreeSet<usize> = own.flatten().copied().collect();
        let own: Vec<_> = own
            .into_iter()
            .filter_map(|number| sheets.get(number).cloned())
            .collect();
        parts.push((incident, own));
    }
    let dataset = Dataset::new(Profile::Full, parts, &Nowhere);
    let mut all = tables(&dataset);
    let known: Vec<&str> = all.iter().map(|table| table.name).collect();
    let more = sheet_tables(&dataset).into_iter();
    let more: Vec<Table> = more.filter(|table| !known.contains(&table.name)).collect();
    all.extend(more);
    Ok(all)
}

fn columns(py: Python<'_>, table: &Table) -> PyResult<Vec<PyColumn>> {
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(number, column)| {
            let cells = table.rows.iter().map(|row| row.get(number));
            let values = cells
                .map(|cell| value(py, cell.unwrap_or(&Cell::Unknown)))
                .collect::<PyResult<Vec<_>>>()?;
            let values = PyList::new(py, values)?.unbind();
            Ok((column.name, column.says, kind(column.kind), values))
        })
        .collect()
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Int => "int",
        Kind::Float => "float",
        Kind::Bool => "bool",
        Kind::Day => "day",
    }
}

fn value<'py>(py: Python<'py>, cell: &Cell) -> PyResult<Bound<'py, PyAny>> {
    Ok(match cell {
        Cell::Unknown => py.None().into_bound(py),
        Cell::Text(text) => text.into_pyobject(py)?.into_any(),
        Cell::Int(number) => number.into_pyobject(py)?.into_any(),
        Cell::Float(number) => number.into_pyobject(py)?.into_any(),
        Cell::Bool(yes) => yes.into_pyobject(py)?.to_owned().into_any(),
        Cell::Day(day) => days(*day).into_pyobject(py)?.into_any(),
    })
}

/// Days since 1970-01-01.
fn days(day: jiff::civil::Date) -> i32 {
    let first = jiff::civil::date(1970, 1, 1);
    // Two days of the calendar are never too far apart to be counted.
    day.since(first).map_or(0, |span| span.get_days())
}
