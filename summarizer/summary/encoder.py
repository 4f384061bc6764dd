"""A small transformer encoder, computed with numpy: the weights are those of `transformers`."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

Array = NDArray[np.float32]

_TINY = 1e-12
_BENT = 0.044715


class WeightsError(ValueError):
    """The weights do not belong to this program."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}; train them anew with `make train`")


class Encoder:
    """Tells for each word of a text two chances, from its embedding and its features.

    The words go through a linear layer and the layers of BERT (Devlin et al., 2019): learned
    places, self-attention, a feed-forward step with the tanh form of GELU, layer norms after each.

    Args:
        tensors: the weights by name, as `training/encoder.py` saves them.
        heads: of the self-attention.
    """

    def __init__(self, tensors: Mapping[str, NDArray[np.floating]], heads: int) -> None:
        self._tensors = {name: tensor.astype(np.float32) for name, tensor in tensors.items()}
        self._heads = heads
        self._layers = len({name.split(".")[3] for name in tensors if ".layer." in name})

    @classmethod
    def load(cls, path: Path, columns: tuple[str, ...]) -> "Encoder":
        """Read the weights, and the configuration that lies beside them.

        Args:
            path: a file of safetensors; the configuration has the same name and ends in .json.
            columns: the features that the caller computes, in order.

        Raises:
            WeightsError: the weights were trained on other features.
            OSError: a file cannot be read.
        """
        config = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if tuple(config["columns"]) != columns:
            raise WeightsError(path, "the weights were trained on other features of words")
        return cls(load_file(path), int(config["heads"]))

    def logits(self, vectors: Array, rows: Array) -> Array:
        """Tell the log odds of each word.

        Args:
            vectors: embeddings of the title's words, then of the text's.
            rows: the features of the text's words alone.

        Returns:
            One row for each word of the text, one column for each question it was trained on.
        """
        if not len(rows):
            return self._linear("direct", rows)
        titled = len(vectors) - len(rows)
        known = np.zeros((len(vectors), rows.shape[1]), np.float32)
        known[titled:] = rows
        embeddings = "bert.embeddings."
        state = self._linear("words", vectors) + self._linear("features", known)
        state += self._tensors[embeddings + "position_embeddings.weight"][: len(vectors)]
        kinds = self._tensors[embeddings + "token_type_embeddings.weight"]
        state += np.where(np.arange(len(vectors))[:, None] < titled, kinds[1], kinds[0])
        state = self._norm(embeddings + "LayerNorm", state)
        for layer in range(self._layers):
            state = self._layer(f"bert.encoder.layer.{layer}.", state)
        return self._linear("answer", state[titled:]) + self._linear("direct", rows)

    def _layer(self, name: str, state: Array) -> Array:
        mixed = self._attention(name + "attention.self.", state)
        mixed = self._linear(name + "attention.output.dense", mixed)
        state = self._norm(name + "attention.output.LayerNorm", state + mixed)
        inner = _gelu(self._linear(name + "intermediate.dense", state))
        inner = self._linear(name + "output.dense", inner)
        return self._norm(name + "output.LayerNorm", state + inner)

    def _attention(self, name: str, state: Array) -> Array:
        size, width = state.shape
        shape = (size, self._heads, width // self._heads)
        query, key, value = (
            self._linear(name + part, state).reshape(shape).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(shape[2]))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed: Array = (scores @ value).transpose(1, 0, 2).reshape(size, width)
        return mixed

    def _linear(self, name: str, state: Array) -> Array:
        product: Array = state @ self._tensors[name + ".weight"].T
        return product + self._tensors[name + ".bias"]

    def _norm(self, name: str, state: Array) -> Array:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(_TINY))
        scaled: Array = centred / spread * self._tensors[name + ".weight"]
        return scaled + self._tensors[name + ".bias"]


def _gelu(state: Array) -> Array:
    """Bend as Hendrycks and Gimpel (2016) do, in the form with tanh."""
    root = np.float32(np.sqrt(2 / np.pi))
    bent: Array = np.tanh(root * state * (1 + np.float32(_BENT) * state * state))
    return np.float32(0.5) * state * (1 + bent)
