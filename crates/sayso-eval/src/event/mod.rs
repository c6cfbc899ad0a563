//! Events against the gold: what is found, by type, and what kinds of error are made.

pub(crate) mod kinds;
pub(crate) mod sentence;
pub(crate) mod tables;
pub(crate) mod toll;

use anyhow::Result;
use sayso_core::Event;
use sayso_text::Span;

use crate::coding::Answer;
use crate::gold::sheets::{self, EventRecord};
use crate::words::{WordSet, Words, greedy};

/// The most events that an annotation has: beyond it the gold may have left some out.
pub(crate) const CAP: usize = 8;
/// Sides of these types may be swapped.
const EITHER_SIDE: &str = "Armed clash";

/// One report's events beside the gold's.
pub(crate) struct Compared<'a> {
    /// The program's answer.
    pub(crate) answer: &'a Answer,
    /// The gold.
    pub(crate) gold: Vec<Told>,
    /// The program's events of an ACLED type.
    pub(crate) found: Vec<Told>,
    /// The program's events of no ACLED type.
    pub(crate) others: Vec<Told>,
    /// Pairs of gold and program.
    pub(crate) pairs: Vec<Pair>,
    /// Tolls of the gold, over the document.
    pub(crate) gold_tolls: Vec<toll::Toll>,
    /// Tolls of the program, over the document.
    pub(crate) found_tolls: Vec<toll::Toll>,
}

/// One event, of gold or program, in the scorer's terms.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// The trigger's characters.
    pub(crate) span: Span,
    /// Words of the trigger.
    pub(crate) anchor: WordSet,
    /// Number of the sentence the trigger stands in.
    sentence: usize,
    /// ACLED sub-event type; empty where there is none.
    pub(crate) kind: String,
    /// Words of each span of side a and side b.
    pub(crate) sides: [Vec<WordSet>; 2],
    /// Latitude and longitude.
    pub(crate) at: Option<(f64, f64)>,
    /// First and last day.
    pub(crate) days: [Option<String>; 2],
    /// What is known of the toll.
    pub(crate) toll_status: String,
    /// Whether it is said to have happened.
    pub(crate) status: String,
    /// Its tolls as (effect, low, bound), sorted.
    pub(crate) tolls: Vec<(String, u64, String)>,
    /// The program's rule for the type, without the trigger's word; empty for gold.
    pub(crate) rule: String,
    /// Where the program's event is mentioned, by the words' bytes; empty for gold.
    pub(crate) mentions: Vec<usize>,
}

/// A gold event that is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// Index of the gold.
    pub(crate) gold: usize,
    /// Index of the program's.
    pub(crate) found: usize,
    /// Whether type, status and sides are right too.
    pub(crate) full: bool,
}

impl<'a> Compared<'a> {
    /// Pairs the events of one report as the scorer does: first those whose triggers share a word,
    /// then those of one type in one sentence.
    ///
    /// # Errors
    /// Where words of the gold are not in the text.
    pub(crate) fn new(answer: &'a Answer, records: &[EventRecord]) -> Result<Self> {
        let text = answer.coded.reading.text();
        let words = Words::of(text);
        let starts = sentence::starts(text);
        let gold = records
            .iter()
            .map(|record| of_gold(record, text, &words, &starts))
            .collect::<Result<Vec<Told>>>()?;
        let all = answer.coded.sheet.events.iter();
        let (found, others): (Vec<Told>, Vec<Told>) = all
            .map(|event| of_program(event, answer, &words, &starts))
            .partition(|told| !told.kind.is_empty());
        let mut rated = Vec::new();
        for (i, g) in gold.iter().enumerate() {
            for (j, f) in found.iter().enumerate() {
                if let Some(rank) = rank(g, f) {
                    rated.push((rank, i, j));
                }
            }
        }
        let pairs = greedy(rated)
            .into_iter()
            .map(|(i, j)| Pair {
                gold: i,
                found: j,
                full: right(&gold[i], &found[j]),
            })
            .collect();
        Ok(Self {
            gold_tolls: toll::of_gold(records, text, &words)?,
            found_tolls: toll::of_program(&answer.coded.sheet.events, &words),
            answer,
            gold,
            found,
            others,
            pairs,
        })
    }

