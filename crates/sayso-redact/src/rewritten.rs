//! A text without what is protected, and where its characters have gone.

use crate::matching::Found;
use crate::{LeftOut, Rule};

/// A text with placeholders, and the map from the old one to it. Positions are code points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewritten {
    text: Vec<char>,
    /// Replaced ranges of the old text with those of the new one, in order.
    moves: Vec<([usize; 2], [usize; 2])>,
    rules: Vec<Rule>,
}

impl Rewritten {
    /// Replaces what was found in `text`.
    pub(crate) fn of(text: &str, found: &[Found]) -> Self {
        let mut new = Self::default();
        let (mut byte, mut old) = (0, 0);
        for hit in found {
            let kept = text.get(byte..hit.start).unwrap_or_default();
            new.text.extend(kept.chars());
            old += kept.chars().count();
            let gone = text
                .get(hit.start..hit.end)
                .unwrap_or_default()
                .chars()
                .count();
            let from = new.text.len();
            new.text.extend(hit.rule.placeholder().chars());
            new.moves.push(([old, old + gone], [from, new.text.len()]));
            new.rules.push(hit.rule);
            old += gone;
            byte = hit.end;
        }
        new.text
            .extend(text.get(byte..).unwrap_or_default().chars());
        new
    }

    /// The text.
    pub fn text(&self) -> String {
        self.text.iter().collect()
    }

    /// Whether nothing was replaced.
    pub fn is_same(&self) -> bool {
        self.moves.is_empty()
    }

    /// Where a span of the old text lies now: what began or ended within something replaced begins
    /// or ends with its placeholder.
    pub fn span(&self, [start, end]: [usize; 2]) -> [usize; 2] {
        if start >= end {
            let at = self.position(start, false);
            return [at, at];
        }
        [self.position(start, false), self.position(end, true)]
    }

    /// The characters of a span of the new text.
    pub fn slice(&self, [start, end]: [usize; 2]) -> String {
        self.text
            .get(start..end.max(start).min(self.text.len()))
            .unwrap_or_default()
            .iter()
            .collect()
    }

    /// Counts each replacement.
    pub(crate) fn note(&self, kind: &'static str, left_out: &mut LeftOut) {
        for &rule in &self.rules {
            left_out.note(kind, rule, 1);
        }
    }

    fn position(&self, old: usize, is_end: bool) -> usize {
        let before = self.moves.partition_point(|(from, _)| {
            if is_end {
                from[0] < old
            } else {
                from[0] <= old
            }
        });
        let Some((from, to)) = before.checked_sub(1).and_then(|i| self.moves.get(i)) else {
            return old;
        };
        if old >= from[1] {
            return to[1] + (old - from[1]);
        }
        if is_end { to[1] } else { to[0] }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(start: usize, end: usize) -> Found {
        Found {
            start,
            end,
            rule: Rule::Minor,
        }
    }

    #[test]
    fn spans_move_with_their_words() {
        let text = "The girl Ña Yu ran";
        let new = Rewritten::of(text, &[found(9, 15)]);
        assert_eq!(new.text(), "The girl [minor] ran");
        assert_eq!(new.slice(new.span([0, 8])), "The girl");
        assert_eq!(new.slice(new.span([15, 18])), "ran");
        assert_eq!(new.slice(new.span([12, 14])), "[minor]");
        assert_eq!(new.slice(new.span([4, 14])), "girl [minor]");
    }

    proptest! {
        #[test]
        fn what_is_not_touched_stays_word_for_word(
            text in "[a-zñ ]{0,60}", a in 0_usize..60, b in 0_usize..60, c in 0_usize..60, d in 0_usize..60,
        ) {
            let clamp = |mut at: usize| {
                at = at.min(text.len());
                while !text.is_char_boundary(at) { at -= 1; }
                at
            };
            let (start, end) = (clamp(a.min(b)), clamp(a.max(b)));
            prop_assume!(start < end);
            let new = Rewritten::of(&text, &[found(start, end)]);
            let old: Vec<char> = text.chars().collect();
            let gone = text[..start].chars().count()..text[..end].chars().count();
            let (from, to) = (c.min(d).min(old.len()), c.max(d).min(old.len()));
            let slice = new.slice(new.span([from, to]));
            if to <= gone.start || from >= gone.end {
                prop_assert_eq!(slice, old[from..to].iter().collect::<String>());
            } else if from < to {
                prop_assert!(slice.contains("[minor]"), "{slice}");
            }
        }
    }
}
