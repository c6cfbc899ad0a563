//! Names: their words, and when two of them name the same thing.

use sayso_lexicon::{Agents, Lexicon, MentionWord, Shape, name_key};
use sayso_text::{NameKind, Reading, Rel, TokenRange, Upos};

use super::candidate::name_head;
use super::phrase::{is_entity, name_at};
use crate::Context;

/// The proper name in a noun phrase.
#[derive(Clone, Debug)]
pub(super) struct NameWords {
    /// Tokens of the name without article, titles and quotation marks.
    pub(super) tokens: TokenRange,
    /// OntoNotes type; `Other` where only the tags say that it is a name.
    pub(super) kind: NameKind,
    /// The whole, as [`name_key`] writes it.
    pub(super) key: String,
    /// Words in lower case, without "al-", function words and punctuation.
    pub(super) words: Vec<String>,
    /// The word the others modify ("directorate").
    pub(super) head: String,
    /// Whether a group, force, body or outlet of the name is listed.
    pub(super) registered: bool,
    /// Which one: equal for two names of one.
    pub(super) entry: Option<String>,
}

/// How two names agree, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// The same words, or two names of one entry of the lexicon, or an acronym and its words.
    Same,
    /// A last name, or a shortened name with the same head word.
    Short,
    /// A first name only.
    Weak,
}

impl NameWords {
    /// The name in the phrase `tokens` with head `head`; `None` where it has no proper name as
    /// its head.
    pub(super) fn in_phrase(
        context: &Context<'_>,
        tokens: &TokenRange,
        head: usize,
    ) -> Option<Self> {
        let reading = context.reading;
        let found = name_at(reading, head)
            .filter(|name| is_entity(name.kind) && name_head(context, &name.tokens) == head);
        let (range, kind) = match found {
            Some(name) if names_its_head(context, name.kind, head) => {
                (name.tokens.clone(), name.kind)
            }
            _ if context.syntax.upos(head) == Upos::Propn => {
                let run = proper_run(context, tokens, head);
                if is_title(context, &run) {
                    return None;
                }
                (run, NameKind::Other)
            }
            _ if acronym_or_listed(context, head) => (head..head + 1, NameKind::Other),
            _ => described(context, tokens, head)?,
        };
        let lexicon = context.knowledge.lexicon;
        let range = trim(reading, lexicon, range, head, kind);
        let text = reading.slice(reading.span(&range));
        let words: Vec<String> = range
            .clone()
            .map(|i| reading.word(i))
            .filter_map(plain_word)
            .collect();
        if words.is_empty() {
            return None;
        }
        let outlet = lexicon.outlets.get(text).map(|outlet| outlet.name.as_str());
        let entry = context
            .knowledge
            .listed(text)
            .map(|listed| listed.name)
            .or(outlet)
            .map(str::to_owned);
        let head = if range.contains(&head) {
            head
        } else {
            name_head(context, &range)
        };
        let head = plain_word(reading.word(head)).unwrap_or_default();
        Some(Self {
            tokens: range,
            kind,
            key: name_key(text),
            words,
            head,
            registered: entry.is_some(),
            entry,
        })
    }
}

/// "the RSF" where the tagger misses the name: capitals in a text that is not all capitals, or a
/// name of the lexicon.
fn acronym_or_listed(context: &Context<'_>, head: usize) -> bool {
    let reading = context.reading;
    let word = reading.word(head);
    if !matches!(context.syntax.upos(head), Upos::Noun | Upos::X)
        || !word.chars().next().is_some_and(char::is_uppercase)
    {
        return false;
    }
    let lexicon = context.knowledge.lexicon;
    if context.knowledge.listed(word).is_some() || lexicon.outlets.get(word).is_some() {
        return true;
    }
    let capitals = |word: &str| {
        word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
    };
    let shouting = head
        .checked_sub(1)
        .is_some_and(|before| capitals(reading.word(before)) || capitals(reading.word(head + 1)));
    capitals(word) && word.chars().count() <= 6 && !shouting
}

/// "Deputy Prime Minister" is an office with capitals, and no name.
fn is_title(context: &Context<'_>, run: &TokenRange) -> bool {
    let words: Vec<String> = run
        .clone()
        .map(|i| context.reading.word(i).to_lowercase())
        .collect();
    context
        .knowledge
        .lexicon
        .agents
        .tail(&words)
        .is_some_and(|agent| matches!(agent.shape, Shape::Person | Shape::People))
}

