//! What a flat row says of an incident: read off its findings and its main event.

use jiff::civil::Date;
use sayso_api::{ActorJson, AnswerJson, EventJson, FindingJson, IncidentJson, SheetJson, SideJson};

use crate::Dataset;
use crate::cell::{day, joined};

/// An incident with what is looked up for a row.
pub(crate) struct Facts<'d> {
    pub(crate) incident: &'d IncidentJson,
    dataset: &'d Dataset,
    /// The event that stands for it: of its type, of a main report, with a doer where one has.
    event: Option<(&'d SheetJson<'static>, &'d EventJson<'static>)>,
}

/// A side of the main event.
pub(crate) struct Party<'d> {
    pub(crate) side: &'d SideJson<'static>,
    pub(crate) actor: Option<&'d ActorJson<'static>>,
}

impl Party<'_> {
    /// Its full name where it is known, else the local words.
    pub(crate) fn name(&self) -> &str {
        self.actor
            .map_or(self.side.quote.as_ref(), |actor| actor.name.as_ref())
    }

    /// The kind of actor.
    pub(crate) fn kind(&self) -> &str {
        self.actor.map_or("unknown", |actor| actor.kind.as_ref())
    }
}

impl<'d> Facts<'d> {
    /// Of each incident.
    pub(crate) fn all(dataset: &'d Dataset) -> impl Iterator<Item = Self> {
        dataset
            .incidents()
            .iter()
            .map(|incident| Self::of(dataset, incident))
    }

    /// Of one.
    pub(crate) fn of(dataset: &'d Dataset, incident: &'d IncidentJson) -> Self {
        let events = || {
            incident
                .reports
                .iter()
                .filter(|report| report.role == "main" && !report.withdrawn)
                .filter_map(|report| Some((report, dataset.sheet(&report.id)?)))
                .flat_map(|(report, sheet)| {
                    let own = sheet.events.iter();
                    own.filter(|event| report.events.iter().any(|id| *id == event.id))
                        .map(move |event| (sheet, event))
                })
                .filter(|(_, event)| event.acled.as_deref() == incident.acled.as_deref())
        };
        Self {
            incident,
            dataset,
            event: events()
                .find(|(_, event)| !event.side_a.is_empty())
                .or_else(|| events().next()),
        }
    }

    /// The finding on a question.
    pub(crate) fn finding(&self, question: &str) -> Option<&'d FindingJson> {
        let mut findings = self.incident.findings.iter();
        findings.find(|finding| finding.question == question)
    }

    /// How a question stands: `not-stated` where nobody says anything.
    pub(crate) fn status(&self, question: &str) -> &'d str {
        self.finding(question)
            .map_or("not-stated", |finding| finding.status.as_str())
    }

    /// What somebody still says in answer to a question.
    pub(crate) fn values(&self, question: &str) -> String {
        let answers = self.finding(question).map(|f| f.answers.as_slice());
        let standing = |answer: &&AnswerJson| answer.stance == "asserts" && !answer.superseded;
        let answers = answers.unwrap_or_default().iter().filter(standing);
        joined(answers.filter_map(|answer| answer.value.as_deref()))
    }

    /// Low, conservative and high of a question with a number.
    pub(crate) fn number(&self, question: &str) -> [Option<u64>; 3] {
        self.finding(question)
            .map_or([None; 3], |f| [f.low, f.conservative, f.high])
    }

    /// First and last day.
    pub(crate) fn days(&self) -> (Option<Date>, Option<Date>) {
        let start = day(self.incident.start.as_deref());
        let end = day(self.incident.end.as_deref());
        (start.or(end), end.or(start))
    }

    /// Degrees north and east.
    pub(crate) fn point(&self) -> Option<(f64, f64)> {
        let place = self.incident.place.as_ref()?;
        Some((place.lat?, place.lon?))
    }

    /// Sides of the main event.
    pub(crate) fn parties(
        &self,
        side: for<'x> fn(&'x EventJson<'static>) -> &'x [SideJson<'static>],
    ) -> Vec<Party<'d>> {
        let Some((sheet, event)) = self.event else {
            return Vec::new();
        };
        side(event)
            .iter()
            .map(|side| Party {
                side,
                actor: side
                    .actor
                    .as_ref()
                    .and_then(|id| sheet.actors.iter().find(|actor| actor.id == *id)),
            })
            .collect()
    }

    /// The main event.
    pub(crate) fn event(&self) -> Option<&'d EventJson<'static>> {
        self.event.map(|(_, event)| event)
    }

    /// The division of second order.
    pub(crate) fn admin2(&self) -> Option<&'d str> {
        self.event()?.place.as_ref()?.admin2.as_deref()
    }

    /// Who published its reports.
    pub(crate) fn outlets(&self) -> String {
        let reports = self.incident.reports.iter();
        joined(reports.filter_map(|report| report.outlet.as_deref()))
    }

    /// On whose say-so it rests.
    pub(crate) fn origins(&self) -> String {
        joined(
            self.incident
                .origins
                .iter()
                .map(|origin| origin.name.as_str()),
        )
    }

    /// The first of its reports that has a sheet.
    pub(crate) fn first_report(&self) -> Option<&'d SheetJson<'static>> {
        let mut reports = self.incident.reports.iter();
        reports.find_map(|report| self.dataset.sheet(&report.id))
    }

    /// How many questions stand so.
    pub(crate) fn count(&self, status: &str) -> usize {
        let findings = self.incident.findings.iter();
        findings.filter(|finding| finding.status == status).count()
    }

    /// Addresses of its reports.
    pub(crate) fn addresses(&self) -> String {
        let sheets = self.incident.reports.iter();
        let sheets = sheets.filter_map(|report| self.dataset.sheet(&report.id));
        joined(sheets.filter_map(|sheet| sheet.report.url.as_deref()))
    }
}
