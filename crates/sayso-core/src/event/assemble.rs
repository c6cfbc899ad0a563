//! From grouped mentions to events: the best words for each field, and the reason behind each.

use std::collections::BTreeSet;

use sayso_lexicon::{Codes, EventWord};
use sayso_text::{Span, TokenRange};

use super::best::is_bare;
use super::claim;
use super::merge::{Told, is_outcome};
use super::whole_sides::{self, Both};
use super::words::Words;
use crate::mention::noun_phrase;
use crate::sheet::Reason;
use crate::toll::Standing as TollStanding;
use crate::{Event, EventRule, Side, Signs, Statement, Status, Toll, Why, id};

/// The least confidence of an event that is kept.
const KEEP: f32 = 0.72;

/// The same for what no score counts and no reader takes for violence: talks, aid, visits.
const KEEP_PEACEFUL: f32 = 0.55;

/// Makes an event of each group that is worth one, in text order.
///
/// `homes` gives for each toll its group.
pub(crate) fn events(
    words: &Words<'_>,
    told: &[Told],
    groups: &[Vec<usize>],
    tolls: Vec<Toll>,
    homes: &[Option<usize>],
    standing: &[TollStanding],
    statements: &[Statement],
) -> Vec<Event> {
    let mut tolls_of: Vec<Vec<Toll>> = vec![Vec::new(); groups.len()];
    for (toll, home) in tolls.into_iter().zip(homes) {
        if let Some(list) = home.and_then(|g| tolls_of.get_mut(g)) {
            list.push(toll);
        }
    }
    let claims = claims_of(words, told, groups);
    // Sentences that tell violence of their own keep their own toll.
    let violent: BTreeSet<usize> = told
        .iter()
        .filter(|t| t.hit.frame(words).violent)
        .map(|t| words.context.reading.sentence_of(t.hit.token))
        .collect();
    let answers = super::answer::find(words, statements);
    let mut events = Vec::new();
    let mut used = BTreeSet::new();
    for (g, group) in groups.iter().enumerate() {
        let mentions: Vec<&Told> = group.iter().map(|&i| &told[i]).collect();
        let tolls = std::mem::take(&mut tolls_of[g]);
        let Some(mut event) = one(words, &mentions, tolls, &claims[g], standing, &violent) else {
            continue;
        };
        let (mut status, mut rule, mut span) =
            super::whole_status::together(words, &mentions, statements);
        let heads: Vec<usize> = event.side_a.iter().map(|s| s.token).collect();
        let case = super::answer::Case {
            mentions: &mentions,
            status,
            side_a: &heads,
            tolls: &event.tolls,
        };
        let own: BTreeSet<usize> = group.iter().copied().collect();
        let nearer = |from: usize, to: usize| {
            told.iter().enumerate().any(|(i, t)| {
                !own.contains(&i)
                    && t.hit.token > from
                    && t.hit.token < to
                    && t.hit.frame(words).acled.is_some()
                    && t.standing.statement != told.get(group[0]).and_then(|t| t.standing.statement)
            })
        };
        if let Some((why, at)) =
            super::answer::disputed(words, &case, &answers, statements, &nearer)
        {
            status = Status::Disputed;
            why.clone_into(&mut rule);
            span = Some(at);
        }
        event.status = status;
        event.why.insert("status", Reason { rule, span });
        // Two events on one trigger keep apart by their number.
        let mut nth = 0;
        while !used.insert((event.anchor, nth)) {
            nth += 1;
        }
        event.id = id::make('e', &words.context.reading.report.id, event.anchor, nth);
        events.push(event);
    }
    events.sort_by_key(|e| (e.anchor.start(), e.anchor.end()));
    events
}

