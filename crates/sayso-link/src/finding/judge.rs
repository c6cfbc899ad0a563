//! From answers to a standing: corroborated, single-source, disputed, denied, unknown.

use std::collections::{BTreeMap, BTreeSet};

use sayso_api::FindingJson;

use super::answer::{Answer, is_of_other_deed};
use super::count::{Range, by_acled, range};
use crate::digest::day;
use crate::origin::Attributions;
use crate::rule::JudgingRule as Rule;
use crate::words::{folded, words};

/// Judges the answers to one question (DESIGN.md, rules of judgement); those of origins that are
/// not `trusted` are left out of low and high.
pub(super) fn judge(
    question: &str,
    answers: Vec<Answer>,
    trusted: impl Fn(&Answer) -> bool,
    attributions: Attributions<'_>,
) -> FindingJson {
    let status = status(question, &answers, attributions);
    let (low, conservative, high) = if super::evidence::is_count(question) {
        numbers(&answers, trusted, attributions)
    } else {
        (None, None, None)
    };
    FindingJson {
        question: question.to_owned(),
        status: status.to_owned(),
        answers: answers.into_iter().map(|answer| answer.json).collect(),
        low,
        conservative,
        high,
    }
}

/// Answers that no later one of their origin has replaced, with this stance.
fn standing<'a>(answers: &'a [Answer], stance: &str) -> Vec<&'a Answer> {
    answers
        .iter()
        .filter(|answer| !answer.json.superseded && answer.json.stance == stance)
        .collect()
}

/// Rumours are left out where somebody stands by an answer.
fn vouched<'a>(asserts: Vec<&'a Answer>, attributions: Attributions<'_>) -> Vec<&'a Answer> {
    let vouched = asserts.iter().any(|answer| !answer.rumour) && attributions.has(Rule::Rumour);
    let stays = |answer: &&Answer| !vouched || !answer.rumour;
    asserts.into_iter().filter(stays).collect()
}

/// Counts of some are left out where somebody counts all, but for those that no other origin counts
/// more than: who says “arrested fourteen of them” beside fourteen arrested says the same.
fn wholes<'a>(asserts: &[&'a Answer], attributions: Attributions<'_>) -> Vec<&'a Answer> {
    let all: Vec<&Answer> = asserts.iter().copied().filter(|a| !a.part).collect();
    let is_all = |some: &Answer| {
        let others = all.iter().filter(|other| other_origins(some, other));
        let as_large = |whole: &&Answer| whole.count.is_some() && some.count >= whole.count;
        attributions.has(Rule::PartAsLarge) && others.clone().any(as_large)
    };
    let stays = |answer: &&Answer| {
        !answer.part || all.is_empty() || is_all(answer) || !attributions.has(Rule::PartIsNoWhole)
    };
    asserts.iter().copied().filter(stays).collect()
}

/// Doers who are only described (“gunmen”) are left out where somebody names one.
fn named<'a>(asserts: Vec<&'a Answer>, attributions: Attributions<'_>) -> Vec<&'a Answer> {
    let names = |answer: &Answer| answer.identity.is_some() || attributions.names(value(answer));
    let some_name = asserts.iter().any(|answer| names(answer));
    let stays = |answer: &&Answer| !some_name || names(answer);
    asserts.into_iter().filter(stays).collect()
}

