//! The words around a name that say who has it: “14-year-old Dara”, “Dara, a pupil,”, “the head of
//! the district, Dara,”.

use sayso_text::{TokenRange, Upos, Xpos};

use super::Named;
use crate::mention::lemma;
use crate::{Context, Mention};

/// Most words that are looked at on either side.
const FAR: usize = 14;

/// What stands beside one name; each range may be empty.
pub(super) struct Beside {
    /// Right before it, in the same phrase: “the boy”, “14-year-old”, “army commander”.
    pub(super) before: TokenRange,
    /// Before it and a comma, where the name is an apposition: “the governor of Tillaberi,”.
    pub(super) across: TokenRange,
    /// Behind it and a comma or bracket, up to the next one: “, a pupil,”, “(9)”.
    pub(super) after: TokenRange,
}

/// What stands beside a name.
pub(super) fn of(context: &Context<'_>, named: &Named) -> Beside {
    let sentence = sentence(context, named.head);
    let (start, end) = (named.tokens.start, named.tokens.end);
    let before = left(context, start, &sentence, false);
    let comma = before
        .start
        .checked_sub(1)
        .filter(|&at| at >= sentence.start && context.reading.word(at) == ",");
    let closed = matches!(context.reading.word(end), "," | "." | "" | ";" | ")" | ":");
    let across = match comma {
        Some(at) if before.is_empty() && closed => left(context, at, &sentence, true),
        _ => start..start,
    };
    Beside {
        before,
        across,
        after: right(context, end, &sentence),
    }
}

fn sentence(context: &Context<'_>, token: usize) -> TokenRange {
    let reading = context.reading;
    reading
        .sentences
        .get(reading.sentence_of(token))
        .map_or(token..token + 1, |s| s.tokens.clone())
}

/// The words before `end` that can stand in one phrase with what follows; with prepositions where
/// the phrase is another one.
fn left(context: &Context<'_>, end: usize, sentence: &TokenRange, whole: bool) -> TokenRange {
    let mut start = end;
    while start > sentence.start && end - start < FAR {
        let word = context.reading.word(start - 1);
        let goes_on = match context.syntax.upos(start - 1) {
            Upos::Punct => matches!(word, "-" | "\"" | "“" | "”" | "‘" | "'"),
            Upos::Adp => whole || word.eq_ignore_ascii_case("as"),
            Upos::Cconj | Upos::Sconj | Upos::Aux => false,
            Upos::Verb => matches!(word, "named" | "called" | "identified" | "known"),
            _ => true,
        };
        if !goes_on {
            break;
        }
        start -= 1;
    }
    start..end
}

/// What a comma, a dash or a bracket at `at` opens, up to what closes it.
fn right(context: &Context<'_>, at: usize, sentence: &TokenRange) -> TokenRange {
    let word = |i: usize| context.reading.word(i);
    if !matches!(word(at), "," | "(" | "[" | "-" | "–" | "—") {
        return at..at;
    }
    let from = at + 1;
    let end = (from..sentence.end.min(from + FAR))
        .find(|&i| matches!(word(i), "," | ")" | "]" | "." | ";" | "–" | "—" | ":"))
        .unwrap_or(sentence.end.min(from + FAR));
    from..end.max(from)
}

/// The nouns of the first run in `tokens`, where nothing but articles, adjectives and numbers stands
/// before them: what an apposition calls somebody.
pub(super) fn first_nouns(context: &Context<'_>, tokens: &TokenRange) -> Option<TokenRange> {
    let noun = |i: usize| matches!(context.syntax.upos(i), Upos::Noun | Upos::Propn);
    let start = tokens.clone().find(|&i| noun(i))?;
    let plain = (tokens.start..start).all(|i| {
        matches!(
            context.syntax.upos(i),
            Upos::Det | Upos::Adj | Upos::Num | Upos::Adv | Upos::Pron | Upos::Punct | Upos::X
        ) && !matches!(
            context.reading.word(i).to_lowercase().as_str(),
            "who" | "which" | "that" | "whose"
        )
    });
    let joined = |i: usize| noun(i) || context.reading.word(i) == "-";
    let end = (start..tokens.end)
        .find(|&i| !joined(i))
        .unwrap_or(tokens.end);
    // “Dara, a chief said” calls nobody a chief.
    let clause =
        context.reading.tokens.get(end).is_some_and(|token| {
            matches!(token.xpos, Xpos::VBD | Xpos::VBZ | Xpos::VBP | Xpos::MD)
        });
    (plain && !clause).then_some(start..end)
}

/// The nouns that end `tokens`: what stands right before a name.
pub(super) fn last_nouns(context: &Context<'_>, tokens: &TokenRange) -> TokenRange {
    let word = |i: usize| context.reading.word(i);
    // “a farmer named Dara”, “a farmer, "Dara"”
    let mut end = tokens.end;
    while end > tokens.start
        && (context.syntax.upos(end - 1) == Upos::Punct
            || matches!(
                word(end - 1),
                "named" | "called" | "identified" | "known" | "as"
            ))
    {
        end -= 1;
    }
    let joined = |i: usize| {
        matches!(
            context.syntax.upos(i),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::X
        ) || word(i) == "-"
    };
    let mut start = end;
    while start > tokens.start && joined(start - 1) {
        start -= 1;
    }
    start..end
}

/// Lemmas of some tokens, in lower case.
pub(super) fn lemmas(context: &Context<'_>, tokens: &TokenRange) -> Vec<String> {
    tokens
        .clone()
        .map(|i| lemma(context.reading, i).to_lowercase())
        .collect()
}

/// Words of some tokens, in lower case.
pub(super) fn words(context: &Context<'_>, tokens: &TokenRange) -> Vec<String> {
    tokens
        .clone()
        .map(|i| context.reading.word(i).to_lowercase())
        .collect()
}

/// A common noun with what stands before it, without what follows it: “a 15-year-old fighter” of
/// “a 15-year-old fighter from a village”.
pub(super) fn up_to_head(mention: &Mention) -> TokenRange {
    mention.tokens.start..(mention.head + 1).max(mention.tokens.start)
}
