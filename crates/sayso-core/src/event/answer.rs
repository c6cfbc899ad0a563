//! Answers: what somebody says to what another has said, without naming the event again.
//!
//! "Police denied it", "the army dismissed the report as propaganda", "witnesses say otherwise",
//! "the minister says his men touched nobody": such words make an event disputed that one side
//! asserts and the other denies.

use sayso_lexicon::{Complement, EventWord};
use sayso_text::{Rel, Span};

use super::clause;
use super::merge::Told;
use super::words::Words;
use crate::{Act, EntityId, Polarity, Statement, Status, StatusRule, Toll};

/// One answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    token: usize,
    /// It denies; else it upholds what was denied.
    denies: bool,
    /// It denies a part in it, not that it happened.
    of_blame: bool,
    speaker: Option<EntityId>,
    /// Head of the clause that says what is denied: "the claim that a ship was hit".
    claim: Option<usize>,
}

impl Answer {
    /// An answer to what was said before.
    fn new(token: usize, denies: bool, speaker: Option<EntityId>) -> Self {
        Self {
            token,
            denies,
            of_blame: false,
            speaker,
            claim: None,
        }
    }
}

/// Every answer of the text, in text order.
pub(super) fn find(words: &Words<'_>, statements: &[Statement]) -> Vec<Answer> {
    let mut answers: Vec<Answer> = statements
        .iter()
        .filter_map(|s| accusation(words, s))
        .collect();
    answers.extend(said(words, statements));
    answers.sort_by_key(|a| a.token);
    answers
}

/// Whoever accuses upholds what the accused has denied: "and they accuse the unit of killing him",
/// "the neighbours blame them".
fn accusation(words: &Words<'_>, statement: &Statement) -> Option<Answer> {
    let token = statement.cue_token?;
    let source = statement.sources.first()?;
    let accuses = words.is_verb(token) && words.is_in(token, EventWord::Accusing);
    (statement.act == Act::Accuse && accuses).then_some(Answer::new(token, false, source.entity))
}

/// The same where nothing is said of what for.
fn bare_accusation(words: &Words<'_>, verb: usize) -> Option<Answer> {
    let object = words.context.syntax.child(verb, &[Rel::Obj])?;
    let bare = words.is_verb(verb)
        && words.is_in(verb, EventWord::Accusing)
        && words.upos(object) == sayso_text::Upos::Pron;
    bare.then(|| Answer::new(verb, false, speaker(words, verb)))
}

/// "A rights group had published the testimony of four women", "footage shows": what speaks
/// against a denial without answering it.
fn evidence(words: &Words<'_>, noun: usize) -> Option<Answer> {
    if !words.is_in(noun, EventWord::EvidenceNoun)
        || !words.is_noun(noun)
        || !words.on(StatusRule::AnswerByEvidence)
    {
        return None;
    }
    let verb = words.head(noun)?;
    let shown = words.is_verb(verb)
        && words.is_in(verb, EventWord::ShowingVerb)
        && matches!(words.rel(noun), Rel::Obj | Rel::Nsubj | Rel::NsubjPass);
    let negated = words
        .children(noun)
        .iter()
        .chain(words.children(verb))
        .any(|&c| words.form_in(c, EventWord::Negator) || words.form(c) == "any");
    (shown && !negated).then(|| Answer::new(noun, false, speaker(words, verb)))
}

fn said(words: &Words<'_>, statements: &[Statement]) -> Vec<Answer> {
    (0..words.context.reading.tokens.len())
        .filter_map(|token| {
            denial(words, token)
                .or_else(|| plea(words, token))
                .or_else(|| untrue(words, token, statements))
                .or_else(|| nothing_of_the_sort(words, token, statements))
                .or_else(|| upheld(words, token))
                .or_else(|| bare_accusation(words, token))
                .or_else(|| evidence(words, token))
        })
        .collect()
}

fn speaker(words: &Words<'_>, verb: usize) -> Option<EntityId> {
    clause::subject(words, verb).and_then(|s| words.mentions.entity_at(s))
}

/// Whether the noun or pronoun stands for what was said before and says nothing of its own.
fn refers_back(words: &Words<'_>, token: usize) -> bool {
    if words.form_in(token, EventWord::BackReference) {
        return true;
    }
    words.is_in(token, EventWord::ReportNoun)
        && words
            .context
            .syntax
            .child(
                token,
                &[Rel::Acl, Rel::AclRelcl, Rel::Ccomp, Rel::Nmod, Rel::Appos],
            )
            .is_none()
}

