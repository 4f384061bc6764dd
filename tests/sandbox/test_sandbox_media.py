"""Photos, documents, albums, and getting files back."""

import struct
import zlib
from io import BytesIO

import pytest
from aiogram.types import (
    BufferedInputFile,
    InputMediaDocument,
    InputMediaPhoto,
    MediaUnion,
    Message,
)

from tests.sandbox.stage import READER, TOKEN, Stage


def png(width: int, height: int) -> bytes:
    """Make a white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\x00" + b"\xff" * width) * height
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    image = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + header + image + chunk(b"IEND", b"")


CHART = BufferedInputFile(png(40, 30), "chart.png")
# The start of a JPEG of 16 × 8 pixels: SOI, an APP0 segment, SOF0.
JPEG = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x0b\x08\x00\x08\x00\x10\x01\x01\x11\x00"


async def test_a_photo_is_measured_and_comes_back(stage: Stage) -> None:
    sent = await stage.bot.send_photo(READER, CHART, caption="<b>Неделя</b>", parse_mode="HTML")
    assert sent.photo
    assert (sent.photo[-1].width, sent.photo[-1].height) == (40, 30)
    assert (sent.caption, sent.caption_entities and sent.caption_entities[0].type) == (
        "Неделя",
        "bold",
    )
    again = await stage.bot.send_photo(READER, sent.photo[-1].file_id)
    assert again.photo == sent.photo
    file = await stage.bot.download(sent.photo[-1])
    assert file
    assert file.read() == CHART.data
    (first, second) = await stage.people.calls("sendPhoto")
    assert (first.files, second.files) == (("chart.png",), ())


async def test_a_jpeg_is_measured_too(stage: Stage) -> None:
    sent = await stage.bot.send_photo(READER, BufferedInputFile(JPEG, "a.jpg"))
    assert sent.photo
    assert (sent.photo[0].width, sent.photo[0].height) == (16, 8)


async def test_a_document_keeps_its_name(stage: Stage) -> None:
    file = BufferedInputFile("сводка".encode(), "Сводка за неделю.txt")
    sent = await stage.bot.send_document(READER, file)
    assert sent.document
    assert (sent.document.file_name, sent.document.file_size) == ("Сводка за неделю.txt", 12)
    found = await stage.bot.get_file(sent.document.file_id)
    url = f"{stage.sandbox.url}/file/bot{TOKEN}/{found.file_path}"
    async with stage.http.get(url) as response:
        assert (await response.read()).decode() == "сводка"
    async with stage.http.get(url + "x") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "file must be non-empty"),
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (png(10, 1), None),
        (png(21, 1), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_only_pictures_are_photos(stage: Stage, content: bytes, words: str | None) -> None:
    url = f"{stage.sandbox.url}/bot{TOKEN}/sendPhoto?chat_id={READER}"
    async with stage.http.post(url, data={"photo": _named(content)}) as response:
        answer = await response.json()
    assert answer.get("description") == (f"Bad Request: {words}" if words else None)


async def test_files_that_cannot_be_sent(stage: Stage) -> None:
    async def refused(photo: str) -> str:
        return await stage.refusal("sendPhoto", chat_id=READER, photo=photo)

    sent = await stage.bot.send_document(READER, BufferedInputFile(b"x", "x.txt"))
    assert sent.document
    assert await refused("") == "Bad Request: there is no photo in the request"
    words = "Bad Request: failed to get HTTP URL content"
    assert await refused("https://example.org/a.png") == words
    assert (await refused("unknown")).startswith("Bad Request: wrong remote file identifier")
    words = "Bad Request: can't use file of type Document as Photo"
    assert await refused(sent.document.file_id) == words
    refusal = await stage.refusal("getFile", file_id="unknown")
    assert refusal == "Bad Request: invalid file_id"


async def test_captions_have_a_limit_of_their_own(stage: Stage) -> None:
    sent = await stage.bot.send_photo(READER, CHART, caption="x" * 1024)
    assert sent.photo
    photo = {"chat_id": READER, "photo": sent.photo[0].file_id}
    refusal = await stage.refusal("sendPhoto", **photo, caption="x" * 1025)
    assert refusal == "Bad Request: message caption is too long"


async def test_an_album(stage: Stage) -> None:
    album: list[MediaUnion] = [
        InputMediaPhoto(media=CHART, caption="Первая"),
        InputMediaPhoto(media=BufferedInputFile(png(20, 20), "b.png")),
    ]
    sent = await stage.bot.send_media_group(READER, album)
    assert [message.caption for message in sent] == ["Первая", None]
    assert len({message.media_group_id for message in sent}) == 1
    mixed = [{"type": "photo", "media": "a"}, {"type": "document", "media": "b"}]
    refusal = await stage.refusal("sendMediaGroup", chat_id=READER, media=mixed)
    assert refusal == "Bad Request: document can't be mixed with other media types"
    eleven = [{"type": "photo", "media": "a"}] * 11
    refusal = await stage.refusal("sendMediaGroup", chat_id=READER, media=eleven)
    assert refusal == "Bad Request: too many messages to send as an album"


async def test_media_and_captions_are_edited(stage: Stage) -> None:
    sent = await stage.bot.send_photo(READER, CHART, caption="Было")
    number = sent.message_id
    captioned = await stage.bot.edit_message_caption(
        chat_id=READER, message_id=number, caption="Стало"
    )
    assert isinstance(captioned, Message)
    assert (captioned.caption, captioned.photo) == ("Стало", sent.photo)
    file = BufferedInputFile(b"text", "week.txt")
    replaced = await stage.bot.edit_message_media(
        InputMediaDocument(media=file), chat_id=READER, message_id=number
    )
    assert isinstance(replaced, Message)
    assert replaced.document
    assert (replaced.photo, replaced.caption) == (None, None)


async def test_a_copy_may_have_another_caption(stage: Stage) -> None:
    sent = await stage.bot.send_photo(READER, CHART, caption="Было")
    await stage.bot.copy_message(READER, READER, sent.message_id)
    await stage.bot.copy_message(READER, READER, sent.message_id, caption="Стало")
    captions = [message.get("caption") for message in await stage.people.messages(READER)]
    assert captions[-2:] == ["Было", "Стало"]


def _named(content: bytes) -> BytesIO:
    stream = BytesIO(content)
    stream.name = "picture.png"
    return stream
