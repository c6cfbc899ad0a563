//! An archive in pieces gives the incidents that it gives in one.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use sayso_api::SheetJson;
use sayso_bench::sheets::Sheets;
use sayso_link::archive::{
    Block, Extract, Family, Grouped, KEPT_LINKS, Kept, Link, Member, Part, Recalling, components,
    groups, incident, links, outlook, own_words, prints, recalls, threshold,
};
use sayso_link::{Digest, LinkKnowledge, incidents};

/// How small the pieces are.
#[derive(Clone, Copy)]
struct Pieces {
    cuts: i64,
    chunks: usize,
}

/// What is written between two steps is read again as it was.
fn sent<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

/// Calls `compare` for each block of a family.
fn for_each_block<T: Clone>(
    family: Family,
    pieces: Pieces,
    extracts: &[Extract],
    of: impl Fn(&Extract) -> Option<T>,
    mut compare: impl FnMut(&Block, &[Member<T>], &[usize]),
) {
    type Place = (i32, i64, usize, usize);
    let stretch = |extract: &Extract| family.stretch(extract.digest.published);
    let home: BTreeSet<i32> = extracts.iter().map(stretch).collect();
    let mut blocks: BTreeMap<Place, Vec<(Member<T>, usize)>> = BTreeMap::new();
    for (number, extract) in extracts.iter().enumerate() {
        let Some(payload) = of(extract) else { continue };
        let keys = extract.keys(family);
        let parts: BTreeSet<i64> = keys.iter().map(|k| k.rem_euclid(pieces.cuts)).collect();
        let chunk = number % pieces.chunks;
        let own = stretch(extract);
        for part in parts {
            for at in [own - 1, own] {
                if !home.contains(&at) {
                    continue;
                }
                for other in 0..pieces.chunks {
                    let place = (at, part, chunk.min(other), chunk.max(other));
                    let member = Member {
                        home: at == own,
                        chunk: i32::try_from(chunk).unwrap(),
                        of: payload.clone(),
                    };
                    blocks.entry(place).or_default().push((member, number));
                }
            }
        }
    }
    for ((_, part, low, high), members) in blocks {
        let block = Block {
            family,
            cuts: pieces.cuts,
            part,
            across: low != high,
        };
        let (members, numbers): (Vec<_>, Vec<_>) = members.into_iter().unzip();
        compare(&block, &members, &numbers);
    }
}

/// Of each report the best links; a link stands while either end keeps it.
fn best(all: BTreeSet<Link>) -> Vec<Link> {
    let mut of: BTreeMap<String, Vec<(i32, String, Link)>> = BTreeMap::new();
    for link in all {
        for (here, there) in [(&link.a, &link.b), (&link.b, &link.a)] {
            let edge = (-link.score, there.clone(), link.clone());
            of.entry(here.clone()).or_default().push(edge);
        }
    }
    let mut standing = BTreeSet::new();
    for (_, mut edges) in of {
        edges.sort();
        standing.extend(edges.into_iter().take(KEPT_LINKS).map(|edge| edge.2));
    }
    standing.into_iter().collect()
}

