"""The control API: people, faults and records, as `POST /sandbox/<action>` with a JSON body."""

import asyncio
import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bot.sandbox import asking, cast, people
from bot.sandbox.errors import ApiError, SandboxError
from bot.sandbox.faults import Fault, FaultKind, Faults
from bot.sandbox.journal import Call, Event
from bot.sandbox.limits import Limits
from bot.sandbox.profile import Command
from bot.sandbox.world import World

_PEOPLE: tuple[Callable[..., Any], ...] = (
    cast.add_person,
    cast.add_chat,
    cast.add_topic,
    cast.close_topic,
    cast.block,
    cast.unblock,
    cast.deactivate,
    cast.join,
    cast.leave,
    cast.promote,
    cast.set_bot,
    cast.upgrade,
    people.say,
    people.edit,
    people.forward,
    people.send_document,
    people.react,
    people.share_chat,
    people.stop_draft,
    asking.press,
    asking.type_inline,
    asking.choose,
)


class Control:
    """Carries out the actions of the control API."""

    def __init__(self, world: World, faults: Faults, limits: Limits) -> None:
        self._world = world
        self._faults = faults
        self._limits = limits
        own = (self.messages, self.events, self.calls, self.confirmed, self.commands)
        switches = (self.fail, self.calm, self.limits)
        self._own: dict[str, Callable[..., Any]] = {
            action.__name__: action for action in (*own, *switches)
        }
        self._people = {action.__name__: action for action in _PEOPLE}

    async def act(self, name: str, fields: Mapping[str, Any]) -> Any:
        """Carry out one action; raises SandboxError with a sentence that says what is wrong."""
        if name in self._own:
            action = self._own[name]
        elif name in self._people:
            action = partial(self._people[name], self._world)
        else:
            raise SandboxError(f"The control API has no action {name}")
        try:
            inspect.signature(action).bind(**fields)
        except TypeError as error:
            raise SandboxError(f"{name}: {error}") from None
        try:
            result = action(**fields)
            return await result if inspect.isawaitable(result) else result
        except ApiError as error:
            raise SandboxError(error.description) from None

    def messages(self, chat: int) -> list[dict[str, Any]]:
        """Return a chat as it stands now: Message objects, oldest first."""
        found = self._world.chats.get(chat)
        if found is None:
            raise SandboxError(f"There is no chat {chat} in the sandbox")
        return [posted.body for posted in found.messages.values()]

    async def events(
        self, after: int = 0, chat: int | None = None, wait: float = 0
    ) -> list[dict[str, Any]]:
        """Return the events after a seq; wait up to so many seconds for the first."""
        found = await self._world.journal.events(after, chat, wait)
        return [_event_fields(event) for event in found]

    def calls(self, method: str | None = None) -> list[dict[str, Any]]:
        """Return the calls of the bot, oldest first, of one method or of all."""
        wanted = method.lower() if method else None
        calls = self._world.journal.calls
        return [_call_fields(call) for call in calls if wanted in {None, call.method.lower()}]

    async def confirmed(self, wait: float = 0) -> bool:
        """Tell whether every update was taken; wait up to so many seconds until it is."""
        updates = self._world.updates
        clock = asyncio.get_running_loop()
        deadline = clock.time() + wait
        while len(updates) and clock.time() < deadline and not updates.settled.closed:
            await updates.settled.wait(deadline - clock.time())
        return not len(updates)

    def commands(self, language: str | None, chat: int | None = None) -> list[Command]:
        """Return the commands that a client of that language shows."""
        return self._world.profile.shown_commands(language or "", chat)

    def fail(
        self,
        kind: FaultKind,
        times: int = 1,
        method: str | None = None,
        chat: int | None = None,
        details: Mapping[str, Any] | None = None,
        chance: float = 1.0,
    ) -> None:
        """Let the next calls fail; see FaultKind."""
        fault = Fault(kind, method.lower() if method else None, chat, details or {}, chance)
        self._faults.add(fault, times)

    def calm(self) -> None:
        """End all faults; calls that hang go on at once."""
        self._faults.clear()

    def limits(self, on: bool) -> None:
        """Switch flood control on or off."""
        self._limits.switch(on)


def _event_fields(event: Event) -> dict[str, Any]:
    return {"seq": event.seq, "kind": event.kind, "chat_id": event.chat_id, "body": event.body}


def _call_fields(call: Call) -> dict[str, Any]:
    return {
        "method": call.method,
        "params": call.params,
        "files": call.files,
        "status": call.status,
        "answer": call.answer,
        "at": call.at.isoformat(),
    }
