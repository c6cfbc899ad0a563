//! What the core knows about language and the world, handed in by the shell.

use sayso_lexicon::Lexicon;
use sayso_place::Gazetteer;

use crate::Rules;

/// Lexicon, gazetteer and the rules in force for one run.
#[derive(Clone, Copy)]
pub struct Knowledge<'a> {
    /// Cue verbs, event frames, agents and the other files of `lexicon/`.
    pub lexicon: &'a Lexicon,
    /// Places of the world.
    pub gazetteer: &'a Gazetteer,
    /// What it decides by.
    pub rules: Rules,
}
