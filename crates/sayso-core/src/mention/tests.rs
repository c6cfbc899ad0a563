use sayso_place::{Builder, Gazetteer};
use sayso_text::{NameKind, Reading};

use super::*;
use crate::test_reading::{add_name, reading, tokens_of, with_context};

fn no_places() -> Gazetteer {
    let bytes = Builder::new().finish("2026-01-01").expect("an empty map");
    Gazetteer::from_bytes(bytes).expect("an empty gazetteer")
}

/// The chains with more than one mention, each as the slices of its mentions.
fn chains(reading: &Reading) -> Vec<Vec<String>> {
    with_context(reading, &no_places(), |context| {
        let mentions = find(context, &[]);
        mentions
            .entities
            .iter()
            .filter(|entity| entity.mentions.len() > 1)
            .map(|entity| {
                entity
                    .mentions
                    .iter()
                    .map(|&m| reading.slice(mentions.all[m].span).to_owned())
                    .collect()
            })
            .collect()
    })
}

fn phrase_of(reading: &Reading, words: &str) -> String {
    let head = tokens_of(reading, words).start;
    with_context(reading, &no_places(), |context| {
        reading
            .slice(reading.span(&noun_phrase(context, head)))
            .to_owned()
    })
}

fn cordon() -> Reading {
    let mut reading = reading(
        "Members of the “Dawn Division” resisted the attacking forces. \
         Local sources told agencies that the directorate closed the camp. \
         The sources added that drones flew over it. \
         The Dawn Division, led by Amin Dara, issued a statement through its channels. \
         Dara (45 years old) was listed in 2016. He is believed to have recruited fighters.",
        "Members member NOUN NNS 7 nsubj person
         of of ADP IN 6 case
         the the DET DT 6 det
         “ “ PUNCT PUNCT 6 punct
         Dawn Dawn PROPN NNP 6 compound
         Division Division PROPN NNP 1 nmod organization
         ” ” PUNCT PUNCT 6 punct
         resisted resist VERB VBD 0 root
         the the DET DT 11 det
         attacking attack VERB VBG 11 amod
         forces force NOUN NNS 8 obj organization
         . . PUNCT PUNCT 8 punct

         Local local ADJ JJ 2 amod
         sources source NOUN NNS 3 nsubj person
         told tell VERB VBD 0 root
         agencies agency NOUN NNS 3 obj organization
         that that SCONJ IN 8 mark
         the the DET DT 7 det
         directorate directorate NOUN NN 8 nsubj organization
         closed close VERB VBD 3 ccomp
         the the DET DT 10 det
         camp camp NOUN NN 8 obj place
         . . PUNCT PUNCT 3 punct

         The the DET DT 2 det
         sources source NOUN NNS 3 nsubj person
         added add VERB VBD 0 root
         that that SCONJ IN 6 mark
         drones drone NOUN NNS 6 nsubj object
         flew fly VERB VBD 3 ccomp
         over over ADP IN 8 case
         it it PRON PRP 6 obl
         . . PUNCT PUNCT 3 punct

         The the DET DT 3 det
         Dawn Dawn PROPN NNP 3 compound
         Division Division PROPN NNP 10 nsubj organization
         , , PUNCT PUNCT 5 punct
         led lead VERB VBN 3 acl
         by by ADP IN 7 case
         Amin Amin PROPN NNP 5 obl:agent person
         Dara Dara PROPN NNP 7 flat
         , , PUNCT PUNCT 5 punct
         issued issue VERB VBD 0 root
         a a DET DT 12 det
         statement statement NOUN NN 10 obj abstract
         through through ADP IN 15 case
         its its PRON PRP$ 15 nmod:poss organization
         channels channel NOUN NNS 10 obl object
         . . PUNCT PUNCT 10 punct

         Dara Dara PROPN NNP 8 nsubj:pass person
         ( ( PUNCT PUNCT 5 punct
         45 45 NUM CD 4 nummod
         years year NOUN NNS 5 obl:unmarked
         old old ADJ JJ 1 amod
         ) ) PUNCT PUNCT 5 punct
         was be AUX VBD 8 aux:pass
         listed list VERB VBN 0 root
         in in ADP IN 10 case
         2016 2016 NUM CD 8 obl
         . . PUNCT PUNCT 8 punct

         He he PRON PRP 3 nsubj:pass person
         is be AUX VBZ 3 aux:pass
         believed believe VERB VBN 0 root
         to to PART TO 6 mark
         have have AUX VB 6 aux
         recruited recruit VERB VBN 3 xcomp
         fighters fighter NOUN NNS 6 obj person
         . . PUNCT PUNCT 3 punct",
    );
    add_name(&mut reading, "Dawn Division", NameKind::Org);
    let second = reading.text().rfind("Dawn Division").unwrap_or(0);
    let tokens = reading.tokens_in(sayso_text::Span::new(second, second + 13));
    reading.names.push(sayso_text::Name {
        tokens,
        kind: NameKind::Org,
        score: 0.9,
    });
    add_name(&mut reading, "Amin Dara", NameKind::Person);
    let again = reading.text().rfind("Dara").unwrap_or(0);
    let tokens = reading.tokens_in(sayso_text::Span::new(again, again + 4));
    reading.names.push(sayso_text::Name {
        tokens,
        kind: NameKind::Person,
        score: 0.9,
    });
    reading.names.sort_by_key(|name| name.tokens.start);
    reading
}

