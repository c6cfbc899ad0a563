//! A statement in the making: token ranges instead of spans, with the rule behind each part.

use sayso_lexicon::{CueKind, Frame, WordClass};
use sayso_text::{Rel, TokenRange, Upos};

use super::act::{self, Negated};
use super::clause::{self, Content};
use super::cue::{self, Hit};
use super::medium;
use super::piece::tidy_all;
use super::source::{self, Phrase, Speaker};
use super::view::View;
use super::{aside, certainty, frame, modifier, noun, silence};
use crate::StatementRule as Rule;
use crate::{Act, Certainty, Polarity};

/// A statement before it is nested and named.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The rule that found the cue.
    pub(super) rule: Rule,
    /// The cue's line in the lexicon.
    pub(super) line: Option<String>,
    pub(super) act: Act,
    /// What refined the act of the cue.
    pub(super) act_rule: Option<Rule>,
    pub(super) certainty: Certainty,
    /// The word that lowered it.
    pub(super) certainty_word: Option<usize>,
    pub(super) polarity: Polarity,
    /// The negation.
    pub(super) polarity_word: Option<usize>,
    pub(super) plover: Option<&'static str>,
    pub(super) cameo: Option<&'static str>,
    /// The words that report, with their auxiliaries; `None` for a bare quotation.
    pub(super) cue: Option<TokenRange>,
    pub(super) main: usize,
    pub(super) speaker: Speaker,
    pub(super) content: Content,
    pub(super) to: Option<Phrase>,
    pub(super) medium: Option<Phrase>,
    /// 0 to 1.
    pub(super) score: f32,
}

impl Draft {
    /// Rule and line of the cue as `why` names them, such as `cue-verb:say`.
    pub(super) fn cue_name(&self) -> String {
        match &self.line {
            Some(line) => format!("{}:{line}", self.rule),
            None => self.rule.to_string(),
        }
    }
}

/// All drafts that the lexicon finds, in text order of their cues.
pub(super) fn by_lexicon(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut taken = vec![false; view.len()];
    for i in 0..view.len() {
        if taken[i] {
            continue;
        }
        if let Some(hit) = silence::at(view, i).filter(|_| view.has(Rule::Silence)) {
            for &t in &hit.matched {
                taken[t] = true;
            }
            drafts.push(of_silence(view, &hit));
            continue;
        }
        for hit in cue::at(view, i) {
            let draft = match hit.cue.kind {
                CueKind::Verb if view.has(Rule::CueVerb) => of_verb(view, &hit),
                CueKind::Noun if view.has(Rule::CueNoun) => of_noun(view, &hit),
                CueKind::Adverb if view.has(Rule::CueAdverb) => of_adverb(view, &hit),
                CueKind::Preposition if view.has(Rule::CuePreposition) => {
                    of_preposition(view, &hit)
                }
                _ => None,
            };
            if let Some(draft) = draft {
                // "cast doubt on": its words are no cues of their own.
                if hit.cue.kind == CueKind::Verb {
                    for &t in hit.matched.iter().skip(1) {
                        taken[t] = true;
                    }
                }
                drafts.push(draft);
                break;
            }
        }
    }
    drafts.retain(|d| !d.content.ranges.is_empty());
    drafts
}

fn base_certainty(hit: &Hit<'_>) -> Certainty {
    Certainty::parse(&hit.cue.certainty).unwrap_or(Certainty::Certain)
}

/// Puts a draft together from a cue and its content and speaker.
fn assemble(
    view: &View<'_>,
    hit: &Hit<'_>,
    rule: Rule,
    mut content: Content,
    speaker: Speaker,
    score: f32,
) -> Draft {
    content.ranges = std::mem::take(&mut content.ranges)
        .into_iter()
        .map(|r| clause::cut_coordinated(view, hit.main, r))
        .map(|r| {
            if r.start > hit.main && hit.cue.kind != CueKind::Silence {
                r.start..clause::cut_continuation(view, hit.main, r.start, r.end)
            } else {
                r
            }
        })
        .collect();
    content.ranges = tidy_all(view, std::mem::take(&mut content.ranges));
    if let Some(first) = aside::first_part(view, hit, &content, &speaker) {
        content.ranges.insert(0, first);
        content.ranges = tidy_all(view, std::mem::take(&mut content.ranges));
    }
    let (act, act_rule) = act::of(view, hit, &content);
    let (polarity, polarity_word) = act::polarity(view, &content);
    let (certainty, certainty_word) = certainty::of(view, base_certainty(hit), &content);
    // What the act is refined to decides the code where the cue has none.
    let (plover, cameo) = match act {
        Act::Threaten if view.has(Rule::ThreatCode) => (Some("THREATEN"), Some("130")),
        Act::Demand if hit.cue.cameo.is_none() && view.has(Rule::DemandCode) => {
            (Some("REQUEST"), Some("100"))
        }
        _ => (hit.cue.plover, hit.cue.cameo),
    };
    Draft {
        rule,
        line: Some(hit.cue.name.clone()),
        act,
        act_rule,
        certainty,
        certainty_word,
        polarity,
        polarity_word,
        plover,
        cameo,
        cue: Some(cue_words(view, hit)),
        main: hit.main,
        medium: speaker.medium.clone(),
        speaker,
        to: None,
        content,
        score,
    }
}

