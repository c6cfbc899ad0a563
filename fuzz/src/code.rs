//! Any text, coded: the sheet is one that the ledger takes, and reads back from its JSON.

use std::sync::OnceLock;

use sayso_api::{SheetJson, sheet_json};
use sayso_coder::Coder;
use sayso_ledger::check_sheet;
use sayso_text::{Published, Report};

/// Longest text, in bytes: the model takes a second for what is longer.
const LONGEST: usize = 4_000;

pub(crate) fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes.get(..LONGEST).unwrap_or(bytes));
    let Some(printed) = printed(&text) else {
        panic!("a sheet that cannot be printed");
    };
    let sheet: SheetJson<'static> = match serde_json::from_str(&printed) {
        Ok(sheet) => sheet,
        Err(error) => panic!("a sheet that cannot be read again: {error}"),
    };
    if let Err(what) = check_sheet(&sheet) {
        panic!("a sheet that the ledger refuses: {what}");
    }
}

/// The sheet of a text, as it is printed.
pub(crate) fn printed(text: &str) -> Option<String> {
    let mut report = Report::from_text(text);
    report.published = Published::parse("2025-05-12").ok();
    printed_of(report)
}

/// The sheet of a report, as it is printed.
pub(crate) fn printed_of(report: Report) -> Option<String> {
    let coder = coder();
    let coded = coder.code(report);
    crate::reports::check(&coded.reading);
    serde_json::to_string(&sheet_json(&coded.reading, &coded.sheet, coder.made_by())).ok()
}

fn coder() -> &'static Coder {
    static CODER: OnceLock<Coder> = OnceLock::new();
    CODER.get_or_init(|| match Coder::shipped() {
        Ok(coder) => coder,
        Err(error) => panic!("{error}"),
    })
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    vec![
        include_bytes!("../../samples/camp-cordon.txt").to_vec(),
        include_bytes!("../../samples/abduction.txt").to_vec(),
        include_bytes!("../../samples/ceasefire.txt").to_vec(),
        include_bytes!("../../samples/old-wire.txt").to_vec(),
        include_bytes!("../../samples/protest-arrests.txt").to_vec(),
    ]
}
