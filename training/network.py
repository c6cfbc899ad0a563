"""The encoder (MiniLM, 6 layers of 384, with a case embedding) and its heads, in PyTorch.

Words are made of pieces: each head group mixes the layers with learned weights, then a word is a learned mix,
dimension by dimension, of its first and last piece. Four groups: `tags` (upos, xpos, lemma), `parse` (arc, rel),
`names` (ner, etype), `says` (source, cue, content, link). graph.py writes the same arithmetic as ONNX.
"""
from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDTH, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
MIXED = 4  # how many of the last layers each group mixes
ARC, REL, LINK = 192, 64, 96
GROUPS = {"tags": 256, "names": 256, "says": 256}  # widths of the groups' hidden layers
FLAT = {"tags": ("upos", "xpos", "lemma"), "names": ("ner", "etype"), "says": ("source", "cue", "content")}
LABELS_OF = {"source": "role", "cue": "role", "content": "role"}  # the label set a head uses, where names differ
MASKED = -1e4


class Layer(nn.Module):
    """One transformer layer, normalised after each part, as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).permute(2, 0, 3, 1, 4)
        # By hand: torch's fused attention takes three times as long backwards on a CPU at this size.
        attended = (q @ (k * (WIDTH // ATTENTION_HEADS) ** -0.5).transpose(-1, -2) + mask).softmax(-1) @ v
        x = self.norm1(x + self.out(attended.transpose(1, 2).reshape(b, t, WIDTH)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Biaffine(nn.Module):
    """Scores of every word (rows) with column 0, then every word, of its window."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.row = nn.Linear(WIDTH, size)
        self.column = nn.Linear(WIDTH, size)
        self.product = nn.Linear(size, size)  # its bias makes the score of a column alone
        self.root = nn.Parameter(torch.zeros(size))

    def forward(self, x: Tensor, dropout: float = 0.0) -> Tensor:
        rows = F.dropout(F.gelu(self.row(x)), dropout, self.training)
        columns = F.dropout(F.gelu(self.column(x)), dropout, self.training)
        columns = torch.cat([self.root.to(columns.dtype).expand(*x.shape[:-2], 1, -1), columns], -2)
        return self.product(rows) @ columns.transpose(-1, -2)


