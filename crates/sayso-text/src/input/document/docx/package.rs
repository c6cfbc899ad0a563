//! The archive: which part is the text, and its XML.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::super::DocumentError;

/// Largest part, unpacked, in bytes.
pub(super) const LARGEST_PART: u64 = 64_000_000;
/// Most parts that an archive may have.
const MOST_PARTS: usize = 10_000;

/// Content type of the main text, with macros or without, of a template or not.
const MAIN: [&str; 4] = [
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
];

pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, DocumentError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        if archive.len() > MOST_PARTS {
            return Err(DocumentError::TooManyParts { limit: MOST_PARTS });
        }
        Ok(Self { archive })
    }

    /// The XML of the main text.
    pub(super) fn main(&mut self) -> Result<String, DocumentError> {
        let types = self.part("[Content_Types].xml")?.unwrap_or_default();
        let name = main_name(&types).unwrap_or_else(|| "word/document.xml".to_owned());
        self.part(&name)?.ok_or_else(|| DocumentError::Broken {
            what: "this archive holds no Word document".to_owned(),
        })
    }

    /// The XML of the core properties, where there are any.
    pub(super) fn core(&mut self) -> Result<Option<String>, DocumentError> {
        self.part("docProps/core.xml")
    }

    /// The text of the part with this name.
    fn part(&mut self, name: &str) -> Result<Option<String>, DocumentError> {
        let Some(number) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let part = self.archive.by_index(number).map_err(|e| broken(&e))?;
        if part.encrypted() {
            return Err(DocumentError::Encrypted);
        }
        // What the archive says of a part's size is not believed.
        let mut bytes = Vec::new();
        part.take(LARGEST_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| broken(&error))?;
        if bytes.len() as u64 > LARGEST_PART {
            return Err(DocumentError::TooLarge {
                limit: LARGEST_PART,
            });
        }
        let decoded = crate::decode(&bytes, false).map_err(|refused| DocumentError::Broken {
            what: format!("its part {name} is {}", refused.what),
        })?;
        Ok(Some(decoded.text))
    }
}

fn broken(error: &dyn std::error::Error) -> DocumentError {
    DocumentError::Broken {
        what: error.to_string(),
    }
}

/// The name of the part that has the content type of a main text.
fn main_name(types: &str) -> Option<String> {
    let mut reader = Reader::from_str(types);
    loop {
        let start = match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => start,
            Event::Eof => return None,
            _ => continue,
        };
        let value = |wanted: &str| {
            start
                .attributes()
                .with_checks(false)
                .filter_map(Result::ok)
                .find(|attribute| attribute.key.into_inner() == wanted)
                .map(|attribute| attribute.value.into_owned())
        };
        if value("ContentType").is_some_and(|kind| MAIN.contains(&kind.as_str())) {
            let name = value("PartName")?;
            return Some(name.trim_start_matches('/').to_owned());
        }
    }
}