fn status(question: &str, answers: &[Answer], attributions: Attributions<'_>) -> &'static str {
    let asserts = vouched(standing(answers, "asserts"), attributions);
    let mut asserts = wholes(&asserts, attributions);
    if question == "who-did-it" && attributions.has(Rule::NamedDoer) {
        asserts = named(asserts, attributions);
    }
    let denies = standing(answers, "denies");
    let disputes = |denial: &&Answer| match question {
        "to-whom" | "place" | "time" if attributions.has(Rule::DenialNamesNoOther) => {
            asserts.iter().any(|answer| !other_origins(answer, denial))
        }
        "who-did-it" => !asserts
            .iter()
            .all(|answer| is_of_other_deed(denial, answer, attributions)),
        _ => true,
    };
    let disputed = denies.iter().any(disputes) && attributions.has(Rule::DeniedIsDisputed);
    match (asserts.is_empty(), denies.is_empty()) {
        (true, true) => "unknown",
        (true, false) => "denied",
        (false, _) if disputed || contradict(question, &asserts, attributions) => "disputed",
        (false, _) if agreed(question, &asserts, attributions) => "corroborated",
        (false, _) => "single-source",
    }
}

/// Whether two origins give answers that cannot both be right.
fn contradict(question: &str, asserts: &[&Answer], attributions: Attributions<'_>) -> bool {
    let mut pairs = asserts.iter().enumerate().flat_map(|(at, a)| {
        let others = asserts.get(..at).unwrap_or_default();
        others.iter().map(move |b| (*a, *b))
    });
    match question {
        "happened" | "to-whom" | "place" => false,
        "who-did-it" => attributions.has(Rule::OtherDoer) && parted(asserts),
        "type" => attributions.has(Rule::OtherMeans) && parted(asserts),
        "time" => attributions.has(Rule::OtherDays) && other_days(asserts),
        _ => {
            attributions.has(Rule::FiguresApart)
                && pairs.any(|(a, b)| {
                    other_origins(a, b)
                        && apart(value(a), value(b))
                        && !(attributions.has(Rule::LaterHigher) && has_risen(a, b))
                })
        }
    }
}

fn other_origins(a: &Answer, b: &Answer) -> bool {
    a.json.origin != b.json.origin
}

fn value(answer: &Answer) -> &str {
    answer.json.value.as_deref().unwrap_or_default()
}

/// The answers of each origin.
fn by_origin<'a>(asserts: &[&'a Answer]) -> Vec<Vec<&'a Answer>> {
    let mut origins: BTreeMap<&str, Vec<&'a Answer>> = BTreeMap::new();
    for answer in asserts {
        origins
            .entry(&answer.json.origin)
            .or_default()
            .push(*answer);
    }
    origins.into_values().collect()
}

/// Whether of some two of `all` this holds.
fn some_two<T>(all: &[T], holds: impl Fn(&T, &T) -> bool) -> bool {
    all.iter().enumerate().any(|(at, a)| {
        let others = all.get(..at).unwrap_or_default();
        others.iter().any(|b| holds(a, b))
    })
}

/// Whether two origins name none that is the same; one that names somebody who cannot be compared
/// contradicts nobody.
fn parted(asserts: &[&Answer]) -> bool {
    let keys: Vec<Option<BTreeSet<&String>>> = by_origin(asserts)
        .iter()
        .map(|own| own.iter().map(|answer| answer.identity.as_ref()).collect())
        .collect();
    some_two(&keys, |a, b| match (a, b) {
        (Some(a), Some(b)) => a.is_disjoint(b),
        _ => false,
    })
}

/// Whether all days of two origins lie at least two apart.
fn other_days(asserts: &[&Answer]) -> bool {
    some_two(&by_origin(asserts), |a, b| {
        a.iter().all(|a| {
            b.iter()
                .all(|b| days_between(value(a), value(b)).is_some_and(|days| days >= 2))
        })
    })
}

/// Whether the higher of two figures is of a later day.
fn has_risen(a: &Answer, b: &Answer) -> bool {
    let low = |answer: &Answer| range(value(answer)).map(|figure| figure.low.or(figure.high));
    let (lower, higher) = if low(a) <= low(b) { (a, b) } else { (b, a) };
    higher.at.day > lower.at.day
}