/// "the Islamic State group", "the Dawn rebel movement": the name that a noun for a group only
/// describes. "Dawn fighters" are its members and not the group itself.
fn described(
    context: &Context<'_>,
    tokens: &TokenRange,
    head: usize,
) -> Option<(TokenRange, NameKind)> {
    let lemma = super::candidate::lemma(context.reading, head);
    if !context
        .knowledge
        .lexicon
        .mention_words
        .has(MentionWord::GroupNoun, &lemma)
    {
        return None;
    }
    let lexicon = context.knowledge.lexicon;
    context
        .syntax
        .children_by(
            head,
            &[Rel::Compound, Rel::Amod, Rel::Appos, Rel::Flat, Rel::Nmod],
        )
        .filter(|child| tokens.contains(child))
        .filter_map(|child| name_at(context.reading, child))
        .find(|name| {
            let text = context.reading.slice(context.reading.span(&name.tokens));
            !name.tokens.contains(&head)
                && context
                    .syntax
                    .children_by(name_head(context, &name.tokens), &[Rel::Case])
                    .next()
                    .is_none()
                && (name.kind == NameKind::Org
                    || context.knowledge.listed(text).is_some()
                    || lexicon.outlets.get(text).is_some())
        })
        .map(|name| (name.tokens.clone(), name.kind))
}

/// A demonym used as an adjective is no name of its own, and a common noun inside a longer
/// entity ("the army" tagged ORG) is a noun phrase.
fn names_its_head(context: &Context<'_>, kind: NameKind, head: usize) -> bool {
    let upos = context.syntax.upos(head);
    match kind {
        NameKind::Norp => upos != Upos::Adj || context.syntax.rel(head) != Rel::Amod,
        _ => {
            upos == Upos::Propn
                || context
                    .reading
                    .word(head)
                    .chars()
                    .next()
                    .is_some_and(char::is_uppercase)
                    && head > 0
                    && !context
                        .reading
                        .sentences
                        .iter()
                        .any(|s| s.tokens.start == head)
                || matches!(upos, Upos::X)
        }
    }
}

/// The run of proper nouns around `head` inside the phrase.
fn proper_run(context: &Context<'_>, tokens: &TokenRange, head: usize) -> TokenRange {
    let reading = context.reading;
    let proper = |i: usize| {
        let word = reading.word(i);
        (context.syntax.upos(i) == Upos::Propn
            || matches!(context.syntax.upos(i), Upos::Adj | Upos::Noun)
                && word.chars().next().is_some_and(char::is_uppercase))
            || word == "-"
    };
    let (mut start, mut end) = (head, head + 1);
    while start > tokens.start && proper(start - 1) {
        start -= 1;
    }
    while end < tokens.end && proper(end) {
        end += 1;
    }
    start..end
}

/// Takes off the article, quotation marks, possessive `'s`, and titles before a person's name.
fn trim(
    reading: &Reading,
    lexicon: &Lexicon,
    range: TokenRange,
    head: usize,
    kind: NameKind,
) -> TokenRange {
    let TokenRange { mut start, mut end } = range;
    let edge = |word: &str| {
        matches!(
            word,
            "“" | "”" | "\"" | "'" | "‘" | "’" | "''" | "``" | "'s" | "’s" | "," | "(" | ")" | "-"
        )
    };
    while start + 1 < end
        && (edge(reading.word(start))
            || matches!(
                reading.word(start).to_lowercase().as_str(),
                "the" | "a" | "an"
            ))
    {
        start += 1;
    }
    while start + 1 < end
        && (edge(reading.word(end - 1))
            || matches!(reading.word(end - 1), "and" | "of" | "the" | "or" | "in"))
    {
        end -= 1;
    }
    if matches!(kind, NameKind::Person | NameKind::Other) {
        while start + 1 < end {
            let one = reading.word(start).to_lowercase();
            let two = format!("{one} {}", reading.word(start + 1).to_lowercase());
            if start + 2 < end && lexicon.titles.get(&two).is_some() {
                start += 2;
            } else if lexicon.titles.get(&one).is_some() && start < head.max(end - 1) {
                start += 1;
            } else {
                break;
            }
            if reading.word(start) == "." && start + 1 < end {
                start += 1;
            }
        }
    }
    start..end
}

/// A word of a name for comparison; `None` for function words and punctuation.
pub(super) fn plain_word(word: &str) -> Option<String> {
    let lower: String = word
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '-')
        .collect();
    let lower = ["al-", "el-", "ad-", "as-", "ar-", "an-", "ash-", "at-"]
        .iter()
        .find_map(|prefix| lower.strip_prefix(prefix).filter(|rest| rest.len() > 2))
        .map_or(lower.clone(), str::to_owned);
    let function = matches!(
        lower.as_str(),
        "" | "-"
            | "s"
            | "the"
            | "of"
            | "and"
            | "for"
            | "in"
            | "on"
            | "to"
            | "al"
            | "el"
            | "a"
            | "de"
            | "la"
            | "du"
            | "des"
    );
    (!function).then_some(lower)
}

