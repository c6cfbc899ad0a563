//! Answers that say less than one before them: “in Idlib” behind “in Maarat Misrin”.

use std::collections::BTreeSet;

use super::answer::Answer;
use super::judge::{days, who};
use crate::origin::Attributions;

/// Whether `new`, of the same origin, says less than `old` and nothing else: reports on a rising
/// toll name the province only, and speak of “the victims”.
pub(super) fn says_less(
    question: &str,
    new: &Answer,
    old: &Answer,
    attributions: Attributions<'_>,
) -> bool {
    let both_assert = new.json.stance == "asserts" && old.json.stance == "asserts";
    let (Some(later), Some(earlier)) = (new.json.value.as_deref(), old.json.value.as_deref())
    else {
        return false;
    };
    both_assert
        && match question {
            "place" => match (&new.at_place, &old.at_place) {
                (Some(later), Some(earlier)) => later.holds(earlier),
                _ => false,
            },
            "time" => match (days(later), days(earlier)) {
                (Some(later), Some(earlier)) => {
                    later != earlier && later.0 <= earlier.0 && earlier.1 <= later.1
                }
                _ => false,
            },
            "to-whom" => is_vaguer(later, earlier, attributions),
            "who-did-it" => {
                let names =
                    |answer: &Answer, name| answer.identity.is_some() || attributions.names(name);
                names(old, earlier) && !names(new, later)
            }
            _ => false,
        }
}

/// Whether a name has fewer words than another and no other ones, or is a word for anybody.
fn is_vaguer(later: &str, earlier: &str, attributions: Attributions<'_>) -> bool {
    let (later, earlier) = (who(later, attributions), who(earlier, attributions));
    let anybody = |words: &BTreeSet<String>| {
        words
            .iter()
            .all(|word| attributions.phrases.stands_in("anybody", word))
    };
    later != earlier && (later.is_subset(&earlier) || (anybody(&later) && !anybody(&earlier)))
}
