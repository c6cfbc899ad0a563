//! Candidates for coreference: every noun phrase, name and pronoun with what it tells of itself.

use sayso_lexicon::{Agent, Gender, Shape};
use sayso_text::{NameKind, Reading, Rel, TokenRange, Upos, Xpos};

use super::kind::{agent_of, kind_of_name};
use super::phrase::{is_entity, name_at, noun_phrase};
use super::{MentionKind, name::NameWords};
use crate::{ActorKind, Context, PlaceMention};

/// What sort of thing a mention stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// One or several people.
    Person,
    /// A group, force or body.
    Group,
    /// A place.
    Place,
    /// Something quoted in place of who wrote it.
    Document,
    /// Any other thing or event.
    Thing,
    /// A time or an amount: never the antecedent of anything.
    Time,
    /// Cannot be told.
    Unknown,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// Takes "he", "she" or "it".
    One,
    /// Takes "they".
    Many,
    /// Takes "it" or "they": a collective, or not told.
    Either,
}

/// How the phrase is introduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Article {
    /// "the", "this", "those"
    Definite,
    /// "a", "some", "other", a numeral: a new thing
    Indefinite,
    /// "his", "the army's"
    Possessed,
    /// none
    Bare,
}

/// Pronouns that can be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    /// he, him, his, she, her
    Personal,
    /// it, its
    Thing,
    /// they, them, their
    Plural,
    /// who, which, that, whose
    Relative,
    /// I, we, you, this, there …: left to whoever knows the speaker
    Other,
}

/// A mention before it is resolved.
pub(super) struct Candidate<'a> {
    pub(super) tokens: TokenRange,
    pub(super) head: usize,
    pub(super) kind: MentionKind,
    pub(super) sentence: usize,
    pub(super) sort: Sort,
    pub(super) count: Count,
    pub(super) gender: Option<Gender>,
    pub(super) article: Article,
    pub(super) pronoun: Option<Pronoun>,
    /// Lower-case lemma of the head.
    pub(super) lemma: String,
    /// Entry of the head noun, or of the title before a name.
    pub(super) agent: Option<&'a Agent>,
    /// The name in the phrase.
    pub(super) name: Option<NameWords>,
    pub(super) actor: ActorKind,
    /// Lower-case content words other than the head.
    pub(super) words: Vec<String>,
    pub(super) subject: bool,
    pub(super) object: bool,
    /// Inside a direct quotation.
    pub(super) quoted: bool,
}

/// Relations of tokens that are part of another token's phrase.
const INNER: &[Rel] = &[
    Rel::Flat,
    Rel::Fixed,
    Rel::Goeswith,
    Rel::Det,
    Rel::DetPredet,
    Rel::Case,
    Rel::Mark,
    Rel::Cc,
    Rel::CcPreconj,
    Rel::Punct,
    Rel::Aux,
    Rel::AuxPass,
    Rel::Cop,
];

/// Relations of subjects.
const SUBJECT: &[Rel] = &[Rel::Nsubj, Rel::NsubjPass, Rel::NsubjOuter];
const OBJECT: &[Rel] = &[Rel::Obj, Rel::Iobj];

/// Every candidate, in text order of its head.
pub(super) fn all<'a>(context: &Context<'a>, places: &[PlaceMention]) -> Vec<Candidate<'a>> {
    let quoted = quoted_tokens(context.reading);
    let mut found: Vec<Candidate<'a>> = (0..context.reading.tokens.len())
        .filter(|&token| heads_mention(context, token))
        .map(|token| candidate(context, token, &quoted))
        .collect();
    settle_name_kinds(context, places, &mut found);
    drop_bare_titles(context, &mut found);
    found.sort_by_key(|c| (c.tokens.start, std::cmp::Reverse(c.tokens.end), c.head));
    found
}

