//! Nouns for fights, and what a demonym in front of one says.

use sayso_lexicon::EventWord;
use sayso_text::Rel;

use super::sides::Sides;
use super::words::Words;
use crate::EventRule;

/// "The Somali fighting", "Syrian clashes": one demonym says where people fight, two say who do.
pub(super) fn drop_demonym(words: &Words<'_>, noun: usize, sides: &mut Sides) {
    let demonym = |t: usize| {
        words.rel(t) == Rel::Amod
            && words
                .places
                .iter()
                .any(|p| p.demonym && p.tokens.contains(&t))
    };
    let fights =
        words.is_in(noun, EventWord::FightNoun) || words.form_in(noun, EventWord::FightNoun);
    if fights
        && words.on(EventRule::DemonymOfFight)
        && let [one] = sides.a[..]
        && demonym(one)
    {
        sides.a.clear();
    }
}
