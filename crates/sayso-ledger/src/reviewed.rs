//! Reviews laid over a sheet: what analysts decided stays with its finding when a newer version
//! codes the report again, or is shown as orphaned.

use std::collections::BTreeSet;

use sayso_api::SheetJson;
use serde_json::Value;

use crate::moment::Moment;
use crate::payload::{OwnHead, ReviewHead, Ruling};
use crate::references;
use crate::sound::is_sound;
use crate::view::Signed;

/// Name of the rule in `why` for what an analyst decided.
pub const BY_HAND: &str = "by-hand";

/// Fields that no review changes: what the finding is called, and why the program decided as it did.
const FIXED: [&str; 4] = ["id", "why", "edges", "confidence"];

/// How a review stands to the sheet in force, with the reviews before it in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The finding is as the analyst saw it.
    Holds,
    /// The finding is there, and says something else than the analyst saw. The decision still
    /// holds; a person should look again.
    Changed,
    /// The sheet has no such finding any more, or its field takes no such value.
    Orphaned,
    /// A later review that fits decides the same question: it has the last word, and may have
    /// accepted what this one made.
    Superseded,
    /// It was taken back.
    Retracted,
}

impl Standing {
    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Changed => "changed",
            Self::Orphaned => "orphaned",
            Self::Superseded => "superseded",
            Self::Retracted => "retracted",
        }
    }
}

/// One review, and how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Number of its entry.
    pub entry: u64,
    /// When it was recorded.
    pub recorded: Moment,
    /// By whom.
    pub by: String,
    /// What was decided, and what the analyst saw.
    pub review: ReviewHead,
    /// How it stands.
    pub standing: Standing,
}

/// What an analyst added, and whether it can still stand.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnMark {
    /// Number of its entry.
    pub entry: u64,
    /// When it was recorded.
    pub recorded: Moment,
    /// By whom.
    pub by: String,
    /// Id of the statement or event.
    pub finding: String,
    /// The analyst's reason.
    pub why: Option<String>,
    /// [`Standing::Holds`]; [`Standing::Retracted`] where it was taken back; where the outlet changed
    /// the words it rests on, [`Standing::Orphaned`].
    pub standing: Standing,
}

/// A sheet with the analysts' decisions in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reviewed {
    /// The sheet: rejected findings are left out, corrected fields and added findings are in it,
    /// each with the rule [`BY_HAND`].
    pub sheet: SheetJson<'static>,
    /// Every review, oldest first.
    pub marks: Vec<Mark>,
    /// Everything that was added, oldest first.
    pub own: Vec<OwnMark>,
}

/// Lays reviews and analysts' own findings over a sheet.
///
/// `None` where the sheet is none of this version's form.
pub(crate) fn reviewed(
    sheet: &SheetJson<'_>,
    reviews: &[(Signed, ReviewHead)],
    own: &[(Signed, bool, OwnHead)],
) -> Option<Reviewed> {
    let Laid {
        mut sheet,
        rejected,
        marks,
        own,
    } = laid(sheet, reviews, own)?;
    leave_out(&mut sheet, &rejected);
    Some(Reviewed {
        sheet: serde_json::from_value(sheet).ok()?,
        marks,
        own,
    })
}

/// What an analyst has before them who reviews one more finding: the sheet with every decision in
/// it, rejected findings among the others, so that a rejection can be taken back.
pub(crate) fn to_review(
    sheet: &SheetJson<'_>,
    reviews: &[(Signed, ReviewHead)],
    own: &[(Signed, bool, OwnHead)],
) -> Option<Value> {
    let mut sheet = laid(sheet, reviews, own)?.sheet;
    leave_out(&mut sheet, &BTreeSet::new());
    Some(sheet)
}

/// Decisions laid over a sheet; what was rejected is still in it.
struct Laid {
    sheet: Value,
    rejected: BTreeSet<String>,
    marks: Vec<Mark>,
    own: Vec<OwnMark>,
}

