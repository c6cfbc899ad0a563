//! One entry: from its XML to a report.

use super::date;
use super::element::{Element, Elements};
use super::id::Scope;
use super::namespace::{Namespaces, Vocabulary};
use super::text::{Piece, Written, body, is_cut, is_marked_cut, line, without_trailer};
use crate::address;
use crate::html::PageError;
use crate::input::ItemError;
use crate::input::lines::short;
use crate::{Note, Report};

/// What is said where a date cannot be read.
const DATES: &str = "a date such as `Wed, 22 Oct 2025 14:00:00 GMT` or `2025-10-22T14:00:00Z`";

/// A description of RSS that is at least this long, in characters, is taken for the whole text:
/// RSS has no other place for one without an extension.
const WHOLE: usize = 1200;

/// Most authors of an entry that are kept.
const MOST_AUTHORS: usize = 64;

/// What a feed says of itself, for entries that do not say it.
#[derive(Debug, Default)]
pub(super) struct About {
    /// Its title: the outlet.
    pub(super) title: Option<String>,
    /// Within what the ids of its entries hold.
    pub(super) scope: Scope,
    /// Author of entries that name none.
    pub(super) author: Option<String>,
    pub(super) namespaces: Namespaces,
}

/// What an entry holds.
#[derive(Debug, Default)]
struct Fields {
    title: Option<Piece>,
    /// The text as such: `content:encoded`, Atom's `content`.
    content: Option<Piece>,
    /// Atom's `summary`.
    summary: Option<Piece>,
    /// RSS's `description`, either of the two.
    description: Option<Piece>,
    link: Option<String>,
    /// Where FeedBurner found it.
    original: Option<String>,
    id: Option<String>,
    /// Whether the id is also the address, where RSS says so.
    permanent: bool,
    published: Option<(&'static str, String)>,
    updated: Option<(&'static str, String)>,
    authors: Vec<String>,
    source: Option<String>,
    language: Option<String>,
}

/// The report of an entry.
pub(super) fn report(xml: &str, about: &About) -> Result<Report, ItemError> {
    let fields = fields(xml, about).map_err(|what| ItemError::Broken { what })?;
    let date = |written: &Option<(&'static str, String)>| {
        written
            .as_ref()
            .map(|(field, written)| {
                date::read(written).ok_or_else(|| ItemError::Field {
                    field,
                    value: format!("{:?}", short(written.clone())),
                    allowed: DATES,
                })
            })
            .transpose()
    };
    let updated = date(&fields.updated)?;
    let published = date(&fields.published)?.or_else(|| updated.clone());
    let outlet = fields.source.clone().or_else(|| about.title.clone());
    let (text, title, summary) = words(&fields, outlet.as_deref()).map_err(ItemError::Page)?;
    let url = address(&fields);
    let id = about.scope.id(fields.id.as_deref(), url.as_deref());
    let mut report = Report {
        title,
        // An entry that was never changed says so by the same date twice.
        updated: updated.filter(|updated| {
            let published = published.as_ref();
            published.is_none_or(|published| !updated.is_same_time(published))
        }),
        published,
        outlet,
        url,
        language: fields.language.clone(),
        author: authors(&fields).or_else(|| about.author.clone()),
        summary,
        ..Report::from_text(text)
    };
    if let Some(id) = id {
        report.id = id;
        report.versioned = true;
    }
    if summary {
        report.notes.push(Note::summary_only());
    }
    Ok(report)
}

/// The text, the headline, and whether the text is less than the whole.
fn words(
    fields: &Fields,
    outlet: Option<&str>,
) -> Result<(String, Option<String>, bool), PageError> {
    let title = fields.title.as_ref().map(line).transpose()?.flatten();
    let text = |piece: &Option<Piece>| -> Result<Option<String>, PageError> {
        let text = piece.as_ref().map(body).transpose()?;
        let text = text.map(|text| without_trailer(&text, title.as_deref(), outlet).to_owned());
        Ok(text.filter(|text| !text.trim().is_empty()))
    };
    if let Some(text) = text(&fields.content)? {
        // What is wrongly taken for less than the whole never replaces an older version.
        let cut = is_marked_cut(&text);
        return Ok((text, title, cut));
    }
    if let Some(text) = text(&fields.description)? {
        let cut = text.chars().count() < WHOLE || is_cut(&text);
        return Ok((text, title, cut));
    }
    if let Some(text) = text(&fields.summary)? {
        return Ok((text, title, true));
    }
    match title {
        // Of an entry that is a headline only, the headline is all there is to be read.
        Some(title) => Ok((title.clone(), Some(title), true)),
        None => Ok((String::new(), None, true)),
    }
}

/// Where the entry stands on the web.
fn address(fields: &Fields) -> Option<String> {
    let permanent = || fields.id.as_ref().filter(|_| fields.permanent);
    [&fields.original, &fields.link]
        .into_iter()
        .flatten()
        .chain(permanent())
        .find(|url| address::is_web(url))
        .cloned()
}

fn authors(fields: &Fields) -> Option<String> {
    (!fields.authors.is_empty()).then(|| fields.authors.join(", "))
}

fn fields(xml: &str, about: &About) -> Result<Fields, String> {
    let mut elements = Elements::new(xml, about.namespaces.clone());
    let mut fields = Fields::default();
    let Some((_, attributes)) = elements.enter()? else {
        return Ok(fields);
    };
    let lang = attributes.iter().find(|(key, _)| key == "xml:lang");
    fields.language = lang.and_then(|(_, tag)| crate::language::well_formed(tag));
    while let Some(element) = elements.next()? {
        take(&mut fields, &element);
    }
    Ok(fields)
}

fn take(fields: &mut Fields, element: &Element<'_>) {
    let text = element.text.trim();
    let is_empty = text.is_empty() && !element.has_children;
    match (element.vocabulary, element.name.as_str()) {
        (Vocabulary::FeedBurner, "origLink") if !is_empty => {
            fields.original = Some(text.to_owned());
        }
        (Vocabulary::Content, "encoded") if !is_empty => {
            fields.content = Some(html_of(element));
        }
        (Vocabulary::Dublin, "date" | "issued" | "created") if !is_empty => {
            let field = "dc:date";
            fields.published.get_or_insert((field, text.to_owned()));
        }
        (Vocabulary::Dublin, "modified") if !is_empty => {
            fields.updated = Some(("dcterms:modified", text.to_owned()));
        }
        (Vocabulary::Dublin, "creator") if !is_empty => add_author(fields, text),
        (Vocabulary::Dublin, "language") if !is_empty => {
            fields.language = crate::language::well_formed(text);
        }
        (Vocabulary::Feed, name) => take_own(fields, element, name, is_empty),
        _ => {}
    }
}

/// An element of RSS or Atom themselves.
fn take_own(fields: &mut Fields, element: &Element<'_>, name: &str, is_empty: bool) {
    let text = element.text.trim();
    match name {
        "link" => take_link(fields, element),
        _ if is_empty => {}
        "title" => fields.title = Some(construct(element)),
        "content" if element.attribute("src").is_none() && is_text(element) => {
            fields.content.get_or_insert_with(|| construct(element));
        }
        "summary" => fields.summary = Some(construct(element)),
        "description" => fields.description = Some(construct(element)),
        "guid" | "id" => {
            fields.id = Some(text.to_owned());
            fields.permanent = name == "guid"
                && element
                    .attribute("isPermaLink")
                    .is_none_or(|v| v != "false");
        }
        "pubDate" => fields.published = Some(("pubDate", text.to_owned())),
        "published" | "issued" => fields.published = Some(("published", text.to_owned())),
        "updated" | "modified" => fields.updated = Some(("updated", text.to_owned())),
        "author" => match element.child("name") {
            Some(name) => add_author(fields, name),
            None if !element.has_children => add_author(fields, mailbox(text)),
            None => {}
        },
        // RSS: where the item came from; Atom: the feed that the entry was copied from.
        "source" => {
            let title = element.child("title").unwrap_or(text);
            let is_name = !element.has_children || element.child("title").is_some();
            if is_name && !title.is_empty() {
                fields.source = Some(title.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
        _ => {}
    }
}

fn take_link(fields: &mut Fields, element: &Element<'_>) {
    let text = element.text.trim();
    let rel = element.attribute("rel").unwrap_or("alternate");
    let target = match element.attribute("href") {
        Some(href) if rel == "alternate" => href,
        Some(_) => return,
        None => text,
    };
    if !target.is_empty() {
        fields.link.get_or_insert_with(|| target.to_owned());
    }
}

/// Whether Atom's `content` is text, and no picture or other medium.
fn is_text(element: &Element<'_>) -> bool {
    element.attribute("type").is_none_or(|kind| {
        matches!(kind, "text" | "html" | "xhtml")
            || kind.starts_with("text/")
            || kind.contains("html")
    })
}

fn add_author(fields: &mut Fields, name: &str) {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let authors = &fields.authors;
    if !name.is_empty() && authors.len() < MOST_AUTHORS && !authors.contains(&name) {
        fields.authors.push(name);
    }
}

/// RSS gives an author as `desk@tarra.example (Night Desk)`.
fn mailbox(text: &str) -> &str {
    match text.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end().trim_end_matches(')'),
        _ => text,
    }
}

/// A text of which `type` says how it is written; in RSS nothing does.
fn construct(element: &Element<'_>) -> Piece {
    match element.attribute("type") {
        _ if element.has_children => html_of(element),
        Some("text" | "text/plain") => Piece {
            text: element.text.clone(),
            written: Written::Plain,
        },
        Some(kind) if kind.contains("html") => html_of(element),
        _ => Piece {
            text: element.text.clone(),
            written: Written::Unsaid,
        },
    }
}

/// Markup that was not escaped stands in the XML itself.
fn html_of(element: &Element<'_>) -> Piece {
    let text = if element.has_children {
        element.raw.to_owned()
    } else {
        element.text.clone()
    };
    Piece {
        text,
        written: Written::Html,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NoteCode;

    fn of(xml: &str) -> Result<Report, String> {
        let about = About {
            title: Some("Tarra Post".to_owned()),
            scope: Scope::new(None, &[Some("https://tarra.example/rss")]),
            ..About::default()
        };
        report(xml, &about).map_err(|error| error.to_string())
    }

    #[test]
    fn an_item_of_rss() {
        let report = of("<item><title>Road &amp;amp; bridge closed</title>\
            <link>https://tarra.example/a?x=1&amp;y=2</link><guid isPermaLink='false'>4711</guid>\
            <pubDate>Wed, 22 Oct 2025 14:00:00 +0200</pubDate>\
            <author>desk@tarra.example (Night Desk)</author><dc:creator>Ilma Ode</dc:creator>\
            <description>Two held […]</description>\
            <content:encoded><![CDATA[<p>Two men were held.</p><p>Nobody was hurt.</p>]]>\
            </content:encoded></item>")
        .unwrap();
        assert_eq!(report.title.as_deref(), Some("Road & bridge closed"));
        assert_eq!(report.text, "Two men were held.\n\nNobody was hurt.");
        assert_eq!(
            report.url.as_deref(),
            Some("https://tarra.example/a?x=1&y=2")
        );
        assert_eq!(report.id, "https://tarra.example/rss#4711");
        assert!(report.versioned && !report.summary);
        assert_eq!(
            report.published.unwrap().as_written(),
            "2025-10-22T14:00:00+02:00"
        );
        assert_eq!(report.author.as_deref(), Some("Night Desk, Ilma Ode"));
        assert_eq!(report.outlet.as_deref(), Some("Tarra Post"));
        assert!(report.updated.is_none());
    }

    #[test]
    fn an_entry_of_atom() {
        let report = of(
            "<entry xml:lang='en'><title type='html'>&lt;b&gt;Road&lt;/b&gt; closed</title>\
            <link rel='self' href='https://tarra.example/self'/>\
            <link href='https://tarra.example/a'/><id>tag:tarra.example,2025:a</id>\
            <published>2025-10-22T14:00:00Z</published><updated>2025-10-23T08:00:00Z</updated>\
            <author><name>Ilma Ode</name><email>x@tarra.example</email></author>\
            <source><title>Wire Desk</title><id>w</id></source>\
            <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Two &amp; three.</p>\
            <p>End.</p></div></content></entry>",
        )
        .unwrap();
        assert_eq!(report.title.as_deref(), Some("Road closed"));
        assert_eq!(report.text, "Two & three.\n\nEnd.");
        assert_eq!(report.id, "tag:tarra.example,2025:a");
        assert_eq!(report.url.as_deref(), Some("https://tarra.example/a"));
        assert_eq!(report.updated.unwrap().as_written(), "2025-10-23T08:00:00Z");
        assert_eq!(report.outlet.as_deref(), Some("Wire Desk"));
        assert_eq!(report.author.as_deref(), Some("Ilma Ode"));
        assert_eq!(report.language.as_deref(), Some("en"));
    }

    #[test]
    fn text_of_atom_is_no_markup() {
        let report = of(
            "<entry><title type='text'>Toll &lt; 5 &amp;amp; rising</title>\
            <summary type='text'>Use &lt;b&gt; here</summary></entry>",
        )
        .unwrap();
        assert_eq!(report.title.as_deref(), Some("Toll < 5 &amp; rising"));
        assert_eq!(report.text, "Use <b> here");
    }

    #[test]
    fn summaries_are_marked() {
        let long = format!("<p>{}</p>", "The road was closed on Monday. ".repeat(60));
        let is_summary = |inner: &str| {
            let report = of(&format!("<item><title>T</title>{inner}</item>")).unwrap();
            let noted = report.notes.iter().any(|n| n.code == NoteCode::SummaryOnly);
            assert_eq!(noted, report.summary);
            report.summary
        };
        let escaped = long.replace('<', "&lt;");
        assert!(is_summary(
            "<description>The road was closed.</description>"
        ));
        assert!(!is_summary(&format!(
            "<description>{escaped}</description>"
        )));
        assert!(is_summary(&format!(
            "<description>{escaped}&lt;p&gt;Read more&lt;/p&gt;</description>"
        )));
        assert!(is_summary(&format!("<summary>{escaped}</summary>")));
        assert!(!is_summary("<content:encoded>Closed.</content:encoded>"));
        assert!(is_summary("<content:encoded>Closed […]</content:encoded>"));
        // An ellipsis of the writer's own, and a link below the whole.
        assert!(!is_summary(
            "<content:encoded>Nobody knows who fired…</content:encoded>"
        ));
        assert!(!is_summary(
            "<content:encoded>&lt;p&gt;Nine were hurt, not four.&lt;/p&gt;\
             &lt;p&gt;Read more&lt;/p&gt;</content:encoded>"
        ));
        let headline = of("<item><title>Road closed</title></item>").unwrap();
        assert_eq!(
            (headline.text.as_str(), headline.summary),
            ("Road closed", true)
        );
    }

    #[test]
    fn the_same_moment_twice_is_no_change() {
        let updated = |published: &str, updated: &str| {
            of(&format!(
                "<entry><title>T</title><published>{published}</published>\
                 <updated>{updated}</updated></entry>"
            ))
            .unwrap()
            .updated
            .map(|date| date.as_written().to_owned())
        };
        let noon = "2025-10-22T12:00:00Z";
        for same in [
            noon,
            "2025-10-22T14:00:00+02:00",
            "2025-10-22T12:00:00.000Z",
        ] {
            assert_eq!(updated(noon, same), None, "{same}");
        }
        for other in ["2025-10-22T12:00:00+02:00", "2025-10-22", "2025-10-23"] {
            assert_eq!(updated(noon, other).as_deref(), Some(other));
        }
        assert_eq!(updated("2025-10-22", "2025-10-22"), None);
    }

    #[test]
    fn authors_are_counted() {
        let authors: Vec<String> = (0..200_000)
            .map(|n| format!("<author>{n}</author>"))
            .collect();
        let start = std::time::Instant::now();
        let report = of(&format!(
            "<item><title>T</title>{}</item>",
            authors.concat()
        ))
        .unwrap();
        let names = report.author.unwrap();
        assert_eq!(names.split(", ").count(), MOST_AUTHORS);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    #[test]
    fn what_blog_programs_append_goes_and_news_of_posts_stays() {
        let text = |text: &str| {
            of(&format!(
                "<item><title>Guards taken</title><content:encoded>{text}</content:encoded></item>"
            ))
            .unwrap()
            .text
        };
        assert_eq!(
            text(
                "&lt;p&gt;Closed.&lt;/p&gt;&lt;p&gt;The post &lt;a href=x&gt;Guards taken&lt;/a&gt; appeared \
                 first on &lt;a href=y&gt;Quarry News&lt;/a&gt;.&lt;/p&gt;"
            ),
            "Closed."
        );
        let news = "The post in which he claimed the raid appeared first on his channel.";
        assert_eq!(text(news), news);
        assert_eq!(
            of(&format!("<item><title>{news}</title></item>"))
                .unwrap()
                .title
                .as_deref(),
            Some(news)
        );
    }

    #[test]
    fn mistakes_name_field_value_and_what_is_allowed() {
        let error = of("<item><title>T</title><pubDate>soon</pubDate></item>").unwrap_err();
        for word in ["`pubDate`", "\"soon\"", "2025-10-22"] {
            assert!(error.contains(word), "{error}");
        }
        assert!(of("<item><title>T</b></item>").is_err());
    }

    #[test]
    fn without_an_id_the_address_or_the_text_is_one() {
        let by = |xml: &str| of(xml).map(|r| (r.id, r.versioned)).unwrap();
        let address = "https://tarra.example/a".to_owned();
        assert_eq!(
            by("<item><title>T</title><link>https://tarra.example/a</link></item>"),
            (address, true)
        );
        let (id, versioned) = by("<item><title>T</title></item>");
        assert!(id.len() == 64 && !versioned);
    }
}
