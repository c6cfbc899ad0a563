"""The training loop: bf16 autocast on CPU, a learning rate that follows the clock, checkpoints, resumable.

The budget is time, not steps: whatever else the machine does, the run ends when told and the rate has then come
down to zero. What is exported is an average of the weights over the last few hundred steps, mixed with one from early on.
"""
from __future__ import annotations

import json
import logging
import math
import pickle
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from .network import Network, pretrained
from .pieces import Pieces
from .prepare import PIECES_MAX, WINDOW_PIECES
from .windows import Encoder, Stream

log = logging.getLogger(__name__)
MIX = {"ewt": 0.30, "gum": 0.12, "polnear": 0.26, "wcep": 0.26, "wnut": 0.06}  # shares of windows drawn
LOSS = {"upos": 0.5, "xpos": 0.5, "lemma": 0.5, "arc": 1.0, "rel": 0.7, "ner": 1.0, "etype": 0.4,
        "source": 0.7, "cue": 0.7, "content": 0.7, "link": 0.7}
ENCODER_RATE, HEAD_RATE, WARM_UP = 3e-4, 1.5e-3, 0.03
UNKNOWN_SHARE = 0.04  # of the pieces is hidden as [UNK], so that context is learned too
AVERAGE_EVERY, AVERAGE_DECAY = 10, 0.98
# The weights of early on are mixed into the last ones: later passes copy the teacher's errors on rare names more closely.
EARLY_AT, EARLY_SHARE = 0.3, 0.35


def losses(scores: dict[str, Tensor], batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Cross entropy of each layer: the sum over labelled words, over their number or a quarter of all, whichever is more."""
    total = (batch["sentence"] >= 0).sum()
    found = {}
    for name in LOSS:
        target = batch["head" if name == "arc" else name]
        count = (target >= 0).sum()
        if count == 0:
            continue
        loss = F.cross_entropy(scores[name].flatten(0, 1).float(), target.flatten(), ignore_index=-100, reduction="sum")
        found[name] = loss / torch.maximum(count, total // 4)
    return found


def groups(network: Network) -> list[dict]:
    """Encoder and heads have rates of their own; norms, biases and mixes no decay."""
    made: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        encoder = name.startswith(("layers.", "norm.", "pieces.", "positions."))
        decay = 0.01 if parameter.dim() > 1 and not name.startswith(("pieces.", "positions.", "cases.")) else 0.0
        made.setdefault((ENCODER_RATE if encoder else HEAD_RATE, decay), []).append(parameter)
    return [{"params": p, "lr": rate, "peak": rate, "weight_decay": decay} for (rate, decay), p in made.items()]


def rate_at(progress: float) -> float:
    """Share of the peak rate: a linear rise, then a fall to zero, slow at first (a cosine)."""
    return progress / WARM_UP if progress < WARM_UP else 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))


def average(network: Network, mean: dict[str, Tensor] | None) -> dict[str, Tensor]:
    state = network.state_dict()
    if mean is None:
        return {k: v.clone() for k, v in state.items()}
    for k, v in state.items():
        mean[k].lerp_(v, 1 - AVERAGE_DECAY)
    return mean


def fit(work: Path, encoder_folder: Path, deadline: float, batch_pieces: int = 2000, threads: int = 2,
        save_every: float = 240.0, seed: int = 1) -> None:
    """Trains until `deadline` (seconds since the epoch). Goes on from work/checkpoint.pt where there is one."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    with (work / "prepared.pkl").open("rb") as file:
        prepared = pickle.load(file)
    labels = json.loads((work / "labels.json").read_text(encoding="utf-8"))
    pieces, full = Pieces.read(work / "vocab.txt"), Pieces.read(encoder_folder / "vocab.txt")
    network = pretrained(encoder_folder, [full.ids[p] for p in pieces.vocabulary], labels, PIECES_MAX)
    optimiser = torch.optim.AdamW(groups(network), betas=(0.9, 0.98), fused=True)
    spent, step, mean = 0.0, 0, None
    checkpoint = work / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        spent, step, mean = saved["spent"], saved["step"], saved["mean"]
        log.info("going on from step %d", step)
    stream = iter(Stream(prepared["splits"], Encoder(pieces, labels, PIECES_MAX), prepared["swaps"], MIX,
                         WINDOW_PIECES, batch_pieces, seed + step))

    def save() -> None:
        torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "mean": mean,
                    "spent": spent + time.time() - started, "step": step}, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").rename(checkpoint)

    network.train()
    started = last_save = last_log = time.time()
    budget = spent + deadline - started
    sums: dict[str, list[float]] = {}
    seen = 0
    while time.time() < deadline:
        progress = (spent + time.time() - started) / budget
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * rate_at(progress)
        batch = next(stream)
        hidden = (torch.rand(batch["pieces"].shape) < UNKNOWN_SHARE) & (batch["pieces"] > pieces.end)
        batch["pieces"].masked_fill_(hidden, pieces.unknown)
        with torch.autocast("cpu", torch.bfloat16):
            scores = network(batch, dropout=0.1, head_dropout=0.2)
        found = losses(scores, batch)
        optimiser.zero_grad(set_to_none=True)
        sum(LOSS[name] * loss for name, loss in found.items()).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        step += 1
        seen += int(batch["mask"].sum())
        if step % AVERAGE_EVERY == 0:
            mean = average(network, mean)
            if progress > EARLY_AT and not (work / "early.pt").exists():
                torch.save(mean, work / "early.pt")
        for name, loss in found.items():
            sums.setdefault(name, []).append(loss.item())
        if time.time() - last_log > 30:
            log.info("step %d, %.1f%%, %.0f pieces/s, %s", step, 100 * progress, seen / (time.time() - last_log),
                     " ".join(f"{n} {sum(v) / len(v):.3f}" for n, v in sums.items()))
            sums, seen, last_log = {}, 0, time.time()
        if time.time() - last_save > save_every:
            save()
            last_save = time.time()
    save()
    if (work / "early.pt").exists():
        early = torch.load(work / "early.pt", weights_only=True)
        mean = {name: torch.lerp(value, early[name], EARLY_SHARE) for name, value in mean.items()}
    torch.save(mean, work / "weights.pt")
    log.info("done at step %d", step)
