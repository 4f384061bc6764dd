"""Every name comes out in the nominative, whatever case the sentence puts it in."""

from pathlib import Path

import pytest

from summarizer.models import load_models
from summarizer.people import find_people

LINES = (Path(__file__).parent / "data" / "inflected_names.txt").read_text(encoding="utf-8")
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in LINES.splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("sentence", "names"), CASES)
def test_a_name_is_given_in_the_nominative(sentence: str, names: str) -> None:
    found = find_people(sentence, load_models())
    assert "; ".join(person.name for person in found) == names
