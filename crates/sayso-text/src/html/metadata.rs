//! What a page says of itself: title, date, outlet, address, language.

use dom_query::Document;
use serde_json::Value;

use crate::Published;
use crate::address::is_web;

/// A page's own description, in the order of trust: Open Graph, JSON-LD, other tags.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) author: Option<String>,
}

/// `<meta>` names that hold a publication date.
const DATES: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "date",
];

/// JSON-LD objects deeper than this are not looked at.
const DEEPEST: usize = 8;

pub(super) fn metadata(document: &Document) -> Metadata {
    let linked: Vec<Value> = document
        .select("script[type='application/ld+json']")
        .iter()
        .filter_map(|script| serde_json::from_str(script.text().trim()).ok())
        .collect();
    let article = linked.iter().find_map(|value| find_article(value, 0));
    let meta = |wanted: &str| meta(document, wanted);
    let linked = |path: &[&str]| {
        let mut value = article?;
        for key in path {
            value = match value.get(key) {
                Some(Value::Array(items)) => items.first()?,
                Some(value) => value,
                None => return None,
            };
        }
        value.as_str().and_then(tidy)
    };
    let dates = DATES
        .iter()
        .take(1)
        .filter_map(|name| meta(name))
        .chain(linked(&["datePublished"]))
        .chain(DATES.iter().skip(1).filter_map(|name| meta(name)))
        .chain(attribute(
            document,
            "[itemprop='datePublished']",
            "datetime",
        ))
        .chain(attribute(document, "[itemprop='datePublished']", "content"))
        .chain(attribute(document, "time[pubdate]", "datetime"))
        .chain(attribute(document, "article time[datetime]", "datetime"))
        .chain(attribute(document, "time[datetime]", "datetime"));
    Metadata {
        title: meta("og:title")
            .or_else(|| linked(&["headline"]))
            .or_else(|| meta("twitter:title"))
            .or_else(|| element(document, "article h1"))
            .or_else(|| element(document, "h1"))
            .or_else(|| element(document, "title")),
        published: dates.into_iter().find_map(|written| date(&written)),
        outlet: meta("og:site_name")
            .or_else(|| linked(&["publisher", "name"]))
            .or_else(|| meta("application-name")),
        url: attribute(document, "link[rel='canonical']", "href")
            .filter(|url| is_web(url))
            .or_else(|| meta("og:url").filter(|url| is_web(url)))
            .or_else(|| linked(&["url"]).filter(|url| is_web(url))),
        language: attribute(document, "html[lang]", "lang")
            .or_else(|| meta("og:locale"))
            .or_else(|| linked(&["inLanguage"]))
            .filter(|tag| crate::language::well_formed(tag).is_some()),
        author: linked(&["author", "name"])
            .or_else(|| meta("author"))
            // Facebook's address of a page stands there, too.
            .or_else(|| meta("article:author").filter(|name| !is_web(name))),
    }
}

/// The text without white space at its ends and with single spaces; `None` for none.
fn tidy(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn meta(document: &Document, wanted: &str) -> Option<String> {
    document.select("meta[content]").iter().find_map(|tag| {
        let named = ["property", "name", "itemprop"].iter().any(|key| {
            tag.attr(key)
                .is_some_and(|name| name.trim().eq_ignore_ascii_case(wanted))
        });
        named
            .then(|| tag.attr("content").and_then(|v| tidy(&v)))
            .flatten()
    })
}

fn attribute(document: &Document, selector: &str, name: &str) -> Option<String> {
    document
        .select(selector)
        .iter()
        .find_map(|tag| tag.attr(name).and_then(|v| tidy(&v)))
}

fn element(document: &Document, selector: &str) -> Option<String> {
    document
        .select(selector)
        .iter()
        .find_map(|tag| tidy(&tag.text()))
}

/// The first JSON-LD object that is an article or report.
fn find_article(value: &Value, depth: usize) -> Option<&Value> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| find_article(item, depth + 1)),
        Value::Object(fields) => {
            let is_article = |kind: &Value| {
                kind.as_str().is_some_and(|kind| {
                    ["Article", "BlogPosting", "Report"]
                        .iter()
                        .any(|k| kind.ends_with(k))
                })
            };
            let found = match fields.get("@type") {
                Some(Value::Array(kinds)) => kinds.iter().any(is_article),
                Some(kind) => is_article(kind),
                None => false,
            };
            if found {
                return Some(value);
            }
            ["@graph", "mainEntity", "mainEntityOfPage"]
                .iter()
                .filter_map(|key| fields.get(*key))
                .find_map(|inner| find_article(inner, depth + 1))
        }
        _ => None,
    }
}

/// Reads the forms in which pages write dates; the day where the time is unreadable.
pub(crate) fn date(written: &str) -> Option<Published> {
    Published::parse(written).ok().or_else(|| {
        let written = written.trim();
        if let Ok(zoned) = jiff::fmt::rfc2822::parse(written) {
            return Published::parse(&zoned.date().to_string()).ok();
        }
        // A full stop or a zone that is no RFC 3339 after a good day.
        let day = written.get(..10)?;
        let ends = written[10..]
            .chars()
            .next()
            .is_none_or(|c| !c.is_ascii_digit());
        ends.then(|| Published::parse(day).ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Metadata {
        metadata(&Document::from(html))
    }

    #[test]
    fn open_graph_and_links() {
        let found = of(
            "<html lang=en-GB><head><meta property='og:title' content=' Two  tolls '>\
             <meta property='article:published_time' content='2025-03-04T10:00:00+02:00'>\
             <meta property=og:site_name content='Tarra Post'>\
             <link rel=canonical href='https://example.org/a'></head>",
        );
        assert_eq!(found.title.as_deref(), Some("Two tolls"));
        assert_eq!(found.outlet.as_deref(), Some("Tarra Post"));
        assert_eq!(found.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(found.language.as_deref(), Some("en-GB"));
        assert_eq!(found.published.unwrap().date().to_string(), "2025-03-04");
    }

    #[test]
    fn linked_data() {
        let found = of(
            r#"<script type="application/ld+json">{"@context":"https://schema.org",
            "@graph":[{"@type":"WebSite","name":"no"},{"@type":["NewsArticle"],"headline":"H",
            "datePublished":"2024-12-01","publisher":{"@type":"Organization","name":"P"}}]}
            </script><time datetime="2020-01-01">then</time>"#,
        );
        assert_eq!(found.title.as_deref(), Some("H"));
        assert_eq!(found.outlet.as_deref(), Some("P"));
        assert_eq!(found.published.unwrap().as_written(), "2024-12-01");
    }

    #[test]
    fn dates_as_pages_write_them() {
        for (written, day) in [
            ("2025-10-22T14:00:00+0000", "2025-10-22"),
            ("2025-10-22 14:00", "2025-10-22"),
            ("2025-10-22T14:00:00.000Z", "2025-10-22"),
            ("Wed, 22 Oct 2025 14:00:00 GMT", "2025-10-22"),
        ] {
            let found = date(written).map(|d| d.date().to_string());
            assert_eq!(found.as_deref(), Some(day), "{written}");
        }
        assert!(date("yesterday").is_none());
    }

    #[test]
    fn nothing_said() {
        let found = of("<p>x");
        assert!(found.title.is_none() && found.published.is_none() && found.url.is_none());
    }
}
