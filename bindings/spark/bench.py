"""What an archive costs: reports coded and sheets linked in a second of a processor, and the memory of
a worker.

    cargo build --release -p sayso-bench
    python bindings/spark/bench.py --reports 400 --sheets 20000 --block 1000 --cores 2

Prints one line for each, and how often a report goes to a block with all that it is compared by. What
counts is the time of the processor, Java's included, of the driver, the workers and their Python
processes: other work on the machine is not in it. What they take to start is left out, by a first run
over few rows. ``--pairs`` asks what joining so many pairs takes of the driver's memory instead, and
``--largest`` what one process takes that has a group of so many to itself: the links of reports that
hang together, the prints of one text, the sheets of one incident.
"""

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Tuple

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import sayso_spark
from sayso_spark import _linking
from sayso_spark._batches import groups
from sayso_spark._blocks import PLACE, blocks
from sayso_spark._components import joined

ROOT = Path(__file__).resolve().parents[2]


def made(program: Path, folder: Path, what: str, count: int) -> str:
    """The path of so many made reports or sheets, one a line."""
    path = folder / f"{what}-{count}.jsonl"
    with path.open("wb") as out:
        subprocess.run([program, what, "--count", str(count)], cwd=ROOT, check=True, stdout=out)
    return str(path)


def peaks(spark: SparkSession, cores: int) -> List[int]:
    """Megabytes that each of Spark's Python workers has had at most."""

    def peak(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _ in batches:
            pass
        with open("/proc/self/status", encoding="ascii") as status:
            high = next(line for line in status if line.startswith("VmHWM"))
        # So that no worker takes two of the tasks.
        time.sleep(1)
        yield pa.RecordBatch.from_pylist([{"pid": os.getpid(), "kb": int(high.split()[1])}])

    rows = spark.range(0, cores, 1, cores).mapInArrow(peak, "pid long, kb long").collect()
    found = {row["pid"]: row["kb"] // 1000 for row in rows}
    return sorted(found.values())


def processor() -> float:
    """Seconds of a processor that this process and all below it have taken."""
    tick = os.sysconf("SC_CLK_TCK")
    taken: Dict[int, Tuple[int, float]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            # Its own, and those of children that have ended.
            taken[int(folder.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / tick)
    total = 0.0
    for process, (above, seconds) in taken.items():
        line = process
        while line not in (os.getpid(), 0) and line in taken:
            line = taken[line][0]
        total += seconds if line == os.getpid() else 0.0
    return total


def timed(frame: DataFrame) -> Tuple[float, float]:
    """Seconds of a processor, and of the clock, that a frame takes; its rows go nowhere."""
    begun, clock = processor(), time.monotonic()
    frame.write.format("noop").mode("overwrite").save()
    return processor() - begun, time.monotonic() - clock


def copies(sheets: DataFrame, block: int) -> None:
    """How many reports there are, how often each goes to a block, and how large it is there."""
    given = sheets.select(F.col("sheet").cast("binary").alias("sheet"))
    good = _linking._extracts(given).where("error is null").drop("sheet").persist()
    for family, payload in (("names", "digest"), ("people", "digest"), ("prints", "signature")):
        rows = _linking._keyed(good, family, payload)
        keyed = rows.where(F.size("keys") > 0)
        one = keyed.agg(F.count("*"), F.avg(F.size("keys")), F.avg(F.length(payload))).collect()[0]
        gone = blocks(rows, block).agg(F.count("*"), F.count_distinct(*PLACE)).collect()[0]
        print(
            f"{family}  {one[0]} reports of {one[1] or 0:.1f} keys, {one[2] or 0:.0f} bytes each: "
            f"{gone[0] / max(1, one[0]):.2f} copies in {gone[1]} blocks of {block}",
            flush=True,
        )


def now(what: str) -> int:
    """Kilobytes of memory that this process has (``VmRSS``), or has had at most (``VmHWM``)."""
    with open("/proc/self/status", encoding="ascii") as status:
        return int(next(line for line in status if line.startswith(what)).split()[1])


def of_group(what: str, count: int, program: Path) -> None:
    """Bytes that each of a group of ``count`` takes of a process which has nothing else to do."""
    batch = pa.RecordBatch.from_pylist(links(count) if what == "links" else sheets(what, count, program))
    steps = {"links": _linking._group, "prints": _linking._own_words, "sheets": _linking._incident}
    step, key = steps[what], batch.schema.names[0]
    # What is loaded once for all groups.
    list(step("", batch.slice(0, 2).to_pylist()))
    before = now("VmRSS")
    for value, rows in groups([batch], key):
        assert len(rows) == count
        list(step(value, rows))
    most = (now("VmHWM") - before) * 1024
    size = f"{batch.nbytes // count} bytes each"
    print(f"{what}  {count} in one group: {size}, {most // count} more at most", flush=True)


def links(count: int) -> List[Dict[str, Any]]:
    """Links of reports that hang together, of each with the 32 after it."""
    ids = [f"{number:064x}" for number in range(count // 32 + 33)]
    near = [(one, one + step) for one in range(len(ids) - 32) for step in range(1, 33)]
    days = {"a_day": 20_000, "b_day": 20_000, "score": 99}
    return [{"of": ids[0], "a": ids[a], "b": ids[b], **days} for a, b in near[:count]]


def sheets(what: str, count: int, program: Path) -> List[Dict[str, Any]]:
    """What is kept of made sheets, as if all were prints of one text; or the sheets, as if all told of
    one incident."""
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        lines = Path(made(program, Path(folder), "sheets", count)).read_bytes().splitlines()
    read = ({"of": "", **row} for row in _linking._extracted(lines))
    if what == "prints":
        return [{"of": "", "kept": row["kept"]} for row in read]
    none = {"own": None, "likest": None, "score": None, "events": None}
    first = {"first_day": None, "first": None}
    return [{"incident": "", "sheet": row["sheet"], "of": None, **none, **first} for row in read]


def of_pairs(count: int) -> None:
    """Megabytes that joining ``count`` pairs of reports takes of this process."""
    ids = pa.array(f"{number:064x}" for number in range(count + 1))
    pairs = pa.table({"a": ids[:-1], "b": ids[1:]})
    before = now("VmRSS")
    found = joined(pairs)
    print(
        f"pairs  {count}: {pairs.nbytes / count:.0f} bytes each, {found.nbytes / count:.0f} of what "
        f"is found, and {(now('VmHWM') - before) * 1024 / count:.0f} at most while it is"
    )


def told(what: str, count: int, taken: Tuple[float, float], memory: List[int]) -> None:
    seconds, clock = taken
    rate = count / seconds
    print(
        f"{what}  {count} in {seconds:.1f} s of a processor ({clock:.1f} by the clock): "
        f"{rate:.2f} a core-second; workers {memory} MB",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=400, help="reports to code")
    parser.add_argument("--sheets", type=int, default=20_000, help="sheets to link")
    parser.add_argument("--block", type=int, default=20_000, help="reports of a block")
    parser.add_argument("--pairs", type=int, help="pairs to join, and nothing else")
    parser.add_argument("--largest", type=int, help="members of a group, and nothing else")
    parser.add_argument("--cores", type=int, default=2, help="tasks at once")
    program = ROOT / "target" / "release" / "sayso-bench"
    parser.add_argument("--program", type=Path, default=program, help="the program that makes them")
    asked = parser.parse_args()
    if asked.largest:
        # Each in a process of its own: memory that one has had is not had again.
        for what in ("links", "prints", "sheets"):
            arguments = (what, asked.largest, asked.program)
            process = multiprocessing.get_context("spawn").Process(target=of_group, args=arguments)
            process.start()
            process.join()
            if process.exitcode:
                raise SystemExit(process.exitcode)
        return
    if asked.pairs:
        of_pairs(asked.pairs)
        return
    # Workers run what this runs, and not whatever else is called python3.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = (
        SparkSession.builder.master(f"local-cluster[{asked.cores},1,2048]")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "2g")
        .config("spark.sql.shuffle.partitions", str(4 * asked.cores))
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "256")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        few = sayso_spark.read_jsonl(spark, made(asked.program, Path(folder), "reports", 8))
        timed(sayso_spark.code_reports(few.repartition(asked.cores)))
        path = made(asked.program, Path(folder), "reports", asked.reports)
        reports = sayso_spark.read_jsonl(spark, path).repartition(4 * asked.cores)
        taken = timed(sayso_spark.code_reports(reports))
        told("code", asked.reports, taken, peaks(spark, asked.cores))
        path = made(asked.program, Path(folder), "sheets", asked.sheets)
        given = spark.read.text(path).withColumnRenamed("value", "sheet")
        # Linking asks several times: what is asked for before the last is counted as well.
        begun, clock = processor(), time.monotonic()
        given = given.repartition(4 * asked.cores)
        linked = sayso_spark.link_incidents(given, block_reports=asked.block)
        timed(linked)
        taken = (processor() - begun, time.monotonic() - clock)
        told("link", asked.sheets, taken, peaks(spark, asked.cores))
        copies(given, asked.block)
    spark.stop()


if __name__ == "__main__":
    main()
