//! The dependency trees of a reading, made easy to walk.

use sayso_text::{Reading, Rel, TokenRange, Upos};

/// Children of every token and the reach of its subtree.
///
/// Token numbers are those of [`Reading::tokens`]. In a reading that no model has annotated every
/// token is a root without children.
#[derive(Clone, Debug, Default)]
pub struct Syntax {
    heads: Vec<Option<usize>>,
    rels: Vec<Rel>,
    upos: Vec<Upos>,
    first_child: Vec<usize>,
    children: Vec<usize>,
    reach: Vec<TokenRange>,
}

impl Syntax {
    /// Indexes the trees of `reading`; linear in its tokens.
    pub fn of(reading: &Reading) -> Self {
        let count = reading.tokens.len();
        let heads: Vec<Option<usize>> = reading
            .tokens
            .iter()
            .enumerate()
            .map(|(i, t)| t.head.filter(|&h| h < count && h != i))
            .collect();
        let mut first_child = vec![0_usize; count + 1];
        for head in heads.iter().flatten() {
            first_child[head + 1] += 1;
        }
        for i in 0..count {
            first_child[i + 1] += first_child[i];
        }
        let mut next = first_child.clone();
        let mut children = vec![0_usize; first_child[count]];
        for (child, head) in heads.iter().enumerate() {
            if let Some(head) = *head {
                children[next[head]] = child;
                next[head] += 1;
            }
        }
        let mut reach: Vec<TokenRange> = (0..count).map(|i| i..i + 1).collect();
        for start in 0..count {
            // Each token widens its ancestors; the bound guards against a cycle in bad input.
            let (mut at, mut steps) = (start, 0);
            while let Some(head) = heads[at] {
                let range = &mut reach[head];
                if range.start <= start && start < range.end {
                    // Already inside: the ancestors above hold it too.
                    break;
                }
                range.start = range.start.min(start);
                range.end = range.end.max(start + 1);
                at = head;
                steps += 1;
                if steps > count {
                    break;
                }
            }
        }
        Self {
            heads,
            rels: reading.tokens.iter().map(|t| t.rel).collect(),
            upos: reading.tokens.iter().map(|t| t.upos).collect(),
            first_child,
            children,
            reach,
        }
    }

    /// The token that `token` depends on.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.heads.get(token).copied().flatten()
    }

    /// How `token` depends on its head.
    pub fn rel(&self, token: usize) -> Rel {
        self.rels.get(token).copied().unwrap_or(Rel::Dep)
    }

    /// Part of speech of `token`.
    pub fn upos(&self, token: usize) -> Upos {
        self.upos.get(token).copied().unwrap_or(Upos::X)
    }

    /// The tokens that depend on `token`, in text order.
    pub fn children(&self, token: usize) -> &[usize] {
        match (self.first_child.get(token), self.first_child.get(token + 1)) {
            (Some(&from), Some(&to)) => &self.children[from..to],
            _ => &[],
        }
    }

    /// The children of `token` by one of the relations `rels`, in text order.
    pub fn children_by<'a>(
        &'a self,
        token: usize,
        rels: &'a [Rel],
    ) -> impl Iterator<Item = usize> + 'a {
        self.children(token)
            .iter()
            .copied()
            .filter(move |&c| rels.contains(&self.rel(c)))
    }

    /// The first child of `token` by one of `rels`.
    pub fn child(&self, token: usize, rels: &[Rel]) -> Option<usize> {
        self.children(token)
            .iter()
            .copied()
            .find(|&c| rels.contains(&self.rel(c)))
    }

    /// The smallest range of tokens that holds the whole subtree of `token`.
    pub fn reach(&self, token: usize) -> TokenRange {
        self.reach.get(token).cloned().unwrap_or(token..token)
    }

    /// Whether `ancestor` dominates `token` (or is it).
    pub fn dominates(&self, ancestor: usize, token: usize) -> bool {
        self.ancestors(token).any(|a| a == ancestor) || ancestor == token
    }

    /// The heads above `token`, nearest first, up to the root.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = Some(token);
        // A tree is never deeper than it has tokens.
        std::iter::from_fn(move || {
            at = self.head(at?);
            at
        })
        .take(self.heads.len())
    }

    /// The tokens coordinated with `token`, itself first: `token` and its `conj` children.
    pub fn conjuncts(&self, token: usize) -> Vec<usize> {
        let mut all = vec![token];
        all.extend(self.children_by(token, &[Rel::Conj]));
        all
    }
}
