"""A ledger: what came in, what was coded, what analysts decided; read, and added to."""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple, Union, cast

from sayso import _native, _show, errors
from sayso._batch import Bar, Batch, Failed, Incidents, failures
from sayso._input import Reports, argument, listed, prepared, string, threads
from sayso._record import Span
from sayso.types import Incident, Sheet, Statement

Moment = Union[str, datetime.date, datetime.datetime, None]
"""A day, which lasts to its end in UTC, or a time; as ISO 8601 or an object of Python."""


@dataclass(frozen=True)
class Added:
    """What became of reports that were added."""

    new: int = 0
    """They were not there."""
    known: int = 0
    """They were there already; nothing was written."""
    corrected: int = 0
    """They were there with another content; this one is recorded as the outlet's correction."""
    recoded: int = 0
    """They were there, coded by other versions."""
    superseded: int = 0
    """What is there is a newer version, or the whole of which this is a summary."""
    errors: Tuple[Failed, ...] = ()
    """Those that could not be kept."""


@dataclass(frozen=True)
class Brief:
    """A report of a ledger, as a list shows it."""

    id: str
    title: Optional[str]
    outlet: Optional[str]
    published: Optional[str]
    recorded: str
    """When the ledger first had it, in UTC."""
    corrected: bool
    """Whether the outlet published it anew."""
    withdrawn: bool
    """Whether the outlet took it back."""


@dataclass(frozen=True)
class Hit:
    """A report in which every word stands that was looked for."""

    report: str
    """Its id."""
    title: Optional[str]
    outlet: Optional[str]
    published: Optional[str]
    spans: Tuple[Span, ...]
    """Where the words stand first."""
    snippet: str
    """The text around the first of them."""
    statements: Tuple[Statement, ...]
    """The statements in which every word stands."""

    def __repr__(self) -> str:
        return f"<Hit {_show.short(self.title or self.report, 50)} · “{_show.short(self.snippet)}”>"


@dataclass(frozen=True)
class KeptReport:
    """A report of a ledger, with what analysts decided on it."""

    sheet: Sheet
    """Its sheet as analysts left it: rejected findings are left out, corrected ones and additions
    are in it."""
    versions: Tuple[Mapping[str, Any], ...]
    """Its texts, oldest first."""
    reviews: Tuple[Mapping[str, Any], ...]
    """What was decided, by whom and when, and how it stands."""
    added: Tuple[Mapping[str, Any], ...]
    """What analysts added."""
    withdrawal: Optional[Mapping[str, Any]]
    """Set where the outlet took it back."""

    def __repr__(self) -> str:
        told = _show.counted(versions=self.versions, reviews=self.reviews)
        return f"<KeptReport {_show.short(self.sheet.report.title or '', 60)} · {told}>"

    def _repr_html_(self) -> str:
        return self.sheet._repr_html_()


class View:
    """What a ledger knows within bounds."""

    def __init__(self, native: _native.Ledger, as_of: Optional[str], published_by: Optional[str]):
        self._native = native
        self._bounds = (as_of, published_by)

    def incidents(self) -> Incidents:
        """The incidents, as analysts left them. Ctrl-C ends it."""
        incidents, sheets, left_out = self._native.incidents(*self._bounds)
        return Incidents(
            (Incident.from_dict(json.loads(one)) for one in incidents),
            (Sheet.from_dict(json.loads(one)) for one in sheets),
            left_out,
        )

    def reports(self) -> List[Brief]:
        """Its reports, in the order in which they came in."""
        found = []
        for one in map(json.loads, self._native.reports(*self._bounds)):
            about = one["about"]
            found.append(
                Brief(
                    id=about["id"],
                    title=about["title"],
                    outlet=about["outlet"],
                    published=about["published"],
                    recorded=one["recorded"],
                    corrected=one["corrected"],
                    withdrawn=one["withdrawn"],
                )
            )
        return found

    def report(self, id: str) -> KeptReport:
        """One report. ``LedgerError`` where there is none of this id in view."""
        id = string("id", id, "the id of a report")
        kept = json.loads(self._native.report(id, *self._bounds))
        return KeptReport(
            sheet=Sheet.from_dict(kept["sheet"]),
            versions=tuple(kept["versions"]),
            reviews=tuple(kept["reviews"]),
            added=tuple(kept["added"]),
            withdrawal=kept["withdrawal"],
        )

    def search(self, words: str) -> List[Hit]:
        """The reports in which every word stands, the newest first. Case and accents do not count."""
        words = string("words", words, "words to look for")
        hits = []
        for hit in map(json.loads, self._native.search(words, *self._bounds)):
            about = hit["report"]
            hits.append(
                Hit(
                    report=about["id"],
                    title=about["title"],
                    outlet=about["outlet"],
                    published=about["published"],
                    spans=tuple(Span(*span) for span in hit["spans"]),
                    snippet=hit["snippet"],
                    statements=tuple(map(Statement.from_dict, hit["statements"])),
                )
            )
        return hits


