//! The reports, without their texts.

use sayso_api::SheetJson;

use crate::Dataset;
use crate::cell::{columns, day};

/// A report with its incident.
pub(super) struct Report<'d> {
    dataset: &'d Dataset,
    sheet: &'d SheetJson<'static>,
}

pub(super) fn rows(dataset: &Dataset) -> impl Iterator<Item = Report<'_>> {
    dataset.sheets().map(move |sheet| Report { dataset, sheet })
}

impl Report<'_> {
    fn withdrawn(&self) -> Option<bool> {
        let id = self.sheet.report.id.as_ref();
        let mut reports = self.dataset.home(id)?.reports.iter();
        reports.find(|r| r.id == id).map(|r| r.withdrawn)
    }
}

columns! { row: Report<'_> {
    "id" Text "#meta+report+id" "Id of the report" => &row.sheet.report.id;
    "title" Text "#meta+report+title" "Headline" => row.sheet.report.title.as_deref();
    "outlet" Text "#meta+source" "Who published it" => row.sheet.report.outlet.as_deref();
    "url" Text "#meta+url" "Where" => row.sheet.report.url.as_deref();
    "published" Day "#date+published" "Day of publication" => day(row.sheet.report.published.as_deref());
    "published_at" Text "#date+published+time" "Moment of publication, as it was given" => row.sheet.report.published.as_deref();
    "language" Text "#meta+lang" "ISO 639-1" => &row.sheet.report.language;
    "incident" Text "#event+id" "Id of the incident that it is about" => row.dataset.home(&row.sheet.report.id).map(|incident| incident.id.as_str());
    "withdrawn" Bool "#status+withdrawn" "Whether the outlet took it back" => row.withdrawn();
    "statements" Int "#meta+statements" "How many statements were found" => row.sheet.statements.len();
    "events" Int "#meta+events" "How many events were found" => row.sheet.events.len();
    "sayso" Text "#meta+version" "Version of the program that coded it" => row.sheet.made_by.sayso.as_str();
    "model" Text "#meta+version+model" "Version of its model" => row.sheet.made_by.model.as_str();
}}
