use std::collections::BTreeMap;

use sayso_place::{Builder, Gazetteer};
use sayso_text::{NameKind, Reading};

use super::*;
use crate::test_reading::{add_name, reading, span_of, tokens_of, with_context};
use crate::{Act, Certainty, Level, Place, Polarity, Protect, Source, SourceKind, mention};

/// A statement by each of `speakers`, words of the text.
fn statements(reading: &Reading, speakers: &[&str]) -> Vec<Statement> {
    speakers
        .iter()
        .map(|words| Statement {
            id: String::new(),
            act: Act::Report,
            polarity: Polarity::Affirmed,
            certainty: Certainty::Certain,
            plover: None,
            plover_mode: None,
            cameo: None,
            sources: vec![Source {
                span: span_of(reading, words),
                kind: SourceKind::Unknown,
                entity: None,
                actor: None,
            }],
            cue: None,
            content: Vec::new(),
            to: None,
            medium: None,
            within: None,
            events: Vec::new(),
            confidence: 1.0,
            signs: crate::Signs::default(),
            why: BTreeMap::new(),
            edges: Vec::new(),
            cue_token: None,
            content_tokens: Vec::new(),
        })
        .collect()
}

fn demonym(reading: &Reading, word: &str, country: &str) -> PlaceMention {
    PlaceMention {
        tokens: tokens_of(reading, word),
        place: Place {
            span: span_of(reading, word),
            name: word.to_owned(),
            country: Some(country.to_owned()),
            admin1: None,
            admin2: None,
            lat: None,
            lon: None,
            geonames: None,
            pcode: None,
            level: Level::Country,
            where_prec: 6,
        },
        demonym: true,
        rule: String::new(),
    }
}

/// The actors, and for each speaker the number of its actor.
fn actors(
    reading: &Reading,
    places: &[PlaceMention],
    speakers: &[&str],
) -> (Vec<Actor>, Vec<Option<usize>>) {
    let bytes = Builder::new().finish("none").expect("an empty map");
    let gazetteer = Gazetteer::from_bytes(bytes).expect("an empty gazetteer");
    with_context(reading, &gazetteer, |context| {
        let mentions = mention::find(context, places);
        let mut statements = statements(reading, speakers);
        let actors = assemble(context, &mentions, places, None, &mut statements, &mut []);
        let of = statements.iter().map(|s| s.sources[0].actor).collect();
        (actors, of)
    })
}

#[test]
fn a_spokesman_belongs_to_his_army() {
    let mut reading = reading(
        "Sudanese army spokesman Colonel Adil Kolo said so. A girl, 12, told AFP. \
         The army issued a statement. The statement warned the RSF.",
        "Sudanese sudanese ADJ JJ 2 amod
         army army NOUN NN 3 compound
         spokesman spokesman NOUN NN 5 compound person
         Colonel colonel PROPN NNP 5 compound
         Adil Adil PROPN NNP 7 nsubj person
         Kolo Kolo PROPN NNP 5 flat
         said say VERB VBD 0 root
         so so ADV RB 7 advmod
         . . PUNCT PUNCT 7 punct

         A a DET DT 2 det
         girl girl NOUN NN 6 nsubj person
         , , PUNCT PUNCT 4 punct
         12 12 NUM CD 2 appos
         , , PUNCT PUNCT 4 punct
         told tell VERB VBD 0 root
         AFP AFP PROPN NNP 6 obj organization
         . . PUNCT PUNCT 6 punct

         The the DET DT 2 det
         army army NOUN NN 3 nsubj organization
         issued issue VERB VBD 0 root
         a a DET DT 5 det
         statement statement NOUN NN 3 obj abstract
         . . PUNCT PUNCT 3 punct

         The the DET DT 2 det
         statement statement NOUN NN 3 nsubj abstract
         warned warn VERB VBD 0 root
         the the DET DT 5 det
         RSF RSF PROPN NNP 3 obj organization
         . . PUNCT PUNCT 3 punct",
    );
    add_name(&mut reading, "Adil Kolo", NameKind::Person);
    add_name(&mut reading, "AFP", NameKind::Org);
    add_name(&mut reading, "RSF", NameKind::Org);
    let places = [demonym(&reading, "Sudanese", "SDN")];
    let speakers = ["Adil Kolo", "A girl", "The statement", "the RSF", "AFP"];
    let (actors, of) = actors(&reading, &places, &speakers);
    let by = |n: usize| &actors[of[n].expect("an actor")];

    assert_eq!(by(0).name, "Adil Kolo");
    assert_eq!(by(0).kind, ActorKind::StateForces);
    assert_eq!(by(0).country.as_deref(), Some("SDN"));
    assert_eq!(by(0).role.as_deref(), Some("army spokesman"));
    assert_eq!(by(0).protect, None);
    assert_eq!(by(1).protect, Some(Protect::Minor));
    // A document speaks for whoever issued it.
    assert_eq!(by(2).name, "The army");
    assert_eq!(by(2).kind, ActorKind::StateForces);
    assert_eq!(by(3).kind, ActorKind::RebelGroup);
    assert_eq!(by(3).country.as_deref(), Some("SDN"));
    assert_eq!(by(4).kind, ActorKind::Media);
    assert_eq!(by(4).country.as_deref(), Some("FRA"));
}

#[test]
fn members_take_after_their_body_and_private_people_are_kept_back() {
    let mut reading = reading(
        "Members of the M23 spoke. Selma Dara, a resident, wept. The brigade, led by Omar Kolo, left.",
        "Members member NOUN NNS 5 nsubj person
         of of ADP IN 4 case
         the the DET DT 4 det
         M23 M23 PROPN NNP 1 nmod organization
         spoke speak VERB VBD 0 root
         . . PUNCT PUNCT 5 punct

         Selma Selma PROPN NNP 7 nsubj person
         Dara Dara PROPN NNP 1 flat
         , , PUNCT PUNCT 5 punct
         a a DET DT 5 det
         resident resident NOUN NN 1 appos person
         , , PUNCT PUNCT 5 punct
         wept weep VERB VBD 0 root
         . . PUNCT PUNCT 7 punct

         The the DET DT 2 det
         brigade brigade NOUN NN 8 nsubj organization
         , , PUNCT PUNCT 4 punct
         led lead VERB VBN 2 acl
         by by ADP IN 6 case
         Omar Omar PROPN NNP 4 obl:agent person
         Kolo Kolo PROPN NNP 6 flat
         left leave VERB VBD 0 root
         . . PUNCT PUNCT 8 punct",
    );
    add_name(&mut reading, "M23", NameKind::Org);
    add_name(&mut reading, "Selma Dara", NameKind::Person);
    add_name(&mut reading, "Omar Kolo", NameKind::Person);
    let (actors, of) = actors(&reading, &[], &["Members", "Selma Dara", "Omar Kolo"]);
    let by = |n: usize| &actors[of[n].expect("an actor")];
    let body = |n: usize| {
        let body = by(n).member_of;
        &actors[body.unwrap_or_else(|| panic!("a body for {:?}", by(n)))]
    };

    assert_eq!(body(0).name, "M23");
    assert_eq!(by(0).kind, ActorKind::RebelGroup);
    assert_eq!(by(0).country.as_deref(), Some("COD"));
    assert_eq!(by(1).protect, Some(Protect::Private));
    assert_eq!(body(2).name, "The brigade");
    assert_eq!(by(2).role.as_deref(), Some("leader"));
    assert_eq!(by(2).protect, None);
}
