//! LGL and GeoWebNews: articles with toponyms, in XML.
//!
//! Only what these files use is read: elements without nesting of their own name, character data
//! and the five predefined entities.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use sayso_text::Span;

use super::Bytes;

/// Types of GeoWebNews for phrases that are no names, and kept by the scorer only as such.
const NO_NAMES: [&str; 3] = ["Literal_Expression", "Non_Lit_Expression", "Non_Toponym"];

/// One toponym of the gold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GoldToponym {
    /// Its words.
    pub(crate) span: Span,
    /// Degrees north and east, where the gold has them.
    pub(crate) point: Option<(f64, f64)>,
    /// GeoNames' class and code, such as `P.PPL`, where the gold has them.
    pub(crate) feature: Option<String>,
    /// GeoWebNews's type, such as `Embedded_Literal`.
    pub(crate) kind: Option<String>,
}

/// The toponyms of each article, under the name that the scorer gives it.
///
/// # Errors
/// Where the file cannot be read.
pub(crate) fn read(path: &Path) -> Result<Vec<(String, Vec<GoldToponym>)>> {
    let xml =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok(elements(&xml, "article")
        .enumerate()
        .map(|(number, (attributes, article))| {
            let name = ["docid", "file"]
                .iter()
                .find_map(|key| attribute(attributes, key))
                .unwrap_or_else(|| (number + 1).to_string());
            (format!("{stem}-{name}"), toponyms(article))
        })
        .collect())
}

fn toponyms(article: &str) -> Vec<GoldToponym> {
    let text = field(article, "text").unwrap_or_default();
    let bytes = Bytes::of(&text);
    elements(article, "toponym")
        .filter_map(|(_, element)| {
            let kind = field(element, "type").map(|kind| kind.trim().to_owned());
            let phrase = ["phrase", "name", "extractedName"]
                .iter()
                .find_map(|tag| field(element, tag))?;
            let start: usize = field(element, "start")?.trim().parse().ok()?;
            let span = bytes.span(start, start + phrase.trim().chars().count());
            let named = kind.as_deref().is_none_or(|kind| !NO_NAMES.contains(&kind));
            if !named || span.of(&text) != phrase.trim() {
                return None;
            }
            let number = |tags: [&str; 2]| {
                let written = tags.iter().find_map(|tag| field(element, tag))?;
                written.trim().parse::<f64>().ok()
            };
            let feature = field(element, "fclass")
                .zip(field(element, "fcode"))
                .map(|(class, code)| format!("{}.{}", class.trim(), code.trim()));
            Some(GoldToponym {
                span,
                point: number(["lat", "latitude"]).zip(number(["lon", "longitude"])),
                feature,
                kind,
            })
        })
        .collect()
}

/// The attributes and the content of each `<tag …>…</tag>`.
fn elements<'x>(xml: &'x str, tag: &'x str) -> impl Iterator<Item = (&'x str, &'x str)> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        loop {
            let (_, behind) = rest.split_once(&open)?;
            // `<toponyms>` is another element.
            if !behind.starts_with([' ', '>', '\n', '\t']) {
                rest = behind;
                continue;
            }
            let (attributes, behind) = behind.split_once('>')?;
            let (content, behind) = behind.split_once(&close)?;
            rest = behind;
            return Some((attributes, content));
        }
    })
}

fn attribute(attributes: &str, key: &str) -> Option<String> {
    let (_, behind) = attributes.split_once(&format!("{key}=\""))?;
    Some(behind.split_once('"')?.0.to_owned())
}

/// The character data of the first such element; `None` where it is empty.
fn field(xml: &str, tag: &str) -> Option<String> {
    let (_, content) = elements(xml, tag).next()?;
    let text = match content
        .trim()
        .strip_prefix("<![CDATA[")
        .and_then(|c| c.strip_suffix("]]>"))
    {
        Some(data) => data.to_owned(),
        None => content
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&amp;", "&"),
    };
    let text = text.replace("\r\n", "\n");
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_data_entities_and_what_has_no_point() {
        let article = "<text><![CDATA[Ünal left Harim & Idlib.]]></text><toponyms><toponym><start>10</start>\
             <phrase>Harim</phrase><gaztag><fclass>P</fclass><fcode>PPL</fcode><lat>36.2</lat>\
             <lon>36.5</lon></gaztag></toponym><toponym><start>18</start><phrase>Idlib</phrase>\
             </toponym><toponym><start>3</start><phrase>Nowhere</phrase></toponym></toponyms>";
        let found = toponyms(article);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].span, Span::new(11, 16));
        assert_eq!(found[0].point, Some((36.2, 36.5)));
        assert_eq!(found[0].feature.as_deref(), Some("P.PPL"));
        assert_eq!(found[1].point, None);
        assert_eq!(field("<a>b &amp; c</a>", "a").as_deref(), Some("b & c"));
    }

    #[test]
    fn what_is_no_name_is_left_out() {
        let article = "<text>the town</text><toponym><start>4</start><type>Literal_Expression</type>\
             <extractedName>town</extractedName></toponym>";
        assert!(toponyms(article).is_empty());
    }
}
