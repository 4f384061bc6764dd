"""The parameters of one call, however they were sent: query, JSON, urlencoded or multipart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, ClientResponse, MultipartReader, web

from bot.sandbox.errors import bad_request


@dataclass(frozen=True)
class Upload:
    """A file that came with a call: its name as the sender gave it, its bytes, its MIME type."""

    filename: str
    content: bytes
    mime_type: str


@dataclass(frozen=True)
class Params:
    """Values by name, and uploaded files by the name of their form field."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Read a string; absent is the same as empty, as in the Bot API."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """Read an integer; what is not one counts as absent."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def number(self, name: str) -> float:
        """Read a number; raises ApiError when there is none."""
        try:
            return float(self.text(name))
        except ValueError:
            raise bad_request(f"{name} is empty") from None

    def flag(self, name: str) -> bool:
        """Read a Boolean; absent is false."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def object(self, name: str) -> dict[str, Any] | None:
        """Read a JSON object; None when absent; raises ApiError when it is something else."""
        value = self._json(name)
        if value is None or isinstance(value, dict):
            return value
        raise bad_request(f"object expected as {name}")

    def array(self, name: str) -> list[Any] | None:
        """Read a JSON array; None when absent; raises ApiError when it is something else."""
        value = self._json(name)
        if value is None or isinstance(value, list):
            return value
        raise bad_request(f"array expected as {name}")

    def _json(self, name: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None


async def read_request(request: web.Request) -> Params:
    """Read the parameters of a call; raises ApiError when the body is not what it says it is."""
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= _json_body(await request.text())
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
                value.file.close()
            else:
                values[name] = value if isinstance(value, str) else value.decode(errors="replace")
    return Params(values, uploads)


async def read_answer(response: ClientResponse) -> Params:
    """Read a call that a webhook put in its answer; without one the values are empty."""
    if response.content_type.startswith("multipart/"):
        return await _read_multipart(MultipartReader.from_response(response))
    body = (await response.text()).strip()
    return Params(_json_body(body)) if body.startswith("{") else Params()


async def _read_multipart(reader: Any) -> Params:
    values: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    async for part in reader:
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            values[part.name] = content.decode(errors="replace")
        else:
            mime_type = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, content, mime_type)
    return Params(values, uploads)


def _json_body(body: str) -> dict[str, Any]:
    try:
        value = json.loads(body) if body.strip() else {}
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected as the request body")
    return value
