//! Agencies that a report credits: “(AFP)”, “ORLA (Reuters) –”, “… .--AFP”, “By The Associated
//! Press”.

use sayso_lexicon::{Outlet, OutletKind, Registry};

/// Characters at the head and at the foot of a report where a credit can stand.
const HEAD: usize = 240;
const FOOT: usize = 120;

/// The agency credited at the head or the foot of `text`.
///
/// Only as a credit stands: in brackets, behind dashes at the foot, or behind “By”. An agency that
/// is named in a sentence (“told Reuters”) is the addressee, or a speaker.
pub(crate) fn credited<'l>(text: &str, outlets: &'l Registry<Outlet>) -> Option<&'l Outlet> {
    let head: String = text.chars().take(HEAD).collect();
    let length = text.chars().count();
    let foot: String = text.chars().skip(length.saturating_sub(FOOT)).collect();
    let bracketed = brackets(&head).chain(brackets(&foot));
    let behind_dash = foot
        .trim_end_matches(['.', ' ', '\n'])
        .rsplit_once("--")
        .or_else(|| foot.rsplit_once('—'))
        .map(|(_, name)| name.trim());
    let byline = head.lines().find_map(|line| {
        line.strip_prefix("By ")
            .or_else(|| line.strip_prefix("Source: "))
    });
    bracketed
        .chain(behind_dash)
        .chain(byline)
        .flat_map(|credit| credit.split(['/', ',']))
        .filter_map(|name| outlets.get(name.trim()))
        .find(|outlet| outlet.kind == OutletKind::Agency)
}

/// What stands in brackets.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    text.split('(')
        .skip(1)
        .filter_map(|rest| rest.split_once(')').map(|(inside, _)| inside))
}

#[cfg(test)]
mod tests {
    use sayso_lexicon::Lexicon;

    use super::*;

    #[test]
    fn credits_are_read_where_they_stand() {
        let lexicon = Lexicon::builtin().unwrap();
        let of = |text: &str| credited(text, &lexicon.outlets).map(|o| o.name.as_str());
        assert_eq!(
            of("ORLA (Reuters) - Shells fell on Monday."),
            Some("Reuters")
        );
        assert_eq!(of("Shells fell on Orla on Monday.--AFP"), Some("AFP"));
        assert_eq!(
            of("By Agence France-Presse\nShells fell on Orla."),
            Some("AFP")
        );
        assert_eq!(of("Shells fell on Orla. (AP/staff)"), Some("AP"));
        assert_eq!(of("Shells fell on Orla, the mayor told Reuters."), None);
        assert_eq!(of("Shells fell on Orla (see map)."), None);
    }
}
