//! `sayso actors find`: whom a name may mean.

use std::io::{self, Write as _};

use sayso_coder::Own;
use sayso_registry::{Entry, How, Registry};

use super::Failure;
use crate::arguments::FindActorOptions;
use crate::show::style::{FAINT, HEADING, paint, safe};

/// Aliases that are shown in a table; --json has all.
const SHOWN: usize = 8;

/// Prints every actor that the name may mean; 1 bad input where there is none.
///
/// # Errors
/// The registry or the actors of the user cannot be used, or the output not written.
pub(crate) fn run(options: &FindActorOptions) -> Result<usize, Failure> {
    let name = options.name.join(" ");
    let own = Own {
        actors: options.actors.clone(),
        ..Own::default()
    };
    let registry = own.registry()?;
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    let found = find(&registry, &name);
    for (entry, how) in &found {
        if options.json {
            writeln!(out, "{}", json(*entry, how))?;
        } else {
            writeln!(out, "{}", lines(*entry, how))?;
        }
    }
    if found.is_empty() {
        anstream::eprintln!(
            "no actor of registry {} is called `{}`; a report keeps whoever it names all the same",
            registry.edition(),
            safe(&name)
        );
        return Ok(1);
    }
    Ok(0)
}

/// The entries of a name, or the one of an id, and what led to them.
fn find<'r>(registry: &'r Registry, name: &str) -> Vec<(Entry<'r>, &'static str)> {
    if let Some(entry) = registry.by_id(name.trim()) {
        return vec![(entry, "by its id")];
    }
    let how = |how| match how {
        How::Name => "by its usual name",
        How::Alias => "by another name",
        How::Acronym => "by its acronym",
        How::Heard => "by a name that sounds so",
    };
    let found = registry.find(name);
    found.iter().map(|m| (m.entry, how(m.how))).collect()
}

fn lines(entry: Entry<'_>, how: &str) -> String {
    let joined = |parts: &mut dyn Iterator<Item = &str>| parts.collect::<Vec<_>>().join(", ");
    let mut first = vec![entry.kind().to_owned()];
    first.extend(entry.sector().map(str::to_owned));
    let countries = joined(&mut entry.countries());
    if !countries.is_empty() {
        first.push(countries);
    }
    if entry.start().is_some() || entry.end().is_some() {
        let day = |day: Option<sayso_registry::Day>| day.map_or(String::new(), |d| d.to_string());
        first.push(format!("{}–{}", day(entry.start()), day(entry.end())));
    }
    let mut text = format!(
        "{}  {}\n  {}",
        paint(HEADING, &safe(entry.name())),
        first.join(", "),
        paint(FAINT, &format!("{}, {how}", entry.id()))
    );
    let more = entry.aliases().count().saturating_sub(SHOWN);
    let mut aliases = joined(&mut entry.aliases().take(SHOWN));
    if more > 0 {
        aliases = format!("{aliases} and {more} more");
    }
    for (label, words) in [
        ("also", aliases),
        ("from", joined(&mut entry.before())),
        ("became", joined(&mut entry.after())),
        ("in", joined(&mut entry.sources())),
    ] {
        if !words.is_empty() {
            text = format!("{text}\n  {label} {}", safe(&words));
        }
    }
    text
}

fn json(entry: Entry<'_>, how: &str) -> serde_json::Value {
    let list = |parts: &mut dyn Iterator<Item = &str>| -> Vec<String> {
        parts.map(str::to_owned).collect()
    };
    serde_json::json!({
        "id": entry.id(),
        "name": entry.name(),
        "aliases": list(&mut entry.aliases()),
        "kind": entry.kind(),
        "sector": entry.sector(),
        "countries": list(&mut entry.countries()),
        "since": entry.start().map(|day| day.to_string()),
        "until": entry.end().map(|day| day.to_string()),
        "before": list(&mut entry.before()),
        "after": list(&mut entry.after()),
        "sources": list(&mut entry.sources()),
        "people": entry.is_people(),
        "own": entry.is_own(),
        "how": how,
    })
}
