//! What recurs ("every Friday", "daily") and what points at now, before or later ("recently").

use sayso_lexicon::{ReferenceWhere, TimeUnit};

use super::super::expr::Expr;
use super::super::scan::{Kind, Scan};
use super::calendar;
use super::length::count;

/// "every Friday", "each day", "on Fridays", "daily", "twice a week", "per month".
pub(super) fn set(scan: &Scan<'_>, i: usize) -> Option<(Expr, usize)> {
    let found = |value: String, end: usize| Some((Expr::Set(value), end));
    if let Some((value, next)) = scan.phrase(&scan.words.sets, i) {
        // The Daily Star is a newspaper.
        let name = scan.capital(i) && (scan.capital(i + 1) || scan.is(i.wrapping_sub(1), &["the"]));
        return if name {
            None
        } else {
            found(value.clone(), next)
        };
    }
    if scan.is(i, &["every", "each"]) {
        let at = scan.skip(i + 1, &["other", "single", "few"]);
        if let Some((day, next)) = calendar::weekday(scan, at, false) {
            if let Some((code, end)) = scan.phrase(&scan.words.parts, next) {
                return found(format!("XXXX-WXX-{day}T{code}"), end);
            }
            return found(format!("XXXX-WXX-{day}"), next);
        }
        if let Some((code, next)) = scan.phrase(&scan.words.parts, at) {
            return found(format!("XXXX-XX-XXT{code}"), next);
        }
        if let Some((code, next)) = scan.phrase(&scan.words.seasons, at) {
            return found(format!("XXXX-{code}"), next);
        }
        if let Some((month, next)) = calendar::month_name(scan, at) {
            return scan
                .capital(at)
                .then(|| (Expr::Set(format!("XXXX-{month:02}")), next));
        }
        if let Some((&(unit, _), next)) = scan.phrase(&scan.words.units, at) {
            let value = if scan.is(i + 1, &["other"]) {
                every(unit, "2")
            } else {
                calendar_set(unit)
            };
            return found(value, next);
        }
        // "every two weeks".
        let (super::super::expr::Count::Exact(n), next) = count(scan, at)? else {
            return None;
        };
        let (&(unit, _), end) = scan.phrase(&scan.words.units, scan.skip(next, &["-"]))?;
        return found(every(unit, &format!("{n}")), end);
    }
    // "on Fridays", "Fridays".
    let word = scan.word(i);
    if let Some(single) = word.strip_suffix('s').filter(|s| s.len() > 5)
        && let Some((&day, 1)) = scan
            .words
            .weekdays
            .longest(|n| if n == 0 { single } else { "" })
    {
        return scan
            .capital(i)
            .then(|| (Expr::Set(format!("XXXX-WXX-{day}")), i + 1));
    }
    // "100 a day", "twice a week", "per month".
    if scan.is(i, &["per", "a", "/"]) {
        let (&(unit, plural), next) = scan.phrase(&scan.words.units, i + 1)?;
        let before = scan.before(i, 1);
        let counted = scan.kind(i.wrapping_sub(1)) == Kind::Number
            || [
                "once",
                "twice",
                "times",
                "people",
                "tons",
                "tonnes",
                "barrels",
                "dollars",
                "million",
                "billion",
                "percent",
                "hours",
                "days",
                "attacks",
                "dead",
                "deaths",
                "incidents",
            ]
            .contains(&before);
        let rate = scan.is(i, &["per"])
            || (scan.is(i, &["/"]) && scan.kind(i.wrapping_sub(1)) == Kind::Number);
        let unit_fits = !plural
            && matches!(
                unit,
                TimeUnit::Hour
                    | TimeUnit::Day
                    | TimeUnit::Week
                    | TimeUnit::Month
                    | TimeUnit::Year
                    | TimeUnit::Night
                    | TimeUnit::Minute
                    | TimeUnit::Second
            );
        let time = unit_fits
            && (rate || (scan.is(i, &["a"]) && counted))
            && !scan.is(next, &["ago", "later", "earlier", "before", "after", "-"]);
        return time.then(|| (Expr::Set(every(unit, "1")), next));
    }
    None
}

/// The TIMEX3 value of "each UNIT".
fn calendar_set(unit: TimeUnit) -> String {
    match unit {
        TimeUnit::Day => "XXXX-XX-XX",
        TimeUnit::Night => "XXXX-XX-XXTNI",
        TimeUnit::Week => "XXXX-WXX",
        TimeUnit::Weekend => "XXXX-WXX-WE",
        TimeUnit::Month => "XXXX-XX",
        TimeUnit::Quarter => "XXXX-QX",
        TimeUnit::Season => "XXXX-SX",
        TimeUnit::Year => "XXXX",
        TimeUnit::FiscalYear => "FYXXXX",
        _ => return every(unit, "1"),
    }
    .to_owned()
}

/// The TIMEX3 value of "every N UNITs".
fn every(unit: TimeUnit, n: &str) -> String {
    match unit {
        TimeUnit::Second => format!("PT{n}S"),
        TimeUnit::Minute => format!("PT{n}M"),
        TimeUnit::Hour => format!("PT{n}H"),
        TimeUnit::Day | TimeUnit::Night => format!("P{n}D"),
        TimeUnit::Weekend => format!("P{n}WE"),
        TimeUnit::Week => format!("P{n}W"),
        TimeUnit::Fortnight => "P2W".to_owned(),
        TimeUnit::Month => format!("P{n}M"),
        TimeUnit::Quarter => format!("P{n}Q"),
        TimeUnit::Season => format!("P{n}SX"),
        TimeUnit::Year | TimeUnit::FiscalYear => format!("P{n}Y"),
        TimeUnit::Decade => format!("P{n}DE"),
        TimeUnit::Century => format!("P{n}CE"),
        TimeUnit::Millennium => format!("P{n}ML"),
    }
}

/// "now", "recently", "the future", "at the same time".
pub(super) fn reference(scan: &Scan<'_>, i: usize, narrative: bool) -> Option<(Expr, usize)> {
    let ((value, place), next) = scan.phrase(&scan.words.references, i)?;
    let allowed = match place {
        ReferenceWhere::Any => true,
        ReferenceWhere::Narrative => narrative,
        ReferenceWhere::NarrativeAt => {
            narrative
                && scan.is(
                    i.wrapping_sub(1),
                    &[
                        "at",
                        "by",
                        "from",
                        "until",
                        "since",
                        "during",
                        "around",
                        "of",
                        "throughout",
                        "on",
                        "in",
                    ],
                )
        }
    };
    if !allowed {
        return None;
    }
    // "as recently as late 2009" is that date.
    if scan.is(i.wrapping_sub(1), &["as"]) && scan.is(next, &["as"]) {
        return None;
    }
    // "the former" without a noun stands for the first of two.
    if scan.is(i, &["former", "recent", "current"]) && scan.kind(next) != Kind::Word {
        return None;
    }
    // "the past" and "the present" before a noun belong to it.
    let bare = matches!(scan.word(next - 1), "past" | "present") && next > i + 1;
    if bare
        && (scan.kind(next) == Kind::Number || scan.kind(next) == Kind::Word)
        && !scan.is(
            next,
            &[
                "and", "or", "but", "that", "to", "when", "as", "is", "was", "it", "he", "with",
            ],
        )
    {
        return None;
    }
    let expr = if value == "SAME" {
        Expr::Same
    } else {
        Expr::Reference(value.clone())
    };
    Some((expr, next))
}
