"""The guarded client: polite, bounded in time and size, and honest about why nothing came."""

import asyncio
import ssl
import subprocess
import tracemalloc
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from aiohttp import web

from bot.intake.client import GuardedClient, Validators
from bot.intake.problems import FetchError, FetchProblem
from bot.intake.unpacking import Unpacker
from tests.intake.loopback import Loopback, forever, serving, zipped

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def site() -> AsyncIterator[Loopback]:
    async with serving() as site:
        yield site


@pytest.fixture
async def client(clock: Clock) -> AsyncIterator[GuardedClient]:
    client = GuardedClient("press@example.org", allow_loopback=True, now=clock, total_seconds=0.5)
    yield client
    await client.close()


async def problem_of(client: GuardedClient, url: str, *, human: bool = False) -> FetchProblem:
    with pytest.raises(FetchError) as raised:
        await client.get(url, kind="page", human=human)
    assert str(raised.value).endswith(".")
    return raised.value.problem


async def test_it_says_who_it_is_and_whom_to_write_to(
    site: Loopback, client: GuardedClient
) -> None:
    await client.get(site.page("/", "<p>Да</p>"), kind="page")

    agent = site.requests[-1].headers["User-Agent"]
    assert agent.startswith("Vestnik/")
    assert "press@example.org" in agent


async def test_nobodys_cookies_are_kept(site: Loopback, client: GuardedClient) -> None:
    url = site.page("/", "a", Set_Cookie="a=1")

    await client.get(url, kind="page")
    await client.get(url, kind="page")

    assert "Cookie" not in site.requests[-1].headers


async def test_what_has_not_changed_is_not_sent_again(
    site: Loopback, client: GuardedClient
) -> None:
    url = site.feed("/feed", tag='"1"')

    first = await client.get(url, kind="feed")
    again = await client.get(url, kind="feed", conditional=first.validators)

    assert first.validators == Validators('"1"')
    assert (first.not_modified, again.not_modified, again.body) == (False, True, b"")


async def test_a_304_that_was_not_asked_for_is_a_refusal(
    site: Loopback, client: GuardedClient
) -> None:
    assert await problem_of(client, site.page("/", status=304)) is FetchProblem.REFUSED


@pytest.mark.parametrize(
    ("header", "declared", "encoding"),
    [
        ("text/html; charset=windows-1251", "", "cp1251"),
        ("text/html", "<meta charset='windows-1251'>", "cp1251"),
        ("text/html", "", "cp1251"),
        ("text/html; charset=utf-8", "", "cp1251"),
        ("text/html; charset=windows-1251", "", "utf-8"),
        ("text/html; charset=iso-8859-1", "", "utf-8"),
        ("text/html; charset=no-such-thing", "", "utf-8"),
        ("text/html; charset=rot13", "", "utf-8"),
        ("text/html", "", "utf-8-sig"),
        ("text/html", "", "utf-16"),
        ("text/html; charset=utf-16le", "", "utf-16-le"),
        ("text/html", "<?xml version='1.0' encoding='koi8-r'?>", "koi8-r"),
    ],
)
async def test_text_is_decoded_by_mark_header_markup_or_look(
    site: Loopback, client: GuardedClient, header: str, declared: str, encoding: str
) -> None:
    text = declared + "Министры Казахстана обсудили торговлю и транспорт в Астане. " * 5
    url = site.page("/", text.encode(encoding), Content_Type=header)

    assert (await client.get(url, kind="page")).text == text


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
async def test_packed_bodies_are_unpacked(
    site: Loopback, client: GuardedClient, packing: str
) -> None:
    async def answer(_: web.Request) -> web.Response:
        response = web.Response(text="Да. " * 1000)
        response.enable_compression(web.ContentCoding(packing))
        return response

    assert (await client.get(site.does("/", answer), kind="page")).text == "Да. " * 1000


