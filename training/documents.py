"""The labelled document every corpus is read into, and the readers of treebanks and CoNLL files."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import words


@dataclass
class Document:
    """One document. Lists run over its words; None where the corpus does not label that layer.

    head: word index in the document, -1 for the root of a sentence.
    link: word index of the first word of the attribution's cue, -1 where it has none, -2 outside source and content.
    """

    name: str
    corpus: str
    words: list[str] = field(default_factory=list)
    space: list[bool] = field(default_factory=list)  # whether white space follows
    sentence: list[int] = field(default_factory=list)
    upos: list[str] | None = None
    xpos: list[str] | None = None
    lemma: list[str] | None = None
    head: list[int] | None = None
    rel: list[str] | None = None
    ner: list[str] | None = None
    etype: list[str] | None = None
    source: list[str] | None = None
    cue: list[str] | None = None
    content: list[str] | None = None
    link: list[int] | None = None


def from_text(name: str, corpus: str, text: str) -> tuple[Document, list[words.Word]]:
    """A document without labels, and its words with their spans."""
    doc, spans = Document(name, corpus), []
    for number, sentence in enumerate(words.sentences(text)):
        for word in sentence:
            doc.words.append(word.text)
            doc.space.append(text[word.end:word.end + 1].isspace())
            doc.sentence.append(number)
            spans.append(word)
    return doc, spans


# --- treebanks ------------------------------------------------------------------------------

def conllu(path: Path, corpus: str) -> list[Document]:
    """UD documents; GUM's entities (MISC Entity=) become `etype` at the head word of each mention."""
    found: list[Document] = []
    sentence: list[list[str]] = []

    def flush() -> None:
        if not sentence:
            return
        doc, base = found[-1], len(found[-1].words)
        number = doc.sentence[-1] + 1 if doc.sentence else 0
        for row in sentence:
            doc.words.append(row[1])
            doc.space.append("SpaceAfter=No" not in row[9])
            doc.sentence.append(number)
            doc.upos.append(row[3])
            doc.xpos.append(row[4])
            doc.lemma.append(row[2])
            doc.head.append(base + int(row[6]) - 1 if row[6] != "0" else -1)
            doc.rel.append(row[7])
        if doc.etype is not None:
            doc.etype += mention_heads(sentence)
        sentence.clear()

    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc") or not found:
            flush()
            doc = Document(line.split("=")[-1].strip(), corpus)
            doc.upos, doc.xpos, doc.lemma, doc.head, doc.rel = [], [], [], [], []
            doc.etype = [] if corpus == "gum" else None
            found.append(doc)
        elif not line:
            flush()
        elif line[0] != "#":
            row = line.split("\t")
            if row[0].isdigit():
                sentence.append(row)
    flush()
    return [doc for doc in found if doc.words]


def mention_heads(sentence: list[list[str]]) -> list[str]:
    """For each word, the GUM type of the longest mention that it heads, or O. Split and cross-sentence mentions are left out."""
    labels, lengths = ["O"] * len(sentence), [0] * len(sentence)
    open_mentions: list[tuple[str, str, int]] = []
    for i, row in enumerate(sentence):
        match = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for token in re.findall(r"\([^()]+\)?|[^()]+\)", match.group(1)) if match else []:
            fields = token.strip("()").split("-")
            start = i
            if token[0] == "(":
                open_mentions.append((fields[0], fields[1] if len(fields) > 1 else "", i))
            if token[-1] == ")":
                at = next((k for k in range(len(open_mentions) - 1, -1, -1) if open_mentions[k][0] == fields[0]), None)
                if at is None:
                    continue
                _, kind, start = open_mentions.pop(at)
                heads = [k for k in range(start, i + 1) if not start <= int(sentence[k][6]) - 1 <= i]
                if heads and "[" not in fields[0] and i + 1 - start > lengths[heads[0]]:
                    labels[heads[0]], lengths[heads[0]] = kind, i + 1 - start
    return labels


# --- WNUT17 and WCEP ------------------------------------------------------------------------

def wnut(path: Path) -> list[Document]:
    """Each post is a document; `ner` holds WNUT's own labels until names.py maps them."""
    found: list[Document] = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        rows = [line.split("\t") for line in block.split("\n") if line.strip()]
        if rows:
            tokens = [row[0].strip() for row in rows]
            found.append(Document(f"{path.stem}-{len(found)}", "wnut", tokens, [True] * len(rows), [0] * len(rows),
                                  ner=[row[1].strip() if len(row) > 1 else "O" for row in rows]))
    return found


def wcep(path: Path, items: int = 3) -> Iterator[Document]:
    """Every `items` entries of one day make a document, a paragraph each."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [(row["date"], row["text"].strip()) for row in rows if len(row["text"]) > 40]
    for start in range(0, len(texts), items):
        group = texts[start:start + items]
        yield from_text(f"wcep-{group[0][0]}-{start}", "wcep", "\n".join(text for _, text in group))[0]
