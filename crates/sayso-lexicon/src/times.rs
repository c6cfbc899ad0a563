//! Words for times: `lexicon/times/`.

use std::collections::BTreeMap;

use crate::{LexiconError, Row, Table};

/// Phrases and what each stands for, found by their words.
#[derive(Clone, Debug, Default)]
pub struct Phrases<T> {
    /// By first word; longest phrase first.
    by_first: BTreeMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Phrases<T> {
    /// Reads the first column of each row as a phrase, and `meaning` of the row.
    fn read(
        table: &Table,
        meaning: impl Fn(&Row) -> Option<T>,
        allowed: &str,
    ) -> Result<Self, LexiconError> {
        let mut by_first: BTreeMap<String, Vec<(Vec<String>, T)>> = BTreeMap::new();
        for row in &table.rows {
            let error = || LexiconError {
                file: table.file.to_owned(),
                line: row.line,
                value: row.fields.join("\t"),
                allowed: allowed.to_owned(),
            };
            let value = meaning(row).ok_or_else(error)?;
            let words = split(row.get(0));
            let first = words.first().cloned().ok_or_else(error)?;
            by_first.entry(first).or_default().push((words, value));
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Ok(Self { by_first })
    }

    /// The longest phrase whose words are `word(0)`, `word(1)`, …, and how many words it has.
    ///
    /// `word` gives lower-case words; hyphens and apostrophes count as words of their own.
    pub fn longest<'w>(&self, word: impl Fn(usize) -> &'w str) -> Option<(&T, usize)> {
        self.by_first
            .get(word(0))?
            .iter()
            .find(|(words, _)| words.iter().enumerate().all(|(i, w)| word(i) == w))
            .map(|(words, value)| (value, words.len()))
    }
}

/// Splits a phrase as the scanner of times does: letters, digits and marks apart.
fn split(phrase: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = None;
    for c in phrase.chars() {
        let class = if c.is_alphabetic() {
            0
        } else if c.is_ascii_digit() {
            1
        } else if c.is_whitespace() {
            2
        } else {
            3
        };
        if class != 2 {
            match words.last_mut() {
                Some(word) if last == Some(class) && class != 3 => word.push(c),
                _ => words.push(c.to_string()),
            }
        }
        last = Some(class);
    }
    words
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeUnit {
    /// 1 s.
    Second,
    /// 60 s.
    Minute,
    /// 60 min.
    Hour,
    /// A civil day.
    Day,
    /// A night; counts like a day.
    Night,
    /// Saturday and Sunday.
    Weekend,
    /// Seven days; Monday to Sunday where it is one of the calendar.
    Week,
    /// Two weeks.
    Fortnight,
    /// A month of the calendar.
    Month,
    /// Three months.
    Quarter,
    /// A season; no length of its own.
    Season,
    /// A year of the calendar.
    Year,
    /// A fiscal year.
    FiscalYear,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

impl TimeUnit {
    fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "S" => Self::Second,
            "MIN" => Self::Minute,
            "H" => Self::Hour,
            "D" => Self::Day,
            "N" => Self::Night,
            "WE" => Self::Weekend,
            "W" => Self::Week,
            "2W" => Self::Fortnight,
            "M" => Self::Month,
            "Q" => Self::Quarter,
            "SEASON" => Self::Season,
            "Y" => Self::Year,
            "FY" => Self::FiscalYear,
            "DE" => Self::Decade,
            "CE" => Self::Century,
            "ML" => Self::Millennium,
            _ => return None,
        })
    }
}

/// Part of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its first third.
    Start,
    /// Its middle third.
    Middle,
    /// Its last third.
    End,
    /// Its first half.
    FirstHalf,
    /// Its second half.
    SecondHalf,
    /// All of it.
    All,
}

/// Where a reference to the present, past or future counts as a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceWhere {
    /// In any text.
    Any,
    /// Where the text tells history.
    Narrative,
    /// Where the text tells history, after a preposition such as "at".
    NarrativeAt,
}

/// What a word says of the tense of its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenseCue {
    /// Its time lies ahead of the writer ("will", "scheduled").
    Ahead,
    /// Its time ends something ("until"): ahead, unless the clause is in the past.
    Limit,
    /// A past form that does not end in -ed ("was", "held").
    Past,
}

/// A feast: movable, or on one day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feast {
    /// A key of [`TimeWords::feast_days`], or `eid` for whichever of the two is nearer.
    Movable(String),
    /// Month and day.
    Fixed(i8, i8),
}

/// Everything in `lexicon/times/`.
#[derive(Clone, Debug)]
pub struct TimeWords {
    /// 1 is January.
    pub months: Phrases<i8>,
    /// 1 is Monday.
    pub weekdays: Phrases<i8>,
    /// Unit and whether the word is a plural.
    pub units: Phrases<(TimeUnit, bool)>,
    /// How many; `None` for a number that the text leaves open.
    pub numbers: Phrases<Option<u32>>,
    /// Rank; -1 is the last.
    pub ordinals: Phrases<i32>,
    /// TIMEX3 code of a part of the day; `MN` is midnight.
    pub parts: Phrases<String>,
    /// TIMEX3 code of a season.
    pub seasons: Phrases<String>,
    /// Part of a period.
    pub edges: Phrases<Edge>,
    /// Words that make a time or a count loose.
    pub approximators: Phrases<()>,
    /// TIMEX3 value (or `SAME`) and where it counts.
    pub references: Phrases<(String, ReferenceWhere)>,
    /// TIMEX3 value of a word for what recurs.
    pub sets: Phrases<String>,
    /// Words that tell whether a time lies ahead of the writer.
    pub tense_cues: Phrases<TenseCue>,
    /// Names of time zones.
    pub zones: Phrases<()>,
    /// Names of feasts.
    pub feasts: Phrases<Feast>,
    /// First and last day (ISO 8601) of movable feasts, by feast, in order of time.
    pub feast_days: BTreeMap<String, Vec<(String, String)>>,
}

