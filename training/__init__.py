"""From corpora to the shipped model: see README.md in this folder. Nothing here is needed to build or run sayso."""
