"""Before torch is installed: which build would pip take? `python -m bot.torch_build torch==X.Y.Z`.

The usual Linux build brings gigabytes of libraries for NVIDIA GPUs, which a machine without one
must not download. pip answers from the index, before anything is downloaded.
"""

import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

GPU_LIBRARIES = ("nvidia-", "cuda-", "triton")

REFUSAL = (
    "pip would take the build of torch for NVIDIA GPUs (several gigabytes), and there is no such "
    "GPU here. Name an index with the build for processors, which PyTorch's installation page "
    "shows under “CPU”: make models TORCH_INDEX=https://…"
)


def needs_gpu_libraries(requirements: Iterable[str], environment: Mapping[str, str]) -> bool:
    """Say whether a package needs libraries for GPUs on a machine.

    Args:
        requirements: as its metadata lists them, with their markers.
        environment: the machine, as markers name its properties (`sys_platform`, …).
    """
    packaging: Any = import_module("pip._vendor.packaging.requirements")
    for line in requirements:
        requirement = packaging.Requirement(line)
        applies = requirement.marker is None or requirement.marker.evaluate(
            {**environment, "extra": ""}
        )
        if applies and requirement.name.startswith(GPU_LIBRARIES):
            return True
    return False


def main(wanted: str, *options: str) -> str | None:
    """Give a sentence when pip would bring libraries for a GPU that is not there; else None.

    wanted: such as "torch==2.13.0". options: further ones for pip, such as --index-url.
    """
    if shutil.which("nvidia-smi") or platform.system() != "Linux":
        return None
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--no-deps"]
    asked = subprocess.run(  # noqa: S603 — the words of our own Makefile
        [*command, "--ignore-installed", "--report", "-", *options, wanted],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if asked.returncode:
        return f"pip finds no {wanted} for this Python and system; see above."
    report = json.loads(asked.stdout)
    [found] = report["install"]
    requirements = found["metadata"].get("requires_dist", [])
    return REFUSAL if needs_gpu_libraries(requirements, report["environment"]) else None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
