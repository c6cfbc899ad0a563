//! TimeML files: the time expressions of `<TEXT>`, with spans in bytes of its plain text.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use sayso_text::Span;

/// A time expression of the gold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GoldTime {
    /// Its characters.
    pub(crate) span: Span,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub(crate) kind: String,
    /// TIMEX3 value.
    pub(crate) value: String,
}

/// Reads one file: the plain text and its time expressions in text order; one without words is left
/// out.
///
/// # Errors
/// Where the file cannot be read or has no `<TEXT>`.
pub(crate) fn read(path: &Path) -> Result<(String, Vec<GoldTime>)> {
    let file = fs::read_to_string(path).with_context(|| format!("no gold {}", path.display()))?;
    parse(&file.replace("\r\n", "\n")).with_context(|| format!("in {}", path.display()))
}

fn parse(file: &str) -> Result<(String, Vec<GoldTime>)> {
    let body = file
        .split_once("<TEXT>")
        .and_then(|(_, rest)| rest.split_once("</TEXT>"));
    let Some((body, _)) = body else {
        bail!("there is no <TEXT>");
    };
    let (mut text, mut times) = (String::new(), Vec::new());
    let mut open: Vec<(usize, GoldTime)> = Vec::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(&plain(before));
        let Some((tag, behind)) = after.split_once('>') else {
            bail!("a tag does not end");
        };
        rest = behind;
        if tag.starts_with("TIMEX3") && !tag.ends_with('/') {
            let time = GoldTime {
                span: Span::default(),
                kind: attribute(tag, "type"),
                value: attribute(tag, "value"),
            };
            open.push((text.len(), time));
        } else if tag.trim_end() == "/TIMEX3"
            && let Some((start, time)) = open.pop()
            && start < text.len()
        {
            let span = Span::new(start, text.len());
            times.push(GoldTime { span, ..time });
        }
    }
    text.push_str(&plain(rest));
    times.sort_by_key(|time: &GoldTime| time.span);
    Ok((text, times))
}

/// Text without XML's five entities.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// The value of an attribute of a tag; empty where it has none.
fn attribute(tag: &str, name: &str) -> String {
    let found = tag
        .split_once(&format!(" {name}=\""))
        .and_then(|(_, rest)| rest.split_once('"'));
    found.map_or(String::new(), |(value, _)| plain(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_those_of_the_text_without_tags() {
        let file = "<TimeML><DCT><TIMEX3 type=\"DATE\" value=\"2025-10-22\">now</TIMEX3></DCT>\
                    <TEXT>Rain &amp; wind <EVENT class=\"OCCURRENCE\">fell</EVENT> on \
                    <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2025-10-20\">Monday</TIMEX3>.\
                    <TIMEX3 type=\"DURATION\" value=\"P1D\"></TIMEX3></TEXT></TimeML>";
        let (text, times) = parse(file).unwrap();
        assert_eq!(text, "Rain & wind fell on Monday.");
        assert_eq!(times.len(), 1);
        assert_eq!(times[0].span.of(&text), "Monday");
        assert_eq!(
            (times[0].kind.as_str(), times[0].value.as_str()),
            ("DATE", "2025-10-20")
        );
        assert!(parse("<TimeML></TimeML>").is_err());
    }
}
