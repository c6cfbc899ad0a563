//! This project's own lines: `groups.tsv` and `outlets.tsv` of the lexicon.

use std::path::Path;

use super::drafts::{Drafts, Unknown};
use super::text::slug;
use super::{FactsError, below, read};
use crate::{Day, NewActor};

/// Reads both files. Lines of `groups.tsv` are this project's judgement and hold against any
/// source; those of one name and several times are several actors.
pub(super) fn read(drafts: &mut Drafts, lexicon: &Path) -> Result<(), FactsError> {
    let path = below(lexicon, "groups.tsv");
    let rows = read::lexicon_rows(&path)?;
    for row in &rows {
        let wrong = |found: &str, allowed| FactsError::Form {
            path: path.clone(),
            line: 0,
            found: found.to_owned(),
            allowed,
        };
        let [name, kind, countries, aliases, since, until, before] = &row[..] else {
            return Err(wrong(&row.join(" "), "seven columns"));
        };
        let day = |text: &str, first| match text {
            "-" => Ok(None),
            text => Day::parse(text, first)
                .map(Some)
                .ok_or_else(|| wrong(text, "a day such as 2021-08-15, a year, or -")),
        };
        let actor = NewActor {
            id: format!("sayso:{}", slug(name)),
            name: name.clone(),
            aliases: read::list(aliases),
            kind: kind.clone(),
            countries: read::list(countries),
            start: day(since, true)?,
            end: day(until, false)?,
            before: read::list(before)
                .iter()
                .map(|name| format!("sayso:{}", slug(name)))
                .collect(),
            ..NewActor::default()
        };
        let of_state = matches!(kind.as_str(), "state-forces" | "government");
        if of_state && since == "-" && until == "-" {
            // The army of a state is a body of that state.
            drafts.put("lexicon/groups.tsv", actor, Unknown::Add);
        } else if of_state {
            drafts.put_of_time("lexicon/groups.tsv", actor);
        } else {
            drafts.add_counted("lexicon/groups.tsv", actor);
        }
    }
    for row in read::lexicon_rows(&below(lexicon, "outlets.tsv"))? {
        let [name, _, country, aliases] = &row[..] else {
            continue;
        };
        drafts.add_counted(
            "lexicon/outlets.tsv",
            NewActor {
                id: format!("sayso:outlet:{}", slug(name)),
                name: name.clone(),
                aliases: read::list(aliases),
                kind: "media".to_owned(),
                countries: read::list(country),
                ..NewActor::default()
            },
        );
    }
    Ok(())
}
