//! Verbs around an event: `light-verbs.tsv`, `complements.tsv` and `effects.tsv`.

use std::collections::BTreeMap;

use crate::{LexiconError, Table};

/// What the subject of a verb is to the event noun that the verb carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LightSubject {
    /// The one who does it ("carried out an attack").
    Agent,
    /// The one it is done to ("suffered an attack").
    Patient,
    /// The event noun itself ("an attack occurred").
    Occur,
}

/// Light verbs by lemma, with the particle or preposition they need.
#[derive(Clone, Debug, Default)]
pub struct LightVerbs {
    by_lemma: BTreeMap<String, Vec<(Vec<String>, LightSubject)>>,
}

impl LightVerbs {
    /// Parses the file (columns verb, subject).
    ///
    /// # Errors
    /// Those of [`Table::parse`], and an unknown role.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("light-verbs.tsv", text)?;
        let mut by_lemma: BTreeMap<String, Vec<(Vec<String>, LightSubject)>> = BTreeMap::new();
        for row in &table.rows {
            let subject = match row.get(1) {
                "agent" => LightSubject::Agent,
                "patient" => LightSubject::Patient,
                "occur" => LightSubject::Occur,
                other => {
                    return Err(wrong(
                        table.file,
                        row.line,
                        other,
                        "agent, patient or occur",
                    ));
                }
            };
            let mut words = row.get(0).split(' ').map(str::to_owned);
            let lemma = words.next().unwrap_or_default();
            let entry = by_lemma.entry(lemma).or_default();
            entry.push((words.collect(), subject));
        }
        for entries in by_lemma.values_mut() {
            entries.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Ok(Self { by_lemma })
    }

    /// Every verb of the file, without its particles.
    pub(crate) fn lemmas(&self) -> impl Iterator<Item = &String> {
        self.by_lemma.keys()
    }

    /// The role of the subject of the verb `lemma`, given a test for the words that must follow.
    pub fn subject(&self, lemma: &str, follows: impl Fn(&str) -> bool) -> Option<LightSubject> {
        let entries = self.by_lemma.get(lemma)?;
        entries
            .iter()
            .find(|(rest, _)| rest.iter().all(|word| follows(word)))
            .map(|(_, subject)| *subject)
    }
}

/// What a governing word says of the event in its complement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Complement {
    /// It took place or was at least attempted ("managed to", "tried to").
    Happened,
    /// It is to come ("threatened to").
    Planned,
    /// It did not take place ("failed to").
    None,
    /// Somebody is suspected of it ("is accused of").
    Alleged,
    /// Somebody says that it did not take place ("denied attacking").
    Denied,
}

/// Governing words by lemma.
#[derive(Clone, Debug, Default)]
pub struct Complements {
    by_lemma: BTreeMap<String, Complement>,
}

impl Complements {
    /// Parses the file (columns word, event).
    ///
    /// # Errors
    /// Those of [`Table::parse`], and an unknown class.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("complements.tsv", text)?;
        let mut by_lemma = BTreeMap::new();
        for row in &table.rows {
            let class = match row.get(1) {
                "happened" => Complement::Happened,
                "planned" => Complement::Planned,
                "none" => Complement::None,
                "alleged" => Complement::Alleged,
                "denied" => Complement::Denied,
                other => {
                    let allowed = "happened, planned, none, alleged or denied";
                    return Err(wrong(table.file, row.line, other, allowed));
                }
            };
            by_lemma.insert(row.get(0).to_owned(), class);
        }
        Ok(Self { by_lemma })
    }

    /// Every word of the file.
    pub(crate) fn words(&self) -> impl Iterator<Item = &String> {
        self.by_lemma.keys()
    }

    /// The class of `lemma`.
    pub fn of(&self, lemma: &str) -> Option<Complement> {
        self.by_lemma.get(lemma).copied()
    }
}

/// How a word tells an effect on people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EffectKind {
    /// A verb whose object (or passive subject) is counted.
    Verb,
    /// A verb whose subject is counted ("died").
    Undergo,
    /// An adjective or participle ("dead", "wounded").
    Adjective,
    /// A noun that is counted itself ("deaths", "hostages").
    Noun,
    /// A noun for the count ("death toll").
    Toll,
    /// Bodies that are found.
    Body,
}

