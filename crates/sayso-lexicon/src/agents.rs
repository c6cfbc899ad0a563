//! `agents.tsv`: nouns for people and bodies that act or speak.

use crate::{LexiconError, Table};

/// Kinds of actor, ACLED's eight and sayso's, as the sheet prints them. The registry's file counts
/// them in this order.
pub const KINDS: &[&str] = &[
    "state-forces",
    "rebel-group",
    "political-militia",
    "identity-militia",
    "rioters",
    "protesters",
    "civilians",
    "external-forces",
    "government",
    "media",
    "organisation",
    "person",
    "unknown",
];

const SOURCES: &[&str] = &[
    "named-official",
    "anonymous-official",
    "local-sources",
    "monitor",
    "armed-group",
    "government",
    "media",
    "document",
    "eyewitness",
    "organisation",
    "person",
];

/// What a noun counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One person; the plural means several.
    Person,
    /// Several people whatever the form of the noun ("police", "people").
    People,
    /// A group of people, spoken of as "it" or "they".
    Group,
    /// An institution, spoken of as "it" or "they".
    Body,
    /// Something that is quoted in place of whoever wrote it ("the statement").
    Document,
}

/// Grammatical gender of the people meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// "he"
    Male,
    /// "she"
    Female,
}

/// One noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Lemma of the head, or the last words of the phrase up to the head.
    pub noun: String,
    /// ACLED's kind of actor, or sayso's.
    pub kind: String,
    /// What it counts.
    pub shape: Shape,
    /// Nouns of one class can stand for each other.
    pub class: String,
    /// Gender, where the noun tells it.
    pub gender: Option<Gender>,
    /// Kind of source when it speaks, as SCHEMA.md writes it.
    pub source: Option<String>,
}

/// All nouns, sorted.
#[derive(Clone, Debug, Default)]
pub struct Agents {
    rows: Vec<Agent>,
}

impl Agents {
    /// Parses the content of `agents.tsv`.
    ///
    /// # Errors
    /// As [`Table::parse`], and a value that a column does not allow.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("agents.tsv", text)?;
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let error = |value: &str, allowed: String| LexiconError {
                file: table.file.to_owned(),
                line: row.line,
                value: value.to_owned(),
                allowed,
            };
            if !KINDS.contains(&row.get(1)) {
                return Err(error(row.get(1), KINDS.join(", ")));
            }
            let shape = match row.get(2) {
                "person" => Shape::Person,
                "people" => Shape::People,
                "group" => Shape::Group,
                "body" => Shape::Body,
                "document" => Shape::Document,
                other => {
                    return Err(error(other, "person, people, group, body, document".into()));
                }
            };
            let gender =
                parse_gender(row.get(4)).map_err(|value| error(value, "m, f, -".into()))?;
            let source = match row.get(5) {
                "-" => None,
                known if SOURCES.contains(&known) => Some(known.to_owned()),
                other => return Err(error(other, SOURCES.join(", "))),
            };
            rows.push(Agent {
                noun: row.get(0).to_owned(),
                kind: row.get(1).to_owned(),
                shape,
                class: row.get(3).to_owned(),
                gender,
                source,
            });
        }
        rows.sort_by(|a, b| a.noun.cmp(&b.noun));
        Ok(Self { rows })
    }

    /// The entry of a noun, given in lower case.
    pub fn get(&self, noun: &str) -> Option<&Agent> {
        self.rows
            .binary_search_by(|row| row.noun.as_str().cmp(noun))
            .ok()
            .and_then(|i| self.rows.get(i))
    }

    /// The entry of the longest tail of `words` (lower case, the last one a lemma), of at most
    /// four words: of "provincial", "health", "official" it is "health official".
    pub fn tail(&self, words: &[String]) -> Option<&Agent> {
        let longest = words.len().min(4);
        (1..=longest)
            .rev()
            .find_map(|count| self.get(&words[words.len() - count..].join(" ")))
    }

    /// All entries, sorted by noun.
    pub fn all(&self) -> &[Agent] {
        &self.rows
    }
}

/// Reads a column of gender: `m`, `f` or `-`; gives the value back where it is none of these.
pub(crate) fn parse_gender(text: &str) -> Result<Option<Gender>, &str> {
    match text {
        "-" => Ok(None),
        "m" => Ok(Some(Gender::Male)),
        "f" => Ok(Some(Gender::Female)),
        other => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "# origin: test\n# licence: test\n# columns: noun\tkind\tshape\tclass\tgender\tsource\n";

    #[test]
    fn the_longest_tail_wins() {
        let rows = "official\tgovernment\tperson\tofficial\t-\tanonymous-official\n\
                    source\tunknown\tperson\tsource\t-\tlocal-sources\n";
        let agents = Agents::parse(&format!(
            "{HEAD}{rows}zz source\tunknown\tperson\tsource\t-\t-\n"
        ))
        .unwrap();
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            agents.tail(&words("a zz source")).unwrap().noun,
            "zz source"
        );
        assert_eq!(
            agents.tail(&words("a local source")).unwrap().noun,
            "source"
        );
        assert!(agents.tail(&words("a stone")).is_none());
    }

    #[test]
    fn a_wrong_kind_is_named() {
        let error = Agents::parse(&format!("{HEAD}x\tking\tperson\tx\t-\t-\n")).unwrap_err();
        assert_eq!(error.value, "king");
    }
}
