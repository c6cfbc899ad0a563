//! A body that is told of again by what it is: “the rescue group”, “the agency”.

use sayso_api::{ActorJson, SheetJson, SourceJson};
use sayso_lexicon::{Agent, Shape};

use super::{Attributions, is_named, named};
use crate::rule::JudgingRule as Rule;
use crate::words::words;

/// Whom a noun with “the” stands for.
pub(super) enum Again<'s> {
    /// The only body of its class that the report has named before.
    Of(&'s ActorJson<'s>),
    /// One of several.
    OfSeveral,
    /// Nobody who was named.
    Nobody,
}

/// Words of the longest description of a body: “the United Nations refugee agency” is a name.
const LONGEST: usize = 5;

impl<'l> Attributions<'l> {
    /// Whether a speaker is a body told of again, and which.
    pub(super) fn told_again<'s>(
        self,
        sheet: &'s SheetJson<'_>,
        source: &SourceJson<'_>,
    ) -> Again<'s> {
        let (name, actor) = named(sheet, source);
        let is_known = actor.is_some_and(|actor| actor.registry.is_some());
        if is_known || is_named(name, self.lexicon) || !self.has(Rule::NamedBefore) {
            return Again::Nobody;
        }
        let Some(noun) = self.body_noun(&source.quote) else {
            return Again::Nobody;
        };
        let mut bodies = sheet.actors.iter().filter(|body| {
            let is_before = |mention: &[usize; 2]| mention[1] <= source.span[0];
            body.mentions.iter().any(is_before) && self.is_of_class(noun, body)
        });
        match (bodies.next(), bodies.next()) {
            (Some(body), None) => Again::Of(body),
            (Some(_), Some(_)) => Again::OfSeveral,
            _ => Again::Nobody,
        }
    }

    /// The noun of “the rescue group”, where it is for one body.
    fn body_noun(self, quote: &str) -> Option<&'l Agent> {
        let all: Vec<String> = words(quote).map(str::to_lowercase).collect();
        let (first, noun) = all.split_first()?;
        let is_definite = matches!(first.as_str(), "the" | "this" | "that");
        let agent = self.lexicon.agents.tail(noun)?;
        let is_body = matches!(agent.shape, Shape::Group | Shape::Body);
        (is_definite && is_body && all.len() <= LONGEST).then_some(agent)
    }

    /// Whether `body` is named, and can be told of by `noun`.
    fn is_of_class(self, noun: &Agent, body: &ActorJson<'_>) -> bool {
        let armed = ["rebel-group", "political-militia", "identity-militia"];
        let kind = body.kind.as_ref();
        let suits = match noun.kind.as_str() {
            "organisation" => kind == "organisation",
            "media" => matches!(kind, "organisation" | "media"),
            "unknown" => kind == "organisation" || armed.contains(&kind),
            "government" if noun.class == "ministry" => {
                let name: Vec<String> = words(&body.name).map(str::to_lowercase).collect();
                let own = self.lexicon.agents.tail(&name);
                kind == "government" && own.is_some_and(|own| own.class == noun.class)
            }
            own => armed.contains(&own) && armed.contains(&kind),
        };
        suits && (body.registry.is_some() || is_named(&body.name, self.lexicon))
    }
}
