"""Tables of sheets and incidents, for those who have pyarrow, pandas or polars.

Rows and columns are those of the program's own exports (``docs/EXPORTS.md``); nothing is flattened
here a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Sequence

from sayso import _native
from sayso._record import lines
from sayso.errors import ConfigError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from sayso.types import Incident, Sheet


def arrow(sheets: Sequence[Sheet], incidents: Sequence[Incident] = ()) -> Dict[str, pa.Table]:
    """The tables by their names; a column says what it means (``description`` in its metadata)."""
    pa = _needed("pyarrow", "arrow")
    kinds = {
        "text": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "day": pa.date32(),
    }
    made = _native.tables_of(lines(sheets, "sheet"), lines(incidents, "incident"))
    tables = {}
    for name, columns in made:
        arrays = [pa.array(values, type=kinds[kind]) for _, _, kind, values in columns]
        fields = [
            pa.field(column, kinds[kind], metadata={"description": says})
            for column, says, kind, _ in columns
        ]
        tables[name] = pa.Table.from_arrays(arrays, schema=pa.schema(fields))
    return tables


def pandas(sheets: Sequence[Sheet], incidents: Sequence[Incident] = ()) -> Dict[str, pd.DataFrame]:
    """The same as frames of pandas; numbers and truths that may be unknown are nullable."""
    pd = _needed("pandas", "pandas")
    pa = _needed("pyarrow", "pandas")
    nullable = {
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.string(): pd.StringDtype(),
    }
    tables = arrow(sheets, incidents)
    return {name: table.to_pandas(types_mapper=nullable.get) for name, table in tables.items()}


def polars(sheets: Sequence[Sheet], incidents: Sequence[Incident] = ()) -> Dict[str, pl.DataFrame]:
    """The same as frames of polars."""
    pl = _needed("polars", "polars")
    tables = arrow(sheets, incidents)
    return {name: pl.from_arrow(table) for name, table in tables.items()}


def _needed(module: str, extra: str) -> Any:
    try:
        return __import__(module)
    except ImportError as error:
        raise ConfigError(
            f"tables need {module}: pip install 'sayso[{extra}]'",
            field=module,
            value="not installed",
            allowed=f"pip install 'sayso[{extra}]'",
        ) from error
