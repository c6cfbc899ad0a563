//! What a case can ask of one statement, event, actor, time, place or note.

use serde_json::Value;
use toml::Table;

/// Field names and their values as words.
pub(super) type Facts = Vec<(&'static str, Vec<String>)>;

/// Fields whose values are words of the text.
const WORDS_OF_THE_TEXT: [&str; 13] = [
    "anchor",
    "content",
    "cue",
    "medium",
    "place_words",
    "side_a",
    "side_b",
    "sources",
    "to",
    "weapons",
    "within",
    "time",
    "words",
];

/// The facts of one item of a sheet.
pub(super) fn of(item: &Value, sheet: &Value) -> Facts {
    let nearest = &item["sources"][0];
    let resolved = all(&sheet["actors"])
        .filter(|actor| actor["id"] == nearest["actor"] && !actor["id"].is_null())
        .flat_map(|actor| words(&actor["name"]))
        .collect();
    let within = all(&sheet["statements"])
        .filter(|outer| outer["id"] == item["within"])
        .flat_map(|outer| quotes(&outer["content"]))
        .collect();
    let tolls = all(&item["tolls"]).map(|toll| {
        let high = toll["high"]
            .as_u64()
            .map_or("?".to_owned(), |high| high.to_string());
        format!(
            "{} {} {} {}..{high}",
            toll["effect"].as_str().unwrap_or_default(),
            toll["who"].as_str().unwrap_or_default(),
            toll["bound"].as_str().unwrap_or_default(),
            toll["low"],
        )
    });
    vec![
        ("act", words(&item["act"])),
        ("acled", words(&item["acled"])),
        ("admin1", words(&item["place"]["admin1"])),
        ("admin2", words(&item["place"]["admin2"])),
        ("aggregate", yes_or_no(&item["aggregate"])),
        ("anchor", quotes(&item["anchor"])),
        ("cameo", words(&item["cameo"])),
        ("certainty", words(&item["certainty"])),
        ("code", words(&item["code"])),
        ("content", quotes(&item["content"])),
        ("country", words(&item["place"]["country"])),
        ("cue", quotes(&item["cue"])),
        ("date_prec", number(&item["time"]["date_prec"])),
        ("end", words(&item["time"]["end"])),
        ("frame", frames(&item["why"]["type"]["rule"])),
        ("kind", words(&nearest["kind"])),
        ("medium", quotes(&item["medium"])),
        ("place", words(&item["place"]["name"])),
        ("place_words", quotes(&item["place"])),
        ("plover", words(&item["plover"])),
        ("plover_mode", words(&item["plover_mode"])),
        ("point", point(&item["place"])),
        ("polarity", words(&item["polarity"])),
        ("resolved", resolved),
        ("side_a", quotes(&item["side_a"])),
        ("side_b", quotes(&item["side_b"])),
        ("sources", quotes(&item["sources"])),
        ("start", words(&item["time"]["start"])),
        ("status", words(&item["status"])),
        ("time", quotes(&item["time"])),
        ("to", quotes(&item["to"])),
        ("toll_status", words(&item["toll_status"])),
        ("tolls", tolls.collect()),
        ("weapons", quotes(&item["weapons"])),
        ("where_prec", number(&item["place"]["where_prec"])),
        ("within", within),
    ]
}

/// The facts of one actor.
pub(super) fn of_actor(actor: &Value, sheet: &Value) -> Facts {
    let group = all(&sheet["actors"])
        .filter(|group| group["id"] == actor["member_of"])
        .flat_map(|group| words(&group["name"]))
        .collect();
    let aliases = all(&actor["aliases"]).flat_map(words).collect();
    vec![
        ("name", words(&actor["name"])),
        ("aliases", aliases),
        ("kind", words(&actor["kind"])),
        ("country", words(&actor["country"])),
        ("member_of", group),
        ("role", words(&actor["role"])),
        ("protect", words(&actor["protect"])),
        ("protected", vec![(!actor["protect"].is_null()).to_string()]),
        ("names", all(&actor["names"]).flat_map(words).collect()),
        ("registry", words(&actor["registry"])),
        ("sector", words(&actor["sector"])),
    ]
}

/// The facts of one expression of time.
pub(super) fn of_time(time: &Value) -> Facts {
    vec![
        ("words", quotes(time)),
        ("type", words(&time["type"])),
        ("value", words(&time["value"])),
        ("start", words(&time["start"])),
        ("end", words(&time["end"])),
    ]
}

/// The facts of one toponym.
pub(super) fn of_place(place: &Value) -> Facts {
    vec![
        ("words", quotes(place)),
        ("name", words(&place["name"])),
        ("country", words(&place["country"])),
        ("admin1", words(&place["admin1"])),
        ("admin2", words(&place["admin2"])),
        ("pcode", words(&place["pcode"])),
        ("level", words(&place["level"])),
        ("where_prec", number(&place["where_prec"])),
        ("point", point(place)),
    ]
}

/// Degrees north and east with one decimal, "36.2 36.5"; nothing where there is no point.
fn point(place: &Value) -> Vec<String> {
    let degrees = |key: &str| place[key].as_f64();
    degrees("lat")
        .zip(degrees("lon"))
        .map(|(lat, lon)| format!("{lat:.1} {lon:.1}"))
        .into_iter()
        .collect()
}

/// The frames behind `frame:attack/open fire>armed-clash:victims:armed`: whose word it is, and
/// whose type it came to be.
fn frames(rule: &Value) -> Vec<String> {
    let Some(rule) = rule.as_str().and_then(|rule| rule.strip_prefix("frame:")) else {
        return Vec::new();
    };
    let own = rule.split('/').next();
    let refined = rule.split('>').skip(1).map(|to| to.split(':').next());
    own.into_iter()
        .chain(refined.flatten())
        .map(str::to_owned)
        .collect()
}

fn number(value: &Value) -> Vec<String> {
    value
        .as_u64()
        .map(|number| number.to_string())
        .into_iter()
        .collect()
}

fn all(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn words(value: &Value) -> Vec<String> {
    value.as_str().map(str::to_owned).into_iter().collect()
}

fn yes_or_no(value: &Value) -> Vec<String> {
    value
        .as_bool()
        .map(|yes| yes.to_string())
        .into_iter()
        .collect()
}

fn quotes(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().flat_map(|one| words(&one["quote"])).collect(),
        one => words(&one["quote"]),
    }
}

/// Whether an event is told by a word of a frame, or came to be of its type.
pub(super) fn is_of_frame(event: &Facts, frame: &str) -> bool {
    let mut fields = event.iter().filter(|(field, _)| *field == "frame");
    fields.any(|(_, names)| names.iter().any(|name| name == frame))
}

/// Whether all wanted fields hold. Who stands on which side of a clash is left open.
pub(super) fn match_all(wanted: &Table, facts: &Facts) -> bool {
    let all = |facts: &Facts| {
        let mut fields = wanted.iter();
        fields.all(|(key, value)| field_matches(key, value, facts))
    };
    let clash = wanted.get("acled").and_then(toml::Value::as_str) == Some("Armed clash");
    all(facts) || (clash && all(&swapped(facts)))
}

/// The facts with the two sides changed.
fn swapped(facts: &Facts) -> Facts {
    let name = |field| match field {
        "side_a" => "side_b",
        "side_b" => "side_a",
        other => other,
    };
    let each = facts.iter();
    each.map(|(field, values)| (name(*field), values.clone()))
        .collect()
}

/// Whether the expectation can hold or fail at all: words that must (not) be found are in the
/// text, else a slip of the pen would pass as a case.
pub(super) fn is_sound(wanted: &Table, text: &str) -> Result<(), String> {
    if wanted.is_empty() {
        return Err("an expectation is empty".to_owned());
    }
    for (key, value) in wanted {
        let name = key.strip_suffix("-has").unwrap_or(key);
        if !WORDS_OF_THE_TEXT.contains(&name) {
            continue;
        }
        for words in values(key, value) {
            if !text.contains(words) {
                return Err(format!("`{words}` ({key}) is not in the text"));
            }
        }
    }
    Ok(())
}

fn values<'v>(key: &str, value: &'v toml::Value) -> Vec<&'v str> {
    let one = |value: &'v toml::Value| {
        value
            .as_str()
            .unwrap_or_else(|| panic!("`{key}` takes words, not `{value}`"))
    };
    match value {
        toml::Value::Array(all) => all.iter().map(one).collect(),
        single => vec![one(single)],
    }
}

