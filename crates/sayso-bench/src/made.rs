//! Made sheets and reports on standard output, for tests of other programs.

use std::io::{BufWriter, Write as _, stdout};
use std::path::Path;

use sayso_bench::draw::Draw;
use sayso_bench::sheets::Sheets;
use serde_json::json;

/// Prints so many sheets.
pub(crate) fn sheets(count: usize) -> anyhow::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    let mut made = Sheets::new();
    for _ in 0..count {
        serde_json::to_writer(&mut out, &made.make().0)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Days over which the reports are published.
const DAYS: u64 = 45;
/// One of so many has no date.
const UNDATED: usize = 23;

/// Prints so many reports. Paragraphs come again in others, under other outlets and on other days:
/// some are prints of one text, many tell of one incident.
pub(crate) fn reports(repository: &Path, count: usize) -> anyhow::Result<()> {
    let texts = sayso_bench::reports::make(&repository.join("samples"), count)?;
    let mut draw = Draw::from(20_250_511);
    let mut out = BufWriter::new(stdout().lock());
    for (number, text) in texts.iter().enumerate() {
        let day = draw.below(DAYS);
        let outlet = draw.of(&["Gazette", "Herald", "Courier", "Monitor", "Dispatch"]);
        let town = draw.of(&["Orla", "Velda", "Tibrin", "Sekhan", "Marudo", "Qarqur"]);
        let published = (number % UNDATED != 7)
            .then(|| format!("2025-{:02}-{:02}", 5 + day / 28, 1 + day % 28));
        let report = json!({
            "id": format!("mixed-{number:05}"),
            "title": text.split(['.', '\n']).next(),
            "text": text,
            "outlet": format!("{town} {outlet}"),
            "published": published,
        });
        serde_json::to_writer(&mut out, &report)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
