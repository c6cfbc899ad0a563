//! Who stands where around a verb: subject, object and oblique phrases, in every construction.
//!
//! A subject may be missing from the clause and be found above it: relative and participial
//! clauses, coordination, control. All functions return head tokens of noun phrases.

use sayso_lexicon::{Complement, EventWord};
use sayso_text::{Rel, Upos, Xpos};

use super::words::Words;
use crate::{EventRule, StatusRule};

/// The noun phrases around a verb.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Who does it: active subject, or the "by" phrase of a passive.
    pub(crate) agent: Option<usize>,
    /// Direct object, or the subject of a passive.
    pub(crate) patient: Option<usize>,
    /// Further phrases as (preposition, head).
    pub(crate) oblique: Vec<(String, usize)>,
    /// Whether the verb is passive.
    pub(crate) passive: bool,
}

/// Whether `verb` is passive: an auxiliary, a passive subject, or a bare participle after a noun.
pub(crate) fn is_passive(words: &Words<'_>, verb: usize) -> bool {
    let syntax = words.context.syntax;
    if syntax.child(verb, &[Rel::AuxPass]).is_some() {
        return true;
    }
    if syntax
        .child(verb, &[Rel::NsubjPass, Rel::CsubjPass])
        .is_some()
    {
        // A bare participle right before a noun phrase is a past tense that the model mistook:
        // "a bomber killed sixteen people".
        let next = verb + 1;
        let object = matches!(
            words.upos(next),
            Upos::Det | Upos::Num | Upos::Noun | Upos::Propn
        ) || (words.is(next, "at") && words.is(next + 1, "least"))
            // "a guard fired at two men"
            || (words.is(verb, "fire") && matches!(words.form(next), "at" | "on" | "upon"));
        return !object || !words.sentence(verb).contains(&next);
    }
    // "were wounded" where the model misses the auxiliary's relation.
    let be = words.children(verb).iter().any(|&c| {
        c < verb && words.is(c, "be") && matches!(words.rel(c), Rel::Cop | Rel::Aux | Rel::AuxPass)
    });
    if be && words.xpos(verb) != Xpos::VBG && !words.form(verb).ends_with("ing") {
        return true;
    }
    if words.xpos(verb) != Xpos::VBN {
        return false;
    }
    let has_aux = syntax.child(verb, &[Rel::Aux]).is_some();
    match words.rel(verb) {
        Rel::Acl | Rel::Amod => true,
        Rel::Conj if !has_aux => syntax.head(verb).is_some_and(|h| {
            words.is_verb(h) && is_passive(words, h) && syntax.child(verb, &[Rel::Obj]).is_none()
        }),
        _ => {
            !has_aux
                && (syntax.child(verb, &[Rel::OblAgent]).is_some()
                    || (syntax.child(verb, &[Rel::Obj]).is_none()
                        && (matches!(words.rel(verb), Rel::Advcl | Rel::Parataxis)
                            // "were reported injured", "was found killed"
                            || words.rel(verb) == Rel::Xcomp
                                && words.on(EventRule::ParticipleComplement))))
        }
    }
}

/// The noun that a relative clause headed by `verb` (or by what it is coordinated with) modifies.
fn antecedent(words: &Words<'_>, verb: usize) -> Option<usize> {
    // A gap may lie below the relative clause's own verb: "the girl whom he is accused of taking".
    let mut at = verb;
    for _ in 0..4 {
        match words.rel(at) {
            Rel::AclRelcl => {
                let noun = words.head(at)?;
                return Some(event_above(words, noun, verb).unwrap_or(noun));
            }
            Rel::Conj | Rel::Advcl | Rel::Xcomp | Rel::Ccomp => at = words.head(at)?,
            _ => return None,
        }
    }
    None
}

