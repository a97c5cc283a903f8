"""AU curves as pictures that people read: one strip for each action unit, or one row for each photo."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from engine.action_units import AU_DESCRIPTIONS, MAX_INTENSITY, au_index
from engine.curves import AUCurves
from engine.errors import MediaError
from engine.files import replacing

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PLOT_SUFFIXES: Final = (".png", ".svg")
ACTIVE: Final = 0.5
"""An AU that never gets this strong is named below the plot rather than drawn."""
_REGIONS: Final[Mapping[str, tuple[tuple[int, ...], str]]] = {
    "Brows": ((1, 2, 4), "#4263eb"),
    "Eyes": ((5, 6, 7, 45), "#0c9a6f"),
    "Nose and upper lip": ((9, 10), "#e8890c"),
    "Mouth and chin": ((12, 14, 15, 17, 20, 23, 25, 26), "#d6336c"),
}
_COLOURS: Final = {number: colour for numbers, colour in _REGIONS.values() for number in numbers}
_ORDER: Final = tuple(number for numbers, _ in _REGIONS.values() for number in numbers)
_INK: Final = "#343a40"
_FAINT: Final = "#868e96"
_GRID: Final = "#e9ecef"
_OTHER_LINES: Final = ("#212529", "#868e96")
_DPI: Final = 144
_STRIP_INCHES: Final = 0.62
_ROW_INCHES: Final = 0.34


def plot_curves(performances: Mapping[str, AUCurves], title: str, *, every_au: bool = False) -> "Figure":
    """Draw strips with a common time axis, grouped by the part of the face.

    Args:
        performances: label to curves. The first are filled in the colour of their part of the face; others, drawn as
            lines over them, are for comparison. A label is shown where there are several.
        title: above the plot.
        every_au: draw all that were measured, also those that stay under `ACTIVE`.
    """
    first = next(iter(performances.values()))
    measured = [number for number in _ORDER if number in first.aus]
    peaks = {number: max(_peak(curves, number) for curves in performances.values()) for number in measured}
    shown = [number for number in measured if every_au or peaks[number] >= ACTIVE] or measured
    figure, strips = _strips(len(shown), title)
    for axes, number in zip(strips, shown, strict=True):
        _draw_strip(axes, number, performances, peaks[number])
    strips[-1].tick_params(axis="x", length=3, labelbottom=True)
    strips[-1].set_xlabel("seconds", color=_FAINT, fontsize=8.5)
    strips[0].set_xlim(float(first.start), max(float(first.end), float(first.start) + 1e-3))
    if len(performances) > 1:
        handles = _legend(performances)
        strips[0].legend(
            handles, performances, loc="lower right", bbox_to_anchor=(1, 1.02), ncols=3, frameon=False, fontsize=8.5
        )
    quiet = [number for number in measured if number not in shown]
    if quiet:
        note = f"Below {ACTIVE:g} throughout: " + ", ".join(f"AU{number}" for number in quiet)
        figure.text(0.985, 0.06 / figure.get_figheight(), note, ha="right", va="bottom", fontsize=7.5, color=_FAINT)
    return figure


def plot_photos(curves: AUCurves, names: Sequence[str], title: str) -> "Figure":
    """Draw a table of intensities: a row for each photo, a column for each AU; photos without a face are struck out.

    Args:
        curves: a row for each photo.
        names: of the photos.
        title: above the plot.
    """
    from matplotlib.figure import Figure

    columns = [number for number in _ORDER if number in curves.aus]
    values = curves.values[:, [au_index(number) for number in columns]]
    height = 1.9 + _ROW_INCHES * len(names)
    figure = Figure(figsize=(11, height), dpi=_DPI, facecolor="white")
    axes = figure.add_axes((0.17, 0.25 / height, 0.745, _ROW_INCHES * len(names) / height))
    for column, number in enumerate(columns):
        shades = _shades(values[:, column], _COLOURS[number])
        axes.imshow(shades[:, None], extent=(column, column + 1, len(names), 0), aspect="auto", interpolation="nearest")
        axes.text(
            column + 0.3, -0.25, f"AU{number}  {AU_DESCRIPTIONS[number]}", rotation=38, fontsize=7.5, color=_INK,
            ha="left", va="bottom",
        )  # fmt: skip
        for row, value in enumerate(values[:, column]):
            if curves.success[row] and value >= 0.05:
                ink = "white" if value > 0.55 * MAX_INTENSITY else _INK
                axes.text(column + 0.5, row + 0.5, f"{value:.1f}", ha="center", va="center", fontsize=7.5, color=ink)
    for row in np.flatnonzero(~curves.success).tolist():
        axes.text(
            len(columns) / 2, row + 0.5, "no face found", ha="center", va="center", fontsize=7.5, color=_FAINT,
            style="italic",
        )  # fmt: skip
    axes.set(xlim=(0, len(columns)), ylim=(len(names), 0), xticks=[], yticks=np.arange(len(names)) + 0.5)
    axes.set_yticklabels([_shortened(name) for name in names], fontsize=8, color=_INK)
    axes.tick_params(length=0)
    axes.hlines(np.arange(1, len(names)), 0, len(columns), color="white", linewidth=1.5)
    axes.vlines(np.arange(1, len(columns)), 0, len(names), color="white", linewidth=1.5)
    axes.spines[:].set_visible(False)
    figure.text(0.015, 1 - 0.16 / height, title, fontsize=12, fontweight="bold", color=_INK, va="top")
    return figure


def write_plot(figure: "Figure", path: Path, *, overwrite: bool = False) -> None:
    """Write a plot in one step; the ending chooses the format.

    Raises:
        MediaError: the ending is none of `PLOT_SUFFIXES`, the file exists, or it cannot be written.
    """
    require_plot_suffix(path)
    picture = io.BytesIO()
    figure.savefig(picture, format=path.suffix.lower().removeprefix("."))
    try:
        with replacing(path, replace=overwrite) as file:
            file.write(picture.getvalue())
    except FileExistsError as error:
        raise MediaError(f"{path} exists already.", "Choose to overwrite it, or give another name.") from error
    except OSError as error:
        raise MediaError(f"{path} could not be written: {error.strerror}.", "Choose another folder.") from error


def require_plot_suffix(path: Path) -> None:
    """Raise MediaError unless `path` ends like a plot."""
    if path.suffix.lower() not in PLOT_SUFFIXES:
        raise MediaError(f"{path.name} does not end like a plot.", f"End it with {', '.join(PLOT_SUFFIXES)}.")


def _strips(count: int, title: str) -> tuple["Figure", list["Axes"]]:
    """A figure with `count` strips below each other, placed in inches so that any number of them looks alike."""
    from matplotlib.figure import Figure

    above, below, gap = 0.72, 0.55, 0.12
    height = above + below + count * _STRIP_INCHES + (count - 1) * gap
    figure = Figure(figsize=(11, height), dpi=_DPI, facecolor="white")
    figure.text(0.015, 1 - 0.16 / height, title, fontsize=12, fontweight="bold", color=_INK, va="top")
    strips: list[Axes] = []
    for index in range(count):
        bottom = height - above - (index + 1) * _STRIP_INCHES - index * gap
        share = strips[0] if strips else None
        strips.append(figure.add_axes((0.19, bottom / height, 0.795, _STRIP_INCHES / height), sharex=share))
    return figure, strips


def _draw_strip(axes: "Axes", number: int, performances: Mapping[str, AUCurves], peak: float) -> None:
    colour = _COLOURS[number]
    for index, curves in enumerate(performances.values()):
        seconds, values = _drawn(curves, number)
        if index == 0:
            axes.fill_between(seconds, values, color=colour, alpha=0.22, linewidth=0)
            axes.plot(seconds, values, color=colour, linewidth=1.3)
            _shade_losses(axes, curves)
        else:
            axes.plot(seconds, values, color=_OTHER_LINES[(index - 1) % len(_OTHER_LINES)], linewidth=1.0)
    axes.set(ylim=(0, MAX_INTENSITY * 1.04), yticks=[0, MAX_INTENSITY])
    axes.tick_params(axis="both", length=0, labelsize=7.5, colors=_FAINT, labelbottom=False)
    axes.grid(axis="x", color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color("#ced4da")
    place = axes.transAxes
    axes.text(-0.222, 0.62, f"AU{number}", transform=place, fontsize=10, fontweight="bold", color=colour, va="center")
    axes.text(-0.222, 0.22, AU_DESCRIPTIONS[number], transform=place, fontsize=8, color=_INK, va="center")
    axes.text(-0.03, 0.62, f"max {peak:.1f}", transform=place, ha="right", va="center", fontsize=8, color=_FAINT)


def _drawn(curves: AUCurves, number: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Seconds and values to draw, with gaps where no face was seen."""
    seconds = np.array([float(time) for time in curves.times])
    return seconds, np.where(curves.success, curves.of(number), np.nan).astype(np.float64)


