//! How far a speaker's phrase reaches.
//!
//! The guide credits "the noun phrase without trailing relative clauses". What names the speaker
//! belongs to it: an apposition ("Aru Lenk, head of the clinic"), an age or a party in brackets,
//! a prepositional phrase, a participle without a comma ("a survey made by the council"). A
//! relative clause, or a participle behind a comma, only tells more.

use sayso_text::{Rel, Role, TokenRange, Upos, Xpos};

use super::draft::Draft;
use super::quote::is_mark;
use super::source::{self, Phrase};
use super::view::View;
use crate::StatementRule as Rule;

/// Longest remark in brackets that belongs to a name: "(R-Ga.)", "(a regional body)".
const BRACKET: usize = 5;

/// Widens every speaker of every draft to the whole of its phrase.
pub(super) fn widen(view: &View<'_>, drafts: &mut [Draft]) {
    if !view.has(Rule::WholeSpeaker) {
        return;
    }
    for draft in drafts {
        let taken: Vec<TokenRange> = draft
            .content
            .ranges
            .iter()
            .cloned()
            .chain(draft.cue.clone())
            .chain(draft.to.iter().map(|p| p.tokens.clone()))
            .chain(draft.medium.iter().map(|p| p.tokens.clone()))
            .collect();
        for phrase in &mut draft.speaker.chain {
            phrase.tokens = whole(view, phrase, &taken);
        }
    }
}

/// The phrase with what names its head, free of the tokens in `taken`.
fn whole(view: &View<'_>, phrase: &Phrase, taken: &[TokenRange]) -> TokenRange {
    let own = phrase.tokens.clone();
    if is_bare_pronoun(view, phrase.head) {
        return own;
    }
    let seen = by_model(view, phrase.head);
    let start = seen.as_ref().map_or(own.start, |r| r.start.min(own.start));
    let end = seen.map_or(own.end, |r| r.end.max(own.end));
    let end = by_tree(view, phrase.head, own.end).max(end);

    let last_before = |i: usize| taken.iter().any(|r| r.contains(&i));
    let start = (start..own.start)
        .rev()
        .find(|&i| last_before(i) || !may_precede(view, i))
        .map_or(start, |i| i + 1);
    let start = (start..own.start)
        .find(|&i| may_begin(view, i) && view.lower(i) != "such")
        .unwrap_or(own.start);
    let end = (own.end..end)
        .find(|&i| last_before(i))
        .unwrap_or(end)
        .min(view.sentence(phrase.head).end.max(own.end));
    let start = (start..phrase.head)
        .find(|&i| {
            let word = view.lower(i);
            let quoted = is_mark(view.context.reading.word(i)) || word == "(";
            (!view.is_punct(i) || quoted) && !matches!(word, "and" | "or" | "but" | "such" | "as")
        })
        .unwrap_or(start);
    start..trim(view, &own, before_clause(view, own.end, end))
}

/// "they", "he", "who": nothing behind a pronoun names it, except behind "those" or "everyone".
fn is_bare_pronoun(view: &View<'_>, head: usize) -> bool {
    view.upos(head) == Upos::Pron
        && matches!(
            view.xpos(head),
            Xpos::PRP | Xpos::PRPS | Xpos::WP | Xpos::WDT | Xpos::WPS
        )
}

/// The longest run that the model takes for a source around `head`.
fn by_model(view: &View<'_>, head: usize) -> Option<TokenRange> {
    view.context
        .reading
        .roles
        .iter()
        .filter(|r| r.role == Role::Source && r.tokens.contains(&head))
        .map(|r| r.tokens.clone())
        .max_by_key(ExactSizeIterator::len)
}

