//! Nouns right beside a cue, whatever the tree says of them.

use sayso_text::{Rel, Upos};

use super::source::is_time;
use super::view::View;

/// "“The country,” said the bishop": the words quoted right before the verb are no subject of it.
pub(super) fn ends_a_quotation(view: &View<'_>, noun: usize, verb: usize) -> bool {
    view.quotes.iter().any(|q| {
        q.close.is_some_and(|c| {
            q.holds(noun)
                && c < verb
                && (c + 1 == verb && view.lower(c - 1) == ","
                    || c + 2 == verb && view.lower(c + 1) == ",")
        })
    })
}

/// The noun right beside `verb`, before or behind it, whatever the tree says.
pub(super) fn beside(view: &View<'_>, verb: usize) -> Option<usize> {
    let sentence = view.sentence(verb);
    let mut at = verb;
    while at > sentence.start && verb - at < 5 {
        at -= 1;
        if view.is_nominal(at) && !is_time(view, at) {
            // The head of the phrase that ends here.
            let mut head = at;
            while let Some(up) = view.head(head) {
                if matches!(
                    view.rel(head),
                    Rel::Flat | Rel::Compound | Rel::Nmod | Rel::Appos | Rel::NmodDesc | Rel::Conj
                ) && up < verb
                    && view.is_nominal(up)
                    && up + 14 > verb
                {
                    head = up;
                } else {
                    break;
                }
            }
            return Some(head);
        }
        if !matches!(view.upos(at), Upos::Adv | Upos::Aux | Upos::Part) && !is_time(view, at) {
            break;
        }
    }
    let next = verb + 1;
    if next >= sentence.end {
        return None;
    }
    let mut at = next;
    while at < sentence.end
        && at - next < 8
        && matches!(
            view.upos(at),
            Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Pron
        )
    {
        let ends = at + 1 >= sentence.end
            || !matches!(
                view.upos(at + 1),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num
            )
            || view.upos(at) == Upos::Pron;
        if view.is_nominal(at) && ends {
            let head = view
                .head(at)
                .filter(|&h| h >= next && h < at && matches!(view.rel(at), Rel::Flat | Rel::Appos));
            let head = head.unwrap_or(at);
            return (!is_time(view, head)).then_some(head);
        }
        at += 1;
    }
    None
}
