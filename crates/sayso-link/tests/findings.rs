//! What several sheets say together: origins are counted, not prints; who disagrees is kept.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sayso_api::{FindingJson, IncidentJson, SheetJson};
use sayso_link::{Decisions, LinkKnowledge, incidents, incidents_decided};
use serde_json::{Value, json};

/// A report on the shelling of a market in Velda, to be varied.
struct Report {
    id: &'static str,
    outlet: &'static str,
    published: &'static str,
    text: String,
    statements: Vec<Value>,
    actors: Vec<Value>,
    event: Value,
}

impl Report {
    fn new(id: &'static str, outlet: &'static str, published: &'static str, text: &str) -> Self {
        // Every report here tells of the Sunday before it, as the coder would date it.
        let mut time = Self::quoted(text, "Sunday");
        time["start"] = json!("2025-05-11");
        time["end"] = json!("2025-05-11");
        time["date_prec"] = json!(1);
        let event = json!({
            "id": format!("e:{id}"),
            "anchor": Self::quoted(text, "shelled"),
            "acled": "Shelling/artillery/missile attack",
            "plover": "ASSAULT", "plover_mode": null, "cameo": "190",
            "side_a": [], "side_b": [], "weapons": [],
            "place": null, "time": time, "tolls": [], "toll_status": "not-stated",
            "status": "asserted", "aggregate": false, "statements": [],
            "confidence": 0.9, "why": {},
        });
        Self {
            id,
            outlet,
            published,
            text: text.to_owned(),
            statements: Vec::new(),
            actors: Vec::new(),
            event,
        }
    }

    fn quoted(text: &str, words: &str) -> Value {
        let start = text
            .find(words)
            .unwrap_or_else(|| panic!("{words} in {text}"));
        let start = text[..start].chars().count();
        json!({"span": [start, start + words.chars().count()], "quote": words})
    }

    /// `speaker`, of `kind`, says `content` of the event.
    fn says(mut self, speaker: &str, kind: &str, act: &str, content: &str) -> Self {
        let id = format!("s:{}{}", self.id, self.statements.len());
        let actor = format!("a:{}{}", self.id, self.actors.len());
        let mut source = Self::quoted(&self.text, speaker);
        source["kind"] = json!(kind);
        source["actor"] = json!(actor);
        self.actors.push(json!({
            "id": actor, "name": speaker, "aliases": [], "kind": "unknown", "country": "SYR",
            "member_of": null, "role": null, "protect": null, "mentions": [source["span"]],
        }));
        self.statements.push(json!({
            "id": id, "act": act, "polarity": "affirmed", "certainty": "certain",
            "plover": null, "plover_mode": null, "cameo": null,
            "sources": [source], "cue": null, "content": [Self::quoted(&self.text, content)],
            "to": null, "medium": null, "within": null, "events": [self.event["id"]],
            "confidence": 0.9, "why": {}, "edges": [],
        }));
        if act == "deny" {
            self.event["status"] = json!("denied");
        }
        let statements = self.event["statements"].as_array_mut().unwrap();
        statements.push(json!(id));
        self
    }

    /// The last statement, or the writer where there is none, counts so many killed.
    fn killed(mut self, words: &str, low: u64, bound: &str) -> Self {
        let mut toll = Self::quoted(&self.text, words);
        toll["effect"] = json!("killed");
        toll["who"] = json!("people");
        toll["low"] = json!(low);
        toll["high"] = if bound == "exact" {
            json!(low)
        } else {
            Value::Null
        };
        toll["bound"] = json!(bound);
        toll["by"] = self
            .statements
            .last()
            .map_or(Value::Null, |s| s["id"].clone());
        self.event["tolls"].as_array_mut().unwrap().push(toll);
        self.event["toll_status"] = json!("counted");
        self
    }

    fn side_a(mut self, words: &str) -> Self {
        let mut side = Self::quoted(&self.text, words);
        side["actor"] = Value::Null;
        self.event["side_a"] = json!([side]);
        self
    }

    fn toll_status(mut self, status: &str) -> Self {
        self.event["toll_status"] = json!(status);
        self
    }

