//! The language of `cases/findings`: reports, and what must be known from all of them together.
//! `cases/findings/README.md` describes it.

use std::fs;
use std::path::Path;

use sayso_api::{FindingJson, IncidentJson, SheetJson, sheet_json};
use sayso_coder::Coder;
use sayso_link::{Decision, Decisions, LinkKnowledge, incidents_decided};
use sayso_text::{Published, Report};
use toml::{Table, Value};

/// Reports, what analysts have decided on them, and what must come of it.
pub(crate) struct Case {
    /// File and heading.
    pub(crate) name: String,
    reports: Vec<Report>,
    decisions: Vec<Decision>,
    unreliable: Vec<String>,
    expected: Table,
}

impl Case {
    /// Every case of `cases/findings`, by file name and then in the order of the file.
    pub(crate) fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/findings");
        let mut files: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "md"))
            .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
            .collect();
        files.sort();
        files
            .iter()
            .flat_map(|file| {
                let name = file.file_stem().unwrap().to_string_lossy();
                Self::parse_all(&name, &fs::read_to_string(file).unwrap())
            })
            .collect()
    }

    fn parse_all(file: &str, markdown: &str) -> Vec<Self> {
        let mut cases = Vec::new();
        let mut case: Option<Self> = None;
        let mut block: Option<String> = None;
        for line in markdown.lines() {
            if let Some(toml) = &mut block {
                if line == "```" {
                    let mut done = case.take().unwrap_or_else(|| panic!("{file}: no heading"));
                    done.expected = toml
                        .parse()
                        .unwrap_or_else(|e| panic!("{}: {e}", done.name));
                    done.know_every_key();
                    cases.push(done);
                    block = None;
                } else {
                    toml.push_str(line);
                    toml.push('\n');
                }
            } else if line == "```toml" {
                block = Some(String::new());
            } else if let Some(heading) = line.strip_prefix("# ") {
                assert!(
                    case.is_none(),
                    "{file}, {heading}: the case before has no block"
                );
                case = Some(Self {
                    name: format!("{file}, {heading}"),
                    reports: Vec::new(),
                    decisions: Vec::new(),
                    unreliable: Vec::new(),
                    expected: Table::new(),
                });
            } else if let Some(case) = &mut case {
                case.take_line(line);
            }
        }
        assert!(case.is_none(), "{file}: the last case has no block");
        cases
    }

    fn take_line(&mut self, line: &str) {
        let ids = |list: &str| list.split(',').map(|id| id.trim().to_owned()).collect();
        if let Some(head) = line.strip_prefix("## ") {
            let mut parts = head.split(" · ");
            let id = parts.next().unwrap();
            let (Some(outlet), Some(published)) = (parts.next(), parts.next()) else {
                panic!("{}: `## ID · OUTLET · DATE`, not `{line}`", self.name);
            };
            let forwarded_from = parts.next().map(|channel| {
                let name = channel.strip_prefix("forwarded from ");
                name.unwrap_or_else(|| panic!("{}: `{channel}`", self.name))
            });
            self.reports.push(Report {
                id: id.to_owned(),
                outlet: (outlet != "-").then(|| outlet.to_owned()),
                forwarded_from: forwarded_from.map(str::to_owned),
                published: Some(Published::parse(published).unwrap()),
                ..Report::from_text(String::new())
            });
        } else if let Some(words) = line.strip_prefix("    ") {
            let report = self.reports.last_mut().unwrap();
            let mut text = report.text.clone();
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(words);
            report.text = text;
        } else if let Some(list) = line.strip_prefix("merge:") {
            self.decisions.push(Decision::Merge { reports: ids(list) });
        } else if let Some(list) = line.strip_prefix("split:") {
            let (off, from) = list.split_once(" from ").unwrap();
            self.decisions.push(Decision::Split {
                reports: ids(off),
                from: ids(from),
            });
        } else if let Some(name) = line.strip_prefix("unreliable:") {
            self.unreliable.push(name.trim().to_owned());
        } else {
            assert!(line.trim().is_empty(), "{}: `{line}`", self.name);
        }
    }

    /// A key that nothing reads would expect nothing.
    fn know_every_key(&self) {
        let only = |table: &Table, known: &[&str]| {
            for key in table.keys() {
                assert!(known.contains(&key.as_str()), "{}: `{key}`", self.name);
            }
        };
        only(
            &self.expected,
            &[
                "of",
                "prints",
                "origins",
                "title",
                "no-finding",
                "origin",
                "other-origin",
                "finding",
            ],
        );
        for table in self.tables("origin") {
            only(table, &["name", "why", "reports"]);
        }
        for table in self.tables("other-origin") {
            only(table, &["name", "of"]);
        }
        for table in self.tables("finding") {
            only(
                table,
                &[
                    "question",
                    "status",
                    "low",
                    "conservative",
                    "high",
                    "answers",
                ],
            );
        }
    }

    /// Codes the reports.
    pub(crate) fn code(&self, coder: &Coder) -> Vec<SheetJson<'static>> {
        self.reports
            .iter()
            .map(|report| {
                let coded = coder.code(report.clone());
                let json = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
                serde_json::from_str(&serde_json::to_string(&json).unwrap()).unwrap()
            })
            .collect()
    }

    /// The incidents of coded reports, under the decisions of the case.
    pub(crate) fn link(
        &self,
        sheets: &[SheetJson<'static>],
        knowledge: &LinkKnowledge,
    ) -> Vec<IncidentJson> {
        let mut decisions = Decisions::default();
        for decision in &self.decisions {
            decisions.take(decision);
        }
        if !self.unreliable.is_empty() {
            // An analyst marks what is shown: an origin of an incident.
            for incident in incidents_decided(sheets, knowledge, decisions.clone()) {
                for origin in &incident.origins {
                    if self.unreliable.contains(&origin.name) {
                        decisions.distrust(&origin.id);
                    }
                }
            }
        }
        incidents_decided(sheets, knowledge, decisions.clone())
    }

    /// One message for each expectation that does not hold.
    pub(crate) fn check(&self, found: &[IncidentJson]) -> Vec<String> {
        let mut failures = Vec::new();
        let mut fail = |message: String| failures.push(format!("{}: {message}", self.name));
        let first = self.reports.first().unwrap().id.clone();
        let of = |id: &str| {
            found.iter().find(|incident| {
                let main = |r: &sayso_api::IncidentReportJson| r.id == id && r.role == "main";
                incident.reports.iter().any(main)
            })
        };
        let about = self.expected.get("of").and_then(Value::as_str);
        let incident = of(about.unwrap_or(&first)).unwrap();
        let prints = self.number("prints").unwrap_or(self.reports.len());
        let main = incident.reports.iter().filter(|r| r.role == "main").count();
        if main != prints {
            fail(format!("{main} prints, not {prints}"));
        }
        if let Some(origins) = self.number("origins")
            && incident.origins.len() != origins
        {
            let names: Vec<&str> = incident.origins.iter().map(|o| o.name.as_str()).collect();
            fail(format!("{} origins, not {origins}: {names:?}", names.len()));
        }
        if let Some(title) = self.expected.get("title").and_then(Value::as_str)
            && !incident.title.contains(title)
        {
            fail(format!("the title is `{}`", incident.title));
        }
        for question in self.list("no-finding") {
            if incident.findings.iter().any(|f| f.question == question) {
                fail(format!("there is a finding on {question}"));
            }
        }
        for wanted in self.tables("origin") {
            let name = wanted["name"].as_str().unwrap();
            let Some(origin) = incident.origins.iter().find(|o| o.name.contains(name)) else {
                fail(format!("no origin {name}"));
                continue;
            };
            for (key, value) in [("why", &origin.why)] {
                if let Some(wanted) = wanted.get(key).and_then(Value::as_str)
                    && wanted != value
                {
                    fail(format!("{name} is {value}, not {wanted}"));
                }
            }
            if let Some(reports) = wanted.get("reports").and_then(Value::as_integer)
                && usize::try_from(reports) != Ok(origin.reports.len())
            {
                fail(format!("{name} is in {:?}", origin.reports));
            }
        }
        for wanted in self.tables("other-origin") {
            let name = wanted["name"].as_str().unwrap();
            let elsewhere = of(wanted["of"].as_str().unwrap()).unwrap();
            let id = |incident: &IncidentJson| {
                let origin = incident.origins.iter().find(|o| o.name.contains(name));
                origin.map(|origin| origin.id.clone())
            };
            match (id(incident), id(elsewhere)) {
                (Some(a), Some(b)) if a != b => {}
                (a, b) => fail(format!("{name} is {a:?} here and {b:?} there")),
            }
        }
        for wanted in self.tables("finding") {
            let question = wanted["question"].as_str().unwrap();
            match incident.findings.iter().find(|f| f.question == question) {
                None => fail(format!("no finding on {question}")),
                Some(finding) => {
                    for message in differences(wanted, finding, incident) {
                        fail(format!("{question}: {message}"));
                    }
                }
            }
        }
        failures
    }

    fn number(&self, key: &str) -> Option<usize> {
        let number = self.expected.get(key)?.as_integer()?;
        usize::try_from(number).ok()
    }

    fn list(&self, key: &str) -> Vec<&str> {
        let list = self.expected.get(key).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    fn tables(&self, key: &str) -> Vec<&Table> {
        let list = self.expected.get(key).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(Value::as_table)
            .collect()
    }
}

/// What a finding has other than it should.
fn differences(wanted: &Table, finding: &FindingJson, incident: &IncidentJson) -> Vec<String> {
    let mut different = Vec::new();
    let shown = answers(finding, incident);
    for key in wanted.keys() {
        let told = match key.as_str() {
            "question" => continue,
            "status" => Some(finding.status.clone()),
            "low" => finding.low.map(|n| n.to_string()),
            "conservative" => finding.conservative.map(|n| n.to_string()),
            "high" => finding.high.map(|n| n.to_string()),
            "answers" => {
                let list = wanted[key].as_array().unwrap();
                let mut open = shown.clone();
                for one in list {
                    let one = one.as_str().unwrap();
                    match open.iter().position(|answer| is_answer(one, answer)) {
                        Some(at) => {
                            open.remove(at);
                        }
                        None => different.push(format!("no answer `{one}` of {shown:?}")),
                    }
                }
                if !open.is_empty() && list.len() != shown.len() {
                    different.push(format!("also answers {open:?}"));
                }
                continue;
            }
            other => unreachable!("`{other}` is no field of a finding"),
        };
        let want = match &wanted[key] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let told = told.unwrap_or_else(|| "none".to_owned());
        if told != want {
            different.push(format!("{key} is {told}, not {want}; answers {shown:?}"));
        }
    }
    different
}

/// An answer in words: `[before] STANCE [VALUE] by ORIGIN`.
fn answers(finding: &FindingJson, incident: &IncidentJson) -> Vec<String> {
    finding
        .answers
        .iter()
        .map(|answer| {
            let origin = incident.origins.iter().find(|o| o.id == answer.origin);
            let name = origin.map_or("?", |o| o.name.as_str());
            let before = if answer.superseded { "before " } else { "" };
            let value = answer.value.as_deref().unwrap_or("-");
            format!("{before}{} {value} by {name}", answer.stance)
        })
        .collect()
}

/// Whether an answer is the one meant: the same up to `by`, and an origin in whose name the words
/// behind it stand.
fn is_answer(wanted: &str, answer: &str) -> bool {
    match (wanted.split_once(" by "), answer.split_once(" by ")) {
        (Some((what, who)), Some((own, name))) => what == own && name.contains(who),
        _ => panic!("an answer is `[before] STANCE VALUE by ORIGIN`, not `{wanted}`"),
    }
}
