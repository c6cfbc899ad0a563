//! Tolls against the gold, over a whole document, whichever event they stand in.

use anyhow::Result;
use sayso_core::Event;
use sayso_text::Span;

use super::Compared;
use crate::gold::sheets::{self, EventRecord};
use crate::statement::cue_word::words_of;
use crate::statement::kinds::Fault;
use crate::words::{WordSet, Words, greedy};

/// A count of people.
#[derive(Clone, Debug)]
pub(crate) struct Toll {
    span: Span,
    words: WordSet,
    effect: String,
    who: String,
    low: u64,
    bound: String,
}

/// The gold's.
pub(super) fn of_gold(records: &[EventRecord], text: &str, words: &Words) -> Result<Vec<Toll>> {
    records
        .iter()
        .flat_map(|record| &record.tolls)
        .map(|toll| {
            Ok(Toll {
                span: sheets::first(&toll.span, text)?,
                words: words.within(&sheets::everywhere(&toll.span, text)?),
                effect: toll.effect.clone(),
                who: toll.who.clone(),
                low: toll.low,
                bound: toll.bound.clone(),
            })
        })
        .collect()
}

/// The program's.
pub(super) fn of_program(events: &[Event], words: &Words) -> Vec<Toll> {
    events
        .iter()
        .flat_map(|event| &event.tolls)
        .map(|toll| Toll {
            span: toll.span,
            words: words.within(&[toll.span]),
            effect: toll.effect.as_str().to_owned(),
            who: toll.who.as_str().to_owned(),
            low: toll.low,
            bound: toll.bound.as_str().to_owned(),
        })
        .collect()
}

/// What is wrong with the tolls of one report.
///
/// Gold and program are paired by words in common, equal effects, numbers and bounds first. What
/// then differs in a pair is an error each; gold left over is missed, by how it counts; the
/// program's left over is spurious, by its effect.
pub(crate) fn faults(compared: &Compared<'_>) -> Vec<Fault> {
    let (gold, found) = (&compared.gold_tolls, &compared.found_tolls);
    let mut near = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, f) in found.iter().enumerate() {
            let same = [g.effect == f.effect, g.low == f.low, g.bound == f.bound];
            let equal = same.iter().filter(|s| **s).count();
            // A number told twice is one toll: the gold may quote the other place.
            if g.words.shared(&f.words) > 0 || equal == 3 {
                near.push(((equal, g.words.shared(&f.words)), i, j));
            }
        }
    }
    let pairs = greedy(near);
    let mut faults = Vec::new();
    let fault = |kind: String, gold: Option<&Toll>, found: Option<&Toll>| Fault {
        kind,
        gold: gold.map(|t| t.span),
        found: found.map(|t| t.span),
    };
    for &(i, j) in &pairs {
        let (g, f) = (&gold[i], &found[j]);
        for (what, want, got) in [
            ("effect", &g.effect, &f.effect),
            ("bound", &g.bound, &f.bound),
            ("who", &g.who, &f.who),
        ] {
            if want != got {
                faults.push(fault(
                    format!("toll: {what} {want} read as {got}"),
                    Some(g),
                    Some(f),
                ));
            }
        }
        if g.low != f.low {
            faults.push(fault("toll: another number".to_owned(), Some(g), Some(f)));
        }
    }
    let text = compared.answer.coded.reading.text();
    for (i, toll) in gold.iter().enumerate() {
        if pairs.iter().all(|pair| pair.0 != i) {
            let how = how_counted(toll.span.of(text));
            faults.push(fault(format!("toll: missed, {how}"), Some(toll), None));
        }
    }
    for (j, toll) in found.iter().enumerate() {
        if pairs.iter().all(|pair| pair.1 != j) {
            let kind = format!("toll: spurious, {}", toll.effect);
            faults.push(fault(kind, None, Some(toll)));
        }
    }
    faults
}

/// How the words of a gold toll count.
fn how_counted(words: &str) -> &'static str {
    const NUMBERS: [&str; 24] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "both",
    ];
    const VAGUE: [&str; 12] = [
        "dozen",
        "dozens",
        "scores",
        "several",
        "hundreds",
        "thousands",
        "millions",
        "many",
        "some",
        "tens",
        "few",
        "multiple",
    ];
    let list = words_of(words);
    if words.contains(|c: char| c.is_ascii_digit()) {
        "in digits"
    } else if list.iter().any(|w| VAGUE.contains(&w.as_str())) {
        "by a vague word"
    } else if list
        .iter()
        .any(|w| NUMBERS.contains(&w.split('-').next().unwrap_or("")))
    {
        "in words"
    } else {
        "without a number"
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{SHELLING, TEXT, records};
    use super::*;
    use crate::statement::tests::answer;

    fn kinds(gold: &str) -> Vec<String> {
        let answer = answer(TEXT);
        let compared = Compared::new(&answer, &records(gold)).unwrap();
        faults(&compared).into_iter().map(|f| f.kind).collect()
    }

    #[test]
    fn each_field_of_a_toll_is_judged() {
        assert_eq!(kinds(SHELLING), Vec::<String>::new());
        let other = SHELLING
            .replace(r#""low": 3"#, r#""low": 4"#)
            .replace("killed", "injured");
        assert_eq!(
            kinds(&other),
            [
                "toll: effect injured read as killed",
                "toll: another number"
            ]
        );
    }

    #[test]
    fn tolls_left_over_are_missed_or_spurious() {
        assert_eq!(kinds(""), ["toll: spurious, killed"]);
        assert_eq!(how_counted("at least 16 people"), "in digits");
        assert_eq!(how_counted("dozens of people"), "by a vague word");
        assert_eq!(how_counted("four women"), "in words");
        assert_eq!(how_counted("the attacker"), "without a number");
    }
}
