//! Ties events and statements to each other.

use crate::{Event, Statement};

/// Fills `statements` of each event and `events` of each statement: a statement speaks of an event
/// if its content holds a mention of it or gives one of its tolls.
pub(crate) fn statements(events: &mut [Event], statements: &mut [Statement]) {
    for statement in statements.iter_mut() {
        statement.events.clear();
    }
    for (e, event) in events.iter_mut().enumerate() {
        for (s, statement) in statements.iter_mut().enumerate() {
            let mentions = event.mention_tokens.iter().any(|&t| statement.says(t));
            let counts = event.tolls.iter().any(|toll| toll.by == Some(s));
            if mentions || counts || event.statements.contains(&s) {
                if !event.statements.contains(&s) {
                    event.statements.push(s);
                }
                statement.events.push(e);
            }
        }
        event.statements.sort_unstable();
    }
}
