//! A report and those of its events that belong to the incident.

use sayso_api::{EventJson, SheetJson};

use crate::origin::Origin;

/// One report of an incident.
#[derive(Clone, Debug)]
pub(crate) struct Told<'s> {
    /// Its sheet.
    pub(crate) sheet: &'s SheetJson<'s>,
    /// Its events that belong to the incident, by position in the sheet.
    pub(crate) events: Vec<usize>,
    /// Who its own words go back to.
    pub(crate) own: Origin,
    /// Whether the outlet took it back.
    pub(crate) withdrawn: bool,
}

impl<'s> Told<'s> {
    /// The events.
    pub(crate) fn events(&self) -> impl Iterator<Item = &'s EventJson<'s>> + '_ {
        self.events
            .iter()
            .filter_map(|&at| self.sheet.events.get(at))
    }

    /// When the report was published, as given.
    pub(crate) fn published(&self) -> Option<&str> {
        self.sheet.report.published.as_deref()
    }
}
