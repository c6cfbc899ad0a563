//! The pure core: a [`Reading`] becomes a [`Sheet`].
//!
//! No file, clock, network, environment or randomness is reachable from here (`clippy.toml` of
//! this crate forbids them): the same reading and the same knowledge give the same sheet.

mod actor;
mod confidence;
mod event;
mod id;
mod km;
mod knowledge;
mod mention;
mod place;
mod rule;
mod sheet;
mod statement;
mod syntax;
#[cfg(test)]
mod test_reading;
mod time;
mod toll;

pub use confidence::Signs;
pub(crate) use km::km;
pub use knowledge::Knowledge;
pub(crate) use knowledge::registry_day;
pub use mention::{Entity, EntityId, Mention, MentionKind, Mentions};
pub use rule::{
    ActorRule, AttachRule, EdgeRule, EventRule, JoinRule, PlaceRule, ProtectRule, Rule, Rules,
    StatementRule, StatusRule, TimeRule, TollRule, edge_says,
};
pub use sheet::{
    Act, Actor, ActorKind, Bound, Certainty, DatePrec, Edge, Effect, Event, EventTime, Level, Part,
    Place, PlaceMention, Polarity, Protect, Reason, Sheet, Side, Source, SourceKind, Statement,
    Status, TimeMention, TimeType, Toll, TollStatus, Who, Why,
};
pub use syntax::Syntax;

use sayso_text::Reading;

/// Codes a reading: every statement and every event, each tied to the characters it comes from.
///
/// Total: any reading gives a sheet; what could not be understood is in its notes. The phases
/// run in the order of this function, each a function of the reading and the earlier phases.
pub fn code(reading: &Reading, knowledge: &Knowledge<'_>) -> Sheet {
    let reading = &*mention::joined(reading, knowledge);
    let syntax = Syntax::of(reading);
    let context = Context {
        reading,
        syntax: &syntax,
        knowledge,
    };

    let places = place::find(&context);
    let times = time::find(&context, &places);
    let mentions = mention::find(&context, &places);
    let mut statements = statement::find(&context, &mentions);
    let tolls = toll::find(&context, &mentions, &statements);
    let mut events = event::find(&context, &mentions, &places, &times, &mut statements, tolls);
    place::locate(&context, &places, &mut events);
    time::date(&context, &times, &mut events);
    let actors = actor::assemble(
        &context,
        &mentions,
        &places,
        time::written(reading, &times),
        &mut statements,
        &mut events,
    );

    confidence::judge(&context, &mut statements, &mut events);

    let mut notes = reading.notes.clone();
    notes.extend(statement::notes(&context, &mentions, &statements));
    notes.extend(time::notes(&context, &times));
    notes.sort_by_key(|note| (note.span, note.code));
    Sheet {
        statements,
        events,
        actors,
        places,
        times,
        notes,
    }
}

/// Who is who in a reading: its mentions and their chains, without the rest of the sheet.
pub fn resolve(reading: &Reading, knowledge: &Knowledge<'_>) -> Mentions {
    let reading = &*mention::joined(reading, knowledge);
    let syntax = Syntax::of(reading);
    let context = Context {
        reading,
        syntax: &syntax,
        knowledge,
    };
    let places = place::find(&context);
    mention::find(&context, &places)
}

/// What every phase reads.
pub(crate) struct Context<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) syntax: &'a Syntax,
    pub(crate) knowledge: &'a Knowledge<'a>,
}

impl Context<'_> {
    /// Whether `rule` is in force; where it is not, the program acts as if it had not been written.
    pub(crate) fn has(&self, rule: impl Into<Rule>) -> bool {
        self.knowledge.rules.has(rule)
    }
}
