//! What a ledger is brought from elsewhere as: an export (`l`) and a file of keys (`k`) as they are;
//! entries that a lock and a chain of hashes keep a fuzzer from (`e`), sealed and chained here after
//! it has changed them; rows of a desk's tables (`r`).

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use sayso_ledger::{
    About, Book, Bounds, Content, EXPORT_SCHEMA, Entry, Fault, Hash, Incoming, KEYS_SCHEMA, Kept,
    Missing, Moment, Place, tombstones_of,
};
use sayso_server::Store;
use sayso_text::Report;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{code, seed};

/// The ledger's own key, and the one that reasons are sealed under; a report's is its digit.
const OWN: [u8; 32] = [7; 32];
const REASON: [u8; 32] = [9; 32];

pub(crate) fn run(bytes: &[u8]) {
    let Some((tag, rest)) = bytes.split_first() else {
        return;
    };
    match tag {
        b'k' => read_back(&[], rest),
        b'r' => rows(rest),
        b'e' => {
            if let Ok(text) = std::str::from_utf8(rest) {
                let (entries, keys) = made(text);
                read_back(&entries, &keys);
            }
        }
        _ => {
            if let Err(error) = tombstones_of(&mut &*rest) {
                assert!(!error.to_string().is_empty());
            }
            read_back(rest, b"");
        }
    }
}

/// A folder in memory, where the system has such.
fn folder() -> Option<TempDir> {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .ok()
}

fn place(folder: &Path) -> Place {
    Place::Sqlite {
        ledger: folder.join("l.db"),
        keys: folder.join("l.db.keys"),
    }
}

/// Imports an export and keys into a ledger that is empty, and reads all there is in it then.
fn read_back(mut entries: &[u8], mut keys: &[u8]) {
    let Some(folder) = folder() else {
        return;
    };
    runtime().block_on(async {
        let Ok(book) = Book::open(&place(folder.path()), Missing::Make).await else {
            return;
        };
        if !entries.is_empty() {
            said(book.import(&mut entries).await);
        }
        if !keys.is_empty() {
            said(book.import_keys(&mut keys).await);
        }
        // Whatever was let in is a whole chain; keys may be of anything.
        let verdict = book.verify(None).await;
        assert!(verdict.is_ok_and(|verdict| !verdict.faults.iter().any(Fault::is_of_the_chain)));
        said(book.changes(0).await);
        said(book.search("road", Bounds::ALL).await);
        let Some(view) = said(book.view(Bounds::ALL).await) else {
            return;
        };
        for kept in view.reports.values() {
            let Kept::Readable(report) = kept else {
                continue;
            };
            said(book.reviewed(report).await);
            for version in &report.versions {
                said(book.content(report, version.entry).await);
            }
        }
        let mut out = Vec::new();
        assert!(book.export(&mut out).await.is_ok());
        said(book.close().await);
    });
}

