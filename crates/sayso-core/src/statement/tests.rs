//! Statements of hand-made readings of invented sentences.

use sayso_place::{Builder, Gazetteer};
use sayso_text::{Reading, Role, Span};

use crate::Mentions;
use crate::test_reading::{add_role, reading, with_context};

/// A statement in words.
struct Said {
    act: &'static str,
    sources: String,
    cue: String,
    content: String,
    to: Option<String>,
    certainty: &'static str,
    polarity: &'static str,
}

fn said(s: &Said) -> (&str, &str, &str) {
    (s.act, &s.sources, &s.content)
}

fn find_in(reading: &Reading) -> Vec<Said> {
    let gazetteer = Gazetteer::from_bytes(Builder::new().finish("none").unwrap()).unwrap();
    let found = with_context(reading, &gazetteer, |context| {
        super::find(context, &Mentions::default())
    });
    let join = |spans: Vec<Span>| {
        let words: Vec<&str> = spans.into_iter().map(|s| reading.slice(s)).collect();
        words.join(" | ")
    };
    found
        .iter()
        .map(|s| Said {
            act: s.act.as_str(),
            sources: join(s.sources.iter().map(|x| x.span).collect()),
            cue: join(s.cue.into_iter().collect()),
            content: join(s.content.clone()),
            to: s.to.map(|span| reading.slice(span).to_owned()),
            certainty: s.certainty.as_str(),
            polarity: s.polarity.as_str(),
        })
        .collect()
}

fn find(text: &str, lines: &str) -> Vec<Said> {
    find_in(&reading(text, lines))
}

/// The sources of each statement in words, a chain joined by ` | `.
pub(super) fn sources(reading: &Reading) -> Vec<String> {
    find_in(reading).into_iter().map(|s| s.sources).collect()
}

/// The cue of each statement in words.
pub(super) fn cues(reading: &Reading) -> Vec<String> {
    find_in(reading).into_iter().map(|s| s.cue).collect()
}

#[test]
fn a_cue_behind_its_clause() {
    let all = find(
        "The army left the fort, officials said on Monday.",
        "The the DET DT 2 det
         army army NOUN NN 3 nsubj
         left leave VERB VBD 8 ccomp
         the the DET DT 5 det
         fort fort NOUN NN 3 obj
         , , PUNCT PUNCT 8 punct
         officials official NOUN NNS 8 nsubj
         said say VERB VBD 0 root
         on on ADP IN 10 case
         Monday Monday PROPN NNP 8 obl
         . . PUNCT PUNCT 8 punct",
    );
    assert_eq!(
        said(&all[0]),
        ("report", "officials", "The army left the fort")
    );
}

#[test]
fn an_addressee_is_no_source() {
    let all = find(
        "Dock workers told a radio station that guards fired at the pier.",
        "Dock dock NOUN NN 2 compound
         workers worker NOUN NNS 3 nsubj
         told tell VERB VBD 0 root
         a a DET DT 6 det
         radio radio NOUN NN 6 compound
         station station NOUN NN 3 iobj
         that that SCONJ IN 9 mark
         guards guard NOUN NNS 9 nsubj
         fired fire VERB VBD 3 ccomp
         at at ADP IN 12 case
         the the DET DT 12 det
         pier pier NOUN NN 9 obl
         . . PUNCT PUNCT 3 punct",
    );
    assert_eq!(
        said(&all[0]),
        ("report", "Dock workers", "guards fired at the pier")
    );
    assert_eq!(all[0].to.as_deref(), Some("a radio station"));
}

#[test]
fn an_object_and_a_second_cue() {
    let all = find(
        "The militia denied any part in the raid and said the village was empty.",
        "The the DET DT 2 det
         militia militia NOUN NN 3 nsubj
         denied deny VERB VBD 0 root
         any any DET DT 5 det
         part part NOUN NN 3 obj
         in in ADP IN 8 case
         the the DET DT 8 det
         raid raid NOUN NN 5 nmod
         and and CCONJ CC 10 cc
         said say VERB VBD 3 conj
         the the DET DT 12 det
         village village NOUN NN 14 nsubj
         was be AUX VBD 14 cop
         empty empty ADJ JJ 10 ccomp
         . . PUNCT PUNCT 3 punct",
    );
    assert_eq!(
        said(&all[0]),
        ("deny", "The militia", "any part in the raid")
    );
    assert_eq!(
        said(&all[1]),
        ("report", "The militia", "the village was empty")
    );
}

