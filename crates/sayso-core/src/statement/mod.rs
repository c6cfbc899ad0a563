//! Statements: who says what.
//!
//! Every cue of `lexicon/cues.tsv` is looked for in every sentence ([`cue`], [`silence`],
//! [`headline`]); its frame says where its content stands in the tree ([`clause`], [`frame`],
//! [`noun`], [`modifier`]), and the tree says who speaks ([`source`]). What the model sees of
//! attributions joins in [`merge`]; nesting and chains follow in [`nest`]; act, polarity and
//! certainty are read off cue and content ([`act`], [`certainty`]).

#![allow(clippy::single_range_in_vec_init)] // content is a list of runs of tokens, often one run

mod act;
mod antecedent;
mod apposition;
mod aside;
mod beside;
mod block;
mod certainty;
mod clause;
mod cue;
mod cue_reach;
mod draft;
mod edge;
mod frame;
mod headline;
mod infinitive;
mod inflection;
mod interrupted;
mod joining;
mod lookalike;
mod medium;
mod merge;
mod modifier;
mod nest;
mod noun;
mod object_behind_as;
mod order;
mod own_words;
mod passive;
mod piece;
mod quiet;
mod quote;
mod silence;
mod source;
mod source_kind;
mod speech_code;
#[cfg(test)]
mod tests;
mod view;

use sayso_text::{Note, Span, TokenRange};

use crate::sheet::Reason;
use crate::{
    Act, Certainty, Context, Mentions, Polarity, Signs, Source, Statement, StatementRule as Rule,
    Why, id, mention,
};
use clause::Content;
use draft::Draft;
use source::{Phrase, Speaker};
use view::View;

/// The least score of a statement that is kept.
const LEAST: f32 = 0.35;

/// Finds every statement, in text order of its content.
pub(crate) fn find(context: &Context<'_>, mentions: &Mentions) -> Vec<Statement> {
    if !context.reading.annotated {
        return Vec::new();
    }
    let view = View::of(context);
    let mut drafts = draft::by_lexicon(&view);
    drafts.extend(by_mark(&view, &drafts));
    drafts.extend(block::find(&view, &drafts));
    if merge::has_roles(&view) {
        merge::merge(&view, &mut drafts);
    }
    drafts.retain(|d| d.score >= LEAST && !d.content.ranges.is_empty());
    drafts.retain(|d| lookalike::of(&view, d).is_none());
    joining::join_carriers(&view, &mut drafts);
    joining::add_cited(&view, &mut drafts);
    joining::trim_denials(&view, &mut drafts);
    joining::continue_quotes(&view, &mut drafts);
    drafts.retain(|d| !d.content.ranges.is_empty());
    drafts.sort_by_key(|d| {
        let first = d.content.ranges.first().map_or(0, |r| r.start);
        let last = d.content.ranges.last().map_or(0, |r| r.end);
        (first, std::cmp::Reverse(last), d.main)
    });
    drafts.dedup_by(|b, a| a.content.ranges == b.content.ranges && a.main == b.main);
    let within = nest::within(&view, &drafts);
    nest::pass_on(&view, mentions, &mut drafts, &within);
    apposition::widen(&view, &mut drafts);
    cue_reach::widen(&view, &mut drafts);

    let mut statements: Vec<Statement> = Vec::with_capacity(drafts.len());
    for (at, (draft, &outer)) in drafts.iter().zip(&within).enumerate() {
        let mut statement = finish(&view, mentions, draft);
        own_words::resolve(&view, mentions, &drafts, &within, at, &mut statement);
        statement.edges = edge::of(&view, &drafts, at);
        statement.within = outer;
        // Findings of one kind on one span are told apart by their number.
        let nth = statements
            .iter()
            .filter(|s| id_span(s) == id_span(&statement))
            .count();
        statement.id = id::make('s', &context.reading.report.id, id_span(&statement), nth);
        statements.push(statement);
    }
    statements
}

/// Notes on statements, such as a silence beside a statement by the same body.
pub(crate) fn notes(
    context: &Context<'_>,
    mentions: &Mentions,
    statements: &[Statement],
) -> Vec<Note> {
    quiet::notes(context, mentions, statements)
}

/// Cue and content together: what the id is made of.
fn id_span(statement: &Statement) -> Span {
    let content = statement
        .content
        .iter()
        .copied()
        .reduce(Span::cover)
        .unwrap_or_default();
    statement.cue.map_or(content, |cue| cue.cover(content))
}

