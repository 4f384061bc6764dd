"""Texts that are not part of the product: a test that needs them says so and is skipped."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def seeds() -> dict[str, str]:
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip(f"the five real articles are not here ({folder})")
    return {path.name[:3]: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
