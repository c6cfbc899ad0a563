"""sayso reads conflict news and keeps who said what.

``code`` reads one report, ``code_many`` many; ``link`` finds the incidents that they tell of; a
``Ledger`` keeps them. Everything happens on this machine. The guide is ``docs/PYTHON.md``.
"""

import json as _json

from sayso import _native
from sayso._batch import Batch, Failed, Incidents, code_many, link
from sayso._code import code
from sayso._input import AnyReport
from sayso._ledger import Added, Brief, Hit, KeptReport, Ledger, View
from sayso._native import __version__
from sayso.errors import (
    ConfigError,
    InternalError,
    LedgerError,
    ReportError,
    SaysoError,
    SheetError,
)
from sayso.types import (
    Actor,
    Answer,
    Event,
    Evidence,
    Finding,
    Incident,
    MadeBy,
    Note,
    Origin,
    Place,
    PlaceMention,
    Quoted,
    Reason,
    Report,
    Sheet,
    Side,
    Source,
    Span,
    Statement,
    Time,
    TimeMention,
    Toll,
)


def made_by() -> MadeBy:
    """Versions of the program and of the model, lexicon, gazetteer and registry in it."""
    return MadeBy.from_dict(_json.loads(_native.made_by()))


__all__ = [
    "Actor",
    "Added",
    "Answer",
    "AnyReport",
    "Batch",
    "Brief",
    "ConfigError",
    "Event",
    "Evidence",
    "Failed",
    "Finding",
    "Hit",
    "Incident",
    "Incidents",
    "InternalError",
    "KeptReport",
    "Ledger",
    "LedgerError",
    "MadeBy",
    "Note",
    "Origin",
    "Place",
    "PlaceMention",
    "Quoted",
    "Reason",
    "Report",
    "ReportError",
    "SaysoError",
    "Sheet",
    "SheetError",
    "Side",
    "Source",
    "Span",
    "Statement",
    "Time",
    "TimeMention",
    "Toll",
    "View",
    "__version__",
    "code",
    "code_many",
    "link",
    "made_by",
]
