"""Words and sentences of raw text, split as UD English EWT splits them.

Corpora without gold tokens (PolNeAR, WCEP) are cut by these rules; the Rust tokeniser follows the same ones.
Spans are character offsets into the text, end exclusive.
"""
from __future__ import annotations

import re
from dataclasses import dataclass

# Prefixes that stay joined to their word in EWT ("anti-American"); every other hyphen is a word of its own.
PREFIXES = ("a|af|anti|arch|be|bi|co|counter|cross|e|ex|extra|inter|intra|macro|mega|meta|micro|mid|mini|multi|neo|"
            "non|over|pan|para|post|pre|pro|pseudo|quasi|re|semi|sub|super|trans|tri|ultra|un|under|uni|vice")
TITLES = ("Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Cpl|Adm|Brig|Gov|Sen|Rep|Sens|Reps|Rev|Hon|St|Pres|Sec|"
          "Jr|Sr|Inc|Ltd|Co|Corp|Bros|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mt|Ft|Dist|Dept|etc|approx")
TOKEN = re.compile(rf"""
    (?:https?://|www\.)[^\s<>"'’”]*[^\s<>"'’”.,;:!?)\]]
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
  | [@\#]\w+
  | \d+(?:[.,:/]\d+)+(?:st|nd|rd|th|s)?                # 3.5  10,000  9/11  17:30
  | (?:[^\W\d_]\.){{2,}}                               # U.S.  e.g.
  | (?:{TITLES})\.(?!\w)
  | (?i:{PREFIXES})-[^\W\d_]+(?:['’][^\W\d_]+)*        # anti-American
  | [A-Z]&[A-Z]\b
  | [A-Z]\.(?=\s+[A-Z])                                 # J. Lucas
  | [^\W_]+(?:['’][^\W_]+)*                            # words, with apostrophes inside
  | ['’](?:s|re|ve|ll|d|m|S|RE|VE|LL|D|M)\b
  | \.{{2,}} | …+ | -{{2,}} | \*+ | [=_]{{2,}}
  | \S
""", re.X)
CONTRACTION = re.compile(r"(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m))", re.I)
FUSED = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3}
CLOSERS = set("\"”’')]}»")
OPENERS = set("\"“‘'([{«")
STARTERS = set("The A An He She It They We I In On At But And This That These Those There His Her Its Their For From "
               "After Before As If When While However Meanwhile According Some Many Most Last Also".split())


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int


def words(text: str, offset: int = 0) -> list[Word]:
    """The words of one paragraph."""
    found: list[Word] = []
    for match in TOKEN.finditer(text):
        piece, start = match.group(), match.start()
        cut = FUSED.get(piece.lower())
        if cut is None and (split := CONTRACTION.fullmatch(piece)):
            cut = split.start(2)
        if cut:
            found.append(Word(piece[:cut], start, start + cut))
            piece, start = piece[cut:], start + cut
        found.append(Word(piece, start, start + len(piece)))
    return [Word(w.text, w.start + offset, w.end + offset) for w in found] if offset else found


def ends_sentence(tokens: list[Word], i: int) -> bool:
    """Whether a sentence ends after word `i` of a paragraph; closing quotes were already passed over."""
    if i + 1 >= len(tokens):
        return True
    j = i
    while j > 0 and tokens[j].text in CLOSERS:
        j -= 1
    last, following = tokens[j], tokens[i + 1]
    if following.text in CLOSERS and following.start == tokens[i].end:
        return False
    k = i + 1
    while k + 1 < len(tokens) and tokens[k].text in OPENERS:
        k += 1
    opens = tokens[k].text[0].isupper() or tokens[k].text[0].isdigit() or tokens[i + 1].text in OPENERS
    if last.text in {"!", "?"} or re.fullmatch(r"\.|\.{2,}|…+", last.text):
        return opens
    return bool(re.fullmatch(r"(?:[^\W\d_]\.){2,}|etc\.|Inc\.|Ltd\.|Co\.|Corp\.", last.text)) and tokens[k].text in STARTERS


def sentences(text: str) -> list[list[Word]]:
    """Paragraphs are separated by line breaks; no sentence crosses one."""
    found: list[list[Word]] = []
    for match in re.finditer(r"[^\n\r]+", text):
        tokens, current = words(match.group(), match.start()), []
        for i, token in enumerate(tokens):
            current.append(token)
            if ends_sentence(tokens, i):
                found.append(current)
                current = []
        if current:
            found.append(current)
    return found