@pytest.mark.parametrize(
    ("body", "encoding", "problem"),
    [
        (zipped(5_000_001), "gzip", FetchProblem.TOO_LARGE),
        (zipped(1_000_000_000), "gzip", FetchProblem.TOO_LARGE),
        (b"0" * 5_000_001, "identity", FetchProblem.TOO_LARGE),
        (zipped(1000)[:-4], "gzip", FetchProblem.BROKEN),
        (b"not packed at all", "gzip", FetchProblem.BROKEN),
        (brotli.compress(bytes(5_000_001)), "br", FetchProblem.TOO_LARGE),
        (brotli.compress(bytes(300_000_000), quality=2), "br", FetchProblem.TOO_LARGE),
        (brotli.compress("Да. ".encode() * 999)[:-4], "br", FetchProblem.BROKEN),
        (b"anything", "br", FetchProblem.BROKEN),
        (b"anything", "zstd", FetchProblem.BROKEN),
    ],
    ids=[
        "5 MB",
        "bomb",
        "plain",
        "cut",
        "lie",
        "5 MB, br",
        "bomb, br",
        "cut, br",
        "lie, br",
        "unasked",
    ],
)
async def test_a_body_too_large_or_broken_is_a_reason(
    site: Loopback, client: GuardedClient, body: bytes, encoding: str, problem: FetchProblem
) -> None:
    url = site.page("/", body, Content_Encoding=encoding)

    assert await problem_of(client, url) is problem


async def test_brotli_is_asked_for_and_unpacked(site: Loopback, client: GuardedClient) -> None:
    text = "Министры обсудили торговлю. " * 9_999
    url = site.page("/", brotli.compress(text.encode()), Content_Encoding="br")

    assert (await client.get(url, kind="page")).text == text
    assert "br" in site.requests[-1].headers["Accept-Encoding"].split(", ")


def test_a_bomb_takes_no_more_memory_than_its_limit_and_a_step() -> None:
    bomb = brotli.compress(bytes(300_000_000), quality=2)
    tracemalloc.start()

    with pytest.raises(FetchError):
        Unpacker("br", 1_000_000).feed(bomb)

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 5_000_000


@pytest.mark.parametrize("packed", [("gzip", zipped), ("br", lambda n: brotli.compress(b"0" * n))])
async def test_five_megabytes_are_not_too_much(
    site: Loopback, client: GuardedClient, packed: tuple[str, Callable[[int], bytes]]
) -> None:
    encoding, pack = packed
    url = site.page("/", pack(5_000_000), Content_Encoding=encoding)

    assert len((await client.get(url, kind="page")).body) == 5_000_000


@pytest.mark.parametrize(("hops", "arrives"), [(5, True), (6, False)])
async def test_five_redirects_are_followed_and_no_more(
    site: Loopback, client: GuardedClient, hops: int, *, arrives: bool
) -> None:
    for number in range(hops):
        site.page(f"/{number}", status=302, Location=f"/{number + 1}")
    site.page(f"/{hops}", "Здесь.")

    if arrives:
        fetched = await client.get(f"{site.origin}/0", kind="page")
        assert (fetched.text, fetched.url_final) == ("Здесь.", f"{site.origin}/{hops}")
    else:
        problem = await problem_of(client, f"{site.origin}/0")
        assert problem is FetchProblem.TOO_MANY_REDIRECTS


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("http://169.254.169.254/latest/meta-data/", FetchProblem.NOT_PUBLIC),
        ("http://10.0.0.1/", FetchProblem.NOT_PUBLIC),
        ("http://[::ffff:10.0.0.1]/", FetchProblem.NOT_PUBLIC),
        ("file:///etc/passwd", FetchProblem.BAD_ADDRESS),
        ("gopher://example.org/", FetchProblem.BAD_ADDRESS),
        ("http://user:secret@example.org/", FetchProblem.CREDENTIALS),
        ("http://[broken", FetchProblem.BROKEN),
    ],
)
async def test_a_redirect_is_judged_like_any_address(
    site: Loopback, client: GuardedClient, location: str, problem: FetchProblem
) -> None:
    assert await problem_of(client, site.page("/", status=302, Location=location)) is problem


async def test_a_server_that_does_not_answer_takes_too_long(
    site: Loopback, client: GuardedClient
) -> None:
    async def silence(_: web.Request) -> web.Response:
        await forever()
        raise AssertionError

    assert await problem_of(client, site.does("/", silence)) is FetchProblem.TOO_SLOW


async def test_a_server_that_drips_takes_too_long(site: Loopback, client: GuardedClient) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b".")
            await asyncio.sleep(0.01)

    assert await problem_of(client, site.does("/", drip)) is FetchProblem.TOO_SLOW


