//! Bodies of states: governments, forces, police, ministries, parliaments.

use std::path::Path;

use serde_json::Value;

use super::countries::Countries;
use super::drafts::Drafts;
use super::{FactsError, below, read};
use crate::{Body, Day, NewActor};

/// Languages whose names of countries are taken, for readers of native names.
const LANGUAGES: &[&str] = &[
    "am", "ar", "bn", "es", "fa", "fr", "ha", "he", "hi", "hy", "ka", "ku", "my", "ps", "pt", "ru",
    "so", "sw", "tr", "uk", "ur", "zh",
];

/// Stands for the names of a body that the state does not have.
const NONE: &str = "none";

/// Reads the countries, their names in several scripts, and `state-bodies.tsv`.
pub(super) fn read(
    drafts: &mut Drafts,
    lexicon: &Path,
    names: &Path,
    capitals: &Path,
    countries: &Countries,
) -> Result<(), FactsError> {
    let path = below(lexicon, "state-bodies.tsv");
    let rows = read::lexicon_rows(&path)?;
    let lacks = |code: &str, body: Body| {
        let is = |row: &Vec<String>| match &row[..] {
            [country, of, names, ..] => country == code && of == body.code() && names == NONE,
            _ => false,
        };
        rows.iter().any(is)
    };
    for (code, name, adjectives) in countries.states() {
        for body in Body::ALL {
            if lacks(code, body) {
                continue;
            }
            drafts.add(NewActor {
                id: body.id(code),
                name: usual(body, name),
                aliases: others(body, name, adjectives),
                kind: kind(body).to_owned(),
                sector: sector(body).to_owned(),
                countries: vec![code.to_owned()],
                ..NewActor::default()
            });
        }
    }
    native(drafts, names, countries)?;
    seats(drafts, capitals)?;
    for row in rows
        .iter()
        .filter(|row| row.get(2).is_none_or(|names| names != NONE))
    {
        proper(drafts, row).map_err(|(found, allowed)| FactsError::Form {
            path: path.clone(),
            line: 0,
            found,
            allowed,
        })?;
    }
    Ok(())
}

/// Gives one line of `state-bodies.tsv` to its body; names of a time become an entry of that time.
fn proper(drafts: &mut Drafts, row: &[String]) -> Result<(), (String, &'static str)> {
    let [code, body, names, since, until] = row else {
        return Err((row.join(" "), "five columns"));
    };
    let body = *Body::ALL
        .iter()
        .find(|b| b.code() == body)
        .ok_or_else(|| (body.clone(), "a body of a state"))?;
    let id = body.id(code);
    let names = read::list(names);
    let day = |text: &str, first| match text {
        "-" => Ok(None),
        text => Day::parse(text, first)
            .map(Some)
            .ok_or_else(|| (text.to_owned(), "a day such as 2021-08-15, or -")),
    };
    let (start, end) = (day(since, true)?, day(until, false)?);
    let dated = format!(
        "{id}:{}",
        since
            .split('-')
            .next()
            .unwrap_or("-")
            .replace('-', "always")
    );
    let always = start.is_none() && end.is_none();
    // "The Ukrainian Armed Forces" are the army of Ukraine by adjective and noun: a line that has
    // such a name and no end names the body that there is, and no second one beside it.
    let same = end.is_none() && names.iter().any(|name| drafts.bears(&id, name));
    let known = drafts.by_id(&id).ok_or_else(|| (code.clone(), "a state"))?;
    if always || same {
        known.aliases.splice(0..0, names);
        if !always {
            known.sources.push(dated);
        }
        // Forces have a name of their own; a government is called by its seat only.
        if matches!(body, Body::ArmedForces | Body::Police) && !known.aliases.is_empty() {
            let own = known.aliases.remove(0);
            known.aliases.push(std::mem::replace(&mut known.name, own));
        }
        drafts.note_names(&id);
        return Ok(());
    }
    let (kind, sector, homes) = (
        known.kind.clone(),
        known.sector.clone(),
        known.countries.clone(),
    );
    // Until then the name was this body's and nobody else's.
    for name in &names {
        drafts.take_name(&id, name);
    }
    let mut names = names.into_iter();
    let actor = NewActor {
        id: dated,
        name: names.next().unwrap_or_default(),
        aliases: names.collect(),
        kind,
        sector,
        countries: homes,
        start,
        end,
        before: vec![id],
        ..NewActor::default()
    };
    drafts.add(actor);
    Ok(())
}

