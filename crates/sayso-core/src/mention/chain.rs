//! Chains of mentions that are one entity, and what must agree inside one.

use std::collections::BTreeSet;

use sayso_lexicon::{Gender, Lexicon};
use sayso_text::NameKind;

use super::candidate::{Candidate, Count, Sort};
use super::name::{Likeness, NameWords, likeness};
use crate::ActorKind;

/// What is known of one chain.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// Candidates, in text order.
    pub(super) members: Vec<usize>,
    pub(super) sort: Sort,
    pub(super) count: Count,
    pub(super) gender: Option<Gender>,
    /// Classes of its nouns and titles.
    pub(super) classes: BTreeSet<String>,
    /// Lower-case head nouns of its names and nominals.
    pub(super) heads: BTreeSet<String>,
    /// Lower-case content words of all its mentions.
    pub(super) words: BTreeSet<String>,
    pub(super) names: Vec<NameWords>,
    pub(super) actor: ActorKind,
    /// Chains that a tree puts side by side with it ("X and Y", subject and object of one verb).
    pub(super) apart: Vec<usize>,
}

/// The chains of a text: a forest whose roots are candidates.
pub(super) struct Chains<'a> {
    lexicon: &'a Lexicon,
    parent: Vec<usize>,
    records: Vec<Chain>,
}

impl<'a> Chains<'a> {
    /// Every candidate a chain of its own.
    pub(super) fn new(lexicon: &'a Lexicon, candidates: &[Candidate<'_>]) -> Self {
        Self {
            lexicon,
            parent: (0..candidates.len()).collect(),
            records: candidates
                .iter()
                .enumerate()
                .map(|(i, c)| Chain::of(i, c))
                .collect(),
        }
    }

    /// The number of the chain that candidate `c` is in.
    pub(super) fn root(&self, c: usize) -> usize {
        let mut at = c;
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    /// The chain that candidate `c` is in.
    pub(super) fn of(&self, c: usize) -> &Chain {
        &self.records[self.root(c)]
    }

    /// Notes that `a` and `b` cannot be one entity.
    pub(super) fn keep_apart(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.records[a].apart.push(b);
        self.records[b].apart.push(a);
    }

    /// Whether the chains of `a` and `b` could be one entity.
    pub(super) fn agree(&self, a: usize, b: usize) -> bool {
        let (root_a, root_b) = (self.root(a), self.root(b));
        if root_a == root_b {
            return true;
        }
        let (x, y) = (&self.records[root_a], &self.records[root_b]);
        let apart = x.apart.iter().any(|&c| self.root(c) == root_b)
            || y.apart.iter().any(|&c| self.root(c) == root_a);
        !apart
            && sorts_agree(x.sort, y.sort)
            && counts_agree(x, y)
            && (x.gender.is_none() || y.gender.is_none() || x.gender == y.gender)
            && self.names_agree(x, y)
    }

    /// Makes one chain of two if they agree; says whether they are one now.
    pub(super) fn join(&mut self, a: usize, b: usize) -> bool {
        if !self.agree(a, b) {
            return false;
        }
        self.merge(a, b);
        true
    }

    /// Makes one chain of two that the syntax says are one, whatever they look like.
    pub(super) fn merge(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (into, from) = (a.min(b), a.max(b));
        self.parent[from] = into;
        let other = self.records[from].clone();
        let chain = &mut self.records[into];
        chain.members.extend(&other.members);
        chain.members.sort_unstable();
        let group = |c: &Chain| c.sort == Sort::Group && !c.names.is_empty();
        if group(chain) != group(&other) && chain.sort != other.sort {
            // "fighters known as the Dawn Brigade" are a group with a name.
            (chain.sort, chain.count) = match (group(&other), other.sort) {
                (true, _) | (false, Sort::Group) => (Sort::Group, Count::Either),
                _ => (chain.sort, chain.count),
            };
        } else if matches!(chain.sort, Sort::Unknown | Sort::Thing) && other.sort != Sort::Unknown {
            chain.sort = other.sort;
        }
        if chain.count == Count::Either && chain.sort != Sort::Group {
            chain.count = other.count;
        }
        chain.gender = chain.gender.or(other.gender);
        chain.classes.extend(other.classes);
        chain.heads.extend(other.heads);
        chain.words.extend(other.words);
        for name in other.names {
            let known = |n: &NameWords| n.key == name.key && n.kind == name.kind;
            if !chain.names.iter().any(known) {
                chain.names.push(name);
            }
        }
        chain.apart.extend(other.apart);
        if kind_rank(other.actor) > kind_rank(chain.actor) {
            chain.actor = other.actor;
        }
    }

    /// All chains, each once, in order of their first mention.
    pub(super) fn all(&self) -> impl Iterator<Item = &Chain> {
        self.records
            .iter()
            .enumerate()
            .filter(|(i, _)| self.parent[*i] == *i)
            .map(|(_, chain)| chain)
    }

    /// Two named chains agree if some of their names are alike and none exclude each other:
    /// two people's full names, or two bodies that differ in what modifies the same noun
    /// ("General Security Directorate", "Internal Security Directorate").
    fn names_agree(&self, x: &Chain, y: &Chain) -> bool {
        if x.names.is_empty() || y.names.is_empty() {
            return true;
        }
        let mut alike = false;
        for a in &x.names {
            for b in &y.names {
                let people = a.kind == NameKind::Person || b.kind == NameKind::Person;
                let bodies = a.head == b.head && a.words.len() > 1 && b.words.len() > 1;
                if likeness(self.lexicon, a, b).is_some() {
                    alike = true;
                } else if people || bodies {
                    return false;
                }
            }
        }
        alike
    }

    /// How far the names of the chains of `a` and `b` are alike: the best over all pairs.
    pub(super) fn likeness(&self, a: usize, b: usize) -> Option<Likeness> {
        let (x, y) = (self.of(a), self.of(b));
        x.names
            .iter()
            .flat_map(|p| y.names.iter().filter_map(|q| likeness(self.lexicon, p, q)))
            .min()
    }
}

