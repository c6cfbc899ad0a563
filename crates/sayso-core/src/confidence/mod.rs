//! How likely a statement or an event is to be right.
//!
//! Signs are read off the finished sheet and the model's scores, and weighed by
//! `lexicon/confidence.tsv`: logistic regression on reports that people have annotated, made by
//! `sayso-eval confidence`. What comes out is a probability in the sense of the annotation guide's
//! scorer: for a statement that content, speaker, act and polarity are right, for an event that
//! type, status and sides are. Statements of sheets without ACLED type ("talks", "aid") are
//! weighed alike, though no gold has them.

mod event;
mod statement;

use std::borrow::Cow;

use crate::{Context, Event, Statement};

/// What speaks for (or, by its weight, against) a finding: names with values, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signs(Vec<(Cow<'static, str>, f64)>);

impl Signs {
    /// Names and values, in a fixed order; no name stands twice.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), *value))
    }

    fn add(&mut self, name: &'static str, value: f64) {
        self.0.push((Cow::Borrowed(name), value));
    }

    fn flag(&mut self, name: &'static str, holds: bool) {
        if holds {
            self.add(name, 1.0);
        }
    }

    fn named(&mut self, kind: &str, value: &str) {
        self.0.push((Cow::Owned(format!("{kind}:{value}")), 1.0));
    }
}

/// Part of a whole; 0 of nothing.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Gives every statement and event its signs and its confidence, which until here is the score
/// that it was kept for.
pub(crate) fn judge(context: &Context<'_>, statements: &mut [Statement], events: &mut [Event]) {
    let weights = &context.knowledge.lexicon.confidence;
    let of_statements: Vec<Signs> = (0..statements.len())
        .map(|at| statement::signs(context, statements, at))
        .collect();
    for (statement, signs) in statements.iter_mut().zip(of_statements) {
        statement.confidence = weights.statement.probability(signs.iter()) as f32;
        statement.signs = signs;
    }
    let of_events: Vec<Signs> = (0..events.len())
        .map(|at| event::signs(context, events, at))
        .collect();
    for (event, signs) in events.iter_mut().zip(of_events) {
        event.confidence = weights.event.probability(signs.iter()) as f32;
        event.signs = signs;
    }
}

#[cfg(test)]
mod tests;
