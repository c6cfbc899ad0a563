"""PolNeAR's attributions as labels on words: source, cue, content (BIO each) and links to the cue.

Attributions nest ("he said that she claimed that …"). A word inside several spans of one role belongs to the
shortest attribution, so that its link names the innermost cue; the union of the words of each role is kept whole.
"""
from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from pathlib import Path

from .documents import Document, from_text

ROLES = ("source", "cue", "content")
Spans = dict[str, list[tuple[int, int]]]


def read_brat(path: Path) -> list[Spans]:
    """The attribution events of a brat file; `Content2` and the like are further parts of that role."""
    bounds: dict[str, list[tuple[int, int]]] = {}
    events: list[Spans] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if match := re.match(r"(T\d+)\t\S+ ([\d ;]+)", line):
            bounds[match.group(1)] = [tuple(map(int, part.split())) for part in match.group(2).split(";")]
    for line in path.read_text(encoding="utf-8").split("\n"):
        if match := re.match(r"E\d+\t(.*)", line):
            event: Spans = defaultdict(list)
            for argument in match.group(1).split():
                role, target = argument.split(":")
                event[role.rstrip("0123456789").lower()] += bounds.get(target, [])
            events.append(event)
    return events


def polnear(folder: Path) -> list[Document]:
    """Every article once, as annotated by the annotator whose file name sorts first."""
    found: dict[str, Document] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        if name not in found:
            with (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
                found[name] = labelled(name, file.read(), read_brat(path))
    return list(found.values())


def labelled(name: str, text: str, events: list[Spans]) -> Document:
    doc, spans = from_text(name, "polnear", text)
    ends = [word.end for word in spans]

    def covered(parts: list[tuple[int, int]]) -> list[list[int]]:
        """Word indices of each part, in order of the text; parts that touch are one."""
        runs: list[list[int]] = []
        for a, b in sorted(parts):
            first = bisect_left(ends, a + 1)
            run = [i for i in range(first, len(spans)) if spans[i].start < b] if first < len(spans) else []
            if runs and run and run[0] <= runs[-1][-1] + 1:
                runs[-1] += [i for i in run if i > runs[-1][-1]]
            elif run:
                runs.append(run)
        return runs

    size = len(spans)
    labels = {role: ["O"] * size for role in ROLES}
    doc.link = [-2] * size
    link_size = [10**9] * size
    for event in sorted(events, key=lambda e: -sum(b - a for a, b in e["content"])):  # the innermost is written last
        runs = {role: covered(event[role]) for role in ROLES}
        cue = runs["cue"][0][0] if runs["cue"] else -1
        target = cue if cue >= 0 else runs["source"][0][0] if runs["source"] else -1
        for role in ROLES:
            for run in runs[role]:
                for k, i in enumerate(run):
                    labels[role][i] = "B" if k == 0 else "I"
                # What follows a nested span of the outer attribution begins anew.
                after = run[-1] + 1
                if after < size and labels[role][after] == "I":
                    labels[role][after] = "B"
                if role != "cue":
                    for i in run:
                        # A source inside another's content keeps the link of its own attribution: sources are shorter.
                        if len(run) < link_size[i]:
                            doc.link[i] = target if role == "content" or cue >= 0 else -1
                            link_size[i] = len(run)
    doc.source, doc.cue, doc.content = (labels[role] for role in ROLES)
    return doc
