//! The codes that an entry may have.

pub use sayso_lexicon::KINDS;

/// PLOVER's sectors [PLOVER manual, table of sector codes].
pub const SECTORS: [&str; 24] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "REL", "SOC",
];

/// The sector of a kind where nothing finer is known.
pub(crate) fn sector_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "state-forces" | "external-forces" => "MIL",
        "rebel-group" => "REB",
        "political-militia" | "identity-militia" => "PRM",
        "rioters" | "protesters" | "civilians" => "CVL",
        "government" => "GOV",
        "media" => "JRN",
        "organisation" => "SOC",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sectors_of_kinds_are_plovers() {
        for kind in KINDS {
            assert!(sector_of(kind).is_none_or(|sector| SECTORS.contains(&sector)));
        }
    }
}
