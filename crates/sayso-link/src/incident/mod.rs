//! Sheets in, incidents out.

mod change;
pub(crate) mod core;
mod linked;
mod linking;
pub(crate) mod outline;
mod title;
mod why;

use std::borrow::Cow;

use sayso_api::{IncidentJson, SheetJson};
use sayso_lexicon::{Lexicon, LexiconError, LinkPhrases, LinkWeights, Rarity};

use crate::copies::Signature;
use crate::decision::Decisions;
use crate::lead;
use crate::origin::Attributions;
use crate::rule::JudgingRules;
use crate::words::hash;

pub use change::{changed_fields, changed_findings};
pub use linked::{Brief, Linked};
pub use linking::{Intake, Linking};

/// What linking is given besides the sheets.
#[derive(Clone, Debug)]
pub struct LinkKnowledge {
    rarity: Rarity,
    weights: LinkWeights,
    lexicon: Lexicon,
    phrases: LinkPhrases,
    /// The rules of judgement that are in force.
    pub rules: JudgingRules,
}

impl LinkKnowledge {
    /// What is shipped.
    ///
    /// # Errors
    /// Never in a released program: a test loads it.
    pub fn builtin() -> Result<Self, LexiconError> {
        Ok(Self {
            rarity: Rarity::builtin()?,
            weights: LinkWeights::builtin()?,
            lexicon: Lexicon::builtin()?,
            phrases: LinkPhrases::builtin()?,
            rules: JudgingRules::default(),
        })
    }

    /// How rare words are.
    pub fn rarity(&self) -> &Rarity {
        &self.rarity
    }

    /// By what prints of `text` are known; `None` for a text without words.
    pub fn signature(&self, text: &str) -> Option<Signature> {
        Signature::of(text, &self.lexicon.events.quantities)
    }

    pub(crate) fn weights(&self) -> &LinkWeights {
        &self.weights
    }

    pub(crate) fn attributions(&self) -> Attributions<'_> {
        Attributions::new(&self.lexicon, &self.phrases, self.rules)
    }
}

/// The incidents that `sheets` tell of, by their first reports. Of two sheets of one report the
/// first counts. The order of the sheets does not matter otherwise.
pub fn incidents(sheets: &[SheetJson<'_>], knowledge: &LinkKnowledge) -> Vec<IncidentJson> {
    incidents_decided(sheets, knowledge, Decisions::default())
}

/// The same, with what analysts decided.
pub fn incidents_decided(
    sheets: &[SheetJson<'_>],
    knowledge: &LinkKnowledge,
    decisions: Decisions,
) -> Vec<IncidentJson> {
    let mut linking = Linking::new(knowledge);
    // Each report of the linker with its sheet.
    let mut taken = Vec::new();
    for sheet in sheets {
        if linking.insert(sheet, Intake::default()) {
            taken.push(sheet);
        }
    }
    let linked = linking.finish(decisions);
    (0..linked.len())
        .map(|number| linked.incident(number, |report| taken.get(report as usize).copied()))
        .collect()
}

/// The id of the incident whose first report has this id: `i:…`.
pub fn incident_id(report: &str) -> String {
    format!("i:{:016x}", hash(report))
}

/// A sheet as both passes see it.
pub(crate) fn prepared<'s, 'a>(sheet: &'s SheetJson<'a>) -> Cow<'s, SheetJson<'a>> {
    lead::with_main(sheet)
}
