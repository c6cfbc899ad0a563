//! The Phoenix dictionaries of PETRARCH: non-state groups, bodies of states, organisations, with the
//! days between which a role is theirs. Persons, whom the dictionaries mostly list, are left out.

use std::path::Path;

use super::countries::Countries;
use super::drafts::{Drafts, Unknown};
use super::text::{is_name, slug, usual_case, with_acronym};
use super::{FactsError, below, read};
use crate::{Day, NewActor, is_acronym};

/// Words of which the name of a body has one; a person's has none.
const BODIES: &[&str] = &[
    "ARMY",
    "ARMIES",
    "FRONT",
    "MOVEMENT",
    "PARTY",
    "COUNCIL",
    "COALITION",
    "BRIGADE",
    "BRIGADES",
    "BATTALION",
    "FORCE",
    "FORCES",
    "GUARD",
    "GUARDS",
    "ORGANIZATION",
    "ORGANISATION",
    "UNION",
    "ALLIANCE",
    "LEAGUE",
    "FACTION",
    "MILITIA",
    "CARTEL",
    "LIBERATION",
    "RESISTANCE",
    "COMMITTEE",
    "COMMISSION",
    "CONGRESS",
    "FEDERATION",
    "ASSOCIATION",
    "SOCIETY",
    "NETWORK",
    "COMMAND",
    "CORPS",
    "POLICE",
    "MILITARY",
    "GUERRILLA",
    "MUJAHIDEEN",
    "AGENCY",
    "FUND",
    "COURT",
    "TRIBUNAL",
    "MISSION",
    "MINISTRY",
    "DEPARTMENT",
    "PROGRAM",
    "PROGRAMME",
    "INSTITUTE",
    "ASSEMBLY",
    "PARLIAMENT",
    "SECRETARIAT",
    "CONFEDERATION",
    "NATIONS",
    "GROUP",
    "FOUNDATION",
    "WATCH",
];

/// Words of which the names of armed groups are made in the languages that the dictionary has. One
/// without any may be a leader's, or a word of any text ("Black Friday").
const GROUPS: &[&str] = &[
    "ANSAR",
    "ARMED",
    "ASBAT",
    "BRIGADAS",
    "CELL",
    "CELLS",
    "COMANDO",
    "COMANDOS",
    "COMMANDO",
    "COMMANDOS",
    "EJERCITO",
    "FATAH",
    "FEDAYEEN",
    "FIGHTERS",
    "FRENTE",
    "FUERZAS",
    "GANG",
    "GROUPS",
    "GUERRILLAS",
    "HARAKAT",
    "HARKAT",
    "HEZBOLLAH",
    "HIZB",
    "HIZBALLAH",
    "HIZBUL",
    "ISLAMIC",
    "JABHAT",
    "JAISH",
    "JAMAAT",
    "JAMIAT",
    "JAYSH",
    "JEMAAH",
    "JIHAD",
    "KATIBAT",
    "LASHKAR",
    "LIWA",
    "MOVIMIENTO",
    "MUJAHEDEEN",
    "MUJAHIDIN",
    "NATIONAL",
    "NUCLEI",
    "NUCLEUS",
    "PEOPLE'S",
    "RED",
    "REVOLUTIONARY",
    "SQUAD",
    "SQUADS",
    "STATE",
    "TEHRIK",
    "TIGERS",
    "TIGER",
    "UNIT",
    "UNITS",
    "WARRIORS",
    "YOUTH",
];

/// Words of offices: who has one in its name is a person.
const OFFICES: &[&str] = &[
    "PRESIDENT",
    "SECRETARY",
    "MINISTER",
    "AMBASSADOR",
    "CHIEF",
    "LEADER",
    "HEAD",
    "GENERAL",
    "DIRECTOR",
    "ENVOY",
    "SPOKESMAN",
    "KING",
    "PREMIER",
    "CHAIRMAN",
    "OFFICIAL",
    "ATTORNEY",
    "MEMBER",
    "SOLDIERS",
    "COMMANDER",
    "RAPPORTEUR",
    "REPRESENTATIVE",
    "CHANCELLOR",
];

