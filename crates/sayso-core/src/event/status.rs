//! Whether an event is said to have happened: negation, modals, plans, accusations, denials.

use sayso_lexicon::{Complement, EventWord, TriggerPos};
use sayso_text::{Rel, Span, Upos, Xpos};

use super::trigger::Hit;
use super::words::Words;
use crate::{Act, Polarity, Statement, Status, StatusRule};

/// How one mention of an event stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) status: Status,
    /// Rule name.
    pub(crate) rule: String,
    /// The words that decide.
    pub(crate) span: Option<Span>,
    /// The innermost statement it stands in.
    pub(crate) statement: Option<usize>,
}

/// The innermost statement whose content holds `token`.
pub(crate) fn statement_at(statements: &[Statement], token: usize) -> Option<usize> {
    statements
        .iter()
        .enumerate()
        .filter(|(_, s)| s.says(token))
        .min_by_key(|(_, s)| s.content.iter().map(|c| c.len()).sum::<usize>())
        .map(|(i, _)| i)
}

/// How the mention `hit` stands; `None` where it tells of nothing real, planned or claimed ("if it
/// attacks", "failed to attack", "no attack on").
pub(crate) fn of(words: &Words<'_>, hit: &Hit, statements: &[Statement]) -> Option<Standing> {
    let statement = statement_at(statements, hit.token);
    let local = local(words, hit);
    let standing = |status: Status, rule: &str, at: Option<usize>| Standing {
        status,
        rule: rule.to_owned(),
        span: at
            .and_then(|t| words.context.reading.tokens.get(t))
            .map(|t| t.span),
        statement,
    };
    let presupposed = hit.pos == TriggerPos::Noun
        && is_definite(words, hit.token)
        && words.on(StatusRule::KnownStands);
    if words.on(StatusRule::ReportDenied)
        && let Some((status, rule, at)) = super::reported::of(words, hit)
    {
        // "dismissed claims that its troops strike civilians": a habit, no single event.
        if hit.pos == TriggerPos::Verb
            && matches!(words.xpos(hit.token), Xpos::VBP | Xpos::VBZ)
            && words.on(StatusRule::NoHabitDenied)
        {
            return None;
        }
        return Some(standing(status, rule, Some(at)));
    }
    let deciding = statement.filter(|_| !is_aside(words, hit)).map(|inner| {
        // "is suspected of having ordered the killing": to order it is to do it.
        let done = statements[inner].cue_token == Some(hit.predicate)
            && hit.predicate != hit.token
            && words.on(StatusRule::OrderedIsDone);
        let outer = statements
            .iter()
            .enumerate()
            .filter(|(i, s)| *i != inner && s.says(hit.token))
            .min_by_key(|(_, s)| s.content.iter().map(|c| c.len()).sum::<usize>());
        outer.filter(|_| done).map_or(inner, |(i, _)| i)
    });
    if let Some((status, rule, cue)) = deciding
        .and_then(|index| statements.get(index))
        .and_then(|said| by_statement(words, hit, said, &local, presupposed))
    {
        return Some(standing(status, rule, cue));
    }
    if let Some(at) = local.denied {
        return Some(standing(Status::Denied, "verb:deny", Some(at)));
    }
    if let Some(at) = local.alleged {
        return Some(standing(Status::Alleged, "modifier:alleged", Some(at)));
    }
    if local.hypothetical.is_some() {
        return None;
    }
    if let Some(at) = local.negated {
        // "is not targeting", "do not attack": no single event that is denied.
        let general = hit.pos == TriggerPos::Verb
            && words.on(StatusRule::NoHabitDenied)
            && (matches!(words.xpos(hit.token), Xpos::VBG | Xpos::VBP | Xpos::VBZ)
                || words
                    .children(hit.token)
                    .iter()
                    .any(|&c| words.form_in(c, EventWord::PresentDo)));
        // "Nobody was killed" tells of the toll, not of an event that is denied.
        let of_toll = hit.trigger(words).outcome
            && denies_existence(words, at)
            && words.on(StatusRule::NobodyHarmed);
        return (!general && !of_toll).then(|| standing(Status::Denied, "negation", Some(at)));
    }
    if let Some(at) = local.planned {
        return (!presupposed).then(|| standing(Status::Planned, "future", Some(at)));
    }
    Some(standing(Status::Asserted, "asserted", None))
}

