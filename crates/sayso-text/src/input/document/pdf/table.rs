//! Tables: short cells beside each other, row below row.

use super::layout::{Line, Page};

/// What parts the cells of a row.
const CELL: &str = " | ";

/// Words beside each other with a wider gap than this, in heights of the line, are of two cells.
const GAP: f64 = 1.2;

/// Most words that a cell has on average; columns of running text have more.
const WORDS: f64 = 3.5;

/// A row starts at most so many of its heights below the one before it.
const FARTHEST: f64 = 3.0;

/// A table: its rows, and for each block of the page the lines that are in it.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) rows: Vec<String>,
    /// Number of block and of line.
    pub(super) lines: Vec<(usize, usize)>,
}

/// A piece of a line.
struct Cell {
    top: f64,
    bottom: f64,
    left: f64,
    words: Vec<String>,
    from: (usize, usize),
}

/// The tables of a page, from above.
pub(super) fn tables(page: &Page) -> Vec<Table> {
    let mut cells: Vec<Cell> = Vec::new();
    for (block, lines) in page.blocks.iter().enumerate() {
        for (number, line) in lines.iter().enumerate() {
            cells.extend(pieces(line, (block, number)));
        }
    }
    cells.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    let mut bands: Vec<Vec<Cell>> = Vec::new();
    for cell in cells {
        let middle = f64::midpoint(cell.top, cell.bottom);
        match bands.last_mut() {
            // The first cell of a band says where it is: bands do not creep down the page.
            Some(band) if band.first().is_some_and(|first| middle < first.bottom) => {
                band.push(cell);
            }
            _ => bands.push(vec![cell]),
        }
    }
    let mut tables = Vec::new();
    let mut run: Vec<Vec<Cell>> = Vec::new();
    for band in bands {
        let near = run
            .last()
            .and_then(|above| above.first())
            .is_none_or(|above| {
                band.first().is_some_and(|below| {
                    below.top - above.bottom < FARTHEST * (above.bottom - above.top)
                })
            });
        if !near || band.len() < 2 {
            tables.extend(table(std::mem::take(&mut run)));
        }
        if band.len() >= 2 {
            run.push(band);
        }
    }
    tables.extend(table(run));
    tables
}

fn pieces(line: &Line, from: (usize, usize)) -> Vec<Cell> {
    let mut pieces: Vec<Cell> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for (area, word) in &line.words {
        let parted = area.left - end > GAP * line.area.height();
        match pieces.last_mut() {
            Some(piece) if !parted => piece.words.push(word.clone()),
            _ => pieces.push(Cell {
                top: line.area.top,
                bottom: line.area.bottom,
                left: area.left,
                words: vec![word.clone()],
                from,
            }),
        }
        end = area.right;
    }
    pieces
}

/// The table of bands below each other, where they are one.
fn table(bands: Vec<Vec<Cell>>) -> Option<Table> {
    let cells: usize = bands.iter().map(Vec::len).sum();
    let words: usize = bands.iter().flatten().map(|cell| cell.words.len()).sum();
    if bands.len() < 2 || words as f64 > WORDS * cells as f64 {
        return None;
    }
    let mut table = Table {
        rows: Vec::new(),
        lines: Vec::new(),
    };
    for mut band in bands {
        band.sort_by(|a, b| a.left.total_cmp(&b.left));
        let row: Vec<String> = band.iter().map(|cell| cell.words.join(" ")).collect();
        table.rows.push(row.join(CELL));
        table.lines.extend(band.iter().map(|cell| cell.from));
    }
    Some(table)
}