fn linked_in_pieces(
    sheets: &[SheetJson<'static>],
    pieces: Pieces,
    knowledge: &LinkKnowledge,
) -> Vec<String> {
    let extracts: Vec<Extract> = sheets.iter().map(|s| Extract::of(s, knowledge)).collect();
    let mut found: BTreeSet<Link> = BTreeSet::new();
    for family in [Family::Names, Family::People] {
        let digest = |extract: &Extract| -> Option<Digest> { Some(sent(&extract.digest)) };
        for_each_block(family, pieces, &extracts, digest, |block, members, _| {
            found.extend(links(block, members, knowledge));
        });
    }
    let standing = best(found);

    let ties: Vec<(String, String)> = standing
        .iter()
        .filter(|link| link.score > threshold(knowledge))
        .map(|link| (link.a.clone(), link.b.clone()))
        .collect();
    let hangs: BTreeMap<&str, &str> = components(&ties).into_iter().collect();
    let mut inside: BTreeMap<&str, Vec<Link>> = BTreeMap::new();
    for link in &standing {
        if let (Some(a), Some(b)) = (hangs.get(&*link.a), hangs.get(&*link.b))
            && a == b
        {
            inside.entry(a).or_default().push(link.clone());
        }
    }
    let mut grouped: BTreeMap<String, Grouped> = BTreeMap::new();
    for links in inside.values() {
        let found = groups(links, knowledge);
        grouped.extend(found.into_iter().map(|g| (g.report.clone(), g)));
    }
    for extract in &extracts {
        let alone = Grouped {
            report: extract.kept.report.clone(),
            first: extract.kept.report.clone(),
            first_day: extract.kept.published,
            likest: None,
        };
        grouped.entry(alone.report.clone()).or_insert(alone);
    }

    let mut copies = Vec::new();
    let signature =
        |extract: &Extract| Some((extract.kept.published, sent(extract.signature.as_ref()?)));
    let id = |number: usize| extracts[number].kept.report.clone();
    for_each_block(
        Family::Prints,
        pieces,
        &extracts,
        signature,
        |block, members, numbers| {
            let pairs = prints(block, members).into_iter();
            copies.extend(pairs.map(|(a, b)| (id(numbers[a]), id(numbers[b]))));
        },
    );
    let texts: BTreeMap<&str, &str> = components(&copies).into_iter().collect();
    let mut of_text: BTreeMap<&str, Vec<Kept>> = BTreeMap::new();
    for extract in &extracts {
        if let Some(text) = texts.get(&*extract.kept.report) {
            of_text.entry(text).or_default().push(sent(&extract.kept));
        }
    }
    let words: BTreeMap<&str, _> = of_text
        .iter()
        .map(|(text, prints)| (*text, own_words(prints, knowledge)))
        .collect();

    let mut members: BTreeMap<&str, Vec<Kept>> = BTreeMap::new();
    for extract in &extracts {
        let first = &grouped[&extract.kept.report].first;
        members.entry(first).or_default().push(sent(&extract.kept));
    }
    let outlooks: BTreeMap<&str, _> = members
        .iter()
        .map(|(&first, m)| (first, outlook(m)))
        .collect();
    // Incident and report to events.
    let mut recalled: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (own, outlook) in &outlooks {
        for recall in &outlook.recalls {
            for (other, theirs) in &outlooks {
                let Some(spot) = theirs.spot.as_ref().filter(|_| other != own) else {
                    continue;
                };
                let days = spot.days.iter().any(|day| recall.spot.days.contains(day));
                if days && spot.acled == recall.spot.acled && recalls(spot.point, recall.spot.point)
                {
                    let events = recalled.entry((other, &recall.report)).or_default();
                    events.push(recall.event);
                }
            }
        }
    }

    let sheet: BTreeMap<&str, &SheetJson<'static>> = sheets
        .iter()
        .map(|sheet| (sheet.report.id.as_ref(), sheet))
        .collect();
    let part = |report: &str, recalling: Option<Recalling>| Part {
        sheet: sheet[report].clone(),
        text: texts
            .get(report)
            .map(|&text| (sent(&words[text]), text.to_owned())),
        likest: grouped[report].likest.clone(),
        recalling,
    };
    let mut parts: BTreeMap<&str, Vec<Part<'_>>> = BTreeMap::new();
    for grouped in grouped.values() {
        parts
            .entry(&grouped.first)
            .or_default()
            .push(part(&grouped.report, None));
    }
    for ((other, report), events) in recalled {
        let own = &grouped[report];
        let recalling = Recalling {
            first: (own.first_day, own.first.clone()),
            events,
        };
        parts
            .entry(other)
            .or_default()
            .push(part(report, Some(recalling)));
    }
    let mut all: Vec<String> = parts
        .into_values()
        .map(|mut parts| {
            parts.reverse();
            serde_json::to_string(&incident(parts, knowledge)).unwrap()
        })
        .collect();
    all.sort();
    all
}

/// Sheets of a made archive; some undated, and some that recall what others tell of.
fn made(count: usize) -> Vec<SheetJson<'static>> {
    let mut archive = Sheets::new();
    let mut sheets: Vec<serde_json::Value> = (0..count).map(|_| archive.make().0).collect();
    for number in 0..count {
        if number % 31 == 3 {
            sheets[number]["report"]["published"] = serde_json::Value::Null;
        }
        // An event of a report that came long before: it recalls another incident.
        if number % 6 == 5 {
            let mut event = sheets[number / 2]["events"][0].clone();
            event["id"] = serde_json::json!(format!("e:recalled-{number}"));
            event["statements"] = serde_json::json!([]);
            sheets[number]["events"].as_array_mut().unwrap().push(event);
        }
        // A flash, printed by three.
        if number % 29 > 25 {
            let flash = format!("Shells on Velda tonight, call {}.", number / 29 % 7);
            sheets[number]["report"]["text"] = serde_json::json!(flash);
        }
        // A victim whose name comes again.
        if let Some(actor) = sheets[number]["actors"][2].as_object_mut() {
            actor.insert("protect".to_owned(), serde_json::json!("victim"));
        }
    }
    let read = |sheet| serde_json::from_value(sheet).unwrap();
    sheets.into_iter().map(read).collect()
}

#[test]
fn incidents_are_the_same_in_pieces_of_any_size() {
    let knowledge = LinkKnowledge::builtin().unwrap();
    let sheets = made(700);
    let mut expected: Vec<String> = incidents(&sheets, &knowledge)
        .iter()
        .map(|incident| serde_json::to_string(incident).unwrap())
        .collect();
    expected.sort();
    let with = |words: &str| expected.iter().filter(|i| i.contains(words)).count();
    // What can go wrong between pieces is there.
    assert!(with("\"wire-copy\"") > 20, "{}", with("\"wire-copy\""));
    assert!(with("\"background\"") > 20, "{}", with("\"background\""));
    for (cuts, chunks) in [(1, 1), (5, 1), (2, 3), (97, 2)] {
        let found = linked_in_pieces(&sheets, Pieces { cuts, chunks }, &knowledge);
        assert_eq!(found.len(), expected.len(), "{cuts} {chunks}");
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "{cuts} {chunks}");
        }
    }
}

#[test]
fn most_reports_in_one_block_are_the_same_in_chunks() {
    let knowledge = LinkKnowledge::builtin().unwrap();
    // One story, told a hundred and fifty times in two days: more links than a report keeps.
    let mut sheets = made(40);
    let story = sheets[0].clone();
    for number in 0..150 {
        let mut print = story.clone();
        let id = format!("again-{number:03}");
        print.report.id = id.into();
        print.report.published = Some(format!("2001-01-0{}", 1 + number % 2).into());
        let cut = print.report.text.len() - number % 40;
        print.report.text = print.report.text[..cut].to_owned().into();
        sheets.push(print);
    }
    let mut expected: Vec<String> = incidents(&sheets, &knowledge)
        .iter()
        .map(|incident| serde_json::to_string(incident).unwrap())
        .collect();
    expected.sort();
    for (cuts, chunks) in [(1, 4), (7, 2)] {
        let found = linked_in_pieces(&sheets, Pieces { cuts, chunks }, &knowledge);
        assert!(found == expected, "{cuts} {chunks}");
    }
}
