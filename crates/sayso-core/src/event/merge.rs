//! Which mentions tell of one event.
//!
//! Mentions are taken in text order. Each joins the nearest earlier event that it may be a mention
//! of, or opens a new one. Only what the text says is compared: type, sides, places and times of
//! the clause, and words that set an event apart ("another", "a second").

use jiff::civil::Date;
use sayso_lexicon::{Args, EventWord, TriggerPos};
use sayso_text::{Rel, Span, TokenRange};

use super::apart::{self, Spot};
use super::cause;
use super::retell::{Figures, figures, retells};
use super::status::{Standing, is_definite};
use super::trigger::Hit;
use super::words::Words;
use crate::time::{clause_of, is_of_count};
use crate::{JoinRule, Level, Status, TimeMention, Toll};

/// A mention of an event.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) hit: Hit,
    pub(crate) standing: Standing,
    /// A sum over many incidents.
    pub(crate) aggregate: bool,
    pub(crate) definite: bool,
    /// An indefinite noun phrase ("a car bombing"), which tells of something new.
    pub(crate) introduces: bool,
    /// The words that set it apart from what was told before.
    pub(crate) apart: Option<Span>,
    pub(super) places: Vec<String>,
    pub(super) times: Vec<(Date, Date)>,
    pub(super) spots: Vec<Spot>,
    /// The days that hang on its own verb.
    pub(super) days: Vec<(Date, Date)>,
}

impl Told {
    pub(crate) fn new(
        words: &Words<'_>,
        times: &[TimeMention],
        hit: Hit,
        standing: Standing,
        aggregate: bool,
    ) -> Self {
        let reach = own_clause(words, &hit);
        let places = words
            .places
            .iter()
            .filter(|p| {
                !p.demonym
                    && reach.contains(&p.tokens.start)
                    && matches!(
                        p.place.level,
                        Level::Settlement | Level::Neighbourhood | Level::District | Level::Site
                    )
            })
            .map(|p| p.place.name.to_lowercase())
            .collect();
        let own_verb = |t: &&TimeMention| {
            hit.pos == TriggerPos::Verb
                && t.tokens.start < words.context.reading.tokens.len()
                && clause_of(words.context, t.tokens.start) == hit.token
        };
        let days = times
            .iter()
            .filter(own_verb)
            .filter_map(|t| Some((t.start?, t.end?)))
            .collect();
        let times = times
            .iter()
            .filter(|t| reach.contains(&t.tokens.start))
            // "The toll of the raid rose to 17 on Tuesday": the raid was before.
            .filter(|t| !is_of_count(words.context, hit.token, &t.tokens))
            .filter_map(|t| Some((t.start?, t.end?)))
            .collect();
        Self {
            definite: hit.pos == TriggerPos::Noun && is_definite(words, hit.token),
            introduces: hit.pos == TriggerPos::Noun
                && !matches!(words.rel(hit.token), Rel::Appos | Rel::Root)
                && words
                    .children(hit.token)
                    .iter()
                    .any(|&c| words.rel(c) == Rel::Det && words.form_in(c, EventWord::Article))
                && words.context.syntax.child(hit.token, &[Rel::Cop]).is_none(),
            apart: set_apart(words, &hit),
            places,
            times,
            spots: apart::own_spots(words, &hit),
            days,
            hit,
            standing,
            aggregate,
        }
    }

    /// Whether the clause itself names a place or a time.
    pub(crate) fn is_placed(&self) -> bool {
        !self.places.is_empty() || !self.times.is_empty()
    }
}

/// The tokens of the clause a mention stands in.
fn own_clause(words: &Words<'_>, hit: &Hit) -> TokenRange {
    let syntax = words.context.syntax;
    match hit.pos {
        TriggerPos::Verb => syntax.reach(hit.token),
        TriggerPos::Noun => {
            let own = syntax.reach(hit.token);
            let above = syntax.reach(hit.predicate);
            // A place or time beside the noun in its verb's clause is the event's as well.
            if words.is_verb(hit.predicate) && above.len() <= 30 {
                above
            } else {
                own
            }
        }
    }
}

