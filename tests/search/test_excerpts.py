"""The excerpt of a result shows what was looked for."""

from hypothesis import given
from hypothesis import strategies as st

from bot.search.excerpts import LENGTH, excerpt, marked


def test_the_sentence_with_the_most_of_the_words_is_shown() -> None:
    text = "Визы подешевели. Студентам выдали визы в мае. Погода хорошая."
    pieces = excerpt(text, None, frozenset({"визы", "студентам"}))
    assert "".join(piece.text for piece in pieces) == "Студентам выдали визы в мае."
    assert [piece.text for piece in pieces if piece.is_marked] == ["Студентам", "визы"]


def test_a_phrase_is_marked_as_one_and_its_words_elsewhere_are_not() -> None:
    pieces = marked("Новый закон о новый.", frozenset({"новый", "закон"}), (("новый", "закон"),))
    assert [piece.text for piece in pieces if piece.is_marked] == ["Новый закон"]


def test_a_long_sentence_is_cut_around_the_first_mark() -> None:
    text = "слово " * 100 + "виза " + "слово " * 100
    pieces = marked(text.strip(), frozenset({"виза"}), length=LENGTH)
    whole = "".join(piece.text for piece in pieces)
    assert "виза" in [piece.text for piece in pieces if piece.is_marked]
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) <= LENGTH + 4


@given(st.text(), st.sets(st.text(min_size=1, max_size=5)))
def test_without_a_limit_no_letter_is_lost(text: str, marks: set[str]) -> None:
    assert "".join(piece.text for piece in marked(text, frozenset(marks))) == text
