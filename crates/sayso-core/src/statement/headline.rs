//! Headlines and quotations whose only cue is a colon or a dash: "Monitor: 16 killed".

use sayso_text::{TokenRange, Upos};

use super::source;
use super::view::View;
use crate::StatementRule as Rule;

/// A statement whose cue is a mark.
#[derive(Debug)]
pub(super) struct Marked {
    pub(super) rule: Rule,
    pub(super) mark: usize,
    pub(super) speaker: TokenRange,
    pub(super) speaker_head: usize,
    pub(super) content: TokenRange,
}

/// Finds "NOUN PHRASE : words" and, in the first sentence, "words – NOUN PHRASE".
pub(super) fn find(view: &View<'_>) -> Vec<Marked> {
    let mut found = Vec::new();
    for (number, sentence) in view.context.reading.sentences.iter().enumerate() {
        let tokens = sentence.tokens.clone();
        if let Some(marked) = leading(view, &tokens) {
            found.push(marked);
        } else if number == 0
            && let Some(marked) = trailing(view, &tokens)
        {
            found.push(marked);
        }
    }
    found
}

/// "Iraqi officials: bomb kills 20": only a speaker stands before the colon.
fn leading(view: &View<'_>, tokens: &TokenRange) -> Option<Marked> {
    if !view.has(Rule::ColonHeadline) {
        return None;
    }
    let mark = tokens.clone().take(10).find(|&i| view.lower(i) == ":")?;
    let speaker = tokens.start..mark;
    let head = speaker_head(view, &speaker)?;
    let content = mark + 1..tokens.end;
    says_something(view, &content).then_some(Marked {
        rule: Rule::ColonHeadline,
        mark,
        speaker,
        speaker_head: head,
        content,
    })
}

/// Three words, one of them a verb or what a headline has in its place ("20 missing").
fn says_something(view: &View<'_>, content: &TokenRange) -> bool {
    let words = content.clone().filter(|&i| !view.is_punct(i)).count();
    words > 2
        && content.clone().any(|i| {
            view.is_verb(i)
                || matches!(
                    view.lower(i),
                    "dead" | "missing" | "wounded" | "injured" | "hurt" | "killed"
                )
        })
}

/// "Bomb kills 20 – officials": only a speaker stands behind the last dash.
fn trailing(view: &View<'_>, tokens: &TokenRange) -> Option<Marked> {
    if !view.has(Rule::TrailingSpeaker) {
        return None;
    }
    let end = tokens
        .clone()
        .rev()
        .find(|&i| !view.is_punct(i))
        .map(|i| i + 1)?;
    let mark = (tokens.start..end)
        .rev()
        .take(7)
        .find(|&i| matches!(view.lower(i), "-" | "–" | "—" | "--" | ":"))?;
    let speaker = mark + 1..end;
    let head = speaker_head(view, &speaker)?;
    let content = tokens.start..mark;
    let hyphen = view.lower(mark) == "-"
        && view.context.reading.tokens.get(mark).is_some_and(|t| {
            mark > 0
                && view
                    .context
                    .reading
                    .tokens
                    .get(mark - 1)
                    .is_some_and(|before| before.span.end() == t.span.start())
        });
    (!hyphen && says_something(view, &content)).then_some(Marked {
        rule: Rule::TrailingSpeaker,
        mark,
        speaker,
        speaker_head: head,
        content,
    })
}

/// Inhabitants from which on a name before a colon is a town's rather than somebody's.
const TOWN: u64 = 50_000;

/// "Idlib: 16 killed": a larger place of the gazetteer, though the model sees a person.
fn is_town(view: &View<'_>, name: &TokenRange) -> bool {
    let reading = view.context.reading;
    let gazetteer = view.context.knowledge.gazetteer;
    view.has(Rule::TownIsNoSpeaker)
        && gazetteer
            .find(reading.span(name).of(reading.text()))
            .into_iter()
            .filter(|found| found.primary)
            .filter_map(|found| gazetteer.entry(found.id))
            .any(|entry| entry.population >= TOWN)
}

/// The head of a short noun phrase that can speak.
fn speaker_head(view: &View<'_>, range: &TokenRange) -> Option<usize> {
    if range.is_empty() || range.len() > 8 {
        return None;
    }
    let nominal = range.clone().all(|i| {
        matches!(
            view.upos(i),
            Upos::Noun
                | Upos::Propn
                | Upos::Adj
                | Upos::Det
                | Upos::Adp
                | Upos::Part
                | Upos::Cconj
                | Upos::Punct
                | Upos::Num
        )
    });
    if !nominal {
        return None;
    }
    let head = range
        .clone()
        .find(|&i| {
            view.is_nominal(i)
                && view
                    .head(i)
                    .is_none_or(|h| !range.contains(&h) || view.upos(h) == Upos::Punct)
        })
        .or_else(|| range.clone().rev().find(|&i| view.is_nominal(i)))?;
    // A plural or collective agent noun; a bare name could be a dateline or a label.
    let speaks = |agent: &sayso_lexicon::Agent| {
        agent
            .source
            .as_deref()
            .is_some_and(|kind| kind != "document")
    };
    let agents = &view.lexicon().agents;
    let words: Vec<String> = range.clone().map(|i| view.lemma(i).to_owned()).collect();
    // "rights group": the words as they stand, and the head in its plain form.
    let last = range.end.saturating_sub(1);
    let phrase: Vec<String> = (range.start..last)
        .map(|i| view.lower(i).to_owned())
        .chain([view.lemma(last).to_owned()])
        .collect();
    let agent = agents.tail(&words).is_some_and(speaks)
        || agents.tail(&phrase).is_some_and(speaks)
        || words
            .iter()
            .any(|word| agents.get(word).is_some_and(speaks));
    let person = crate::mention::name_at(view.context.reading, head).is_some_and(|name| {
        name.kind == sayso_text::NameKind::Person && !is_town(view, &name.tokens)
    });
    (agent || (person && source::is_speaker(view, head))).then_some(head)
}
