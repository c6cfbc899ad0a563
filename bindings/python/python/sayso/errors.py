"""What can go wrong, with the field at fault where there is one."""

from __future__ import annotations

import json
from typing import Optional

__all__ = [
    "ConfigError",
    "InternalError",
    "LedgerError",
    "ReportError",
    "SaysoError",
    "SheetError",
    "from_json",
]


class SaysoError(Exception):
    """Any error of this package.

    ``field`` names what is at fault, ``value`` is what it held (shortened) and ``allowed`` says
    what may stand there; each is ``None`` where it would say nothing.
    """

    field: Optional[str]
    value: Optional[str]
    allowed: Optional[str]

    def __init__(
        self,
        message: str,
        *,
        field: Optional[str] = None,
        value: Optional[str] = None,
        allowed: Optional[str] = None,
    ) -> None:
        super().__init__(message)
        self.field = field
        self.value = value
        self.allowed = allowed


class ReportError(SaysoError):
    """A report that cannot be coded: a field is missing or holds what it cannot."""


class SheetError(SaysoError):
    """A sheet that is none, or does not fit its report."""


class LedgerError(SaysoError):
    """The ledger could not do something."""


class ConfigError(SaysoError):
    """An argument, or a file of the user's own, that cannot be used."""


class InternalError(SaysoError):
    """A defect of the program. The other reports of a batch are still coded."""


_CLASSES = {
    one.__name__: one
    for one in (ReportError, SheetError, LedgerError, ConfigError, InternalError)
}


def from_json(written: str) -> SaysoError:
    """The error that the program wrote down as JSON."""
    told = json.loads(written)
    made = _CLASSES.get(told.get("type", ""), InternalError)
    return made(
        told.get("message", written),
        field=told.get("field"),
        value=told.get("value"),
        allowed=told.get("allowed"),
    )
