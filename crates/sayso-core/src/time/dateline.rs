//! The date that a text gives itself: "KABUL, 3 May 2016 (AFP) -", "Tuesday, 3 May 2016" in a line
//! of its own, "Published: 3 May 2016".
//!
//! An archive or a crawler may give another day of publication than the text does; "yesterday" was
//! said on the text's own. Only dates with day and month count, and only where a report has its
//! dateline: a date that is part of a sentence ("On 3 May 2016, …") is none.

use jiff::ToSpan;
use jiff::civil::Date;

use super::expr::{Base, Expr, Found};
use super::scan::{Kind, Scan};
use super::when::plus;
use crate::TimeRule;

/// A dateline stands within so many atoms from the start of the text.
const HEAD: usize = 60;

/// A date glued to its first sentence without any mark must be so near to the publication.
const NEAR: i32 = 7;

/// From its line's start a dateline has at most so many atoms up to its dash.
const LONGEST: usize = 24;

/// How a date shows that it is the text's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Behind a place or before a dash.
    Dateline,
    /// Behind "Published".
    Labelled,
    /// In a line of its own.
    OwnLine,
    /// Right before the first sentence.
    Glued,
}

/// The day that the text says it was written on, and which of `found` says so.
pub(super) fn written(
    scan: &Scan<'_>,
    found: &[Found],
    published: Option<Date>,
) -> Option<(Date, usize)> {
    if !scan.has(TimeRule::Dateline) {
        return None;
    }
    let own_lines = found
        .iter()
        .filter(|f| is_own_line(scan, f) && days(f, published).is_some())
        .count();
    found
        .iter()
        .enumerate()
        .take_while(|(_, f)| f.atoms.start < HEAD)
        .find_map(|(i, f)| {
            let (day, has_year) = days(f, published)?;
            let form = form(scan, f, own_lines)?;
            let near = |reach: i32| {
                published.is_none_or(|p| {
                    let gap = day.until(p).map_or(i32::MAX, |s| s.get_days());
                    (-1..=reach).contains(&gap)
                })
            };
            let fits = match form {
                Form::Glued => has_year && near(NEAR),
                Form::OwnLine | Form::Labelled => has_year && near(i32::MAX),
                Form::Dateline => near(if has_year { i32::MAX } else { 31 }),
            };
            fits.then_some((day, i))
        })
}

/// The day of a full date, and whether its year is given; else the year is the publication's.
fn days(found: &Found, published: Option<Date>) -> Option<(Date, bool)> {
    let Expr::Point(point) = &found.expr else {
        return None;
    };
    let near = |days: &mut dyn Iterator<Item = Date>| {
        let gap = |d: &Date| {
            published
                .and_then(|p| d.until(p).ok())
                .map_or(0, |s| s.get_days().abs())
        };
        days.min_by_key(gap)
    };
    match point.base {
        Base::Calendar {
            year: Some(year),
            month: Some(month),
            day: Some(day),
            ..
        } => Some((Date::new(year, month, day).ok()?, true)),
        Base::Calendar {
            year: None,
            month: Some(month),
            day: Some(day),
            year_shift: None,
        } => {
            let year = published?.year();
            let mut days = (year - 1..=year + 1).filter_map(|y| Date::new(y, month, day).ok());
            Some((near(&mut days)?, false))
        }
        Base::Slashed {
            year,
            first,
            second,
        } => {
            let mut days = [(second, first), (first, second)]
                .into_iter()
                .filter_map(|(month, day)| Date::new(year, month, day).ok());
            Some((near(&mut days)?, true))
        }
        _ => None,
    }
}

fn form(scan: &Scan<'_>, found: &Found, own_lines: usize) -> Option<Form> {
    let atoms = &found.atoms;
    if is_labelled(scan, found) {
        return Some(Form::Labelled);
    }
    let line = (0..=atoms.start).rev().find(|&i| scan.fresh(i))?;
    // A list of days, each in a line of its own, tells what happened on each.
    if is_own_line(scan, found) {
        return (own_lines == 1).then_some(Form::OwnLine);
    }
    if is_before_dash(scan, line, atoms.start, atoms.end) {
        return Some(Form::Dateline);
    }
    let starts = line == atoms.start;
    let next = atoms.end;
    let sentence = scan.kind(next) == Kind::Word && scan.capital(next);
    let marked = scan.is(next, &["-", ":", "|", "(", "\u{b7}"]) && scan.capital(next + 1);
    let first = (0..line).all(|i| scan.kind(i) != Kind::Break);
    (starts && first && (sentence || marked)).then_some(Form::Glued)
}

/// Whether the words before the date say that it is one of publication, from the start of a line
/// or behind a mark.
fn is_labelled(scan: &Scan<'_>, found: &Found) -> bool {
    let start = found.atoms.start;
    let colon = usize::from(start > 0 && scan.is(start - 1, &[":", "|"]));
    let end = start - colon;
    let label = (end.saturating_sub(4)..end).find(|&i| {
        scan.phrase(&scan.words.dateline_labels, i)
            .is_some_and(|((), next)| next == end)
    });
    label.is_some_and(|at| {
        let free = scan.fresh(at) || scan.is(at - 1, &["|", "-", ".", "\u{b7}", ")"]);
        let clause = scan.is(found.atoms.end, &[","]) && !scan.capital(found.atoms.end + 1);
        free && !clause
    })
}