/// Whether two independent origins give answers that say the same.
fn agreed(question: &str, asserts: &[&Answer], attributions: Attributions<'_>) -> bool {
    let strong: Vec<&Answer> = asserts.iter().copied().filter(|a| !a.weak).collect();
    attributions.has(Rule::TwoOrigins)
        && strong.iter().enumerate().any(|(at, a)| {
            let others = strong.get(..at).unwrap_or_default();
            others.iter().any(|b| {
                let same_one = a.identity.is_some() && a.identity == b.identity;
                let same_spot = match (&a.at_place, &b.at_place) {
                    (Some(here), Some(there)) => here.agrees(there),
                    _ => false,
                };
                other_origins(a, b)
                    && !(attributions.has(Rule::OtherDeed) && other_deeds(a, b))
                    && (same_one
                        || (same_spot && attributions.has(Rule::PlaceInPlace))
                        || say_the_same(question, value(a), value(b), attributions))
            })
        })
}

/// Whether two answers rest on deeds of kinds of which none is the same.
fn other_deeds(a: &Answer, b: &Answer) -> bool {
    !a.deeds.is_empty() && !b.deeds.is_empty() && a.deeds.is_disjoint(&b.deeds)
}

/// Whether two answers to a question say the same.
pub(super) fn say_the_same(
    question: &str,
    a: &str,
    b: &str,
    attributions: Attributions<'_>,
) -> bool {
    if super::evidence::is_count(question) {
        a == b || (attributions.has(Rule::FiguresSuit) && !apart(a, b))
    } else if question == "time" {
        days_between(a, b) == Some(0)
    } else {
        a == b || (attributions.has(Rule::SameName) && same_name(a, b, attributions))
    }
}

/// Whether no number suits both figures.
fn apart(a: &str, b: &str) -> bool {
    let ends = |value: &str| range(value).map(|figure| (figure.low.unwrap_or(0), figure.high));
    match (ends(a), ends(b)) {
        (Some((a_low, a_high)), Some((b_low, b_high))) => {
            a_high.is_some_and(|high| high < b_low) || b_high.is_some_and(|high| high < a_low)
        }
        _ => false,
    }
}

/// Days from the one of two intervals to the other; 0 where they have one in common.
fn days_between(a: &str, b: &str) -> Option<i32> {
    let ((a_start, a_end), (b_start, b_end)) = (days(a)?, days(b)?);
    Some((b_start - a_end).max(a_start - b_end).max(0))
}

/// First and last day of an answer to when; an open end is later than every day, an open start
/// earlier.
pub(super) fn days(value: &str) -> Option<(i32, i32)> {
    let (start, end) = value.split_once('/').unwrap_or((value, value));
    Some(match (day(start), day(end)) {
        (Some(start), Some(end)) => (start, end),
        (Some(start), None) => (start, i32::MAX / 2),
        (None, Some(end)) => (i32::MIN / 2, end),
        (None, None) => return None,
    })
}

/// Whether two names are of one: equal, or the words of one stand in the other.
fn same_name(a: &str, b: &str, attributions: Attributions<'_>) -> bool {
    let (a, b) = (who(a, attributions), who(b, attributions));
    (!a.is_empty() && a.is_subset(&b)) || (!b.is_empty() && b.is_subset(&a))
}

/// The words that say who is meant. How many there are (“at least 56 civilians”) is no part of it.
pub(super) fn who(name: &str, attributions: Attributions<'_>) -> BTreeSet<String> {
    let counts = |word: &str| {
        let digits = word.starts_with(|c: char| c.is_ascii_digit());
        digits || attributions.phrases.stands_in("quantity", word)
    };
    words(name)
        .map(folded)
        .filter(|word| !matches!(word.as_str(), "the" | "a" | "an" | "of"))
        .filter(|word| !attributions.has(Rule::WithoutNumber) || !counts(word))
        .collect()
}

