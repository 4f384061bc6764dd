"""Every setting, read from the environment and from .env; .env.example explains each."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from dotenv.parser import parse_stream
from pydantic import AfterValidator, AnyHttpUrl, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.clock import known_zones
from bot.errors import SettingsError

PROJECT = Path(__file__).resolve().parent.parent
"""The folder that holds bot/, templates/, samples/ and beats/."""

Language = Literal["ru", "en", "kk"]

_LISTEN = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):([1-9]\d{0,4})")
_USER_ID = re.compile("[0-9]{1,19}")
_CHAT_ID = re.compile("-?[0-9]{1,19}")
_WEBHOOK_SECRET = re.compile("[A-Za-z0-9_-]{1,256}")
_SLIP_OF_THE_PEN = 0.85
"""How like a setting's name another name must be to be taken for a misspelling of it."""


def _known_zone(name: str) -> str:
    if name not in known_zones():
        raise ValueError("not an IANA time zone; examples: Asia/Almaty, America/New_York, UTC")
    return name


def _templates_folder(path: Path) -> Path:
    if not any((path / folder).is_dir() for folder in ("telegram", "rich", "document")):
        raise ValueError(
            "not a folder of templates: it holds none of the folders telegram/, rich/, document/"
        )
    return path


def _host_and_port(address: str) -> str:
    match = _LISTEN.fullmatch(address)
    if match is None or int(match[3]) > 65_535:
        raise ValueError("expected host:port; examples: 127.0.0.1:8080, 0.0.0.0:8080, [::1]:8080")
    return f"{match[1] or match[2]}:{match[3]}"


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError("1 to 256 of the characters A-Z, a-z, 0-9, _ and - are allowed")
    return secret


def _user_ids(stated: object) -> object:
    return _ids(stated, _USER_ID, "the numbers of Telegram users, such as 12345678, 87654321")


def _chat_ids(stated: object) -> object:
    return _ids(
        stated,
        _CHAT_ID,
        "the numbers of Telegram users and chats, such as 12345678, -1001234567890",
    )


def _ids(stated: object, pattern: re.Pattern[str], expected: str) -> object:
    if not isinstance(stated, str):
        return stated
    parts = [part.strip() for part in stated.split(",") if part.strip()]
    if not all(map(pattern.fullmatch, parts)):
        raise ValueError(f"expected {expected}")
    return frozenset(map(int, parts))


def _async_url(url: str) -> str:
    """Name the driver in the address of a database, and check what can be checked unopened."""
    for plain, with_driver in (
        ("postgresql://", "postgresql+asyncpg://"),
        ("postgres://", "postgresql+asyncpg://"),
        ("sqlite:///", "sqlite+aiosqlite:///"),
    ):
        if url.startswith(plain):
            url = with_driver + url.removeprefix(plain)
    if url.startswith("postgresql+asyncpg://"):
        # What libpq, and so every hoster's panel, calls sslmode is called ssl by asyncpg.
        url = re.sub(r"([?&])sslmode=", r"\1ssl=", url)
    elif not url.startswith("sqlite+aiosqlite:///"):
        raise ValueError("expected sqlite:///path/to/file or postgresql://user:password@host/name")
    _check_parts(url)
    return url


def _check_parts(url: str) -> None:
    # Only where a database is used: importing SQLAlchemy takes as long as all the rest here.
    from sqlalchemy.engine import make_url  # noqa: PLC0415
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError(
            "not an address; write @, :, / and % in a password as %40, %3A, %2F and %25"
        ) from None
    if parts.get_backend_name() != "sqlite":
        return
    if not parts.database:
        raise ValueError("it names no file; example: sqlite:///data/vestnik.sqlite3")
    if Path(parts.database).is_dir():
        raise ValueError("it names a folder; name a file in it")


