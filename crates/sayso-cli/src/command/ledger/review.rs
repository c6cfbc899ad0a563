//! `sayso review`: what analysts decide and add.

use std::io::{self, Write as _};

use sayso_ledger::{
    Book, Missing, OwnEvent, OwnStatement, OwnWords, ReviewDraft, Ruling, WithdrawalHead,
};
use sayso_lexicon::Lexicon;
use serde_json::Value;

use super::super::Failure;
use super::facts::Facts;
use super::{decide, now, open, runtime};
use crate::arguments::ledger::{
    EventOptions, FindingOptions, ReviewCommand, SignedOptions, StatementOptions,
};

/// Records one decision.
///
/// # Errors
/// Where it does not fit the report, or the ledger cannot be written.
pub(crate) fn run(what: &ReviewCommand) -> Result<usize, Failure> {
    runtime()?.block_on(async {
        let book = open(&signed(what).ledger, Missing::Refuse).await?;
        match what {
            ReviewCommand::Accept(finding) => rule(&book, finding, Ruling::Accept, None).await?,
            ReviewCommand::Reject(finding) => rule(&book, finding, Ruling::Reject, None).await?,
            ReviewCommand::Correct {
                finding,
                value,
                kind,
                status,
                facts,
            } => {
                let facts = Facts::read(facts)?.with_kind(kind.as_deref(), status.as_deref())?;
                correct(&book, finding, value.as_deref(), &facts).await?;
            }
            ReviewCommand::Statement(options) => add_statement(&book, options).await?,
            ReviewCommand::Event(options) => add_event(&book, options).await?,
            ReviewCommand::Withdraw {
                report,
                published,
                signed,
            } => {
                let head = withdrawal(published.as_deref(), signed);
                book.withdraw(report, &head, &signed.by, now()).await?;
            }
            ReviewCommand::Reinstate {
                report,
                published,
                signed,
            } => {
                let head = withdrawal(published.as_deref(), signed);
                book.reinstate(report, &head, &signed.by, now()).await?;
            }
            ReviewCommand::Merge { incidents, signed } => {
                decide::merge(&book, incidents, signed).await?;
            }
            ReviewCommand::Split {
                incident,
                reports,
                signed,
            } => decide::split(&book, incident, reports, signed).await?,
            ReviewCommand::Distrust(options) => decide::origin(&book, options, false).await?,
            ReviewCommand::Trust(options) => decide::origin(&book, options, true).await?,
        }
        book.close().await?;
        Ok(0)
    })
}

fn signed(what: &ReviewCommand) -> &SignedOptions {
    match what {
        ReviewCommand::Accept(finding)
        | ReviewCommand::Reject(finding)
        | ReviewCommand::Correct { finding, .. } => &finding.signed,
        ReviewCommand::Statement(options) => &options.signed,
        ReviewCommand::Event(options) => &options.signed,
        ReviewCommand::Withdraw { signed, .. }
        | ReviewCommand::Reinstate { signed, .. }
        | ReviewCommand::Merge { signed, .. }
        | ReviewCommand::Split { signed, .. } => signed,
        ReviewCommand::Distrust(options) | ReviewCommand::Trust(options) => &options.signed,
    }
}

/// What the outlet said when it took a report back, or took that back.
fn withdrawal(published: Option<&str>, signed: &SignedOptions) -> WithdrawalHead {
    WithdrawalHead {
        undone: false,
        why: signed.why.clone().unwrap_or_default(),
        published: published.map(str::to_owned),
    }
}

/// Corrects one field by its path, or the facts of an event.
async fn correct(
    book: &Book,
    options: &FindingOptions,
    value: Option<&str>,
    facts: &Facts,
) -> Result<(), Failure> {
    let by_path = options.field.is_some() || value.is_some();
    match value {
        Some(value) if facts.is_empty() => {
            let value =
                serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
            rule(book, options, Ruling::Correct, Some(value)).await
        }
        None if !by_path && !facts.is_empty() => {
            let at = (options.report.as_str(), options.finding.as_str());
            told(&facts.record(book, at, &options.signed).await?)
        }
        _ if by_path && !facts.is_empty() => Err(Failure::Told(
            "say it in one way: by --field and --value, or in plain words (--killed, --place, …)"
                .to_owned(),
        )),
        _ => Err(Failure::Told(
            "say what is right: --killed, --injured, --missing, --abducted, --detained, \
             --displaced, --place, --time, --type or --status of an event, or --field and --value"
                .to_owned(),
        )),
    }
}

fn told(lines: &[String]) -> Result<(), Failure> {
    let mut out = io::stdout();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

async fn rule(
    book: &Book,
    options: &FindingOptions,
    ruling: Ruling,
    value: Option<Value>,
) -> Result<(), Failure> {
    let draft = ReviewDraft {
        finding: options.finding.clone(),
        field: options.field.clone(),
        ruling,
        value,
        why: options.signed.why.clone(),
    };
    let by = &options.signed.by;
    Ok(book.review(&options.report, &draft, by, now()).await?)
}

async fn add_statement(book: &Book, options: &StatementOptions) -> Result<(), Failure> {
    let kinds = options.kinds.iter().map(String::as_str);
    let kinds = kinds.chain(std::iter::repeat("unknown"));
    let own = OwnStatement {
        content: options.content.clone().into(),
        cue: options.cue.clone().map(Into::into),
        sources: options
            .sources
            .iter()
            .zip(kinds)
            .map(|(words, kind)| (words.clone().into(), kind.to_owned()))
            .collect(),
        act: options.act.clone(),
        negated: options.negated,
        certainty: options.certainty.clone(),
        events: options.events.clone(),
    };
    let signed = &options.signed;
    let why = signed.why.as_deref();
    let id = book
        .add_statement(&options.report, &own, why, &signed.by, now())
        .await?;
    Ok(writeln!(io::stdout(), "{id}")?)
}

async fn add_event(book: &Book, options: &EventOptions) -> Result<(), Failure> {
    let lexicon = Lexicon::builtin().map_err(sayso_coder::CoderError::from)?;
    let wanted = &options.kind;
    let frames = &lexicon.events.frames;
    let frame = frames.of_type(wanted).ok_or_else(|| Failure::Word {
        what: "type of event",
        word: wanted.clone(),
        allowed: frames.types().collect::<Vec<&str>>().join(", "),
    })?;
    let facts = Facts::read(&options.facts)?;
    let own = OwnEvent {
        anchor: options.anchor.clone().into(),
        acled: frame.acled.map(str::to_owned),
        plover: frame.codes.plover.to_owned(),
        plover_mode: frame.codes.mode.map(str::to_owned),
        cameo: frame.codes.cameo.to_owned(),
        side_a: words(&options.side_a),
        side_b: words(&options.side_b),
        status: options.status.clone(),
        statements: options.statements.clone(),
    };
    let signed = &options.signed;
    let why = signed.why.as_deref();
    let id = book
        .add_event(&options.report, &own, why, &signed.by, now())
        .await?;
    writeln!(io::stdout(), "{id}")?;
    if facts.is_empty() {
        return Ok(());
    }
    let at = (options.report.as_str(), id.as_str());
    told(&facts.record(book, at, signed).await?)
}

fn words(all: &[String]) -> Vec<OwnWords> {
    all.iter().cloned().map(OwnWords::from).collect()
}