/// What was said, or that an error says something.
fn said<T, E: std::fmt::Display>(found: Result<T, E>) -> Option<T> {
    match found {
        Ok(found) => Some(found),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

/// Puts lines into the tables of a desk that has none.
fn rows(lines: &[u8]) {
    let Some(folder) = folder() else {
        return;
    };
    runtime().block_on(async {
        let Ok(store) = Store::open(&place(folder.path())).await else {
            return;
        };
        for line in lines.split(|byte| *byte == b'\n').take(16) {
            if let Ok(line) = std::str::from_utf8(line) {
                said(store.put_row(line).await);
            }
        }
        let rows = store.rows().await;
        assert!(rows.is_ok(), "rows that cannot be read again: {rows:?}");
        store.close().await;
    });
}

/// An export and its keys. Each line of `text` is an entry: kind, digit of the report, clear part,
/// small and large sealed part, moment, with tabs between; a part that begins with `!` is sealed as
/// it is and not as its kind asks.
fn made(text: &str) -> (Vec<u8>, Vec<u8>) {
    let (mut lines, mut previous) = (Vec::new(), Hash::START.to_owned());
    for (line, number) in text.lines().take(32).zip(1..) {
        let mut fields = line.split('\t');
        let mut field = || fields.next().unwrap_or_default();
        let (kind, digit, clear) = (field(), field(), field());
        let (head, body, recorded) = (field(), field(), field());
        let digit = digit.chars().next().filter(char::is_ascii_hexdigit);
        let report = digit.map(|digit| String::from(digit).repeat(32));
        let clear = with_sealed_ids(clear, kind, number);
        let reason = serde_json::from_str::<Value>(&clear)
            .ok()
            .and_then(|clear| Some(clear.get("key")?.as_str()?.to_owned()));
        let name = report.clone().or(reason).unwrap_or_default();
        let secret = digit.map_or(REASON, |digit| [digit as u8; 32]);
        let sealed = |part: &str, written: &str| {
            let plain = match written.strip_prefix('!') {
                Some(raw) => raw.as_bytes().to_vec(),
                None if part == "body" && kind != "sheet" => content(written),
                None => written.as_bytes().to_vec(),
            };
            (!written.is_empty())
                .then(|| seal(&secret, number, (kind, part, &name), &plain))
                .flatten()
        };
        let mut entry = Entry {
            number,
            recorded: if recorded.is_empty() {
                format!("2025-05-12T10:00:{:02}.000000Z", number.min(59))
            } else {
                recorded.to_owned()
            },
            kind: kind.to_owned(),
            report,
            payload: clear,
            head: sealed("head", head),
            body: sealed("body", body),
            previous: std::mem::take(&mut previous),
            hash: String::new(),
        };
        entry.hash = entry.computed_hash().to_string();
        previous.clone_from(&entry.hash);
        let part = |part: &Option<Vec<u8>>| part.as_ref().map(|bytes| STANDARD.encode(bytes));
        let line = json!({
            "number": number, "recorded": entry.recorded, "kind": entry.kind,
            "report": entry.report, "payload": entry.payload, "sealed_head": part(&entry.head),
            "sealed_body": part(&entry.body), "previous": entry.previous, "hash": entry.hash,
        });
        lines.push(line.to_string());
    }
    let first = json!({"schema": EXPORT_SCHEMA, "entries": lines.len(), "head": previous});
    lines.insert(0, first.to_string());
    let mut keys = json!({"schema": KEYS_SCHEMA, "ledger": STANDARD.encode(OWN)}).to_string();
    let reports = (b'0'..=b'9').chain(b'a'..=b'f').map(|digit| {
        let name = String::from(char::from(digit)).repeat(32);
        (name.clone(), [digit; 32], vec![name])
    });
    let reason = ("reason".to_owned(), REASON, Vec::new());
    for (name, key, reports) in reports.chain([reason]) {
        let line = json!({"name": name, "key": STANDARD.encode(key), "reports": reports});
        // Writing to a string does not fail.
        let _ = write!(keys, "\n{line}");
    }
    (lines.join("\n").into_bytes(), keys.into_bytes())
}

/// A clear part with its ids of incidents and origins sealed, where they stand there as a list.
fn with_sealed_ids(clear: &str, kind: &str, number: u64) -> String {
    let Ok(Value::Object(mut parts)) = serde_json::from_str(clear) else {
        return clear.to_owned();
    };
    let mut is_changed = false;
    for name in ["incidents", "incident", "origin"] {
        if let Some(ids @ Value::Array(_)) = parts.get(name) {
            let ids = ids.to_string();
            let sealed = seal(&OWN, number, (kind, "ids", "ledger"), ids.as_bytes());
            parts.insert(
                name.to_owned(),
                Value::from(STANDARD.encode(sealed.unwrap_or_default())),
            );
            is_changed = true;
        }
    }
    if is_changed {
        Value::Object(parts).to_string()
    } else {
        clear.to_owned()
    }
}

/// Text and bytes as a body holds them: the length of the text, the text, the bytes.
fn content(text: &str) -> Vec<u8> {
    let length = (text.len() as u64).to_be_bytes();
    [&length, text.as_bytes(), text.as_bytes()].concat()
}

/// As `sayso_ledger` seals a part: packed, a byte for the form, the nonce, the rest.
fn seal(
    key: &[u8; 32],
    number: u64,
    (kind, part, name): (&str, &str, &str),
    plain: &[u8],
) -> Option<Vec<u8>> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(plain).ok()?;
    let packed = packer.finish().ok()?;
    let nonce = [number as u8; 24];
    let place = format!("sayso.seal/1\n{kind}\n{part}\n{name}");
    let payload = Payload {
        msg: &packed,
        aad: place.as_bytes(),
    };
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).ok()?;
    Some([&[1], &nonce[..], &sealed].concat())
}

pub(crate) fn runtime() -> &'static tokio::runtime::Runtime {
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

