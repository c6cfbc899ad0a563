//! On whose say-so: who a report, a statement or a figure goes back to.
//!
//! One speaker quoted by many is one origin, one wire text printed by many is one, a report that
//! only passes on another outlet's goes back to it; an outlet's own reporting is an origin of its
//! own (DESIGN.md, rules of judgement). Speakers whom nobody names (“residents”, “a security
//! source”) are told apart by who quotes them: nobody can say that they are the same.

mod credit;

use std::collections::{BTreeMap, BTreeSet};

use sayso_api::{OriginJson, SheetJson, StatementJson};
use sayso_lexicon::{Lexicon, name_key};

use crate::words::{hash, is_capitalised, words};

pub(crate) use credit::credited;

/// Why several reports, or one, count as one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// Somebody who is quoted.
    Speaker,
    /// A text of which the reports are prints.
    WireCopy,
    /// The writer's own words.
    OwnReporting,
}

impl Why {
    /// As the schema prints it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::WireCopy => "wire-copy",
            Self::OwnReporting => "own-reporting",
        }
    }
}

/// One origin, before it has an id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin {
    /// What is the same for the same origin.
    pub(crate) key: String,
    /// For a reader.
    pub(crate) name: String,
    /// Why it is one.
    pub(crate) why: Why,
}

impl Origin {
    /// `o:…`, the same wherever the origin is met.
    pub(crate) fn id(&self) -> String {
        format!("o:{:016x}", hash(&self.key))
    }
}

/// What of a report tells who its own words go back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Print {
    /// Its id.
    report: Box<str>,
    /// Who published it.
    outlet: Option<Box<str>>,
    /// The agency that it credits, by its usual name.
    agency: Option<String>,
}

/// Decides origins: knows the outlets by all their names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attributions<'l> {
    lexicon: &'l Lexicon,
}

impl<'l> Attributions<'l> {
    /// With the outlets and the nouns for people of `lexicon`.
    pub(crate) fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon }
    }

    /// What of `sheet` [`Attributions::of_prints`] asks for.
    pub(crate) fn print(self, sheet: &SheetJson<'_>) -> Print {
        let agency = credited(&sheet.report.text, &self.lexicon.outlets);
        Print {
            report: sheet.report.id.as_ref().into(),
            outlet: sheet.report.outlet.as_deref().map(Into::into),
            agency: agency.map(|outlet| outlet.name.clone()),
        }
    }

    /// The origin of what the reports of one text say in their own voice. `prints` are all prints
    /// of the text, by publication; one report alone is its own print.
    ///
    /// The agency that any of them credits, or else the outlet of the first.
    pub(crate) fn of_prints(self, prints: &[&Print]) -> Origin {
        let why = if prints.len() > 1 {
            Why::WireCopy
        } else {
            Why::OwnReporting
        };
        let agency = prints.iter().find_map(|print| print.agency.as_ref());
        if let Some(agency) = agency {
            let why = if why == Why::OwnReporting && !self.is_outlet_of(prints, agency) {
                Why::WireCopy
            } else {
                why
            };
            return self.who(agency, why);
        }
        let first = prints.first();
        match first.and_then(|print| print.outlet.as_deref()) {
            Some(outlet) if !outlet.trim().is_empty() => self.who(outlet, why),
            // Nobody says who publishes: the report stands for itself.
            _ => {
                let id = first.map_or("", |print| print.report.as_ref());
                Origin {
                    key: format!("report {id}"),
                    name: "an outlet not named".to_owned(),
                    why,
                }
            }
        }
    }

    fn is_outlet_of(self, prints: &[&Print], agency: &str) -> bool {
        prints.iter().any(|print| {
            let outlet = print.outlet.as_deref().unwrap_or_default();
            self.who(outlet, Why::OwnReporting).key == self.who(agency, Why::OwnReporting).key
        })
    }

    /// The origin of a statement in a report whose own words go back to `own`: the speaker nearest
    /// to the content. Where none is named, it is what the report itself says.
    pub(crate) fn of_statement(
        self,
        sheet: &SheetJson<'_>,
        statement: &StatementJson<'_>,
        own: &Origin,
    ) -> Origin {
        let Some(source) = statement.sources.first() else {
            return own.clone();
        };
        let actor = source
            .actor
            .as_ref()
            .and_then(|id| sheet.actors.iter().find(|actor| actor.id == *id));
        let name = actor.map_or(source.quote.as_ref(), |actor| actor.name.as_ref());
        if is_named(name, self.lexicon) {
            return self.who(name, Why::Speaker);
        }
        if is_body(source.kind.as_ref()) {
            let country = actor.and_then(|a| a.country.as_deref()).unwrap_or("-");
            return Origin {
                key: format!("body {} {country}", name_key(name)),
                name: name.to_owned(),
                why: Why::Speaker,
            };
        }
        Origin {
            key: format!("unnamed {} by {}", name_key(name), own.key),
            name: format!("{name} (to {})", own.name),
            why: Why::Speaker,
        }
    }

    /// Somebody by name; an outlet by any of its names is one and the same, whether it reports or
    /// is quoted.
    fn who(self, name: &str, why: Why) -> Origin {
        let outlet = self
            .lexicon
            .outlets
            .get(name)
            .map(|outlet| outlet.name.as_str());
        let name = outlet.unwrap_or(name);
        Origin {
            key: format!("who {}", name_key(name)),
            name: name.to_owned(),
            why,
        }
    }
}