class Network(nn.Module):
    def __init__(self, vocabulary: int, labels: dict[str, list[str]], positions: int = 256) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(positions, WIDTH)
        self.cases = nn.Embedding(len(labels["cases"]), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        groups = [*GROUPS, "parse"]
        self.mix = nn.ParameterDict({g: nn.Parameter(torch.tensor([0.0] * (MIXED - 1) + [1.0])) for g in groups})
        self.ends = nn.ParameterDict({g: nn.Parameter(torch.zeros(WIDTH)) for g in groups})
        self.hidden = nn.ModuleDict({g: nn.Linear(WIDTH, size) for g, size in GROUPS.items()})
        self.heads = nn.ModuleDict({head: nn.Linear(GROUPS[g], len(labels[LABELS_OF.get(head, head)]))
                                    for g, heads in FLAT.items() for head in heads})
        self.arc, self.link = Biaffine(ARC), Biaffine(LINK)
        self.rel_row, self.rel_column = nn.Linear(WIDTH, REL), nn.Linear(WIDTH, REL)
        self.rel_root = nn.Parameter(torch.zeros(REL))
        rels = len(labels["rel"])
        self.rel_product = nn.Linear(REL, rels * REL, bias=False)
        self.rel_row_score, self.rel_column_score = nn.Linear(REL, rels), nn.Linear(REL, rels)
        for module in (self.arc.product, self.link.product, self.rel_product):
            nn.init.normal_(module.weight, std=0.02)

    # --- encoder --------------------------------------------------------------------------

    def encode(self, pieces: Tensor, cases: Tensor, mask: Tensor, dropout: float) -> list[Tensor]:
        """The outputs of the last MIXED layers, each [batch, pieces, WIDTH]. `mask` is True at real pieces."""
        x = self.pieces(pieces) + self.cases(cases) + self.positions.weight[: pieces.shape[1]]
        x = F.dropout(self.norm(x), dropout, self.training)
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()  # the residual stream too: casting back and forth costs more than the products
        bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, MASKED)[:, None, None, :]
        outputs = []
        for layer in self.layers:
            x = layer(x, bias)
            outputs.append(x)
        return outputs[-MIXED:]

    def word_states(self, outputs: list[Tensor], first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """For each group [batch, words, WIDTH]."""
        groups = list(self.mix)
        weights = torch.stack([self.mix[g].softmax(0) for g in groups])
        stacked = torch.stack(outputs)
        mixed = (weights.to(stacked.dtype) @ stacked.flatten(1)).view(len(groups), *stacked.shape[1:])
        rows = torch.arange(first.shape[0])[:, None]
        states = {}
        for group, x in zip(groups, mixed):
            share = self.ends[group].sigmoid().to(x.dtype)
            end = x[rows, last]
            states[group] = torch.lerp(end, x[rows, first], share.expand_as(end))
        return states

    def forward(self, batch: dict[str, Tensor], dropout: float = 0.0, head_dropout: float = 0.0) -> dict[str, Tensor]:
        """Scores of every layer for a padded batch; arcs across sentences are MASKED."""
        outputs = self.encode(batch["pieces"], batch["cases"], batch["mask"], dropout)
        words = self.word_states(outputs, batch["first"], batch["last"])
        scores = {}
        for group, heads in FLAT.items():
            hidden = F.dropout(F.gelu(self.hidden[group](words[group])), head_dropout, self.training)
            for head in heads:
                scores[head] = self.heads[head](hidden)
        arc = self.arc(words["parse"], head_dropout).float()
        same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
        same &= ~torch.eye(same.shape[1], dtype=torch.bool)
        scores["arc"] = torch.cat([arc[..., :1], arc[..., 1:].masked_fill(~same, MASKED)], -1)
        scores["link"] = self.link(words["says"], head_dropout).float()
        scores["rel"] = self.relations(words["parse"], batch.get("head"), scores["arc"], head_dropout)
        return scores

    def relations(self, x: Tensor, head: Tensor | None, arc: Tensor, dropout: float) -> Tensor:
        """Scores of the relation to the gold head where given (columns as in arc), else to the best-scored one."""
        head = arc.argmax(-1) if head is None else torch.where(head >= 0, head, arc.argmax(-1))
        rows = F.dropout(F.gelu(self.rel_row(x)), dropout, self.training)
        columns = F.dropout(F.gelu(self.rel_column(x)), dropout, self.training)
        columns = torch.cat([self.rel_root.to(columns.dtype).expand(x.shape[0], 1, -1), columns], 1)
        chosen = columns[torch.arange(x.shape[0])[:, None], head]
        product = self.rel_product(rows).view(*rows.shape[:2], -1, REL)
        return (product @ chosen[..., None]).squeeze(-1) + self.rel_row_score(rows) + self.rel_column_score(chosen)


def pretrained(folder: Path, pieces_kept: list[int], labels: dict[str, list[str]], positions: int) -> Network:
    """A network whose encoder is all-MiniLM-L6-v2 with the rows `pieces_kept` of its vocabulary; case embedding zero."""
    from safetensors.torch import load_file
    given = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    network = Network(len(pieces_kept), labels, positions)
    with torch.no_grad():
        e = "embeddings."
        network.pieces.weight.copy_(given[e + "word_embeddings.weight"][pieces_kept])
        network.positions.weight.copy_(given[e + "position_embeddings.weight"][:positions]
                                       + given[e + "token_type_embeddings.weight"][0])
        network.cases.weight.zero_()
        copies = [(network.norm, e + "LayerNorm")]
        for i, layer in enumerate(network.layers):
            p = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                getattr(layer.qkv, part).copy_(torch.cat(
                    [given[f"{p}attention.self.{name}.{part}"] for name in ("query", "key", "value")]))
            copies += [(layer.out, p + "attention.output.dense"), (layer.norm1, p + "attention.output.LayerNorm"),
                       (layer.up, p + "intermediate.dense"), (layer.down, p + "output.dense"),
                       (layer.norm2, p + "output.LayerNorm")]
        for module, name in copies:
            module.weight.copy_(given[name + ".weight"])
            module.bias.copy_(given[name + ".bias"])
    return network
