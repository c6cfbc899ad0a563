//! One way of writing a value: what is hashed must not depend on who writes it.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Writes JSON without spaces, the keys of objects sorted by their bytes.
///
/// Entries hold no fractions, so that numbers have one form too.
pub(crate) fn json(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut sorted: Vec<(&String, &Value)> = fields.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (number, (key, field)) in sorted.into_iter().enumerate() {
                if number > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(field, out);
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

/// SHA-256 over parts, each with its length before it, so that no two lists of parts are written
/// alike.
pub(crate) struct Framed(Sha256);

impl Framed {
    /// Starts with what the hash is for.
    pub(crate) fn new(purpose: &str) -> Self {
        Self(Sha256::new()).part(purpose.as_bytes())
    }

    /// Adds a part that is always there.
    pub(crate) fn part(mut self, bytes: &[u8]) -> Self {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds a part that may be absent; absent is not empty.
    pub(crate) fn optional(mut self, bytes: Option<&[u8]>) -> Self {
        self.0.update([u8::from(bytes.is_some())]);
        match bytes {
            Some(bytes) => self.part(bytes),
            None => self,
        }
    }

    /// The hash.
    pub(crate) fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_at_every_depth() {
        let value = json!({"b": [1, {"z": null, "a": "ü\n"}], "a": true});
        assert_eq!(json(&value), r#"{"a":true,"b":[1,{"a":"ü\n","z":null}]}"#);
    }

    proptest! {
        #[test]
        fn parts_are_never_written_alike(a in any::<Vec<Vec<u8>>>(), b in any::<Vec<Vec<u8>>>()) {
            let hash = |parts: &[Vec<u8>]| {
                parts.iter().fold(Framed::new("test"), |framed, part| framed.part(part)).finish()
            };
            prop_assert_eq!(a == b, hash(&a) == hash(&b));
        }

        #[test]
        fn what_is_written_reads_back(text in any::<String>(), number in any::<i64>()) {
            let value = json!({"text": text, "number": number});
            let read: Value = serde_json::from_str(&super::json(&value)).unwrap();
            prop_assert_eq!(read, value);
        }
    }

    #[test]
    fn absent_is_not_empty() {
        let absent = Framed::new("test").optional(None).finish();
        assert_ne!(absent, Framed::new("test").optional(Some(b"")).finish());
    }
}