/// For each group, the claims and blames that are about it.
fn claims_of(words: &Words<'_>, told: &[Told], groups: &[Vec<usize>]) -> Vec<Vec<claim::Claim>> {
    let mut of: Vec<Vec<claim::Claim>> = vec![Vec::new(); groups.len()];
    for claim in claim::find(words) {
        let syntax = words.context.syntax;
        let named = claim.deed.and_then(|deed| {
            groups.iter().position(|group| {
                group.iter().any(|&i| {
                    let t = told[i].hit.token;
                    t == deed || (syntax.dominates(deed, t) && t.abs_diff(deed) <= 6)
                })
            })
        });
        // "…attacks, for which X claimed responsibility", or a claim in a later sentence.
        let here = words.context.reading.sentence_of(claim.verb);
        // Only a claim and plain blame may be about what was told before.
        let open = !claim.blamed || claim.deed.is_none() || words.is(claim.verb, "blame");
        let home = named.or_else(|| {
            if !open {
                return None;
            }
            (0..groups.len())
                .filter_map(|g| {
                    groups[g]
                        .iter()
                        .filter(|&&i| {
                            let there = words.context.reading.sentence_of(told[i].hit.token);
                            told[i].hit.frame(words).violent
                                && told[i].hit.token < claim.verb
                                && here - there <= 3
                        })
                        .max()
                        .map(|&i| (i, g))
                })
                .max()
                .map(|(_, g)| g)
        });
        if let Some(g) = home {
            of[g].push(claim);
        }
    }
    of
}

/// The codes of the mention that names the event best, or of the first other one of its type that
/// has more exact ones ("the attack" told before as "a man stabbed two guards").
fn codes_of(words: &Words<'_>, main: &Told, mentions: &[&Told]) -> Codes {
    let plain = main.hit.frame(words).codes;
    mentions
        .iter()
        .filter(|t| t.hit.frame == main.hit.frame)
        .map(|t| t.hit.codes)
        .find(|codes| *codes != plain && main.hit.codes == plain)
        .unwrap_or(main.hit.codes)
}

fn one(
    words: &Words<'_>,
    mentions: &[&Told],
    mut tolls: Vec<Toll>,
    claims: &[claim::Claim],
    standing: &[TollStanding],
    violent: &BTreeSet<usize>,
) -> Option<Event> {
    let reading = words.context.reading;
    let main = super::best::best(words, mentions)?;
    let mut frame = main.hit.frame(words);
    let mut codes = codes_of(words, main, mentions);
    if main.aggregate
        && words.on(crate::JoinRule::SumOfConflict)
        && mentions.iter().all(|t| is_outcome(words, t))
        && let Some(conflict) = words.lexicon().frames.named("conflict")
    {
        // "Since 2011, 400,000 have been killed": the toll of a whole conflict.
        frame = &words.lexicon().frames.all[conflict];
        codes = frame.codes;
    }
    tolls.sort_by_key(|t| (t.span, t.effect));
    let mut why = Why::new();

    let given = whole_sides::Given {
        claims,
        tolls: &tolls,
        violent,
    };
    let sides = whole_sides::of(words, frame, main, mentions, &given, &mut why);
    // A coup is one, whoever it is staged against.
    let stays = main.hit.trigger(words).never.iter().any(|n| n == "attack");
    let one_sided = frame.name == "armed-clash"
        && !stays
        && whole_sides::is_one_sided(words, main, &sides, &tolls);
    if one_sided && let Some(attack) = words.lexicon().frames.named("attack") {
        frame = &words.lexicon().frames.all[attack];
        codes = frame.codes;
    }
    let type_rule = if one_sided {
        format!("{}>attack:{}", main.hit.rule, EventRule::ClashTakesTwo)
    } else {
        main.hit.rule.clone()
    };
    let Both { a, b } = sides;

    let confidence = confidence(words, mentions, &a, &b, &tolls);
    let weak = mentions.iter().all(|t| t.hit.trigger(words).weak);
    let keep = if frame.acled.is_some() {
        KEEP
    } else {
        KEEP_PEACEFUL
    };
    if confidence < keep || (weak && a.is_empty() && b.is_empty() && tolls.is_empty()) {
        return None;
    }
    // "Protests erupted in Karsenne" tells where, which is enough.
    let told_where = words.on(EventRule::ToldWhere) && mentions.iter().any(|t| t.is_placed());
    if mentions.iter().all(|t| is_bare(words, t))
        && !told_where
        && tolls.is_empty()
        && a.is_empty()
        && b.is_empty()
    {
        return None;
    }

    let mut weapons: Vec<TokenRange> = Vec::new();
    for found in mentions.iter().flat_map(|t| &t.hit.weapons) {
        if !weapons.contains(&found.tokens) {
            weapons.push(found.tokens.clone());
        }
    }
    weapons.sort_by_key(|r| r.start);
    let anchor = reading.span(&main.hit.anchor);
    let mut mention_tokens: Vec<usize> = mentions.iter().map(|t| t.hit.token).collect();
    mention_tokens.extend(tolls.iter().map(|t| t.effect_token));
    mention_tokens.sort_unstable();
    mention_tokens.dedup();

    let (toll_status, toll_rule, toll_span) =
        super::whole_status::of_toll(words, mentions, &tolls, standing, violent);
    why.insert("type", reason(&type_rule, Some(anchor)));
    why.insert("anchor", reason(&main.hit.rule, Some(anchor)));
    why.entry("side_a")
        .or_insert_with(|| reason("syntax", a.first().map(|&t| phrase(words, t).0)));
    why.entry("side_b")
        .or_insert_with(|| reason("syntax", b.first().map(|&t| phrase(words, t).0)));
    why.insert("toll_status", reason(&toll_rule, toll_span));
    if let Some(toll) = tolls.first() {
        why.insert(
            "tolls",
            reason(
                "toll:effect",
                reading.tokens.get(toll.effect_token).map(|t| t.span),
            ),
        );
    }
    if let Some(first) = weapons.first() {
        why.insert(
            "weapons",
            reason("lexicon:weapons", Some(reading.span(first))),
        );
    }
    let aggregate = main.aggregate;
    if aggregate {
        why.insert(
            "aggregate",
            reason("sum", super::aggregate::cue(words, main.hit.token)),
        );
    }
    let statements = Vec::new();
    Some(Event {
        id: String::new(),
        anchor,
        anchor_token: main.hit.token,
        mention_tokens,
        acled: frame.acled,
        plover: codes.plover,
        plover_mode: codes.mode,
        cameo: codes.cameo,
        side_a: a.iter().map(|&t| side(words, t)).collect(),
        side_b: b.iter().map(|&t| side(words, t)).collect(),
        weapons: weapons.iter().map(|r| reading.span(r)).collect(),
        place: None,
        time: None,
        tolls,
        toll_status,
        status: Status::Asserted,
        aggregate,
        statements,
        confidence,
        signs: Signs::default(),
        why,
    })
}

