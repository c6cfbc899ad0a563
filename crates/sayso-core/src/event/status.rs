//! Whether an event is said to have happened: negation, modals, plans, accusations, denials.

use sayso_lexicon::{Complement, TriggerPos};
use sayso_text::{Rel, Span, Upos, Xpos};

use super::trigger::Hit;
use super::words::Words;
use crate::{Act, EventRule, Polarity, Statement, Status};

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
    let presupposed = hit.pos == TriggerPos::Noun && is_definite(words, hit.token);
    if words.on(EventRule::ReportDenied)
        && let Some((status, rule, at)) = super::reported::of(words, hit)
    {
        return Some(standing(status, rule, Some(at)));
    }
    let deciding = statement.filter(|_| !is_aside(words, hit)).map(|inner| {
        // "is suspected of having ordered the killing": to order it is to do it.
        let done = statements[inner].cue_token == Some(hit.predicate) && hit.predicate != hit.token;
        let outer = statements
            .iter()
            .enumerate()
            .filter(|(i, s)| *i != inner && s.says(hit.token))
            .min_by_key(|(_, s)| s.content.iter().map(|c| c.len()).sum::<usize>());
        outer.filter(|_| done).map_or(inner, |(i, _)| i)
    });
    if let Some(index) = deciding {
        let said = &statements[index];
        let cue = said.cue_token;
        match said.act {
            Act::Deny => {
                let about_blame = said_words(
                    words,
                    said,
                    &[
                        "responsibility",
                        "involvement",
                        "role",
                        "responsible",
                        "behind",
                    ],
                );
                if !about_blame {
                    let negated = said.polarity == Polarity::Negated || local.negated.is_some();
                    return Some(if negated {
                        standing(Status::Asserted, "statement:deny-negated", cue)
                    } else {
                        standing(Status::Denied, "statement:deny", cue)
                    });
                }
            }
            Act::Accuse
                if !presupposed
                    || (hit.predicate != hit.token
                        && words.is_verb(hit.predicate)
                        && cue != Some(hit.predicate)
                        && said.says(hit.predicate)) =>
            {
                return Some(standing(Status::Alleged, "statement:accuse", cue));
            }
            Act::Estimate
                if cue.is_some_and(|c| words.is(c, "suspect"))
                    && words.on(EventRule::SuspectAlleges) =>
            {
                return Some(standing(Status::Alleged, "statement:suspect", cue));
            }
            Act::Estimate if said.sources.is_empty() && !presupposed => {
                return Some(standing(Status::Alleged, "statement:believed", cue));
            }
            Act::Threaten | Act::Pledge | Act::Demand => {
                let past = hit.pos == TriggerPos::Verb
                    && matches!(words.xpos(hit.token), Xpos::VBD)
                    || has_perfect(words, hit.predicate);
                if !presupposed && !past && local.purpose_of_past.is_none() {
                    // What is demanded to stop goes on already.
                    if said.act == Act::Demand && (local.stopped || hit.pos == TriggerPos::Noun) {
                        return Some(standing(Status::Asserted, "statement:demand-stop", cue));
                    }
                    return Some(standing(Status::Planned, "statement:threat-or-plan", cue));
                }
            }
            _ => {}
        }
    }
    if let Some(at) = local.denied {
        return Some(standing(Status::Denied, "verb:deny", Some(at)));
    }
    if let Some(at) = local.alleged {
        return Some(standing(Status::Alleged, "modifier:alleged", Some(at)));
    }
    if let Some(at) = local.hypothetical {
        let _ = at;
        return None;
    }
    if let Some(at) = local.negated {
        // "is not targeting", "do not attack": no single event that is denied.
        let general = hit.pos == TriggerPos::Verb
            && (matches!(words.xpos(hit.token), Xpos::VBG | Xpos::VBP | Xpos::VBZ)
                || words
                    .children(hit.token)
                    .iter()
                    .any(|&c| matches!(words.form(c), "do" | "does")));
        // "Nobody was killed" tells of the toll, not of an event that is denied.
        let of_toll = hit.trigger(words).outcome && denies_existence(words, at);
        return (!general && !of_toll).then(|| standing(Status::Denied, "negation", Some(at)));
    }
    if let Some(at) = local.planned {
        return (!presupposed).then(|| standing(Status::Planned, "future", Some(at)));
    }
    Some(standing(Status::Asserted, "asserted", None))
}

fn said_words(words: &Words<'_>, said: &Statement, list: &[&str]) -> bool {
    said.content_tokens
        .iter()
        .flat_map(Clone::clone)
        .take(4)
        .any(|t| words.is_any(t, list))
}

