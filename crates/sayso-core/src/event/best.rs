//! Which mention names an event best, and which names none.

use sayso_lexicon::{EventWord, TriggerPos};
use sayso_text::Rel;

use super::merge::{Told, is_outcome, is_suppression, takes_up};
use super::words::Words;
use crate::JoinRule;

/// The mention that names the event best: exact before general, the fullest, then the first.
pub(super) fn best<'a>(words: &Words<'_>, mentions: &[&'a Told]) -> Option<&'a Told> {
    let fullest = words.on(JoinRule::FullestMention);
    let says_more =
        |t: &Told| !t.hit.sides.a.is_empty() || !t.hit.sides.b.is_empty() || t.is_placed();
    let key = |t: &Told| {
        let trigger = t.hit.trigger(words);
        let refined = t.hit.frame != t.hit.matched.0;
        (
            !goes_back_to_killing(words, t, mentions),
            words.on(JoinRule::DispersedProtest) && is_suppression(words, t),
            !trigger.outcome,
            trigger.covers.is_empty() || refined,
            trigger.covers.iter().all(|c| c != "violent") || refined,
            !(fullest && is_headline(words, t, mentions)),
            !is_bare(words, t),
            t.hit.weight > 0.55,
            fullest && says_more(t),
        )
    };
    mentions
        .iter()
        .copied()
        .enumerate()
        .max_by(|(i, a), (j, b)| key(a).cmp(&key(b)).then(j.cmp(i)))
        .map(|(_, t)| t)
}

/// Whether the mention is "the attack" of a later sentence, where the first has told whom it killed.
fn goes_back_to_killing(words: &Words<'_>, told: &Told, mentions: &[&Told]) -> bool {
    let reading = words.context.reading;
    let sentence = |t: &Told| reading.sentence_of(t.hit.token);
    words.on(JoinRule::AttackTakesUp)
        && takes_up(words, told)
        && mentions
            .iter()
            .min_by_key(|t| t.hit.token)
            .is_some_and(|first| {
                is_outcome(words, first)
                    && sentence(first) < sentence(told)
                    && !first.hit.sides.b.is_empty()
            })
}

/// The most words of a headline that is repeated inside the text.
const HEADLINE: usize = 18;

/// Whether the mention stands in a short first sentence whose event the next ones tell again.
fn is_headline(words: &Words<'_>, told: &Told, mentions: &[&Told]) -> bool {
    let reading = words.context.reading;
    let sentence = |t: &Told| reading.sentence_of(t.hit.token);
    sentence(told) == 0
        && words.sentence(told.hit.token).len() <= HEADLINE
        && mentions.iter().any(|t| (1..=2).contains(&sentence(t)))
}

/// Whether the mention is a bare word of background: a noun without determiner, number or sides,
/// or a general word that only goes back to something ("the violence", "such attacks").
pub(crate) fn is_bare(words: &Words<'_>, told: &Told) -> bool {
    if told.hit.pos != TriggerPos::Noun
        || !told.hit.sides.a.is_empty()
        || !told.hit.sides.b.is_empty()
    {
        return false;
    }
    let determined = words
        .children(told.hit.token)
        .iter()
        .any(|&c| matches!(words.rel(c), Rel::Det | Rel::Nummod | Rel::NmodPoss))
        // "a series of shootouts"
        || words.case(told.hit.token) == Some("of")
            && words
                .head(told.hit.token)
                .is_some_and(|h| words.is_in(h, EventWord::SeriesNoun));
    let goes_back = words.on(JoinRule::GoesBack)
        && told.definite
        && !told.is_placed()
        && words.is_in(told.hit.token, EventWord::GeneralViolence)
        && words
            .children(told.hit.token)
            .iter()
            .all(|&c| matches!(words.rel(c), Rel::Det | Rel::Case));
    words.on(JoinRule::BareWord) && !determined || goes_back
}
