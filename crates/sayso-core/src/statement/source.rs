//! Speakers: who is credited, who passes it on, and to whom and through what it is said.

use sayso_lexicon::{MediumKind, WordClass};
use sayso_text::{NameKind, Rel, TokenRange, Upos, Xpos};

pub(super) use super::antecedent::is_speaker;
use super::antecedent::{antecedent, is_person};
use super::aside;
pub(super) use super::beside::beside;
use super::beside::ends_a_quotation;
use super::clause::{Content, conjoined};
use super::cue::{self, Hit};
use super::medium;
use super::view::View;
use crate::StatementRule as Rule;
use crate::mention;

/// A noun phrase by its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) tokens: TokenRange,
    pub(super) head: usize,
}

/// Who speaks, and how that was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Speaker {
    /// Nearest the content first.
    pub(super) chain: Vec<Phrase>,
    /// Something the speech is kept in, found on the way ("a statement accusing …").
    pub(super) medium: Option<Phrase>,
    pub(super) rule: Option<Rule>,
}

impl Speaker {
    fn of(view: &View<'_>, head: usize, rule: Rule) -> Self {
        let mut speaker = Self {
            chain: Vec::new(),
            medium: None,
            rule: Some(rule),
        };
        // "a statement by the ministry": the ministry speaks.
        if let Some(owner) = author(view, head).filter(|_| view.has(Rule::AuthorOfText)) {
            speaker.medium = Some(short_phrase(view, head));
            speaker.chain.push(full(view, owner));
        } else {
            speaker.chain.push(full(view, head));
        }
        speaker
    }

    fn nobody(rule: Rule) -> Self {
        Self {
            rule: Some(rule),
            ..Self::default()
        }
    }
}

/// The noun phrase of `head` without trailing clauses.
pub(super) fn phrase(view: &View<'_>, head: usize) -> TokenRange {
    mention::noun_phrase(view.context, head)
}

fn short_phrase(view: &View<'_>, head: usize) -> Phrase {
    Phrase {
        tokens: mention::noun_group(view.context, head),
        head,
    }
}

/// The noun phrase of a speaker with the speakers coordinated with it: "rescuers and residents".
pub(super) fn full(view: &View<'_>, head: usize) -> Phrase {
    let mut tokens = phrase(view, head);
    // "LENKO — Police said": the dateline is no part of the speaker.
    let start = aside::behind_dateline(view, &view.sentence(head), tokens.end);
    if (tokens.start + 1..tokens.end).contains(&start) && view.has(Rule::SpeakerBehindDateline) {
        tokens.start = start;
        let head = if head >= start { head } else { tokens.end - 1 };
        return Phrase { tokens, head };
    }
    for &child in view.children(head) {
        if view.rel(child) == Rel::Conj
            && view.has(Rule::JoinedSpeakers)
            && child > head
            && view.is_nominal(child)
        {
            let next = phrase(view, child);
            if next.start >= tokens.end && next.start - tokens.end <= 2 {
                tokens.end = next.end;
            }
        }
    }
    // The dash of a dateline before a name.
    while tokens.start < head
        && view.is_punct(tokens.start)
        && !view.quotes.iter().any(|q| q.open == tokens.start)
    {
        tokens.start += 1;
    }
    Phrase { tokens, head }
}

/// Finds who speaks through the verb of `hit`.
pub(super) fn of_verb(view: &View<'_>, hit: &Hit<'_>, content: &Content) -> Speaker {
    let verb = hit.main;
    if content.raised && view.has(Rule::PassiveWithoutAgent) {
        return agent(view, verb).unwrap_or_else(|| Speaker::nobody(Rule::PassiveWithoutAgent));
    }
    if let Some(agent) = agent(view, verb) {
        return agent;
    }
    climb(view, verb, content, 0)
        .or_else(|| coordinated(view, verb))
        .unwrap_or_default()
}

/// "urged calm and appealed to …": the speaker of the cue before "and", where the tree is lost.
fn coordinated(view: &View<'_>, verb: usize) -> Option<Speaker> {
    let start = view.sentence(verb).start;
    let joined = view.has(Rule::SpeakerBeforeAnd)
        && verb > start
        && matches!(view.lower(verb - 1), "and" | "but");
    let first = (start..verb).rev().filter(|_| joined).find(|&i| {
        view.is_finite(i)
            && cue::is_cue_verb(view, i)
            && cue::at(view, i)
                .iter()
                .any(|h| h.cue.kind == sayso_lexicon::CueKind::Verb)
    })?;
    climb(view, first, &Content::default(), 1)
}

