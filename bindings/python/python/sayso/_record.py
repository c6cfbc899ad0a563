"""What all typed objects have in common: they are read from JSON, go back to it, and show themselves."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Callable, Dict, Mapping, NamedTuple, Optional, Sequence, TypeVar

from sayso import _show

T = TypeVar("T")


class Span(NamedTuple):
    """``[start, end)`` in characters of the report's text: ``text[start:end]`` is the quote."""

    start: int
    end: int


def span(data: Sequence[int]) -> Span:
    """Reads a span."""
    start, end = data
    return Span(start, end)


def optional(read: Callable[[Any], T], data: Any) -> Optional[T]:
    """Reads what may be missing."""
    return None if data is None else read(data)


def reasons(read: Callable[[Any], T], data: Mapping[str, Any]) -> Dict[str, T]:
    """Reads what stands under names of fields."""
    return {field: read(one) for field, one in data.items()}


class Record:
    """An object of the program's JSON."""

    def to_dict(self) -> Dict[str, Any]:
        """The object as the program prints it: dictionaries, lists, strings and numbers."""
        plain: Dict[str, Any] = _plain(self)
        return plain

    def to_json(self) -> str:
        """The same as JSON, on one line."""
        return json.dumps(self.to_dict())

    def __repr__(self) -> str:
        return _show.line(self)


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        fields = dataclasses.fields(value)  # type: ignore[arg-type]  # each subclass is a dataclass
        return {field.name.rstrip("_"): _plain(getattr(value, field.name)) for field in fields}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
