//! Who says what.

use sayso_api::{Quoted, SheetJson, StatementJson};

use crate::Dataset;
use crate::cell::columns;

/// A statement with its report.
pub(super) struct Statement<'d> {
    sheet: &'d SheetJson<'static>,
    statement: &'d StatementJson<'static>,
}

pub(super) fn rows(dataset: &Dataset) -> impl Iterator<Item = Statement<'_>> {
    dataset.sheets().flat_map(|sheet| {
        let statements = sheet.statements.iter();
        statements.map(move |statement| Statement { sheet, statement })
    })
}

impl Statement<'_> {
    /// The full name of who is nearest to the content.
    fn speaker(&self) -> Option<&str> {
        let source = self.statement.sources.first()?;
        let actor = source
            .actor
            .as_ref()
            .and_then(|id| self.sheet.actors.iter().find(|actor| actor.id == *id));
        Some(actor.map_or(source.quote.as_ref(), |actor| actor.name.as_ref()))
    }

    fn content(&self) -> String {
        let quotes: Vec<&str> = self
            .statement
            .content
            .iter()
            .map(|c| c.quote.as_ref())
            .collect();
        quotes.join(" … ")
    }

    fn chain(&self) -> String {
        let quotes: Vec<&str> = self
            .statement
            .sources
            .iter()
            .map(|s| s.quote.as_ref())
            .collect();
        quotes.join(" < ")
    }
}

fn words<'q>(part: Option<&'q Quoted<'static>>) -> Option<&'q str> {
    part.map(|part| part.quote.as_ref())
}

columns! { row: Statement<'_> {
    "id" Text "#meta+statement+id" "Id of the statement" => &row.statement.id;
    "report" Text "#meta+report+id" "Id of the report" => &row.sheet.report.id;
    "act" Text "#indicator+act" "report, confirm, deny, accuse, condemn, threaten, claim-responsibility, demand, pledge, doubt, estimate or silence" => &row.statement.act;
    "polarity" Text "#indicator+polarity" "affirmed or negated" => &row.statement.polarity;
    "certainty" Text "#indicator+certainty" "certain, probable or possible" => &row.statement.certainty;
    "speaker" Text "#group+name+speaker" "Full name of the speaker; empty where nobody is named" => row.speaker();
    "speaker_words" Text "#description+speaker" "The speaker as the text calls it, then who passes it on, parted by <" => row.chain();
    "speaker_kind" Text "#group+type+speaker" "Kind of source" => row.statement.sources.first().map(|source| source.kind.as_ref());
    "speaker_actor" Text "#group+id+speaker" "Id of the actor" => row.statement.sources.first().and_then(|source| source.actor.as_deref());
    "cue" Text "#description+cue" "The words that report" => words(row.statement.cue.as_ref());
    "content" Text "#description+quote" "What is said" => row.content();
    "content_start" Int "#meta+start" "Where it begins in the report's text, in code points" => row.statement.content.first().map(|c| c.span[0]);
    "content_end" Int "#meta+end" "Where it ends" => row.statement.content.last().map(|c| c.span[1]);
    "addressee" Text "#description+to" "Who is told" => words(row.statement.to.as_ref());
    "medium" Text "#description+medium" "Through what" => words(row.statement.medium.as_ref());
    "within" Text "#meta+statement+id+outer" "Id of the statement that it is nested in" => row.statement.within.as_deref();
    "plover" Text "#indicator+plover" "PLOVER event of what is said" => row.statement.plover.as_deref();
    "plover_mode" Text "#indicator+plover+mode" "PLOVER mode of it" => row.statement.plover_mode.as_deref();
    "cameo" Text "#indicator+cameo" "CAMEO root of it" => row.statement.cameo.as_deref();
    "confidence" Float "#indicator+confidence" "0 to 1" => row.statement.confidence;
}}