/// Who speaks through a verb that no line of the lexicon explains.
pub(super) fn by_tree(view: &View<'_>, verb: usize, content: &Content) -> Vec<Phrase> {
    if cue::passive(view, verb) {
        return agent(view, verb).map(|s| s.chain).unwrap_or_default();
    }
    climb(view, verb, content, 0)
        .map(|s| s.chain)
        .unwrap_or_default()
}

/// The agent of a passive: "was said by the envoy".
fn agent(view: &View<'_>, verb: usize) -> Option<Speaker> {
    view.children(verb)
        .iter()
        .copied()
        .filter(|_| view.has(Rule::Agent))
        .find(|&c| {
            // "was described as looters" has a predicate there, whatever the tree calls it.
            (view.rel(c) == Rel::OblAgent && view.case_of(c).is_none_or(|k| view.lower(k) != "as"))
                || (view.rel(c) == Rel::Obl
                    && cue::passive(view, verb)
                    && view.case_of(c).is_some_and(|k| view.lower(k) == "by"))
        })
        // "is considered impassable by day"
        .filter(|&c| !is_time(view, c))
        .map(|head| Speaker::of(view, head, Rule::Agent))
}

fn climb(view: &View<'_>, verb: usize, content: &Content, depth: usize) -> Option<Speaker> {
    if depth > 5 {
        return None;
    }
    if let Some(subject) = subject(view, verb, content) {
        return Some(subject);
    }
    let head = view.head(verb);
    // "said it had fired and denied …": the outer speaker, wherever the tree hangs the verb.
    if depth == 0
        && view.has(Rule::SpeakerOfConjoined)
        && let Some(outer) = outer_of_conjoined(view, verb)
    {
        return climb(view, outer, &Content::default(), depth + 1);
    }
    // A finite verb has its subject before it, wherever the tree hangs it.
    if view.has(Rule::NounBesideCue)
        && view.is_finite(verb)
        && matches!(
            view.rel(verb),
            Rel::Ccomp | Rel::Root | Rel::Parataxis | Rel::Advcl
        )
        && let Some(beside) = beside(view, verb).filter(|&b| b < verb && !in_ranges(content, b))
    {
        return Some(Speaker::of(view, beside, Rule::NounBesideCue));
    }
    // "…, adding that": whoever said what stands before it.
    if depth == 0
        && view.has(Rule::SpeakerOfAdding)
        && view.xpos(verb) == Xpos::VBG
        && verb > 0
        && view.is_punct(verb - 1)
        && view.is_in(WordClass::Continuing, view.lemma(verb))
        && let Some(first) = earlier_saying(view, verb)
    {
        return climb(view, first, &Content::default(), depth + 1);
    }
    // "accusing … and threatening …": the second participle, wherever the tree hangs it.
    if depth == 0
        && view.has(Rule::SpeakerOfParticiple)
        && view.xpos(verb) == Xpos::VBG
        && verb > 0
        && matches!(view.lower(verb - 1), "and" | "or" | "but")
        && let Some(first) = earlier_participle(view, verb)
    {
        return climb(view, first, &Content::default(), depth + 1);
    }
    // After the quotation: "“…,” said the mayor", with the mayor wherever the tree put him.
    if content.left
        && depth == 0
        && view.has(Rule::NounBesideCue)
        && let Some(beside) = beside(view, verb)
    {
        return Some(Speaker::of(view, beside, Rule::NounBesideCue));
    }
    let head = head?;
    match view.rel(verb) {
        Rel::Conj => climb(view, head, content, depth + 1),
        Rel::Acl | Rel::AclRelcl if view.is_nominal(head) => of_noun(view, head, depth),
        Rel::Advcl | Rel::Xcomp | Rel::Ccomp | Rel::Dep | Rel::Parataxis | Rel::Acl
            if view.is_verb(head) || view.child(head, &[Rel::Cop, Rel::Nsubj]).is_some() =>
        {
            of_participle(view, verb, head, content, depth)
        }
        Rel::Advcl | Rel::Dep | Rel::Appos | Rel::Nmod if view.is_nominal(head) => {
            of_noun(view, head, depth)
        }
        _ => None,
    }
    .or_else(|| {
        (depth == 0 && view.has(Rule::NounBesideCue))
            .then(|| beside(view, verb))
            .flatten()
            .filter(|&b| !in_ranges(content, b))
            .map(|beside| Speaker::of(view, beside, Rule::NounBesideCue))
    })
}

fn in_ranges(content: &Content, token: usize) -> bool {
    content.ranges.iter().any(|r| r.contains(&token))
}

/// The cue in whose content `verb` only seems to stand.
fn outer_of_conjoined(view: &View<'_>, verb: usize) -> Option<usize> {
    let start = view.sentence(verb).start;
    (start..verb).rev().find(|&outer| {
        view.is_finite(outer)
            && cue::is_cue_verb(view, outer)
            && view
                .child(outer, &[Rel::Ccomp])
                .filter(|&c| outer < c && c < verb)
                .is_some_and(|c| conjoined(view, outer, c, outer + 1..verb + 1) == Some(verb))
    })
}