impl Chain {
    fn of(index: usize, candidate: &Candidate<'_>) -> Self {
        let pronoun = candidate.pronoun.is_some();
        let mut classes = BTreeSet::new();
        let mut heads = BTreeSet::new();
        let mut words = BTreeSet::new();
        if !pronoun {
            if let Some(agent) = candidate.agent {
                classes.insert(agent.class.clone());
            }
            words.extend(candidate.words.iter().cloned());
            if let Some(name) = &candidate.name {
                heads.insert(name.head.clone());
                words.extend(name.words.iter().cloned());
            } else {
                heads.insert(candidate.lemma.clone());
                words.insert(candidate.lemma.clone());
            }
        }
        Self {
            members: vec![index],
            sort: candidate.sort,
            count: candidate.count,
            gender: candidate.gender,
            classes,
            heads,
            words,
            names: candidate.name.iter().cloned().collect(),
            actor: candidate.actor,
            apart: Vec::new(),
        }
    }

    /// Whether a name of it is known.
    pub(super) fn named(&self) -> bool {
        !self.names.is_empty()
    }
}

fn sorts_agree(a: Sort, b: Sort) -> bool {
    match (a, b) {
        (Sort::Time, _) | (_, Sort::Time) => false,
        (Sort::Unknown, _) | (_, Sort::Unknown) => true,
        (x, y) => x == y,
    }
}

fn counts_agree(a: &Chain, b: &Chain) -> bool {
    match (a.count, b.count) {
        (Count::Either, _) | (_, Count::Either) => true,
        (x, y) => x == y,
    }
}

/// What tells more wins: a stated kind over a general one, armed groups over the state forces
/// that "division" or "brigade" suggest.
fn kind_rank(kind: ActorKind) -> u8 {
    match kind {
        ActorKind::Unknown => 0,
        ActorKind::Organisation | ActorKind::Person => 1,
        ActorKind::Civilians | ActorKind::Media => 2,
        ActorKind::StateForces => 3,
        ActorKind::Government => 4,
        _ => 5,
    }
}
