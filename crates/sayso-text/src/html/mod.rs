//! Web pages: the article's text and what the page says of itself.

mod content;
mod guard;
mod metadata;

pub(crate) use metadata::date;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use crate::report::content_id;
use crate::{Note, NoteCode, Report};

/// Below this many bytes an extracted article is taken for a failure of the extraction.
const SHORTEST_ARTICLE: usize = 140;

/// A page that would cost too much to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageError {
    /// Larger than any article's page.
    TooLarge {
        /// Its size.
        bytes: usize,
        /// Largest size allowed, in bytes.
        limit: usize,
    },
    /// More tags than any article's page, or tags that multiply each other.
    TooManyTags {
        /// Most tags allowed.
        limit: usize,
    },
    /// More signs that HTML escapes (`&`, non-breaking spaces) than a page of its length may have.
    TooManySigns {
        /// How many there are.
        signs: usize,
    },
    /// Elements nested deeper than any article's page.
    TooDeep {
        /// Deepest nesting allowed.
        limit: usize,
    },
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes, limit } => {
                write!(f, "the page has {bytes} bytes; at most {limit} are read")
            }
            Self::TooManyTags { limit } => write!(
                f,
                "the page has too many tags, or leaves too many open; at most {limit} are read"
            ),
            Self::TooManySigns { signs } => write!(
                f,
                "the page has {signs} signs to escape, such as `&`, which is too many for its \
                 length"
            ),
            Self::TooDeep { limit } => write!(
                f,
                "the page's elements are nested too deeply; at most {limit} levels are read"
            ),
        }
    }
}

impl std::error::Error for PageError {}

/// Makes a report of a page: the article's text, with title, date, outlet, address and language
/// where the page states them.
///
/// The text is the article's alone, paragraphs parted by blank lines; every span indexes this
/// text, not the page. Where no article can be told from its surroundings, the text is the whole
/// page's, with the note `no-article`.
///
/// # Errors
/// [`PageError`] for pages beyond the limits, which hostile pages are.
pub fn page(html: &str) -> Result<Report, PageError> {
    guard::check(html)?;
    // The libraries below are not ours; a panic in one of them costs this page its article, not
    // the run its other reports.
    let read = catch_unwind(AssertUnwindSafe(|| read(html)));
    Ok(read.unwrap_or_else(|_| without_article(Report::from_text(bare(html)))))
}

/// The text of a piece of HTML that is all content, such as an entry of a feed.
///
/// # Errors
/// As [`page`].
pub(crate) fn fragment(html: &str) -> Result<String, PageError> {
    guard::check(html)?;
    let read = catch_unwind(AssertUnwindSafe(|| {
        content::text(Document::from(html).root(), false)
    }));
    Ok(read.unwrap_or_else(|_| bare(html)))
}

fn read(html: &str) -> Report {
    let document = Document::from(html);
    let metadata = metadata::metadata(&document);
    let whole = content::text(document.body().unwrap_or_else(|| document.root()), true);
    let article = article(document).filter(|text| {
        // A page of a few words is its own article.
        text.len() >= SHORTEST_ARTICLE || text.len() * 2 >= whole.len()
    });
    let found = article.is_some();
    let text = article.unwrap_or(whole);
    let title = metadata.title;
    let report = Report {
        id: content_id(&text),
        title,
        text,
        published: metadata.published,
        outlet: metadata.outlet,
        url: metadata.url,
        language: metadata.language,
        author: metadata.author,
        ..Report::default()
    };
    if found {
        report
    } else {
        without_article(report)
    }
}

fn article(document: Document) -> Option<String> {
    let config = Config {
        disable_json_ld: true,
        ..Config::default()
    };
    let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
    readability.parse().ok()?;
    let root = readability.doc.select_single("#readability-page-1");
    let text = content::text(*root.nodes().first()?, false);
    (!text.is_empty()).then_some(text)
}

fn without_article(mut report: Report) -> Report {
    report.notes.push(Note {
        code: NoteCode::NoArticle,
        span: None,
        message:
            "No article could be told from the rest of the page: the text is the whole page's."
                .to_owned(),
    });
    report
}

/// The words between the tags, for pages that the libraries cannot read.
fn bare(html: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(tag) = guard::next_tag(html, at) {
        words.extend(html.get(at..tag.start).unwrap_or("").split_whitespace());
        at = if guard::is_raw(&tag.name) && !tag.closes {
            guard::end_of_raw(html, tag.end, &tag.name)
        } else {
            tag.end
        };
        at = html[at..].find('>').map_or(html.len(), |i| at + i + 1);
    }
    words.extend(html[at..].split_whitespace());
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><html lang=en><head><title>Road closed | Tarra Post</title>\
        <meta property=og:site_name content='Tarra Post'><script>var a='<p>no</p>';</script></head>\
        <body><nav><a href=/>Home</a> <a href=/w>World</a></nav><article><h1>Road closed</h1>\
        <p>The road from Tarra to the mines was closed on Monday after an exchange of fire near \
        the bridge, the governor&rsquo;s office said, and drivers were told to wait.</p>\
        <p>Nobody was hurt, according to the office &amp; the town council, which met in the \
        evening to hear the officer in charge, who blamed the men of the quarry.</p>\
        <p>The quarry&#8217;s owners denied that any of their guards had left the site, and asked \
        for an inquiry by the province, which has not answered so far.</p></article>\
        <aside><a href=/x>Read also: ten recipes</a></aside><footer>All rights</footer></body></html>";

    #[test]
    fn takes_the_article_alone() {
        let report = page(PAGE).unwrap();
        assert_eq!(report.title.as_deref(), Some("Road closed"));
        assert_eq!(report.outlet.as_deref(), Some("Tarra Post"));
        assert_eq!(report.language.as_deref(), Some("en"));
        assert!(
            report.text.starts_with("The road from Tarra"),
            "{}",
            report.text
        );
        assert!(report.text.contains("governor’s office"));
        assert!(
            report
                .text
                .contains("\n\nNobody was hurt, according to the office & the town")
        );
        for word in ["Home", "recipes", "rights", "var", "<p>"] {
            assert!(!report.text.contains(word), "{word} in {}", report.text);
        }
        assert!(report.notes.is_empty());
    }

    #[test]
    fn the_same_page_gives_the_same_text() {
        assert_eq!(page(PAGE), page(PAGE));
    }

    #[test]
    fn a_page_without_article_is_read_whole() {
        let links = "<a href=/x>One</a> ".repeat(60);
        let report = page(&format!("<body><div>{links}</div><p>Closed.</p></body>")).unwrap();
        assert!(report.text.contains("Closed."));
    }

    #[test]
    fn bare_words() {
        assert_eq!(bare("a<b>c</b><script>no</script >d"), "a c d");
    }

    #[test]
    fn hostile_pages_end() {
        assert!(page(&"<div>".repeat(200_000)).is_err());
        assert!(page(&"<p><b>".repeat(4000)).is_ok_and(|r| r.text.is_empty()));
        assert!(page("<table><tr><table><td>x</b></table>").is_ok());
        assert!(page("\0<\u{202e}<<<>>&#x0;&#xd800;<p").is_ok());
        assert!(page("").is_ok_and(|r| r.text.is_empty()));
    }
}
