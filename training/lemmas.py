"""Lemmas as edit scripts, so that a lemma is one class among a few hundred.

A script is `CASE-N+SUFFIX` or `=LEMMA`. CASE says what is done to the word first: `l` lower-case it, `k` keep it,
`t` upper-case its first character and lower-case the rest. Then N characters (Unicode scalar values) are cut from
its end and SUFFIX is put there. `=LEMMA` replaces the whole word ("was" -> "=be").
`l-3+y`: "Countries" -> "countries" -> "countr" -> "country".
"""
from __future__ import annotations


def cased(word: str, case: str) -> str:
    return word.lower() if case == "l" else word[:1].upper() + word[1:].lower() if case == "t" else word


def apply(script: str, word: str) -> str:
    if script.startswith("="):
        return script[1:]
    case, rest = script[0], script[2:]
    cut, suffix = rest.split("+", 1)
    word = cased(word, case)
    return word[:len(word) - int(cut)] + suffix


def script(word: str, lemma: str) -> str:
    """The first script of l, k, t that keeps the longest common start; `=` where nothing is shared."""
    best, longest = "=" + lemma, 0
    for case in "lkt":
        start = cased(word, case)
        shared = 0
        while shared < min(len(start), len(lemma)) and start[shared] == lemma[shared]:
            shared += 1
        if shared > longest:
            best, longest = f"{case}-{len(start) - shared}+{lemma[shared:]}", shared
    return best
