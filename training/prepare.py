"""Reads every corpus, labels names, fixes the label sets and the vocabulary: one pickle that training starts from."""
from __future__ import annotations

import csv
import gzip
import json
import logging
import pickle
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from . import attribution, documents, lemmas, names, words
from .documents import Document
from .pieces import CASES, Pieces, trimmed

log = logging.getLogger(__name__)
PIECES_MAX = 256
WINDOW_PIECES = 192  # what a window is filled to, [CLS] and [SEP] included


def corpora(data: Path) -> dict[str, list[Document]]:
    """Splits by name. `data` is the folder that holds train/, dev/ and facts/."""
    train, dev = data / "train", data / "dev"
    wcep = list(documents.wcep(train / "wcep_daily/items.jsonl"))
    held = max(1, len(wcep) // 20)
    return {
        "ewt": documents.conllu(train / "ud_english-ewt/en_ewt-ud-train.rebuilt.conllu", "ewt"),
        "gum": documents.conllu(train / "gum-open/train.conllu", "gum"),
        "polnear": attribution.polnear(train / "polnear"),
        "wcep": wcep[:-held],
        "wnut": documents.wnut(train / "wnut17/wnut17train.conll"),
        "ewt-dev": documents.conllu(train / "ud_english-ewt/en_ewt-ud-dev.conllu", "ewt"),
        "ewt-test": documents.conllu(train / "ud_english-ewt/en_ewt-ud-test.conllu", "ewt"),
        "gum-test": documents.conllu(train / "gum-open/test.conllu", "gum"),
        "polnear-dev": attribution.polnear(dev / "polnear"),
        "wcep-held": wcep[-held:],
        "wnut-test": documents.wnut(train / "wnut17/emerging.test.annotated"),
    }


TRAIN = ("ewt", "gum", "polnear", "wcep", "wnut")


def fact_names(facts: Path) -> Iterable[str]:
    """Words of place, group and country names: so that the vocabulary keeps their pieces."""
    for path in sorted((facts / "geonames-admin").glob("admin*Codes*.txt*")):
        opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
        with opened as file:
            for line in file:
                yield from line.split("\t")[1].split()
    for path in sorted((facts / "petrarch").glob("Phoenix*.txt")):
        yield from re.findall(r"[A-Za-z]{2,}", path.read_text("utf-8", "replace"))
    with (facts / "country-names/demonyms.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield from f"{row['name']} {row['noun']} {row['adjective']}".split()


def place_names(facts: Path, per_country: int = 1200) -> list[list[str]]:
    """Names of towns and villages of countries at war, as words: training swaps them in for other places."""
    chosen: list[list[str]] = []
    for code in "SY YE IQ SD SS LY SO ML BF NE NG TD CF CD ET ER MM AF PK PS LB UA MZ CM HT CO".split():
        path = facts / "wof-places" / f"{code}.tsv.gz"
        if not path.exists():
            continue
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = [line.split("\t") for line in file]
        named = sorted({(int(r[11]) if r[11].isdigit() else 0, r[2]) for r in rows
                        if r[1] in {"locality", "county", "region"} and re.fullmatch(r"[A-Z][\w'’ -]{2,24}", r[2])},
                       reverse=True)
        chosen += [[w.text for w in words.words(name)] for _, name in named[:per_country]]
    return chosen


def swap_names(facts: Path) -> dict[str, list[list[str]]]:
    """Names by type that training swaps in: towns, and UCDP's armed groups (ORG) and communities (NORP)."""
    swaps: dict[str, list[list[str]]] = {"GPE": place_names(facts), "ORG": [], "NORP": []}
    with (facts / "ucdp-actors/ucdp-actor-221.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            kind = {"1": "ORG", "3": "NORP"}.get(row["Org"])
            for name in {row["NameData"], row["NameOrigFullEng"]} if kind else ():
                if re.fullmatch(r"[A-Z][\w'’ -]{2,60}", name) and " - " not in name:
                    swaps[kind].append([w.text for w in words.words(name)])
    return {kind: sorted(names) for kind, names in swaps.items()}


def label_sets(splits: dict[str, list[Document]]) -> dict[str, list[str]]:
    train = [doc for split in TRAIN for doc in splits[split]]

    def values(layer: str, least: int = 1) -> list[str]:
        counts = Counter(v for doc in train if getattr(doc, layer) is not None for v in getattr(doc, layer))
        return [v for v, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= least]

    scripts = Counter(lemmas.script(w, l) for doc in train if doc.lemma for w, l in zip(doc.words, doc.lemma))
    return {
        "cases": CASES, "upos": sorted(values("upos")), "xpos": sorted(values("xpos")),
        "lemma": [s for s, n in sorted(scripts.items(), key=lambda item: (-item[1], item[0])) if n >= 2],
        "rel": sorted(values("rel")),
        "ner": ["O"] + [f"{p}-{t}" for t in names.TYPES for p in "BI"],
        "etype": ["O"] + sorted(v for v in values("etype") if v != "O"),
        "role": ["O", "B", "I"],
    }


def prepare(data: Path, teacher: Path, encoder: Path, work: Path, vocabulary: int = 21000) -> None:
    """Writes prepared.pkl, vocab.txt and labels.json into `work`; does nothing where they are already there."""
    work.mkdir(parents=True, exist_ok=True)
    target = work / "prepared.pkl"
    if target.exists():
        return
    splits = corpora(data)
    for split, docs in splits.items():
        log.info("%s: %d documents, %d sentences, %d words", split, len(docs),
                 sum(d.sentence[-1] + 1 for d in docs if d.words), sum(len(d.words) for d in docs))
    known, recogniser = names.Gazetteer.read(data / "facts"), names.Teacher(teacher)
    for split, docs in splits.items():
        if split == "wnut-test" or docs[0].corpus in {"ewt", "gum"}:
            continue  # WNUT's test keeps its own labels; on the treebanks' web text the teacher is too often wrong
        names.label_all(docs, recogniser, known)
        log.info("%s: %d entities", split, sum(len(names.entities(d.ner)) for d in docs))
    labels = label_sets(splits)
    full = Pieces.read(encoder / "vocab.txt")
    counts = Counter(w for split in TRAIN for doc in splits[split] for w in doc.words)
    counts.update(fact_names(data / "facts"))
    kept = trimmed(full, counts, vocabulary)
    (work / "vocab.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    (work / "labels.json").write_text(json.dumps(
        {"version": "en-1", "input_type": "int32", "pieces_max": PIECES_MAX, "window_pieces": WINDOW_PIECES, **labels},
        ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    with target.with_suffix(".tmp").open("wb") as file:
        pickle.dump({"splits": splits, "labels": labels, "swaps": swap_names(data / "facts")}, file)
    target.with_suffix(".tmp").rename(target)