    fn sheet(self) -> SheetJson<'static> {
        let sheet = json!({
            "schema": "sayso.sheet/1",
            "made_by": {"sayso": "0", "model": "m", "lexicon": "l", "gazetteer": "g"},
            "report": {
                "id": self.id, "title": null, "text": self.text, "outlet": self.outlet,
                "url": null, "published": self.published, "language": "en",
            },
            "statements": self.statements, "events": [self.event], "actors": self.actors,
            "places": [], "times": [], "notes": [],
        });
        serde_json::from_value(sheet).unwrap()
    }
}

/// The one incident of these reports.
fn incident(reports: Vec<Report>) -> IncidentJson {
    let sheets: Vec<SheetJson<'static>> = reports.into_iter().map(Report::sheet).collect();
    let mut found = incidents(&sheets, &LinkKnowledge::builtin().unwrap());
    assert_eq!(
        found.len(),
        1,
        "{:#?}",
        found.iter().map(|i| &i.reports).collect::<Vec<_>>()
    );
    found.remove(0)
}

fn finding<'i>(incident: &'i IncidentJson, question: &str) -> &'i FindingJson {
    incident
        .findings
        .iter()
        .find(|finding| finding.question == question)
        .unwrap_or_else(|| panic!("no finding on {question}"))
}

const STORY: &str = "Gunners shelled the covered market of Velda near Qarqur on Sunday, \
    the Tibrin Observatory said, killing nine people as traders from Sekhan and Marudo opened.";
const OTHER_WORDS: &str = "On Sunday morning the market hall in Velda, by the Qarqur bridge, was \
    shelled; the mayor of Marudo, Neve Orlo, spoke of 14 dead among traders from Sekhan.";

fn observatory(id: &'static str, outlet: &'static str, published: &'static str) -> Report {
    Report::new(id, outlet, published, STORY)
        .says(
            "the Tibrin Observatory",
            "monitor",
            "report",
            "Gunners shelled the covered market of Velda near Qarqur on Sunday",
        )
        .killed("nine people", 9, "exact")
}

fn mayor(id: &'static str, outlet: &'static str, published: &'static str) -> Report {
    Report::new(id, outlet, published, OTHER_WORDS)
        .says(
            "Neve Orlo",
            "named-official",
            "report",
            "14 dead among traders from Sekhan",
        )
        .killed("14 dead", 14, "exact")
}

#[test]
fn one_speaker_whom_five_quote_is_one_origin() {
    let outlets = [
        "Orla Times",
        "Coast Daily",
        "Radio Kesh",
        "The Ulban Post",
        "Dranov News",
    ];
    let ids = ["r1", "r2", "r3", "r4", "r5"];
    let reports = outlets
        .iter()
        .zip(ids)
        .map(|(outlet, id)| observatory(id, outlet, "2025-05-12"));
    let incident = incident(reports.collect());
    assert_eq!(incident.reports.len(), 5);
    let happened = finding(&incident, "happened");
    assert_eq!(happened.status, "single-source");
    assert_eq!(happened.answers.len(), 1);
    assert_eq!(happened.answers[0].evidence.len(), 5);
}

#[test]
fn two_who_say_the_same_corroborate_it() {
    let incident = incident(vec![
        observatory("r1", "Orla Times", "2025-05-12"),
        mayor("r2", "Coast Daily", "2025-05-12"),
    ]);
    assert_eq!(finding(&incident, "happened").status, "corroborated");
    assert_eq!(finding(&incident, "type").status, "corroborated");
}

#[test]
fn two_figures_at_one_time_are_a_range_with_both_kept() {
    let incident = incident(vec![
        observatory("r1", "Orla Times", "2025-05-12"),
        mayor("r2", "Coast Daily", "2025-05-12"),
    ]);
    let killed = finding(&incident, "killed");
    assert_eq!(killed.status, "disputed");
    assert_eq!(
        (killed.low, killed.conservative, killed.high),
        (Some(9), Some(9), Some(14))
    );
    assert_eq!(killed.answers.len(), 2);
}

#[test]
fn a_later_figure_of_the_same_origin_is_an_update() {
    let later = Report::new(
        "r2",
        "Coast Daily",
        "2025-05-14",
        &STORY.replace("nine", "eleven"),
    )
    .says(
        "the Tibrin Observatory",
        "monitor",
        "report",
        "Gunners shelled the covered market of Velda near Qarqur on Sunday",
    )
    .killed("eleven people", 11, "exact");
    let incident = incident(vec![observatory("r1", "Orla Times", "2025-05-12"), later]);
    let killed = finding(&incident, "killed");
    assert_eq!(killed.status, "single-source");
    assert_eq!((killed.low, killed.high), (Some(11), Some(11)));
    let old: Vec<bool> = killed
        .answers
        .iter()
        .map(|answer| answer.superseded)
        .collect();
    assert_eq!(old, [true, false]);
}