fn reason(rule: &str, span: Option<Span>) -> Reason {
    Reason {
        rule: rule.to_owned(),
        span,
    }
}

/// The words of a side and its head.
fn phrase(words: &Words<'_>, token: usize) -> (Span, usize) {
    let reading = words.context.reading;
    if matches!(
        words.rel(token),
        sayso_text::Rel::Compound | sayso_text::Rel::Amod
    ) {
        // "IS attacks": the modifier alone is the side.
        let mut tokens = crate::mention::name_at(reading, token)
            .map_or(token..token + 1, |name| name.tokens.clone());
        // "Haitian police operation": with whose police they are.
        let whose = tokens.start.checked_sub(1).filter(|&t| {
            words.name_kind(t) == Some(sayso_text::NameKind::Norp)
                && words.head(t) == words.head(token)
        });
        if words.on(EventRule::DemonymOfDoer) {
            tokens.start = whose.unwrap_or(tokens.start);
        }
        return (reading.span(&tokens), token);
    }
    let mut tokens = words
        .mentions
        .headed_by(token)
        .map_or_else(|| noun_phrase(words.context, token), |m| m.tokens.clone());
    // "shot dead former mayor Lunt": the dead of the verb is no part of the mayor.
    let dead = words.form(tokens.start) == "dead"
        && tokens.start < token
        && tokens
            .start
            .checked_sub(1)
            .is_some_and(|t| words.is_verb(t));
    if dead && words.on(EventRule::VictimBehindParticle) {
        tokens.start += 1;
    }
    // "the arrest of a lawyer by police": nobody is by anybody, so the phrase ends there.
    let by = (token + 1..tokens.end).find(|&t| {
        words.form(t) == "by"
            && words.rel(t) == sayso_text::Rel::Case
            && words
                .head(t)
                .is_some_and(|doer| words.rel(doer) == sayso_text::Rel::Nmod)
    });
    tokens.end = by.unwrap_or(tokens.end);
    // "the killing by police of a student": nor are police of a student.
    if words.case(token) == Some("by")
        && let Some(victim) = super::noun_sides::victim_of_doer(words, token)
        && let Some(of) = (token + 1..victim).find(|&t| words.form(t) == "of")
    {
        tokens.end = tokens.end.min(of);
    }
    // "an attack by rebels on a checkpoint": nor are rebels on it.
    if words.case(token) == Some("by")
        && words.on(EventRule::TargetBelowDoer)
        && let Some(on) = (token + 1..tokens.end)
            .find(|&t| matches!(words.form(t), "on" | "upon" | "against" | "targeting"))
    {
        tokens.end = on;
    }
    tokens.end = place_behind(words, token, tokens.end);
    // "fired on the vehicles with light weapons": what they fired with is no part of the vehicles.
    let arms = (token + 1..tokens.end).find(|&t| {
        words.form(t) == "with"
            && words.rel(t) == sayso_text::Rel::Case
            && words
                .head(t)
                .is_some_and(|arms| words.weapon(arms).is_some())
    });
    if words.on(EventRule::ArmsAreNoSide) {
        tokens.end = arms.unwrap_or(tokens.end);
    }
    // "a band of fighters known as the Reed Brigade": the name belongs to the phrase.
    let named = words
        .context
        .syntax
        .children_by(token, &[sayso_text::Rel::Acl])
        .chain(
            words
                .context
                .syntax
                .children_by(token, &[sayso_text::Rel::Nmod])
                .flat_map(|c| words.context.syntax.children_by(c, &[sayso_text::Rel::Acl])),
        )
        .find(|&c| words.is_any(c, &["known", "called", "named", "dubbed"]));
    if let Some(named) = named {
        let mut end = words.context.syntax.reach(named).end;
        if let Some(stop) = (named..end)
            .find(|&t| matches!(words.form(t), "," | ";") || (t > named && words.is_verb(t)))
        {
            end = stop;
        }
        // A closing quotation mark after the comma is kept with its opening one.
        let open = (named..end).filter(|&t| words.form(t) == "“").count();
        let close = (named..end).filter(|&t| words.form(t) == "”").count();
        if open > close
            && let Some(mark) = (end..end + 3).find(|&t| words.form(t) == "”")
        {
            end = mark + 1;
        }
        tokens.end = tokens.end.max(end);
    }
    (reading.span(&tokens), token)
}

