"""Loading a model with `transformers`; imported in the worker process alone."""

import os
import shutil
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Literal

from summarizer.summary.abstractive.errors import ModelError
from summarizer.summary.abstractive.files import ModelFiles
from summarizer.summary.abstractive.machine import (
    Place,
    available_bytes,
    choose_place,
    needed_bytes,
    needed_for_gguf,
    require_memory,
)

INSTALL = "install them with `make models`"

Kind = Literal["encoder-decoder", "decoder-only"]

_WRITERS = ("ForCausalLM", "LMHeadModel", "ForConditionalGeneration", "MTModel")


@dataclass(frozen=True)
class Loaded:
    """A model in memory with its tokenizer, and where it runs."""

    files: ModelFiles
    model: Any
    tokenizer: Any
    kind: Kind
    place: Place
    architecture: str
    parameters: int
    seconds: float
    """How long loading took."""


def library(name: str) -> Any:
    """Import one of the libraries that run models.

    They take seconds and hundreds of megabytes, and are not installed by default.

    Raises:
        ModelError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise ModelError(
            f"The libraries that run models are not installed ({error.name}): {INSTALL}."
        ) from None


def load(files: ModelFiles, *, converted: Path | None = None) -> Loaded:
    """Load a model from its files; nothing is fetched and no code of the model is run.

    Args:
        files: as `find_model` found them.
        converted: a folder for what was unpacked from a GGUF file, so that it is done once.

    Raises:
        ModelError: the libraries are missing, memory does not suffice, the architecture cannot
            write, or files are damaged.
    """
    started = time.monotonic()
    # Nothing is fetched, and nothing is drawn into a log.
    os.environ |= {"HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1"}
    torch, transformers = library("torch"), library("transformers")
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    source = _unpacked(files, converted)
    place = choose_place(torch, parameters=files.parameters, available=available_bytes())
    _require_memory(torch, files, source, place)
    with _explained(files):
        config = transformers.AutoConfig.from_pretrained(**source)
        kind = _kind(files, config)
        tokenizer = transformers.AutoTokenizer.from_pretrained(**source)
        model = _read_weights(files, source, kind, place)
    if source["gguf_file"] is not None and converted is not None:
        _keep_unpacked(model, tokenizer, _unpacked_folder(files, converted))
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    tokenizer.padding_side = "left" if kind == "decoder-only" else "right"
    model.to(place.device).eval()
    return Loaded(
        files,
        model,
        tokenizer,
        kind,
        place,
        type(model).__name__,
        model.num_parameters(),
        time.monotonic() - started,
    )


def _require_memory(torch: Any, files: ModelFiles, source: dict[str, Any], place: Place) -> None:
    if source["gguf_file"] is not None:
        require_memory(files.short_name, needed_for_gguf(files.size_bytes), available_bytes())
        return
    parameters = files.parameters or files.size_bytes // 2
    needed = needed_bytes(parameters, place.numbers)
    require_memory(files.short_name, needed, available_bytes(torch, place.device))


def _kind(files: ModelFiles, config: Any) -> Kind:
    """Tell how a model writes, or refuse one that cannot."""
    known = library("transformers.models.auto.modeling_auto")
    stated = (getattr(config, "architectures", None) or [""])[0]
    can_write = not stated or stated.endswith(_WRITERS)
    if can_write and config.is_encoder_decoder:
        if type(config) in known.MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING:
            return "encoder-decoder"
    elif can_write and type(config) in known.MODEL_FOR_CAUSAL_LM_MAPPING:
        return "decoder-only"
    raise ModelError(
        f"The model {files.short_name} is a {stated or config.model_type}, which writes no text: "
        "choose an encoder-decoder (T5, BART) or a decoder-only model (Qwen, Gemma, Llama)."
    )


def _read_weights(files: ModelFiles, source: dict[str, Any], kind: Kind, place: Place) -> Any:
    transformers = library("transformers")
    reader = (
        transformers.AutoModelForSeq2SeqLM
        if kind == "encoder-decoder"
        else transformers.AutoModelForCausalLM
    )
    model, report = reader.from_pretrained(
        **source,
        dtype=getattr(library("torch"), place.numbers),
        use_safetensors=True,
        output_loading_info=True,
    )
    missing = sorted(report["missing_keys"])
    if missing:
        raise ModelError(
            f"The weights of {files.short_name} are not whole: {missing[0]} and "
            f"{len(missing) - 1} more are missing."
        )
    return model


@contextmanager
def _explained(files: ModelFiles) -> Iterator[None]:
    """Turn whatever the libraries say of a broken model into one sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ModelError:
        raise
    except ImportError as error:
        lines = str(error).strip().splitlines()
        raise ModelError(
            f"The model {files.short_name} needs a library that is not installed "
            f"({lines[0] if lines else error}): {INSTALL}."
        ) from None
    except MemoryError:
        raise ModelError(f"Memory ran out while {files.short_name} was loaded.") from None
    except Exception as error:
        said = " ".join(str(error).split())[:200]
        if "trust_remote_code" in str(error) or "custom code" in str(error):
            said = "it brings code of its own, which is never run"
        raise ModelError(f"The model {files.short_name} cannot be loaded: {said}.") from error


def _unpacked(files: ModelFiles, converted: Path | None) -> dict[str, Any]:
    """Say where transformers reads: the folder, the GGUF file, or what was unpacked of it."""
    source: dict[str, Any] = {
        "pretrained_model_name_or_path": str(files.folder),
        "gguf_file": None,
        "local_files_only": True,
        "trust_remote_code": False,
    }
    if files.gguf is not None:
        folder = None if converted is None else _unpacked_folder(files, converted)
        if folder is not None and folder.is_dir():
            return source | {"pretrained_model_name_or_path": str(folder)}
        return source | {"gguf_file": files.gguf.name}
    return source


def _unpacked_folder(files: ModelFiles, converted: Path) -> Path:
    about = files.weights[0].stat()
    return converted / f"{files.short_name}-{about.st_size}-{about.st_mtime_ns}"


def _keep_unpacked(model: Any, tokenizer: Any, folder: Path) -> None:
    """Write what was unpacked, in bfloat16, whole or not at all; a full disk is no failure."""
    # It is plain numbers now, whatever it was read from; transformers still takes it for GGUF.
    model.hf_quantizer = None
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    part = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(dir=folder.parent))
        dtype = model.dtype
        model.to(library("torch").bfloat16).save_pretrained(part, safe_serialization=True)
        model.to(dtype)
        tokenizer.save_pretrained(part)
        part.rename(folder)
    except (OSError, ValueError):
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)
