//! What an analyst says of an event in plain words: `--killed 7 --place "Wad Madani"`.

mod count;
mod day;
mod place;

use sayso_api::{EventJson, EventTimeJson, SheetJson, TollJson};
use sayso_ledger::{Book, Bounds, ReviewDraft, Ruling};
use sayso_lexicon::Lexicon;
use serde_json::{Value, json};

use super::super::Failure;
use super::now;
use crate::arguments::ledger::{FactOptions, SignedOptions};

use count::Count;
use day::Days;

/// The facts, read and looked up.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// By effect.
    counts: Vec<(&'static str, Count)>,
    place: Option<place::Found>,
    time: Option<Days>,
    /// Fields that take a word, and the word.
    words: Vec<(&'static str, Value)>,
}

/// What a field of an event is to be.
struct Change {
    field: &'static str,
    value: Value,
}

impl Facts {
    /// Reads what was typed.
    ///
    /// # Errors
    /// With the option, the value and what is allowed.
    pub(super) fn read(options: &FactOptions) -> Result<Self, Failure> {
        let mut facts = Self::default();
        for (effect, option, typed) in [
            ("killed", "--killed", &options.killed),
            ("injured", "--injured", &options.injured),
            ("missing", "--missing", &options.missing),
            ("abducted", "--abducted", &options.abducted),
            ("detained", "--detained", &options.detained),
            ("displaced", "--displaced", &options.displaced),
        ] {
            if let Some(typed) = typed {
                facts.counts.push((effect, Count::parse(option, typed)?));
            }
        }
        facts.time = options.time.as_deref().map(Days::parse).transpose()?;
        if let Some(typed) = &options.place {
            let own = options.own.own();
            let (gazetteer, lexicon) = (own.gazetteer()?, own.lexicon()?);
            facts.place = Some(place::Found::parse(typed, &gazetteer, &lexicon)?);
        }
        Ok(facts)
    }

    /// The type and the standing of an event, which only a correction can give.
    ///
    /// # Errors
    /// As [`Facts::read`].
    pub(super) fn with_kind(
        mut self,
        kind: Option<&str>,
        status: Option<&str>,
    ) -> Result<Self, Failure> {
        if let Some(kind) = kind {
            let lexicon = Lexicon::builtin().map_err(sayso_coder::CoderError::from)?;
            let frames = &lexicon.events.frames;
            let frame = frames.of_type(kind).ok_or_else(|| Failure::Word {
                what: "--type",
                word: kind.to_owned(),
                allowed: frames.types().collect::<Vec<&str>>().join(", "),
            })?;
            self.words.extend([
                ("acled", json!(frame.acled)),
                ("plover", json!(frame.codes.plover)),
                ("plover_mode", json!(frame.codes.mode)),
                ("cameo", json!(frame.codes.cameo)),
            ]);
        }
        self.words
            .extend(status.map(|status| ("status", json!(status))));
        Ok(self)
    }

    /// Whether nothing was typed.
    pub(super) fn is_empty(&self) -> bool {
        self.counts.is_empty()
            && self.place.is_none()
            && self.time.is_none()
            && self.words.is_empty()
    }

    /// Records the facts of an event of a report, one review for each field that changes; gives what
    /// a reader is told of it.
    ///
    /// # Errors
    /// Where the report has no such event, or the ledger cannot be written.
    pub(super) async fn record(
        &self,
        book: &Book,
        (report, finding): (&str, &str),
        signed: &SignedOptions,
    ) -> Result<Vec<String>, Failure> {
        let kept = book.report(report, Bounds::ALL).await?;
        let sheet = book.reviewed(&kept).await?.sheet;
        let event = sheet.events.iter().find(|event| event.id == finding);
        let event = event.ok_or_else(|| Failure::Word {
            what: "event of this report",
            word: finding.to_owned(),
            allowed: sheet
                .events
                .iter()
                .map(|event| format!("{} (“{}”)", event.id, event.anchor.quote))
                .collect::<Vec<String>>()
                .join(", "),
        })?;
        for Change { field, value } in self.changes(&sheet, event)? {
            let draft = ReviewDraft {
                finding: finding.to_owned(),
                field: Some(field.to_owned()),
                ruling: Ruling::Correct,
                value: Some(value),
                why: signed.why.clone(),
            };
            book.review(report, &draft, &signed.by, now()).await?;
        }
        let place = self
            .place
            .iter()
            .map(|place| format!("place: {}", place.told()));
        Ok(place.collect())
    }

    /// The fields that are to be something else than they are.
    fn changes(
        &self,
        sheet: &SheetJson<'_>,
        event: &EventJson<'_>,
    ) -> Result<Vec<Change>, Failure> {
        let mut changes: Vec<Change> = Vec::new();
        for (field, value) in self.words.clone() {
            changes.push(Change { field, value });
        }
        if !self.counts.is_empty() {
            let (tolls, status) = self.tolls(sheet, event);
            let value = serde_json::to_value(&tolls)?;
            changes.push(Change {
                field: "tolls",
                value,
            });
            changes.push(Change {
                field: "toll_status",
                value: json!(status),
            });
        }
        if let Some(place) = &self.place {
            let before = event.place.as_ref();
            let own = (event.anchor.span, event.anchor.quote.to_string());
            let (span, quote) = spot(sheet, &place.typed, event)
                .or_else(|| spot(sheet, &place.name, event))
                .or_else(|| before.map(|before| (before.span, before.quote.to_string())))
                .unwrap_or(own);
            changes.push(Change {
                field: "place",
                value: place.value(span, &quote),
            });
        }
        if let Some(days) = self.time {
            let before = event.time.as_ref();
            let words = before.and_then(|time| Some((time.span?, time.quote.clone()?)));
            let (span, quote) = words.unwrap_or((event.anchor.span, event.anchor.quote.clone()));
            let time = EventTimeJson {
                span: Some(span),
                quote: Some(quote),
                start: Some(days.start.to_string()),
                end: Some(days.end.to_string()),
                date_prec: days.precision(),
            };
            changes.push(Change {
                field: "time",
                value: serde_json::to_value(&time)?,
            });
        }
        let now = serde_json::to_value(event)?;
        changes.retain(|change| now.get(change.field) != Some(&change.value));
        Ok(changes)
    }

    /// The tolls of an event with the counts that were typed, and what is known of them as a whole.
    fn tolls<'e>(
        &self,
        sheet: &SheetJson<'_>,
        event: &EventJson<'e>,
    ) -> (Vec<TollJson<'e>>, &'static str) {
        let mut tolls = event.tolls.clone();
        for &(effect, count) in &self.counts {
            let before = tolls.iter().position(|toll| toll.effect == effect);
            let words = before.and_then(|at| tolls.get(at)).cloned();
            tolls.retain(|toll| toll.effect != effect);
            let Count::Some { low, high, bound } = count else {
                continue;
            };
            let toll = words.unwrap_or_else(|| {
                let anchor = (event.anchor.span, event.anchor.quote.to_string());
                let (span, quote) = spot(sheet, &low.to_string(), event).unwrap_or(anchor);
                TollJson {
                    span,
                    quote: quote.into(),
                    effect: effect.into(),
                    who: "people".into(),
                    low,
                    high,
                    bound: bound.into(),
                    by: None,
                }
            });
            let toll = TollJson {
                low,
                high,
                bound: bound.into(),
                ..toll
            };
            tolls.insert(before.unwrap_or(tolls.len()).min(tolls.len()), toll);
        }
        let all = |count| self.counts.iter().any(|(_, typed)| *typed == count);
        let status = if !tolls.is_empty() {
            "counted"
        } else if all(Count::Unknown) {
            "unknown"
        } else if all(Count::Nobody) {
            "none"
        } else {
            "not-stated"
        };
        (tolls, status)
    }
}

/// Where the report has these words whole, the nearest to the event.
fn spot(sheet: &SheetJson<'_>, words: &str, event: &EventJson<'_>) -> Option<([usize; 2], String)> {
    let text = sheet.report.text.as_ref();
    if words.is_empty() {
        return None;
    }
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole = text.match_indices(words).filter(|(at, _)| {
        let before = text
            .get(..*at)
            .and_then(|before| before.chars().next_back());
        let behind = text.get(at + words.len()..);
        let behind = behind.and_then(|behind| behind.chars().next());
        !is_letter(before) && !is_letter(behind)
    });
    let starts = whole.filter_map(|(at, _)| Some(text.get(..at)?.chars().count()));
    let start = starts.min_by_key(|start| start.abs_diff(event.anchor.span[0]))?;
    Some(([start, start + words.chars().count()], words.to_owned()))
}
