//! Rivers, lakes, mountains and valleys: they bear the names of states and towns, and are neither.

use sayso_lexicon::PlaceNoun;
use sayso_place::{Feature, Match};
use sayso_text::TokenRange;

use super::{Evidence, Finder};
use crate::PlaceRule;
use crate::place::sense::Sense;

impl Finder<'_, '_> {
    /// The noun for a river, lake or mountain right before a name, or as its first word: "the river
    /// Benue", "Lake Chad".
    pub(super) fn natural_before(&self, tokens: &TokenRange) -> Option<PlaceNoun> {
        let places = &self.context.knowledge.lexicon.places;
        let natural = |token: usize| {
            places
                .noun(&self.word(token).to_lowercase())
                .filter(|noun| noun.is_natural())
        };
        let first = (tokens.len() > 1).then(|| natural(tokens.start)).flatten();
        let before = || {
            let noun = natural(tokens.start.checked_sub(1)?)?;
            // "The valley Idlib's fighters hold" names no valley.
            (self.word(tokens.end) != "'s" && self.word(tokens.end) != "’s").then_some(noun)
        };
        first.or_else(before)
    }

    /// Of the senses those that are what a noun for a river, lake, mountain or valley says, and what
    /// is called so as a whole: Fall River is a town. Where none is left, the name is that of
    /// something that the gazetteer does not know.
    pub(super) fn of_natural_kind(
        &self,
        tokens: &TokenRange,
        noun: Option<PlaceNoun>,
        evidence: Evidence,
        mut senses: Vec<Sense>,
    ) -> (Evidence, Vec<Sense>) {
        let Some(noun) = noun.filter(|noun| noun.is_natural()) else {
            return (evidence, senses);
        };
        if evidence == Evidence::Demonym || !self.context.has(PlaceRule::NaturalKind) {
            return (evidence, senses);
        }
        let places = &self.context.knowledge.lexicon.places;
        let inside = |token: usize| places.noun(&self.word(token).to_lowercase()) == Some(noun);
        let whole = tokens.len() > 1
            && (inside(tokens.start) || inside(tokens.end - 1))
            && evidence != Evidence::Within;
        senses.retain(|sense| {
            whole && sense.how <= Match::Article && !sense.narrowed || is_such(noun, sense.feature)
        });
        // What only the gazetteer told, of another kind of thing, is still the name of this one.
        if senses.is_empty() {
            return (Evidence::Model, senses);
        }
        (evidence, senses)
    }
}

fn is_such(noun: PlaceNoun, feature: Feature) -> bool {
    match noun {
        PlaceNoun::River => feature == Feature::River,
        PlaceNoun::Lake => feature == Feature::Lake,
        PlaceNoun::Mountain | PlaceNoun::Valley => {
            matches!(feature, Feature::Mountain | Feature::Region)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_river_is_no_state_and_a_valley_no_town() {
        assert!(is_such(PlaceNoun::River, Feature::River));
        assert!(!is_such(PlaceNoun::River, Feature::Admin1));
        assert!(!is_such(PlaceNoun::Lake, Feature::Country));
        assert!(is_such(PlaceNoun::Valley, Feature::Region));
        assert!(!is_such(PlaceNoun::Mountain, Feature::Populated));
        assert!(is_such(PlaceNoun::Province, Feature::Admin1));
    }
}