/// "President" in "President Dara" is a title, not somebody.
fn drop_bare_titles(context: &Context<'_>, found: &mut Vec<Candidate<'_>>) {
    let people: Vec<(usize, TokenRange)> = found
        .iter()
        .filter(|c| {
            c.name
                .as_ref()
                .is_some_and(|name| name.kind == NameKind::Person)
        })
        .map(|c| (c.head, c.tokens.clone()))
        .collect();
    found.retain(|c| {
        let inside = people
            .iter()
            .any(|(head, tokens)| *head != c.head && tokens.contains(&c.head));
        let title = context
            .knowledge
            .lexicon
            .titles
            .get(&context.reading.word(c.head).to_lowercase())
            .is_some();
        !(inside && title && c.tokens.len() == 1)
    });
}

/// The tagger sees one sentence at a time: a last name that it takes for a place or a body is a
/// person's where a full name in the text ends with it, and a name is of one kind throughout.
fn settle_name_kinds<'a>(
    context: &Context<'a>,
    places: &[PlaceMention],
    found: &mut [Candidate<'a>],
) {
    let mut full: Vec<(Vec<String>, NameKind)> = Vec::new();
    for candidate in found.iter() {
        if let Some(name) = &candidate.name
            && name.kind != NameKind::Other
        {
            full.push((name.words.clone(), name.kind));
        }
    }
    for candidate in found.iter_mut() {
        let Some(name) = &candidate.name else {
            continue;
        };
        if name.registered {
            continue;
        }
        let count = |kind: NameKind| {
            full.iter()
                .filter(|(words, k)| *k == kind && *words == name.words)
                .count()
        };
        let last_name = matches!(name.words.as_slice(), [one] if full.iter().any(|(words, kind)| {
            *kind == NameKind::Person && words.len() > 1 && words.last() == Some(one)
        }));
        let own = count(name.kind);
        // A town that the tagger takes for a person in one sentence.
        let place = !last_name
            && name.kind == NameKind::Person
            && places
                .iter()
                .any(|p| !p.demonym && p.tokens == name.tokens && p.place.lat.is_some());
        let kind = if place {
            NameKind::Gpe
        } else if last_name && own <= count(NameKind::Person) + 1 {
            NameKind::Person
        } else {
            [NameKind::Person, NameKind::Org, NameKind::Gpe]
                .into_iter()
                .filter(|&kind| kind != name.kind && count(kind) > own.max(1))
                .max_by_key(|&kind| count(kind))
                .unwrap_or(name.kind)
        };
        if kind != name.kind
            && let Some(name) = candidate.name.as_mut()
        {
            name.kind = kind;
            candidate.agent = agent_of(
                context,
                &candidate.tokens,
                candidate.head,
                candidate.name.as_ref(),
            );
            candidate.actor = kind_of_name(context, candidate.name.as_ref(), candidate.agent);
            set_sort_and_count(context, candidate);
        }
    }
}

fn heads_mention(context: &Context<'_>, token: usize) -> bool {
    let Some(t) = context.reading.tokens.get(token) else {
        return false;
    };
    let name = name_at(context.reading, token).filter(|name| is_entity(name.kind));
    if !context.reading.annotated {
        // Without trees only names can be told; their last word stands for them.
        return name.is_some_and(|name| name.tokens.end == token + 1);
    }
    if INNER.contains(&t.rel) && !(t.rel == Rel::Det && t.xpos == Xpos::PRPS) {
        // A name whose inner tree is wrong still has one head.
        return name
            .is_some_and(|name| t.rel != Rel::Punct && name_head(context, &name.tokens) == token);
    }
    if let Some(name) = name
        && name_head(context, &name.tokens) != token
        && t.upos != Upos::Pron
    {
        // "the General Security Directorate of the Interim Government": the inner names are
        // mentions only where they are phrases of their own.
        return t.rel == Rel::NmodPoss
            || matches!(t.rel, Rel::Nmod | Rel::Conj | Rel::Appos)
                && matches!(t.upos, Upos::Noun | Upos::Propn)
                && context.syntax.child(token, &[Rel::Det]).is_some();
    }
    match t.upos {
        Upos::Noun | Upos::Propn => {
            t.rel != Rel::Compound || name.is_some_and(|name| name.kind != NameKind::Norp)
        }
        Upos::Pron => t.rel != Rel::Expl && t.xpos != Xpos::EX,
        // "the wounded", "dozens were killed"
        Upos::Adj | Upos::Num | Upos::X | Upos::Det => {
            SUBJECT.contains(&t.rel)
                || OBJECT.contains(&t.rel)
                || t.rel == Rel::OblAgent
                || (name.is_some() && t.rel != Rel::Amod)
        }
        Upos::Verb => false,
        _ => name.is_some_and(|name| name.kind != NameKind::Norp) && t.upos != Upos::Adv,
    }
}

