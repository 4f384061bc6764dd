"""/sources add ADDRESS: what is to be found there, and whether it shall be followed."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from aiogram.enums import MessageEntityType
from aiogram.types import CallbackQuery, Message

from bot.archive import Archive
from bot.briefings import Briefings, Reader
from bot.clock import Now
from bot.formatting import clip
from bot.handlers import source_words as says
from bot.handlers.reply import edit, pressed_message, send
from bot.handlers.source_buttons import TrialButton, key_of, trial_keyboard
from bot.intake.poller import Poller
from bot.intake.source import SourceSpec
from bot.intake.trial import Trial
from bot.locales.wording import Wording
from summarizer.language import detect_language

_TITLES = 3
_LONGEST_TITLE = 150
_LONGEST_NAME = 60


@dataclass(frozen=True)
class TrialView:
    """What a trial found, as it is shown: how many articles are listed, or the problem."""

    number: int
    titles: tuple[str, ...]
    problem: str | None


def view_of(trial: Trial, words: Wording) -> TrialView:
    """Put what a trial found into words."""
    problem = None if trial.problem is None else says.error_words(trial.problem, words)
    titles = (entry.title for entry in trial.entries if entry.title)
    shown = [clip(title, _LONGEST_TITLE) for title, _ in zip(titles, range(_TITLES), strict=False)]
    return TrialView(len(trial.entries), tuple(shown), problem)


async def ask_address(
    message: Message, address: str, briefings: Briefings, reader: Reader, poller: Poller
) -> None:
    """Try an address, show what it gives, and offer to follow it."""
    words = reader.wording
    url = address if "://" in address else f"https://{address}"
    progress = await send(message, words.say("Having a look …"))
    trial = await _try(url, poller, reader)
    view = view_of(trial, words)
    text = briefings.renderer.message(
        "telegram/source_trial.html.j2",
        reader,
        name=trial.spec.outlet,
        url=trial.spec.url,
        trial=view,
    )
    await edit(progress, text, keyboard=None if view.problem else trial_keyboard(words))


async def answer_trial(
    query: CallbackQuery,
    callback_data: TrialButton,
    archive: Archive,
    reader: Reader,
    poller: Poller,
    now: Now,
) -> None:
    """Follow the source that was tried, or leave it.

    The address stands in the message, so that the button still works after a restart; the trial
    is made anew.
    """
    words = reader.wording
    message = pressed_message(query)
    url = _tried_url(message)
    if message is None or url is None:
        await query.answer(words.say("This button is too old. Again: /sources"), show_alert=True)
        return
    await query.answer()
    if not callback_data.add:
        await edit(message, words.say("Not added."))
        return
    trial = await _try(url, poller, reader)
    outlet = trial.spec.outlet
    if trial.problem is not None:
        problem = says.error_words(trial.problem, words)
        text = words.say("{outlet} is not added: {problem}.", outlet=outlet, problem=problem)
    elif await archive.sources.add(trial.spec, now=now()):
        text = words.say("{outlet} is followed from now on. All of them: /sources", outlet=outlet)
    else:
        text = words.say("{outlet} is followed already. All of them: /sources", outlet=outlet)
    await edit(message, text)


async def _try(url: str, poller: Poller, reader: Reader) -> Trial:
    """Try an address, and complete the source by what was found: its name and its language."""
    host = _host(url)
    guess = SourceSpec(
        id=f"{host[:40]}-{key_of(url)[:6]}",
        outlet=host,
        language=reader.language,
        kind="feed",
        url=url,
        tried=True,
    )
    trial = await poller.try_address(url, guess)
    titles = " ".join(entry.title or "" for entry in trial.entries)
    spec = replace(
        trial.spec,
        outlet=clip(" ".join((trial.title or "").split()) or host, _LONGEST_NAME),
        language=detect_language(titles) if titles.strip() else reader.language,
    )
    return replace(trial, spec=spec)


def _tried_url(message: Message | None) -> str | None:
    entities = (message.entities if message is not None else None) or []
    links = (entity.url for entity in entities if entity.type == MessageEntityType.TEXT_LINK)
    return next(links, None)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url
