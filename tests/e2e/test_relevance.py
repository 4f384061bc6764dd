"""On the beat or beside it: what readers see of it, and what operators decide."""

from bot.archive import Archive
from tests.e2e.conftest import AddArticle
from tests.e2e.town import Town

VISIT = (
    "Посол Казахстана в США Ержан Тестов прибыл в Чикаго. Он обсудил с мэром торговлю между "
    "Казахстаном и США."
)
SNOW = "В Атырау ожидается сильный снег. Синоптики предупредили жителей о метели на дорогах."


async def test_what_is_beside_the_beat_is_in_no_list(town: Town, add_article: AddArticle) -> None:
    await add_article(VISIT, title="Визит")
    await add_article(SNOW, title="Снег")
    assert await town.application.judge.judge_new() == 2
    assert await town.application.judge.judge_new() == 0
    reader = await town.reader()
    [card] = await reader.sends("/latest")
    assert card.text.startswith("Визит")
    [digest] = await reader.sends("/digest")
    assert "Снег" not in digest.text


async def test_an_operator_sees_score_and_reasons_and_decides_otherwise(
    town: Town, archive: Archive, add_article: AddArticle
) -> None:
    article_id = await add_article(VISIT, title="Визит", url="https://proba.example/1")
    await town.application.judge.judge_new()
    operator = await town.operator()
    await operator.sends("/latest")
    [details] = await operator.presses("Подробнее")
    assert "Для операторов\nПо теме · оценка 0," in details.text.replace("0.", "0,")
    assert "\nKZ: Казахстан ×" in details.text
    assert "\nUS: " in details.text
    assert "\nОтношения: " in details.text
    [decided] = await operator.presses("Не по теме")
    assert "Не по теме · оценка" in decided.text
    assert "решено вручную" in decided.text
    assert "✓ Не по теме" in decided.buttons
    assert "Источник" in decided.buttons
    reader = await town.reader()
    [empty] = await reader.sends("/latest")
    assert "Статей пока нет" in empty.text
    await operator.presses("По теме")
    [card] = await reader.sends("/latest")
    assert card.text.startswith("Визит")
    relevance = await archive.relevance.get(article_id)
    assert relevance is not None
    assert relevance.override is True


async def test_readers_see_no_scores_and_cannot_decide(
    town: Town, archive: Archive, add_article: AddArticle
) -> None:
    article_id = await add_article(VISIT, title="Визит")
    await town.application.judge.judge_new()
    reader = await town.reader()
    await reader.sends("/latest")
    [details] = await reader.presses("Подробнее")
    assert "оценка" not in details.text
    assert "Не по теме" not in details.buttons
    await town.client.press(
        reader.id, details.message["message_id"], f"b:{article_id}:0:0", forged=True
    )
    await town.settled()
    assert "для операторов" in await reader.last_toast()
    relevance = await archive.relevance.get(article_id)
    assert relevance is not None
    assert relevance.override is None


async def test_scores_are_not_shown_in_groups(town: Town, add_article: AddArticle) -> None:
    await add_article(VISIT, title="Визит")
    await town.application.judge.judge_new()
    operator = await town.operator()
    await town.client.add_chat(id=-500, type="group", title="Отдел", members=[operator.id])
    operator.chat = -500
    await operator.sends("/latest@vestnik_sandbox_bot")
    [details] = await operator.presses("Подробнее")
    assert "оценка" not in details.text
