//! On whose say-so: who a report, a statement or a figure goes back to.
//!
//! One speaker quoted by many is one origin, one wire text printed by many is one, a report that
//! only passes on another outlet's goes back to it; an outlet's own reporting is an origin of its
//! own (DESIGN.md, rules of judgement). Speakers whom nobody names (“residents”, “a security
//! source”) are told apart by who quotes them: nobody can say that they are the same.

mod again;
mod body;
mod credit;
mod known;
mod person;
mod site;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use sayso_api::{
    ActorJson, EventJson, IncidentPlaceJson, OriginJson, SheetJson, SourceJson, StatementJson,
};
use sayso_lexicon::{Lexicon, LinkPhrases, Quantity, name_key};
use serde::{Deserialize, Serialize};

use crate::rule::{JudgingRule as Rule, JudgingRules};
use crate::words::{hash, is_capitalised, words};

use again::Again;
pub(crate) use credit::credited;
pub(crate) use known::Known;

/// Why several reports, or one, count as one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Origin {
    /// What is the same for the same origin.
    pub(crate) key: String,
    /// For a reader.
    pub(crate) name: String,
    /// Why it is one.
    pub(crate) why: Why,
    /// Whether it may be any of the others: nobody is named.
    pub(crate) unclear: bool,
}

/// How the key of a rumour begins.
const RUMOUR: &str = "rumour ";

impl Origin {
    /// Whether it has a name, and is not only described.
    pub(crate) fn is_named(&self) -> bool {
        self.key.starts_with(known::WHO) || known::is_body(&self.key)
    }

    /// Whether it is a rumour: nobody stands by it.
    pub(crate) fn is_rumour(&self) -> bool {
        self.key.starts_with(RUMOUR)
    }

    /// `o:…`, the same wherever the origin is met.
    pub(crate) fn id(&self) -> String {
        id_of(&self.key)
    }
}

fn id_of(key: &str) -> String {
    format!("o:{:016x}", hash(key))
}

/// What of a report tells who its own words go back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Print {
    /// Its id.
    report: Box<str>,
    /// Who published it.
    outlet: Option<Box<str>>,
    /// The agency that it credits, by its usual name, or the channel that it was forwarded from.
    behind: Option<String>,
}

/// Whose words a report's own are.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    /// Who they go back to.
    pub(crate) own: Origin,
    /// The text that it is a print of, by the number of one of the prints.
    pub(crate) text: u32,
}

/// Decides origins: knows the outlets by all their names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attributions<'l> {
    lexicon: &'l Lexicon,
    /// Words about figures, denials and silences.
    pub(crate) phrases: &'l LinkPhrases,
    rules: JudgingRules,
    /// Where the incident was, whose reports are read.
    scene: Option<&'l IncidentPlaceJson>,
    /// Who its speakers are, by all their names.
    known: Option<&'l Known>,
}

impl<'l> Attributions<'l> {
    /// With the outlets and the nouns for people of `lexicon`.
    pub(crate) fn new(lexicon: &'l Lexicon, phrases: &'l LinkPhrases, rules: JudgingRules) -> Self {
        Self {
            lexicon,
            phrases,
            rules,
            scene: None,
            known: None,
        }
    }

    /// For the reports of an incident there.
    pub(crate) fn at(self, scene: Option<&'l IncidentPlaceJson>) -> Self {
        Self { scene, ..self }
    }