/// "denied it", "rejected the accusation", "denied any involvement".
fn denial(words: &Words<'_>, verb: usize) -> Option<Answer> {
    if !words.is_verb(verb)
        || words.lexicon().complements.of(words.lemma(verb)) != Some(Complement::Denied)
        || is_denied_itself(words, verb)
    {
        return None;
    }
    let object = clause::read(words, verb).patient?;
    let of_blame = words.is_in(object, EventWord::BlameNoun);
    // "denies the claim that the ferry was hit": what is said again is asked of the events.
    let claim = words
        .context
        .syntax
        .child(object, &[Rel::Acl, Rel::AclRelcl, Rel::Ccomp])
        .filter(|_| words.is_in(object, EventWord::ReportNoun));
    (of_blame || claim.is_some() || refers_back(words, object)).then(|| Answer {
        of_blame,
        claim,
        ..Answer::new(verb, true, speaker(words, verb))
    })
}

/// "neither confirmed nor denied", "did not deny".
fn is_denied_itself(words: &Words<'_>, verb: usize) -> bool {
    let from = words.sentence(verb).start.max(verb.saturating_sub(6));
    (from..verb).any(|t| words.form_in(t, EventWord::Negator))
}

/// "pleaded not guilty", "protests his innocence".
fn plea(words: &Words<'_>, verb: usize) -> Option<Answer> {
    let end = words.sentence(verb).end.min(verb + 4);
    let mut after = verb + 1..end;
    let pleads = words.is(verb, "plead")
        && after.clone().any(|t| words.form(t) == "guilty")
        && after.clone().any(|t| words.form(t) == "not")
        || words.is_in(verb, EventWord::Pleading)
            && after.any(|t| words.is_in(t, EventWord::Innocence));
    pleads.then(|| Answer::new(verb, true, speaker(words, verb)))
}

/// "said the claim is false", "called it a lie".
fn untrue(words: &Words<'_>, token: usize, statements: &[Statement]) -> Option<Answer> {
    if !words.is_in(token, EventWord::Untrue) {
        return None;
    }
    let syntax = words.context.syntax;
    let about = syntax.child(token, &[Rel::Nsubj]).or_else(|| {
        let head = words.head(token)?;
        words
            .is_in(head, EventWord::Calling)
            .then(|| syntax.child(head, &[Rel::Obj]))?
    })?;
    let said = super::statement_at(statements, token);
    let speaker = said
        .and_then(|s| statements.get(s)?.sources.first()?.entity)
        .or_else(|| words.head(token).and_then(|h| speaker(words, h)));
    refers_back(words, about).then(|| Answer::new(token, true, speaker))
}

/// "Nothing of the sort occurred", "no such attack took place".
fn nothing_of_the_sort(
    words: &Words<'_>,
    token: usize,
    statements: &[Statement],
) -> Option<Answer> {
    let after = |n: usize| words.form(token + n);
    let nothing =
        after(0) == "nothing" && after(1) == "of" && words.form_in(token + 3, EventWord::SortNoun);
    let no_such = after(0) == "no" && after(1) == "such" && words.is_noun(token + 2);
    // "no shots were fired"
    let no_shots = after(0) == "no"
        && words.is_in(token + 1, EventWord::Ammunition)
        && words.sentence(token).any(|t| words.is(t, "fire"));
    if !(nothing || no_such || no_shots) || !words.sentence(token).contains(&(token + 2)) {
        return None;
    }
    let said = super::statement_at(statements, token)?;
    Some(Answer::new(
        token,
        true,
        statements.get(said)?.sources.first()?.entity,
    ))
}

/// "say otherwise", "claimed the opposite", "stands by its report".
fn upheld(words: &Words<'_>, token: usize) -> Option<Answer> {
    let sentence = words.sentence(token);
    // "did not loot a single cow, as some abroad claim", "contrary to what witnesses said"
    let quoted_against = match words.form(token) {
        "as" => (token + 1..sentence.end.min(token + 7))
            .take_while(|&t| !words.form_in(t, EventWord::CommaMark))
            .find(|&t| words.is_verb(t) && words.is_in(t, EventWord::Asserting)),
        _ => None,
    };
    if quoted_against.is_some() {
        return Some(Answer::new(
            token,
            false,
            quoted_against.and_then(|v| speaker(words, v)),
        ));
    }
    let verb = if words.form_in(token, EventWord::Contrary) {
        (sentence.start..sentence.end)
            .find(|&v| words.is_verb(v) && words.is_in(v, EventWord::Asserting))?
    } else if words.is_verb(token)
        && (words.is(token, "contradict")
            || (words.is(token, "stand") && words.form(token + 1) == "by"))
    {
        token
    } else {
        return None;
    };
    Some(Answer::new(token, false, speaker(words, verb)))
}