fn field_matches(key: &str, value: &toml::Value, facts: &Facts) -> bool {
    let (name, part) = match key.strip_suffix("-has") {
        Some(name) => (name, true),
        None => (key, false),
    };
    let (_, actual) = facts
        .iter()
        .find(|(field, _)| *field == name)
        .unwrap_or_else(|| panic!("`{key}` is no field of a case"));
    let wanted = values(key, value);
    if part {
        wanted
            .iter()
            .all(|words| actual.iter().any(|a| a.contains(words)))
    } else {
        actual.iter().map(String::as_str).eq(wanted)
    }
}

/// The finding that agrees with most fields; that its content agrees counts most.
pub(super) fn nearest(wanted: &Table, found: &[Facts]) -> String {
    let agreeing = |facts: &Facts| {
        wanted
            .iter()
            .filter(|(key, value)| field_matches(key, value, facts))
            .map(|(key, _)| if key.starts_with("content") { 3 } else { 1 })
            .sum::<usize>()
    };
    found
        .iter()
        .max_by_key(|facts| agreeing(facts))
        .map_or("nothing of this kind".to_owned(), show)
}

/// All facts in a line.
pub(super) fn show(facts: &Facts) -> String {
    facts
        .iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(field, values)| format!("{field}={}", values.join(" | ")))
        .collect::<Vec<_>>()
        .join(", ")
}
