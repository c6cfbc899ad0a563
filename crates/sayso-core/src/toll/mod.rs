//! Tolls: counts of people and what happened to them.
//!
//! A count is a number with how it binds (`number`), the people it counts (`counted`) and the word
//! that says what became of them (`effect`). `attach` gives each to its event; `standing` finds
//! where the text says that there is no toll or that it is not known.

mod attach;
mod counted;
mod effect;
mod number;
mod standing;

pub(crate) use attach::{Anchor, attach};
pub(crate) use standing::{Standing, standing};

use crate::event::statement_at;
use crate::event::words::Words;
use crate::{Context, Mentions, Statement, Toll};

/// Finds every count of people killed, injured, missing, abducted, detained or displaced.
pub(crate) fn find(
    context: &Context<'_>,
    mentions: &Mentions,
    statements: &[Statement],
) -> Vec<Toll> {
    if !context.reading.annotated {
        return Vec::new();
    }
    let words = Words::of(context, mentions, &[]);
    let mut tolls: Vec<Toll> = Vec::new();
    for toll in effect::find(&words) {
        let same = |t: &Toll| t.span.overlaps(toll.span) && t.effect == toll.effect;
        if !tolls.iter().any(same) {
            tolls.push(toll);
        }
    }
    for toll in &mut tolls {
        toll.by = statement_at(statements, toll.token);
    }
    tolls.sort_by_key(|t| (t.span, t.effect));
    tolls
}