/// Whether the date, with its place perhaps, fills a line.
fn is_own_line(scan: &Scan<'_>, found: &Found) -> bool {
    // A place before it has few words; a line may have a million.
    let start = found.atoms.start;
    let line = (start.saturating_sub(4)..=start)
        .rev()
        .find(|&i| scan.fresh(i));
    line.is_some_and(|line| {
        (line..start).all(|i| scan.capital(i) || scan.is(i, &[",", "|", "-"]))
            && scan.fresh(found.atoms.end)
    })
}

/// Whether only names and marks stand from the start of the line to a dash, with the date among
/// them: "KABUL, 3 May 2016 (AFP) -".
fn is_before_dash(scan: &Scan<'_>, line: usize, start: usize, end: usize) -> bool {
    let name = |i: usize| match scan.kind(i) {
        Kind::Word => {
            scan.capital(i)
                || scan.is(
                    i,
                    &["al", "de", "del", "la", "el", "of", "and", "the", "by"],
                )
        }
        Kind::Number => false,
        Kind::Mark => scan.is(i, &[",", ".", "/", "(", ")", "[", "]", "'", "-", "|", ";"]),
        Kind::Break => false,
    };
    if start == line || !(line..start).all(name) {
        return false;
    }
    let dash = (end..scan.len().min(line + LONGEST)).find(|&i| {
        scan.is(i, &["-", ":"]) && !scan.glued(i + 1) && !(i > 0 && scan.is(i - 1, &["("]))
    });
    dash.is_some_and(|dash| {
        let behind = (dash + 1..dash + 3).find(|&i| !scan.is(i, &["-", "\"", "\u{201c}", "'"]));
        (end..dash).all(|i| name(i) || scan.is(i, &[":"]))
            && behind.is_some_and(|i| scan.capital(i) || scan.kind(i) == Kind::Number)
    })
}

/// Whether two days differ by more than time zones explain.
pub(super) fn differs(written: Date, published: Date) -> bool {
    plus(written, 1.days()).is_some_and(|next| next < published)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use sayso_lexicon::Lexicon;

    use super::super::grammar;
    use super::*;
    use crate::Rules;

    fn of(text: &str, published: Option<Date>) -> Option<Date> {
        let lexicon = Lexicon::builtin().unwrap();
        let scan = Scan::of(text, &lexicon.times, &Rules::all());
        let found = grammar::find(&scan, false);
        written(&scan, &found, published).map(|(day, _)| day)
    }

    #[test]
    fn the_forms_of_a_dateline() {
        let crawled = Some(date(2016, 7, 1));
        for text in [
            "KABUL, 3 May 2016 (AFP) - Gunmen stormed a mill.",
            "GOMA, May 3, 2016 — Gunmen stormed a mill.",
            "Orla/Tal Asfar, 3 May 2016: Gunmen stormed a mill.",
            "Gunmen storm mill\nTuesday, May 3, 2016\nGunmen stormed a mill.",
            "Gunmen storm mill\n\n3 May 2016\n\nGunmen stormed a mill.",
            "Published: 3 May 2016 14:00\nGunmen stormed a mill.",
            "Gunmen storm mill | Posted on 3/5/2016 | Gunmen stormed a mill.",
            "Last updated 03-05-2016\n\nGunmen stormed a mill.",
        ] {
            assert_eq!(of(text, crawled), Some(date(2016, 5, 3)), "{text}");
        }
        // Without a mark only where the publication is near.
        let glued = "Tue 03 May 2016 Gunmen stormed a mill.";
        assert_eq!(of(glued, Some(date(2016, 5, 4))), Some(date(2016, 5, 3)));
        assert_eq!(of(glued, None), Some(date(2016, 5, 3)));
        assert_eq!(of(glued, crawled), None);
        // A year that is not given is the publication's, or the one before.
        let short = "GOMA, Dec 31 (Agency) - Gunmen stormed a mill.";
        assert_eq!(of(short, Some(date(2017, 1, 1))), Some(date(2016, 12, 31)));
        assert_eq!(of(short, None), None);
    }

    #[test]
    fn a_date_of_a_sentence_is_no_dateline() {
        let crawled = Some(date(2016, 7, 1));
        for text in [
            "On 3 May 2016, gunmen stormed a mill.",
            "3 May 2016 was a dark day for Orla.",
            "May 3, 2016, was a dark day for Orla.",
            "Gunmen stormed a mill on 3 May 2016.",
            "A survey published on 3 May 2016 - the third - lists forty mills.",
            "Published on 3 May 2016, the survey lists forty mills.",
            "3 May 2016\nGunmen stormed a mill.\n4 May 2016\nTwo guards were buried.",
            // A text is not written after it was published.
            "KABUL, 3 August 2016 (AFP) - Gunmen stormed a mill.",
        ] {
            assert_eq!(of(text, crawled), None, "{text}");
        }
    }
}
