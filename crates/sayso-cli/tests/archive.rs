//! The incidents of a ledger as analysts meet them: what is known, what changed, what they decide.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod made;
mod running;

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use sayso_ledger::{Book, Missing, Moment, Place, WithdrawalHead};
use serde_json::{Value, json};

use made::{Made, made};
use running::{does, ends, folder, sayso, stderr};

/// Adds made sheets to the ledger.
fn add(folder: &Path, sheets: &[Made]) -> String {
    let lines: Vec<String> = sheets.iter().map(|made| made.sheet().to_string()).collect();
    fs::write(folder.join("sheets.jsonl"), lines.join("\n")).unwrap();
    let output = sayso(
        folder,
        &["add", "--sheets", "sheets.jsonl", "--corrections"],
    );
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{errors}");
    errors
}

/// A moment after everything that was recorded so far.
fn now() -> String {
    Timestamp::now().to_string()
}

fn incidents(folder: &Path, more: &[&str]) -> Vec<Value> {
    let printed = does(
        folder,
        &[&["incidents", "--format", "jsonl"], more].concat(),
    );
    let lines = printed.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Ids of the reports of each incident.
fn groups(incidents: &[Value]) -> Vec<Vec<&str>> {
    let mut groups: Vec<Vec<&str>> = Vec::new();
    for incident in incidents {
        let reports = incident["reports"].as_array().unwrap();
        groups.push(reports.iter().map(|r| r["id"].as_str().unwrap()).collect());
    }
    groups
}

fn id_of<'a>(incidents: &'a [Value], report: &str) -> &'a str {
    let holds = |incident: &&Value| {
        let reports = incident["reports"].as_array().unwrap();
        reports.iter().any(|r| r["id"] == report)
    };
    incidents.iter().find(holds).unwrap()["id"]
        .as_str()
        .unwrap()
}

fn finding<'a>(incident: &'a Value, question: &str) -> &'a Value {
    let findings = incident["findings"].as_array().unwrap();
    let found = findings.iter().find(|f| f["question"] == question);
    found.unwrap_or(&Value::Null)
}

fn show(folder: &Path, id: &str, more: &[&str]) -> Value {
    let shown = does(folder, &[&["show", id, "--format", "json"], more].concat());
    serde_json::from_str(&shown).unwrap()
}

const BY: [&str; 4] = ["--by", "R. Analyst", "--why", "read both"];

#[test]
fn the_ledger_tells_of_the_same_incidents_as_its_reports() {
    let folder = folder("archive-same");
    let reports = [
        (
            "ot-1",
            "Orla Times",
            "2025-05-12",
            "Government forces shelled the covered market of Velda \
          in Idlib province on Sunday, killing nine people, the Tibrin Observatory said. Traders from \
          Sekhan and Marudo had opened their stalls. The army denied that it had shelled the market.",
        ),
        (
            "rk-1",
            "Radio Kesh",
            "2025-05-13",
            "The number of people killed when government forces \
          shelled the covered market of Velda on Sunday has risen to 11, the Tibrin Observatory said. \
          Traders from Sekhan and Marudo were among the dead.",
        ),
        (
            "up-1",
            "Ulban Post",
            "2025-05-14",
            "Hundreds of teachers marched through Goma in Congo on \
          Tuesday to demand unpaid wages, organisers said. Police made no arrests.",
        ),
    ];
    let lines: Vec<String> = reports
        .iter()
        .map(|(id, outlet, published, text)| {
            json!({"id": id, "outlet": outlet, "published": published, "text": text}).to_string()
        })
        .collect();
    fs::write(folder.join("in.jsonl"), lines.join("\n")).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    let kept = incidents(&folder, &[]);
    assert_eq!(kept, incidents(&folder, &["in.jsonl"]));
    assert_eq!(groups(&kept), [vec!["ot-1", "rk-1"], vec!["up-1"]]);
    let array: Vec<Value> =
        serde_json::from_str(&does(&folder, &["incidents", "--format", "json"])).unwrap();
    assert_eq!(array, kept);
    let page = does(&folder, &["incidents"]);
    assert!(
        page.contains("2 prints") && page.contains("WHAT IS KNOWN"),
        "{page}"
    );

    let first = &kept[..1];
    for wanted in [
        ["--country", "SYR"],
        ["--country", "syr"],
        ["--place", "Idlib"],
        ["--place", "IDLEB"],
        ["--status", "disputed"],
        ["--type", "Shelling/artillery/missile attack"],
        ["--actor", "government forces"],
    ] {
        assert_eq!(incidents(&folder, &wanted), first, "{wanted:?}");
    }
    assert_eq!(incidents(&folder, &["--since", "2025-05-12"]), &kept[1..]);
    assert_eq!(incidents(&folder, &["--place", "goma"]), &kept[1..]);
    assert_eq!(incidents(&folder, &["--place", "Tibrin"]), [] as [Value; 0]);
    assert_eq!(
        incidents(&folder, &["--as-of", "2025-05-13"]),
        [] as [Value; 0]
    );
    let early = incidents(&folder, &["--published-by", "2025-05-12"]);
    assert_eq!(groups(&early), [vec!["ot-1"]]);
    assert_eq!(early[0]["id"], kept[0]["id"]);
    let error = ends(
        &folder,
        &["incidents", "in.jsonl", "--as-of", "2025-05-13"],
        1,
    );
    assert!(error.contains("sayso add"), "{error}");
    let error = ends(&folder, &["show", "i:1234"], 1);
    assert!(
        error.contains("i:1234") && error.contains("sayso incidents"),
        "{error}"
    );
}