/// The mentions of one event as an answer is measured against them.
pub(super) struct Case<'a> {
    pub(super) mentions: &'a [&'a Told],
    pub(super) status: Status,
    pub(super) side_a: &'a [usize],
    pub(super) tolls: &'a [Toll],
}

/// How many sentences an answer may lag behind.
const LAG: usize = 2;

/// The same for one answer: "as witnesses claim" belongs to its own sentence.
fn reach(words: &Words<'_>, answer: &Answer) -> usize {
    if words.form(answer.token) == "as" || clause::is_of_aside(words, answer.token) {
        0
    } else {
        LAG
    }
}

/// Why the event is disputed, if somebody answers what is said of it: rule and words.
///
/// `nearer` tells whether some other event stands between two tokens.
pub(super) fn disputed(
    words: &Words<'_>,
    case: &Case<'_>,
    answers: &[Answer],
    statements: &[Statement],
    nearer: &dyn Fn(usize, usize) -> bool,
) -> Option<(&'static str, Span)> {
    let reading = words.context.reading;
    let said_by = |t: &Told| {
        t.standing
            .statement
            .and_then(|s| statements.get(s))
            .and_then(|s| s.sources.first())
    };
    let speakers: Vec<EntityId> = case
        .mentions
        .iter()
        .filter_map(|t| said_by(t)?.entity)
        .collect();
    let said = case.mentions.iter().any(|t| said_by(t).is_some());
    let span = |token: usize| reading.tokens.get(token).map(|t| t.span);
    let lag = |token: usize| {
        case.mentions
            .iter()
            .filter(|t| t.hit.token < token)
            .map(|t| reading.sentence_of(token) - reading.sentence_of(t.hit.token))
            .min()
    };
    let last = |token: usize| {
        case.mentions
            .iter()
            .map(|t| t.hit.token)
            .filter(|&t| t < token)
            .max()
    };
    let open = match case.status {
        Status::Asserted => said,
        Status::Alleged | Status::Denied => true,
        Status::Planned | Status::Disputed => false,
    };
    let wanted = case.status != Status::Denied;
    for answer in answers {
        let pleads = words.is_in(answer.token, EventWord::Pleading);
        let on = if wanted {
            StatusRule::AnswerDenies
        } else {
            StatusRule::AnswerUpholds
        };
        if answer.denies != wanted
            || !words.on(on)
            || !(open || pleads)
            || (answer.of_blame && case.status != Status::Alleged)
            || lag(answer.token).is_none_or(|lag| lag > reach(words, answer))
            || answer.speaker.is_some_and(|s| speakers.contains(&s))
            || (wanted && speaks_of_toll(words, case, answer.token, statements))
            || last(answer.token).is_some_and(|t| {
                // What the claim says again is no other event between.
                let until = answer.claim.map_or(answer.token, |c| {
                    words.context.syntax.reach(c).start.max(answer.token)
                });
                nearer(t, until) || is_elsewhere(words, t, answer, statements)
            })
            || answer.claim.is_some_and(|c| {
                let clause = words.context.syntax.reach(c);
                nearer(clause.start.saturating_sub(1), clause.end)
            })
        {
            continue;
        }
        return span(answer.token).map(|s| (on.name(), s));
    }
    if case.status == Status::Denied && words.on(StatusRule::AnswerCounts) {
        // "denied the massacre. Forty bodies were found there": the count speaks against it.
        let denials: Vec<usize> = case
            .mentions
            .iter()
            .filter_map(|t| t.standing.statement)
            .collect();
        let counted = case.tolls.iter().find(|t| {
            // Whoever could not verify a count puts nothing against the denial.
            let doubted = |by: usize| {
                let act = statements.get(by).map(|s| s.act);
                matches!(act, Some(Act::Doubt | Act::Silence))
            };
            t.by.is_none_or(|by| !denials.contains(&by) && !doubted(by))
                && reading.sentence_of(t.token) > 0
        });
        return counted.map(|t| (StatusRule::AnswerCounts.name(), t.span));
    }
    if case.status == Status::Denied || !words.on(StatusRule::AnswerBySide) {
        return None;
    }
    if !said && case.status != Status::Alleged {
        return None;
    }
    negative_reply(words, case, statements, &speakers, &lag)
}