#[test]
fn a_quoted_source_and_its_carrier() {
    let all = find(
        "A radio station quoted a nurse as saying the clinic was full, adding that two guards were hurt.",
        "A a DET DT 3 det
         radio radio NOUN NN 3 compound
         station station NOUN NN 4 nsubj
         quoted quote VERB VBD 0 root
         a a DET DT 6 det
         nurse nurse NOUN NN 4 obj
         as as SCONJ IN 8 mark
         saying say VERB VBG 4 advcl
         the the DET DT 10 det
         clinic clinic NOUN NN 12 nsubj
         was be AUX VBD 12 cop
         full full ADJ JJ 8 ccomp
         , , PUNCT PUNCT 14 punct
         adding add VERB VBG 4 advcl
         that that SCONJ IN 19 mark
         two two NUM CD 17 nummod
         guards guard NOUN NNS 19 nsubj
         were be AUX VBD 19 cop
         hurt hurt ADJ JJ 14 ccomp
         . . PUNCT PUNCT 4 punct",
    );
    assert_eq!(
        said(&all[0]),
        ("report", "a nurse | A radio station", "the clinic was full")
    );
    assert_eq!(
        said(&all[1]),
        (
            "report",
            "a nurse | A radio station",
            "two guards were hurt"
        )
    );
}

#[test]
fn nobody_has_claimed_it() {
    let all = find(
        "No group has claimed responsibility for the ambush.",
        "No no DET DT 2 det
         group group NOUN NN 4 nsubj
         has have AUX VBZ 4 aux
         claimed claim VERB VBN 0 root
         responsibility responsibility NOUN NN 4 obj
         for for ADP IN 8 case
         the the DET DT 8 det
         ambush ambush NOUN NN 5 nmod
         . . PUNCT PUNCT 4 punct",
    );
    assert_eq!(
        said(&all[0]),
        ("silence", "", "responsibility for the ambush")
    );
}

#[test]
fn a_preposition_credits_a_whole_sentence() {
    let all = find(
        "Two huts were burned, according to the village head.",
        "Two two NUM CD 2 nummod
         huts hut NOUN NNS 4 nsubj:pass
         were be AUX VBD 4 aux:pass
         burned burn VERB VBN 0 root
         , , PUNCT PUNCT 10 punct
         according accord VERB VBG 10 case
         to to ADP IN 6 fixed
         the the DET DT 10 det
         village village NOUN NN 10 compound
         head head NOUN NN 4 obl
         . . PUNCT PUNCT 4 punct",
    );
    assert_eq!(
        said(&all[0]),
        ("report", "the village head", "Two huts were burned")
    );
}

#[test]
fn a_passive_names_nobody() {
    let all = find(
        "The smuggler is believed to have fled across the lake.",
        "The the DET DT 2 det
         smuggler smuggler NOUN NN 4 nsubj:pass
         is be AUX VBZ 4 aux:pass
         believed believe VERB VBN 0 root
         to to PART TO 7 mark
         have have AUX VB 7 aux
         fled fl VERB VBN 4 xcomp
         across across ADP IN 10 case
         the the DET DT 10 det
         lake lake NOUN NN 7 obl
         . . PUNCT PUNCT 4 punct",
    );
    assert_eq!(
        said(&all[0]),
        (
            "estimate",
            "",
            "The smuggler | to have fled across the lake"
        )
    );
    assert_eq!(all[0].certainty, "probable");
}

#[test]
fn two_acts_of_one_speaker() {
    let all = find(
        "The union accused the police of beating strikers and threatening to close its office.",
        "The the DET DT 2 det
         union union NOUN NN 3 nsubj
         accused accuse VERB VBD 0 root
         the the DET DT 5 det
         police police NOUN NNS 3 obj
         of of ADP IN 7 mark
         beating beat VERB VBG 5 acl
         strikers striker NOUN NNS 7 obj
         and and CCONJ CC 10 cc
         threatening threaten VERB VBG 3 conj
         to to PART TO 12 mark
         close close VERB VB 10 xcomp
         its its PRON PRP$ 14 nmod:poss
         office office NOUN NN 12 obj
         . . PUNCT PUNCT 3 punct",
    );
    assert_eq!(
        said(&all[0]),
        ("accuse", "The union", "the police of beating strikers")
    );
    assert_eq!(
        said(&all[1]),
        ("threaten", "The union", "to close its office")
    );
}