/// Statements whose cue is a colon or a dash.
fn by_mark(view: &View<'_>, drafts: &[Draft]) -> Vec<Draft> {
    headline::find(view)
        .into_iter()
        .filter(|m| {
            // A verb of saying in front of the colon is the cue already.
            !drafts
                .iter()
                .any(|d| d.content.left && m.speaker.contains(&d.main))
        })
        .filter_map(|m| {
            let ranges = piece::tidy_all(view, vec![m.content.clone()]);
            let head = m
                .content
                .clone()
                .find(|&i| view.is_verb(i) && view.head(i).is_none_or(|h| !m.content.contains(&h)));
            let content = Content {
                ranges,
                head,
                rule: Some(m.rule),
                left: m.content.start < m.mark,
                ..Content::default()
            };
            if content.ranges.is_empty() {
                return None;
            }
            let (polarity, polarity_word) = act::polarity(view, &content);
            let (certainty, certainty_word) = certainty::of(view, Certainty::Certain, &content);
            Some(Draft {
                rule: m.rule,
                line: None,
                act: Act::Report,
                act_rule: None,
                certainty,
                certainty_word,
                polarity,
                polarity_word,
                plover: None,
                cameo: None,
                cue: Some(m.mark..m.mark + 1),
                main: m.mark,
                speaker: Speaker {
                    chain: vec![Phrase {
                        tokens: m.speaker,
                        head: m.speaker_head,
                    }],
                    medium: None,
                    rule: Some(m.rule),
                },
                content,
                to: None,
                medium: None,
                score: 0.7,
            })
        })
        .collect()
}

/// Whom or what a speaker's phrase stands for.
fn entity_of(view: &View<'_>, mentions: &Mentions, phrase: &Phrase) -> Option<mention::EntityId> {
    mention::issuer(view.context, mentions, phrase.head).or_else(|| mentions.entity_at(phrase.head))
}

/// Turns token ranges into spans and writes down the reasons.
fn finish(view: &View<'_>, mentions: &Mentions, draft: &Draft) -> Statement {
    let reading = view.context.reading;
    let span = |range: &TokenRange| reading.span(range).trim(reading.text());
    let word = |token: usize| reading.tokens.get(token).map(|t| t.span);
    let cue = draft.cue.as_ref().map(span);
    let content_tokens = draft.content.ranges.clone();
    let content: Vec<Span> = content_tokens.iter().map(span).collect();
    let sources: Vec<Source> = draft
        .speaker
        .chain
        .iter()
        .map(|phrase| Source {
            span: span(&phrase.tokens),
            kind: source_kind::of_speaker(view, mentions, phrase),
            entity: entity_of(view, mentions, phrase),
            actor: None,
        })
        .collect();
    let to = draft.to.as_ref().map(|p| span(&p.tokens));
    let medium = draft.medium.as_ref().map(|p| span(&p.tokens));

    let mut why = Why::new();
    let mut because = |field, rule: String, span| {
        why.insert(field, Reason { rule, span });
    };
    let name = |rule: Option<Rule>, otherwise: &str| {
        rule.map_or_else(|| otherwise.to_owned(), |rule| rule.to_string())
    };
    let act_rule = match draft.act_rule {
        Some(refined) if refined != draft.rule => format!("{}/{refined}", draft.cue_name()),
        _ => draft.cue_name(),
    };
    because("act", act_rule, cue);
    because("cue", draft.cue_name(), cue);
    because(
        "content",
        name(draft.content.rule, "cue"),
        content.first().copied(),
    );
    because(
        "sources",
        name(draft.speaker.rule, "no-speaker-found"),
        sources.first().map(|s| s.span),
    );
    let negation = draft.polarity_word.and_then(word);
    let polarity_rule = (draft.polarity == Polarity::Negated).then_some(Rule::NegatedMainWord);
    because("polarity", name(polarity_rule, "no-negation"), negation);
    let certainty_rule = draft.certainty_word.map(|_| Rule::ModalInContent);
    because(
        "certainty",
        name(certainty_rule, "cue-class"),
        draft.certainty_word.and_then(word).or(cue),
    );
    if to.is_some() {
        because("to", Rule::AddresseeOfCue.to_string(), to);
    }
    if medium.is_some() {
        because("medium", Rule::MediumOfCue.to_string(), medium);
    }
    let (plover_mode, cameo) =
        speech_code::of(view, draft.plover, draft.cameo, &draft.content.ranges);
    Statement {
        id: String::new(),
        act: draft.act,
        polarity: draft.polarity,
        certainty: draft.certainty,
        plover: draft.plover,
        plover_mode,
        cameo,
        sources,
        cue,
        content,
        to,
        medium,
        within: None,
        events: Vec::new(),
        confidence: draft.score.clamp(0.0, 1.0),
        signs: Signs::default(),
        why,
        edges: Vec::new(),
        cue_token: draft.cue.is_some().then_some(draft.main),
        content_tokens,
    }
}
