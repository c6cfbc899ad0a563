//! Reads the answers of a report to each question off its sheet.

use sayso_api::{EventJson, SideJson, StatementJson};

use super::answer::Said;
use super::spot::Spot;
use super::told::Told;
use super::{count, doer, stance};
use crate::deed;
use crate::digest::day;
use crate::origin::Attributions;
use crate::rule::JudgingRule as Rule;

/// The questions, in the order in which they are printed.
pub(super) const QUESTIONS: [&str; 12] = [
    "happened",
    "type",
    "who-did-it",
    "to-whom",
    "killed",
    "injured",
    "missing",
    "abducted",
    "detained",
    "displaced",
    "place",
    "time",
];

/// Whether the answers to `question` are counts of people.
pub(super) fn is_count(question: &str) -> bool {
    matches!(
        question,
        "killed" | "injured" | "missing" | "abducted" | "detained" | "displaced"
    )
}

/// What `report` says of `event` to `question`.
pub(super) fn said<'s>(
    question: &str,
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    attributions: Attributions<'_>,
) -> Vec<Said<'s>> {
    let mut said = match question {
        "happened" => happened(report, event, attributions),
        "type" => kind(report, event, attributions),
        "who-did-it" => {
            let mut said = sides(report, event, "side_a", attributions);
            said.extend(doers_denied_or_not_known(report, event, attributions));
            let harm = deed::harm(event);
            for said in &mut said {
                said.deed = harm;
            }
            said
        }
        "to-whom" => sides(report, event, "side_b", attributions),
        "place" => place(report, event, attributions),
        "time" => time(report, event, attributions),
        effect => count::said(effect, report, event, attributions),
    };
    said.retain(|said| {
        let statement = said.statement;
        !statement
            .is_some_and(|statement| stance::is_earlier_version(report, statement, attributions))
    });
    said
}

fn happened<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    attributions: Attributions<'_>,
) -> Vec<Said<'s>> {
    let mut said = Vec::new();
    for statement in report.statements(event) {
        if !event.statements.contains(&statement.id)
            || doer::denial_around(report, statement, attributions).is_some()
        {
            continue;
        }
        let Some(stance) = stance::on(event, statement, attributions) else {
            continue;
        };
        let own_part = doer::denies_part(report, event, statement, attributions);
        if own_part && stance != "denies" {
            continue;
        }
        let value = match stance {
            "denies" => Some("no".to_owned()),
            "asserts" => Some("yes".to_owned()),
            _ => None,
        };
        let takes_back = stance::takes_back(report, statement, attributions);
        let (stance, value) = if takes_back {
            ("does-not-know", None)
        } else {
            (stance, value)
        };
        said.push(Said {
            takes_back,
            own_part,
            deed: deed::of(event).filter(|_| deed::is_told(event, statement)),
            ..Said::new(event, Some(statement), "status", stance, value)
        });
    }
    let quoted = said.iter().any(|said| said.stance == "asserts");
    if let Some(stance) = writer(report, event, quoted, attributions) {
        let value = if stance == "denies" { "no" } else { "yes" };
        said.push(Said {
            accuses: event.status == "alleged",
            deed: deed::of(event),
            ..Said::new(event, None, "status", stance, Some(value.to_owned()))
        });
    }
    said
}

/// What the writer does to `event`: what stands outside all statements is the outlet's own
/// report, unless somebody whom it quotes says so too.
fn writer(
    report: &Told<'_>,
    event: &EventJson<'_>,
    quoted: bool,
    attributions: Attributions<'_>,
) -> Option<&'static str> {
    let inside = stance::speaker_of(report, event.anchor.span).is_some();
    let alone = event.statements.is_empty();
    if quoted && (inside || attributions.has(Rule::WriterRepeats)) {
        return None;
    }
    match event.status.as_ref() {
        "denied" => alone.then_some("denies"),
        _ if alone => Some("asserts"),
        _ => (!inside && attributions.has(Rule::WritersOwnWords)).then_some("asserts"),
    }
}

/// The type of the event, by each who asserts it.
fn kind<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    attributions: Attributions<'_>,
) -> Vec<Said<'s>> {
    let Some(acled) = event.acled.as_deref() else {
        return Vec::new();
    };
    happened(report, event, attributions)
        .into_iter()
        .filter(|said| said.stance == "asserts")
        .map(|said| {
            let explicit = said.statement.is_none_or(|s| deed::is_told(event, s));
            Said {
                value: Some(acled.to_owned()),
                field: "acled",
                identity: deed::means(acled).filter(|_| explicit).map(str::to_owned),
                ..said
            }
        })
        .collect()
}

