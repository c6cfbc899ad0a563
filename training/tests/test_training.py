"""Run with `python -m unittest discover training`. Needs the packages of requirements.txt, no corpus."""
from __future__ import annotations

import json
import random
import tempfile
import unittest
from itertools import product
from pathlib import Path

import numpy as np
import torch

from .. import attribution, decode, evaluate, fetch, graph, lemmas, names, windows, words
from ..network import Network
from ..pieces import Pieces, case_class

LABELS = {"cases": ["none", "lower", "title", "upper", "mixed", "single"], "upos": ["NOUN", "VERB"], "xpos": ["NN"],
          "lemma": ["l-0+"], "rel": ["nsubj", "root"], "ner": ["O", "B-GPE", "I-GPE"], "etype": ["O", "person"],
          "role": ["O", "B", "I"]}


class Words(unittest.TestCase):
    def test_splits_as_ewt(self):
        text = 'Gen. Omar said they can\'t hold Ain-Darra; "the U.S. won\'t pay $1,500," he added. Anti-Kurdish forces left.'
        found = words.sentences(text)
        self.assertEqual([[w.text for w in s] for s in found], [
            "Gen. Omar said they ca n't hold Ain - Darra ; \" the U.S. wo n't pay $ 1,500 , \" he added .".split(),
            "Anti-Kurdish forces left .".split()])
        for sentence in found:
            for w in sentence:
                self.assertEqual(text[w.start:w.end], w.text)

    def test_case_classes(self):
        self.assertEqual([case_class(w) for w in ("12", "said", "Omar", "U.S.", "McCain", "A")], [0, 1, 2, 3, 4, 5])


class WordPieces(unittest.TestCase):
    def test_equal_to_reference(self):
        from tokenizers import Tokenizer
        folder = fetch.encoder()
        ours, reference = Pieces.read(folder / "vocab.txt"), Tokenizer.from_file(str(folder / "tokenizer.json"))
        reference.no_padding()
        for word in ["Idlib", "U.S.", "naïve", "Ḥārim", "don't", "10,000", "AK-47", "ʿAyn", "خبر", "“"]:
            plain = word.replace("“", '"')
            self.assertEqual([ours.vocabulary[i] for i in ours.encode(word)],
                             reference.encode(plain, add_special_tokens=False).tokens, word)


class Lemmas(unittest.TestCase):
    def test_scripts_reverse(self):
        for word, lemma in [("Countries", "country"), ("was", "be"), ("SYRIA", "Syria"), ("men", "man"), ("us", "we")]:
            self.assertEqual(lemmas.apply(lemmas.script(word, lemma), word), lemma)


class Trees(unittest.TestCase):
    def test_best_of_all_trees(self):
        rng = np.random.default_rng(0)
        for _ in range(60):
            n = int(rng.integers(2, 5))
            scores = rng.normal(size=(n, n + 1))
            scores[np.arange(n), np.arange(n) + 1] = -1e4
            best = max((heads for heads in product(range(n + 1), repeat=n)
                        if heads.count(0) == 1 and not decode.cycle(list(heads))),
                       key=lambda heads: sum(scores[i, h] for i, h in enumerate(heads)))
            self.assertEqual(decode.tree(scores), list(best))


class Names(unittest.TestCase):
    def test_no_tag_continues_nothing(self):
        scores = np.array([[0.0, 0.9, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.9, 0.0, 1.0]])
        self.assertEqual(decode.names(scores, LABELS["ner"]), [(0, 2, "GPE")])


class Attribution(unittest.TestCase):
    def test_nested_links_name_the_innermost_cue(self):
        text = "He said that she claimed that it fell."
        at = {w: text.index(w) for w in ("He", "said", "that", "she", "claimed", "that it")}
        doc = attribution.labelled("x", text, [
            {"source": [(0, 2)], "cue": [(3, 7)], "content": [(at["that"], 37)]},
            {"source": [(at["she"], at["she"] + 3)], "cue": [(at["claimed"], at["claimed"] + 7)],
             "content": [(at["that it"], 37)]}])
        self.assertEqual(doc.content, ["O", "O", "B", "I", "I", "B", "I", "I", "O"])
        self.assertEqual(doc.link, [1, -2, 1, 4, 1, 4, 4, 4, -2])


class Alterations(unittest.TestCase):
    def window(self) -> windows.Window:
        text = "Syria 's army , it said , left .".split()
        return windows.Window(text, [0] * 9, {**dict.fromkeys(windows.LAYERS), "ner": ["B-GPE"] + ["O"] * 8},
                              [2, 0, 7, 5, 5, 7, 5, -1, 7], None)

    def test_lost_punctuation(self):
        w = windows.stripped(self.window())
        self.assertEqual(w.words, "Syrias army it said left .".split())
        self.assertEqual(w.head, [1, 4, 3, 4, -1, 4])

    def test_swapped_places(self):
        w = self.window()
        w.head = None
        w = windows.swapped(w, {"GPE": [["Tell", "Brak"]]}, random.Random(1))
        self.assertEqual(names.entities(w.labels["ner"])[0][2], "GPE")
        self.assertEqual(len(w.words), len(w.sentence))


class Export(unittest.TestCase):
    def test_graph_equals_network(self):
        torch.manual_seed(0)
        network = Network(2000, LABELS).eval()
        rng = np.random.default_rng(0)
        row = {"pieces": rng.integers(4, 2000, 12).tolist(), "cases": rng.integers(0, 6, 12).tolist(),
               "first": [1, 2, 4, 6], "last": [1, 3, 5, 6], "sentence": [0, 0, 1, 1]}
        batch = {k: torch.tensor([v]) for k, v in row.items()} | {"mask": torch.ones(1, 12, dtype=torch.bool)}
        with torch.no_grad():
            expected = {k: v[0].numpy() for k, v in network(batch).items()}
        with tempfile.TemporaryDirectory() as folder:
            for int8, least in ((False, 0.99999), (True, 0.9)):
                path = Path(folder) / "model.onnx"
                graph.export({k: v.numpy() for k, v in network.state_dict().items()}, path, int8)
                for name, value in evaluate.Model(path).run(row).items():
                    if value.size > value.shape[0] and name != "rel" and expected[name].std() > 0:
                        self.assertGreater(np.corrcoef(value.ravel(), expected[name].ravel())[0, 1], least, name)


if __name__ == "__main__":
    unittest.main()