    /// The pair of the gold event `index`, if it is found.
    pub(crate) fn pair_of(&self, index: usize) -> Option<Pair> {
        self.pairs.iter().copied().find(|pair| pair.gold == index)
    }

    /// Events of the program that answer nothing. None where the gold may have left some out.
    pub(crate) fn spurious(&self) -> Vec<usize> {
        if self.gold.len() >= CAP {
            return Vec::new();
        }
        (0..self.found.len())
            .filter(|&j| self.pairs.iter().all(|pair| pair.found != j))
            .collect()
    }
}

fn of_gold(record: &EventRecord, text: &str, words: &Words, starts: &[usize]) -> Result<Told> {
    let span = sheets::first(&record.anchor, text)?;
    let anchor = words.within(&[span]);
    let side = |spans: &[String]| -> Result<Vec<WordSet>> {
        spans
            .iter()
            .map(|s| Ok(words.within(&sheets::everywhere(s, text)?)))
            .collect()
    };
    let day = |day: &Option<String>| day.as_ref().map(|d| d.chars().take(10).collect());
    let mut tolls: Vec<_> = record
        .tolls
        .iter()
        .map(|t| (t.effect.clone(), t.low, t.bound.clone()))
        .collect();
    tolls.sort();
    Ok(Told {
        span,
        sentence: sentence::of(starts, anchor.first().unwrap_or(0)),
        anchor,
        kind: record.kind.clone(),
        sides: [side(&record.side_a)?, side(&record.side_b)?],
        at: record.place.as_ref().and_then(|p| Some((p.lat?, p.lon?))),
        days: [day(&record.start), day(&record.end)],
        toll_status: record.toll_status.clone(),
        status: record.status.clone(),
        tolls,
        rule: String::new(),
        mentions: Vec::new(),
    })
}

fn of_program(event: &Event, answer: &Answer, words: &Words, starts: &[usize]) -> Told {
    let anchor = words.within(&[event.anchor]);
    let side = |sides: &[sayso_core::Side]| -> Vec<WordSet> {
        sides.iter().map(|s| words.within(&[s.span])).collect()
    };
    let mut tolls: Vec<_> = event
        .tolls
        .iter()
        .map(|t| {
            (
                t.effect.as_str().to_owned(),
                t.low,
                t.bound.as_str().to_owned(),
            )
        })
        .collect();
    tolls.sort();
    let day = |day: Option<String>| day.map(|d| d.chars().take(10).collect());
    let time = event.time.as_ref();
    let tokens = &answer.coded.reading.tokens;
    Told {
        span: event.anchor,
        sentence: sentence::of(starts, anchor.first().unwrap_or(0)),
        anchor,
        kind: event.acled.unwrap_or("").to_owned(),
        sides: [side(&event.side_a), side(&event.side_b)],
        at: event.place.as_ref().and_then(|p| Some((p.lat?, p.lon?))),
        days: [
            day(time.and_then(|t| t.start).map(|d| d.to_string())),
            day(time.and_then(|t| t.end).map(|d| d.to_string())),
        ],
        toll_status: event.toll_status.as_str().to_owned(),
        status: event.status.as_str().to_owned(),
        tolls,
        rule: event
            .why
            .get("type")
            .and_then(|reason| reason.rule.split('/').next())
            .unwrap_or("")
            .to_owned(),
        mentions: event
            .mention_tokens
            .iter()
            .filter_map(|&t| tokens.get(t).map(|token| token.span.start()))
            .collect(),
    }
}

/// How well `found` answers `gold`; `None` where it does not.
fn rank(gold: &Told, found: &Told) -> Option<(u8, bool, i64)> {
    let same = gold.kind == found.kind;
    let rank = if gold.anchor.shared(&found.anchor) > 0 {
        2 + u8::from(same)
    } else if !found.anchor.is_empty() && gold.sentence == found.sentence && same {
        1
    } else {
        return None;
    };
    let away = gold.anchor.first()?.abs_diff(found.anchor.first()?);
    let away = i64::try_from(away).unwrap_or(i64::MAX);
    Some((rank, right(gold, found), -away))
}