/// The nearest cue of a clause before `verb` in its sentence.
fn earlier_saying(view: &View<'_>, verb: usize) -> Option<usize> {
    let start = view.sentence(verb).start;
    (start..verb.saturating_sub(1)).rev().find(|&i| {
        (view.is_finite(i) || view.xpos(i) == Xpos::VBG)
            && cue::is_cue_verb(view, i)
            && !cue::passive(view, i)
            && cue::at(view, i).iter().any(|h| {
                h.cue.kind == sayso_lexicon::CueKind::Verb
                    && h.cue.takes(sayso_lexicon::Frame::Clause)
                    && h.cue.act != "estimate"
            })
    })
}

/// The nearest participle before `verb` in its sentence that is a cue too.
fn earlier_participle(view: &View<'_>, verb: usize) -> Option<usize> {
    let start = view.sentence(verb).start;
    (start..verb.saturating_sub(1)).rev().find(|&i| {
        view.xpos(i) == Xpos::VBG
            && cue::is_cue_verb(view, i)
            && cue::at(view, i)
                .iter()
                .any(|h| h.cue.kind == sayso_lexicon::CueKind::Verb)
    })
}

/// The speaker of "saying …" under the verb `governor`.
fn of_participle(
    view: &View<'_>,
    verb: usize,
    governor: usize,
    content: &Content,
    depth: usize,
) -> Option<Speaker> {
    if view.has(Rule::QuotedBy)
        && matches!(view.lemma(governor), "quote" | "cite" | "report")
        && view.rel(verb) != Rel::Ccomp
    {
        let quoted = view.child(governor, &[Rel::Obj, Rel::NsubjPass]);
        if let Some(quoted) = quoted.filter(|&q| q != verb && is_speaker(view, q)) {
            let mut speaker = Speaker::of(view, quoted, Rule::QuotedBy);
            let carrier = agent(view, governor).or_else(|| {
                (!cue::passive(view, governor))
                    .then(|| climb(view, governor, &Content::default(), depth + 1))
                    .flatten()
            });
            if let Some(carrier) = carrier {
                speaker.chain.extend(carrier.chain);
            }
            return Some(speaker);
        }
    }
    // "issued a statement accusing …", with the participle on the verb.
    let medium = view
        .child(governor, &[Rel::Obj])
        .filter(|&o| o < verb && is_text(view, o) && view.has(Rule::IssuerOfText));
    let mut speaker = climb(view, governor, content, depth + 1)?;
    if speaker.medium.is_none() {
        speaker.medium = medium.map(|m| medium::channel_of(view, m));
    }
    Some(speaker)
}

/// The speaker of a participle that hangs on a noun: "a source saying", "a statement accusing".
fn of_noun(view: &View<'_>, noun: usize, depth: usize) -> Option<Speaker> {
    if is_text(view, noun) {
        let owner = author(view, noun).or_else(|| possessor(view, noun));
        if let Some(owner) = owner.filter(|_| view.has(Rule::AuthorOfText)) {
            let mut speaker = Speaker::of(view, owner, Rule::AuthorOfText);
            speaker.medium = Some(medium::channel_of(view, noun));
            return Some(speaker);
        }
        // "The group issued a statement accusing …"
        if view.has(Rule::IssuerOfText)
            && matches!(view.rel(noun), Rel::Obj | Rel::Obl)
            && let Some(verb) = view.head(noun)
            && view.is_in(WordClass::Issuing, view.lemma(verb))
            && let Some(mut speaker) = climb(view, verb, &Content::default(), depth + 1)
        {
            speaker.medium = Some(medium::channel_of(view, noun));
            speaker.rule = Some(Rule::IssuerOfText);
            return Some(speaker);
        }
    }
    // "… through its channels accusing …": a channel does not speak, whoever uses it does.
    if view.has(Rule::UserOfChannel)
        && medium::is_medium(view, noun)
        && let Some(verb) = view.head(noun).filter(|&v| view.is_verb(v))
        && let Some(mut speaker) = climb(view, verb, &Content::default(), depth + 1)
    {
        speaker.medium = Some(Phrase {
            tokens: phrase(view, noun),
            head: noun,
        });
        speaker.rule = Some(Rule::UserOfChannel);
        return Some(speaker);
    }
    if !view.has(Rule::Antecedent) {
        return None;
    }
    // "quoted a source saying": the noun speaks, its quoter passes it on.
    let mut speaker = Speaker::of(view, noun, Rule::Antecedent);
    if matches!(view.rel(noun), Rel::Obj | Rel::NsubjPass)
        && let Some(verb) = view.head(noun)
        && matches!(view.lemma(verb), "quote" | "cite")
        && view.has(Rule::QuotedBy)
    {
        let carrier = agent(view, verb).or_else(|| {
            (!cue::passive(view, verb))
                .then(|| climb(view, verb, &Content::default(), depth + 1))
                .flatten()
        });
        if let Some(carrier) = carrier {
            speaker.chain.extend(carrier.chain);
        }
    }
    Some(speaker)
}

