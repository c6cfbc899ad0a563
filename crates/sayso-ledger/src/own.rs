//! Statements and events that an analyst adds by hand, given in the words of the report.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use sayso_api::{EventJson, Quoted, ReasonJson, SideJson, SourceJson, StatementJson, WhyJson};
use sha2::{Digest as _, Sha256};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::error::LedgerError;
use crate::framed::hex;
use crate::reviewed::BY_HAND;

/// Words of the report: those that stand where they were chosen, or wherever the text has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// The words.
    pub quote: String,
    /// Where they start, in code points of the text; `None`: the first place where the text has
    /// them whole, or the one nearest to the content or anchor.
    pub start: Option<usize>,
}

impl From<&str> for OwnWords {
    fn from(quote: &str) -> Self {
        Self::from(quote.to_owned())
    }
}

impl From<String> for OwnWords {
    fn from(quote: String) -> Self {
        Self { quote, start: None }
    }
}

/// A statement in the words of the report. Every word group must stand in its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnStatement {
    /// What is said.
    pub content: OwnWords,
    /// The words that report.
    pub cue: Option<OwnWords>,
    /// The speaker nearest the content first, then who passes it on; with the kind of each.
    pub sources: Vec<(OwnWords, String)>,
    /// `sayso_core::Act` as printed.
    pub act: String,
    /// Whether the content is negated.
    pub negated: bool,
    /// `certain`, `probable` or `possible`.
    pub certainty: String,
    /// Events that it tells of.
    pub events: Vec<String>,
}

/// An event in the words of the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnEvent {
    /// The words that tell of it.
    pub anchor: OwnWords,
    /// ACLED sub-event type.
    pub acled: Option<String>,
    /// PLOVER event.
    pub plover: String,
    /// PLOVER mode.
    pub plover_mode: Option<String>,
    /// CAMEO code.
    pub cameo: String,
    /// Who did it.
    pub side_a: Vec<OwnWords>,
    /// To whom.
    pub side_b: Vec<OwnWords>,
    /// `sayso_core::Status` as printed.
    pub status: String,
    /// Statements that tell of it.
    pub statements: Vec<String>,
}

/// Finds words in a text: where they were chosen; else where they stand as whole words (UAX #29),
/// and only where they do so nowhere as parts of others; of several places the one nearest to
/// `near`, in code points.
fn found<'a>(
    text: &str,
    words: &'a OwnWords,
    near: Option<usize>,
) -> Result<Quoted<'a>, LedgerError> {
    let OwnWords { quote, start } = words;
    let Some(start) = *start else {
        return nearest(text, quote, near);
    };
    let count = quote.chars().count();
    let stands = text.chars().skip(start).take(count).eq(quote.chars());
    if quote.trim().is_empty() || !stands {
        return Err(LedgerError::NoQuote {
            quote: quote.clone(),
        });
    }
    Ok(Quoted {
        span: [start, start + count],
        quote: Cow::Borrowed(quote),
    })
}

fn nearest<'a>(text: &str, words: &'a str, near: Option<usize>) -> Result<Quoted<'a>, LedgerError> {
    let mut bounds: BTreeSet<usize> = text.split_word_bound_indices().map(|(at, _)| at).collect();
    bounds.insert(text.len());
    let start = text
        .match_indices(words)
        .filter(|_| !words.trim().is_empty())
        .map(|(at, _)| {
            let is_whole = bounds.contains(&at) && bounds.contains(&(at + words.len()));
            let start = text.get(..at).map_or(0, |before| before.chars().count());
            (!is_whole, start.abs_diff(near.unwrap_or(0)), start)
        })
        .min();
    let (.., start) = start.ok_or_else(|| LedgerError::NoQuote {
        quote: words.to_owned(),
    })?;
    Ok(Quoted {
        span: [start, start + words.chars().count()],
        quote: Cow::Borrowed(words),
    })
}

/// An id of the form of the program's own (`s:` and 12 digits), that no span of the report gives.
fn id(prefix: char, report: &str, nth: usize, value: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(b"by-hand\0");
    hasher.update(report.as_bytes());
    hasher.update([0, prefix as u8]);
    hasher.update((nth as u64).to_be_bytes());
    hasher.update(value.as_bytes());
    format!("{prefix}:{}", &hex(&hasher.finalize())[..12])
}

fn why<'a>(fields: &[&'static str]) -> WhyJson<'a> {
    fields
        .iter()
        .map(|field| {
            let reason = ReasonJson {
                rule: Cow::Borrowed(BY_HAND),
                span: None,
            };
            (Cow::Borrowed(*field), reason)
        })
        .collect::<BTreeMap<_, _>>()
}

fn ids(ids: &[String]) -> Vec<Cow<'_, str>> {
    ids.iter().map(|id| Cow::Borrowed(id.as_str())).collect()
}

