"""Measures a model file on the held-out splits; run as `python -m training.evaluate --work WORK MODEL.onnx …`.

upos, xpos, lemma, uas, las: gold words and sentences, windows of whole sentences as in use; las_universal ignores
subtypes, as the CoNLL shared tasks do. names_*: strict F1 of span and type. *_tokens: F1 over words, every word
counted once a role, as shared/eval's `attribution` measures it. link: accuracy at gold source and content words.
capitals: the same text in capitals. etype: F1 of word and type over the heads of GUM's mentions.
"""
from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from . import decode, lemmas, names
from .documents import Document
from .pieces import Pieces
from .prepare import PIECES_MAX, WINDOW_PIECES
from .windows import Encoder, Window, cut, window

INPUTS = ("pieces", "cases", "first", "last", "sentence")
WNUT_OF = {"PERSON": "person", "GPE": "location", "LOC": "location", "FAC": "location", "ORG": "group",
           "PRODUCT": "product", "WORK_OF_ART": "creative-work"}
Scores = dict[str, np.ndarray]


class Model:
    """An ONNX file run by onnxruntime, one window at a time."""

    def __init__(self, path: Path, threads: int = 1):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.outputs = [output.name for output in self.session.get_outputs()]

    def run(self, row: dict[str, list[int]]) -> Scores:
        feed = {name: np.array(row[name], dtype=np.int32) for name in INPUTS}
        feed |= {name: feed[name][None] for name in ("pieces", "cases")}
        return dict(zip(self.outputs, self.session.run(None, feed)))


class F1:
    def __init__(self) -> None:
        self.hits = self.predicted = self.gold = 0

    def add(self, predicted: set, gold: set) -> None:
        self.hits += len(predicted & gold)
        self.predicted += len(predicted)
        self.gold += len(gold)

    def value(self) -> float:
        return 2 * self.hits / max(1, self.predicted + self.gold)


def windows(docs: list[Document], encoder: Encoder, upper: bool = False) -> Iterator[tuple[Window, dict[str, list[int]]]]:
    for doc in docs:
        for start, end in cut(doc, encoder.pieces, WINDOW_PIECES):
            w = window(doc, start, end)
            if upper:
                w.words = [word.upper() for word in w.words]
            yield w, encoder.encode(w)


def parsing(model: Model, docs: list[Document], encoder: Encoder, labels: dict[str, list[str]],
            upper: bool = False) -> dict[str, float]:
    right: Counter[str] = Counter()
    for w, row in windows(docs, encoder, upper):
        scores = model.run(row)
        sentence = np.array(row["sentence"])
        rels = [labels["rel"][i] for i in scores["rel"].argmax(1)]
        for number in range(sentence.max() + 1):
            at = np.flatnonzero(sentence == number)
            heads = decode.tree(scores["arc"][np.ix_(at, [0, *(at + 1)])])
            for i, head in zip(at, heads):
                absolute = 0 if head == 0 else int(at[head - 1]) + 1
                rel = "root" if head == 0 else rels[i]
                gold = -1 if w.head[i] is None else w.head[i] + 1
                right["words"] += 1
                right["uas"] += absolute == gold
                right["las"] += absolute == gold and rel == w.labels["rel"][i]
                right["las_universal"] += absolute == gold and rel.split(":")[0] == w.labels["rel"][i].split(":")[0]
        for layer in ("upos", "xpos"):
            right[layer] += int((scores[layer].argmax(1) == np.array(row[layer])).sum())
        for i, script in enumerate(scores["lemma"].argmax(1)):
            right["lemma"] += lemmas.apply(labels["lemma"][script], w.words[i]) == w.labels["lemma"][i]
    return {name: n / right["words"] for name, n in right.items() if name != "words"}


