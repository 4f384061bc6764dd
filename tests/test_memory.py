"""The collector leaves what lives long alone, and loses nothing by it."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.memory import set_aside


class Node:
    """Refers to itself, so that only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def in_sight_again() -> Iterator[None]:
    yield
    gc.unfreeze()


async def test_what_is_alive_is_set_aside() -> None:
    node = Node()
    await set_aside()
    assert gc.get_freeze_count() > 0
    assert not any(seen is node for seen in gc.get_objects())


async def test_what_dies_later_is_freed_the_next_time() -> None:
    node = Node()
    remains = weakref.ref(node)
    await set_aside()
    del node
    gc.collect()
    assert remains() is not None
    await set_aside()
    assert remains() is None
