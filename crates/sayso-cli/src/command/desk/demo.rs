//! The demo: invented reports in a ledger that goes when the desk is closed.

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use sayso_api::sheet_json;
use sayso_coder::Coder;
use sayso_ledger::{About, Book, Content, Incoming, Missing, Moment, Place};
use sayso_text::input::{Format, reports_of};
use sayso_text::{Published, Report};

use super::super::Failure;

/// The reports of the README.
const REPORTS: &str = include_str!("../../../../../samples/three-incidents.jsonl");

/// A ledger in a folder of its own.
pub(super) struct Demo {
    folder: PathBuf,
}

impl Demo {
    /// Makes the folder, which only its owner can read.
    pub(super) fn make() -> Result<Self, Failure> {
        let at = Timestamp::now().as_nanosecond();
        let folder = std::env::temp_dir().join(format!("sayso-demo-{}-{at}", std::process::id()));
        #[cfg_attr(not(unix), allow(unused_mut))]
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let made = builder.create(&folder);
        made.map_err(|error| Failure::File(folder.clone(), error))?;
        Ok(Self { folder })
    }

    /// Where the ledger lies.
    pub(super) fn place(&self) -> Place {
        Place::Sqlite {
            ledger: self.folder.join("demo.db"),
            keys: self.folder.join("demo.db.keys"),
        }
    }

    /// Codes the reports and keeps them, each as of its publication.
    pub(super) async fn fill(&self, coder: &Coder) -> Result<(), Failure> {
        let book = Book::open(&self.place(), Missing::Make).await?;
        let bytes = REPORTS.as_bytes().to_vec();
        let reports = reports_of("demo", bytes, Some(Format::Lines)).flatten();
        let mut reports: Vec<(Moment, Report)> =
            reports.map(|report| (out(&report), report)).collect();
        reports.sort_by_key(|(out, _)| *out);
        for (at, report) in reports {
            let about = About::of(&report);
            let content = Content {
                text: report.text.clone(),
                bytes: report.text.clone().into_bytes(),
            };
            let coded = coder.code(report);
            let sheet = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
            let incoming = Incoming {
                about,
                content,
                sheet: &sheet,
            };
            book.add(&incoming, true, at).await?;
        }
        book.close().await?;
        Ok(())
    }
}

/// When a report was published, or else now.
fn out(report: &Report) -> Moment {
    let written = report.published.as_ref().map(Published::as_written);
    written
        .and_then(Moment::latest)
        .unwrap_or_else(|| Moment::new(Timestamp::now()))
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Left behind it is only a few invented reports.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_has_fourteen_reports_with_days() {
        let bytes = REPORTS.as_bytes().to_vec();
        let reports: Vec<_> = reports_of("demo", bytes, Some(Format::Lines)).collect();
        assert_eq!(reports.len(), 14);
        assert!(
            reports
                .iter()
                .all(|report| report.as_ref().unwrap().published.is_some())
        );
    }

    #[test]
    fn the_folder_goes_with_the_demo() {
        let demo = Demo::make().unwrap();
        let folder = demo.folder.clone();
        assert!(folder.is_dir());
        drop(demo);
        assert!(!folder.exists());
    }
}
