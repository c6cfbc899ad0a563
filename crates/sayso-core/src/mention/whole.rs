//! Names that the registry has as a whole, where the tagger has cut them: “Hay’at Tahrir al-Sham”
//! read as two persons, “the Islamic State in the Greater Sahara” as a group in a region.
//!
//! The pieces become one name before anything is read from them, as pieces of places do in the
//! phase of places.

use std::borrow::Cow;

use sayso_registry::How;
use sayso_text::{Name, NameKind, Reading, Rel, TokenRange};

use crate::{ActorRule, Knowledge};

/// Most tokens of a name of several words.
const LONGEST: usize = 9;

/// The reading with such names made whole; as it is where there are none.
pub(crate) fn joined<'r>(reading: &'r Reading, knowledge: &Knowledge<'_>) -> Cow<'r, Reading> {
    if !reading.annotated || !knowledge.rules.has(ActorRule::WholeName) {
        return Cow::Borrowed(reading);
    }
    let mut wholes: Vec<TokenRange> = Vec::new();
    for name in &reading.names {
        if wholes
            .iter()
            .any(|whole| whole.contains(&name.tokens.start))
        {
            continue;
        }
        if let Some(whole) = whole_at(reading, knowledge, &name.tokens) {
            wholes.push(whole);
        }
    }
    if wholes.is_empty() {
        return Cow::Borrowed(reading);
    }
    let mut reading = reading.clone();
    for whole in wholes {
        put(&mut reading, &whole);
    }
    Cow::Owned(reading)
}

/// The longest listed name that begins at this piece, or at a word of the name right before it, and
/// that is more than the piece.
fn whole_at(
    reading: &Reading,
    knowledge: &Knowledge<'_>,
    piece: &TokenRange,
) -> Option<TokenRange> {
    let sentence = reading.sentences.get(reading.sentence_of(piece.start))?;
    let first = match reading.word(piece.start) {
        "the" | "The" if piece.len() > 1 => piece.start + 1,
        _ => piece.start,
    };
    let earliest = piece.start.saturating_sub(2).max(sentence.tokens.start);
    (earliest..=first)
        .filter(|&start| reading.word(start).starts_with(char::is_uppercase))
        .find_map(|start| {
            let most = (start + LONGEST).min(sentence.tokens.end);
            (piece.end.max(start + 2)..=most)
                .rev()
                .map(|end| start..end)
                .find(|whole| {
                    is_more(reading, whole, piece)
                        && is_written_as_name(reading, whole)
                        && is_listed(reading, knowledge, whole)
                })
        })
}

/// Whether `whole` is more than what the tagger has marked, and cuts no name.
fn is_more(reading: &Reading, whole: &TokenRange, piece: &TokenRange) -> bool {
    let bare = whole.len() > piece.len()
        || reading.names.iter().any(|name| {
            name.tokens.start > piece.start
                && name.tokens.start < whole.end
                && name.tokens != *piece
        });
    bare && reading.names.iter().all(|name| {
        let apart = name.tokens.end <= whole.start || whole.end <= name.tokens.start;
        let article = name.tokens.start + 1 == whole.start
            && reading.word(name.tokens.start).eq_ignore_ascii_case("the");
        apart || (whole.start <= name.tokens.start || article) && name.tokens.end <= whole.end
    })
}

/// Whether the words look like one name: no marks between them but those inside words, and a capital
/// at the end.
fn is_written_as_name(reading: &Reading, whole: &TokenRange) -> bool {
    let inside = |word: &str| {
        word.chars().all(|c| {
            c.is_alphanumeric() || matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ' | '-' | '–' | '‑')
        })
    };
    whole.clone().all(|token| inside(reading.word(token)))
        && reading.word(whole.end - 1).chars().any(char::is_uppercase)
}

/// Whether exactly this is the name of a group, force or body; whom it means on the day of the report
/// is asked later, and the name of one that is no more is one name all the same.
fn is_listed(reading: &Reading, knowledge: &Knowledge<'_>, whole: &TokenRange) -> bool {
    let text = reading.slice(reading.span(whole));
    let group = |kind: &str| {
        matches!(
            kind,
            "rebel-group" | "political-militia" | "identity-militia" | "external-forces"
        )
    };
    text.contains(char::is_whitespace)
        && knowledge.registry.find_written(text).iter().any(|found| {
            found.how != How::Acronym
                && group(found.entry.kind())
                && !found.entry.is_people()
                && !found.entry.id().starts_with("state:")
        })
}

/// Makes the tokens one name, with one word that the rest hangs from.
fn put(reading: &mut Reading, whole: &TokenRange) {
    let score = reading
        .names
        .iter()
        .filter(|name| whole.contains(&name.tokens.start))
        .map(|name| name.score)
        .fold(0.0, f32::max);
    let overlaps = |name: &Name| name.tokens.start < whole.end && whole.start < name.tokens.end;
    reading.names.retain(|name| !overlaps(name));
    reading.names.push(Name {
        tokens: whole.clone(),
        kind: NameKind::Org,
        score,
    });
    reading.names.sort_by_key(|name| name.tokens.start);
    hang(reading, whole);
}

/// Pieces that hang on different words hang on the one that is an argument of the clause.
fn hang(reading: &mut Reading, whole: &TokenRange) {
    let outer = |reading: &Reading, token: usize| {
        reading
            .tokens
            .get(token)
            .is_some_and(|t| t.head.is_none_or(|head| !whole.contains(&head)))
    };
    let heads: Vec<usize> = whole.clone().filter(|&t| outer(reading, t)).collect();
    let rank = |rel: Rel| match rel {
        Rel::Nsubj | Rel::NsubjPass | Rel::OblAgent => 0,
        Rel::Obj | Rel::Iobj => 1,
        Rel::Obl | Rel::Nmod | Rel::NmodPoss | Rel::Conj => 2,
        Rel::Case | Rel::Punct | Rel::Det => 9,
        _ => 3,
    };
    let Some(&main) = heads
        .iter()
        .min_by_key(|&&t| reading.tokens.get(t).map_or(9, |t| rank(t.rel)))
    else {
        return;
    };
    // Nothing above the chosen word may hang on a piece that is about to hang on it.
    let mut at = reading.tokens.get(main).and_then(|t| t.head);
    for _ in 0..reading.tokens.len() {
        match at {
            Some(token) if whole.contains(&token) => return,
            Some(token) => at = reading.tokens.get(token).and_then(|t| t.head),
            None => break,
        }
    }
    for token in heads.into_iter().filter(|&token| token != main) {
        if let Some(token) = reading.tokens.get_mut(token)
            && !matches!(token.rel, Rel::Case | Rel::Punct | Rel::Det)
        {
            token.head = Some(main);
            token.rel = Rel::Flat;
        }
    }
}