/// Names of countries in other scripts go to their governments.
fn native(drafts: &mut Drafts, names: &Path, countries: &Countries) -> Result<(), FactsError> {
    for language in LANGUAGES {
        let path = names.join(format!("cldr/{language}.json"));
        let value: Value =
            serde_json::from_str(&read::text(&path)?).map_err(|error| FactsError::Form {
                path: path.clone(),
                line: error.line() as u64,
                found: error.to_string(),
                allowed: "JSON of CLDR",
            })?;
        let list = &value["main"][language]["localeDisplayNames"]["territories"];
        for (two, name) in list.as_object().into_iter().flatten() {
            let government = countries.of_two(two).map(|code| Body::Government.id(code));
            if let (Some(id), Some(name)) = (government, name.as_str())
                && let Some(actor) = drafts.by_id(&id)
            {
                actor.aliases.push(name.to_owned());
            }
        }
    }
    Ok(())
}

/// Reports name a government by its capital: GeoNames' countryInfo has them.
fn seats(drafts: &mut Drafts, capitals: &Path) -> Result<(), FactsError> {
    for line in read::text(capitals)?
        .lines()
        .filter(|line| !line.starts_with("ISO\t"))
    {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, code, _, _, _, capital, ..] = &fields[..] else {
            continue;
        };
        if let Some(actor) = drafts.by_id(&Body::Government.id(code))
            && !capital.is_empty()
        {
            actor.aliases.insert(0, (*capital).to_owned());
            if *code == "UKR" {
                actor.aliases.insert(1, "Kiev".to_owned());
            }
        }
    }
    Ok(())
}

fn usual(body: Body, country: &str) -> String {
    let what = match body {
        Body::Government => "Government",
        Body::ArmedForces => "Armed Forces",
        Body::Police => "Police",
        Body::DefenceMinistry => "Ministry of Defence",
        Body::ForeignMinistry => "Ministry of Foreign Affairs",
        Body::InteriorMinistry => "Ministry of the Interior",
        Body::HealthMinistry => "Ministry of Health",
        Body::Parliament => "Parliament",
    };
    format!("{what} of {country}")
}

fn others(body: Body, country: &str, adjectives: &[String]) -> Vec<String> {
    let nouns: &[&str] = match body {
        Body::Government => &["government", "authorities", "regime"],
        Body::ArmedForces => &[
            "army",
            "armed forces",
            "military",
            "air force",
            "navy",
            "troops",
        ],
        Body::Police => &["police", "national police"],
        Body::DefenceMinistry => &["defence ministry", "ministry of defence"],
        Body::ForeignMinistry => &["foreign ministry", "ministry of foreign affairs"],
        Body::InteriorMinistry => &["interior ministry", "ministry of interior"],
        Body::HealthMinistry => &["health ministry", "ministry of health"],
        Body::Parliament => &["parliament"],
    };
    let before = adjectives.iter().map(String::as_str).chain([country]);
    let mut names: Vec<String> = before
        .flat_map(|word| nouns.iter().map(move |noun| format!("{word} {noun}")))
        .collect();
    if body == Body::Government {
        names.push(country.to_owned());
    }
    names
}

fn kind(body: Body) -> &'static str {
    match body {
        Body::ArmedForces | Body::Police => "state-forces",
        _ => "government",
    }
}

fn sector(body: Body) -> &'static str {
    match body {
        Body::ArmedForces => "MIL",
        Body::Police => "COP",
        Body::Parliament => "LEG",
        _ => "GOV",
    }
}
