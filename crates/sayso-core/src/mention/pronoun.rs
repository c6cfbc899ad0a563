//! Fourth pass: pronouns, by number, gender, sort and salience.

use sayso_lexicon::{CueKind, MentionWord};
use sayso_text::{Rel, Upos};

use super::candidate::{Candidate, Count, Pronoun, Sort};
use super::chain::Chains;
use crate::Context;

/// How many sentences back a pronoun may point.
const WINDOW: usize = 3;
/// The same for a pronoun that speaks, and whoever spoke before.
const SPEAKER_WINDOW: usize = 8;

/// Joins each personal pronoun with the most salient earlier mention that agrees with it.
pub(super) fn link(context: &Context<'_>, candidates: &[Candidate<'_>], chains: &mut Chains<'_>) {
    // Who speaks is settled before whom the quotation speaks of.
    let (outer, inner): (Vec<usize>, Vec<usize>) =
        (0..candidates.len()).partition(|&i| !candidates[i].quoted);
    for i in outer.into_iter().chain(inner) {
        let candidate = &candidates[i];
        let Some(pronoun @ (Pronoun::Personal | Pronoun::Thing | Pronoun::Plural)) =
            candidate.pronoun
        else {
            continue;
        };
        // A relative clause or an apposition may have settled it already.
        if chains
            .of(i)
            .members
            .iter()
            .any(|&m| candidates[m].pronoun.is_none())
        {
            continue;
        }
        // "denied it", "said it": what was said.
        if pronoun == Pronoun::Thing && candidate.object && reports(context, candidate.head) {
            continue;
        }
        let best = (0..candidates.len())
            .filter(|&j| j != i && eligible(context, candidates, chains, i, j, pronoun))
            .map(|j| (salience(context, candidates, chains, i, j, pronoun), j))
            .max_by_key(|&(score, j)| (score, j));
        if let Some((_, antecedent)) = best.filter(|(score, _)| *score > 0) {
            chains.join(antecedent, i);
        }
    }
}

