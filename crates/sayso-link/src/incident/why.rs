//! Why the reports of an incident belong together, in words.

use crate::Linker;
use crate::pair::Likeness;

/// One line for each report but the first: what it has in common with the one it is most like.
pub(super) fn why(linker: &Linker, group: &[u32]) -> Vec<String> {
    group
        .iter()
        .skip(1)
        .filter_map(|&report| {
            let mut others = group.iter().filter(|&&other| other != report);
            if let Some(&other) = others.find(|&&other| linker.is_decided(report, other)) {
                let (a, b) = (linker.digest(report)?, linker.digest(other)?);
                return Some(format!(
                    "{} and {}: an analyst decided so",
                    a.report, b.report
                ));
            }
            let (other, shares) = linker.likest(report, group)?;
            let (a, b) = (linker.digest(report)?, linker.digest(other)?);
            let reasons: Vec<String> = shares
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

fn in_words(likeness: Likeness, a: &crate::Digest, b: &crate::Digest) -> String {
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
