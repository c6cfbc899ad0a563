//! Where the text says that nobody was hurt, or that the toll is not known.
//!
//! Unknown is not zero: "no confirmed reports of casualties" says that nobody knows, "caused no
//! casualties" says that there are none.

use sayso_lexicon::{EventWord, People};
use sayso_text::{Rel, Span, Xpos};

use crate::event::words::Words;
use crate::{TollRule, TollStatus};

/// What is known, the rule that says so, and the deciding token.
type Found = (TollStatus, &'static str, usize);

/// One such place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The noun or verb of harm.
    pub(crate) token: usize,
    pub(crate) status: TollStatus,
    pub(crate) rule: &'static str,
    pub(crate) span: Span,
}

/// Every place of the text that tells the standing of a toll.
pub(crate) fn standing(words: &Words<'_>) -> Vec<Standing> {
    let mut all = Vec::new();
    for sentence in &words.context.reading.sentences {
        for token in sentence.tokens.clone() {
            if let Some((status, rule, at)) = at(words, token) {
                let (from, to) = (token.min(at), token.max(at));
                all.push(Standing {
                    token,
                    status,
                    rule,
                    span: words.context.reading.span(&(from..to + 1)),
                });
            }
        }
    }
    all
}

fn at(words: &Words<'_>, token: usize) -> Option<Found> {
    let adjective = words.is_in(token, EventWord::HarmedNoun) && !words.is_verb(token);
    if words.is_in(token, EventWord::HarmNoun) && words.is_noun(token) || adjective {
        return of_noun(words, token);
    }
    if words.is_in(token, EventWord::Unharmed) {
        return words.on(TollRule::WithoutHarm).then_some((
            TollStatus::None,
            "toll:unharmed",
            token,
        ));
    }
    if words.form(token) == "whether" && words.on(TollRule::WhetherAnybody) {
        // "whether anyone was inside is unknown"
        let sentence = words.sentence(token);
        let anybody = (token + 1..(token + 4).min(sentence.end))
            .any(|t| words.form_in(t, EventWord::Anybody) && !words.is(t, "any"));
        let open = (token + 1..sentence.end).find(|&t| words.is_in(t, EventWord::Unclear));
        return open
            .filter(|_| anybody)
            .map(|u| (TollStatus::Unknown, "toll:whether", u));
    }
    if words.form(token) == "number" && words.on(TollRule::UnknownNumber) {
        // "an unknown number of guards"
        let unknown = words
            .children(token)
            .iter()
            .copied()
            .find(|&c| words.is_in(c, EventWord::Unclear));
        return unknown
            .filter(|_| words.form(token + 1) == "of")
            .map(|u| (TollStatus::Unknown, "toll:unknown-number", u));
    }
    // "nobody was hurt", "no one was killed or injured", "none of the passengers were harmed"
    let harms = words
        .lexicon()
        .effects
        .of(words.form(token))
        .iter()
        .any(|e| matches!(e.effect.as_str(), "killed" | "injured"))
        || words.is(token, "harm");
    let verb = words.is_verb(token) || words.is_in(token, EventWord::HarmedNoun);
    (harms && (verb || words.is(token, "hurt")))
        .then(|| of_verb(words, token))
        .flatten()
}

/// "no casualties", "no reports of injuries", "unclear if there were victims".
fn of_noun(words: &Words<'_>, token: usize) -> Option<Found> {
    let sentence = words.sentence(token);
    let near = token.saturating_sub(8).max(sentence.start)..token;
    let negation = near.clone().rev().find(|&t| {
        words.form_in(t, EventWord::Negator) || words.form_in(t, EventWord::WithoutOrAny)
    });
    let doubt = near
        .clone()
        .find(|&t| words.is_in(t, EventWord::NewsOfToll));
    let after =
        (token + 1..(token + 9).min(sentence.end)).find(|&t| words.is_in(t, EventWord::Settled));
    if let Some(negation) = negation {
        if words.form(negation) == "any" {
            // "unclear if it caused any casualties"
            let unclear = (sentence.start..token).find(|&t| {
                words.is_in(t, EventWord::Unclear)
                    || words.is_in(t, EventWord::Known)
                    || words.form_in(t, EventWord::Condition)
            });
            return unclear
                .filter(|_| words.on(TollRule::UnclearIsUnknown))
                .map(|u| (TollStatus::Unknown, "toll:unclear", u));
        }
        if doubt.is_some_and(|doubt| doubt > negation) && words.on(TollRule::NoReportsIsUnknown) {
            return Some((TollStatus::Unknown, "toll:no-reports", negation));
        }
        // "He gave no casualty figure", "no death toll": what there is none of is the figure.
        let figure = words.form_in(token + 1, EventWord::NewsOfToll)
            || words.form_in(token + 1, EventWord::HarmNoun)
            || words.is(token, "toll");
        if figure && words.on(TollRule::NoFigureIsUnknown) {
            return Some((TollStatus::Unknown, "toll:no-figure", negation));
        }
        // "no casualties"; the negation must be the harm's own or its verb's.
        let own = token - negation <= 4 || words.is(negation, "without");
        return (own && words.on(TollRule::NoCasualtiesIsNone)).then_some((
            TollStatus::None,
            "toll:none",
            negation,
        ));
    }
    if let Some(after) = after.filter(|_| words.on(TollRule::UnclearIsUnknown)) {
        let negated =
            (token..after).any(|t| words.form_in(t, EventWord::Negator) || words.form(t) == "yet");
        let unclear = words.is_in(after, EventWord::Unclear)
            // "is being established"
            || (token..after).any(|t| words.form(t) == "being");
        if unclear || negated {
            return Some((TollStatus::Unknown, "toll:unclear", after));
        }
    }
    // "It was unclear how many casualties", "did not say how many"
    let how_many = near
        .clone()
        .find(|&t| words.form(t) == "how" && words.form(t + 1) == "many");
    if let Some(how_many) = how_many
        && doubtful(words, sentence.start..how_many)
        && words.on(TollRule::DoubtedHowMany)
    {
        return Some((TollStatus::Unknown, "toll:how-many", how_many));
    }
    // "with reports of casualties": there are some, and nobody says how many.
    let reports = token
        .checked_sub(3)
        .map(|from| from.max(sentence.start)..token)
        .and_then(|mut range| range.find(|&t| words.is(t, "report") && words.is_noun(t)));
    let plural = matches!(words.xpos(token), Xpos::NNS);
    reports
        .filter(|&r| plural && !number_near(words, r..token) && of(words, token))
        .filter(|_| words.on(TollRule::ReportsOfCasualties))
        .map(|r| (TollStatus::Unknown, "toll:reports", r))
}

