//! Countries by their codes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sayso_lexicon::Table;

static NAMES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let text = include_str!("../../../lexicon/places/countries.tsv");
    let table = Table::parse("places/countries.tsv", text);
    let rows = table.map(|table| table.rows).unwrap_or_default();
    rows.iter()
        .map(|row| (row.get(0).to_owned(), row.get(4).to_owned()))
        .collect()
});

/// The usual English name of a country by its ISO 3166-1 alpha-3 code.
pub(crate) fn name(iso3: &str) -> Option<&'static str> {
    NAMES.get(iso3).map(String::as_str)
}

/// ISO 3166-1 alpha-2 of an alpha-3 code, in lower case as FollowTheMoney writes it.
pub(crate) fn iso2(iso3: &str) -> Option<String> {
    static CODES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        let text = include_str!("../../../lexicon/places/countries.tsv");
        let table = Table::parse("places/countries.tsv", text);
        let rows = table.map(|table| table.rows).unwrap_or_default();
        rows.iter()
            .map(|row| (row.get(0).to_owned(), row.get(1).to_lowercase()))
            .collect()
    });
    CODES.get(iso3).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_names() {
        assert_eq!(name("AFG"), Some("Afghanistan"));
        assert_eq!(iso2("AFG").as_deref(), Some("af"));
        assert_eq!(name("XXX"), None);
    }
}