/// Whether the mention stands in a clause or phrase that only says who or when is meant ("the men
/// who blew up the bridge", "in Friday's dispersal of the march"): what is said of the whole is
/// not said of it.
fn is_aside(words: &Words<'_>, hit: &Hit) -> bool {
    if !words.on(EventRule::AsideStands) {
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
                && matches!(
                    words.case(hit.token),
                    Some("in" | "during" | "after" | "before" | "at" | "following" | "since")
                )
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
        || !words.on(EventRule::DayAhead)
    {
        return standing;
    }
    let Some(published) = words
        .context
        .reading
        .report
        .published
        .as_ref()
        .map(sayso_text::Published::date)
    else {
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
            rule: EventRule::DayAhead.name().to_owned(),
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
    local.planned = local.planned.or_else(|| clipped(words, hit.token));
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
                && matches!(words.case(hit.token), Some("in" | "at" | "to" | "into"))))
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
        match words.form(child) {
            "no" if words.rel(child) == Rel::Det => local.negated = Some(child),
            "any" if words.rel(child) == Rel::Det => local.hypothetical = Some(child),
            "alleged" | "suspected" | "purported" | "supposed" => local.alleged = Some(child),
            "planned" | "possible" | "potential" | "future" | "imminent" | "proposed"
            | "impending" | "threatened" | "upcoming" | "looming" | "further" => {
                local.planned = Some(child);
                if matches!(words.form(child), "possible" | "potential" | "further") {
                    local.planned = None;
                    local.hypothetical = Some(child);
                }
            }
            _ => {}
        }
    }
    let governor = words.head(hit.token);
    if let Some(head) = governor.filter(|&h| words.is_verb(h)) {
        let object = matches!(words.rel(hit.token), Rel::Obj | Rel::Obl);
        match words.lexicon().complements.of(words.lemma(head)) {
            Some(Complement::Planned)
                if words.rel(hit.token) == Rel::Obj
                    && !is_definite(words, hit.token)
                    && words.is_any(
                        head,
                        &[
                            "plan", "prepare", "threaten", "propose", "consider", "seek", "pledge",
                            "promise", "demand", "urge", "expect", "want",
                        ],
                    ) =>
            {
                local.planned = Some(head);
            }
            Some(Complement::None) if object && !is_definite(words, hit.token) => {
                if words.is_any(head, &["stop", "halt", "cease"]) {
                    local.stopped = true;
                } else if words.is_any(head, &["prevent", "avoid", "avert"]) {
                    local.hypothetical = Some(head);
                }
            }
            _ => {}
        }
    }
}

/// Nouns and verbs over a noun: "a plan for an attack", "fear of violence", "risk of".
fn governing_noun(words: &Words<'_>, head: usize, local: &mut Local) {
    if words.is_any(
        head,
        &[
            "fear",
            "risk",
            "possibility",
            "prospect",
            "chance",
            "potential",
            "danger",
            "likelihood",
            "ability",
            "capability",
        ],
    ) {
        local.hypothetical = Some(head);
    } else if words.is_any(
        head,
        &["plan", "threat", "preparation", "call", "intention"],
    ) {
        local.planned = Some(head);
    } else if words.is(head, "existence")
        && let Some(verb) = (words.sentence(head).start..head)
            .rev()
            .find(|&t| words.lexicon().complements.of(words.lemma(t)) == Some(Complement::Denied))
    {
        // "denied, in a post, the existence of any campaign": the tree may lose the object.
        local.denied = Some(verb);
    } else if words.lexicon().complements.of(words.lemma(head)) == Some(Complement::Denied)
        && words.is_verb(head)
    {
        local.denied = Some(head);
    } else if words.is_any(head, &["allegation", "accusation", "suspicion"]) {
        local.alleged = Some(head);
    }
}