/// Whether a speaker is named: “the Orla Observatory”, not “two officials” or “Local sources”.
fn is_named(name: &str, lexicon: &Lexicon) -> bool {
    let found: Vec<&str> = words(name).collect();
    match found.as_slice() {
        [] => false,
        // One word: an acronym, or one that is no common noun for people at the head of a sentence.
        [one] => {
            let low = one.to_lowercase();
            one.chars().filter(|c| c.is_uppercase()).count() > 1
                || (is_capitalised(one)
                    && lexicon.agents.get(&low).is_none()
                    && lexicon.events.people.class(&low).is_none())
        }
        [_, rest @ ..] => rest.iter().any(|word| is_capitalised(word)),
    }
}

/// Bodies of which there is one in a country, or one that is meant.
fn is_body(kind: &str) -> bool {
    matches!(
        kind,
        "government" | "armed-group" | "monitor" | "named-official"
    )
}

/// Origins of one incident with the reports that carry their words, as they are printed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    met: BTreeMap<String, (Origin, BTreeSet<String>)>,
}

impl Origins {
    /// Notes that `report` carries words of `origin`; returns the origin's id.
    pub(crate) fn meet(&mut self, origin: &Origin, report: &str) -> String {
        let (_, reports) = self
            .met
            .entry(origin.key.clone())
            .and_modify(|(known, _)| known.why = known.why.min(origin.why))
            .or_insert_with(|| (origin.clone(), BTreeSet::new()));
        reports.insert(report.to_owned());
        origin.id()
    }

    /// By the number of reports, the most first, then by name.
    pub(crate) fn into_json(self) -> Vec<OriginJson> {
        let mut all: Vec<OriginJson> = self
            .met
            .into_values()
            .map(|(origin, reports)| OriginJson {
                id: origin.id(),
                name: origin.name,
                why: origin.why.as_str().to_owned(),
                reports: reports.into_iter().collect(),
                unreliable: false,
            })
            .collect();
        all.sort_by(|a, b| {
            let many = b.reports.len().cmp(&a.reports.len());
            many.then_with(|| a.name.cmp(&b.name))
                .then_with(|| a.id.cmp(&b.id))
        });
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_descriptions() {
        let lexicon = Lexicon::builtin().unwrap();
        for name in [
            "SANA",
            "the Orla Observatory for Rights",
            "Reuters",
            "Col. Farhad Darwish",
        ] {
            assert!(is_named(name, &lexicon), "{name}");
        }
        for name in [
            "Police",
            "two officials",
            "Local sources",
            "a security source",
            "residents",
        ] {
            assert!(!is_named(name, &lexicon), "{name}");
        }
    }
}