/// One entry: its names and the codes in brackets.
struct Record {
    names: Vec<String>,
    codes: Vec<String>,
}

/// Reads the three dictionaries.
pub(super) fn read(
    drafts: &mut Drafts,
    folder: &Path,
    countries: &Countries,
) -> Result<(), FactsError> {
    let groups = read::text(&below(folder, "Phoenix.MilNonState.actors.txt"))?;
    for record in records(&groups) {
        let country = record
            .codes
            .first()
            .and_then(|code| code.get(..3))
            .filter(|code| countries.is_code(code));
        // Those whom the dictionary has for a peaceful time only bear no role of arms.
        let armed = record
            .codes
            .iter()
            .any(|code| code.get(3..6) == Some("REB"));
        if armed {
            let made = actor(&record.names, is_group, "rebel-group", "", country);
            put(drafts, "Phoenix, non-state groups", made, None);
        }
    }
    let states = read::text(&below(folder, "Phoenix.Countries.actors.txt"))?;
    for record in records(&states) {
        for (number, code) in record.codes.iter().enumerate() {
            let Some(country) = code.get(..3).filter(|code| countries.is_code(code)) else {
                continue;
            };
            let Some((kind, sector)) = code.get(3..6).and_then(role) else {
                continue;
            };
            let made = actor(&record.names, is_body, kind, sector, Some(country));
            let period = days(code);
            let many = record.codes.len() > 1 && period != (None, None);
            let made = made.map(|mut actor| {
                if many && number > 0 {
                    actor.id = format!("{}:{}", actor.id, number + 1);
                }
                actor
            });
            put(drafts, "Phoenix, states", made, many.then_some(period));
        }
    }
    let bodies = read::text(&below(folder, "Phoenix.International.actors.txt"))?;
    for record in records(&bodies) {
        let Some(code) = record.codes.first() else {
            continue;
        };
        let country = code.get(3..6).filter(|code| countries.is_code(code));
        if matches!(code.get(..3), Some("IGO" | "NGO")) {
            let made = actor(&record.names, is_body, "organisation", "", country);
            put(drafts, "Phoenix, organisations", made, None);
        }
    }
    Ok(())
}

fn put(
    drafts: &mut Drafts,
    source: &'static str,
    actor: Option<NewActor>,
    period: Option<(Option<Day>, Option<Day>)>,
) {
    let Some(mut actor) = actor else {
        return;
    };
    if let Some((start, end)) = period {
        // A role of a time is an actor of its own: the rebels of one decade are the next one's army.
        actor.start = start;
        actor.end = end;
        drafts.add_counted(source, actor);
    } else {
        drafts.put(source, actor, Unknown::Add);
    }
}

/// The entries of a dictionary: a name, further ones after `+`, codes in brackets anywhere.
fn records(text: &str) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for line in text.lines() {
        let body = line.split('#').next().unwrap_or_default().trim_end();
        if body.is_empty() {
            continue;
        }
        let name = body.split(['[', '\t']).next().unwrap_or_default();
        let codes = body
            .split('[')
            .skip(1)
            .filter_map(|rest| rest.split_once(']'))
            .map(|(code, _)| code.trim().to_owned());
        if let Some(more) = name.strip_prefix('+') {
            if let Some(last) = records.last_mut() {
                last.names.push(more.to_owned());
                last.codes.extend(codes);
            }
        } else if name.trim().is_empty() {
            if let Some(last) = records.last_mut() {
                last.codes.extend(codes);
            }
        } else {
            records.push(Record {
                names: vec![name.to_owned()],
                codes: codes.collect(),
            });
        }
    }
    records
}

