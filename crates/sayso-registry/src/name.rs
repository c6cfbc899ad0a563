//! One written form for the many ways an actor's name is written.
//!
//! [`key`] levels what is no difference at all (case, accents, hyphens, articles, British and
//! American spelling); [`heard`] levels what transliterations differ in, and is asked only where no
//! name is written so. The same functions make the index and the queries.

use sayso_place::fold;

/// Fewest consonants of a name that is looked up as it is heard.
const FEWEST_CONSONANTS: usize = 4;

/// Whether a word is an acronym: at most five letters, none of them small, whatever digits, full
/// stops and strokes stand between ("HTS", "M23", "U.N.", "SLM/A").
pub fn is_acronym(name: &str) -> bool {
    let name = name.trim();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let all = name.chars().filter(|c| c.is_alphanumeric()).count();
    (1..=5).contains(&letters)
        && all >= 2
        && !name.contains(char::is_whitespace)
        && name
            .chars()
            .all(|c| !c.is_alphabetic() || c.is_ascii_uppercase())
}

/// The form under which a name is looked up. An acronym keeps its capitals behind `=`, so that the
/// group FACT is no fact; anything else is folded as places are, without `the`, without an Arabic
/// article before the whole, and in American spelling. Empty where nothing of it can be said.
pub fn key(name: &str) -> String {
    let name = name.trim();
    let bare = strip_the(name);
    if is_acronym(bare) {
        return acronym(bare);
    }
    let folded = fold(bare);
    let folded = folded.strip_prefix("the ").unwrap_or(&folded);
    let folded = match folded.strip_prefix("al ") {
        Some(rest) if !rest.is_empty() => rest,
        _ => folded,
    };
    folded
        .split(' ')
        .map(spelling)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The key of `word` taken for an acronym.
pub(crate) fn acronym(word: &str) -> String {
    let capitals: String = word
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect();
    format!("={capitals}")
}

fn strip_the(name: &str) -> &str {
    match name.split_once(char::is_whitespace) {
        Some((first, rest)) if first.eq_ignore_ascii_case("the") => rest.trim_start(),
        _ => name,
    }
}

/// American spelling of the words that names of bodies are made of.
fn spelling(word: &str) -> &str {
    match word {
        "defence" => "defense",
        "organisation" => "organization",
        "organisations" => "organizations",
        "mobilisation" => "mobilization",
        "stabilisation" => "stabilization",
        "programme" => "program",
        "centre" => "center",
        "labour" => "labor",
        "salvadoran" => "salvadorian",
        _ => word,
    }
}

/// What is heard of a key: runs of vowels are one, consonants are not doubled, `q` and `c` are
/// `k`, a last `h` after a vowel is silent, articles and connecting vowels (`al`, `-e-`, `wal`) and
/// all spaces are gone. `None` for acronyms, other scripts and names of too few consonants.
pub fn heard(key: &str) -> Option<String> {
    if key.starts_with('=') {
        return None;
    }
    let mut heard = String::with_capacity(key.len());
    let mut consonants = 0;
    for token in key.split(' ') {
        let connects = matches!(
            token,
            "al" | "e" | "i" | "u" | "ul" | "wal" | "wa" | "w" | "o" | "va" | "and" | "of" | "the"
        );
        if connects {
            continue;
        }
        // "Hizbul", "Jamaatul": the article may be written with the word before it.
        let token = token
            .strip_suffix("ul")
            .filter(|stem| stem.len() >= 4)
            .unwrap_or(token);
        let bytes = token.as_bytes();
        for (i, &byte) in bytes.iter().enumerate() {
            let sound = match byte {
                b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'w' => 'a',
                b'h' if i > 0
                    && i + 1 == bytes.len()
                    && matches!(bytes[i - 1], b'a' | b'e' | b'i' | b'o' | b'u') =>
                {
                    continue;
                }
                b'q' | b'c' => 'k',
                b if b.is_ascii_lowercase() || b.is_ascii_digit() => char::from(b),
                _ => return None,
            };
            if heard.ends_with(sound) {
                continue;
            }
            consonants += usize::from(sound != 'a');
            heard.push(sound);
        }
    }
    (consonants >= FEWEST_CONSONANTS).then_some(heard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_difference_makes_none() {
        for (a, b) in [
            ("the Houthis", "Houthis"),
            ("al-Nusra Front", "Nusra Front"),
            ("Jama’at al-Ahd", "Jamaat Al Ahd"),
            ("Tigray Defence Forces", "Tigray Defense Forces"),
            ("U.N.", "UN"),
            ("MS-13", "MS13"),
            ("Séléka", "Seleka"),
            ("حزب الله", "حِزب الله"),
        ] {
            assert_eq!(key(a), key(b), "{a} and {b}");
        }
        assert_ne!(key("FACT"), key("fact"));
        assert_ne!(key("Fact"), key("FACT"));
        assert_eq!(key("The"), "the");
    }

    #[test]
    fn transliterations_sound_alike() {
        let alike = |a: &str, b: &str| heard(&key(a)).is_some() && heard(&key(a)) == heard(&key(b));
        for (a, b) in [
            ("Hay'at Tahrir al-Sham", "Hayat Tahrir al Sham"),
            ("Hay’et Tahrir as-Sham", "Hayat Tahrir al-Sham"),
            ("Hezbollah", "Hizballah"),
            ("Lashkar-e-Taiba", "Lashkar-i-Tayyiba"),
            ("Ansar Allah", "Ansarullah"),
            ("al-Shabaab", "Shabab"),
            ("Tehrik-e-Taliban", "Tehreek-i-Taleban"),
            ("Jaish al-Islam", "Jaysh al-Islam"),
            ("Hizbul Mujahideen", "Hizb al-Mujahidin"),
        ] {
            assert!(alike(a, b), "{:?} and {:?}", heard(&key(a)), heard(&key(b)));
        }
        assert_eq!(heard(&key("Hamas")), None, "three consonants are too few");
        assert_eq!(heard(&key("HTS")), None);
        assert!(!alike("Ansar Dine", "Ansar al-Sunna"));
    }
}