/// The cue with its auxiliaries and adverbs: "has repeatedly denied".
fn cue_words(view: &View<'_>, hit: &Hit<'_>) -> TokenRange {
    let mut start = hit.main;
    if hit.cue.kind == CueKind::Verb && view.has(Rule::CueWords) {
        let sentence = view.sentence(hit.main);
        while start > sentence.start
            && matches!(view.upos(start - 1), Upos::Aux | Upos::Adv | Upos::Part)
            && view.dominates(hit.main, start - 1)
        {
            start -= 1;
        }
        // An adverb alone at the front belongs to the sentence.
        while start < hit.main && view.upos(start) == Upos::Adv && !cue::is_not(view.lower(start)) {
            start += 1;
        }
    }
    let contiguous = hit
        .matched
        .windows(2)
        .all(|w| matches!(w, [a, b] if *b == a + 1));
    let end = if contiguous || hit.cue.kind != CueKind::Verb {
        hit.last() + 1
    } else {
        hit.main + 1
    };
    start..end
}

fn of_verb(view: &View<'_>, hit: &Hit<'_>) -> Option<Draft> {
    if !cue::is_real(view, hit) {
        return None;
    }
    let verb = hit.main;
    let content = frame::of_verb(view, hit)?;
    if view.has(Rule::EmptyObject) && is_object(&content) && is_empty_object(view, &content) {
        return None;
    }
    // "proclaimed a republic" does it and says nothing.
    let quoted = |r: &TokenRange| {
        view.quotes
            .iter()
            .any(|q| q.open + 1 >= r.start && q.open < r.end)
    };
    if is_object(&content)
        && act::performs(view, verb)
        && !content.ranges.iter().any(quoted)
        && !content
            .ranges
            .iter()
            .flat_map(Clone::clone)
            .any(|i| view.is_verb(i))
    {
        return None;
    }
    let speaker = source::of_verb(view, hit, &content);
    if !plausible(view, hit, &content, &speaker) {
        return None;
    }
    let to = source::addressee(view, verb, &hit.cue.name, &content);
    let by_tree = content
        .rule
        .is_some_and(|rule| rule.name().contains("clause") || rule.name().contains("infinitive"));
    let score =
        0.5 + if by_tree { 0.2 } else { 0.0 } + if speaker.chain.is_empty() { 0.0 } else { 0.1 };
    let mut draft = assemble(view, hit, Rule::CueVerb, content, speaker, score);
    draft.to = to;
    draft.medium = draft
        .medium
        .or_else(|| medium::trailing(view, &mut draft.content.ranges))
        .or_else(|| medium::medium(view, verb, &draft.content.ranges));
    under_negation(view, draft)
}

/// What "not" at its cue makes of `draft`; nothing where nothing is said.
pub(super) fn under_negation(view: &View<'_>, mut draft: Draft) -> Option<Draft> {
    let verb = draft.main;
    if cue::negated(view, verb) {
        match act::under_negation(view, verb, draft.act) {
            Some(Negated::Silence) => {
                draft.act = Act::Silence;
                draft.act_rule = Some(Rule::NegatedCue);
                draft.certainty = Certainty::Certain;
                // The silence itself is what is stated; nothing in it is denied.
                (draft.polarity, draft.polarity_word) = (Polarity::Affirmed, None);
                (draft.plover, draft.cameo) = (None, None);
            }
            Some(Negated::Doubt) => {
                draft.act = Act::Doubt;
                draft.act_rule = Some(Rule::UnableToConfirm);
                draft.certainty = Certainty::Possible;
            }
            Some(Negated::Content) => {
                draft.polarity = match draft.polarity {
                    Polarity::Affirmed => Polarity::Negated,
                    Polarity::Negated => Polarity::Affirmed,
                };
            }
            Some(Negated::Drop) => return None,
            None => {}
        }
    }
    Some(draft)
}

