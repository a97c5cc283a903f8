"""What a training tells, for TensorBoard: `tensorboard --logdir OUT/tensorboard`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.types import RGBImage

if TYPE_CHECKING:
    from torch.utils.tensorboard import SummaryWriter

FOLDER: Final = "tensorboard"


class Board:
    """Writes numbers and pictures to an event file. Owned by one thread; the writer's own thread does the writing."""

    def __init__(self, writer: "SummaryWriter") -> None:
        self._writer = writer

    def numbers(self, group: str, step: int, values: Mapping[str, float]) -> None:
        """Add a point to the curve of each value."""
        for name, value in values.items():
            self._writer.add_scalar(f"{group}/{name}", value, step)

    def picture(self, name: str, step: int, pixels: RGBImage) -> None:
        """Add a picture."""
        self._writer.add_image(name, pixels, step, dataformats="HWC")

    def flush(self) -> None:
        """Bring everything to the disk."""
        self._writer.flush()


@contextmanager
def open_board(out: Path, next_step: int) -> Iterator[Board]:
    """Go on with the event files in a training's folder, or begin them.

    Args:
        out: the training's folder.
        next_step: where the training goes on; points of later steps, which will be made again, are not shown any more.
    """
    from torch.utils.tensorboard import SummaryWriter  # takes seconds, and a training may do without

    with SummaryWriter(str(out / FOLDER), purge_step=next_step + 1 if next_step else None) as writer:
        yield Board(writer)