/// The token of a name that the rest of it hangs from.
pub(super) fn name_head(context: &Context<'_>, tokens: &TokenRange) -> usize {
    tokens
        .clone()
        .find(|&token| {
            context
                .syntax
                .head(token)
                .is_none_or(|head| !tokens.contains(&head))
                && context.syntax.upos(token) != Upos::Det
                && context.syntax.upos(token) != Upos::Punct
        })
        .unwrap_or_else(|| tokens.end.saturating_sub(1))
}

fn candidate<'a>(context: &Context<'a>, head: usize, quoted: &[bool]) -> Candidate<'a> {
    let reading = context.reading;
    let resolvable =
        context.syntax.upos(head) == Upos::Pron && pronoun(context, head) != Pronoun::Other;
    let tokens = if resolvable {
        head..head + 1
    } else {
        noun_phrase(context, head)
    };
    let upos = context.syntax.upos(head);
    let rel = context.syntax.rel(head);
    let lemma = lemma(reading, head);
    let pronoun = (upos == Upos::Pron).then(|| pronoun(context, head));
    let name = if pronoun.is_some() {
        None
    } else {
        NameWords::in_phrase(context, &tokens, head)
    };
    let kind = match (&pronoun, &name) {
        (Some(_), _) => MentionKind::Pronoun,
        (None, Some(_)) => MentionKind::Name,
        (None, None) => MentionKind::Nominal,
    };
    let agent = if pronoun.is_some() {
        None
    } else {
        agent_of(context, &tokens, head, name.as_ref())
    };
    let mut made = Candidate {
        sentence: reading.sentence_of(head),
        sort: Sort::Unknown,
        count: Count::Either,
        gender: agent.and_then(|a| a.gender),
        article: article(context, &tokens, head),
        words: words(reading, &tokens, head),
        subject: SUBJECT.contains(&rel),
        object: OBJECT.contains(&rel) || rel == Rel::OblAgent,
        quoted: quoted.get(head).copied().unwrap_or(false),
        actor: kind_of_name(context, name.as_ref(), agent),
        tokens,
        head,
        kind,
        pronoun,
        lemma,
        agent,
        name,
    };
    if made.gender.is_none() {
        made.gender = title_gender(context, &made);
    }
    set_sort_and_count(context, &mut made);
    let first = reading.word(made.tokens.start).to_lowercase();
    if matches!(first.as_str(), "no" | "nobody" | "neither" | "none") {
        // "No group has claimed it" names nobody that could be spoken of again.
        made.sort = Sort::Time;
    }
    made
}

