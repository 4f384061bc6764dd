"""A machine without a GPU does not download libraries for one."""

import pytest

from bot.torch_build import needs_gpu_libraries

LINUX = {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"}
MAC = {"sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64"}

USUAL = [
    "filelock",
    "sympy>=1.13.3",
    'nvidia-cublas-cu12==12.8.4.1; platform_system == "Linux" and platform_machine == "x86_64"',
    'triton==3.5.0; platform_system == "Linux"',
    'opt-einsum>=3.3; extra == "opt-einsum"',
]


@pytest.mark.parametrize(("machine", "brings"), [(LINUX, True), (MAC, False)])
def test_the_usual_build_brings_gpu_libraries_on_linux(
    machine: dict[str, str], brings: bool
) -> None:
    assert needs_gpu_libraries(USUAL, machine) is brings


def test_the_build_for_processors_brings_none() -> None:
    assert not needs_gpu_libraries(["filelock", "sympy>=1.13.3", "networkx"], LINUX)