/// Negation, modals, conditions and governing verbs of the verb `at`, up to the top of its clause.
fn clause(words: &Words<'_>, verb: usize, local: &mut Local) {
    let syntax = words.context.syntax;
    let mut at = verb;
    for step in 0..5 {
        for &child in syntax.children(at) {
            let form = words.form(child);
            match words.rel(child) {
                // "not only" is none.
                Rel::Advmod
                    if matches!(form, "not" | "n't" | "n’t" | "never")
                        && !words.is(child + 1, "only") =>
                {
                    local.negated = local.negated.or(Some(child));
                }
                // "No shell was fired", "fired no shell", "nobody attacked".
                Rel::Nsubj | Rel::NsubjPass | Rel::Obj
                    if step == 0 && denies_existence(words, child) =>
                {
                    local.negated = local.negated.or(Some(child));
                }
                // "may have been targeted": nobody says that it was.
                Rel::Aux
                    if matches!(form, "may" | "might")
                        && has_perfect(words, at)
                        && words.on(EventRule::MayHaveAlleges) =>
                {
                    local.alleged = local.alleged.or(Some(child));
                }
                Rel::Aux => match form {
                    "will" | "shall" | "'ll" | "’ll" | "wo" => {
                        local.planned = local.planned.or(Some(child));
                    }
                    "may" | "might" | "could" | "would" | "should" | "must" | "can" | "'d"
                        if !has_perfect(words, at) || matches!(form, "would" | "should") =>
                    {
                        // "could hear": ability in the past is no possibility.
                        local.hypothetical = local.hypothetical.or(Some(child));
                    }
                    _ => {}
                },
                Rel::Mark if matches!(form, "if" | "whether" | "unless" | "lest") => {
                    local.hypothetical = local.hypothetical.or(Some(child));
                }
                Rel::Advmod if matches!(form, "allegedly" | "purportedly" | "supposedly") => {
                    local.alleged = local.alleged.or(Some(child));
                }
                Rel::Punct if form == "?" && step == 0 => {
                    local.hypothetical = local.hypothetical.or(Some(child));
                }
                Rel::Mark if matches!(form, "before" | "until") && step == 0 => {}
                _ => {}
            }
        }
        let Some(head) = syntax.head(at) else {
            break;
        };
        let infinitive = words.xpos(at) == Xpos::VB
            && syntax
                .children_by(at, &[Rel::Mark, Rel::Aux])
                .any(|c| words.form(c) == "to");
        match words.rel(at) {
            Rel::Xcomp | Rel::Ccomp | Rel::Advcl | Rel::Acl => {
                let class = words
                    .lexicon()
                    .complements
                    .of(words.lemma(head))
                    .or_else(|| words.lexicon().complements.of(words.form(head)));
                let gerund_of = words.xpos(at) == Xpos::VBG;
                match class {
                    Some(Complement::Alleged)
                        if words.rel(at) == Rel::Xcomp
                            || gerund_of && words.rel(at) != Rel::Acl
                            || infinitive =>
                    {
                        local.alleged = local.alleged.or(Some(head));
                        return;
                    }
                    Some(Complement::Denied) if words.rel(at) != Rel::Acl => {
                        // "has neither confirmed nor denied that" says nothing.
                        let neither = words.sentence(head).start..head;
                        if neither
                            .rev()
                            .take(6)
                            .any(|t| matches!(words.form(t), "neither" | "nor" | "not"))
                        {
                            local.hypothetical = local.hypothetical.or(Some(head));
                            return;
                        }
                        local.denied = local.denied.or(Some(head));
                        return;
                    }
                    Some(Complement::Planned) if infinitive && words.rel(at) != Rel::Advcl => {
                        local.planned = local.planned.or(Some(head));
                        return;
                    }
                    Some(Complement::None)
                        if infinitive || words.rel(at) == Rel::Xcomp || gerund_of =>
                    {
                        if words.rel(at) == Rel::Advcl
                            && !words.is_any(head, &["prevent", "stop", "refrain"])
                        {
                            // "stopped, killing two" is no complement.
                        } else if words.is_any(head, &["stop", "halt", "cease"]) {
                            local.stopped = true;
                        } else {
                            local.hypothetical = local.hypothetical.or(Some(head));
                            return;
                        }
                    }
                    Some(Complement::Happened) if infinitive || words.rel(at) == Rel::Xcomp => {
                        // Tried, managed, continued: the governing verb decides; go on upwards.
                        at = head;
                        continue;
                    }
                    _ if infinitive && words.rel(at) == Rel::Advcl => {
                        // Purpose: aimed at, not said to be done, and told by its main verb.
                        local.hypothetical = local.hypothetical.or(Some(at));
                        return;
                    }
                    _ if infinitive && words.rel(at) == Rel::Acl => {
                        let any = words
                            .children(head)
                            .iter()
                            .any(|&c| matches!(words.form(c), "any" | "no"));
                        if words.is_any(head, &["attempt", "bid", "effort", "try"]) && !any {
                            at = head;
                            if let Some(above) = words.head(head).filter(|&h| words.is_verb(h)) {
                                at = above;
                            }
                            continue;
                        }
                        local.planned = local.planned.or(Some(head));
                        return;
                    }
                    _ => {}
                }
                break;
            }
            Rel::Conj if words.is_verb(head) => {
                // Coordinated verbs share modals and negation only where they share the subject.
                let own = syntax
                    .child(at, &[Rel::Nsubj, Rel::NsubjPass, Rel::Aux])
                    .is_some();
                if own || words.xpos(at) != Xpos::VB {
                    break;
                }
                at = head;
            }
            _ => break,
        }
    }
}

/// Whether the noun phrase of `head` says that there is none: "no shell", "nobody", "none".
fn denies_existence(words: &Words<'_>, head: usize) -> bool {
    matches!(words.form(head), "nobody" | "none" | "nothing")
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
        (words.rel(c) == Rel::Det
            && matches!(
                words.form(c),
                "the" | "this" | "that" | "these" | "those" | "such"
            ))
            || words.rel(c) == Rel::NmodPoss
    }) || words.upos(noun) == Upos::Propn
}
