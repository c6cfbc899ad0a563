//! The children of an entry, or of a feed's own description, one after another.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::entity;
use super::namespace::{Namespaces, Vocabulary};

/// Deepest nesting that is followed.
const DEEPEST: usize = 256;

/// An element with what stands in it.
#[derive(Debug)]
pub(super) struct Element<'x> {
    pub(super) vocabulary: Vocabulary,
    /// Its name without prefix.
    pub(super) name: String,
    /// Attributes by their written names, references resolved.
    pub(super) attributes: Vec<(String, String)>,
    /// The text in it, character data included, references resolved.
    pub(super) text: String,
    /// What stands between its tags, as it is written.
    pub(super) raw: &'x str,
    /// Whether it holds elements.
    pub(super) has_children: bool,
    /// Its children's names without prefix and their text.
    pub(super) children: Vec<(String, String)>,
}

impl Element<'_> {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim())
    }

    /// The text of the first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&str> {
        let found = self.children.iter().find(|(key, _)| key == name);
        found
            .map(|(_, text)| text.trim())
            .filter(|text| !text.is_empty())
    }
}

/// Reads elements out of XML, whatever they stand in.
pub(super) struct Elements<'x> {
    xml: &'x str,
    reader: Reader<&'x [u8]>,
    namespaces: Namespaces,
}

impl<'x> Elements<'x> {
    pub(super) fn new(xml: &'x str, namespaces: Namespaces) -> Self {
        let mut reader = Reader::from_str(xml);
        let config = reader.config_mut();
        // "AT&T" is a mistake in nearly every feed that has it, and readable.
        config.allow_dangling_amp = true;
        Self {
            xml,
            reader,
            namespaces,
        }
    }

    /// The prefixes declared so far.
    pub(super) fn into_namespaces(self) -> Namespaces {
        self.namespaces
    }

    /// Enters the next element, so that [`Elements::next`] gives its children: its local name and
    /// attributes. `None` at the end.
    ///
    /// # Errors
    /// What the parser says.
    pub(super) fn enter(&mut self) -> Result<Option<Entered>, String> {
        loop {
            let event = self.reader.read_event().map_err(|e| e.to_string())?;
            match event {
                Event::Start(start) => {
                    return Ok(Some((name_of(&start).1, self.attributes(&start))));
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// The next child of what was entered; `None` where that ends.
    ///
    /// # Errors
    /// What the parser says.
    pub(super) fn next(&mut self) -> Result<Option<Element<'x>>, String> {
        loop {
            let event = self.reader.read_event().map_err(|e| e.to_string())?;
            match event {
                Event::Start(start) => return self.element(&start).map(Some),
                Event::Empty(start) => return Ok(Some(self.begun(&start))),
                Event::End(_) | Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn attributes(&mut self, start: &BytesStart<'_>) -> Vec<(String, String)> {
        let attributes: Vec<(String, String)> = start
            .html_attributes()
            .with_checks(false)
            .filter_map(Result::ok)
            .map(|attribute| {
                let key = attribute.key.into_inner();
                (
                    key.to_owned(),
                    entity::decode(&attribute.value).into_owned(),
                )
            })
            .collect();
        for (key, value) in &attributes {
            self.namespaces.declare(key, value);
        }
        attributes
    }

    fn begun(&mut self, start: &BytesStart<'_>) -> Element<'x> {
        let attributes = self.attributes(start);
        let (prefix, name) = name_of(start);
        Element {
            vocabulary: self.namespaces.of(prefix.as_deref()),
            name,
            attributes,
            text: String::new(),
            raw: "",
            has_children: false,
            children: Vec::new(),
        }
    }

    /// Reads on to the end of the element that `start` begins.
    fn element(&mut self, start: &BytesStart<'_>) -> Result<Element<'x>, String> {
        let mut element = self.begun(start);
        let from = self.position();
        // Names of the open children; only the outermost one's text is kept by itself.
        let mut depth = 0_usize;
        let mut child: Option<(String, String)> = None;
        loop {
            let before = self.position();
            let event = self.reader.read_event().map_err(|e| e.to_string())?;
            match event {
                Event::Start(start) => {
                    element.has_children = true;
                    if depth == 0 {
                        child = Some((name_of(&start).1, String::new()));
                    }
                    depth += 1;
                    if depth > DEEPEST {
                        return Err(format!("elements are nested deeper than {DEEPEST} levels"));
                    }
                }
                Event::Empty(_) => element.has_children = true,
                Event::End(_) if depth == 0 => {
                    element.raw = self.xml.get(from..before).unwrap_or("");
                    return Ok(element);
                }
                Event::End(_) => {
                    depth -= 1;
                    if depth == 0 {
                        element.children.extend(child.take());
                    }
                }
                Event::Text(text) => push(&mut element.text, &mut child, &text),
                Event::CData(data) => push(&mut element.text, &mut child, &data),
                Event::GeneralRef(reference) => {
                    let value = entity::resolve(&reference);
                    if let Some(value) = value {
                        push(&mut element.text, &mut child, &value);
                    } else {
                        push(&mut element.text, &mut child, &format!("&{};", &*reference));
                    }
                }
                Event::Eof => {
                    return Err(format!("`{}` is not closed", element.name));
                }
                _ => {}
            }
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

/// The name and attributes of an element that was entered.
pub(super) type Entered = (String, Vec<(String, String)>);

fn push(text: &mut String, child: &mut Option<(String, String)>, more: &str) {
    text.push_str(more);
    if let Some((_, text)) = child {
        text.push_str(more);
    }
}

/// Prefix and local name.
fn name_of(start: &BytesStart<'_>) -> (Option<String>, String) {
    let whole = start.name().into_inner().to_owned();
    match whole.split_once(':') {
        Some((prefix, name)) => (Some(prefix.to_owned()), name.to_owned()),
        None => (None, whole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_markup_and_children() {
        let xml = "<e xmlns:c='http://purl.org/rss/1.0/modules/content/'><t a='1&amp;2'>A &amp; \
                   &nbsp;B&lol;<![CDATA[<b>]]></t><c:encoded/><p>x<n>N<i>M</i></n></p></e>";
        let mut elements = Elements::new(xml, Namespaces::default());
        assert_eq!(elements.enter().unwrap().unwrap().0, "e");
        let first = elements.next().unwrap().unwrap();
        assert_eq!(first.text, "A & \u{a0}B&lol;<b>");
        assert_eq!(first.attribute("a"), Some("1&2"));
        assert!(!first.has_children);
        let second = elements.next().unwrap().unwrap();
        assert_eq!(
            (second.vocabulary, second.name.as_str()),
            (Vocabulary::Content, "encoded")
        );
        let third = elements.next().unwrap().unwrap();
        assert_eq!(third.raw, "x<n>N<i>M</i></n>");
        assert_eq!(third.child("n"), Some("NM"));
        assert!(elements.next().unwrap().is_none());
    }

    #[test]
    fn broken_and_deep() {
        let of = |xml: &str| {
            let mut elements = Elements::new(xml, Namespaces::default());
            elements.enter().ok();
            elements.next().map(|element| element.map(|e| e.text))
        };
        assert!(of("<e><a>x</b></e>").is_err());
        assert!(of("<e><a>x").unwrap_err().contains("not closed"));
        assert!(of(&format!("<e>{}", "<a>".repeat(1000))).is_err());
        assert_eq!(of("<e><a>AT&T & co</a></e>").unwrap().unwrap(), "AT&T & co");
    }
}
