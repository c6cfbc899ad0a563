//! What speaks for and against a statement.

use sayso_text::{Role, RoleSpan, TokenRange};

use super::{Signs, share};
use crate::{Context, Polarity, Statement};

/// The signs of the statement number `at`, in a fixed order.
pub(super) fn signs(context: &Context<'_>, statements: &[Statement], at: usize) -> Signs {
    let mut signs = Signs::default();
    let Some(statement) = statements.get(at) else {
        return signs;
    };
    let reading = context.reading;
    signs.add("base", 1.0);
    signs.add("score", f64::from(statement.confidence));
    by_rule(statement, &mut signs);
    by_model(context, statement, &mut signs);

    signs.named("act", statement.act.as_str());
    signs.flag("negated", statement.polarity == Polarity::Negated);
    signs.named("certainty", statement.certainty.as_str());
    match statement.sources.first() {
        None => signs.add("speaker:nobody", 1.0),
        Some(source) => {
            signs.named("speaker", source.kind.as_str());
            let tokens = reading.tokens_in(source.span);
            signs.flag(
                "speaker-pronoun",
                tokens.len() == 1
                    && reading
                        .tokens
                        .get(tokens.start)
                        .is_some_and(|t| t.upos == sayso_text::Upos::Pron),
            );
            signs.flag("speaker-unknown", source.actor.is_none());
        }
    }
    signs.flag("passed-on", statement.sources.len() > 1);

    let words: usize = statement
        .content_tokens
        .iter()
        .map(ExactSizeIterator::len)
        .sum();
    signs.add("log-words", (words.max(1) as f64).ln());
    signs.flag("few-words", words <= 3);
    signs.flag("many-words", words > 40);
    signs.flag("pieces", statement.content_tokens.len() > 1);
    signs.flag("inner", statement.within.is_some());
    signs.flag(
        "holds-another",
        statements.iter().any(|s| s.within == Some(at)),
    );
    let others = statements
        .iter()
        .enumerate()
        .filter(|(i, other)| *i != at && other.within != Some(at) && statement.within != Some(*i))
        .any(|(_, other)| shared(&other.content_tokens, &statement.content_tokens) > 0);
    signs.flag("crosses-another", others);
    let first = statement.content_tokens.first().map_or(0, |r| r.start);
    let last = statement.content_tokens.last().map_or(0, |r| r.end);
    let mark = |t: Option<usize>| {
        t.is_some_and(|t| matches!(reading.word(t), "“" | "\"" | "”" | "''" | "``"))
    };
    signs.flag("quoted", mark(first.checked_sub(1)) || mark(Some(first)));
    signs.flag(
        "ends-sentence",
        reading
            .sentences
            .get(reading.sentence_of(first))
            .is_some_and(|s| last + 1 >= s.tokens.end),
    );
    let sentences = reading.sentences.len();
    signs.add("log-sentences", (sentences.max(1) as f64).ln());
    signs.add("statements-a-sentence", share(statements.len(), sentences));
    signs
}

/// The rules behind its parts.
fn by_rule(statement: &Statement, signs: &mut Signs) {
    let rule = |field: &str| statement.why.get(field).map_or("", |r| r.rule.as_str());
    let (cue, line) = rule("cue").split_once(':').unwrap_or((rule("cue"), ""));
    signs.named("cue", cue);
    if !line.is_empty() {
        signs.named("word", line);
    }
    signs.named("content", rule("content"));
    signs.named("source", rule("sources"));
    signs.flag("refined", rule("act").contains('/'));
}

/// What the model sees of it: the cue, and how far its contents and sources are the same.
fn by_model(context: &Context<'_>, statement: &Statement, signs: &mut Signs) {
    let reading = context.reading;
    let roles = &reading.roles;
    let cue = statement.cue.map(|span| reading.tokens_in(span));
    let touches = |a: &TokenRange, b: &TokenRange| a.start < b.end && b.start < a.end;
    let linked = |to: usize, role: Role| -> Vec<&RoleSpan> {
        roles
            .iter()
            .filter(|r| r.role == role && r.link == Some(to))
            .collect()
    };
    let best = roles
        .iter()
        .enumerate()
        .filter(|(_, r)| r.role == Role::Cue && cue.as_ref().is_some_and(|c| touches(c, &r.tokens)))
        .max_by(|a, b| a.1.score.total_cmp(&b.1.score));
    let Some((number, role)) = best else {
        signs.add("model-blind", 1.0);
        return;
    };
    signs.add("model-cue", f64::from(role.score));
    let contents: Vec<TokenRange> = linked(number, Role::Content)
        .iter()
        .map(|r| r.tokens.clone())
        .collect();
    let common = shared(&contents, &statement.content_tokens);
    let all = length(&contents) + length(&statement.content_tokens) - common.min(length(&contents));
    signs.add("model-content", share(common, all));
    let sources = linked(number, Role::Source);
    let own = statement.sources.first().map(|s| reading.tokens_in(s.span));
    let agrees = match &own {
        Some(own) => sources.iter().any(|s| touches(own, &s.tokens)),
        None => sources.is_empty(),
    };
    signs.flag("model-source", agrees);
}

fn length(ranges: &[TokenRange]) -> usize {
    ranges.iter().map(ExactSizeIterator::len).sum()
}

/// How many tokens two lists of ranges have in common.
fn shared(a: &[TokenRange], b: &[TokenRange]) -> usize {
    a.iter()
        .flat_map(|x| {
            b.iter()
                .map(move |y| x.end.min(y.end).saturating_sub(x.start.max(y.start)))
        })
        .sum()
}
