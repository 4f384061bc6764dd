"""Files and folders: what can be read comes out, what cannot is named with its reason."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.intake.article import Known
from bot.intake.files import MOST_BYTES, Found, find_files, read_file

NEWS = "Министр провёл переговоры в Вашингтоне. Стороны обсудили торговлю."


def names(*paths: Path) -> list[str]:
    return [path.name for path, problem in find_files(list(paths)) if problem is None]


def problems(*paths: Path) -> list[tuple[str, str]]:
    return [(path.name, problem) for path, problem in find_files(list(paths)) if problem]


def the_problem(path: Path) -> str:
    (found,) = read_file(path)
    assert found.where == str(path)
    assert found.text == ""
    assert found.problem is not None
    return found.problem


class TestFinding:
    def test_a_folder_is_searched_to_its_depth_and_in_order(self, tmp_path: Path) -> None:
        (tmp_path / "deep" / "deeper").mkdir(parents=True)
        for name in ("b.txt", "a.HTML", "notes.pdf", ".hidden.txt", "deep/deeper/c.jsonl"):
            (tmp_path / name).write_text(NEWS)
        assert names(tmp_path) == ["a.HTML", "b.txt", "c.jsonl"]
        assert problems(tmp_path) == []

    def test_a_folder_that_leads_back_into_itself_is_entered_once(self, tmp_path: Path) -> None:
        inner = tmp_path / "inner"
        inner.mkdir()
        (inner / "up").symlink_to(tmp_path, target_is_directory=True)
        (inner / "self").symlink_to(".", target_is_directory=True)
        (inner / "a.txt").write_text(NEWS)
        assert names(tmp_path) == ["a.txt"]
        assert names(tmp_path, inner, tmp_path) == ["a.txt"]

    def test_a_link_that_leads_round_in_a_circle(self, tmp_path: Path) -> None:
        circle = tmp_path / "circle.txt"
        circle.symlink_to(circle)
        assert [name for name, _ in problems(circle)] == ["circle.txt"]

    @pytest.mark.parametrize("name", ["missing.txt", "missing", "x" * 5_000])
    def test_a_path_that_is_not_there(self, tmp_path: Path, name: str) -> None:
        ((told, reason),) = problems(tmp_path / name)
        assert told == name
        assert reason in {"there is no such file", "File name too long"}

    def test_a_link_to_nothing(self, tmp_path: Path) -> None:
        link = tmp_path / "link.txt"
        link.symlink_to(tmp_path / "nothing")
        assert problems(link) == [("link.txt", "there is no such file")]
        # Inside a folder it is found, and reading it tells the same.
        assert the_problem(link) == "there is no such file"

    def test_a_kind_that_cannot_be_read(self, tmp_path: Path) -> None:
        path = tmp_path / "speech.mp3"
        path.write_bytes(b"ID3")
        assert problems(path) == [
            ("speech.mp3", "only .txt, .html, .htm, .jsonl files can be read")
        ]


class TestOneFile:
    def test_a_text(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text(NEWS)
        assert list(read_file(path)) == [Found(str(path), NEWS)]

    def test_a_page(self, tmp_path: Path) -> None:
        path = tmp_path / "a.htm"
        path.write_text(f"<html><body><article><p>{NEWS}</p></article></body></html>")
        (found,) = read_file(path)
        assert (found.problem, found.text) == (None, NEWS)

    def test_a_file_of_zeros(self, tmp_path: Path) -> None:
        path = tmp_path / "zeros.txt"
        path.write_bytes(bytes(10_000))
        assert the_problem(path) == "it is not text"

    @pytest.mark.parametrize("kind", [".txt", ".html", ".jsonl"])
    def test_an_empty_file(self, tmp_path: Path, kind: str) -> None:
        path = tmp_path / f"empty{kind}"
        path.touch()
        assert the_problem(path) == "it is empty"

    @pytest.mark.parametrize("kind", [".txt", ".html"])
    def test_200_megabytes_are_refused_unread(
        self, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / f"huge{kind}"
        with path.open("wb") as file:
            file.truncate(200_000_000)
        monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
        assert the_problem(path) == "it is larger than 20 MB"

    def test_a_pipe_that_nobody_writes_to_does_not_hang_the_import(self, tmp_path: Path) -> None:
        path = tmp_path / "pipe.txt"
        os.mkfifo(path)
        assert the_problem(path) == "it is not a regular file"

    def test_a_folder_called_like_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "folder.txt"
        path.mkdir()
        assert the_problem(path) == "it is not a regular file"


class TestJsonLines:
    def written(self, folder: Path, *lines: str | bytes) -> Path:
        path = folder / "articles.jsonl"
        path.write_bytes(b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines))
        return path

    def test_every_line_is_an_article_with_what_is_known_about_it(self, tmp_path: Path) -> None:
        known = Known(
            title="Переговоры",
            url="https://news.example.org/1",
            outlet="Вестник",
            language="ru",
            published="2026-03-04T10:15:00+05:00",
        )
        fields = {name: value for name, value in asdict(known).items() if isinstance(value, str)}
        path = self.written(
            tmp_path, json.dumps(fields | {"text": NEWS}), "", json.dumps({"text": "Да."})
        )
        first, second = read_file(path)
        assert first == Found(f"{path}:1", NEWS, known)
        assert second == Found(f"{path}:3", "Да.")

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("{broken", "the line is not JSON in UTF-8"),
            ("Просто текст", "the line is not JSON in UTF-8"),
            ('{"text": "Да."}'.encode("windows-1251"), "the line is not JSON in UTF-8"),
            ("[" * 100_000, "the line is not JSON in UTF-8"),
            ('{"text": ' + "1" * 10_000 + "}", "the line is not JSON in UTF-8"),
            ("[]", 'the line is not an object with a "text"'),
            ("null", 'the line is not an object with a "text"'),
            ("{}", 'the line is not an object with a "text"'),
            ('{"text": 5}', 'the line is not an object with a "text"'),
            ('{"text": "Да.", "title": 4}', "title must be a string"),
            ('{"text": "Да.", "url": [], "published": 0}', "url, published must be a string"),
        ],
    )
    def test_a_broken_line_is_named_and_the_others_come_out(
        self, tmp_path: Path, line: str | bytes, reason: str
    ) -> None:
        good = json.dumps({"text": NEWS})
        path = self.written(tmp_path, good, line, good)
        before, broken, after = read_file(path)
        assert before.text == after.text == NEWS
        assert (broken.where, broken.problem) == (f"{path}:2", reason)

    def test_a_mark_at_the_beginning_is_no_part_of_the_line(self, tmp_path: Path) -> None:
        path = self.written(tmp_path, b"\xef\xbb\xbf" + json.dumps({"text": NEWS}).encode())
        assert [found.text for found in read_file(path)] == [NEWS]

    def test_a_line_without_end_is_passed_over(self, tmp_path: Path) -> None:
        good = json.dumps({"text": NEWS})
        path = self.written(tmp_path, good, b"0" * (2 * MOST_BYTES + 5), good, b"0" * MOST_BYTES)
        before, huge, after, just_fits = read_file(path)
        assert (huge.where, huge.problem) == (f"{path}:2", "the line is longer than 20 MB")
        assert before.text == after.text == NEWS
        assert just_fits.problem == "the line is not JSON in UTF-8"
