//! How far a toponym is from an event in the tree, and whether it can be its place at all.

use sayso_lexicon::EventWord;
use sayso_text::{NameKind, Rel, Role, Upos};

use super::form_in;
use crate::{AttachRule, Context, Level, PlaceMention};

/// Whether an event can be at this toponym at all.
pub(super) fn is_usable(context: &Context<'_>, place: &PlaceMention) -> bool {
    let inside = |name: &sayso_text::Name| {
        name.tokens.start <= place.tokens.start
            && place.tokens.end <= name.tokens.end
            && name.tokens.len() > place.tokens.len()
            && matches!(
                name.kind,
                NameKind::Org
                    | NameKind::Person
                    | NameKind::Event
                    | NameKind::Product
                    | NameKind::Law
            )
    };
    let part = context.has(AttachRule::NameIsNoPlace) && context.reading.names.iter().any(inside);
    let beyond = context.has(AttachRule::BeyondBorder) && is_beyond_border(context, place);
    !place.demonym && !part && !beyond
}

/// "Near the border with Chad", "the Iran–Pakistan border": what the border is with is not where it
/// happened.
fn is_beyond_border(context: &Context<'_>, place: &PlaceMention) -> bool {
    let reading = context.reading;
    let is_border = |token: usize| {
        context
            .knowledge
            .lexicon
            .places
            .noun(&reading.word(token).to_lowercase())
            .is_some_and(|noun| noun == sayso_lexicon::PlaceNoun::Border)
            || reading.word(token).eq_ignore_ascii_case("borders")
    };
    let country = place.place.level == Level::Country;
    let start = place.tokens.start;
    let article = usize::from(
        start
            .checked_sub(1)
            .is_some_and(|before| reading.word(before).eq_ignore_ascii_case("the")),
    );
    let linked = start.checked_sub(1 + article).filter(|&link| {
        matches!(
            reading.word(link).to_lowercase().as_str(),
            "with" | "to" | "into"
        )
    });
    let with = linked
        .and_then(|link| link.checked_sub(1))
        .is_some_and(is_border);
    country && (with || is_border(place.tokens.end))
}

/// The token of the toponym that hangs on the rest of the sentence.
pub(super) fn head_of(context: &Context<'_>, place: &PlaceMention) -> usize {
    place
        .tokens
        .clone()
        .find(|&token| {
            context
                .syntax
                .head(token)
                .is_none_or(|head| !place.tokens.contains(&head))
        })
        .unwrap_or(place.tokens.start)
}

/// How far the toponym is from the event in the tree; infinite where it cannot be its place.
pub(super) fn cost(context: &Context<'_>, place: &PlaceMention, event: usize) -> f64 {
    let syntax = context.syntax;
    let head = head_of(context, place);
    if place.tokens.contains(&event) {
        return 0.0;
    }
    let mut above_place = vec![head];
    above_place.extend(syntax.ancestors(head));
    let mut above_event = vec![event];
    above_event.extend(syntax.ancestors(event));
    let Some((steps_event, meeting)) = above_event
        .iter()
        .enumerate()
        .find(|(_, token)| above_place.contains(token))
        .map(|(steps, &token)| (steps, token))
    else {
        return f64::INFINITY;
    };
    let steps_place = above_place
        .iter()
        .position(|&token| token == meeting)
        .unwrap_or(0);
    let clause = |path: &[usize]| -> f64 {
        path.iter()
            .map(|&token| match syntax.rel(token) {
                Rel::Ccomp | Rel::Parataxis | Rel::AdvclRelcl => 2.5,
                Rel::Advcl | Rel::AclRelcl | Rel::Csubj => 1.5,
                Rel::Conj if syntax.upos(token) == Upos::Verb => 1.0,
                Rel::Acl | Rel::Xcomp | Rel::Appos => 0.5,
                // Being one of a list costs nothing.
                Rel::Conj | Rel::Flat | Rel::Compound => -0.5,
                _ => 0.0,
            })
            .sum()
    };
    let crossed = clause(&above_place[..steps_place]) + clause(&above_event[..steps_event]);
    if context.has(AttachRule::SpeakerIsElsewhere)
        && is_whereabouts_of_speaker(context, place, meeting, &above_event[..steps_event])
    {
        return f64::INFINITY;
    }
    // "The U.S. offensive", "Israel's strikes", "US-backed forces": a country that no preposition
    // places acts.
    let acts = context.has(AttachRule::CountryActs)
        && place.place.level == Level::Country
        && syntax
            .children_by(head, &[Rel::Case])
            .all(|case| reading_is_possessive(context, case))
        && !matches!(syntax.rel(head), Rel::Obj | Rel::NsubjPass | Rel::Conj);
    if acts {
        let above = syntax.head(head).unwrap_or(head);
        let lemma = context
            .reading
            .tokens
            .get(above)
            .map_or("", |t| t.lemma.as_str());
        let words = &context.knowledge.lexicon.events.words;
        // "Syria's war" is where it is fought.
        let own = words.has(EventWord::HappensInside, lemma) && context.has(AttachRule::OwnWar);
        return if above == event && own {
            2.0
        } else {
            f64::INFINITY
        };
    }
    let words = head.abs_diff(event) as f64 / 25.0;
    (steps_place + steps_event) as f64 + crossed + words + role_cost(context, place, head)
}

