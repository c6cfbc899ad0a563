//! The people that a number counts.

use sayso_lexicon::{EventWord, People, Shape};
use sayso_text::{NameKind, Rel, Span, Upos, Xpos};

use super::number::{self, Number};
use crate::event::words::Words;
use crate::mention::{name_at, noun_phrase};
use crate::{ActorKind, Bound, TollRule, Who};

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

/// Which single persons are read as a count of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Singles {
    /// None: only numbers count.
    No,
    /// "a soldier"; a minister who died need not have been harmed by anybody.
    Indefinite,
    /// Those who are named or known as well: "the attacker", "him".
    Known,
}

/// The counts in the noun phrase that `head` heads and in those coordinated with it.
pub(crate) fn in_phrases(words: &Words<'_>, head: usize, singular: Singles) -> Vec<Counted> {
    words
        .context
        .syntax
        .conjuncts(head)
        .into_iter()
        .filter_map(|h| in_phrase(words, h, singular))
        .collect()
}

/// The count in the noun phrase that `head` heads; `singular` also reads "a soldier" as one.
pub(crate) fn in_phrase(words: &Words<'_>, head: usize, singular: Singles) -> Option<Counted> {
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
                && words.is_in(head, EventWord::GroupOf)
                && words.on(TollRule::FamilyOf)
        });
    if let Some(below) = below
        && let Some(number) = (head + 1..=below)
            .filter(|&t| is_count(words, t))
            .find_map(|t| number::at(words, t))
    {
        return counted(words, number, below);
    }
    let one = match singular {
        Singles::No => false,
        Singles::Indefinite => is_one(words, head),
        Singles::Known => is_one(words, head) || is_known_person(words, head),
    };
    if !one {
        return None;
    }
    let name_end = name_at(words.context.reading, head).map_or(head + 1, |n| n.tokens.end);
    let tokens = phrase.start.max(sentence.start)..name_end.max(head + 1);
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
    if head <= number.last || words.is_in(head, EventWord::NumberNoun) {
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
    let named = matches!(
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
    );
    if named && !words.is_in(t, EventWord::VagueCount) && words.on(TollRule::NameIsNoCount) {
        return false;
    }
    if words.form(t) == "one"
        && words.on(TollRule::NoOneIsNobody)
        && (t
            .checked_sub(1)
            .is_some_and(|b| words.form_in(b, EventWord::BeforeOne))
            || words.form_in(t + 1, EventWord::BehindOne))
    {
        return false;
    }
    words.form(t) != "both"
}

/// Whether the counted noun names people.
fn counts_people(words: &Words<'_>, token: usize, number: usize) -> bool {
    if token <= number
        || words.people(token).is_some()
        || words.is_in(token, EventWord::CountedAlone)
        || words.form(token) == "lives" && words.on(TollRule::LifeIsTaken)
        || !words.on(TollRule::PeopleAreCounted)
    {
        return true;
    }
    match words.etype(token) {
        "person" | "organization" => true,
        // The model does not know every trade for one: "two mechanics".
        "abstract" => {
            let lemma = words.lemma(token);
            is_plural(words, token)
                && words
                    .lexicon()
                    .words
                    .of(EventWord::AgentSuffix)
                    .any(|suffix| lemma.ends_with(suffix))
        }
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

fn is_plural(words: &Words<'_>, head: usize) -> bool {
    matches!(words.xpos(head), Xpos::NNS | Xpos::NNPS)
}

/// "a soldier", "one woman", "another man", "another", "one of them": one person.
fn is_one(words: &Words<'_>, head: usize) -> bool {
    if !words.on(TollRule::OnePerson) {
        return false;
    }
    let nobody = words
        .children(head)
        .iter()
        .any(|&c| words.form_in(c, EventWord::NoneOf));
    if nobody {
        return false;
    }
    if words.form(head) == "another" && words.form(head + 1) != "of" {
        return !words.is_noun(head + 1);
    }
    if words.form(head) == "one" && words.form(head + 1) == "of" {
        return words.form_in(head + 2, EventWord::PluralPronoun);
    }
    let article = words
        .context
        .syntax
        .children_by(head, &[Rel::Det, Rel::Nummod])
        .any(|c| words.form_in(c, EventWord::One));
    let person = is_person_noun(words, head)
        || (words.etype(head) == "person" && words.people(head) != Some(People::People));
    article && !is_plural(words, head) && person && !words.is_in(head, EventWord::GroupNoun)
}

/// Whether the noun names one person wherever it stands in the singular.
fn is_person_noun(words: &Words<'_>, head: usize) -> bool {
    let counted = matches!(
        words.people(head),
        Some(
            People::Civilians
                | People::Children
                | People::Women
                | People::Soldiers
                | People::Police
                | People::Fighters
        )
    );
    counted
        || words.is_in(head, EventWord::PersonNoun)
        || words
            .context
            .knowledge
            .lexicon
            .agents
            .get(words.lemma(head))
            .is_some_and(|agent| agent.shape == Shape::Person)
}

/// "Defence Minister Adan Rooble", "the attacker", "his wife", "him": one who is known.
fn is_known_person(words: &Words<'_>, head: usize) -> bool {
    // "neither she nor her guards"
    let neither = (head.saturating_sub(2)..head).any(|t| words.form_in(t, EventWord::Neither));
    if !words.on(TollRule::NamedIsOne) || is_plural(words, head) || neither {
        return false;
    }
    if words.form_in(head, EventWord::SingularPronoun) {
        return true;
    }
    if !words.is_noun(head) && !words.is(head, "other") || words.is_in(head, EventWord::GroupNoun) {
        return false;
    }
    let person = words.name_kind(head) == Some(NameKind::Person)
        || words.actor_kind(head) == Some(ActorKind::Person);
    if words.upos(head) == Upos::Propn {
        return person;
    }
    let known = words.children(head).iter().any(|&c| {
        words.form_in(c, EventWord::DefiniteSingular)
            || (words.rel(c) == Rel::NmodPoss && words.form(head) != "people")
    });
    let single = is_person_noun(words, head) || words.is(head, "other");
    known && single
}

/// "four officers" of a report that tells of police and of no army.
fn are_police(words: &Words<'_>, token: usize) -> bool {
    if !words.on(TollRule::OfficersArePolice) || !words.is(token, "officer") {
        return false;
    }
    let reading = words.context.reading;
    let here = reading.sentence_of(token);
    let near = |t: usize| here.abs_diff(reading.sentence_of(t)) <= 2;
    let tells =
        |class: EventWord| (0..reading.tokens.len()).any(|t| near(t) && words.is_in(t, class));
    tells(EventWord::PoliceWord) && !tells(EventWord::ArmyWord)
}

/// Who they are.
pub(crate) fn who(words: &Words<'_>, token: usize) -> Who {
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
