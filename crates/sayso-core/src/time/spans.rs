//! The days that a time expression bounds something to, with the words before it.
//!
//! "since March" reaches to the publication, "from Monday to Wednesday" over both days, "for two
//! weeks" back from the publication. The expression's own interval stays what it says by itself.

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_text::{Reading, Span, TokenRange};

use super::when::plus;
use super::written;
use crate::{TimeMention, TimeRule, TimeType};

/// Days that can date an event, and the words that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dating {
    pub(super) tokens: TokenRange,
    pub(super) span: Span,
    pub(super) start: Date,
    pub(super) end: Date,
    /// The last day of the expression by itself, without the words before it.
    pub(super) own_end: Date,
    /// How the words before it bind it.
    pub(super) sense: Sense,
    /// The rule that read the expression.
    pub(super) rule: TimeRule,
}

/// How an expression bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Within it ("on Tuesday").
    Within,
    /// From it up to the publication ("since March").
    Since,
    /// So long, up to the publication ("has burned for three days").
    Lasting,
    /// Not after it ("until", "before"): says when something ended or had not yet begun.
    Until,
    /// So far by then ("as of Tuesday", "by Tuesday" beside a perfect): no first day is said.
    By,
}

/// The datings of a text, in text order.
pub(super) fn datings(reading: &Reading, times: &[TimeMention]) -> Vec<Dating> {
    let published = written(reading, times);
    let mut all: Vec<Dating> = Vec::new();
    let mut joined = false;
    for (i, time) in times.iter().enumerate() {
        // The second of two joined times is part of the first. The dateline dates the text.
        if std::mem::take(&mut joined) || time.rule == TimeRule::Dateline {
            continue;
        }
        let before = word_before(reading, &time.tokens, 1);
        let Some((start, end)) = days(time, published, &before) else {
            continue;
        };
        let mut dating = Dating {
            tokens: time.tokens.clone(),
            span: time.span,
            start,
            end,
            own_end: end,
            sense: if time.kind == TimeType::Duration && time.start.is_none() {
                Sense::Lasting
            } else {
                Sense::Within
            },
            rule: time.rule,
        };
        if let Some(next) = times.get(i + 1)
            && let (Some(_), Some(last)) = (next.start, next.end)
            && last >= start
            && joins(reading, time, next, &before)
        {
            joined = true;
            dating.tokens.end = next.tokens.end;
            dating.span = time.span.cover(next.span);
            dating.end = last;
            dating.own_end = last;
        }
        match (before.as_str(), published) {
            ("since", Some(day)) if day >= start => {
                (dating.end, dating.sense) = (day.max(dating.end), Sense::Since);
            }
            ("until" | "till" | "before" | "by", _) => dating.sense = Sense::Until,
            ("of", _) if word_before(reading, &time.tokens, 2) == "as" => dating.sense = Sense::By,
            _ => {}
        }
        all.push(dating);
    }
    all
}

/// The times of a text that mean some day that could not be placed. Their own days say nothing.
pub(super) fn unplaced(times: &[TimeMention]) -> Vec<Dating> {
    times
        .iter()
        .filter(|time| super::is_unplaced(time))
        .map(|time| Dating {
            tokens: time.tokens.clone(),
            span: time.span,
            start: Date::ZERO,
            end: Date::ZERO,
            own_end: Date::ZERO,
            sense: Sense::Within,
            rule: time.rule,
        })
        .collect()
}

/// The days of one expression; a length counts back from the publication after "for" or "over".
fn days(time: &TimeMention, published: Option<Date>, before: &str) -> Option<(Date, Date)> {
    match (time.kind, time.start, time.end) {
        (TimeType::Set, ..) => None,
        (TimeType::Duration, None, None) => {
            let day = published.filter(|_| before == "for")?;
            let back = day.checked_sub(length(&time.value)?).ok()?;
            Some((back, day))
        }
        (_, Some(start), Some(end)) if time.value != "PRESENT_REF" => Some((start, end)),
        _ => None,
    }
}

