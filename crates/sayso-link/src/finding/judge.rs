//! From answers to a standing: corroborated, single-source, disputed, denied, unknown.

use std::collections::BTreeSet;

use sayso_api::{AnswerJson, FindingJson};

use super::count::{by_acled, range};
use crate::words::{folded, words};

/// Judges the answers to one question (DESIGN.md, rules of judgement).
pub(super) fn judge(question: &str, answers: Vec<AnswerJson>) -> FindingJson {
    let numeric = super::evidence::is_count(question);
    let status = status(question, numeric, &answers);
    let (low, conservative, high) = if numeric {
        numbers(&answers)
    } else {
        (None, None, None)
    };
    FindingJson {
        question: question.to_owned(),
        status: status.to_owned(),
        answers,
        low,
        conservative,
        high,
    }
}

/// Answers that no later one of their origin has replaced.
fn standing(answers: &[AnswerJson]) -> impl Iterator<Item = &AnswerJson> {
    answers.iter().filter(|answer| !answer.superseded)
}

fn status(question: &str, numeric: bool, answers: &[AnswerJson]) -> &'static str {
    let with = |stance: &str| -> Vec<&AnswerJson> {
        standing(answers)
            .filter(|answer| answer.stance == stance)
            .collect()
    };
    let (asserts, denies) = (with("asserts"), with("denies"));
    let origins = |answers: &[&AnswerJson]| -> BTreeSet<String> {
        answers.iter().map(|answer| answer.origin.clone()).collect()
    };
    match (asserts.is_empty(), denies.is_empty()) {
        (true, true) => "unknown",
        (true, false) => "denied",
        (false, false) => "disputed",
        (false, true) if contradict(question, numeric, &asserts) => "disputed",
        (false, true) if agreed(question, numeric, &asserts, &origins) => "corroborated",
        (false, true) => "single-source",
    }
}

/// Whether two origins give answers that cannot both be right.
fn contradict(question: &str, numeric: bool, asserts: &[&AnswerJson]) -> bool {
    asserts.iter().enumerate().any(|(at, a)| {
        asserts[..at].iter().any(|b| {
            a.origin != b.origin && {
                if numeric {
                    apart(a, b)
                } else {
                    question == "time" && days_apart(a, b)
                }
            }
        })
    })
}

/// Whether two independent origins give answers that say the same.
fn agreed(
    question: &str,
    numeric: bool,
    asserts: &[&AnswerJson],
    origins: &dyn Fn(&[&AnswerJson]) -> BTreeSet<String>,
) -> bool {
    if question == "happened" {
        return origins(asserts).len() > 1;
    }
    asserts.iter().any(|a| {
        let same: Vec<&AnswerJson> = asserts
            .iter()
            .copied()
            .filter(|b| {
                if numeric {
                    !apart(a, b)
                } else if question == "time" {
                    !days_apart(a, b)
                } else {
                    same_name(a, b)
                }
            })
            .collect();
        origins(&same).len() > 1
    })
}

/// Whether no number suits both figures.
fn apart(a: &AnswerJson, b: &AnswerJson) -> bool {
    let figure = |answer: &AnswerJson| answer.value.as_deref().and_then(range);
    match (figure(a), figure(b)) {
        (Some((a_low, a_high, _)), Some((b_low, b_high, _))) => {
            a_high.is_some_and(|high| high < b_low) || b_high.is_some_and(|high| high < a_low)
        }
        _ => false,
    }
}

/// Whether two intervals of days have none in common.
fn days_apart(a: &AnswerJson, b: &AnswerJson) -> bool {
    let days = |answer: &AnswerJson| -> (String, String) {
        let value = answer.value.clone().unwrap_or_default();
        let (start, end) = match value.split_once('/') {
            Some((start, end)) => (start.to_owned(), end.to_owned()),
            None => (value.clone(), value),
        };
        // An open end is later than every day.
        (start, if end.is_empty() { "9".to_owned() } else { end })
    };
    let ((a_start, a_end), (b_start, b_end)) = (days(a), days(b));
    a_end < b_start || b_end < a_start
}

/// Whether two names are of one: equal, or the words of one stand in the other.
fn same_name(a: &AnswerJson, b: &AnswerJson) -> bool {
    let of = |answer: &AnswerJson| -> BTreeSet<String> {
        words(answer.value.as_deref().unwrap_or_default())
            .map(folded)
            .filter(|word| !matches!(word.as_str(), "the" | "a" | "an" | "of"))
            .collect()
    };
    let (a, b) = (of(a), of(b));
    a.is_subset(&b) || b.is_subset(&a)
}

/// Low, conservative and high of the figures that stand: each origin counts with its latest.
fn numbers(answers: &[AnswerJson]) -> (Option<u64>, Option<u64>, Option<u64>) {
    let figures: Vec<(u64, Option<u64>, bool)> = standing(answers)
        .filter(|answer| answer.stance == "asserts")
        .filter_map(|answer| answer.value.as_deref().and_then(range))
        .collect();
    let value = |&(low, _, vague): &(u64, Option<u64>, bool)| {
        if vague { by_acled(low) } else { low }
    };
    let low = figures.iter().map(value).min();
    let high = figures
        .iter()
        .map(|figure| figure.1.unwrap_or_else(|| value(figure)))
        .max();
    // The lowest that an origin still stands by.
    (low, low, high.max(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(origin: &str, stance: &str, value: Option<&str>) -> AnswerJson {
        AnswerJson {
            value: value.map(str::to_owned),
            stance: stance.to_owned(),
            origin: origin.to_owned(),
            published: None,
            superseded: false,
            evidence: Vec::new(),
        }
    }

    fn judged(question: &str, answers: &[(&str, &str, Option<&str>)]) -> FindingJson {
        judge(
            question,
            answers.iter().map(|&(o, s, v)| answer(o, s, v)).collect(),
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
