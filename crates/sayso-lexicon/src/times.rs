//! Words for times: `lexicon/times/`.

use std::collections::{BTreeMap, BTreeSet};

use crate::{LexiconError, Row, Table, TimeWordLists};

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
    /// What of it lies before the time it is seen from ("earlier this month").
    Before,
    /// What of it lies after that ("later this month").
    After,
}

/// A calendar beside the Gregorian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OtherCalendar {
    /// The Islamic one, by moons, as Umm al-Qura has it.
    Hijri,
    /// The one of Iran and Afghanistan, by the sun.
    SolarHijri,
}

impl OtherCalendar {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "hijri" => Some(Self::Hijri),
            "solar-hijri" => Some(Self::SolarHijri),
            _ => None,
        }
    }
}

/// A month of another calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherMonth {
    /// Whose month it is.
    pub calendar: OtherCalendar,
    /// 1 to 12.
    pub month: u8,
    /// What has to stand beside the name, which may be that of somebody too.
    pub needs: MonthNeeds,
}

/// What makes the name of a month a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthNeeds {
    /// Nothing but a place where a date may stand.
    Nothing,
    /// A day or a year.
    Beside,
    /// A year.
    Year,
}

/// A year of another calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherYear {
    /// Its first day, ISO 8601.
    pub first: String,
    /// Days of its twelve months.
    pub lengths: Vec<u8>,
}

/// What a word says of the event that a time stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatingWord {
    /// Verbs of beginning.
    Begins,
    /// Nouns of what goes on for weeks or months once it has begun.
    Campaign,
    /// Verbs of ending.
    Ends,
    /// Words that count or rank an event among others.
    First,
    /// Nouns of what goes on for years once it has begun.
    Lasting,
    /// Nouns that make a name of a date before them.
    NameHead,
    /// Verbs of what is done to somebody for a crime.
    Tries,
    /// Prepositions behind which an event noun says when as well.
    Within,
}

impl DatingWord {
    fn parse(class: &str) -> Option<Self> {
        Some(match class {
            "begins" => Self::Begins,
            "campaign" => Self::Campaign,
            "ends" => Self::Ends,
            "first" => Self::First,
            "lasting" => Self::Lasting,
            "name-head" => Self::NameHead,
            "tries" => Self::Tries,
            "within" => Self::Within,
            _ => return None,
        })
    }
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
    /// `words.tsv`: word lists of the rules of times.
    pub lists: TimeWordLists,
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
    /// Months of other calendars.
    pub other_months: Phrases<OtherMonth>,
    /// Years of other calendars.
    pub other_years: BTreeMap<(OtherCalendar, i16), OtherYear>,
    /// First and last month of the rainy season, by country (ISO 3166-1 alpha-3).
    pub wet_seasons: BTreeMap<String, (i8, i8)>,
    /// Days known by month and day and the noun behind them, ISO 8601.
    pub named_days: BTreeMap<(i8, i8, String), NamedDay>,
    /// Words before the date that a text gives itself.
    pub dateline_labels: Phrases<()>,
    /// Words that say what a time dates.
    dating_words: BTreeSet<(DatingWord, String)>,
}

/// A day that news name without its year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDay {
    /// The day, `2001-02-03`.
    pub date: String,
    /// ISO 3166-1 alpha-3 codes of the countries in whose news it is known so.
    pub countries: Vec<String>,
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
    /// Whether the lower-case `word` is of `class`.
    pub fn dates(&self, class: DatingWord, word: &str) -> bool {
        self.dating_words.contains(&(class, word.to_owned()))
    }

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
            lists: TimeWordLists::parse(include_str!("../../../lexicon/times/words.tsv"))?,
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
                        "BEFORE" => Edge::Before,
                        "AFTER" => Edge::After,
                        _ => return None,
                    })
                },
                "START, MID, END, H1, H2, ALL, BEFORE or AFTER",
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
            other_months: Phrases::read(
                &table!("other-months.tsv")?,
                |row| {
                    Some(OtherMonth {
                        calendar: OtherCalendar::parse(row.get(1))?,
                        month: row.get(2).parse().ok().filter(|m| (1..=12).contains(m))?,
                        needs: match row.get(3) {
                            "alone" => MonthNeeds::Nothing,
                            "beside" => MonthNeeds::Beside,
                            "dated" => MonthNeeds::Year,
                            _ => return None,
                        },
                    })
                },
                "a calendar, a month and `alone`, `beside` or `dated`",
            )?,
            other_years: keyed(
                &table!("other-years.tsv")?,
                |row| {
                    let lengths: Vec<u8> = row
                        .get(3)
                        .split(' ')
                        .map(|days| days.parse().ok())
                        .collect::<Option<_>>()?;
                    let key = (OtherCalendar::parse(row.get(0))?, row.get(1).parse().ok()?);
                    let first = row.get(2).to_owned();
                    (lengths.len() == 12).then_some((key, OtherYear { first, lengths }))
                },
                "a calendar, a year, its first day and twelve lengths",
            )?,
            wet_seasons: keyed(
                &table!("wet-seasons.tsv")?,
                |row| {
                    let month = |at: usize| {
                        let month: Option<i8> = row.get(at).parse().ok();
                        month.filter(|m| (1..=12).contains(m))
                    };
                    Some((row.get(0).to_owned(), (month(1)?, month(2)?)))
                },
                "a country and two months",
            )?,
            named_days: keyed(
                &table!("named-days.tsv")?,
                |row| {
                    let (month, day) = row.get(0).split_once('-')?;
                    let key = (
                        month.parse().ok()?,
                        day.parse().ok()?,
                        row.get(1).to_owned(),
                    );
                    let named = NamedDay {
                        date: row.get(2).to_owned(),
                        countries: row.get(3).split(' ').map(str::to_owned).collect(),
                    };
                    Some((key, named))
                },
                "MM-DD, a noun, a date and ISO 3166-1 alpha-3 codes",
            )?,
            dateline_labels: Phrases::read(&table!("dateline-labels.tsv")?, nothing, "")?,
            dating_words: keyed(
                &table!("dating-words.tsv")?,
                |row| {
                    let class = DatingWord::parse(row.get(1))?;
                    Some(((class, row.get(0).to_owned()), ()))
                },
                "a class of the header",
            )?
            .into_keys()
            .collect(),
        })
    }
}

/// Reads each row as a key and what it stands for.
fn keyed<K: Ord, V>(
    table: &Table,
    entry: impl Fn(&Row) -> Option<(K, V)>,
    allowed: &str,
) -> Result<BTreeMap<K, V>, LexiconError> {
    let read = |row: &Row| {
        entry(row).ok_or_else(|| LexiconError {
            file: table.file.to_owned(),
            line: row.line,
            value: row.fields.join("\t"),
            allowed: allowed.to_owned(),
        })
    };
    table.rows.iter().map(read).collect()
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
    fn a_word_may_be_of_several_classes() {
        let words = TimeWords::builtin().unwrap();
        assert!(words.dates(DatingWord::Lasting, "war"));
        assert!(!words.dates(DatingWord::Campaign, "war"));
        assert!(words.dates(DatingWord::Within, "during"));
    }
}
