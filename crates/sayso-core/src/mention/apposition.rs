//! First pass: mentions that the tree says are one: appositions, relative pronouns, titles,
//! "known as", acronyms in parentheses, and what cannot be one.

use sayso_lexicon::{MentionWord, Shape};
use sayso_text::{NameKind, Rel, Upos, Xpos};

use super::candidate::{Article, Candidate, Count, Pronoun, Sort};
use super::chain::Chains;
use crate::Context;

/// Joins what the syntax joins and keeps apart what it sets side by side.
pub(super) fn link(
    context: &Context<'_>,
    candidates: &[Candidate<'_>],
    by_head: &[Option<usize>],
    chains: &mut Chains<'_>,
) {
    let at = |token: usize| by_head.get(token).copied().flatten();
    for (i, candidate) in candidates.iter().enumerate() {
        let head = candidate.head;
        match context.syntax.rel(head) {
            Rel::Appos => {
                if let Some(j) = context.syntax.head(head).and_then(at)
                    && can_be_apposed(context, &candidates[j], candidate)
                {
                    chains.merge(j, i);
                }
            }
            Rel::Flat | Rel::Compound | Rel::NmodDesc | Rel::Parataxis | Rel::List | Rel::Dep => {
                // "army spokesman Colonel Dara" under any analysis of the title, and "(SOHR)".
                if let Some(j) = context.syntax.head(head).and_then(at) {
                    let other = &candidates[j];
                    let title = candidate.name.is_some() != other.name.is_some()
                        && candidate.sort == Sort::Person
                        && other.sort == Sort::Person
                        && (candidate.tokens.end == other.tokens.start
                            || other.tokens.end == candidate.tokens.start
                            || other.tokens.contains(&head));
                    if (title || in_parentheses(context, candidate)) && chains.agree(i, j) {
                        chains.merge(j, i);
                    }
                }
            }
            Rel::Conj => keep_conjuncts_apart(context, head, i, by_head, chains),
            _ => {}
        }
        if candidate.pronoun == Some(Pronoun::Relative)
            && let Some(j) = antecedent_of_relative(context, head).and_then(at)
        {
            chains.merge(j, i);
        }
        if let Some(j) = known_as(context, head).and_then(at) {
            // "a group of fighters known as the Dawn Brigade": the brigade is the group.
            let whole = whole_of(context, candidates, head)
                .and_then(at)
                .unwrap_or(i);
            chains.merge(whole, j);
        }
        if in_parentheses(context, candidate)
            && let Some(j) = before_parenthesis(candidates, candidate)
            && candidates[j].name.is_some()
            && candidate.name.is_some()
            && chains.likeness(i, j).is_some()
        {
            chains.join(j, i);
        }
    }
    titles_beside_names(context, candidates, chains);
    for (i, candidate) in candidates.iter().enumerate() {
        arguments_apart(context, candidate, i, by_head, chains);
    }
}

/// "Amin Dara, head of the council," and "Amin Dara head of the council": a name with an office
/// right behind it, where the tree does not say so.
fn titles_beside_names(
    context: &Context<'_>,
    candidates: &[Candidate<'_>],
    chains: &mut Chains<'_>,
) {
    for (i, name) in candidates.iter().enumerate() {
        if name.sort != Sort::Person || name.name.is_none() {
            continue;
        }
        // "Regional governor Amin Dara"
        let before = candidates.iter().position(|c| {
            c.tokens.end == name.tokens.start
                && c.name.is_none()
                && c.count == Count::One
                && is_office(c)
        });
        if let Some(j) = before
            && chains.root(i) != chains.root(j)
            && chains.agree(i, j)
        {
            chains.merge(i, j);
        }
        let end = name.tokens.end;
        let comma = context.reading.word(end) == ",";
        let start = end + usize::from(comma);
        let office = candidates.iter().position(|c| {
            c.tokens.start == start
                && c.name.is_none()
                && c.count == Count::One
                && is_office(c)
                // "Dara, head of the council" but not "Dara said" or "Dara, a man and …"
                && (!comma || matches!(context.reading.word(c.tokens.end), "," | "." | ";"))
                && (comma || c.article == Article::Bare)
        });
        if let Some(j) = office
            && chains.root(i) != chains.root(j)
            && chains.agree(i, j)
        {
            chains.merge(i, j);
        }
    }
}

fn is_office(candidate: &Candidate<'_>) -> bool {
    candidate.agent.is_some_and(|agent| {
        agent.shape == Shape::Person
            && matches!(
                agent.kind.as_str(),
                "government" | "state-forces" | "person"
            )
    })
}

/// An apposition names the same thing, unless it is a list or a place with its region
/// ("Ordu, Kalo province").
fn can_be_apposed(context: &Context<'_>, first: &Candidate<'_>, second: &Candidate<'_>) -> bool {
    let place = |c: &Candidate<'_>| {
        c.sort == Sort::Place
            || c.name
                .as_ref()
                .is_some_and(|n| matches!(n.kind, NameKind::Gpe | NameKind::Loc))
    };
    if place(first) != place(second) && first.sort != Sort::Unknown && second.sort != Sort::Unknown
    {
        return false;
    }
    if place(first) && place(second) {
        return false;
    }
    if second.sort == Sort::Time || has_a_verb_of_its_own(context, first, second) {
        return false;
    }
    let two_names = first.name.is_some() && second.name.is_some();
    if two_names && !in_parentheses(context, second) {
        // "Dara, Kolo and Ordu" parsed as appositions is a list.
        let list = context
            .syntax
            .children_by(second.head, &[Rel::Conj, Rel::Cc])
            .next()
            .is_some();
        return !list && first.sort == second.sort && first.sort != Sort::Person;
    }
    true
}

/// "Armed men abducted three engineers near the lake, the project's director said": what stands
/// behind the comma runs on into a finite verb that is not the first one's, so it is the subject
/// of that verb, whatever the tree says; an apposition there would end in a comma.
fn has_a_verb_of_its_own(
    context: &Context<'_>,
    first: &Candidate<'_>,
    second: &Candidate<'_>,
) -> bool {
    let reach = context.syntax.reach(second.head);
    // The parser hangs the comma on what stands behind it.
    let comma = context.reading.word(reach.start) == ","
        || reach
            .start
            .checked_sub(1)
            .is_some_and(|before| context.reading.word(before) == ",");
    let finite = context.reading.tokens.get(reach.end).is_some_and(|token| {
        matches!(token.xpos, Xpos::VBD | Xpos::VBZ | Xpos::VBP)
            && matches!(token.upos, Upos::Verb | Upos::Aux)
    });
    comma && finite && context.syntax.head(first.head) != Some(reach.end)
}

fn in_parentheses(context: &Context<'_>, candidate: &Candidate<'_>) -> bool {
    let before = candidate.tokens.start.checked_sub(1);
    before.is_some_and(|b| matches!(context.reading.word(b), "(" | "["))
        && matches!(context.reading.word(candidate.tokens.end), ")" | "]")
        || matches!(context.reading.word(candidate.tokens.start), "(" | "[")
}

/// The mention that ends just before the parenthesis that `candidate` stands in.
fn before_parenthesis(candidates: &[Candidate<'_>], candidate: &Candidate<'_>) -> Option<usize> {
    let open = candidate.tokens.start.checked_sub(1)?;
    candidates
        .iter()
        .enumerate()
        .filter(|(_, c)| c.tokens.end == open && c.head != candidate.head)
        .max_by_key(|(_, c)| c.tokens.len())
        .map(|(i, _)| i)
}

/// The head of the noun phrase that the clause of a relative pronoun modifies.
fn antecedent_of_relative(context: &Context<'_>, pronoun: usize) -> Option<usize> {
    let mut below = pronoun;
    for above in std::iter::once(pronoun).chain(context.syntax.ancestors(pronoun)) {
        if matches!(context.syntax.rel(above), Rel::AclRelcl | Rel::Acl) {
            return context.syntax.head(above);
        }
        if above != pronoun && context.syntax.upos(below) == Upos::Verb {
            break;
        }
        below = above;
    }
    None
}

/// The head of the name in "a group known as the Dawn Brigade".
fn known_as(context: &Context<'_>, head: usize) -> Option<usize> {
    const NAME: &[Rel] = &[Rel::Obl, Rel::Xcomp, Rel::Obj, Rel::OblUnmarked, Rel::Ccomp];
    let syntax = context.syntax;
    syntax
        .children_by(head, &[Rel::Acl, Rel::AclRelcl, Rel::Amod])
        .filter(|&child| {
            child > head
                && context.knowledge.lexicon.mention_words.has(
                    MentionWord::Naming,
                    &context.reading.word(child).to_lowercase(),
                )
        })
        .find_map(|verb| {
            syntax.children_by(verb, NAME).find(|&name| {
                syntax.upos(name) == Upos::Propn
                    || super::phrase::name_at(context.reading, name).is_some()
            })
        })
}

/// For "fighters" in "a group of fighters": the head of the group.
fn whole_of(context: &Context<'_>, candidates: &[Candidate<'_>], head: usize) -> Option<usize> {
    if context.syntax.rel(head) != Rel::Nmod {
        return None;
    }
    let whole = context.syntax.head(head)?;
    candidates
        .iter()
        .find(|c| c.head == whole)
        .filter(|c| c.sort == Sort::Group && c.name.is_none())
        .map(|c| c.head)
}

/// "X and Y" are two.
fn keep_conjuncts_apart(
    context: &Context<'_>,
    head: usize,
    this: usize,
    by_head: &[Option<usize>],
    chains: &mut Chains<'_>,
) {
    let Some(first) = context.syntax.head(head) else {
        return;
    };
    for other in context.syntax.conjuncts(first) {
        if other != head
            && let Some(j) = by_head.get(other).copied().flatten()
        {
            chains.keep_apart(this, j);
        }
    }
}

/// Subject and object of one verb are two, unless the object is reflexive.
fn arguments_apart(
    context: &Context<'_>,
    candidate: &Candidate<'_>,
    this: usize,
    by_head: &[Option<usize>],
    chains: &mut Chains<'_>,
) {
    const OTHERS: &[Rel] = &[Rel::Obj, Rel::Iobj, Rel::Obl, Rel::OblAgent];
    if !candidate.subject {
        return;
    }
    let Some(verb) = context.syntax.head(candidate.head) else {
        return;
    };
    let others: Vec<usize> = context
        .syntax
        .children_by(verb, OTHERS)
        .filter(|&other| other != candidate.head)
        .filter(|&other| !context.reading.word(other).ends_with("self"))
        .filter(|&other| !context.reading.word(other).ends_with("selves"))
        .collect();
    for other in others {
        if let Some(j) = by_head.get(other).copied().flatten() {
            chains.keep_apart(this, j);
        }
    }
}