/// What the statement it stands in makes of it: status, rule and the deciding word.
fn by_statement(
    words: &Words<'_>,
    hit: &Hit,
    said: &Statement,
    local: &Local,
    presupposed: bool,
) -> Option<(Status, &'static str, Option<usize>)> {
    let cue = said.cue_token;
    match said.act {
        Act::Deny if words.on(StatusRule::DenyDenies) => {
            let of_blame = words.on(StatusRule::BlameIsNoDeed) && denies_blame(words, said);
            let negated = (said.polarity == Polarity::Negated || local.negated.is_some())
                && words.on(StatusRule::DenyOfNegated);
            // "rejects an appeal against his arrest": the appeal is rejected.
            let below = presupposed
                && matches!(words.rel(hit.token), Rel::Nmod | Rel::Obl)
                && words.on(StatusRule::BelowDenied)
                && words.head(hit.token).is_some_and(|h| {
                    said.says(h) && words.is_noun(h) && !words.is_in(h, EventWord::DeniedNoun)
                });
            if of_blame || below {
                None
            } else if negated {
                Some((Status::Asserted, "statement:deny-negated", cue))
            } else {
                Some((Status::Denied, "statement:deny", cue))
            }
        }
        Act::Accuse
            if words.on(StatusRule::AccuseAlleges)
                && (!presupposed
                    || (carries(words, hit)
                        && cue != Some(hit.predicate)
                        && said.says(hit.predicate))) =>
        {
            Some((Status::Alleged, "statement:accuse", cue))
        }
        Act::Estimate
            if cue.is_some_and(|c| words.is(c, "suspect"))
                && words.on(StatusRule::SuspectAlleges) =>
        {
            Some((Status::Alleged, "statement:suspect", cue))
        }
        Act::Estimate
            if said.sources.is_empty() && !presupposed && words.on(StatusRule::BelievedAlleges) =>
        {
            Some((Status::Alleged, "statement:believed", cue))
        }
        Act::Threaten | Act::Pledge | Act::Demand if words.on(StatusRule::ThreatPlans) => {
            let past = hit.pos == TriggerPos::Verb && matches!(words.xpos(hit.token), Xpos::VBD)
                || has_perfect(words, hit.predicate);
            let past = past && words.on(StatusRule::PastIsNoPlan);
            if presupposed || past || local.purpose_of_past.is_some() {
                return None;
            }
            // What is demanded to stop goes on already.
            let goes_on = said.act == Act::Demand
                && (local.stopped || hit.pos == TriggerPos::Noun)
                && words.on(StatusRule::DemandOfWhatIs);
            Some(if goes_on {
                (Status::Asserted, "statement:demand-stop", cue)
            } else {
                (Status::Planned, "statement:threat-or-plan", cue)
            })
        }
        _ => None,
    }
}

/// "denied responsibility for", "rejected having anything to do with": the deed itself stands.
fn denies_blame(words: &Words<'_>, said: &Statement) -> bool {
    said.content_tokens
        .iter()
        .flat_map(Clone::clone)
        .take(4)
        .any(|t| words.is_in(t, EventWord::BlameWord))
}

/// Whether the mention stands in a clause or phrase that only says who or when is meant ("the men
/// who blew up the bridge", "in Friday's dispersal of the march"): what is said of the whole is
/// not said of it.
fn is_aside(words: &Words<'_>, hit: &Hit) -> bool {
    if !words.on(StatusRule::AsideStands) {
        return false;
    }
    match hit.pos {
        TriggerPos::Verb => {
            let past = matches!(words.xpos(hit.token), Xpos::VBD | Xpos::VBN)
                || has_perfect(words, hit.token);
            words.rel(hit.token) == Rel::AclRelcl
                && past
                && words
                    .head(hit.token)
                    .is_some_and(|noun| words.people(noun).is_some())
        }
        TriggerPos::Noun => {
            is_definite(words, hit.token)
                && matches!(words.rel(hit.token), Rel::Obl | Rel::Nmod)
                && words.case_in(hit.token, EventWord::WhenPreposition)
        }
    }
}

