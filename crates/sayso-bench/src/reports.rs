//! Reports of about 400 words from the paragraphs of `samples/`.

use std::fs;
use std::path::Path;

use anyhow::ensure;

/// Words of one report, as near as whole paragraphs come.
const WORDS: usize = 400;

/// The English samples in plain text whose lines are paragraphs, the first line a title.
const SAMPLES: [&str; 5] = [
    "abduction.txt",
    "camp-cordon.txt",
    "ceasefire.txt",
    "market-strike-wire.txt",
    "protest-arrests.txt",
];

/// Makes `count` reports. The same samples give the same reports.
///
/// # Errors
/// Where the samples cannot be read.
pub fn make(folder: &Path, count: usize) -> anyhow::Result<Vec<String>> {
    let mut paragraphs = Vec::new();
    for name in SAMPLES {
        let text = fs::read_to_string(folder.join(name))?;
        let body = text.lines().skip(1).map(str::trim);
        paragraphs.extend(body.filter(|line| !line.is_empty()).map(str::to_owned));
    }
    ensure!(paragraphs.len() > 20, "too few paragraphs");
    Ok((0..count).map(|n| mix(&paragraphs, n)).collect())
}

/// Takes runs of three neighbouring paragraphs from places that differ from report to report, so
/// that sentences keep some context.
fn mix(paragraphs: &[String], number: usize) -> String {
    const RUN: usize = 3;
    let mut state = number as u64 + 1;
    let (mut report, mut words) = (String::new(), 0);
    while words < WORDS {
        // Knuth's MMIX generator: enough to scatter the starts.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let start = (state >> 33) as usize % (paragraphs.len() - RUN);
        for paragraph in &paragraphs[start..start + RUN] {
            let more = paragraph.split_whitespace().count();
            if words > 0 && words + more > WORDS + WORDS / 10 {
                return report;
            }
            report.push_str(paragraph);
            report.push_str("\n\n");
            words += more;
        }
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_have_about_400_words_and_differ() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
        let made = make(&folder, 50).unwrap();
        for report in &made {
            let words = report.split_whitespace().count();
            assert!((300..=500).contains(&words), "{words}");
        }
        assert_ne!(made[0], made[1]);
        assert_eq!(made, make(&folder, 50).unwrap());
    }
}
