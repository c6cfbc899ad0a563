//! Days of counts: "the toll of the raid rose to 17 on Tuesday" says when seventeen were counted and
//! not when the raid was.

use sayso_lexicon::{EffectKind, EventWord};
use sayso_text::{Rel, TokenRange, Upos};

use super::clause::{clause_of, head_of};
use crate::{AttachRule, Context};

/// So many tokens behind a toll, a time that the tree hangs on it is its own: "the toll on Tuesday
/// stood at 17", but not "the toll of the raid on Tuesday stood at 17".
const BESIDE: usize = 2;

/// Where a time dates a count: the noun that is counted with what hangs on it, and the verb that
/// brings it to its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) noun: usize,
    pub(super) verb: usize,
}

/// The count that a time dates, as it hangs on the verb by which a toll comes to its figure.
pub(super) fn dated_count(context: &Context<'_>, tokens: &TokenRange) -> Option<Count> {
    if !context.has(AttachRule::FigureDatesFigure) {
        return None;
    }
    let syntax = context.syntax;
    let words = &context.knowledge.lexicon.events.words;
    let head = head_of(context, tokens);
    let verb = clause_of(context, head);
    let token = context.reading.tokens.get(verb)?;
    let brings = matches!(token.upos, Upos::Verb)
        && words.has(EventWord::Reaching, &token.lemma.to_lowercase());
    if !brings {
        return None;
    }
    let noun = syntax
        .children_by(verb, &[Rel::Nsubj, Rel::NsubjPass, Rel::Obj])
        .find(|&noun| is_toll(context, noun))?;
    let beside = syntax.head(head) == Some(noun) && tokens.start.saturating_sub(noun) <= BESIDE;
    // What stands below the toll dates what it is the toll of.
    (beside || !syntax.dominates(noun, head)).then_some(Count { noun, verb })
}

/// Whether a time dates a count and not the event at `token`, which that is the toll of.
pub(crate) fn is_of_count(context: &Context<'_>, token: usize, tokens: &TokenRange) -> bool {
    dated_count(context, tokens)
        .is_some_and(|count| token != count.verb && context.syntax.dominates(count.noun, token))
}

/// A toll, casualties, the number of the dead.
fn is_toll(context: &Context<'_>, noun: usize) -> bool {
    let events = &context.knowledge.lexicon.events;
    let Some(token) = context.reading.tokens.get(noun) else {
        return false;
    };
    let form = context.reading.word(noun).to_lowercase();
    let lemma = token.lemma.to_lowercase();
    let effects = |word: &str, kinds: &[EffectKind]| {
        let mut all = events.effects.of(word).iter();
        all.any(|effect| kinds.contains(&effect.kind))
    };
    let counted = matches!(token.upos, Upos::Noun)
        && (effects(&form, &[EffectKind::Toll, EffectKind::Noun])
            || events.words.has(EventWord::HarmNoun, &lemma));
    // "the number of people killed"
    let number = events.words.has(EventWord::NumberNoun, &lemma)
        && context.syntax.reach(noun).any(|t| {
            t != noun
                && effects(
                    &context.reading.word(t).to_lowercase(),
                    &[
                        EffectKind::Verb,
                        EffectKind::Undergo,
                        EffectKind::Adjective,
                        EffectKind::Noun,
                    ],
                )
        });
    counted || number
}

#[cfg(test)]
mod tests {
    use sayso_place::{Builder, Gazetteer};

    use super::*;
    use crate::test_reading::{reading, with_context};

    /// The words of the noun and the verb of the count that "Tuesday" dates.
    fn dated(text: &str, lines: &str) -> Option<(String, String)> {
        let reading = reading(text, lines);
        let gazetteer =
            Gazetteer::from_bytes(Builder::new().finish("2025-01-01").unwrap()).unwrap();
        let day = (0..reading.tokens.len()).find(|&t| reading.word(t) == "Tuesday");
        let day = day.expect("the day is in the text");
        let mut found = None;
        with_context(&reading, &gazetteer, |context| {
            found = dated_count(context, &(day..day + 1)).map(|count| {
                let word = |t: usize| reading.word(t).to_owned();
                (word(count.noun), word(count.verb))
            });
        });
        found
    }

    #[test]
    fn a_day_on_the_verb_of_rising_dates_the_count() {
        let found = dated(
            "The toll of the raid rose to 17 on Tuesday.",
            "The the DET DT 2 det
             toll toll NOUN NN 6 nsubj
             of of ADP IN 5 case
             the the DET DT 5 det
             raid raid NOUN NN 2 nmod
             rose rise VERB VBD 0 root
             to to ADP IN 8 case
             17 17 NUM CD 6 obl
             on on ADP IN 10 case
             Tuesday Tuesday PROPN NNP 6 obl
             . . PUNCT . 6 punct",
        );
        assert_eq!(found, Some(("toll".to_owned(), "rose".to_owned())));
    }

    #[test]
    fn a_day_below_the_toll_dates_what_it_is_the_toll_of() {
        let found = dated(
            "The toll of Tuesday's raid rose to 17.",
            "The the DET DT 2 det
             toll toll NOUN NN 7 nsubj
             of of ADP IN 6 case
             Tuesday Tuesday PROPN NNP 6 nmod:poss
             's 's PART POS 4 case
             raid raid NOUN NN 2 nmod
             rose rise VERB VBD 0 root
             to to ADP IN 9 case
             17 17 NUM CD 7 obl
             . . PUNCT . 7 punct",
        );
        assert_eq!(found, None);
    }

    #[test]
    fn what_rises_and_is_no_toll_is_no_count() {
        let found = dated(
            "Rebels rose on Tuesday.",
            "Rebels rebel NOUN NNS 2 nsubj
             rose rise VERB VBD 0 root
             on on ADP IN 4 case
             Tuesday Tuesday PROPN NNP 2 obl
             . . PUNCT . 2 punct",
        );
        assert_eq!(found, None);
    }
}
