"""What an archive costs: reports coded and sheets linked in a second of a processor, and the memory of
a worker.

    cargo build --release -p sayso-bench
    python bindings/spark/bench.py --reports 400 --sheets 20000 --cores 2

Prints one line for each. What counts is the time of the processor, Java's included, of the driver, the
workers and their Python processes: other work on the machine is not in it. What they take to start is
left out, by a first run over few rows.
"""

import argparse
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Dict, Iterable, Iterator, List, Tuple

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

import sayso_spark

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
    parser.add_argument("--cores", type=int, default=2, help="tasks at once")
    program = ROOT / "target" / "release" / "sayso-bench"
    parser.add_argument("--program", type=Path, default=program, help="the program that makes them")
    asked = parser.parse_args()
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
        sheets = spark.read.text(path).withColumnRenamed("value", "sheet")
        # Linking asks several times: what is asked for before the last is counted as well.
        begun, clock = processor(), time.monotonic()
        linked = sayso_spark.link_incidents(sheets.repartition(4 * asked.cores))
        timed(linked)
        taken = (processor() - begun, time.monotonic() - clock)
        told("link", asked.sheets, taken, peaks(spark, asked.cores))
    spark.stop()


if __name__ == "__main__":
    main()