/// "The bombing of an academy in Orlu that killed twenty": trees hang the clause on the academy,
/// but what kills is the bombing.
fn event_above(words: &Words<'_>, noun: usize, verb: usize) -> Option<usize> {
    if !words.on(EventRule::RelativeOfEvent)
        || !words.is_in(verb, EventWord::HarmingVerb)
        || words.etype(noun) == "person"
        || words.people(noun).is_some()
    {
        return None;
    }
    words
        .context
        .syntax
        .ancestors(noun)
        .take(2)
        .take_while(|&a| words.is_noun(a))
        .find(|&a| words.etype(a) == "event")
}

/// A relative pronoun becomes the noun it stands for.
fn resolved(words: &Words<'_>, token: usize, verb: usize) -> usize {
    if words.form_in(token, EventWord::RelativePronoun) {
        antecedent(words, verb).unwrap_or(token)
    } else {
        token
    }
}

/// The subject of `verb` as it is understood, with whether it is a passive one.
pub(crate) fn subject(words: &Words<'_>, verb: usize) -> Option<usize> {
    subject_within(words, verb, 6)
}

fn subject_within(words: &Words<'_>, verb: usize, depth: usize) -> Option<usize> {
    let syntax = words.context.syntax;
    let before = |t: &usize| *t < verb || words.rel(verb) == Rel::Root;
    let owns: Vec<usize> = syntax
        .children_by(verb, &[Rel::Nsubj, Rel::NsubjPass, Rel::NsubjOuter])
        .filter(before)
        .collect();
    // Of two, the relative pronoun is the object that the model took for a subject.
    let own = owns
        .iter()
        .copied()
        .find(|&t| owns.len() == 1 || !words.form_in(t, EventWord::RelativePronoun))
        .or(owns.first().copied());
    if let Some(own) = own {
        return Some(resolved(words, own, verb));
    }
    let depth = depth.checked_sub(1)?;
    let head = syntax.head(verb)?;
    if let Some(deed) = deed_above(words, verb, head) {
        return subject_within(words, deed, depth);
    }
    match words.rel(verb) {
        Rel::Conj | Rel::Parataxis if words.is_verb(head) || words.upos(head) == Upos::Adj => {
            // A coordinated imperative or a new clause without a subject inherits it.
            (words.rel(verb) == Rel::Conj)
                .then(|| subject_within(words, head, depth))
                .flatten()
        }
        Rel::Conj if words.is_noun(head) => None,
        Rel::Xcomp | Rel::Advcl | Rel::Ccomp
            if words.is_verb(head) || words.upos(head) == Upos::Adj =>
        {
            if words.rel(verb) == Rel::Ccomp && words.xpos(verb) != Xpos::VBG {
                return None;
            }
            let object = syntax.child(head, &[Rel::Obj, Rel::Iobj]);
            let object_control = words.rel(verb) == Rel::Xcomp
                || words.lexicon().complements.of(words.lemma(head)) == Some(Complement::Alleged);
            match object {
                Some(object)
                    if object_control
                        && !words
                            .is_any(head, &["threaten", "promise", "vow", "use", "pledge"]) =>
                {
                    Some(resolved(words, object, head))
                }
                _ => subject_within(words, head, depth),
            }
        }
        Rel::Acl if words.is_noun(head) || words.upos(head) == Upos::Pron => {
            if words.xpos(verb) == Xpos::VB {
                // "an attempt to storm the camp": whoever makes the attempt.
                syntax.child(head, &[Rel::NmodPoss]).or_else(|| {
                    let above = syntax.head(head)?;
                    (words.is_verb(above) && words.rel(head) == Rel::Obj)
                        .then(|| subject_within(words, above, depth))
                        .flatten()
                })
            } else if words.xpos(verb) == Xpos::VBG
                && verb > 0
                && words.form(verb - 1) == ","
                && matches!(
                    words.etype(head),
                    "place" | "object" | "time" | "abstract" | "event"
                )
            {
                // ", wounding two": the clause above acts, not the noun right before.
                let above = syntax.ancestors(head).find(|&a| words.is_verb(a))?;
                subject_within(words, above, depth)
            } else {
                Some(head)
            }
        }
        // "a district where there were clashes", "the raid in which two died": the noun is the
        // place or time of the clause and no subject of it.
        Rel::AclRelcl if is_adjunct_relative(words, verb) => None,
        Rel::AclRelcl => {
            // No subject of its own and no gap elsewhere: the antecedent is the subject.
            Some(event_above(words, head, verb).unwrap_or(head))
        }
        _ => None,
    }
}

