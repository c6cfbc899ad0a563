//! A sheet as JSON (`s`), a sample's sheet with some values changed (`m`), an export of a ledger
//! (`l`) and of its keys (`k`).

use std::sync::OnceLock;

use sayso_api::SheetJson;
use sayso_ledger::{About, Book, Content, Incoming, Missing, Moment, Place, check_sheet};
use sayso_link::{LinkKnowledge, incidents};
use sayso_redact::{LeftOut, Redaction};
use sayso_text::Report;
use serde_json::Value;

use crate::{code, seed};

pub(crate) fn run(bytes: &[u8]) {
    let Some((tag, rest)) = bytes.split_first() else {
        return;
    };
    match tag {
        b'l' => import(rest, None),
        b'k' => import(&[], Some(rest)),
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

/// Imports lines, and keys, into a ledger that is empty.
fn import(mut lines: &[u8], keys: Option<&[u8]>) {
    let Ok(folder) = tempfile::tempdir() else {
        return;
    };
    let at = folder.path().join("l.db");
    let place = Place::Sqlite {
        keys: folder.path().join("l.db.keys"),
        ledger: at,
    };
    runtime().block_on(async {
        let Ok(book) = Book::open(&place, Missing::Make).await else {
            return;
        };
        let read = book.import(&mut lines).await.map(|_| ());
        let read = match keys {
            Some(mut keys) => book.import_keys(&mut keys).await.map(|_| ()),
            None => read,
        };
        if let Err(error) = read {
            assert!(!error.to_string().is_empty());
        }
        let verdict = book.verify(None).await;
        assert!(verdict.is_ok_and(|verdict| verdict.faults.is_empty()));
    });
}

fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        match tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
        {
            Ok(runtime) => runtime,
            Err(error) => panic!("no runtime: {error}"),
        }
    })
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
    let mut seeds = vec![
        seed(b's', value.to_string()),
        seed(b's', sheet.to_string()),
        seed(b'm', [0, 40, 5, 1, 0, 90, 7, 2]),
        seed(b'm', [0, 200, 6, 3, 1, 90, 3, 0, 2, 9, 4, 0]),
    ];
    seeds.extend(exported().unwrap_or_default());
    seeds
}

/// A ledger with one report, exported, with its keys.
fn exported() -> Option<Vec<Vec<u8>>> {
    let folder = tempfile::tempdir().ok()?;
    let place = Place::Sqlite {
        ledger: folder.path().join("l.db"),
        keys: folder.path().join("l.db.keys"),
    };
    runtime().block_on(async {
        let book = Book::open(&place, Missing::Make).await.ok()?;
        let now = Moment::parse("2025-05-12T10:00:00Z")?;
        let text = "The road was closed.";
        let sheet: SheetJson<'static> = serde_json::from_str(&code::printed(text)?).ok()?;
        let incoming = Incoming {
            about: About::of(&Report::from_text(text)),
            content: Content {
                text: text.to_owned(),
                bytes: text.as_bytes().to_vec(),
            },
            sheet: &sheet,
        };
        book.add(&incoming, false, now).await.ok()?;
        let (mut entries, mut keys) = (Vec::new(), Vec::new());
        book.export(&mut entries).await.ok()?;
        book.export_keys(&mut keys).await.ok()?;
        Some(vec![seed(b'l', entries), seed(b'k', keys)])
    })
}
