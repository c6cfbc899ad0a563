//! Full-text search over reports and statements.

use sayso_api::StatementJson;

use super::add::WORDS;
use super::{Book, PAGE};
use crate::entry::{Derived, ReportRef};
use crate::error::LedgerError;
use crate::moment::{Bounds, Moment};
use crate::payload::About;
use crate::view::{Kept, KeptReport};
use crate::words;

/// Code points of text shown before and after a word that was found.
const AROUND: usize = 80;

/// A report in which every word stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What is known about the report.
    pub about: About,
    /// Where the words stand closest to the beginning: `[start, end)` in code points of the text,
    /// for each word; a word that only the headline has is left out.
    pub spans: Vec<[usize; 2]>,
    /// The text around the first of them.
    pub snippet: String,
    /// The statements of the sheet in force, reviews included, in which every word stands.
    pub statements: Vec<StatementJson<'static>>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The reports, the newest first.
    pub hits: Vec<Hit>,
    /// Reports in which the words may stand, and that do not open: the id, or where that is not known
    /// how entries name it, and why.
    pub left_out: Vec<(String, LedgerError)>,
}

impl Book {
    /// The reports whose version in force has every word of `query`, the newest first. Case and
    /// accents do not count; words match whole.
    ///
    /// The index is a filter: every report that it lets through is opened and read.
    ///
    /// # Errors
    /// [`LedgerError::BadValue`] for a query without words; as [`Book::view`].
    pub async fn search(&self, query: &str, bounds: Bounds) -> Result<Vec<Hit>, LedgerError> {
        let found = self.search_latest(query, bounds, usize::MAX).await?;
        Ok(found.hits)
    }

    /// As [`Book::search`], of no more than the `most` reports that came in last; with what does not
    /// open.
    ///
    /// A report without a row in the index, or with one that is damaged, is read itself, and its row is
    /// made anew. (One version of several that has lost its row is found by [`Book::verify`].)
    ///
    /// # Errors
    /// As [`Book::search`].
    pub async fn search_latest(
        &self,
        query: &str,
        bounds: Bounds,
        most: usize,
    ) -> Result<Found, LedgerError> {
        let wanted: Vec<String> = words::words(query).map(|(_, _, word)| word).collect();
        if wanted.is_empty() {
            return Err(LedgerError::BadValue {
                what: "search",
                value: query.to_owned(),
                allowed: "one or more words".to_owned(),
            });
        }
        let Some(key) = self.own_key().await? else {
            return Ok(Found::default());
        };
        let without_row = self.store.without_derived().await?;
        let closed = self.index_anew(key, &without_row).await?;
        let mut left_out: Vec<(String, LedgerError)> = closed.iter().map(locked).collect();
        let hashes: Vec<u32> = wanted.iter().map(|word| key.word(word)).collect();
        let mut found = Vec::new();
        let mut damaged = Vec::new();
        let mut after = 0;
        loop {
            let page = self.store.derived(WORDS, after, PAGE).await?;
            let may_hold = |row: &&Derived| {
                let mut hashes = hashes.iter();
                !words::is_whole(&row.bytes)
                    || hashes.all(|hash| words::may_hold(&row.bytes, *hash))
            };
            let rows = page.iter().filter(may_hold);
            found.extend(rows.map(|row| (row.number, ReportRef(row.report.clone()))));
            let rows = page.iter().filter(|row| !words::is_whole(&row.bytes));
            damaged.extend(rows.map(|row| ReportRef(row.report.clone())));
            match page.last() {
                Some(last) => after = last.number,
                None => break,
            }
        }
        // Those of them that do not open are among what may hold the words.
        self.index_anew(key, &damaged).await?;
        let mut hits = Vec::new();
        // The latest first: of more than are asked for, the latest are given.
        for (number, reference) in found.into_iter().rev() {
            if hits.len() == most {
                break;
            }
            let report = match self.kept(&reference, bounds).await?.0 {
                Some(Kept::Readable(report)) => report,
                Some(Kept::Locked) => {
                    left_out.push(locked(&reference));
                    continue;
                }
                Some(Kept::Erased(..)) | None => continue,
            };
            // The row of a version that is not in force in these bounds finds nothing.
            if report.is_undone() || report.version().is_none_or(|v| v.entry != number) {
                continue;
            }
            match self.hit(&report, &wanted).await {
                Ok(Some(hit)) => hits.push((number, hit)),
                Ok(None) => {}
                Err(error) if error.is_of_one_report() => {
                    let id = report.about().map(|about| about.id.clone());
                    left_out.push((id.unwrap_or_default(), error));
                }
                Err(error) => return Err(error),
            }
        }
        // Several versions of one report.
        left_out.dedup_by(|a, b| a.0 == b.0);
        hits.sort_by(|a, b| {
            // As moments, not as words: outlets write in zones of their own.
            let published = |hit: &Hit| hit.about.published.as_deref().and_then(Moment::latest);
            (published(&b.1), b.0).cmp(&(published(&a.1), a.0))
        });
        Ok(Found {
            hits: hits.into_iter().map(|(_, hit)| hit).collect(),
            left_out,
        })
    }

