//! Kinds of error in statements.
//!
//! Every difference between gold and program is one error of one kind:
//!
//! 1. A gold statement and one of the program's that are not paired, but share words of the
//!    content and either words of the cue or a fifth of the content, are one error of **bounds**
//!    ("content too long: …").
//! 2. A gold statement left over is **missed**: because it lies in a content that is found, because
//!    nothing reports it, or by its cue: known to the lexicon, seen by the model, both or neither.
//! 3. One of the program's left over is **spurious**, by its cue's kind and act, unless it lies in
//!    a gold content (PolNeAR labels no nesting) or repeats one that is found.
//! 4. A pair may have a wrong source, chain, name, act or polarity, and loose bounds (an overlap
//!    below 0.8).

use sayso_core::Statement;
use sayso_lexicon::Lexicon;
use sayso_text::{Role, Span};

use super::boundary;
use super::cue_word::{self, words_of};
use super::{Compared, Item, hull, source_agrees};
use crate::gold::GoldStatement;
use crate::words::greedy;

/// The least overlap of loose bounds that need no mention.
const TIGHT: f64 = 0.8;
/// The overlap from which two contents are about the same words, whatever their cues.
const SAME: f64 = 0.2;

/// One error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Its kind.
    pub(crate) kind: String,
    /// The gold's words, where the gold has some.
    pub(crate) gold: Option<Span>,
    /// The program's words, where it found some.
    pub(crate) found: Option<Span>,
}

/// Every error in one report, bounds and misses first.
pub(crate) fn of(compared: &Compared<'_>, lexicon: &Lexicon) -> Vec<Fault> {
    let mut faults = Vec::new();
    let free_gold: Vec<usize> = (0..compared.gold.len())
        .filter(|&i| compared.pair_of(i).is_none())
        .collect();
    let free_found: Vec<usize> = (0..compared.found.len())
        .filter(|&j| compared.pairs.iter().all(|pair| pair.found != j))
        .collect();

    let mut near = Vec::new();
    for &i in &free_gold {
        for &j in &free_found {
            let (gold, found) = (&compared.gold[i], &compared.found[j]);
            let iou = gold.content.iou(&found.content);
            let cue = gold.cue.shared(&found.cue) > 0;
            if cue || iou >= SAME {
                near.push(((cue, iou), i, j));
            }
        }
    }
    let near = greedy(near);
    for &(i, j) in &near {
        let (gold, found) = (&compared.gold[i], &compared.found[j]);
        if let Some(wrong) = boundary::wrong(compared.text(), &gold.content, &found.content) {
            faults.push(fault(&format!("content {wrong}"), Some(gold), Some(found)));
        }
    }
    for &i in &free_gold {
        if near.iter().all(|&(g, _)| g != i) {
            faults.push(fault(
                &missed(compared, &compared.gold[i], lexicon),
                Some(&compared.gold[i]),
                None,
            ));
        }
    }
    for &j in &free_found {
        if near.iter().all(|&(_, f)| f != j) {
            let found = &compared.found[j];
            faults.push(fault(&spurious(compared, found), None, Some(found)));
        }
    }
    for pair in &compared.pairs {
        let (gold, found) = (&compared.gold[pair.gold], &compared.found[pair.found]);
        for kind in within_pair(compared, gold, found) {
            faults.push(fault(&kind, Some(gold), Some(found)));
        }
        if pair.iou < TIGHT
            && let Some(wrong) = boundary::wrong(compared.text(), &gold.content, &found.content)
        {
            faults.push(fault(
                &format!("loose content {wrong}"),
                Some(gold),
                Some(found),
            ));
        }
    }
    faults
}

fn fault(
    kind: &str,
    gold: Option<&Item<'_, GoldStatement>>,
    found: Option<&Item<'_, Statement>>,
) -> Fault {
    let whole = |content: &[Span], cue: &[Span]| {
        let content = hull(content);
        cue.iter().fold(content, |all, span| all.cover(*span))
    };
    Fault {
        kind: kind.to_owned(),
        gold: gold.map(|g| whole(&g.statement.content, &g.statement.cue)),
        found: found.map(|f| whole(&f.statement.content, f.statement.cue.as_slice())),
    }
}

/// Why a gold statement that nothing answers may have been missed.
fn missed(compared: &Compared<'_>, gold: &Item<'_, GoldStatement>, lexicon: &Lexicon) -> String {
    let class = cue_word::of(compared.text(), &gold.statement.cue);
    let inside = compared
        .found
        .iter()
        .any(|f| gold.content.without(&f.content).is_empty());
    if class == cue_word::CueClass::Absent {
        return format!(
            "missed: no cue{}",
            if inside {
                ", lies in a content found"
            } else {
                ""
            }
        );
    }
    let cue = hull(&gold.statement.cue);
    let reading = &compared.answer.coded.reading;
    let seen = reading.roles.iter().any(|role| {
        role.role == Role::Cue
            && gold
                .statement
                .cue
                .iter()
                .any(|span| span.overlaps(reading.span(&role.tokens)))
    });
    let known = reading.tokens_in(cue).any(|token| {
        let word = reading.word(token).to_lowercase();
        let lemma = reading.tokens.get(token).map_or("", |t| t.lemma.as_str());
        // "be", "not" and "to" begin patterns of several words and say nothing alone.
        lemma.len() > 3
            && (lexicon.cues.starting_with(lemma).next().is_some()
                || lexicon.cues.starting_with(&word).next().is_some())
    });
    let who = match (known, seen) {
        (true, true) => "known to the lexicon and seen by the model",
        (true, false) => "known to the lexicon, not seen by the model",
        (false, true) => "seen by the model, not in the lexicon",
        (false, false) => "in neither lexicon nor model",
    };
    let nested = if inside {
        ", lies in a content found"
    } else {
        ""
    };
    format!("missed: {}, {who}{nested}", class.as_str())
}

