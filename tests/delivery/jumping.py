"""An event loop whose time jumps to the next timer instead of waiting for it."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Selector(selectors.DefaultSelector):
    """Never waits; `passed` is the time that it would have waited."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        """Return what is ready; where nothing is, let the time pass at once."""
        ready = super().select(0)
        if not ready and timeout is not None:
            self.passed += timeout
        return ready


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jumping = _Selector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Return the seconds that passed, as far as anybody in here can tell."""
        return self._jumping.passed


def run_jumping(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in time that jumps."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(coroutine)
