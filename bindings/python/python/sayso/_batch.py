"""Many sheets, and many incidents."""

from __future__ import annotations

import importlib
import importlib.util
import json
from dataclasses import dataclass
from typing import (
    TYPE_CHECKING,
    Any,
    Dict,
    Iterable,
    Iterator,
    List,
    Mapping,
    Optional,
    Sequence,
    Tuple,
    Union,
    overload,
)

from sayso import _html, _input, _native, _show, _tables, errors
from sayso._input import AnyReport, Reports, listed, prepared, threads
from sayso._record import lines
from sayso.types import Incident, Sheet

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


@dataclass(frozen=True)
class Failed:
    """A report that could not be coded or kept."""

    index: int
    """Which one, from 0, as they were handed in."""
    report: AnyReport
    """As it was handed in."""
    error: errors.SaysoError
    """What is wrong with it."""

    def __repr__(self) -> str:
        return f"<Failed {self.index} · {_show.short(str(self.error))}>"


class Batch(Sequence[Sheet]):
    """The sheets of many reports, in their order, and the reports that have none."""

    def __init__(self, sheets: Iterable[Sheet], errors: Iterable[Failed] = ()) -> None:
        self._sheets: Tuple[Sheet, ...] = tuple(sheets)
        self.errors: Tuple[Failed, ...] = tuple(errors)

    @overload
    def __getitem__(self, index: int) -> Sheet: ...
    @overload
    def __getitem__(self, index: slice) -> Batch: ...
    def __getitem__(self, index: Union[int, slice]) -> Union[Sheet, Batch]:
        return Batch(self._sheets[index]) if isinstance(index, slice) else self._sheets[index]

    def __len__(self) -> int:
        return len(self._sheets)

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self._sheets)

    def link(self) -> Incidents:
        """What they tell of together: :func:`sayso.link`."""
        return link(self)

    def to_arrow(self) -> Dict[str, pyarrow.Table]:
        """Their tables: reports, statements, events, tolls, actors, places, times."""
        return _tables.arrow(self._sheets)

    def to_pandas(self) -> Dict[str, pandas.DataFrame]:
        """The same as frames of pandas."""
        return _tables.pandas(self._sheets)

    def to_polars(self) -> Dict[str, polars.DataFrame]:
        """The same as frames of polars."""
        return _tables.polars(self._sheets)

    def __repr__(self) -> str:
        return f"<Batch {_show.counted(sheets=self._sheets, errors=self.errors)}>"

    def _repr_html_(self) -> str:
        def row(sheet: Sheet) -> List[Optional[object]]:
            report = sheet.report
            return [
                _show.short(report.title or report.text, 90),
                report.outlet,
                report.published,
                len(sheet.statements),
                len(sheet.events),
            ]

        heads = ["report", "outlet", "published", "statements", "events"]
        told = "; ".join(f"{failed.index}: {failed.error}" for failed in self.errors[:10])
        told = f"{len(self.errors)} errors: {told}" if self.errors else "no errors"
        return _html.listed(heads, self._sheets, row, told)


class Incidents(Sequence[Incident]):
    """Incidents, with the sheets that they were made of."""

    def __init__(
        self,
        incidents: Iterable[Incident],
        sheets: Iterable[Sheet],
        left_out: Iterable[str] = (),
    ) -> None:
        self._incidents: Tuple[Incident, ...] = tuple(incidents)
        self.sheets: Tuple[Sheet, ...] = tuple(sheets)
        self.left_out: Tuple[str, ...] = tuple(left_out)

    @overload
    def __getitem__(self, index: int) -> Incident: ...
    @overload
    def __getitem__(self, index: slice) -> Incidents: ...
    def __getitem__(self, index: Union[int, slice]) -> Union[Incident, Incidents]:
        if isinstance(index, slice):
            return Incidents(self._incidents[index], self.sheets)
        return self._incidents[index]

    def __len__(self) -> int:
        return len(self._incidents)

    def __iter__(self) -> Iterator[Incident]:
        return iter(self._incidents)

    def to_arrow(self) -> Dict[str, pyarrow.Table]:
        """Tables of the incidents (incidents, findings, answers, origins, links) and of their
        sheets, each report and event with the id of its incident."""
        return _tables.arrow(self.sheets, self._incidents)

    def to_pandas(self) -> Dict[str, pandas.DataFrame]:
        """The same as frames of pandas."""
        return _tables.pandas(self.sheets, self._incidents)

    def to_polars(self) -> Dict[str, polars.DataFrame]:
        """The same as frames of polars."""
        return _tables.polars(self.sheets, self._incidents)

    def __repr__(self) -> str:
        return f"<Incidents {_show.counted(incidents=self._incidents, sheets=self.sheets)}>"

    def _repr_html_(self) -> str:
        def row(one: Incident) -> List[Optional[object]]:
            killed = one.finding("killed")
            return [
                one.title,
                _show.days(one),
                len(one.reports),
                len(one.origins),
                _html.span_of(killed) or killed.status if killed else None,
            ]

        heads = ["incident", "days", "reports", "origins", "killed"]
        told = "; ".join(self.left_out[:10]) or _show.counted(incidents=self._incidents)
        return _html.listed(heads, self._incidents, row, told)


