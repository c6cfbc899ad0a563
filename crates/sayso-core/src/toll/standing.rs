//! Where the text says that nobody was hurt, or that the toll is not known.
//!
//! Unknown is not zero: "no confirmed reports of casualties" says that nobody knows, "caused no
//! casualties" says that there are none.

use sayso_text::{Rel, Span};

use crate::event::words::Words;
use crate::{EventRule, TollStatus};

/// One such place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The noun or verb of harm.
    pub(crate) token: usize,
    pub(crate) status: TollStatus,
    pub(crate) rule: &'static str,
    pub(crate) span: Span,
}

const HARM: &[&str] = &[
    "casualty",
    "casualties",
    "injury",
    "injuries",
    "fatality",
    "fatalities",
    "victim",
    "victims",
    "death",
    "deaths",
    "toll",
    "harm",
    "loss",
    "losses",
    "dead",
    "injured",
    "wounded",
];

const DOUBT: &[&str] = &[
    "unclear",
    "unknown",
    "unconfirmed",
    "uncertain",
    "confirmed",
    "confirmation",
    "clear",
    "immediate",
    "word",
    "information",
    "report",
    "reports",
    "details",
    "known",
    "verify",
    "verified",
    "yet",
    "estimate",
    "figures",
    "immediately",
];

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

fn at(words: &Words<'_>, token: usize) -> Option<(TollStatus, &'static str, usize)> {
    let sentence = words.sentence(token);
    let harmed_people =
        matches!(words.form(token), "dead" | "injured" | "wounded") && !words.is_verb(token);
    if words.is_any(token, HARM) && (words.is_noun(token) || harmed_people) {
        let near = token.saturating_sub(8).max(sentence.start)..token;
        let negation = near.clone().rev().find(|&t| {
            matches!(
                words.form(t),
                "no" | "without" | "not" | "n't" | "any" | "neither" | "nor"
            )
        });
        let doubt = near.clone().find(|&t| {
            words.is_any(
                t,
                &[
                    "report",
                    "reports",
                    "word",
                    "information",
                    "confirmed",
                    "confirmation",
                    "details",
                    "detail",
                    "figure",
                    "count",
                    "number",
                    "immediate",
                ],
            )
        });
        let after = (token + 1..(token + 9).min(sentence.end)).find(|&t| {
            words.is_any(
                t,
                &[
                    "unclear",
                    "unknown",
                    "unconfirmed",
                    "clear",
                    "known",
                    "available",
                    "verified",
                    "confirmed",
                    "determined",
                    "established",
                    "clarified",
                    "ascertained",
                    "assessed",
                ],
            )
        });
        if let Some(negation) = negation {
            if words.form(negation) == "any" {
                // "unclear if it caused any casualties"
                let unclear = (sentence.start..token).find(|&t| {
                    words.is_any(
                        t,
                        &["unclear", "unknown", "clear", "whether", "if", "known"],
                    )
                });
                return unclear.map(|u| (TollStatus::Unknown, "toll:unclear", u));
            }
            if let Some(doubt) = doubt
                && doubt > negation
            {
                return Some((TollStatus::Unknown, "toll:no-reports", negation));
            }
            // "no casualties"; the negation must be the harm's own or its verb's.
            if token - negation <= 4 || words.is(negation, "without") {
                return Some((TollStatus::None, "toll:none", negation));
            }
            return None;
        }
        if let Some(after) = after {
            let negated = (token..after)
                .any(|t| matches!(words.form(t), "not" | "n't" | "n’t" | "never" | "yet"));
            let unclear = words.is_any(after, &["unclear", "unknown", "unconfirmed"])
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
        {
            return Some((TollStatus::Unknown, "toll:how-many", how_many));
        }
        return None;
    }
    let harmless = words.on(EventRule::WithoutHarm);
    if harmless
        && matches!(
            words.form(token),
            "unharmed" | "unhurt" | "unscathed" | "uninjured"
        )
    {
        return Some((TollStatus::None, "toll:unharmed", token));
    }
    // "nobody was hurt", "no one was killed or injured", "none of the passengers were harmed"
    let harmed = words
        .lexicon()
        .effects
        .of(words.form(token))
        .iter()
        .any(|e| matches!(e.effect.as_str(), "killed" | "injured"))
        || words.is(token, "harm");
    if harmed && (words.is_verb(token) || words.is_any(token, &["hurt", "injured", "wounded"])) {
        // "without wounding anyone"
        let without = words
            .context
            .syntax
            .children_by(token, &[Rel::Mark, Rel::Case])
            .find(|&c| words.form(c) == "without");
        if let Some(without) = without.filter(|_| harmless) {
            return Some((TollStatus::None, "toll:without", without));
        }
        let subject = words
            .context
            .syntax
            .child(token, &[Rel::NsubjPass, Rel::Nsubj, Rel::Obj])
            .or_else(|| crate::event::subject(words, token));
        if let Some(subject) = subject {
            let nobody = matches!(words.form(subject), "nobody" | "none" | "no-one")
                || words
                    .children(subject)
                    .iter()
                    // "neither she nor her guards were hurt"
                    .any(|&c| matches!(words.form(c), "no" | "neither"))
                || (words.form(subject) == "one"
                    && subject
                        .checked_sub(1)
                        .is_some_and(|b| words.form(b) == "no"));
            if nobody {
                return Some((TollStatus::None, "toll:nobody", subject));
            }
        }
        let how_many = (sentence.start..token)
            .find(|&t| words.form(t) == "how" && words.form(t + 1) == "many" && t + 10 > token);
        let whether = (sentence.start..token).find(|&t| {
            matches!(words.form(t), "if" | "whether")
                && (t..token).any(|x| words.is_any(x, &["anyone", "anybody", "any"]))
        });
        // "How many people were hurt was not immediately known"
        let left_open = |from: usize| {
            (from..sentence.end).any(|t| {
                words.is_any(t, &["known", "clear", "established", "determined"])
                    && (from..t).any(|n| matches!(words.form(n), "not" | "n't" | "n’t" | "yet"))
                    || words.is_any(t, &["unclear", "unknown", "unconfirmed"])
            })
        };
        if let Some(at) = how_many.or(whether)
            && (doubtful(words, sentence.start..at)
                || words.on(EventRule::HowManyIsOpen) && left_open(token))
        {
            return Some((TollStatus::Unknown, "toll:how-many", at));
        }
    }
    None
}

fn doubtful(words: &Words<'_>, mut range: std::ops::Range<usize>) -> bool {
    let negated = range
        .clone()
        .any(|t| matches!(words.form(t), "not" | "n't" | "n’t" | "no" | "never"));
    range.any(|t| {
        words.is_any(t, &["unclear", "unknown", "uncertain"]) || (negated && words.is_any(t, DOUBT))
    }) || negated
}
