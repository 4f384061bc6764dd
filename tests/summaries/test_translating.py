"""Sentences in a reader's language, by tiny models that go through the real loading code."""

import shutil
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot.archive import Archive
from bot.archive.rows import EvidenceRow, Frequency, Rule, SentenceRow
from bot.beat import load_beat
from bot.briefings import Briefings, Reader, Renderer
from bot.briefings.composer import Composer
from bot.briefings.translated import Translations
from bot.delivery.translated_ahead import TranslatedAhead
from bot.errors import VestnikError
from bot.model_checking import check_models
from bot.settings import PROJECT, Settings
from bot.summaries.jobs import ModelSpec
from bot.summaries.local import LocalWriter
from bot.summaries.translating import Translating
from bot.summaries.translator import Translator
from summarizer.models import load_models
from summarizer.spoken import holds_speech
from summarizer.summary.abstractive.made import CHECK_VERSION
from summarizer.translation import translation_fault
from tests.summaries.making import Clock, analysed
from tests.summaries.tiny import TRANSLATIONS, make_translator

ENGLISH = TRANSLATIONS["ru", "en"]
(VISIT, VISIT_SAID), (TRADE, TRADE_SAID), (GROWTH, _), (THANKS, _) = ENGLISH
KAZAKH = TRANSLATIONS["ru", "kk"][0][1]


