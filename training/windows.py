"""Windows: consecutive sentences of one document as the model sees them, altered at random for training, in batches."""
from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from . import lemmas
from .documents import Document
from .pieces import Pieces, case_class

IGNORED = -100
LAYERS = ("upos", "xpos", "lemma", "rel", "ner", "etype", "source", "cue", "content")
SWAPPED_WINDOWS = 0.7  # of those labelled for names alone
SWAP_SHARE = {"GPE": 0.75, "ORG": 0.4, "NORP": 0.2}  # of the entities in a window that is chosen for swapping
Swaps = dict[str, list[list[str]]]  # names, as words, by entity type
STRIPPED = {",", "'", '"', "’", "‘", "“", "”", "``", "''", ";", "(", ")"}


@dataclass
class Window:
    """Labels as in Document, with word indices counted from the window's start; None where not labelled."""

    words: list[str]
    sentence: list[int]
    labels: dict[str, list[str] | None]
    head: list[int | None] | None  # -1 root; None where the head lies outside
    link: list[int] | None


def cut(doc: Document, encoder: Pieces, limit: int) -> list[tuple[int, int]]:
    """Word ranges of whole sentences that fit `limit` pieces, filled from the start; a longer sentence is cut."""
    ranges, start, used, i = [], 0, 2, 0
    size = len(doc.words)
    while i < size:
        end = i
        while end < size and doc.sentence[end] == doc.sentence[i]:
            end += 1
        costs = [len(encoder.encode(w)) for w in doc.words[i:end]]
        if used + sum(costs) > limit and i > start:
            ranges.append((start, i))
            start, used = i, 2
        for k, cost in enumerate(costs):
            if used + cost > limit and i + k > start:
                ranges.append((start, i + k))
                start, used = i + k, 2
            used += cost
        i = end
    if start < size:
        ranges.append((start, size))
    return ranges


def window(doc: Document, start: int, end: int) -> Window:
    first = doc.sentence[start]
    return Window(
        doc.words[start:end], [s - first for s in doc.sentence[start:end]],
        {layer: values[start:end] if (values := getattr(doc, layer)) is not None else None for layer in LAYERS},
        [h if h < 0 else h - start if start <= h < end else None for h in doc.head[start:end]] if doc.head else None,
        [k if k < 0 else k - start if start <= k < end else -1 for k in doc.link[start:end]] if doc.link else None)


# --- alterations ----------------------------------------------------------------------------

def spliced(w: Window, keep: list[bool], words: list[str]) -> Window:
    """The window without the words not kept; `words` are the new texts. What hung on a dropped word hangs on its head."""
    new = {i: n for n, i in enumerate(i for i, k in enumerate(keep) if k)}

    def head(i: int) -> int | None:
        h = w.head[i]
        for _ in range(len(keep)):
            if h is None or h < 0 or keep[h]:
                break
            h = w.head[h]
        return h if h is None or h < 0 else new.get(h)

    def link(k: int) -> int:
        while 0 <= k < len(keep) and not keep[k]:
            k += 1
        return k if k < 0 else new.get(k, -1)

    labels = {layer: [v for v, k in zip(values, keep) if k] if values is not None else None
              for layer, values in w.labels.items()}
    for layer in ("ner", "source", "cue", "content"):  # a span whose first word was dropped still begins with B
        for i, value in enumerate(w.labels[layer] or ()):
            if not keep[i] and value[0] == "B" and i + 1 < len(keep) and keep[i + 1]:
                following = labels[layer][new[i + 1]]
                if following[0] == "I":
                    labels[layer][new[i + 1]] = "B" + following[1:]
    return Window([t for t, k in zip(words, keep) if k], [s for s, k in zip(w.sentence, keep) if k], labels,
                  [head(i) for i in new] if w.head else None, [link(w.link[i]) for i in new] if w.link else None)


def stripped(w: Window) -> Window:
    """Commas, quotes and apostrophes lost, as in FA-KES: "Syria's" is one word "Syrias"."""
    keep, texts = [t not in STRIPPED for t in w.words], list(w.words)
    for i in range(1, len(texts)):
        if texts[i].lower() in {"'s", "’s"} and keep[i - 1]:
            texts[i - 1], keep[i] = texts[i - 1] + texts[i][1:], False
    return spliced(w, keep, texts) if any(keep) else w


def swapped(w: Window, swaps: Swaps, rng: random.Random) -> Window:
    """Places, groups and peoples replaced by those of wars. Only for windows that are labelled for names alone."""
    words, sentence, ner, i = [], [], [], 0
    tags = w.labels["ner"]
    while i < len(w.words):
        end, kind = i + 1, tags[i][2:]
        while end < len(w.words) and tags[end] == f"I-{kind}":
            end += 1
        if tags[i][0] == "B" and rng.random() < SWAP_SHARE.get(kind, 0):
            name = w.words[i:i + 1] if w.words[i].lower() == "the" and end > i + 1 else []
            name = name + rng.choice(swaps[kind])
            words += name
            ner += [f"B-{kind}"] + [f"I-{kind}"] * (len(name) - 1)
        else:
            words += w.words[i:end]
            ner += tags[i:end]
        sentence += [w.sentence[i]] * (len(words) - len(sentence))
        i = end
    return Window(words, sentence, {**dict.fromkeys(LAYERS), "ner": ner}, None, None)