/// "Struck a wedding as the couple were exchanging vows, killing nine": those who exchange vows
/// kill nobody. A participle of harm below a clause of time belongs to the violence above it.
fn deed_above(words: &Words<'_>, verb: usize, head: usize) -> Option<usize> {
    let violent = |t: usize| {
        let frames = &words.lexicon().frames;
        frames.patterns(words.lemma(t)).iter().any(|p| {
            p.pos == sayso_lexicon::TriggerPos::Verb
                && p.before.is_empty()
                && p.after.is_empty()
                && frames.all.get(p.frame).is_some_and(|frame| frame.violent)
        })
    };
    let harms = words.rel(verb) == Rel::Advcl
        && words.xpos(verb) == Xpos::VBG
        && words.is_in(verb, EventWord::HarmingVerb);
    let above = words.head(head)?;
    (harms
        && words.rel(head) == Rel::Advcl
        && words.is_verb(above)
        && !violent(head)
        && violent(above)
        && words.on(EventRule::HarmOfDeedAbove))
    .then_some(above)
}

/// Whether the noun above the relative clause of `verb` says where, when or in what it happened:
/// "where", "when", "in which".
fn is_adjunct_relative(words: &Words<'_>, verb: usize) -> bool {
    words.on(EventRule::AdjunctRelative)
        && words.children(verb).iter().any(|&c| {
            c < verb
                && (words.form_in(c, EventWord::RelativeAdverb)
                    || words.form_in(c, EventWord::RelativePronoun)
                        && words.case(c).is_some()
                        && matches!(words.rel(c), Rel::Obl | Rel::Nmod))
        })
}

