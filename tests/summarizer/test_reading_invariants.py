"""Whatever the text, reading it raises nothing and every sentence shown can be traced."""

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.headline import headline
from summarizer.summary import lead_summary
from summarizer.text import ArticleText, read_article

_LATIN = "abcehkmoptxyi"
_CYRILLIC = "авсенкмортхуі"
_SKELETON = str.maketrans(_LATIN + "ёëї", _CYRILLIC + "ееi")

anything = st.text(st.characters(exclude_categories=()), max_size=300)
pieces = st.sampled_from(
    [
        "Сенат принял посла", "Cпециальный представитель прибыл", "С5+1", "к.", "К.Токаев", "г. ",
        ". ", ".", "! ", "?", "…", ", ", ": ", " — ", "– ", "- ", "«", "»", '"', '""', "(", ")",
        "\n", "\n\n", "\r\n", "\u2028", "\u00a0", "\u00ad", "\u200b", "\u202e", "\0", "\ud800",
        "Читайте также:", "Подписывайтесь на наш канал", "Фото: Акорда", "left|Сенат",
        ", передает Kazpravda.kz", ", сообщает пресс-служба Сената", "Об этом сообщает Reuters.",
        "Как сообщает пресс-служба Сената, ", "АСТАНА. КАЗИНФОРМ - ", "26.03.2024 06:02 Общество",
        "[http://a.kz слово]", "[1]", "== Ссылки ==", "'''", "слово", " он пришёл", " в", "2022",
        "שלום", "👩‍🚀", "İ", "ß", "#тег", "• ",
    ]
)  # fmt: skip
pages = st.lists(pieces, max_size=40).map("".join)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.upper().lower().translate(_SKELETON)))


def _is_subsequence(part: str, whole: str) -> bool:
    remaining = iter(whole)
    return all(char in remaining for char in part)


def _check(article: ArticleText) -> None:
    end = 0
    for sentence in article.sentences:
        span = sentence.span
        assert end <= span.start < span.end <= len(article.original)
        end = span.end
        assert sentence.text == " ".join(sentence.text.split()) != ""
        sentence.text.encode("utf-8")
        source = article.original[span.start : span.end]
        assert _is_subsequence(_letters(sentence.text), _letters(source))
    assert list(article.paragraph_starts) == sorted(set(article.paragraph_starts))
    assert sum(map(len, article.paragraphs)) == len(article.sentences)
    assert bool(article.paragraph_starts) == bool(article.sentences)
    if article.title_span is not None:
        assert 0 <= article.title_span.start < article.title_span.end <= len(article.original)


@settings(max_examples=150, deadline=None)
@given(st.one_of(anything, pages), st.none() | pages)
def test_every_sentence_shown_stands_in_its_span(text: str, title: str | None) -> None:
    article = read_article(text, title=title)
    _check(article)
    assert read_article(text, title=title) == article


@settings(max_examples=150, deadline=None)
@given(st.one_of(anything, pages), st.integers(1, 80), st.booleans())
def test_a_summary_is_empty_only_for_an_empty_article(text: str, limit: int, skip: bool) -> None:
    article = read_article(text)
    summary = lead_summary(article, max_words=limit, skip_headline=skip)
    assert bool(summary.sentences) == bool(article.sentences)
    spans = {sentence.span for sentence in article.sentences}
    assert all(set(sentence.evidence) <= spans for sentence in summary.sentences)
    if len(summary.sentences) > 1:
        assert len(summary.text.split()) <= limit


@settings(max_examples=100, deadline=None)
@given(pages, st.integers(1, 30))
def test_a_headline_is_short_and_not_empty(text: str, limit: int) -> None:
    article = read_article(text)
    line = headline(article, words=limit)
    assert bool(line.text) == bool(article.title or article.sentences)
    assert len(line.text.split()) <= limit
