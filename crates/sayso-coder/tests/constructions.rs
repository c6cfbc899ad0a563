//! The constructions in which news tells tolls and standing, each by its name and one sentence.
//! Longer texts are in `cases/`.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use sayso_coder::Coder;
use sayso_core::{Bound, Effect, Event, Status, TollStatus, code};
use sayso_text::{Published, Report};

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::shipped().unwrap());

/// The events of a report of 10 September 2025 that ACLED codes.
fn events(text: &str) -> Vec<Event> {
    let mut report = Report::from_text(text);
    report.published = Some(Published::parse("2025-09-10").unwrap());
    code(&CODER.read(report), &CODER.knowledge())
        .events
        .into_iter()
        .filter(|e| e.acled.is_some())
        .collect()
}

/// A toll: effect, low, high (none where it is open), bound.
type Count = (Effect, u64, Option<u64>, Bound);

const fn exact(effect: Effect, n: u64) -> Count {
    (effect, n, Some(n), Bound::Exact)
}

/// Construction, sentence, and exactly the tolls that it gives.
const TOLLS: &[(&str, &str, &[Count])] = &[
    (
        "digits",
        "Shelling of the market in Marsa killed 12 people on Monday.",
        &[exact(Effect::Killed, 12)],
    ),
    (
        "words",
        "Shelling of the market in Marsa killed twelve people on Monday.",
        &[exact(Effect::Killed, 12)],
    ),
    (
        "words of several parts",
        "Shelling of the camp killed two hundred and six people on Monday.",
        &[exact(Effect::Killed, 206)],
    ),
    (
        "dozens",
        "An air strike on the market killed dozens of people on Monday.",
        &[(Effect::Killed, 24, None, Bound::Vague)],
    ),
    (
        "scores",
        "An air strike on the market wounded scores of people on Monday.",
        &[(Effect::Injured, 40, None, Bound::Vague)],
    ),
    (
        "more than a dozen",
        "An air strike on the market wounded more than a dozen people on Monday.",
        &[(Effect::Injured, 12, None, Bound::AtLeast)],
    ),
    (
        "a family of five",
        "A shell fired by the rebels killed a family of five in Marsa on Monday.",
        &[exact(Effect::Killed, 5)],
    ),
    (
        "no fewer than",
        "Gunmen killed no fewer than nine villagers in Marsa on Monday.",
        &[(Effect::Killed, 9, None, Bound::AtLeast)],
    ),
    (
        "up to",
        "Gunmen killed up to 20 villagers in Marsa on Monday.",
        &[(Effect::Killed, 20, Some(20), Bound::AtMost)],
    ),
    (
        "about",
        "Gunmen abducted about 30 villagers in Marsa on Monday.",
        &[(Effect::Abducted, 30, Some(30), Bound::About)],
    ),
    (
        "between 10 and 15",
        "Gunmen killed between 10 and 15 villagers in Marsa on Monday.",
        &[(Effect::Killed, 10, Some(15), Bound::About)],
    ),
    (
        "at least 16, including three children",
        "An air strike on Marsa killed at least 16 people, including three children, on Monday.",
        &[
            (Effect::Killed, 16, None, Bound::AtLeast),
            exact(Effect::Killed, 3),
        ],
    ),
    (
        "of them",
        "An air strike on Marsa killed eight people, three of them children, on Monday.",
        &[exact(Effect::Killed, 8), exact(Effect::Killed, 3)],
    ),
    (
        "brought the toll to 58",
        "A bomb exploded in Marsa on Monday. Two more deaths in hospital brought the toll to 58.",
        &[exact(Effect::Killed, 58)],
    ),
    (
        "the toll rose to",
        "A bomb exploded in Marsa on Monday. The death toll from the blast has risen to 31.",
        &[exact(Effect::Killed, 31)],
    ),
    (
        "another 12",
        "Gunmen killed 20 villagers in Marsa on Monday and wounded another 12.",
        &[exact(Effect::Killed, 20), exact(Effect::Injured, 12)],
    ),
    (
        "killing all aboard",
        "Rebels shot down a helicopter near Marsa on Monday, killing all nine people aboard.",
        &[exact(Effect::Killed, 9)],
    ),
    (
        "joint killed and wounded",
        "Shelling of the market in Marsa killed and wounded 30 people on Monday.",
        &[
            (Effect::Killed, 30, Some(30), Bound::AtMost),
            (Effect::Injured, 30, Some(30), Bound::AtMost),
        ],
    ),
    (
        "killed against wounded",
        "Eight people were killed and 11 others injured in a drone strike on Marsa on Monday.",
        &[exact(Effect::Killed, 8), exact(Effect::Injured, 11)],
    ),
    (
        "one person",
        "Gunmen killed a teacher in Marsa on Monday.",
        &[exact(Effect::Killed, 1)],
    ),
    (
        "a named person",
        "Gunmen killed Adan Rooble in Marsa on Monday.",
        &[exact(Effect::Killed, 1)],
    ),
    (
        "fatally shot",
        "A teacher was fatally shot by gunmen in Marsa on Monday.",
        &[exact(Effect::Killed, 1)],
    ),
    (
        "missing",
        "Gunmen raided Marsa on Monday. Fourteen villagers are missing.",
        &[exact(Effect::Missing, 14)],
    ),
    (
        "detained",
        "Police arrested 26 protesters in Marsa on Monday.",
        &[exact(Effect::Detained, 26)],
    ),
    (
        "displaced",
        "Gunmen attacked Marsa on Monday, forcing 3,000 residents to flee.",
        &[exact(Effect::Displaced, 3000)],
    ),
    (
        "could kill",
        "Gunmen attacked Marsa on Monday. Such weapons could kill hundreds of people.",
        &[],
    ),
];

