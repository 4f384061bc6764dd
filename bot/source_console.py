"""The `vestnik sources` commands as they appear on a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.archive.source_rows import SourceRow
from bot.clock import system_now
from bot.intake.trial import Trial
from bot.settings import Settings
from bot.source_operations import Wish, add, check, listed

_TITLES = 5


async def show_list(settings: Settings, console: Console) -> None:
    """Show the sources and how each is doing."""
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "outlet", "kind", "state", "newest article"):
        table.add_column(heading)
    for row in await listed(settings):
        spec, newest = row.spec, row.last_new_at
        shown = newest.strftime("%Y-%m-%d %H:%M UTC") if newest else "none yet"
        table.add_row(*map(escape, (spec.id, spec.outlet, spec.kind, _state(row), shown)))
    console.print(table)


async def show_check(settings: Settings, ids: Sequence[str], console: Console) -> bool:
    """Try sources and say which answer; return whether all do."""
    tried = answering = 0
    async for trial in check(settings, ids):
        tried += 1
        answering += trial.answers
        console.print(_line(trial), markup=False)
    console.print(f"{answering} of {tried} answer.")
    return answering == tried


async def show_add(settings: Settings, wish: Wish, console: Console, *, force: bool) -> bool:
    """Try a source, show what it gives; return whether it is followed now."""
    trial, added = await add(settings, wish, force=force)
    console.print(_line(trial), markup=False)
    for entry in trial.entries[:_TITLES]:
        console.print(f"  {entry.published or 'no date'}  {entry.title}", markup=False)
    for note in (*trial.notes, trial.article_problem):
        if note:
            console.print(f"  {note}", markup=False)
    if trial.article is not None:
        console.print(f"  The newest was read: {len(trial.article.text):,} characters.")
    if added:
        console.print(f"Added as {trial.spec.id}.", markup=False)
    return added


def _line(trial: Trial) -> str:
    spec = trial.spec
    if trial.problem is not None:
        return f"no   {spec.id}  {spec.url}  {trial.problem}"
    return f"yes  {spec.id}  {spec.url}  {len(trial.entries)} entries"


def _state(row: SourceRow) -> str:
    if row.paused:
        return "paused"
    if row.failures:
        return f"fails ({row.failures}): {row.error}"
    if row.last_success_at is None:
        return "not asked yet"
    minutes = round((row.next_poll_at - system_now()).total_seconds() / 60)
    return f"well, next in {max(0, minutes)} min" + (f"; {row.error}" if row.error else "")
