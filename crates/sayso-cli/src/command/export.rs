//! `sayso export`: incidents in the files that other programs read.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sayso_api::{IncidentJson, SheetJson};
use sayso_export::{Dataset, File, Format};
use sayso_link::{LinkKnowledge, incidents};

use super::{Failure, ledger};
use crate::arguments::incidents::{ExportOptions, Profile, WhichOptions};

/// An incident with the sheets of its reports.
type Part = (IncidentJson, Vec<SheetJson<'static>>);

/// Writes the incidents that are asked for; gives how many inputs were bad.
///
/// # Errors
/// Where nothing can be coded or read at all, or a file cannot be written.
pub(crate) fn run(options: &ExportOptions) -> Result<usize, Failure> {
    let (parts, bad) = if options.which.inputs.is_empty() {
        of_ledger(&options.which)?
    } else {
        of_files(&options.which)?
    };
    let profile = match options.profile {
        Profile::Public => sayso_export::Profile::Public,
        Profile::Full => sayso_export::Profile::Full,
    };
    let gazetteer = options.which.own.own().gazetteer()?;
    let dataset = Dataset::new(profile, parts, &gazetteer);
    let files = sayso_export::export(options.to, &dataset)?;
    let place = write(options, files)?;
    anstream::eprintln!("{} incidents {place}", dataset.incidents().len());
    for line in dataset.left_out().lines() {
        anstream::eprintln!(
            "left out: {} × {} ({}): {}",
            line.count,
            line.kind,
            line.rule,
            line.says
        );
    }
    Ok(bad)
}

fn of_ledger(which: &WhichOptions) -> Result<(Vec<Part>, usize), Failure> {
    let mut parts = Vec::new();
    let left_out = ledger::incidents::each(which, |incident, sheets| {
        parts.push((incident, sheets));
        Ok(())
    })?;
    Ok((parts, left_out))
}

fn of_files(which: &WhichOptions) -> Result<(Vec<Part>, usize), Failure> {
    let knowledge = LinkKnowledge::builtin().map_err(sayso_coder::CoderError::from)?;
    let wanted = which.filter.read(&which.own.own())?;
    let (sheets, bad) = super::incidents::coded(which)?;
    let by_id: BTreeMap<&str, &SheetJson<'static>> = sheets
        .iter()
        .map(|sheet| (sheet.report.id.as_ref(), sheet))
        .collect();
    let parts = incidents(&sheets, &knowledge)
        .into_iter()
        .filter(|incident| wanted.wants(incident))
        .map(|incident| {
            let reports = incident.reports.iter();
            let own = reports.filter_map(|report| by_id.get(report.id.as_str()));
            let own = own.map(|sheet| (*sheet).clone()).collect();
            (incident, own)
        })
        .collect();
    Ok((parts, bad))
}

/// Writes the files where they are wanted; gives where that is, in words.
fn write(options: &ExportOptions, files: Vec<File>) -> Result<String, Failure> {
    let format = options.to;
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from(format.file_name()));
    if out.as_os_str() == "-" {
        io::stdout().write_all(&single(format, files)?)?;
        return Ok("to standard output".to_owned());
    }
    let archive = out
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    if format.is_many() && !archive {
        fs::create_dir_all(&out).map_err(|error| Failure::File(out.clone(), error))?;
        for file in &files {
            put(options, &out.join(&file.name), &file.bytes)?;
        }
    } else {
        put(options, &out, &single(format, files)?)?;
    }
    Ok(format!("in {}", out.display()))
}

/// The one file of a format, or the archive of its many.
fn single(format: Format, files: Vec<File>) -> Result<Vec<u8>, Failure> {
    if format.is_many() {
        return Ok(sayso_export::zipped(&files)?);
    }
    Ok(files
        .into_iter()
        .next()
        .map(|file| file.bytes)
        .unwrap_or_default())
}

/// Writes a file; what is there is kept unless it may be written over. A full export is for its
/// owner's eyes.
fn put(options: &ExportOptions, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut open = OpenOptions::new();
    open.write(true);
    if options.force {
        open.create(true).truncate(true);
    } else {
        open.create_new(true);
    }
    #[cfg(unix)]
    if options.profile == Profile::Full {
        std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    }
    let failed = |error| Failure::File(path.to_path_buf(), error);
    let mut file = open.open(path).map_err(failed)?;
    let written = file.write_all(bytes);
    if written.is_err() {
        // Half a file would pass for a whole one, and the next run would not write over it.
        let _ = fs::remove_file(path);
    }
    written.map_err(failed)
}