fn set_sort_and_count(context: &Context<'_>, made: &mut Candidate<'_>) {
    let reading = context.reading;
    let head = made.head;
    let word = reading.word(head).to_lowercase();
    let etype = reading.tokens.get(head).map_or("", |t| t.etype);
    let plural = reading
        .tokens
        .get(head)
        .is_some_and(|t| matches!(t.xpos, Xpos::NNS | Xpos::NNPS));
    if made.pronoun.is_some() {
        (made.sort, made.count) = match word.as_str() {
            "he" | "him" | "his" | "himself" => {
                made.gender = Some(Gender::Male);
                (Sort::Person, Count::One)
            }
            "she" | "her" | "hers" | "herself" => {
                made.gender = Some(Gender::Female);
                (Sort::Person, Count::One)
            }
            "it" | "its" | "itself" => (Sort::Unknown, Count::One),
            "they" | "them" | "their" | "theirs" | "themselves" => (Sort::Unknown, Count::Many),
            "who" | "whom" | "whose" => (Sort::Unknown, Count::Either),
            "we" | "us" | "our" | "ours" => (Sort::Person, Count::Many),
            "i" | "me" | "my" => (Sort::Person, Count::One),
            "those" | "these" | "many" | "some" | "others" | "most" | "several" | "few" | "all" => {
                (Sort::Unknown, Count::Many)
            }
            "someone" | "anyone" | "everyone" | "nobody" | "somebody" | "anybody" => {
                (Sort::Person, Count::One)
            }
            _ => (Sort::Thing, Count::One),
        };
        return;
    }
    let single = if plural { Count::Many } else { Count::One };
    if let Some(name) = &made.name {
        (made.sort, made.count) = match name.kind {
            _ if made.actor == ActorKind::Media => (Sort::Group, Count::Either),
            NameKind::Person => (Sort::Person, Count::One),
            NameKind::Org | NameKind::Norp => (Sort::Group, Count::Either),
            NameKind::Gpe | NameKind::Loc | NameKind::Fac => (Sort::Place, Count::One),
            NameKind::Other => match (made.agent.map(|a| a.shape), etype) {
                (None, "time") => (Sort::Time, Count::One),
                (Some(Shape::Person), _) | (None, "person") => (Sort::Person, single),
                (Some(Shape::Group | Shape::Body), _) | (None, "organization") => {
                    (Sort::Group, Count::Either)
                }
                (Some(Shape::People), _) => (Sort::Person, Count::Many),
                (Some(Shape::Document), _) => (Sort::Document, single),
                (None, "place") => (Sort::Place, single),
                _ if !matches!(made.actor, ActorKind::Unknown | ActorKind::Person) => {
                    (Sort::Group, Count::Either)
                }
                _ => (Sort::Unknown, Count::Either),
            },
            _ => (Sort::Thing, single),
        };
        // A registered force that the tagger takes for a place or a person.
        if matches!(made.sort, Sort::Place | Sort::Person)
            && name.registered
            && !matches!(made.actor, ActorKind::Unknown | ActorKind::Person)
        {
            (made.sort, made.count) = (Sort::Group, Count::Either);
        }
        return;
    }
    // "The three were travelling": a number that stands for people.
    let number = matches!(context.syntax.upos(head), Upos::Num)
        && !matches!(
            context.reading.word(head).to_lowercase().as_str(),
            "one" | "1"
        );
    let many = plural || number || counts_many(context, &made.tokens, head);
    (made.sort, made.count) = match made.agent.map(|a| a.shape) {
        Some(Shape::Person) if many => (Sort::Person, Count::Many),
        Some(Shape::Person) => (Sort::Person, Count::One),
        Some(Shape::People) => (Sort::Person, Count::Many),
        Some(Shape::Group | Shape::Body) if many => (Sort::Group, Count::Many),
        Some(Shape::Group | Shape::Body) => (Sort::Group, Count::Either),
        Some(Shape::Document) => (Sort::Document, single),
        None if is_time(context, head) => (Sort::Time, single),
        None => match etype {
            "person" if many => (Sort::Person, Count::Many),
            "person" => (Sort::Person, Count::One),
            "organization" => (
                Sort::Group,
                if plural { Count::Many } else { Count::Either },
            ),
            "place" => (Sort::Place, single),
            "time" => (Sort::Time, single),
            "" => (Sort::Unknown, single),
            _ => (Sort::Thing, single),
        },
    };
    // "a group of fighters", "dozens of families" are many people.
    if made.sort == Sort::Unknown && matches!(context.syntax.upos(head), Upos::Num) {
        made.count = Count::Many;
    }
}

fn is_time(context: &Context<'_>, head: usize) -> bool {
    name_at(context.reading, head).is_some_and(|name| {
        matches!(
            name.kind,
            NameKind::Date
                | NameKind::Time
                | NameKind::Percent
                | NameKind::Money
                | NameKind::Quantity
                | NameKind::Ordinal
        )
    })
}

fn counts_many(context: &Context<'_>, tokens: &TokenRange, head: usize) -> bool {
    context
        .syntax
        .children_by(head, &[Rel::Nummod])
        .any(|child| {
            tokens.contains(&child)
                && !matches!(
                    context.reading.word(child).to_lowercase().as_str(),
                    "one" | "1"
                )
        })
}

/// The lower-case lemma; without one, the lower-case word.
pub(crate) fn lemma(reading: &Reading, token: usize) -> String {
    reading
        .tokens
        .get(token)
        .filter(|t| !t.lemma.is_empty() && t.lemma != "_")
        .map_or_else(
            || reading.word(token).to_lowercase(),
            |t| t.lemma.to_lowercase(),
        )
}