/// Reads the clause of `verb`.
pub(crate) fn read(words: &Words<'_>, verb: usize) -> Clause {
    let syntax = words.context.syntax;
    let passive = is_passive(words, verb);
    let subject = subject(words, verb);
    let mut clause = Clause {
        passive,
        ..Clause::default()
    };
    // "shot dead a trader": of two objects the adjective is none, nor is a place line before the
    // verb ("KANU – Drones struck a bus").
    let noun = |o: &usize| words.upos(*o) != Upos::Adj;
    let behind = |o: &usize| *o > verb;
    let object = syntax
        .children_by(verb, &[Rel::Obj])
        .filter(noun)
        .filter(behind)
        // "murdered Orlu College student Ana Dorn": of several, the person.
        .reduce(|first, next| {
            let person = |t: usize| words.etype(t) == "person";
            if person(next) && !person(first) {
                next
            } else {
                first
            }
        })
        // "arrested the archbishop Bado Lunt": the title may hang from the verb.
        .or_else(|| {
            syntax.children_by(verb, &[Rel::NmodDesc]).find(|&t| {
                behind(&t) && words.etype(t) == "person" && !passive && words.case(t).is_none()
            })
        })
        .or_else(|| syntax.children_by(verb, &[Rel::Obj]).find(noun))
        .or_else(|| syntax.child(verb, &[Rel::Obj]))
        .map(|o| resolved(words, o, verb))
        .or_else(|| {
            // "the girl he detained": the antecedent fills the gap.
            let own_subject = syntax.child(verb, &[Rel::Nsubj]);
            let gap = words.rel(verb) == Rel::AclRelcl
                && !is_adjunct_relative(words, verb)
                && own_subject.is_some_and(|s| !words.form_in(s, EventWord::RelativePronoun));
            // "the girl whom he is accused of detaining": the gap is the complement's.
            let below = matches!(words.rel(verb), Rel::Xcomp | Rel::Advcl)
                && !passive
                && syntax.head(verb).is_some_and(|h| {
                    words.rel(h) == Rel::AclRelcl
                        && syntax
                            .children_by(h, &[Rel::Nsubj, Rel::NsubjPass, Rel::Obj])
                            .any(|c| matches!(words.form(c), "whom"))
                });
            if gap {
                syntax.head(verb)
            } else if below {
                syntax.head(verb).and_then(|h| syntax.head(h))
            } else {
                None
            }
        });
    let object = object
        .or_else(|| shared_object(words, verb, passive))
        .or_else(|| behind_particle(words, verb, passive));
    for &child in syntax.children(verb) {
        if object == Some(child) {
            continue;
        }
        match words.rel(child) {
            Rel::OblAgent if words.case(child) == Some("by") => {
                clause.agent = clause.agent.or(Some(child));
            }
            Rel::Obl | Rel::Nmod => {
                if let Some(case) = words.case(child) {
                    if case == "by" && passive {
                        clause.agent = clause.agent.or(Some(child));
                    } else {
                        clause.oblique.push((case.to_owned(), child));
                    }
                }
            }
            Rel::Advcl if words.is_any(child, &["use", "target", "employ"]) => {
                if let Some(object) = syntax.child(child, &[Rel::Obj]) {
                    clause.oblique.push((words.form(child).to_owned(), object));
                }
            }
            _ => {}
        }
    }
    if passive {
        if clause.agent.is_none() {
            clause.agent = agent_behind(words, verb);
        }
        clause.patient = subject.or(object);
        // A passive with an object left behind keeps the object ("was handed a sentence").
    } else {
        clause.agent = subject;
        clause.patient = object;
    }
    clause
}

/// "shot down a plane", "set up a roadblock": the tree may take the particle for a preposition.
fn behind_particle(words: &Words<'_>, verb: usize, passive: bool) -> Option<usize> {
    let next = verb + 1;
    if passive
        || !words.form_in(next, EventWord::Particle)
        || !words.on(EventRule::ParticleBeforeObject)
    {
        return None;
    }
    words
        .context
        .syntax
        .children_by(verb, &[Rel::Obl])
        .find(|&c| {
            let mut cases = words.context.syntax.children_by(c, &[Rel::Case]);
            // Or it is a particle, and what follows hangs as a bare phrase.
            let bare = words.rel(next) == Rel::CompoundPrt
                && words.case(c).is_none()
                && !super::sides::is_time(words, c);
            bare || cases.any(|case| case == next)
        })
}

/// "boards and seizes the tanker", "shot and wounded five": the object of the second verb is the
/// first one's too, where nothing but "and" or "or" stands between them.
fn shared_object(words: &Words<'_>, verb: usize, passive: bool) -> Option<usize> {
    let syntax = words.context.syntax;
    if passive
        || !matches!(words.form(verb + 1), "and" | "or")
        || !words.on(EventRule::SharedObject)
    {
        return None;
    }
    let second = syntax.child(verb, &[Rel::Conj]).filter(|&c| {
        words.is_verb(c)
            && c > verb
            && (verb + 2..c).all(|t| words.upos(t) == Upos::Adv)
            && syntax.child(c, &[Rel::Nsubj, Rel::NsubjPass]).is_none()
    })?;
    syntax.child(second, &[Rel::Obj]).filter(|&o| o > second)
}

