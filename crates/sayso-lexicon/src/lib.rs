//! Parses and checks the files of `lexicon/`: knowledge about language and conflict, as data.

mod actor_words;
mod agents;
mod certainty;
mod codes;
mod confidence;
mod cues;
mod error;
mod event_words;
mod events;
mod examples;
mod frames;
mod groups;
mod inflect;
mod link;
mod lookalikes;
mod mediums;
mod mention_words;
pub mod own;
mod people;
mod place_words;
mod places;
mod protect_words;
mod quantities;
mod speech_codes;
mod statement_words;
mod table;
mod things;
mod time_words;
mod times;
#[cfg(test)]
mod times_tests;
mod titles;
mod verb_classes;
mod weapons;
mod word_lists;

pub use actor_words::{ActorWord, ActorWords};
pub use agents::{Agent, Agents, Gender, KINDS, Shape};
pub use certainty::{CERTAINTIES, Marker, Markers};
pub use codes::{ACLED, CAMEO, PLOVER, PLOVER_MODES};
pub use confidence::{ConfidenceWeights, SignWeights};
pub use cues::{Cue, CueKind, CueWord, Cues, Frame};
pub use error::LexiconError;
pub use event_words::{EventWord, EventWords};
pub use events::EventLexicon;
pub use examples::Example;
pub use frames::{
    Args, Codes, EventFrame, Frames, Leaf, NounSide, Pattern, Refine, Trigger, TriggerPos,
};
pub use groups::{Group, Outlet, OutletKind, Registry, name_key};
pub use inflect::VerbForms;
pub use link::{LEAST_TEXTS, LinkPhrases, LinkWeights, Rarity};
pub use lookalikes::{Beside, Lookalike, Lookalikes};
pub use mediums::{MediumKind, Mediums};
pub use mention_words::{MentionWord, MentionWords};
pub use people::{People, PeopleNouns};
pub use place_words::{PlaceWord, PlaceWords};
pub use places::{Abbreviation, Country, FEATURES, NamedPlace, PlaceNoun, PlaceVerb, Places};
pub use protect_words::{ProtectWord, ProtectWords};
pub use quantities::{Binds, Quantities, Quantity};
pub use speech_codes::{SpeechCode, SpeechCodes};
pub use statement_words::{StatementWords, WordClass};
pub use table::{Row, Table};
pub use things::Things;
pub use time_words::{TimeWord, TimeWordLists};
pub use times::{
    DatingWord, Edge, Feast, MonthNeeds, NamedDay, OtherCalendar, OtherMonth, OtherYear, Phrases,
    ReferenceWhere, TenseCue, TimeUnit, TimeWords,
};
pub use titles::{Title, TitleClass, Titles};
pub use verb_classes::{
    Complement, Complements, EffectKind, EffectWord, Effects, LightSubject, LightVerbs,
};
pub use weapons::{Weapon, WeaponClass, Weapons};
pub use word_lists::{WordClasses, WordLists};

/// Everything in `lexicon/`, parsed.
///
/// One field a file (or folder); each is parsed once and never changes.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// First eight digits of the SHA-256 over all files (`build.rs`).
    pub version: String,
    /// Event frames and the word lists around them.
    pub events: EventLexicon,
    /// `agents.tsv`: nouns for people and bodies.
    pub agents: Agents,
    /// `groups.tsv`: armed groups, forces and well-known bodies by name.
    pub groups: Registry<Group>,
    /// `outlets.tsv`: news outlets and platforms by name.
    pub outlets: Registry<Outlet>,
    /// `roles.tsv`: titles before names.
    pub titles: Titles,
    /// `places/`: demonyms, camps, crossings, bases, regions, and words for places.
    pub places: Places,
    /// `cues.tsv`: words that credit somebody with saying something.
    pub cues: Cues,
    /// `lookalikes.tsv`: where the words of a cue say nothing.
    pub lookalikes: Lookalikes,
    /// `speech-codes.tsv`: PLOVER modes and CAMEO leaves of what is demanded, refused, threatened.
    pub speech_codes: SpeechCodes,
    /// `certainty.tsv`: modals and adverbs that lower the certainty of what is said.
    pub certainty: Markers,
    /// `confidence.tsv`: what the signs of a finding being right count.
    pub confidence: ConfidenceWeights,
    /// `statement-words.tsv`: word lists of the statement phase.
    pub statement_words: StatementWords,
    /// `protect-words.tsv`: word lists of who must not be named in public.
    pub protect_words: ProtectWords,
    /// `actor-words.tsv`: word lists of actors.
    pub actor_words: ActorWords,
    /// `mention-words.tsv`: word lists of mentions and coreference.
    pub mention_words: MentionWords,
    /// `places/words.tsv`: word lists of places.
    pub place_words: PlaceWords,
    /// `mediums.tsv`: nouns of channels, texts and occasions.
    pub mediums: Mediums,
    /// Words for times.
    pub times: TimeWords,
    /// `verb-forms.tsv`: irregular verbs.
    pub verb_forms: VerbForms,
}

