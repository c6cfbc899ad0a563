//! Reviews laid over a sheet: what analysts decided stays with its finding when a newer version
//! codes the report again, or is shown as orphaned.

use std::collections::BTreeSet;

use sayso_api::SheetJson;
use serde_json::Value;

use crate::moment::Moment;
use crate::payload::{OwnHead, ReviewHead, Ruling};
use crate::sound::is_sound;
use crate::view::Signed;

/// Name of the rule in `why` for what an analyst decided.
pub const BY_HAND: &str = "by-hand";

/// Fields that no review changes: what the finding is called, and why the program decided as it did.
const FIXED: [&str; 4] = ["id", "why", "edges", "confidence"];

/// How a review stands to the sheet in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The finding is as the analyst saw it.
    Holds,
    /// The finding is there, and says something else than the analyst saw. The decision still
    /// holds; a person should look again.
    Changed,
    /// The sheet has no such finding any more, or its field takes no such value.
    Orphaned,
    /// A later review decides the same question.
    Superseded,
}

impl Standing {
    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Changed => "changed",
            Self::Orphaned => "orphaned",
            Self::Superseded => "superseded",
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
    /// [`Standing::Holds`] or, where the outlet changed the words it rests on,
    /// [`Standing::Orphaned`].
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
    let mut now = serde_json::to_value(sheet).ok()?;
    let own = add_own(&mut now, own, &sheet.report.text);
    let seen = now.clone();
    let mut marks = Vec::with_capacity(reviews.len());
    let mut rejected = BTreeSet::new();
    for (number, (signed, review)) in reviews.iter().enumerate() {
        let later = reviews.get(number + 1..).unwrap_or_default();
        let superseded = later
            .iter()
            .any(|(_, other)| other.finding == review.finding && other.field == review.field);
        let standing = if superseded {
            Standing::Superseded
        } else {
            let standing = standing(&seen, review);
            let takes =
                standing != Standing::Orphaned && apply(&mut now, review, &sheet.report.text);
            if takes && review.ruling == Ruling::Reject && review.field.is_none() {
                rejected.insert(review.finding.clone());
            }
            if takes { standing } else { Standing::Orphaned }
        };
        marks.push(Mark {
            entry: signed.entry,
            recorded: signed.recorded,
            by: signed.by.clone(),
            review: review.clone(),
            standing,
        });
    }
    leave_out(&mut now, &rejected);
    Some(Reviewed {
        sheet: serde_json::from_value(now).ok()?,
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
            Ruling::Accept | Ruling::Reject => Ok(None),
        };
    };
    let top = field.split('.').next().unwrap_or_default();
    if FIXED.contains(&top) {
        return Err("is the program's own and cannot be reviewed".to_owned());
    }
    let mut changed = finding.clone();
    let place = changed
        .pointer_mut(&pointer(field))
        .ok_or_else(|| "the finding has no such field".to_owned())?;
    match (review.ruling, &review.value) {
        (Ruling::Accept, _) => return Ok(None),
        (Ruling::Correct, Some(value)) => *place = value.clone(),
        (Ruling::Correct, None) => return Err("say what the right value is".to_owned()),
        (Ruling::Reject, _) if place.is_array() => *place = Value::Array(Vec::new()),
        (Ruling::Reject, _) => *place = Value::Null,
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

fn add_own(sheet: &mut Value, own: &[(Signed, bool, OwnHead)], text: &str) -> Vec<OwnMark> {
    own.iter()
        .map(|(signed, event, head)| {
            let standing = if is_sound(&head.value, text).is_ok() {
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

/// Takes rejected findings out, and every mention of their ids with them.
fn leave_out(sheet: &mut Value, rejected: &BTreeSet<String>) {
    if rejected.is_empty() {
        return;
    }
    let is_out = |value: &Value| value.as_str().is_some_and(|id| rejected.contains(id));
    for list in ["statements", "events"] {
        let Some(findings) = sheet.get_mut(list).and_then(Value::as_array_mut) else {
            continue;
        };
        findings.retain(|finding| !is_out(&finding["id"]));
        for finding in findings {
            for references in ["events", "statements"] {
                if let Some(ids) = finding.get_mut(references).and_then(Value::as_array_mut) {
                    ids.retain(|id| !is_out(id));
                }
            }
            if let Some(within) = finding.get_mut("within")
                && is_out(within)
            {
                *within = Value::Null;
            }
            let tolls = finding.get_mut("tolls").and_then(Value::as_array_mut);
            for toll in tolls.into_iter().flatten() {
                if is_out(&toll["by"]) {
                    toll["by"] = Value::Null;
                }
            }
        }
    }
}
