//! Names as sources write them, made names as reports write them.

/// Short words that stay small inside a name.
const SMALL: &[&str] = &[
    "and", "by", "de", "del", "des", "du", "e", "el", "et", "for", "i", "in", "la", "las", "los",
    "of", "on", "the", "ul", "wa", "wal", "y", "al",
];

/// Acronyms inside names.
const ACRONYMS: &[&str] = &["IRA", "IRGC", "ISIL", "ISIS", "NATO", "UN", "US", "USA"];

/// A name in capitals in usual writing: "ARMY OF GOD" is "Army of God". A single word of at most
/// five letters stays, since it may be an acronym.
pub(super) fn usual_case(name: &str) -> String {
    let shouted = !name.chars().any(char::is_lowercase);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if !shouted || (!name.contains(' ') && letters <= 5) {
        return name.to_owned();
    }
    let words = name.split(' ').enumerate().map(|(i, word)| {
        let lower = word.to_lowercase();
        if i > 0 && SMALL.contains(&lower.as_str()) {
            return lower;
        }
        if word.starts_with('(') {
            return word.to_owned();
        }
        let parts = lower.split('-').map(|part| {
            if matches!(part, "al" | "e" | "i" | "ul") && i + lower.len() > part.len() && i > 0 {
                return part.to_owned();
            }
            let shouted = part.to_uppercase();
            if ACRONYMS.contains(&shouted.as_str()) {
                return shouted;
            }
            capital(part)
        });
        parts.collect::<Vec<_>>().join("-")
    });
    words.collect::<Vec<_>>().join(" ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// A name and the acronym in brackets behind it: "Lashkar i Jhangvi (LJ)" is two names.
pub(super) fn with_acronym(name: &str) -> Vec<String> {
    let name = name
        .trim()
        .trim_matches(['"', '“', '”', '„', '«', '»', ';', ',', '\'']);
    if let Some((before, rest)) = name.split_once('(')
        && let Some((inside, after)) = rest.split_once(')')
        && after.trim().is_empty()
    {
        let mut names = vec![before.trim().to_owned()];
        let inside = inside.trim();
        let acronym = crate::is_acronym(inside) && inside.chars().count() >= 2;
        if acronym {
            names.push(inside.to_owned());
        }
        return names;
    }
    vec![name.to_owned()]
}

/// Whether a name is written in letters that readers of news use, and is no sentence.
pub(super) fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    letters >= 2
        && digits <= 4
        && name.chars().count() <= 70
        && !name.contains([';', ':', '|', '@', '\n', '(', ')'])
}

/// A name as part of an id: small letters and hyphens.
pub(super) fn slug(name: &str) -> String {
    let folded = sayso_place::fold(name);
    folded.split(' ').collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shouted_names_are_written_as_usual() {
        for (shouted, usual) in [
            (
                "AL-NUSRAH FRONT FOR THE PEOPLE OF THE LEVANT",
                "Al-Nusrah Front for the People of the Levant",
            ),
            ("HARAKAT UL-MUJAHIDEEN", "Harakat ul-Mujahideen"),
            ("TTP", "TTP"),
            ("TALIBAN", "Taliban"),
            ("Wagner Group", "Wagner Group"),
        ] {
            assert_eq!(usual_case(shouted), usual);
        }
    }

    #[test]
    fn an_acronym_in_brackets_is_a_name() {
        assert_eq!(
            with_acronym("Lashkar i Jhangvi (LJ)"),
            ["Lashkar i Jhangvi", "LJ"]
        );
        assert_eq!(with_acronym("Front (old wing)"), ["Front"]);
        assert_eq!(with_acronym("“Dawn”"), ["Dawn"]);
    }
}