/// What kind of words a statement that the gold has not was made of.
fn spurious(compared: &Compared<'_>, found: &Item<'_, Statement>) -> String {
    let rule = found
        .statement
        .why
        .get("cue")
        .map_or("", |reason| reason.rule.as_str());
    let family = match rule.split([':', '/']).next().unwrap_or("") {
        "cue-verb" => "verb",
        "cue-noun" => "noun",
        "cue-adverb" => "adverb",
        "cue-preposition" => "preposition",
        "cue-mark" => "mark",
        "" => "no cue",
        other => other,
    };
    let nested = compared
        .gold
        .iter()
        .any(|gold| found.content.without(&gold.content).is_empty());
    let repeats = compared
        .pairs
        .iter()
        .any(|pair| compared.gold[pair.gold].content.iou(&found.content) >= SAME);
    let act = found.statement.act.as_str();
    if nested {
        format!("spurious: {family}, {act}, in a gold content")
    } else if repeats {
        format!("spurious: {family}, content found already")
    } else {
        format!("spurious: {family}, {act}")
    }
}

/// What is wrong in a pair beside its bounds.
fn within_pair(
    compared: &Compared<'_>,
    gold: &Item<'_, GoldStatement>,
    found: &Item<'_, Statement>,
) -> Vec<String> {
    let mut kinds = Vec::new();
    let chain = |k: usize| found.sources.get(k);
    if !source_agrees(gold, found) {
        kinds.push(match (gold.sources.first(), chain(0)) {
            (None, Some(_)) => "source: named where the gold names nobody".to_owned(),
            (Some(_), None) => "source: nobody found".to_owned(),
            (Some(want), Some(_))
                if (1..found.sources.len())
                    .any(|k| chain(k).is_some_and(|got| got.shared(want) > 0)) =>
            {
                "source: right one further out in the chain".to_owned()
            }
            _ => "source: another phrase".to_owned(),
        });
    } else if gold.statement.act.is_some() {
        // Only sheets have chains and names.
        if gold.sources.len() < found.sources.len() {
            kinds.push("source: chain too long".to_owned());
        } else if gold.sources.len() > found.sources.len() {
            kinds.push("source: chain too short".to_owned());
        }
        if let Some(name) = &gold.statement.resolved
            && !names_agree(name, &speaker(compared, found))
        {
            kinds.push("source: right phrase, wrong name".to_owned());
        }
    }
    if let Some(act) = &gold.statement.act
        && act != found.statement.act.as_str()
    {
        kinds.push(format!(
            "act: {act} read as {}",
            found.statement.act.as_str()
        ));
    }
    if let Some(polarity) = &gold.statement.polarity
        && polarity != found.statement.polarity.as_str()
    {
        kinds.push(format!(
            "polarity: {polarity} read as {}",
            found.statement.polarity.as_str()
        ));
    }
    kinds
}

/// The name of the nearest source's actor, or its words.
fn speaker(compared: &Compared<'_>, found: &Item<'_, Statement>) -> String {
    let sheet = &compared.answer.coded.sheet;
    let Some(source) = found.statement.sources.first() else {
        return String::new();
    };
    source
        .actor
        .and_then(|actor| sheet.actors.get(actor))
        .map_or_else(
            || source.span.of(compared.text()).to_owned(),
            |actor| actor.name.clone(),
        )
}

/// A word in common beside articles.
fn names_agree(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        words_of(name)
            .into_iter()
            .filter(|w| !matches!(w.as_str(), "the" | "a" | "an" | "of" | "said"))
            .collect()
    };
    let b = words(b);
    words(a).iter().any(|word| b.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{answer, gold};
    use super::*;

    fn kinds(text: &str, gold: &[GoldStatement]) -> Vec<String> {
        let answer = answer(text);
        let lexicon = Lexicon::builtin().unwrap();
        of(&Compared::new(&answer, gold), &lexicon)
            .into_iter()
            .map(|fault| fault.kind)
            .collect()
    }

    const TEXT: &str = "The mayor of Orla said two guards were hurt, and the market burned.";

    #[test]
    fn a_right_statement_has_no_fault() {
        let all = [gold(
            TEXT,
            &["two guards were hurt, and the market burned"],
            "said",
            "The mayor",
        )];
        assert_eq!(kinds(TEXT, &all), Vec::<String>::new());
    }

    #[test]
    fn bounds_source_and_act_are_told_apart() {
        let short = [gold(TEXT, &["two guards"], "said", "The mayor")];
        assert_eq!(
            kinds(TEXT, &short),
            ["content too long: at its end, nothing between"]
        );
        let mut other = gold(
            TEXT,
            &["two guards were hurt, and the market burned"],
            "said",
            "market",
        );
        other.act = Some("deny".to_owned());
        assert_eq!(
            kinds(TEXT, &[other]),
            ["source: another phrase", "act: deny read as report"]
        );
    }

    #[test]
    fn what_nobody_says_is_spurious_and_what_nobody_found_is_missed() {
        assert_eq!(kinds(TEXT, &[]), ["spurious: verb, report"]);
        let text = "The drummer drummed. The mayor of Orla slept.";
        let all = [gold(text, &["slept"], "drummed", "The drummer")];
        assert_eq!(
            kinds(text, &all),
            ["missed: verb, in neither lexicon nor model"]
        );
    }
}
