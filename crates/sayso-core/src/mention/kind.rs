//! What kind of actor a phrase names, by the lexicon.

use sayso_lexicon::{Agent, MentionWord, Shape, TitleClass};
use sayso_text::{NameKind, Rel, TokenRange, Upos};

use super::candidate::lemma;
use super::name::NameWords;
use crate::{ActorKind, Context};

/// The lexicon's entry for the phrase: by its last words up to the head, by the noun behind
/// "group of", or by the title before a name.
pub(super) fn agent_of<'a>(
    context: &Context<'a>,
    tokens: &TokenRange,
    head: usize,
    name: Option<&NameWords>,
) -> Option<&'a Agent> {
    if let Some(name) = name {
        if matches!(name.kind, NameKind::Person) {
            // "army spokesman Colonel Dara": the nearest title that is a noun of the lexicon.
            return title_agent(context, tokens.start..name.tokens.start);
        }
        if matches!(name.kind, NameKind::Gpe | NameKind::Loc) {
            return None;
        }
    }
    if let Some(inner) = counted(context, tokens, head) {
        let from = tokens.start.max(inner.saturating_sub(3));
        return noun(context, from.max(head + 1)..inner, inner);
    }
    noun(
        context,
        tokens.start.max(head.saturating_sub(3))..head,
        head,
    )
    .map(|agent| of_phrase(context, tokens, head, agent).unwrap_or(agent))
}

/// For "dozens of rebels" and "most of the residents": the head of what is counted.
fn counted(context: &Context<'_>, tokens: &TokenRange, head: usize) -> Option<usize> {
    let word = context.reading.word(head).to_lowercase();
    let lists = &context.knowledge.lexicon.mention_words;
    let counting = |word: &str| lists.has(MentionWord::Counting, word);
    let counts = counting(&word)
        || counting(word.trim_end_matches('s'))
        || context.syntax.upos(head) == Upos::Num;
    let inner = context
        .syntax
        .children_by(head, &[Rel::Nmod])
        .find(|child| tokens.contains(child) && *child > head)?;
    let of = context
        .syntax
        .children_by(inner, &[Rel::Case])
        .any(|case| context.reading.word(case).eq_ignore_ascii_case("of"));
    (counts && of).then_some(inner)
}

/// The entry for the noun `head` with the words `before` it.
fn noun<'a>(context: &Context<'a>, before: TokenRange, head: usize) -> Option<&'a Agent> {
    let agents = &context.knowledge.lexicon.agents;
    let mut words: Vec<String> = before
        .clone()
        .filter(|&i| context.syntax.upos(i) != Upos::Punct)
        .map(|i| context.reading.word(i).to_lowercase())
        .collect();
    let mut joined = hyphenated(context, before);
    let form = context.reading.word(head).to_lowercase();
    // Lemmas of rare words are often wrong: the form and its regular singulars stand in.
    let forms = [
        Some(lemma(context.reading, head)),
        Some(form.clone()),
        form.strip_suffix("men").map(|stem| format!("{stem}man")),
        form.strip_suffix("women")
            .map(|stem| format!("{stem}woman")),
        form.strip_suffix("ies").map(|stem| format!("{stem}y")),
        form.strip_suffix("sses").map(|stem| format!("{stem}ss")),
        form.strip_suffix('s').map(str::to_owned),
    ];
    words.push(String::new());
    joined.push(String::new());
    forms.into_iter().flatten().find_map(|form| {
        if let Some(last) = joined.last_mut() {
            last.clone_from(&form);
        }
        if let Some(last) = words.last_mut() {
            *last = form;
        }
        let whole = agents.tail(&joined).filter(|a| a.noun.contains('-'));
        whole.or_else(|| agents.tail(&words))
    })
}

/// The words of a phrase in lower case, those that hyphens join as one: "self-defence".
fn hyphenated(context: &Context<'_>, tokens: TokenRange) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for i in tokens {
        let word = context.reading.word(i);
        if word == "-" {
            open = !words.is_empty();
        } else if open && let Some(last) = words.last_mut() {
            last.push('-');
            last.push_str(&word.to_lowercase());
            open = false;
        } else if context.syntax.upos(i) != Upos::Punct {
            words.push(word.to_lowercase());
        }
    }
    words
}