class Ledger(View):
    """A ledger: a file (``desk.db``, its keys in ``desk.db.keys`` beside it), or an address that
    begins with ``postgres://``.

    It is made where it is not there, unless ``make=False``; with a ``passphrase`` (else the variable
    ``SAYSO_PASSPHRASE``) it is encrypted, and one that is encrypted needs it. Nothing in it is ever overwritten; what
    is asked of the ledger itself is asked of everything that it knows, and of what it knew or what
    was published by some day through :meth:`view`.
    """

    def __init__(
        self,
        place: Union[str, os.PathLike[str]],
        *,
        keys: Union[str, os.PathLike[str], None] = None,
        make: bool = True,
        passphrase: Optional[str] = None,
    ) -> None:
        self._place = _path("place", place)
        beside = None if keys is None else _path("keys", keys)
        name = "passphrase"
        if passphrase is None:
            # As the command has it.
            name = "SAYSO_PASSPHRASE"
            passphrase = os.environ.get(name) or None
        elif not isinstance(passphrase, str):
            # What was given instead may be half of a secret: it is not shown.
            raise argument(name, type(passphrase), "a text")
        if passphrase is not None and _show.HALF.search(passphrase):
            # Nor is this, or where in it something is wrong: that would tell of what it is made.
            shown, allowed = "no text that can be written as UTF-8", "one that can"
            message = f"`{name}` is {shown}; give {allowed}"
            raise errors.ConfigError(message, field=name, value=shown, allowed=allowed)
        native = _native.Ledger(self._place, beside, make, passphrase)
        super().__init__(native, None, None)

    def view(self, *, as_of: Moment = None, published_by: Moment = None) -> View:
        """The ledger as it was: what it had recorded by then, and what had been published by then."""
        return View(
            self._native, _moment("as_of", as_of), _moment("published_by", published_by)
        )

    def add(
        self,
        reports: Union[Reports, Iterable[Sheet], Sheet],
        *,
        jobs: Optional[int] = None,
        corrections: bool = False,
        progress: bool = False,
    ) -> Added:
        """Keeps reports, coded here, or sheets with their reports, made elsewhere.

        A report that is there is not coded again. One of a known id with another content is an
        error, unless ``corrections`` says that it is the outlet's correction. What cannot be kept
        never stops the others: it is among ``errors``. Ctrl-C ends it; what is kept by then stays.
        ``progress`` shows a bar (needs tqdm).
        """
        jobs = threads(jobs)
        if isinstance(reports, Sheet):
            handed_in: List[Any] = [reports]
        elif isinstance(reports, Batch):
            handed_in = list(reports)
        else:
            handed_in = listed(cast(Reports, reports))
        told: List[Tuple[Optional[str], Optional[str]]] = [(None, None)] * len(handed_in)
        sheets = [i for i, one in enumerate(handed_in) if isinstance(one, Sheet)]
        others = [i for i, one in enumerate(handed_in) if not isinstance(one, Sheet)]
        wrong: Dict[int, errors.SaysoError] = {}
        with Bar(len(handed_in), shown=progress) as bar:
            if sheets:
                made, good = [], []
                for i in sheets:
                    try:
                        made.append(handed_in[i]._as_json())
                        good.append(i)
                    except errors.SheetError as misfit:
                        wrong[i] = misfit
                kept = self._native.add_sheets(made, corrections, bar.reach)
                for i, one in zip(good, kept):
                    told[i] = one
            if others:
                places, lines, unfit = prepared([handed_in[i] for i in others])
                wrong.update((others[place], error) for place, error in unfit.items())

                def reach(done: int) -> None:
                    bar.reach(len(sheets) + len(unfit) + done)

                kept = self._native.add(lines, jobs, corrections, reach)
                for place, one in zip(places, kept):
                    told[others[place]] = one
            bar.reach(len(handed_in))
        counts = {"new": 0, "known": 0, "corrected": 0, "recoded": 0, "superseded": 0}
        for index, (added, error) in enumerate(told):
            if added is not None:
                counts[added] += 1
            elif error is not None:
                wrong[index] = errors.from_json(error)
        return Added(**counts, errors=tuple(failures(handed_in, wrong)))

    def head(self) -> Tuple[int, str]:
        """Number and hash of the last entry: keep the hash elsewhere, and ``sayso verify`` finds out
        later whether the ledger was cut off."""
        return self._native.head()

    def __repr__(self) -> str:
        # An address may hold a password.
        place = self._place.rsplit("@", 1)[-1]
        return f"<Ledger {place} · {self.head()[0]} entries>"


def _moment(name: str, moment: Moment) -> Optional[str]:
    allowed = "a day or a time: a date, a datetime, or ISO 8601 such as 2025-10-22"
    if moment is None:
        return None
    if isinstance(moment, (datetime.date, datetime.datetime)):
        return moment.isoformat()
    return string(name, moment, allowed)


def _path(name: str, path: Union[str, os.PathLike[str]]) -> str:
    allowed = "a path, or an address that begins with postgres://"
    try:
        return string(name, os.fspath(path), allowed)
    except TypeError as error:
        raise argument(name, path, allowed) from error
