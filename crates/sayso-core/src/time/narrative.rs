//! Tells news from narrative.
//!
//! News looks at the world from its day of publication: "on Tuesday" is the last one before
//! it. A narrative of the past walks from date to date: "in April" is the April of the year
//! that it is in. A text counts as narrative when it has at least three dates with a year that
//! lie more than 120 days before the publication, and these outnumber twofold what is seen from
//! the writer's day: dates near the publication (once each) and weekdays, "yesterday", "last
//! week", "two days ago" (three times each, since even an account of a long war in the news has
//! only a few). Without a day of publication every date with a year counts as old.

use jiff::ToSpan;
use jiff::civil::Date;

use super::expr::{Base, Expr, Found, From, Shift};
use super::when::plus;

/// Whether the text that `found` was found in is a narrative.
pub(super) fn is_narrative(found: &[Found], published: Option<Date>) -> bool {
    let horizon = published.and_then(|day| plus(day, (-120).days()));
    let (mut old, mut near, mut seen) = (0_usize, 0_usize, 0_usize);
    for point in found.iter().filter_map(|f| match &f.expr {
        Expr::Point(point) => Some(point),
        _ => None,
    }) {
        match &point.base {
            Base::Calendar {
                year: Some(year),
                month,
                ..
            } => {
                let first = Date::new(*year, month.unwrap_or(1), 1).ok();
                match (first, horizon) {
                    (Some(first), Some(horizon)) if first > horizon => near += 1,
                    _ => old += 1,
                }
            }
            Base::Season { year: Some(_), .. } | Base::Decade { .. } | Base::Century { .. } => {
                old += 1;
            }
            Base::Weekday { .. }
            | Base::WeekdayOff { .. }
            | Base::Days(_)
            | Base::Overnight(_)
            | Base::Unit {
                shift: Shift::Last | Shift::This | Shift::Next,
                ..
            }
            | Base::Month {
                shift: Shift::Last | Shift::This | Shift::Next,
                ..
            }
            | Base::Offset {
                from: From::Now, ..
            } => seen += 1,
            _ => {}
        }
    }
    old >= 3 && old >= 2 * (near + 3 * seen)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use sayso_lexicon::Lexicon;

    use super::super::grammar;
    use super::super::scan::Scan;
    use super::*;
    use crate::Rules;

    fn told(text: &str, published: Option<Date>) -> bool {
        let lexicon = Lexicon::builtin().unwrap();
        let scan = Scan::of(text, &lexicon.times, &Rules::all());
        is_narrative(&grammar::find(&scan, false), published)
    }

    const NARRATIVE: &str = "The revolt began in March 1911. In April the garrison fled. On 3 May \
        1911 the rebels took the fort, and in November 1912 a truce was signed. The next year the \
        war resumed.";
    const NEWS: &str = "Gunmen burned a mill on Sunday. The band formed in 2011, and took the \
        valley in March 2015. Police said on Monday that they had lost it in May 2019. Last week \
        two herders were shot.";

    #[test]
    fn a_narrative_walks_from_date_to_date() {
        assert!(told(NARRATIVE, Some(date(2025, 10, 22))));
        assert!(told(NARRATIVE, None));
    }

    #[test]
    fn news_looks_from_its_own_day_whatever_the_past_it_recalls() {
        assert!(!told(NEWS, Some(date(2025, 10, 22))));
        // The same dates in the year they were written in are news as well.
        assert!(!told(NARRATIVE, Some(date(1911, 5, 5))));
        let day =
            "On 3 May 2025 gunmen burned a mill, on 4 May 2025 another, on 5 May 2025 a third.";
        assert!(!told(day, Some(date(2025, 5, 6))));
        assert!(told(day, Some(date(2025, 12, 6))));
    }
}
