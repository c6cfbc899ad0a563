//! The note on a silence that stands beside a statement by the same body or one like it.

use sayso_text::{Note, NoteCode, Span};

use crate::{Act, Context, Mentions, Source, SourceKind, Statement, StatementRule as Rule};

/// One note for each body that is said to be silent and is quoted, or has a body of its kind
/// quoted, in the same report.
pub(super) fn notes(
    context: &Context<'_>,
    _mentions: &Mentions,
    statements: &[Statement],
) -> Vec<Note> {
    if !context.has(Rule::SilenceBesideStatement) {
        return Vec::new();
    }
    let reading = context.reading;
    let mut notes = Vec::new();
    for silent in statements.iter().filter(|s| s.act == Act::Silence) {
        let Some(body) = silent.sources.first() else {
            continue;
        };
        // Who "did not say how many" is quoted on something else, as a rule.
        let cue = silent.cue.map(|c| reading.slice(c).to_lowercase());
        let mute = cue.is_some_and(|c| {
            ["statement", "comment", "respon", "silent", "answer", "repl"]
                .iter()
                .any(|w| c.contains(w))
        });
        if !is_body(body.kind) || !mute {
            continue;
        }
        let same = |speaker: &Source| {
            (speaker.entity.is_some() && speaker.entity == body.entity) || speaker.span == body.span
        };
        let like = |speaker: &Source| {
            let [words, of_body] = [speaker.span, body.span].map(|span| reading.slice(span));
            is_body(speaker.kind) && alike(words, of_body, speaker.kind, body.kind)
        };
        // The body itself before one like it, a body before one of its officials.
        let speaking = statements
            .iter()
            .filter(|s| s.act != Act::Silence)
            .filter_map(|s| s.sources.first())
            .filter(|speaker| same(speaker) || like(speaker))
            .max_by_key(|speaker| (same(speaker), speaker.kind == body.kind));
        if let Some(speaker) = speaking {
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

/// Words for a state's bodies as a whole.
const GENERAL: &[&str] = &["authorities", "government", "administration"];
/// Words for a body of a state.
const STATE: &[&str] = &[
    "security",
    "directorate",
    "ministry",
    "government",
    "army",
    "police",
    "authorities",
    "command",
    "governor",
    "interior",
    "military",
    "presidency",
    "office",
    "administration",
    "minister",
];
/// Words that two bodies can share without being of one kind.
const COMMON: &[&str] = &[
    "security",
    "group",
    "forces",
    "officials",
    "official",
    "spokesman",
    "spokeswoman",
    "ministry",
    "local",
    "national",
    "united",
    "president",
    "minister",
    "general",
    "police",
    "army",
    "state",
    "government",
    "authorities",
    "with",
    "from",
    "that",
    "this",
    "their",
];

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
    // "The authorities" are silent and a directorate speaks: one state, unless names differ.
    let general = |words: &[String]| words.iter().any(|w| GENERAL.contains(&w.as_str()));
    let shared = a_words
        .iter()
        .any(|w| b_words.contains(w) && !COMMON.contains(&w.as_str()));
    let of_state = a_words.iter().any(|w| STATE.contains(&w.as_str()));
    shared || (state(b_kind) && of_state && general(&b_words) && a_kind != SourceKind::ArmedGroup)
}

fn first_span(statement: &Statement) -> Span {
    statement
        .sources
        .first()
        .map(|s| s.span)
        .or(statement.cue)
        .unwrap_or_default()
}
