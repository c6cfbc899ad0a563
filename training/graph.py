"""Writes the network as an ONNX graph, in float32 or int8, node by node.

By hand because the graph is small, its shape decides the speed in Rust, and torch's exporters leave neither to us.
Batch is one window; T pieces, W words. Encoder products in int8: the activations are quantised as they come
(DynamicQuantizeLinear), the weights per output channel to 7 bits, since without VNNI the 8-bit kernels saturate.
The piece embeddings are int8 with a scale a row. Classifiers, biaffine products and norms stay in float32.
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .network import ATTENTION_HEADS, FLAT, GROUPS, LAYERS, MASKED, MIXED, REL, WIDTH

OPSET = 20
LARGEST = 63  # of a 7-bit weight
Weights = dict[str, np.ndarray]


class Graph:
    """Nodes and initialisers in the making; every method returns the name of its result."""

    def __init__(self, weights: Weights, int8: bool):
        self.weights, self.int8 = weights, int8
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self.quantised_inputs: dict[str, list[str]] = {}

    def node(self, kind: str, *inputs: str, outputs: int = 1, name: str | None = None, **attributes) -> str | list[str]:
        base = name or f"{kind.lower()}_{len(self.nodes)}"
        names = [base] if outputs == 1 else [f"{base}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, name: str, value: np.ndarray) -> str:
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def ints(self, *values: int) -> str:
        return self.constant("ints_" + "_".join(map(str, values)), np.array(values, dtype=np.int64))

    def scalar(self, value: float) -> str:
        return self.constant(f"scalar_{value}", np.array(value, dtype=np.float32))

    def product(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray | None, int8: bool) -> str:
        """x @ weight.T + bias, as torch's Linear; `name` names the initialisers."""
        matrix = weight.T.astype(np.float32)
        if int8 and self.int8:
            scale = np.maximum(np.abs(matrix).max(0), 1e-8) / LARGEST
            rounded = np.clip(np.rint(matrix / scale), -LARGEST, LARGEST).astype(np.int8)
            if x not in self.quantised_inputs:
                self.quantised_inputs[x] = self.node("DynamicQuantizeLinear", x, outputs=3)
            values, x_scale, zero = self.quantised_inputs[x]
            y = self.node("MatMulInteger", values, self.constant(name + ".int8", rounded), zero)
            y = self.node("Cast", y, to=TensorProto.FLOAT)
            y = self.node("Mul", y, self.node("Mul", x_scale, self.constant(name + ".scale", scale.astype(np.float32))))
        else:
            y = self.node("MatMul", x, self.constant(name + ".matrix", matrix))
        return y if bias is None else self.node("Add", y, self.constant(name + ".bias", bias.astype(np.float32)))

    def linear(self, x: str, name: str, int8: bool = True) -> str:
        return self.product(x, name, self.weights[name + ".weight"], self.weights.get(name + ".bias"), int8)

    def norm(self, x: str, name: str) -> str:
        return self.node("LayerNormalization", x, self.constant(name + ".weight", self.weights[name + ".weight"]),
                         self.constant(name + ".bias", self.weights[name + ".bias"]), axis=-1, epsilon=1e-12)

    def table(self, name: str, ids: str) -> str:
        """Rows of an embedding."""
        rows = self.weights[name]
        if not self.int8 or len(rows) < 1000:
            return self.node("Gather", self.constant(name, rows), ids)
        scale = np.maximum(np.abs(rows).max(1, keepdims=True), 1e-8) / 127
        values = self.node("Gather", self.constant(name + ".int8", np.rint(rows / scale).astype(np.int8)), ids)
        scales = self.node("Gather", self.constant(name + ".scale", scale.astype(np.float32)), ids)
        return self.node("Mul", self.node("Cast", values, to=TensorProto.FLOAT), scales)


def encoder(g: Graph) -> list[str]:
    """The outputs of the last MIXED layers, [T, WIDTH] each."""
    pieces, cases = (g.node("Reshape", name, g.ints(-1)) for name in ("pieces", "cases"))
    count = g.node("Shape", pieces)
    positions = g.node("Slice", g.constant("positions.weight", g.weights["positions.weight"]), g.ints(0), count, g.ints(0))
    x = g.node("Add", g.node("Add", g.table("pieces.weight", pieces), g.table("cases.weight", cases)), positions)
    x = g.norm(x, "norm")
    size = WIDTH // ATTENTION_HEADS
    outputs = []
    for i in range(LAYERS):
        p = f"layers.{i}."
        weight, bias = g.weights[p + "qkv.weight"].copy(), g.weights[p + "qkv.bias"].copy()
        weight[:WIDTH] *= size ** -0.5  # the attention's scale
        bias[:WIDTH] *= size ** -0.5
        qkv = g.node("Reshape", g.product(x, p + "qkv", weight, bias, True), g.ints(-1, 3, ATTENTION_HEADS, size))
        parts = g.node("Split", g.node("Transpose", qkv, perm=[1, 2, 0, 3]), outputs=3, axis=0, num_outputs=3)
        q, k, v = (g.node("Squeeze", part, g.ints(0)) for part in parts)
        attention = g.node("Softmax", g.node("MatMul", q, g.node("Transpose", k, perm=[0, 2, 1])), axis=-1)
        attended = g.node("Transpose", g.node("MatMul", attention, v), perm=[1, 0, 2])
        attended = g.linear(g.node("Reshape", attended, g.ints(-1, WIDTH)), p + "out")
        x = g.norm(g.node("Add", x, attended), p + "norm1")
        x = g.norm(g.node("Add", x, g.linear(g.node("Gelu", g.linear(x, p + "up")), p + "down")), p + "norm2")
        outputs.append(x)
    return outputs[-MIXED:]


