"""Sheets and incidents as a notebook shows them.

What reports say is hostile: every word of it is escaped, nothing of it becomes a link, a tag or an
attribute without quotes, and what would hide or turn text is shown for what it is.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Callable, Iterable, List, Optional, Sequence, Tuple, TypeVar

from sayso import _show

if TYPE_CHECKING:
    from sayso.types import Answer, Event, Finding, Incident, Quoted, Sheet, Statement

# Half-transparent, so that a mark is seen on a light page and on a dark one; each with a line of its
# own, for those who do not tell colours apart.
STYLE = """<style>
.sayso { max-width: 62rem; line-height: 1.5; }
.sayso table { border-collapse: collapse; margin: .6rem 0; font-size: .92em; }
.sayso td, .sayso th { text-align: start !important; vertical-align: top; white-space: normal;
  padding: .25rem .8rem .25rem 0; border-bottom: 1px solid rgba(128, 128, 128, .35); }
.sayso td.brief { white-space: nowrap; }
.sayso .text { white-space: pre-wrap; margin: .6rem 0; padding: .5rem .8rem;
  border-inline-start: 3px solid rgba(128, 128, 128, .5); }
.sayso .faint { opacity: .75; }
.sayso .speaker { background: rgba(30, 110, 220, .22); border-bottom: 2px solid #3b82d0; }
.sayso .cue { border-bottom: 2px dotted #3b82d0; }
.sayso .content { background: rgba(30, 110, 220, .09); }
.sayso .event { background: rgba(220, 90, 20, .25); border-bottom: 2px solid #c8641e; }
.sayso .toll { background: rgba(200, 20, 60, .22); border-bottom: 2px double #c02848; }
.sayso .place { border-bottom: 2px solid #2c9a57; }
.sayso .time { border-bottom: 2px dashed #8a62c0; }
</style>"""

LEGEND = (
    ("speaker", "who says it"),
    ("cue", "says"),
    ("content", "what is said"),
    ("event", "event"),
    ("toll", "toll"),
    ("place", "place"),
    ("time", "time"),
)

Mark = Tuple[int, int, str, str]

T = TypeVar("T")

# Of a long list so many are shown from its beginning, and as many from its end: a notebook keeps what
# it has shown.
SHOWN = 20

# Characters of a cell that stays on one line.
BRIEF = 14


def escaped(text: object) -> str:
    """Text for a page, in or out of an attribute."""
    return html.escape(_show.visible(str(text)), quote=True)


def sheet(one: Sheet) -> str:
    """A report with its marks, who says what in it, and what happened."""
    report = one.report
    facts = [report.outlet, report.published, report.language]
    told = " · ".join(escaped(fact) for fact in facts if fact)
    parts = [
        STYLE,
        '<div class="sayso">',
        f'<strong dir="auto">{escaped(report.title or "(no title)")}</strong>',
        f'<div class="faint">{told}</div>' if told else "",
        f'<div class="text" dir="auto">{marked(report.text, marks(one))}</div>',
        _legend(),
        _statements(one),
        _events(one),
        _notes(one),
        "</div>",
    ]
    return "\n".join(part for part in parts if part)


def marks(one: Sheet) -> List[Mark]:
    """Where what was found stands, and what is shown above it."""
    found: List[Mark] = []

    def add(parts: Iterable[Optional[Quoted]], name: str, title: str) -> None:
        found.extend((part.span[0], part.span[1], name, title) for part in parts if part)

    for statement in one.statements:
        title = f"{statement.act}: {one.speaker(statement) or 'nobody named'}"
        for source in statement.sources:
            found.append((source.span[0], source.span[1], "speaker", title))
        add([statement.cue], "cue", title)
        add(statement.content, "content", title)
    for event in one.events:
        add([event.anchor], "event", f"{event.acled or event.plover}: {event.status}")
        for toll in event.tolls:
            found.append((toll.span[0], toll.span[1], "toll", _show.toll_words(toll)))
    for place in one.places:
        found.append((place.span[0], place.span[1], "place", ", ".join(
            part for part in (place.name, place.admin1, place.country) if part
        )))
    for time in one.times:
        found.append((time.span[0], time.span[1], "time", time.value))
    return found


def marked(text: str, found: Sequence[Mark]) -> str:
    """The text in pieces, each with the classes and titles of all marks that lie over it."""
    found = [mark for mark in found if 0 <= mark[0] < mark[1] <= len(text)]
    edges = sorted({0, len(text), *(m[0] for m in found), *(m[1] for m in found)})
    out = []
    for start, end in zip(edges, edges[1:]):
        over = [mark for mark in found if mark[0] <= start and end <= mark[1]]
        piece = escaped(text[start:end])
        if over:
            names = " ".join(dict.fromkeys(mark[2] for mark in over))
            title = "; ".join(dict.fromkeys(mark[3] for mark in over))
            piece = f'<span class="{names}" title="{escaped(title)}">{piece}</span>'
        out.append(piece)
    return "".join(out)


def table(heads: Sequence[str], rows: Iterable[Sequence[Optional[object]]]) -> str:
    """A table; its cells are text."""
    body = []
    for row in rows:
        body.append(f"<tr>{''.join(map(_cell, row))}</tr>")
    if not body:
        return ""
    head = "".join(f"<th>{escaped(head)}</th>" for head in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _cell(cell: Optional[object]) -> str:
    words = "" if cell is None else str(cell)
    # A day or a number is not broken into two lines.
    brief = ' class="brief"' if len(words) <= BRIEF else ""
    return f'<td dir="auto"{brief}>{escaped(words)}</td>'


def _legend() -> str:
    shown = " &nbsp; ".join(f'<span class="{name}">{words}</span>' for name, words in LEGEND)
    return f'<div class="faint">{shown}</div>'


def _statements(one: Sheet) -> str:
    def row(statement: Statement) -> List[Optional[str]]:
        act = f"{statement.act} (negated)" if statement.polarity == "negated" else statement.act
        return [
            one.speaker(statement) or "nobody named",
            act,
            " … ".join(part.quote for part in statement.content),
            statement.certainty,
        ]

    return table(["who says", "act", "what", "certainty"], map(row, one.statements))


def _events(one: Sheet) -> str:
    def row(event: Event) -> List[Optional[str]]:
        tolls = "; ".join(_show.toll_words(toll) for toll in event.tolls)
        return [
            event.acled or event.plover,
            event.anchor.quote,
            event.status,
            "; ".join(side.quote for side in event.side_a),
            "; ".join(side.quote for side in event.side_b),
            event.place.name if event.place else None,
            _show.days(event.time) if event.time else None,
            tolls or _show.tolls_unknown(event),
        ]

    heads = ["event", "words", "status", "side a", "side b", "place", "days", "toll"]
    return table(heads, map(row, one.events))


def _notes(one: Sheet) -> str:
    return table(["note", ""], ([note.code, note.message] for note in one.notes))


def incident(one: Incident) -> str:
    """What is known of an incident, question by question, and on whose say-so."""
    names = {origin.id: origin.name for origin in one.origins}
    place = one.place.name if one.place else None
    facts = [one.acled, place, _show.days(one), _show.counted(reports=one.reports)]
    told = " · ".join(escaped(fact) for fact in facts if fact)

    def says(answer: Answer) -> str:
        value = answer.value if answer.value is not None else answer.stance
        denied = "denies " if answer.stance == "denies" else ""
        late = " (superseded)" if answer.superseded else ""
        return f"{names.get(answer.origin, answer.origin)}: {denied}{value}{late}"

    def row(finding: Finding) -> List[Optional[object]]:
        return [
            finding.question,
            finding.status,
            span_of(finding),
            "; ".join(dict.fromkeys(map(says, finding.answers))),
        ]

    return "\n".join(
        [
            STYLE,
            '<div class="sayso">',
            f'<strong dir="auto">{escaped(one.title)}</strong>',
            f'<div class="faint">{told}</div>',
            table(["question", "status", "low – high", "who says what"], map(row, one.findings)),
            table(
                ["origin", "why", "reports"],
                ([origin.name, origin.why, len(origin.reports)] for origin in one.origins),
            ),
            "</div>",
        ]
    )


def span_of(finding: Finding) -> Optional[str]:
    """``11 – 15, conservative 11``."""
    if finding.low is None:
        return None
    span = str(finding.low) if finding.low == finding.high else f"{finding.low} – {finding.high}"
    return span if finding.conservative is None else f"{span}, conservative {finding.conservative}"


def listed(
    heads: Sequence[str],
    things: Sequence[T],
    row: Callable[[T], Sequence[Optional[object]]],
    told: str,
) -> str:
    """A list of things, and a line below it; of a long one the first and the last."""
    left_out = len(things) - 2 * SHOWN
    if left_out <= 0:
        parts = [table(heads, map(row, things))]
    else:
        parts = [
            table(heads, map(row, things[:SHOWN])),
            f'<div class="faint">… {left_out:,} more …</div>',
            table(heads, map(row, things[-SHOWN:])),
        ]
    below = f'<div class="faint">{escaped(told)}</div>'
    return "\n".join([STYLE, '<div class="sayso">', *parts, below, "</div>"])