def altered(w: Window, swaps: Swaps, rng: random.Random) -> Window:
    if w.head is None and w.link is None and w.labels["ner"] is not None and rng.random() < SWAPPED_WINDOWS:
        w = swapped(w, swaps, rng)
    if rng.random() < 0.08:
        w = stripped(w)
    chance = rng.random()
    if chance < 0.10:
        w.words = [t.upper() for t in w.words]
    elif chance < 0.16:
        w.words = [t.lower() for t in w.words]
    return w


# --- tensors --------------------------------------------------------------------------------

class Encoder:
    """Turns windows into the model's input and its targets."""

    def __init__(self, pieces: Pieces, labels: dict[str, list[str]], limit: int):
        self.pieces, self.limit = pieces, limit
        names = {layer: "role" if layer in {"source", "cue", "content"} else layer for layer in LAYERS}
        self.ids = {layer: {v: i for i, v in enumerate(labels[name])} for layer, name in names.items()}

    def targets(self, layer: str, w: Window) -> list[int]:
        values, ids = w.labels[layer], self.ids[layer]
        if values is None:
            return [IGNORED] * len(w.words)
        if layer == "lemma":
            values = [lemmas.script(word, lemma) for word, lemma in zip(w.words, values)]
        return [ids.get(v, IGNORED) for v in values]

    def encode(self, w: Window) -> dict[str, list[int]]:
        ids, cases, first, last = [self.pieces.start], [0], [], []
        for word in w.words:
            pieces = self.pieces.encode(word)
            if len(ids) + len(pieces) >= self.limit:
                pieces = pieces[: max(1, self.limit - 1 - len(ids))]
            if len(ids) + len(pieces) >= self.limit + 1:
                break
            first.append(len(ids))
            ids += pieces
            cases += [case_class(word)] * len(pieces)
            last.append(len(ids) - 1)
        count = len(first)
        row = {"pieces": ids + [self.pieces.end], "cases": cases + [0], "first": first, "last": last,
               "sentence": w.sentence[:count]}
        for layer in LAYERS:
            row[layer] = self.targets(layer, w)[:count]
        row["head"] = [IGNORED if h is None or h >= count else h + 1 for h in w.head[:count]] if w.head else [IGNORED] * count
        row["link"] = ([IGNORED if k == -2 else 0 if k >= count else k + 1 for k in w.link[:count]]
                       if w.link else [IGNORED] * count)
        return row


def collate(rows: list[dict[str, list[int]]]) -> dict[str, Tensor]:
    batch = {}
    for key in rows[0]:
        fill = {"pieces": 0, "cases": 0, "first": 0, "last": 0, "sentence": -1}.get(key, IGNORED)
        longest = max(len(row[key]) for row in rows)
        batch[key] = torch.tensor([row[key] + [fill] * (longest - len(row[key])) for row in rows])
    batch["mask"] = torch.tensor([[True] * len(row["pieces"]) + [False] * (batch["pieces"].shape[1] - len(row["pieces"]))
                                  for row in rows])
    return batch


class Stream:
    """An endless stream of training batches, the corpora drawn by weight, windows of like length together."""

    def __init__(self, splits: dict[str, list[Document]], encoder: Encoder, swaps: Swaps,
                 weights: dict[str, float], limit: int, batch_pieces: int, seed: int):
        self.splits, self.encoder, self.swaps = splits, encoder, swaps
        self.weights, self.limit, self.batch_pieces = weights, limit, batch_pieces
        self.rng = random.Random(seed)
        self.left: dict[str, list[tuple[Document, int, int]]] = {name: [] for name in weights}
        self.passes = dict.fromkeys(weights, 0)

    def draw(self, name: str) -> Window:
        if not self.left[name]:
            for doc in self.splits[name]:
                limit = self.rng.choice([self.limit, self.limit, self.limit * 2 // 3, self.limit // 3])
                self.left[name] += [(doc, a, b) for a, b in cut(doc, self.encoder.pieces, limit)]
            self.rng.shuffle(self.left[name])
            self.passes[name] += 1
        return window(*self.left[name].pop())

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        while True:
            drawn = self.rng.choices(list(self.weights), list(self.weights.values()), k=320)
            rows = [self.encoder.encode(altered(self.draw(name), self.swaps, self.rng)) for name in drawn]
            rows.sort(key=lambda row: len(row["pieces"]) + self.rng.random())
            batches, current = [], []
            for row in rows:
                if current and (len(current) + 1) * len(row["pieces"]) > self.batch_pieces:
                    batches.append(current)
                    current = []
                current.append(row)
            batches.append(current)
            self.rng.shuffle(batches)
            yield from (collate(rows) for rows in batches)