/// Where the phrase ends with the appositions, ages and brackets that follow it.
fn by_tree(view: &View<'_>, head: usize, from: usize) -> usize {
    let sentence = view.sentence(head);
    let mut end = from;
    loop {
        let before = end;
        if let Some(close) = bracket(view, end, &sentence) {
            end = close + 1;
        }
        // "Mr. Orlo, 82, said"
        if view.lower(end) == ","
            && view.upos(end + 1) == Upos::Num
            && view.lower(end + 2) == ","
            && end + 2 < sentence.end
        {
            end += 2;
        }
        let apposition = view.children(head).iter().copied().find(|&c| {
            view.rel(c) == Rel::Appos && view.is_nominal(c) && c > end && c < sentence.end
        });
        if let Some(noun) = apposition {
            let named = source::phrase(view, noun);
            let set_off = matches!(view.lower(end), "," | "—" | "–" | "--");
            if set_off && named.start == end + 1 {
                end = named.end;
            }
        }
        if end == before {
            return end;
        }
    }
}

/// The closing bracket of a short remark that opens at `open`.
fn bracket(view: &View<'_>, open: usize, sentence: &TokenRange) -> Option<usize> {
    if !matches!(view.lower(open), "(" | "[") {
        return None;
    }
    (open + 2..(open + BRACKET + 2).min(sentence.end))
        .find(|&i| matches!(view.lower(i), ")" | "]"))
        .filter(|&close| !(open + 1..close).any(|i| view.is_verb(i)))
}

/// A word that may stand in a noun phrase before its own words.
fn may_precede(view: &View<'_>, token: usize) -> bool {
    !view.is_verb(token) && (!view.is_punct(token) || matches!(view.lower(token), "," | "-" | "/"))
}

/// A word that a noun phrase may begin with.
fn may_begin(view: &View<'_>, token: usize) -> bool {
    matches!(
        view.upos(token),
        Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron
    ) || matches!(view.lower(token), "not" | "nearly" | "almost" | "about")
}

/// `end` brought back before a relative clause, a participle behind a comma, or a finite verb.
fn before_clause(view: &View<'_>, start: usize, end: usize) -> usize {
    let relative = |i: usize| {
        matches!(view.xpos(i), Xpos::WP | Xpos::WDT | Xpos::WPS)
            || (view.xpos(i) == Xpos::WRB && view.lower(i) != "however")
    };
    let participle = |i: usize| {
        matches!(view.xpos(i), Xpos::VBG | Xpos::VBN)
            && view.lower(i) != "including"
            && i > start
            && view.is_punct(i - 1)
            // "a Goma-based lawyer" has no clause.
            && view.lower(i - 1) != "-"
    };
    let Some(clause) = (start..end)
        .find(|&i| relative(i) || participle(i) || (view.is_finite(i) && view.is_verb(i)))
    else {
        return end;
    };
    if participle(clause) {
        return clause;
    }
    if relative(clause) {
        // "a village council, two of whose members …", "the unit in which …"
        let comma = (start..clause).rev().take(3).find(|&i| view.is_punct(i));
        let preposition = clause > start && view.upos(clause - 1) == Upos::Adp;
        return match comma {
            Some(comma) if preposition => comma,
            _ => clause - usize::from(preposition),
        };
    }
    // "everyone I met", "the men the army says it holds": a clause without a pronoun.
    (start..clause)
        .rev()
        .find(|&i| view.is_punct(i))
        .unwrap_or(start)
}

/// Takes loose punctuation and conjunctions off the end, and a bracket or mark without its partner.
fn trim(view: &View<'_>, own: &TokenRange, mut end: usize) -> usize {
    while end > own.end {
        let last = end - 1;
        let word = view.lower(last);
        let kept = if is_mark(view.context.reading.word(last)) {
            view.quotes
                .iter()
                .any(|q| q.close == Some(last) && q.open >= own.start)
        } else if view.lower(last).contains([')', ']']) {
            open_brackets(view, own.start..end) == 0
        } else {
            !view.is_punct(last)
                && !matches!(word, "'s" | "'")
                && !matches!(view.upos(last), Upos::Cconj | Upos::Adp | Upos::Det)
                && open_brackets(view, own.start..end) == 0
        };
        if kept {
            break;
        }
        end -= 1;
    }
    end
}

