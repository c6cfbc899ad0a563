//! Counts of people: the whole of each effect, nobody hurt, and nobody knows.

use sayso_api::{EventJson, StatementJson, TollJson};

use super::evidence::Said;
use super::told::Told;

/// What `event` says of people of this effect.
///
/// Of the counts of one speaker the largest is the whole; the others are parts of it (“including
/// eleven children”). “Nobody was hurt” is 0 killed and 0 injured; “no confirmed reports of
/// casualties” is no number at all.
pub(super) fn said<'s>(effect: &str, report: &Told<'s>, event: &'s EventJson<'s>) -> Vec<Said<'s>> {
    let mut wholes: Vec<&'s TollJson<'s>> = Vec::new();
    for toll in event.tolls.iter().filter(|toll| toll.effect == effect) {
        match wholes.iter_mut().find(|whole| whole.by == toll.by) {
            Some(whole) if toll.low > whole.low => *whole = toll,
            Some(_) => {}
            None => wholes.push(toll),
        }
    }
    let mut said: Vec<Said<'s>> = wholes
        .into_iter()
        .map(|toll| Said {
            value: Some(figure(toll)),
            stance: "asserts",
            statement: toll.by.as_ref().and_then(|id| statement(report, id)),
            event,
            field: "tolls",
            span: toll.span,
            quote: toll.quote.to_string(),
        })
        .collect();
    if said.is_empty() && matches!(effect, "killed" | "injured") {
        said.extend(standing(effect, report, event));
    }
    said
}

/// A toll that is said to be none, or not to be known.
fn standing<'s>(effect: &str, report: &Told<'s>, event: &'s EventJson<'s>) -> Option<Said<'s>> {
    let (value, stance) = match event.toll_status.as_ref() {
        "none" => (Some("0".to_owned()), "asserts"),
        // Asked once only: what is not known is who was hurt at all.
        "unknown" if effect == "killed" => (None, "does-not-know"),
        _ => return None,
    };
    let span = event.why.get("toll_status").and_then(|reason| reason.span);
    let span = span.unwrap_or(event.anchor.span);
    let quote = slice(&report.sheet.report.text, span);
    Some(Said {
        value,
        stance,
        statement: event
            .statements
            .iter()
            .filter_map(|id| statement(report, id))
            .find(|s| s.content.iter().any(|content| overlap(content.span, span))),
        event,
        field: "toll_status",
        span,
        quote,
    })
}

fn statement<'s>(report: &Told<'s>, id: &str) -> Option<&'s StatementJson<'s>> {
    report.sheet.statements.iter().find(|s| s.id == id)
}

fn overlap(a: [usize; 2], b: [usize; 2]) -> bool {
    a[0] < b[1] && b[0] < a[1]
}

fn slice(text: &str, [start, end]: [usize; 2]) -> String {
    text.chars()
        .skip(start)
        .take(end.saturating_sub(start))
        .collect()
}

/// A count as an answer: `16`, `16+` (at least), `-16` (at most), `~16`, `10-15`, and vague words
/// by their lowest: `24?`.
fn figure(toll: &TollJson<'_>) -> String {
    match (toll.bound.as_ref(), toll.low, toll.high) {
        ("at-most", _, Some(high)) => format!("-{high}"),
        ("vague", low, _) => format!("{low}?"),
        ("about", low, _) => format!("~{low}"),
        ("exact", low, Some(high)) if high == low => low.to_string(),
        (_, low, Some(high)) if high != low => format!("{low}-{high}"),
        ("exact", low, _) => low.to_string(),
        (_, low, _) => format!("{low}+"),
    }
}

/// What a figure allows: lowest, highest if there is one, and whether it is only a vague word.
pub(super) fn range(figure: &str) -> Option<(u64, Option<u64>, bool)> {
    if let Some(low) = figure.strip_suffix('+') {
        return Some((low.parse().ok()?, None, false));
    }
    if let Some(low) = figure.strip_suffix('?') {
        return Some((low.parse().ok()?, None, true));
    }
    if let Some(high) = figure.strip_prefix('-') {
        return Some((0, Some(high.parse().ok()?), false));
    }
    if let Some(about) = figure.strip_prefix('~') {
        let about: u64 = about.parse().ok()?;
        // A tenth either way: what writers round.
        return Some((about - about / 10, Some(about + about / 10), false));
    }
    if let Some((low, high)) = figure.split_once('-') {
        return Some((low.parse().ok()?, Some(high.parse().ok()?), false));
    }
    let exact: u64 = figure.parse().ok()?;
    Some((exact, Some(exact), false))
}

/// ACLED's value of a vague word, by the lowest that the sheet gives it: “dozens” is 12, “tens”
/// 10, “hundreds” 100 (ACLED codebook, reported fatalities). Of other words it says nothing: they
/// keep the sheet's.
pub(super) fn by_acled(low: u64) -> u64 {
    match low {
        200 => 100,
        24 => 12,
        20 => 10,
        low => low,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_read_again() {
        for (figure, expected) in [
            ("16", Some((16, Some(16), false))),
            ("16+", Some((16, None, false))),
            ("-16", Some((0, Some(16), false))),
            ("~100", Some((90, Some(110), false))),
            ("10-15", Some((10, Some(15), false))),
            ("24?", Some((24, None, true))),
            ("many", None),
        ] {
            assert_eq!(range(figure), expected, "{figure}");
        }
    }
}
