"""CSS selectors as listing pages need them → XPath: tag, .class, #id, [attribute], > and space."""

import re
from functools import lru_cache

_SIMPLE = re.compile(
    r"""(?P<tag>\*|[a-zA-Z][\w-]*)
    |\.(?P<name>-?[a-zA-Z_][\w-]*)
    |\#(?P<id>[\w-]+)
    |\[\s*(?P<attribute>[\w-]+)\s*
        (?:(?P<how>[\^$*~]?=)\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[\w./-]+))\s*)?\]
    """,
    re.VERBOSE,
)
_COMMA = re.compile(r",(?![^\[]*\])")
_JOINT = re.compile(r"\s*(>)\s*|\s+")


@lru_cache(maxsize=256)
def to_xpath(selector: str) -> str:
    """Translate a selector, such as "div.news > a[href*='/world/']", or several with commas.

    Raises ValueError, saying where it cannot be read.
    """
    return " | ".join(_path(part.strip(), selector) for part in _COMMA.split(selector))


def _path(part: str, whole: str) -> str:
    path, position, joint = "", 0, "//"
    while position < len(part):
        step, position = _step(part, position, whole)
        path += joint + step
        found = _JOINT.match(part, position)
        if found is None:
            break
        joint = "/" if found[1] else "//"
        position = found.end()
    if not path or position < len(part) or part.endswith(">"):
        raise ValueError(f"the selector {whole!r} cannot be read at {part[position:]!r}")
    return path


def _step(part: str, position: int, whole: str) -> tuple[str, int]:
    tag, conditions, start = "*", "", position
    while (found := _SIMPLE.match(part, position)) is not None:
        if found["tag"]:
            if position != start:
                break
            tag = found["tag"].lower()
        else:
            conditions += f"[{_condition(found)}]"
        position = found.end()
    if position == start:
        raise ValueError(f"the selector {whole!r} cannot be read at {part[position:]!r}")
    return tag + conditions, position


def _condition(found: re.Match[str]) -> str:
    if found["name"]:
        return _has_word("class", found["name"])
    if found["id"]:
        return f"@id={_quoted(found['id'])}"
    attribute = found["attribute"].lower()
    stated = [found[name] for name in ("double", "single", "bare") if found[name] is not None]
    return _compared(attribute, found["how"], stated[0]) if stated else f"@{attribute}"


def _compared(attribute: str, how: str, text: str) -> str:
    value = _quoted(text)
    match how:
        case "^=":
            return f"starts-with(@{attribute}, {value})"
        case "*=":
            return f"contains(@{attribute}, {value})"
        case "$=":
            start = f"string-length(@{attribute}) - {len(text) - 1}"
            return f"substring(@{attribute}, {start}) = {value}"
        case "~=":
            return _has_word(attribute, text)
        case _:
            return f"@{attribute}={value}"


def _has_word(attribute: str, word: str) -> str:
    return f"contains(concat(' ', normalize-space(@{attribute}), ' '), {_quoted(f' {word} ')})"


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
