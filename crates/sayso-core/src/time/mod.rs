//! Times: expressions, their values, and when events happened.
//!
//! `grammar` reads expressions from the letters and figures of the text, `narrative` tells news
//! from narrative, `resolve` places each on the calendar; none of these needs the model. `dating`
//! gives each event its days, by the trees.

mod ahead;
mod before;
mod bound;
#[cfg(test)]
mod cases;
mod clause;
mod dateline;
mod dating;
mod expr;
mod figure;
mod grammar;
mod narrative;
mod report_time;
mod resolve;
mod scan;
mod spans;
mod when;

use jiff::civil::Date;
use sayso_text::{Note, NoteCode, Published, Reading, Span, TokenRange};

pub(crate) use clause::clause_of;
pub(crate) use dating::date;
pub(crate) use figure::is_of_count;

use crate::place::home::{Told, home};
use crate::{Context, PlaceMention, TimeMention, TimeRule, TimeType};
use resolve::Resolver;
use scan::Scan;

/// Finds every time expression and resolves it; `places` tell where the rainy season is.
pub(crate) fn find(context: &Context<'_>, places: &[PlaceMention]) -> Vec<TimeMention> {
    let reading = context.reading;
    let words = &context.knowledge.lexicon.times;
    let scan = Scan::of(reading.text(), words, &context.knowledge.rules);
    let published = reading.report.published.as_ref().map(Published::date);
    let plain = grammar::find(&scan, false);
    let dateline = dateline::written(&scan, &plain, published);
    let written = dateline.map(|(day, _)| day).or(published);
    let narrative = scan.has(TimeRule::Narrative)
        && narrative::is_narrative(&plain, written, scan.has(TimeRule::AccountOfPast));
    let dateline = dateline.map(|(day, i)| (day, plain[i].atoms.clone()));
    let found = if narrative {
        grammar::find(&scan, true)
    } else {
        plain
    };
    let resolved =
        Resolver::new(&scan, written, narrative, home(places, Told::ByAll, 0.0)).all(&found);
    found
        .iter()
        .zip(resolved)
        .filter_map(|(found, mut resolved)| {
            let span = scan.span(found.atoms.start, found.atoms.end);
            let tokens = tokens_of(context, span);
            let own = dateline.as_ref().filter(|(_, own)| *own == found.atoms);
            if let Some((day, _)) = own
                && resolved.interval != Some((*day, *day))
            {
                (resolved.value, resolved.interval) = (day.to_string(), Some((*day, *day)));
            }
            let rule = match resolved.rule {
                _ if own.is_some() => TimeRule::Dateline,
                Some(rule) => rule,
                None => found.rule,
            };
            (!span.is_empty()).then_some(TimeMention {
                tokens,
                span,
                kind: resolved.kind,
                value: resolved.value,
                start: resolved.interval.map(|(start, _)| start),
                end: resolved.interval.map(|(_, end)| end),
                rule,
            })
        })
        .collect()
}

/// The time that is the text's own dateline.
fn dateline_of(times: &[TimeMention]) -> Option<&TimeMention> {
    times.iter().find(|t| t.rule == TimeRule::Dateline)
}

/// The day that a text was written on: that of its dateline, else the day of publication.
pub(crate) fn written(reading: &Reading, times: &[TimeMention]) -> Option<Date> {
    let published = || reading.report.published.as_ref().map(Published::date);
    dateline_of(times).and_then(|t| t.start).or_else(published)
}

/// The tokens that share a character with `span`.
fn tokens_of(context: &Context<'_>, span: Span) -> TokenRange {
    let tokens = &context.reading.tokens;
    let start = tokens.partition_point(|t| t.span.end() <= span.start());
    let end = tokens.partition_point(|t| t.span.start() < span.end());
    start..end.max(start)
}

/// Whether a time means some day that could not be placed.
fn is_unplaced(time: &TimeMention) -> bool {
    // "at night" means no particular night.
    let generic = time.rule == TimeRule::PartOfDay && time.value.starts_with("XXXX-XX-XX");
    matches!(time.kind, TimeType::Date | TimeType::Time)
        && time.start.is_none()
        && !time.value.ends_with("_REF")
        && !generic
}

/// Notes on times that could not be placed.
pub(crate) fn notes(context: &Context<'_>, times: &[TimeMention]) -> Vec<Note> {
    let mut notes = Vec::new();
    let published = context.reading.report.published.as_ref();
    if let (Some(own), Some(published)) = (dateline_of(times), published.map(Published::date))
        && let Some(day) = own.start
        && dateline::differs(day, published)
    {
        notes.push(Note {
            code: NoteCode::DatelineDiffers,
            span: Some(own.span),
            message: format!(
                "The text dates itself {day}, its publication is given as {published}: times are \
                 seen from the text's own date."
            ),
        });
    }
    let unplaced: Vec<&TimeMention> = times.iter().filter(|t| is_unplaced(t)).collect();
    if written(context.reading, times).is_none() && !unplaced.is_empty() {
        notes.push(Note {
            code: NoteCode::NoPublicationDate,
            span: None,
            message: "The report has no date of its own and none of publication, so times that are seen from it stay \
                      unresolved."
                .to_owned(),
        });
    }
    notes.extend(unplaced.into_iter().map(|t| Note {
        code: NoteCode::UnresolvedTime,
        span: Some(t.span),
        message: format!(
            "`{}` could not be placed on the calendar.",
            context.reading.slice(t.span)
        ),
    }));
    notes
}

#[cfg(test)]
mod tests {
    use sayso_lexicon::Lexicon;
    use sayso_place::{Builder, Gazetteer};
    use sayso_text::{Published, Report, read};

    use super::*;
    use crate::{Knowledge, Syntax};

    fn codes(text: &str, published: Option<&str>) -> Vec<(NoteCode, String)> {
        let mut report = Report::from_text(text);
        report.published = published.map(|day| Published::parse(day).unwrap());
        let reading = read(report);
        let empty = Builder::new().finish("2025-01-01").unwrap();
        let (lexicon, gazetteer) = (
            Lexicon::builtin().unwrap(),
            Gazetteer::from_bytes(empty).unwrap(),
        );
        let context = Context {
            reading: &reading,
            syntax: &Syntax::of(&reading),
            knowledge: &Knowledge {
                lexicon: &lexicon,
                gazetteer: &gazetteer,
                registry: &sayso_registry::Registry::default(),
                rules: crate::Rules::all(),
            },
        };
        let times = find(&context, &[]);
        notes(&context, &times)
            .iter()
            .map(|n| (n.code, n.span.map_or("", |s| reading.slice(s)).to_owned()))
            .collect()
    }

    #[test]
    fn a_report_without_date_says_so_once() {
        let text = "On Monday a mill burned. On Tuesday it rained. At night it was quiet.";
        assert_eq!(
            codes(text, None),
            [
                (NoteCode::NoPublicationDate, String::new()),
                (NoteCode::UnresolvedTime, "Monday".to_owned()),
                (NoteCode::UnresolvedTime, "Tuesday".to_owned()),
            ]
        );
        assert!(codes(text, Some("2025-10-22")).is_empty());
    }

    #[test]
    fn a_time_beside_an_unknown_event_is_noted() {
        let found = codes(
            "Two days after the flood the mill burned.",
            Some("2025-10-22"),
        );
        assert_eq!(
            found,
            [(NoteCode::UnresolvedTime, "Two days after".to_owned())]
        );
    }
}
