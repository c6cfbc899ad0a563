//! Why each span of a statement starts and ends where it does.
//!
//! The edges of a content are the work of many rules. Which one had the last word is asked of the
//! finished statement: each cut, put to the words around the edge once more, says whether it is
//! the one that cuts there; then come the facts of the text, the tree and the model.

use sayso_text::{Role, Span, TokenRange, Xpos};

use super::aside::behind_dateline;
use super::clause;
use super::draft::Draft;
use super::frame;
use super::silence;
use super::view::View;
use crate::rule::EdgeRule;
use crate::sheet::{Edge, Part, Reason};
use crate::{Act, StatementRule as Rule};

/// The most words that a reason quotes.
const WORDS: usize = 6;

/// Name of a rule, and the tokens that stand at the edge.
type Found = (&'static str, Option<TokenRange>);

/// The edges of every content, speaker and cue of draft number `at`.
pub(super) fn of(view: &View<'_>, drafts: &[Draft], at: usize) -> Vec<Edge> {
    let Some(draft) = drafts.get(at) else {
        return Vec::new();
    };
    let contents = draft.content.ranges.iter().map(|r| (Part::Content, r));
    let sources = draft
        .speaker
        .chain
        .iter()
        .map(|p| (Part::Sources, &p.tokens));
    let cue = draft.cue.iter().map(|r| (Part::Cue, r));
    contents
        .chain(sources)
        .chain(cue)
        .map(|(part, range)| {
            let asked = Asked {
                view,
                drafts,
                at,
                draft,
                part,
                range,
            };
            let reading = view.context.reading;
            let reason = |(rule, words): Found| Reason {
                rule: rule.to_owned(),
                span: words.filter(|w| w.start < w.end).map(|w| {
                    reading
                        .span(&(w.start..w.end.min(w.start + WORDS)))
                        .trim(reading.text())
                }),
            };
            Edge {
                part,
                span: span_of(view, range),
                starts: reason(asked.start()),
                ends: reason(asked.end()),
            }
        })
        .collect()
}

fn span_of(view: &View<'_>, range: &TokenRange) -> Span {
    let reading = view.context.reading;
    reading.span(range).trim(reading.text())
}

/// One span whose edges are asked for.
struct Asked<'a> {
    view: &'a View<'a>,
    drafts: &'a [Draft],
    at: usize,
    draft: &'a Draft,
    part: Part,
    range: &'a TokenRange,
}