#[test]
fn sources_groups_and_people_are_followed_through_a_report() {
    let reading = cordon();
    let found = chains(&reading);
    let expected: Vec<Vec<&str>> = vec![
        vec!["the “Dawn Division”", "The Dawn Division", "its"],
        vec!["Local sources", "The sources"],
        vec!["Amin Dara", "Dara", "He"],
    ];
    for chain in expected {
        assert!(
            found
                .iter()
                .any(|f| f.iter().map(String::as_str).collect::<Vec<_>>() == chain),
            "{chain:?} is not among {found:?}"
        );
    }
}

#[test]
fn phrases_keep_of_and_drop_clauses() {
    let reading = cordon();
    assert_eq!(
        phrase_of(&reading, "Members"),
        "Members of the “Dawn Division”"
    );
    assert_eq!(phrase_of(&reading, "forces"), "the attacking forces");
    let head = reading.text().rfind("Division").unwrap_or(0);
    let token = reading
        .tokens_in(sayso_text::Span::new(head, head + 8))
        .start;
    with_context(&reading, &no_places(), |context| {
        let range = noun_phrase(context, token);
        assert_eq!(reading.slice(reading.span(&range)), "The Dawn Division");
    });
}

#[test]
fn the_full_name_names_the_entity() {
    let reading = cordon();
    with_context(&reading, &no_places(), |context| {
        let mentions = find(context, &[]);
        let he = tokens_of(&reading, "He is").start;
        let entity = mentions
            .entity_at(he)
            .and_then(|id| mentions.entity(id))
            .expect("an entity");
        assert_eq!(reading.slice(entity.name), "Amin Dara");
        assert_eq!(entity.kind, ActorKind::Person);
    });
}

