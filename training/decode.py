"""From scores to labels: BIO spans, trees (Chu-Liu/Edmonds with one root a sentence) and links."""
from __future__ import annotations

import numpy as np

from .names import Entity, entities


def tree(scores: np.ndarray) -> list[int]:
    """Heads of one sentence from scores [n, n + 1], column 0 the root: greedy where that is a tree, else Chu-Liu/Edmonds.

    Returned heads are columns: 0 root, j + 1 = word j. Exactly one word hangs on the root: every candidate root is
    tried where the best tree has more than one.
    """
    best = scores.argmax(1)
    if (best == 0).sum() == 1 and not cycle(best):
        return best.tolist()
    square = np.full((len(scores) + 1, len(scores) + 1), -np.inf)
    square[1:] = scores  # row: dependent, column: head
    np.fill_diagonal(square, -np.inf)
    heads = edmonds(square)[1:]
    roots = [i for i, h in enumerate(heads) if h == 0]
    if len(roots) == 1:
        return heads
    found, top = heads, -np.inf
    for root in roots:
        forced = square.copy()
        forced[1:, 0] = -np.inf
        forced[root + 1, 0] = square[root + 1, 0]
        candidate = edmonds(forced)[1:]
        value = sum(scores[i, h] for i, h in enumerate(candidate))
        if value > top and candidate.count(0) == 1:
            found, top = candidate, value
    return found


def cycle(heads: np.ndarray | list[int]) -> list[int]:
    """The words (columns) of one cycle, or none."""
    heads = [0, *heads]
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node):]
        for seen in path:
            state[seen] = 2
    return []


def edmonds(scores: np.ndarray) -> list[int]:
    """The best arborescence rooted at node 0; scores[dependent, head]."""
    heads = scores.argmax(1)
    heads[0] = 0
    loop = cycle(heads[1:].tolist())
    if not loop:
        return heads.tolist()
    outside = [i for i in range(len(scores)) if i not in set(loop)]
    size = len(outside)
    small = np.full((size + 1, size + 1), -np.inf)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    gain = np.array([scores[i, heads[i]] for i in loop])
    entering = scores[np.ix_(loop, outside)] - gain[:, None]  # break the loop at i, hang it on a head outside
    small[size, :size] = entering.max(0)
    enter_at = entering.argmax(0)
    leaving = scores[np.ix_(outside, loop)]
    small[:size, size] = leaving.max(1)
    leave_at = leaving.argmax(1)
    contracted = edmonds(small)
    result = heads.tolist()
    for k, node in enumerate(outside):
        if node:
            result[node] = loop[leave_at[k]] if contracted[k] == size else outside[contracted[k]]
    above = contracted[size]
    at = loop[enter_at[above]]
    result[at] = outside[above]
    return result


def names(scores: np.ndarray, labels: list[str]) -> list[Entity]:
    """The best-scored tags in which every I continues a B or I of its type (Viterbi)."""
    allowed = np.zeros((len(labels), len(labels)))
    start = np.zeros(len(labels))
    for j, label in enumerate(labels):
        if label[0] == "I":
            allowed[:, j] = [0 if before[1:] == label[1:] else -np.inf for before in labels]
            start[j] = -np.inf
    best, back = start + scores[0], []
    for row in scores[1:]:
        reached = best[:, None] + allowed
        back.append(reached.argmax(0))
        best = reached.max(0) + row
    tags = [int(best.argmax())]
    for pointers in reversed(back):
        tags.append(int(pointers[tags[-1]]))
    return entities([labels[i] for i in reversed(tags)])


def role(scores: np.ndarray) -> list[bool]:
    """Whether each word is inside a span of the role."""
    return (scores.argmax(1) > 0).tolist()
