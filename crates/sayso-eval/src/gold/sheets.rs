//! Whole sheets: `annot/<id>.json`, as the annotation guide describes them.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use sayso_text::Span;
use serde::Deserialize;

use super::{GoldStatement, occurrences};

/// One annotation as it is written.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Annotation {
    /// Who says what.
    pub(crate) statements: Vec<StatementRecord>,
    /// What happened.
    pub(crate) events: Vec<EventRecord>,
}

/// One statement as it is written.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct StatementRecord {
    content: Vec<String>,
    source: Vec<String>,
    resolved: Option<String>,
    cue: Option<String>,
    act: String,
    polarity: String,
}

/// One event as it is written.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct EventRecord {
    /// Words of the trigger.
    pub(crate) anchor: String,
    /// ACLED sub-event type.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// Who did it.
    pub(crate) side_a: Vec<String>,
    /// Who it was done to.
    pub(crate) side_b: Vec<String>,
    /// Where.
    pub(crate) place: Option<PlaceRecord>,
    /// First day.
    pub(crate) start: Option<String>,
    /// Last day.
    pub(crate) end: Option<String>,
    /// Counts of people.
    pub(crate) tolls: Vec<TollRecord>,
    /// What is known of the toll.
    pub(crate) toll_status: String,
    /// Whether it is said to have happened.
    pub(crate) status: String,
}

/// A place as it is written.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PlaceRecord {
    /// Degrees north.
    pub(crate) lat: Option<f64>,
    /// Degrees east.
    pub(crate) lon: Option<f64>,
}

/// A toll as it is written.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct TollRecord {
    /// The words that count.
    pub(crate) span: String,
    /// What happened to them.
    pub(crate) effect: String,
    /// Who they are.
    pub(crate) who: String,
    /// Lowest.
    pub(crate) low: u64,
    /// How the number binds.
    pub(crate) bound: String,
}

/// Reads the annotation of the report `id`.
///
/// # Errors
/// Where it cannot be read, with the file.
pub(crate) fn read(gold: &Path, id: &str) -> Result<Annotation> {
    let path = gold.join("annot").join(format!("{id}.json"));
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no annotation", path.display()))
}

/// The statements of an annotation, placed in `text`.
///
/// A content stands at the first occurrence of its words; a cue at the occurrence nearest to the
/// content, so that "said" is the one that belongs there.
///
/// # Errors
/// Where words of the gold are not in the text.
pub(crate) fn statements(annotation: &Annotation, text: &str) -> Result<Vec<GoldStatement>> {
    annotation
        .statements
        .iter()
        .map(|record| {
            let content = record
                .content
                .iter()
                .map(|words| first(words, text))
                .collect::<Result<Vec<Span>>>()?;
            let sources = record
                .source
                .iter()
                .map(|words| everywhere(words, text))
                .collect::<Result<Vec<Vec<Span>>>>()?;
            let cue = match record.cue.as_deref() {
                Some(words) if !words.is_empty() => nearest(everywhere(words, text)?, &content),
                _ => None,
            };
            Ok(GoldStatement {
                content,
                sources,
                cue: cue.into_iter().collect(),
                act: Some(record.act.clone()),
                polarity: Some(record.polarity.clone()),
                resolved: record.resolved.clone(),
            })
        })
        .collect()
}

/// The first place at which `words` stand.
pub(crate) fn first(words: &str, text: &str) -> Result<Span> {
    let found = everywhere(words, text)?;
    found.first().copied().context("nowhere")
}

/// Every place at which `words` stand; at least one.
pub(crate) fn everywhere(words: &str, text: &str) -> Result<Vec<Span>> {
    let found = occurrences(words, text);
    ensure!(
        !found.is_empty(),
        "words of the gold are not in the text: {words:?}"
    );
    Ok(found)
}

/// The span with the fewest bytes between it and the content; one outside the content goes before
/// one inside.
fn nearest(spans: Vec<Span>, content: &[Span]) -> Option<Span> {
    spans.into_iter().min_by_key(|span| {
        let inside = content.iter().any(|c| c.overlaps(*span));
        let away = content
            .iter()
            .map(|c| {
                span.start()
                    .saturating_sub(c.end())
                    .max(c.start().saturating_sub(span.end()))
            })
            .min()
            .unwrap_or(0);
        (inside, away)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cue_is_the_one_beside_the_content() {
        let text = "A guard said no. The mayor of Orla said shells fell. A nurse said yes.";
        let annotation: Annotation = serde_json::from_str(
            r#"{"statements": [{"content": ["shells fell"], "source": ["The mayor"],
                "resolved": "The mayor of Orla", "cue": "said", "act": "report",
                "polarity": "affirmed"}], "events": []}"#,
        )
        .unwrap();
        let gold = statements(&annotation, text).unwrap();
        assert_eq!(gold[0].cue, [Span::new(35, 39)]);
        assert_eq!(gold[0].resolved.as_deref(), Some("The mayor of Orla"));
    }

    #[test]
    fn words_that_are_not_there_are_an_error() {
        let error = everywhere("a ship", "a boat").unwrap_err();
        assert!(error.to_string().contains("a ship"));
    }
}
