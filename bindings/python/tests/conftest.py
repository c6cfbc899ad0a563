"""What all tests share: reports of the samples, coded once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List

import pytest

import sayso

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def reports() -> List[Dict[str, Any]]:
    """Fourteen reports of three incidents."""
    lines = (ROOT / "samples/three-incidents.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def batch(reports: List[Dict[str, Any]]) -> sayso.Batch:
    """Their sheets."""
    return sayso.code_many(reports)


@pytest.fixture(scope="session")
def program() -> Path:
    """The command, which must say the same."""
    path = ROOT / "target/debug/sayso"
    if not path.exists():
        pytest.fail(f"no {path}: `cargo build -p sayso-cli` makes it, and `cargo xtask test` does")
    return path
