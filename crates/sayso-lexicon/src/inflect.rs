//! English verb and noun forms, so that a trigger written once is found in every form.
//!
//! The model gives lemmas, but not always the right ones; a trigger is therefore looked up by its
//! written form first. Regular forms are made by rule, the others stand in `verb-forms.tsv`.

use std::collections::BTreeMap;

use crate::{LexiconError, Table};

/// Irregular verbs: lemma to the forms that no rule makes.
#[derive(Clone, Debug, Default)]
pub struct VerbForms {
    irregular: BTreeMap<String, Vec<String>>,
}

impl VerbForms {
    /// Parses `verb-forms.tsv` (columns lemma, past, participle; `/` separates variants).
    ///
    /// # Errors
    /// Those of [`Table::parse`].
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("verb-forms.tsv", text)?;
        let irregular = table
            .rows
            .iter()
            .map(|row| {
                let forms = [row.get(1), row.get(2)]
                    .iter()
                    .flat_map(|field| field.split('/'))
                    .map(str::to_owned)
                    .collect();
                (row.get(0).to_owned(), forms)
            })
            .collect();
        Ok(Self { irregular })
    }

    /// Every written form of the verb `lemma`, lower case, the lemma first; at least one.
    pub fn verb(&self, lemma: &str) -> Vec<String> {
        let mut forms = vec![lemma.to_owned(), third_person(lemma)];
        let stem = lemma
            .strip_suffix('e')
            .filter(|s| !s.ends_with(['e', 'o', 'y']));
        if let Some(root) = lemma.strip_suffix("ie") {
            forms.push(format!("{root}ying"));
        } else {
            forms.push(format!("{}ing", stem.unwrap_or(lemma)));
        }
        if let Some(irregular) = self.irregular.get(lemma) {
            forms.extend(irregular.iter().cloned());
            if doubles(lemma) {
                forms.push(doubled(lemma, "ing"));
            }
        } else {
            forms.push(past(lemma));
            if doubles(lemma) {
                forms.push(doubled(lemma, "ed"));
                forms.push(doubled(lemma, "ing"));
            }
        }
        forms
    }

    /// The irregular verbs that `form`, in lower case, may be a past or a participle of.
    pub fn irregular(&self, form: &str) -> impl Iterator<Item = &str> {
        self.irregular
            .iter()
            .filter(move |(_, forms)| forms.iter().any(|f| f == form))
            .map(|(lemma, _)| lemma.as_str())
    }

    /// Singular and plural of the noun `lemma`, lower case.
    pub fn noun(lemma: &str) -> Vec<String> {
        let mut forms = vec![lemma.to_owned(), third_person(lemma)];
        if let Some(stem) = lemma.strip_suffix("man") {
            forms.push(format!("{stem}men"));
        }
        forms
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn third_person(lemma: &str) -> String {
    let before_last = lemma.chars().rev().nth(1);
    if lemma.ends_with('y') && !before_last.is_some_and(is_vowel) {
        format!("{}ies", &lemma[..lemma.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|e| lemma.ends_with(e))
    {
        format!("{lemma}es")
    } else {
        format!("{lemma}s")
    }
}

fn past(lemma: &str) -> String {
    let before_last = lemma.chars().rev().nth(1);
    if lemma.ends_with('e') {
        format!("{lemma}d")
    } else if lemma.ends_with('y') && !before_last.is_some_and(is_vowel) {
        format!("{}ied", &lemma[..lemma.len() - 1])
    } else {
        format!("{lemma}ed")
    }
}

/// Whether the last consonant may be doubled: one vowel before one consonant. Doubled forms that
/// English does not have do no harm, since nobody writes them.
fn doubles(lemma: &str) -> bool {
    let mut last = lemma.chars().rev();
    match (last.next(), last.next(), last.next()) {
        (Some(c), Some(v), before) => {
            !is_vowel(c)
                && !matches!(c, 'w' | 'x' | 'y')
                && is_vowel(v)
                && !before.is_some_and(is_vowel)
        }
        _ => false,
    }
}

fn doubled(lemma: &str, ending: &str) -> String {
    let last = lemma.chars().last().unwrap_or_default();
    format!("{lemma}{last}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_regular_and_irregular_forms() {
        let text = include_str!("../../../lexicon/verb-forms.tsv");
        let forms = VerbForms::parse(text).unwrap();
        for (lemma, form) in [
            ("kidnap", "kidnapped"),
            ("seize", "seizing"),
            ("die", "dying"),
            ("besiege", "besieged"),
            ("flee", "fled"),
            ("flee", "fleeing"),
            ("hit", "hitting"),
            ("occupy", "occupied"),
            ("clash", "clashes"),
            ("overrun", "overrunning"),
            ("deploy", "deployed"),
        ] {
            assert!(
                forms.verb(lemma).iter().any(|f| f == form),
                "{lemma}: {form}"
            );
        }
        assert!(VerbForms::noun("gunman").contains(&"gunmen".to_owned()));
    }
}