#[test]
fn merges_and_splits_act_and_stay() {
    let folder = folder("archive-decided");
    let two = [made("a1", 0, 0, 0), made("a2", 0, 1, 0)];
    let others = [made("b1", 1, 0, 0), made("b2", 1, 1, 1)];
    add(&folder, &[two, others].concat());
    let alone = incidents(&folder, &[]);
    assert_eq!(groups(&alone), [vec!["a1", "a2"], vec!["b1", "b2"]]);
    let (a, b) = (id_of(&alone, "a1"), id_of(&alone, "b1"));
    let before = now();

    let told = does(&folder, &[&["review", "merge", a, b][..], &BY].concat());
    assert!(told.contains("4 reports") && told.contains(a), "{told}");
    let error = ends(&folder, &[&["review", "merge", a, b][..], &BY].concat(), 1);
    assert!(error.contains("not one already"), "{error}");
    // A later report, and the first ones coded anew.
    add(&folder, &[made("b3", 1, 2, 2)]);
    let newer = two.map(|made| Made {
        version: "2",
        ..made
    });
    assert!(add(&folder, &newer).contains("2 with a newer sheet"));
    let merged = incidents(&folder, &[]);
    assert_eq!(groups(&merged), [vec!["a1", "a2", "b1", "b2", "b3"]]);
    assert_eq!(merged[0]["decisions"][0]["kind"], "merge");
    assert_eq!(merged[0]["decisions"][0]["why"], "read both");
    for id in [a, b] {
        assert_eq!(show(&folder, id, &[])["id"], a);
    }
    let page = sayso(&folder, &["show", b]);
    let errors = String::from_utf8(page.stderr).unwrap();
    assert!(errors.contains(&format!("{b} is now {a}")), "{errors}");
    let page = String::from_utf8(page.stdout).unwrap();
    for words in [
        "DECIDED BY ANALYSTS",
        "R. Analyst",
        "an analyst decided so",
        "DAY BY DAY",
    ] {
        assert!(page.contains(words), "no `{words}` in:\n{page}");
    }
    // Each day has its reports by name.
    let days = page.split("DAY BY DAY").nth(1).unwrap();
    for id in ["a1", "a2", "b1", "b2", "b3"] {
        assert!(days.contains(&format!("  {id}\n")), "no `{id}` in:\n{days}");
    }
    assert_eq!(incidents(&folder, &["--as-of", &before]), alone);
    let diff = ["diff", b, "--from", &before, "--format", "json"];
    let diff: Value = serde_json::from_str(&does(&folder, &diff)).unwrap();
    assert_eq!(diff["before"], json!([a, b]));
    assert_eq!(diff["after"], json!([a]));

    let error = ends(
        &folder,
        &[&["review", "split", a, "zz"][..], &BY].concat(),
        1,
    );
    assert!(
        error.contains("`zz`") && error.contains("a1, a2"),
        "{error}"
    );
    let told = does(&folder, &[&["review", "split", a, "a2"][..], &BY].concat());
    assert!(
        told.contains("1 report\n") && told.contains("4 reports"),
        "{told}"
    );
    add(&folder, &[made("a3", 0, 2, 1)]);
    let split = incidents(&folder, &[]);
    let with_a2 = groups(&split)
        .into_iter()
        .find(|g| g.contains(&"a2"))
        .unwrap();
    assert!(
        !with_a2.contains(&"a1") && !with_a2.contains(&"b1"),
        "{with_a2:?}"
    );
    assert_ne!(id_of(&split, "a2"), a);
    assert_eq!(id_of(&split, "a1"), a);
    does(&folder, &["verify"]);

    // All of it goes over to another ledger.
    does(
        &folder,
        &["export-ledger", "out.jsonl", "--with-keys", "out.keys"],
    );
    let import = ["import-ledger", "out.jsonl", "--with-keys", "out.keys"];
    does(&folder, &[&import[..], &["--ledger", "copy.db"]].concat());
    assert_eq!(incidents(&folder, &["--ledger", "copy.db"]), split);
}