/// Whether the answer, in another paragraph, is to something that another has said in between.
fn is_elsewhere(words: &Words<'_>, last: usize, answer: &Answer, statements: &[Statement]) -> bool {
    let reading = words.context.reading;
    let paragraph = |t: usize| {
        reading
            .sentences
            .get(reading.sentence_of(t))
            .map(|s| s.paragraph)
    };
    words.on(StatusRule::AnswerToNearest)
        && paragraph(last) != paragraph(answer.token)
        && statements.iter().any(|s| {
            s.content_tokens
                .first()
                .zip(s.content_tokens.last())
                .is_some_and(|(a, b)| a.start > last && b.end <= answer.token)
                && s.sources
                    .first()
                    .is_some_and(|x| x.entity != answer.speaker)
        })
}

/// Whether the answer is to a statement in its sentence that only counts: "Kabul says 19 were
/// killed; the army says that is untrue".
fn speaks_of_toll(
    words: &Words<'_>,
    case: &Case<'_>,
    answer: usize,
    statements: &[Statement],
) -> bool {
    let sentence = words.sentence(answer);
    let before = statements
        .iter()
        .filter(|s| {
            s.content_tokens
                .last()
                .is_some_and(|c| c.end <= answer && c.start >= sentence.start)
        })
        .max_by_key(|s| s.content_tokens.last().map_or(0, |c| c.end));
    before.is_some_and(|s| {
        let inside = |t: &&&Told| s.says(t.hit.token);
        let mut told = case.mentions.iter().filter(inside).peekable();
        told.peek().is_some()
            && told.all(|t| super::merge::is_outcome(words, t))
            && case
                .mentions
                .iter()
                .any(|t| !super::merge::is_outcome(words, t))
    })
}

