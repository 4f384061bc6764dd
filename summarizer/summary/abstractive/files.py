"""The files of a model: where they are, whether they are whole, and whether they are safe.

Only safetensors and GGUF are read: both hold numbers and nothing else. Pickled weights may run any
code when they are loaded.
"""

import json
import math
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.summary.abstractive.errors import ModelError

TOKENIZERS = (
    *("tokenizer.json", "spiece.model", "tokenizer.model", "sentencepiece.bpe.model"),
    *("source.spm", "target.spm"),
)
PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".h5", ".msgpack")

_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+(?:/[\w./-]+\.gguf)?", re.ASCII)
_GGUF_MAGIC = b"GGUF"
_LENGTH = struct.Struct("<Q")
_LONGEST_HEADER = 100_000_000
_LONGEST_CONFIG = 10_000_000
_LICENCE = re.compile(r"^license:\s*([^\s#]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on this machine.

    `gguf` is set when it is one GGUF file, else `weights` are safetensors in `folder`;
    `parameters` is None where only loading tells; `licence` as its card states it.
    """

    name: str
    folder: Path
    weights: tuple[Path, ...]
    gguf: Path | None
    architecture: str | None
    parameters: int | None
    licence: str | None

    @property
    def size_bytes(self) -> int:
        """How much the weights take on the disk."""
        return sum(path.stat().st_size for path in self.weights)

    @property
    def short_name(self) -> str:
        """The name as readers see it: without folders and endings."""
        return Path(self.name).name.removesuffix(".gguf") or self.name


def is_hub_name(name: str) -> bool:
    """Tell "owner/model" or "owner/model/file.gguf" from a folder or file of this machine."""
    return bool(_HUB_NAME.fullmatch(name)) and ".." not in name and not Path(name).exists()


def hub_parts(name: str) -> tuple[str, str | None]:
    """Split a hub name into the repository and the GGUF file in it, if it names one."""
    owner, model, *rest = name.split("/")
    return f"{owner}/{model}", "/".join(rest) or None


def hub_folder(name: str, models: Path) -> Path:
    """Tell where a model of the hub is kept once it was fetched."""
    return models / hub_parts(name)[0].replace("/", "--")


def find_model(name: str, models: Path) -> ModelFiles:
    """Find a model's files and check them without loading anything.

    Args:
        name: a hub name that was fetched, a folder, or a GGUF file.
        models: the folder of fetched models.

    Raises:
        ModelError: what is missing or cannot be used.
    """
    if is_hub_name(name):
        folder, file = hub_folder(name, models), hub_parts(name)[1]
        if not folder.is_dir():
            raise ModelError(
                f"The model {name} is not on this machine: fetch it with `vestnik model fetch`."
            )
        return _of_gguf(name, folder / file) if file else _of_folder(name, folder)
    path = Path(name).expanduser()
    if path.is_dir():
        return _of_folder(name, path)
    if path.suffix == ".gguf":
        return _of_gguf(name, path)
    if path.exists():
        raise ModelError(f"{name} is neither a folder with a model nor a .gguf file.")
    raise ModelError(f"There is no model at {name}: name a folder, a .gguf file or owner/model.")


def _of_gguf(name: str, path: Path) -> ModelFiles:
    try:
        with path.open("rb") as file:
            magic = file.read(len(_GGUF_MAGIC))
    except OSError as error:
        raise ModelError(f"The file {path} cannot be read: {error.strerror}.") from None
    if magic != _GGUF_MAGIC:
        raise ModelError(f"{path} is no GGUF file, whatever its name says.")
    return ModelFiles(name, path.parent, (path,), path, None, None, _licence(path.parent))


def _of_folder(name: str, folder: Path) -> ModelFiles:
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    whole = [folder / file for file in names if file.endswith(".safetensors")]
    guffs = [folder / file for file in names if file.endswith(".gguf")]
    if not whole and len(guffs) == 1:
        return _of_gguf(name, guffs[0])
    if not whole and guffs:
        raise ModelError(f"{folder} holds several GGUF files: name one of them.")
    pickled = [file for file in names if file.endswith(PICKLED) and "tokenizer" not in file]
    if not whole and pickled:
        raise ModelError(
            f"The weights in {folder} are pickled ({pickled[0]}); such a file may run any code "
            "when it is loaded, so it is refused: use a version with safetensors."
        )
    missing = [] if "config.json" in names else ["config.json"]
    if not any(file in names for file in TOKENIZERS):
        missing.append("the tokenizer (tokenizer.json)")
    if not whole:
        missing.append("the weights (*.safetensors or *.gguf)")
    weights = _shards(folder) or tuple(whole)
    missing += [path.name for path in weights if not path.is_file()]
    if missing:
        raise ModelError(f"The model folder {folder} lacks {', '.join(missing)}.")
    config = _read_json(folder / "config.json")
    architectures = config.get("architectures") or [None]
    parameters = sum(count for path in weights for count in _tensor_sizes(path))
    return ModelFiles(name, folder, weights, None, architectures[0], parameters, _licence(folder))


def _shards(folder: Path) -> tuple[Path, ...]:
    index = folder / "model.safetensors.index.json"
    if not index.is_file():
        return ()
    parts = _read_json(index).get("weight_map")
    if not isinstance(parts, dict):
        raise ModelError(f"{index} lists no weights.")
    names = sorted({Path(str(name)).name for name in parts.values()})
    return tuple(folder / name for name in names)


def _tensor_sizes(path: Path) -> Iterator[int]:
    """Count the numbers of each tensor, from the header alone."""
    header = _safetensors_header(path)
    for name, tensor in header.items():
        if name != "__metadata__" and isinstance(tensor, dict):
            yield math.prod(tensor.get("shape", ()))


def _safetensors_header(path: Path) -> Mapping[str, Any]:
    """Read the header (https://huggingface.co/docs/safetensors): its length, then JSON."""
    with path.open("rb") as file:
        start = file.read(_LENGTH.size)
        length = _LENGTH.unpack(start)[0] if len(start) == _LENGTH.size else 0
        try:
            if not 2 <= length <= min(_LONGEST_HEADER, path.stat().st_size):
                raise ValueError("no header")
            header = json.loads(file.read(length))
        except (ValueError, RecursionError):
            raise ModelError(
                f"{path} is no safetensors file, whatever its name says: it is damaged, or pickled."
            ) from None
    if not isinstance(header, dict):
        raise ModelError(f"{path} is no safetensors file: its header is damaged.")
    return header


def _read_json(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LONGEST_CONFIG:
            raise ValueError("too long")
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise ModelError(f"{path} cannot be read as JSON.") from None
    if not isinstance(content, dict):
        raise ModelError(f"{path} holds no settings of a model.")
    return content


def _licence(folder: Path) -> str | None:
    try:
        card = (folder / "README.md").read_text(encoding="utf-8", errors="replace")[:20_000]
    except OSError:
        return None
    found = _LICENCE.search(card)
    return found[1].strip("'\"") if found else None
