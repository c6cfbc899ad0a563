//! The sides of each construction that conflict news tells an event in, on trees as the model
//! gives them (`testdata/constructions.txt`).

use super::trigger;
use super::words::Words;
use super::words::testing::no_places;
use crate::test_reading::{reading, with_context};

/// A sentence with what must be read from it.
struct Construction<'a> {
    name: &'a str,
    trigger: &'a str,
    a: &'a str,
    b: &'a str,
    text: &'a str,
    lines: String,
}

fn all() -> Vec<Construction<'static>> {
    let mut found: Vec<Construction<'static>> = Vec::new();
    for line in include_str!("testdata/constructions.txt").lines() {
        if let Some(fields) = line.strip_prefix("# ") {
            if let [name, trigger, a, b, text] = fields.split(" | ").collect::<Vec<_>>()[..] {
                found.push(Construction {
                    name,
                    trigger,
                    a,
                    b,
                    text,
                    lines: String::new(),
                });
            }
        } else if let Some(last) = found.last_mut() {
            last.lines.push_str(line);
            last.lines.push('\n');
        }
    }
    found
}

/// The heads of both sides of the trigger, in text order.
fn sides(construction: &Construction<'_>) -> Option<(String, String)> {
    let reading = reading(construction.text, &construction.lines);
    with_context(&reading, &no_places(), |context| {
        let mentions = crate::mention::find(context, &[]);
        let words = Words::of(context, &mentions, &[]);
        let hit = trigger::find(&words).into_iter().find(|hit| {
            hit.anchor
                .clone()
                .any(|t| words.form(t) == construction.trigger)
        })?;
        let heads = |side: &[usize]| {
            let mut side = side.to_vec();
            side.sort_unstable();
            let heads: Vec<&str> = side.iter().map(|&t| words.form(t)).collect();
            if heads.is_empty() {
                "-".to_owned()
            } else {
                heads.join(",")
            }
        };
        Some((heads(&hit.sides.a), heads(&hit.sides.b)))
    })
}

#[test]
fn every_construction_gives_its_sides() {
    let wrong: Vec<String> = all()
        .iter()
        .filter_map(|construction| {
            let found = sides(construction);
            let wanted = (construction.a.to_owned(), construction.b.to_owned());
            (found.as_ref() != Some(&wanted))
                .then(|| format!("{}: {found:?}: {}", construction.name, construction.text))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(all().len(), COUNT);
}

/// How many constructions the file has: none is lost by a slip in its format.
const COUNT: usize = 29;
