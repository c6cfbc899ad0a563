"""One cluster for all tests: a master and two workers, processes of their own on this machine."""

import copy
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List

import pytest
from pyspark import TaskContext, cloudpickle
from pyspark.sql import SparkSession

# Workers cannot import what stands here.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

#: The repository.
ROOT = Path(__file__).resolve().parents[3]
#: Where its programs are.
PROGRAMS = Path(os.environ.get("SAYSO_PROGRAMS", ROOT / "target" / "debug"))
#: Two workers, processes of their own; another for a try.
MASTER = os.environ.get("SAYSO_MASTER", "local-cluster[2,1,1024]")
#: How many reports are coded and linked, and how many ready-made sheets are linked; fewer for a try.
REPORTS = int(os.environ.get("SAYSO_REPORTS", "500"))
SHEETS = int(os.environ.get("SAYSO_SHEETS", "20000"))


def run(program: str, *arguments: object) -> List[str]:
    """The lines that a program of the repository prints."""
    command = [str(PROGRAMS / program), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode().splitlines()


def by_id(incidents: List[str]) -> Dict[str, Any]:
    """Incidents by their ids, as they are printed."""
    found = {json.loads(incident)["id"]: incident for incident in incidents}
    assert len(found) == len(incidents)
    return found


def dying_once(work: Callable[..., Any], mark: Path, how: Callable[[], None]) -> Callable[..., Any]:
    """``work``; its first call in the cluster ends in its middle, by ``how``. ``mark`` is left then."""
    path = str(mark)

    def dying(*arguments: Any) -> Any:
        found = work(*arguments)
        # What makes rows one by one has made them all.
        found = iter(list(found)) if hasattr(found, "__next__") else found
        if TaskContext.get() is not None and not os.path.exists(path):
            with open(path, "x", encoding="ascii"):
                pass
            how()
        return found

    return dying


def worker_dies() -> None:
    """As the kernel ends a process that takes too much memory: no error, no answer."""
    os._exit(1)


def executor_dies() -> None:
    """The process of Java that this worker belongs to, with all that it keeps."""
    process = os.getpid()
    while True:
        with open(f"/proc/{process}/stat", encoding="utf-8") as stat:
            process = int(stat.read().rpartition(")")[2].split()[1])
        with open(f"/proc/{process}/comm", encoding="utf-8") as name:
            if name.read().strip() == "java":
                os.kill(process, 9)
                os._exit(1)


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Small data in many steps: compiling them takes longer than running them.
    java = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData"
    session = (
        SparkSession.builder.master(MASTER)
        .appName("sayso")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "1g")
        .config("spark.executor.memory", "1g")
        .config("spark.driver.extraJavaOptions", java)
        .config("spark.executor.extraJavaOptions", java)
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "256")
        .config("spark.sql.session.timeZone", "UTC")
        # A place that only Java can read: its files come from this machine's disk.
        .config("spark.hadoop.fs.viewfs.mounttable.elsewhere.linkFallback", "file:///")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    session.sparkContext.setCheckpointDir(str(tmp_path_factory.mktemp("rounds")))
    yield session
    session.stop()


def shortened(line: str) -> bytes:
    """A report with its first paragraphs alone: what is compared is coded twice, without optimisation."""
    report = json.loads(line)
    first, *more = report["text"].split("\n\n")
    for paragraph in more:
        if len(first) + len(paragraph) > 1_000:
            break
        first += f"\n\n{paragraph}"
    return json.dumps({**report, "text": first}, ensure_ascii=False).encode()


@pytest.fixture(scope="session")
def made_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports mixed from samples/, three lines that are none, and one in an old encoding."""
    lines = [shortened(line) for line in run("sayso-bench", "reports", "--count", REPORTS - 1)]
    lines[10:10] = [b'{"id": "no-text"}', b"not JSON", b'{"text": "x", "published": "soon"}']
    old = "« Le marché de Béléna a été fermé », the café's owner said. Police said three people died."
    lines.insert(20, json.dumps({"id": "old", "text": old}, ensure_ascii=False).encode("cp1252"))
    path = tmp_path_factory.mktemp("reports") / "reports.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def recalled(sheet: Any, other: Any) -> Any:
    """An event of a report that came before, in words of this one: it recalls another incident."""
    event, there = copy.deepcopy(sheet["events"][0]), other["events"][0]
    event["id"], event["statements"], event["tolls"] = f"{event['id']}-recalled", [], []
    words = {name: event["place"][name] for name in ("span", "quote")}
    event["place"] = {**there["place"], **words}
    event["time"].update(start=there["time"]["start"], end=there["time"]["end"])
    return event


def victim(report: Any) -> Any:
    """A private person, who is named wherever the attack is told."""
    found = re.search(r"(\w+ \w+), a (\w+) from \w+, was among the dead", report["text"])
    assert found
    return {
        "id": f"a:{report['id']}-victim",
        "name": found.group(1),
        "aliases": [],
        "kind": "person",
        "country": None,
        "member_of": None,
        "role": None,
        "protect": "victim",
        "mentions": [list(found.span(1))],
    }


@pytest.fixture(scope="session")
def made_sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ready-made sheets: a year and a half of forty reports a day. Some are undated, some recall what
    others tell of, and all have a victim, whose name comes again."""
    lines = run("sayso-bench", "sheets", "--count", SHEETS)
    path = tmp_path_factory.mktemp("sheets") / "sheets.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for number, line in enumerate(lines):
            sheet = json.loads(line)
            if number % 31 == 3:
                sheet["report"]["published"] = None
            if number % 6 == 5:
                sheet["events"].append(recalled(sheet, json.loads(lines[number // 2])))
            sheet["actors"].append(victim(sheet["report"]))
            out.write(json.dumps(sheet, ensure_ascii=False) + "\n")
    return path
