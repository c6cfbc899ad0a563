//! The files of `lexicon/` that the event and toll phases read, parsed together.

use std::collections::BTreeMap;

use crate::{
    Complements, Effects, EventWords, Frames, LexiconError, LightVerbs, PeopleNouns, Quantities,
    Things, VerbForms, Weapons,
};

macro_rules! frame_files {
    ($($file:literal),+ $(,)?) => {
        &[$(($file, include_str!(concat!("../../../lexicon/frames/", $file)))),+]
    };
}

/// Every frame file with its text, in order of the names.
const FRAME_FILES: &[(&str, &str)] = frame_files![
    "abduction.toml",
    "agree.toml",
    "agreement.toml",
    "aid-denial.toml",
    "aid.toml",
    "air-strike.toml",
    "armed-clash.toml",
    "arrests.toml",
    "attack.toml",
    "ban.toml",
    "boycott.toml",
    "campaign.toml",
    "ceasefire-violation.toml",
    "censorship.toml",
    "change-to-group.toml",
    "chemical-weapon.toml",
    "concede.toml",
    "conflict.toml",
    "consult.toml",
    "conviction.toml",
    "cooperate.toml",
    "curfew.toml",
    "cut-off-services.toml",
    "cyber-attack.toml",
    "deployment.toml",
    "deportation.toml",
    "disarmament.toml",
    "disinformation.toml",
    "disrupted-weapons.toml",
    "easing.toml",
    "evacuation.toml",
    "excessive-force.toml",
    "execution.toml",
    "government-regains-territory.toml",
    "grenade.toml",
    "headquarters.toml",
    "hostage-rescue.toml",
    "humanitarian-access.toml",
    "indictment.toml",
    "investigation.toml",
    "looting.toml",
    "mass-expulsion.toml",
    "mob-violence.toml",
    "naval-incident.toml",
    "non-state-overtakes-territory.toml",
    "peaceful-protest.toml",
    "prisoner-release.toml",
    "protest-intervention.toml",
    "remote-explosive.toml",
    "resignation.toml",
    "return-of-property.toml",
    "sanction.toml",
    "sexual-violence.toml",
    "shelling.toml",
    "siege.toml",
    "suicide-bomb.toml",
    "support.toml",
    "talks.toml",
    "transfer-of-territory.toml",
    "violent-demonstration.toml",
];

/// Frames and the word lists around them.
#[derive(Clone, Debug, Default)]
pub struct EventLexicon {
    /// Event types with their triggers.
    pub frames: Frames,
    /// Weapons and their classes.
    pub weapons: Weapons,
    /// Number words.
    pub quantities: Quantities,
    /// Nouns for people.
    pub people: PeopleNouns,
    /// Nouns for what force is used on and that is nobody.
    pub things: Things,
    /// Verbs that carry an event noun.
    pub light_verbs: LightVerbs,
    /// What governing words say of their complement.
    pub complements: Complements,
    /// Words for effects on people.
    pub effects: Effects,
    /// Word lists by class.
    pub words: EventWords,
    /// Lemma of every form of the verbs above; the model's own lemma may be wrong.
    verb_lemmas: BTreeMap<String, String>,
    /// The same for nouns.
    noun_lemmas: BTreeMap<String, String>,
}

impl EventLexicon {
    /// Parses the files that are compiled into the program.
    ///
    /// # Errors
    /// The first mistake of a file.
    pub fn builtin() -> Result<Self, LexiconError> {
        Self::with_frames(FRAME_FILES)
    }

    /// The same with frame files of the caller's, given as (file name, text).
    ///
    /// # Errors
    /// The first mistake of a file.
    pub fn with_frames(files: &[(&str, &str)]) -> Result<Self, LexiconError> {
        let forms = VerbForms::parse(include_str!("../../../lexicon/verb-forms.tsv"))?;
        let frames = Frames::parse(files, &forms)?;
        let light_verbs = LightVerbs::parse(include_str!("../../../lexicon/light-verbs.tsv"))?;
        let complements = Complements::parse(include_str!("../../../lexicon/complements.tsv"))?;
        let people = PeopleNouns::parse(include_str!("../../../lexicon/people.tsv"))?;
        let (mut verb_lemmas, mut noun_lemmas) = (BTreeMap::new(), BTreeMap::new());
        let first = |words: &String| words.split(' ').next().unwrap_or_default().to_owned();
        let verbs = light_verbs
            .lemmas()
            .chain(complements.words())
            .map(first)
            .chain(
                frames
                    .all
                    .iter()
                    .flat_map(|f| &f.triggers)
                    .flat_map(|t| &t.verbs)
                    .map(first),
            );
        for lemma in verbs {
            for form in forms.verb(&lemma) {
                verb_lemmas.entry(form).or_insert_with(|| lemma.clone());
            }
        }
        let nouns = people.nouns().chain(
            frames
                .all
                .iter()
                .flat_map(|f| &f.triggers)
                .flat_map(|t| &t.nouns),
        );
        for lemma in nouns.filter(|n| !n.contains(' ')) {
            for form in VerbForms::noun(lemma) {
                noun_lemmas.entry(form).or_insert_with(|| lemma.clone());
            }
        }
        Ok(Self {
            frames,
            weapons: Weapons::parse(include_str!("../../../lexicon/weapons.tsv"))?,
            quantities: Quantities::parse(include_str!("../../../lexicon/quantities.tsv"))?,
            people,
            things: Things::parse(include_str!("../../../lexicon/things.tsv"))?,
            light_verbs,
            complements,
            words: EventWords::parse(include_str!("../../../lexicon/event-words.tsv"))?,
            verb_lemmas,
            noun_lemmas,
            effects: Effects::parse(include_str!("../../../lexicon/effects.tsv"), &forms)?,
        })
    }

    /// The lemma of the verb form `form` (lower case), if one of the files has the verb.
    pub fn verb_lemma(&self, form: &str) -> Option<&str> {
        self.verb_lemmas.get(form).map(String::as_str)
    }

    /// The lemma of the noun form `form` (lower case), if one of the files has the noun.
    pub fn noun_lemma(&self, form: &str) -> Option<&str> {
        self.noun_lemmas.get(form).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_acled_type_has_a_frame() {
        let lexicon = EventLexicon::builtin().unwrap();
        for kind in crate::codes::ACLED {
            assert!(
                lexicon.frames.all.iter().any(|f| f.acled == Some(kind)),
                "{kind}"
            );
        }
    }

    #[test]
    fn every_file_is_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../lexicon/frames");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let listed: Vec<&str> = FRAME_FILES.iter().map(|(file, _)| *file).collect();
        assert_eq!(files, listed);
    }
}
