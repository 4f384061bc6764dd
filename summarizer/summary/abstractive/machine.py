"""What this machine can bear: device, number format, batch, and memory asked before loading."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from summarizer.summary.abstractive.errors import ModelError

DeviceKind = Literal["cuda", "mps", "cpu"]
NumberFormat = Literal["float32", "bfloat16"]

_BYTES = {"float32": 4, "bfloat16": 2}
_WORKSPACE = 1.25
"""Loading and generating take about a quarter beyond the weights."""

_LIBRARIES_BYTES = 400_000_000
_GGUF_PEAK = 14
"""To unpack four-bit weights takes 14 times their size at the peak, as was measured."""

_GPU_BATCH = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model runs: the device, the format of its numbers, and how many texts at once."""

    device: DeviceKind
    numbers: NumberFormat
    batch: int


def choose_place(torch: Any, *, parameters: int | None, available: int | None) -> Place:
    """Choose where a model runs.

    bfloat16 is taken where the device computes with it, or where float32 would not fit into the
    memory; on a CPU without support for it it is slower.

    Args:
        torch: the module, so that nothing else here needs it.
        parameters: how many numbers the model has, where that is known.
        available: the free memory of this machine in bytes, where the system tells.
    """
    if torch.cuda.is_available():
        has_it = torch.cuda.is_bf16_supported()
        return Place("cuda", "bfloat16" if has_it else "float32", _GPU_BATCH)
    if torch.backends.mps.is_available():
        has_it = torch.backends.mps.is_macos_or_newer(14, 0)
        return Place("mps", "bfloat16" if has_it else "float32", _GPU_BATCH // 2)
    fast = torch.ops.mkldnn._is_mkldnn_bf16_supported() and has_fast_bfloat16()
    fits = available is None or needed_bytes(parameters, "float32") <= available
    return Place("cpu", "bfloat16" if fast or not fits else "float32", 1)


def has_fast_bfloat16() -> bool:
    """Say whether the processor multiplies bfloat16 itself, and does not only convert it."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return any(flag in flags for flag in ("avx512_bf16", "amx_bf16", " bf16"))


def needed_bytes(parameters: int | None, numbers: NumberFormat) -> int:
    """Estimate the memory that a model needs, the libraries included."""
    return _LIBRARIES_BYTES + int((parameters or 0) * _BYTES[numbers] * _WORKSPACE)


def needed_for_gguf(size_bytes: int) -> int:
    """Estimate the memory that unpacking a GGUF file needs at the peak."""
    return _LIBRARIES_BYTES + _GGUF_PEAK * size_bytes


def available_bytes(torch: Any | None = None, device: DeviceKind = "cpu") -> int | None:
    """Tell how much memory is free where a model is to run, or None where nobody knows."""
    if torch is not None and device == "cuda":
        free: int = torch.cuda.mem_get_info()[0]
        return free
    amounts = [amount for amount in (_of_system(), _of_container()) if amount is not None]
    return min(amounts, default=None)


def require_memory(name: str, needed: int, available: int | None) -> None:
    """Refuse a model that does not fit, before anything is loaded.

    Raises:
        ModelError: it does not fit; the sentence says by how much.
    """
    if available is not None and needed > available:
        raise ModelError(
            f"The model {name} needs about {_gigabytes(needed)} of memory and "
            f"{_gigabytes(available)} are free: choose a smaller one."
        )


def _of_system() -> int | None:
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
        return None
    except OSError:
        # Elsewhere only the whole memory is told; half of it is taken to be free.
        try:
            return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
        except (ValueError, OSError):
            return None


def _of_container() -> int | None:
    group = Path("/sys/fs/cgroup")
    try:
        most = (group / "memory.max").read_text(encoding="ascii").strip()
        held = int((group / "memory.current").read_text(encoding="ascii"))
        return None if most == "max" else max(0, int(most) - held)
    except (OSError, ValueError):
        return None


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB"
