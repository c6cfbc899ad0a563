//! The day that a document states for itself.

use jiff::civil::Date;

use crate::Published;

/// Longest line, in characters, that may state one.
const LONGEST: usize = 120;

/// What stands before the day of a document, the most telling first.
const LABELS: &[&str] = &[
    "date of publication",
    "publication date",
    "date published",
    "published on",
    "published",
    "date of issue",
    "date issued",
    "issue date",
    "issued on",
    "issued",
    "release date",
    "released",
    "report date",
    "date of report",
    "dated",
    "date",
    "as of",
    "situation as of",
    "status as of",
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day that one of the first lines states: behind a label ("Date: 12 May 2025", "As of 12 May
/// 2025"), alone in its line, or at the end of a heading behind a dash, bar or comma. A day in a
/// sentence is one that the report tells of, and numbers such as 05/06/2025 are read differently in
/// different countries: neither is taken.
pub(super) fn day(lines: &[&String]) -> Option<Published> {
    let short = || lines.iter().filter(|line| line.chars().count() <= LONGEST);
    let found = short()
        .find_map(|line| labelled(line))
        .or_else(|| short().find_map(|line| at_end(line)))?;
    Published::parse(&found.to_string()).ok()
}

fn labelled(line: &str) -> Option<Date> {
    // Several fields may stand in one line: "Report No. 4 | Date: 12 May 2025".
    line.split(['|', '\t', '•', '·', ';']).find_map(|field| {
        let lower = field.trim().to_lowercase();
        let rest = LABELS.iter().find_map(|label| {
            let rest = lower.strip_prefix(label)?;
            rest.starts_with([':', ' ', '-', '–']).then_some(rest)
        })?;
        whole_date(rest.trim_start_matches([':', ' ', '-', '–']))
    })
}

/// A day alone in its line, or behind the last bar, dash or comma of a heading.
fn at_end(line: &str) -> Option<Date> {
    let lower = line.trim().to_lowercase();
    if lower.ends_with('.') {
        return None;
    }
    if let Some(date) = whole_date(&lower) {
        return Some(date);
    }
    let parted = lower.char_indices().filter(|(at, c)| {
        matches!(c, '|' | '–' | '—' | ',' | '(' | ':')
            || (*c == '-' && lower[..*at].ends_with(char::is_whitespace))
    });
    // "Tarra, May 12, 2025" has its day behind the last comma but one.
    let starts: Vec<usize> = parted.map(|(at, c)| at + c.len_utf8()).collect();
    starts
        .iter()
        .rev()
        .take(3)
        .find_map(|at| whole_date(lower.get(*at..)?))
}

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A text that is a day and nothing else, in lower case.
fn whole_date(text: &str) -> Option<Date> {
    let text = text.trim().trim_end_matches([')', '.']).trim();
    if let Ok(date) = text.parse::<Date>()
        && text.len() == 10
    {
        return Some(date);
    }
    let mut words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    if words.first().is_some_and(|word| WEEKDAYS.contains(word)) {
        words.remove(0);
    }
    words.retain(|word| *word != "of" && *word != "the");
    let [a, b, year] = words[..] else {
        return None;
    };
    let year: i16 = year
        .parse()
        .ok()
        .filter(|year| (1900..=2200).contains(year))?;
    let (day, month) = match (month(a), month(b)) {
        (Some(month), None) => (b, month),
        (None, Some(month)) => (a, month),
        _ => return None,
    };
    let digits = day.trim_end_matches(|c: char| c.is_alphabetic());
    let rest = day.get(digits.len()..).unwrap_or_default();
    if !matches!(rest, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    Date::new(year, month, digits.parse().ok()?).ok()
}

fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    let at = MONTHS.iter().position(|month| {
        *month == word || (word.len() >= 3 && word.len() <= 4 && month.starts_with(word))
    })?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<String> {
        day(&[&line.to_owned()]).map(|day| day.as_written().to_owned())
    }

    #[test]
    fn days_that_are_stated() {
        for line in [
            "Date: 12 May 2025",
            "As of 12 May 2025",
            "Situation Report No. 4 | Date of publication: Monday, 12 May 2025",
            "12 May 2025",
            "Monday 12th of May, 2025",
            "2025-05-12",
            "Tarra Basin: Flash Update No. 2 (12 May 2025)",
            "Lake Office – May 12, 2025",
            "Published on May 12, 2025",
        ] {
            assert_eq!(of(line).as_deref(), Some("2025-05-12"), "{line}");
        }
    }

    #[test]
    fn days_that_are_told_of() {
        for line in [
            "The road was closed on 12 May 2025.",
            "Clashes since 12 May 2025",
            "05/06/2025",
            "May 2025",
            "Reporting period: 5 to 12 May 2025",
            "Update on the attack of 12 May 2025",
            "Dated maps were used",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }

    #[test]
    fn a_label_goes_before_a_day_alone() {
        let lines = ["3 April 2025".to_owned(), "Issued: 12 May 2025".to_owned()];
        let found = day(&[&lines[0], &lines[1]]).unwrap();
        assert_eq!(found.as_written(), "2025-05-12");
    }
}