impl Lexicon {
    /// Parses the files that are compiled into the program.
    ///
    /// # Errors
    /// [`LexiconError`] names file, line and value; a release never has one, since a test parses
    /// every file.
    pub fn builtin() -> Result<Self, LexiconError> {
        Ok(Self {
            version: env!("SAYSO_LEXICON").to_owned(),
            events: EventLexicon::builtin()?,
            agents: Agents::parse(include_str!("../../../lexicon/agents.tsv"))?,
            groups: groups::parse_groups(include_str!("../../../lexicon/groups.tsv"))?,
            outlets: groups::parse_outlets(include_str!("../../../lexicon/outlets.tsv"))?,
            titles: Titles::parse(include_str!("../../../lexicon/roles.tsv"))?,
            places: Places::parse(
                include_str!("../../../lexicon/places/demonyms.tsv"),
                include_str!("../../../lexicon/places/named.tsv"),
                include_str!("../../../lexicon/places/kinds.tsv"),
                include_str!("../../../lexicon/places/verbs.tsv"),
                include_str!("../../../lexicon/places/abbreviations.tsv"),
                include_str!("../../../lexicon/places/countries.tsv"),
                include_str!("../../../lexicon/places/pcodes.tsv"),
            )?,
            cues: Cues::parse(include_str!("../../../lexicon/cues.tsv"))?,
            lookalikes: Lookalikes::parse(include_str!("../../../lexicon/lookalikes.tsv"))?,
            speech_codes: SpeechCodes::parse(include_str!("../../../lexicon/speech-codes.tsv"))?,
            certainty: Markers::parse(include_str!("../../../lexicon/certainty.tsv"))?,
            confidence: ConfidenceWeights::parse(include_str!("../../../lexicon/confidence.tsv"))?,
            statement_words: StatementWords::parse(include_str!(
                "../../../lexicon/statement-words.tsv"
            ))?,
            protect_words: ProtectWords::parse(include_str!("../../../lexicon/protect-words.tsv"))?,
            actor_words: ActorWords::parse(include_str!("../../../lexicon/actor-words.tsv"))?,
            mention_words: MentionWords::parse(include_str!("../../../lexicon/mention-words.tsv"))?,
            place_words: PlaceWords::parse(include_str!("../../../lexicon/places/words.tsv"))?,
            mediums: Mediums::parse(include_str!("../../../lexicon/mediums.tsv"))?,
            times: TimeWords::builtin()?,
            verb_forms: VerbForms::parse(include_str!("../../../lexicon/verb-forms.tsv"))?,
        })
    }
}

impl Lexicon {
    /// This lexicon without one cue, for a test that asks what the line is good for.
    #[must_use]
    pub fn without_cue(&self, kind: CueKind, name: &str) -> Self {
        Self {
            cues: self.cues.without(kind, name),
            ..self.clone()
        }
    }

    /// This lexicon without the words that rule triggers out, for a test that asks what they are
    /// good for.
    #[must_use]
    pub fn without_exclusions(&self) -> Self {
        let mut lexicon = self.clone();
        lexicon.events.frames = lexicon.events.frames.without_exclusions();
        lexicon
    }

    /// This lexicon without one event frame, for a test that asks what the file is good for.
    #[must_use]
    pub fn without_frame(&self, name: &str) -> Self {
        let mut lexicon = self.clone();
        lexicon.events.frames = lexicon.events.frames.without(name);
        lexicon
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builtin_file_parses() {
        let lexicon = Lexicon::builtin().unwrap();
        assert!(lexicon.agents.all().len() > 400);
        assert_eq!(
            lexicon.groups.get("RSF").unwrap().name,
            "Rapid Support Forces"
        );
        assert_eq!(
            lexicon.outlets.get("Agence France-Presse").unwrap().name,
            "AFP"
        );
        assert!(lexicon.titles.get("col.").is_some());
    }
}