async def test_an_answer_that_breaks_off_is_broken(site: Loopback, client: GuardedClient) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return response

    assert await problem_of(client, site.does("/", cut)) is FetchProblem.BROKEN


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (401, FetchProblem.LOGIN),
        (402, FetchProblem.LOGIN),
        (403, FetchProblem.FORBIDDEN),
        (404, FetchProblem.NOT_FOUND),
        (410, FetchProblem.NOT_FOUND),
        (418, FetchProblem.REFUSED),
        (500, FetchProblem.SERVER_ERROR),
    ],
)
async def test_each_refusal_has_its_sentence(
    site: Loopback, client: GuardedClient, status: int, problem: FetchProblem
) -> None:
    assert await problem_of(client, site.page("/", status=status)) is problem


async def test_a_host_that_asks_for_a_pause_gets_it(
    site: Loopback, client: GuardedClient, clock: Clock
) -> None:
    busy = site.page("/busy", status=429, Retry_After="120")
    other = site.page("/other", "Да.")

    with pytest.raises(FetchError) as raised:
        await client.get(busy, kind="feed")
    assert raised.value.not_before == NOW + timedelta(seconds=120)
    with pytest.raises(FetchError, match="come back later"):
        await client.get(other, kind="feed")
    assert site.asked("/other") == 0

    clock.now += timedelta(seconds=121)
    assert (await client.get(other, kind="feed")).text == "Да."


@pytest.mark.parametrize(
    ("stated", "pause"),
    [
        ("Sun, 22 Nov 2026 08:00:00 GMT", timedelta(hours=1)),
        ("99999999999999999999", timedelta(minutes=5)),
        ("soon", timedelta(minutes=5)),
        ("-5", timedelta(seconds=1)),
        ("9999999", timedelta(days=1)),
    ],
)
async def test_a_pause_is_read_in_any_form_and_bounded(
    site: Loopback, client: GuardedClient, stated: str, pause: timedelta
) -> None:
    with pytest.raises(FetchError) as raised:
        await client.get(site.page("/", status=503, Retry_After=stated), kind="feed")

    assert raised.value.not_before == NOW + pause


async def test_a_host_has_two_connections_at_most(site: Loopback, client: GuardedClient) -> None:
    open_now, most = 0, 0

    async def slow(_: web.Request) -> web.Response:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        await asyncio.sleep(0.02)
        open_now -= 1
        return web.Response(text="Да.")

    url = site.does("/", slow)
    await asyncio.gather(*(client.get(url, kind="feed") for _ in range(8)))

    assert most == 2


async def test_waiting_for_a_connection_does_not_count_as_slowness(
    site: Loopback, client: GuardedClient
) -> None:
    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(0.2)
        return web.Response(text="Да.")

    url = site.does("/", slow)

    answers = await asyncio.gather(*(client.get(url, kind="feed") for _ in range(10)))

    assert len(answers) == 10


async def test_pages_that_robots_txt_forbids_are_not_read(
    site: Loopback, client: GuardedClient
) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    secret, open_page = site.page("/private/1", "Нет."), site.page("/1", "Да.")

    assert await problem_of(client, secret) is FetchProblem.ROBOTS
    assert (await client.get(open_page, kind="page")).text == "Да."
    assert (await client.get(secret, kind="feed")).text == "Нет."
    assert site.asked("/robots.txt") == 1


async def test_robots_txt_of_a_broken_site_forbids_everything_for_now(
    site: Loopback, client: GuardedClient
) -> None:
    site.page("/robots.txt", status=500)

    assert await problem_of(client, site.page("/", "Да.")) is FetchProblem.ROBOTS


async def test_pictures_are_not_fetched(site: Loopback, client: GuardedClient) -> None:
    url = site.page("/", b"\x89PNG", Content_Type="image/png")

    assert await problem_of(client, url) is FetchProblem.NOT_TEXT


async def test_a_name_that_nobody_has_is_no_site(client: GuardedClient) -> None:
    assert await problem_of(client, "http://no-such-host.invalid/") is FetchProblem.NO_HOST


async def test_a_closed_port_is_a_site_out_of_reach(client: GuardedClient) -> None:
    assert await problem_of(client, "http://127.0.0.1:1/") is FetchProblem.NO_CONNECTION


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    """What a server has that made its certificate itself."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
         "-subj", "/CN=127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    return context


async def test_a_certificate_of_ones_own_is_not_valid(
    client: GuardedClient, certificate: ssl.SSLContext
) -> None:
    runner = web.AppRunner(web.Application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=certificate).start()
    try:
        url = f"https://127.0.0.1:{runner.addresses[0][1]}/"
        assert await problem_of(client, url) is FetchProblem.TLS
    finally:
        await runner.cleanup()