fn set_apart(words: &Words<'_>, hit: &Hit) -> Option<Span> {
    if !words.on(JoinRule::SetApart) {
        return None;
    }
    let span = |t: usize| words.context.reading.tokens.get(t).map(|t| t.span);
    // Bodies that are found tell of what nobody has told yet.
    if hit.trigger(words).args == Args::Found {
        return span(hit.token);
    }
    let clause = if words.is_verb(hit.predicate) {
        hit.predicate
    } else {
        hit.token
    };
    // "has targeted areas of the province in the past", "captured the town last year"
    let timed = words
        .children(clause)
        .iter()
        .chain(words.children(hit.token))
        .copied()
        .find(|&child| {
            matches!(
                words.rel(child),
                Rel::Obl | Rel::OblUnmarked | Rel::Advmod | Rel::Nmod | Rel::NmodUnmarked
            ) && words.form_in(child, EventWord::LongAgo)
                && (!words.form_in(child, EventWord::TimeUnit)
                    || words
                        .children(child)
                        .iter()
                        .any(|&c| words.form_in(c, EventWord::Past)))
        });
    if let Some(timed) = timed {
        return span(timed);
    }
    // "It came days after nine miners were killed in an ambush"
    let marked = words
        .context
        .syntax
        .children_by(clause, &[Rel::Mark, Rel::Case])
        .find(|&c| words.form_in(c, EventWord::AfterOrBefore))
        .filter(|mark| {
            mark.checked_sub(1)
                .is_some_and(|b| words.form_in(b, EventWord::TimeUnit))
        });
    if let Some(mark) = marked {
        return span(mark);
    }
    // "repelled a counter-attack"
    if hit.pos == TriggerPos::Noun && words.is_in(hit.token, EventWord::ApartNoun) {
        return span(hit.token);
    }
    if hit.pos == TriggerPos::Noun
        && let Some(&child) = words
            .children(hit.token)
            .iter()
            .find(|&&c| words.form_in(c, EventWord::Apart) && c < hit.token)
    {
        return span(child);
    }
    // "In another incident, …", "Elsewhere, …", "In April, …" set the whole sentence apart, unless
    // it says "the attack".
    if hit.pos == TriggerPos::Noun && is_definite(words, hit.token) {
        return None;
    }
    let sentence = words.sentence(hit.token);
    let opening = sentence.start..(sentence.start + 4).min(sentence.end);
    opening
        .take_while(|&t| words.form(t) != ",")
        .find(|&t| {
            words.form_in(t, EventWord::OpensApart)
                || words.form(t) == "march"
                    && t.checked_sub(1).is_some_and(|b| words.form(b) == "in")
        })
        .and_then(span)
}

