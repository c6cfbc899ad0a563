//! Where a noun phrase starts and ends.
//!
//! Statements cite speakers, and events cite sides, "in their local words": the noun phrase with
//! its determiner, modifiers and prepositional phrases, without what trails it (relative and
//! participial clauses, appositions after a comma, coordinated phrases).

use sayso_lexicon::MentionWord;
use sayso_text::{Name, NameKind, Reading, Rel, TokenRange, Upos, Xpos};

use crate::Context;

/// Relations of modifiers that stand before their noun.
const BEFORE: &[Rel] = &[
    Rel::Det,
    Rel::DetPredet,
    Rel::Amod,
    Rel::Nummod,
    Rel::Compound,
    Rel::Flat,
    Rel::Nmod,
    Rel::NmodPoss,
    Rel::NmodDesc,
    Rel::NmodUnmarked,
    Rel::Fixed,
    Rel::Goeswith,
    Rel::CcPreconj,
];

/// Relations of modifiers that stand behind their noun and belong to its phrase.
const BEHIND: &[Rel] = &[
    Rel::Flat,
    Rel::Fixed,
    Rel::Goeswith,
    Rel::Compound,
    Rel::Nummod,
    Rel::Amod,
    Rel::Nmod,
    Rel::NmodUnmarked,
    Rel::NmodDesc,
    Rel::Appos,
];

/// The noun phrase that `head` heads: determiner, modifiers, name and prepositional phrases,
/// without trailing clauses, appositions after a comma, and coordinated phrases.
///
/// Always holds `head` and stays in its sentence. A preposition or a possessive `'s` of the phrase
/// itself is left out; a pair of quotation marks is kept whole ("the “Strangers Division”").
/// Without a tree it is the name around `head`, or `head` alone.
pub(crate) fn noun_phrase(context: &Context<'_>, head: usize) -> TokenRange {
    phrase(context, head, 4)
}

/// The phrase that `head` heads without its prepositional phrases and trailing name:
/// determiner and premodifiers up to `head` ("the army spokesman").
pub(crate) fn noun_group(context: &Context<'_>, head: usize) -> TokenRange {
    let sentence = sentence(context.reading, head);
    let start = extend_left(context, head, &sentence);
    start..head + 1
}

/// The named entity that `token` lies in.
pub(crate) fn name_at(reading: &Reading, token: usize) -> Option<&Name> {
    let after = reading
        .names
        .partition_point(|name| name.tokens.start <= token);
    reading
        .names
        .get(after.checked_sub(1)?)
        .filter(|name| name.tokens.contains(&token))
}

/// Whether the name stands for somebody or something (no number, date or amount).
pub(crate) fn is_entity(kind: NameKind) -> bool {
    matches!(
        kind,
        NameKind::Person
            | NameKind::Norp
            | NameKind::Fac
            | NameKind::Org
            | NameKind::Gpe
            | NameKind::Loc
            | NameKind::Product
            | NameKind::Event
            | NameKind::WorkOfArt
            | NameKind::Law
    )
}

/// Whether `token` depends on another token of `tokens`.
fn hangs_inside(context: &Context<'_>, token: usize, tokens: &TokenRange) -> bool {
    context
        .syntax
        .head(token)
        .is_some_and(|head| tokens.contains(&head))
}

fn sentence(reading: &Reading, token: usize) -> TokenRange {
    reading
        .sentences
        .get(reading.sentence_of(token))
        .map(|sentence| sentence.tokens.clone())
        .filter(|range| range.contains(&token))
        .unwrap_or(token..token + 1)
}

fn phrase(context: &Context<'_>, head: usize, depth: usize) -> TokenRange {
    let reading = context.reading;
    let sentence = sentence(reading, head);
    let mut start = extend_left(context, head, &sentence);
    let mut end = head + 1;
    if let Some(name) = name_at(reading, head)
        .filter(|name| is_entity(name.kind) && !hangs_inside(context, head, &name.tokens))
    {
        start = start.min(name.tokens.start.max(sentence.start));
        end = end.max(name.tokens.end.min(sentence.end));
        // The tagger counts a possessive "'s" to the name.
        while end > head + 1 && is_possessive(reading, end - 1) {
            end -= 1;
        }
    }
    if depth > 0 {
        end = extend_right(context, head, start, end, &sentence, depth);
    }
    balance_quotes(reading, start..end, &sentence)
}