/// What lies after the day of the report has not happened: "a strike on Friday week".
pub(crate) fn ahead(
    words: &Words<'_>,
    times: &[crate::TimeMention],
    hit: &Hit,
    standing: Standing,
) -> Standing {
    if standing.status != Status::Asserted
        || standing.rule != "asserted"
        || !words.on(StatusRule::DayAhead)
    {
        return standing;
    }
    let Some(published) = crate::time::written(words.context.reading, times) else {
        return standing;
    };
    let happened = hit.pos == TriggerPos::Verb
        && (matches!(words.xpos(hit.token), Xpos::VBD | Xpos::VBN)
            || has_perfect(words, hit.token));
    if happened {
        return standing;
    }
    let syntax = words.context.syntax;
    let own = syntax.reach(hit.token);
    let carried = matches!(words.rel(hit.token), Rel::Obj) && words.is_verb(hit.predicate);
    let beside = |t: &crate::TimeMention| {
        own.contains(&t.tokens.start)
            || carried
                && t.tokens.start > hit.token
                && words.sentence(hit.token).contains(&t.tokens.start)
                && !(hit.token + 1..t.tokens.start).any(|i| words.is_verb(i))
    };
    let own: Vec<_> = times.iter().filter(|t| beside(t)).collect();
    let future = own
        .iter()
        .find(|t| t.start.is_some_and(|start| start > published));
    match future {
        Some(time) if own.first().is_some_and(|t| t.span == time.span) => Standing {
            status: Status::Planned,
            rule: StatusRule::DayAhead.name().to_owned(),
            span: Some(time.span),
            ..standing
        },
        _ => standing,
    }
}

/// What the clause around a mention says of its reality.
#[derive(Default)]
struct Local {
    negated: Option<usize>,
    planned: Option<usize>,
    hypothetical: Option<usize>,
    alleged: Option<usize>,
    /// Under a verb of denial that no statement was made of.
    denied: Option<usize>,
    /// An infinitive of purpose below something that took place.
    purpose_of_past: Option<usize>,
    stopped: bool,
}

fn local(words: &Words<'_>, hit: &Hit) -> Local {
    let mut local = Local::default();
    if hit.pos == TriggerPos::Noun {
        noun_modifiers(words, hit, &mut local);
    }
    if words.on(StatusRule::HeadlineInfinitive) {
        local.planned = local.planned.or_else(|| clipped(words, hit.token));
    }
    let carried = hit.pos == TriggerPos::Verb || carries(words, hit);
    if carried {
        clause(words, hit.predicate, &mut local);
    }
    // "planned to join in a march": an indefinite noun shares the plan.
    if hit.pos == TriggerPos::Noun
        && !carried
        && !is_definite(words, hit.token)
        && words.is_verb(hit.predicate)
        && hit.predicate != hit.token
        && (words.rel(hit.token) == Rel::Obj
            || (words.rel(hit.token) == Rel::Obl
                && words.case_in(hit.token, EventWord::IntoPreposition)))
        && words.on(StatusRule::SharedPlan)
    {
        clause(words, hit.predicate, &mut local);
        local.negated = None;
    }
    if hit.pos == TriggerPos::Noun
        && !carried
        && let Some(head) = words.head(hit.token)
    {
        governing_noun(words, head, &mut local);
    }
    local
}

/// The "to" of a headline's infinitive, "Teachers to march on Friday", which trees take for a
/// preposition. No other verb stands in such a line.
fn clipped(words: &Words<'_>, token: usize) -> Option<usize> {
    let to = token.checked_sub(1)?;
    let alone = !words
        .sentence(token)
        .any(|t| t != token && words.is_verb(t));
    (words.form(to) == "to" && words.head(to) == Some(token) && alone).then_some(to)
}

/// Whether the predicate's own reality is the event's: subject or object, or a light verb.
fn carries(words: &Words<'_>, hit: &Hit) -> bool {
    super::noun_sides::light_verb(words, hit.token).is_some_and(|(v, _)| v == hit.predicate)
        && matches!(
            words.rel(hit.token),
            Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Conj
        )
}

