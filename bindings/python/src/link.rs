//! Sheets in, incidents out.

use pyo3::prelude::*;
use sayso_api::{IncidentJson, SheetJson};
use sayso_ledger::check_sheet;
use sayso_link::{Decisions, Intake, Linking};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::code::Teller;
use crate::fault::{Fault, Stop, guarded, guarded_until};
use crate::shipped;

/// The incidents that sheets tell of, each as JSON: what `sayso incidents` prints of the same
/// reports. `step` is called now and then with the number of sheets that are read; what it raises
/// ends the work, as Ctrl-C does.
#[pyfunction]
#[pyo3(signature = (sheets, step=None))]
#[expect(
    clippy::needless_pass_by_value,
    reason = "arguments of Python come as values"
)]
pub(crate) fn link_json(
    py: Python<'_>,
    sheets: Vec<String>,
    step: Option<Bound<'_, PyAny>>,
) -> PyResult<Vec<String>> {
    let step = step.map(Bound::unbind);
    let linked = py.detach(|| {
        let mut teller = Teller::new(step.as_ref());
        guarded_until(|| linked(&sheets, &mut teller))
    });
    Ok(linked?)
}

fn linked(sheets: &[String], teller: &mut Teller<'_>) -> Result<Vec<String>, Stop> {
    let mut linking = Linking::new(shipped::knowledge()?);
    // Each report of the linker with its sheet.
    let mut taken = Vec::new();
    for (number, json) in sheets.iter().enumerate() {
        let sheet = numbered(number, json)?;
        if linking.insert(&sheet, Intake::default()) {
            taken.push(sheet);
        }
        teller.done(number + 1)?;
    }
    let linked = linking.finish(Decisions::default());
    (0..linked.len())
        .map(|number| {
            teller.done(sheets.len())?;
            let incident = linked.incident(number, |report| taken.get(report as usize));
            Ok(written(&incident)?)
        })
        .collect()
}

/// A sheet, which errors name by its place in what was handed in.
pub(crate) fn numbered(number: usize, json: &str) -> Result<SheetJson<'static>, Fault> {
    sheet(&format!("sheet {number}"), json)
}

/// A sheet that fits its report: spans of a sheet made elsewhere may point anywhere. `name` stands in
/// errors.
pub(crate) fn sheet(name: &str, json: &str) -> Result<SheetJson<'static>, Fault> {
    let sheet = serde_json::from_str(json)
        .map_err(|e| Fault::new("SheetError", format!("{name} is no sheet: {e}")))?;
    check_sheet(&sheet).map_err(|what| Fault {
        field: what.split_once(": ").map(|(field, _)| field.to_owned()),
        ..Fault::new("SheetError", format!("{name}: {what}"))
    })?;
    Ok(sheet)
}

/// A sheet as `sayso code` prints it: what it does not hold left out, fields in their order.
#[pyfunction]
pub(crate) fn sheet_as_printed(json: &str) -> PyResult<String> {
    Ok(guarded(|| as_printed::<SheetJson<'static>>(json))?)
}

/// An incident as `sayso incidents` prints it.
#[pyfunction]
pub(crate) fn incident_as_printed(json: &str) -> PyResult<String> {
    Ok(guarded(|| as_printed::<IncidentJson>(json))?)
}

fn as_printed<T: Serialize + DeserializeOwned>(json: &str) -> Result<String, Fault> {
    let read: T =
        serde_json::from_str(json).map_err(|e| Fault::new("SheetError", e.to_string()))?;
    written(&read)
}

fn written(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault::new("InternalError", e.to_string()))
}