def word_states(g: Graph, outputs: list[str]) -> dict[str, str]:
    """[W, WIDTH] for each head group."""
    groups = [*GROUPS, "parse"]
    mix = np.stack([np.exp(g.weights[f"mix.{n}"]) / np.exp(g.weights[f"mix.{n}"]).sum() for n in groups])
    share = 1 / (1 + np.exp(-np.stack([g.weights[f"ends.{n}"] for n in groups])[:, None]))
    flat = g.node("Concat", *(g.node("Reshape", x, g.ints(1, -1)) for x in outputs), axis=0)
    mixed = g.node("MatMul", g.constant("mix", mix.astype(np.float32)), flat)
    mixed = g.node("Reshape", mixed, g.ints(len(groups), -1, WIDTH))
    first = g.node("Mul", g.node("Gather", mixed, "first", axis=1), g.constant("first_share", share.astype(np.float32)))
    last = g.node("Mul", g.node("Gather", mixed, "last", axis=1), g.constant("last_share", (1 - share).astype(np.float32)))
    parts = g.node("Split", g.node("Add", first, last), outputs=len(groups), axis=0, num_outputs=len(groups))
    return {name: g.node("Squeeze", part, g.ints(0)) for name, part in zip(groups, parts)}


def biaffine(g: Graph, x: str, name: str, output: str | None = None) -> str:
    rows, columns = (g.node("Gelu", g.linear(x, f"{name}.{side}")) for side in ("row", "column"))
    columns = g.node("Concat", g.constant(name + ".root", g.weights[name + ".root"][None]), columns, axis=0)
    return g.node("MatMul", g.linear(rows, name + ".product", int8=False), g.node("Transpose", columns, perm=[1, 0]),
                  name=output)


def arcs(g: Graph, x: str) -> str:
    """Heads outside a word's sentence, and the word itself, are MASKED."""
    score = biaffine(g, x, "arc")
    root = g.node("Slice", score, g.ints(0), g.ints(1), g.ints(1))
    rest = g.node("Slice", score, g.ints(1), g.ints(2**31 - 1), g.ints(1))
    same = g.node("Equal", g.node("Unsqueeze", "sentence", g.ints(1)), g.node("Unsqueeze", "sentence", g.ints(0)))
    count = g.node("Squeeze", g.node("Shape", "sentence"), g.ints(0))
    zero, one = (g.constant(f"int_{v}", np.array(v, dtype=np.int64)) for v in (0, 1))
    order = g.node("Range", zero, count, one)
    itself = g.node("Equal", g.node("Unsqueeze", order, g.ints(1)), g.node("Unsqueeze", order, g.ints(0)))
    allowed = g.node("And", same, g.node("Not", itself))
    return g.node("Concat", root, g.node("Where", allowed, rest, g.scalar(MASKED)), axis=1, name="arc")


def relations(g: Graph, x: str, arc: str, count: int) -> None:
    rows, columns = (g.node("Gelu", g.linear(x, f"rel_{side}")) for side in ("row", "column"))
    columns = g.node("Concat", g.constant("rel_root", g.weights["rel_root"][None]), columns, axis=0)
    chosen = g.node("Gather", columns, g.node("ArgMax", arc, axis=1, keepdims=0))
    product = g.node("Reshape", g.linear(rows, "rel_product", int8=False), g.ints(-1, count, REL))
    score = g.node("Squeeze", g.node("MatMul", product, g.node("Unsqueeze", chosen, g.ints(2))), g.ints(2))
    alone = g.node("Add", g.linear(rows, "rel_row_score", int8=False), g.linear(chosen, "rel_column_score", int8=False))
    g.node("Add", score, alone, name="rel")


def build(weights: Weights, int8: bool) -> onnx.ModelProto:
    g = Graph({k: np.asarray(v, dtype=np.float32) for k, v in weights.items()}, int8)
    words = word_states(g, encoder(g))
    outputs: dict[str, int | str] = {}
    for group, heads in FLAT.items():
        hidden = g.node("Gelu", g.linear(words[group], f"hidden.{group}"))
        for head in heads:
            scores = g.linear(hidden, f"heads.{head}", int8=False)
            g.nodes[-1].output[0] = head
            outputs[head] = len(g.weights[f"heads.{head}.bias"])
    arc = arcs(g, words["parse"])
    relations(g, words["parse"], arc, len(g.weights["rel_row_score.bias"]))
    biaffine(g, words["says"], "link", output="link")
    outputs |= {"arc": "W+1", "rel": len(g.weights["rel_row_score.bias"]), "link": "W+1"}
    shapes = {"pieces": [1, "T"], "cases": [1, "T"], "first": ["W"], "last": ["W"], "sentence": ["W"]}
    graph = helper.make_graph(
        g.nodes, "sayso-en",
        [helper.make_tensor_value_info(n, TensorProto.INT32, s) for n, s in shapes.items()],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["W", size]) for n, size in outputs.items()],
        list(g.constants.values()))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9,
                              producer_name="sayso")
    onnx.checker.check_model(model)
    return model


def export(weights: Weights, target: Path, int8: bool) -> None:
    target.write_bytes(build(weights, int8).SerializeToString())