/// Reviews are carried out one after another, each over what those before it left: so the analyst
/// saw it. An earlier one stays in force below a later one of the same question, which may only
/// accept what it made, or fit no longer.
fn laid(
    sheet: &SheetJson<'_>,
    reviews: &[(Signed, ReviewHead)],
    own: &[(Signed, bool, OwnHead)],
) -> Option<Laid> {
    let mut now = serde_json::to_value(sheet).ok()?;
    let retracted: BTreeSet<u64> = reviews.iter().filter_map(|(_, review)| review.of).collect();
    let own = add_own(&mut now, own, &retracted, &sheet.report.text);
    let mut marks = Vec::with_capacity(reviews.len());
    let mut rejected = BTreeSet::new();
    for (signed, review) in reviews {
        let mut standing = match review.ruling {
            _ if retracted.contains(&signed.entry) => Standing::Retracted,
            Ruling::Retract => Standing::Holds,
            Ruling::Accept | Ruling::Correct | Ruling::Reject => standing(&now, review),
        };
        let decides = standing != Standing::Retracted && review.ruling != Ruling::Retract;
        if decides && standing != Standing::Orphaned && !apply(&mut now, review, &sheet.report.text)
        {
            standing = Standing::Orphaned;
        }
        match (&review.field, review.ruling) {
            _ if !decides || standing == Standing::Orphaned => {}
            (None, Ruling::Reject) => drop(rejected.insert(review.finding.clone())),
            (None, Ruling::Accept) => drop(rejected.remove(&review.finding)),
            (None, Ruling::Correct | Ruling::Retract) | (Some(_), _) => {}
        }
        marks.push(Mark {
            entry: signed.entry,
            recorded: signed.recorded,
            by: signed.by.clone(),
            review: review.clone(),
            standing,
        });
    }
    // From the last to the first: what a later review that fits decides is decided.
    let mut decided = BTreeSet::new();
    for mark in marks.iter_mut().rev() {
        if mark.standing == Standing::Retracted || mark.review.ruling == Ruling::Retract {
            continue;
        }
        let question = (mark.review.finding.clone(), mark.review.field.clone());
        if decided.contains(&question) {
            mark.standing = Standing::Superseded;
        } else if mark.standing != Standing::Orphaned {
            decided.insert(question);
        }
    }
    Some(Laid {
        sheet: now,
        rejected,
        marks,
        own,
    })
}

/// The finding of this id in a sheet.
pub(crate) fn finding<'a>(sheet: &'a Value, id: &str) -> Option<&'a Value> {
    list(id)
        .and_then(|list| sheet.get(list)?.as_array())?
        .iter()
        .find(|finding| finding["id"] == id)
}

fn finding_mut<'a>(sheet: &'a mut Value, id: &str) -> Option<&'a mut Value> {
    list(id)
        .and_then(|list| sheet.get_mut(list)?.as_array_mut())?
        .iter_mut()
        .find(|finding| finding["id"] == id)
}

/// Where findings with such ids stand.
fn list(id: &str) -> Option<&'static str> {
    match id.get(..2) {
        Some("s:") => Some("statements"),
        Some("e:") => Some("events"),
        _ => None,
    }
}

/// What a review of `field` decides about: the field, or the finding without what only explains it.
fn decided(finding: &Value, field: Option<&str>) -> Option<Value> {
    if let Some(field) = field {
        return finding.pointer(&pointer(field)).cloned();
    }
    let mut core = finding.clone();
    if let Some(fields) = core.as_object_mut() {
        fields.retain(|name, _| !FIXED.contains(&name.as_str()));
    }
    Some(core)
}

