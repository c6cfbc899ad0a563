//! Words set off from the sentence that announces them: "The force issued the following
//! statement:", a colon, and the statement as a paragraph of its own, without quotation marks.

use sayso_lexicon::{CueKind, Frame, WordClass};
use sayso_text::{TokenRange, Xpos};

use super::clause::Content;
use super::draft::Draft;
use super::piece;
use super::quote::is_mark;
use super::source::{self, Speaker};
use super::view::View;
use super::{act, certainty, cue};
use crate::{Act, Certainty, StatementRule as Rule};

/// The words that announce a block.
struct Announced {
    /// The verb, whose subject speaks.
    verb: usize,
    /// The cue's tokens.
    cue: TokenRange,
    /// The line of the lexicon, for a verb of saying.
    line: Option<String>,
}

/// Statements whose content is the paragraph behind a colon.
pub(super) fn find(view: &View<'_>, drafts: &[Draft]) -> Vec<Draft> {
    if !view.has(Rule::BlockBehindColon) {
        return Vec::new();
    }
    let sentences = &view.context.reading.sentences;
    let mut found = Vec::new();
    for (number, pair) in sentences.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let colon = before.tokens.end.saturating_sub(1);
        if after.paragraph == before.paragraph || view.lower(colon) != ":" {
            continue;
        }
        let Some(announced) = announced(view, &before.tokens, drafts) else {
            continue;
        };
        let end = sentences
            .iter()
            .skip(number + 1)
            .take_while(|s| s.paragraph == after.paragraph)
            .last()
            .map_or(after.tokens.end, |s| s.tokens.end);
        if let Some(content) = block(view, after.tokens.start..end) {
            found.push(draft(view, announced, content));
        }
    }
    found
}

/// The verb of saying, or the text that is issued, that has nothing but the block as its content.
fn announced(view: &View<'_>, sentence: &TokenRange, drafts: &[Draft]) -> Option<Announced> {
    let free =
        |verb: usize| !drafts.iter().any(|d| d.main == verb) && !cue::negated_itself(view, verb);
    sentence.clone().rev().find_map(|i| {
        let says = (view.is_finite(i) || view.xpos(i) == Xpos::VBG) && free(i);
        let hit = cue::at(view, i).into_iter().filter(|_| says).find(|h| {
            h.cue.kind == CueKind::Verb
                && (h.cue.takes(Frame::Clause) || h.cue.takes(Frame::Quote))
                && cue::is_real(view, h)
        });
        if let Some(hit) = hit {
            return Some(Announced {
                verb: i,
                cue: i..hit.last() + 1,
                line: Some(hit.cue.name.clone()),
            });
        }
        let verb = view.head(i)?;
        let issued = source::is_text(view, i)
            && verb < i
            && view.is_in(WordClass::Publishing, view.lemma(verb))
            && free(verb);
        issued.then(|| Announced {
            verb,
            cue: verb..i + 1,
            line: None,
        })
    })
}

/// The paragraph as content; a list or a quotation in marks is none.
fn block(view: &View<'_>, range: TokenRange) -> Option<TokenRange> {
    let word = view.context.reading.word(range.start);
    let listed = matches!(word, "-" | "–" | "•" | "*" | "·");
    let quoted = is_mark(word);
    let says = range.clone().any(|i| view.is_finite(i));
    (!listed && !quoted && says).then_some(range)
}

fn draft(view: &View<'_>, announced: Announced, range: TokenRange) -> Draft {
    let head = range
        .clone()
        .find(|&i| view.is_verb(i) && view.head(i).is_none_or(|h| !range.contains(&h)));
    let content = Content {
        ranges: piece::tidy_all(view, vec![range]),
        head,
        rule: Some(Rule::BlockBehindColon),
        ..Content::default()
    };
    let (polarity, polarity_word) = act::polarity(view, &content);
    let (certainty, certainty_word) = certainty::of(view, Certainty::Certain, &content);
    let chain = source::by_tree(view, announced.verb, &content);
    Draft {
        rule: Rule::BlockBehindColon,
        line: announced.line,
        act: Act::Report,
        act_rule: None,
        certainty,
        certainty_word,
        polarity,
        polarity_word,
        plover: None,
        cameo: None,
        cue: Some(announced.cue),
        main: announced.verb,
        speaker: Speaker {
            chain,
            medium: None,
            rule: Some(Rule::Subject),
        },
        content,
        to: None,
        medium: None,
        score: 0.7,
    }
}