    /// For the reports of an incident whose speakers are known.
    pub(crate) fn knowing<'k>(self, known: &'k Known) -> Attributions<'k>
    where
        'l: 'k,
    {
        Attributions {
            known: Some(known),
            ..self
        }
    }

    /// Whom an origin stands for, as one report of the incident has it.
    pub(crate) fn whole(self, origin: Origin) -> Origin {
        match self.known {
            Some(known) => known.whole(origin),
            None => origin,
        }
    }

    /// Whether an origin of the incident is one of those that an analyst marked.
    pub(crate) fn is_marked(self, id: &str, marked: &BTreeSet<String>) -> bool {
        self.known
            .map_or_else(|| marked.contains(id), |known| known.is_among(id, marked))
    }

    /// Whether `rule` is in force.
    pub(crate) fn has(self, rule: Rule) -> bool {
        self.rules.has(rule)
    }

    /// What of `sheet` [`Attributions::of_prints`] asks for.
    pub(crate) fn print(self, sheet: &SheetJson<'_>) -> Print {
        let agency = credited(&sheet.report.text, &self.lexicon.outlets)
            .filter(|_| self.has(Rule::AgencyCredit));
        let forwarded = || {
            let channel = sheet.report.forwarded_from.as_deref()?.trim();
            (!channel.is_empty() && self.has(Rule::Forwarded)).then(|| channel.to_owned())
        };
        Print {
            report: sheet.report.id.as_ref().into(),
            outlet: sheet.report.outlet.as_deref().map(Into::into),
            behind: agency.map(|outlet| outlet.name.clone()).or_else(forwarded),
        }
    }

    /// The origin of what the reports of one text say in their own voice. `prints` are all prints
    /// of the text, by publication; one report alone is its own print.
    ///
    /// The agency that any of them credits, the channel that one was forwarded from, or else the
    /// outlet of the first.
    pub(crate) fn of_prints(self, prints: &[&Print]) -> Origin {
        let why = if prints.len() > 1 {
            Why::WireCopy
        } else {
            Why::OwnReporting
        };
        if let Some(behind) = prints.iter().find_map(|print| print.behind.as_ref()) {
            let why = if why == Why::OwnReporting && !self.is_outlet_of(prints, behind) {
                Why::WireCopy
            } else {
                why
            };
            return self.who(behind, why);
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
                    unclear: false,
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

    /// The other outlet from which every statement on `events` of a report comes: what the report
    /// tells of them in its own words it has from there.
    pub(crate) fn passed_on<'e>(
        self,
        sheet: &SheetJson<'_>,
        events: impl Iterator<Item = &'e EventJson<'e>>,
    ) -> Option<Origin> {
        if !self.has(Rule::PassesOn) {
            return None;
        }
        let told: BTreeSet<&str> = events
            .flat_map(|event| event.statements.iter().map(AsRef::as_ref))
            .collect();
        let mut outlets = sheet
            .statements
            .iter()
            .filter(|statement| told.contains(statement.id.as_ref()))
            .filter(|statement| !statement.sources.is_empty() && statement.within.is_none())
            .map(|statement| self.outlet_behind(sheet, statement));
        let first = outlets.next()??;
        let same = |other: Option<String>| other.is_some_and(|o| name_key(&o) == name_key(&first));
        outlets.all(same).then(|| self.who(&first, Why::Speaker))
    }

    /// The named outlet through which a statement came: who passes it on, or who was told.
    fn outlet_behind(self, sheet: &SheetJson<'_>, statement: &StatementJson<'_>) -> Option<String> {
        let last = statement.sources.last()?;
        let (name, _) = named(sheet, last);
        if last.kind == "media" && is_named(name, self.lexicon) {
            return Some(self.outlet(name).into_owned());
        }
        let told = statement.to.as_ref()?.quote.as_ref();
        let outlet = self.lexicon.outlets.get(told)?;
        Some(outlet.name.clone())
    }

    /// The origin of a statement in a report whose own words go back to `own`: the speaker nearest
    /// to the content, by whichever of their names. Where none is named, it may be anybody.
    pub(crate) fn of_statement(
        self,
        sheet: &SheetJson<'_>,
        statement: &StatementJson<'_>,
        own: &Origin,
    ) -> Origin {
        self.whole(self.said_by(sheet, statement, own))
    }

    /// The same, as this report alone has it.
    fn said_by(self, sheet: &SheetJson<'_>, statement: &StatementJson<'_>, own: &Origin) -> Origin {
        let Some(source) = statement.sources.first() else {
            // That nobody has said it is what the report says.
            let silent = matches!(statement.act.as_ref(), "silence" | "doubt");
            if silent || !self.has(Rule::UnclearOrigin) {
                return own.clone();
            }
            return Origin {
                key: format!("nobody by {}", own.key),
                name: format!("nobody named (in {})", own.name),
                why: Why::Speaker,
                unclear: true,
            };
        };
        let again = self.told_again(sheet, source);
        let (name, actor) = match again {
            Again::Of(body) => (body.name.as_ref(), Some(body)),
            _ => named(sheet, source),
        };
        let kind = source.kind.as_ref();
        if self.phrases.stands_in("rumour", &source.quote) && self.has(Rule::Rumour) {
            let name = lowered(&source.quote);
            return Origin {
                key: format!("{RUMOUR}{} by {}", name_key(&name), own.key),
                name: format!("{name} (in {})", own.name),
                why: Why::Speaker,
                unclear: true,
            };
        }
        if kind == "media" && is_named(name, self.lexicon) {
            // “The UN's children's agency” is no outlet.
            let is_body = self.lexicon.outlets.get(name).is_none()
                && actor.is_some_and(|actor| actor.registry.is_some());
            return if is_body {
                self.of_body(name, actor)
            } else {
                self.who(name, Why::Speaker)
            };
        }
        if let Some(body) = self.body(sheet, kind, name, actor) {
            return body;
        }
        if is_named(name, self.lexicon) && self.has(Rule::NamedSpeaker) {
            return match actor {
                // By whatever name: “the UN”, “the United Nations”.
                Some(actor) if actor.registry.is_some() => self.of_body(name, Some(actor)),
                _ => self.who(name, Why::Speaker),
            };
        }
        let name = &*lowered(name);
        let is_unclear =
            kind == "media" || matches!(again, Again::OfSeveral) || self.speaks_for_somebody(name);
        if is_unclear && self.has(Rule::UnclearOrigin) {
            return Origin {
                key: format!("unclear {} by {}", name_key(name), own.key),
                name: format!("{name} (in {})", own.name),
                why: Why::Speaker,
                unclear: true,
            };
        }
        let key = name_key(self.without_number(name));
        if !self.has(Rule::UnnamedByTeller) {
            return Origin {
                key: format!("unnamed {key}"),
                name: name.to_owned(),
                why: Why::Speaker,
                unclear: false,
            };
        }
        let heard = self
            .outlet_behind(sheet, statement)
            .filter(|_| self.has(Rule::ToldTo))
            .map(|outlet| self.who(&outlet, Why::OwnReporting));
        let teller = heard.as_ref().unwrap_or(own);
        Origin {
            key: format!("unnamed {key} by {}", teller.key),
            name: format!("{name} (to {})", teller.name),
            why: Why::Speaker,
            unclear: false,
        }
    }

    /// Ids of the outlets that have quoted `origin` for what it says in a statement or, where there
    /// is none, in the words of a text of `own`: that whose text it is, and those through which the
    /// statement came.
    pub(crate) fn heard_from(
        self,
        sheet: &SheetJson<'_>,
        statement: Option<&StatementJson<'_>>,
        own: &Origin,
        origin: &Origin,
    ) -> BTreeSet<String> {
        let sources = statement.map_or(&[][..], |statement| &statement.sources);
        let passing = sources
            .iter()
            .skip(1)
            .filter(|source| source.kind == "media");
        let passing = passing.map(|source| named(sheet, source).0.to_owned());
        let told = statement.and_then(|statement| self.outlet_behind(sheet, statement));
        let through = passing
            .chain(told)
            .map(|outlet| self.who(&outlet, Why::OwnReporting));
        through
            .chain([own.clone()])
            .filter(|teller| teller.key != origin.key)
            .map(|teller| teller.id())
            .collect()
    }

    /// Somebody by name; an outlet by any of its names is one and the same, whether it reports or
    /// is quoted.
    fn who(self, name: &str, why: Why) -> Origin {
        let name = self.outlet(self.without_kind(name));
        Origin {
            key: format!("who {}", name_key(&name)),
            name: name.into_owned(),
            why,
            unclear: false,
        }
    }

    /// The number that a word is: “12”, “twelve”.
    pub(crate) fn number(self, word: &str) -> Option<u64> {
        let quantities = &self.lexicon.events.quantities;
        match quantities.word(&word.to_lowercase()) {
            Some(Quantity::Number(number)) => Some(number),
            _ => word.parse().ok(),
        }
    }

    /// Whether `name` is of the outlet that `outlet` is a name of.
    pub(crate) fn is_outlet(self, name: &str, outlet: &str) -> bool {
        let key = |name: &str| name_key(&self.outlet(name));
        key(name) == key(outlet)
    }

    /// Whether `name` names somebody, and does not only describe.
    pub(crate) fn names(self, name: &str) -> bool {
        is_named(name, self.lexicon)
    }

    /// “Residents”, however many: “two residents”, “several residents”. One is another than two.
    fn without_number(self, description: &str) -> &str {
        if !self.has(Rule::HoweverMany) {
            return description;
        }
        let mut rest = description;
        while let Some((first, behind)) = rest.split_once(' ') {
            // “Other residents” are others.
            let is_one = matches!(
                first.to_lowercase().as_str(),
                "one" | "a" | "an" | "1" | "other" | "others" | "more"
            );
            let is_number = first.chars().all(|c| c.is_ascii_digit())
                || self.phrases.stands_in("quantity", first)
                || matches!(first.to_lowercase().as_str(), "the" | "some");
            if is_one || !is_number {
                break;
            }
            rest = behind;
        }
        rest
    }

    /// A name without the noun behind it that says what it is of: “the Tibrin Observatory monitor”.
    fn without_kind(self, name: &str) -> &str {
        let Some((head, kind)) = name.trim_end().rsplit_once(' ') else {
            return name;
        };
        let is_kind = kind.chars().all(char::is_lowercase) && self.phrases.stands_in("kind", kind);
        if is_kind && is_named(head, self.lexicon) && self.has(Rule::KindBehindName) {
            head
        } else {
            name
        }
    }

    /// The usual name of an outlet, by whichever it is called or whatever its site is.
    fn outlet<'n>(self, name: &'n str) -> Cow<'n, str>
    where
        'l: 'n,
    {
        let outlets = &self.lexicon.outlets;
        if let Some(outlet) = outlets.get(name) {
            return if self.has(Rule::OutletNames) {
                outlet.name.as_str().into()
            } else {
                name.into()
            };
        }
        let host = site::host(name).filter(|_| self.has(Rule::OutletSite));
        match host {
            Some(host) => match site::outlet_at(&host, outlets) {
                Some(outlet) => outlet.name.as_str().into(),
                None => host.into(),
            },
            None => name.into(),
        }
    }
}