/// The span of a TIMEX3 length of days or more: `P3D`, `P2W`, `P1M`, `P10Y`.
fn length(value: &str) -> Option<jiff::Span> {
    let body = value.strip_prefix('P')?;
    let unit = body.chars().last()?;
    let n: i32 = body.strip_suffix(unit)?.parse().ok()?;
    // More would lead off the calendar.
    if n > 1_999 {
        return None;
    }
    match unit {
        'D' => Some(n.days()),
        'W' => Some(n.weeks()),
        'M' => Some(n.months()),
        'Y' => Some(n.years()),
        _ => None,
    }
}

/// Whether two times are one day and the next.
fn on_both(first: &TimeMention, second: &TimeMention) -> bool {
    let day = |t: &TimeMention| t.start.filter(|_| t.start == t.end);
    day(first)
        .and_then(|d| d.tomorrow().ok())
        .is_some_and(|next| day(second) == Some(next))
}

/// Whether two times are the ends of one stretch: "from Monday to Wednesday", "3-5 March",
/// "between Tuesday night and Wednesday morning".
fn joins(reading: &Reading, first: &TimeMention, second: &TimeMention, before: &str) -> bool {
    let gap = Span::new(first.span.end(), second.span.start()).of(reading.text());
    match gap.trim() {
        "-" | "–" | "—" | "to" | "until" | "till" | "through" | "into" => true,
        // "On Wednesday and Thursday" is one stretch of two days.
        "and" => before == "between" || on_both(first, second),
        _ => false,
    }
}

/// The word `back` tokens before a range in lower case, articles and adverbs skipped.
fn word_before(reading: &Reading, tokens: &TokenRange, back: usize) -> String {
    let mut at = tokens.start;
    let mut left = back;
    while let Some(before) = at.checked_sub(1) {
        let word = reading.word(before).to_lowercase();
        at = before;
        if [
            "the", "early", "late", "about", "around", "nearly", "almost", "more", "than", "over",
            "just",
        ]
        .contains(&word.as_str())
        {
            continue;
        }
        left -= 1;
        if left == 0 {
            return word;
        }
    }
    String::new()
}

/// UCDP's date_prec of days: 1 the day, 2 two to six days, 3 the week, 4 up to a month, 5 more.
///
/// Source: UCDP GED codebook 19.1, variable `date_prec`. More than a year, for which UCDP has no
/// value, is 5 too.
pub(super) fn precision(start: Date, end: Date) -> u8 {
    let days = start.until(end).map_or(0, |span| span.get_days()) + 1;
    match days {
        ..=1 => 1,
        2..=6 => 2,
        7 => 3,
        8..=31 => 4,
        _ => 5,
    }
}

/// The days of what has happened end with the publication: "in 2016" written in May 2016.
pub(super) fn until_published(dating: &Dating, published: Option<Date>) -> (Date, Date) {
    match published {
        Some(day) if dating.start <= day => (dating.start, dating.end.min(day)),
        _ => (dating.start, dating.end),
    }
}

/// Whether a dating is near enough to the publication to be what the report is about.
pub(super) fn is_current(start: Date, end: Date, published: Option<Date>) -> bool {
    let short = start.until(end).is_ok_and(|s| s.get_days() <= 7);
    let near = published
        .is_none_or(|day| plus(day, (-10).days()).is_some_and(|low| end >= low) && start <= day);
    short && near
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn grades_precision_as_ucdp_does() {
        let from = date(2025, 10, 1);
        for (last, prec) in [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4)] {
            assert_eq!(precision(from, date(2025, 10, last)), prec);
        }
        assert_eq!(precision(from, date(2025, 11, 1)), 5);
    }

    #[test]
    fn reads_lengths() {
        let back = date(2025, 3, 31)
            .checked_sub(length("P1M").unwrap())
            .unwrap();
        assert_eq!(back, date(2025, 2, 28));
        assert!(length("PT3H").is_none());
        assert!(length("PXD").is_none());
    }
}
