//! Where an event happened: the toponym that is nearest to its words in the tree.
//!
//! In that order: a toponym of the event's own sentence, by the path between them in the tree; the
//! place of an event or the finest toponym of the two sentences before; the dateline; and where the
//! text names no other, the place of whoever tells it. A demonym, the seat of a body in its name and
//! a country that acts are no places of an event.

use sayso_lexicon::EventWord;
use sayso_text::{NameKind, Rel, Role, Upos};

use super::phrase::{self, Shift};
use crate::sheet::Reason;
use crate::{AttachRule, Context, Event, Level, Place, PlaceMention};

/// Dearest path that still ties a toponym to an event.
const MOST_COST: f64 = 9.0;
/// A finer place inside the cheapest one may cost this much more.
const FINER_COST: f64 = 3.5;
/// A place that hangs on another event costs so much more.
const OTHERS_COST: f64 = 4.0;
/// How many sentences back a place still holds.
const SENTENCES_BACK: usize = 2;

/// Gives each event its place.
pub(super) fn locate(context: &Context<'_>, places: &[PlaceMention], events: &mut [Event]) {
    let reading = context.reading;
    let usable: Vec<bool> = places
        .iter()
        .map(|place| is_usable(context, place))
        .collect();
    // Events in text order, so that a place found for one holds for the next.
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|&at| events[at].anchor_token);
    let anchors: Vec<usize> = events.iter().map(|e| e.anchor_token).collect();
    let mut last: Option<(usize, Place)> = None;
    for at in order {
        let event = &events[at];
        let sentence = reading.sentence_of(event.anchor_token);
        let found = whole_country(context, places, event)
            .or_else(|| in_sentence(context, places, &usable, &anchors, event))
            .or_else(|| before(context, places, &usable, sentence, last.as_ref()))
            .or_else(|| dateline(context, places, sentence))
            .or_else(|| of_speaker(context, places, &usable, sentence))
            .or_else(|| country_of_police(context, places, event));
        if let Some((place, rule)) = found {
            if rule != "dateline" {
                last = Some((sentence, place.clone()));
            }
            let event = &mut events[at];
            event.why.insert(
                "place",
                Reason {
                    rule,
                    span: Some(place.span),
                },
            );
            event.place = Some(place);
        }
    }
}

/// Whether the lexicon's list of `class` has the word at `token`.
fn form_in(context: &Context<'_>, token: usize, class: EventWord) -> bool {
    let word = context.reading.word(token).to_lowercase();
    context.knowledge.lexicon.events.words.has(class, &word)
}

/// Whether an event can be at this toponym at all.
fn is_usable(context: &Context<'_>, place: &PlaceMention) -> bool {
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
    !place.demonym && !part
}