/// Where the words of a side end: "gunmen near Marun" are gunmen, near Marun is where.
fn place_behind(words: &Words<'_>, token: usize, end: usize) -> usize {
    if !words.on(EventRule::PlaceBehindPeople) || words.people(token).is_none() {
        return end;
    }
    let syntax = words.context.syntax;
    syntax
        .children_by(token, &[sayso_text::Rel::Nmod])
        .filter(|&c| words.place(c).is_some() || super::sides::is_ground(words, c))
        .filter_map(|c| syntax.child(c, &[sayso_text::Rel::Case]))
        .filter(|&case| case > token && words.form_in(case, EventWord::WhereBehindPeople))
        .fold(end, usize::min)
}

fn side(words: &Words<'_>, token: usize) -> Side {
    let (span, token) = phrase(words, token);
    Side {
        span,
        token,
        entity: words.mentions.entity_at(token),
        actor: None,
    }
}

/// The trigger's weight, raised by every field that the text fills.
fn confidence(
    words: &Words<'_>,
    mentions: &[&Told],
    a: &[usize],
    b: &[usize],
    tolls: &[Toll],
) -> f32 {
    let weight = mentions
        .iter()
        .map(|t| t.hit.weight)
        .fold(0.0_f32, f32::max);
    let mut doubt = 1.0 - weight;
    let mut halve = |holds: bool, by: f32| {
        if holds {
            doubt *= by;
        }
    };
    let mediated = mentions
        .iter()
        .any(|t| super::noun_sides::is_mediated(words, t.hit.token));
    halve(!a.is_empty() || mediated, 0.6);
    let on_ground = mentions
        .iter()
        .any(|t| super::sides::has_ground(words, t.hit.token));
    halve(!b.is_empty() || on_ground, 0.6);
    halve(!tolls.is_empty(), 0.6);
    halve(mentions.iter().any(|t| t.is_placed()), 0.75);
    halve(mentions.len() > 1, 0.75);
    1.0 - doubt
}
