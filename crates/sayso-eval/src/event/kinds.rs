//! Kinds of error in events.
//!
//! 1. A gold event that nothing answers is **missed**: told as an event of no ACLED type, joined to
//!    another event, or not told at all; then by whether a frame has all words of a trigger in it.
//! 2. One of the program's that answers nothing is **spurious**, by its status, unless an event
//!    of its type is found in the same sentence.
//! 3. A pair may differ in type, sides, place, days, status and toll status.
//! 4. Tolls are judged over the document ([`super::toll`]).

use sayso_lexicon::Lexicon;

use super::{Compared, Told, hits, kilometres, oriented, toll};
use crate::statement::kinds::Fault;

/// Every error in one report.
pub(crate) fn of(compared: &Compared<'_>, lexicon: &Lexicon) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (i, gold) in compared.gold.iter().enumerate() {
        if compared.pair_of(i).is_none() {
            faults.push(Fault {
                kind: missed(compared, gold, lexicon),
                gold: Some(gold.span),
                found: None,
            });
        }
    }
    for j in compared.spurious() {
        let found = &compared.found[j];
        faults.push(Fault {
            kind: spurious(compared, found),
            gold: None,
            found: Some(found.span),
        });
    }
    for pair in &compared.pairs {
        let (gold, found) = (&compared.gold[pair.gold], &compared.found[pair.found]);
        faults.extend(within_pair(gold, found).into_iter().map(|kind| Fault {
            kind,
            gold: Some(gold.span),
            found: Some(found.span),
        }));
    }
    faults.extend(toll::faults(compared));
    faults
}

fn missed(compared: &Compared<'_>, gold: &Told, lexicon: &Lexicon) -> String {
    let touched = |told: &Told| told.anchor.shared(&gold.anchor) > 0;
    let mentioned = |told: &Told| {
        told.mentions
            .iter()
            .any(|&at| gold.anchor.iter().any(|&word| word == at))
    };
    if compared.others.iter().any(|t| touched(t) || mentioned(t)) {
        return "missed: told as an event of no ACLED type".to_owned();
    }
    if compared.found.iter().any(|t| touched(t) || mentioned(t)) {
        return "missed: joined to another event".to_owned();
    }
    if in_a_frame(compared, gold, lexicon) {
        "missed: trigger in a frame, not taken".to_owned()
    } else {
        "missed: trigger in no frame".to_owned()
    }
}

/// Whether some frame's pattern has all its words in the gold's trigger phrase.
fn in_a_frame(compared: &Compared<'_>, gold: &Told, lexicon: &Lexicon) -> bool {
    let reading = &compared.answer.coded.reading;
    let words: Vec<[String; 2]> = reading
        .tokens_in(gold.span)
        .map(|token| {
            let lemma = reading.tokens.get(token).map_or("", |t| t.lemma.as_str());
            [reading.word(token).to_lowercase(), lemma.to_lowercase()]
        })
        .collect();
    let there = |wanted: &String| words.iter().any(|forms| forms.contains(wanted));
    words.iter().any(|[form, _]| {
        let patterns = lexicon.events.frames.patterns(form);
        patterns
            .iter()
            .any(|p| p.before.iter().chain(&p.after).all(there))
    })
}

fn spurious(compared: &Compared<'_>, found: &Told) -> String {
    let twice = compared.pairs.iter().any(|pair| {
        let told = &compared.found[pair.found];
        told.kind == found.kind && told.sentence == found.sentence
    });
    if twice {
        return "spurious: second of a type in one sentence".to_owned();
    }
    format!("spurious: {}", found.status)
}

fn within_pair(gold: &Told, found: &Told) -> Vec<String> {
    let mut kinds = Vec::new();
    if gold.kind != found.kind {
        kinds.push(format!("type: {} read as {}", gold.kind, found.kind));
    }
    let sides = oriented(gold, found);
    for (name, want, got) in [
        ("side a", &gold.sides[0], &sides[0]),
        ("side b", &gold.sides[1], &sides[1]),
    ] {
        let hits = hits(want, got);
        if want.is_empty() && !got.is_empty() {
            kinds.push(format!("{name}: named where the gold names none"));
        } else if !want.is_empty() && got.is_empty() {
            kinds.push(format!("{name}: none found"));
        } else if hits == 0 && !want.is_empty() {
            kinds.push(format!("{name}: another phrase"));
        } else if hits < want.len() {
            kinds.push(format!("{name}: not all found"));
        } else if hits < got.len() {
            kinds.push(format!("{name}: one too many"));
        }
    }
    if let Some(at) = gold.at {
        match found.at {
            None => kinds.push("place: none found".to_owned()),
            Some(other) if kilometres(at, other) > 161.0 => {
                kinds.push("place: over 161 km away".to_owned());
            }
            Some(other) if kilometres(at, other) > 25.0 => {
                kinds.push("place: 25 to 161 km away".to_owned());
            }
            Some(_) => {}
        }
    }
    if gold.days != [None, None] && gold.days != found.days {
        kinds.push(
            if found.days == [None, None] {
                "days: none found"
            } else if gold.days[0] == found.days[0] || gold.days[1] == found.days[1] {
                "days: one end wrong"
            } else {
                "days: both ends wrong"
            }
            .to_owned(),
        );
    }
    if gold.status != found.status {
        kinds.push(format!("status: {} read as {}", gold.status, found.status));
    }
    if gold.toll_status != found.toll_status {
        kinds.push(format!(
            "toll status: {} read as {}",
            gold.toll_status, found.toll_status
        ));
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::super::tests::{SHELLING, TEXT, records};
    use super::*;
    use crate::statement::tests::answer;

    fn kinds(text: &str, gold: &str) -> Vec<String> {
        let answer = answer(text);
        let compared = Compared::new(&answer, &records(gold)).unwrap();
        let lexicon = Lexicon::builtin().unwrap();
        of(&compared, &lexicon)
            .into_iter()
            .map(|f| f.kind)
            .collect()
    }

    #[test]
    fn a_right_event_has_no_fault_and_a_wrong_one_has_each() {
        assert_eq!(kinds(TEXT, SHELLING), Vec::<String>::new());
        let other = SHELLING
            .replace("Shelling/artillery/missile attack", "Grenade")
            .replace(r#"["The army"]"#, "[]")
            .replace("asserted", "denied");
        assert_eq!(
            kinds(TEXT, &other),
            [
                "type: Grenade read as Shelling/artillery/missile attack",
                "side a: named where the gold names none",
                "status: denied read as asserted",
            ]
        );
    }

    #[test]
    fn what_is_missed_is_told_by_its_trigger() {
        let gold = SHELLING
            .replace("shelled", "drummed")
            .replace("The army", "The drummer")
            .replace("the village of Orla", "a drum")
            .replace("three civilians", "a drum");
        let found = kinds("The drummer drummed a drum.", &gold);
        assert_eq!(found[0], "missed: trigger in no frame");
        assert_eq!(found[1], "toll: missed, without a number");
        assert_eq!(kinds(TEXT, "")[0], "spurious: asserted");
    }
}