/// `place.country` as a JSON pointer.
fn pointer(field: &str) -> String {
    let mut pointer = String::with_capacity(field.len() + 1);
    for part in field.split('.') {
        pointer.push('/');
        pointer.push_str(&part.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}

fn standing(sheet: &Value, review: &ReviewHead) -> Standing {
    let field = review.field.as_deref();
    let Some(now) = finding(sheet, &review.finding) else {
        return Standing::Orphaned;
    };
    if decided(now, field) == decided(&review.saw, field) {
        Standing::Holds
    } else {
        Standing::Changed
    }
}

/// Carries a review out; `false` where the finding does not take it.
fn apply(sheet: &mut Value, review: &ReviewHead, text: &str) -> bool {
    let Some(finding) = finding_mut(sheet, &review.finding) else {
        return false;
    };
    match with_review(finding, review, text) {
        Ok(Some(changed)) => {
            *finding = changed;
            true
        }
        Ok(None) => true,
        Err(_) => false,
    }
}

/// The finding after a review, where the review changes it.
///
/// # Errors
/// In words, where the field is not there or cannot hold the value.
pub(crate) fn with_review(
    finding: &Value,
    review: &ReviewHead,
    text: &str,
) -> Result<Option<Value>, String> {
    let Some(field) = review.field.as_deref() else {
        return match review.ruling {
            Ruling::Correct => Err("say which field is corrected".to_owned()),
            Ruling::Accept | Ruling::Reject | Ruling::Retract => Ok(None),
        };
    };
    let top = field.split('.').next().unwrap_or_default();
    if FIXED.contains(&top) {
        return Err("is the program's own and cannot be reviewed".to_owned());
    }
    let missing = || no_such_field(finding, field);
    let mut changed = finding.clone();
    if review.ruling == Ruling::Reject
        && let Some(items) = items_around(&mut changed, field)
    {
        // What the analyst saw is taken out, wherever it stands by now.
        let seen = review.saw.pointer(&pointer(field));
        let at = seen.and_then(|seen| items.iter().position(|item| item == seen));
        items.remove(at.ok_or_else(missing)?);
    } else {
        let place = changed.pointer_mut(&pointer(field)).ok_or_else(missing)?;
        match (review.ruling, &review.value) {
            (Ruling::Accept | Ruling::Retract, _) => return Ok(None),
            (Ruling::Correct, Some(value)) => {
                *place = value.clone();
                stay_exact(&mut changed, field, value);
            }
            (Ruling::Correct, None) => return Err("say what the right value is".to_owned()),
            (Ruling::Reject, _) if place.is_array() => *place = Value::Array(Vec::new()),
            (Ruling::Reject, _) => *place = Value::Null,
        }
    }
    if let Some(why) = changed.get_mut("why").and_then(Value::as_object_mut) {
        why.insert(
            top.to_owned(),
            serde_json::json!({"rule": BY_HAND, "span": null}),
        );
    }
    is_sound(&changed, text)?;
    Ok(Some(changed))
}

/// The list in which the last part of the path is a place: `tolls` of `tolls.1`.
fn items_around<'f>(finding: &'f mut Value, field: &str) -> Option<&'f mut Vec<Value>> {
    let (list, at) = field.rsplit_once('.')?;
    at.parse::<usize>().ok()?;
    finding.pointer_mut(&pointer(list))?.as_array_mut()
}

/// An exact toll of which the figure is corrected (`tolls.0.low`) is exact still.
fn stay_exact(finding: &mut Value, field: &str, value: &Value) {
    if let Some(toll) = field.strip_suffix(".low")
        && let Some(toll) = finding.pointer_mut(&pointer(toll))
        && toll["bound"] == "exact"
        && let Some(high) = toll.get_mut("high")
    {
        *high = value.clone();
    }
}

/// Says which fields there are where a path leads nowhere.
fn no_such_field(finding: &Value, field: &str) -> String {
    let mut path = field;
    let (before, there) = loop {
        let Some((shorter, _)) = path.rsplit_once('.') else {
            break (String::new(), finding);
        };
        path = shorter;
        if let Some(there) = finding.pointer(&pointer(path)) {
            break (format!("{path}."), there);
        }
    };
    let names: Vec<String> = match there {
        Value::Object(fields) => fields.keys().cloned().collect(),
        Value::Array(items) => (0..items.len()).map(|at| at.to_string()).collect(),
        _ => Vec::new(),
    };
    let allowed: Vec<String> = names
        .iter()
        .filter(|name| !FIXED.contains(&name.as_str()))
        .map(|name| format!("{before}{name}"))
        .collect();
    if allowed.is_empty() {
        return format!("the finding has no such field: `{path}` has nothing in it");
    }
    format!("the finding has no such field: use {}", allowed.join(", "))
}

fn add_own(
    sheet: &mut Value,
    own: &[(Signed, bool, OwnHead)],
    retracted: &BTreeSet<u64>,
    text: &str,
) -> Vec<OwnMark> {
    own.iter()
        .map(|(signed, event, head)| {
            let standing = if retracted.contains(&signed.entry) {
                Standing::Retracted
            } else if is_sound(&head.value, text).is_ok() {
                let list = if *event { "events" } else { "statements" };
                if let Some(findings) = sheet.get_mut(list).and_then(Value::as_array_mut) {
                    findings.push(head.value.clone());
                }
                Standing::Holds
            } else {
                Standing::Orphaned
            };
            OwnMark {
                entry: signed.entry,
                recorded: signed.recorded,
                by: signed.by.clone(),
                finding: head.value["id"].as_str().unwrap_or_default().to_owned(),
                why: head.why.clone(),
                standing,
            }
        })
        .collect()
}

