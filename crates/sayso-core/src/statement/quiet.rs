//! The note on a silence that stands beside a statement by the same body or one like it.

use sayso_text::{Note, NoteCode, Span};

use crate::{Act, Context, Mentions, SourceKind, Statement};

/// One note for each body that is said to be silent and is quoted, or has a body of its kind
/// quoted, in the same report.
pub(super) fn notes(
    context: &Context<'_>,
    _mentions: &Mentions,
    statements: &[Statement],
) -> Vec<Note> {
    let reading = context.reading;
    let mut notes = Vec::new();
    for silent in statements.iter().filter(|s| s.act == Act::Silence) {
        let Some(body) = silent.sources.first() else {
            continue;
        };
        if !is_body(body.kind) {
            continue;
        }
        let speaking = statements.iter().find(|s| {
            s.act != Act::Silence
                && s.sources.first().is_some_and(|speaker| {
                    (speaker.entity.is_some() && speaker.entity == body.entity)
                        || speaker.span == body.span
                        || (is_body(speaker.kind)
                            && alike(
                                reading.slice(speaker.span),
                                reading.slice(body.span),
                                speaker.kind,
                                body.kind,
                            ))
                })
        });
        if let Some(speaking) = speaking
            && let Some(speaker) = speaking.sources.first()
        {
            notes.push(Note {
                code: NoteCode::SilenceBesideStatement,
                span: Some(first_span(silent)),
                message: format!(
                    "“{}” is said to be silent, yet the report has a statement by “{}”.",
                    reading.slice(body.span),
                    reading.slice(speaker.span)
                ),
            });
        }
    }
    notes
}

/// A body that can issue statements.
fn is_body(kind: SourceKind) -> bool {
    matches!(
        kind,
        SourceKind::Government
            | SourceKind::ArmedGroup
            | SourceKind::Organisation
            | SourceKind::AnonymousOfficial
            | SourceKind::NamedOfficial
    )
}

/// Whether two bodies are of one kind: both of a state, or with a word of their names in common.
fn alike(a: &str, b: &str, a_kind: SourceKind, b_kind: SourceKind) -> bool {
    let state = |kind| {
        matches!(
            kind,
            SourceKind::Government | SourceKind::AnonymousOfficial | SourceKind::NamedOfficial
        )
    };
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 3)
            .map(str::to_lowercase)
            .collect()
    };
    let (a_words, b_words) = (words(a), words(b));
    (state(a_kind) && state(b_kind)) || a_words.iter().any(|w| b_words.contains(w))
}

fn first_span(statement: &Statement) -> Span {
    statement
        .sources
        .first()
        .map(|s| s.span)
        .or(statement.cue)
        .unwrap_or_default()
}
