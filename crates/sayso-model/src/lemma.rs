//! Lemmas as edit scripts: a lemma is one class among a few hundred.

use sayso_text::Xpos;

use crate::bio::maximum;
use crate::inflection::is_regular;

/// A script that makes a lemma from a word.
///
/// Written `CASE-N+SUFFIX` or `=LEMMA`. CASE: `l` lower-cases the word, `k` keeps it, `t`
/// upper-cases its first character and lower-cases the rest; then N characters are cut from its
/// end and SUFFIX is put there. `=LEMMA` replaces the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LemmaScript {
    Whole(String),
    Edit {
        case: LemmaCase,
        cut: usize,
        suffix: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LemmaCase {
    Lower,
    Keep,
    Title,
}

impl LemmaScript {
    /// Reads a script; `None` when it is not written as above.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(lemma) = text.strip_prefix('=') {
            return Some(Self::Whole(lemma.to_owned()));
        }
        let (case, rest) = text.split_once('-')?;
        let case = match case {
            "l" => LemmaCase::Lower,
            "k" => LemmaCase::Keep,
            "t" => LemmaCase::Title,
            _ => return None,
        };
        let (cut, suffix) = rest.split_once('+')?;
        Some(Self::Edit {
            case,
            cut: cut.parse().ok()?,
            suffix: suffix.to_owned(),
        })
    }

    /// The lemma of `word`; its lower-cased form where the script does not fit the word.
    pub(crate) fn apply(&self, word: &str) -> String {
        match self {
            Self::Whole(lemma) => lemma.clone(),
            Self::Edit { case, cut, suffix } => {
                let cased = match case {
                    LemmaCase::Lower => word.to_lowercase(),
                    LemmaCase::Keep => word.to_owned(),
                    LemmaCase::Title => title(word),
                };
                let kept = if *cut == 0 {
                    Some(cased.len())
                } else {
                    cased.char_indices().rev().nth(cut - 1).map(|(at, _)| at)
                };
                match kept.and_then(|end| cased.get(..end)) {
                    Some(stem) if !(stem.is_empty() && suffix.is_empty()) => {
                        format!("{stem}{suffix}")
                    }
                    _ => word.to_lowercase(),
                }
            }
        }
    }
}

/// A script may score this much (in log-probability) below the best and still be taken.
const WITHIN: f32 = 12.0;

/// What it counts, in log-probability, that the word is a regular form of the lemma, and again
/// that the lemma is a known word.
const SENSIBLE: f32 = 4.0;

/// The lemma of an English word.
///
/// `scores` has one column a script. The best script is taken at once when it changes nothing but
/// case. Otherwise the scripts near it compete, and it counts for a lemma when `knows` knows it and
/// when the word is a regular form of it. Where neither is so for any, the best script stands.
/// Names, figures, marks and plain adjectives keep their form.
pub(crate) fn best(
    scripts: &[LemmaScript],
    scores: &[f32],
    word: &str,
    tag: Xpos,
    knows: impl Fn(&str) -> bool,
) -> String {
    let (top, highest) = maximum(scores);
    let Some(script) = scripts.get(top) else {
        return word.to_lowercase();
    };
    let first = script.apply(word);
    let plain = word.to_lowercase();
    let letters = word.chars().any(char::is_alphabetic);
    if plain == "people" || !letters || word.bytes().any(|b| b.is_ascii_digit()) {
        // The treebanks differ on the first and strip the commas of figures.
        return plain;
    }
    if first.to_lowercase() == plain {
        return first;
    }
    if tag == Xpos::NNP {
        return word.to_owned();
    }
    if tag == Xpos::JJ {
        return plain;
    }
    if matches!(script, LemmaScript::Whole(_)) {
        return first;
    }
    let mut found = None;
    let mut most = f32::NEG_INFINITY;
    for (script, &score) in scripts.iter().zip(scores) {
        if score < highest - WITHIN || matches!(script, LemmaScript::Whole(_)) {
            continue;
        }
        let lemma = script.apply(word);
        let low = lemma.to_lowercase();
        let sensible = usize::from(knows(&low)) + usize::from(is_regular(&low, &plain));
        if low == plain || sensible == 0 {
            continue;
        }
        let total = score + SENSIBLE * sensible as f32;
        if total > most {
            most = total;
            found = Some(lemma);
        }
    }
    found.unwrap_or(first)
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => {
            let mut text: String = first.to_uppercase().collect();
            text.push_str(&chars.as_str().to_lowercase());
            text
        }
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_word_is_preferred() {
        let scripts: Vec<LemmaScript> = ["l-1+", "l-3+y", "l-0+"]
            .map(|s| LemmaScript::parse(s).unwrap())
            .into();
        let known = |word: &str| ["deny", "denied", "abdu"].contains(&word);
        let lemma = |scores: [f32; 3], word| best(&scripts, &scores, word, Xpos::VBD, known);
        assert_eq!(lemma([3.0, 1.0, 2.0], "denied"), "deny");
        assert_eq!(lemma([3.0, 1.0, 2.0], "Qaids"), "qaid");
        assert_eq!(lemma([3.0, -19.0, 2.0], "denied"), "denie");
        assert_eq!(lemma([1.0, 0.0, 2.0], "Denied"), "denied");
    }

    #[test]
    fn names_and_figures_keep_their_form() {
        let scripts = [LemmaScript::parse("l-1+").unwrap()];
        let lemma = |word, tag| best(&scripts, &[1.0], word, tag, |_| false);
        assert_eq!(lemma("Forces", Xpos::NNP), "Forces");
        assert_eq!(lemma("100,000", Xpos::CD), "100,000");
        assert_eq!(lemma("People", Xpos::NNS), "people");
    }

    #[test]
    fn applies_scripts() {
        for (script, word, lemma) in [
            ("l-3+y", "Countries", "country"),
            ("k-0+", "Khartoum", "Khartoum"),
            ("t-0+", "KHARTOUM", "Khartoum"),
            ("=be", "were", "be"),
            ("l-1+", "é", "é"),
            ("l-9+x", "cat", "cat"),
            ("l-2+e", "fired", "fire"),
        ] {
            assert_eq!(LemmaScript::parse(script).unwrap().apply(word), lemma);
        }
        assert_eq!(LemmaScript::parse("x-1+"), None);
        assert_eq!(LemmaScript::parse("l-a+"), None);
    }
}
