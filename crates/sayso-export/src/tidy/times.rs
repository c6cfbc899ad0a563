//! Every time expression, report by report.

use sayso_api::{SheetJson, TimeMentionJson};

use crate::Dataset;
use crate::cell::{columns, day};

/// A time expression of a report.
pub(super) struct Time<'d> {
    sheet: &'d SheetJson<'static>,
    time: &'d TimeMentionJson<'static>,
}

pub(super) fn rows(dataset: &Dataset) -> impl Iterator<Item = Time<'_>> {
    dataset.sheets().flat_map(|sheet| {
        let times = sheet.times.iter();
        times.map(move |time| Time { sheet, time })
    })
}

columns! { row: Time<'_> {
    "report" Text "#meta+report+id" "Id of the report" => &row.sheet.report.id;
    "words" Text "#description+quote" "The words of the text" => &row.time.quote;
    "start" Int "#meta+start" "Where they begin in the report's text, in code points" => row.time.span[0];
    "end" Int "#meta+end" "Where they end" => row.time.span[1];
    "type" Text "#date+type" "TIMEX3 type: DATE, TIME, DURATION or SET" => &row.time.r#type;
    "value" Text "#date+value" "TIMEX3 value" => &row.time.value;
    "first_day" Day "#date+start" "First day that it covers" => day(row.time.start.as_deref());
    "last_day" Day "#date+end" "Last day that it covers" => day(row.time.end.as_deref());
}}
