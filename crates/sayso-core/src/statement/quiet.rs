//! The note on a silence that stands beside a statement by the same body or one like it.

use sayso_lexicon::{StatementWords, WordClass};
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
    let words = &context.knowledge.lexicon.statement_words;
    let mut notes = Vec::new();
    for silent in statements.iter().filter(|s| s.act == Act::Silence) {
        let Some(body) = silent.sources.first() else {
            continue;
        };
        // Who "did not say how many" is quoted on something else, as a rule.
        let cue = silent.cue.map(|c| reading.slice(c).to_lowercase());
        let mute = cue.is_some_and(|c| words.of(WordClass::Mute).any(|w| c.contains(w)));
        if !is_body(body.kind) || !mute {
            continue;
        }
        let same = |speaker: &Source| {
            (speaker.entity.is_some() && speaker.entity == body.entity) || speaker.span == body.span
        };
        let like = |speaker: &Source| {
            let [named, of_body] = [speaker.span, body.span].map(|span| reading.slice(span));
            is_body(speaker.kind) && alike(words, [named, of_body], [speaker.kind, body.kind])
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

/// Whether two bodies are of one kind: both of a state, or with a word of their names in common.
fn alike(lists: &StatementWords, names: [&str; 2], kinds: [SourceKind; 2]) -> bool {
    let [a_words, b_words] = names.map(|text| {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 3)
            .map(str::to_lowercase)
            .collect::<Vec<String>>()
    });
    let any = |class, words: &[String]| words.iter().any(|w| lists.has(class, w));
    let [a_kind, b_kind] = kinds;
    let state = matches!(
        b_kind,
        SourceKind::Government | SourceKind::AnonymousOfficial | SourceKind::NamedOfficial
    );
    let shared = a_words
        .iter()
        .any(|w| b_words.contains(w) && !lists.has(WordClass::SharedWord, w));
    // "The authorities" are silent and a directorate speaks: one state, unless names differ.
    shared
        || (state
            && any(WordClass::StateBody, &a_words)
            && any(WordClass::GeneralBody, &b_words)
            && a_kind != SourceKind::ArmedGroup)
}

fn first_span(statement: &Statement) -> Span {
    statement
        .sources
        .first()
        .map(|s| s.span)
        .or(statement.cue)
        .unwrap_or_default()
}