/// The "by" phrase of a passive that the tree hangs elsewhere: "captured from the army by rebels".
fn agent_behind(words: &Words<'_>, verb: usize) -> Option<usize> {
    let end = words.sentence(verb).end.min(verb + 10);
    let by = (verb + 1..end)
        .take_while(|&t| !words.is_verb(t) && !matches!(words.form(t), "," | ";"))
        .find(|&t| words.form(t) == "by")?;
    let noun = words.head(by).filter(|&n| n > by && words.is_noun(n))?;
    (words.is_armed(noun) || words.actor_kind(noun).is_some()).then_some(noun)
}

/// "Accuses the neighbour of harbouring rebels, an allegation that the neighbour denies": what is
/// denied stands in the sentence.
pub(super) fn is_of_aside(words: &Words<'_>, verb: usize) -> bool {
    words.rel(verb) == Rel::AclRelcl
        && words.on(StatusRule::DeniedBeside)
        && words.head(verb).is_some_and(|noun| {
            words.is_in(noun, EventWord::ReportNoun)
                && matches!(words.rel(noun), Rel::Appos | Rel::Parataxis)
        })
}

#[cfg(test)]
mod tests {
    use super::super::words::testing::no_places;
    use super::*;
    use crate::test_reading::{reading, with_context};

    fn clause_of(text: &str, lines: &str, verb: usize) -> (Option<String>, Option<String>) {
        let reading = reading(text, lines);
        with_context(&reading, &no_places(), |context| {
            let mentions = crate::Mentions::default();
            let words = Words::of(context, &mentions, &[]);
            let clause = read(&words, verb);
            let word = |t: Option<usize>| t.map(|t| words.form(t).to_owned());
            (word(clause.agent), word(clause.patient))
        })
    }

    #[test]
    fn active_and_passive() {
        let active = clause_of(
            "Gunmen attacked a convoy",
            "Gunmen gunman NOUN NNS 2 nsubj\nattacked attack VERB VBD 0 root\na a DET DT 4 det\nconvoy convoy NOUN NN 2 obj",
            1,
        );
        assert_eq!(active, (Some("gunmen".into()), Some("convoy".into())));
        let passive = clause_of(
            "The convoy was attacked by gunmen",
            "The the DET DT 2 det\nconvoy convoy NOUN NN 4 nsubj:pass\nwas be AUX VBD 4 aux:pass\nattacked attack VERB VBN 0 root\nby by ADP IN 6 case\ngunmen gunman NOUN NNS 4 obl:agent",
            3,
        );
        assert_eq!(passive, (Some("gunmen".into()), Some("convoy".into())));
    }

    #[test]
    fn the_dead_of_shot_dead_is_no_object() {
        let shot = clause_of(
            "Gunmen shot dead a trader",
            "Gunmen gunman NOUN NNS 2 nsubj\nshot shoot VERB VBD 0 root\ndead dead ADJ JJ 2 obj\na a DET DT 5 det\ntrader trader NOUN NN 2 obj",
            1,
        );
        assert_eq!(shot, (Some("gunmen".into()), Some("trader".into())));
    }

    #[test]
    fn a_relative_pronoun_stands_for_its_noun() {
        let relative = clause_of(
            "rebels who shelled the port fled",
            "rebels rebel NOUN NNS 6 nsubj\nwho who PRON WP 3 nsubj\nshelled shell VERB VBD 1 acl:relcl\nthe the DET DT 5 det\nport port NOUN NN 3 obj\nfled flee VERB VBD 0 root",
            2,
        );
        assert_eq!(relative, (Some("rebels".into()), Some("port".into())));
        let gap = clause_of(
            "a girl whom Maro is accused of detaining",
            "a a DET DT 2 det\ngirl girl NOUN NN 0 root\nwhom whom PRON WP 8 obj\nMaro Maro PROPN NNP 6 nsubj:pass\nis be AUX VBZ 6 aux:pass\naccused accuse VERB VBN 2 acl:relcl\nof of SCONJ IN 8 mark\ndetaining detain VERB VBG 6 advcl",
            7,
        );
        assert_eq!(gap.0, Some("maro".into()));
    }
}
