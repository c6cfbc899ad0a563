"""Word pieces and case classes: the model's input, the same here and in Rust.

A word is cut by itself: quotes and dashes are mapped to ASCII, then as BERT's uncased tokeniser does (NFD, marks
dropped, lower case, punctuation and CJK characters apart), then the longest match in the vocabulary from the left.
"""
from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

CASES = ["none", "lower", "title", "upper", "mixed", "single"]
QUOTES = str.maketrans({**dict.fromkeys("„“”«»", '"'), **dict.fromkeys("‘’ʼ", "'"), **dict.fromkeys("–—", "-"),
                        "…": "..."})
LONGEST_WORD = 100  # characters; a longer run is [UNK], as in BERT


def case_class(word: str) -> int:
    """Index into CASES, judged by the word's cased letters alone ("U.S." is upper)."""
    letters = [c for c in word if c.isupper() or c.islower()]
    if not letters:
        return 0
    upper = [c.isupper() for c in letters]
    if all(upper):
        return 3 if len(letters) > 1 else 5
    if not any(upper):
        return 1
    return 2 if upper[0] and not any(upper[1:]) else 4


def is_punctuation(c: str) -> bool:
    """BERT's: ASCII that is no letter, digit or space, and Unicode category P."""
    code = ord(c)
    return 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126 \
        or unicodedata.category(c).startswith("P")


def is_cjk(c: str) -> bool:
    code = ord(c)
    return (0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2CEAF
            or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F)


def normalised(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word.translate(QUOTES).lower())
                   if unicodedata.category(c) not in {"Mn", "Cc", "Cf", "Co", "Cn"} and c != "\ufffd")


def basic(word: str) -> list[str]:
    """The runs of a normalised word between which no piece reaches."""
    found, current = [], ""
    for c in normalised(word):
        if c.isspace() or is_punctuation(c) or is_cjk(c):
            if current:
                found.append(current)
            current = ""
            if not c.isspace():
                found.append(c)
        else:
            current += c
    return found + [current] if current else found


class Pieces:
    """A vocabulary of word pieces; a piece's id is its line in vocab.txt."""

    def __init__(self, vocabulary: list[str]):
        self.vocabulary = vocabulary
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.pad, self.unknown, self.start, self.end = (self.ids[t] for t in ("[PAD]", "[UNK]", "[CLS]", "[SEP]"))
        self.cache: dict[str, list[int]] = {}

    @staticmethod
    def read(path: Path) -> "Pieces":
        return Pieces(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def run(self, text: str) -> list[int]:
        found, start = [], 0
        if len(text) > LONGEST_WORD:
            return [self.unknown]
        while start < len(text):
            end = len(text)
            while end > start:
                piece = text[start:end] if start == 0 else "##" + text[start:end]
                if piece in self.ids:
                    break
                end -= 1
            if end == start:
                return [self.unknown]
            found.append(self.ids[piece])
            start = end
        return found

    def encode(self, word: str) -> list[int]:
        """The ids of one word's pieces; never empty."""
        if word not in self.cache:
            self.cache[word] = [i for run in basic(word) for i in self.run(run)] or [self.unknown]
        return self.cache[word]


def trimmed(full: Pieces, counts: Counter[str], size: int) -> list[str]:
    """The `size` pieces to keep: specials, single characters that can occur in Latin script, then by frequency."""
    uses: Counter[int] = Counter()
    for word, n in counts.items():
        for i in full.encode(word):
            uses[i] += n
    kept = [full.pad, full.unknown, full.start, full.end]
    single = [i for i, p in enumerate(full.vocabulary)
              if len(p.removeprefix("##")) == 1 and ord(p.removeprefix("##")) < 0x250]
    ranked = [i for i, n in uses.most_common() if n >= 1]
    # Pieces that were not seen fill what is left: BERT's vocabulary is itself in order of frequency.
    rest = [i for i, p in enumerate(full.vocabulary) if p.removeprefix("##").isascii() and not p.startswith("[")]
    order = dict.fromkeys(kept + single + ranked + rest)
    return [full.vocabulary[i] for i in list(order)[:size]]