#[test]
fn a_correction_updates_and_what_was_taken_back_or_erased_leaves() {
    let folder = folder("archive-corrected");
    let first = made("a1", 0, 0, 0);
    add(&folder, &[first, made("a2", 0, 1, 0)]);
    let found = incidents(&folder, &[]);
    let id = id_of(&found, "a1").to_owned();
    let before = now();

    let corrected = Made {
        killed: 8,
        version: "1",
        ..first
    };
    assert!(add(&folder, &[corrected]).contains("1 corrected"));
    let is = show(&folder, &id, &["--since", &before]);
    let killed = finding(&is, "killed");
    let values: Vec<&str> = killed["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| answer["value"].as_str().unwrap())
        .collect();
    assert!(values.contains(&"8") && values.len() == 2, "{killed}");
    assert_eq!((&killed["low"], &killed["high"]), (&json!(3), &json!(8)));
    assert_eq!(is["since"]["corrected"], json!(["a1"]));
    let was = show(&folder, &id, &["--as-of", &before]);
    assert_eq!(finding(&was, "killed")["high"], json!(3));
    let page = does(&folder, &["diff", &id, "--from", &before]);
    for words in ["report a1  corrected by its outlet", "killed", "+ 8", "→"] {
        assert!(page.contains(words), "no `{words}` in:\n{page}");
    }

    let at = now();
    let withdraw = [
        "review",
        "withdraw",
        "a1",
        "--by",
        "R",
        "--why",
        "taken down",
    ];
    does(&folder, &withdraw);
    let is = show(&folder, &id, &[]);
    assert_eq!(finding(&is, "killed")["high"], json!(3));
    let reports = is["reports"].as_array().unwrap();
    assert!(
        reports
            .iter()
            .any(|r| r["id"] == "a1" && r["withdrawn"] == true)
    );
    assert!(does(&folder, &["show", &id]).contains("TAKEN BACK"));
    let diff = ["diff", &id, "--from", &at, "--format", "json"];
    let diff: Value = serde_json::from_str(&does(&folder, &diff)).unwrap();
    assert_eq!(diff["withdrawn"], json!(["a1"]));

    let at = now();
    let reinstate = ["review", "reinstate", "a1", "--why", "it is up again"];
    does(&folder, &[&reinstate[..], &["--by", "R"]].concat());
    assert_eq!(
        finding(&show(&folder, &id, &[]), "killed")["high"],
        json!(8)
    );
    let page = does(&folder, &["diff", &id, "--from", &at]);
    assert!(page.contains("report a1  counts again"), "{page}");
    does(&folder, &withdraw);

    let erase = ["erase", "a2", "--by", "R", "--why", "a witness asked"];
    does(&folder, &erase);
    // Only what was taken back is left.
    assert_eq!(incidents(&folder, &[]), [] as [Value; 0]);
    let is = show(&folder, &id, &[]);
    assert_eq!((&is["findings"], &is["origins"]), (&json!([]), &json!([])));
    assert!(!does(&folder, &["show", &id, "--as-of", &before]).contains("a2"));
}

#[test]
fn what_analysts_decide_on_reports_and_origins_reaches_the_findings() {
    let folder = folder("archive-reviewed");
    add(
        &folder,
        &[
            made("a1", 0, 0, 0),
            Made {
                killed: 9,
                ..made("a2", 0, 1, 0)
            },
        ],
    );
    let found = incidents(&folder, &[]);
    let id = id_of(&found, "a1").to_owned();
    let killed = finding(&found[0], "killed");
    assert_eq!((&killed["low"], &killed["high"]), (&json!(3), &json!(9)));

    let origins = found[0]["origins"].as_array().unwrap();
    let second = origins.iter().find(|o| o["name"] == "Outlet 1").unwrap();
    let origin = second["id"].as_str().unwrap();
    does(
        &folder,
        &[&["review", "distrust", &id, origin][..], &BY].concat(),
    );
    let is = show(&folder, &id, &[]);
    let marked = is["origins"].as_array().unwrap();
    let is_marked = |o: &&Value| o["unreliable"] == true && o["id"] == origin;
    assert_eq!(marked.iter().filter(is_marked).count(), 1);
    assert_eq!(finding(&is, "killed")["high"], json!(3));
    let text = does(&folder, &["show", &id]);
    assert!(text.contains("UNRELIABLE"), "{text}");
    // Who marked it, and when: what it rests on is no secret of the ledger.
    let flat = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    let mark = format!("marked Outlet 1 ({origin}) unreliable, recorded 20");
    assert!(flat.contains(&mark), "{text}");
    assert_eq!(is["marks"][0]["origin"], origin);
    assert_eq!(is["marks"][0]["reliable"], false);
    does(
        &folder,
        &[&["review", "trust", &id, origin][..], &BY].concat(),
    );
    assert_eq!(
        finding(&show(&folder, &id, &[]), "killed")["high"],
        json!(9)
    );
    let other = ["review", "distrust", &id, "o:1"];
    assert!(ends(&folder, &[&other[..], &BY].concat(), 1).contains(origin));

    let reject = ["review", "reject", "a2", "e:a2"];
    does(&folder, &[&reject[..], &BY].concat());
    let is = show(&folder, &id, &[]);
    assert_eq!(finding(&is, "killed")["high"], json!(3));
}

/// A character that turns the rest of a line round must be seen wherever a sheet may have it.
#[test]
fn foreign_words_cannot_drive_the_terminal() {
    let folder = folder("archive-hostile");
    let turned = "\u{202e}";
    let mut sheet = made("a1", 0, 0, 0).sheet();
    let anchor = sheet["events"][0]["anchor"].clone();
    sheet["events"][0]["id"] = json!(format!("e:a1{turned}"));
    sheet["events"][0]["place"]["name"] = json!(format!("Qasr{turned}"));
    sheet["statements"] = json!([{
        "id": format!("s:a1{turned}"), "act": "report", "polarity": "affirmed",
        "certainty": "certain", "plover": null, "cameo": null, "sources": [], "cue": null,
        "content": [anchor], "to": null, "medium": null, "within": null, "confidence": 0.9,
        "why": {}, "events": [],
    }]);
    let mut wrong = made("a2", 0, 1, 0).sheet();
    wrong["events"][0]["id"] = json!(format!("x:{turned}"));
    let mut other = made("a1", 0, 1, 0).sheet();
    other["report"]["id"] = json!(format!("a3{turned}"));
    let lines = [sheet, wrong, other.clone()].map(|sheet| sheet.to_string());
    fs::write(folder.join("in.jsonl"), lines.join("\n")).unwrap();
    let mut told = ends(&folder, &["add", "--sheets", "in.jsonl"], 2);
    assert!(
        told.contains("1 added") || told.contains("2 added"),
        "{told}"
    );
    other["report"]["published"] = json!("2025-10-20");
    fs::write(folder.join("other.jsonl"), other.to_string()).unwrap();
    told += &ends(&folder, &["add", "--sheets", "other.jsonl"], 2);
    let report = json!({"id": other["report"]["id"], "text": "The road was closed."});
    fs::write(folder.join("report.jsonl"), report.to_string()).unwrap();
    told += &ends(&folder, &["add", "report.jsonl"], 2);
    told += &does(&folder, &["report", "a1"]);
    told += &does(&folder, &["search", "shelled"]);
    told += &ends(&folder, &["report", turned], 1);
    assert!(!told.contains(turned), "{told}");
    for words in [
        "e:a1<U+202E>",
        "s:a1<U+202E>",
        "Qasr<U+202E>",
        "x:<U+202E>",
        "report `a3<U+202E>`",
        "report `<U+202E>`",
    ] {
        assert!(told.contains(words), "no `{words}` in:\n{told}");
    }
}

#[test]
fn sheets_made_elsewhere_are_checked_and_kept_once() {
    let folder = folder("archive-sheets");
    let good = made("a1", 0, 0, 0);
    let mut wrong = made("a2", 0, 1, 0).sheet();
    wrong["events"][0]["anchor"]["quote"] = json!("bombed");
    let mut dated = made("a3", 0, 1, 0).sheet();
    dated["report"]["published"] = json!("12.05.25");
    let lines = [
        good.sheet().to_string(),
        String::new(),
        "no json".to_owned(),
        wrong.to_string(),
        dated.to_string(),
    ];
    fs::write(folder.join("in.jsonl"), lines.join("\n")).unwrap();
    let errors = ends(&folder, &["add", "--sheets", "in.jsonl"], 2);
    for words in [
        "1 added",
        "in.jsonl, line 3: is no sheet",
        "line 4: e:a2: the text at",
        "line 5: report.published",
        "12.05.25",
    ] {
        assert!(errors.contains(words), "no `{words}` in:\n{errors}");
    }
    let errors = ends(&folder, &["add", "--sheets", "in.jsonl"], 2);
    assert!(errors.contains("0 added, 1 known before"), "{errors}");
    let other = Made { killed: 7, ..good };
    fs::write(folder.join("other.jsonl"), other.sheet().to_string()).unwrap();
    let errors = ends(&folder, &["add", "--sheets", "other.jsonl"], 2);
    assert!(errors.contains("--corrections"), "{errors}");
    assert!(does(&folder, &["report", "a1"]).contains("coded by sayso 1"));
}

#[test]
fn what_was_taken_back_on_the_desk_comes_back_where_that_is_asked_for() {
    let folder = folder("archive-taken-back");
    let made = [made("a1", 0, 0, 0), made("b1", 1, 0, 0)];
    add(&folder, &made);
    let place = Place::parse(folder.join("sayso.db").to_str().unwrap(), None);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let book = Book::open(&place, Missing::Refuse).await.unwrap();
        let head = WithdrawalHead {
            why: "the wrong folder".to_owned(),
            published: None,
            undone: true,
        };
        let at = Moment::latest(&now()).unwrap();
        book.withdraw("a1", &head, "R", at).await.unwrap();
        book.close().await.unwrap();
    });
    assert_eq!(groups(&incidents(&folder, &[])).concat(), ["b1"]);
    // A feed that is read again undoes nobody's decision.
    let told = add(&folder, &made);
    assert!(told.contains("1 known before"), "{told}");
    assert!(told.contains("1 taken back with their import"), "{told}");
    assert_eq!(groups(&incidents(&folder, &[])).concat(), ["b1"]);

    let again = ["add", "--sheets", "sheets.jsonl", "--bring-back", "R"];
    let told = stderr(&sayso(&folder, &again));
    assert!(told.contains("1 brought back"), "{told}");
    assert!(!told.contains("taken back"), "{told}");
    assert_eq!(incidents(&folder, &[]).len(), 2);
}
