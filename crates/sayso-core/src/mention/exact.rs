//! Second pass: names that are the same, shortened, or acronyms of each other.

use super::candidate::Candidate;
use super::chain::Chains;
use super::name::Likeness;

/// Joins each name with the nearest earlier one it is like: the same first, then last names and
/// shortened names, then first names.
pub(super) fn link(candidates: &[Candidate<'_>], chains: &mut Chains<'_>) {
    let named: Vec<usize> = candidates
        .iter()
        .enumerate()
        .filter(|(_, c)| c.name.is_some())
        .map(|(i, _)| i)
        .collect();
    for level in [Likeness::Same, Likeness::Short, Likeness::Weak] {
        for (position, &later) in named.iter().enumerate() {
            // A shortened name may come first ("Dara was held. Amin Dara, 40, …"): both
            // directions are one, since the search goes over pairs.
            let nearest = named[..position]
                .iter()
                .rev()
                .copied()
                .filter(|&earlier| chains.root(earlier) != chains.root(later))
                .find(|&earlier| {
                    chains
                        .likeness(earlier, later)
                        .is_some_and(|found| found <= level)
                        && chains.agree(earlier, later)
                });
            if let Some(earlier) = nearest {
                chains.join(earlier, later);
            }
        }
    }
}
