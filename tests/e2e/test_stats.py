"""Operators see how the bot does; nobody else does."""

from datetime import UTC, datetime

from tests.e2e.town import Town


async def test_an_operator_sees_the_counts(town: Town) -> None:
    reader, operator = await town.reader(), await town.operator()
    await reader.sends("/subscribe")
    await reader.presses("Подписаться")
    await operator.sends("/start")
    [shown] = await operator.sends("/stats")
    for said in ("Чаты: 2 (недоступны: 0)", "Действующие подписки: 1", "Пора отправлять: 0"):
        assert said in shown.text
    town.clock.now = datetime(2026, 11, 23, 4, tzinfo=UTC)
    [shown] = await operator.sends("/stats")
    assert "Пора отправлять: 1" in shown.text
    await town.application.ticks.deliver()
    [shown] = await operator.sends("/stats")
    assert "Отправлено: 1" in shown.text
    assert "Пора отправлять: 0" in shown.text


async def test_nobody_else_does(town: Town) -> None:
    reader = await town.reader()
    [refused] = await reader.sends("/stats")
    assert "для операторов" in refused.text
    assert "Чаты" not in refused.text
