"""One report."""

from __future__ import annotations

import datetime
import json
from typing import Optional, Union

from sayso import _native, errors
from sayso._input import threads, written
from sayso.types import Sheet

Day = Union[str, datetime.date, datetime.datetime, None]


def code(
    text: str,
    *,
    published: Day = None,
    title: Optional[str] = None,
    outlet: Optional[str] = None,
    url: Optional[str] = None,
    id: Optional[str] = None,
    language: Optional[str] = None,
    author: Optional[str] = None,
    updated: Day = None,
    forwarded_from: Optional[str] = None,
    reply_to: Optional[str] = None,
    jobs: Optional[int] = None,
) -> Sheet:
    """Reads one report and keeps who said what in it.

    ``published`` anchors relative times ("on Tuesday"); without it they stay open, with a note.
    ``title`` is read for context and is no part of the text. ``id`` defaults to the SHA-256 of the
    text. Any text gives a sheet; ``ReportError`` is raised where a field cannot be what it holds.

    >>> sheet = sayso.code("Rebels shelled Harim on Monday, the army said.", published="2025-05-13")
    >>> sheet.statements[0].sources[0].quote
    'the army'
    >>> sheet.events[0].place.name, sheet.events[0].time.start
    ('Harim', '2025-05-12')
    """
    report = {
        "text": text,
        "published": published,
        "title": title,
        "outlet": outlet,
        "url": url,
        "id": id,
        "language": language,
        "author": author,
        "updated": updated,
        "forwarded_from": forwarded_from,
        "reply_to": reply_to,
    }
    ((sheet, error),) = _native.code_json([written(report)], threads(jobs))
    if sheet is None:
        raise errors.from_json(error or "{}")
    return Sheet.from_dict(json.loads(sheet))
