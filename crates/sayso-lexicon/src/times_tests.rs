//! Feasts and the years of other calendars, checked against the days in between.

use crate::times::{OtherCalendar, TimeWords};

#[test]
fn knows_feasts_by_year() {
    let words = TimeWords::builtin().unwrap();
    let ramadan = &words.feast_days["ramadan"];
    assert!(ramadan.contains(&("2016-06-06".to_owned(), "2016-07-05".to_owned())));
    // One a year of the moon, of 29 or 30 days, each a moon's year behind the last.
    let days: Vec<(i64, i64)> = ramadan
        .iter()
        .map(|(first, last)| (day_number(first), day_number(last)))
        .collect();
    for (first, last) in &days {
        assert!((28..=29).contains(&(last - first)), "day {first}");
    }
    for pair in days.windows(2) {
        assert!((353..=356).contains(&(pair[1].0 - pair[0].0)), "{pair:?}");
    }
}

#[test]
fn knows_the_years_of_other_calendars() {
    let words = TimeWords::builtin().unwrap();
    let year = &words.other_years[&(OtherCalendar::SolarHijri, 1404)];
    assert_eq!(year.first, "2025-03-21");
    // Every year ends where the next one begins.
    let mut pairs = 0;
    for (&(calendar, number), year) in &words.other_years {
        assert_eq!(year.lengths.len(), 12, "{calendar:?} {number}");
        let days: i64 = year.lengths.iter().map(|&d| i64::from(d)).sum();
        if let Some(next) = words.other_years.get(&(calendar, number + 1)) {
            assert_eq!(
                day_number(&year.first) + days,
                day_number(&next.first),
                "{calendar:?} {number}"
            );
            pairs += 1;
        }
    }
    assert!(pairs > 50, "{pairs} years have a next one");
}

/// Days from 1 March of the year 0 to an ISO date, for differences.
fn day_number(date: &str) -> i64 {
    let mut parts = date.split('-').map(|part| part.parse::<i64>().unwrap());
    let (year, month, day) = (
        parts.next().unwrap(),
        parts.next().unwrap(),
        parts.next().unwrap(),
    );
    // The year begins in March, so that a leap day is its last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day
}