class Settings(BaseSettings):
    """What an operator decides; the defaults run on one small machine."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = None
    bot_api_url: AnyHttpUrl = AnyHttpUrl("https://api.telegram.org")
    database_url: SecretStr = SecretStr("sqlite:///data/vestnik.sqlite3")
    default_language: Language = "ru"
    default_time_zone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Almaty"
    beat: Path = PROJECT / "beats" / "kz-us.toml"
    samples: bool = True
    templates_dir: Annotated[Path, AfterValidator(_templates_folder)] = PROJECT / "templates"
    webhook_url: AnyHttpUrl | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None
    webhook_listen: Annotated[str, AfterValidator(_host_and_port)] = "127.0.0.1:8080"
    contact: str = "no contact named"
    allow_paid_broadcast: bool = False
    summarizer_model: str | None = None
    summarizer_url: AnyHttpUrl | None = None
    summarizer_api_key: SecretStr | None = None
    summarizer_seconds: Annotated[int, Field(ge=1, le=3_600)] = 180
    translation_model: str | None = None
    models_dir: Path = Path("data/models")
    poll: bool = True
    fetch_loopback: bool = False
    operators: Annotated[frozenset[int], NoDecode, BeforeValidator(_user_ids)] = frozenset()
    access: Annotated[Literal["open", "private"], BeforeValidator(str.lower)] = "open"
    access_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_chat_ids)] = frozenset()
    log_level: (
        Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(str.lower)] | None
    ) = None

    @property
    def archive_url(self) -> str:
        """The address of the database, with the driver that SQLAlchemy needs."""
        return _async_url(self.database_url.get_secret_value())

    def secrets(self) -> Iterator[str]:
        """List what must not appear in a log beside the password of the database."""
        for secret in (self.bot_token, self.webhook_secret, self.summarizer_api_key):
            if secret is not None:
                yield secret.get_secret_value()


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings.

    env_file: where to look beside the environment; None reads the environment alone.
    Raises SettingsError naming each variable (never its value) and what is wrong with it.
    """
    if env_file is not None:
        _check_env_file(env_file)
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        problems = "; ".join(
            f"{str(problem['loc'][0]).upper()}: {problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise SettingsError(f"A setting is wrong. {problems}. See .env.example.") from None
    try:
        _ = settings.archive_url
    except ValueError as error:
        raise SettingsError(f"A setting is wrong. DATABASE_URL: {error}.") from None
    if settings.webhook_url and not settings.webhook_secret:
        raise SettingsError(
            "WEBHOOK_URL needs WEBHOOK_SECRET, so that nobody but Telegram can speak to the bot."
        )
    if settings.summarizer_url and not settings.summarizer_model:
        raise SettingsError(
            "SUMMARIZER_URL needs SUMMARIZER_MODEL, the name that the server knows the model by."
        )
    if settings.access == "private" and not settings.operators | settings.access_ids:
        raise SettingsError(
            "ACCESS=private lets nobody in: name in OPERATORS who invites people, or in ACCESS_IDS "
            "who may use the bot."
        )
    return settings


def _check_env_file(path: Path) -> None:
    """Refuse a file of which a setting would be lost quietly.

    python-dotenv only warns of a line that it cannot read, and a name that is not a setting may
    belong to another program: only one that is nearly a setting is refused.
    """
    try:
        with path.open(encoding="utf-8-sig") as stream:
            bindings = list(parse_stream(stream))
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise SettingsError(f"Cannot read {path}: {reason}. See .env.example.") from None
    broken = [binding.original.line for binding in bindings if binding.error]
    if broken:
        lines = ", ".join(map(str, broken))
        raise SettingsError(f"{path} has a broken line: {lines}. Write NAME=value on each line.")
    known = [name.upper() for name in Settings.model_fields]
    for name in (binding.key for binding in bindings if binding.key):
        meant = get_close_matches(name.upper(), known, 1, _SLIP_OF_THE_PEN)
        if meant and name.upper() not in known:
            raise SettingsError(f"{path} sets {name}; the name of the setting is {meant[0]}.")
