//! A report and those of its events that belong to the incident.

use sayso_api::{EventJson, SheetJson, StatementJson};

use super::loose::is_about_incident;
use super::moment::Moment;
use crate::origin::{Attributions, Origin, Voice};

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
    /// Its statements that tell of no event and are about the incident, by position.
    loose: Vec<usize>,
}

impl<'s> Told<'s> {
    /// A report that is about the incident by these of its events.
    pub(crate) fn new(
        sheet: &'s SheetJson<'s>,
        events: Vec<usize>,
        voice: &Voice,
        attributions: Attributions<'_>,
    ) -> Self {
        let mut told = Self {
            sheet,
            events,
            own: voice.own.clone(),
            text: voice.text,
            is_main: true,
            withdrawn: false,
            loose: Vec::new(),
        };
        told.loose = told.find_loose(attributions);
        told
    }

    /// The same, that only recalls it.
    pub(crate) fn recalling(self, attributions: Attributions<'_>) -> Self {
        let mut told = Self {
            is_main: false,
            ..self
        };
        told.loose = told.find_loose(attributions);
        told
    }

    fn find_loose(&self, attributions: Attributions<'_>) -> Vec<usize> {
        let statements = self.sheet.statements.iter().enumerate();
        let loose = statements.filter(|(_, statement)| {
            statement.events.is_empty() && is_about_incident(self, statement, attributions)
        });
        loose.map(|(at, _)| at).collect()
    }

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
    pub(super) fn statements(&self, event: &EventJson<'_>) -> Vec<&'s StatementJson<'s>> {
        let is_first = self.events().next().is_some_and(|e| e.id == event.id);
        let statements = self.sheet.statements.iter().enumerate();
        statements
            .filter(|(at, statement)| {
                event.statements.contains(&statement.id) || (is_first && self.loose.contains(at))
            })
            .map(|(_, statement)| statement)
            .collect()
    }

    /// The words of the report at `span`.
    pub(super) fn slice(&self, [start, end]: [usize; 2]) -> String {
        let text = self.sheet.report.text.as_ref();
        if text.is_ascii() {
            let end = end.min(text.len());
            return text.get(start.min(end)..end).unwrap_or_default().to_owned();
        }
        text.chars()
            .skip(start)
            .take(end.saturating_sub(start))
            .collect()
    }
}
