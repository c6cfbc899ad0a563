"""The package itself: its types, its examples, its notebook."""

from __future__ import annotations

import doctest
import importlib
import importlib.metadata
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import nbclient
import nbformat
import pytest

import sayso


def test_the_types_are_what_the_program_describes(root: Path) -> None:
    script = root / "bindings/python/tools/make_types.py"
    subprocess.run([sys.executable, str(script), "--check"], check=True)


def test_licences_and_notices_are_in_the_wheel(root: Path) -> None:
    files = {
        path.name: path.read_text("utf-8")
        for path in importlib.metadata.files("sayso") or []
        if "licenses" in path.parts
    }
    for name in ("LICENSE", "NOTICE"):
        assert files[name] == (root / name).read_text("utf-8")
    for crate in ("pyo3 0.", "serde_json 1.", "sqlx-core 0."):
        assert f"  {crate}" in files["NOTICE-THIRD-PARTY.txt"]
    assert 'THE SOFTWARE IS PROVIDED "AS IS"' in files["NOTICE-THIRD-PARTY.txt"]


def test_every_field_says_what_it_is() -> None:
    source = Path(importlib.import_module("sayso.types").__file__ or "").read_text("utf-8")
    assert source.count('"""') > 300
    assert get_type_hints(sayso.Toll)["low"] is int
    assert type(None) in get_args(get_type_hints(sayso.Toll)["high"])


@pytest.mark.parametrize(
    "name", ["sayso", "sayso._batch", "sayso._code", "sayso._ledger", "sayso._record"]
)
def test_examples_of_the_documentation_of_functions(name: str) -> None:
    module = importlib.import_module(name)
    result = doctest.testmod(module, extraglobs={"sayso": sayso})
    assert result.failed == 0
    if name in ("sayso._batch", "sayso._code"):
        assert result.attempted > 0


def test_examples_of_the_guide(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    result = doctest.testfile(
        str(root / "docs/PYTHON.md"),
        module_relative=False,
        encoding="utf-8",
        optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS,
    )
    assert result.failed == 0 and result.attempted > 20


def test_the_notebook_runs_to_its_end(root: Path) -> None:
    path = root / "bindings/python/examples/who-says-what.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        assert not cell.get("outputs"), "the notebook is kept without what it printed"
    client = nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    pages = [
        output.data["text/html"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output and "text/html" in output.data
    ]
    assert len(pages) >= 6
    assert any('class="speaker' in page for page in pages)
