//! Sheets and incidents as the public sees them.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic)]

use sayso_api::{IncidentJson, SheetJson};
use sayso_redact::{Centre, Districts, LeftOut, Redaction, folded};
use serde_json::{Value, json};

const TEXT: &str = "Gunmen shot Amina Yusuf (9) and K. Orlu, a baker, outside the Nur Clinic in Kassala. \
    “Yusuf lay on the road,” said Dr Sara Ñandu. Governor Idris Marun, who met Amina’s mother, blamed nobody.";

/// A quotation of the text: where it stands for the `nth` time, in code points.
fn span(text: &str, quote: &str, nth: usize) -> Value {
    let (byte, _) = text.match_indices(quote).nth(nth).unwrap();
    let start = text[..byte].chars().count();
    json!([start, start + quote.chars().count()])
}

fn quoted(text: &str, quote: &str) -> Value {
    json!({"span": span(text, quote, 0), "quote": quote})
}

fn actor(text: &str, id: &str, names: &[&str], protect: Option<&str>, role: Option<&str>) -> Value {
    let mentions: Vec<Value> = names.iter().map(|name| span(text, name, 0)).collect();
    json!({
        "id": id, "name": names[0], "aliases": names[1..], "names": names, "kind": "person",
        "country": "SDN", "member_of": null, "role": role, "protect": protect,
        "registry": null, "sector": null, "mentions": mentions,
        "why": {"protect": {"rule": "minor-by-age", "span": span(text, names[0], 0)}},
    })
}

fn sheet(id: &str) -> SheetJson<'static> {
    let place = |level: &str, name: &str| {
        let (lat, pcode) = if level == "site" {
            (15.451, "SD01001")
        } else {
            (15.45, "SD01")
        };
        let mut place = json!({
            "name": name, "country": "SDN", "admin1": "Kassala State", "admin2": "Kassala District",
            "lat": lat, "lon": 36.404, "geonames": 7, "pcode": pcode, "level": level, "where_prec": 1,
        });
        let words = quoted(TEXT, name);
        place["span"] = words["span"].clone();
        place["quote"] = words["quote"].clone();
        place
    };
    let value = json!({
        "schema": "sayso.sheet/1",
        "made_by": {"sayso": "0", "model": "0", "lexicon": "0", "gazetteer": "0", "registry": "0"},
        "report": {
            "id": id, "title": "AMINA YUSUF, 9, SHOT", "text": TEXT, "outlet": "Kassala Post",
            "url": "https://post.example/2024/amina-yusuf-shot", "published": "2024-05-02",
            "language": "en", "author": "Sulafa Hamdan", "forwarded_from": "Some Body",
        },
        "statements": [{
            "id": "s:1", "act": "report", "polarity": "affirmed", "certainty": "certain",
            "plover": null, "cameo": null, "within": null, "events": ["e:1"], "confidence": 0.9,
            "sources": [{"span": span(TEXT, "Dr Sara Ñandu", 0), "quote": "Dr Sara Ñandu", "kind": "person", "actor": "a:3"}],
            "cue": quoted(TEXT, "said"), "content": [quoted(TEXT, "Yusuf lay on the road")],
            "to": null, "medium": null, "why": {}, "edges": [],
        }],
        "events": [{
            "id": "e:1", "anchor": quoted(TEXT, "shot"), "acled": "Attack", "plover": "ASSAULT",
            "plover_mode": null, "cameo": "190", "side_a": [quoted(TEXT, "Gunmen")],
            "side_b": [{"span": span(TEXT, "Amina Yusuf", 0), "quote": "Amina Yusuf", "actor": "a:1"}],
            "weapons": [], "place": place("site", "Nur Clinic"), "time": null,
            "tolls": [], "toll_status": "not-stated", "status": "asserted", "aggregate": false,
            "statements": ["s:1"], "confidence": 0.9, "why": {},
        }],
        "actors": [
            actor(TEXT, "a:1", &["Amina Yusuf", "Yusuf", "Amina"], Some("minor"), None),
            actor(TEXT, "a:2", &["Orlu"], Some("victim"), None),
            actor(TEXT, "a:3", &["Sara Ñandu"], Some("private"), None),
            actor(TEXT, "a:4", &["Idris Marun"], None, Some("governor")),
        ],
        "places": [place("site", "Nur Clinic"), place("settlement", "Kassala")],
        "times": [], "notes": [],
    });
    serde_json::from_value(value).unwrap()
}

