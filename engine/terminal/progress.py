"""Progress bars with the time left, on standard error, shown to people only; watching programs are told the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from engine.terminal.watcher import progress_teller


class ReportProgress(Protocol):
    """Takes how much is done so far, and the whole where it is known only later."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Show `done` of `total`."""


@contextmanager
def progress_bar(description: str, total: int | None = None) -> Iterator[ReportProgress]:
    """Show a bar while the `with` block runs; nothing where standard error is not a terminal.

    Args:
        description: what is going on, a few words.
        total: how many steps there are; None shows a bar without an end.

    Yields:
        The function to call with the number of steps done. Any thread may call it.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(description, total=total)
        tell = progress_teller(description)

        def report(done: int, total: int | None = None) -> None:
            progress.update(task, completed=done, total=total)
            tell(done, progress.tasks[task].total)

        tell(0, total)
        yield report