/// "a group of fighters" is what the fighters are; "members of the army" are soldiers no more
/// than the army is one, so the noun itself stays where it tells something.
fn of_phrase<'a>(
    context: &Context<'a>,
    tokens: &TokenRange,
    head: usize,
    agent: &'a Agent,
) -> Option<&'a Agent> {
    if !matches!(agent.class.as_str(), "group" | "member") {
        return None;
    }
    let of = context
        .syntax
        .children_by(head, &[Rel::Nmod])
        .find(|child| tokens.contains(child))?;
    let agents = &context.knowledge.lexicon.agents;
    agents.get(&lemma(context.reading, of)).and_then(|inner| {
        // Keep the shape of the group, take the kind of its people.
        agents
            .all()
            .iter()
            .find(|a| a.kind == inner.kind && a.shape == agent.shape && a.class == "militia")
    })
}

/// Of several titles ("army spokesman Colonel") the office comes before the rank.
fn title_agent<'a>(context: &Context<'a>, before: TokenRange) -> Option<&'a Agent> {
    let agents = &context.knowledge.lexicon.agents;
    let words: Vec<String> = before
        .filter(|&i| context.syntax.upos(i) != Upos::Punct)
        .map(|i| context.reading.word(i).to_lowercase())
        .collect();
    let found = || {
        (1..=words.len())
            .rev()
            .filter_map(|end| agents.tail(&words[..end]))
    };
    found()
        .find(|agent| agent.class != "commander" && agent.shape == Shape::Person)
        .or_else(|| found().next())
}

/// The kind that a name or noun tells by itself.
pub(super) fn kind_of_name(
    context: &Context<'_>,
    name: Option<&NameWords>,
    agent: Option<&Agent>,
) -> ActorKind {
    let lexicon = context.knowledge.lexicon;
    if let Some(name) = name {
        let text = context.reading.slice(context.reading.span(&name.tokens));
        if let Some(listed) = context.knowledge.listed(text) {
            return listed.kind;
        }
        if lexicon.outlets.get(text).is_some() {
            return ActorKind::Media;
        }
        if name.kind == NameKind::Person {
            return person_kind(context, name, agent);
        }
    }
    if let Some(name) = name
        && !matches!(name.kind, NameKind::Gpe | NameKind::Loc | NameKind::Norp)
        && is_called_medium(context, &name.tokens)
    {
        return ActorKind::Media;
    }
    let told = agent
        .and_then(|agent| ActorKind::parse(&agent.kind))
        .filter(|kind| *kind != ActorKind::Unknown);
    match (told, name.map(|name| name.kind)) {
        // "The coalition" is an alliance of states; one with a name of its own is of anybody.
        (Some(ActorKind::ExternalForces), Some(NameKind::Org))
            if agent.is_some_and(|agent| agent.noun == "coalition") =>
        {
            ActorKind::Organisation
        }
        (Some(kind), _) => kind,
        (None, Some(NameKind::Org)) => ActorKind::Organisation,
        _ => ActorKind::Unknown,
    }
}

/// Whether a name of several words ends as those of newspapers and stations do: "Chindwin Post".
fn is_called_medium(context: &Context<'_>, tokens: &TokenRange) -> bool {
    let lists = &context.knowledge.lexicon.mention_words;
    let last = tokens.end.saturating_sub(1);
    let reading = context.reading;
    tokens.len() > 1
        && lists.has(MentionWord::Medium, reading.word(last))
        && !lists.has(MentionWord::Post, reading.word(last.saturating_sub(1)))
}

/// An officer or a minister is of the body he speaks for; anybody else is a person.
fn person_kind(context: &Context<'_>, name: &NameWords, agent: Option<&Agent>) -> ActorKind {
    if let Some(kind) = agent
        .and_then(|agent| ActorKind::parse(&agent.kind))
        .filter(|kind| {
            matches!(
                kind,
                ActorKind::Government | ActorKind::StateForces | ActorKind::Media
            )
        })
    {
        return kind;
    }
    // "the human rights group Mirador", whatever else bears that name.
    if let Some(agent) = agent.filter(|a| matches!(a.shape, Shape::Group | Shape::Body))
        && let Some(kind) = ActorKind::parse(&agent.kind).filter(|k| *k != ActorKind::Unknown)
    {
        return kind;
    }
    let before = name.tokens.start.saturating_sub(1);
    let titles = &context.knowledge.lexicon.titles;
    let word = |i: usize| context.reading.word(i).to_lowercase();
    // "Secretary General" is no general.
    let two = before
        .checked_sub(1)
        .and_then(|first| titles.get(&format!("{} {}", word(first), word(before))));
    let title = two
        .or_else(|| titles.get(&word(before)))
        .filter(|title| matches!(title.class, TitleClass::Rank | TitleClass::Office));
    title
        .filter(|_| before < name.tokens.start)
        .and_then(|title| ActorKind::parse(&title.kind))
        .unwrap_or(ActorKind::Person)
}
