//! Stable ids: made from the report's id, the kind and the span.

use std::fmt::Write as _;

use sayso_text::Span;
use sha2::{Digest, Sha256};

/// Makes an id such as `s:3f9a1c02b7de`: `prefix`, then 12 hexadecimal digits of the SHA-256 of
/// report id, prefix and span. `nth` tells findings of one kind on one span apart.
pub(crate) fn make(prefix: char, report: &str, span: Span, nth: usize) -> String {
    let mut hasher = Sha256::new();
    hasher.update(report.as_bytes());
    hasher.update([0, prefix as u8]);
    hasher.update((span.start() as u64).to_le_bytes());
    hasher.update((span.end() as u64).to_le_bytes());
    if nth > 0 {
        hasher.update((nth as u64).to_le_bytes());
    }
    let mut id = String::with_capacity(14);
    id.push(prefix);
    id.push(':');
    for byte in hasher.finalize().iter().take(6) {
        let _ = write!(id, "{byte:02x}");
    }
    id
}
