"""What sheets and incidents can do beside holding their fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Dict, Optional, Union, cast

from sayso import _html, _native, _tables
from sayso.errors import SheetError

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from sayso.types import Actor, Event, Finding, Incident, Origin, Sheet, Statement


class SheetMethods:
    """What a :class:`~sayso.types.Sheet` can do."""

    def to_json(self) -> str:
        """What ``sayso code --format jsonl`` prints of it, character for character."""
        own = cast("Sheet", self)
        try:
            return _native.sheet_as_printed(own._as_json())
        except SheetError:
            # One that the program itself would not print: whoever made it sees what is in it.
            return own._written()

    def to_dict(self) -> Dict[str, Any]:
        """The same as dictionaries, lists, strings and numbers."""
        plain: Dict[str, Any] = json.loads(self.to_json())
        return plain

    def find(self, id: str) -> Union[Statement, Event, Actor, None]:
        """The statement, event or actor of this id."""
        sheet = cast("Sheet", self)
        found: Dict[str, Union[Statement, Event, Actor]] = {}
        found.update((one.id, one) for one in sheet.statements)
        found.update((one.id, one) for one in sheet.events)
        found.update((one.id, one) for one in sheet.actors)
        return found.get(id)

    def speaker(self, statement: Statement) -> Optional[str]:
        """The full name of who says it, where one is known, else the text's words; ``None`` where
        nobody is named."""
        if not statement.sources:
            return None
        source = statement.sources[0]
        for actor in cast("Sheet", self).actors:
            if actor.id == source.actor:
                return actor.name
        return source.quote

    def to_arrow(self) -> Dict[str, pyarrow.Table]:
        """Its tables: reports, statements, events, tolls, actors, places, times."""
        return _tables.arrow([cast("Sheet", self)])

    def to_pandas(self) -> Dict[str, pandas.DataFrame]:
        """The same as frames of pandas."""
        return _tables.pandas([cast("Sheet", self)])

    def to_polars(self) -> Dict[str, polars.DataFrame]:
        """The same as frames of polars."""
        return _tables.polars([cast("Sheet", self)])

    def _repr_html_(self) -> str:
        return _html.sheet(cast("Sheet", self))


class IncidentMethods:
    """What an :class:`~sayso.types.Incident` can do."""

    def to_json(self) -> str:
        """What ``sayso incidents --format jsonl`` prints of it, character for character."""
        own = cast("Incident", self)
        try:
            return _native.incident_as_printed(own._as_json())
        except SheetError:
            return own._written()

    def to_dict(self) -> Dict[str, Any]:
        """The same as dictionaries, lists, strings and numbers."""
        plain: Dict[str, Any] = json.loads(self.to_json())
        return plain

    def finding(self, question: str) -> Optional[Finding]:
        """What is known about ``killed``, ``place``, ``who-did-it``, …"""
        for finding in cast("Incident", self).findings:
            if finding.question == question:
                return finding
        return None

    def origin(self, id: str) -> Optional[Origin]:
        """The origin of this id, as answers name it."""
        for origin in cast("Incident", self).origins:
            if origin.id == id:
                return origin
        return None

    def _repr_html_(self) -> str:
        return _html.incident(cast("Incident", self))