/// The side that is said to have done it says that it did not: "The coalition says it flew no
/// missions", "his men did not touch anyone".
fn negative_reply(
    words: &Words<'_>,
    case: &Case<'_>,
    statements: &[Statement],
    speakers: &[EntityId],
    lag: &dyn Fn(usize) -> Option<usize>,
) -> Option<(&'static str, Span)> {
    let reading = words.context.reading;
    let accused: Vec<EntityId> = case
        .side_a
        .iter()
        .flat_map(|&a| {
            let owner = words.context.syntax.child(a, &[Rel::NmodPoss]);
            [Some(a), owner]
        })
        .flatten()
        .filter_map(|t| words.mentions.entity_at(t))
        .collect();
    statements.iter().find_map(|s| {
        let source = s.sources.first()?;
        let entity = source.entity?;
        let content = s.content_tokens.first()?;
        let cue = s.cue_token.unwrap_or(content.start);
        if speakers.contains(&entity)
            || !matches!(s.act, Act::Report | Act::Deny | Act::Confirm)
            || lag(cue.max(content.start)).is_none_or(|lag| lag > LAG)
            || case.mentions.iter().any(|t| s.says(t.hit.token))
        {
            return None;
        }
        let opening = content.start..content.end.min(content.start + 9);
        // "insists his men did not touch anyone"
        let men = opening.clone().any(|t| {
            words.form_in(t, EventWord::Possessive)
                && (t + 1..t + 4).any(|n| words.is_armed(n) || words.is(n, "man"))
        });
        let own =
            accused.contains(&entity) || (men && case.side_a.iter().any(|&a| words.is_armed(a)));
        let negated = s.polarity == Polarity::Negated
            || opening
                .clone()
                .any(|t| words.form_in(t, EventWord::Negator));
        let of_knowledge = content
            .clone()
            .any(|t| words.is_in(t, EventWord::Knowledge));
        (own && negated && !of_knowledge)
            .then(|| reading.tokens.get(cue).map(|t| t.span))
            .flatten()
            .map(|span| (StatusRule::AnswerBySide.name(), span))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::words::testing::no_places;
    use crate::test_reading::{reading, with_context};

    /// The answers of a text: the deciding word, whether it denies, whether it denies blame only,
    /// whether it says again what is denied.
    fn answers(text: &str, lines: &str) -> Vec<(String, bool, bool, bool)> {
        let reading = reading(text, lines);
        with_context(&reading, &no_places(), |context| {
            let mentions = crate::Mentions::default();
            let words = Words::of(context, &mentions, &[]);
            find(&words, &[])
                .iter()
                .map(|a| {
                    let word = words.form(a.token).to_owned();
                    (word, a.denies, a.of_blame, a.claim.is_some())
                })
                .collect()
        })
    }

    fn one(word: &str, denies: bool) -> Vec<(String, bool, bool, bool)> {
        vec![(word.to_owned(), denies, false, false)]
    }

    #[test]
    fn denies_it() {
        let lines = "Police police NOUN NN 2 nsubj
             denied deny VERB VBD 0 root
             it it PRON PRP 2 obj
             . . PUNCT . 2 punct";
        assert_eq!(answers("Police denied it.", lines), one("denied", true));
    }

    #[test]
    fn denies_a_part_in_it() {
        let lines = "Police police NOUN NN 2 nsubj
             denied deny VERB VBD 0 root
             any any DET DT 4 det
             involvement involvement NOUN NN 2 obj
             . . PUNCT . 2 punct";
        let want = vec![("denied".to_owned(), true, true, false)];
        assert_eq!(answers("Police denied any involvement.", lines), want);
    }

    #[test]
    fn denies_the_claim_that() {
        let lines = "Police police NOUN NN 2 nsubj
             denied deny VERB VBD 0 root
             the the DET DT 4 det
             claim claim NOUN NN 2 obj
             that that SCONJ IN 8 mark
             mills mill NOUN NNS 8 nsubjpass
             were be AUX VBD 8 auxpass
             hit hit VERB VBN 4 acl
             . . PUNCT . 2 punct";
        let want = vec![("denied".to_owned(), true, false, true)];
        assert_eq!(
            answers("Police denied the claim that mills were hit.", lines),
            want
        );
    }

    #[test]
    fn what_is_denied_itself_is_no_answer() {
        let lines = "Police police NOUN NN 4 nsubj
             did do AUX VBD 4 aux
             not not PART RB 4 advmod
             deny deny VERB VB 0 root
             it it PRON PRP 4 obj
             . . PUNCT . 4 punct";
        assert!(answers("Police did not deny it.", lines).is_empty());
        // A denial of something else is none either.
        let lines = "Police police NOUN NN 2 nsubj
             denied deny VERB VBD 0 root
             him he PRON PRP 2 iobj
             a a DET DT 5 det
             visa visa NOUN NN 2 obj
             . . PUNCT . 2 punct";
        assert!(answers("Police denied him a visa.", lines).is_empty());
    }

    #[test]
    fn pleads_not_guilty() {
        let lines = "He he PRON PRP 2 nsubj
             pleaded plead VERB VBD 0 root
             not not PART RB 4 advmod
             guilty guilty ADJ JJ 2 xcomp
             . . PUNCT . 2 punct";
        assert_eq!(
            answers("He pleaded not guilty.", lines),
            one("pleaded", true)
        );
    }

    #[test]
    fn the_report_is_false() {
        let lines = "The the DET DT 2 det
             report report NOUN NN 4 nsubj
             is be AUX VBZ 4 cop
             false false ADJ JJ 0 root
             . . PUNCT . 4 punct";
        assert_eq!(answers("The report is false.", lines), one("false", true));
        // A false tooth answers nothing.
        let lines = "The the DET DT 2 det
             tooth tooth NOUN NN 4 nsubj
             is be AUX VBZ 4 cop
             false false ADJ JJ 0 root
             . . PUNCT . 4 punct";
        assert!(answers("The tooth is false.", lines).is_empty());
    }

    #[test]
    fn says_otherwise_and_blames_them() {
        let lines = "Witnesses witness NOUN NNS 2 nsubj
             say say VERB VBP 0 root
             otherwise otherwise ADV RB 2 advmod
             . . PUNCT . 2 punct";
        assert_eq!(
            answers("Witnesses say otherwise.", lines),
            one("otherwise", false)
        );
        let lines = "Villagers villager NOUN NNS 2 nsubj
             blame blame VERB VBP 0 root
             them they PRON PRP 2 obj
             . . PUNCT . 2 punct";
        assert_eq!(answers("Villagers blame them.", lines), one("blame", false));
    }
}
