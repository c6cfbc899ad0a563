"""What a notebook shows; reports are hostile."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser
from typing import Dict, List, Optional, Tuple

import sayso
from sayso import _html, _show

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


HIDDEN = "\u202e\u200b\ufffb\ufff9\u3164\u115f\u034f\xad\u2066\U000e0041\x1b\x9b"


def test_one_list_of_what_hides_for_lines_and_pages() -> None:
    sheet = sayso.code(
        f"Police{HIDDEN}said so.\u2028Nobody\u2029did.", title=f"a{HIDDEN}b", outlet=HIDDEN
    )
    page = sheet._repr_html_()
    for hidden in f"{HIDDEN}\u2028\u2029":
        assert hidden not in page, hex(ord(hidden))
        assert hidden not in repr(sheet) and hidden not in repr(sheet.report), hex(ord(hidden))
        assert f"⟦U+{ord(hidden):04X}⟧" in "".join(Page(page).words)
    # What is no text is shown too, and nothing else is changed.
    assert _show.visible("a\ud800b") == "a⟦U+D800⟧b"
    for seen in ("Café, مرحبا 🕊️\n\t", "می\u200cرود", "👩\u200d🚒"):
        assert _show.visible(seen) == seen


def test_a_long_list_shows_its_first_and_its_last() -> None:
    sheet = sayso.code("Police said so.", title="Report")
    sheets = [
        dataclasses.replace(sheet, report=dataclasses.replace(sheet.report, title=f"Report {n}."))
        for n in range(5_000)
    ]
    page = sayso.Batch(sheets)._repr_html_()
    words = "".join(Page(page).words)
    assert "Report 0." in words and "Report 4999." in words and "Report 2500." not in words
    assert f"{5_000 - 2 * _html.SHOWN:,} more" in words
    assert len(page) < 20_000
    few = sayso.Batch(sheets[: 2 * _html.SHOWN])._repr_html_()
    assert "more …" not in few and "Report 20." in few
    incidents = sayso.link(sheets[:1])
    many = sayso.Incidents(list(incidents) * 3_000, [])._repr_html_() if incidents else ""
    assert len(many) < 20_000


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
