//! A sheet as JSON (`s`), and a sample's sheet with some values changed (`m`): checked, linked,
//! redacted.

use std::sync::OnceLock;

use sayso_api::SheetJson;
use sayso_ledger::check_sheet;
use sayso_link::{LinkKnowledge, incidents};
use sayso_redact::{LeftOut, Redaction};
use serde_json::Value;

use crate::{code, seed};

pub(crate) fn run(bytes: &[u8]) {
    let Some((tag, rest)) = bytes.split_first() else {
        return;
    };
    match tag {
        b'm' => {
            if let Ok(sheet) = serde_json::from_value(changed(rest)) {
                use_sheet(&sheet);
            }
        }
        _ => {
            if let Ok(sheet) = serde_json::from_slice(rest) {
                use_sheet(&sheet);
            }
        }
    }
}

/// Checks, links and redacts a sheet, together with a sound one.
fn use_sheet(sheet: &SheetJson<'static>) {
    let is_sound = check_sheet(sheet).is_ok();
    if !is_sound {
        // Nothing gets past this check that was not made here.
        return;
    }
    let all = [sheet.clone(), base().1.clone()];
    for incident in incidents(&all, knowledge()) {
        let printed = serde_json::to_string(&incident);
        assert!(printed.is_ok(), "{printed:?}");
    }
    let mut redaction = Redaction::default();
    redaction.gather(sheet);
    let scope = redaction.scope([sheet.report.id.as_ref()]);
    let mut shown = sheet.clone();
    let mut left_out = LeftOut::default();
    scope.sheet(&mut shown, &mut left_out);
    let printed = serde_json::to_string(&shown).unwrap_or_default();
    let again: Result<SheetJson<'static>, _> = serde_json::from_str(&printed);
    assert!(again.is_ok_and(|again| again == shown));
}

fn knowledge() -> &'static LinkKnowledge {
    static KNOWLEDGE: OnceLock<LinkKnowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| match LinkKnowledge::builtin() {
        Ok(knowledge) => knowledge,
        Err(error) => panic!("{error}"),
    })
}

/// The sheet of a sample, as JSON and read again.
fn base() -> &'static (Value, SheetJson<'static>) {
    static BASE: OnceLock<(Value, SheetJson<'static>)> = OnceLock::new();
    BASE.get_or_init(|| {
        let text = include_str!("../../samples/abduction.txt");
        let printed = code::printed(text).unwrap_or_default();
        let sheet: Result<SheetJson<'static>, _> = serde_json::from_str(&printed);
        match (serde_json::from_str(&printed), sheet) {
            (Ok(value), Ok(sheet)) => (value, sheet),
            (value, sheet) => panic!("{value:?} {sheet:?}"),
        }
    })
}

/// Every four bytes change one value of the sample's sheet: which, how, and by what.
fn changed(bytes: &[u8]) -> Value {
    let mut sheet = base().0.clone();
    for change in bytes.chunks_exact(4).take(16) {
        let count = count(&sheet);
        let at = (usize::from(change[0]) << 8 | usize::from(change[1])) % count.max(1);
        let mut left = at;
        if let Some(value) = nth(&mut sheet, &mut left) {
            *value = other(value, change[2], change[3]);
        }
    }
    sheet
}

fn other(value: &Value, how: u8, what: u8) -> Value {
    match (how % 8, value) {
        (0, _) => Value::Null,
        (1, _) => Value::from(what),
        (2, _) => Value::from(u64::MAX - u64::from(what)),
        (3, Value::Array(all)) => {
            let mut all = all.clone();
            if !all.is_empty() {
                let _ = all.remove(usize::from(what) % all.len());
            }
            Value::Array(all)
        }
        (4, Value::Array(all)) => all.iter().chain(all).cloned().collect(),
        (5, Value::String(text)) => {
            Value::from(text.chars().skip(usize::from(what) % 8).collect::<String>())
        }
        (6, Value::Number(number)) => {
            let number = number.as_u64().unwrap_or(0);
            Value::from(number.wrapping_add(u64::from(what % 5)).wrapping_sub(2))
        }
        (7, Value::String(text)) => {
            let odd = [
                '\u{202e}',
                '\u{0}',
                'а',
                '\u{200b}',
                '\u{10FFFF}',
                '=',
                '\u{1b}',
                '\n',
            ];
            Value::from(format!("{}{text}", odd[usize::from(what) % odd.len()]))
        }
        (3..=5, _) => Value::from(""),
        _ => value.clone(),
    }
}

/// How many values there are below and with `value`.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(all) => all.iter().map(count).sum(),
        Value::Object(all) => all.values().map(count).sum(),
        _ => 0,
    }
}

/// The value with number `left`, in order.
fn nth<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(all) => all.iter_mut().find_map(|value| nth(value, left)),
        Value::Object(all) => all.values_mut().find_map(|value| nth(value, left)),
        _ => None,
    }
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let (value, _) = base();
    let mut sheet = value.clone();
    sheet["report"]["text"] = Value::from("The road was closed.");
    for list in ["statements", "events", "actors", "places", "times", "notes"] {
        if let Some(Value::Array(all)) = sheet.get_mut(list) {
            all.truncate(1);
        }
    }
    vec![
        seed(b's', value.to_string()),
        seed(b's', sheet.to_string()),
        seed(b'm', [0, 40, 5, 1, 0, 90, 7, 2]),
        seed(b'm', [0, 200, 6, 3, 1, 90, 3, 0, 2, 9, 4, 0]),
    ]
}