/// Low, conservative and high of the figures that stand: each origin counts with its latest.
fn numbers(
    answers: &[Answer],
    trusted: impl Fn(&Answer) -> bool,
    attributions: Attributions<'_>,
) -> (Option<u64>, Option<u64>, Option<u64>) {
    let lowest = |figure: Range| match figure.low {
        Some(low) if figure.vague && attributions.has(Rule::VagueByAcled) => Some(by_acled(low)),
        // “Up to 16” may be none at all: nobody says so.
        None if !attributions.has(Rule::AtMostHasNoLow) => Some(0),
        low => low,
    };
    let figures = |all: bool| -> Vec<(Option<u64>, Option<u64>)> {
        let asserts = vouched(standing(answers, "asserts"), attributions);
        wholes(&asserts, attributions)
            .into_iter()
            .filter(|answer| all || !attributions.has(Rule::Unreliable) || trusted(answer))
            .filter_map(|answer| range(self::value(answer)))
            .map(|figure| {
                let low = lowest(figure);
                (low, figure.high.max(low))
            })
            .collect()
    };
    let kept = figures(false);
    let low = kept.iter().filter_map(|figure| figure.0).min();
    let high = kept.iter().filter_map(|figure| figure.1).max();
    // What an analyst distrusts is still said: somebody stands by it.
    let stood_by = figures(true).into_iter().filter_map(|figure| figure.0);
    let conservative = if attributions.has(Rule::LowestStands) {
        stood_by.min()
    } else {
        stood_by.max()
    };
    (low, conservative, high)
}

#[cfg(test)]
mod tests {
    use sayso_lexicon::{Lexicon, LinkPhrases};

    use super::*;
    use crate::rule::JudgingRules;

    fn judged(question: &str, answers: &[(&str, &str, Option<&str>)]) -> FindingJson {
        let lexicon = Lexicon::builtin().unwrap();
        let phrases = LinkPhrases::builtin().unwrap();
        judge(
            question,
            answers
                .iter()
                .map(|&(origin, stance, value)| Answer::new(origin, stance, value))
                .collect(),
            |_| true,
            Attributions::new(&lexicon, &phrases, JudgingRules::default()),
        )
    }

    #[test]
    fn two_origins_corroborate_one_quoted_twice_does_not() {
        let yes = Some("yes");
        assert_eq!(
            judged("happened", &[("a", "asserts", yes), ("b", "asserts", yes)]).status,
            "corroborated"
        );
        assert_eq!(
            judged("happened", &[("a", "asserts", yes)]).status,
            "single-source"
        );
        assert_eq!(
            judged(
                "happened",
                &[("a", "asserts", yes), ("b", "denies", Some("no"))]
            )
            .status,
            "disputed"
        );
        assert_eq!(
            judged("happened", &[("b", "denies", Some("no"))]).status,
            "denied"
        );
        assert_eq!(
            judged("killed", &[("b", "does-not-know", None)]).status,
            "unknown"
        );
    }

    #[test]
    fn figures_that_no_number_suits_are_disputed() {
        let finding = judged(
            "killed",
            &[("a", "asserts", Some("16")), ("b", "asserts", Some("27+"))],
        );
        assert_eq!(finding.status, "disputed");
        assert_eq!(
            (finding.low, finding.conservative, finding.high),
            (Some(16), Some(16), Some(27))
        );
        let finding = judged(
            "killed",
            &[("a", "asserts", Some("16")), ("b", "asserts", Some("12+"))],
        );
        assert_eq!(finding.status, "corroborated");
    }

    #[test]
    fn vague_words_count_as_acled_counts_them() {
        let finding = judged("killed", &[("a", "asserts", Some("24?"))]);
        assert_eq!((finding.low, finding.high), (Some(12), Some(12)));
        let finding = judged("killed", &[("a", "asserts", Some("200?"))]);
        assert_eq!(finding.low, Some(100));
    }

    #[test]
    fn unknown_is_no_number() {
        let finding = judged("killed", &[("a", "does-not-know", None)]);
        assert_eq!(
            (finding.low, finding.conservative, finding.high),
            (None, None, None)
        );
    }
}