/// Entries of every kind, as [`made`] reads them.
fn entries() -> String {
    let about = |id: &str| {
        json!({"id": id, "title": "Road closed", "outlet": "Tarra Post", "url": null,
               "published": "2025-05-12", "language": "en", "sha256": "0".repeat(64)})
    };
    let text = "The road to Tarra was closed on Monday, the governor said.";
    let sheet = code::printed(text).unwrap_or_default();
    let value: Value = serde_json::from_str(&sheet).unwrap_or_default();
    let made_by = value.get("made_by").cloned().unwrap_or_default();
    let statement = value.pointer("/statements/0").cloned().unwrap_or_default();
    let event = value.pointer("/events/0").cloned().unwrap_or_default();
    let finding = statement.get("id").cloned().unwrap_or_default();
    let by = json!({"by": "R. Analyst"});
    let review = json!({"finding": finding, "field": "denied", "ruling": "correct", "value": true,
                        "saw": statement, "why": "misread"});
    let own = |value: Value| json!({"value": value, "why": "the outlet's map"});
    let (one, other) = ("a".repeat(32), "b".repeat(32));
    let merge = json!({"by": "R. Analyst", "incidents": ["i:1", "i:2"], "reports": [one, other],
                       "key": "reason"});
    let split = json!({"by": "R. Analyst", "incident": ["i:1"], "reports": [one], "from": [other],
                       "key": "reason"});
    let origin = json!({"by": "R. Analyst", "origin": ["o:1"], "reliable": false, "key": "reason"});
    let why = json!({"why": "one place"});
    [
        format!("report\ta\t{{}}\t{}\t{text}", about("tarra-1")),
        format!("sheet\ta\t{}\t\t{sheet}", json!({"made_by": made_by})),
        format!("report\tb\t{{}}\t{}\t{text}", about("tarra-2")),
        format!("correction\tb\t{{}}\t{}\t{text} Again.", about("tarra-2")),
        format!("review\ta\t{by}\t{review}\t"),
        format!("statement\ta\t{by}\t{}\t", own(statement)),
        format!("event\ta\t{by}\t{}\t", own(event)),
        format!(
            "withdrawal\tb\t{by}\t{}\t",
            json!({"why": "wrong", "published": null})
        ),
        format!(
            "reinstatement\tb\t{by}\t{}\t",
            json!({"why": "right", "published": null})
        ),
        format!("merge\t-\t{merge}\t{why}\t"),
        format!("split\t-\t{split}\t{why}\t"),
        format!("origin\t-\t{origin}\t{why}\t"),
        format!(
            "erasure\tb\t{}\t\t",
            json!({"by": "R. Analyst", "why": "asked to"})
        ),
    ]
    .join("\n")
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let all = entries();
    let few: Vec<&str> = all.lines().take(2).collect();
    let mut seeds = vec![
        seed(b'e', &all),
        seed(b'e', few.join("\n")),
        seed(b'e', "report\ta\t{}\t!{\t!\u{0}\u{0}\u{0}"),
        seed(
            b'r',
            "{\"table\":\"desk_user\",\"name\":\"ana\",\"role\":\"admin\",\"password\":\"x\",\"made\":\
             \"2025-01-01T00:00:00.000000Z\"}\n{\"table\":\"desk_audit\"}\n[]",
        ),
    ];
    seeds.extend(kept().unwrap_or_default());
    seeds
}

/// A ledger with one report, exported, with its keys, and a desk's rows.
fn kept() -> Option<Vec<Vec<u8>>> {
    let folder = folder()?;
    let place = place(folder.path());
    runtime().block_on(async {
        let book = Book::open(&place, Missing::Make).await.ok()?;
        let now = Moment::latest("2025-05-12T10:00:00Z")?;
        let text = "The road was closed.";
        let sheet: sayso_api::SheetJson<'static> =
            serde_json::from_str(&code::printed(text)?).ok()?;
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
        let store = Store::open(&place).await.ok()?;
        let role = sayso_server::Role::ALL.first().copied()?;
        let when = "2025-01-01T00:00:00.000000Z";
        store
            .add_user("ana", role, "correct horse battery", when)
            .await
            .ok()?;
        let rows = store.rows().await.ok()?.join("\n");
        Some(vec![
            seed(b'l', entries),
            seed(b'k', keys),
            seed(b'r', rows),
        ])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chain that is refused, or a part that does not open, would make of this target one that
    /// sees nothing.
    #[test]
    fn what_is_sealed_and_chained_here_is_read_as_the_ledgers_own() {
        assert_eq!(seeds().len(), 7, "a ledger and a desk that cannot be made");
        let (entries, keys) = made(&entries());
        let folder = folder().unwrap();
        runtime().block_on(async {
            let book = Book::open(&place(folder.path()), Missing::Make).await;
            let book = book.unwrap();
            let read = book.import(&mut entries.as_slice()).await.unwrap();
            assert_eq!(read.entries, 13);
            book.import_keys(&mut keys.as_slice()).await.unwrap();
            let view = book.view(Bounds::ALL).await.unwrap();
            assert_eq!(view.reports.len(), 2);
            assert_eq!(view.decisions.len(), 3);
            let readable = view.reports.values().find_map(|kept| match kept {
                Kept::Readable(report) => Some(report),
                _ => None,
            });
            let report = readable.unwrap();
            assert_eq!((report.reviews.len(), report.own.len()), (1, 2));
            let content = book.content(report, report.versions[0].entry).await;
            assert!(content.unwrap().text.contains("Tarra"));
            book.reviewed(report).await.unwrap();
            // Their names are not those that this ledger's key would give them: a search says so.
            let found = book.search_latest("road", Bounds::ALL, 10).await.unwrap();
            assert_eq!((found.hits.len(), found.left_out.len()), (0, 1));
        });
    }
}
