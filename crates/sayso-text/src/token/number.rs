//! Numbers with what is written onto them: dates, telephone numbers, units.

/// Units that UD takes off a number: `10|km`, `8|am`, `5|m`.
const UNITS: &[&str] = &[
    "AM", "GB", "K", "KM", "M", "MB", "MM", "PM", "am", "bn", "cm", "ft", "g", "gb", "h", "hr",
    "hrs", "k", "kg", "km", "kph", "lb", "lbs", "m", "mb", "min", "mins", "mm", "mn", "mph", "oz",
    "p", "pm", "sq", "tn", "yr", "yrs",
];

/// Length of a telephone number, a date with hyphens or another chain of three and more groups at
/// the start of `rest`; 0 for none. A range of two numbers is no such chain.
pub(super) fn hyphenated(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    let mut groups = [0_usize; 5];
    let mut count = 0;
    loop {
        let length = bytes[at..]
            .iter()
            .take(12)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let month = count == 1 && length == 0 && is_month(&bytes[at..]);
        let length = if month { 3 } else { length };
        if length == 0 || length > 11 || count == groups.len() {
            return 0;
        }
        groups[count] = length;
        count += 1;
        at += length;
        let another = bytes.get(at) == Some(&b'-')
            && (bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
                || (count == 1 && is_month(&bytes[at + 1..])));
        if !another {
            break;
        }
        at += 1;
    }
    if rest[at..].starts_with(super::class::is_word) {
        return 0;
    }
    match groups[..count] {
        [3 | 5, 4] | [_, _, _] | [_, _, _, _] | [_, _, _, _, _] => at,
        _ => 0,
    }
}

fn is_month(bytes: &[u8]) -> bool {
    const MONTHS: [&[u8]; 12] = [
        b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov",
        b"dec",
    ];
    bytes.len() > 4
        && bytes[3] == b'-'
        && bytes[4].is_ascii_digit()
        && MONTHS.iter().any(|m| bytes[..3].eq_ignore_ascii_case(m))
}

/// Where the unit begins in a word such as `10km`; `None` for `17th`, `1960s`, `3D`.
pub(super) fn unit_at(word: &str) -> Option<usize> {
    let at = word.bytes().position(|b| b.is_ascii_alphabetic())?;
    let digits = &word[..at];
    (digits.bytes().any(|b| b.is_ascii_digit())
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':'))
        && UNITS.binary_search(&&word[at..]).is_ok())
    .then_some(at)
}

/// Whether a comma after a digit belongs to the number, given what follows the comma.
pub(super) fn comma_inside(after: &str) -> bool {
    let digits = after.bytes().take(4).take_while(u8::is_ascii_digit).count();
    matches!(digits, 2 | 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_and_ranges() {
        assert_eq!(hyphenated("713-853-3989"), 12);
        assert_eq!(hyphenated("2025-10-22,"), 10);
        assert_eq!(hyphenated("01-Feb-02"), 9);
        assert_eq!(hyphenated("10-20 people"), 0);
        assert_eq!(hyphenated("2011-2014"), 0);
        assert_eq!(hyphenated("15-year"), 0);
    }

    #[test]
    fn units() {
        assert!(UNITS.is_sorted());
        assert_eq!(unit_at("10km"), Some(2));
        assert_eq!(unit_at("17th"), None);
        assert_eq!(unit_at("5:30pm"), Some(4));
    }
}
