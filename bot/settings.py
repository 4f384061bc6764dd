"""Every setting, read from the environment and from .env; .env.example explains each."""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from dotenv.parser import parse_stream
from pydantic import AfterValidator, AnyHttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

PROJECT = Path(__file__).resolve().parent.parent
"""The folder that holds bot/, templates/, samples/ and beats/."""

Language = Literal["ru", "en", "kk"]


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("not an IANA time zone; examples: Asia/Almaty, America/New_York, UTC")
    return name


def _async_url(url: str) -> str:
    for plain, with_driver in (
        ("postgresql://", "postgresql+asyncpg://"),
        ("postgres://", "postgresql+asyncpg://"),
        ("sqlite:///", "sqlite+aiosqlite:///"),
    ):
        if url.startswith(plain):
            return with_driver + url.removeprefix(plain)
    if not url.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
        raise ValueError("expected sqlite:///path/to/file or postgresql://user:password@host/name")
    return url


class Settings(BaseSettings):
    """What an operator decides; the defaults run on one small machine."""

    model_config = SettingsConfigDict(
        env_file=".env",
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
    templates_dir: Path = PROJECT / "templates"
    webhook_url: AnyHttpUrl | None = None
    webhook_secret: SecretStr | None = None
    webhook_listen: str = "127.0.0.1:8080"
    log_level: Literal["debug", "info", "warning", "error"] | None = None

    @property
    def archive_url(self) -> str:
        """The address of the database, with the driver that SQLAlchemy needs."""
        return _async_url(self.database_url.get_secret_value())


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
    return settings


def _check_env_file(path: Path) -> None:
    # python-dotenv only warns of a line that it cannot read; a lost setting must not pass quietly.
    try:
        with path.open(encoding="utf-8") as stream:
            broken = [binding.original.line for binding in parse_stream(stream) if binding.error]
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise SettingsError(f"Cannot read {path}: {reason}. See .env.example.") from None
    if broken:
        lines = ", ".join(map(str, broken))
        raise SettingsError(f"{path} has a broken line: {lines}. Write NAME=value on each line.")
