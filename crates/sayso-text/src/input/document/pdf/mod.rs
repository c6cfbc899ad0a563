//! PDF documents, by poppler's `pdftotext`.
//!
//! A PDF says where letters stand on a page, no more. poppler finds words, lines, blocks and the
//! order of columns; it runs as a program of its own, so that a document that brings it down, or
//! keeps it busy, costs that document alone ([`poppler`]). What it tells is read by [`layout`];
//! [`furniture`] takes off what stands on the edge of every page, [`table`] puts rows of tables
//! together again, [`flow`] makes paragraphs of lines.

mod flow;
mod furniture;
mod layout;
mod poppler;
mod table;

use super::{DocumentError, Script};
use poppler::Poppler;

/// Paragraphs and rows of a document, with its title.
///
/// # Errors
/// [`DocumentError`]: `pdftotext` is not there; the document is encrypted, a scan, damaged, or takes
/// too much time or room.
pub(in super::super) fn script(bytes: &[u8]) -> Result<Script, DocumentError> {
    of_layout(&Poppler::installed().layout(bytes)?)
}

/// The same, of what `pdftotext -bbox-layout` has written.
pub(super) fn of_layout(xml: &str) -> Result<Script, DocumentError> {
    let (mut pages, title) = layout::read(xml)?;
    if pages.iter().all(|page| page.blocks.is_empty()) {
        return Err(DocumentError::NoText { pages: pages.len() });
    }
    let edge = furniture::take_off(&mut pages);
    let paragraphs = flow::paragraphs(&pages);
    if paragraphs.is_empty() {
        return Err(DocumentError::NoText { pages: pages.len() });
    }
    Ok(Script {
        paragraphs,
        titles: title.into_iter().collect(),
        edge,
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// A page of lines: left edge, top edge, words.
    fn page(lines: &[(f64, f64, &str)]) -> String {
        let mut xml = "<page width=\"595.0\" height=\"842.0\"><flow>".to_owned();
        for (x, y, text) in lines {
            xml.push_str("<block><line>");
            let mut at = *x;
            for word in text.split(' ') {
                let end = at + 5.0 * word.chars().count() as f64;
                let _ = write!(
                    xml,
                    "<word xMin=\"{at}\" yMin=\"{y}\" xMax=\"{end}\" yMax=\"{}\">{word}</word>",
                    y + 10.0
                );
                at = end + 3.0;
            }
            xml.push_str("</line></block>");
        }
        xml.push_str("</flow></page>");
        xml
    }

    fn of(pages: &[String]) -> Script {
        of_layout(&format!(
            "<html><head><title>A &amp; B</title></head><body><doc>{}</doc></body></html>",
            pages.concat()
        ))
        .unwrap()
    }

    #[test]
    fn headers_columns_tables_and_hyphens() {
        let running = |number: u8| {
            [
                (60.0, 30.0, "Lake Office – Update 4".to_owned()),
                (60.0, 810.0, format!("Page {number} of 3")),
            ]
        };
        let mut pages = Vec::new();
        for (number, lines) in [
            vec![
                (
                    60.0,
                    100.0,
                    "The guard and the militia fought on Sunday, the gover-",
                ),
                (60.0, 300.0, "Location"),
                (210.0, 300.0, "Killed"),
                (60.0, 314.0, "Old Mill"),
                (210.0, 314.0, "0"),
            ],
            vec![
                (60.0, 100.0, "nor said."),
                (60.0, 140.0, "Nobody else spoke."),
            ],
            vec![(60.0, 100.0, "The road is closed.")],
        ]
        .into_iter()
        .enumerate()
        {
            let edge = running(number as u8 + 1);
            let edge = edge.iter().map(|(x, y, text)| (*x, *y, text.as_str()));
            pages.push(page(&edge.chain(lines).collect::<Vec<_>>()));
        }
        let found = of(&pages);
        assert_eq!(
            found.paragraphs,
            [
                "The guard and the militia fought on Sunday, the gover-",
                "Location | Killed",
                "Old Mill | 0",
                "nor said.",
                "Nobody else spoke.",
                "The road is closed."
            ]
        );
        assert_eq!(found.titles, ["A & B"]);
        assert_eq!(found.edge, ["Lake Office – Update 4", "Page 1 of 3"]);
    }

    #[test]
    fn a_sentence_goes_on_over_columns_and_pages() {
        let found = of(&[
            page(&[
                (
                    60.0,
                    100.0,
                    "Four people were killed on the road to the old",
                ),
                (320.0, 100.0, "mill, the mayor’s of-"),
            ]),
            page(&[(60.0, 100.0, "fice said on Monday.")]),
        ]);
        assert_eq!(
            found.paragraphs,
            [
                "Four people were killed on the road to the old mill, the mayor’s office said on Monday."
            ]
        );
    }

    #[test]
    fn scans_have_no_text() {
        let xml =
            "<doc><page width=\"1\" height=\"1\"></page><page width=\"1\" height=\"1\"/></doc>";
        assert_eq!(of_layout(xml), Err(DocumentError::NoText { pages: 2 }));
    }
}
