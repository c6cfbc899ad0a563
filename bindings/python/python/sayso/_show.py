"""One readable line for each kind of object: what a notebook or a log shows of it."""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, Iterable, Optional

from sayso import _native

LONGEST = 80

HALF = re.compile("[\ud800-\udfff]")
"""Halves of a character, which only Python's strings can hold alone: such a string is no text, and
cannot be handed to the program."""

LARGEST = 2**63
"""Whole numbers beyond this are shown by their length: the program knows none so large, and Python
refuses to write the largest."""


def short(text: str, longest: int = LONGEST) -> str:
    """Text on one line, cut, with characters that would hide or turn it shown for what they are."""
    text = visible(" ".join(text.split()))
    return text if len(text) <= longest else text[: longest - 1] + "…"


def visible(text: str) -> str:
    """Text in which no control, direction mark or invisible character is at work."""
    return _native.visible(HALF.sub(lambda found: f"⟦U+{ord(found.group()):04X}⟧", text))


def named(value: object) -> str:
    """A value as an error shows it, whatever it is."""
    if isinstance(value, int) and not -LARGEST <= value < LARGEST:
        return f"a whole number of {value.bit_length()} bits"
    if isinstance(value, str):
        # Long texts are told by their beginning.
        value = value[:60]
    try:
        return visible(repr(value)[:60])
    except Exception:
        return f"an object of {type(value).__name__}"


def half_of(text: str) -> Optional[str]:
    """What an error says of text that holds half of a character; ``None`` of all other."""
    found = HALF.search(text)
    if found is None:
        return None
    return f"text with half of a character ({named(found.group())}) at {found.start()}"


WHOLE = "text that can be written as UTF-8"
"""What is allowed where text holds half of a character."""


def line(record: Any) -> str:
    """``<Statement s:… deny · the group · “…”>``, and so on."""
    name = type(record).__name__
    told = LINES.get(name)
    if told is None:
        return f"<{name}>"
    parts = [visible(part) for part in told(record) if part]
    return f"<{name} {' · '.join(parts)}>"


def statement(one: Any) -> Iterable[Optional[str]]:
    yield f"{one.id} {one.act}"
    yield "negated" if one.polarity == "negated" else None
    yield speakers(one)
    yield f"“{short(' … '.join(part.quote for part in one.content))}”"
    yield one.certainty if one.certainty != "certain" else None


def speakers(one: Any) -> str:
    """Who says it, then who passes it on."""
    return short(" < ".join(source.quote for source in one.sources), 60) or "nobody named"


def event(one: Any) -> Iterable[Optional[str]]:
    yield f"{one.id} {one.acled or one.plover}"
    yield one.status
    yield f"“{short(one.anchor.quote, 40)}”"
    yield short(one.place.name, 40) if one.place else None
    yield days(one.time) if one.time else None
    yield ", ".join(toll_words(toll) for toll in one.tolls) or tolls_unknown(one)


def tolls_unknown(one: Any) -> Optional[str]:
    return {"none": "nobody hurt", "unknown": "toll unknown"}.get(one.toll_status)


def days(one: Any) -> Optional[str]:
    """``2025-10-21``, ``2025-10-21 – 2025-10-22``, or ``until 2025-10-22``."""
    if one.start == one.end or one.end is None:
        start: Optional[str] = one.start
        return start
    return f"{one.start} – {one.end}" if one.start else f"until {one.end}"


def toll_words(one: Any) -> str:
    """``killed 16–20 civilians``."""
    number = str(one.low)
    if one.high is None:
        number = f"{one.low} or more" if one.bound != "vague" else f"about {one.low} or more"
    elif one.high != one.low:
        number = f"{one.low}–{one.high}"
    return f"{one.effect} {number} {one.who}"


def actor(one: Any) -> Iterable[Optional[str]]:
    yield f"{one.id} {short(one.name, 60)}"
    yield one.kind
    yield one.country
    yield f"protected: {one.protect}" if one.protect else None


def place(one: Any) -> Iterable[Optional[str]]:
    yield short(one.name, 60)
    yield ", ".join(part for part in (one.admin1, one.country) if part)
    yield one.level
    yield f"{one.lat:.3f}, {one.lon:.3f}" if one.lat is not None and one.lon is not None else None


def sheet(one: Any) -> Iterable[Optional[str]]:
    yield short(one.report.title or one.report.text, 60)
    yield one.report.outlet
    yield one.report.published
    yield counted(statements=one.statements, events=one.events, actors=one.actors)


def counted(**lists: Any) -> str:
    """``5 statements, 1 event``."""
    return ", ".join(
        f"{len(many)} {name[:-1] if len(many) == 1 else name}" for name, many in lists.items()
    )


def report(one: Any) -> Iterable[Optional[str]]:
    yield short(one.id, 20)
    yield short(one.title or one.text, 60)
    yield one.outlet
    yield one.published


def incident(one: Any) -> Iterable[Optional[str]]:
    yield f"{one.id} {short(one.title)}"
    yield days(one)
    yield counted(reports=one.reports, origins=one.origins)


def finding(one: Any) -> Iterable[Optional[str]]:
    yield one.question
    yield one.status
    if one.low is not None:
        conservative = "" if one.conservative is None else f", conservative {one.conservative}"
        yield f"{one.low}–{one.high}{conservative}" if one.low != one.high else str(one.low)
    else:
        values = dict.fromkeys(answer.value for answer in one.answers if answer.value)
        yield short("; ".join(values), 60)


def answer(one: Any) -> Iterable[Optional[str]]:
    yield f"{one.stance} {short(one.value or '', 60)}".strip()
    yield one.origin
    yield "superseded" if one.superseded else None


def origin(one: Any) -> Iterable[Optional[str]]:
    yield f"{one.id} {short(one.name, 60)}"
    yield one.why
    yield counted(reports=one.reports)


def quoted(one: Any) -> Iterable[Optional[str]]:
    yield f"“{short(one.quote or '')}”"


LINES: Dict[str, Callable[[Any], Iterable[Optional[str]]]] = {
    "Actor": actor,
    "Answer": answer,
    "Edge": lambda one: [one.part, f"{one.starts.rule} to {one.ends.rule}"],
    "Event": event,
    "Evidence": lambda one: [one.field, f"“{short(one.quote)}”", short(one.report, 20)],
    "Finding": finding,
    "Incident": incident,
    "IncidentDecision": lambda one: [one.kind, one.by, one.recorded],
    "IncidentPlace": place,
    "IncidentReport": lambda one: [short(one.id, 20), one.outlet, one.published, one.role],
    "MadeBy": lambda one: [f"sayso {one.sayso}", f"model {one.model}"],
    "Note": lambda one: [one.code, short(one.message)],
    "Origin": origin,
    "Passage": lambda one: [f"{one.words} words", f"“{short(one.quote)}”"],
    "Place": place,
    "PlaceMention": place,
    "Quoted": quoted,
    "Reason": lambda one: [one.rule, f"{one.span[0]}–{one.span[1]}" if one.span else None],
    "Report": report,
    "Sheet": sheet,
    "Side": quoted,
    "Source": lambda one: [f"“{short(one.quote)}”", one.kind],
    "Statement": statement,
    "Time": lambda one: [days(one), f"“{short(one.quote)}”" if one.quote else None],
    "TimeMention": lambda one: [f"“{short(one.quote)}”", one.type, one.value],
    "Toll": lambda one: [toll_words(one), f"“{short(one.quote)}”"],
}
