//! Times: expressions, their values, and when events happened.
//!
//! `grammar` reads expressions from the letters and figures of the text, `narrative` tells news
//! from narrative, `resolve` places each on the calendar; none of these needs the model. `dating`
//! gives each event its days, by the trees.

mod ahead;
mod before;
#[cfg(test)]
mod cases;
mod clause;
mod dating;
mod expr;
mod grammar;
mod narrative;
mod resolve;
mod scan;
mod spans;
mod when;

use sayso_text::{Note, NoteCode, Span, TokenRange};

pub(crate) use dating::date;

use crate::{Context, TimeMention, TimeType};
use resolve::Resolver;
use scan::Scan;

/// Finds every time expression and resolves it.
pub(crate) fn find(context: &Context<'_>) -> Vec<TimeMention> {
    let reading = context.reading;
    let words = &context.knowledge.lexicon.times;
    let scan = Scan::of(reading.text(), words);
    let published = reading
        .report
        .published
        .as_ref()
        .map(sayso_text::Published::date);
    let plain = grammar::find(&scan, false);
    let narrative = narrative::is_narrative(&plain, published);
    let found = if narrative {
        grammar::find(&scan, true)
    } else {
        plain
    };
    let resolved = Resolver::new(&scan, published, narrative).all(&found);
    found
        .iter()
        .zip(resolved)
        .filter_map(|(found, resolved)| {
            let span = scan.span(found.atoms.start, found.atoms.end);
            let tokens = tokens_of(context, span);
            (!span.is_empty()).then_some(TimeMention {
                tokens,
                span,
                kind: resolved.kind,
                value: resolved.value,
                start: resolved.interval.map(|(start, _)| start),
                end: resolved.interval.map(|(_, end)| end),
                rule: found.rule,
            })
        })
        .collect()
}

/// The tokens that share a character with `span`.
fn tokens_of(context: &Context<'_>, span: Span) -> TokenRange {
    let tokens = &context.reading.tokens;
    let start = tokens.partition_point(|t| t.span.end() <= span.start());
    let end = tokens.partition_point(|t| t.span.start() < span.end());
    start..end.max(start)
}

/// Notes on times that could not be placed.
pub(crate) fn notes(context: &Context<'_>, times: &[TimeMention]) -> Vec<Note> {
    let mut notes = Vec::new();
    let unplaced: Vec<&TimeMention> = times
        .iter()
        .filter(|t| matches!(t.kind, TimeType::Date | TimeType::Time))
        .filter(|t| t.start.is_none() && !t.value.ends_with("_REF"))
        // "at night" means no particular night.
        .filter(|t| !(t.rule == "part-of-day" && t.value.starts_with("XXXX-XX-XX")))
        .collect();
    if context.reading.report.published.is_none() && !unplaced.is_empty() {
        notes.push(Note {
            code: NoteCode::NoPublicationDate,
            span: None,
            message: "The report has no publication date, so times that are seen from it stay \
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
        let times = find(&context);
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
