"""A Bot API server on this machine, for an unchanged bot to run against."""

import asyncio
import hmac
import inspect
import ipaddress
import json
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.clock import Now, system_now
from bot.sandbox.cast import upgrade
from bot.sandbox.control import Control
from bot.sandbox.errors import ApiError, SandboxError, too_many_requests
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.journal import Call
from bot.sandbox.limits import Limits, is_paced
from bot.sandbox.methods.table import METHODS
from bot.sandbox.params import Params, read_request
from bot.sandbox.world import World

UPLOAD_LIMIT = 50 * 1024 * 1024  # bytes
_TOKEN = re.compile(r"[1-9]\d*:[A-Za-z0-9_-]+")
_UNKNOWN_BOT = 1
_STOP_WITHIN = 1.0  # seconds, for calls that are being answered


@dataclass(frozen=True)
class Reply:
    """The answer to a call; cut: the connection ends without it."""

    status: int
    body: dict[str, Any]
    cut: bool = False


class Sandbox:
    """The server. Updates come by polling or webhook; people act through the control API.

    token: the only one that is accepted, or None for any well-formed one; now: the clock of
    messages, limits and queries (waiting for polls uses real time); limits: flood control at start.
    """

    def __init__(
        self, token: str | None = None, now: Now = system_now, limits: bool = False
    ) -> None:
        bot_id = int(token.partition(":")[0]) if token else _UNKNOWN_BOT
        self.world = World(bot_id, now)
        self.url = ""
        self._token = token
        self.faults = Faults()
        self._limits = Limits(limits)
        self._control = Control(self.world, self.faults, self._limits)
        self._runner: web.AppRunner | None = None
        self._delivery: asyncio.Task[None] | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen on a loopback address (port 0: any free one) and set `url`.

        Raises ValueError for any other address, OSError when the port is taken.
        """
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"The sandbox listens on loopback only, not on {host}")
        app = web.Application(client_max_size=UPLOAD_LIMIT + 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._serve_method)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        app.router.add_post("/sandbox/{action}", self._serve_control)
        app.router.add_route("*", "/{path:.*}", self._serve_nothing)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_STOP_WITHIN)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        shown_host = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown_host}:{self._runner.addresses[0][1]}"
        delivering = self.world.webhook.run(self.call)
        self._delivery = asyncio.create_task(delivering)  # noqa: TID251 — ended in stop()

    async def stop(self) -> None:
        """Stop listening; polls and hanging calls end at once."""
        world = self.world
        for bell in (
            world.updates.arrived,
            world.updates.settled,
            world.journal.changed,
            self.faults.released,
        ):
            bell.close()
        if self._delivery:
            self._delivery.cancel()
            await asyncio.gather(self._delivery, return_exceptions=True)
        if self._runner:
            await self._runner.cleanup()

    async def call(self, method: str, params: Params) -> Reply:
        """Carry out one call, with the faults and limits that apply, and record it."""
        name = method.lower()
        chat_id = self._chat_id(params)
        fault = self.faults.take(name, chat_id)
        if fault and fault.kind == "hang":
            await self.faults.released.wait(float(fault.details.get("seconds", 30)))
        cut = fault is not None and fault.kind in {"drop", "lose"}
        try:
            self._refuse(fault, chat_id)
            result = None
            if not fault or fault.kind != "drop":
                self._pace(name, chat_id, params)
                result = await self._carry_out(name, params)
            reply = Reply(200, {"ok": True, "result": result}, cut)
        except ApiError as error:
            reply = Reply(error.code, error.answer, cut)
        self._record(method, params, reply)
        return reply

    async def _carry_out(self, name: str, params: Params) -> Any:
        if name not in METHODS:
            raise ApiError(404, "Not Found")
        result = METHODS[name](self.world, params)
        return await result if inspect.isawaitable(result) else result

    def _refuse(self, fault: Fault | None, chat_id: int | None) -> None:
        if fault is None or (refusal := fault.refusal) is None:
            return
        chat = self.world.chats.get(chat_id or 0)
        if fault.kind == "migrate" and chat and chat.type == "group" and not chat.migrated_to:
            upgrade(self.world, chat=chat.id, to=int(fault.details["to"]))
        raise refusal

    def _pace(self, name: str, chat_id: int | None, params: Params) -> None:
        if chat_id is None or not is_paced(name):
            return
        chat = self.world.chats.get(chat_id)
        wait = self._limits.retry_after(
            chat_id,
            _message_count(name, params),
            self.world.now(),
            is_group=chat is not None and chat.type in {"group", "supergroup"},
            is_paid=params.flag("allow_paid_broadcast"),
        )
        if wait:
            raise too_many_requests(wait)

    def _chat_id(self, params: Params) -> int | None:
        reference = params.text("chat_id")
        chat = self.world.chat(reference) if reference else None
        return chat.id if chat else params.integer("chat_id") or None

    def _record(self, method: str, params: Params, reply: Reply) -> None:
        files = tuple(upload.filename for upload in params.uploads.values())
        status = 0 if reply.cut else reply.status
        call = Call(method, dict(params.values), files, status, reply.body, self.world.now())
        self.world.journal.calls.append(call)

    def _check_token(self, token: str) -> None:
        if self._token is not None:
            accepted = hmac.compare_digest(token.encode(), self._token.encode())
        else:
            accepted = _TOKEN.fullmatch(token) is not None
        if not accepted:
            raise ApiError(401, "Unauthorized")
        if self.world.bot_id == _UNKNOWN_BOT:
            self.world.bot_id = int(token.partition(":")[0])

    async def _serve_method(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request.match_info["token"])
            params = await read_request(request)
        except ApiError as error:
            return _json(error.code, error.answer)
        except web.HTTPRequestEntityTooLarge:
            refusal = ApiError(413, "Request Entity Too Large")
            return _json(refusal.code, refusal.answer)
        reply = await self.call(request.match_info["method"], params)
        if reply.cut and request.transport:
            request.transport.abort()
        return _json(reply.status, reply.body)

    async def _serve_file(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request.match_info["token"])
        except ApiError as error:
            return _json(error.code, error.answer)
        stored = self.world.files.by_path(request.match_info["path"])
        if stored is None:
            return await self._serve_nothing(request)
        return web.Response(body=stored.upload.content, content_type="application/octet-stream")

    async def _serve_control(self, request: web.Request) -> web.Response:
        try:
            fields = await request.json() if request.can_read_body else {}
            if not isinstance(fields, dict):
                raise SandboxError("The body of a request is a JSON object")
            result = await self._control.act(request.match_info["action"], fields)
        except SandboxError as error:
            return _json(400, {"ok": False, "error": str(error)})
        return _json(200, {"ok": True, "result": result})

    async def _serve_nothing(self, _request: web.Request) -> web.Response:
        return _json(404, ApiError(404, "Not Found").answer)


def _message_count(name: str, params: Params) -> int:
    several = {"sendmediagroup": "media", "copymessages": "message_ids"}
    several["forwardmessages"] = "message_ids"
    return max(1, len(params.array(several[name]) or ())) if name in several else 1


def _json(status: int, body: dict[str, Any]) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    encoded = text.encode(errors="replace")
    return web.Response(body=encoded, status=status, content_type="application/json")