#[test]
fn somebody_declines() {
    let all = find(
        "The army declined to comment on the blast.",
        "The the DET DT 2 det
         army army NOUN NN 3 nsubj
         declined decline VERB VBD 0 root
         to to PART TO 5 mark
         comment comment VERB VB 3 xcomp
         on on ADP IN 8 case
         the the DET DT 8 det
         blast blast NOUN NN 5 obl
         . . PUNCT PUNCT 3 punct",
    );
    assert_eq!(
        said(&all[0]),
        ("silence", "The army", "comment on the blast")
    );
}

#[test]
fn a_negated_content() {
    let all = find(
        "Medics said the camp was not hit.",
        "Medics medic NOUN NNS 2 nsubj
         said say VERB VBD 0 root
         the the DET DT 4 det
         camp camp NOUN NN 7 nsubj:pass
         was be AUX VBD 7 aux:pass
         not not PART RB 7 advmod
         hit hit VERB VBN 2 ccomp
         . . PUNCT . 2 punct",
    );
    assert_eq!(said(&all[0]), ("report", "Medics", "the camp was not hit"));
    assert_eq!(all[0].polarity, "negated");
}

#[test]
fn a_cue_that_only_the_model_knows() {
    let mut reading = reading(
        "The herder groused that soldiers took his goats.",
        "The the DET DT 2 det
         herder herder NOUN NN 3 nsubj
         groused grouse VERB VBD 0 root
         that that SCONJ IN 6 mark
         soldiers soldier NOUN NNS 6 nsubj
         took take VERB VBD 3 ccomp
         his his PRON PRP$ 8 nmod:poss
         goats goat NOUN NNS 6 obj
         . . PUNCT . 3 punct",
    );
    assert!(find_in(&reading).is_empty());
    let cue = add_role(&mut reading, "groused", Role::Cue, None);
    add_role(&mut reading, "The herder", Role::Source, Some(cue));
    add_role(
        &mut reading,
        "soldiers took his goats",
        Role::Content,
        Some(cue),
    );
    let all = find_in(&reading);
    assert_eq!(
        said(&all[0]),
        ("report", "The herder", "soldiers took his goats")
    );
}

#[test]
fn a_quotation_that_goes_on() {
    let all = find(
        "\"We saw smoke,\" she said. \"Then it rained hard.\"",
        "\" \" PUNCT `` 3 punct
         We we PRON PRP 3 nsubj
         saw see VERB VBD 8 ccomp
         smoke smoke NOUN NN 3 obj
         , , PUNCT , 3 punct
         \" \" PUNCT '' 3 punct
         she she PRON PRP 8 nsubj
         said say VERB VBD 0 root
         . . PUNCT . 8 punct

         \" \" PUNCT `` 4 punct
         Then then ADV RB 4 advmod
         it it PRON PRP 4 nsubj
         rained rain VERB VBD 0 root
         hard hard ADV RB 4 advmod
         . . PUNCT . 4 punct
         \" \" PUNCT '' 4 punct",
    );
    assert_eq!(all.len(), 1);
    assert_eq!(
        said(&all[0]),
        ("report", "she", "We saw smoke | Then it rained hard")
    );
}

#[test]
fn a_reading_without_a_model_has_none() {
    let mut reading = reading(
        "He said so.",
        "He he PRON PRP 2 nsubj
         said say VERB VBD 0 root
         so so ADV RB 2 advmod
         . . PUNCT . 2 punct",
    );
    reading.annotated = false;
    assert!(find_in(&reading).is_empty());
}

mod any_tree {
    use proptest::prelude::*;
    use sayso_text::{Rel, Report, Role, RoleSpan, Sentence, Span, Token, Upos, Xpos};

    use super::*;