    async fn hit(
        &self,
        report: &KeptReport,
        wanted: &[String],
    ) -> Result<Option<Hit>, LedgerError> {
        let Some(about) = report.about() else {
            return Ok(None);
        };
        let text = self.text(report).await?;
        let title = about.title.as_deref().unwrap_or_default();
        if !has_all([title, &text], wanted) {
            return Ok(None);
        }
        let spans = first_places(&text, wanted);
        let snippet = around(&text, spans.first().copied());
        let statements = match self.reviewed(report).await {
            Ok(reviewed) => reviewed.sheet.statements,
            // A version may be in view before it was coded.
            Err(LedgerError::NoReport { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        let statements = statements
            .into_iter()
            .filter(|statement| {
                let parts = statement
                    .content
                    .iter()
                    .map(|part| part.quote.as_ref())
                    .chain(statement.sources.iter().map(|source| source.quote.as_ref()))
                    .chain(statement.cue.iter().map(|cue| cue.quote.as_ref()));
                has_all(parts, wanted)
            })
            .collect();
        Ok(Some(Hit {
            about: about.clone(),
            spans,
            snippet,
            statements,
        }))
    }
}

/// A report that does not open.
fn locked(reference: &ReportRef) -> (String, LedgerError) {
    let report = reference.to_string();
    (report.clone(), LedgerError::Locked { report })
}

fn has_all<'a>(texts: impl IntoIterator<Item = &'a str>, wanted: &[String]) -> bool {
    let mut missing: Vec<&String> = wanted.iter().collect();
    for text in texts {
        for (_, _, word) in words::words(text) {
            missing.retain(|wanted| **wanted != word);
        }
    }
    missing.is_empty()
}

/// The first place of each word in the text, in code points, in the order of the text.
fn first_places(text: &str, wanted: &[String]) -> Vec<[usize; 2]> {
    let mut missing: Vec<&String> = wanted.iter().collect();
    let mut places = Vec::new();
    for (start, end, word) in words::words(text) {
        if missing.contains(&&word) {
            missing.retain(|wanted| **wanted != word);
            let before = text.get(..start).map_or(0, |t| t.chars().count());
            let length = text.get(start..end).map_or(0, |t| t.chars().count());
            places.push([before, before + length]);
        }
    }
    places
}

fn around(text: &str, span: Option<[usize; 2]>) -> String {
    let [start, end] = span.unwrap_or_default();
    let from = start.saturating_sub(AROUND);
    let total = text.chars().count();
    let snippet: String = text
        .chars()
        .skip(from)
        .take(end + AROUND - from)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let head = if from > 0 { "…" } else { "" };
    let tail = if end + AROUND < total { "…" } else { "" };
    format!("{head}{}{tail}", snippet.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_code_points_in_the_order_of_the_text() {
        let text = "À Ségou, le pont a été fermé.";
        let wanted = ["ferme".to_owned(), "segou".to_owned()];
        assert_eq!(first_places(text, &wanted), [[2, 7], [23, 28]]);
        assert_eq!(around(text, Some([2, 7])), text);
    }

    #[test]
    fn every_word_has_to_stand_somewhere() {
        let wanted = ["bridge".to_owned(), "closed".to_owned()];
        assert!(has_all(["Bridge", "It was closed."], &wanted));
        assert!(!has_all(["Bridges closed"], &wanted));
    }
}
