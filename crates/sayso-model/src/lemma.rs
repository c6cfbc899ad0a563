//! Lemmas as edit scripts: a lemma is one class among a few hundred.

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
