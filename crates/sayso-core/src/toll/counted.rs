//! The people that a number counts.

use sayso_lexicon::People;
use sayso_text::{NameKind, Rel, Span, Upos, Xpos};

use super::number::{self, Number};
use crate::event::words::Words;
use crate::mention::noun_phrase;
use crate::{Bound, Who};

/// A number with the people it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    /// "at least 16 people"
    pub(crate) span: Span,
    /// Head of the counted noun phrase, or the number.
    pub(crate) token: usize,
    pub(crate) number: Number,
    pub(crate) who: Who,
}

/// The counts in the noun phrase that `head` heads and in those coordinated with it.
pub(crate) fn in_phrases(words: &Words<'_>, head: usize, singular: bool) -> Vec<Counted> {
    words
        .context
        .syntax
        .conjuncts(head)
        .into_iter()
        .filter_map(|h| in_phrase(words, h, singular))
        .collect()
}

/// The count in the noun phrase that `head` heads; `singular` also reads "a soldier" as one.
pub(crate) fn in_phrase(words: &Words<'_>, head: usize, singular: bool) -> Option<Counted> {
    let phrase = noun_phrase(words.context, head);
    let sentence = words.sentence(head);
    let from = phrase.start.min(head);
    // The number is the head ("dozens of people", "16"), or stands before it.
    let found = (from..=head)
        .filter(|&t| is_count(words, t))
        .find_map(|t| number::at(words, t));
    if let Some(number) = found {
        return counted(words, number, head);
    }
    // "a family of five", "a group of 12 students"
    let below = words
        .context
        .syntax
        .children_by(head, &[Rel::Nmod])
        .find(|&c| {
            words.case(c) == Some("of")
                && words.is_any(
                    head,
                    &[
                        "family", "group", "crew", "party", "total", "couple", "team", "convoy",
                    ],
                )
        });
    if let Some(below) = below
        && let Some(number) = (head + 1..=below)
            .filter(|&t| is_count(words, t))
            .find_map(|t| number::at(words, t))
    {
        return counted(words, number, below);
    }
    if !singular || !is_one(words, head) {
        return None;
    }
    let tokens = phrase.start.max(sentence.start)..head + 1;
    Some(Counted {
        span: words.context.reading.span(&tokens),
        token: head,
        number: Number {
            tokens,
            last: head,
            low: 1,
            high: Some(1),
            bound: Bound::Exact,
        },
        who: who(words, head),
    })
}

/// The count that starts at or after `at`, before `end`, with nothing but its own words between.
pub(crate) fn starting_at(words: &Words<'_>, at: usize, end: usize) -> Option<Counted> {
    let number = (at..end.min(at + 5))
        .filter(|&t| is_count(words, t))
        .find_map(|t| number::at(words, t))
        .filter(|n| n.tokens.start <= at + 1)?;
    let head = head_after(words, &number, end);
    counted(words, number, head)
}

/// The noun that follows a number: "16 Syrian civilians" gives "civilians".
pub(crate) fn head_after(words: &Words<'_>, number: &Number, end: usize) -> usize {
    let mut head = number.last;
    let mut t = number.tokens.end;
    if t < end && words.form(t) == "of" {
        t += 1;
    }
    while t < end && t < number.tokens.end + 6 {
        match words.upos(t) {
            Upos::Noun | Upos::Propn => head = t,
            Upos::Adj | Upos::Det | Upos::Num => {
                if words.people(t).is_some() {
                    head = t;
                }
            }
            Upos::Punct if words.form(t) == "-" => {}
            _ => break,
        }
        t += 1;
    }
    head
}

fn counted(words: &Words<'_>, number: Number, head: usize) -> Option<Counted> {
    let mut token = head;
    // "dozens of people", "15 of the wounded": who they are stands below the number.
    if head <= number.last || words.is_any(head, &["total", "number"]) {
        let below = words
            .context
            .syntax
            .children_by(head, &[Rel::Nmod])
            .find(|&c| words.case(c) == Some("of"));
        token = below.unwrap_or(head);
    }
    if !counts_people(words, token, number.last) {
        return None;
    }
    let end = token.max(number.last);
    let tokens = number.tokens.start.min(token)..end + 1;
    Some(Counted {
        span: words.context.reading.span(&tokens),
        token,
        who: who(words, token),
        number,
    })
}

