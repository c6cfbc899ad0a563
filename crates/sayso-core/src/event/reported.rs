//! Events that only a report, claim or rumour tells, and what is said of its truth: "rejected
//! claims that …", "called the report that … a lie", "the information that … is not confirmed".

use sayso_lexicon::{Complement, EventWord, TriggerPos};
use sayso_text::Rel;

use super::trigger::Hit;
use super::words::Words;
use crate::Status;

/// Status, rule and deciding word of an event below such a noun.
///
/// What nobody in particular is said to assert is denied; what somebody asserts is disputed.
pub(super) fn of(words: &Words<'_>, hit: &Hit) -> Option<(Status, &'static str, usize)> {
    let noun = report_over(words, hit).or_else(|| report_before(words, hit))?;
    let sentence = words.sentence(noun);
    let clause = below(words, noun, hit);
    // The tree may lay "nonsense" below the clause; "a fake checkpoint" stays there.
    let outside = |t: &usize| !clause.contains(t) || words.rel(*t) != Rel::Amod;
    let owner = words
        .context
        .syntax
        .children_by(noun, &[Rel::NmodPoss])
        .any(|c| words.upos(c) != sayso_text::Upos::Pron)
        || words
            .context
            .syntax
            .children_by(noun, &[Rel::Nmod, Rel::Acl])
            .any(|c| {
                words.case_in(c, EventWord::AuthorPreposition)
                    || words.is_in(c, EventWord::Attributing)
            });
    let verdict = if owner {
        Status::Disputed
    } else {
        Status::Denied
    };
    let governor = words.head(noun);
    let neither = |t: usize| {
        (t.saturating_sub(5).max(sentence.start)..t).any(|b| words.form_in(b, EventWord::Negator))
    };
    if let Some(verb) = governor.filter(|&g| words.is_verb(g)) {
        if words.lexicon().complements.of(words.lemma(verb)) == Some(Complement::Denied)
            && !neither(verb)
        {
            return Some((verdict, "report:denied", verb));
        }
        let checked = words.is_in(verb, EventWord::Checking);
        let negated = (verb.saturating_sub(5).max(sentence.start)..verb)
            .any(|b| words.form_in(b, EventWord::Negator));
        if checked && negated {
            return Some((Status::Alleged, "report:unconfirmed", verb));
        }
    }
    let untrue = sentence
        .clone()
        .filter(outside)
        .find(|&t| words.is_in(t, EventWord::Untrue) && !neither(t));
    if let Some(untrue) = untrue {
        return Some((verdict, "report:untrue", untrue));
    }
    let doubted = words
        .children(noun)
        .iter()
        .copied()
        .find(|&c| words.form_in(c, EventWord::Unconfirmed));
    if let Some(doubted) = doubted {
        return Some((Status::Alleged, "report:unconfirmed", doubted));
    }
    words
        .is_in(noun, EventWord::Rumour)
        .then_some((Status::Alleged, "report:rumour", noun))
}

/// The noun of report whose clause tells the event.
fn report_over(words: &Words<'_>, hit: &Hit) -> Option<usize> {
    let mut at = hit.predicate;
    if hit.pos == TriggerPos::Noun && !words.is_verb(at) {
        at = hit.token;
    }
    for _ in 0..5 {
        let head = words.head(at)?;
        let report = words.is_in(head, EventWord::ReportNoun) && words.is_noun(head);
        match words.rel(at) {
            Rel::Acl | Rel::Ccomp | Rel::AclRelcl if report => return Some(head),
            // "rumours of a coup"
            Rel::Nmod if report && words.case_in(at, EventWord::TopicPreposition) => {
                return Some(head);
            }
            Rel::Acl
            | Rel::Ccomp
            | Rel::Xcomp
            | Rel::Conj
            | Rel::Obj
            | Rel::Nsubj
            | Rel::NsubjPass
            | Rel::Advcl => at = head,
            _ => return None,
        }
    }
    None
}

/// Where the tree has lost the noun: "reports that …" right before the clause.
fn report_before(words: &Words<'_>, hit: &Hit) -> Option<usize> {
    let sentence = words.sentence(hit.token);
    let that = (sentence.start..hit.token)
        .rev()
        .take(14)
        .take_while(|&t| words.form(t) != ";")
        .find(|&t| words.form(t) == "that")?;
    let noun = that.checked_sub(1).filter(|t| sentence.contains(t))?;
    let bare = words.is_noun(noun)
        || (words.form(noun).ends_with('s') && !words.is(noun.wrapping_sub(1), "he"));
    (words.is_in(noun, EventWord::ReportNoun) && bare).then_some(noun)
}

/// The tokens from the event's clause below the noun.
fn below(words: &Words<'_>, noun: usize, hit: &Hit) -> std::ops::Range<usize> {
    let mut at = hit.token;
    for _ in 0..6 {
        match words.head(at) {
            Some(head) if head == noun => break,
            Some(head) => at = head,
            None => break,
        }
    }
    words.context.syntax.reach(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::trigger;
    use crate::event::words::testing::no_places;
    use crate::test_reading::{reading, with_context};

    /// What a noun of report makes of the first event of a text: status and rule.
    fn verdict(text: &str, lines: &str) -> Option<(Status, &'static str)> {
        let reading = reading(text, lines);
        with_context(&reading, &no_places(), |context| {
            let mentions = crate::Mentions::default();
            let words = Words::of(context, &mentions, &[]);
            let hits = trigger::find(&words);
            let hit = hits.first().expect("the text tells an event");
            of(&words, hit).map(|(status, rule, _)| (status, rule))
        })
    }

    /// "NOUN that gunmen killed two guards" under the verb `said`, with more words before it.
    fn under(verb: &str, noun: &str, before: &str) -> Option<(Status, &'static str)> {
        let negation = if before.is_empty() {
            String::new()
        } else {
            "has have AUX VBZ 4 aux\n not not PART RB 4 advmod\n".to_owned()
        };
        let (root, at) = if before.is_empty() { (2, 0) } else { (4, 2) };
        let lines = format!(
            "Police police NOUN NN {root} nsubj
             {negation}{verb} {} VERB VBD 0 root
             {noun} {} NOUN NNS {root} obj
             that that SCONJ IN {} mark
             gunmen gunman NOUN NNS {} nsubj person
             killed kill VERB VBD {} acl
             two two NUM CD {} nummod
             guards guard NOUN NNS {} obj person
             . . PUNCT . {root} punct",
            lemma(verb),
            noun.trim_end_matches('s'),
            6 + at,
            6 + at,
            3 + at,
            8 + at,
            6 + at,
        );
        let text = format!("Police {before}{verb} {noun} that gunmen killed two guards.");
        verdict(&text, &lines)
    }

    fn lemma(verb: &str) -> &str {
        match verb {
            "denied" => "deny",
            "rejected" => "reject",
            "confirmed" => "confirm",
            "heard" => "hear",
            other => other,
        }
    }

    #[test]
    fn claims_that_are_rejected_are_denied() {
        let want = Some((Status::Denied, "report:denied"));
        assert_eq!(under("rejected", "claims", ""), want);
        assert_eq!(under("denied", "reports", ""), want);
    }

    #[test]
    fn reports_that_are_not_confirmed_are_alleged() {
        let want = Some((Status::Alleged, "report:unconfirmed"));
        assert_eq!(under("confirmed", "reports", "has not "), want);
    }

    #[test]
    fn rumours_allege_and_reports_do_not() {
        let want = Some((Status::Alleged, "report:rumour"));
        assert_eq!(under("heard", "rumours", ""), want);
        assert_eq!(under("heard", "reports", ""), None);
    }
}
