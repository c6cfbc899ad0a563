//! Which reports tell of one incident, scored on the Gun Violence Archive by the scorer, and on both
//! halves of it: the weights are fitted on reports, and must hold on others.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use sayso_api::SheetJson;
use sayso_coder::Coder;
use sayso_lexicon::Rarity;
use sayso_link::{Digest, LinkKnowledge, incidents};

use super::study;
use crate::coding;
use crate::scorer::Scorer;
use crate::sets::Set;

/// The scorer's table on the incidents of all reports, and the halves.
///
/// # Errors
/// Where the gold cannot be read or the scorer fails.
pub(crate) fn section(scorer: &Scorer, set: &Set, gold: &Path) -> Result<String> {
    let coder = Coder::shipped()?;
    let documents = scorer.prepare(set, gold)?;
    let sheets: Vec<SheetJson<'static>> = coding::code(&coder, &documents, set.name)?
        .iter()
        .map(|answer| coding::kept(&coder, answer))
        .collect::<Result<_>>()?;
    let knowledge = LinkKnowledge::builtin()?;
    let begun = Instant::now();
    let found = incidents(&sheets, &knowledge);
    let speed = sheets.len() as f64 / begun.elapsed().as_secs_f64();
    let output = scorer.work().join("clusters.jsonl");
    let naming = || format!("cannot write {}", output.display());
    let mut file = BufWriter::new(File::create(&output).with_context(naming)?);
    for incident in &found {
        serde_json::to_writer(&mut file, incident).with_context(naming)?;
        file.write_all(b"\n").with_context(naming)?;
    }
    file.flush().with_context(naming)?;
    let mut out = String::new();
    let _ = write!(
        out,
        "\n```text\n{}\n```\n\n{} reports, {speed:.0} a second through linking and findings on one core, coding aside.\n",
        scorer.table(set, gold, &output)?.trim_end(),
        sheets.len()
    );
    let rarity = Rarity::builtin()?;
    let digests: Vec<Digest> = sheets
        .iter()
        .map(|sheet| Digest::of(sheet, &rarity))
        .collect();
    let _ = write!(out, "\n{}", study::halves(&digests, gold)?);
    Ok(out)
}
