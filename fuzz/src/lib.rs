//! What the fuzz targets do, apart from the fuzzer.
//!
//! A target takes any bytes and hands them to one or more readers; the first byte says to which, so
//! that small readers share a minute of CI's time. What must hold is checked here: no panic, an end,
//! spans that lie on characters, quotes that are the text at their span, sheets that the ledger's own
//! check lets through. Seeds are written by hand or made of `samples/`; `tests/seeds.rs` runs every
//! target on them and on what was found (`found/`), without a fuzzer.
//!
//! `cargo xtask fuzz` builds the targets on the stable toolchain and runs them; see its header for
//! how. `cargo fuzz run --features libfuzzer -s none fuzz_page` works as well.

// A target that fails has to panic: that is how a fuzzer hears of it.
#![allow(clippy::panic)]

mod actor;
mod archive;
mod code;
mod desk;
mod feed;
mod ledger;
mod model;
mod page;
mod place;
mod reports;
mod sheet;
mod text;

use std::path::Path;

/// A target, by what it feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Plain text, JSON lines, days and times.
    Text,
    /// Web pages.
    Page,
    /// Web archives, packed or not.
    Archive,
    /// Feeds and Telegram exports.
    Feed,
    /// GeoNames dumps, packed or not, gazetteer files, places of the user's own.
    Place,
    /// Registry files, actors of the user's own.
    Actor,
    /// The model's files.
    Model,
    /// Sheets: read, checked, linked, redacted.
    Sheet,
    /// What a ledger is brought from elsewhere as: exports, keys, rows of a desk.
    Ledger,
    /// Requests to a desk.
    Desk,
    /// Any text, coded.
    Code,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Page,
        Self::Archive,
        Self::Feed,
        Self::Place,
        Self::Actor,
        Self::Model,
        Self::Sheet,
        Self::Ledger,
        Self::Desk,
        Self::Code,
    ];

    /// Its name, which is that of its folder in `found/`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Page => "page",
            Self::Archive => "archive",
            Self::Feed => "feed",
            Self::Place => "place",
            Self::Actor => "actor",
            Self::Model => "model",
            Self::Sheet => "sheet",
            Self::Ledger => "ledger",
            Self::Desk => "desk",
            Self::Code => "code",
        }
    }

    /// Feeds it.
    ///
    /// # Panics
    /// Where something does not hold that must: that is what a fuzzer looks for.
    pub fn run(self, bytes: &[u8]) {
        match self {
            Self::Text => text::run(bytes),
            Self::Page => page::run(bytes),
            Self::Archive => archive::run(bytes),
            Self::Feed => feed::run(bytes),
            Self::Place => place::run(bytes),
            Self::Actor => actor::run(bytes),
            Self::Model => model::run(bytes),
            Self::Sheet => sheet::run(bytes),
            Self::Ledger => ledger::run(bytes),
            Self::Desk => desk::run(bytes),
            Self::Code => code::run(bytes),
        }
    }

    /// What a fuzzer starts from.
    pub fn seeds(self) -> Vec<Vec<u8>> {
        match self {
            Self::Text => text::seeds(),
            Self::Page => page::seeds(),
            Self::Archive => archive::seeds(),
            Self::Feed => feed::seeds(),
            Self::Place => place::seeds(),
            Self::Actor => actor::seeds(),
            Self::Model => model::seeds(),
            Self::Sheet => sheet::seeds(),
            Self::Ledger => ledger::seeds(),
            Self::Desk => desk::seeds(),
            Self::Code => code::seeds(),
        }
    }
}

/// Before the first bytes: writes the target's seeds into the folder that `SAYSO_SEEDS` names, and
/// lets panics that the program catches itself pass (the fuzzer's hook would end at them; one that
/// nobody catches still ends it).
pub fn start(target: Target) {
    drop(std::panic::take_hook());
    let Some(folder) = std::env::var_os("SAYSO_SEEDS") else {
        return;
    };
    for (number, seed) in target.seeds().into_iter().enumerate() {
        let path = Path::new(&folder).join(format!("seed-{number:02}"));
        if let Err(error) = std::fs::write(&path, seed) {
            eprintln!("{}: {error}", path.display());
        }
    }
}

/// `tag`, then `bytes`.
fn seed(tag: u8, bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut seed = vec![tag];
    seed.extend_from_slice(bytes.as_ref());
    seed
}
