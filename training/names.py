"""Entity labels by a teacher (spaCy's en_core_web_md), with its evident errors repaired.

Repairs: the same name in one document takes its majority type; country names are GPE and demonyms NORP; armed groups
of the actor lists are ORG; a known place after "in", "near", "from" … is GPE; names without a capital are dropped.
WNUT17's labels are mapped to OntoNotes types and completed by the teacher's for types that WNUT does not have.
"""
from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .documents import Document
from .pieces import QUOTES

TYPES = ["PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE",
         "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"]
NAMES = {"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"}
NUMBERS = {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"}
WNUT = {"person": "PERSON", "corporation": "ORG", "group": "ORG", "product": "PRODUCT", "creative-work": "WORK_OF_ART"}
QUOTATION = {'"', "“", "”", "``", "''"}
LOCATIVE = {"in", "near", "at", "outside", "around", "from", "northern", "southern", "eastern", "western", "central"}
Entity = tuple[int, int, str]  # first word, one past the last, type


def entities(tags: list[str]) -> list[Entity]:
    """The entities of BIO tags; an I that continues nothing begins one."""
    found: list[Entity] = []
    for i, tag in enumerate(tags):
        kind = tag[2:]
        if tag[0] == "B" or tag[0] == "I" and not (found and found[-1][1] == i and found[-1][2] == kind):
            found.append((i, i + 1, kind))
        elif tag[0] == "I":
            found[-1] = (found[-1][0], i + 1, kind)
    return found


def bio(found: list[Entity], size: int) -> list[str]:
    tags = ["O"] * size
    for start, end, kind in found:
        tags[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
    return tags


@dataclass
class Gazetteer:
    """Lower-cased names."""

    countries: set[str]
    demonyms: set[str]
    places: set[str]
    groups: set[str]

    @staticmethod
    def read(facts: Path) -> "Gazetteer":
        with (facts / "plover/NGEC_countries.csv").open(encoding="utf-8") as file:
            countries = {row["Name"].lower() for row in csv.DictReader(file)}
        with (facts / "country-names/demonyms.tsv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        countries |= {row["name"].lower() for row in rows}
        demonyms = set()
        for row in rows:
            for name in re.split(r"[,;/]| or ", f"{row['noun']},{row['adjective']}"):
                name = name.strip().lower()
                if re.fullmatch(r"[a-z-]{4,}(\(s\))?", name):
                    demonyms |= {name.removesuffix("(s)"), name.removesuffix("(s)") + "s"}
        places = set()
        with gzip.open(facts / "geonames-cities500/cities500_2026.tsv.gz", "rt", encoding="utf-8") as file:
            for line in file:
                fields = line.split("\t")
                if len(fields) > 6 and fields[6].isdigit() and int(fields[6]) > 5000:
                    places.add(fields[1].lower())
        groups = set()
        for line in (facts / "petrarch/Phoenix.MilNonState.actors.txt").read_text("utf-8", "replace").splitlines():
            if match := re.match(r"\+?([A-Z][A-Z_'-]{4,})", line):
                groups.add(match.group(1).strip("_").replace("_", " ").replace("-", " - ").lower())
        groups |= {"hamas", "hezbollah", "taliban", "isis", "isil", "daesh", "al - qaeda", "al - shabaab", "boko haram",
                   "islamic state", "houthis", "fatah", "pkk", "ypg", "m23", "rsf", "idf"}
        return Gazetteer(countries, demonyms - countries, places - countries - demonyms, groups - countries - demonyms)


class Teacher:
    """spaCy's entity recogniser run over given words."""

    def __init__(self, model: Path):
        import spacy
        self.nlp = spacy.load(model)

    def label(self, docs: list[Document]) -> Iterator[list[Entity]]:
        from spacy.tokens import Doc
        recogniser = self.nlp.get_pipe("ner")
        made = (Doc(self.nlp.vocab, [w.translate(QUOTES) for w in doc.words], doc.space) for doc in docs)
        for doc in recogniser.pipe(made, batch_size=64):
            yield [(e.start, e.end, e.label_) for e in doc.ents]


def unquoted(doc: Document, entity: Entity) -> Entity:
    """The entity without a quotation mark that only begins or only ends inside it, on the side with more words."""
    start, end, kind = entity
    marks = [i for i in range(start, end) if doc.words[i] in QUOTATION]
    if len(marks) != 1:
        return entity
    return (marks[0] + 1, end, kind) if end - marks[0] > marks[0] - start else (start, marks[0], kind)


def repaired(doc: Document, found: list[Entity], known: Gazetteer) -> list[Entity]:
    def text(start: int, end: int) -> str:
        return " ".join(doc.words[start:end])

    result: list[Entity] = []
    for start, end, kind in (unquoted(doc, entity) for entity in found):
        name = text(start, end).lower().removeprefix("the ")
        if start == end:
            continue
        if kind in NAMES:
            if not any(c.isupper() for w in doc.words[start:end] for c in w):
                continue
            if name in known.countries:
                kind = "GPE"
            elif name in known.demonyms:
                kind = "NORP"
            elif name in known.groups:
                kind = "ORG"
            elif (name in known.places and start > 0 and doc.words[start - 1].lower() in LOCATIVE
                  and kind in {"PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "LAW"}):
                kind = "GPE"
        result.append((start, end, kind))

    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for start, end, kind in result:
        if kind in NAMES:
            votes[text(start, end)][kind] += 1
    for i, (start, end, kind) in enumerate(result):
        if kind in NAMES:
            top, n = votes[text(start, end)].most_common(1)[0]
            if n > votes[text(start, end)][kind]:
                result[i] = (start, end, top)

    # Further occurrences of a name that the teacher found at least once, and names that it missed after "in" and the like.
    taken = [False] * len(doc.words)
    for start, end, _ in result:
        taken[start:end] = [True] * (end - start)
    sure = {name: v.most_common(1)[0][0] for name, v in votes.items() if " " in name and v.total() >= 1}
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in sure:
        by_first[name.split(" ")[0]].append(tuple(name.split(" ")))
    for i, word in enumerate(doc.words):
        if taken[i]:
            continue
        for name in by_first.get(word, ()):
            end = i + len(name)
            if tuple(doc.words[i:end]) == name and not any(taken[i:end]) and all(w[0].isupper() for w in name):
                result.append((i, end, sure[" ".join(name)]))
                taken[i:end] = [True] * len(name)
                break
        lower = word.lower()
        if not taken[i] and word[0].isupper():
            if lower in known.demonyms:
                result.append((i, i + 1, "NORP"))
                taken[i] = True
            elif lower in known.countries or (lower in known.places and i > 0 and doc.words[i - 1] in LOCATIVE
                                              and not (i + 1 < len(doc.words) and doc.words[i + 1][0].isupper())):
                result.append((i, i + 1, "GPE"))
                taken[i] = True
    return sorted(result)


def wnut_labels(doc: Document, teacher: list[Entity], known: Gazetteer) -> list[str]:
    """`?` marks words whose type cannot be decided; they are not trained on."""
    ours: list[Entity] = []
    unsure: list[Entity] = []
    for start, end, kind in entities(doc.ner):
        if kind == "location":
            name = " ".join(doc.words[start:end]).lower()
            agreed = next((k for a, b, k in teacher if a < end and b > start and k in {"GPE", "LOC", "FAC"}), None)
            if name in known.countries or name in known.places:
                agreed = "GPE"
            (ours if agreed else unsure).append((start, end, agreed or "?"))
        else:
            ours.append((start, end, WNUT[kind]))
    taken = {i for start, end, _ in ours + unsure for i in range(start, end)}
    ours += [e for e in teacher if e[2] in NUMBERS | {"NORP", "EVENT", "LANGUAGE"}
             and not taken & set(range(e[0], e[1]))]
    tags = bio(ours, len(doc.words))
    for start, end, _ in unsure:
        tags[start:end] = ["?"] * (end - start)
    return tags


def label_all(docs: list[Document], teacher: Teacher, known: Gazetteer) -> None:
    """Fills `ner` of every document."""
    for doc, found in zip(docs, teacher.label(docs)):
        if doc.corpus == "wnut":
            doc.ner = wnut_labels(doc, found, known)
        else:
            doc.ner = bio(repaired(doc, found, known), len(doc.words))
