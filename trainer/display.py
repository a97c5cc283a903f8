"""The table that stands on the terminal while a training goes on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

_COLUMNS: Final = 3
_REFRESH_PER_SECOND: Final = 2


@dataclass
class Display:
    """Shows the step at hand, the last losses and figures. Owned by the thread that trains; rich's own thread draws it.

    Attributes:
        total_steps: of the training.
    """

    total_steps: int
    _progress: Progress = field(init=False)
    _task: TaskID = field(init=False)
    _values: dict[str, str] = field(init=False, default_factory=dict)
    _news: str = field(init=False, default="")

    def __post_init__(self) -> None:
        columns = TextColumn("Training"), BarColumn(None), MofNCompleteColumn(), TextColumn("{task.description}")
        self._progress = Progress(*columns, expand=True)
        self._task = self._progress.add_task("", total=self.total_steps)

    def step(self, step: int) -> None:
        """Move the bar."""
        self._progress.update(self._task, completed=step)

    def losses(self, values: Mapping[str, float], images_per_second: float, seconds_left: float) -> None:
        """Show an entry of the log."""
        self._values |= {name: f"{value:.4g}" for name, value in values.items()}
        left = timedelta(seconds=round(seconds_left))
        self._progress.update(self._task, description=f"{images_per_second:.3g} images/s, {left} left")

    def figures(self, values: Mapping[str, float]) -> None:
        """Show figures of the test split."""
        self._values |= {name: f"[bold]{value:.4g}[/]" for name, value in values.items()}

    def news(self, text: str) -> None:
        """Show a line under the table until the next."""
        self._news = text

    def __rich__(self) -> Group:
        table = Table.grid(padding=(0, 2), expand=True)
        for _ in range(_COLUMNS):
            table.add_column(justify="left")
            table.add_column(justify="right")
        cells = [[name.replace("_", " "), value] for name, value in self._values.items()]
        for start in range(0, len(cells), _COLUMNS):
            table.add_row(*(text for cell in cells[start : start + _COLUMNS] for text in cell))
        return Group(self._progress, table, *filter(None, [self._news]))


@contextmanager
def live_display(total_steps: int, *, shown: bool) -> Iterator[Display]:
    """Keep a display on standard error while the `with` block runs.

    Args:
        total_steps: of the training.
        shown: whether to draw it; where standard error is no terminal, it never is.
    """
    display = Display(total_steps)
    console = Console(stderr=True)
    if not shown or not console.is_terminal:
        yield display
        return
    with Live(display, console=console, refresh_per_second=_REFRESH_PER_SECOND):
        yield display
