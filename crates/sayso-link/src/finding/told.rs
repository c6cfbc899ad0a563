//! A report and those of its events that belong to the incident.

use sayso_api::{EventJson, SheetJson, StatementJson};

use super::moment::Moment;
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

    /// When, to be compared.
    pub(crate) fn moment(&self) -> Moment {
        Moment::of(self.published())
    }

    /// The statements that tell of `event`. What tells of no event at all, a denial of “any
    /// involvement” or that “it was not known how many are missing”, is about the first of the
    /// report: the one that it is about.
    pub(super) fn statements(&self, event: &EventJson<'_>) -> Vec<&'s StatementJson<'s>> {
        let first = self
            .events
            .first()
            .and_then(|&at| self.sheet.events.get(at));
        let is_first = first.is_some_and(|first| first.id == event.id);
        self.sheet
            .statements
            .iter()
            .filter(|statement| {
                event.statements.contains(&statement.id)
                    || (is_first && statement.events.is_empty() && may_be_loose(statement))
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

/// Denials and silences name their matter by a pronoun or by nothing at all.
fn may_be_loose(statement: &StatementJson<'_>) -> bool {
    matches!(
        statement.act.as_ref(),
        "deny" | "silence" | "doubt" | "report" | "confirm"
    )
}