#[test]
fn asserted_by_one_and_denied_by_another_is_disputed() {
    let text = format!("{OTHER_WORDS} The garrison denied that anybody had shelled Velda.");
    let denial = Report::new("r2", "Coast Daily", "2025-05-12", &text).says(
        "The garrison",
        "government",
        "deny",
        "anybody had shelled Velda",
    );
    let incident = incident(vec![observatory("r1", "Orla Times", "2025-05-12"), denial]);
    assert_eq!(finding(&incident, "happened").status, "disputed");
}

#[test]
fn who_denies_a_deed_of_its_own_disputes_who_did_it_alone() {
    let text = format!("{OTHER_WORDS} The garrison denied that its gunners had shelled Velda.");
    let denial = Report::new("r2", "Coast Daily", "2025-05-12", &text).says(
        "The garrison",
        "government",
        "deny",
        "its gunners had shelled Velda",
    );
    let incident = incident(vec![observatory("r1", "Orla Times", "2025-05-12"), denial]);
    assert_eq!(finding(&incident, "happened").status, "single-source");
    assert_eq!(finding(&incident, "who-did-it").status, "denied");
}

#[test]
fn who_did_it_is_denied_by_whoever_denies_it() {
    let text = format!("{OTHER_WORDS} The garrison denied that its gunners had shelled Velda.");
    let denial = Report::new("r2", "Coast Daily", "2025-05-12", &text)
        .says(
            "The garrison",
            "government",
            "deny",
            "its gunners had shelled Velda",
        )
        .side_a("its gunners");
    let incident = incident(vec![
        observatory("r1", "Orla Times", "2025-05-12").side_a("Gunners"),
        denial,
    ]);
    let who = finding(&incident, "who-did-it");
    assert_eq!(who.status, "disputed");
    let stances: Vec<&str> = who
        .answers
        .iter()
        .map(|answer| answer.stance.as_str())
        .collect();
    assert_eq!(stances, ["asserts", "denies"]);
}

#[test]
fn nobody_hurt_is_zero_and_not_known_is_no_number() {
    let none = incident(vec![
        Report::new("r1", "Orla Times", "2025-05-12", STORY).toll_status("none"),
    ]);
    assert_eq!(finding(&none, "killed").low, Some(0));
    let unknown = incident(vec![
        Report::new("r1", "Orla Times", "2025-05-12", STORY).toll_status("unknown"),
    ]);
    let killed = finding(&unknown, "killed");
    assert_eq!(killed.status, "unknown");
    assert_eq!(
        (killed.low, killed.conservative, killed.high),
        (None, None, None)
    );
    assert!(killed.answers.iter().all(|answer| answer.value.is_none()));
}

#[test]
fn prints_of_one_wire_text_are_one_origin() {
    let wire = format!(
        "VELDA (Reuters) - {STORY} It was the third attack on the market this year, and \
        shopkeepers said that they would stay away until the road to Qarqur was safe again."
    );
    let reports = [
        ("r1", "Orla Times"),
        ("r2", "Coast Daily"),
        ("r3", "Radio Kesh"),
    ]
    .map(|(id, outlet)| Report::new(id, outlet, "2025-05-12", &wire));
    let incident = incident(reports.into_iter().collect());
    let wires: Vec<&str> = incident.origins.iter().map(|o| o.why.as_str()).collect();
    assert_eq!(wires, ["wire-copy"]);
    assert_eq!(incident.origins[0].name, "Reuters");
    assert_eq!(incident.origins[0].reports, ["r1", "r2", "r3"]);
}