/// Whether `t` can start a count: no part of a date, an amount of money or a measure.
pub(crate) fn is_count(words: &Words<'_>, t: usize) -> bool {
    if matches!(
        words.name_kind(t),
        Some(
            NameKind::Date
                | NameKind::Time
                | NameKind::Money
                | NameKind::Percent
                | NameKind::Ordinal
                | NameKind::Org
                | NameKind::Event
                | NameKind::Law
                | NameKind::Product
        )
    ) && !words.is_any(t, &["dozens", "several", "hundreds", "scores"])
    {
        return false;
    }
    if words.form(t) == "one"
        && (t
            .checked_sub(1)
            .is_some_and(|b| matches!(words.form(b), "no" | "any" | "every"))
            || matches!(words.form(t + 1), "of" | "another"))
    {
        return false;
    }
    let next = words.form(t + 1);
    !matches!(
        next,
        "%" | "percent"
            | "per"
            | "km"
            | "kilometers"
            | "kilometres"
            | "miles"
            | "years"
            | "year"
            | "months"
            | "weeks"
            | "days"
            | "hours"
            | "minutes"
            | "am"
            | "pm"
            | "a.m."
            | "p.m."
            | "metres"
            | "meters"
            | "times"
    ) && !matches!(words.form(t), "both") | (words.xpos(t) == Xpos::CD)
}

/// Whether the counted noun names people.
fn counts_people(words: &Words<'_>, token: usize, number: usize) -> bool {
    if token <= number
        || words.people(token).is_some()
        || words.is_any(
            token,
            &["other", "others", "more", "dead", "wounded", "injured"],
        )
    {
        return true;
    }
    match words.etype(token) {
        "person" | "organization" => true,
        "" => {
            words
                .lexicon()
                .effects
                .of(words.form(token))
                .iter()
                .any(|e| e.effect == "killed" || e.effect == "injured")
                || words.is_noun(token) && words.weapon(token).is_none() && !words.is_place(token)
        }
        _ => false,
    }
}

/// "a soldier", "one woman": one person.
fn is_one(words: &Words<'_>, head: usize) -> bool {
    let nobody = words
        .children(head)
        .iter()
        .any(|&c| matches!(words.form(c), "no" | "any"));
    if nobody {
        return false;
    }
    let article = words
        .context
        .syntax
        .children_by(head, &[Rel::Det, Rel::Nummod])
        .any(|c| matches!(words.form(c), "a" | "an" | "one"));
    let plural = matches!(words.xpos(head), Xpos::NNS | Xpos::NNPS);
    let person = matches!(
        words.people(head),
        Some(
            People::Civilians
                | People::Children
                | People::Women
                | People::Soldiers
                | People::Police
                | People::Fighters
        )
    ) || words.is_any(
        head,
        &[
            "man",
            "person",
            "commander",
            "member",
            "official",
            "leader",
            "suspect",
            "prisoner",
        ],
    ) || (words.etype(head) == "person" && words.people(head) != Some(People::People));
    article
        && !plural
        && person
        && !words.is_any(
            head,
            &[
                "group",
                "family",
                "crowd",
                "couple",
                "police",
                "army",
                "militia",
                "militant group",
                "number",
                "community",
                "team",
                "force",
                "faction",
                "gang",
                "troop",
            ],
        )
}

/// "four officers" of a report that tells of police and of no army.
fn are_police(words: &Words<'_>, token: usize) -> bool {
    if !words.on(crate::EventRule::OfficersArePolice)
        || !words.is_any(token, &["officer", "officers"])
    {
        return false;
    }
    let reading = words.context.reading;
    let here = reading.sentence_of(token);
    let near = |t: usize| here.abs_diff(reading.sentence_of(t)) <= 2;
    let tells = |list: &[&str]| (0..reading.tokens.len()).any(|t| near(t) && words.is_any(t, list));
    tells(&["police", "policeman", "policemen", "constable", "precinct"])
        && !tells(&[
            "army",
            "soldier",
            "soldiers",
            "troops",
            "military",
            "brigade",
            "battalion",
        ])
}

/// Who they are.
fn who(words: &Words<'_>, token: usize) -> Who {
    match words.people_deep(token) {
        Some(People::Civilians) => Who::Civilians,
        Some(People::Children) => Who::Children,
        Some(People::Women) => Who::Women,
        Some(People::Soldiers) if are_police(words, token) => Who::Police,
        Some(People::Soldiers) => Who::Soldiers,
        Some(People::Police) => Who::Police,
        Some(People::Fighters) => Who::Fighters,
        Some(People::Armed) => Who::Other,
        _ => Who::People,
    }
}