/// A speaker's fullest name, and who it is.
fn named<'s>(
    sheet: &'s SheetJson<'_>,
    source: &'s SourceJson<'_>,
) -> (&'s str, Option<&'s ActorJson<'s>>) {
    let actor = source
        .actor
        .as_ref()
        .and_then(|id| sheet.actors.iter().find(|actor| actor.id == *id));
    (
        actor.map_or(source.quote.as_ref(), |actor| actor.name.as_ref()),
        actor,
    )
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
        // “A NURSE”, as a flash in capitals has it.
        ["A" | "AN" | "a" | "an", rest @ ..]
            if rest.iter().all(|word| *word == word.to_uppercase()) =>
        {
            false
        }
        [_, rest @ ..] => rest.iter().any(|word| is_capitalised(word)),
    }
}

/// A description that a flash has in capitals, in small letters.
fn lowered(description: &str) -> Cow<'_, str> {
    if description.chars().any(char::is_lowercase) {
        Cow::Borrowed(description)
    } else {
        Cow::Owned(description.to_lowercase())
    }
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
            .and_modify(|(known, _)| {
                known.why = known.why.min(origin.why);
                // Which report comes first decides no name.
                if origin.name < known.name {
                    known.name.clone_from(&origin.name);
                }
            })
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
                passages: Vec::new(),
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
            "A NURSE",
            "residents",
        ] {
            assert!(!is_named(name, &lexicon), "{name}");
        }
    }
}
