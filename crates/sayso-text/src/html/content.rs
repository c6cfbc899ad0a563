//! The words of a page's elements: paragraphs parted by blank lines, no tags, no scripts.

use dom_query::NodeRef;

/// Elements whose content is no text of the article; captions tell of the picture.
const SILENT: &[&str] = &[
    "audio",
    "button",
    "canvas",
    "embed",
    "figcaption",
    "iframe",
    "input",
    "math",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "video",
];

/// Elements around the article, left out when the whole page has to be read.
const AROUND: &[&str] = &["aside", "dialog", "footer", "form", "header", "menu", "nav"];

/// Elements that stand in a paragraph of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// The text below `root`, in document order; `whole_page` leaves out navigation and the like.
///
/// White space is as a browser shows it: runs are one space, `<br>` is a line end, blocks are
/// paragraphs. Soft hyphens, which only say where a line may break, are left out.
pub(super) fn text(root: NodeRef<'_>, whole_page: bool) -> String {
    let mut flow = Flow::default();
    let mut node = root;
    loop {
        let entered = enter(&mut flow, &node, whole_page);
        if entered && let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        // Up until something follows.
        loop {
            leave(&mut flow, &node);
            if node.id == root.id {
                return flow.finish();
            }
            if let Some(sibling) = node.next_sibling() {
                node = sibling;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return flow.finish(),
            }
        }
    }
}

/// Whether the node's children are to be read.
fn enter(flow: &mut Flow, node: &NodeRef<'_>, whole_page: bool) -> bool {
    if node.is_text() {
        flow.push(&node.text());
        return false;
    }
    let Some(name) = node.node_name() else {
        // The document itself.
        return true;
    };
    let name: &str = &name;
    if !node.is_element() {
        return node.first_child().is_some() && !node.is_comment();
    }
    let hidden = || {
        node.has_attr("hidden")
            || node.attr("aria-hidden").is_some_and(|v| &*v == "true")
            || node.attr("style").is_some_and(|style| {
                let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
                style.contains("display:none") || style.contains("visibility:hidden")
            })
    };
    if name == "head"
        || SILENT.contains(&name)
        || (whole_page && AROUND.contains(&name))
        || hidden()
    {
        return false;
    }
    match name {
        "br" => flow.line(),
        "td" | "th" => flow.space(),
        _ if BLOCKS.contains(&name) => flow.paragraph(),
        _ => {}
    }
    true
}

fn leave(flow: &mut Flow, node: &NodeRef<'_>) {
    if let Some(name) = node.node_name() {
        let name: &str = &name;
        if BLOCKS.contains(&name) {
            flow.paragraph();
        }
    }
}

/// Text that grows with at most one gap between two words.
#[derive(Default)]
struct Flow {
    text: String,
    gap: Gap,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

impl Flow {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.space();
            } else if c != '\u{ad}' {
                if !self.text.is_empty() {
                    self.text.push_str(match self.gap {
                        Gap::None => "",
                        Gap::Space => " ",
                        Gap::Line => "\n",
                        Gap::Paragraph => "\n\n",
                    });
                }
                self.gap = Gap::None;
                self.text.push(c);
            }
        }
    }

    fn space(&mut self) {
        self.gap = self.gap.max(Gap::Space);
    }

    fn line(&mut self) {
        // Two line ends in a row are how old pages part paragraphs.
        self.gap = if self.gap >= Gap::Line {
            Gap::Paragraph
        } else {
            Gap::Line
        };
    }

    fn paragraph(&mut self) {
        self.gap = Gap::Paragraph;
    }

    fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str, whole_page: bool) -> String {
        let document = dom_query::Document::from(html);
        text(document.root(), whole_page)
    }

    #[test]
    fn paragraphs_and_entities() {
        assert_eq!(
            of(
                "<p>Two &amp; <b>th</b>ree.</p><p>It\u{ad}self<br>next</p><ul><li>a<li>b</ul>\
                 <script>no()</script><p hidden>no</p>",
                false
            ),
            "Two & three.\n\nItself\nnext\n\na\n\nb"
        );
    }

    #[test]
    fn leaves_out_what_stands_around() {
        assert_eq!(
            of("<nav>Home</nav><p>Text</p><footer>c</footer>", true),
            "Text"
        );
        assert_eq!(of("", true), "");
    }
}
