//! A reading made easy to ask: words, lemmas, trees and quotation marks by token number.

use sayso_lexicon::{CueKind, Cues, Lexicon, WordClass};
use sayso_text::{Rel, TokenRange, Upos, Xpos};

use super::inflection;
use super::quote::{self, Quote};
use crate::{Context, StatementRule as Rule};

/// The context with what the statement phase asks most often.
pub(super) struct View<'a> {
    pub(super) context: &'a Context<'a>,
    lower: Vec<String>,
    lemmas: Vec<String>,
    /// Quotations in text order.
    pub(super) quotes: Vec<Quote>,
}

impl<'a> View<'a> {
    pub(super) fn of(context: &'a Context<'a>) -> Self {
        let reading = context.reading;
        let lower: Vec<String> = (0..reading.tokens.len())
            .map(|i| reading.word(i).to_lowercase().replace('’', "'"))
            .collect();
        let lemmas = reading
            .tokens
            .iter()
            .zip(&lower)
            .map(|(token, word)| {
                if token.lemma.is_empty() {
                    word.clone()
                } else {
                    token.lemma.to_lowercase()
                }
            })
            .collect();
        let mut view = Self {
            context,
            lower,
            lemmas,
            quotes: quote::find(context.reading),
        };
        if view.has(Rule::MendedLemma) {
            view.mend_lemmas();
        }
        view
    }

    /// Gives verbs whose lemma no cue starts with, but whose form one of the lexicon's verbs can
    /// take, that verb's lemma: the model's lemmas are guesses, the lexicon's words are not.
    fn mend_lemmas(&mut self) {
        let cues = self.cues();
        for i in 0..self.lemmas.len() {
            let kind = match self.upos(i) {
                Upos::Verb => CueKind::Verb,
                Upos::Noun => CueKind::Noun,
                _ => continue,
            };
            let starts = |word: &str| {
                cues.starting_with(word)
                    .any(|c| c.kind == kind || c.kind == CueKind::Silence && word != "not")
            };
            if starts(self.lemma(i)) {
                continue;
            }
            let mended = inflection::stems(&self.lexicon().verb_forms, self.lower(i))
                .into_iter()
                .find(|stem| starts(stem));
            if let Some(stem) = mended {
                self.lemmas[i] = stem;
            }
        }
    }

    /// Whether `rule` is in force.
    pub(super) fn has(&self, rule: Rule) -> bool {
        self.context.has(rule)
    }

    pub(super) fn lexicon(&self) -> &'a Lexicon {
        self.context.knowledge.lexicon
    }

    pub(super) fn cues(&self) -> &'a Cues {
        &self.lexicon().cues
    }

    /// Whether `word`, a lemma or a word in lower case, is in one of the lexicon's lists.
    pub(super) fn is_in(&self, class: WordClass, word: &str) -> bool {
        self.lexicon().statement_words.has(class, word)
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.lower.len()
    }

    /// The word in lower case, apostrophes made straight.
    pub(super) fn lower(&self, token: usize) -> &str {
        self.lower.get(token).map_or("", String::as_str)
    }

    /// The lemma in lower case.
    pub(super) fn lemma(&self, token: usize) -> &str {
        self.lemmas.get(token).map_or("", String::as_str)
    }

    pub(super) fn upos(&self, token: usize) -> Upos {
        self.context.syntax.upos(token)
    }

    pub(super) fn xpos(&self, token: usize) -> Xpos {
        self.context
            .reading
            .tokens
            .get(token)
            .map_or(Xpos::Other, |t| t.xpos)
    }

    pub(super) fn rel(&self, token: usize) -> Rel {
        self.context.syntax.rel(token)
    }

    pub(super) fn head(&self, token: usize) -> Option<usize> {
        self.context.syntax.head(token)
    }

    pub(super) fn children(&self, token: usize) -> &[usize] {
        self.context.syntax.children(token)
    }

    pub(super) fn child(&self, token: usize, rels: &[Rel]) -> Option<usize> {
        self.context.syntax.child(token, rels)
    }

    /// The smallest range that holds the subtree of `token`.
    pub(super) fn reach(&self, token: usize) -> TokenRange {
        self.context.syntax.reach(token)
    }

    pub(super) fn dominates(&self, ancestor: usize, token: usize) -> bool {
        self.context.syntax.dominates(ancestor, token)
    }

    /// The tokens of the sentence that holds `token`.
    pub(super) fn sentence(&self, token: usize) -> TokenRange {
        let reading = self.context.reading;
        reading
            .sentences
            .get(reading.sentence_of(token))
            .map(|s| s.tokens.clone())
            .filter(|range| range.contains(&token))
            .unwrap_or(token..token + 1)
    }

    pub(super) fn paragraph(&self, token: usize) -> usize {
        let reading = self.context.reading;
        reading
            .sentences
            .get(reading.sentence_of(token))
            .map_or(0, |s| s.paragraph)
    }

    /// Punctuation, quotation marks and brackets included.
    pub(super) fn is_punct(&self, token: usize) -> bool {
        self.upos(token) == Upos::Punct
            || self
                .lower(token)
                .chars()
                .all(|c| !c.is_alphanumeric() && c != '$' && c != '%')
    }

    pub(super) fn is_verb(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Verb | Upos::Aux)
    }

    /// A verb in a finite form or with a finite auxiliary.
    pub(super) fn is_finite(&self, token: usize) -> bool {
        matches!(
            self.xpos(token),
            Xpos::VBD | Xpos::VBZ | Xpos::VBP | Xpos::MD
        )
    }

    pub(super) fn is_nominal(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Noun | Upos::Propn | Upos::Pron) || self.is_handle(token)
    }

    /// The name of an account, such as "@harbour_watch", whatever the model takes it for.
    fn is_handle(&self, token: usize) -> bool {
        self.lower(token)
            .strip_prefix('@')
            .is_some_and(|name| name.starts_with(char::is_alphanumeric))
    }

    /// A child of `token` that is the preposition or conjunction `words` before it.
    pub(super) fn case_of(&self, token: usize) -> Option<usize> {
        self.children(token)
            .iter()
            .copied()
            .find(|&c| c < token && matches!(self.rel(c), Rel::Case | Rel::Mark))
    }

    /// Whether `token` stands under "to" as an infinitive.
    pub(super) fn is_infinitive(&self, token: usize) -> bool {
        self.children(token)
            .iter()
            .any(|&c| c < token && self.lower(c) == "to" && self.rel(c) == Rel::Mark)
            || (self.xpos(token) == Xpos::VB && token > 0 && self.lower(token - 1) == "to")
    }
}