    const WORDS: &[&str] = &[
        "the",
        "army",
        "said",
        "that",
        "denied",
        ",",
        "\"",
        "”",
        "“",
        ".",
        ":",
        ";",
        "--",
        "to",
        "of",
        "according",
        "not",
        "no",
        "claimed",
        "responsibility",
        "for",
        "which",
        "it",
        "adding",
        "and",
        "accusing",
        "reportedly",
        "was",
        "believed",
        "citing",
        "reports",
        "statement",
        "in",
        "on",
        "clear",
        "told",
        "é",
        "comment",
        "declined",
        "be",
        "named",
    ];
    const UPOS: &[Upos] = &[
        Upos::Noun,
        Upos::Verb,
        Upos::Punct,
        Upos::Adp,
        Upos::Aux,
        Upos::Pron,
        Upos::Adv,
        Upos::Propn,
        Upos::Det,
        Upos::Adj,
        Upos::Sconj,
        Upos::Cconj,
    ];
    const XPOS: &[Xpos] = &[
        Xpos::VBD,
        Xpos::VBG,
        Xpos::VBN,
        Xpos::VB,
        Xpos::NN,
        Xpos::WDT,
        Xpos::IN,
        Xpos::VBZ,
    ];
    const RELS: &[Rel] = &[
        Rel::Nsubj,
        Rel::Ccomp,
        Rel::Obj,
        Rel::Xcomp,
        Rel::Advcl,
        Rel::Acl,
        Rel::AclRelcl,
        Rel::Conj,
        Rel::Parataxis,
        Rel::Obl,
        Rel::Case,
        Rel::Mark,
        Rel::Punct,
        Rel::NsubjPass,
        Rel::AuxPass,
        Rel::Nmod,
        Rel::Iobj,
        Rel::OblAgent,
        Rel::Expl,
        Rel::Advmod,
        Rel::Dep,
    ];

    /// Word, part of speech, tag, relation, head.
    type Row = (usize, usize, usize, usize, usize);

    fn reading_of(rows: &[Row], cut: usize, roles: &[(usize, usize, usize, usize)]) -> Reading {
        let mut text = String::new();
        let mut tokens = Vec::new();
        let cut = cut % (rows.len() + 1);
        for (i, &(word, upos, xpos, rel, head)) in rows.iter().enumerate() {
            if i > 0 {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(WORDS[word % WORDS.len()]);
            // Any tree: each token hangs on an earlier one of its sentence, the first is the root.
            let (first, last) = if i < cut { (0, cut) } else { (cut, rows.len()) };
            let at = first + head % (last - first);
            tokens.push(Token {
                span: Span::new(start, text.len()),
                upos: UPOS[upos % UPOS.len()],
                xpos: XPOS[xpos % XPOS.len()],
                lemma: String::new(),
                head: (at != i && i != first).then_some(if at < i { at } else { first }),
                rel: RELS[rel % RELS.len()],
                etype: "",
            });
        }
        let sentences = [0..cut, cut..rows.len()]
            .into_iter()
            .filter(|r| !r.is_empty())
            .map(|r| Sentence {
                span: tokens[r.start].span.cover(tokens[r.end - 1].span),
                tokens: r,
                paragraph: 0,
            })
            .collect();
        let roles = roles
            .iter()
            .map(|&(role, start, length, link)| {
                let start = start % rows.len();
                RoleSpan {
                    tokens: start..(start + 1 + length % 6).min(rows.len()),
                    role: [Role::Cue, Role::Content, Role::Source][role % 3],
                    link: (link > 0).then_some(link % roles.len()),
                    score: 0.9,
                }
            })
            .collect();
        Reading {
            report: Report::from_text(text),
            language: "en".to_owned(),
            annotated: true,
            sentences,
            tokens,
            names: Vec::new(),
            roles,
            notes: Vec::new(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the model makes of a text, every span fits it and every statement says something.
        #[test]
        fn never_panics_and_spans_fit(
            rows in prop::collection::vec((0..99_usize, 0..99_usize, 0..99_usize, 0..99_usize, 0..99_usize), 1..40),
            cut in 0..99_usize,
            roles in prop::collection::vec((0..3_usize, 0..99_usize, 0..9_usize, 0..9_usize), 0..8),
        ) {
            let reading = reading_of(&rows, cut, &roles);
            let gazetteer = Gazetteer::from_bytes(Builder::new().finish("none").unwrap()).unwrap();
            let found = with_context(&reading, &gazetteer, |context| {
                super::super::find(context, &Mentions::default())
            });
            for statement in &found {
                prop_assert!(!statement.content.is_empty());
                prop_assert!(statement.within.is_none_or(|w| w < found.len()));
                let spans = statement.content.iter().chain(&statement.cue).chain(&statement.to);
                for span in spans.chain(statement.sources.iter().map(|s| &s.span)) {
                    prop_assert!(!span.of(reading.text()).is_empty());
                }
            }
        }
    }
}
