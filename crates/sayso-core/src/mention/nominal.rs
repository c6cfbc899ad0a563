//! Third pass: definite nouns ("the sources", "the Britain-based monitor", "the group").

use sayso_lexicon::{MentionWord, Shape};
use sayso_text::NameKind;

use super::MentionKind;
use super::candidate::{Article, Candidate, Sort};
use super::chain::{Chain, Chains};
use crate::{ActorKind, Context};

/// How many sentences back a noun of a general class may point.
const NEAR: usize = 6;

/// Joins definite nouns with what they stand for: first by the same head word, then by class.
pub(super) fn link(context: &Context<'_>, candidates: &[Candidate<'_>], chains: &mut Chains<'_>) {
    for (i, candidate) in candidates.iter().enumerate() {
        if candidate.kind != MentionKind::Nominal || candidate.sort == Sort::Time {
            continue;
        }
        if chains.of(i).named() {
            continue;
        }
        let found = same_words(candidates, chains, i)
            .or_else(|| head_match(context, candidates, chains, i))
            .or_else(|| class_match(context, candidates, chains, i));
        if let Some(earlier) = found {
            chains.join(earlier, i);
        }
        if is_general(candidate) && spoken_of_as_known(candidates, chains, i) {
            // "blames the group … the Dawn Front … the group": a headline may say "the group"
            // before the text names it.
            if let Some(named) = class_match(context, candidates, chains, i)
                && chains.of(named).named()
            {
                chains.join(named, i);
            }
        }
    }
}

/// Nouns that can stand for any named group.
fn is_general(c: &Candidate<'_>) -> bool {
    c.agent.is_some_and(|agent| {
        matches!(
            agent.class.as_str(),
            "group" | "movement" | "militia" | "organisation"
        )
    })
}

/// Whether no mention of the chain brought it in as a new thing ("a group of fighters").
fn spoken_of_as_known(candidates: &[Candidate<'_>], chains: &Chains<'_>, this: usize) -> bool {
    let chain = chains.of(this);
    !chain.named()
        && chain
            .members
            .iter()
            .all(|&m| candidates[m].pronoun.is_some() || candidates[m].article == Article::Definite)
}

/// Earlier candidates, nearest sentence first, subjects before others in a sentence.
fn earlier<'c>(
    candidates: &'c [Candidate<'_>],
    chains: &'c Chains<'_>,
    this: usize,
) -> impl Iterator<Item = usize> + 'c {
    let mut order: Vec<usize> = (0..this)
        .filter(|&j| {
            let c = &candidates[j];
            c.pronoun.is_none()
                // A phrase inside the other is not the same thing.
                && !(c.tokens.contains(&candidates[this].head)
                    || candidates[this].tokens.contains(&c.head))
        })
        .collect();
    order.sort_by_key(|&j| {
        let c = &candidates[j];
        (
            candidates[this].sentence - c.sentence,
            !c.subject,
            std::cmp::Reverse(j),
        )
    });
    order
        .into_iter()
        .filter(move |&j| chains.root(j) != chains.root(this))
}

