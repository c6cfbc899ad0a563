//! Kind and country of those who speak and act, against a gold of this project's own.
//!
//! The scorers have no task for them, so the measure is this one. Each phrase of the gold
//! (`data/actors.tsv`) is paired with the actor of the sheet that has the mention which overlaps it
//! most, by at least three tenths of what the two cover together, or is a pronoun in it. A phrase
//! without one is not
//! found: whom the program neither hears nor sees act is no actor of the sheet. Of those found,
//! kind and country are right if they are the gold's, or one of two that it leaves open.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use sayso_core::Actor;
use sayso_text::Span;

use crate::coding::Answer;
use crate::gold::Bytes;
use crate::table::{Table, share};

/// Least overlap of a phrase and a mention, as a share of what they cover together.
const OVERLAP: f64 = 0.3;

/// One phrase of the gold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    document: String,
    /// `[start, end)` in code points.
    start: usize,
    end: usize,
    kinds: Vec<String>,
    countries: Vec<String>,
}

/// A phrase, its words and the actor that it is paired with.
struct Pair<'a> {
    phrase: &'a Phrase,
    words: &'a str,
    actor: Option<&'a Actor>,
}

impl Pair<'_> {
    fn kind_is_right(&self) -> bool {
        self.actor
            .is_some_and(|actor| self.phrase.kinds.iter().any(|k| k == actor.kind.as_str()))
    }

    fn country_is_right(&self) -> bool {
        self.actor.is_some_and(|actor| {
            let found = actor.country.as_deref().unwrap_or("-");
            self.phrase.countries.iter().any(|country| country == found)
        })
    }
}

/// Reads the gold.
///
/// # Errors
/// Where the file cannot be read, or a line has not five fields.
pub(crate) fn read(gold: &Path) -> Result<Vec<Phrase>> {
    let text = fs::read_to_string(gold).with_context(|| format!("no gold {}", gold.display()))?;
    parse(&text).with_context(|| format!("in {}", gold.display()))
}

fn parse(text: &str) -> Result<Vec<Phrase>> {
    let list = |field: &str| field.split('|').map(str::to_owned).collect();
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        .map(|(number, line)| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [document, start, end, kinds, countries] = fields[..] else {
                anyhow::bail!("line {}: five fields are wanted: {line}", number + 1);
            };
            let bound = |field: &str| {
                field
                    .parse()
                    .with_context(|| format!("line {}: `{field}` is no offset", number + 1))
            };
            Ok(Phrase {
                document: document.to_owned(),
                start: bound(start)?,
                end: bound(end)?,
                kinds: list(kinds),
                countries: list(countries),
            })
        })
        .collect()
}

/// The documents that the gold speaks of.
pub(crate) fn documents(phrases: &[Phrase]) -> BTreeSet<&str> {
    phrases.iter().map(|p| p.document.as_str()).collect()
}

fn pairs<'a>(phrases: &'a [Phrase], answers: &'a [Answer]) -> Result<Vec<Pair<'a>>> {
    phrases
        .iter()
        .map(|phrase| {
            let answer = answers
                .iter()
                .find(|answer| answer.id == phrase.document)
                .with_context(|| format!("{} was not coded", phrase.document))?;
            let text = answer.coded.reading.text();
            let span = Bytes::of(text).span(phrase.start, phrase.end);
            ensure!(
                span.start() < span.end(),
                "{}: no text at {}",
                phrase.document,
                phrase.start
            );
            let best = answer
                .coded
                .sheet
                .actors
                .iter()
                .flat_map(|actor| {
                    actor
                        .mentions
                        .iter()
                        .map(move |m| (shared(span, *m), is_short_in(*m, span), actor))
                })
                .filter(|(overlap, short, _)| *overlap >= OVERLAP || *short)
                .map(|(overlap, _, actor)| (overlap, actor))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            Ok(Pair {
                phrase,
                words: span.of(text),
                actor: best.map(|(_, actor)| actor),
            })
        })
        .collect()
}

/// Whether a mention of a few letters stands in a phrase: the gold writes a pronoun with its verb
/// ("it also notes") where the pronoun alone would not say which one is meant.
fn is_short_in(mention: Span, phrase: Span) -> bool {
    const PRONOUN: usize = 5;
    let length = mention.end() - mention.start();
    phrase.start() <= mention.start() && mention.end() <= phrase.end() && length <= PRONOUN
}

/// How much of what two spans cover together is in both.
fn shared(a: Span, b: Span) -> f64 {
    let inside = a
        .end()
        .min(b.end())
        .saturating_sub(a.start().max(b.start()));
    let all = a.end().max(b.end()) - a.start().min(b.start());
    inside as f64 / all.max(1) as f64
}

