//! Times of day in figures, with their zones.

use super::super::expr::Clock;
use super::super::scan::{Kind, Scan};

/// A time of day: `14:00`, `5 p.m.`, `5:30PM`, `0300 GMT`, `8 o'clock`; its zone goes with it.
pub(super) fn clock(scan: &Scan<'_>, i: usize) -> Option<(Clock, usize)> {
    if scan.kind(i) != Kind::Number
        || (scan.glued(i) && i > 0 && scan.is(i - 1, &[":", ".", ",", "/", "-", "$"]))
    {
        return None;
    }
    let digits = scan.word(i);
    let number: u16 = digits.parse().ok()?;
    let minute_at = |at: usize| -> Option<u16> {
        let glued = scan.glued(at) && scan.glued(at + 1);
        let two = glued && scan.kind(at + 1) == Kind::Number && scan.word(at + 1).len() == 2;
        two.then(|| scan.word(at + 1).parse().ok()).flatten()
    };
    let (hour, minute, mut end, written) = match (scan.word(i + 1), minute_at(i + 1)) {
        (":", Some(minute)) => (number, minute, i + 3, true),
        ("." | "h", Some(minute)) => (number, minute, i + 3, false),
        _ if digits.len() == 4 => (number / 100, number % 100, i + 1, false),
        _ => (number, 0, i + 1, false),
    };
    // Seconds: 14:00:05.
    if scan.is(end, &[":"]) && minute_at(end).is_some() {
        end += 2;
    }
    let mut hour = hour;
    let mut sure = written;
    if let Some((after_noon, next)) = half(scan, end) {
        if !(1..=12).contains(&hour) || digits.len() == 4 {
            return None;
        }
        hour = hour % 12 + if after_noon { 12 } else { 0 };
        (end, sure) = (next, true);
    } else if scan.is(end, &["o"]) && scan.is(end + 1, &["'"]) && scan.is(end + 2, &["clock"]) {
        (end, sure) = (end + 3, true);
    } else if scan.is(end, &["hrs", "hours"]) && (written || digits.len() == 4) {
        (end, sure) = (end + 1, true);
    }
    if let Some(next) = zone(scan, end) {
        let four = digits.len() == 4 || written || sure || scan.is(i + 1, &["."]);
        if !four {
            return None;
        }
        (end, sure) = (next, true);
    }
    if !sure || hour > 24 || minute > 59 {
        return None;
    }
    Some((
        Clock {
            hour: u8::try_from(hour).ok()?,
            minute: u8::try_from(minute).ok()?,
        },
        end,
    ))
}

/// "a.m." or "pm": whether it is after noon.
fn half(scan: &Scan<'_>, i: usize) -> Option<(bool, usize)> {
    match scan.word(i) {
        "am" => Some((false, i + 1)),
        "pm" => Some((true, i + 1)),
        "a" | "p" if scan.is(i + 1, &["."]) && scan.is(i + 2, &["m"]) && scan.glued(i + 2) => {
            let dot = scan.is(i + 3, &["."]) && scan.glued(i + 3);
            Some((scan.word(i) == "p", i + 3 + usize::from(dot)))
        }
        _ => None,
    }
}

/// A time zone: a known one, or a capitalised name and "time".
fn zone(scan: &Scan<'_>, i: usize) -> Option<usize> {
    let at = scan.skip(i, &["("]);
    if let Some(((), next)) = scan.phrase(&scan.words.zones, at) {
        let known = scan.capital(at) || scan.is(at, &["local"]);
        return known.then(|| {
            if at > i {
                scan.skip(next, &[")"])
            } else {
                next
            }
        });
    }
    (scan.capital(i) && scan.is(i + 1, &["time"])).then_some(i + 2)
}