/// The same phrase again ("Local sources … local sources"), unless it brings in a new thing
/// ("a soldier … a soldier", "12 people … 12 people").
fn same_words(candidates: &[Candidate<'_>], chains: &Chains<'_>, this: usize) -> Option<usize> {
    let c = &candidates[this];
    let actor = c.agent.is_some_and(|a| a.shape != Shape::Document);
    if c.article == Article::Indefinite || !actor {
        return None;
    }
    earlier(candidates, chains, this).find(|&j| {
        let e = &candidates[j];
        e.name.is_none()
            && e.article != Article::Indefinite
            && e.lemma == c.lemma
            && e.words == c.words
            && (c.article == Article::Definite || c.article == e.article)
            && (c.article != Article::Bare || !c.words.is_empty() || c.count == e.count)
            && chains.agree(j, this)
    })
}

/// "the sources" for "local sources", "the observatory" for "the Ordu Observatory for Rights".
fn head_match(
    context: &Context<'_>,
    candidates: &[Candidate<'_>],
    chains: &Chains<'_>,
    this: usize,
) -> Option<usize> {
    let c = &candidates[this];
    if c.article != Article::Definite {
        return None;
    }
    let place_or_thing = matches!(c.sort, Sort::Thing | Sort::Unknown | Sort::Document);
    earlier(candidates, chains, this).find(|&j| {
        let chain = chains.of(j);
        let e = &candidates[j];
        let heads = chain.heads.contains(&c.lemma)
            || c.agent.is_some_and(|a| {
                chain.heads.contains(&a.class) || e.agent.is_some_and(|b| a.noun == b.noun)
            });
        heads
            && adds_nothing(context, c, chain)
            && (!place_or_thing || c.sentence - e.sentence <= NEAR)
            && chains.agree(j, this)
    })
}

/// Whether the modifiers of `c` are all known of `chain`.
fn adds_nothing(context: &Context<'_>, c: &Candidate<'_>, chain: &Chain) -> bool {
    let lists = &context.knowledge.lexicon.mention_words;
    c.words.iter().all(|word| {
        chain.words.contains(word)
            || lists.has(MentionWord::Neutral, word)
            || word.ends_with("-based")
            || word == "base"
            || word.len() < 2
    }) || c.words.iter().any(|w| w.ends_with("-based"))
}

/// "the monitor", "the group", "the minister": by what sort of thing the noun can stand for.
fn class_match(
    context: &Context<'_>,
    candidates: &[Candidate<'_>],
    chains: &Chains<'_>,
    this: usize,
) -> Option<usize> {
    let c = &candidates[this];
    let agent = c.agent?;
    if c.article != Article::Definite || agent.shape == Shape::Document {
        return None;
    }
    let class = agent.class.as_str();
    let plain = plain_description(context, c);
    if !plain && !chain_class_words(c) {
        return None;
    }
    earlier(candidates, chains, this).find(|&j| {
        let chain = chains.of(j);
        let e = &candidates[j];
        let distance = c.sentence - e.sentence;
        let same_class = chain.classes.contains(class)
            && agent.shape != Shape::Group
            && (chain.named() || distance <= NEAR);
        let fits = match class {
            "group" | "movement" | "front" | "side" | "network" => {
                distance <= NEAR && chain.sort == Sort::Group && group_like(chain)
            }
            "militia" | "faction" | "gang" => {
                distance <= NEAR
                    && chain.sort == Sort::Group
                    && chain.named()
                    && !is_civil(context, chain)
                    && matches!(
                        chain.actor,
                        ActorKind::PoliticalMilitia
                            | ActorKind::RebelGroup
                            | ActorKind::IdentityMilitia
                            | ActorKind::Organisation
                            | ActorKind::Unknown
                    )
            }
            "monitor" | "organisation" => {
                chain.sort == Sort::Group
                    && chain.named()
                    && matches!(chain.actor, ActorKind::Organisation | ActorKind::Unknown)
            }
            "media" => distance <= NEAR && chain.named() && chain.actor == ActorKind::Media,
            "government"
                if matches!(
                    agent.noun.as_str(),
                    "country" | "nation" | "kingdom" | "republic"
                ) =>
            {
                chain.sort == Sort::Place
                    && distance <= 2
                    && chain.names.iter().any(|n| n.kind == NameKind::Gpe)
            }
            "official" => {
                distance <= 3
                    && chain.named()
                    && chain.sort == Sort::Person
                    && chain.actor == ActorKind::Government
            }
            "man" | "woman" | "person" | "minor" | "suspect" => {
                distance <= 3
                    && chain.sort == Sort::Person
                    && e.article != Article::Definite
                    && (chain.named() || chain.classes.contains(class))
            }
            _ => false,
        };
        (same_class || fits) && chains.agree(j, this) && same_home(context, c, chain)
    })
}

/// A definite noun with no modifiers beyond neutral ones.
fn plain_description(context: &Context<'_>, c: &Candidate<'_>) -> bool {
    let lists = &context.knowledge.lexicon.mention_words;
    c.words.iter().all(|word| {
        lists.has(MentionWord::Neutral, word) || word.ends_with("-based") || word == "base"
    })
}

/// "the head of the Britain-based group", "the monitoring group": the modifiers describe the
/// class rather than pick out another thing.
fn chain_class_words(c: &Candidate<'_>) -> bool {
    c.agent
        .is_some_and(|a| a.noun.contains(' ') && c.words.len() < a.noun.split(' ').count())
        || c.words.iter().any(|w| w.ends_with("-based"))
        || c.agent.is_some_and(|a| {
            a.class == "leader"
                || matches!(
                    a.noun.as_str(),
                    "country" | "nation" | "kingdom" | "republic"
                )
        })
}

/// A council, a monitor or another body without arms, by its head noun or in the registry.
fn is_civil(context: &Context<'_>, chain: &Chain) -> bool {
    let agents = &context.knowledge.lexicon.agents;
    let body = |head: &String| {
        agents
            .get(head)
            .is_some_and(|a| a.shape == Shape::Body && a.kind == "organisation")
    };
    chain.heads.iter().any(body)
        || (chain.actor == ActorKind::Organisation && chain.names.iter().any(|n| n.registered))
}

fn group_like(chain: &Chain) -> bool {
    (chain.named()
        && !matches!(
            chain.actor,
            ActorKind::Government | ActorKind::Media | ActorKind::StateForces
        ))
        || chain.classes.contains("group")
        || chain.classes.contains("militia")
        || chain.classes.contains("movement")
}

/// A noun with "of X" or "X's" needs a chain that is tied to X.
fn same_home(context: &Context<'_>, c: &Candidate<'_>, chain: &Chain) -> bool {
    // "the pro-Western kingdom" describes a country by whatever one likes.
    if chain.sort == Sort::Place {
        return true;
    }
    let lists = &context.knowledge.lexicon.mention_words;
    let names_inside = c
        .words
        .iter()
        .filter(|word| !lists.has(MentionWord::Neutral, word) && !word.ends_with("-based"))
        .filter(|word| {
            c.tokens.clone().any(|i| {
                context
                    .reading
                    .word(i)
                    .chars()
                    .next()
                    .is_some_and(char::is_uppercase)
                    && context.reading.word(i).eq_ignore_ascii_case(word)
            })
        });
    let mut all = true;
    for word in names_inside {
        all &= chain.words.contains(word);
    }
    all
}
