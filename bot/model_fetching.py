"""Fetching a model of the hub: only files that hold numbers or text, never code."""

import asyncio
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.errors import VestnikError
from summarizer.summary.abstractive.errors import ModelError
from summarizer.summary.abstractive.files import (
    TOKENIZERS,
    find_model,
    hub_folder,
    hub_parts,
    is_hub_name,
)

_TEXTS = ("*.json", "*.txt", "*.jinja", "README.md", *TOKENIZERS)


async def fetch_model(name: str | None, models: Path, console: Console) -> None:
    """Fetch a model with a progress bar, and say where it is.

    Args:
        name: "owner/model", or "owner/model/file.gguf" for one file of a repository.
        models: the folder of fetched models.

    Raises:
        VestnikError: there is no such model, no network, or nothing that may be loaded.
    """
    if name is None:
        raise VestnikError("Name a model, or set SUMMARIZER_MODEL: owner/model.")
    if not is_hub_name(name):
        raise VestnikError(f"{name} is no model of the hub: those are named owner/model.")
    await asyncio.to_thread(_fetch, name, models)
    try:
        files = find_model(name, models)
    except ModelError as error:
        raise VestnikError(str(error)) from None
    console.print(f"{name} is in {files.folder} ({files.size_bytes / 1e6:,.0f} MB).", markup=False)


def _fetch(name: str, models: Path) -> None:
    try:
        hub: Any = import_module("huggingface_hub")
    except ImportError:
        raise VestnikError(
            "The library that fetches models is not installed: install it with `make models`."
        ) from None
    repository, file = hub_parts(name)
    try:
        offered = [entry.rfilename for entry in hub.HfApi().model_info(repository).siblings]
        hub.snapshot_download(
            repository,
            local_dir=hub_folder(name, models),
            allow_patterns=[*_TEXTS, *weights_to_fetch(name, file, offered)],
        )
    except VestnikError:
        raise
    except hub.errors.GatedRepoError:
        raise VestnikError(
            f"{name} is given only to those who accept its licence: do so on its page, then log in "
            "with `hf auth login`."
        ) from None
    except hub.errors.RepositoryNotFoundError:
        raise VestnikError(f"The hub has no model {repository}, or keeps it private.") from None
    except Exception as error:
        # The hub's client knows many ways to have no network.
        raise VestnikError(
            f"{name} could not be fetched ({type(error).__name__}): check the network, or copy the "
            "model's folder here and name it in SUMMARIZER_MODEL."
        ) from error


def weights_to_fetch(name: str, file: str | None, offered: Iterable[str]) -> list[str]:
    """Choose the weights: the GGUF file that was named, else the safetensors.

    Raises VestnikError when there are none that may be loaded.
    """
    names = list(offered)
    if file is not None:
        if file in names:
            return [file]
        raise VestnikError(f"{name} is not there: the repository has no file {file}.")
    whole = [entry for entry in names if entry.endswith(".safetensors") and "/" not in entry]
    if whole:
        return whole
    packed = [entry for entry in names if entry.endswith(".gguf")]
    if packed:
        raise VestnikError(f"{name} holds GGUF files; name one of them: {name}/{packed[0]}")
    raise VestnikError(
        f"{name} has neither safetensors nor GGUF; other weights may run any code when they are "
        "loaded, so they are not fetched."
    )
