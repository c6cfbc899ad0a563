//! Progress of long runs: a bar on a terminal, nothing in a pipe.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use sayso_text::input::InputError;

use super::style::{ERROR, FAINT, paint, safe};

/// The bar of one run.
///
/// It is drawn on standard error, where that is a terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Starts a bar over `inputs`; counts them first where the bar will be drawn.
    pub(crate) fn start(inputs: &[PathBuf]) -> Self {
        if !io::stderr().is_terminal() {
            return Self::none();
        }
        let bar = match sayso_text::input::count(inputs) {
            Some(total) => ProgressBar::new(total)
                .with_style(style("{bar:30} {pos}/{len} reports, {rate}, {eta} left")),
            None => ProgressBar::new_spinner()
                .with_style(style("{spinner} {pos} reports, {rate}, {elapsed}")),
        };
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar }
    }

    /// Starts a bar over `inputs` for what prints as it goes: on a terminal the sheets themselves
    /// show how far it is.
    pub(crate) fn beside_sheets(inputs: &[PathBuf]) -> Self {
        if io::stdout().is_terminal() {
            Self::none()
        } else {
            Self::start(inputs)
        }
    }

    /// Starts a bar over so many reports that are read again; what is printed comes afterwards.
    pub(crate) fn over(reports: usize) -> Self {
        if !io::stderr().is_terminal() {
            return Self::none();
        }
        let bar = ProgressBar::new(reports as u64)
            .with_style(style("{bar:30} {pos}/{len} reports, {rate}, {eta} left"));
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        Self { bar }
    }

    /// Starts a count of lines that are read one after another.
    pub(crate) fn lines() -> Self {
        if !io::stderr().is_terminal() {
            return Self::none();
        }
        let bar = ProgressBar::new_spinner()
            .with_style(style("{spinner} {pos} reports, {rate}, {elapsed}"));
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        Self { bar }
    }

    /// One more input is done.
    pub(crate) fn step(&mut self) {
        self.bar.inc(1);
    }

    /// No bar at all, only errors.
    pub(crate) fn none() -> Self {
        Self {
            bar: ProgressBar::hidden(),
        }
    }

    /// Prints what is wrong with one input above the bar.
    pub(crate) fn print(&self, error: &InputError) {
        let kind = if error.is_notice() {
            paint(FAINT, "note")
        } else {
            paint(ERROR, "error")
        };
        let error = safe(&error.to_string());
        self.bar.suspend(|| anstream::eprintln!("{kind}: {error}"));
    }

    /// Takes the bar away and says how many inputs were left out, if any.
    pub(crate) fn finish(self, bad: usize) {
        self.bar.finish_and_clear();
        if bad > 0 {
            let what = if bad == 1 { "input was" } else { "inputs were" };
            anstream::eprintln!("{bad} {what} left out; everything else has been coded");
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    // The templates above are constants that a test parses.
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .with_key(
            "rate",
            |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                // A template cannot fail to be written; there is nobody to tell if it did.
                let _ = write!(out, "{:.0} a second", state.per_sec());
            },
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_parse() {
        for template in [
            "{bar:30} {pos}/{len} reports, {rate}, {eta} left",
            "{spinner} {pos} reports, {rate}, {elapsed}",
        ] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
