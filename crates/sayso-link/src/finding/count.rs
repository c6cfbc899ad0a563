//! Counts of people: the whole of each effect, nobody hurt, and nobody knows.

use sayso_api::{EventJson, StatementJson, TollJson};

use super::answer::Said;
use super::told::Told;
use super::{doer, stance};
use crate::origin::Attributions;
use crate::rule::JudgingRule as Rule;
use crate::words::words;

/// What `event` says of people of this effect: “nobody was hurt” is 0 killed and 0 injured; “no
/// confirmed reports of casualties” is no number at all.
pub(super) fn said<'s>(
    effect: &str,
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    attributions: Attributions<'_>,
) -> Vec<Said<'s>> {
    let mut said: Vec<Said<'s>> = event
        .tolls
        .iter()
        .filter(|toll| toll.effect == effect)
        .filter_map(|toll| counted(report, event, toll, attributions))
        .collect();
    if said.is_empty() && matches!(effect, "killed" | "injured") {
        said.extend(standing(effect, report, event, attributions));
    }
    if attributions.has(Rule::UnknownIsNoNumber) {
        said.extend(not_known(effect, report, event, attributions));
    }
    said
}

/// The figures of this effect that `report` calls earlier ones, be it as tolls of their own or in the
/// sentence of a later one (“has risen to 17, …, raising its earlier figure of 12”).
pub(super) fn earlier(
    effect: &str,
    report: &Told<'_>,
    attributions: Attributions<'_>,
) -> Vec<String> {
    let tolls = report.events().flat_map(|event| &event.tolls);
    let tolls = tolls.filter(|toll| toll.effect == effect);
    tolls
        .filter_map(|toll| {
            if is_earlier(report, toll, attributions) {
                return Some(figure(toll));
            }
            let behind = report.slice([toll.span[1], toll.span[1] + SENTENCE]);
            let sentence = behind.split([';', '\n']).next().unwrap_or_default();
            let sentence = sentence.split(". ").next().unwrap_or_default();
            let (_, behind) = attributions.phrases.find("earlier", sentence)?;
            let number = words(behind).next()?;
            attributions.number(number).map(|number| number.to_string())
        })
        .collect()
}

/// Characters behind a figure within which its sentence ends.
const SENTENCE: usize = 160;

/// A toll as an answer; `None` for one that has been replaced, or that nobody asserts.
fn counted<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    toll: &'s TollJson<'s>,
    attributions: Attributions<'_>,
) -> Option<Said<'s>> {
    let by = toll.by.as_ref().and_then(|id| statement(report, id));
    let by = by.filter(|by| !is_of_named_deed(report, by, toll, attributions));
    let statement = by.map(|by| doer::denial_around(report, by, attributions).unwrap_or(by));
    if statement.is_some_and(|by| doer::denies_part(report, event, by, attributions)) {
        return None;
    }
    if (attributions.has(Rule::EarlierFigure) && is_earlier(report, toll, attributions))
        || statement.is_some_and(|by| stance::is_earlier_version(report, by, attributions))
    {
        return None;
    }
    let takes_back = statement.is_some_and(|s| stance::takes_back(report, s, attributions));
    let stance = match statement {
        _ if takes_back => "does-not-know",
        Some(statement) => stance::of(statement, attributions)?,
        None => "asserts",
    };
    let value = (stance != "does-not-know").then(|| figure(toll));
    let said = Said::new(event, statement, "tolls", stance, value);
    let most = if toll.bound == "at-most" {
        toll.high.unwrap_or(toll.low)
    } else {
        toll.low
    };
    Some(Said {
        takes_back,
        part: is_part(report, toll, attributions),
        count: (stance == "asserts").then_some(most),
        ..said.at(toll.span, &toll.quote)
    })
}

/// Whether a toll stands in a relative clause to a deed that a claim or an accusation only names:
/// “responsibility for the bombing that killed nine”; not “that it killed nine”.
fn is_of_named_deed(
    report: &Told<'_>,
    by: &StatementJson<'_>,
    toll: &TollJson<'_>,
    attributions: Attributions<'_>,
) -> bool {
    if !matches!(by.act.as_ref(), "claim-responsibility" | "accuse")
        || !attributions.has(Rule::DeedNamed)
    {
        return false;
    }
    let holds = |part: &&sayso_api::Quoted<'_>| {
        part.span[0] <= toll.span[0] && toll.span[1] <= part.span[1]
    };
    let Some(part) = by.content.iter().find(holds) else {
        return false;
    };
    let before = report.slice([part.span[0], toll.span[0]]);
    let all: Vec<&str> = words(&before).collect();
    // What begins a content, or has its own subject behind it, is no relative clause.
    all.windows(2).skip(1).any(|pair| {
        matches!(pair, ["that" | "which", next]
            if !attributions.phrases.stands_in("own", next)
                && !attributions.phrases.stands_in("own-of", next))
    })
}

/// Characters around a figure in which it can be called a part, or an earlier one.
const AROUND: usize = 80;