impl Asked<'_> {
    fn start(&self) -> Found {
        let (view, start) = (self.view, self.range.start);
        let sentence = view.sentence(start);
        let before = (sentence.start..start).rev().find(|&i| !view.is_punct(i));
        if let Some(mark) = (sentence.start..start).rev().take(2).find(|&i| {
            view.quotes
                .iter()
                .any(|q| q.open == i && q.end() > start && before.is_none_or(|b| b < i))
        }) {
            return (EdgeRule::QuotationMark.name(), Some(mark..mark + 1));
        }
        let Some(before) = before else {
            return (EdgeRule::SentenceEdge.name(), None);
        };
        if self.part == Part::Content {
            if view.lower(before) == "that" {
                return (Rule::StartBehindThat.name(), Some(before..before + 1));
            }
            if behind_dateline(view, &sentence, start) == start {
                return (
                    Rule::StartBehindDateline.name(),
                    Some(sentence.start..start),
                );
            }
        }
        if let Some(own) = self.own(before) {
            let first = (sentence.start..=before)
                .rev()
                .take_while(|&i| self.own(i).is_some())
                .last()
                .unwrap_or(before);
            return (own.name(), Some(first..before + 1));
        }
        if self.part == Part::Content
            && before > self.draft.main
            && view.dominates(self.draft.main, before)
        {
            let cue_end = self
                .draft
                .cue
                .as_ref()
                .map_or(before, |c| c.end.min(before));
            return (Rule::StartBehindCue.name(), Some(cue_end..before + 1));
        }
        self.around(before, |r| r.start)
    }

    fn end(&self) -> Found {
        let (view, end) = (self.view, self.range.end);
        let last = end.saturating_sub(1);
        let sentence = view.sentence(last);
        let next = (end..sentence.end).find(|&i| !view.is_punct(i));
        if let Some(mark) = (end..sentence.end.max(end + 1)).take(2).find(|&i| {
            view.quotes.iter().any(|q| {
                q.close == Some(i) && q.inside.contains(&last) && next.is_none_or(|n| n > i)
            })
        }) {
            return (EdgeRule::QuotationMark.name(), Some(mark..mark + 1));
        }
        let Some(next) = next else {
            return (EdgeRule::SentenceEdge.name(), None);
        };
        if let Some(own) = self.own(next) {
            let stop = (next..sentence.end)
                .take_while(|&i| view.is_punct(i) || self.own(i).is_some())
                .filter(|&i| !view.is_punct(i))
                .last()
                .unwrap_or(next);
            return (own.name(), Some(end..stop + 1));
        }
        if self.part == Part::Content
            && let Some(rule) = self.cut(&sentence)
        {
            return (rule.name(), Some(end..next + 1));
        }
        if self.part == Part::Sources
            && (matches!(view.xpos(next), Xpos::WP | Xpos::WDT | Xpos::WPS))
        {
            return (EdgeRule::RelativeClause.name(), Some(end..next + 1));
        }
        let (rule, _) = self.around(next, |r| r.end);
        (rule, Some(end..next + 1))
    }

    /// The other parts of the same statement, one of which `token` may belong to.
    fn own(&self, token: usize) -> Option<EdgeRule> {
        let draft = self.draft;
        let in_phrase = |p: &super::source::Phrase| p.tokens.contains(&token);
        if draft.cue.as_ref().is_some_and(|c| c.contains(&token)) {
            Some(EdgeRule::OwnCue)
        } else if draft.speaker.chain.iter().any(in_phrase) {
            Some(EdgeRule::OwnSpeaker)
        } else if draft.to.as_ref().is_some_and(in_phrase) {
            Some(EdgeRule::OwnAddressee)
        } else if draft.medium.as_ref().is_some_and(in_phrase) {
            Some(EdgeRule::OwnMedium)
        } else if draft.content.ranges.iter().any(|r| r.contains(&token)) {
            (self.part != Part::Content).then_some(EdgeRule::OwnContent)
        } else {
            None
        }
    }

    /// The cut that ends the content where it ends, asked about the rest of the sentence.
    fn cut(&self, sentence: &TokenRange) -> Option<Rule> {
        let (view, main) = (self.view, self.draft.main);
        let TokenRange { start, end } = *self.range;
        // Trimming took punctuation off behind the cut.
        let same =
            |cut: usize| (end..sentence.end).contains(&cut) && (end..cut).all(|i| view.is_punct(i));
        if self.draft.act == Act::Silence && same(silence::rest_end(view, start, sentence)) {
            return Some(Rule::CutAfterSilence);
        }
        if same(clause::cut_continuation(view, main, start, sentence.end)) {
            return Some(Rule::CutAdding);
        }
        if same(clause::cut_other_speaker(view, start, sentence.end)) {
            return Some(Rule::CutOtherSpeaker);
        }
        let head = self.draft.content.head;
        if let Some(head) = head
            && same(clause::cut_conjoined(view, main, head, start, sentence.end))
        {
            return Some(Rule::CutConjoinedCue);
        }
        if same(clause::cut_coordinated(view, main, start..sentence.end).end) {
            return Some(Rule::CutSecondParticiple);
        }
        if same(frame::before_next_cue(view, main, start, sentence.end)) {
            return Some(Rule::CutNextCue);
        }
        let denies = matches!(self.draft.act, Act::Deny | Act::ClaimResponsibility);
        let relative = matches!(view.xpos(end), Xpos::WDT | Xpos::WP);
        (denies && relative).then_some(Rule::TrimDenied)
    }

    /// What stands beside the edge: another statement, the end of a run of the model or of a phrase
    /// of the tree, or a word that belongs elsewhere.
    fn around(&self, beside: usize, edge: impl Fn(&TokenRange) -> usize) -> Found {
        let view = self.view;
        let word = Some(beside..beside + 1);
        let of_other = self.drafts.iter().enumerate().any(|(i, other)| {
            i != self.at
                && (other.cue.as_ref().is_some_and(|c| c.contains(&beside))
                    || other
                        .speaker
                        .chain
                        .iter()
                        .any(|p| p.tokens.contains(&beside)))
        });
        if of_other {
            return (EdgeRule::OtherStatement.name(), word);
        }
        let role = match self.part {
            Part::Content => Role::Content,
            Part::Sources => Role::Source,
            Part::Cue => Role::Cue,
        };
        let roles = &view.context.reading.roles;
        let by_model = roles
            .iter()
            .any(|r| r.role == role && edge(&r.tokens) == edge(self.range));
        let phrase = self.range.clone().any(|i| {
            let reach = view.reach(i);
            reach.len() > 1 && edge(&reach) == edge(self.range)
        });
        let outside = view
            .head(beside)
            .is_some_and(|head| !self.range.contains(&head));
        let rule = match (phrase, by_model, outside) {
            (true, _, _) => EdgeRule::PhraseEdge,
            (_, true, _) => EdgeRule::ModelRun,
            (_, _, true) => EdgeRule::OtherGovernor,
            _ => EdgeRule::WordOrder,
        };
        (rule.name(), word)
    }
}