/// What the words at `span` say of `event`, by whoever says them: whoever denies a deed denies
/// where and when it was too, whoever denies only to have done it says nothing to that.
fn by_speaker<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    field: &'static str,
    (span, quote): ([usize; 2], &str),
    value: String,
    attributions: Attributions<'_>,
) -> Option<Said<'s>> {
    let statement = stance::teller_of(report, event, span, attributions).map(|statement| {
        let denial = doer::denial_around(report, statement, attributions);
        // Who is accused stands as the accusation that it is.
        denial.filter(|_| field != "side_a").unwrap_or(statement)
    });
    let stance = match statement {
        None => "asserts",
        Some(statement)
            if field != "side_a" && doer::denies_part(report, event, statement, attributions) =>
        {
            return None;
        }
        // A reaction repeats what others say.
        Some(statement) => stance::on(event, statement, attributions)?,
    };
    // Who does not know of a deed does not say who did it, where or when.
    (stance != "does-not-know").then(|| Said {
        ..Said::new(event, statement, field, stance, Some(value)).at(span, quote)
    })
}

fn sides<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    field: &'static str,
    attributions: Attributions<'_>,
) -> Vec<Said<'s>> {
    let sides = if field == "side_a" {
        &event.side_a
    } else {
        &event.side_b
    };
    sides
        .iter()
        .filter_map(|side| self::side(report, event, field, side, attributions))
        .collect()
}

fn side<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    field: &'static str,
    side: &SideJson<'_>,
    attributions: Attributions<'_>,
) -> Option<Said<'s>> {
    let actor = side
        .actor
        .as_ref()
        .and_then(|id| report.sheet.actors.iter().find(|actor| actor.id == *id));
    let name = actor.map_or(side.quote.as_ref(), |actor| actor.name.as_ref());
    let words = (side.span, side.quote.as_ref());
    if field == "side_a" && doer::is_named_by_denial(report, event, side, attributions) {
        return None;
    }
    let claimant = stance::spoken_by(report, event, side.span)
        .filter(|_| attributions.has(Rule::ClaimantDidIt));
    let mut said = match claimant {
        Some(statement) => {
            let stance = stance::on(event, statement, attributions)?;
            Said::new(event, Some(statement), field, stance, Some(name.to_owned()))
                .at(words.0, words.1)
        }
        None => by_speaker(report, event, field, words, name.to_owned(), attributions)?,
    };
    let accuses = |statement: &StatementJson<'_>| statement.act == "accuse";
    said.accuses = match said.statement {
        Some(statement) => accuses(statement),
        // Named outside of what is said, as in “the army, accused of shelling the town”.
        None => event.status == "alleged",
    };
    let speaker = said
        .statement
        .filter(|_| field == "side_a" && attributions.has(Rule::OwnForces))
        .and_then(|statement| doer::owner(report, statement, side, attributions));
    if let Some(speaker) = speaker {
        said.value = Some(speaker.name.to_string());
    }
    let actor = speaker.or(actor);
    said.identity = Attributions::identity(actor).filter(|_| !is_clash(event));
    Some(said)
}

/// Whom an accusation names at its head, where no side of the event stands in it.
fn accused<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    statement: &'s StatementJson<'s>,
) -> Option<Said<'s>> {
    let [start, end] = statement.content.first()?.span;
    let inside = |span: &[usize; 2]| start <= span[0] && span[1] <= end;
    if event.side_a.iter().any(|side| inside(&side.span)) {
        return None;
    }
    // “The army of the strike”: the tree may take it for one name.
    let quote = statement.content.first()?.quote.as_ref();
    let head = [" of ", " for "]
        .iter()
        .filter_map(|of| quote.split_once(of))
        .map(|(head, _)| head)
        .min_by_key(|head| head.len())?;
    let span = [start, start + head.chars().count()];
    let is_head = |mention: &[usize; 2]| mention[0] <= start + 4 && inside(mention);
    let mut actors = report.sheet.actors.iter();
    let actor = actors.rfind(|a| a.mentions.iter().any(is_head));
    Some(Said {
        identity: Attributions::identity(actor).filter(|_| !is_clash(event)),
        accuses: true,
        ..Said::new(
            event,
            Some(statement),
            "side_a",
            "asserts",
            Some(head.to_owned()),
        )
        .at(span, head)
    })
}

