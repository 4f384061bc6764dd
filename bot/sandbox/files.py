"""Files that the bot or a person sent: kept in memory, found by file id or by path."""

import struct
from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params, Upload

FileKind = Literal["photo", "document"]

PHOTO_LIMIT = 10 * 1024 * 1024  # bytes
DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bytes
_PREFIX: dict[FileKind, str] = {"photo": "AgACAgI", "document": "BQACAgI"}


@dataclass(frozen=True)
class StoredFile:
    """A file with the ids and the path by which it is found again; width and height in pixels."""

    id: str
    kind: FileKind
    path: str
    upload: Upload
    width: int = 0
    height: int = 0

    @property
    def unique_id(self) -> str:
        """The id that stays the same for every bot."""
        return f"AQAD{self.id[-8:]}"

    @property
    def content(self) -> dict[str, Any]:
        """The part of a Message that shows this file."""
        common = {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.content),
        }
        if self.kind == "photo":
            return {"photo": [common | {"width": self.width, "height": self.height}]}
        names = {"file_name": self.upload.filename, "mime_type": self.upload.mime_type}
        return {"document": common | names}


class FileStore:
    """All files of the sandbox."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: FileKind, upload: Upload) -> StoredFile:
        """Store an upload; raises ApiError when Telegram would refuse it as a photo or document."""
        if not upload.content:
            raise bad_request("file must be non-empty")
        width, height = _photo_size(upload.content) if kind == "photo" else (0, 0)
        number = len(self._by_id)
        extension = upload.filename.rpartition(".")[2] if "." in upload.filename else "bin"
        path = f"{kind}s/file_{number}.{extension}"
        stored = StoredFile(f"{_PREFIX[kind]}{number:08d}", kind, path, upload, width, height)
        self._by_id[stored.id] = stored
        self._by_path[path] = stored
        return stored

    def take(self, kind: FileKind, reference: str, params: Params) -> StoredFile:
        """Find what a call means by `reference`: attach://name, the name of a field, or a file id.

        Raises ApiError with Telegram's words. Addresses are refused: the sandbox stays off the net.
        """
        name = reference.removeprefix("attach://")
        if name in params.uploads:
            return self.add(kind, params.uploads[name])
        if not reference:
            raise bad_request(f"there is no {kind} in the request")
        if "://" in reference and not reference.startswith("attach://"):
            raise bad_request("failed to get HTTP URL content")
        stored = self._by_id.get(reference)
        if stored is None:
            raise bad_request(
                "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
            )
        if stored.kind != kind:
            wanted, given = kind.capitalize(), stored.kind.capitalize()
            raise bad_request(f"can't use file of type {given} as {wanted}")
        return stored

    def by_id(self, file_id: str) -> StoredFile:
        """Find a file for getFile; raises ApiError when it is unknown or over 20 MB."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("invalid file_id")
        if len(stored.upload.content) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        return stored

    def by_path(self, path: str) -> StoredFile | None:
        """Find a file for a download."""
        return self._by_path.get(path)


def _photo_size(content: bytes) -> tuple[int, int]:
    if len(content) > PHOTO_LIMIT:
        raise bad_request("file is too big")
    size = _png_size(content) or _jpeg_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _png_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\xff\xd8"):
        return None
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker, length = content[position + 1], struct.unpack_from(">H", content, position + 2)[0]
        # SOF0–SOF15 hold the size, save three markers that mean other things.
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack_from(">HH", content, position + 5)
            return width, height
        position += 2 + length
    return None
