"""A setting that cannot be is named in one sentence, without its value; the rest has defaults."""

import os
import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import PROJECT, Settings, load_settings

NAMES = {name.upper() for name in Settings.model_fields}
EXAMPLE = PROJECT / ".env.example"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.upper() in NAMES:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def refusal(env_file: Path | None = None) -> str:
    with pytest.raises(SettingsError) as refused:
        load_settings(env_file)
    sentence = str(refused.value)
    assert "\n" not in sentence
    return sentence


def written(text: str | bytes) -> Path:
    path = Path(".env")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_without_any_setting_the_defaults_run_on_one_machine() -> None:
    settings = load_settings()
    assert settings.bot_token is None
    assert settings.archive_url == "sqlite+aiosqlite:///data/vestnik.sqlite3"
    assert (settings.default_language, settings.default_time_zone) == ("ru", "Asia/Almaty")
    assert settings.beat.is_file()
    assert settings.templates_dir.is_dir()
    assert settings.log_level is None


def test_the_environment_counts_more_than_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    path = written("DEFAULT_LANGUAGE=kk\nDEFAULT_TIME_ZONE=UTC\n")
    monkeypatch.setenv("DEFAULT_LANGUAGE", "en")
    settings = load_settings(path)
    assert (settings.default_language, settings.default_time_zone) == ("en", "UTC")


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "")
    assert load_settings(written("BOT_TOKEN=\n")).bot_token is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_API_URL", "nonsense"),
        ("BOT_API_URL", "ftp://example.org"),
        ("DATABASE_URL", "mysql://vestnik:geheim@db/vestnik"),
        ("DATABASE_URL", "postgresql://vestnik:geheim@[::1/vestnik"),
        ("DATABASE_URL", f"sqlite:///{PROJECT}"),
        ("DATABASE_URL", "data/vestnik.sqlite3"),
        ("DEFAULT_LANGUAGE", "fr"),
        ("DEFAULT_TIME_ZONE", "Mars/Olympus"),
        ("DEFAULT_TIME_ZONE", "../../etc/passwd"),
        ("SAMPLES", "perhaps"),
        ("TEMPLATES_DIR", "/nowhere/at/all"),
        ("TEMPLATES_DIR", "/etc/passwd"),
        ("WEBHOOK_URL", "bot.example.org"),
        ("WEBHOOK_SECRET", "two words"),
        ("WEBHOOK_SECRET", "x" * 257),
        ("WEBHOOK_LISTEN", "nonsense"),
        ("WEBHOOK_LISTEN", "9876"),
        ("WEBHOOK_LISTEN", ":9876"),
        ("WEBHOOK_LISTEN", "127.0.0.1:http"),
        ("WEBHOOK_LISTEN", "127.0.0.1:65536"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_told(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    sentence = refusal()
    assert name in sentence
    assert value not in sentence
    assert "geheim" not in sentence


def test_a_database_without_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # SQLite would keep it in memory, and all of it would be lost at the end.
    monkeypatch.setenv("DATABASE_URL", "sqlite:///")
    assert "DATABASE_URL: it names no file" in refusal()


def test_several_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "loud")
    monkeypatch.setenv("SAMPLES", "perhaps")
    assert {"LOG_LEVEL", "SAMPLES"} <= set(re.findall("[A-Z_]{5,}", refusal()))


def test_a_webhook_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/telegram")
    assert "WEBHOOK_SECRET" in refusal()
    monkeypatch.setenv("WEBHOOK_SECRET", "A-long_secret1")
    assert str(load_settings(None).webhook_url) == "https://bot.example.org/telegram"


@pytest.mark.parametrize(
    ("stated", "understood"),
    [
        ("sqlite:////var/lib/v.sqlite3", "sqlite+aiosqlite:////var/lib/v.sqlite3"),
        ("sqlite+aiosqlite:///v.sqlite3", "sqlite+aiosqlite:///v.sqlite3"),
        ("sqlite:///:memory:", "sqlite+aiosqlite:///:memory:"),
        ("postgresql://v:p@db/v", "postgresql+asyncpg://v:p@db/v"),
        ("postgres://v:p@db:5433/v", "postgresql+asyncpg://v:p@db:5433/v"),
        (
            "postgres://v:p@db/v?application_name=vestnik&sslmode=require",
            "postgresql+asyncpg://v:p@db/v?application_name=vestnik&ssl=require",
        ),
    ],
)
def test_an_address_of_a_database_gets_the_driver_it_needs(
    stated: str, understood: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", stated)
    assert load_settings(None).archive_url == understood


def test_what_operators_write_by_habit_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "INFO")
    monkeypatch.setenv("WEBHOOK_LISTEN", "[::1]:8080")
    settings = load_settings(None)
    assert settings.log_level == "info"
    # What stands before the last colon is the host, for whoever listens there.
    assert settings.webhook_listen.rpartition(":")[::2] == ("::1", "8080")


def test_secrets_stay_out_of_what_is_printed_of_the_settings() -> None:
    token, password = "1234567890:token-of-nobody-at-all-0123456789", "geheimes-kennwort"
    path = written(f"BOT_TOKEN={token}\nDATABASE_URL=postgresql://v:{password}@db/v\n")
    settings = load_settings(path)
    for text in (repr(settings), str(settings), repr(settings.model_dump())):
        assert token not in text
        assert password not in text
    assert list(settings.secrets()) == [token]


class TestBrokenFile:
    def test_a_line_that_is_no_setting_is_told_by_its_number(self) -> None:
        path = written("DEFAULT_LANGUAGE=en\nBOT TOKEN 123:geheim\n")
        sentence = refusal(path)
        assert ".env" in sentence
        assert "2" in sentence
        assert "geheim" not in sentence

    def test_bytes_that_are_not_utf8(self) -> None:
        assert "not UTF-8" in refusal(written(b"BEAT=\xe1\xe8\xf2.toml\n"))

    def test_a_folder_in_its_place(self) -> None:
        path = Path(".env")
        path.mkdir()
        assert "directory" in refusal(path)

    def test_a_misspelt_setting_is_not_lost_quietly(self) -> None:
        sentence = refusal(written("BOT_TOKN=123:geheim\n"))
        assert "BOT_TOKN" in sentence
        assert "BOT_TOKEN" in sentence
        assert "geheim" not in sentence

    def test_settings_of_other_programs_are_none_of_our_business(self) -> None:
        path = written("COMPOSE_PROJECT_NAME=desk\nPOSTGRES_PASSWORD=geheim\nLANG=C\n")
        assert load_settings(path).bot_token is None

    def test_a_file_saved_by_a_windows_editor(self) -> None:
        path = written(b"\xef\xbb\xbfDEFAULT_LANGUAGE=kk\r\nSAMPLES=false\r\n")
        settings = load_settings(path)
        assert (settings.default_language, settings.samples) == ("kk", False)

    def test_no_file_at_all(self) -> None:
        assert load_settings(Path("nothing.env")).default_language == "ru"


class TestExample:
    """`.env.example` is what an operator reads first."""

    def examples(self) -> dict[str, str]:
        lines = re.findall(r"^# ?([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE)
        assert len(lines) == len(dict(lines)), "a setting stands there twice"
        return dict(lines)

    def test_it_names_every_setting_and_no_other(self) -> None:
        assert set(self.examples()) == NAMES

    def test_as_it_stands_it_sets_nothing(self) -> None:
        assert load_settings(EXAMPLE) == load_settings(None)

    def test_every_setting_tells_its_default(self) -> None:
        paragraphs = EXAMPLE.read_text().split("\n\n")[1:]
        assert [p for p in paragraphs if "Default: " not in p] == []

    def test_all_its_examples_together_load(self, monkeypatch: pytest.MonkeyPatch) -> None:
        text = re.sub(r"^# ?([A-Z_]+=)", r"\1", EXAMPLE.read_text(), flags=re.MULTILINE)
        path = written(text)
        # Its relative paths are those of a checkout.
        Path("beats").symlink_to(PROJECT / "beats")
        Path("templates").symlink_to(PROJECT / "templates")
        settings = load_settings(path)
        assert settings.model_fields_set == {name.lower() for name in self.examples()}
        assert settings.beat.is_file()