/// Found phrases, kinds and countries, by the gold's kind.
///
/// # Errors
/// Where a document of the gold was not coded.
pub(crate) fn table(phrases: &[Phrase], answers: &[Answer]) -> Result<String> {
    let pairs = pairs(phrases, answers)?;
    let mut tallies: BTreeMap<&str, [usize; 5]> = BTreeMap::new();
    let mut sum = [0; 5];
    for pair in &pairs {
        let kind = pair.phrase.kinds.first().map_or("-", String::as_str);
        let registered = pair.actor.is_some_and(|actor| actor.registry.is_some());
        let counts = [
            true,
            pair.actor.is_some(),
            pair.kind_is_right(),
            pair.country_is_right(),
            registered,
        ];
        let tally = tallies.entry(kind).or_default();
        for ((one, all), counts) in tally.iter_mut().zip(&mut sum).zip(counts) {
            *one += usize::from(counts);
            *all += usize::from(counts);
        }
    }
    let mut table = Table::new(&[
        "kind",
        "gold",
        "found",
        "kind right",
        "country right",
        "in the registry",
        "kind",
        "country",
    ]);
    for (kind, tally) in tallies.iter().map(|(k, t)| (*k, *t)).chain([("all", sum)]) {
        let [gold, found, kinds, countries, registered] = tally;
        table.row([
            kind.to_owned(),
            gold.to_string(),
            found.to_string(),
            kinds.to_string(),
            countries.to_string(),
            registered.to_string(),
            share(kinds, found),
            share(countries, found),
        ]);
    }
    Ok(table.finish())
}

/// Every phrase whose kind or country is wrong, or that is not found, with its words: `kind`,
/// `country` or `missed`.
///
/// # Errors
/// Where a document of the gold was not coded.
pub(crate) fn errors(phrases: &[Phrase], answers: &[Answer], what: &str) -> Result<String> {
    let mut text = String::new();
    for pair in pairs(phrases, answers)? {
        let faults = [
            ("missed", pair.actor.is_none(), "", String::new()),
            (
                "kind",
                pair.actor.is_some() && !pair.kind_is_right(),
                pair.actor.map_or("", |actor| actor.kind.as_str()),
                pair.phrase.kinds.join("|"),
            ),
            (
                "country",
                pair.actor.is_some() && !pair.country_is_right(),
                pair.actor.and_then(|a| a.country.as_deref()).unwrap_or("-"),
                pair.phrase.countries.join("|"),
            ),
        ];
        for (kind, wrong, found, gold) in faults {
            if wrong && kind.starts_with(what) {
                let words: Vec<&str> = pair.words.split_whitespace().collect();
                let _ = writeln!(
                    text,
                    "{} — {kind}: gold {gold}, found {found}\n    {}",
                    pair.phrase.document,
                    words.join(" ")
                );
            }
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::answer;

    const SENTENCE: &str = "The Sudanese army shelled the village of Orla in Sudan on Monday.";

    #[test]
    fn the_gold_is_read_whole() {
        let gold = parse(include_str!("../data/actors.tsv")).unwrap();
        assert!(gold.len() > 200 && documents(&gold).len() == 16);
        for phrase in &gold {
            for kind in &phrase.kinds {
                assert!(sayso_core::ActorKind::parse(kind).is_some(), "{phrase:?}");
            }
            for country in &phrase.countries {
                assert!(country == "-" || country.len() == 3, "{phrase:?}");
            }
        }
        assert!(parse("a\t1\t2\tmedia\n").is_err());
        assert!(parse("a\tx\t2\tmedia\t-\n").is_err());
    }

    #[test]
    fn right_wrong_and_missed_are_told_apart() {
        let answers = [answer(SENTENCE)];
        let id = answers[0].id.clone();
        let gold = |kind: &str, country: &str, start: usize, end: usize| {
            format!("{id}\t{start}\t{end}\t{kind}\t{country}\n")
        };
        let right = parse(&gold("state-forces", "EGY|SDN", 0, 17)).unwrap();
        let table = table(&right, &answers).unwrap();
        assert!(
            table.contains("| all | 1 | 1 | 1 | 1 | 1 | 1.00 | 1.00 |"),
            "{table}"
        );
        let wrong =
            parse(&(gold("rioters", "EGY", 0, 17) + &gold("civilians", "SDN", 59, 65))).unwrap();
        let shown = errors(&wrong, &answers, "").unwrap();
        for part in [
            "kind: gold rioters, found state-forces",
            "country: gold EGY, found SDN",
            "missed",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        let behind = parse(&gold("media", "-", 900, 901)).unwrap();
        assert!(errors(&behind, &answers, "").is_err());
    }
}