def _shade_losses(axes: "Axes", curves: AUCurves) -> None:
    """Grey bands where no face was seen."""
    seconds = np.array([float(time) for time in curves.times])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ~curves.success, [False]]).astype(int)))
    for first, end in edges.reshape(-1, 2):
        axes.axvspan(seconds[first], seconds[min(end, len(seconds) - 1)], color="#f1f3f5", linewidth=0)


def _legend(performances: Mapping[str, AUCurves]) -> list["Artist"]:
    """A patch for the filled performance and a line for each other."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    filled = Patch(facecolor="#adb5bd", edgecolor=_FAINT)
    return [
        filled,
        *(Line2D([], [], color=_OTHER_LINES[index % len(_OTHER_LINES)]) for index in range(len(performances) - 1)),
    ]


def _peak(curves: AUCurves, number: int) -> float:
    return float(np.max(curves.of(number)[curves.success], initial=0.0))


def _shades(values: NDArray[np.float32], colour: str) -> NDArray[np.float64]:
    """From nearly white at 0 to `colour` at 5: float64 [N, 3] RGB 0..1."""
    from matplotlib.colors import to_rgb

    share = np.clip(values / MAX_INTENSITY, 0, 1)[:, None]
    return np.asarray((1 - share) * np.array(to_rgb("#f1f3f5")) + share * np.array(to_rgb(colour)), np.float64)


def _shortened(name: str, most: int = 24) -> str:
    return name if len(name) <= most else f"{name[: most // 2 - 1]}…{name[-most // 2 :]}"