fn extend_left(context: &Context<'_>, head: usize, sentence: &TokenRange) -> usize {
    let (reading, syntax) = (context.reading, context.syntax);
    let mut start = head;
    let left: Vec<usize> = syntax
        .children(head)
        .iter()
        .copied()
        .filter(|&child| child < head)
        .collect();
    for &child in left.iter().rev() {
        let rel = syntax.rel(child);
        let modifier = BEFORE.contains(&rel)
            // "nearly all residents", "some 20 men" with the adverb on the noun
            || (rel == Rel::Advmod && start == child + 1 && modifies_amount(reading, child));
        if rel == Rel::Punct {
            continue;
        }
        if !modifier {
            break;
        }
        let reach = syntax.reach(child);
        if reach.end > head || !gap_is_punctuation(reading, reach.end..start) {
            break;
        }
        start = reach.start.max(sentence.start);
    }
    shallow_left(reading, start, head, sentence)
}

/// Takes in a determiner, and words between it and the phrase, that a wrong tree hangs elsewhere.
fn shallow_left(reading: &Reading, start: usize, head: usize, sentence: &TokenRange) -> usize {
    let has_determiner = (start..head).any(|i| is_determiner(reading, i));
    let pronoun = reading
        .tokens
        .get(head)
        .is_some_and(|t| t.upos == Upos::Pron);
    if has_determiner || pronoun {
        return start;
    }
    let mut at = start;
    while at > sentence.start && start - at < 4 {
        at -= 1;
        if is_determiner(reading, at) {
            return at;
        }
        let inside = reading.tokens.get(at).is_some_and(|t| {
            matches!(t.upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
                && t.head.is_some_and(|h| at < h && h <= head)
        });
        if !inside {
            break;
        }
    }
    start
}

fn is_determiner(reading: &Reading, token: usize) -> bool {
    reading
        .tokens
        .get(token)
        .is_some_and(|t| matches!(t.xpos, Xpos::DT | Xpos::PRPS))
        && !reading.word(token).eq_ignore_ascii_case("that")
}

fn modifies_amount(reading: &Reading, token: usize) -> bool {
    matches!(
        reading.word(token).to_lowercase().as_str(),
        "about"
            | "almost"
            | "around"
            | "approximately"
            | "nearly"
            | "only"
            | "over"
            | "some"
            | "roughly"
    )
}

fn extend_right(
    context: &Context<'_>,
    head: usize,
    start: usize,
    from: usize,
    sentence: &TokenRange,
    depth: usize,
) -> usize {
    let (reading, syntax) = (context.reading, context.syntax);
    let mut end = from;
    for &child in syntax.children(head) {
        if child < end {
            // A name reaches over its inner words; their own phrases may go on behind it.
            if child > head && syntax.rel(child) == Rel::Nmod {
                end = end.max(phrase(context, child, depth - 1).end);
            }
            continue;
        }
        let rel = syntax.rel(child);
        if rel == Rel::Punct {
            continue;
        }
        if !BEHIND.contains(&rel) || child >= sentence.end {
            break;
        }
        let Some(part) = trailing_part(context, child, depth) else {
            break;
        };
        if part.start > end && !gap_is_quotes(reading, end..part.start) {
            break;
        }
        if rel == Rel::Appos && part.start != end {
            break;
        }
        end = end.max(part.end).min(sentence.end);
        // "residents of one town and another": the second belongs to the same preposition.
        for conjunct in syntax.children_by(child, &[Rel::Conj]) {
            let next = phrase(context, conjunct, depth - 1);
            if next.start > end
                && next.start - end <= 2
                && gap_is_coordination(reading, end..next.start)
                && rel == Rel::Nmod
                && syntax.child(conjunct, &[Rel::Det, Rel::Nsubj]).is_none()
            {
                end = next.end.min(sentence.end);
            } else {
                break;
            }
        }
    }
    end.max(start + 1)
}

/// A modifier behind the noun with its preposition; `None` where it does not belong.
fn trailing_part(context: &Context<'_>, child: usize, depth: usize) -> Option<TokenRange> {
    let (reading, syntax) = (context.reading, context.syntax);
    let inner = phrase(context, child, depth - 1);
    if matches!(syntax.rel(child), Rel::Nmod | Rel::NmodUnmarked) {
        let time = name_at(reading, child)
            .is_some_and(|name| matches!(name.kind, NameKind::Date | NameKind::Time))
            || context
                .knowledge
                .lexicon
                .mention_words
                .has(MentionWord::Time, &reading.word(child).to_lowercase());
        if time {
            return None;
        }
    }
    if syntax.rel(child) == Rel::Amod {
        // "forces loyal to the general"
        let reach = syntax.reach(child);
        return (reach.start > 0 && reach.end - reach.start <= 12 && reach.start == child)
            .then_some(reach);
    }
    let mut start = inner.start;
    for case in syntax.children_by(child, &[Rel::Case]) {
        if case < inner.start {
            let word = reading.word(case).to_lowercase();
            if context
                .knowledge
                .lexicon
                .mention_words
                .has(MentionWord::Loose, &word)
            {
                return None;
            }
            start = start.min(case);
        }
    }
    Some(start..inner.end.max(child + 1))
}

fn is_possessive(reading: &Reading, token: usize) -> bool {
    matches!(reading.word(token), "'s" | "’s")
        || matches!(reading.word(token), "'" | "’")
            && reading
                .tokens
                .get(token)
                .is_some_and(|t| t.xpos == Xpos::POS)
}

fn gap_is_punctuation(reading: &Reading, gap: TokenRange) -> bool {
    gap.into_iter().all(|i| {
        reading.tokens.get(i).is_some_and(|t| t.upos == Upos::Punct) || reading.word(i) == "'s"
    })
}

fn gap_is_quotes(reading: &Reading, gap: TokenRange) -> bool {
    gap.into_iter()
        .all(|i| opens_quote(reading.word(i)) || closes_quote(reading.word(i)))
}

fn gap_is_coordination(reading: &Reading, gap: TokenRange) -> bool {
    gap.into_iter()
        .all(|i| matches!(reading.word(i), "and" | "&" | "," | "or"))
}

fn opens_quote(word: &str) -> bool {
    matches!(word, "“" | "‘" | "\"" | "'" | "«" | "``" | "„")
}

fn closes_quote(word: &str) -> bool {
    matches!(word, "”" | "’" | "\"" | "'" | "»" | "''" | "“")
}

/// Takes in the closing mark of a quotation that opens inside the phrase, or the opening mark of
/// one that closes inside it.
fn balance_quotes(reading: &Reading, range: TokenRange, sentence: &TokenRange) -> TokenRange {
    let TokenRange { mut start, mut end } = range;
    let marks: Vec<usize> = (start..end)
        .filter(|&i| opens_quote(reading.word(i)) || closes_quote(reading.word(i)))
        .collect();
    if marks.len() % 2 == 1 {
        if end < sentence.end && closes_quote(reading.word(end)) {
            end += 1;
        } else if end + 1 < sentence.end
            && matches!(reading.word(end), "," | ".")
            && closes_quote(reading.word(end + 1))
        {
            // American usage puts the comma inside the marks.
            end += 2;
        } else if start > sentence.start && opens_quote(reading.word(start - 1)) {
            start -= 1;
        } else if marks.last().is_some_and(|&m| m + 1 == end) && end > start + 1 {
            end -= 1;
        }
    } else if marks.is_empty()
        && start > sentence.start
        && end < sentence.end
        && opens_quote(reading.word(start - 1))
        && closes_quote(reading.word(end))
        && name_at(reading, start).is_some_and(|name| name.tokens.end >= end)
    {
        start -= 1;
        end += 1;
    }
    start..end
}
