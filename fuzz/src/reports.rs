//! Bytes to reports to readings, and what must hold of them.

use sayso_text::Reading;
use sayso_text::input::{Format, received_of, reports_of};

/// Texts beyond this are read, but not cut into sentences and tokens: that is [`crate::text`]'s.
const LONGEST: usize = 20_000;

/// Reads `bytes` to the end; with the bytes that were received and without, the same comes out.
pub(crate) fn drain(bytes: &[u8], format: Format) {
    let most = bytes.len() + 2;
    let mut texts = Vec::new();
    for found in reports_of("fuzz", bytes.to_vec(), Some(format)) {
        match found {
            Ok(report) => {
                if report.text.len() <= LONGEST {
                    check(&sayso_text::read(report.clone()));
                }
                texts.push(report.id);
            }
            // Errors are shown to people; printing one must work.
            Err(error) => texts.push(error.to_string()),
        }
        assert!(texts.len() <= most, "more items than bytes");
    }
    let again: Vec<String> = received_of("fuzz", bytes.to_vec(), Some(format))
        .map(|found| match found {
            Ok((report, _)) => report.id,
            Err(error) => error.to_string(),
        })
        .collect();
    assert_eq!(texts, again);
}

/// What must hold for a reading of any text.
pub(crate) fn check(reading: &Reading) {
    let text = reading.text();
    let mut at = 0;
    for token in &reading.tokens {
        let (start, end) = (token.span.start(), token.span.end());
        assert!(at <= start && start < end, "{:?}", token.span);
        assert!(text.get(start..end).is_some(), "{:?} cuts", token.span);
        at = end;
    }
    let mut next = 0;
    for sentence in &reading.sentences {
        assert_eq!(sentence.tokens.start, next);
        next = sentence.tokens.end;
    }
    assert_eq!(next, reading.tokens.len());
    for note in &reading.notes {
        assert!(note.span.is_none_or(|span| !span.of(text).is_empty()));
    }
}