#[cfg(test)]
mod tests {
    use sayso_place::{Builder, Gazetteer};

    use crate::Mentions;
    use crate::sheet::Part;
    use crate::test_reading::{reading, with_context};

    /// Part, words, and for each end the rule with the words beside it.
    fn edges(text: &str, lines: &str) -> Vec<String> {
        let reading = reading(text, lines);
        let gazetteer = Gazetteer::from_bytes(Builder::new().finish("none").unwrap()).unwrap();
        let found = with_context(&reading, &gazetteer, |context| {
            super::super::find(context, &Mentions::default())
        });
        let beside = |reason: &crate::Reason| {
            let words = reason.span.map_or("", |span| reading.slice(span));
            format!("{} “{words}”", reason.rule)
        };
        found
            .iter()
            .flat_map(|s| &s.edges)
            .filter(|edge| edge.part != Part::Cue)
            .map(|edge| {
                let (starts, ends) = (beside(&edge.starts), beside(&edge.ends));
                format!("{}: {starts} … {ends}", reading.slice(edge.span))
            })
            .collect()
    }

    #[test]
    fn a_conjunction_in_front_and_another_statement_behind() {
        let found = edges(
            "The army said that the fort fell, adding that nobody fled.",
            "The the DET DT 2 det
             army army NOUN NN 3 nsubj
             said say VERB VBD 0 root
             that that SCONJ IN 7 mark
             the the DET DT 6 det
             fort fort NOUN NN 7 nsubj
             fell fall VERB VBD 3 ccomp
             , , PUNCT PUNCT 3 punct
             adding add VERB VBG 3 advcl
             that that SCONJ IN 12 mark
             nobody nobody PRON NN 12 nsubj
             fled flee VERB VBD 9 ccomp
             . . PUNCT PUNCT 3 punct",
        );
        assert_eq!(
            found[..2],
            [
                "the fort fell: start-behind-that “that” … cut-adding “, adding”",
                "The army: sentence-edge “” … own-cue “said”"
            ]
        );
        assert!(
            found.contains(&"nobody fled: start-behind-that “that” … sentence-edge “”".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn cue_and_speaker_behind_the_content() {
        let found = edges(
            "The army left the fort, officials said on Monday.",
            "The the DET DT 2 det
             army army NOUN NN 3 nsubj
             left leave VERB VBD 8 ccomp
             the the DET DT 5 det
             fort fort NOUN NN 3 obj
             , , PUNCT PUNCT 8 punct
             officials official NOUN NNS 8 nsubj
             said say VERB VBD 0 root
             on on ADP IN 10 case
             Monday Monday PROPN NNP 8 obl
             . . PUNCT PUNCT 8 punct",
        );
        assert_eq!(
            found[0],
            "The army left the fort: sentence-edge “” … own-speaker “, officials said”"
        );
    }
}
