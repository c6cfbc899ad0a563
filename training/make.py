"""One command from corpora to the shipped model: `python -m training.make --data DATA --work WORK --out model`.

Steps: fetch, prepare, fit, export, measure. Each skips what WORK already holds, so a run that was cut off is simply
started again. `--minutes` (or `--until HH:MM`) is the time for fitting alone; preparing takes about three minutes
and measuring two.
"""
from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import logging
import re
import shutil
import time
from pathlib import Path

import torch

from . import evaluate, fetch, fit, graph, prepare

FIGURES = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.S)


def deadline(until: str | None, minutes: float, spent: float) -> float:
    """Seconds since the epoch at which fitting ends; `spent` seconds of `minutes` were used by earlier runs."""
    if until is None:
        return time.time() + max(0.0, 60 * minutes - spent)
    hour, minute = map(int, until.split(":"))
    moment = datetime.datetime.now().replace(hour=hour, minute=minute, second=0)
    if moment < datetime.datetime.now():
        moment += datetime.timedelta(days=1)
    return moment.timestamp()


def export(work: Path, out: Path) -> None:
    """The averaged weights as int8 into `out`, as float32 beside the checkpoint for comparison."""
    weights = work / "weights.pt"
    saved = torch.load(weights if weights.exists() else work / "checkpoint.pt", weights_only=True)
    mean = {name: value.numpy() for name, value in (saved if weights.exists() else saved["mean"]).items()}
    out.mkdir(parents=True, exist_ok=True)
    graph.export(mean, work / "fp32.onnx", int8=False)
    graph.export(mean, out / "sayso-en.onnx", int8=True)
    shutil.copyfile(work / "vocab.txt", out / "vocab.txt")
    # The program refuses weights or a vocabulary that are not those written here.
    labels = json.loads((work / "labels.json").read_text(encoding="utf-8"))
    version = {"version": labels.pop("version")}
    digests = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("sayso-en.onnx", "vocab.txt")}
    (out / "labels.json").write_text(json.dumps(version | {"sha256": digests} | labels, indent=1, ensure_ascii=False),
                                     encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with train/, dev/ and facts/")
    parser.add_argument("--work", type=Path, default=Path("target/training"), help="for caches and checkpoints")
    parser.add_argument("--out", type=Path, default=Path("model"))
    parser.add_argument("--minutes", type=float, default=80, help="time for fitting, over all runs")
    parser.add_argument("--until", help="HH:MM at which fitting ends, instead of --minutes")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--export-now", action="store_true", help="export the last checkpoint and stop")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")

    work, encoder = options.work, fetch.encoder()
    if not options.export_now:
        prepare.prepare(options.data, fetch.teacher(work), encoder, work)
        checkpoint = work / "checkpoint.pt"
        if not (work / "weights.pt").exists():
            spent = torch.load(checkpoint, weights_only=True)["spent"] if checkpoint.exists() else 0.0
            fit.fit(work, encoder, deadline(options.until, options.minutes, spent), threads=options.threads)
    export(work, options.out)
    if not options.export_now:
        figures = evaluate.table({"float32": evaluate.measure(work / "fp32.onnx", work),
                                  "int8": evaluate.measure(options.out / "sayso-en.onnx", work)})
        print(figures)
        card = options.out / "CARD.md"
        if card.exists():
            text = card.read_text(encoding="utf-8")
            card.write_text(FIGURES.sub(lambda m: f"{m[1]}{figures}\n{m[2]}", text), encoding="utf-8")


if __name__ == "__main__":
    main()
