//! The groups that the United States list as foreign terrorist organisations, of OFAC's SDN list.

use std::path::Path;

use super::drafts::{Drafts, Unknown};
use super::text::{is_name, usual_case, with_acronym};
use super::{FactsError, read};
use crate::{NewActor, is_acronym};

/// Reads the entities under the programme FTO; all others of the list are firms, ships and persons.
pub(super) fn read(drafts: &mut Drafts, path: &Path) -> Result<(), FactsError> {
    read::csv_rows(path, &mut |get| {
        let programmes = get("Country");
        let organised = programmes.split("] [").any(|programme| programme == "FTO");
        if !organised || get("Type") != "-0-" {
            return;
        }
        let written = get("Name");
        // "New People's Army / Communist Party of the Philippines"
        let mut names: Vec<String> = written
            .split('/')
            .flat_map(|part| with_acronym(&usual_case(part.trim())))
            .collect();
        for quoted in get("Details").split("a.k.a. '").skip(1) {
            let alias = quoted.split('\'').next().unwrap_or_default();
            if is_acronym(alias) {
                names.push(alias.to_owned());
            }
        }
        names.retain(|name| is_name(name));
        let mut names = names.into_iter();
        let Some(name) = names.next() else {
            return;
        };
        let actor = NewActor {
            id: format!("ofac:{}", get("ID")),
            name,
            aliases: names.collect(),
            kind: "rebel-group".to_owned(),
            ..NewActor::default()
        };
        // Iran's guards are listed as well, and are a state's.
        let state = programmes.contains("IRGC");
        let unknown = if state { Unknown::Drop } else { Unknown::Add };
        drafts.put("OFAC SDN, foreign terrorist organisations", actor, unknown);
    })
}
