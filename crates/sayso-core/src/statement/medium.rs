//! Channels: through what something was said ("in a statement", "on its channel").

use sayso_lexicon::MediumKind;
use sayso_text::{Rel, TokenRange, Upos, Xpos};

use super::source::{Phrase, phrase};
use super::view::View;
use crate::StatementRule as Rule;

/// Whether the phrase of `noun` says through what something was said.
pub(super) fn is_medium(view: &View<'_>, noun: usize) -> bool {
    view.lexicon().mediums.get(view.lemma(noun)).is_some()
        && view.case_of(noun).is_some_and(|k| {
            // "by satellite phone", but not "in satellite phone range".
            let phone = matches!(view.lemma(noun), "phone" | "telephone");
            match view.lower(k) {
                "via" | "through" | "during" | "over" | "by" => true,
                "in" | "on" | "at" => !phone,
                _ => false,
            }
        })
}

/// The channel of a text where one is named ("a statement *through its channels*"), else the text.
pub(super) fn channel_of(view: &View<'_>, noun: usize) -> Phrase {
    let near = view
        .head(noun)
        .into_iter()
        .chain([noun])
        .filter(|_| view.has(Rule::ChannelOfText));
    for place in near {
        let channel = view.children(place).iter().copied().find(|&c| {
            c > noun
                && view.case_of(c).is_some_and(|k| {
                    matches!(view.lower(k), "on" | "through" | "via" | "over" | "in")
                })
                && view.lexicon().mediums.get(view.lemma(c)) == Some(MediumKind::Channel)
        });
        if let Some(channel) = channel {
            return Phrase {
                tokens: phrase(view, channel),
                head: channel,
            };
        }
    }
    Phrase {
        tokens: phrase(view, noun),
        head: noun,
    }
}

/// The medium among the modifiers of `verb`: "in a statement", "on its channel".
pub(super) fn medium(view: &View<'_>, verb: usize, content: &[TokenRange]) -> Option<Phrase> {
    let by_tree = view.children(verb).iter().copied().find(|&c| {
        view.has(Rule::MediumOfCue)
            && matches!(view.rel(c), Rel::Obl | Rel::Nmod | Rel::Advmod | Rel::Obj)
            && is_medium(view, c)
            && !content.iter().any(|r| r.contains(&c))
    });
    let Some(head) = by_tree else {
        return medium_between_commas(view, verb);
    };
    // "in posts shared widely on social media": the whole phrase, unless it is long.
    let short = phrase(view, head);
    let sentence = view.sentence(head);
    let stop = (short.end..(short.end + 8).min(sentence.end)).find(|&i| view.is_punct(i));
    let tokens = match stop {
        Some(stop)
            if !(short.end..stop).any(|i| view.is_finite(i))
                && (view.xpos(short.end) == Xpos::VBN || view.upos(short.end) == Upos::Adp)
                && !content.iter().any(|r| r.start < stop && short.end < r.end) =>
        {
            short.start..stop
        }
        _ => short,
    };
    Some(Phrase { tokens, head })
}

/// A channel of the speaker's own at the end of what it says without a verb: "claimed the raid
/// *on its channel*".
pub(super) fn trailing(view: &View<'_>, content: &mut [TokenRange]) -> Option<Phrase> {
    let last = content.last_mut()?;
    let (start, end) = (last.start, last.end);
    let head = last.clone().rev().find(|&i| view.is_nominal(i))?;
    let case = view.case_of(head).filter(|&k| k > start)?;
    let own = view
        .child(head, &[Rel::NmodPoss])
        .is_some_and(|c| matches!(view.lower(c), "its" | "his" | "her" | "their"));
    let channel = view.lexicon().mediums.get(view.lemma(head)).is_some() && is_medium(view, head);
    if !view.has(Rule::TrailingMedium)
        || !own
        || !channel
        || (start..end).any(|i| view.is_finite(i))
        || head + 1 < end
    {
        return None;
    }
    last.end = case;
    Some(Phrase {
        tokens: phrase(view, head),
        head,
    })
}

/// "denied, in posts on its channel, …", whatever the tree hangs the phrase on.
fn medium_between_commas(view: &View<'_>, verb: usize) -> Option<Phrase> {
    let sentence = view.sentence(verb);
    let start = verb + 3;
    if !view.has(Rule::MediumBetweenCommas)
        || view.lower(verb + 1) != ","
        || !matches!(
            view.lower(verb + 2),
            "in" | "on" | "via" | "through" | "during"
        )
    {
        return None;
    }
    let comma = (start..(start + 12).min(sentence.end)).find(|&i| view.lower(i) == ",")?;
    let head = (start..comma).find(|&i| {
        view.upos(i) == Upos::Noun && view.lexicon().mediums.get(view.lemma(i)).is_some()
    })?;
    Some(Phrase {
        tokens: start..comma,
        head,
    })
}
