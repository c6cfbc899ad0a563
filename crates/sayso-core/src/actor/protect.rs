//! Who must not be exposed in a public export: minors, victims, witnesses, private persons.

use sayso_text::{Rel, Upos, Xpos};

use crate::mention::noun_of;
use crate::{
    Actor, ActorKind, Context, EntityId, Event, Mention, MentionKind, Mentions, Protect,
    SourceKind, Statement,
};

/// Nouns of people to whom something was done.
const VICTIMS: &[&str] = &[
    "victim",
    "survivor",
    "hostage",
    "captive",
    "detainee",
    "abductee",
    "prisoner",
    "inmate",
    "casualty",
    "orphan",
    "widow",
    "deportee",
    "political prisoner",
    "patient",
];

/// Sub-event types whose side b are people that something was done to.
const VIOLENT: &[&str] = &[
    "Abduction/forced disappearance",
    "Air/drone strike",
    "Arrests",
    "Attack",
    "Chemical weapon",
    "Excessive force against protesters",
    "Grenade",
    "Mob violence",
    "Remote explosive/landmine/IED",
    "Sexual violence",
    "Shelling/artillery/missile attack",
    "Suicide bomb",
];

/// Why a public export leaves the actor out; the strictest reason first.
pub(super) fn reason(
    context: &Context<'_>,
    mentions: &Mentions,
    entity: EntityId,
    actor: &Actor,
    statements: &[Statement],
    events: &[Event],
) -> Option<Protect> {
    let own: Vec<&Mention> = super::mentions_of(mentions, entity)
        .filter(|m| m.kind != MentionKind::Pronoun)
        .collect();
    if own.iter().any(|m| is_minor(context, m)) {
        return Some(Protect::Minor);
    }
    let human = matches!(
        actor.kind,
        ActorKind::Person | ActorKind::Civilians | ActorKind::Protesters | ActorKind::Unknown
    );
    let named_person = human
        && actor.kind != ActorKind::Unknown
        && own.iter().any(|m| m.kind == MentionKind::Name)
        && !own.iter().any(|m| plural(context, m));
    let one_person = named_person
        || human
            && own
                .first()
                .is_some_and(|m| !plural(context, m) && is_person(context, m));
    let called_victim = own
        .iter()
        .any(|m| noun_of(context, m).is_some_and(|agent| VICTIMS.contains(&agent.noun.as_str())));
    let suffered = events.iter().any(|event| {
        is_violent(event) && event.side_b.iter().any(|side| side.entity == Some(entity))
    });
    if called_victim || (one_person && suffered && actor.role.is_none()) {
        return Some(Protect::Victim);
    }
    let witness = own.iter().any(|m| {
        noun_of(context, m).is_some_and(|agent| agent.class == "witness")
            || declined_to_be_named(context, m)
    }) || human
        && statements
            .iter()
            .flat_map(|s| &s.sources)
            .any(|source| source.entity == Some(entity) && source.kind == SourceKind::Eyewitness);
    if witness {
        return Some(Protect::Witness);
    }
    // A name without an office, and of nobody's leadership, is a private person's.
    (named_person && actor.role.is_none() && actor.member_of.is_none()).then_some(Protect::Private)
}

/// Whether side b of the event are people that something was done to.
pub(super) fn is_violent(event: &Event) -> bool {
    event.acled.is_some_and(|acled| VIOLENT.contains(&acled))
}

fn plural(context: &Context<'_>, mention: &Mention) -> bool {
    context
        .reading
        .tokens
        .get(mention.head)
        .is_some_and(|t| matches!(t.xpos, Xpos::NNS | Xpos::NNPS))
}

fn is_person(context: &Context<'_>, mention: &Mention) -> bool {
    noun_of(context, mention).is_some_and(|agent| agent.shape == sayso_lexicon::Shape::Person)
}

fn is_minor(context: &Context<'_>, mention: &Mention) -> bool {
    if noun_of(context, mention).is_some_and(|agent| agent.class == "minor") {
        return true;
    }
    age(context, mention).is_some_and(|years| years < 18)
}

/// The age in "a 12-year-old", "Dara, 14," or "Dara (14)".
fn age(context: &Context<'_>, mention: &Mention) -> Option<u32> {
    let reading = context.reading;
    let number = |i: usize| reading.word(i).parse::<u32>().ok().filter(|n| *n < 120);
    let stated = mention.tokens.clone().find_map(|i| {
        let word = reading.word(i).to_lowercase();
        if let Some((years, "year-old" | "years-old")) = word.split_once('-') {
            return years.parse().ok();
        }
        let years = number(i)?;
        // "12 - year - old", "12 years old", however the tokens are cut.
        let next: Vec<String> = (i + 1..i + 6)
            .map(|j| reading.word(j).to_lowercase())
            .collect();
        let unit = next
            .iter()
            .map(String::as_str)
            .find(|w| *w != "-")
            .is_some_and(|w| matches!(w, "year" | "years" | "year-old"));
        let old = next.iter().any(|w| w == "old" || w == "year-old");
        (unit && old).then_some(years)
    });
    if stated.is_some() {
        return stated;
    }
    let person = mention.kind == MentionKind::Name
        && crate::mention::name_at(reading, mention.head)
            .is_some_and(|name| name.kind == sayso_text::NameKind::Person);
    let end = mention.tokens.end;
    let enclosed = matches!(
        (reading.word(end), reading.word(end + 2)),
        (",", "," | ".") | ("(", ")")
    ) || reading.word(end) == "(" && reading.word(end + 2).starts_with("year");
    (person && enclosed && context.syntax.upos(end + 1) == Upos::Num)
        .then(|| number(end + 1))
        .flatten()
}

/// "a resident who declined to be named", "speaking on condition of anonymity".
fn declined_to_be_named(context: &Context<'_>, mention: &Mention) -> bool {
    let reach = context.syntax.reach(mention.head);
    let clause = context
        .syntax
        .child(mention.head, &[Rel::Acl, Rel::AclRelcl])
        .is_some();
    let official = noun_of(context, mention).is_some_and(|agent| {
        matches!(
            agent.kind.as_str(),
            "government" | "state-forces" | "unknown"
        )
    });
    if !clause || official {
        return false;
    }
    let words: Vec<String> = (mention.tokens.end..reach.end)
        .map(|i| context.reading.word(i).to_lowercase())
        .collect();
    let has = |word: &str| words.iter().any(|w| w == word);
    has("anonymity")
        || (has("named") || has("identified") || has("name"))
            && (has("declined") || has("refused") || has("asked") || has("not") || has("withheld"))
}
