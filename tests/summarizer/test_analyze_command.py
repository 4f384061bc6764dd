"""`vestnik analyze` prints one line of JSON for each document, and says what it could not read."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import main

TEXT = "Посол Анна Ветрова прибыла в Астану 5 мая 2024 года. «Мы готовы», — сказала посол."


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_a_file_gives_a_line_with_all_that_is_understood(tmp_path: Path) -> None:
    file = tmp_path / "visit.txt"
    file.write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(main, ["analyze", str(file)])
    assert result.exit_code == 0
    (found,) = lines(result.stdout)
    start = TEXT.index("Мы готовы")
    assert found["id"] == str(file)
    assert (found["title"], found["language"]) == (None, "ru")
    assert found["people"] == [
        {
            "name": "Анна Ветрова",
            "initials_only": False,
            "surfaces": ["Анна Ветрова"],
            "roles": [{"title": "Посол", "since": None, "until": None}],
            "mentions": [[6, 18]],
        }
    ]
    assert found["quotes"] == [
        {
            "text": "Мы готовы",
            "start": start,
            "end": start + len("Мы готовы"),
            "speaker": "Анна Ветрова",
            "verb": "сказала",
            "direct": True,
        }
    ]
    assert found["dates"] == [
        {"text": "5 мая 2024 года", "start": 36, "end": 51, "iso": "2024-05-05"}
    ]
    assert [place["name"] for place in found["places"]] == ["Астана"]
    assert found["organisations"] == []
    assert found["summary"]["sentences"][0]["evidence"]
    assert "Мы готовы" in result.stdout


def test_lines_from_standard_input_keep_their_ids() -> None:
    given = "\n".join(
        [
            json.dumps({"id": "a", "text": TEXT}),
            "",
            json.dumps({"id": 7, "text": "", "title": "Пусто"}),
            json.dumps({"id": "c", "text": "Встреча прошла вчера.", "published": "2024-05-05"}),
            '{"id": "d", "text": "\\ud800 слово"}',
        ]
    )
    result = CliRunner().invoke(main, ["analyze", "-", "--jsonl"], input=given)
    assert result.exit_code == 0
    found = lines(result.stdout)
    assert [line["id"] for line in found] == ["a", 7, "c", "d"]
    assert found[2]["dates"][0]["iso"] == "2024-05-04"


def test_what_cannot_be_read_is_named_and_the_rest_is_printed(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('нет\n{"id": 1}\n{"id": [], "text": ""}\n{"id": 2, "text": "Да"}\n', "utf-8")
    result = CliRunner().invoke(main, ["analyze", str(file), "--jsonl", str(tmp_path / "no")])
    assert result.exit_code == 1
    assert [line["id"] for line in lines(result.stdout)] == [2]
    assert [line.rsplit("lines.jsonl:")[-1][:1] for line in result.stderr.splitlines()[:3]] == [
        "1", "2", "3",
    ]  # fmt: skip
    assert "No such file" in result.stderr.splitlines()[3]


@pytest.mark.parametrize("name", ["picture.png", "missing.txt"])
def test_a_file_of_another_kind_is_a_problem(tmp_path: Path, name: str) -> None:
    result = CliRunner().invoke(main, ["analyze", str(tmp_path / name)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert name in result.stderr
