//! What travels in the wheel, loaded with its first use and shared by all threads.

use std::sync::OnceLock;

use pyo3::prelude::*;
use sayso_coder::{Coder, CoderError};
use sayso_link::LinkKnowledge;

use crate::fault::Fault;

/// The shipped coder.
pub(crate) fn coder() -> Result<&'static Coder, Fault> {
    static CODER: OnceLock<Result<Coder, String>> = OnceLock::new();
    let coder = CODER.get_or_init(|| Coder::shipped().map_err(|error| error.to_string()));
    coder
        .as_ref()
        .map_err(|message| Fault::new("ConfigError", message))
}

/// What linking knows.
pub(crate) fn knowledge() -> Result<&'static LinkKnowledge, Fault> {
    static KNOWLEDGE: OnceLock<Result<LinkKnowledge, String>> = OnceLock::new();
    let knowledge = KNOWLEDGE.get_or_init(|| {
        LinkKnowledge::builtin().map_err(|error| CoderError::from(error).to_string())
    });
    knowledge
        .as_ref()
        .map_err(|message| Fault::new("ConfigError", message))
}

/// Versions of what makes the sheets, as JSON.
#[pyfunction]
pub(crate) fn made_by(py: Python<'_>) -> PyResult<String> {
    let json = py.detach(|| {
        let made_by = coder()?.made_by();
        serde_json::to_string(made_by).map_err(|e| Fault::new("InternalError", e.to_string()))
    });
    Ok(json?)
}