macro_rules! table {
    ($name:literal) => {
        Table::parse(
            concat!("times/", $name),
            include_str!(concat!("../../../lexicon/times/", $name)),
        )
    };
}

impl TimeWords {
    /// Parses the files that are compiled in.
    ///
    /// # Errors
    /// [`LexiconError`] names file, line and value.
    pub(crate) fn builtin() -> Result<Self, LexiconError> {
        let number = |row: &Row| row.get(1).parse::<i8>().ok();
        let text = |row: &Row| Some(row.get(1).to_owned());
        let nothing = |_: &Row| Some(());
        let mut feast_days: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for row in &table!("feast-days.tsv")?.rows {
            feast_days
                .entry(row.get(0).to_owned())
                .or_default()
                .push((row.get(1).to_owned(), row.get(2).to_owned()));
        }
        let feast = |row: &Row| {
            let name = row.get(1);
            match name.split_once('-') {
                Some((month, day)) if month.len() == 2 && day.len() == 2 => {
                    Some(Feast::Fixed(month.parse().ok()?, day.parse().ok()?))
                }
                _ if name == "eid" || feast_days.contains_key(name) => {
                    Some(Feast::Movable(name.to_owned()))
                }
                _ => None,
            }
        };
        Ok(Self {
            months: Phrases::read(&table!("months.tsv")?, number, "a month, 1 to 12")?,
            weekdays: Phrases::read(&table!("weekdays.tsv")?, number, "a day, 1 to 7")?,
            units: Phrases::read(
                &table!("units.tsv")?,
                |row| Some((TimeUnit::parse(row.get(1))?, row.get(2) == "plural")),
                "a unit's code",
            )?,
            numbers: Phrases::read(
                &table!("numbers.tsv")?,
                |row| match row.get(1) {
                    "X" => Some(None),
                    count => count.parse().ok().map(Some),
                },
                "a whole number or X",
            )?,
            ordinals: Phrases::read(
                &table!("ordinals.tsv")?,
                |row| row.get(1).parse().ok(),
                "a rank",
            )?,
            parts: Phrases::read(&table!("parts.tsv")?, text, "a code")?,
            seasons: Phrases::read(&table!("seasons.tsv")?, text, "a code")?,
            edges: Phrases::read(
                &table!("edges.tsv")?,
                |row| {
                    Some(match row.get(1) {
                        "START" => Edge::Start,
                        "MID" => Edge::Middle,
                        "END" => Edge::End,
                        "H1" => Edge::FirstHalf,
                        "H2" => Edge::SecondHalf,
                        "ALL" => Edge::All,
                        _ => return None,
                    })
                },
                "START, MID, END, H1, H2 or ALL",
            )?,
            approximators: Phrases::read(&table!("approximators.tsv")?, nothing, "")?,
            references: Phrases::read(
                &table!("references.tsv")?,
                |row| {
                    let place = match row.get(2) {
                        "any" => ReferenceWhere::Any,
                        "narrative" => ReferenceWhere::Narrative,
                        "at" => ReferenceWhere::NarrativeAt,
                        _ => return None,
                    };
                    Some((row.get(1).to_owned(), place))
                },
                "a reference and `any`, `narrative` or `at`",
            )?,
            sets: Phrases::read(&table!("sets.tsv")?, text, "a value")?,
            tense_cues: Phrases::read(
                &table!("tense-cues.tsv")?,
                |row| {
                    Some(match row.get(1) {
                        "ahead" => TenseCue::Ahead,
                        "limit" => TenseCue::Limit,
                        "past" => TenseCue::Past,
                        _ => return None,
                    })
                },
                "ahead, limit or past",
            )?,
            zones: Phrases::read(&table!("zones.tsv")?, nothing, "")?,
            feasts: Phrases::read(
                &table!("feast-names.tsv")?,
                feast,
                "a feast of feast-days.tsv, `eid` or MM-DD",
            )?,
            feast_days,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_longest_phrase() {
        let words = TimeWords::builtin().unwrap();
        let text = ["early", "morning", "hours", "of"];
        let found = words.parts.longest(|i| text.get(i).copied().unwrap_or(""));
        assert_eq!(found, Some((&"MO".to_owned(), 3)));
        assert_eq!(split("eid al-fitr"), ["eid", "al", "-", "fitr"]);
    }

    #[test]
    fn knows_feasts_by_year() {
        let words = TimeWords::builtin().unwrap();
        let ramadan = &words.feast_days["ramadan"];
        assert!(ramadan.contains(&("2016-06-06".to_owned(), "2016-07-05".to_owned())));
    }
}
