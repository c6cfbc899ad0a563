//! Where values begin and end in JSON that may be too large, or too broken, to be read whole.

use std::ops::Range;

/// Where the value that begins at `at` ends; `None` where it is not closed.
pub(super) fn end_of(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = at;
    loop {
        match bytes.get(at)? {
            b'"' => at = end_of_string(bytes, at)?,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b',' | b':' if depth > 0 => {
                at += 1;
                continue;
            }
            byte if byte.is_ascii_whitespace() && depth > 0 => {
                at += 1;
                continue;
            }
            _ => {
                let length = bytes
                    .get(at..)?
                    .iter()
                    .position(|byte| matches!(byte, b',' | b']' | b'}' | b':' | b'"' | b'{' | b'['))
                    .or_else(|| (depth == 0).then(|| bytes.len() - at))?;
                if length == 0 {
                    // A colon or comma where a value should be.
                    return None;
                }
                at += length;
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Where the string that begins at `at` ends.
fn end_of_string(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 1;
    loop {
        let rest = bytes.get(at..)?;
        let found = memchr::memchr2(b'"', b'\\', rest)?;
        if rest.get(found) == Some(&b'"') {
            return Some(at + found + 1);
        }
        at += found + 2;
    }
}

/// The first byte at or after `at` that is neither white space nor one of `skip`.
pub(super) fn skip(bytes: &[u8], at: usize, skip: &[u8]) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace() || skip.contains(byte))
        .count();
    at + length
}

/// A field's name, and where its value stands.
pub(super) type Field = (String, Range<usize>);

/// The fields of the object that begins at `at`, each with its value's bytes. A value that is not
/// closed reaches to the end, and nothing follows it.
pub(super) fn fields(bytes: &[u8], at: usize) -> Vec<Field> {
    if bytes.get(at) != Some(&b'{') {
        return Vec::new();
    }
    fields_on(bytes, at + 1).0
}

/// The fields that stand at `at` and after it in an object, and where they end: at the brace that
/// closes it, or at what is no field.
pub(super) fn fields_on(bytes: &[u8], at: usize) -> (Vec<Field>, usize) {
    let mut fields = Vec::new();
    let mut at = at;
    loop {
        at = skip(bytes, at, b",");
        if bytes.get(at) != Some(&b'"') {
            return (fields, at);
        }
        let Some(end) = end_of_string(bytes, at) else {
            return (fields, at);
        };
        let name = bytes.get(at + 1..end - 1).unwrap_or_default();
        let name = String::from_utf8_lossy(name).into_owned();
        let start = skip(bytes, end, b":");
        let value_end = end_of(bytes, start);
        fields.push((name, start..value_end.unwrap_or(bytes.len())));
        match value_end {
            Some(end) => at = end,
            None => return (fields, bytes.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_values() {
        for (json, length) in [
            ("{\"a\": [1, {\"b\": \"}\\\"\"}]} x", 24),
            ("\"a\\\\\" x", 5),
            ("12, 3", 2),
            ("[] x", 2),
            ("true}", 4),
            ("7", 1),
        ] {
            assert_eq!(end_of(json.as_bytes(), 0), Some(length), "{json}");
        }
        for open in ["{\"a\": 1", "[1, 2", "\"abc", "\"abc\\", "", ",", "]"] {
            assert_eq!(end_of(open.as_bytes(), 0), None, "{open}");
        }
    }

    #[test]
    fn fields_of_objects() {
        let json = br#"{"a": 1, "b" : [2, 3],"c": {"d": "#;
        let found: Vec<(String, &[u8])> = fields(json, 0)
            .into_iter()
            .map(|(name, range)| (name, &json[range]))
            .collect();
        assert_eq!(
            found,
            [
                ("a".to_owned(), &b"1"[..]),
                ("b".to_owned(), b"[2, 3]"),
                ("c".to_owned(), b"{\"d\": ")
            ]
        );
        assert!(fields(b"[1]", 0).is_empty());
    }
}
