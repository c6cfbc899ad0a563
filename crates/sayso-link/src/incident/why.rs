//! Why the reports of an incident belong together, in words.

use std::collections::BTreeMap;

use crate::pair::Likeness;
use crate::{Digest, Linker};

/// One line for each report but the first: what it has in common with the one it is most like. Where
/// an analyst joined what the program had kept apart, the link that joins them says so, and the
/// others keep the program's reasons. `digests` are those of the reports of the group.
pub(super) fn why(linker: &Linker, group: &[u32], digests: &BTreeMap<u32, Digest>) -> Vec<String> {
    let parts = linker.undecided(group);
    group
        .iter()
        .skip(1)
        .filter_map(|&report| {
            let part = parts.iter().find(|part| part.contains(&report))?;
            let mut others = group.iter().filter(|other| !part.contains(other));
            if part.first() == Some(&report)
                && let Some(&other) = others.find(|&&other| linker.is_decided(report, other))
            {
                let (a, b) = (linker.report(report), linker.report(other));
                return Some(format!("{a} and {b}: an analyst decided so"));
            }
            let other = linker.likest(report, part)?;
            let (a, b) = (digests.get(&report)?, digests.get(&other)?);
            let reasons: Vec<String> = linker
                .shares(a, b)
                .into_iter()
                .filter(|&(_, share)| share > 0.0)
                .take(5)
                .map(|(likeness, _)| in_words(likeness, a, b))
                .collect();
            Some(format!(
                "{} and {}: {}",
                a.report,
                b.report,
                reasons.join("; ")
            ))
        })
        .collect()
}

fn in_words(likeness: Likeness, a: &Digest, b: &Digest) -> String {
    use crate::pair::{common_names, common_people};
    let list = |items: Vec<&str>| items.into_iter().take(6).collect::<Vec<_>>().join(", ");
    match likeness {
        Likeness::Names | Likeness::RareNames => {
            format!(
                "{}: {}",
                likeness.name(),
                list(common_names(a, b).collect())
            )
        }
        Likeness::Person | Likeness::MorePeople => {
            format!(
                "{}: {}",
                likeness.name(),
                list(common_people(a, b).collect())
            )
        }
        other => other.name().to_owned(),
    }
}