def entity_f1(model: Model, docs: list[Document], encoder: Encoder, labels: dict[str, list[str]],
              wnut: bool = False, upper: bool = False) -> float:
    """Against `ner` of the documents; with `wnut`, both sides are mapped to WNUT's types, corporation and group as one."""
    f1 = F1()
    for w, row in windows(docs, encoder, upper):
        found = decode.names(model.run(row)["ner"], labels["ner"])
        gold = names.entities(w.labels["ner"])
        if wnut:
            found = [(a, b, WNUT_OF[k]) for a, b, k in found if k in WNUT_OF]
            gold = [(a, b, "group" if k == "corporation" else k) for a, b, k in gold]
        f1.add(set(found), set(gold))
    return f1.value()


def attribution(model: Model, docs: list[Document], encoder: Encoder) -> dict[str, float]:
    f1 = {role: F1() for role in ("source", "cue", "content")}
    linked, links = 0, 0
    for w, row in windows(docs, encoder):
        scores = model.run(row)
        counted = [any(c.isalnum() for c in word) for word in w.words]
        for role, score in f1.items():
            score.add({i for i, inside in enumerate(decode.role(scores[role])) if inside and counted[i]},
                      {i for i, v in enumerate(w.labels[role][:len(row["first"])]) if v != "O" and counted[i]})
        gold = np.array(row["link"])
        linked += int((scores["link"].argmax(1) == gold)[gold >= 0].sum())
        links += int((gold >= 0).sum())
    return {**{f"{role}_tokens": score.value() for role, score in f1.items()}, "link": linked / max(1, links)}


def mention_heads(model: Model, docs: list[Document], encoder: Encoder) -> float:
    """F1 of word and GUM type over the words that head a mention."""
    f1 = F1()
    for w, row in windows(docs, encoder):
        found = model.run(row)["etype"].argmax(1)
        f1.add({(i, k) for i, k in enumerate(found.tolist()) if k},
               {(i, k) for i, k in enumerate(row["etype"]) if k > 0})
    return f1.value()


def measure(path: Path, work: Path) -> dict[str, float]:
    with (work / "prepared.pkl").open("rb") as file:
        splits = pickle.load(file)["splits"]
    labels = json.loads((work / "labels.json").read_text(encoding="utf-8"))
    encoder, model = Encoder(Pieces.read(work / "vocab.txt"), labels, PIECES_MAX), Model(path)
    figures = {f"ewt_test_{k}": v for k, v in parsing(model, splits["ewt-test"], encoder, labels).items()}
    figures |= {f"gum_test_{k}": v for k, v in parsing(model, splits["gum-test"], encoder, labels).items()}
    capitals = parsing(model, splits["ewt-test"], encoder, labels, upper=True)
    figures |= {f"ewt_test_capitals_{k}": capitals[k] for k in ("las", "upos")}
    figures["gum_test_etype"] = mention_heads(model, splits["gum-test"], encoder)
    figures["names_teacher_wcep"] = entity_f1(model, splits["wcep-held"], encoder, labels)
    figures["names_teacher_wcep_capitals"] = entity_f1(model, splits["wcep-held"], encoder, labels, upper=True)
    figures["names_teacher_polnear_dev"] = entity_f1(model, splits["polnear-dev"], encoder, labels)
    figures["names_wnut17_test"] = entity_f1(model, splits["wnut-test"], encoder, labels, wnut=True)
    figures |= {f"polnear_dev_{k}": v for k, v in attribution(model, splits["polnear-dev"], encoder).items()}
    return figures


def table(columns: dict[str, dict[str, float]]) -> str:
    """A Markdown table, a row a measure, a column a model."""
    lines = ["| measure | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for name in next(iter(columns.values())):
        lines.append(f"| {name} | " + " | ".join(f"{100 * figures[name]:.1f}" for figures in columns.values()) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", type=Path, required=True, help="the folder that training prepared")
    parser.add_argument("models", type=Path, nargs="+")
    options = parser.parse_args()
    print(table({path.stem: measure(path, options.work) for path in options.models}))


if __name__ == "__main__":
    main()
