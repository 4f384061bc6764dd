"""A model in a worker process of its own: loaded when first needed, let go when not."""

from typing import Any

from bot.analysis.workshop import BrokenOffError, Workshop
from bot.summaries.jobs import Load, ModelFacts, ModelSpec, Refused, Translate, Write
from bot.summaries.writing import UnavailableError, model_workshop

LOAD_SECONDS = 900.0
"""Unpacking a GGUF file takes minutes, once."""

_GRACE_SECONDS = 60.0
"""How long after its own time limit the worker is ended: one step of a large model may be long."""


class ModelShop:
    """The worker that holds one model."""

    def __init__(self, spec: ModelSpec) -> None:
        """Prepare; nothing is started."""
        self._spec = spec
        self._shop: Workshop[Any, Any] = model_workshop()
        self._loaded_in: int | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the worker, while there is one."""
        return self._shop.pid

    async def load(self) -> ModelFacts:
        """Get the model into memory.

        Raises UnavailableError when it cannot be.
        """
        try:
            answer = await self._shop.do(Load(self._spec), timeout_seconds=LOAD_SECONDS)
        except BrokenOffError as error:
            name = self._spec.short_name
            raise UnavailableError(f"Loading {name} failed: {error}.") from None
        if isinstance(answer, Refused):
            await self._shop.close()
            raise UnavailableError(answer.reason)
        self._loaded_in = self._shop.pid
        facts: ModelFacts = answer
        return facts

    async def do(self, job: Write | Translate) -> Any:
        """Let the model do a job, within the seconds that the job states.

        Raises UnavailableError when nobody can work now, BrokenOffError when this job broke the
        worker.
        """
        if self._shop.pid is None or self._shop.pid != self._loaded_in:
            await self.load()
        answer = await self._shop.do(job, timeout_seconds=job.seconds + _GRACE_SECONDS)
        if isinstance(answer, Refused):
            raise UnavailableError(answer.reason)
        return answer

    async def close(self) -> None:
        """Let the worker go, and the memory with it."""
        await self._shop.close()
