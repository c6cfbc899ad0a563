//! What speaks for and against an event.

use sayso_text::Upos;

use super::{Signs, share};
use crate::{Context, Event, Side};

/// The signs of the event number `at`, in a fixed order.
pub(super) fn signs(context: &Context<'_>, events: &[Event], at: usize) -> Signs {
    let mut signs = Signs::default();
    let Some(event) = events.get(at) else {
        return signs;
    };
    let reading = context.reading;
    signs.add("base", 1.0);
    signs.add("score", f64::from(event.confidence));
    let rule = |field: &str| event.why.get(field).map_or("", |r| r.rule.as_str());
    signs.named("type", event.acled.unwrap_or("none"));
    let by = rule("type");
    signs.flag("refined", by.contains('>'));
    let verb = reading
        .tokens
        .get(event.anchor_token)
        .is_some_and(|t| t.upos == Upos::Verb);
    signs.flag("verb", verb);
    signs.named("status", event.status.as_str());
    signs.named("status-rule", rule("status"));
    signs.flag("sum", event.aggregate);
    signs.add(
        "log-mentions",
        (event.mention_tokens.len().max(1) as f64).ln(),
    );
    side(context, "a", &event.side_a, rule("side_a"), &mut signs);
    side(context, "b", &event.side_b, rule("side_b"), &mut signs);
    signs.flag(
        "no-side",
        event.side_a.is_empty() && event.side_b.is_empty(),
    );
    signs.named("toll", event.toll_status.as_str());
    signs.flag("weapons", !event.weapons.is_empty());
    match &event.place {
        None => signs.add("no-place", 1.0),
        Some(place) => {
            let own = reading.tokens_in(place.span).start;
            signs.flag(
                "place-elsewhere",
                reading.sentence_of(own) != reading.sentence_of(event.anchor_token),
            );
            signs.named("place", place.level.as_str());
        }
    }
    let said = event.time.as_ref().and_then(|t| t.span);
    match said {
        None => signs.add("no-time", 1.0),
        Some(span) => {
            let own = reading.tokens_in(span).start;
            signs.flag(
                "time-elsewhere",
                reading.sentence_of(own) != reading.sentence_of(event.anchor_token),
            );
        }
    }
    let days = event
        .time
        .as_ref()
        .and_then(|t| t.end)
        .zip(reading.report.published.as_ref())
        .and_then(|(end, published)| published.date().since(end).ok())
        .map(|span| span.get_days());
    signs.flag("month-ago", days.is_some_and(|days| days > 30));
    let sentence = reading.sentence_of(event.anchor_token);
    signs.flag("first-sentence", sentence == 0);
    signs.add("log-sentence", ((1 + sentence) as f64).ln());
    let sentences = reading.sentences.len();
    signs.add("log-sentences", (sentences.max(1) as f64).ln());
    let coded = events.iter().filter(|e| e.acled.is_some()).count();
    signs.add("log-events", (coded.max(1) as f64).ln());
    signs.add("events-a-sentence", share(coded, sentences));
    signs.flag("told-by-somebody", !event.statements.is_empty());
    let same_type = events
        .iter()
        .filter(|e| e.acled.is_some() && e.acled == event.acled)
        .count();
    signs.flag("type-again", same_type > 1);
    let neighbours = events
        .iter()
        .filter(|e| reading.sentence_of(e.anchor_token) == sentence)
        .count();
    signs.flag("sentence-shared", neighbours > 1);
    signs
}

/// How one side is filled.
fn side(context: &Context<'_>, name: &'static str, sides: &[Side], rule: &str, signs: &mut Signs) {
    let reading = context.reading;
    let Some(first) = sides.first() else {
        signs.named("side", &format!("{name}-empty"));
        return;
    };
    signs.named(&format!("rule-{name}"), rule);
    if sides.len() > 1 {
        signs.named("side", &format!("{name}-many"));
    }
    let token = reading.tokens.get(first.token);
    let how = match token.map(|t| t.upos) {
        Some(Upos::Pron) => "pronoun",
        Some(Upos::Propn) => "name",
        Some(Upos::Num) => "number",
        Some(Upos::Noun) => "noun",
        _ => "other",
    };
    signs.named("side", &format!("{name}-{how}"));
    let sort = token.map_or("", |t| t.etype);
    if !sort.is_empty() {
        signs.named("side", &format!("{name}-{sort}"));
    }
}
