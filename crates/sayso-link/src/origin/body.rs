//! Bodies and offices that speak: the army and its spokesman are one, the mayors of two towns are
//! not.

use sayso_api::{ActorJson, SheetJson};
use sayso_lexicon::name_key;

use super::{Attributions, Origin, Why, is_named, named};
use crate::rule::JudgingRule as Rule;
use crate::words::words;

impl Attributions<'_> {
    /// The body that a speaker is or speaks for, if there is one of it.
    pub(super) fn body(
        self,
        sheet: &SheetJson<'_>,
        kind: &str,
        name: &str,
        actor: Option<&ActorJson<'_>>,
    ) -> Option<Origin> {
        let whole = actor
            .and_then(|actor| actor.member_of.as_ref())
            .and_then(|id| sheet.actors.iter().find(|actor| actor.id == *id));
        // “The rebel-run health ministry” is known as the ministry that it is.
        let is_office = kind == "government" && actor.is_some_and(|a| a.registry.is_some());
        if let Some(whole) = whole.filter(|_| self.has(Rule::SpeaksForBody))
            && kind != "eyewitness"
            && !is_office
        {
            return Some(self.of_body(&whole.name, Some(whole)));
        }
        let speaks_for = actor.and_then(|actor| {
            let role = actor.role.as_deref()?;
            ["armed-forces", "police"]
                .into_iter()
                .find(|force| self.phrases.stands_in(force, role))
        });
        if let Some(force) = speaks_for.filter(|_| self.has(Rule::SpeaksForBody)) {
            let country = actor.and_then(|a| a.country.as_deref()).unwrap_or("-");
            return Some(Origin {
                key: format!("body state:{country}:{force}"),
                name: name.to_owned(),
                why: Why::Speaker,
                unclear: false,
            });
        }
        if kind == "monitor"
            && !is_named(name, self.lexicon)
            && self.has(Rule::NamedLater)
            && let Some((name, actor)) = self.named_monitor(sheet)
        {
            return Some(self.of_body(name, actor));
        }
        let is_one = matches!(
            kind,
            "government" | "armed-group" | "monitor" | "named-official"
        );
        let is_open = self.speaks_for_somebody(name) && self.has(Rule::UnclearOrigin);
        (is_one && !is_open && self.has(Rule::OneBody)).then(|| self.of_body(name, actor))
    }

    /// Whether somebody is told of only as one who speaks for others: “a spokesman”.
    pub(super) fn speaks_for_somebody(self, name: &str) -> bool {
        let mut left = words(name).filter(|word| {
            let determiner = [
                "a", "an", "the", "its", "his", "her", "their", "one", "another",
            ];
            !determiner
                .iter()
                .any(|other| word.eq_ignore_ascii_case(other))
        });
        let head = left.next();
        head.is_some_and(|word| self.phrases.stands_in("for-somebody", word))
            && left.next().is_none()
    }

    /// The only monitor that a report names as a speaker.
    fn named_monitor<'s>(
        self,
        sheet: &'s SheetJson<'_>,
    ) -> Option<(&'s str, Option<&'s ActorJson<'s>>)> {
        let mut all = sheet
            .statements
            .iter()
            .flat_map(|statement| &statement.sources)
            .filter(|source| source.kind == "monitor")
            .map(|source| named(sheet, source))
            .filter(|(name, _)| is_named(name, self.lexicon));
        let first = all.next()?;
        all.all(|other| other.0 == first.0).then_some(first)
    }

    pub(super) fn of_body(self, name: &str, actor: Option<&ActorJson<'_>>) -> Origin {
        let country = actor.and_then(|a| a.country.as_deref()).unwrap_or("-");
        let registry = actor.and_then(|a| a.registry.as_deref());
        let force = ["armed-forces", "police"].into_iter().find(|force| {
            // “The army”, “the Sudanese military”: a state has one.
            actor.is_some_and(|a| a.kind == "state-forces") && self.phrases.stands_in(force, name)
        });
        let rules = self.phrases.stands_in("military-rulers", name) && self.has(Rule::JuntaIsArmy);
        let force = if rules { Some("armed-forces") } else { force };
        let key = match (registry, force) {
            (_, Some(force)) => format!("body state:{country}:{force}"),
            (Some(registry), _) => format!("body {registry}"),
            _ if is_named(name, self.lexicon) => return self.who(name, Why::Speaker),
            _ => format!("body {} {country}{}", name_key(name), self.seat(name)),
        };
        Origin {
            key,
            name: name.to_owned(),
            why: Why::Speaker,
            unclear: false,
        }
    }

    /// Where an office is that nobody names further: “the mayor” is the mayor of the place of the
    /// incident. Empty for those of which a state has one.
    fn seat(self, name: &str) -> String {
        let of_state = self.phrases.stands_in("of-state", name);
        let Some(place) = self
            .scene
            .filter(|_| !of_state && self.has(Rule::OfficeOfPlace))
        else {
            return String::new();
        };
        match &place.admin1 {
            Some(province) if self.phrases.stands_in("of-province", name) => {
                format!(" in {}", name_key(province))
            }
            _ => format!(" in {}", name_key(&place.name)),
        }
    }

    /// Who did a deed, as two reports can be compared: the state behind a body of state, or the
    /// registry's entry of a group; `None` for whoever is given to nobody (“gunmen”) and for groups
    /// that nobody knows, which may have many names.
    pub(crate) fn identity(actor: Option<&ActorJson<'_>>) -> Option<String> {
        let actor = actor?;
        match (actor.kind.as_ref(), &actor.country, &actor.registry) {
            ("state-forces" | "government" | "external-forces", Some(country), _) => {
                Some(format!("state {country}"))
            }
            ("rebel-group" | "political-militia" | "identity-militia", _, Some(registry)) => {
                Some(registry.to_string())
            }
            _ => None,
        }
    }
}
