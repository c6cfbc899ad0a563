//! What an incident is about, and what else its reports recall.

use crate::Point;
use crate::incident::core::{Core, SAME_KM, indexed, recalling};
use crate::incident::outline::{Outline, Table, point};

use super::extract::Kept;

/// A type of event somewhere on some days.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// ACLED sub-event type.
    pub acled: String,
    /// Days since 1970-01-01, ascending; those of longer than a month are left out.
    pub days: Vec<i32>,
    /// Where.
    pub point: Point,
}

/// An event of a report that is not of the report's own incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Recall {
    /// Id of the report.
    pub report: String,
    /// The event, by position in the sheet.
    pub event: usize,
    /// What it is, where and when.
    pub spot: Spot,
}

/// How one incident looks from the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// Where others can recall it; `None` where type, day or spot are not known.
    pub spot: Option<Spot>,
    /// What its reports may recall of others, by report and event.
    pub recalls: Vec<Recall>,
}

/// The outlook of an incident from its reports.
pub fn outlook(reports: &[Kept]) -> Outlook {
    let mut reports: Vec<&Kept> = reports.iter().collect();
    reports.sort_by(|a, b| a.rank().cmp(&b.rank()));
    let mut table = Table::default();
    let outlines: Vec<Outline> = reports
        .iter()
        .map(|report| report.outline(&mut table))
        .collect();
    let core = Core::of(outlines.iter(), &table);
    let spot = || {
        Some(Spot {
            acled: table.word(core.acled?).to_owned(),
            days: indexed(table.days(core.days)?).collect(),
            point: point(table.place(core.place?)?)?,
        })
    };
    let mut recalls = Vec::new();
    for (report, outline) in reports.iter().zip(&outlines) {
        let own = core.events_of(&outline.events, &table);
        for (at, event) in outline.events.iter().enumerate() {
            let Some((acled, days, point)) = recalling(event, &table) else {
                continue;
            };
            if own.contains(&at) {
                continue;
            }
            recalls.push(Recall {
                report: report.report.clone(),
                event: at,
                spot: Spot {
                    acled: table.word(acled).to_owned(),
                    days: indexed(days).collect(),
                    point,
                },
            });
        }
    }
    Outlook {
        spot: spot(),
        recalls,
    }
}

/// Whether an event there recalls an incident here, of its type and on a day of it.
pub fn recalls(incident: Point, event: Point) -> bool {
    incident.km(event) <= SAME_KM
}
