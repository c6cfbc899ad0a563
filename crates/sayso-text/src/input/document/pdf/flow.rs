//! Paragraphs out of lines.

use super::super::hyphen::Joiner;
use super::layout::{Line, Page};
use super::table::{Table, tables};

/// A line that starts more of its heights below the one before it than lines of its block do on
/// average begins a paragraph.
const GAP: f64 = 0.6;

/// A line that ends so much of its block's width before the block's right edge may end a paragraph.
const SHORT: f64 = 0.15;

/// What lists begin their items with.
const BULLETS: &[char] = &[
    '•', '▪', '●', '◦', '‣', '■', '□', '➢', '➤', '✓', '·', '∙', '\u{f0b7}', '\u{f0a7}',
];

/// The paragraphs of all pages; rows of tables stand where the table begins.
pub(super) fn paragraphs(pages: &[Page]) -> Vec<String> {
    let all: Vec<String> = pages
        .iter()
        .flat_map(|page| page.blocks.iter().flatten())
        .map(Line::text)
        .collect();
    let joiner = Joiner::of(all.iter().map(String::as_str));
    let mut flow = Flow {
        joiner,
        paragraphs: Vec::new(),
        // The first paragraph goes on after nothing.
        closed: true,
    };
    for page in pages {
        let mut found = tables(page);
        for (number, block) in page.blocks.iter().enumerate() {
            flow.block(number, block, &mut found);
        }
    }
    flow.paragraphs
}

struct Flow {
    joiner: Joiner,
    paragraphs: Vec<String>,
    /// Whether the last of them cannot go on.
    closed: bool,
}

impl Flow {
    fn block(&mut self, number: usize, block: &[Line], tables: &mut [Table]) {
        let right = block.iter().map(|line| line.area.right).fold(0.0, f64::max);
        let left = block
            .iter()
            .map(|line| line.area.left)
            .fold(f64::MAX, f64::min);
        let pitch = pitch(block);
        let mut before: Option<&Line> = None;
        for (at, line) in block.iter().enumerate() {
            if let Some(table) = tables.iter_mut().find(|t| t.lines.contains(&(number, at))) {
                // Rows are printed where the first line of the table is met.
                for row in std::mem::take(&mut table.rows) {
                    self.paragraphs.push(row);
                    self.closed = true;
                }
                before = None;
                continue;
            }
            let text = line.text();
            let begins = match before {
                _ if text.starts_with(BULLETS) => true,
                Some(above) => {
                    let far = line.area.top - above.area.top > pitch + GAP * above.area.height();
                    let short = above.area.right < right - SHORT * (right - left);
                    far || short && ends_sentence(&above.text())
                }
                // Another block goes on where the sentence does.
                None => {
                    !starts_small(&text) || self.paragraphs.last().is_none_or(|p| ends_sentence(p))
                }
            };
            if begins || self.closed {
                self.paragraphs.push(String::new());
            }
            if let Some(paragraph) = self.paragraphs.last_mut() {
                self.joiner.join(paragraph, &text);
            }
            self.closed = false;
            before = Some(line);
        }
    }
}

/// How far apart the lines of a block usually start: the median.
fn pitch(block: &[Line]) -> f64 {
    let mut steps: Vec<f64> = block
        .windows(2)
        .filter_map(|pair| match pair {
            [above, below] => Some(below.area.top - above.area.top),
            _ => None,
        })
        .collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(0.0)
}

fn starts_small(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')', ']'])
        .ends_with(['.', '!', '?', '…', ':', '؟', '۔', '।', '。'])
}
