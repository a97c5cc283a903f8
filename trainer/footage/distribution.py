"""How the labels of a dataset are distributed, as a picture, and which action units it cannot teach."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from engine.action_units import AU_DESCRIPTIONS, AU_NUMBERS, MAX_INTENSITY
from engine.files import write_atomically
from engine.types import FloatArray
from trainer.errors import TrainingError

DISTRIBUTION: Final = "au_distribution.png"
HARDLY: Final = 0.2
"""An action unit of a smaller standard deviation hardly varies."""
_COLUMNS: Final = 5
_BINS: Final = np.linspace(0, MAX_INTENSITY, 21)


def hardly_varying(intensities: FloatArray) -> tuple[int, ...]:
    """The AUs of which intensities, float32 [N, 17], teach a model next to nothing."""
    return tuple(number for number, spread in zip(AU_NUMBERS, intensities.std(axis=0), strict=True) if spread < HARDLY)


def write_distribution(path: Path, splits: Mapping[str, FloatArray]) -> None:
    """Write a PNG with a histogram of each AU; those that hardly vary in the first split are marked.

    Args:
        path: the picture.
        splits: intensities, float32 [N, 17], by the split's name.

    Raises:
        TrainingError: the file cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # takes a second to import, and is seldom needed
    from matplotlib.figure import Figure

    rows = -(-len(AU_NUMBERS) // _COLUMNS)
    figure = Figure(figsize=(15, 2.5 * rows))
    figure.subplots_adjust(left=0.04, right=0.99, bottom=0.07, top=0.96, hspace=0.25, wspace=0.08)
    FigureCanvasAgg(figure)
    grid = figure.subplots(rows, _COLUMNS, sharex=True, sharey=True).flat
    weak = hardly_varying(next(iter(splits.values())))
    for number, index, axes in zip(AU_NUMBERS, range(len(AU_NUMBERS)), grid, strict=False):
        for name, intensities in splits.items():
            values = intensities[:, index]
            weights = np.full(len(values), 100 / max(1, len(values)))
            axes.hist(values, _BINS, weights=weights, label=f"{name}, {len(values):,}", alpha=0.55)
        axes.set_yscale("symlog", linthresh=1)
        axes.set_xlim(0, MAX_INTENSITY)
        axes.set_ylim(0, 100)
        axes.set_yticks([0, 1, 10, 100], ["0", "1", "10", "100 %"])
        axes.set_title(f"AU{number} {AU_DESCRIPTIONS[number]}", fontsize=10, loc="left")
        if number in weak:
            axes.set_facecolor("#fbe3c4")
            axes.text(0.5, 0.5, "hardly varies", transform=axes.transAxes, ha="center")
    for axes in list(figure.axes)[len(AU_NUMBERS) :]:
        axes.set_axis_off()
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="lower right", title="share of pictures")
    figure.supxlabel("intensity, 0..5")
    content = io.BytesIO()
    figure.savefig(content, format="png")
    try:
        write_atomically(path, content.getvalue())
    except OSError as error:
        raise TrainingError(f"{path} cannot be written: {error.strerror}.", "Free disk space.") from error