/// Takes rejected findings out, and with them every reference to what the sheet does not have: an
/// analyst's own finding may rest on one that a newer version no longer makes.
fn leave_out(sheet: &mut Value, rejected: &BTreeSet<String>) {
    const LISTS: [&str; 2] = ["statements", "events"];
    let is_out = |value: &Value| value.as_str().is_some_and(|id| rejected.contains(id));
    for list in LISTS {
        if let Some(findings) = sheet.get_mut(list).and_then(Value::as_array_mut) {
            findings.retain(|finding| !is_out(&finding["id"]));
        }
    }
    let there = references::ids(sheet);
    for list in LISTS {
        let findings = sheet.get_mut(list).and_then(Value::as_array_mut);
        for finding in findings.into_iter().flatten() {
            drop(references::drop_dangling(finding, &there));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXT: &str = "Raiders killed four men and two women at Olgrad.";

    fn event() -> Value {
        let toll = |span: [usize; 2], quote: &str, low: u64, high: Option<u64>, bound: &str| {
            json!({
                "span": span, "quote": quote, "effect": "killed", "who": "people", "low": low,
                "high": high, "bound": bound, "by": null,
            })
        };
        json!({
            "id": "e:1", "anchor": {"span": [8, 14], "quote": "killed"}, "acled": "Attack",
            "plover": "ASSAULT", "plover_mode": null, "cameo": "190",
            "side_a": [{"span": [0, 7], "quote": "Raiders", "actor": null}], "side_b": [],
            "weapons": [], "place": null, "time": null,
            "tolls": [
                toll([15, 23], "four men", 4, Some(4), "exact"),
                toll([28, 37], "two women", 2, None, "vague"),
            ],
            "toll_status": "counted", "status": "asserted", "aggregate": false, "statements": [],
            "confidence": 0.5, "why": {},
        })
    }

    fn review(field: &str, ruling: Ruling, value: Option<Value>) -> ReviewHead {
        ReviewHead {
            finding: "e:1".to_owned(),
            field: Some(field.to_owned()),
            ruling,
            value,
            saw: event(),
            why: None,
            of: None,
        }
    }

    #[test]
    fn one_of_several_is_taken_out() {
        let event = event();
        let second = review("tolls.1", Ruling::Reject, None);
        let after = with_review(&event, &second, TEXT).unwrap().unwrap();
        assert_eq!(after["tolls"], json!([event["tolls"][0]]));
        assert_eq!(after["why"]["tolls"]["rule"], BY_HAND);
        let side = review("side_a.0", Ruling::Reject, None);
        let after = with_review(&event, &side, TEXT).unwrap().unwrap();
        assert_eq!(after["side_a"], json!([]));

        // It is what was seen that goes, also where another stands in its place by now.
        let mut later = event.clone();
        later["tolls"] = json!([event["tolls"][1], event["tolls"][0]]);
        let after = with_review(&later, &second, TEXT).unwrap().unwrap();
        assert_eq!(after["tolls"], json!([event["tolls"][0]]));
        later["tolls"] = json!([event["tolls"][0]]);
        let error = with_review(&later, &second, TEXT).unwrap_err();
        assert!(error.contains("no such field: use tolls.0"), "{error}");
    }

    #[test]
    fn an_exact_figure_is_corrected_in_one_step() {
        let low = |field: &str, value: u64| review(field, Ruling::Correct, Some(json!(value)));
        let of = |field: &str, value: u64| {
            let after = with_review(&event(), &low(field, value), TEXT);
            after.unwrap().unwrap()["tolls"].clone()
        };
        let exact = of("tolls.0.low", 13);
        assert_eq!(
            (&exact[0]["low"], &exact[0]["high"]),
            (&json!(13), &json!(13))
        );
        let open = of("tolls.1.low", 3);
        assert_eq!(
            (&open[1]["low"], &open[1]["high"]),
            (&json!(3), &Value::Null)
        );
    }

    #[test]
    fn what_is_refused_names_what_is_allowed() {
        let refused = |field: &str, value: Value| {
            let review = review(field, Ruling::Correct, Some(value));
            with_review(&event(), &review, TEXT).unwrap_err()
        };
        for (field, told) in [
            ("colour", "acled, "),
            ("tolls.0.colour", "tolls.0.low"),
            ("tolls.7.low", "use tolls.0, tolls.1"),
            ("place.country", "`place` has nothing in it"),
        ] {
            let error = refused(field, json!("x"));
            assert!(error.contains(told), "{field}: {error}");
        }
        assert!(!refused("colour", json!("x")).contains("confidence"));
        let error = refused("acled", json!("Riot"));
        assert!(
            error.contains("use ") && error.contains("Armed clash"),
            "{error}"
        );
        let error = refused("tolls.1.high", json!(1));
        assert!(error.contains("2 to 1 is no toll"), "{error}");
    }
}
