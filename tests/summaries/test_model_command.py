"""`vestnik model`: what is fetched, what a check tells, and what is said when it cannot be."""

from pathlib import Path

import pytest
from rich.console import Console

from bot.errors import VestnikError
from bot.model_checking import check_model
from bot.model_fetching import fetch_model, weights_to_fetch
from bot.settings import Settings


@pytest.fixture
def console() -> Console:
    return Console(record=True, width=120, force_terminal=False)


def settings_with(tmp_path: Path, **values: object) -> Settings:
    return Settings.model_validate({"models_dir": tmp_path, **values})


def test_safetensors_are_fetched_and_pickles_never() -> None:
    offered = ["model.safetensors", "pytorch_model.bin", "onnx/model.safetensors", "run.py"]
    assert weights_to_fetch("owner/m", None, offered) == ["model.safetensors"]


def test_one_gguf_file_is_fetched_when_it_is_named() -> None:
    offered = ["m-q4.gguf", "m-q8.gguf"]
    assert weights_to_fetch("owner/m/m-q4.gguf", "m-q4.gguf", offered) == ["m-q4.gguf"]


@pytest.mark.parametrize(
    ("file", "offered", "told"),
    [
        (None, ["pytorch_model.bin"], "may run any code"),
        (None, ["m-q4.gguf", "m-q8.gguf"], "name one of them: owner/m/m-q4.gguf"),
        ("x.gguf", ["m-q4.gguf"], "has no file x.gguf"),
    ],
)
def test_what_cannot_be_fetched_is_told(file: str | None, offered: list[str], told: str) -> None:
    with pytest.raises(VestnikError, match=told):
        weights_to_fetch("owner/m", file, offered)


@pytest.mark.parametrize("name", [None, "/a/folder", "model.gguf", "../up"])
async def test_only_models_of_the_hub_are_fetched(
    name: str | None, tmp_path: Path, console: Console
) -> None:
    with pytest.raises(VestnikError, match="owner/model"):
        await fetch_model(name, tmp_path, console)


async def test_without_a_network_it_says_what_else_can_be_done(
    tmp_path: Path, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    constants = pytest.importorskip(
        "huggingface_hub.constants", reason="the hub's library is not installed"
    )
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:1")
    with pytest.raises(VestnikError, match="check the network, or copy the model's folder"):
        await fetch_model("owner/some-model", tmp_path, console)


async def test_a_check_needs_a_model(tmp_path: Path, console: Console) -> None:
    with pytest.raises(VestnikError, match="set SUMMARIZER_MODEL"):
        await check_model(settings_with(tmp_path), None, console)
    with pytest.raises(VestnikError, match="vestnik model fetch"):
        await check_model(settings_with(tmp_path), "owner/some-model", console)


async def test_a_check_tells_what_a_model_is_and_what_it_writes(
    encoder_decoder: Path, tmp_path: Path, console: Console
) -> None:
    could = await check_model(settings_with(tmp_path), str(encoder_decoder), console)
    said = console.export_text()
    assert "BartForConditionalGeneration, encoder-decoder" in said
    assert "not stated in its files" in said
    assert "memory it needs" in said
    # It knows six other articles by heart: nothing that it says of these can be shown.
    assert not could
    assert "0 of 4 summaries could be shown; the others keep the default." in said
