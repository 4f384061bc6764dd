"""Tiny models, made once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.archive import Archive
from summarizer.summary.abstractive.prompts import continuation, instruction
from tests.archive.making import sqlite_url
from tests.summaries.tiny import LESSONS, MAX_WORDS, make_decoder, make_encoder_decoder


@pytest.fixture(scope="session")
def libraries() -> None:
    for name in ("torch", "transformers", "safetensors"):
        pytest.importorskip(name, reason="the libraries that run models are not installed")


@pytest.fixture(scope="session")
def encoder_decoder(libraries: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an encoder-decoder that knows the lessons by heart."""
    return make_encoder_decoder(tmp_path_factory.mktemp("models") / "tiny-bart")


@pytest.fixture(scope="session")
def plain_decoder(libraries: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a decoder that goes on with texts."""
    prompts = [continuation(text, "ru") for text, _ in LESSONS]
    return make_decoder(tmp_path_factory.mktemp("models") / "tiny-llama", prompts, chat=False)


@pytest.fixture(scope="session")
def chat_decoder(libraries: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a decoder with a chat template."""
    prompts = [
        f"<|user|>{instruction(text, 'ru', MAX_WORDS)}<|end|><|model|>" for text, _ in LESSONS
    ]
    return make_decoder(tmp_path_factory.mktemp("models") / "tiny-chat", prompts, chat=True)


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    """An empty archive."""
    archive = await Archive.open(sqlite_url(tmp_path / "vestnik.sqlite3"))
    yield archive
    await archive.close()
