//! What an actor is by office: "spokesman", "interior minister", "colonel".

use sayso_lexicon::{ActorWord, Shape, TitleClass};
use sayso_text::{Rel, Xpos};

use crate::mention::{lemma, name_of, noun_of};
use crate::{Context, EntityId, MentionKind, Mentions};

/// The role of a single person as an apposition, a title or a noun tells it.
pub(super) fn of(context: &Context<'_>, mentions: &Mentions, entity: EntityId) -> Option<String> {
    let mut rank = None;
    for mention in super::mentions_of(mentions, entity) {
        let plural = context
            .reading
            .tokens
            .get(mention.head)
            .is_some_and(|t| matches!(t.xpos, Xpos::NNS | Xpos::NNPS));
        if mention.kind == MentionKind::Pronoun || plural {
            continue;
        }
        if let Some(agent) = noun_of(context, mention)
            && agent.shape == Shape::Person
            && !context
                .knowledge
                .lexicon
                .actor_words
                .has(ActorWord::NoOffice, &agent.class)
        {
            return Some(agent.noun.clone());
        }
        if rank.is_none() && mention.kind == MentionKind::Name {
            rank = title(context, mention.tokens.start, name_of(context, mention));
        }
        if rank.is_none() && leads(context, mention.head).is_some() {
            rank = Some("leader".to_owned());
        }
    }
    rank
}

/// The rank, office or post before a name.
fn title(
    context: &Context<'_>,
    start: usize,
    name: Option<sayso_text::TokenRange>,
) -> Option<String> {
    let titles = &context.knowledge.lexicon.titles;
    let end = name?.start;
    let word = |i: usize| context.reading.word(i).to_lowercase();
    (start..end)
        // "Secretary General" is no general.
        .filter_map(|i| {
            let two = (i + 1 < end).then(|| titles.get(&format!("{} {}", word(i), word(i + 1))));
            two.flatten().or_else(|| titles.get(&word(i)))
        })
        .find(|title| !matches!(title.class, TitleClass::Honorific))
        .map(|title| title.full.clone())
}

/// The head of the group in "the brigade, led by Dara", for the head of "Dara".
pub(super) fn leads(context: &Context<'_>, head: usize) -> Option<usize> {
    if !matches!(context.syntax.rel(head), Rel::OblAgent | Rel::Obl) {
        return None;
    }
    let by = context
        .syntax
        .children_by(head, &[Rel::Case])
        .any(|case| context.reading.word(case).eq_ignore_ascii_case("by"));
    let verb = context.syntax.head(head)?;
    let leading = context
        .knowledge
        .lexicon
        .actor_words
        .has(ActorWord::Leading, &lemma(context.reading, verb))
        || context.reading.word(verb).eq_ignore_ascii_case("led");
    let clause = matches!(
        context.syntax.rel(verb),
        Rel::Acl | Rel::AclRelcl | Rel::Amod
    );
    (by && leading && clause)
        .then(|| context.syntax.head(verb))
        .flatten()
}
