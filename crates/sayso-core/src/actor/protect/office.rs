//! Who is known to the public: by office, rank or post, or as the voice of a body.

use sayso_lexicon::{ProtectWord as Word, TitleClass};
use sayso_text::{TokenRange, Upos};

use super::{Subject, beside};
use crate::mention::{lemma, noun_of};
use crate::{Actor, ActorKind, Context, MentionKind, Statement};

/// Most words between an office and a name.
const FAR: usize = 12;

/// Whether somebody holds an office, commands or leads.
pub(super) fn holds(context: &Context<'_>, subject: &Subject<'_>, actor: &Actor) -> bool {
    if actor.kind == ActorKind::Government
        || actor
            .role
            .as_deref()
            .is_some_and(|role| is_office(context, &[role.to_owned()]))
    {
        return true;
    }
    let called = subject.mentions.iter().any(|mention| {
        noun_of(context, mention)
            .is_some_and(|agent| is_office(context, std::slice::from_ref(&agent.noun)))
            || mention.kind == MentionKind::Nominal
                && is_office(context, &[lemma(context.reading, mention.head)])
                && !of_relative(context, &beside::up_to_head(mention))
    });
    called
        || subject.named.iter().any(|named| {
            let beside = beside::of(context, named);
            let last = beside::last_nouns(context, &beside.before);
            let appositions = [&beside.across, &beside.after];
            ends_in_office(context, &last)
                || before_its_body(context, &named.tokens)
                || appositions
                    .into_iter()
                    .filter_map(|phrase| beside::first_nouns(context, phrase))
                    .any(|nouns| ends_in_office(context, &nouns))
                || title_within(context, &named.tokens)
                || leads_it(context, named.tokens.end)
        })
}

/// Whether somebody of no everyday trade speaks and belongs to a body: its voice.
pub(super) fn speaks_for_body(
    context: &Context<'_>,
    subject: &Subject<'_>,
    actor: &Actor,
    statements: &[Statement],
) -> bool {
    let speaks = statements
        .iter()
        .flat_map(|s| &s.sources)
        .any(|source| source.entity.is_some() && source.entity == subject.entity);
    let everyday = actor.kind == ActorKind::Civilians
        || subject.mentions.iter().any(|mention| {
            noun_of(context, mention).is_some_and(|agent| agent.kind == "civilians")
        });
    actor.member_of.is_some() && speaks && !everyday
}

/// Whether the last words are an office: “army commander”, “deputy prime minister”.
fn ends_in_office(context: &Context<'_>, nouns: &TokenRange) -> bool {
    !of_relative(context, nouns) && is_office(context, &beside::lemmas(context, nouns))
}

/// “The leader of the Orlu Front Dara Marun”: an office, what it is of, and the name. Only names and
/// what belongs to them stand between, so that “the mother of the mayor of Orlu Dara” is a mother.
fn before_its_body(context: &Context<'_>, name: &TokenRange) -> bool {
    let is_of = |at: usize| context.reading.word(at).eq_ignore_ascii_case("of");
    let within = |at: usize| {
        is_of(at)
            || context.reading.word(at) == "-"
            || matches!(
                context.syntax.upos(at),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det
            )
    };
    let mut start = name.start;
    while start > 0 && name.start - start < FAR && within(start - 1) {
        start -= 1;
    }
    let range = start..name.start;
    let Some(of) = range.clone().find(|&at| is_of(at)) else {
        return false;
    };
    let body = of + 1..name.start;
    body.clone()
        .any(|at| context.syntax.upos(at) == Upos::Propn)
        && ends_in_office(context, &beside::last_nouns(context, &(start..of)))
}

/// “The mayor’s brother” is no mayor: the last noun is a relative’s.
fn of_relative(context: &Context<'_>, nouns: &TokenRange) -> bool {
    beside::lemmas(context, nouns).last().is_some_and(|noun| {
        context
            .knowledge
            .lexicon
            .protect_words
            .has(Word::Relative, noun)
    })
}

/// A title that the name itself begins with: “Gen. Dara Marun”.
fn title_within(context: &Context<'_>, name: &TokenRange) -> bool {
    name.len() > 1 && is_title(context, &context.reading.word(name.start).to_lowercase())
}

/// “The Marun government” bears the name of whoever rules it.
fn leads_it(context: &Context<'_>, after: usize) -> bool {
    let words = &context.knowledge.lexicon.protect_words;
    let next = context.reading.word(after).to_lowercase();
    let behind = if matches!(next.as_str(), "'s" | "’s" | "-" | "led") {
        lemma(context.reading, after + 1)
    } else {
        lemma(context.reading, after)
    };
    words.has(Word::LedBy, &behind)
}

/// Whether the last one, two or three words are an office by any of the lists.
fn is_office(context: &Context<'_>, words: &[String]) -> bool {
    let lists = &context.knowledge.lexicon;
    // “President-elect”, “ex-leader”
    let words = match words {
        [before @ .., dash, elect] if dash == "-" && matches!(&**elect, "elect" | "designate") => {
            before
        }
        _ => words,
    };
    (1..=words.len().min(3)).any(|count| {
        let last = words
            .get(words.len() - count..)
            .unwrap_or_default()
            .join(" ");
        let last = last.strip_prefix("ex-").unwrap_or(&last);
        let noun = lists.agents.get(last).is_some_and(|agent| {
            lists.protect_words.has(Word::OfficeClass, &agent.class)
                || agent.class == "cleric" && !lists.protect_words.has(Word::EverydayCleric, last)
        });
        noun || is_title(context, last) || lists.protect_words.has(Word::Office, last)
    })
}

/// Whether a title says that somebody holds an office or a rank.
fn is_title(context: &Context<'_>, title: &str) -> bool {
    let lists = &context.knowledge.lexicon;
    lists
        .titles
        .get(title)
        .is_some_and(|found| match found.class {
            TitleClass::Rank | TitleClass::Office => true,
            TitleClass::Religious => !lists.protect_words.has(Word::EverydayCleric, title),
            TitleClass::Honorific | TitleClass::Post => false,
        })
}
