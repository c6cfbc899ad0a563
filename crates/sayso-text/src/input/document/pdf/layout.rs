//! What `pdftotext -bbox-layout` writes: pages of blocks of lines of words, with their boxes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::{DocumentError, one_line};
use crate::input::feed::entity;

/// A rectangle in points, y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    pub(super) fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub(super) fn middle(self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }

    fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// Words beside each other.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) area: Rect,
    pub(super) words: Vec<(Rect, String)>,
}

impl Line {
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|(_, word)| word.as_str()).collect();
        words.join(" ")
    }
}

/// A page: blocks of lines in reading order.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) height: f64,
    pub(super) blocks: Vec<Vec<Line>>,
}

/// Reads pages and the title of the document.
///
/// # Errors
/// [`DocumentError::Broken`] where it is cut short.
pub(super) fn read(xml: &str) -> Result<(Vec<Page>, Option<String>), DocumentError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let (mut pages, mut title) = (Vec::new(), String::new());
    let mut text = String::new();
    let mut area = Rect::default();
    let mut line: Option<Line> = None;
    loop {
        let event = reader.read_event().map_err(|error| DocumentError::Broken {
            what: format!("pdftotext tells of it what is no XML ({error})"),
        })?;
        match event {
            Event::Start(start) | Event::Empty(start) => {
                text.clear();
                match start.name().into_inner() {
                    "page" => pages.push(Page {
                        height: number(&start, "height"),
                        blocks: Vec::new(),
                    }),
                    "block" => {
                        if let Some(page) = pages.last_mut() {
                            page.blocks.push(Vec::new());
                        }
                    }
                    "line" => line = None,
                    "word" => {
                        area = Rect {
                            left: number(&start, "xMin"),
                            top: number(&start, "yMin"),
                            right: number(&start, "xMax"),
                            bottom: number(&start, "yMax"),
                        }
                    }
                    _ => {}
                }
            }
            Event::Text(more) => text.push_str(&more),
            Event::GeneralRef(name) => {
                text.push_str(entity::resolve(&name).as_deref().unwrap_or_default());
            }
            Event::End(end) => match end.name().into_inner() {
                "title" => title = one_line(&text),
                "word" => {
                    let word = one_line(&text);
                    if !word.is_empty() {
                        let line = line.get_or_insert_with(|| Line {
                            area,
                            words: Vec::new(),
                        });
                        line.area = line.area.with(area);
                        line.words.push((area, word));
                    }
                }
                "line" => {
                    let block = pages.last_mut().and_then(|page| page.blocks.last_mut());
                    if let (Some(block), Some(line)) = (block, line.take()) {
                        block.push(line);
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    for page in &mut pages {
        page.blocks.retain(|block| !block.is_empty());
    }
    Ok((pages, Some(title).filter(|title| !title.is_empty())))
}

/// The number that an attribute has; 0 where it has none.
fn number(start: &BytesStart<'_>, name: &str) -> f64 {
    start
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.into_inner() == name)
        .and_then(|attribute| attribute.value.parse().ok())
        .filter(|number: &f64| number.is_finite())
        .unwrap_or(0.0)
}