fn incident(report: &str) -> IncidentJson {
    let evidence = json!({
        "report": report, "statement": "s:1", "field": "side_b",
        "span": span(TEXT, "Amina Yusuf (9) and K. Orlu", 0), "quote": "Amina Yusuf (9) and K. Orlu",
    });
    serde_json::from_value(json!({
        "schema": "sayso.incident/1", "id": "i:1", "title": "Attack, Nur Clinic, 2024-05-01", "acled": "Attack",
        "place": {"name": "Nur Clinic", "country": "SDN", "admin1": "Kassala State", "lat": 15.451,
            "lon": 36.404, "geonames": 7, "level": "site", "where_prec": 1},
        "start": "2024-05-01", "end": "2024-05-01",
        "reports": [{"id": report, "outlet": "Kassala Post", "published": "2024-05-02", "origin": "o:2",
            "role": "main", "events": ["e:1"]}],
        "origins": [
            {"id": "o:1", "name": "Sara Ñandu", "why": "speaker", "reports": [report]},
            {"id": "o:2", "name": "Kassala Post", "why": "own-reporting", "reports": [report]},
            {"id": "o:3", "name": "Some Body", "why": "wire-copy", "reports": [report]},
            {"id": "o:4", "name": "residents (to Some Body)", "why": "speaker", "reports": [report]},
        ],
        "findings": [
            {"question": "to-whom", "status": "single-source", "low": null, "conservative": null, "high": null,
             "answers": [{"value": "Amina Yusuf", "stance": "asserts", "origin": "o:1", "published": null,
                "superseded": false, "evidence": [evidence]}]},
            {"question": "place", "status": "single-source", "low": null, "conservative": null, "high": null,
             "answers": [{"value": "Nur Clinic", "stance": "asserts", "origin": "o:1", "published": null,
                "superseded": false, "evidence": []}]},
        ],
        "why": [],
        "decisions": [{"kind": "merge", "recorded": "2024", "by": "Some Analyst", "why": null, "incidents": [], "reports": []}],
    }))
    .unwrap()
}

/// Every district lies at one point.
struct Here;

impl Districts for Here {
    fn centre(&self, country: &str, within: Option<&str>, name: &str) -> Option<Centre> {
        let known = (country, within, name) == ("SDN", Some("Kassala State"), "Kassala District");
        known.then_some(Centre {
            lat: 15.0,
            lon: 36.0,
            geonames: None,
        })
    }
}

fn public(id: &str) -> (SheetJson<'static>, IncidentJson, LeftOut, Vec<String>) {
    let mut redaction = Redaction::default();
    redaction.gather_with(&sheet(id), &Here);
    let (mut sheets, mut incident) = (vec![sheet(id)], incident(id));
    let left_out = redaction.apply(&mut incident, &mut sheets);
    let strings = redaction.scope([id]).strings();
    (sheets.remove(0), incident, left_out, strings)
}

