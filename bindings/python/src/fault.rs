//! What went wrong, on its way to an exception of `sayso.errors`.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;
use pyo3::types::PyDict;
use sayso_ledger::LedgerError;
use sayso_text::input::InputError;
use serde::Serialize;

/// An error with the field at fault, where there is one.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Fault {
    /// The class of `sayso.errors`.
    #[serde(rename = "type")]
    pub(crate) class: &'static str,
    /// The field at fault.
    pub(crate) field: Option<String>,
    /// Its value, shortened.
    pub(crate) value: Option<String>,
    /// What is allowed there.
    pub(crate) allowed: Option<String>,
    /// In words.
    pub(crate) message: String,
    /// Whether it is of no report alone: the others would meet it too.
    #[serde(skip)]
    pub(crate) ends_all: bool,
}

impl Fault {
    /// An error in words alone.
    pub(crate) fn new(class: &'static str, message: impl Into<String>) -> Self {
        Self {
            class,
            message: message.into(),
            ..Self::default()
        }
    }

    /// An error of one field.
    pub(crate) fn of_field(
        class: &'static str,
        field: &str,
        value: impl Into<String>,
        allowed: impl Into<String>,
    ) -> Self {
        let (value, allowed) = (value.into(), allowed.into());
        Self {
            class,
            message: format!("`{field}` is {value}; give {allowed}"),
            field: Some(field.to_owned()),
            value: Some(value),
            allowed: Some(allowed),
            ends_all: false,
        }
    }

    /// As JSON.
    pub(crate) fn to_json(&self) -> String {
        // A struct of strings is always JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl From<InputError> for Fault {
    fn from(error: InputError) -> Self {
        match error {
            InputError::Field {
                field: "",
                value,
                allowed,
                ..
            } => Self::of_field("ReportError", "report", value, allowed),
            InputError::Field {
                field,
                value,
                allowed,
                ..
            } => Self::of_field("ReportError", field, value, allowed),
            // Whoever hands in one report alone has no file, and no line of it.
            InputError::Json { source, .. } => {
                let source = source
                    .to_string()
                    .replace(" at line 1 column ", " at column ");
                Self::new(
                    "ReportError",
                    format!("the report is no JSON object ({source})"),
                )
            }
            InputError::LineTooLong { limit, .. } => {
                let message = format!("the report is longer than {limit} bytes, which is the most");
                Self::new("ReportError", message)
            }
            InputError::Binary { what, .. } => {
                Self::new("ReportError", format!("the report is {what}, and no text"))
            }
            other => Self::new("ReportError", other.to_string()),
        }
    }
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        let message = error.to_string();
        let ends_all = !error.is_of_one_report();
        let (field, value, allowed) = match error {
            LedgerError::NoReport { id }
            | LedgerError::Erased { id, .. }
            | LedgerError::Stale { id } => (Some("id".to_owned()), Some(id), None),
            LedgerError::OtherContent { id, fields } => (Some(fields.join(", ")), Some(id), None),
            LedgerError::NoLedger { place } => (Some("place".to_owned()), Some(place), None),
            LedgerError::BadField { field, .. } => (Some(field), None, None),
            LedgerError::BadValue {
                what,
                value,
                allowed,
            } => (Some(what.to_owned()), Some(value), Some(allowed)),
            _ => (None, None, None),
        };
        Self {
            class: "LedgerError",
            field,
            value,
            allowed,
            message,
            ends_all,
        }
    }
}

impl From<Fault> for PyErr {
    fn from(fault: Fault) -> Self {
        Python::attach(|py| exception(py, &fault).unwrap_or_else(|error| error))
    }
}

/// Why something long ended before its end: an error, or whoever waits has raised one.
pub(crate) enum Stop {
    Fault(Fault),
    Raised(PyErr),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<LedgerError> for Stop {
    fn from(error: LedgerError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<PyErr> for Stop {
    fn from(error: PyErr) -> Self {
        Self::Raised(error)
    }
}

impl From<Stop> for PyErr {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Fault(fault) => fault.into(),
            Stop::Raised(error) => error,
        }
    }
}

fn exception(py: Python<'_>, fault: &Fault) -> PyResult<PyErr> {
    let class = py.import("sayso.errors")?.getattr(fault.class)?;
    let fields = PyDict::new(py);
    fields.set_item("field", &fault.field)?;
    fields.set_item("value", &fault.value)?;
    fields.set_item("allowed", &fault.allowed)?;
    let made = class.call((&fault.message,), Some(&fields))?;
    Ok(PyErr::from_value(made))
}

/// Does `work`; a panic, which is a defect of the program, is a fault and not the end of Python.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    // What `work` reaches is either its own or never changed: nothing is left half done.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(defect(panic.as_ref())))
}

/// The same of work that may be stopped.
pub(crate) fn guarded_until<T>(work: impl FnOnce() -> Result<T, Stop>) -> Result<T, Stop> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(defect(panic.as_ref()).into()))
}

fn defect(panic: &(dyn Any + Send)) -> Fault {
    let words = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given");
    let message = format!("a defect of sayso, please report it: {words}");
    Fault::new("InternalError", message)
}