/// How far `a` and `b` name the same thing; `None` where they do not.
pub(super) fn likeness(lexicon: &Lexicon, a: &NameWords, b: &NameWords) -> Option<Likeness> {
    if a.key == b.key || a.words == b.words {
        return Some(Likeness::Same);
    }
    if a.entry.is_some() && a.entry == b.entry {
        return Some(Likeness::Same);
    }
    if acronym(a, b) || acronym(b, a) {
        return Some(Likeness::Same);
    }
    let (short, long) = if a.words.len() <= b.words.len() {
        (a, b)
    } else {
        (b, a)
    };
    match (short.kind, long.kind) {
        (NameKind::Person, NameKind::Person | NameKind::Other)
        | (NameKind::Other, NameKind::Person) => person(&short.words, &long.words),
        (NameKind::Gpe | NameKind::Loc, _) | (_, NameKind::Gpe | NameKind::Loc) => None,
        (NameKind::Person, _) | (_, NameKind::Person) => None,
        _ => body(&lexicon.agents, short, long),
    }
}

/// "Dara" or "Kolo Dara" for "Amin Kolo Dara".
fn person(short: &[String], long: &[String]) -> Option<Likeness> {
    if short.len() == long.len() {
        return None;
    }
    if let [one] = short {
        return if long.last() == Some(one) {
            Some(Likeness::Short)
        } else if long.first() == Some(one) || (long.len() > 2 && long.contains(one)) {
            Some(Likeness::Weak)
        } else {
            None
        };
    }
    subsequence(short, long).then_some(Likeness::Short)
}

/// "the Observatory" or "Ordu Observatory" for "Ordu Observatory for Rights"; "Kalo" for
/// "Kalo movement".
fn body(agents: &Agents, short: &NameWords, long: &NameWords) -> Option<Likeness> {
    if short.words.len() == long.words.len() {
        return None;
    }
    let generic = |word: &String| {
        agents.get(word).is_some_and(|a| {
            matches!(
                a.class.as_str(),
                "group" | "movement" | "militia" | "organisation" | "media" | "fighter"
            )
        })
    };
    if let [one] = short.words.as_slice() {
        let rest_generic = long.words.first() == Some(one) && long.words[1..].iter().all(generic);
        let head = *one == long.head && agents.get(one).is_some();
        return (rest_generic || head).then_some(Likeness::Short);
    }
    let same_head = short.head == long.head
        || long.words.starts_with(&short.words)
            && long.words[short.words.len()..].iter().all(generic)
        // The tree of a name is often wrong; its first words are enough.
        || (short.words.len() >= 2 && long.words.starts_with(&short.words) && long.words.len() > 3);
    (same_head && subsequence(&short.words, &long.words)).then_some(Likeness::Short)
}

/// Whether `short` stands in `long` in order.
fn subsequence(short: &[String], long: &[String]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other == word))
}

/// Whether `short` is made of the initials of `long`.
fn acronym(short: &NameWords, long: &NameWords) -> bool {
    let [one] = short.words.as_slice() else {
        return false;
    };
    let capitals = short.key.chars().filter(|c| c.is_uppercase()).count();
    if long.words.len() < 2 || capitals < 2 || !(2..=8).contains(&one.chars().count()) {
        return false;
    }
    let initials: String = long
        .words
        .iter()
        .flat_map(|word| word.split('-'))
        .filter_map(|part| part.chars().next())
        .collect();
    initials == *one
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str, kind: NameKind, head: &str) -> NameWords {
        NameWords {
            tokens: 0..1,
            kind,
            key: name_key(text),
            words: text.split(' ').filter_map(plain_word).collect(),
            head: head.to_owned(),
            registered: false,
            entry: None,
        }
    }

    #[test]
    fn names_are_alike_or_not() {
        let lexicon = Lexicon::builtin().unwrap();
        let org = NameKind::Org;
        let full = name("Ordu Observatory for Human Rights", org, "observatory");
        let cases = [
            ("OOHR", Some(Likeness::Same)),
            ("the Observatory", Some(Likeness::Short)),
            ("Ordu Observatory", Some(Likeness::Short)),
            ("Human Rights", None),
            ("Kalo Observatory", None),
            ("Rights", None),
        ];
        for (text, expected) in cases {
            let short = name(
                text,
                org,
                if text.contains("Obs") {
                    "observatory"
                } else {
                    "rights"
                },
            );
            assert_eq!(likeness(&lexicon, &short, &full), expected, "{text}");
        }
        let person = NameKind::Person;
        let full = name("Amin al-Kolo Dara", person, "amin");
        let cases = [
            ("Dara", Some(Likeness::Short)),
            ("Kolo Dara", Some(Likeness::Short)),
            ("Amin", Some(Likeness::Weak)),
            ("Selim Dara", None),
        ];
        for (text, expected) in cases {
            let short = name(text, person, "dara");
            assert_eq!(likeness(&lexicon, &short, &full), expected, "{text}");
        }
        let general = name("General Security Directorate", org, "directorate");
        let internal = name("Internal Security Directorate", org, "directorate");
        assert_eq!(likeness(&lexicon, &general, &internal), None);
    }
}