#[test]
fn nothing_protected_is_left_anywhere() {
    let (sheet, incident, _, strings) = public("amina-yusuf-shot");
    assert!(strings.len() >= 6, "{strings:?}");
    let sheet = serde_json::to_string(&sheet).unwrap();
    let incident = serde_json::to_string(&incident).unwrap();
    for text in [sheet, incident] {
        let folded = folded(&text);
        for string in &strings {
            assert!(!folded.contains(&format!(" {string} ")), "{string}: {text}");
        }
        for word in ["Sulafa", "Some Body", "Some Analyst", "SD01001", "15.451"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}

#[test]
fn who_holds_an_office_is_named() {
    let (sheet, ..) = public("r-1");
    let text = sheet.report.text.as_ref();
    assert_eq!(
        text,
        "Gunmen shot [minor] (9) and [victim], a baker, outside the [place] in Kassala. “[minor] lay on \
         the road,” said Dr [private person]. Governor Idris Marun, who met [minor]’s mother, blamed nobody."
    );
    assert_eq!(sheet.report.title.as_deref(), Some("[minor], 9, SHOT"));
    assert_eq!(sheet.actors[3].name, "Idris Marun");
    assert_eq!(sheet.actors[0].name, "[minor]");
    assert_eq!(sheet.actors[0].protect.as_deref(), Some("minor"));
}

#[test]
fn every_quote_is_still_the_slice_of_its_span() {
    let (sheet, incident, ..) = public("r-1");
    let text: Vec<char> = sheet.report.text.chars().collect();
    let slice = |span: [usize; 2]| text[span[0]..span[1]].iter().collect::<String>();
    let statement = &sheet.statements[0];
    assert_eq!(slice(statement.content[0].span), statement.content[0].quote);
    assert_eq!(statement.content[0].quote, "[minor] lay on the road");
    assert_eq!(slice(statement.sources[0].span), "Dr [private person]");
    let event = &sheet.events[0];
    assert_eq!(slice(event.side_b[0].span), event.side_b[0].quote);
    assert_eq!(slice(event.anchor.span), "shot");
    let evidence = &incident.findings[0].answers[0].evidence[0];
    assert_eq!(slice(evidence.span), evidence.quote);
    assert_eq!(evidence.quote, "[minor] (9) and [victim]");
    for actor in &sheet.actors {
        for &mention in &actor.mentions {
            let words = slice(mention);
            assert!(words.starts_with('[') || words == "Idris Marun", "{words}");
        }
    }
}

#[test]
fn a_spot_is_given_by_its_district() {
    let (sheet, incident, left_out, _) = public("r-1");
    let place = sheet.events[0].place.as_ref().unwrap();
    assert_eq!(
        (place.name.as_ref(), place.level.as_ref()),
        ("Kassala District", "district")
    );
    assert_eq!((place.lat, place.where_prec), (Some(15.0), 3));
    let place = incident.place.unwrap();
    assert_eq!(
        (place.name.as_str(), place.lon),
        ("Kassala District", Some(36.0))
    );
    assert_eq!(incident.title, "Attack, Kassala District, 2024-05-01");
    let answer = &incident.findings[1].answers[0];
    assert_eq!(answer.value.as_deref(), Some("Kassala District"));
    assert_eq!(sheet.places[1].name, "Kassala", "a town is no spot");
    let spots: usize = left_out
        .lines()
        .iter()
        .filter(|line| line.kind == "place")
        .map(|line| line.count)
        .sum();
    assert_eq!(spots, 3, "the event's, the toponym and the incident's");
}

#[test]
fn a_spot_of_forces_alone_is_shown() {
    let mut forces = sheet("r-1");
    for actor in &mut forces.actors {
        actor.kind = "rebel-group".into();
        actor.protect = None;
    }
    forces.events[0].side_a.clear();
    let mut redaction = Redaction::default();
    redaction.gather(&forces);
    let mut left_out = LeftOut::default();
    redaction.scope(["r-1"]).sheet(&mut forces, &mut left_out);
    assert_eq!(forces.events[0].place.as_ref().unwrap().name, "Nur Clinic");
}

#[test]
fn ids_and_addresses_that_spell_a_name_are_replaced_together() {
    let (sheet, incident, left_out, _) = public("amina-yusuf-shot");
    assert!(sheet.report.id.starts_with("r:"));
    assert_eq!(sheet.report.id, incident.reports[0].id);
    assert_eq!(sheet.report.id, incident.origins[1].reports[0]);
    assert_eq!(
        sheet.report.id,
        incident.findings[0].answers[0].evidence[0].report
    );
    assert_eq!(sheet.report.url, None);
    let rules: Vec<&str> = left_out.lines().iter().map(|line| line.rule).collect();
    for rule in [
        "name-in-id",
        "name-in-address",
        "author",
        "forwarded-from",
        "analyst",
    ] {
        assert!(rules.contains(&rule), "{rules:?}");
    }
    assert_eq!(public("r-1").0.report.id, "r-1");
}

#[test]
fn what_is_made_of_an_id_that_spells_a_name_is_made_anew_too() {
    let (sheet, incident, ..) = public("amina-yusuf-shot");
    let (statement, event) = (&sheet.statements[0], &sheet.events[0]);
    assert!(statement.id != "s:1" && event.id != "e:1" && incident.id != "i:1");
    assert!(statement.id.starts_with("s:") && event.id.starts_with("e:"));
    assert_eq!(statement.events, [event.id.as_ref()]);
    assert_eq!(event.statements, [statement.id.as_ref()]);
    assert_eq!(event.side_b[0].actor.as_ref(), Some(&sheet.actors[0].id));
    assert_eq!(incident.reports[0].events, [event.id.as_ref()]);
    let evidence = &incident.findings[0].answers[0].evidence[0];
    assert_eq!(evidence.statement.as_deref(), Some(statement.id.as_ref()));
    // Whoever guesses the name has not the text, and cannot make the id.
    let mut redaction = Redaction::default();
    let mut other = self::sheet("amina-yusuf-shot");
    other.report.text.to_mut().push_str(" And so on.");
    redaction.gather(&other);
    let guessed = redaction.scope(["amina-yusuf-shot"]).id("amina-yusuf-shot");
    assert_ne!(guessed, sheet.report.id);
    let (sheet, incident, ..) = public("r-1");
    assert_eq!(
        (sheet.statements[0].id.as_ref(), incident.id.as_str()),
        ("s:1", "i:1")
    );
}

#[test]
fn a_message_that_is_passed_on_names_nobody_as_its_origin() {
    let (_, incident, left_out, _) = public("r-1");
    assert_eq!(incident.origins[2].name, "[left out]");
    assert_eq!(incident.origins[2].id, "o:left-out-2");
    assert_eq!(incident.origins[3].name, "residents (to [left out])");
    let told = |kind: &str, rule: &str| {
        let lines = left_out.lines();
        lines
            .iter()
            .any(|line| line.kind == kind && line.rule == rule)
    };
    assert!(told("origin", "forwarded-from") && told("forwarded-from", "forwarded-from"));
    // A channel that publishes by itself is named.
    let mut own = sheet("r-2");
    own.report.outlet = Some("Some Body".into());
    let mut redaction = Redaction::default();
    redaction.gather(&own);
    let (mut sheets, mut incident) = (vec![own], self::incident("r-2"));
    redaction.apply(&mut incident, &mut sheets);
    assert_eq!(incident.origins[2].name, "Some Body");
}

/// A sheet whose text tells of somebody who is only known by the name of a town.
fn of_a_town() -> SheetJson<'static> {
    const TEXT: &str = "Kaura was shot in Kaura. Her sister kaura fled the Kaura Namoda road.";
    let mut value = serde_json::to_value(sheet("r-3")).unwrap();
    let place = |name: &str, nth: usize| {
        json!({"span": span(TEXT, name, nth), "quote": name, "name": name, "country": "NGA",
               "admin1": null, "admin2": null, "lat": 12.0, "lon": 6.0, "geonames": 8, "level": "settlement"})
    };
    value["report"]["text"] = json!(TEXT);
    value["report"]["title"] = json!("Kaura is mourned");
    value["statements"] = json!([]);
    value["events"] = json!([]);
    value["actors"] = json!([actor(TEXT, "a:1", &["Kaura"], Some("victim"), None)]);
    value["actors"][0]["mentions"] = json!([span(TEXT, "Kaura", 0), span(TEXT, "kaura", 0)]);
    value["places"] = json!([place("Kaura", 1), place("Kaura Namoda", 0)]);
    serde_json::from_value(value).unwrap()
}

#[test]
fn somebody_who_is_called_as_a_town_is_not_shown_where_it_is() {
    let mut redaction = Redaction::default();
    redaction.gather(&of_a_town());
    let mut sheet = of_a_town();
    let scope = redaction.scope(["r-3"]);
    assert!(
        scope.strings().contains(&"kaura".to_owned()),
        "tests have to look for it"
    );
    scope.sheet(&mut sheet, &mut LeftOut::default());
    assert_eq!(
        sheet.report.text,
        "[victim] was shot in Kaura. Her sister [victim] fled the Kaura Namoda road."
    );
    assert_eq!(sheet.report.title.as_deref(), Some("[victim] is mourned"));
    assert_eq!(sheet.places[0].name, "Kaura", "the town is still a town");
    assert_eq!(
        scope.text("Kaura was a good woman"),
        "[victim] was a good woman"
    );
    assert_eq!(scope.id("mourning-kaura").len(), 18);
}

#[test]
fn an_origin_that_is_not_named_has_an_id_of_its_own() {
    let (_, incident, ..) = public("r-1");
    assert_eq!(incident.origins[0].name, "[private person]");
    assert_eq!(incident.origins[0].id, "o:left-out-1");
    assert_eq!(incident.findings[0].answers[0].origin, "o:left-out-1");
    assert_eq!(incident.origins[1].id, "o:2");
}

#[test]
fn a_name_that_is_public_elsewhere_is_not_private() {
    let mut other = sheet("r-2");
    other.actors[2].protect = None;
    other.actors[2].role = Some("minister".into());
    let mut redaction = Redaction::default();
    redaction.gather(&sheet("r-1"));
    redaction.gather(&other);
    let both = redaction.scope(["r-1", "r-2"]);
    assert_eq!(
        both.text("Sara Ñandu and Amina Yusuf"),
        "Sara Ñandu and [minor]"
    );
    let alone = redaction.scope(["r-1"]);
    assert_eq!(alone.text("Sara Nandu"), "[private person]");
}

#[test]
fn a_full_name_is_protected_in_every_report_and_its_parts_in_their_own() {
    let mut redaction = Redaction::default();
    redaction.gather(&sheet("r-1"));
    let elsewhere = redaction.scope(["r-9"]);
    assert_eq!(elsewhere.text("Amina Yusuf"), "[name left out]");
    assert_eq!(
        elsewhere.text("Amina Bello met Yusuf"),
        "Amina Bello met Yusuf"
    );
}

#[test]
fn an_office_holder_is_named_though_another_incident_protects_somebody_of_that_name() {
    let mut other = sheet("r-2");
    other.actors.retain(|actor| actor.id == "a:4");
    let mut witness = sheet("r-1");
    witness.actors[3].protect = Some("witness".into());
    witness.actors[3].role = None;
    let mut redaction = Redaction::default();
    redaction.gather(&witness);
    redaction.gather(&other);
    let elsewhere = redaction.scope(["r-2"]);
    assert_eq!(
        elsewhere.text("Governor Idris Marun and Sara Ñandu"),
        "Governor Idris Marun and [name left out]"
    );
    assert!(!elsewhere.is_spelt_in("speech-of-idris-marun"));
    let own = redaction.scope(["r-1"]);
    assert_eq!(own.text("Idris Marun"), "[witness]");
    // Seen together, the report that protects holds.
    let both = redaction.scope(["r-1", "r-2"]);
    assert_eq!(both.text("Governor Idris Marun"), "Governor [witness]");
    let mut left_out = LeftOut::default();
    elsewhere.text_of("text", "Sara Ñandu", &mut left_out);
    assert_eq!(left_out.lines()[0].rule, "named-elsewhere");
}

/// A sheet of somebody who was killed at home, in a street that has a number.
fn at_home() -> SheetJson<'static> {
    const TEXT: &str = "Amina Yusuf was shot at 12, Nur Clinic Street in Kassala on Friday.";
    let mut value = serde_json::to_value(sheet("home-1")).unwrap();
    value["report"]["text"] = json!(TEXT);
    value["report"]["title"] = json!("A woman is shot at home");
    value["report"]["url"] = json!("https://post.example/1");
    value["statements"] = json!([]);
    value["places"] = json!([]);
    value["actors"] = json!([actor(TEXT, "a:1", &["Amina Yusuf"], Some("victim"), None)]);
    value["events"][0]["anchor"] = quoted(TEXT, "shot");
    value["events"][0]["side_a"] = json!([]);
    value["events"][0]["side_b"][0] = json!({"span": span(TEXT, "Amina Yusuf", 0),
        "quote": "Amina Yusuf", "actor": "a:1"});
    value["events"][0]["statements"] = json!([]);
    let street = "Nur Clinic Street";
    value["events"][0]["place"]["name"] = json!(street);
    value["events"][0]["place"]["quote"] = json!(street);
    value["events"][0]["place"]["span"] = span(TEXT, street, 0);
    serde_json::from_value(value).unwrap()
}