fn noun_modifiers(words: &Words<'_>, hit: &Hit, local: &mut Local) {
    for &child in words.children(hit.token) {
        let det = words.rel(child) == Rel::Det;
        if words.form(child) == "no" && det && words.on(StatusRule::NegationDenies) {
            local.negated = Some(child);
        } else if words.form_in(child, EventWord::AllegedWord) {
            if words.on(StatusRule::AllegedWord) {
                local.alleged = Some(child);
            }
        } else if words.form_in(child, EventWord::PossibleWord) || words.form(child) == "any" && det
        {
            if words.on(StatusRule::PossibleIsNone) {
                local.planned = None;
                local.hypothetical = Some(child);
            }
        } else if words.form_in(child, EventWord::PlannedWord) && words.on(StatusRule::PlannedWord)
        {
            local.planned = Some(child);
        }
    }
    let Some(head) = words.head(hit.token).filter(|&h| words.is_verb(h)) else {
        return;
    };
    let object = matches!(words.rel(hit.token), Rel::Obj | Rel::Obl);
    let definite = is_definite(words, hit.token);
    match words.lexicon().complements.of(words.lemma(head)) {
        Some(Complement::Planned)
            if words.rel(hit.token) == Rel::Obj
                && !definite
                && words.is_in(head, EventWord::PlanningVerb)
                && words.on(StatusRule::PlanningVerb) =>
        {
            local.planned = Some(head);
        }
        Some(Complement::None) if object && !definite => {
            if words.is_in(head, EventWord::Stopping) {
                local.stopped = words.on(StatusRule::StoppedWasThere);
            } else if words.is_in(head, EventWord::Preventing)
                && words.on(StatusRule::PreventedIsNone)
            {
                local.hypothetical = Some(head);
            }
        }
        _ => {}
    }
}

/// Nouns and verbs over a noun: "a plan for an attack", "fear of violence", "risk of".
fn governing_noun(words: &Words<'_>, head: usize, local: &mut Local) {
    let class = words.lexicon().complements.of(words.lemma(head));
    if words.is_in(head, EventWord::FearNoun) {
        if words.on(StatusRule::FearIsNone) {
            local.hypothetical = Some(head);
        }
    } else if words.is_in(head, EventWord::PlanNoun) {
        if words.on(StatusRule::PlanOf) {
            local.planned = Some(head);
        }
    } else if class == Some(Complement::Denied) && words.is_verb(head) {
        local.denied = Some(head);
    } else if words.is_in(head, EventWord::AllegationNoun) && words.on(StatusRule::AllegationOf) {
        local.alleged = Some(head);
    }
}