#[test]
fn tolls_are_read_in_every_construction() {
    let mut wrong = Vec::new();
    for (name, text, want) in TOLLS {
        let mut got: Vec<Count> = events(text)
            .iter()
            .flat_map(|e| &e.tolls)
            .map(|t| (t.effect, t.low, t.high, t.bound))
            .collect();
        let mut want = want.to_vec();
        got.sort_by_key(|t| (t.0, t.1));
        want.sort_by_key(|t| (t.0, t.1));
        if got != want {
            wrong.push(format!("{name}: {text}\n  {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Construction, text, and what is known of the first event's toll.
const TOLL_STATUS: &[(&str, &str, TollStatus)] = &[
    (
        "no casualties",
        "Rockets hit the airport of Marsa on Monday. There were no casualties.",
        TollStatus::None,
    ),
    (
        "without loss of life",
        "Rockets hit the airport of Marsa on Monday without wounding anyone.",
        TollStatus::None,
    ),
    (
        "nobody was hurt",
        "Rockets hit the airport of Marsa on Monday, but nobody was hurt.",
        TollStatus::None,
    ),
    (
        "unharmed",
        "Gunmen fired at the governor's convoy in Marsa on Monday; he escaped unharmed.",
        TollStatus::None,
    ),
    (
        "no confirmed reports of",
        "Rockets hit the airport of Marsa on Monday, with no confirmed reports of casualties.",
        TollStatus::Unknown,
    ),
    (
        "toll not yet clear",
        "Rockets hit the airport of Marsa on Monday. The toll is not yet clear.",
        TollStatus::Unknown,
    ),
    (
        "how many were hurt",
        "Rockets hit the airport of Marsa on Monday. It is not known how many people were hurt.",
        TollStatus::Unknown,
    ),
    (
        "unclear if there were any",
        "Rockets hit the airport of Marsa on Monday. It was unclear if there were any casualties.",
        TollStatus::Unknown,
    ),
    (
        "an unknown number",
        "Gunmen abducted an unknown number of villagers from Marsa on Monday.",
        TollStatus::Unknown,
    ),
    (
        "reports of casualties",
        "Rockets hit the airport of Marsa on Monday, with reports of casualties.",
        TollStatus::Unknown,
    ),
    (
        "counted",
        "Rockets hit the airport of Marsa on Monday, killing two mechanics.",
        TollStatus::Counted,
    ),
    (
        "nothing said",
        "Rockets hit the airport of Marsa on Monday.",
        TollStatus::NotStated,
    ),
];

#[test]
fn what_is_known_of_a_toll_is_read_in_every_construction() {
    let mut wrong = Vec::new();
    for (name, text, want) in TOLL_STATUS {
        let got = events(text).first().map(|e| e.toll_status);
        if got != Some(*want) {
            wrong.push(format!("{name}: {text}\n  {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Construction, text, and how its only event stands; nothing where it tells of no event.
const STATUS: &[(&str, &str, Option<Status>)] = &[
    (
        "asserted",
        "Gunmen attacked a village near Marsa on Monday, the governor said.",
        Some(Status::Asserted),
    ),
    (
        "denied",
        "The army denied that its jets had bombed a clinic in Marsa.",
        Some(Status::Denied),
    ),
    (
        "no such thing took place",
        "No attack took place in Marsa on Monday, the port authority said.",
        Some(Status::Denied),
    ),
    (
        "a report called false",
        "The army called reports that its jets had bombed a clinic in Marsa “nonsense”.",
        Some(Status::Denied),
    ),
    (
        "disputed by an answer",
        "Villagers said army jets had bombed a clinic in Marsa on Monday. The army denied it.",
        Some(Status::Disputed),
    ),
    (
        "disputed by the claim that is denied",
        "State television said the navy had shelled a ship on Monday. The admiral denied the claim.",
        Some(Status::Disputed),
    ),
    (
        "responsibility denied",
        "The rebels denied responsibility for the bombing of a clinic in Marsa.",
        Some(Status::Asserted),
    ),
    (
        "alleged by an accusation",
        "The opposition accused the army of torturing two students in Marsa.",
        Some(Status::Alleged),
    ),
    (
        "alleged by an adverb",
        "Soldiers allegedly beat two students to death in Marsa on Monday.",
        Some(Status::Alleged),
    ),
    (
        "alleged by a passive of belief",
        "Rebels are believed to have abducted two engineers in Marsa.",
        Some(Status::Alleged),
    ),
    (
        "planned by a future",
        "Teachers will march through Marsa on Friday.",
        Some(Status::Planned),
    ),
    (
        "planned by a plan",
        "Miners are planning a protest in Marsa on Friday.",
        Some(Status::Planned),
    ),
    (
        "a threat",
        "The rebels threatened to attack the port of Marsa.",
        Some(Status::Planned),
    ),
    (
        "a condition",
        "If the rebels attack the port of Marsa, prices will rise.",
        None,
    ),
    (
        "a question",
        "Did the rebels attack the port of Marsa?",
        None,
    ),
    (
        "a possibility",
        "The rebels could attack the port of Marsa, an analyst said.",
        None,
    ),
    (
        "a fear",
        "Fear of an attack by the rebels is growing in Marsa.",
        None,
    ),
    (
        "what was prevented",
        "The truce has prevented the rebels from attacking the port of Marsa.",
        None,
    ),
    (
        "a habit that is denied",
        "The army does not bomb clinics, a spokesman said.",
        None,
    ),
];

#[test]
fn standing_is_read_in_every_construction() {
    let mut wrong = Vec::new();
    for (name, text, want) in STATUS {
        let events = events(text);
        let got: Vec<Status> = events.iter().map(|e| e.status).collect();
        let right = match want {
            Some(want) => got == [*want],
            None => got.is_empty(),
        };
        if !right {
            wrong.push(format!("{name}: {text}\n  {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
