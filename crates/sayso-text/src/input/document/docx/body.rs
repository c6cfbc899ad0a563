//! The XML of a main text: paragraphs, and tables row by row.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::{DocumentError, Script, one_line};
use crate::input::feed::entity;

/// Deepest nesting that is followed.
const DEEPEST: usize = 512;

/// What parts the cells of a row.
const CELL: &str = " | ";

/// Elements that hold no text of the document: what was deleted or moved away, codes of fields,
/// drawings' fallbacks, which repeat their text, and marks of phonetic guides.
const NO_TEXT: [&str; 7] = [
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "Fallback",
    "rt",
    "binData",
];

/// One paragraph being read. Text boxes stand within a paragraph and hold paragraphs of their own.
#[derive(Default)]
struct Open {
    text: String,
    is_title: bool,
}

/// One table being read: the cells of its row, and the paragraphs of its cell.
#[derive(Default)]
struct Table {
    cells: Vec<String>,
    cell: Vec<String>,
}

/// Reads the main text.
///
/// # Errors
/// [`DocumentError::Broken`] with what the parser says; [`DocumentError::TooDeep`].
pub(super) fn read(xml: &str) -> Result<Script, DocumentError> {
    let mut reader = Reader::from_str(xml);
    let mut body = Body::default();
    let mut depth = 0_usize;
    let mut seen_end = false;
    loop {
        let event = reader.read_event().map_err(|error| DocumentError::Broken {
            what: error.to_string(),
        })?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(DocumentError::TooDeep { limit: DEEPEST });
                }
                body.start(&start);
            }
            Event::Empty(start) => {
                body.start(&start);
                body.end(local(start.name().into_inner()));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                seen_end |= depth == 0;
                body.end(local(end.name().into_inner()));
            }
            Event::Text(text) => body.text(&text),
            Event::CData(data) => body.text(&data),
            // Entities that the part declares for itself stand for nothing.
            Event::GeneralRef(name) => {
                if let Some(resolved) = entity::resolve(&name) {
                    body.text(&resolved);
                }
            }
            Event::Eof if seen_end => return Ok(body.finish()),
            Event::Eof => {
                return Err(DocumentError::Broken {
                    what: "its text is cut off".to_owned(),
                });
            }
            _ => {}
        }
    }
}