fn of(words: &Words<'_>, token: usize) -> bool {
    words.case(token) == Some("of")
}

fn number_near(words: &Words<'_>, mut range: std::ops::Range<usize>) -> bool {
    range.any(|t| super::number::at(words, t).is_some())
}

/// "nobody was hurt", "without wounding anyone", "how many were killed is not known".
fn of_verb(words: &Words<'_>, token: usize) -> Option<Found> {
    let sentence = words.sentence(token);
    let syntax = words.context.syntax;
    let without = syntax
        .children_by(token, &[Rel::Mark, Rel::Case])
        .find(|&c| words.form(c) == "without");
    if let Some(without) = without.filter(|_| words.on(TollRule::WithoutHarm)) {
        return Some((TollStatus::None, "toll:without", without));
    }
    let subject = syntax
        .child(token, &[Rel::NsubjPass, Rel::Nsubj, Rel::Obj])
        .or_else(|| crate::event::subject(words, token));
    if let Some(subject) = subject
        && is_nobody(words, subject)
        && words.on(TollRule::NobodyHurtIsNone)
    {
        return Some((TollStatus::None, "toll:nobody", subject));
    }
    let how_many = (sentence.start..token)
        .find(|&t| words.form(t) == "how" && words.form(t + 1) == "many" && t + 10 > token);
    let whether = (sentence.start..token).find(|&t| {
        words.form_in(t, EventWord::Condition)
            && (t..token).any(|x| words.form_in(x, EventWord::Anybody))
    });
    let at = how_many.or(whether)?;
    // "How many people were hurt was not immediately known"
    let left_open = (token..sentence.end).any(|t| {
        words.is_in(t, EventWord::Unclear)
            || words.is_in(t, EventWord::Known)
                && (token..t)
                    .any(|n| words.form_in(n, EventWord::Negator) || words.form(n) == "yet")
    });
    (doubtful(words, sentence.start..at) && words.on(TollRule::DoubtedHowMany)
        || left_open && words.on(TollRule::HowManyIsOpen))
    .then_some((TollStatus::Unknown, "toll:how-many", at))
}

/// "nobody", "no one", "none of the crew", "neither she nor her guards", "no protesters".
fn is_nobody(words: &Words<'_>, subject: usize) -> bool {
    if words.form_in(subject, EventWord::Nobody) {
        return true;
    }
    if words.form(subject) == "one" {
        return subject
            .checked_sub(1)
            .is_some_and(|b| words.form(b) == "no");
    }
    // "no minors were killed": others may have been.
    let some = matches!(
        words.people(subject),
        Some(People::Children | People::Women)
    ) && words.on(TollRule::SomeAreNotAll);
    !some
        && words
            .children(subject)
            .iter()
            .any(|&c| words.form_in(c, EventWord::NoDeterminer))
}

fn doubtful(words: &Words<'_>, mut range: std::ops::Range<usize>) -> bool {
    let negated = range.clone().any(|t| words.form_in(t, EventWord::Negator));
    negated || range.any(|t| words.is_in(t, EventWord::Unclear))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::words::testing::with_words;

    fn of_text(text: &str) -> Vec<&'static str> {
        with_words(text, |words| {
            standing(words).into_iter().map(|s| s.rule).collect()
        })
    }

    #[test]
    fn a_word_without_a_tree_says_that_nobody_was_harmed() {
        assert_eq!(of_text("The crew escaped unharmed ."), ["toll:unharmed"]);
        assert!(of_text("The crew escaped .").is_empty());
    }
}
