//! Tells news from narrative.
//!
//! News looks at the world from its day of publication: "on Tuesday" is the last one before
//! it. A narrative of the past walks from date to date: "in April" is the April of the year
//! that it is in. A text counts as narrative when it has at least three dates with a year that
//! lie more than 120 days before the publication, and these outnumber twofold what is seen from
//! the writer's day: dates near the publication (once each) and weekdays, "yesterday", "last
//! week", "two days ago" (three times each, since even an account of a long war in the news has
//! only a few). Without a day of publication every date with a year counts as old.
//!
//! A text that begins at an old date and has nothing near counts what follows without a year too:
//! "on 3 July 1944 … In September … A month later".

use jiff::ToSpan;
use jiff::civil::Date;

use super::expr::{Base, Expr, Found, From, Shift};
use super::when::plus;

/// A month without a year that lies at most so many months back may be the report's own.
const RECENT: i8 = 2;

/// Whether the text that `found` was found in is a narrative.
pub(super) fn is_narrative(
    found: &[Found],
    published: Option<Date>,
    account_of_past: bool,
) -> bool {
    let horizon = published.and_then(|day| plus(day, (-120).days()));
    let (mut old, mut near, mut seen) = (0_usize, 0_usize, 0_usize);
    // Dates without a year behind an old one.
    let (mut open, mut fresh) = (0_usize, 0_usize);
    // A month that the report may be about.
    let recent =
        |month: i8| published.is_none_or(|day| (day.month() - month).rem_euclid(12) <= RECENT);
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
            Base::Calendar {
                year: None,
                month: Some(month),
                year_shift: None,
                ..
            } => {
                if recent(*month) || old == 0 {
                    fresh += 1;
                } else {
                    open += 1;
                }
            }
            Base::Season {
                year: None,
                shift: Some(Shift::Previous | Shift::Following),
                ..
            }
            | Base::Month {
                shift: Shift::Previous | Shift::Following,
                ..
            }
            | Base::Unit {
                shift: Shift::Previous | Shift::Following,
                ..
            }
            | Base::Offset {
                from: From::Text, ..
            } if old > 0 => open += 1,
            _ => {}
        }
    }
    let past = account_of_past && old >= 1 && old + open >= 3 && near + seen + fresh == 0;
    past || (old >= 3 && old >= 2 * (near + 3 * seen))
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
        is_narrative(&grammar::find(&scan, false), published, true)
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
    fn an_account_that_names_its_year_once_is_a_narrative_if_nothing_is_near() {
        let account = "The siege began on 3 July 1944. Four days later the garrison was called to \
            surrender. In September the town fell.";
        assert!(told(account, Some(date(2024, 5, 16))));
        // September may be the report's own.
        assert!(!told(account, Some(date(2024, 10, 16))));
        let news = format!("{account} On Monday the town remembered it.");
        assert!(!told(&news, Some(date(2024, 5, 16))));
        let led = "In January a mill burned. The siege began on 3 July 1944. Four days later the \
            garrison surrendered.";
        assert!(!told(led, Some(date(2024, 5, 16))));
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
