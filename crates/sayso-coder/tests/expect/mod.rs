//! The language of the cases: what a sheet must and must not hold.

use sayso_coder::Coder;
use sayso_text::input::Format;
use sayso_text::{Published, Report};
use serde_json::Value;
use toml::Table;

/// One text and what must be read from it.
pub(crate) struct Case {
    name: String,
    report: Report,
    expected: Table,
}

impl Case {
    /// Reads all cases of one file.
    pub(crate) fn parse_all(file: &str, markdown: &str) -> Vec<Self> {
        let mut cases = Vec::new();
        let mut heading = String::new();
        let (mut text, mut published) = (String::new(), None);
        let mut block: Option<String> = None;
        for line in markdown.lines() {
            if let Some(toml) = &mut block {
                if line == "```" {
                    let expected = toml
                        .parse()
                        .unwrap_or_else(|e| panic!("{file}, {heading}: {e}"));
                    let mut report = Report::from_text(text.trim_end());
                    report.published = published.take();
                    cases.push(Self {
                        name: format!("{file}, {heading}"),
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
            } else if let Some(date) = line.strip_prefix("published:") {
                published = Some(Published::parse(date.trim()).unwrap());
            } else if let Some(words) = line.strip_prefix("# ") {
                words.clone_into(&mut heading);
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
            report,
            expected: expected.parse().unwrap(),
        }
    }

    /// Codes the text; gives one message for each expectation that does not hold.
    pub(crate) fn check(&self, coder: &Coder) -> Vec<String> {
        let coded = coder.code(self.report.clone());
        let json = sayso_api::sheet_json(&coded.reading, &coded.sheet, coder.made_by());
        let sheet = serde_json::to_value(&json).unwrap();
        let mut failures = Vec::new();
        for (kind, wanted) in &self.expected {
            let (list, must_be_there) = match kind.as_str() {
                "statement" => ("statements", true),
                "event" => ("events", true),
                "note" => ("notes", true),
                "no-statement" => ("statements", false),
                "no-event" => ("events", false),
                other => panic!("{}: `{other}` is no kind of expectation", self.name),
            };
            let found: Vec<Facts> = sheet[list]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| facts(item, &sheet))
                .collect();
            for one in wanted.as_array().unwrap() {
                let one = one.as_table().unwrap();
                let holds = found.iter().any(|facts| matches(one, facts));
                if holds != must_be_there {
                    let nearest = nearest(one, &found);
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
}

/// Field names and their values as words.
type Facts = Vec<(&'static str, Vec<String>)>;

fn facts(item: &Value, sheet: &Value) -> Facts {
    let words = |value: &Value| {
        value
            .as_str()
            .map(str::to_owned)
            .into_iter()
            .collect::<Vec<_>>()
    };
    let quotes = |value: &Value| match value {
        Value::Array(all) => all.iter().flat_map(|one| words(&one["quote"])).collect(),
        one => words(&one["quote"]),
    };
    let speaker = sheet["actors"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|actor| actor["id"] == item["sources"][0]["actor"] && !actor["id"].is_null())
        .flat_map(|actor| words(&actor["name"]))
        .collect();
    let tolls = item["tolls"].as_array().into_iter().flatten().map(|toll| {
        let high = toll["high"]
            .as_u64()
            .map_or("?".to_owned(), |high| high.to_string());
        format!(
            "{} {} {} {}..{high}",
            toll["effect"].as_str().unwrap_or_default(),
            toll["who"].as_str().unwrap_or_default(),
            toll["bound"].as_str().unwrap_or_default(),
            toll["low"],
        )
    });
    vec![
        ("act", words(&item["act"])),
        ("acled", words(&item["acled"])),
        ("anchor", quotes(&item["anchor"])),
        ("certainty", words(&item["certainty"])),
        ("code", words(&item["code"])),
        ("content", quotes(&item["content"])),
        ("country", words(&item["place"]["country"])),
        ("cue", quotes(&item["cue"])),
        ("end", words(&item["time"]["end"])),
        ("medium", quotes(&item["medium"])),
        ("place", words(&item["place"]["name"])),
        ("plover", words(&item["plover"])),
        ("polarity", words(&item["polarity"])),
        ("side_a", quotes(&item["side_a"])),
        ("side_b", quotes(&item["side_b"])),
        ("sources", quotes(&item["sources"])),
        ("speaker", speaker),
        ("start", words(&item["time"]["start"])),
        ("status", words(&item["status"])),
        ("to", quotes(&item["to"])),
        ("toll_status", words(&item["toll_status"])),
        ("tolls", tolls.collect()),
        ("weapons", quotes(&item["weapons"])),
    ]
}

fn matches(wanted: &Table, facts: &Facts) -> bool {
    wanted
        .iter()
        .all(|(key, value)| field_matches(key, value, facts))
}

fn field_matches(key: &str, value: &toml::Value, facts: &Facts) -> bool {
    let (name, part) = match key.strip_suffix("-has") {
        Some(name) => (name, true),
        None => (key, false),
    };
    let (_, actual) = facts
        .iter()
        .find(|(field, _)| *field == name)
        .unwrap_or_else(|| panic!("`{key}` is no field of a case"));
    let wanted: Vec<&str> = match value {
        toml::Value::Array(all) => all.iter().filter_map(toml::Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    if part {
        wanted
            .iter()
            .all(|words| actual.iter().any(|a| a.contains(words)))
    } else {
        actual.iter().map(String::as_str).eq(wanted)
    }
}

/// The finding that agrees with most fields, and where it does not.
fn nearest(wanted: &Table, found: &[Facts]) -> String {
    let agreeing = |facts: &Facts| {
        wanted
            .iter()
            .filter(|(key, value)| field_matches(key, value, facts))
            .count()
    };
    let Some(best) = found.iter().max_by_key(|facts| agreeing(facts)) else {
        return "nothing of this kind".to_owned();
    };
    best.iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(field, values)| format!("{field}={}", values.join(" | ")))
        .collect::<Vec<_>>()
        .join(", ")
}