def code_many(
    reports: Reports, *, jobs: Optional[int] = None, progress: bool = False
) -> Batch:
    """Codes reports on ``jobs`` threads (default: one a core); Python's other threads go on.

    ``reports`` holds texts, dictionaries (``text`` and what :func:`sayso.code` takes besides; other
    keys are passed over), or is a frame of pandas, polars or pyarrow with such columns. A report
    that cannot be coded never stops the others: it is among ``errors`` of what is returned.
    ``progress`` shows a bar (needs tqdm).

    >>> batch = sayso.code_many(["Rebels shelled Harim, the army said.", {"title": "no text"}])
    >>> len(batch), batch.errors[0].index, batch.errors[0].error.field
    (1, 1, 'text')
    """
    jobs = threads(jobs)
    handed_in = listed(reports)
    places, written, wrong = prepared(handed_in)
    with Bar(len(written), shown=progress) as bar:
        outcomes = _native.code_json(written, jobs, bar.reach)
    sheets = []
    for index, (sheet, error) in zip(places, outcomes):
        if sheet is not None:
            sheets.append(Sheet.from_dict(json.loads(sheet)))
        elif error is not None:
            wrong[index] = errors.from_json(error)
    return Batch(sheets, failures(handed_in, wrong))


def failures(handed_in: Sequence[Any], wrong: Mapping[int, errors.SaysoError]) -> List[Failed]:
    """What is wrong with which, in their order."""
    return [Failed(index, handed_in[index], error) for index, error in sorted(wrong.items())]


def link(sheets: Union[Sheet, Iterable[Sheet]]) -> Incidents:
    """The incidents that sheets tell of: what ``sayso incidents`` prints of the same reports. Of two
    sheets of one report the first counts. ``SheetError`` names one that cannot be linked by its
    place; Ctrl-C ends it.

    >>> batch = sayso.code_many(["Rebels shelled Harim, the army said."])
    >>> sayso.link(batch)
    <Incidents 1 incident, 1 sheet>
    """
    sheets = checked(sheets)
    linked = _native.link_json(lines(sheets, "sheet"))
    return Incidents((Incident.from_dict(json.loads(one)) for one in linked), sheets)


def checked(sheets: Union[Sheet, Iterable[Sheet]]) -> Tuple[Sheet, ...]:
    """Sheets, and nothing else."""
    listed = (sheets,) if isinstance(sheets, Sheet) else tuple(_iterated(sheets))
    given: Sequence[object] = listed
    for place, one in enumerate(given):
        if not isinstance(one, Sheet):
            field, shown = f"sheets[{place}]", _show.named(one)
            allowed = "a Sheet: what code and code_many give, and Sheet.from_dict reads"
            message = f"`{field}` is {shown}; give {allowed}"
            raise errors.SheetError(message, field=field, value=shown, allowed=allowed)
    return listed


def _iterated(sheets: Iterable[Sheet]) -> Iterable[Sheet]:
    try:
        return iter(sheets)
    except TypeError as error:
        raise _input.argument("sheets", sheets, "a list of sheets") from error


class Bar:
    """A bar of tqdm, or nothing."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._bar: Any = None
        if shown:
            # A bar of a notebook's own needs widgets; without them tqdm complains.
            widgets = importlib.util.find_spec("ipywidgets") is not None
            try:
                tqdm = importlib.import_module("tqdm.auto" if widgets else "tqdm").tqdm
            except ImportError as error:
                raise errors.ConfigError(
                    "`progress` needs tqdm: pip install 'sayso[progress]'",
                    field="progress",
                    value="True",
                    allowed="False, or True with tqdm installed",
                ) from error
            self._bar = tqdm(total=total, unit="report")

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def reach(self, done: int) -> None:
        """So many reports are done."""
        if self._bar is not None:
            self._bar.update(done - self._bar.n)
