"""What a notebook shows; reports are hostile."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Dict, List, Optional, Tuple

import sayso

TAGS = {
    "style", "div", "strong", "span", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"class", "dir", "title"}


class Page(HTMLParser):
    """The tags, attributes and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: List[str] = []
        self.words: List[str] = []
        self.marked: Dict[str, List[str]] = {}
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: List[Tuple[str, Optional[str]]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, f"{tag} {name}={value}"
        self.open.append(tag)
        for one in (dict(attrs).get("class") or "").split():
            self.marked.setdefault(one, []).append("")
        self.classes = (dict(attrs).get("class") or "").split()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.classes = []

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)
            for one in self.classes:
                self.marked[one][-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


HOSTILE = (
    "<script>alert(1)</script> \"><img src=x onerror=alert(2)> '><svg/onload=alert(3)> "
    "<!-- --> </div></td></style><style>*{display:none}</style> javascript:alert(4) &lt;b&gt; "
)


def test_nothing_of_a_report_is_markup() -> None:
    text = (
        f"{HOSTILE}The {HOSTILE} Army said on Monday that rebels had shelled Harim, killing two "
        f"people. {HOSTILE}"
    )
    sheet = sayso.code(
        text,
        published="2025-05-13",
        title=HOSTILE,
        outlet=HOSTILE,
        url="javascript:alert(5)",
        id=HOSTILE,
        author=HOSTILE,
    )
    page = Page(sheet._repr_html_())
    words = "".join(page.words)
    assert words.count("<script>alert(1)</script>") >= 4
    assert "&lt;b&gt;" in words
    batch = sayso.code_many([sheet.report, {"text": HOSTILE, "published": HOSTILE}])
    Page(batch._repr_html_())
    incidents = sayso.link(batch)
    Page(incidents._repr_html_())
    for incident in incidents:
        Page(incident._repr_html_())


def test_what_turns_or_hides_text_is_shown_for_what_it_is() -> None:
    page = sayso.code("The army said \u202egnihton\u202c and no\u200bthing.")._repr_html_()
    for hidden in "\u202e\u202c\u200b":
        assert hidden not in page
    assert "⟦U+202E⟧gnihton⟦U+202C⟧" in "".join(Page(page).words)


def test_marks_lie_where_the_findings_do() -> None:
    text = "Rebels shelled Harim on Monday, killing two people, the army said."
    sheet = sayso.code(text, published="2025-05-13")
    marked = Page(sheet._repr_html_()).marked
    assert "the army" in marked["speaker"]
    assert "shelled" in marked["event"]
    assert "Harim" in marked["place"]
    assert "Monday" in marked["time"]
    assert any("two" in words for words in marked["toll"])


def test_the_text_stands_there_whole(batch: sayso.Batch) -> None:
    for sheet in batch:
        words = "".join(Page(sheet._repr_html_()).words)
        assert sheet.report.text in words


def test_an_incident_shows_who_gives_which_figure(batch: sayso.Batch) -> None:
    incident = sayso.link(batch)[0]
    words = "".join(Page(incident._repr_html_()).words)
    assert incident.title in words
    for origin in incident.origins:
        assert origin.name in words
