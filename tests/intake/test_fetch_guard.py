"""What is opened and what is not: never an address inside the operator's own network."""

import socket
from typing import Any

import pytest

from bot.intake.client import GuardedClient
from bot.intake.guard import GuardedSockets, check_url, is_public
from bot.intake.problems import FetchError, FetchProblem

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "0.0.0.0", "255.255.255.255",
    "224.0.0.1", "240.0.0.1", "192.0.0.192", "192.88.99.1", "198.18.0.1", "203.0.113.1",
    "168.63.129.16", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:8.8.8.8", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1",
    "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001:0:7f00:1::",
    "2001:db8::1", "100::1", "not an address",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.216.34", "212.154.168.1", "2606:4700::1111", "2a02:6b8::2"]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_of_the_public_network_is_closed(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_of_the_public_network_is_open(address: str) -> None:
    assert is_public(address)


def test_loopback_opens_loopback_alone() -> None:
    opened = {address for address in PRIVATE if is_public(address, allow_loopback=True)}
    assert opened == {"127.0.0.1", "127.8.8.8", "::1"}


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://example.org/", FetchProblem.BAD_ADDRESS),
        ("file:///etc/passwd", FetchProblem.BAD_ADDRESS),
        ("javascript:alert(1)", FetchProblem.BAD_ADDRESS),
        ("example.org/news", FetchProblem.BAD_ADDRESS),
        ("http://", FetchProblem.BAD_ADDRESS),
        ("http://[::1", FetchProblem.BAD_ADDRESS),
        ("http://example.org:99999/", FetchProblem.BAD_ADDRESS),
        ("https://example.org/" + "a" * 3_000, FetchProblem.BAD_ADDRESS),
        ("https://name:word@example.org/", FetchProblem.CREDENTIALS),
        ("https://name@example.org/", FetchProblem.CREDENTIALS),
        ("https://example.org:8443/", FetchProblem.PORT),
        ("http://example.org:22/", FetchProblem.PORT),
        ("http://192.168.0.1/", FetchProblem.NOT_PUBLIC),
        ("http://[::1]/", FetchProblem.NOT_PUBLIC),
    ],
)
def test_a_link_that_must_not_be_opened_is_refused_unopened(
    url: str, problem: FetchProblem
) -> None:
    with pytest.raises(FetchError) as raised:
        check_url(url, standard_ports=True)
    assert raised.value.problem is problem


def test_an_operators_source_may_have_any_port() -> None:
    assert check_url("https://example.org:8443/feed").port == 8443


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "2130706433", "0x7f000001", "017700000001", "127.0.0.1."]
)
async def test_other_ways_to_write_loopback_lead_nowhere(host: str) -> None:
    client = GuardedClient("tests")
    try:
        with pytest.raises(FetchError) as raised:
            await client.get(f"http://{host}/", kind="feed")
    finally:
        await client.close()
    assert raised.value.problem in (
        FetchProblem.NOT_PUBLIC,
        FetchProblem.NO_HOST,
        FetchProblem.BAD_ADDRESS,
    )


async def test_a_name_is_judged_by_the_address_that_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that resolves to a public address once and to a private one next gains nothing."""

    def rebound(host: str, port: Any, *_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    client = GuardedClient("tests")
    try:
        with pytest.raises(FetchError) as raised:
            await client.get("http://news.example/", kind="feed")
    finally:
        await client.close()
    assert raised.value.problem is FetchProblem.NOT_PUBLIC


def test_no_socket_is_made_for_a_private_address() -> None:
    sockets = GuardedSockets(allow_loopback=False)
    with pytest.raises(PermissionError):
        sockets((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.1", 80)))
    sockets((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))).close()