fn is_relative(context: &Context<'_>, token: usize) -> bool {
    context.syntax.upos(token) == Upos::Pron
        && matches!(
            context.reading.tokens.get(token).map(|t| t.xpos),
            Some(Xpos::WDT | Xpos::WP | Xpos::WPS)
        )
}

fn pronoun(context: &Context<'_>, token: usize) -> Pronoun {
    if is_relative(context, token) {
        return Pronoun::Relative;
    }
    match context.reading.word(token).to_lowercase().as_str() {
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => Pronoun::Personal,
        "it" | "its" | "itself" => Pronoun::Thing,
        "they" | "them" | "their" | "theirs" | "themselves" => Pronoun::Plural,
        _ => Pronoun::Other,
    }
}

fn article(context: &Context<'_>, tokens: &TokenRange, head: usize) -> Article {
    let reading = context.reading;
    let first = tokens
        .clone()
        .find(|&i| context.syntax.upos(i) != Upos::Punct)
        .unwrap_or(head);
    let word = reading.word(first).to_lowercase();
    if first >= head {
        return Article::Bare;
    }
    match word.as_str() {
        "the" | "this" | "that" | "these" | "those" | "both" => Article::Definite,
        "his" | "her" | "its" | "their" | "our" | "my" | "your" => Article::Possessed,
        "a" | "an" | "some" | "any" | "another" | "other" | "several" | "many" | "no" | "more"
        | "most" | "few" | "dozens" | "hundreds" | "each" | "every" | "one" => Article::Indefinite,
        _ if reading
            .tokens
            .get(first)
            .is_some_and(|t| t.upos == Upos::Num) =>
        {
            Article::Indefinite
        }
        _ if context
            .syntax
            .child(head, &[Rel::NmodPoss])
            .is_some_and(|c| tokens.contains(&c)) =>
        {
            Article::Possessed
        }
        _ => Article::Bare,
    }
}

fn words(reading: &Reading, tokens: &TokenRange, head: usize) -> Vec<String> {
    tokens
        .clone()
        .filter(|&i| i != head)
        .filter(|&i| {
            reading.tokens.get(i).is_some_and(|t| {
                matches!(
                    t.upos,
                    Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Verb | Upos::X
                )
            })
        })
        .filter(|&i| !(reading.word(i + 1) == "-" && reading.word(i + 2) == "based"))
        .map(|i| match (i.checked_sub(2), reading.word(i)) {
            // "Britain-based" says where a body is and picks out no other one.
            (Some(place), "based") if reading.word(i - 1) == "-" => {
                format!("{}-based", reading.word(place).to_lowercase())
            }
            _ => lemma(reading, i),
        })
        .collect()
}

fn title_gender(context: &Context<'_>, made: &Candidate<'_>) -> Option<Gender> {
    let titles = &context.knowledge.lexicon.titles;
    made.name
        .as_ref()
        .filter(|name| name.kind == NameKind::Person)?;
    made.tokens.clone().find_map(|i| {
        titles
            .get(&context.reading.word(i).to_lowercase())
            .and_then(|title| title.gender)
    })
}

/// For each token whether it stands in a direct quotation of at least five tokens (shorter ones
/// are names and words set apart).
fn quoted_tokens(reading: &Reading) -> Vec<bool> {
    const SHORTEST: usize = 5;
    let mut quoted = vec![false; reading.tokens.len()];
    let mut open: Option<usize> = None;
    let mut paragraph = usize::MAX;
    for sentence in &reading.sentences {
        if sentence.paragraph != paragraph {
            open = None;
            paragraph = sentence.paragraph;
        }
        for i in sentence.tokens.clone() {
            match (reading.word(i), open) {
                ("“" | "«" | "„", _) | ("\"" | "``", None) => open = Some(i),
                ("”" | "»" | "\"" | "''", Some(from)) => {
                    if i - from > SHORTEST {
                        quoted[from..i].fill(true);
                    }
                    open = None;
                }
                _ => {}
            }
        }
    }
    quoted
}
