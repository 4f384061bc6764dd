"""What is left of a sentence is written as one would write it."""

import pytest

from summarizer.summary.surface import fitted


@pytest.mark.parametrize(
    ("before", "word", "after"),
    [
        ("о", "опытах", "об"),
        ("об", "новых", "о"),
        ("о", "единстве", "о"),
        ("о", "ООН", "об"),
        ("во", "городах", "в"),
        ("в", "Франции", "во"),
        ("в", "Вашингтоне", "в"),
        ("с", "странами", "со"),
        ("со", "послом", "с"),
        ("со", "США", "с"),
        ("с", "сенатором", "с"),
        ("ко", "встрече", "к"),
        ("О", "опытах", "Об"),
        ("о", "11", "о"),
        ("на", "опытах", "на"),
        ("соглашение о", "опытах", "соглашение о"),
    ],
)
def test_a_preposition_fits_the_word_after_it(before: str, word: str, after: str) -> None:
    assert fitted(before, word) == after