fn reading_is_possessive(context: &Context<'_>, token: usize) -> bool {
    form_in(context, token, EventWord::PossessiveMark)
}

/// What the toponym's own relation says: "in Goma" places, "Russia" as a subject acts.
pub(super) fn role_cost(context: &Context<'_>, place: &PlaceMention, head: usize) -> f64 {
    let syntax = context.syntax;
    let reading = context.reading;
    if !context.has(AttachRule::PrepositionPlaces) {
        return 0.0;
    }
    let broad = place.place.level == Level::Country;
    let noun_head = syntax
        .head(head)
        .and_then(|above| reading.tokens.get(above))
        .is_some_and(|above| above.etype == "person" || above.etype == "organization");
    if let Some(case) = syntax.children_by(head, &[Rel::Case]).next() {
        let is = |class: EventWord| form_in(context, case, class);
        let beside = matches!(
            reading.word(case).to_lowercase().as_str(),
            "near" | "outside" | "around"
        );
        return if beside && context.has(AttachRule::BesidePlace) {
            // "In the town of Kitshanga, near Goma" is in Kitshanga.
            2.5
        } else if is(EventWord::LocatingPreposition) {
            if noun_head { 0.5 } else { -1.0 }
        } else if reading.word(case).eq_ignore_ascii_case("of") {
            if noun_head { 2.5 } else { 0.0 }
        } else if reading.word(case).eq_ignore_ascii_case("from") {
            if noun_head { 3.0 } else { 1.5 }
        } else if broad && is(EventWord::PartyPreposition) {
            5.0
        } else {
            1.0
        };
    }
    match syntax.rel(head) {
        Rel::Nsubj | Rel::NmodPoss | Rel::Compound | Rel::Amod | Rel::Nmod if broad => 6.0,
        // "El Fasher has been encircled", "the army shelled Saraqib".
        Rel::NsubjPass | Rel::Obj => 0.0,
        Rel::Nsubj => 1.5,
        Rel::NmodPoss => 1.0,
        Rel::Compound if noun_head => 2.0,
        _ => 0.5,
    }
}

/// "In Geneva, a spokesman said that …": the place hangs on the verb of saying, or is part of the
/// speaker, and the event is what is said.
fn is_whereabouts_of_speaker(
    context: &Context<'_>,
    place: &PlaceMention,
    meeting: usize,
    event_path: &[usize],
) -> bool {
    let reading = context.reading;
    let said = event_path
        .iter()
        .any(|&token| matches!(context.syntax.rel(token), Rel::Ccomp | Rel::Parataxis));
    reading.roles.iter().any(|role| match role.role {
        Role::Cue => said && role.tokens.contains(&meeting),
        Role::Source => {
            role.tokens.start <= place.tokens.start
                && place.tokens.end <= role.tokens.end
                && !event_path
                    .first()
                    .is_some_and(|event| role.tokens.contains(event))
        }
        Role::Content => false,
    })
}