/// In a clash either side can stand first: two who name one each do not contradict.
fn is_clash(event: &EventJson<'_>) -> bool {
    event.acled.as_deref() == Some("Armed clash")
}

/// Who denies having had part in it, and who says that nobody knows or has claimed it.
fn doers_denied_or_not_known<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    attributions: Attributions<'_>,
) -> Vec<Said<'s>> {
    let mut said = Vec::new();
    for statement in report.statements(event) {
        if doer::denies_part(report, event, statement, attributions) {
            let Some(source) = statement.sources.first() else {
                continue;
            };
            let actor = source
                .actor
                .as_ref()
                .and_then(|id| report.sheet.actors.iter().find(|actor| actor.id == *id));
            let name = actor.map_or(source.quote.as_ref(), |actor| actor.name.as_ref());
            said.push(Said {
                identity: Attributions::identity(actor).filter(|_| !is_clash(event)),
                ..Said::new(
                    event,
                    Some(statement),
                    "side_a",
                    "denies",
                    Some(name.to_owned()),
                )
            });
        } else if statement.act == "accuse" && attributions.has(Rule::AccusedIsNamed) {
            said.extend(accused(report, event, statement));
        } else if matches!(statement.act.as_ref(), "silence" | "doubt")
            && attributions.has(Rule::NobodyClaims)
            && stance::is_about("part", statement, attributions)
        {
            said.push(Said::new(
                event,
                Some(statement),
                "side_a",
                "does-not-know",
                None,
            ));
        }
    }
    said
}

fn place<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    attributions: Attributions<'_>,
) -> Vec<Said<'s>> {
    let Some(place) = &event.place else {
        return Vec::new();
    };
    let words = (place.span, place.quote.as_ref());
    let name = place.name.to_string();
    by_speaker(report, event, "place", words, name, attributions)
        .map(|said| Said {
            at_place: Some(Spot::of(place)),
            ..said
        })
        .into_iter()
        .collect()
}

/// Characters before a date in which the word stands that puts it into a sentence.
const BEFORE_DATE: usize = 24;

/// Whether a date is when a page was published and no part of a sentence: with its year, and nothing
/// before it that leads to it (“Tags: Aleppo, hospital 21 September 2016”).
fn is_date_stamp(
    report: &Told<'_>,
    [start, _]: [usize; 2],
    quote: &str,
    attributions: Attributions<'_>,
) -> bool {
    let numbers = quote.split(|c: char| !c.is_ascii_digit());
    let has_year = numbers.clone().any(|number| number.len() == 4);
    let has_day = numbers.clone().any(|number| matches!(number.len(), 1 | 2));
    let before = report.slice([start.saturating_sub(BEFORE_DATE), start]);
    let word = before
        .split(|c: char| !c.is_alphanumeric())
        // “On Monday, 12 May 2025”.
        .rfind(|word| !word.is_empty() && !attributions.phrases.stands_in("when", word));
    // “On”, “the”, “attacked”: a sentence leads to it. A name or nothing does not.
    let leads = word.is_some_and(|word| {
        word.chars().next().is_some_and(char::is_lowercase)
            || attributions.phrases.stands_in("preposition", word)
    });
    has_year && has_day && !leads
}

/// Days of the longest interval that says when something happened.
const LONGEST: i32 = 31;

fn time<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    attributions: Attributions<'_>,
) -> Vec<Said<'s>> {
    // Bounded by the publication only: nobody says when.
    let Some((time, span, quote)) = event
        .time
        .as_ref()
        .and_then(|time| Some((time, time.span?, time.quote.as_deref()?)))
    else {
        return Vec::new();
    };
    if is_date_stamp(report, span, quote, attributions) && attributions.has(Rule::DateStamp) {
        return Vec::new();
    }
    let value = match (time.start.as_deref(), time.end.as_deref()) {
        (Some(start), Some(end)) if start == end => start.to_owned(),
        (Some(start), Some(end)) => format!("{start}/{end}"),
        (Some(start), None) => format!("{start}/"),
        (None, Some(end)) => format!("/{end}"),
        (None, None) => return Vec::new(),
    };
    // “In the past two years” says nothing of the day.
    let bounds = time
        .start
        .as_deref()
        .and_then(day)
        .zip(time.end.as_deref().and_then(day));
    if bounds.is_some_and(|(start, end)| end - start > LONGEST) {
        return Vec::new();
    }
    by_speaker(report, event, "time", (span, quote), value, attributions)
        .into_iter()
        .collect()
}
