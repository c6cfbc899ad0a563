//! Running headers and footers: what stands on the edge of page after page.

use std::collections::BTreeMap;

use super::layout::{Line, Page};

/// Share of a page's height that is its edge, above and below.
const EDGE: f64 = 0.12;

/// Takes off the lines that stand, but for their numbers, on the edge of at least two pages and of
/// a third of all, and numbers of pages; gives those of the first page.
pub(super) fn take_off(pages: &mut [Page]) -> Vec<String> {
    let mut seen: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for page in pages.iter() {
        let mut here: Vec<(bool, String)> = lines_on_edge(page)
            .map(|(above, line)| (above, without_numbers(&line.text())))
            .collect();
        here.sort();
        here.dedup();
        for key in here {
            *seen.entry(key).or_default() += 1;
        }
    }
    let least = 2.max(pages.len().div_ceil(3));
    let mut edge = Vec::new();
    for (number, page) in pages.iter_mut().enumerate() {
        let height = page.height;
        for block in &mut page.blocks {
            block.retain(|line| {
                let Some(above) = side(line, height) else {
                    return true;
                };
                let key = (above, without_numbers(&line.text()));
                let often = seen.get(&key).is_some_and(|count| *count >= least);
                let is_furniture = often || is_page_number(&key.1);
                if is_furniture && number == 0 {
                    edge.push(line.text());
                }
                !is_furniture
            });
        }
        page.blocks.retain(|block| !block.is_empty());
    }
    edge
}

fn lines_on_edge(page: &Page) -> impl Iterator<Item = (bool, &Line)> {
    page.blocks
        .iter()
        .flatten()
        .filter_map(|line| Some((side(line, page.height)?, line)))
}

/// Whether a line is on the edge above (`true`) or below; `None` in between.
fn side(line: &Line, height: f64) -> Option<bool> {
    let middle = line.area.middle();
    if middle < height * EDGE {
        Some(true)
    } else if middle > height * (1.0 - EDGE) {
        Some(false)
    } else {
        None
    }
}

/// The line in small letters, each number as `#`.
fn without_numbers(line: &str) -> String {
    let mut key = String::new();
    for c in line.chars().flat_map(char::to_lowercase) {
        if !c.is_numeric() {
            key.push(c);
        } else if !key.ends_with('#') {
            key.push('#');
        }
    }
    key
}

/// `7`, `- 7 -`, `page 7 of 12`, `p. 7`, `7 / 12`, `7 | page`.
fn is_page_number(key: &str) -> bool {
    let mut numbers = 0;
    let rest =
        key.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '|' | '/' | '.' | ':'));
    let fits = rest.filter(|word| !word.is_empty()).all(|word| match word {
        "#" => {
            numbers += 1;
            true
        }
        "page" | "of" | "p" | "pg" | "pp" => true,
        _ => false,
    });
    fits && (1..=2).contains(&numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages() {
        for line in ["7", "- 7 -", "Page 7 of 12", "p. 7", "7/12", "7 | Page"] {
            assert!(is_page_number(&without_numbers(line)), "{line}");
        }
        for line in ["7 killed", "Page", "12 5 2025", ""] {
            assert!(!is_page_number(&without_numbers(line)), "{line}");
        }
    }
}