fn eligible(
    context: &Context<'_>,
    candidates: &[Candidate<'_>],
    chains: &Chains<'_>,
    this: usize,
    other: usize,
    pronoun: Pronoun,
) -> bool {
    let (p, e) = (&candidates[this], &candidates[other]);
    if e.head >= p.head || e.sort == Sort::Time {
        return false;
    }
    let window = if goes_on_speaking(context, p, e) {
        SPEAKER_WINDOW
    } else {
        WINDOW
    };
    if p.sentence - e.sentence > window {
        return false;
    }
    // "its leader": the phrase that holds the pronoun is not what it stands for.
    if e.tokens.contains(&p.head)
        || context.syntax.dominates(e.head, p.head)
            && e.sentence == p.sentence
            && !embedded(context, e.head, p.head)
    {
        return false;
    }
    if matches!(e.pronoun, Some(Pronoun::Other | Pronoun::Relative)) {
        return false;
    }
    let chain = chains.of(other);
    // "“He left early,” she said": the speaker calls herself "I".
    if p.quoted && pronoun == Pronoun::Personal {
        let speaker = |&m: &usize| {
            let c = &candidates[m];
            c.sentence == p.sentence && !c.quoted && c.subject && speaks(context, c.head)
        };
        if chain.members.iter().any(speaker) {
            return false;
        }
    }
    let fits = match pronoun {
        Pronoun::Personal => {
            matches!(chain.sort, Sort::Person)
                || (chain.sort == Sort::Unknown && chain.named())
                || (chain.sort == Sort::Unknown && e.pronoun == Some(Pronoun::Personal))
        }
        Pronoun::Thing => chain.sort != Sort::Person && chain.count != Count::Many,
        Pronoun::Plural => {
            chain.count == Count::Many
                || (chain.count == Count::Either
                    && matches!(chain.sort, Sort::Group | Sort::Unknown | Sort::Person))
        }
        Pronoun::Relative | Pronoun::Other => false,
    };
    if !fits {
        return false;
    }
    // A speaker calls himself "I" inside his own words; "he" there is somebody else.
    if p.quoted && !e.quoted && e.sentence == p.sentence && e.subject && speaks(context, e.head) {
        return false;
    }
    chains.agree(other, this)
}

/// Whether the pronoun stands in a clause below another verb than the one `above` belongs to.
fn embedded(context: &Context<'_>, above: usize, below: usize) -> bool {
    context
        .syntax
        .ancestors(below)
        .take_while(|&a| a != above)
        .any(|a| context.syntax.upos(a) == Upos::Verb)
}

fn salience(
    context: &Context<'_>,
    candidates: &[Candidate<'_>],
    chains: &Chains<'_>,
    this: usize,
    other: usize,
    pronoun: Pronoun,
) -> i32 {
    let (p, e) = (&candidates[this], &candidates[other]);
    let chain = chains.of(other);
    let distance = i32::try_from(p.sentence - e.sentence).unwrap_or(i32::MAX / 100);
    let paragraphs = |s: usize| {
        context
            .reading
            .sentences
            .get(s)
            .map_or(0, |sentence| sentence.paragraph)
    };
    let goes_on = goes_on_speaking(context, p, e);
    let mut score = 100
        + match (goes_on, pronoun) {
            (false, _) => -30 * distance,
            // Between two people the nearer is the likelier; a body that speaks stays on.
            (true, Pronoun::Personal) => 8 - 25 * distance,
            (true, _) => 25 - 20 * distance,
        };
    if distance > 0 && paragraphs(p.sentence) != paragraphs(e.sentence) {
        score -= 10;
    }
    if e.subject {
        score += 40;
        if speaks(context, e.head) {
            score += 10;
        }
    } else if e.object {
        score += 15;
    }
    // The main clause's subject comes before one of a clause inside it.
    let depth = context
        .syntax
        .ancestors(e.head)
        .filter(|&a| context.syntax.upos(a) == Upos::Verb)
        .count();
    score -= 6 * i32::try_from(depth.min(5)).unwrap_or(0);
    if distance == 0 {
        if e.subject
            && context.syntax.head(e.head).is_some_and(|verb| {
                context.syntax.dominates(verb, p.head) && Some(verb) != context.syntax.head(p.head)
            })
        {
            // "The ministry said its forces …", "X said that it …"
            score += 30;
        } else if p.subject && !e.subject {
            // A subject pronoun seldom takes up an oblique of its own sentence.
            score -= 15;
        }
    }
    if p.subject && e.subject && distance > 0 {
        score += 10;
    }
    if chain.named() {
        score += 12;
    }
    score += 3 * i32::try_from(chain.members.len().min(7)).unwrap_or(0);
    if e.quoted && !p.quoted {
        score -= 25;
    }
    if pronoun == Pronoun::Plural {
        score += match chain.count {
            _ if goes_on => 0,
            Count::Many => 15,
            _ => -10,
        };
        if chain.sort == Sort::Person {
            score += 10;
        }
    }
    if pronoun == Pronoun::Thing {
        let speaker =
            p.subject && speaks(context, p.head) || context.syntax.rel(p.head) == Rel::NmodPoss;
        score += match chain.sort {
            Sort::Group => 20,
            Sort::Place if speaker => -20,
            Sort::Document if speaker => 0,
            Sort::Thing | Sort::Unknown if speaker => -30,
            _ => 0,
        };
    }
    if pronoun == Pronoun::Personal && chain.count == Count::Either {
        score -= 20;
    }
    // A modifier of another noun is seldom taken up.
    if matches!(
        context.syntax.rel(e.head),
        Rel::Compound | Rel::NmodPoss | Rel::Nmod
    ) && e.pronoun.is_none()
    {
        score -= 15;
    }
    score
}

/// Whether both are subjects of verbs that report ("The army said … They deny …").
fn goes_on_speaking(context: &Context<'_>, p: &Candidate<'_>, e: &Candidate<'_>) -> bool {
    p.subject && e.subject && reports(context, p.head) && speaks(context, e.head)
}

/// Whether `head` is the subject of a verb that reports.
fn speaks(context: &Context<'_>, head: usize) -> bool {
    context.syntax.rel(head) == Rel::Nsubj && reports(context, head)
}

/// Whether `head` depends on a verb that reports.
fn reports(context: &Context<'_>, head: usize) -> bool {
    context.syntax.head(head).is_some_and(|verb| {
        let lemma = super::candidate::lemma(context.reading, verb);
        context
            .knowledge
            .lexicon
            .mention_words
            .has(MentionWord::Reporting, &lemma)
            || context
                .knowledge
                .lexicon
                .cues
                .starting_with(&lemma)
                .any(|c| c.kind == CueKind::Verb && c.words.len() == 1)
    })
}