/// One effect word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectWord {
    /// How it tells it.
    pub kind: EffectKind,
    /// Words before the head (nouns) or after it (verbs) that belong to it.
    pub rest: Vec<String>,
    /// The effect as the sheet prints it (`killed`, `injured`, …).
    pub effect: String,
}

/// Effect words by the written forms of their head.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    by_form: BTreeMap<String, Vec<EffectWord>>,
}

impl Effects {
    /// Parses the file (columns word, kind, effect).
    ///
    /// # Errors
    /// Those of [`Table::parse`], and an unknown kind or effect.
    pub fn parse(text: &str, verb_forms: &crate::VerbForms) -> Result<Self, LexiconError> {
        let table = Table::parse("effects.tsv", text)?;
        let mut by_form: BTreeMap<String, Vec<EffectWord>> = BTreeMap::new();
        for row in &table.rows {
            let kind = match row.get(1) {
                "verb" => EffectKind::Verb,
                "undergo" => EffectKind::Undergo,
                "adjective" => EffectKind::Adjective,
                "noun" => EffectKind::Noun,
                "toll" => EffectKind::Toll,
                "body" => EffectKind::Body,
                other => {
                    let kinds = "verb, undergo, adjective, noun, toll or body";
                    return Err(wrong(table.file, row.line, other, kinds));
                }
            };
            let effect = row.get(2);
            let effects = [
                "killed",
                "injured",
                "missing",
                "abducted",
                "detained",
                "displaced",
            ];
            if !effects.contains(&effect) {
                return Err(wrong(
                    table.file,
                    row.line,
                    effect,
                    "an effect of the sheet",
                ));
            }
            let words: Vec<String> = row.get(0).split(' ').map(str::to_owned).collect();
            let is_verb = matches!(kind, EffectKind::Verb | EffectKind::Undergo);
            // The head of a noun phrase is its last word, unless "of" follows it.
            let head = if is_verb {
                0
            } else {
                let of = words.iter().position(|w| w == "of");
                of.unwrap_or(words.len()).saturating_sub(1)
            };
            let rest = words
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != head)
                .map(|(_, w)| w.clone())
                .collect();
            let word = EffectWord {
                kind,
                rest,
                effect: effect.to_owned(),
            };
            let lemma = words.get(head).map_or("", String::as_str);
            let forms = match kind {
                EffectKind::Verb | EffectKind::Undergo => verb_forms.verb(lemma),
                EffectKind::Adjective => vec![lemma.to_owned()],
                _ => {
                    let mut forms = crate::VerbForms::noun(lemma);
                    if lemma == "life" {
                        forms.push("lives".to_owned());
                    }
                    forms
                }
            };
            for form in forms {
                let entry = by_form.entry(form).or_default();
                if !entry.contains(&word) {
                    entry.push(word.clone());
                }
            }
        }
        for words in by_form.values_mut() {
            words.sort_by_key(|w| std::cmp::Reverse(w.rest.len()));
        }
        Ok(Self { by_form })
    }

    /// The effect words with the written form `form` (lower case), those of most words first.
    pub fn of(&self, form: &str) -> &[EffectWord] {
        self.by_form.get(form).map_or(&[], Vec::as_slice)
    }
}

fn wrong(file: &str, line: usize, value: &str, allowed: &str) -> LexiconError {
    LexiconError {
        file: file.to_owned(),
        line,
        value: value.to_owned(),
        allowed: allowed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_shipped_files() {
        let light = LightVerbs::parse(include_str!("../../../lexicon/light-verbs.tsv")).unwrap();
        assert_eq!(
            light.subject("carry", |w| w == "out"),
            Some(LightSubject::Agent)
        );
        assert_eq!(light.subject("carry", |_| false), None);
        let complements =
            Complements::parse(include_str!("../../../lexicon/complements.tsv")).unwrap();
        assert_eq!(complements.of("vow"), Some(Complement::Planned));
        let forms =
            crate::VerbForms::parse(include_str!("../../../lexicon/verb-forms.tsv")).unwrap();
        let effects = Effects::parse(include_str!("../../../lexicon/effects.tsv"), &forms).unwrap();
        assert!(effects.of("shot").iter().any(|w| w.rest == ["dead"]));
        assert!(effects.of("lives").iter().any(|w| w.effect == "killed"));
    }
}