impl OwnStatement {
    /// As a sheet has it; `nth` counts what was added to this report before.
    ///
    /// # Errors
    /// [`LedgerError::NoQuote`] where the text does not have the words.
    pub(crate) fn laid_out<'a>(
        &'a self,
        report: &str,
        text: &str,
        nth: usize,
    ) -> Result<StatementJson<'a>, LedgerError> {
        let content = found(text, &self.content, None)?;
        let near = Some(content.span[0]);
        let sources = self
            .sources
            .iter()
            .map(|(words, kind)| {
                let at = found(text, words, near)?;
                Ok(SourceJson {
                    span: at.span,
                    quote: at.quote,
                    kind: Cow::Borrowed(kind),
                    actor: None,
                })
            })
            .collect::<Result<_, LedgerError>>()?;
        let cue = self
            .cue
            .as_ref()
            .map(|cue| found(text, cue, near))
            .transpose()?;
        Ok(StatementJson {
            id: Cow::Owned(id('s', report, nth, &self.content.quote)),
            act: Cow::Borrowed(&self.act),
            polarity: Cow::Borrowed(if self.negated { "negated" } else { "affirmed" }),
            certainty: Cow::Borrowed(&self.certainty),
            plover: None,
            plover_mode: None,
            cameo: None,
            sources,
            cue,
            content: vec![content],
            to: None,
            medium: None,
            within: None,
            events: ids(&self.events),
            confidence: 1.0,
            why: why(&["act", "certainty", "content", "polarity", "sources"]),
            edges: Vec::new(),
        })
    }
}

impl OwnEvent {
    /// As a sheet has it; `nth` counts what was added to this report before.
    ///
    /// # Errors
    /// [`LedgerError::NoQuote`] where the text does not have the words.
    pub(crate) fn laid_out<'a>(
        &'a self,
        report: &str,
        text: &str,
        nth: usize,
    ) -> Result<EventJson<'a>, LedgerError> {
        let anchor = found(text, &self.anchor, None)?;
        let near = Some(anchor.span[0]);
        let side = |words: &'a OwnWords| {
            let at = found(text, words, near)?;
            Ok(SideJson {
                span: at.span,
                quote: at.quote,
                actor: None,
            })
        };
        let sides = |side_of: &'a [OwnWords]| {
            side_of
                .iter()
                .map(side)
                .collect::<Result<Vec<_>, LedgerError>>()
        };
        Ok(EventJson {
            id: Cow::Owned(id('e', report, nth, &self.anchor.quote)),
            anchor,
            acled: self.acled.as_deref().map(Cow::Borrowed),
            plover: Cow::Borrowed(&self.plover),
            plover_mode: self.plover_mode.as_deref().map(Cow::Borrowed),
            cameo: Cow::Borrowed(&self.cameo),
            side_a: sides(&self.side_a)?,
            side_b: sides(&self.side_b)?,
            weapons: Vec::new(),
            place: None,
            time: None,
            tolls: Vec::new(),
            toll_status: Cow::Borrowed("not-stated"),
            status: Cow::Borrowed(&self.status),
            aggregate: false,
            statements: ids(&self.statements),
            confidence: 1.0,
            why: why(&["acled", "anchor", "side_a", "side_b", "status"]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Police fired at the crowd. “Nobody was hurt,” police said on Monday.";

    #[test]
    fn words_are_found_where_they_stand_nearest() {
        let statement = OwnStatement {
            content: "Nobody was hurt".into(),
            cue: Some("said".into()),
            sources: vec![("police".into(), "government".to_owned())],
            act: "deny".to_owned(),
            certainty: "certain".to_owned(),
            ..OwnStatement::default()
        };
        let laid_out = statement.laid_out("r", TEXT, 0).unwrap();
        assert_eq!(laid_out.content[0].span, [28, 43]);
        assert_eq!(laid_out.sources[0].span, [46, 52]);
        assert_eq!(laid_out.id.len(), 14);
        assert_ne!(laid_out.id, statement.laid_out("r", TEXT, 1).unwrap().id);
    }

    #[test]
    fn whole_words_come_before_parts_of_words() {
        let text = "The unarmed crowd fled; armed men of the army’s arm stayed.";
        let start = |words: &str, near: Option<usize>| nearest(text, words, near).unwrap().span[0];
        assert_eq!(start("armed", None), 24);
        assert_eq!(start("armed", Some(5)), 24);
        assert_eq!(start("arm", None), 48);
        assert_eq!(
            start("rowd", None),
            13,
            "where they are no whole words anywhere"
        );
        // Of a script that sets no spaces between words.
        assert_eq!(
            nearest("警察说没有人受伤", "没有人", None).unwrap().span,
            [3, 6]
        );
    }

    #[test]
    fn words_that_the_text_does_not_have_are_refused() {
        let event = OwnEvent {
            anchor: "stormed".into(),
            ..OwnEvent::default()
        };
        let error = event.laid_out("r", TEXT, 0).unwrap_err();
        assert!(error.to_string().contains("stormed"), "{error}");
        assert!(found(TEXT, &" ".into(), None).is_err());
    }

    #[test]
    fn words_that_were_chosen_are_taken_where_they_were() {
        let text = "“Öl”, said he. Öl burns, he said.";
        let chosen = |quote: &str, start: usize| {
            let words = OwnWords {
                quote: quote.to_owned(),
                start: Some(start),
            };
            found(text, &words, None).map(|at| at.span)
        };
        assert_eq!(chosen("Öl", 15).unwrap(), [15, 17]);
        assert_eq!(chosen("sai", 6).unwrap(), [6, 9], "parts of words too");
        assert!(chosen("Öl", 14).is_err());
        assert!(chosen("said.", 900).is_err());
        assert!(chosen(" ", 5).is_err());
    }
}