/// Groups mentions into events: for each event the indexes of its mentions, in text order.
pub(crate) fn group(words: &Words<'_>, told: &[Told], tolls: &[Toll]) -> Vec<Vec<usize>> {
    let figures = &figures(words, tolls);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut home: Vec<Option<usize>> = vec![None; told.len()];
    // Outcomes wait until every cause has its event.
    for i in (0..told.len()).filter(|&i| !is_outcome(words, &told[i])) {
        let best = (0..groups.len())
            .filter(|&g| may_join(words, told, figures, i, &groups[g]))
            .max_by_key(|&g| closeness(words, told, i, &groups[g]));
        place(&mut groups, &mut home, i, best);
    }
    for i in (0..told.len()).filter(|&i| is_outcome(words, &told[i])) {
        let cause = cause::in_sentence(words, told, i).and_then(|j| home[j]);
        let best = cause
            .or_else(|| (0..groups.len()).find(|&g| retells(words, told, figures, i, &groups[g])))
            .or_else(|| cause::earlier(words, told, i, &groups))
            .or_else(|| (0..groups.len()).find(|&g| taken_up(words, told, i, &groups[g])));
        place(&mut groups, &mut home, i, best);
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

/// Whether the group goes back to the killing `i` by a general word: "Gunmen killed nine men. The
/// attack was claimed …". Nothing violent may be told between the two.
fn taken_up(words: &Words<'_>, told: &[Told], i: usize, group: &[usize]) -> bool {
    let reading = words.context.reading;
    let one = &told[i];
    let Some(&first) = group.iter().min() else {
        return false;
    };
    let at = |t: &Told| reading.sentence_of(t.hit.token);
    let kind = |t: &Told| (t.standing.status == Status::Planned, t.aggregate);
    let between = (i + 1..first).any(|k| {
        let violent = told[k].hit.frame(words).violent;
        violent && told[k].hit.token != one.hit.token && at(&told[k]) != at(one)
    });
    words.on(JoinRule::AttackTakesUp)
        && one.hit.pos == TriggerPos::Verb
        && (!one.hit.sides.a.is_empty() || !one.hit.sides.b.is_empty())
        && first > i
        && at(&told[first]) > at(one)
        && at(&told[first]) - at(one) <= 3
        && !between
        && group.iter().all(|&j| {
            let other = &told[j];
            takes_up(words, other)
                && other.apart.is_none()
                && kind(other) == kind(one)
                && !conflicts(words, other, one)
        })
}

/// Whether a mention is a known noun for any violence: "the attack".
pub(super) fn takes_up(words: &Words<'_>, told: &Told) -> bool {
    told.definite
        && told.hit.pos == TriggerPos::Noun
        && told
            .hit
            .trigger(words)
            .covers
            .iter()
            .any(|c| c == "violent")
}

fn place(groups: &mut Vec<Vec<usize>>, home: &mut [Option<usize>], i: usize, best: Option<usize>) {
    let g = best.unwrap_or_else(|| {
        groups.push(Vec::new());
        groups.len() - 1
    });
    groups[g].push(i);
    home[i] = Some(g);
}

/// Whether the mention tells only what came of an event; a weapon of its own makes it a cause.
pub(crate) fn is_outcome(words: &Words<'_>, told: &Told) -> bool {
    let own_type = told.hit.frame != told.hit.matched.0
        && !matches!(
            told.hit.frame(words).name.as_str(),
            "armed-clash" | "attack"
        );
    // "bombed the market, killing 27": the jets are those of the bombing.
    let participial = told.hit.pos == TriggerPos::Verb
        && words.rel(told.hit.token) == Rel::Advcl
        && words.form(told.hit.token).ends_with("ing");
    let own_type = own_type && !participial;
    // "killings of tribal elders" with victims of their own are an event.
    let whole = told.hit.pos == TriggerPos::Noun
        && !told.hit.sides.b.is_empty()
        && !told.definite
        && words.on(JoinRule::KillingWithVictims);
    told.hit.trigger(words).outcome && !own_type && !whole
}

/// Nearness: a shared side first, then the latest mention.
fn closeness(words: &Words<'_>, told: &[Told], i: usize, group: &[usize]) -> (bool, bool, usize) {
    let same_type = group
        .iter()
        .any(|&j| told[j].hit.frame == told[i].hit.frame);
    let shared = group.iter().any(|&j| {
        share(words, &told[i].hit.sides.a, &told[j].hit.sides.a)
            || share(words, &told[i].hit.sides.b, &told[j].hit.sides.b)
    });
    let last = group.iter().copied().filter(|&j| j < i).max().unwrap_or(0);
    (same_type, shared, last)
}

fn covers(words: &Words<'_>, general: &Hit, other: &Hit) -> bool {
    general.trigger(words).covers.iter().any(|name| {
        if name == "violent" {
            let frame = other.frame(words);
            frame.violent
                && !matches!(
                    frame.name.as_str(),
                    "abduction"
                        | "looting"
                        | "sexual-violence"
                        | "government-regains-territory"
                        | "non-state-overtakes-territory"
                        | "conflict"
                )
        } else {
            *name == other.frame(words).name
        }
    })
}

fn may_join(
    words: &Words<'_>,
    told: &[Told],
    figures: &Figures,
    i: usize,
    group: &[usize],
) -> bool {
    let one = &told[i];
    if retells(words, told, figures, i, group) || is_dispersed(words, told, i, group) {
        return true;
    }
    let reading = words.context.reading;
    let away = |j: usize| {
        reading
            .sentence_of(one.hit.token)
            .saturating_sub(reading.sentence_of(told[j].hit.token))
    };
    let beside = |j: usize| words.sentence(told[j].hit.token).contains(&one.hit.token);
    // What is set apart joins only what the same sentence sets apart.
    if !compatible(words, told, one, group)
        || (one.apart.is_some() && !group.iter().all(|&j| beside(j)))
    {
        return false;
    }
    if group.iter().any(|&j| {
        let other = &told[j].hit;
        apart::other_day(words, &one.hit, other)
            || cause::answers(words, &one.hit, other)
            || cause::answers(words, other, &one.hit)
    }) {
        return false;
    }
    // The lead tells again what a headline in the text has told.
    let is_lead = reading.sentence_of(one.hit.token) <= 1
        && group
            .iter()
            .all(|&j| reading.sentence_of(told[j].hit.token) == 0)
        && words.on(JoinRule::LeadRepeatsHeadline);
    // "blamed the rebels for a massacre": for what has been told.
    let blamed = one.standing.rule == "statement:accuse"
        && one.hit.pos == TriggerPos::Noun
        && words.on(JoinRule::BlamedForTold);
    let new = one.introduces && !blamed && words.on(JoinRule::ArticleIntroduces);
    if new
        && !is_lead
        && !group.iter().any(|&j| beside(j))
        && group.iter().any(|&j| !is_outcome(words, &told[j]))
    {
        return false;
    }
    // What is denied in passing ("is not targeting civilians") denies no event told before.
    let negated = |t: &Told| t.standing.rule == "negation";
    if group.iter().any(|&j| negated(&told[j]) != negated(one))
        && words.on(JoinRule::PassingDenial)
        && !one.definite
        && !denies_the_same(words, told, one, group)
    {
        return false;
    }
    let planned = |t: &Told| t.standing.status == Status::Planned;
    if group.iter().any(|&j| planned(&told[j]) != planned(one))
        && words.on(JoinRule::PlanKeepsApart)
    {
        return false;
    }
    if group.iter().any(|&j| told[j].aggregate != one.aggregate)
        && words.on(JoinRule::SumsKeepApart)
    {
        return false;
    }
    // Those who are blamed may be others than those who are known to have done it.
    let against = |j: usize| {
        if blamed {
            conflicts_in_place_or_time(words, one, &told[j])
        } else {
            conflicts(words, one, &told[j])
        }
    };
    if group.iter().any(|&j| against(j)) {
        return false;
    }
    let exact = group.iter().any(|&j| one.hit.frame == told[j].hit.frame);
    // A general word ("attacked", "bombing") may go on about what was just told, unless it has
    // sides of its own that are not those.
    let shared = group.iter().any(|&j| {
        share(words, &told[j].hit.sides.a, &one.hit.sides.a)
            || share(words, &told[j].hit.sides.b, &one.hit.sides.b)
    });
    let own = one.hit.sides.a.iter().chain(&one.hit.sides.b);
    let named = own.copied().any(|t| !is_general(words, t));
    let near = group
        .iter()
        .any(|&j| away(j) == 0 || (away(j) <= 2 && (shared || !named || blamed)));
    exact || one.definite || near || !words.on(JoinRule::NearOrKnown)
}

/// Whether a protest and what the police did to it are told side by side: one event, of the
/// stronger type.
fn is_dispersed(words: &Words<'_>, told: &[Told], i: usize, group: &[usize]) -> bool {
    let reading = words.context.reading;
    let one = &told[i];
    let peaceful = |t: &Told| t.hit.frame(words).name == "peaceful-protest";
    words.on(JoinRule::DispersedProtest)
        && group.iter().all(|&j| {
            let other = &told[j];
            let away = reading
                .sentence_of(one.hit.token)
                .abs_diff(reading.sentence_of(other.hit.token));
            away <= 1
                && (peaceful(one) && is_suppression(words, other)
                    || peaceful(other) && is_suppression(words, one))
                && one.standing.status == other.standing.status
                && one.aggregate == other.aggregate
                && one.apart.is_none()
                && !conflicts_in_place_or_time(words, one, other)
        })
}

pub(super) fn is_suppression(words: &Words<'_>, told: &Told) -> bool {
    matches!(
        told.hit.frame(words).name.as_str(),
        "protest-intervention" | "excessive-force"
    )
}

/// Whether the types of the mentions go together: equal, or one a general word for the other.
fn compatible(words: &Words<'_>, told: &[Told], one: &Told, group: &[usize]) -> bool {
    !words.on(JoinRule::SameType)
        || group.iter().all(|&j| {
            let other = &told[j];
            let general = words.on(JoinRule::GeneralWord)
                && (covers(words, &one.hit, &other.hit) || covers(words, &other.hit, &one.hit));
            is_outcome(words, other) || one.hit.frame == other.hit.frame || general
        })
}

/// Whether a denied mention and the others speak of the same after all: one trigger with one doer,
/// or “no kidnapping took place” said against a kidnapping that somebody tells of.
fn denies_the_same(words: &Words<'_>, told: &[Told], one: &Told, group: &[usize]) -> bool {
    let reading = words.context.reading;
    let negated = |t: &Told| t.standing.rule == "negation";
    let shared = group.iter().any(|&j| {
        told[j].hit.matched == one.hit.matched
            && share(words, &told[j].hit.sides.a, &one.hit.sides.a)
    });
    // "Six men were abducted …, while a spokesman maintained that no kidnapping took place", "he
    // said that no shots were fired"
    let bare = |t: &Told| negated(t) && t.hit.sides.a.is_empty() && !has_victims(words, t);
    let existence = words.on(JoinRule::NoneOfTheSame)
        && group.iter().all(|&j| {
            let other = &told[j];
            (bare(one) || bare(other))
                && other.hit.frame == one.hit.frame
                && reading.sentence_of(one.hit.token) - reading.sentence_of(other.hit.token) <= 1
                && one.standing.statement.is_some()
                && other.standing.statement.is_some()
        });
    shared || existence
}

/// Whether it is told to whom it was done; "no shots were fired" has only the shots.
fn has_victims(words: &Words<'_>, told: &Told) -> bool {
    let b = &told.hit.sides.b;
    b.iter().any(|&t| !words.is_in(t, EventWord::Ammunition))
}

/// Whether sides, places or times speak against one event.
pub(super) fn conflicts(words: &Words<'_>, one: &Told, other: &Told) -> bool {
    let sides = |x: &[usize], y: &[usize]| {
        !x.is_empty()
            && !y.is_empty()
            && !share(words, x, y)
            && !x.iter().chain(y).any(|&t| is_general(words, t))
    };
    let clash = one.hit.frame(words).acled == Some("Armed clash");
    let side_conflict = if !words.on(JoinRule::SidesDiffer) {
        false
    } else if clash {
        // Either side may come first.
        let all = |t: &Told| [t.hit.sides.a.clone(), t.hit.sides.b.clone()].concat();
        sides(&all(one), &all(other))
    } else {
        sides(&one.hit.sides.a, &other.hit.sides.a)
            || (sides(&one.hit.sides.b, &other.hit.sides.b) && !may_both_be_hit(words, one, other))
    };
    side_conflict || conflicts_in_place_or_time(words, one, other)
}

/// Whether places or times speak against one event.
fn conflicts_in_place_or_time(words: &Words<'_>, one: &Told, other: &Told) -> bool {
    let places = words.on(JoinRule::PlacesDiffer)
        && !one.places.is_empty()
        && !other.places.is_empty()
        && !one.places.iter().any(|p| other.places.contains(p))
        && !one.definite;
    let times = words.on(JoinRule::TimesDiffer)
        && !one.times.is_empty()
        && !other.times.is_empty()
        && !one
            .times
            .iter()
            .any(|a| other.times.iter().any(|b| a.0 <= b.1 && b.0 <= a.1));
    places || times || apart::far_apart(words, &one.spots, &other.spots)
}

/// Whether two targets may be those of one event: "bombed the market, killing 27 traders" names the
/// ground and then the people, and so do "a bomb in a bus" and "the blast killed six passengers".
fn may_both_be_hit(words: &Words<'_>, one: &Told, other: &Told) -> bool {
    if !words.on(JoinRule::GroundAndPeople) {
        return false;
    }
    let outcome = |t: &Told| t.hit.trigger(words).outcome;
    let beside = words.sentence(one.hit.token).contains(&other.hit.token);
    let people = |t: &Told| {
        t.hit.sides.b.iter().any(|&t| {
            words.people_deep(t).is_some()
                || words.actor_kind(t).is_some()
                || words.etype(t) == "person"
        })
    };
    let reading = words.context.reading;
    let away = reading
        .sentence_of(one.hit.token)
        .abs_diff(reading.sentence_of(other.hit.token));
    (beside && (outcome(one) || outcome(other))) || (away <= 1 && people(one) != people(other))
}

/// Whether two sides have a member in common: one entity, or one head word.
pub(super) fn share(words: &Words<'_>, x: &[usize], y: &[usize]) -> bool {
    x.iter().any(|&a| {
        y.iter().any(|&b| {
            let entities = (words.mentions.entity_at(a), words.mentions.entity_at(b));
            if let (Some(a), Some(b)) = entities
                && a == b
            {
                return true;
            }
            words.lemma(a) == words.lemma(b)
        })
    })
}

/// Words that may stand for any side: pronouns, "gunmen", "attackers", "people".
fn is_general(words: &Words<'_>, token: usize) -> bool {
    words.upos(token) == sayso_text::Upos::Pron
        || words.upos(token) == sayso_text::Upos::Num
        || words.is_in(token, EventWord::AnySide)
}
