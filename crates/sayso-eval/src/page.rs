//! The page, section by section.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Result, ensure};
use sayso_coder::Coder;
use sayso_lexicon::Lexicon;

use crate::run::Run;
use crate::scorer::Scorer;
use crate::sets::{self, ACTORS, CLUSTERS, COPIES, FINDINGS, PLOVER, SETS, Set};
use crate::statement::kinds::Fault;
use crate::statement::tables::commonest;
use crate::{actors, coding, confidence, event, interval, links, place, plover, statement, times};

/// How many kinds of error a table shows.
const KINDS: usize = 20;

const HEAD: &str = include_str!("../text/head.md");
const TABLES: &str = include_str!("../text/tables.md");
const PLOVER_RECORDS: &str = include_str!("../text/plover.md");
const ACTORS_TEXT: &str = include_str!("../text/actors.md");
const COPIES_TEXT: &str = include_str!("../text/copies.md");
const CLUSTERS_TEXT: &str = include_str!("../text/clusters.md");
const FINDINGS_TEXT: &str = include_str!("../text/findings.md");
const TIMES: &str = include_str!("../text/times.md");
const CONFIDENCE: &str = include_str!("../text/confidence.md");
const CONFIDENCE_FOLDS: &str = include_str!("../text/confidence-folds.md");
const LEFT: &str = include_str!("../text/left.md");

/// The whole page.
///
/// # Errors
/// Where a set cannot be scored. Sets whose gold is not there are left out, with a line on
/// standard error.
pub(crate) fn whole(scorer: &Scorer) -> Result<String> {
    let mut page = format!("{HEAD}\n{TABLES}");
    for set in &SETS {
        let gold = scorer.gold(set);
        if !gold.exists() {
            eprintln!("left out: {} is not there", gold.display());
            continue;
        }
        page.push('\n');
        page.push_str(&section(scorer, set, &gold)?);
    }
    let _ = write!(page, "\n{CONFIDENCE}{CONFIDENCE_FOLDS}\n{LEFT}");
    Ok(page)
}

/// The part of the page about one set.
///
/// # Errors
/// Where it cannot be scored.
pub(crate) fn section(scorer: &Scorer, set: &Set, gold: &Path) -> Result<String> {
    let mut text = format!("## {}\n\n`{}`\n", set.title, set.gold);
    if set.task == PLOVER {
        let records = plover::read(gold)?;
        let documents: Vec<_> = records.iter().map(|r| r.document.clone()).collect();
        let answers = coding::code(&Coder::shipped()?, &documents, set.name)?;
        let table = plover::table(&records, &answers)?;
        let _ = write!(text, "\n{PLOVER_RECORDS}\n{table}");
        return Ok(text);
    }
    if set.task == ACTORS {
        let (phrases, answers) = actors_of(scorer, gold)?;
        let table = actors::table(&phrases, &answers)?;
        let _ = write!(text, "\n{ACTORS_TEXT}\n{table}");
        return Ok(text);
    }
    let linked = match set.task {
        COPIES => {
            let figures = links::copies(scorer.shared(), Path::new("samples"))?;
            Some(format!(
                "{COPIES_TEXT}\n```text\n{}\n```\n",
                figures.trim_end()
            ))
        }
        CLUSTERS => Some(format!(
            "{CLUSTERS_TEXT}{}",
            links::clusters(scorer, set, gold)?
        )),
        FINDINGS => Some(format!(
            "{FINDINGS_TEXT}\n{}",
            links::judged(scorer.shared())?
        )),
        _ => None,
    };
    if let Some(linked) = linked {
        let _ = write!(text, "\n{linked}");
        return Ok(text);
    }
    let run = Run::of(scorer, set, gold)?;
    let _ = write!(text, "\n```text\n{}\n```\n", run.table()?.trim_end());
    if let Some(table) = interval::table(scorer, set, &run.gold, &run.output, &run.answers)? {
        let _ = write!(text, "\n{table}");
    }
    if set.task == "places" {
        let coder = Coder::shipped()?;
        let scored = run.share("acc161_recognised")?;
        let table = place::table(&run.gold, &run.answers, &coder.knowledge(), scored)?;
        let _ = write!(text, "\n### By kind of toponym ({})\n\n{table}", set.name);
        return Ok(text);
    }
    if set.task == "times" {
        let table = times::table(&run.gold, &run.answers)?;
        let _ = write!(text, "\n{TIMES}\n{table}");
    }
    let golds = run.golds()?;
    if golds.is_empty() {
        return Ok(text);
    }
    let findings = confidence::rows::of_run(&run, &golds, set.name)?;
    let _ = write!(
        text,
        "\n### Confidence as the program prints it ({})\n\n{}",
        set.name,
        confidence::told(&findings)
    );
    let lexicon = Lexicon::builtin()?;
    statements(&mut text, set, &run.statements(&golds)?, &lexicon);
    let events = run.events(&golds)?;
    if !events.is_empty() {
        about_events(&mut text, set, &events, &lexicon);
    }
    Ok(text)
}