/// An actor of the names that pass, written as usual.
fn actor(
    names: &[String],
    passes: impl Fn(&str) -> bool,
    kind: &str,
    sector: &str,
    country: Option<&str>,
) -> Option<NewActor> {
    let mut all: Vec<String> = Vec::new();
    let mut bodies = 0;
    for name in names {
        let name = name.replace('_', " ").trim().to_uppercase();
        let body = passes(&name);
        bodies += usize::from(body);
        if body || is_acronym(&name) && name.len() <= 6 {
            all.extend(with_acronym(&usual_case(&name)));
        }
    }
    all.retain(|name| is_name(name) && !name.contains('+'));
    // The name is a full one.
    let first = all.iter().position(|name| !is_acronym(name))?;
    let name = all.remove(first);
    let wide = name.contains(' ') || kind == "rebel-group" && name.chars().count() >= 6;
    (bodies > 0 && wide).then(|| NewActor {
        id: format!("phoenix:{}", slug(&name)),
        name,
        aliases: all,
        kind: kind.to_owned(),
        sector: sector.to_owned(),
        countries: country.map(str::to_owned).into_iter().collect(),
        ..NewActor::default()
    })
}

fn is_body(name: &str) -> bool {
    let words = || name.split([' ', '-']);
    words().any(|word| BODIES.contains(&word)) && !words().any(|word| OFFICES.contains(&word))
}

fn is_group(name: &str) -> bool {
    is_body(name) || name.split([' ', '-']).any(|word| GROUPS.contains(&word))
}

/// Kind and sector of CAMEO's role behind the country.
fn role(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "REB" | "INS" | "SEP" => ("rebel-group", "REB"),
        "UAF" => ("political-militia", "UAF"),
        "MIL" => ("state-forces", "MIL"),
        "COP" => ("state-forces", "COP"),
        "SPY" => ("state-forces", "SPY"),
        "GOV" => ("government", "GOV"),
        "LEG" => ("government", "LEG"),
        "JUD" => ("government", "JUD"),
        "OPP" => ("organisation", "OPP"),
        "PTY" => ("organisation", "PTY"),
        _ => return None,
    })
}

/// First and last day behind a code: "980909-990914", ">20120701", "<910909".
fn days(code: &str) -> (Option<Day>, Option<Day>) {
    let Some((_, period)) = code.split_once(' ') else {
        return (None, None);
    };
    let period = period.trim();
    if let Some(after) = period.strip_prefix('>') {
        return (day(after), None);
    }
    if let Some(before) = period.strip_prefix('<') {
        return (None, day(before));
    }
    match period.split_once('-') {
        Some((first, last)) => (day(first), day(last)),
        None => (None, None),
    }
}

/// A day of six digits (a year before 30 is of this century) or eight.
fn day(digits: &str) -> Option<Day> {
    let digits = digits.trim();
    let number: u32 = digits.parse().ok()?;
    let (year, rest) = (number / 10_000, number % 10_000);
    let year = match (digits.len(), year) {
        (8, year) => year,
        (6, year @ 0..30) => 2000 + year,
        (6, year) => 1900 + year,
        _ => return None,
    };
    Day::new(year, rest / 100, rest % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_have_their_days() {
        let show = |code| {
            let (a, b) = days(code);
            (a.map(|d| d.to_string()), b.map(|d| d.to_string()))
        };
        assert_eq!(
            show("SDNREB 830516-20050109"),
            (Some("1983-05-16".to_owned()), Some("2005-01-09".to_owned()))
        );
        assert_eq!(show("SYROPP >120701").0.as_deref(), Some("2012-07-01"));
        assert_eq!(show("SYRREB"), (None, None));
    }

    #[test]
    fn persons_stay_out() {
        let text = "DAWN_COUNCIL_ [SYROPP >120701]\n+JOHN_DOE_\n+DC_\n\nPRESIDENT_OF_THE_COUNCIL [SYRGOV]\n";
        let records = records(text);
        assert_eq!(records.len(), 2);
        let council = actor(&records[0].names, is_body, "organisation", "OPP", None).unwrap();
        assert_eq!(council.name, "Dawn Council");
        assert_eq!(council.aliases, ["DC"]);
        assert!(actor(&records[1].names, is_body, "government", "GOV", None).is_none());
    }
}