#[test]
fn the_house_of_somebody_is_left_out_with_its_number_in_every_report() {
    let mut redaction = Redaction::default();
    redaction.gather(&at_home());
    redaction.gather(&sheet("r-2"));
    let own = redaction.scope(["home-1"]);
    assert_eq!(
        own.text("She was shot at 12, Nur Clinic Street."),
        "She was shot at [place]."
    );
    // A report of another incident tells where that was.
    let other = redaction.scope(["r-2"]);
    assert_eq!(
        other.text("They came from 12 Nur Clinic Street, and left by Nile Street."),
        "They came from [place], and left by Nile Street."
    );
    assert!(other.is_spelt_in("https://post.example/12-nur-clinic-street"));
    let mut left_out = LeftOut::default();
    other.text_of("text", "12 Nur Clinic Street", &mut left_out);
    assert_eq!(left_out.lines()[0].rule, "exact-spot");
}

#[test]
fn ids_addresses_and_mailboxes_that_are_named_after_somebody_are_left_out() {
    let mut redaction = Redaction::default();
    redaction.gather(&sheet("r-1"));
    let scope = redaction.scope(["r-1"]);
    for id in [
        "ayusuf-1",
        "post/aminay",
        "justiceforamina",
        "yusuf2024",
        "orlu.jpg",
    ] {
        assert!(scope.is_spelt_in(id), "{id}");
        assert_ne!(scope.id(id), id);
    }
    for id in ["kassala-post-7", "tarra-post", "9ab8c7d6e5f4"] {
        assert!(!scope.is_spelt_in(id), "{id}");
    }
    assert_eq!(
        scope.text("Mail ayusuf@post.example or desk@post.example"),
        "Mail [minor] or desk@post.example"
    );
}
