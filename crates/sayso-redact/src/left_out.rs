//! What was left out, by which rule, how often.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Rule;

/// How often each rule left out each kind of thing. Two counts can be added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    counts: BTreeMap<(Rule, &'static str), usize>,
}

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Left {
    /// What: `actor`, `text`, `title`, `address`, `id`, `place`, `origin`, `author`,
    /// `forwarded-from` or `decision`.
    pub kind: &'static str,
    /// [`Rule::name`].
    pub rule: &'static str,
    /// [`Rule::says`].
    pub says: &'static str,
    /// How often.
    pub count: usize,
}

impl LeftOut {
    /// Counts something that a rule left out.
    pub(crate) fn note(&mut self, kind: &'static str, rule: Rule, count: usize) {
        if count > 0 {
            *self.counts.entry((rule, kind)).or_default() += count;
        }
    }

    /// Adds what was left out elsewhere.
    pub fn add(&mut self, other: &Self) {
        for (&(rule, kind), &count) in &other.counts {
            self.note(kind, rule, count);
        }
    }

    /// Whether nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Line by line, by rule.
    pub fn lines(&self) -> Vec<Left> {
        let line = |(&(rule, kind), &count): (&(Rule, &'static str), &usize)| Left {
            kind,
            rule: rule.name(),
            says: rule.says(),
            count,
        };
        self.counts.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up() {
        let mut all = LeftOut::default();
        all.note("text", Rule::Minor, 2);
        let mut more = LeftOut::default();
        more.note("text", Rule::Minor, 3);
        more.note("author", Rule::Author, 0);
        all.add(&more);
        let lines = all.lines();
        assert_eq!(
            (lines.len(), lines[0].count, lines[0].rule),
            (1, 5, "minor")
        );
    }
}