/// Whether the subject can be credited with this saying.
fn plausible(view: &View<'_>, hit: &Hit<'_>, content: &Content, speaker: &Speaker) -> bool {
    let shows = hit.cue.name == "show" && view.has(Rule::ShowingSubject);
    let Some(nearest) = speaker.chain.first() else {
        return !shows;
    };
    let head = nearest.head;
    let quoted = view.quotes.iter().any(|q| q.holds(hit.main));
    let word = view.lower(head);
    // "“I think it will fall,” he said": the speaker's hedge is no second statement.
    let hedge = quoted && matches!(word, "i" | "we") && hit.cue.act == "estimate";
    if (word == "you" || hedge) && view.has(Rule::OwnHedge) {
        return false;
    }
    if shows {
        return view.is_in(WordClass::Showing, view.lemma(head));
    }
    // "…, and the bus tells its own story": a story is not somebody who is told.
    let idiom = hit.cue.name == "tell"
        && content.left
        && view.child(hit.main, &[Rel::Obj]).is_some_and(|o| {
            o > hit.main
                && view.upos(o) == Upos::Noun
                && !source::is_speaker(view, o)
                && view.lexicon().mediums.get(view.lemma(o)).is_none()
        });
    if idiom && view.has(Rule::ToldSomebody) {
        return false;
    }
    if view.upos(head) != Upos::Noun
        || source::is_speaker(view, head)
        || source::is_text(view, head)
    {
        return true;
    }
    // An explosion claims lives, an attack challenges a claim: things do not speak.
    let thing = is_thing(view, head);
    let clausal = content.left || content.rule == Some(Rule::ClauseAfterCue);
    !(thing && view.has(Rule::ThingsDoNotSpeak)) || (clausal && hit.cue.act != "estimate")
}

/// Whether a common noun names what cannot speak, by the model's type of it.
pub(super) fn is_thing(view: &View<'_>, head: usize) -> bool {
    view.upos(head) == Upos::Noun
        && !source::is_speaker(view, head)
        && !source::is_text(view, head)
        && view.context.reading.tokens.get(head).is_some_and(|t| {
            matches!(
                t.etype,
                "event" | "time" | "substance" | "object" | "plant" | "animal"
            )
        })
}

/// Whether the content was found as the object of its cue.
fn is_object(content: &Content) -> bool {
    content
        .rule
        .is_some_and(|rule| rule.name().starts_with("object"))
}

/// An object that only points: "said it", "reported this".
fn is_empty_object(view: &View<'_>, content: &Content) -> bool {
    matches!(content.ranges.as_slice(), [one] if one.len() == 1
        && matches!(view.upos(one.start), Upos::Pron | Upos::Det))
}

fn of_noun(view: &View<'_>, hit: &Hit<'_>) -> Option<Draft> {
    let content = noun::content(view, hit)?;
    let (chain, rule) = match noun::speaker(view, hit) {
        Some((phrase, rule)) => (vec![phrase], Some(rule)),
        None => (Vec::new(), None),
    };
    // "the claim that …" is rarely anything else; "reports of …" with nobody reporting may be.
    let telling = matches!(
        hit.cue.name.as_str(),
        "report" | "rumour" | "rumor" | "allegation" | "accusation" | "claim" | "account"
    );
    let score = match content.rule {
        Some(Rule::ClauseOfNoun) => 0.55,
        Some(Rule::InfinitiveOfNoun) => 0.5,
        _ if telling => 0.5,
        _ => 0.45,
    } + if chain.is_empty() { 0.0 } else { 0.15 };
    let speaker = Speaker {
        chain,
        medium: None,
        rule,
    };
    Some(assemble(view, hit, Rule::CueNoun, content, speaker, score))
}

fn of_adverb(view: &View<'_>, hit: &Hit<'_>) -> Option<Draft> {
    let content = modifier::adverb(view, hit)?;
    let speaker = Speaker {
        rule: Some(Rule::AdverbNamesNobody).filter(|&rule| view.has(rule)),
        ..Speaker::default()
    };
    Some(assemble(view, hit, Rule::CueAdverb, content, speaker, 0.65))
}

fn of_preposition(view: &View<'_>, hit: &Hit<'_>) -> Option<Draft> {
    let (content, phrase, _) = modifier::preposition(view, hit)?;
    let speaker = Speaker {
        chain: vec![phrase],
        medium: None,
        rule: Some(Rule::ObjectOfPreposition),
    };
    Some(assemble(
        view,
        hit,
        Rule::CuePreposition,
        content,
        speaker,
        0.8,
    ))
}

fn of_silence(view: &View<'_>, hit: &Hit<'_>) -> Draft {
    let (content, speaker) = silence::find(view, hit);
    let speaker = Speaker {
        rule: match speaker {
            Some(_) => Some(Rule::SilentSpeaker),
            None => Some(Rule::NobodySaid).filter(|&rule| view.has(rule)),
        },
        chain: speaker.into_iter().collect(),
        medium: None,
    };
    let mut draft = assemble(view, hit, Rule::Silence, content, speaker, 0.8);
    // The silence itself is what is stated; nothing in it is denied.
    draft.polarity = Polarity::Affirmed;
    draft.polarity_word = None;
    let start = hit
        .matched
        .first()
        .copied()
        .filter(|&i| i > 0 && view.upos(i - 1) == Upos::Aux)
        .map_or(hit.main, |i| i - 1);
    let end = if hit.cue.takes(Frame::For) {
        draft.content.ranges.first().map_or(hit.last() + 1, |r| {
            r.start.clamp(hit.main + 1, hit.last() + 1)
        })
    } else {
        hit.last() + 1
    };
    draft.cue = Some(start..end);
    draft
}
