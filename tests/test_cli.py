"""The `vestnik` command: what an operator sees, and the exit status a script sees."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import cli
from bot.command_line import WRONG_SET_UP, carry_out
from bot.settings import Settings
from tests.operating import logs_put_back

TOKEN = "1234567890:AAsecret_token-of-nobody_0123456789"
NEWS = "Посол США прибыл в Астану. Он встретился с министром и обсудил торговлю."

Command = Callable[..., Result]


@pytest.fixture
def vestnik(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command in a folder of its own: `vestnik("import", path, LOG_LEVEL="debug")`."""
    for name in {field.upper() for field in Settings.model_fields} & set(os.environ):
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, **settings: str) -> Result:
        with logs_put_back():
            return CliRunner().invoke(cli.main, list(map(str, arguments)), env=settings)

    return run


def one_sentence(result: Result) -> str:
    """Check that a command ended as one with a wrong set-up does; give what it said."""
    assert result.exit_code == WRONG_SET_UP
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("vestnik: ")
    assert line.endswith(".")
    return line


class TestImport:
    def test_what_can_be_read_is_in_and_the_rest_is_listed(
        self, vestnik: Command, tmp_path: Path
    ) -> None:
        folder = tmp_path / "news"
        folder.mkdir()
        (folder / "a.txt").write_text(NEWS)
        (folder / "b.jsonl").write_text('{"text": "Министр уехал в Вашингтон."}\n{broken\n')
        (folder / "zeros.txt").write_bytes(bytes(1_000))
        with (folder / "huge.html").open("wb") as file:
            file.truncate(200_000_000)
        (folder / "link.txt").symlink_to(folder / "nothing")
        (folder / "loop").symlink_to(folder, target_is_directory=True)
        missing = tmp_path / "missing.txt"

        result = vestnik("import", folder, missing)

        assert result.exit_code == 1
        assert result.stdout == "Added 2, known already 0, not readable 5.\n"
        assert sorted(result.stderr.splitlines()) == sorted(
            [
                f"{folder}/b.jsonl:2: the line is not JSON in UTF-8",
                f"{folder}/huge.html: it is larger than 20 MB",
                f"{folder}/link.txt: there is no such file",
                f"{folder}/zeros.txt: it is not text",
                f"{missing}: there is no such file",
            ]
        )

    def test_again_it_adds_nothing_and_all_is_well(self, vestnik: Command, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text(NEWS)
        assert vestnik("import", path).stdout == "Added 1, known already 0, not readable 0.\n"
        again = vestnik("import", path, path)
        assert again.stdout == "Added 0, known already 2, not readable 0.\n"
        assert again.exit_code == 0

    def test_the_name_of_a_file_cannot_write_on_the_terminal(
        self, vestnik: Command, tmp_path: Path
    ) -> None:
        (tmp_path / "\x1b[2J\n[bold]x.txt").touch()
        os.close(os.open(os.fsencode(tmp_path) + b"/\xff.txt", os.O_CREAT | os.O_WRONLY))
        result = vestnik("import", tmp_path)
        assert "\x1b" not in result.stderr
        assert len(result.stderr.splitlines()) == 2
        assert "[bold]x.txt: it is empty" in result.stderr

    def test_without_a_path_it_tells_how_it_is_used(self, vestnik: Command) -> None:
        result = vestnik("import")
        assert result.exit_code == 2
        assert "Usage" in result.stderr

    def test_the_pages_of_others_make_no_noise(self, vestnik: Command, tmp_path: Path) -> None:
        path = tmp_path / "menu.html"
        path.write_text("<ul><li><a href='/'>Главная</a></li></ul>")
        result = vestnik("import", path)
        assert result.stderr == f"{path}: there is no article on this page\n"


class TestDigest:
    def test_a_new_archive_tells_of_the_samples(self, vestnik: Command) -> None:
        result = vestnik("digest")
        assert result.exit_code == 0
        assert result.stdout.startswith("Неделя: ")
        assert vestnik("digest", "--language", "en").stdout.startswith("The week: ")

    def test_an_archive_without_samples_and_articles_says_so(self, vestnik: Command) -> None:
        result = vestnik("digest", SAMPLES="false")
        assert result.exit_code == 0
        assert result.stdout.strip()

    def test_a_language_that_it_does_not_speak(self, vestnik: Command) -> None:
        assert vestnik("digest", "--language", "fr").exit_code == 2


class TestDatabase:
    def test_upgrading_twice_changes_nothing(self, vestnik: Command, tmp_path: Path) -> None:
        address = f"sqlite:///{tmp_path}/new/folder/vestnik.sqlite3"
        first = vestnik("db", "upgrade", DATABASE_URL=address)
        assert first.exit_code == 0
        assert first.stdout.startswith("The database is up to date")
        assert vestnik("db", "upgrade", DATABASE_URL=address).stdout == first.stdout

    def test_samples_come_and_go_and_articles_stay(self, vestnik: Command, tmp_path: Path) -> None:
        assert vestnik("samples", "load").stdout.startswith("Added ")
        assert vestnik("samples", "load").stdout == "Added 0 sample articles.\n"
        (tmp_path / "a.txt").write_text(NEWS)
        vestnik("import", tmp_path / "a.txt")
        assert vestnik("samples", "remove").stdout.startswith("Removed ")
        assert vestnik("samples", "load").stdout == "Added 0 sample articles.\n"
        assert vestnik("import", tmp_path / "a.txt").stdout.startswith("Added 0, known already 1")

    def test_a_folder_is_no_database(self, vestnik: Command, tmp_path: Path) -> None:
        result = vestnik("db", "upgrade", DATABASE_URL=f"sqlite:///{tmp_path}")
        assert "DATABASE_URL" in one_sentence(result)

    def test_a_file_that_is_no_database_stays_as_it_is(
        self, vestnik: Command, tmp_path: Path
    ) -> None:
        path = tmp_path / "letter.doc"
        path.write_text("Дорогие коллеги! " * 100)
        before = path.read_bytes()
        result = vestnik("db", "upgrade", DATABASE_URL=f"sqlite:///{path}")
        assert "not a database" in one_sentence(result)
        assert path.read_bytes() == before

    def test_a_database_that_may_only_be_read(self, vestnik: Command, tmp_path: Path) -> None:
        path = tmp_path / "v.sqlite3"
        vestnik("samples", "load", DATABASE_URL=f"sqlite:///{path}")
        result = vestnik("digest", DATABASE_URL=f"sqlite:///file:{path}?mode=ro&uri=true")
        assert "read-only" in one_sentence(result)
        with sqlite3.connect(path) as stored:
            assert stored.execute("SELECT count(*) FROM articles").fetchone()[0] > 20
        stored.close()

    @pytest.mark.parametrize(
        "address",
        [
            "sqlite:////dev/null/v.sqlite3",
            "sqlite:////proc/nothing/v.sqlite3",
            "sqlite:///v.sqlite3?timeout=geheim",
            "postgresql://vestnik:geheim@127.0.0.1:1/vestnik",
            "postgresql://vestnik:geheim@127.0.0.1:1/vestnik?no_such_option=1",
            "postgresql://vestnik:geheim@no-such-host.invalid/vestnik",
        ],
    )
    def test_an_address_where_there_is_none(self, vestnik: Command, address: str) -> None:
        assert "geheim" not in one_sentence(vestnik("db", "upgrade", DATABASE_URL=address))


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("DEFAULT_TIME_ZONE", "Mars/Olympus"),
            ("TEMPLATES_DIR", "/nowhere"),
            ("WEBHOOK_LISTEN", "nonsense"),
            ("BOT_TOKEN", "AAsecret"),
            ("BOT_TOKEN", "123456:AA secret"),
            ("BEAT", "/nowhere/beat.toml"),
        ],
    )
    def test_a_wrong_one_ends_in_one_sentence(
        self, vestnik: Command, name: str, value: str
    ) -> None:
        sentence = one_sentence(vestnik("run", **{"BOT_TOKEN": TOKEN} | {name: value}))
        assert name in sentence
        assert "AAsecret" not in sentence

    def test_a_broken_file_ends_in_one_sentence(self, vestnik: Command, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("BOT TOKEN = AAsecret\n")
        sentence = one_sentence(vestnik("run"))
        assert ".env" in sentence
        assert "AAsecret" not in sentence

    def test_a_port_that_cannot_be(self, vestnik: Command) -> None:
        assert vestnik("sandbox", "--port", "65536").exit_code == 2


def test_help_is_there_without_settings(vestnik: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BROKEN LINE\n")
    result = vestnik("--help")
    assert result.exit_code == 0
    for command in ("run", "chat", "sandbox", "import", "digest", "db"):
        assert command in result.stdout


def test_a_fault_of_our_own_is_told_without_the_token(capsys: pytest.CaptureFixture[str]) -> None:
    async def broken() -> None:
        raise RuntimeError(f"cannot open https://api.telegram.org/bot{TOKEN}/getMe")

    with pytest.raises(SystemExit) as ended:
        carry_out(broken())
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert "RuntimeError" in told
    assert "/bot<token>/getMe" in told
