//! What incidents are asked for by: countries, types and statuses as they are written, and every name
//! of a place. The command line and the desk ask by the same rules.

use std::collections::BTreeSet;
use std::fmt;

use sayso_api::IncidentJson;
use sayso_lexicon::{ACLED, Country};
use sayso_place::fold;

/// How a finding can stand, as it is asked for.
pub const STATUSES: [&str; 5] = [
    "corroborated",
    "single-source",
    "disputed",
    "denied",
    "unknown",
];

/// What was asked for is nothing that there is: nothing is ever like it, and that has to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What the value should be: `country`, `type` or `status`.
    pub what: &'static str,
    /// The value.
    pub value: String,
    /// What is allowed in its place.
    pub allowed: String,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            what,
            value,
            allowed,
        } = self;
        write!(f, "`{value}` is no {what}; allowed: {allowed}")
    }
}

impl std::error::Error for Unknown {}

/// The code of a country as the incidents have it (ISO 3166-1 alpha-3), whatever its case.
///
/// # Errors
/// For what is no such code; whoever writes another code or a name of a country is told its own.
pub fn country(asked: &str, countries: &[Country]) -> Result<String, Unknown> {
    let mut all = countries.iter();
    if let Some(known) = all.find(|known| known.iso3.eq_ignore_ascii_case(asked)) {
        return Ok(known.iso3.clone());
    }
    let folded = fold(asked);
    let named = countries.iter().find(|known| {
        let mut names = std::iter::once(&known.name).chain(&known.aliases);
        known.iso2.eq_ignore_ascii_case(asked) || names.any(|name| fold(name) == folded)
    });
    let allowed = match named {
        Some(Country { iso3, name, .. }) => {
            format!("a code of ISO 3166-1 alpha-3: use {iso3} for {name}")
        }
        None => "a code of ISO 3166-1 alpha-3, such as SYR or SDN".to_owned(),
    };
    Err(unknown("country", asked, allowed))
}

/// An ACLED sub-event type as the incidents have it, whatever its case.
///
/// # Errors
/// For what is none.
pub fn acled(asked: &str) -> Result<String, Unknown> {
    let mut all = ACLED.iter();
    let known = all.find(|name| name.eq_ignore_ascii_case(asked));
    known
        .map(|name| (*name).to_owned())
        .ok_or_else(|| unknown("type", asked, ACLED.join(", ")))
}

/// How a finding stands.
///
/// # Errors
/// For what is none of [`STATUSES`].
pub fn status(asked: &str) -> Result<String, Unknown> {
    if STATUSES.contains(&asked) {
        return Ok(asked.to_owned());
    }
    Err(unknown("status", asked, STATUSES.join(", ")))
}

fn unknown(what: &'static str, value: &str, allowed: String) -> Unknown {
    Unknown {
        what,
        value: value.to_owned(),
        allowed,
    }
}

/// Every name under which an incident may be looked for by its place, folded as the gazetteer's are
/// ([`fold`]): of the place and its first-order division, as anybody gives it, and in the words of
/// reports.
pub fn place_names(incident: &IncidentJson) -> BTreeSet<String> {
    let told = incident.findings.iter().filter(|f| f.question == "place");
    let told = told.flat_map(|finding| &finding.answers);
    let told = told.flat_map(|answer| {
        let quotes = answer.evidence.iter().map(|one| one.quote.as_str());
        answer.value.as_deref().into_iter().chain(quotes)
    });
    let place = incident.place.iter();
    let named = place.flat_map(|p| std::iter::once(p.name.as_str()).chain(p.admin1.as_deref()));
    named.chain(told).map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_lexicon::Lexicon;

    #[test]
    fn countries_are_asked_for_by_their_codes_and_whoever_names_one_is_told_its_code() {
        let lexicon = Lexicon::builtin().unwrap();
        let country = |asked: &str| super::country(asked, lexicon.places.countries());
        assert_eq!(country("SDN").as_deref(), Ok("SDN"));
        assert_eq!(country("mmr").as_deref(), Ok("MMR"));
        for (asked, told) in [
            ("XX", "such as"),
            ("SD", "use SDN for Sudan"),
            ("haiti", "use HTI for Haiti"),
            ("", "such as"),
        ] {
            let refused = country(asked).unwrap_err();
            assert_eq!((refused.what, refused.value.as_str()), ("country", asked));
            assert!(refused.allowed.contains(told), "{}", refused.allowed);
        }
    }

    #[test]
    fn types_and_statuses_are_those_of_the_codebook() {
        assert_eq!(acled("armed clash").as_deref(), Ok("Armed clash"));
        assert_eq!(
            acled("armed").unwrap_err().to_string(),
            format!("`armed` is no type; allowed: {}", ACLED.join(", "))
        );
        assert_eq!(status("disputed").as_deref(), Ok("disputed"));
        assert_eq!(status("perhaps").unwrap_err().value, "perhaps");
    }
}
