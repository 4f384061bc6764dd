"""The files of a model: what is missing, wrong or dangerous is said in a sentence."""

import json
import pickle
import shutil
from pathlib import Path

import pytest

from summarizer.summary.abstractive.errors import ModelError
from summarizer.summary.abstractive.files import find_model
from summarizer.summary.abstractive.loading import load
from summarizer.summary.abstractive.machine import (
    choose_place,
    needed_bytes,
    require_memory,
)


@pytest.fixture
def folder(encoder_decoder: Path, tmp_path: Path) -> Path:
    """A whole model that a test may spoil."""
    return Path(shutil.copytree(encoder_decoder, tmp_path / "model"))


def refusal(name: object, models: Path = Path("nowhere")) -> str:
    with pytest.raises(ModelError) as refused:
        find_model(str(name), models)
    return str(refused.value)


def loading_refusal(folder: Path) -> str:
    with pytest.raises(ModelError) as refused:
        load(find_model(str(folder), folder.parent))
    return str(refused.value)


def set_config(folder: Path, **values: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_a_whole_folder_says_what_it_is(folder: Path) -> None:
    (folder / "README.md").write_text("---\nlicense: apache-2.0\n---\n")
    files = find_model(str(folder), Path("nowhere"))
    assert files.architecture == "BartForConditionalGeneration"
    assert files.licence == "apache-2.0"
    assert files.parameters is not None
    assert files.size_bytes == pytest.approx(4 * files.parameters, rel=0.05)


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("config.json", "lacks config.json"),
        ("tokenizer.json", "lacks the tokenizer (tokenizer.json)"),
        ("model.safetensors", "lacks the weights"),
    ],
)
def test_what_is_missing_is_named(folder: Path, missing: str, told: str) -> None:
    (folder / missing).unlink()
    assert told in refusal(folder)


def test_a_missing_shard_is_named(folder: Path) -> None:
    index = {"weight_map": {"a": "model.safetensors", "b": "model-00002-of-00002.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    assert "lacks model-00002-of-00002.safetensors" in refusal(folder)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "weights.pt", "flax_model.msgpack"])
def test_pickled_weights_are_refused(folder: Path, name: str) -> None:
    (folder / "model.safetensors").rename(folder / name)
    assert "may run any code" in refusal(folder)


def test_a_pickle_that_calls_itself_safetensors_is_refused(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(pickle.dumps({"weight": [1.0] * 100}))
    assert "no safetensors file, whatever its name says" in refusal(folder)


@pytest.mark.parametrize("content", [b"", b"GGU", pickle.dumps([1]), b"\0" * 1_000])
def test_what_is_no_gguf_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    assert "no GGUF file" in refusal(path)


@pytest.mark.usefixtures("libraries")
def test_a_gguf_that_ends_early_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("gguf", reason="the library that reads GGUF files is not installed")
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF\x03\0\0\0" + b"\x05\0\0\0\0\0\0\0" * 2)
    assert "cannot be loaded" in loading_refusal(path)


def test_a_model_that_was_not_fetched_says_how_to_fetch_it(tmp_path: Path) -> None:
    assert "vestnik model fetch" in refusal("owner/some-model", tmp_path)


def test_names_that_lead_nowhere(tmp_path: Path) -> None:
    assert "There is no model at" in refusal("/nowhere/at/all")
    assert "There is no model at" in refusal("owner/../../etc")
    (tmp_path / "notes.txt").write_text("a text")
    assert "neither a folder with a model nor a .gguf file" in refusal(tmp_path / "notes.txt")


def test_damaged_settings_are_told(folder: Path) -> None:
    (folder / "config.json").write_text("[" * 100_000)
    assert "cannot be read as JSON" in refusal(folder)


@pytest.mark.parametrize(
    ("architecture", "kind"), [("BertForMaskedLM", "bert"), ("ViTModel", "vit")]
)
def test_a_model_that_writes_no_text_is_refused(folder: Path, architecture: str, kind: str) -> None:
    set_config(folder, architectures=[architecture], model_type=kind, is_encoder_decoder=False)
    assert "writes no text" in loading_refusal(folder)


def test_a_model_of_an_unknown_kind_is_refused(folder: Path) -> None:
    set_config(folder, model_type="never-heard-of", architectures=["NeverForCausalLM"])
    assert "cannot be loaded" in loading_refusal(folder)


def test_code_that_a_model_brings_is_never_run(folder: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    (folder / "evil.py").write_text(f"open({str(trace)!r}, 'w')\nclass Evil: pass\n")
    set_config(
        folder,
        model_type="evil",
        architectures=["EvilForCausalLM"],
        auto_map={"AutoConfig": "evil.Evil", "AutoModelForCausalLM": "evil.Evil"},
    )
    assert "never run" in loading_refusal(folder)
    assert not trace.exists()


def test_weights_that_are_not_whole_are_refused(folder: Path) -> None:
    set_config(folder, encoder_layers=3)
    assert "are not whole" in loading_refusal(folder)


def test_memory_is_asked_before_loading() -> None:
    with pytest.raises(ModelError, match=r"needs about 35\.4 GB of memory and 8\.0 GB are free"):
        require_memory("large", needed_bytes(7_000_000_000, "float32"), 8_000_000_000)
    require_memory("large", 10**15, None)


@pytest.mark.usefixtures("libraries")
def test_what_does_not_fit_in_float32_is_loaded_in_half_of_it() -> None:
    import torch

    if torch.cuda.is_available() or torch.backends.mps.is_available():
        pytest.skip("the choice on a processor is tested where there is no GPU")
    parameters = 1_000_000_000
    tight = needed_bytes(parameters, "bfloat16") + 1
    assert choose_place(torch, parameters=parameters, available=tight).numbers == "bfloat16"
    place = choose_place(torch, parameters=parameters, available=None)
    assert (place.device, place.batch) == ("cpu", 1)