/// The subject of `verb` as a speaker; nobody where it is "it", "there" or "no group".
fn subject(view: &View<'_>, verb: usize, content: &Content) -> Option<Speaker> {
    if cue::empty_subject(view, verb).is_some() {
        return Some(Speaker::nobody(Rule::SubjectIsNobody));
    }
    let in_content = |s: usize| {
        content
            .ranges
            .iter()
            .any(|r| r.contains(&s) && !content.ranges.is_empty())
    };
    let subject = view
        .children(verb)
        .iter()
        .copied()
        .filter(|&c| matches!(view.rel(c), Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter))
        .filter(|&c| !in_content(c) && view.upos(c) != Upos::Adv)
        .filter(|&c| !ends_a_quotation(view, c, verb))
        .min_by_key(|&c| c.abs_diff(verb))?;
    if matches!(view.xpos(subject), Xpos::WDT | Xpos::WP)
        || (view.lower(subject) == "that" && view.rel(verb) == Rel::AclRelcl)
    {
        if !view.has(Rule::Antecedent) {
            return None;
        }
        let mut at = verb;
        for _ in 0..5 {
            if view.rel(at) == Rel::AclRelcl {
                let head = view.head(at)?;
                // A person who speaks is no thing, whatever the tree hangs the clause on.
                let person = view.lower(subject) == "who" && !is_person(view, head);
                let head = person
                    .then(|| antecedent(view, subject))
                    .flatten()
                    .unwrap_or(head);
                return Some(Speaker::of(view, head, Rule::Antecedent));
            }
            at = view.head(at)?;
        }
        return None;
    }
    view.has(Rule::Subject)
        .then(|| Speaker::of(view, subject, Rule::Subject))
}

/// Who wrote or spoke the text that `noun` names: "a statement by the ministry".
fn author(view: &View<'_>, noun: usize) -> Option<usize> {
    if !is_text(view, noun) {
        return None;
    }
    view.children(noun).iter().copied().find(|&c| {
        c > noun
            && matches!(view.rel(c), Rel::Nmod | Rel::Obl | Rel::OblAgent)
            && view
                .case_of(c)
                .is_some_and(|k| matches!(view.lower(k), "by" | "from"))
    })
}

pub(super) fn possessor(view: &View<'_>, noun: usize) -> Option<usize> {
    view.child(noun, &[Rel::NmodPoss])
}

/// Whether `noun` names something that words are kept in.
pub(super) fn is_text(view: &View<'_>, noun: usize) -> bool {
    view.lexicon().mediums.get(view.lemma(noun)) == Some(MediumKind::Text)
}

/// The addressee of `verb`, which the lexicon calls `name`: "told *news agencies*", "confirmed to *a reporter*".
pub(super) fn addressee(
    view: &View<'_>,
    verb: usize,
    name: &str,
    content: &Content,
) -> Option<Phrase> {
    let free = |c: usize| !content.ranges.iter().any(|r| r.contains(&c));
    let direct = view.is_in(WordClass::Addressing, name);
    if !view.has(Rule::AddresseeOfCue) {
        return None;
    }
    let head = content.to.or_else(|| {
        view.children(verb).iter().copied().find(|&c| {
            free(c)
                && view.is_nominal(c)
                && ((direct && c > verb && matches!(view.rel(c), Rel::Obj | Rel::Iobj))
                    || (matches!(view.rel(c), Rel::Obl | Rel::Nmod)
                        && view.case_of(c).is_some_and(|k| view.lower(k) == "to")
                        && is_speaker(view, c)))
        })
    })?;
    // "warned the drivers of consequences": the consequences are what they are warned of.
    let mut whom = full(view, head);
    if let Some(said) = content.ranges.first().filter(|r| r.start > head) {
        whom.tokens.end = whom.tokens.end.min(said.start);
    }
    Some(whom)
}

pub(super) fn is_time(view: &View<'_>, token: usize) -> bool {
    mention::name_at(view.context.reading, token)
        .is_some_and(|name| matches!(name.kind, NameKind::Date | NameKind::Time))
        || matches!(
            view.lower(token),
            "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
                | "today"
                | "yesterday"
                | "earlier"
                | "later"
                | "week"
                | "month"
                | "year"
        )
}
