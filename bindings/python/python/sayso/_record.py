"""What all typed objects have in common: they are read from JSON, go back to it, and show themselves."""

from __future__ import annotations

import dataclasses
import json
from typing import (
    Any,
    Callable,
    Dict,
    Iterable,
    Iterator,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Sequence,
    Tuple,
    Type,
    TypeVar,
)

from sayso import _show
from sayso.errors import SheetError

T = TypeVar("T")


class Span(NamedTuple):
    """``[start, end)`` in characters of the report's text: ``text[start:end]`` is the quote."""

    start: int
    end: int


def span(data: Sequence[int]) -> Span:
    """Reads a span."""
    start, end = data
    if type(start) is not int or type(end) is not int:
        raise TypeError("a span is two whole numbers")
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
        """The object as the program prints it: dictionaries, lists, strings and numbers; what it does
        not hold is left out, where the program leaves it out."""
        plain: Dict[str, Any] = _plain(self)
        return plain

    def to_json(self) -> str:
        """The same as JSON, on one line."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    def _as_json(self) -> str:
        """What the program reads it from; quicker than :meth:`to_json`.

        ``SheetError`` where a text holds half of a character, with the path of its field.
        """
        own = self._written()
        # Whole characters stand as two halves there, so this alone says nothing yet.
        if "\\ud" in own:
            for path, text in _texts(_plain(self), ""):
                half = _show.half_of(text)
                if half is not None:
                    raise _wrong(type(self).__name__, path, half, _show.WHOLE)
        return own

    def _written(self) -> str:
        """What it holds as JSON, whether or not the program would read it."""
        return json.dumps(_plain(self))

    def __repr__(self) -> str:
        return _show.line(self)


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        held = {}
        for field in dataclasses.fields(value):  # type: ignore[arg-type]  # subclasses are dataclasses
            one = getattr(value, field.name)
            # A field has a default where the program leaves it out when it says nothing.
            if one or _is_required(field) or one != _default(field):
                held[field.name.rstrip("_")] = _plain(one)
        return held
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _texts(value: Any, path: str) -> Iterator[Tuple[str, str]]:
    """The texts of what JSON can hold, each with its path: ``report.text``, ``events[0].id``."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _texts(name, path)
            yield from _texts(one, f"{path}.{name}" if path else name)
    elif isinstance(value, (list, tuple)):
        for place, one in enumerate(value):
            yield from _texts(one, f"{path}[{place}]")


def lines(records: Iterable[Record], each: str) -> List[str]:
    """What the program reads records from; ``each`` is what one of them is called in an error, which
    names it by its place."""
    made = []
    for place, record in enumerate(records):
        try:
            made.append(record._as_json())
        except SheetError as error:
            message = f"{each} {place}: {error}"
            raise SheetError(
                message, field=error.field, value=error.value, allowed=error.allowed
            ) from error
    return made


def _is_required(field: dataclasses.Field[Any]) -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


def _default(field: dataclasses.Field[Any]) -> Any:
    made = field.default_factory
    return field.default if made is dataclasses.MISSING else made()


MISFIT = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What Python says of dictionaries that hold something else than is read."""


def misfit(of: Type[Record], data: object) -> SheetError:
    """Why ``data`` is no ``of``: which field is missing, or holds what it cannot."""
    name = of.__name__
    if not isinstance(data, Mapping):
        return _wrong(name, name, _show.named(data), "an object of its fields")
    for field in dataclasses.fields(of):  # type: ignore[arg-type]  # subclasses are dataclasses
        own, kind = field.name.rstrip("_"), str(field.type)
        if own not in data:
            if _is_required(field):
                shown, allowed = "missing", kind
                message = f"`{own}` of {name} is missing; give {allowed}"
                return SheetError(message, field=own, value=shown, allowed=allowed)
            continue
        value = data[own]
        if value is None and kind.startswith("Optional["):
            continue
        if "Span" in kind and "Tuple" not in kind and not _is_span(value):
            return _wrong(name, own, _show.named(value), "two whole numbers: start and end")
        if kind.startswith("Tuple[") and not isinstance(value, (list, tuple)):
            return _wrong(name, own, _show.named(value), "a list")
        if kind.startswith("Mapping[") and not isinstance(value, Mapping):
            return _wrong(name, own, _show.named(value), "an object")
    return _wrong(name, name, _show.named(data), "what `to_dict` gives and the program prints")


def _is_span(value: object) -> bool:
    parts = list(value) if isinstance(value, (list, tuple)) else []
    return len(parts) == 2 and all(type(part) is int for part in parts)


def _wrong(name: str, field: str, shown: str, allowed: str) -> SheetError:
    of = "" if field == name else f" of {name}"
    message = f"`{field}`{of} is {shown}; give {allowed}"
    return SheetError(message, field=field, value=shown, allowed=allowed)
