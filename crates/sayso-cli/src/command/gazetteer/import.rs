//! `sayso gazetteer import`: a gazetteer from a GeoNames dump.

use std::io::{self, IsTerminal as _, Write as _};

use indicatif::{ProgressBar, ProgressStyle};
use sayso_lexicon::Lexicon;
use sayso_place::import::{Import, Progress, Step, import};
use sayso_place::{Feature, NewPlace};

use crate::arguments::ImportOptions;
use crate::command::Failure;
use crate::show::style::{ERROR, paint, safe};

/// Makes the gazetteer; gives how many lines were bad.
///
/// # Errors
/// The dump cannot be read, is none, or nothing can be written; no file is then left behind.
pub(crate) fn run(options: &ImportOptions) -> Result<usize, Failure> {
    let lexicon = Lexicon::builtin().map_err(sayso_coder::CoderError::from)?;
    let countries: Vec<NewPlace> = lexicon
        .places
        .countries()
        .iter()
        .map(|country| NewPlace {
            name: country.name.clone(),
            other_names: country.aliases.clone(),
            lat: country.lat,
            lon: country.lon,
            geonames: None,
            feature: Feature::Country,
            population: 0,
            renown: 0,
            parent: None,
            codes: Some((country.iso2.clone(), country.iso3.clone())),
        })
        .collect();
    let bar = if io::stderr().is_terminal() {
        ProgressBar::new(1).with_style(style("{msg:22} {bar:30} {percent:>3}%, {eta} left"))
    } else {
        ProgressBar::hidden()
    };
    let mut step = None;
    let done = import(
        &Import {
            places: &options.places,
            names: options.names.as_deref(),
            countries: &countries,
            out: &options.out,
            memory: options.memory as usize * 1_000_000,
        },
        &mut |progress| show(&bar, &mut step, progress),
    );
    bar.finish_and_clear();
    let done = done?;
    writeln!(
        io::stdout(),
        "{}: {} places, {} of them countries and divisions; edition {}",
        options.out.display(),
        done.places,
        done.divisions,
        done.edition
    )?;
    anstream::eprintln!(
        "{} lines of kinds that no report takes place at (hotels, roads, streams) were left out",
        done.left_out
    );
    for line in &done.bad_lines {
        anstream::eprintln!("{}: {}", paint(ERROR, "left out"), safe(line));
    }
    if done.bad > done.bad_lines.len() as u64 {
        anstream::eprintln!(
            "{} lines could not be read and were left out; these are the first",
            done.bad
        );
    }
    Ok(usize::try_from(done.bad).unwrap_or(usize::MAX))
}

fn show(bar: &ProgressBar, step: &mut Option<Step>, progress: Progress) {
    if *step != Some(progress.step) {
        *step = Some(progress.step);
        bar.reset();
        bar.set_message(match progress.step {
            Step::Divisions => "countries, divisions",
            Step::Places => "places",
            Step::Names => "other names",
            Step::Index => "index of names",
        });
        if progress.of == 0 {
            bar.set_style(style("{msg:22} {spinner} {pos} names, {elapsed}"));
        }
    }
    if progress.of > 0 {
        bar.set_length(progress.of);
    }
    bar.set_position(progress.done);
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