/// Whether a count can be one of some only: of children or women, of a person told of without a
/// number (“his brother”), or by its words (“seven of the dead”, “including seven guards”).
fn is_part(report: &Told<'_>, toll: &TollJson<'_>, attributions: Attributions<'_>) -> bool {
    let counted = toll.quote.chars().any(|c| c.is_ascii_digit())
        || toll
            .quote
            .split(|c: char| !c.is_alphabetic())
            .any(|word| word.eq_ignore_ascii_case("one"));
    if matches!(toll.who.as_ref(), "children" | "women") || (toll.low == 1 && !counted) {
        return true;
    }
    let [start, end] = toll.span;
    let before = report.slice([start.saturating_sub(AROUND), start]);
    let behind = report.slice([end, end + AROUND]);
    let phrases = attributions.phrases;
    phrases.ends("part-before", clause_before(&before))
        // The span can hold the words too: “seven of the dead”.
        || phrases.stands_in("part-behind", &toll.quote)
        || phrases.starts("part-behind", &behind)
}

/// Of what stands before a figure, the words of its own clause.
fn clause_before(before: &str) -> &str {
    before.rsplit(['.', ';', '\n']).next().unwrap_or_default()
}

/// Whether a figure is called an earlier one: “an earlier toll of nine”, “up from nine”, “raised the
/// toll from nine”, “14, not nine”.
fn is_earlier(report: &Told<'_>, toll: &TollJson<'_>, attributions: Attributions<'_>) -> bool {
    let [start, end] = toll.span;
    let before = report.slice([start.saturating_sub(AROUND), start]);
    let clause = clause_before(&before);
    // The span can hold the words too: “an earlier toll of nine”.
    let own = report.slice([start, end]);
    let number = own
        .char_indices()
        .find(|(_, c)| c.is_ascii_digit())
        .map_or(own.len(), |(at, _)| at);
    let head = own.get(..number).unwrap_or_default();
    let inside = head.rsplit_once(' ').map_or("", |(words, _)| words);
    let phrases = attributions.phrases;
    let moved = phrases.ends("from", clause) && phrases.stands_in("changes", clause);
    phrases.ends("earlier", clause)
        || (!inside.is_empty() && phrases.ends("earlier", inside))
        || moved
        || is_set_right(report, clause, end)
}

/// Whether the figure between `clause` and `end` is the wrong one of two: “14, not nine”, “not nine
/// but 14”.
fn is_set_right(report: &Told<'_>, clause: &str, end: usize) -> bool {
    let Some(head) = clause.trim_end().strip_suffix("not") else {
        return false;
    };
    let behind = report.slice([end, end + AROUND / 2]);
    let same_clause = behind.split(['.', ';', '\n']).next().unwrap_or_default();
    head.trim_end().ends_with([',', '(', '–', '—', '-'])
        || same_clause
            .split_whitespace()
            .take(4)
            .any(|word| word == "but")
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
    let phrases = attributions.phrases;
    let only_killed = phrases.stands_in("killed", &quote) && !phrases.stands_in("injured", &quote);
    if effect == "injured" && only_killed && attributions.has(Rule::KilledIsNotHurt) {
        return None;
    }
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
        ("at-most", low, high) => format!("-{}", high.unwrap_or(low)),
        ("vague", low, _) => format!("{low}?"),
        ("about", low, Some(high)) if high > low => format!("{low}-{high}"),
        ("about", low, _) => format!("~{low}"),
        ("exact", low, Some(high)) if high == low => low.to_string(),
        (_, low, Some(high)) if high != low => format!("{low}-{high}"),
        ("exact", low, _) => low.to_string(),
        (_, low, _) => format!("{low}+"),
    }
}

/// What a figure allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// The lowest; of “up to 16” nobody knows it.
    pub(super) low: Option<u64>,
    /// The highest, if there is one.
    pub(super) high: Option<u64>,
    /// Whether it is only a vague word.
    pub(super) vague: bool,
}

impl Range {
    fn new(low: Option<u64>, high: Option<u64>) -> Self {
        Self {
            low,
            high,
            vague: false,
        }
    }
}

/// What a figure allows; `None` for what is no figure.
pub(super) fn range(figure: &str) -> Option<Range> {
    if let Some(low) = figure.strip_suffix('+') {
        return Some(Range::new(Some(low.parse().ok()?), None));
    }
    if let Some(low) = figure.strip_suffix('?') {
        let range = Range::new(Some(low.parse().ok()?), None);
        return Some(Range {
            vague: true,
            ..range
        });
    }
    if let Some(high) = figure.strip_prefix('-') {
        return Some(Range::new(None, Some(high.parse().ok()?)));
    }
    if let Some(about) = figure.strip_prefix('~') {
        let about: u64 = about.parse().ok()?;
        // A tenth either way: what writers round.
        let tenth = about / 10;
        return Some(Range::new(
            Some(about - tenth),
            Some(about.saturating_add(tenth)),
        ));
    }
    if let Some((low, high)) = figure.split_once('-') {
        return Some(Range::new(
            Some(low.parse().ok()?),
            Some(high.parse().ok()?),
        ));
    }
    let exact: u64 = figure.parse().ok()?;
    Some(Range::new(Some(exact), Some(exact)))
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
        for (figure, low, high, vague) in [
            ("16", Some(16), Some(16), false),
            ("16+", Some(16), None, false),
            ("-16", None, Some(16), false),
            ("~100", Some(90), Some(110), false),
            ("10-15", Some(10), Some(15), false),
            ("24?", Some(24), None, true),
        ] {
            assert_eq!(range(figure), Some(Range { low, high, vague }), "{figure}");
        }
        assert_eq!(range("many"), None);
        assert!(range(&format!("~{}", u64::MAX)).is_some());
    }
}