@pytest.fixture(scope="session")
def translators(libraries: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of translators that are told the language in the three usual ways."""
    folder = tmp_path_factory.mktemp("translators")
    return {
        "first token": make_translator(folder / "tiny-nllb", told_by="first token"),
        "prefix": make_translator(folder / "tiny-marian", told_by="prefix"),
        "name": make_translator(folder / "opus-mt-ru-en", told_by="name"),
    }


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def translator(translators: dict[str, Path], tmp_path: Path) -> AsyncIterator[Translator]:
    made = Translator(ModelSpec(str(translators["first token"]), tmp_path), seconds=120)
    yield made
    await made.close()


@pytest.fixture
def translating(archive: Archive, translator: Translator, clock: Clock) -> Translating:
    return Translating(archive, translator, clock)


class Known:
    """Somebody who has translated some sentences into English."""

    model = "by-hand"

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = sentences

    async def of(self, texts: Collection[str], language: str) -> Mapping[str, str]:
        known = self._sentences if language == "en" else {}
        return {text: known[text] for text in texts if text in known}


def briefings(archive: Archive, translating: Translations) -> Briefings:
    now = datetime(2026, 11, 23, 5, tzinfo=UTC)
    return Briefings(
        archive,
        Renderer(PROJECT / "templates", lambda: now),
        Composer(archive, load_beat(PROJECT / "beats" / "kz-us.toml")),
        translating,
    )


@pytest.mark.parametrize("told_by", ["first token", "prefix", "name"])
async def test_each_family_is_told_the_language_in_its_way(
    translators: dict[str, Path], tmp_path: Path, told_by: str
) -> None:
    made = Translator(ModelSpec(str(translators[told_by]), tmp_path), seconds=120)
    try:
        answer = await made.translate([VISIT, TRADE], source="ru", target="en")
        assert answer.texts == (VISIT_SAID, TRADE_SAID)
        answer = await made.translate([TRADE], source="ru", target="kk")
        if told_by == "name":
            assert answer.texts == (None,)
            assert answer.faults == ("The model opus-mt-ru-en does not translate from ru into kk.",)
        else:
            assert answer.texts == (KAZAKH,)
    finally:
        await made.close()


async def test_a_sentence_with_another_number_or_person_stays_in_the_original(
    translator: Translator,
) -> None:
    answer = await translator.translate([GROWTH, THANKS], source="ru", target="en")
    assert answer.texts == (None, None)
    assert answer.faults == ("its numbers differ", "its names differ")


async def test_the_original_answers_at_once_and_the_translation_at_the_next_look(
    translating: Translating,
) -> None:
    texts = [VISIT, TRADE, GROWTH]
    assert await translating.of(texts, "en") == {}
    assert await translating.catch_up() == 2
    assert await translating.of(texts, "en") == {VISIT: VISIT_SAID, TRADE: TRADE_SAID}
    # What was given up is not tried again, and readers of Russian are given nothing.
    assert await translating.catch_up() == 0
    assert await translating.of(texts, "ru") == {}


async def test_what_was_translated_is_kept(
    archive: Archive, translating: Translating, clock: Clock, tmp_path: Path
) -> None:
    await translating.of([TRADE], "kk")
    await translating.catch_up()
    again = Translator(ModelSpec("nowhere", tmp_path))
    assert await Translating(archive, again, clock).of([TRADE], "kk") == {}
    assert await translating.of([TRADE], "kk") == {TRADE: KAZAKH}


async def test_words_in_quotation_marks_are_never_translated(translating: Translating) -> None:
    said = "«Мы признательны за поддержку», сказал министр."
    assert holds_speech(said)
    assert not holds_speech("Компания «Алатау» построила завод.")
    await translating.of([said], "en")
    assert await translating.catch_up() == 0


async def test_pulling_the_model_away_leaves_the_originals(
    archive: Archive, translators: dict[str, Path], clock: Clock, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(translators["name"], tmp_path / "opus-mt-ru-en"))
    translating = Translating(archive, Translator(ModelSpec(str(folder), tmp_path)), clock)
    shutil.rmtree(folder)
    assert await translating.of([TRADE], "en") == {}
    assert await translating.catch_up() == 0
    # It rests now, and is not asked at each tick.
    await translating.of([VISIT], "en")
    assert await translating.catch_up() == 0
    await translating.close()


def test_what_decides_a_text_is_a_part_of_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = ModelSpec("owner/model", tmp_path)

    def keys() -> set[str]:
        translator = Translator(spec)
        return {
            LocalWriter(spec, seconds=9, max_words=60).settings,
            LocalWriter(spec, seconds=9, max_words=40).settings,
            LocalWriter(ModelSpec("owner/other", tmp_path), seconds=9).settings,
            translator.settings("ru", "en"),
            translator.settings("ru", "kk"),
        }

    before = keys()
    assert len(before) == 5
    # How long it may take decides whether there is a text, not which.
    assert LocalWriter(spec, seconds=99, max_words=60).settings in before
    monkeypatch.setattr("bot.summaries.writing.CHECK_VERSION", CHECK_VERSION + 1)
    assert not before & keys()


async def test_the_check_command_shows_translations_and_what_stays(
    translators: dict[str, Path], tmp_path: Path
) -> None:
    console = Console(record=True, width=120, force_terminal=False)
    stated = Settings.model_validate(
        {"models_dir": tmp_path, "translation_model": str(translators["first token"])}
    )
    assert not await check_models(stated, None, console, translates=False)
    shown = console.export_text()
    assert "BartForConditionalGeneration, encoder-decoder" in shown
    assert "stays:" in shown
    assert "s a sentence" in shown


async def test_a_model_that_cannot_translate_is_told_by_the_check(tmp_path: Path) -> None:
    console = Console(record=True, width=120, force_terminal=False)
    stated = Settings.model_validate({"models_dir": tmp_path})
    with pytest.raises(VestnikError, match="TRANSLATION_MODEL"):
        await check_models(stated, None, console, translates=True)
    with pytest.raises(VestnikError, match="no model at"):
        await check_models(stated, str(tmp_path / "gone"), console, translates=True)


async def test_without_the_setting_nothing_is_asked_for(archive: Archive, clock: Clock) -> None:
    translating = Translating(archive, None, clock)
    assert translating.model is None
    assert await translating.of([TRADE], "en") == {}
    assert await translating.catch_up() == 0


async def test_an_edition_and_its_stories_are_marked_and_keep_their_originals(
    archive: Archive, translating: Translating
) -> None:
    await analysed(archive, f"{TRADE} {VISIT}")
    shown = briefings(archive, translating)
    reader = Reader("en", "Asia/Almaty")
    now = datetime(2026, 11, 23, 5, tzinfo=UTC)
    composed = await shown.compose(now)
    first = await shown.translated(composed, reader)
    assert first.translator is None
    assert TRADE in shown.short(first, reader).text
    await translating.catch_up()
    second = await shown.translated(composed, reader)
    assert second.translator == "tiny-nllb"
    line = second.stories[0].lines[0]
    assert (line.text, line.original) == (TRADE_SAID, TRADE)
    text = shown.short(second, reader).text
    assert TRADE_SAID in text
    assert "Machine translation: tiny-nllb" in text
    russian = Reader("ru", "Asia/Almaty")
    assert (await shown.translated(composed, russian)) == composed


async def test_a_story_shows_its_original_below_the_translation(archive: Archive) -> None:
    await analysed(archive, f"{TRADE} {VISIT}")
    shown = briefings(archive, Known({TRADE: TRADE_SAID}))
    composed = await shown.compose(datetime(2026, 11, 23, 5, tzinfo=UTC))

    async def page(language: str) -> str:
        reader = Reader(language, "Asia/Almaty")
        said = shown.said(await shown.translated(composed, reader), reader)
        return shown.renderer.message("telegram/story.html.j2", reader, said=said).text

    text = await page("en")
    translated, original = text.split("In the original:")
    assert TRADE_SAID in translated
    assert TRADE in original
    text = await page("ru")
    assert TRADE in text
    assert "В оригинале" not in text


async def test_the_week_is_translated_ahead_for_the_languages_of_its_subscribers(
    archive: Archive, translating: Translating, clock: Clock
) -> None:
    await analysed(archive, f"{TRADE} {VISIT}")
    shown = briefings(archive, translating)
    now = datetime(2026, 11, 23, 5, tzinfo=UTC)
    ahead = TranslatedAhead(archive, shown, lambda: now, "Asia/Almaty")
    await ahead.look()
    assert await translating.catch_up() == 0
    subscriber = await archive.subscribers.remember(
        5, None, language="kk", time_zone="UTC", next_due=lambda _: now, now=now
    )
    rule = Rule(Frequency.WEEKLY, 9, "UTC")
    await archive.subscribers.subscribe(subscriber.id, rule, next_due_at=now, now=now)
    await ahead.look()
    assert await translating.catch_up() == 1
    assert await translating.of([TRADE], "kk") == {TRADE: KAZAKH}


async def test_a_card_is_marked_and_its_details_are_the_original(
    archive: Archive, translating: Translating
) -> None:
    article_id = await analysed(archive, f"{TRADE} {VISIT}")
    shown = briefings(archive, translating)
    reader = Reader("en", "Asia/Almaty")
    article = await archive.articles.get(article_id)
    assert article is not None
    assert article.summary == (SentenceRow(TRADE, (EvidenceRow(article_id, 0, len(TRADE)),)),)
    assert TRADE in (await shown.card(article, reader)).text
    await translating.catch_up()
    card = (await shown.card(article, reader)).text
    assert TRADE_SAID in card
    assert "Machine translation: tiny-nllb. The original is behind the link." in card
    assert TRADE in (await shown.details(article, reader)).text


async def test_what_somebody_sent_for_themselves_is_not_translated(archive: Archive) -> None:
    class Asked(Known):
        """Notes what it is asked for: the one at work stores it, to translate it for all."""

        texts: Collection[str] = ()

        async def of(self, texts: Collection[str], language: str) -> Mapping[str, str]:
            self.texts = (*self.texts, *texts)
            return await super().of(texts, language)

    own = await archive.articles.get(await analysed(archive, f"{TRADE} {VISIT}"))
    assert own is not None
    asked = Asked({TRADE: TRADE_SAID})
    shown, reader = briefings(archive, asked), Reader("en", "Asia/Almaty")
    card = await shown.card(replace(own, is_listed=False), reader)
    assert TRADE in card.text
    assert asked.texts == ()
    assert TRADE_SAID in (await shown.card(own, reader)).text


ORIGINAL = (
    "Министр Мухтар Тлеуберди встретился 26 марта 2024 года с сенатором Стивом Дэйнсом и обсудил "
    "торговлю на 4,1 млрд долларов."
)
FAITHFUL = (
    "Minister Mukhtar Tleuberdi met Senator Steve Daines on March 26, 2024, and discussed trade "
    "worth $4.1 billion."
)


def fault(translation: str) -> str | None:
    return translation_fault(ORIGINAL, translation, source="ru", target="en", models=load_models())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("26", "27"),
        ("March", "April"),
        ("2024", "2023"),
        ("billion", "million"),
        ("Tleuberdi", "Kazykhan"),
        ("Daines", "Rubio"),
        ("met", "did not meet"),
        ("and discussed", "and Marco Rubio discussed"),
    ],
)
def test_a_changed_translation_is_refused(right: str, wrong: str) -> None:
    assert fault(FAITHFUL) is None
    assert fault(FAITHFUL.replace(right, wrong)) is not None


def test_a_translation_into_kazakh_is_checked_too() -> None:
    kazakh = (
        "Министр Мұхтар Тілеуберді 2024 жылғы 26 наурызда сенатор Стив Дэйнспен кездесіп, 4,1 млрд "
        "долларлық сауданы талқылады."
    )
    told = {"source": "ru", "target": "kk", "models": load_models()}
    assert translation_fault(ORIGINAL, kazakh, **told) is None  # type: ignore[arg-type]
    assert translation_fault(ORIGINAL, kazakh.replace("26", "16"), **told)  # type: ignore[arg-type]
    assert translation_fault(ORIGINAL, FAITHFUL, **told)  # type: ignore[arg-type]


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_nothing_else_than_a_translation_passes(text: str) -> None:
    assert fault(text) is not None
