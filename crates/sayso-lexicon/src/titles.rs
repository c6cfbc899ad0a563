//! `roles.tsv`: titles that stand before a person's name.

use crate::agents::{KINDS, parse_gender};
use crate::{Gender, LexiconError, Table};

/// What a title says of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleClass {
    /// "Mr", "Dr": says nothing of what the person does.
    Honorific,
    /// "Sheikh", "Bishop".
    Religious,
    /// "Colonel", "Gen."
    Rank,
    /// "President", "governor".
    Office,
    /// "leader", "teacher".
    Post,
}

/// One title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Lower case, one or more words, a full stop where it is abbreviated with one.
    pub title: String,
    /// What it says.
    pub class: TitleClass,
    /// Gender, where the title tells it.
    pub gender: Option<Gender>,
    /// ACLED's kind of actor, or sayso's.
    pub kind: String,
    /// The title in full words ("colonel" for "col.").
    pub full: String,
}

/// All titles, sorted.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    rows: Vec<Title>,
}

impl Titles {
    /// Parses the content of `roles.tsv`.
    ///
    /// # Errors
    /// As [`Table::parse`], and a value that a column does not allow.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("roles.tsv", text)?;
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let error = |value: &str, allowed: String| LexiconError {
                file: table.file.to_owned(),
                line: row.line,
                value: value.to_owned(),
                allowed,
            };
            let class = match row.get(1) {
                "honorific" => TitleClass::Honorific,
                "religious" => TitleClass::Religious,
                "rank" => TitleClass::Rank,
                "office" => TitleClass::Office,
                "post" => TitleClass::Post,
                other => {
                    return Err(error(
                        other,
                        "honorific, religious, rank, office, post".into(),
                    ));
                }
            };
            let gender =
                parse_gender(row.get(2)).map_err(|value| error(value, "m, f, -".into()))?;
            if !KINDS.contains(&row.get(3)) {
                return Err(error(row.get(3), KINDS.join(", ")));
            }
            rows.push(Title {
                title: row.get(0).to_owned(),
                class,
                gender,
                kind: row.get(3).to_owned(),
                full: row.get(4).to_owned(),
            });
        }
        rows.sort_by(|a, b| a.title.cmp(&b.title));
        Ok(Self { rows })
    }

    /// The entry of a title, given in lower case.
    pub fn get(&self, title: &str) -> Option<&Title> {
        self.rows
            .binary_search_by(|row| row.title.as_str().cmp(title))
            .ok()
            .and_then(|i| self.rows.get(i))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_titles() {
        let head = "# origin: t\n# licence: t\n# columns: title\tclass\tgender\tkind\tfull\n";
        let titles = Titles::parse(&format!(
            "{head}col.\trank\t-\tstate-forces\tcolonel\nmrs\thonorific\tf\tperson\tmrs\n"
        ))
        .unwrap();
        assert_eq!(titles.get("col.").unwrap().class, TitleClass::Rank);
        assert_eq!(titles.get("mrs").unwrap().gender, Some(Gender::Female));
        assert!(titles.get("stone").is_none());
        let error = Titles::parse(&format!("{head}col.\tjob\t-\tperson\tx\n")).unwrap_err();
        assert_eq!(error.value, "job");
    }
}
