//! Sheets in, incidents out.

use pyo3::prelude::*;
use sayso_api::SheetJson;
use sayso_ledger::check_sheet;
use sayso_link::incidents;

use crate::fault::{Fault, guarded};
use crate::shipped;

/// The incidents that sheets tell of, each as JSON: what `sayso incidents` prints of the same
/// reports.
#[pyfunction]
pub(crate) fn link_json(py: Python<'_>, sheets: Vec<String>) -> PyResult<Vec<String>> {
    let linked = py.detach(|| guarded(|| linked(sheets)));
    Ok(linked?)
}

fn linked(sheets: Vec<String>) -> Result<Vec<String>, Fault> {
    let knowledge = shipped::knowledge()?;
    let read = sheets.into_iter().enumerate();
    let read: Result<Vec<SheetJson<'static>>, Fault> =
        read.map(|(number, json)| sheet(number, &json)).collect();
    let found = incidents(&read?, knowledge);
    let written = found.iter().map(serde_json::to_string);
    written
        .collect::<Result<_, _>>()
        .map_err(|e| Fault::new("InternalError", e.to_string()))
}

/// A sheet that fits its report: spans of a sheet made elsewhere may point anywhere.
pub(crate) fn sheet(number: usize, json: &str) -> Result<SheetJson<'static>, Fault> {
    let sheet = serde_json::from_str(json)
        .map_err(|e| Fault::new("SheetError", format!("sheet {number} is no sheet: {e}")))?;
    check_sheet(&sheet).map_err(|what| Fault {
        field: what.split_once(": ").map(|(field, _)| field.to_owned()),
        ..Fault::new("SheetError", format!("sheet {number}: {what}"))
    })?;
    Ok(sheet)
}