/// The token of the toponym that hangs on the rest of the sentence.
fn head_of(context: &Context<'_>, place: &PlaceMention) -> usize {
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

fn in_sentence(
    context: &Context<'_>,
    places: &[PlaceMention],
    usable: &[bool],
    anchors: &[usize],
    event: &Event,
) -> Option<(Place, String)> {
    let reading = context.reading;
    // What hangs on another event says where that was.
    let others: Vec<usize> = anchors
        .iter()
        .copied()
        .filter(|t| !event.mention_tokens.contains(t) && *t != event.anchor_token)
        .filter(|_| context.has(AttachRule::OtherEventsPlace))
        .collect();
    if !context.has(AttachRule::PlaceOfClause) {
        return None;
    }
    let mut costs: Vec<(f64, usize)> = Vec::new();
    for (number, place) in places.iter().enumerate() {
        if !usable[number] {
            continue;
        }
        let cost = std::iter::once(event.anchor_token)
            .chain(event.mention_tokens.iter().copied())
            .filter(|&t| reading.sentence_of(t) == reading.sentence_of(place.tokens.start))
            .map(|token| {
                // Another mention of the event is a little less telling than its anchor.
                let later = if token == event.anchor_token {
                    0.0
                } else {
                    2.0
                };
                let head = head_of(context, place);
                let of_other = std::iter::once(head)
                    .chain(context.syntax.ancestors(head))
                    .take_while(|&t| t != token)
                    .any(|t| others.contains(&t) && !context.syntax.dominates(t, token));
                let apart = if of_other { OTHERS_COST } else { 0.0 };
                (cost(context, place, token) + later, apart)
            })
            .filter(|&(cost, _)| cost <= MOST_COST)
            .map(|(cost, apart)| cost + apart)
            .min_by(f64::total_cmp);
        costs.extend(cost.map(|cost| (cost, number)));
    }
    let &(cheapest, best) = costs
        .iter()
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
    // The finest place inside the cheapest one: Harim, in "in Idlib province, at Harim"; then the
    // finest inside that one, where the two are one phrase.
    let finer = |than: usize| {
        costs
            .iter()
            .filter(|&&(cost, number)| {
                let near = cost <= cheapest + FINER_COST
                    || stands_before(context, &places[number], &places[than]);
                near && is_within(&places[number].place, &places[than].place)
            })
            .min_by(|a, b| (places[a.1].place.level, a.1).cmp(&(places[b.1].place.level, b.1)))
            .map_or(than, |&(_, number)| number)
    };
    let finest = if context.has(AttachRule::FinestInside) {
        finer(finer(best))
    } else {
        best
    };
    // Words that could not be resolved give way to some that could, if those are near.
    let chosen = if places[finest].place.lat.is_none() && context.has(AttachRule::ResolvedFirst) {
        costs
            .iter()
            .filter(|&&(cost, number)| {
                cost <= cheapest + FINER_COST && places[number].place.lat.is_some()
            })
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map_or(finest, |&(_, number)| finer(number))
    } else {
        finest
    };
    let rule = if chosen != best {
        "finest-in-sentence"
    } else if cheapest <= 3.0 {
        "attached"
    } else {
        "same-sentence"
    };
    Some(finish(context, places, chosen, rule))
}

/// "Harim, Idlib", "Mweso, in Masisi": whatever the tree says, the two are one phrase.
fn stands_before(context: &Context<'_>, inner: &PlaceMention, outer: &PlaceMention) -> bool {
    let between = inner.tokens.end..outer.tokens.start;
    inner.tokens.end <= outer.tokens.start
        && between.len() <= 3
        && between
            .clone()
            .any(|token| form_in(context, token, EventWord::BetweenPlaces))
        && between.clone().all(|token| {
            form_in(context, token, EventWord::BetweenPlaces)
                || context.reading.word(token) == "the"
        })
}

/// Whether `inner` is a finer place that may lie inside `outer`.
fn is_within(inner: &Place, outer: &Place) -> bool {
    if inner.level >= outer.level || inner.country != outer.country || inner.country.is_none() {
        return false;
    }
    match outer.level {
        Level::Country => true,
        _ if inner.admin1.is_some() && outer.admin1.is_some() && inner.admin1 != outer.admin1 => {
            false
        }
        Level::Province => true,
        _ => km(inner, outer).is_some_and(|away| away < 60.0),
    }
}

fn km(a: &Place, b: &Place) -> Option<f64> {
    let (a, b) = ((a.lat?, a.lon?), (b.lat?, b.lon?));
    let north = (a.0 - b.0) * 111.2;
    let east = (a.1 - b.1) * 111.2 * a.0.to_radians().cos();
    Some(north.hypot(east))
}

/// How far the toponym is from the event in the tree; infinite where it cannot be its place.
fn cost(context: &Context<'_>, place: &PlaceMention, event: usize) -> f64 {
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
fn role_cost(context: &Context<'_>, place: &PlaceMention, head: usize) -> f64 {
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
        return if is(EventWord::LocatingPreposition) {
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

fn before(
    context: &Context<'_>,
    places: &[PlaceMention],
    usable: &[bool],
    sentence: usize,
    last: Option<&(usize, Place)>,
) -> Option<(Place, String)> {
    let reading = context.reading;
    // A place that is finer than a country first; then a country.
    for (back, countries) in (1..=SENTENCES_BACK.min(sentence))
        .map(|back| (back, false))
        .chain((1..=SENTENCES_BACK.min(sentence)).map(|back| (back, true)))
    {
        let there = sentence - back;
        if let Some((at, place)) = last
            && context.has(AttachRule::PlaceOfEventBefore)
            && *at == there
            && (countries || place.level < Level::Country)
        {
            return Some((place.clone(), format!("place-of-event-before/{back}")));
        }
        let finest = places
            .iter()
            .enumerate()
            .filter(|&(number, place)| {
                usable[number]
                    && place.place.lat.is_some()
                    && (countries || place.place.level < Level::Country)
                    && reading.sentence_of(place.tokens.start) == there
                    && role_cost(context, place, head_of(context, place)) < 2.0
                    && !is_source(context, place)
            })
            .min_by_key(|(number, place)| (place.place.level, *number));
        if let Some((number, _)) = finest.filter(|_| context.has(AttachRule::PlaceOfSentenceBefore))
        {
            return Some(finish(context, places, number, "sentence-before"));
        }
    }
    None
}

fn is_source(context: &Context<'_>, place: &PlaceMention) -> bool {
    context
        .reading
        .roles
        .iter()
        .any(|role| role.role == Role::Source && role.tokens.contains(&place.tokens.start))
}

/// The place that opens the report ("GOMA (Agency) — …"), for events of its first sentences.
fn dateline(
    context: &Context<'_>,
    places: &[PlaceMention],
    sentence: usize,
) -> Option<(Place, String)> {
    let first = places
        .first()
        .filter(|place| place.tokens.start <= 1 && !place.demonym && place.place.lat.is_some())?;
    let behind = (first.tokens.end..first.tokens.end + 8)
        .any(|token| form_in(context, token, EventWord::DatelineMark));
    (behind && sentence <= 3 && context.has(AttachRule::DatelinePlace))
        .then(|| finish(context, places, 0, "dateline"))
}

/// "closes all schools across the country", "a national state of emergency": the country that the
/// sentence or else the text names first.
fn whole_country(
    context: &Context<'_>,
    places: &[PlaceMention],
    event: &Event,
) -> Option<(Place, String)> {
    let reading = context.reading;
    if !context.has(AttachRule::AcrossCountry) {
        return None;
    }
    let sentence = reading
        .sentences
        .get(reading.sentence_of(event.anchor_token))?;
    let own = context.syntax.reach(event.anchor_token);
    let beside =
        |t: usize| own.contains(&t) || t > event.anchor_token && t < event.anchor_token + 12;
    let wide = sentence.tokens.clone().filter(|&t| beside(t)).any(|t| {
        let common = reading.word(t).starts_with(char::is_lowercase);
        // "a national state of emergency", but not "on the national day"
        let of_event = context
            .syntax
            .head(t)
            .is_some_and(|head| head == event.anchor_token || event.mention_tokens.contains(&head));
        common
            && form_in(context, t, EventWord::Nationwide)
            && (of_event || !reading.word(t).eq_ignore_ascii_case("national"))
            || reading.word(t).eq_ignore_ascii_case("country")
                && t.checked_sub(2)
                    .is_some_and(|p| form_in(context, p, EventWord::AcrossPreposition))
    });
    if !wide {
        return None;
    }
    let is_country = |p: &PlaceMention| p.place.level == Level::Country && p.place.lat.is_some();
    let here = |p: &PlaceMention| sentence.tokens.contains(&p.tokens.start);
    let number = places
        .iter()
        .position(|p| here(p) && is_country(p) && !p.demonym)
        .or_else(|| places.iter().position(|p| here(p) && is_country(p)))
        .or_else(|| places.iter().position(is_country))?;
    Some(finish(context, places, number, "across-the-country"))
}

/// "Turkish police arrest 161 people": police, courts and governments act at home.
fn country_of_police(
    context: &Context<'_>,
    places: &[PlaceMention],
    event: &Event,
) -> Option<(Place, String)> {
    if !context.has(AttachRule::PoliceAtHome) {
        return None;
    }
    let words = &context.knowledge.lexicon.events.words;
    let number = event.side_a.iter().find_map(|side| {
        let lemma = &context.reading.tokens.get(side.token)?.lemma;
        if !words.has(EventWord::HomeForce, &lemma.to_lowercase()) {
            return None;
        }
        places.iter().position(|p| {
            p.place.level == Level::Country
                && p.place.lat.is_some()
                && p.tokens
                    .clone()
                    .any(|t| context.syntax.head(t) == Some(side.token))
        })
    })?;
    Some(finish(context, places, number, "police-at-home"))
}

/// The place of those who tell it, in the event's sentence or up to two before: "Villagers in
/// Tin-Akoff said that helicopters had fired on a wedding". Last of all, and no country.
fn of_speaker(
    context: &Context<'_>,
    places: &[PlaceMention],
    usable: &[bool],
    sentence: usize,
) -> Option<(Place, String)> {
    if !context.has(AttachRule::PlaceOfSpeaker) {
        return None;
    }
    let reading = context.reading;
    (0..=SENTENCES_BACK.min(sentence)).find_map(|back| {
        let (number, _) = places
            .iter()
            .enumerate()
            .filter(|&(number, place)| {
                let head = head_of(context, place);
                let cased = context.syntax.rel(head) == Rel::Nmod
                    && context
                        .syntax
                        .children_by(head, &[Rel::Case])
                        .any(|case| form_in(context, case, EventWord::LocatingPreposition));
                let owner = context.syntax.rel(head) == Rel::NmodPoss;
                // A minister in Geneva may speak of anywhere, villagers of where they are.
                let local = context
                    .syntax
                    .head(head)
                    .and_then(|above| reading.tokens.get(above))
                    .is_some_and(|above| {
                        let words = &context.knowledge.lexicon.events.words;
                        words.has(EventWord::LocalSpeaker, &above.lemma.to_lowercase())
                    });
                usable[number]
                    && place.place.lat.is_some()
                    && place.place.level < Level::Country
                    && reading.sentence_of(place.tokens.start) + back == sentence
                    && (cased || owner)
                    && local
            })
            .min_by_key(|(number, place)| (place.place.level, *number))?;
        Some(finish(context, places, number, "place-of-speaker"))
    })
}

/// The place of toponym `number`, moved or joined with the next as its phrase says.
fn finish(
    context: &Context<'_>,
    places: &[PlaceMention],
    number: usize,
    rule: &str,
) -> (Place, String) {
    // Of a road that is called by both its ends, the first end tells where it is.
    let number = number
        .checked_sub(1)
        .filter(|&first| phrase::is_route(context, &places[first], &places[number]))
        .unwrap_or(number);
    let mention = &places[number];
    let mut place = mention.place.clone();
    let mut rule = format!("{rule}/{}", mention.rule);
    match phrase::shift(context, mention, places.get(number + 1)) {
        Some(Shift::Away {
            span,
            north_km,
            east_km,
        }) => {
            if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
                let shrink = lat.to_radians().cos().max(0.05);
                place.lat = Some(round(lat + north_km / 111.2));
                place.lon = Some(round(lon + east_km / (111.2 * shrink)));
            }
            place.span = span;
            place.geonames = None;
            place.where_prec = place.where_prec.max(2);
            rule.push_str("/distance-and-direction");
        }
        Some(Shift::Beside { span }) => {
            place.span = span;
            place.where_prec = place.where_prec.max(2);
        }
        Some(Shift::Between { span, other }) => {
            let other = &other.place;
            if let (Some(a), Some(b), Some(c), Some(d)) =
                (place.lat, place.lon, other.lat, other.lon)
            {
                place.lat = Some(round(f64::midpoint(a, c)));
                place.lon = Some(round(f64::midpoint(b, d)));
            }
            place.name = format!("between {} and {}", place.name, other.name);
            place.span = span;
            place.geonames = None;
            place.where_prec = place.where_prec.max(2);
            rule.push_str("/between");
        }
        None => {}
    }
    (place, rule)
}

fn round(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}
