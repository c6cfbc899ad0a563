//! A report and those of its events that belong to the incident.

use sayso_api::{EventJson, SheetJson, StatementJson};

use super::loose::is_about_incident;
use super::moment::Moment;
use crate::origin::{Attributions, Origin};

/// One report of an incident.
#[derive(Clone, Debug)]
pub(crate) struct Told<'s> {
    /// Its sheet.
    pub(crate) sheet: &'s SheetJson<'s>,
    /// Its events that belong to the incident, by position in the sheet.
    pub(crate) events: Vec<usize>,
    /// Who its own words go back to.
    pub(crate) own: Origin,
    /// The text that it is a print of, by number.
    pub(crate) text: u32,
    /// Whether the report is about the incident, and does not only recall it.
    pub(crate) is_main: bool,
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

    /// When, to be compared.
    pub(crate) fn moment(&self) -> Moment {
        Moment::of(self.published())
    }

    /// The statements that tell of `event`; of the first event those too that tell of no event at
    /// all, and are about the incident.
    pub(super) fn statements(
        &self,
        event: &EventJson<'_>,
        attributions: Attributions<'_>,
    ) -> Vec<&'s StatementJson<'s>> {
        let is_first = self.events().next().is_some_and(|e| e.id == event.id);
        let is_loose = |statement: &StatementJson<'_>| {
            statement.events.is_empty() && is_about_incident(self, statement, attributions)
        };
        self.sheet
            .statements
            .iter()
            .filter(|statement| {
                event.statements.contains(&statement.id) || (is_first && is_loose(statement))
            })
            .collect()
    }

    /// The words of the report at `span`.
    pub(super) fn slice(&self, [start, end]: [usize; 2]) -> String {
        self.sheet
            .report
            .text
            .chars()
            .skip(start)
            .take(end.saturating_sub(start))
            .collect()
    }
}
