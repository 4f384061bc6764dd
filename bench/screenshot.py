"""Draws the picture of the README: a conversation with the bot on the samples."""

import io
import re
import tempfile
from datetime import UTC, datetime

from rich.console import Console
from rich.terminal_theme import MONOKAI

from bot.archive import Archive
from bot.intake.judging import judge_now
from bot.intake.samples import load_samples
from bot.locales.wording import wording
from bot.sandbox.chat import TerminalChat
from bot.settings import PROJECT, load_settings
from bot.terminal_session import PERSON, sandboxed_bot

PICTURE = PROJECT / "docs" / "chat.svg"
# An evening of the samples' calendar, so that the picture is the same whenever it is made.
EVENING = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)


async def screenshot() -> None:
    """Talk with the bot and save what the terminal shows."""
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/samples.sqlite3")
        await load_samples(archive, PROJECT / "samples", lambda: EVENING)
        console = Console(record=True, width=92, file=io.StringIO(), force_terminal=True)
        settings = load_settings(None).model_copy(update={"poll": False})
        await judge_now(archive, settings.beat, lambda: EVENING)
        async with sandboxed_bot(settings, archive, now=lambda: EVENING) as bot:
            await bot.client.add_person(id=PERSON, first_name="Вы", language_code="ru")
            chat = TerminalChat(
                bot.client,
                person=PERSON,
                chat=PERSON,
                language="ru",
                settled=bot.settled,
                console=console,
                translate=wording("ru").translations.gettext,
                zone=UTC,
            )
            await chat.recite(["/start", "/latest 1", "/person Тобылгиев"])
        await archive.close()
    drawn = console.export_svg(title="make run", theme=MONOKAI)
    # A picture in a README fetches no fonts from elsewhere.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    PICTURE.write_text(svg, encoding="utf-8")
    print(f"Drawn: {PICTURE.relative_to(PROJECT)}")
