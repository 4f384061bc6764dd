"""Addresses of articles, folded: the same article has the same address."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|yclid|ysclid|msclkid|twclid|igshid|igsh|_openstat|mc_[ce]id"
    r"|_ga|_gl|cmpid|at_(?:campaign|medium|custom\d?)|rss|ref_src|ref_url|spm|si|smid|_hs\w+"
    r"|amp|outputType|outputtype|share_?id|shared|traffic_source",
    re.IGNORECASE,
)
_MOBILE = ("m.", "mobile.", "amp.", "wap.")
_AMP_PATH = re.compile(r"(?:(?<=/)amp/(?=.)|/amp/?$|\.amp(?=\.html?$|$))")
_AMP_CACHE = re.compile(r"/[acv]/(?:s/)?([^/]+\.[^/]+)(/.*)?")
_AMP_VIEWER = re.compile(r"/amp/(?:s/)?([^/]+\.[^/]+)(/.*)?")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """Fold an article's address: no tracking, no fragment, no AMP, no mobile host.

    What cannot be read as an address comes back as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not host:
        return url
    path = parts.path
    inner = _inside_amp_cache(host, path)
    if inner is not None:
        host, path, port = *inner, None
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        network = f"{_bracketed(host)}:{port}"
    else:
        network = _bracketed(_desktop(host))
    path = _AMP_PATH.sub("", path) or "/"
    return urlunsplit((parts.scheme, network, path, _query(parts.query), ""))


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are on one site: the same host, www, mobile or a subdomain."""
    first, second = _site(one), _site(other)
    if not first or not second:
        return False
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def believable_canonical(stated: str | None, url: str) -> str | None:
    """Give the canonical address that a page states, if it can be that of this very page.

    Refused are other sites, and a front page stated for an article: a common mistake.
    """
    if not stated or not same_site(stated, url):
        return None
    try:
        stated_path, path = urlsplit(stated), urlsplit(url)
    except ValueError:
        return None
    if stated_path.path in ("", "/") and not stated_path.query and path.path not in ("", "/"):
        return None
    return stated


def _query(query: str) -> str:
    if not query:
        return ""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return query
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
    # Unchanged ones keep their own spelling: some servers know no other.
    return query if len(kept) == len(pairs) else urlencode(kept)


def _desktop(host: str) -> str:
    for prefix in _MOBILE:
        if host.startswith(prefix) and "." in host.removeprefix(prefix):
            return host.removeprefix(prefix)
    return host


def _inside_amp_cache(host: str, path: str) -> tuple[str, str] | None:
    pattern = None
    if host.endswith(".cdn.ampproject.org"):
        pattern = _AMP_CACHE
    elif host in ("google.com", "www.google.com"):
        pattern = _AMP_VIEWER
    found = pattern.fullmatch(path) if pattern else None
    return (found[1], found[2] or "/") if found else None


def _site(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return _desktop(host).removeprefix("www.")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
