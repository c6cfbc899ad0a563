"""One cluster for all tests: a master and two workers, processes of their own on this machine."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List

import pytest
from pyspark.sql import SparkSession

#: The repository.
ROOT = Path(__file__).resolve().parents[3]
#: Where its programs are.
PROGRAMS = Path(os.environ.get("SAYSO_PROGRAMS", ROOT / "target" / "debug"))
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


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Small data in many steps: compiling them takes longer than running them.
    java = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
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
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def made_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports mixed from samples/, and three lines that are none."""
    lines = run("sayso-bench", "reports", "--count", REPORTS)
    lines[10:10] = ['{"id": "no-text"}', "not JSON", '{"text": "x", "published": "soon"}']
    path = tmp_path_factory.mktemp("reports") / "reports.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def made_sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ready-made sheets: a year and a half of forty reports a day."""
    path = tmp_path_factory.mktemp("sheets") / "sheets.jsonl"
    lines = run("sayso-bench", "sheets", "--count", SHEETS)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