/// The title that core properties state.
pub(super) fn title(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let (mut inside, mut title) = (false, String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => inside = local(start.name().into_inner()) == "title",
            Event::End(_) if inside => break,
            Event::Text(text) if inside => title.push_str(&text),
            Event::GeneralRef(name) if inside => {
                title.push_str(entity::resolve(&name).as_deref().unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let title = one_line(&title);
    (!title.is_empty()).then_some(title)
}

#[derive(Default)]
struct Body {
    script: Script,
    paragraphs: Vec<Open>,
    tables: Vec<Table>,
    /// How deep inside of what holds no text.
    skipped: usize,
    /// Whether text counts: within a run's `t`.
    in_text: usize,
}

impl Body {
    fn start(&mut self, start: &BytesStart<'_>) {
        let name = start.name();
        let name = local(name.into_inner());
        if self.skipped > 0 || NO_TEXT.contains(&name) {
            self.skipped += 1;
            return;
        }
        match name {
            "p" => self.paragraphs.push(Open::default()),
            "pStyle" => {
                let style = start
                    .attributes()
                    .with_checks(false)
                    .filter_map(Result::ok)
                    .find(|attribute| local(attribute.key.into_inner()) == "val");
                if let (Some(open), Some(style)) = (self.paragraphs.last_mut(), style) {
                    open.is_title = style.value.eq_ignore_ascii_case("title");
                }
            }
            "t" => self.in_text += 1,
            "tab" | "ptab" => self.push(" "),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "tbl" => self.tables.push(Table::default()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "t" => self.in_text = self.in_text.saturating_sub(1),
            "p" => {
                if let Some(open) = self.paragraphs.pop() {
                    self.close(&open);
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    let cell = std::mem::take(&mut table.cell).join(" ");
                    table.cells.push(one_line(&cell));
                }
            }
            "tr" => {
                let Some(table) = self.tables.last_mut() else {
                    return;
                };
                let cells = std::mem::take(&mut table.cells);
                if cells.iter().any(|cell| !cell.is_empty()) {
                    let row = cells.join(CELL);
                    self.put(row);
                }
            }
            "tbl" => {
                // What is left where a table is cut short.
                if let Some(table) = self.tables.pop() {
                    let left: Vec<String> = table.cells.into_iter().chain(table.cell).collect();
                    if !left.is_empty() {
                        self.put(left.join(CELL));
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped == 0 && self.in_text > 0 {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.paragraphs.last_mut() {
            open.text.push_str(text);
        }
    }

    /// A paragraph is whole.
    fn close(&mut self, open: &Open) {
        let lines: Vec<String> = open.text.split('\n').map(one_line).collect();
        let text = lines.join("\n").trim().to_owned();
        if text.is_empty() {
            return;
        }
        if let Some(table) = self.tables.last_mut() {
            table.cell.push(text);
            return;
        }
        if open.is_title {
            self.script.titles.push(text.clone());
        }
        self.script.paragraphs.push(text);
    }

    /// A row is whole: of a table within a cell it is part of that cell.
    fn put(&mut self, row: String) {
        let depth = self.tables.len();
        match depth
            .checked_sub(2)
            .and_then(|outer| self.tables.get_mut(outer))
        {
            Some(outer) => outer.cell.push(row),
            None => self.script.paragraphs.push(row),
        }
    }

    fn finish(mut self) -> Script {
        while let Some(open) = self.paragraphs.pop() {
            self.close(&open);
        }
        self.script
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Vec<String> {
        let xml = format!("<w:document xmlns:w='x'><w:body>{body}</w:body></w:document>");
        read(&xml).unwrap().paragraphs
    }

    fn p(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn paragraphs_and_breaks() {
        let body = "<w:p><w:r><w:t>The road </w:t></w:r><w:r><w:t xml:space='preserve'>was\
                    </w:t><w:tab/><w:t>closed &amp; mined.</w:t><w:br/><w:t>So it stayed.</w:t></w:r>\
                    </w:p><w:p/>";
        assert_eq!(of(body), ["The road was closed & mined.\nSo it stayed."]);
    }

    #[test]
    fn tables_are_rows() {
        let row = |cells: &[&str]| -> String {
            let cells: Vec<String> = cells.iter().map(|c| p(c)).collect();
            format!("<w:tr><w:tc>{}</w:tc></w:tr>", cells.join("</w:tc><w:tc>"))
        };
        let inner = format!("<w:tbl>{}</w:tbl>", row(&["x", "y"]));
        let table = format!(
            "<w:tbl>{}{}<w:tr><w:tc>{}{inner}</w:tc></w:tr></w:tbl>",
            row(&["Place", "Killed"]),
            row(&["Tarra", ""]),
            p("In all")
        );
        assert_eq!(
            of(&[p("Figures"), table, p("End.")].concat()),
            [
                "Figures",
                "Place | Killed",
                "Tarra | ",
                "In all x | y",
                "End."
            ]
        );
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        let body = format!(
            "<w:p><w:r><w:t>Seen</w:t><w:footnoteReference w:id='2'/></w:r><w:del><w:r><w:delText>not\
             </w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r><w:ins><w:r><w:t> \
             and added.</w:t></w:r></w:ins></w:p><w:p><w:r><mc:AlternateContent><mc:Choice>\
             <w:txbxContent>{0}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{0}\
             </w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            p("In a box.")
        );
        assert_eq!(of(&body), ["Seen and added.", "In a box."]);
    }

    #[test]
    fn titles_by_style_and_by_properties() {
        let xml = "<w:document><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Flash \
                   update</w:t></w:r></w:p></w:document>";
        assert_eq!(read(xml).unwrap().titles, ["Flash update"]);
        let core = "<cp:coreProperties><dc:title>A &amp; B</dc:title></cp:coreProperties>";
        assert_eq!(title(core).as_deref(), Some("A & B"));
        assert_eq!(title("<a/>"), None);
    }

    #[test]
    fn hostile_parts() {
        let bomb = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY x SYSTEM \
                    'file:///etc/passwd'>]><w:document><w:p><w:r><w:t>x&b;&x;y</w:t></w:r></w:p>\
                    </w:document>";
        assert_eq!(read(bomb).unwrap().paragraphs, ["xy"]);
        let deep = "<a>".repeat(600);
        assert_eq!(read(&deep), Err(DocumentError::TooDeep { limit: DEEPEST }));
        assert!(matches!(read("<a><b>"), Err(DocumentError::Broken { .. })));
        assert!(matches!(read("<a></b>"), Err(DocumentError::Broken { .. })));
    }
}
