"""Which addresses may be opened: never one inside the operator's own network."""

import errno
import ipaddress
import socket

from aiohttp.typedefs import StrOrURL
from yarl import URL

from bot.intake.problems import FetchError, FetchProblem

NOT_PUBLIC_MARK = "not a public address"
LONGEST_ADDRESS = 2_048

_STANDARD_PORTS = (80, 443)
# What the network calls global, and what nevertheless ends inside somebody's own: addresses that
# wrap an IPv4 address (6to4, NAT64, Teredo, 6to4 relays) and a cloud's metadata service.
_WRAPPED_OR_SPECIAL = tuple(
    ipaddress.ip_network(block)
    for block in (
        "2001::/23", "2002::/16", "64:ff9b::/96", "64:ff9b:1::/48", "192.88.99.0/24",
        "192.0.0.0/24", "168.63.129.16/32",
    )
)  # fmt: skip
_GLOBAL_IPV6 = ipaddress.ip_network("2000::/3")

AddressInfo = tuple[
    int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]
]


def is_public(address: str, *, allow_loopback: bool = False) -> bool:
    """Tell whether an IP address belongs to the public internet.

    allow_loopback: also say yes to this machine's own loopback addresses.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if ip.is_loopback:
        return allow_loopback
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_IPV6:
        return False
    if any(ip in block for block in _WRAPPED_OR_SPECIAL if block.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def check_url(url: StrOrURL, *, standard_ports: bool = False, allow_loopback: bool = False) -> URL:
    """Read an address and refuse what must not be opened; hosts are judged when connecting.

    standard_ports: only ports 80 and 443 (on loopback, where it is allowed, any).
    Raises FetchError.
    """
    if len(str(url)) > LONGEST_ADDRESS:
        raise FetchError(FetchProblem.BAD_ADDRESS, "it is too long")
    try:
        parsed = URL(url)
        port, host = parsed.port, parsed.host
    except (ValueError, TypeError):
        raise FetchError(FetchProblem.BAD_ADDRESS) from None
    if parsed.scheme not in ("http", "https") or not host:
        raise FetchError(FetchProblem.BAD_ADDRESS)
    if parsed.user is not None or parsed.password is not None:
        raise FetchError(FetchProblem.CREDENTIALS)
    if _is_ip(host) and not is_public(host, allow_loopback=allow_loopback):
        raise FetchError(FetchProblem.NOT_PUBLIC)
    on_loopback = allow_loopback and _is_ip(host) and ipaddress.ip_address(host).is_loopback
    if standard_ports and port not in _STANDARD_PORTS and not on_loopback:
        raise FetchError(FetchProblem.PORT)
    return parsed.with_fragment(None)


class GuardedSockets:
    """Makes the sockets of a client, for public addresses alone.

    The address judged here is the very one that is connected to, whatever name led to it and
    whatever that name resolves to a moment later.
    """

    def __init__(self, *, allow_loopback: bool) -> None:
        self._allow_loopback = allow_loopback

    def __call__(self, info: AddressInfo) -> socket.socket:
        """Make a socket for an address.

        Raises PermissionError for an address that is not public.
        """
        family, kind, protocol, _, address = info
        if not is_public(str(address[0]), allow_loopback=self._allow_loopback):
            raise PermissionError(errno.EACCES, NOT_PUBLIC_MARK)
        return socket.socket(family, kind, protocol)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
