//! Invented reports and sheets as small as they can be.

use sayso_api::SheetJson;
use sayso_ledger::{About, Added, Book, Content, Incoming, LedgerError, Moment};
use serde_json::{Value, json};

/// A moment of one day of October 2025.
pub fn at(day: u32) -> Moment {
    Moment::latest(&format!("2025-10-{day:02}T12:00:00Z")).unwrap()
}

pub const MARKET: &str = "A shell hit the market of Qasr Dunya on Monday, killing three people, a \
    medic said. The Northern Guard denied that it had fired.";

pub const BRIDGE: &str = "The bridge at Wadi Sefra was closed on Tuesday, the governor’s office \
    announced. Residents said that no reason was given.";

/// A report with a statement for each of `said` and an event for each of `happened`.
pub struct Sample {
    pub id: &'static str,
    pub text: &'static str,
    pub published: &'static str,
    pub version: &'static str,
    pub said: Vec<(&'static str, &'static str)>,
    pub happened: Vec<(&'static str, &'static str)>,
}

pub fn market() -> Sample {
    Sample {
        id: "market-1",
        text: MARKET,
        published: "2025-10-06",
        version: "0.1.0",
        said: vec![
            (
                "A shell hit the market of Qasr Dunya on Monday, killing three people",
                "report",
            ),
            ("it had fired", "deny"),
        ],
        happened: vec![("hit", "Shelling/artillery/missile attack")],
    }
}

pub fn bridge() -> Sample {
    Sample {
        id: "bridge-1",
        text: BRIDGE,
        published: "2025-10-07",
        version: "0.1.0",
        said: vec![("no reason was given", "report")],
        happened: Vec::new(),
    }
}

/// `[start, end)` of words in code points.
fn span(text: &str, words: &str) -> [usize; 2] {
    let at = text.find(words).unwrap_or_else(|| panic!("no `{words}`"));
    let start = text[..at].chars().count();
    [start, start + words.chars().count()]
}

/// Depends on the span alone, as the program's own ids do.
pub fn id_of(prefix: char, text: &str, words: &str) -> String {
    let [start, end] = span(text, words);
    format!("{prefix}:{:012x}", start * 10_000 + end)
}

impl Sample {
    pub fn about(&self) -> About {
        About {
            id: self.id.to_owned(),
            title: Some(format!("News of {}", self.id)),
            outlet: Some("Sefra Courier".to_owned()),
            url: None,
            published: Some(self.published.to_owned()),
            language: Some("en".to_owned()),
            ..About::default()
        }
    }

    pub fn content(&self) -> Content {
        Content {
            text: self.text.to_owned(),
            bytes: format!("<p>{}</p>", self.text).into_bytes(),
        }
    }

    pub fn sheet(&self) -> SheetJson<'static> {
        let quoted = |words: &str| json!({"span": span(self.text, words), "quote": words});
        let statements: Vec<Value> = self
            .said
            .iter()
            .map(|(words, act)| {
                json!({
                    "id": id_of('s', self.text, words), "act": act, "polarity": "affirmed",
                    "certainty": "certain", "plover": null, "cameo": null, "sources": [],
                    "cue": null, "content": [quoted(words)], "to": null, "medium": null,
                    "within": null, "confidence": 0.9, "why": {},
                    "events": self.happened.iter()
                        .map(|(anchor, _)| id_of('e', self.text, anchor)).collect::<Vec<_>>(),
                })
            })
            .collect();
        let events: Vec<Value> = self
            .happened
            .iter()
            .map(|(anchor, acled)| {
                json!({
                    "id": id_of('e', self.text, anchor), "anchor": quoted(anchor), "acled": acled,
                    "plover": "ASSAULT", "plover_mode": null, "cameo": "194", "side_a": [],
                    "side_b": [], "weapons": [], "place": null, "time": null, "tolls": [],
                    "toll_status": "not-stated", "status": "asserted", "aggregate": false,
                    "statements": [], "confidence": 0.8, "why": {},
                })
            })
            .collect();
        let about = self.about();
        serde_json::from_value(json!({
            "schema": "sayso.sheet/1",
            "made_by": {"sayso": self.version, "model": "m", "lexicon": "l", "gazetteer": "g"},
            "report": {
                "id": self.id, "title": about.title, "text": self.text, "outlet": about.outlet,
                "url": null, "published": self.published, "language": "en",
            },
            "statements": statements, "events": events, "actors": [], "places": [], "times": [],
            "notes": [],
        }))
        .unwrap()
    }

    pub async fn add(&self, book: &Book, now: Moment) -> Result<Added, LedgerError> {
        self.add_with(book, false, now).await
    }

    pub async fn add_with(
        &self,
        book: &Book,
        corrections: bool,
        now: Moment,
    ) -> Result<Added, LedgerError> {
        let sheet = self.sheet();
        let incoming = Incoming {
            about: self.about(),
            content: self.content(),
            sheet: &sheet,
        };
        book.add(&incoming, corrections, now).await
    }
}
