"""The terms of the beat that comes with the product, made ready once."""

import pytest

from bot.beat import load_beat
from bot.settings import PROJECT
from summarizer.terms import Terms


@pytest.fixture(scope="session")
def terms() -> Terms:
    return load_beat(PROJECT / "beats" / "kz-us.toml").terms