#[test]
fn an_acronym_an_apposition_and_a_description_are_one_monitor() {
    let mut reading = reading(
        "Rami Kolo, head of the Ordu Observatory for Rights (OOR), said four died. \
         The Britain-based monitor said it had names. \
         The head of the Observatory warned the army. The army denied it.",
        "Rami Rami PROPN NNP 14 nsubj person
         Kolo Kolo PROPN NNP 1 flat
         , , PUNCT PUNCT 4 punct
         head head NOUN NN 1 appos person
         of of ADP IN 8 case
         the the DET DT 8 det
         Ordu Ordu PROPN NNP 8 compound
         Observatory Observatory PROPN NNP 4 nmod organization
         for for ADP IN 10 case
         Rights Right PROPN NNPS 8 nmod
         ( ( PUNCT PUNCT 12 punct
         OOR OOR PROPN NNP 8 appos organization
         ) ) PUNCT PUNCT 12 punct
         said say VERB VBD 0 root
         four four NUM CD 16 nsubj
         died die VERB VBD 14 ccomp
         . . PUNCT PUNCT 14 punct

         The the DET DT 5 det
         Britain Britain PROPN NNP 4 obl
         - - PUNCT PUNCT 4 punct
         based base VERB VBN 5 amod
         monitor monitor NOUN NN 6 nsubj organization
         said say VERB VBD 0 root
         it it PRON PRP 8 nsubj organization
         had have VERB VBD 6 ccomp
         names name NOUN NNS 8 obj abstract
         . . PUNCT PUNCT 6 punct

         The the DET DT 2 det
         head head NOUN NN 6 nsubj person
         of of ADP IN 5 case
         the the DET DT 5 det
         Observatory Observatory PROPN NNP 2 nmod organization
         warned warn VERB VBD 0 root
         the the DET DT 8 det
         army army NOUN NN 6 obj organization
         . . PUNCT PUNCT 6 punct

         The the DET DT 2 det
         army army NOUN NN 3 nsubj organization
         denied deny VERB VBD 0 root
         it it PRON PRP 3 obj
         . . PUNCT PUNCT 3 punct",
    );
    add_name(&mut reading, "Rami Kolo", NameKind::Person);
    add_name(
        &mut reading,
        "the Ordu Observatory for Rights",
        NameKind::Org,
    );
    add_name(&mut reading, "OOR", NameKind::Org);
    let found = chains(&reading);
    let expected = [
        vec![
            "Rami Kolo",
            "head of the Ordu Observatory for Rights",
            "The head of the Observatory",
        ],
        vec![
            "the Ordu Observatory for Rights",
            "OOR",
            "The Britain-based monitor",
            "it",
            "the Observatory",
        ],
        vec!["the army", "The army"],
    ];
    for chain in expected {
        assert!(
            found
                .iter()
                .any(|f| f.iter().map(String::as_str).collect::<Vec<_>>() == chain),
            "{chain:?} is not among {found:?}"
        );
    }
}

#[test]
fn a_reading_without_trees_has_its_names_only() {
    let mut reading = reading(
        "The Taliban spoke.",
        "The the X X 0 root\nTaliban t X X 0 root\nspoke s X X 0 root\n. . X X 0 root",
    );
    reading.annotated = false;
    add_name(&mut reading, "Taliban", NameKind::Org);
    with_context(&reading, &no_places(), |context| {
        let mentions = find(context, &[]);
        assert_eq!(mentions.all.len(), 1);
        assert_eq!(mentions.entities[0].kind, ActorKind::RebelGroup);
    });
}

/// Whether the chains hold `chain` exactly.
fn has_chain(found: &[Vec<String>], chain: &[&str]) -> bool {
    found
        .iter()
        .any(|f| f.iter().map(String::as_str).eq(chain.iter().copied()))
}

#[test]
fn the_group_of_a_headline_is_the_one_named_below() {
    let mut reading = reading(
        "Ordu blames the group. Police said the Dawn Front attacked. The group denied it. \
         Gunmen fled. A group left.",
        "Ordu Ordu PROPN NNP 2 nsubj place
         blames blame VERB VBZ 0 root
         the the DET DT 4 det
         group group NOUN NN 2 obj organization
         . . PUNCT PUNCT 2 punct

         Police police NOUN NNS 2 nsubj person
         said say VERB VBD 0 root
         the the DET DT 5 det
         Dawn Dawn PROPN NNP 5 compound
         Front Front PROPN NNP 6 nsubj organization
         attacked attack VERB VBD 2 ccomp
         . . PUNCT PUNCT 2 punct

         The the DET DT 2 det
         group group NOUN NN 3 nsubj organization
         denied deny VERB VBD 0 root
         it it PRON PRP 3 obj
         . . PUNCT PUNCT 3 punct

         Gunmen gunmen NOUN NNS 2 nsubj person
         fled flee VERB VBD 0 root
         . . PUNCT PUNCT 2 punct

         A a DET DT 2 det
         group group NOUN NN 3 nsubj organization
         left leave VERB VBD 0 root
         . . PUNCT PUNCT 3 punct",
    );
    add_name(&mut reading, "Ordu", NameKind::Gpe);
    add_name(&mut reading, "Dawn Front", NameKind::Org);
    let found = chains(&reading);
    assert!(
        has_chain(&found, &["the group", "the Dawn Front", "The group"]),
        "{found:?}"
    );
    // "A group" is a new one, and joins no named one.
    assert!(
        !found
            .iter()
            .any(|chain| chain.iter().any(|m| m == "A group")
                && chain.iter().any(|m| m == "the Dawn Front"))
    );
}

