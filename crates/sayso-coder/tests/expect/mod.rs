//! The language of the cases: what a sheet must and must not hold. `cases/README.md` describes it.

// Each test program that reads the cases uses a part of this.
#![allow(dead_code)]

mod facts;
mod header;
pub(crate) mod parallel;

use std::fs;
use std::path::{Path, PathBuf};

use sayso_api::MadeBy;
use sayso_coder::Coder;
use sayso_core::Sheet;
use sayso_text::input::Format;
use sayso_text::{Published, Reading, Report};
use serde_json::Value;
use toml::Table;

use facts::Facts;
#[allow(unused_imports)] // as above
pub(crate) use header::{Header, Vocabulary};

/// One text and what must be read from it.
#[derive(Clone)]
pub(crate) struct Case {
    /// File and heading.
    pub(crate) name: String,
    /// Where in the world, in what style, which constructions.
    pub(crate) header: Header,
    /// The text.
    pub(crate) report: Report,
    expected: Table,
}

/// Somebody whom a case names.
pub(crate) struct Person {
    /// The name, or what is part of it.
    pub(crate) name: String,
    /// Whether a public export must leave it out.
    pub(crate) protected: bool,
}

impl Case {
    /// Every case below a folder, by file name and then in the order of the file.
    pub(crate) fn read_all(folder: &Path) -> Vec<Self> {
        let mut files = Vec::new();
        markdown_below(folder, &mut files);
        files.sort();
        files
            .iter()
            .flat_map(|file| {
                let name = file.strip_prefix(folder).unwrap().to_string_lossy();
                Self::parse_all(&name, &fs::read_to_string(file).unwrap())
            })
            .collect()
    }

    /// Reads all cases of one file.
    pub(crate) fn parse_all(file: &str, markdown: &str) -> Vec<Self> {
        let mut cases = Vec::new();
        let mut heading = String::new();
        let (mut text, mut published, mut outlet) = (String::new(), None, None);
        let mut header = Header::default();
        let mut block: Option<String> = None;
        for line in markdown.lines() {
            if let Some(toml) = &mut block {
                if line == "```" {
                    let name = format!("{file}, {heading}");
                    let expected: Table = toml.parse().unwrap_or_else(|e| panic!("{name}: {e}"));
                    let mut report = Report::from_text(text.trim_end());
                    report.published = published.take();
                    report.outlet = outlet.take();
                    cases.push(Self {
                        name,
                        header: std::mem::take(&mut header),
                        report,
                        expected,
                    });
                    text.clear();
                    block = None;
                } else {
                    toml.push_str(line);
                    toml.push('\n');
                }
            } else if line == "```toml" {
                block = Some(String::new());
            } else if let Some(words) = line.strip_prefix("    ") {
                text.push_str(words);
                text.push('\n');
            } else if let Some(words) = line.strip_prefix("# ") {
                words.clone_into(&mut heading);
            } else if let Some(date) = line.strip_prefix("published:") {
                published = Some(Published::parse(date.trim()).unwrap());
            } else if let Some(name) = line.strip_prefix("outlet:") {
                outlet = Some(name.trim().to_owned());
            } else if !header.take_line(line) && header::looks_like_a_field(line) {
                panic!("{file}, {heading}: `{line}` is no header line");
            }
        }
        assert!(!cases.is_empty(), "{file} holds no case");
        cases
    }

    /// A case whose text is a whole file as `sayso code` would read it.
    pub(crate) fn of_bytes(name: &str, bytes: &[u8], published: &str, expected: &str) -> Self {
        let mut report = sayso_text::input::from_bytes(name, bytes, Format::Text).unwrap();
        report.published = Some(Published::parse(published).unwrap());
        Self {
            name: name.to_owned(),
            header: Header::default(),
            report,
            expected: expected.parse().unwrap(),
        }
    }

    /// Whether something is expected not to be found in the text.
    pub(crate) fn forbids(&self) -> bool {
        !self.header.lookalike.is_empty()
            || self.expected.keys().any(|key| {
                matches!(
                    key.as_str(),
                    "no-statement" | "no-event" | "statements" | "events"
                )
            })
    }

