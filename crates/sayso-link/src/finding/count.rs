//! Counts of people: the whole of each effect, nobody hurt, and nobody knows.

use sayso_api::{EventJson, StatementJson, TollJson};

use super::answer::Said;
use super::stance;
use super::told::Told;
use crate::origin::Attributions;
use crate::rule::JudgingRule as Rule;

/// What `event` says of people of this effect.
///
/// Of the counts of one speaker the largest is the whole; the others are parts of it (“including
/// eleven children”). “Nobody was hurt” is 0 killed and 0 injured; “no confirmed reports of
/// casualties” is no number at all.
pub(super) fn said<'s>(
    effect: &str,
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    attributions: Attributions<'_>,
) -> Vec<Said<'s>> {
    let mut wholes: Vec<&'s TollJson<'s>> = Vec::new();
    for toll in event.tolls.iter().filter(|toll| toll.effect == effect) {
        let by = toll.by.as_ref().and_then(|id| statement(report, id));
        if (attributions.has(Rule::EarlierFigure) && is_earlier(report, toll, attributions))
            || by.is_some_and(|by| stance::is_earlier_version(by, attributions))
        {
            continue;
        }
        match wholes
            .iter_mut()
            .find(|whole| whole.by == toll.by && attributions.has(Rule::LargestIsWhole))
        {
            Some(whole) if toll.low > whole.low => *whole = toll,
            Some(_) => {}
            None => wholes.push(toll),
        }
    }
    // A writer's lower figure beside a quoted one is a part of that.
    if attributions.has(Rule::LargestIsWhole) {
        let quoted = wholes.iter().filter(|toll| toll.by.is_some());
        let most = quoted.map(|toll| toll.low).max();
        wholes.retain(|toll| toll.by.is_some() || most.is_none_or(|most| toll.low >= most));
    }
    let mut said: Vec<Said<'s>> = wholes
        .into_iter()
        .filter_map(|toll| {
            let statement = toll.by.as_ref().and_then(|id| statement(report, id));
            let takes_back = statement.is_some_and(|s| stance::takes_back(report, s, attributions));
            let stance = match statement {
                _ if takes_back => "does-not-know",
                Some(statement) => stance::of(statement, attributions)?,
                None => "asserts",
            };
            let value = (stance != "does-not-know").then(|| figure(toll));
            let said = Said::new(event, statement, "tolls", stance, value);
            Some(Said {
                takes_back,
                part: is_part(toll),
                ..said.at(toll.span, &toll.quote)
            })
        })
        .collect();
    if said.is_empty() && matches!(effect, "killed" | "injured") {
        said.extend(standing(effect, report, event, attributions));
    }
    if attributions.has(Rule::UnknownIsNoNumber) {
        said.extend(not_known(effect, report, event, attributions));
    }
    said
}

/// Whether a count can be one of some only: of children or women, or of a person told of without
/// a number (“his brother”).
fn is_part(toll: &TollJson<'_>) -> bool {
    let counted = toll.quote.chars().any(|c| c.is_ascii_digit())
        || toll
            .quote
            .split(|c: char| !c.is_alphabetic())
            .any(|word| word.eq_ignore_ascii_case("one"));
    matches!(toll.who.as_ref(), "children" | "women") || (toll.low == 1 && !counted)
}

/// Characters before a figure in which it can be called an earlier one.
const BEFORE: usize = 40;

/// Whether a figure is called an earlier one: “an earlier toll of nine”, “up from nine”.
fn is_earlier(report: &Told<'_>, toll: &TollJson<'_>, attributions: Attributions<'_>) -> bool {
    let [start, end] = toll.span;
    let before = report.slice([start.saturating_sub(BEFORE), start]);
    let clause = before.rsplit(['.', ';', '\n']).next().unwrap_or_default();
    // The span can hold the words too: “an earlier toll of nine”.
    let own = report.slice([start, end]);
    let number = own
        .char_indices()
        .find(|(_, c)| c.is_ascii_digit())
        .map_or(own.len(), |(at, _)| at);
    let head = own.get(..number).unwrap_or_default();
    let inside = head.rsplit_once(' ').map_or("", |(words, _)| words);
    attributions.phrases.ends("earlier", clause)
        || (!inside.is_empty() && attributions.phrases.ends("earlier", inside))
}

/// Silences and doubts about people of this effect: “it was not known how many were missing”.
fn not_known<'s>(
    effect: &str,
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    attributions: Attributions<'_>,
) -> Vec<Said<'s>> {
    report
        .statements(event)
        .into_iter()
        .filter(|statement| {
            matches!(statement.act.as_ref(), "silence" | "doubt")
                && stance::is_about(effect, statement, attributions)
        })
        .map(|statement| Said::new(event, Some(statement), "toll_status", "does-not-know", None))
        .collect()
}

/// A toll that is said to be none, or not to be known.
fn standing<'s>(
    effect: &str,
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    attributions: Attributions<'_>,
) -> Option<Said<'s>> {
    let (value, stance) = match event.toll_status.as_ref() {
        "none" if attributions.has(Rule::NobodyHurtIsZero) => (Some("0".to_owned()), "asserts"),
        // Asked once only: what is not known is who was hurt at all.
        "unknown" if effect == "killed" && attributions.has(Rule::UnknownIsNoNumber) => {
            (None, "does-not-know")
        }
        _ => return None,
    };
    let span = event.why.get("toll_status").and_then(|reason| reason.span);
    let span = span.unwrap_or(event.anchor.span);
    let quote = report.slice(span);
    let speaker = report
        .sheet
        .statements
        .iter()
        .find(|s| s.content.iter().any(|content| overlap(content.span, span)));
    Some(Said::new(event, speaker, "toll_status", stance, value).at(span, &quote))
}

fn statement<'s>(report: &Told<'s>, id: &str) -> Option<&'s StatementJson<'s>> {
    report.sheet.statements.iter().find(|s| s.id == id)
}

fn overlap(a: [usize; 2], b: [usize; 2]) -> bool {
    a[0] < b[1] && b[0] < a[1]
}

/// A count as an answer: `16`, `16+` (at least), `-16` (at most), `~16`, `10-15`, and vague words
/// by their lowest: `24?`.
fn figure(toll: &TollJson<'_>) -> String {
    match (toll.bound.as_ref(), toll.low, toll.high) {
        ("at-most", _, Some(high)) => format!("-{high}"),
        ("vague", low, _) => format!("{low}?"),
        ("about", low, Some(high)) if high > low => format!("{low}-{high}"),
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