/// How many brackets of `range` open and do not close there.
fn open_brackets(view: &View<'_>, range: TokenRange) -> i32 {
    let marks = range.flat_map(|i| view.lower(i).chars());
    marks.fold(0, |depth, c| match c {
        '(' | '[' => depth + 1,
        ')' | ']' => depth - 1,
        _ => depth,
    })
}

#[cfg(test)]
mod tests {
    use sayso_text::{Reading, Role};

    use super::super::tests::sources;
    use crate::test_reading::{add_role, reading};

    /// "… said NAME, BEHIND.", with the apposition of NAME at the token `apposition` of its tree.
    fn kiosk() -> Reading {
        reading(
            "The kiosk burned, said Aru Lenk, 61, head of the clinic, who lives nearby.",
            "The the DET DT 2 det
             kiosk kiosk NOUN NN 3 nsubj
             burned burn VERB VBD 5 ccomp
             , , PUNCT PUNCT 5 punct
             said say VERB VBD 0 root
             Aru Aru PROPN NNP 5 nsubj
             Lenk Lenk PROPN NNP 6 flat
             , , PUNCT PUNCT 6 punct
             61 61 NUM CD 6 nmod:unmarked
             , , PUNCT PUNCT 6 punct
             head head NOUN NN 6 appos
             of of ADP IN 14 case
             the the DET DT 14 det
             clinic clinic NOUN NN 11 nmod
             , , PUNCT PUNCT 6 punct
             who who PRON WP 17 nsubj
             lives live VERB VBZ 6 acl:relcl
             nearby nearby ADV RB 17 advmod
             . . PUNCT PUNCT 5 punct",
        )
    }

    #[test]
    fn an_age_and_an_apposition_name_the_speaker_and_a_relative_clause_does_not() {
        assert_eq!(sources(&kiosk()), ["Aru Lenk, 61, head of the clinic"]);
    }

    #[test]
    fn the_models_source_ends_before_a_relative_clause() {
        let mut seen = kiosk();
        let cue = add_role(&mut seen, "said", Role::Cue, None);
        add_role(
            &mut seen,
            "Aru Lenk, 61, head of the clinic, who lives nearby",
            Role::Source,
            Some(cue),
        );
        add_role(&mut seen, "The kiosk burned", Role::Content, Some(cue));
        assert_eq!(sources(&seen), ["Aru Lenk, 61, head of the clinic"]);
    }

    #[test]
    fn a_participle_behind_a_comma_tells_more_and_a_bracket_names() {
        let mut seen = reading(
            "A ferry union (FUK), citing its captains, said the quay was mined.",
            "A a DET DT 3 det
             ferry ferry NOUN NN 3 compound
             union union NOUN NN 12 nsubj
             ( ( PUNCT PUNCT 5 punct
             FUK FUK PROPN NNP 3 appos
             ) ) PUNCT PUNCT 5 punct
             , , PUNCT PUNCT 3 punct
             citing cite VERB VBG 12 advcl
             its its PRON PRPS 10 nmod:poss
             captains captain NOUN NNS 8 obj
             , , PUNCT PUNCT 12 punct
             said say VERB VBD 0 root
             the the DET DT 14 det
             quay quay NOUN NN 16 nsubj:pass
             was be AUX VBD 16 aux:pass
             mined mine VERB VBN 12 ccomp
             . . PUNCT PUNCT 12 punct",
        );
        let cue = add_role(&mut seen, "said", Role::Cue, None);
        add_role(
            &mut seen,
            "A ferry union (FUK), citing its captains",
            Role::Source,
            Some(cue),
        );
        add_role(&mut seen, "the quay was mined", Role::Content, Some(cue));
        assert_eq!(sources(&seen), ["its captains | A ferry union (FUK)"]);
    }
}