/// Negation, modals, conditions and governing verbs of the verb `at`, up to the top of its clause.
fn clause(words: &Words<'_>, verb: usize, local: &mut Local) {
    let syntax = words.context.syntax;
    let mut at = verb;
    for step in 0..5 {
        for &child in syntax.children(at) {
            by_child(words, at, child, step == 0, local);
        }
        let Some(head) = syntax.head(at) else {
            break;
        };
        let next = match words.rel(at) {
            Rel::Xcomp | Rel::Ccomp | Rel::Advcl | Rel::Acl => by_governor(words, at, head, local),
            Rel::Conj if words.is_verb(head) && words.on(StatusRule::SharedModal) => {
                // Coordinated verbs share modals and negation only where they share the subject.
                let own = syntax
                    .child(at, &[Rel::Nsubj, Rel::NsubjPass, Rel::Aux])
                    .is_some();
                (!own && words.xpos(at) == Xpos::VB).then_some(head)
            }
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
}

/// What a word right below the verb `at` says; `own` where the verb is the event's own.
fn by_child(words: &Words<'_>, at: usize, child: usize, own: bool, local: &mut Local) {
    let form = |class: EventWord| words.form_in(child, class);
    let set = |slot: &mut Option<usize>, rule: StatusRule| {
        if words.on(rule) {
            *slot = slot.or(Some(child));
        }
    };
    match words.rel(child) {
        // "not only" is none.
        Rel::Advmod
            if form(EventWord::NotOrNever)
                && (!words.is(child + 1, "only") || !words.on(StatusRule::NotOnly)) =>
        {
            set(&mut local.negated, StatusRule::NegationDenies);
        }
        // "No shell was fired", "fired no shell", "nobody attacked".
        Rel::Nsubj | Rel::NsubjPass | Rel::Obj if own && denies_existence(words, child) => {
            set(&mut local.negated, StatusRule::NegationDenies);
        }
        // "may have been targeted": nobody says that it was.
        Rel::Aux
            if form(EventWord::MayOrMight)
                && has_perfect(words, at)
                && words.on(StatusRule::MayHaveAlleges) =>
        {
            local.alleged = local.alleged.or(Some(child));
        }
        Rel::Aux if form(EventWord::Future) => set(&mut local.planned, StatusRule::FuturePlans),
        // "could have heard" is no possibility; "would have" is.
        Rel::Aux
            if form(EventWord::PossibleModal)
                && (!has_perfect(words, at) || form(EventWord::UnrealModal)) =>
        {
            set(&mut local.hypothetical, StatusRule::ModalIsNone);
        }
        Rel::Mark if form(EventWord::Condition) => {
            set(&mut local.hypothetical, StatusRule::ConditionIsNone);
        }
        Rel::Advmod if form(EventWord::Allegedly) => {
            set(&mut local.alleged, StatusRule::AllegedWord);
        }
        Rel::Punct if words.form(child) == "?" && own => {
            set(&mut local.hypothetical, StatusRule::QuestionIsNone);
        }
        _ => {}
    }
}

/// What the word `head` over the clause of `at` makes of it; where the governing verb's own clause
/// decides, the verb to go on with.
fn by_governor(words: &Words<'_>, at: usize, head: usize, local: &mut Local) -> Option<usize> {
    let syntax = words.context.syntax;
    let rel = words.rel(at);
    let infinitive = words.xpos(at) == Xpos::VB
        && syntax
            .children_by(at, &[Rel::Mark, Rel::Aux])
            .any(|c| words.form(c) == "to");
    let gerund = words.xpos(at) == Xpos::VBG;
    let complements = &words.lexicon().complements;
    let class = complements
        .of(words.lemma(head))
        .or_else(|| complements.of(words.form(head)));
    match class {
        Some(Complement::Alleged)
            if (rel == Rel::Xcomp || gerund && rel != Rel::Acl || infinitive)
                && words.on(StatusRule::AllegingVerb) =>
        {
            local.alleged = local.alleged.or(Some(head));
        }
        Some(Complement::Denied) if rel != Rel::Acl => {
            local.denied = local.denied.or(Some(head));
        }
        Some(Complement::Planned)
            if infinitive && rel != Rel::Advcl && words.on(StatusRule::PlanningVerb) =>
        {
            local.planned = local.planned.or(Some(head));
        }
        Some(Complement::None) if infinitive || rel == Rel::Xcomp || gerund => {
            // "stopped, killing two" is no complement.
            let complement = rel != Rel::Advcl
                || words.is_in(head, EventWord::Preventing)
                || words.is(head, "stop");
            if complement && words.is_in(head, EventWord::Stopping) {
                local.stopped = words.on(StatusRule::StoppedWasThere);
            } else if complement && words.on(StatusRule::PreventedIsNone) {
                local.hypothetical = local.hypothetical.or(Some(head));
            }
        }
        // Tried, managed, continued: the governing verb decides; go on upwards.
        Some(Complement::Happened)
            if (infinitive || rel == Rel::Xcomp) && words.on(StatusRule::AttemptIsMade) =>
        {
            return Some(head);
        }
        // Purpose: aimed at, not said to be done, and told by its main verb.
        _ if infinitive && rel == Rel::Advcl && words.on(StatusRule::PurposeIsNone) => {
            local.hypothetical = local.hypothetical.or(Some(at));
        }
        _ if infinitive && rel == Rel::Acl => {
            let any = words
                .children(head)
                .iter()
                .any(|&c| words.form_in(c, EventWord::NoneOf));
            if words.is_in(head, EventWord::AttemptNoun)
                && !any
                && words.on(StatusRule::AttemptIsMade)
            {
                return Some(
                    words
                        .head(head)
                        .filter(|&h| words.is_verb(h))
                        .unwrap_or(head),
                );
            }
            if words.on(StatusRule::PlanOf) {
                local.planned = local.planned.or(Some(head));
            }
        }
        _ => {}
    }
    None
}

/// Whether the noun phrase of `head` says that there is none: "no shell", "nobody", "none".
fn denies_existence(words: &Words<'_>, head: usize) -> bool {
    words.form_in(head, EventWord::Nobody)
        || words.form(head) == "nothing"
        || words
            .children(head)
            .iter()
            .any(|&c| words.form(c) == "no" && words.rel(c) == Rel::Det)
}

fn has_perfect(words: &Words<'_>, verb: usize) -> bool {
    words
        .context
        .syntax
        .children_by(verb, &[Rel::Aux])
        .any(|c| words.is(c, "have"))
}

/// "the attack", "this attack", "its attack", a name: something known.
pub(crate) fn is_definite(words: &Words<'_>, noun: usize) -> bool {
    words.children(noun).iter().any(|&c| {
        (words.rel(c) == Rel::Det && words.form_in(c, EventWord::Definite))
            || words.rel(c) == Rel::NmodPoss
    }) || words.upos(noun) == Upos::Propn
}
