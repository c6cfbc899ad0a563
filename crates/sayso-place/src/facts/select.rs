//! Which places and names are worth their bytes.
//!
//! The shipped file has twenty megabytes. Conflict news names villages, in many transliterations,
//! where there is conflict; elsewhere it names towns.

/// Countries with armed conflict, or beside it, whose villages are kept whatever their size.
pub(crate) const VILLAGES: &[&str] = &[
    "AF", "BF", "CD", "CF", "CM", "ET", "HT", "IL", "IQ", "LB", "LY", "ML", "MM", "MZ", "NE", "NG",
    "PS", "SD", "SO", "SS", "SY", "TD", "UA", "YE",
];

/// The other countries whose divisions Who's On First has.
pub(crate) const DIVISIONS: &[&str] = &[
    "AM", "AO", "AZ", "BD", "BI", "BJ", "BY", "CI", "CO", "CY", "DJ", "DZ", "EC", "EG", "ER", "GE",
    "GH", "GN", "GT", "HN", "IR", "JO", "KE", "KG", "KP", "LK", "MD", "MR", "PE", "PG", "PH", "PK",
    "RS", "RW", "SA", "SN", "SV", "TG", "TH", "TJ", "TN", "TR", "TZ", "UG", "VE", "XK",
];

/// Of these large countries only villages of the first-order divisions with conflict (folded).
const PARTS: &[(&str, &[&str])] = &[
    (
        "CM",
        &[
            "extreme nord",
            "far north",
            "nord ouest",
            "northwest",
            "north west",
            "sud ouest",
            "southwest",
            "south west",
        ],
    ),
    ("MZ", &["cabo delgado"]),
    ("NE", &["diffa", "tahoua", "tillaberi", "tillabery"]),
    (
        "NG",
        &[
            "adamawa", "borno", "kaduna", "katsina", "plateau", "sokoto", "yobe", "zamfara",
        ],
    ),
    (
        "TD",
        &["lac", "lake", "ouaddai", "sila", "wadi fira", "biltine"],
    ),
];

/// Whether only villages of some first-order divisions are kept.
pub(crate) fn has_parts(iso2: &str) -> bool {
    PARTS.iter().any(|(country, _)| *country == iso2)
}

/// Whether villages of this part of the country are kept; `names` are those of the part.
pub(crate) fn keeps_part(iso2: &str, names: &[String]) -> bool {
    PARTS
        .iter()
        .find(|(country, _)| *country == iso2)
        .is_none_or(|(_, parts)| {
            names
                .iter()
                .any(|name| parts.contains(&crate::fold(name).trim_end_matches(" state")))
        })
}

/// Countries whose smallest places are kept because English-language press names them.
const ENGLISH_PRESS: &[&str] = &["AU", "CA", "GB", "IE", "NZ", "US"];

/// Fewest people of a town elsewhere.
const FEWEST: u64 = 2_000;

/// Whether villages of this country are kept.
pub(crate) fn keeps_villages(iso2: &str) -> bool {
    VILLAGES.contains(&iso2)
}

/// Whether a place of cities500 is kept; `seat` says that it is the seat of a first- or
/// second-order division.
pub(crate) fn keeps_city(iso2: &str, population: u64, seat: bool) -> bool {
    population >= FEWEST || seat || keeps_villages(iso2) || ENGLISH_PRESS.contains(&iso2)
}

/// Scripts that names are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Arabic,
    Cyrillic,
    Hebrew,
    Ethiopic,
    Myanmar,
    Other,
}

fn script(name: &str) -> Script {
    name.chars()
        .find(|c| c.is_alphabetic())
        .map_or(Script::Other, |c| match c {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
            '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' => Script::Arabic,
            '\u{0400}'..='\u{052F}' => Script::Cyrillic,
            '\u{0590}'..='\u{05FF}' => Script::Hebrew,
            '\u{1200}'..='\u{139F}' => Script::Ethiopic,
            '\u{1000}'..='\u{109F}' => Script::Myanmar,
            _ => Script::Other,
        })
}

/// Whether the script is one that people of the country write.
fn is_native(script: Script, iso2: &str) -> bool {
    match script {
        Script::Latin => true,
        Script::Arabic => matches!(
            iso2,
            "AE" | "AF"
                | "BH"
                | "DJ"
                | "DZ"
                | "EG"
                | "ER"
                | "IQ"
                | "IR"
                | "JO"
                | "KW"
                | "LB"
                | "LY"
                | "MA"
                | "MR"
                | "OM"
                | "PK"
                | "PS"
                | "QA"
                | "SA"
                | "SD"
                | "SO"
                | "SY"
                | "TD"
                | "TN"
                | "YE"
        ),
        Script::Cyrillic => matches!(iso2, "BY" | "KG" | "KZ" | "RS" | "RU" | "TJ" | "UA"),
        Script::Hebrew => matches!(iso2, "IL" | "PS"),
        Script::Ethiopic => matches!(iso2, "ER" | "ET"),
        Script::Myanmar => iso2 == "MM",
        Script::Other => false,
    }
}

/// How well known a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// A village.
    Village,
    /// A town, or the seat of a second-order division.
    Town,
    /// A city, or the seat of a first-order division.
    City,
    /// A country, a first-order division, a city of millions.
    World,
}

impl Rank {
    pub(crate) fn of(population: u64, seat1: bool, seat2: bool) -> Self {
        match population {
            1_000_000.. => Self::World,
            100_000.. => Self::City,
            _ if seat1 => Self::City,
            15_000.. => Self::Town,
            _ if seat2 => Self::Town,
            _ => Self::Village,
        }
    }
}

/// Whether another name of a place is kept.
pub(crate) fn keeps_name(name: &str, iso2: &str, rank: Rank) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    // Airport codes, postal codes, links, lists.
    if letters < 2
        || name.len() > 60
        || name.contains(['/', '(', ',', ';', ':', '_'])
        || name.chars().filter(char::is_ascii_digit).count() > 1
        || letters <= 4 && name.chars().all(|c| c.is_ascii_uppercase())
    {
        return false;
    }
    let script = script(name);
    // Letter-by-letter transliterations such as `tkht qysr` are written without capitals.
    if script == Script::Latin && !name.chars().any(char::is_uppercase) {
        return false;
    }
    match script {
        Script::Latin => rank >= Rank::City || keeps_villages(iso2),
        _ if is_native(script, iso2) => rank >= Rank::Town || keeps_villages(iso2),
        Script::Arabic | Script::Cyrillic => {
            rank >= Rank::World || rank >= Rank::City && keeps_villages(iso2)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_conflict_news_needs() {
        assert!(keeps_name("Harem", "SY", Rank::Village));
        assert!(keeps_name("حارم", "SY", Rank::Village));
        assert!(!keeps_name("ḥarm", "SY", Rank::Village), "no capital");
        assert!(!keeps_name("Харим", "SY", Rank::Village));
        assert!(keeps_name("Алеппо", "SY", Rank::World));
        assert!(!keeps_name("IDL", "SY", Rank::World));
        assert!(!keeps_name("Ville", "FR", Rank::Village));
    }
}
