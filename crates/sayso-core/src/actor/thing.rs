//! What is hit and is nobody: a house, a bus, a pipeline. Such a side has words and no actor.

use sayso_text::NameKind;

use crate::mention::{lemma, name_at};
use crate::{Context, MentionKind, Mentions};

/// Whether the noun phrase headed by `token` names a thing and not those in it or behind it.
pub(super) fn is_thing(context: &Context<'_>, mentions: &Mentions, token: usize) -> bool {
    let people = name_at(context.reading, token)
        .is_some_and(|name| matches!(name.kind, NameKind::Person | NameKind::Norp));
    if people {
        return false;
    }
    let events = &context.knowledge.lexicon.events;
    let form = context.reading.word(token).to_lowercase();
    let lemma = lemma(context.reading, token);
    if events.people.class(&lemma).is_some() || events.people.class(&form).is_some() {
        return false;
    }
    if events.things.has(&lemma) || events.things.has(&form) {
        return true;
    }
    // A noun that no list has: what the model takes for an object.
    let etype = context.reading.tokens.get(token).map_or("", |t| t.etype);
    let nominal = mentions
        .headed_by(token)
        .is_none_or(|m| m.kind == MentionKind::Nominal);
    let known = mentions
        .headed_by(token)
        .is_some_and(|m| crate::mention::noun_of(context, m).is_some());
    nominal && etype == "object" && !known
}