/// An analyst marked a speaker whom the reports called by the surname; a later one has the full name.
#[test]
fn a_mark_stays_with_a_speaker_whose_full_name_comes_in_later() {
    let named = |id, outlet, published, name: &str, text: &str| {
        let mut report = Report::new(id, outlet, published, &text.replace("Neve Orlo", name))
            .says(
                name,
                "named-official",
                "report",
                "14 dead among traders from Sekhan",
            )
            .killed("14 dead", 14, "exact");
        report.actors[0]["names"] = json!([name]);
        report
    };
    let short = || named("r1", "Coast Daily", "2025-05-12", "Orlo", OTHER_WORDS);
    let alone = incident(vec![short()]);
    let speaker = alone.origins.iter().find(|o| o.name == "Orlo").unwrap();
    let mut decisions = Decisions::default();
    decisions.distrust(&speaker.id);

    let full = named("r2", "Radio Kesh", "2025-05-13", "Neve Orlo", OTHER_WORDS);
    let sheets = [short().sheet(), full.sheet()];
    let found = incidents_decided(&sheets, &LinkKnowledge::builtin().unwrap(), decisions);
    assert_eq!(found.len(), 1);
    let speaker = found[0].origins.iter().find(|o| o.name == "Neve Orlo");
    let speaker = speaker.unwrap();
    assert_eq!(speaker.reports, ["r1", "r2"]);
    assert!(speaker.unreliable);
    let killed = finding(&found[0], "killed");
    assert_eq!((killed.low, killed.high), (None, None));
}

#[test]
fn an_outlet_that_is_quoted_and_reports_itself_is_one_origin() {
    let quoting = Report::new(
        "r2",
        "Coast Daily",
        "2025-05-12",
        &STORY.replace("the Tibrin Observatory", "Reuters"),
    )
    .says(
        "Reuters",
        "media",
        "report",
        "Gunners shelled the covered market of Velda near Qarqur on Sunday",
    );
    let own = Report::new("r1", "Reuters", "2025-05-12", OTHER_WORDS);
    let incident = incident(vec![own, quoting]);
    let happened = finding(&incident, "happened");
    assert_eq!(happened.status, "single-source");
}

#[test]
fn speakers_whom_nobody_names_are_told_apart_by_who_quotes_them() {
    let said = |id, outlet, text: &str| {
        let text = text
            .replace("the Tibrin Observatory", "residents")
            .replace("Neve Orlo", "residents");
        Report::new(id, outlet, "2025-05-12", &text).says(
            "residents",
            "local-sources",
            "report",
            "shelled",
        )
    };
    let incident = incident(vec![
        said("r1", "Orla Times", STORY),
        said("r2", "Coast Daily", OTHER_WORDS),
    ]);
    let happened = finding(&incident, "happened");
    assert_eq!(happened.answers.len(), 2);
    assert_eq!(happened.status, "corroborated");
}

/// Denial and toll are read in the order in which they came.
#[test]
fn reports_of_one_day_are_listed_by_their_hours() {
    let found = incident(vec![
        observatory("a-late", "Orla Times", "2025-05-12T18:00:00Z"),
        observatory("z-early", "Radio Kesh", "2025-05-12T08:00:00Z"),
        // 06:30 in Velda is before 08:00 in Greenwich, whatever stands first in the text.
        observatory("m-dawn", "Ulban Post", "2025-05-12T09:30:00+03:00"),
        observatory("k-before", "Delta Herald", "2025-05-11"),
    ]);
    let ids: Vec<&str> = found.reports.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids, ["k-before", "m-dawn", "z-early", "a-late"]);
}

#[test]
fn the_order_of_the_sheets_does_not_matter() {
    let reports = || {
        vec![
            observatory("r1", "Orla Times", "2025-05-12"),
            mayor("r2", "Coast Daily", "2025-05-12"),
            observatory("r3", "Radio Kesh", "2025-05-13"),
        ]
    };
    let mut turned = reports();
    turned.reverse();
    assert_eq!(incident(reports()), incident(turned));
}

#[test]
fn a_report_of_a_kind_that_no_frame_knows_is_an_incident_of_its_own() {
    let mut sheet = Report::new("r1", "Orla Times", "2025-05-12", STORY).sheet();
    sheet.events.clear();
    let found = incidents(&[sheet], &LinkKnowledge::builtin().unwrap());
    assert_eq!(found.len(), 1);
    assert!(found[0].title.starts_with("Gunners shelled"));
    assert_eq!(found[0].acled, None);
    let known: Vec<(&str, &str)> = found[0]
        .findings
        .iter()
        .map(|finding| (finding.question.as_str(), finding.status.as_str()))
        .collect();
    assert_eq!(known, [("happened", "single-source")]);
}