    /// The ACLED types of its expectations of one kind (`event`, `no-event`).
    pub(crate) fn acled(&self, kind: &str) -> Vec<&str> {
        let list = self.expected.get(kind).and_then(toml::Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(|one| one.get("acled")?.as_str())
            .collect()
    }

    /// The persons that its expectations name, and whether they are to be protected.
    pub(crate) fn persons(&self) -> Vec<Person> {
        let list = self.expected.get("actor").and_then(toml::Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(|one| {
                let named = one
                    .get("name-has")
                    .or(one.get("name"))
                    .or(one.get("names"))?;
                let protect = one.get("protect").or(one.get("protected"))?;
                let protected = protect.as_str().is_some_and(|reason| reason != "false");
                Some(Person {
                    name: named.as_str()?.to_owned(),
                    protected,
                })
            })
            .collect()
    }

    /// Codes the text; gives one message for each expectation that does not hold.
    pub(crate) fn check(&self, coder: &Coder) -> Vec<String> {
        let coded = coder.code(self.report.clone());
        self.check_sheet(&coded.reading, &coded.sheet, coder.made_by())
    }

    /// One message for each expectation that does not hold of a sheet of this text.
    pub(crate) fn check_sheet(
        &self,
        reading: &Reading,
        sheet: &Sheet,
        made_by: &MadeBy,
    ) -> Vec<String> {
        let json = sayso_api::sheet_json(reading, sheet, made_by);
        let sheet = serde_json::to_value(&json).unwrap();
        let mut failures = self.check_lookalikes(&sheet);
        for (kind, wanted) in &self.expected {
            let (list, must_be_there) = match kind.as_str() {
                "statement" => ("statements", true),
                "event" => ("events", true),
                "actor" => ("actors", true),
                "time" => ("times", true),
                "place" => ("places", true),
                "note" => ("notes", true),
                "no-statement" => ("statements", false),
                "no-event" => ("events", false),
                "no-actor" => ("actors", false),
                "no-time" => ("times", false),
                "no-place" => ("places", false),
                "statements" | "events" => {
                    failures.extend(self.check_count(kind, wanted, &sheet));
                    continue;
                }
                other => panic!("{}: `{other}` is no kind of expectation", self.name),
            };
            let found: Vec<Facts> = sheet[list]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| match list {
                    "actors" => facts::of_actor(item, &sheet),
                    "times" => facts::of_time(item),
                    "places" => facts::of_place(item),
                    _ => facts::of(item, &sheet),
                })
                .collect();
            for one in wanted.as_array().unwrap() {
                let one = one.as_table().unwrap();
                if let Err(problem) = facts::is_sound(one, &self.report.text) {
                    failures.push(format!("{}: {problem}", self.name));
                }
                let holds = found.iter().any(|facts| facts::match_all(one, facts));
                if holds != must_be_there {
                    let nearest = facts::nearest(one, &found);
                    let verb = if must_be_there { "has no" } else { "has a" };
                    failures.push(format!(
                        "{}: the sheet {verb} {kind} with\n{}  nearest: {nearest}",
                        self.name,
                        toml::to_string(one)
                            .unwrap()
                            .lines()
                            .fold(String::new(), |all, line| all + "    " + line + "\n"),
                    ));
                }
            }
        }
        failures
    }

    /// `lookalike: attack`: no event is told by a word of that frame, or came to be of its type.
    fn check_lookalikes(&self, sheet: &Value) -> Vec<String> {
        let mut failures = Vec::new();
        for item in sheet["events"].as_array().into_iter().flatten() {
            let event = facts::of(item, sheet);
            for frame in &self.header.lookalike {
                if facts::is_of_frame(&event, frame) {
                    let shown = facts::show(&event);
                    failures.push(format!("{}: only looks like {frame}: {shown}", self.name));
                }
            }
        }
        failures
    }

    /// `statements = N` and `events = N`: that many and no more.
    fn check_count(&self, list: &str, wanted: &toml::Value, sheet: &Value) -> Option<String> {
        let wanted = wanted
            .as_integer()
            .unwrap_or_else(|| panic!("{}: `{list}` is a number", self.name));
        let items = sheet[list].as_array().unwrap();
        if usize::try_from(wanted) == Ok(items.len()) {
            return None;
        }
        let all: Vec<String> = items
            .iter()
            .map(|item| facts::show(&facts::of(item, sheet)))
            .collect();
        Some(format!(
            "{}: the sheet has {} {list}, not {wanted}:\n    {}",
            self.name,
            items.len(),
            all.join("\n    "),
        ))
    }
}

/// All `.md` files below a folder but the README.
fn markdown_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // Those of several reports have a language of their own, and sayso-link runs them.
            if path.file_name().is_some_and(|name| name == "findings") {
                continue;
            }
            markdown_below(&path, files);
        } else if path.extension().is_some_and(|end| end == "md")
            && path.file_name().is_some_and(|name| name != "README.md")
        {
            files.push(path);
        }
    }
}
