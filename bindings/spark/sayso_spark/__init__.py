"""sayso on Apache Spark: archives of news coded and linked on many machines.

The same sheets and incidents as the command ``sayso`` gives on one machine. Every step is a function
of its rows alone and writes nothing: a task that fails is tried again, by whatever worker, with the
same result.
"""

from ._coding import code_reports
from ._linking import link_incidents
from ._reading import read_files, read_jsonl
from ._writing import write_by_day

__all__ = ["code_reports", "link_incidents", "read_files", "read_jsonl", "write_by_day"]