#[test]
fn an_office_before_a_name_is_its_bearer_whatever_the_tree() {
    let mut reading = reading(
        "Regional governor Amin Dara said so. Local authorities in Kalo and the Interim Council left. \
         The governor wept.",
        "Regional regional ADJ JJ 2 amod
         governor governor NOUN NN 5 nsubj person
         Amin Amin PROPN NNP 5 nsubj person
         Dara Dara PROPN NNP 3 flat
         said say VERB VBD 0 root
         so so ADV RB 5 advmod
         . . PUNCT PUNCT 5 punct

         Local local ADJ JJ 2 amod
         authorities authority NOUN NNS 9 nsubj organization
         in in ADP IN 4 case
         Kalo Kalo PROPN NNP 2 nmod place
         and and CCONJ CC 8 cc
         the the DET DT 8 det
         Interim Interim PROPN NNP 8 compound
         Council Council PROPN NNP 2 conj organization
         left leave VERB VBD 0 root
         . . PUNCT PUNCT 9 punct

         The the DET DT 2 det
         governor governor NOUN NN 3 nsubj person
         wept weep VERB VBD 0 root
         . . PUNCT PUNCT 3 punct",
    );
    add_name(&mut reading, "Amin Dara", NameKind::Person);
    add_name(&mut reading, "Kalo", NameKind::Gpe);
    add_name(&mut reading, "Interim Council", NameKind::Org);
    let found = chains(&reading);
    assert!(
        has_chain(&found, &["Regional governor", "Amin Dara", "The governor"]),
        "{found:?}"
    );
    with_context(&reading, &no_places(), |context| {
        let mentions = find(context, &[]);
        let first = mentions.headed_by(8).expect("the authorities");
        let second = mentions.headed_by(14).expect("the council");
        assert_eq!(reading.slice(first.span), "Local authorities in Kalo");
        assert_eq!(reading.slice(second.span), "the Interim Council");
        assert_ne!(first.entity, second.entity);
    });
}

#[test]
fn who_says_it_behind_the_comma_is_no_apposition() {
    // As the model parses it: the speaker hangs on the place before the comma.
    let said = reading(
        "Men abducted engineers near Kolo, the director said.",
        "Men man NOUN NNS 2 nsubj person
         abducted abduct VERB VBD 9 ccomp
         engineers engineer NOUN NNS 2 obj person
         near near ADP IN 5 case
         Kolo Kolo PROPN NNP 2 obl person
         , , PUNCT PUNCT 8 punct
         the the DET DT 8 det
         director director NOUN NN 5 appos person
         said say VERB VBD 0 root
         . . PUNCT PUNCT 9 punct",
    );
    assert_eq!(chains(&said), Vec::<Vec<String>>::new());
    // A comma behind it closes an apposition.
    let apposed = reading(
        "Men abducted Kolo, the director, near Ordu.",
        "Men man NOUN NNS 2 nsubj person
         abducted abduct VERB VBD 0 root
         Kolo Kolo PROPN NNP 2 obj person
         , , PUNCT PUNCT 6 punct
         the the DET DT 6 det
         director director NOUN NN 3 appos person
         , , PUNCT PUNCT 6 punct
         near near ADP IN 9 case
         Ordu Ordu PROPN NNP 2 obl place
         . . PUNCT PUNCT 2 punct",
    );
    assert_eq!(chains(&apposed).len(), 1);
}