/// Type and status equal, and each side that the gold fills is met.
fn right(gold: &Told, found: &Told) -> bool {
    let sides = oriented(gold, found);
    gold.kind == found.kind
        && gold.status == found.status
        && (0..2).all(|k| gold.sides[k].is_empty() || hits(&gold.sides[k], &sides[k]) > 0)
}

/// The program's sides, swapped where a clash agrees better so.
pub(crate) fn oriented(gold: &Told, found: &Told) -> [Vec<WordSet>; 2] {
    let [a, b] = found.sides.clone();
    let agreement =
        |a: &[WordSet], b: &[WordSet]| hits(&gold.sides[0], a) + hits(&gold.sides[1], b);
    if gold.kind == EITHER_SIDE && agreement(&b, &a) > agreement(&a, &b) {
        [b, a]
    } else {
        [a, b]
    }
}

/// How many spans match one to one by a word in common.
pub(crate) fn hits(gold: &[WordSet], found: &[WordSet]) -> usize {
    let mut pairs = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, f) in found.iter().enumerate() {
            let shared = g.shared(f);
            if shared > 0 {
                pairs.push((shared, i, j));
            }
        }
    }
    greedy(pairs).len()
}

/// Great-circle distance in kilometres, on a sphere of 6371 km.
pub(crate) fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let [lat1, lon1, lat2, lon2] = [a.0, a.1, b.0, b.1].map(f64::to_radians);
    let h = ((lat2 - lat1) / 2.0).sin().powi(2)
        + lat1.cos() * lat2.cos() * ((lon2 - lon1) / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::gold::sheets::Annotation;
    use crate::statement::tests::answer;

    /// Gold events of these fields; what is left out is empty.
    pub(crate) fn records(json: &str) -> Vec<EventRecord> {
        let annotation: Annotation =
            serde_json::from_str(&format!(r#"{{"statements": [], "events": [{json}]}}"#)).unwrap();
        annotation.events
    }

    pub(crate) const SHELLING: &str = r#"{"anchor": "shelled",
        "type": "Shelling/artillery/missile attack", "side_a": ["The army"],
        "side_b": ["the village of Orla", "three civilians"], "place": null, "start": null,
        "end": null,
        "tolls": [{"span": "three civilians", "effect": "killed", "who": "civilians", "low": 3,
        "bound": "exact"}], "toll_status": "counted", "status": "asserted"}"#;
    pub(crate) const TEXT: &str =
        "The army shelled the village of Orla on Monday, killing three civilians.";

    #[test]
    fn a_found_event_is_paired_and_judged() {
        let answer = answer(TEXT);
        let compared = Compared::new(&answer, &records(SHELLING)).unwrap();
        assert_eq!(compared.pairs.len(), 1);
        assert!(compared.pairs[0].full);
        assert!(compared.spurious().is_empty());
        let none = Compared::new(&answer, &[]).unwrap();
        assert_eq!(none.spurious(), [0]);
    }

    #[test]
    fn sides_of_a_clash_may_be_swapped() {
        let set = |at: usize| Words::of("a b c d").within(&[Span::new(at, at + 1)]);
        let told = |kind: &str, a: usize, b: usize| Told {
            span: Span::new(0, 1),
            anchor: set(0),
            sentence: 1,
            kind: kind.to_owned(),
            sides: [vec![set(a)], vec![set(b)]],
            at: None,
            days: [None, None],
            toll_status: String::new(),
            status: String::new(),
            tolls: Vec::new(),
            rule: String::new(),
            mentions: Vec::new(),
        };
        assert!(right(
            &told("Armed clash", 2, 4),
            &told("Armed clash", 4, 2)
        ));
        assert!(!right(&told("Attack", 2, 4), &told("Attack", 4, 2)));
    }

    #[test]
    fn distances_are_on_the_sphere() {
        let (paris, london) = ((48.8567, 2.3508), (51.5074, -0.1278));
        assert!((kilometres(paris, london) - 343.0).abs() < 2.0);
    }
}