/// The gold of actors, and the reports that it speaks of, coded: those of the first set.
fn actors_of(scorer: &Scorer, gold: &Path) -> Result<(Vec<actors::Phrase>, Vec<coding::Answer>)> {
    let phrases = actors::read(gold)?;
    let sheets = sets::named("sheets")?;
    let mut documents = scorer.prepare(sheets, &scorer.gold(sheets))?;
    let wanted = actors::documents(&phrases);
    documents.retain(|document| wanted.contains(document.id.as_str()));
    let answers = coding::code(&Coder::shipped()?, &documents, ACTORS)?;
    Ok((phrases, answers))
}

fn statements(text: &mut String, set: &Set, all: &[statement::Compared<'_>], lexicon: &Lexicon) {
    let faults: Vec<Fault> = all
        .iter()
        .flat_map(|compared| statement::kinds::of(compared, lexicon))
        .collect();
    let name = set.name;
    let _ = write!(
        text,
        "\n### Statements by construction ({name})\n\n{}",
        statement::tables::constructions(all)
    );
    let _ = write!(
        text,
        "\n### Statements by rule ({name})\n\n{}",
        statement::tables::rules(all)
    );
    let _ = write!(
        text,
        "\n### Commonest errors in statements ({name})\n\n{}",
        commonest(&faults, KINDS)
    );
}

fn about_events(text: &mut String, set: &Set, all: &[event::Compared<'_>], lexicon: &Lexicon) {
    let (tolls, faults): (Vec<Fault>, Vec<Fault>) = all
        .iter()
        .flat_map(|compared| event::kinds::of(compared, lexicon))
        .partition(|fault| fault.kind.starts_with("toll:"));
    let name = set.name;
    let _ = write!(
        text,
        "\n### Events by type ({name})\n\n{}",
        event::tables::types(all)
    );
    for (what, table) in [
        ("Types", event::tables::confusion(all, |told| &told.kind)),
        ("Status", event::tables::confusion(all, |told| &told.status)),
        (
            "Toll status",
            event::tables::confusion(all, |told| &told.toll_status),
        ),
    ] {
        let _ = write!(
            text,
            "\n{what} taken for others, where the event is found:\n\n{table}"
        );
    }
    let _ = write!(
        text,
        "\n### Events by frame ({name})\n\n{}",
        event::tables::frames(all)
    );
    let _ = write!(
        text,
        "\n### Commonest errors in events ({name})\n\n{}",
        commonest(&faults, KINDS)
    );
    let _ = write!(
        text,
        "\n### Commonest errors in tolls ({name})\n\n{}",
        commonest(&tolls, KINDS)
    );
}

/// Every error whose kind starts with `kind`, with its words. For a terminal, never for the page:
/// the words are a publisher's.
///
/// # Errors
/// Where the set cannot be scored or has no gold statements.
pub(crate) fn errors(scorer: &Scorer, set: &Set, gold: &Path, kind: &str) -> Result<String> {
    if set.task == ACTORS {
        let (phrases, answers) = actors_of(scorer, gold)?;
        return actors::errors(&phrases, &answers, kind);
    }
    if set.task == FINDINGS {
        return links::show_judged(scorer.shared(), kind);
    }
    ensure!(
        matches!(set.task, "sheets" | "attribution"),
        "only sets with gold statements can be shown; {} has none",
        set.name
    );
    let run = Run::of(scorer, set, gold)?;
    let golds = run.golds()?;
    let lexicon = Lexicon::builtin()?;
    let mut text = String::new();
    for compared in run.statements(&golds)? {
        let faults = statement::kinds::of(&compared, &lexicon);
        show(&mut text, compared.answer, &faults, kind);
    }
    for compared in run.events(&golds)? {
        let faults = event::kinds::of(&compared, &lexicon);
        show(&mut text, compared.answer, &faults, kind);
    }
    Ok(text)
}

fn show(text: &mut String, answer: &coding::Answer, faults: &[Fault], kind: &str) {
    for fault in faults.iter().filter(|fault| fault.kind.starts_with(kind)) {
        let _ = writeln!(text, "{} — {}", answer.id, fault.kind);
        for (name, span) in [("gold ", fault.gold), ("found", fault.found)] {
            if let Some(span) = span {
                let words = span.of(answer.coded.reading.text());
                let words: Vec<&str> = words.split_whitespace().collect();
                let _ = writeln!(text, "    {name} {}", words.join(" "));
            }
        }
    }
}
