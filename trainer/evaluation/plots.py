"""Figures of an evaluation as matplotlib figures: bars, curves and a heat map over the 17 action units."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from matplotlib.figure import Figure

from engine.action_units import AU_COUNT, AU_DESCRIPTIONS, AU_NUMBERS, MAX_INTENSITY
from trainer.evaluation.agreement import Agreement
from trainer.evaluation.controls import STEPS, Responses

_NAMES: Final = tuple(f"AU{number}" for number in AU_NUMBERS)
_COLOURS: Final = ("#2b6cb0", "#dd6b20", "#2f855a", "#805ad5")
_COLUMNS: Final = 6


def plot_agreement(parts: Mapping[str, Agreement], estimator: Agreement) -> Figure:
    """Correlation and mean squared error of each AU, a bar for each level; the estimator's own limit as a line."""
    figure = Figure(figsize=(12, 6.5), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True)
    places = np.arange(AU_COUNT)
    width = 0.8 / len(parts)
    for axes, measure, label in (
        (above, "correlation", "Pearson's correlation"),
        (below, "squared_error", "mean squared error"),
    ):
        for index, (level, agreement) in enumerate(parts.items()):
            offset = (index - (len(parts) - 1) / 2) * width
            axes.bar(places + offset, getattr(agreement, measure), width, color=_COLOURS[index], label=level)
        limit = getattr(estimator, measure)
        axes.plot(places, limit, "k_", markersize=18, label="estimator on real labels")
        axes.set_ylabel(label)
        axes.grid(axis="y", alpha=0.3)
        axes.set_axisbelow(True)
    above.set_ylim(min(0.0, *(float(np.nan_to_num(part.correlation).min()) for part in parts.values())), 1)
    above.legend(loc="lower right", bbox_to_anchor=(1, 1.01), ncols=len(parts) + 1, frameon=False)
    below.set_xticks(places, _NAMES)
    figure.suptitle("Intensities asked for and estimated", x=0.01, ha="left")
    return figure


def plot_cross_talk(responses: Responses, level: str) -> Figure:
    """The 17 x 17 slopes as a heat map; the ideal is the identity."""
    figure = Figure(figsize=(9.5, 8), layout="compressed")
    axes = figure.subplots()
    slopes = responses.slopes
    image = axes.imshow(slopes, cmap="RdBu_r", vmin=-1, vmax=1)
    for row in range(AU_COUNT):
        for column in range(AU_COUNT):
            value = slopes[row, column]
            if abs(value) >= 0.05:
                colour = "white" if abs(value) > 0.6 else "black"
                text = f"{value:.2f}".replace("0.", ".")
                axes.text(column, row, text, ha="center", va="center", fontsize=7.5, color=colour)
    axes.set_xticks(range(AU_COUNT), _NAMES, rotation=90)
    axes.set_yticks(
        range(AU_COUNT), [f"{name}  {AU_DESCRIPTIONS[n]}" for name, n in zip(_NAMES, AU_NUMBERS, strict=True)]
    )
    axes.set_xlabel("estimated")
    axes.set_ylabel("swept from 0 to 5")
    axes.set_title(f"Rise of the estimate for a rise by 1 ({level})")
    figure.colorbar(image, shrink=0.8)
    return figure


def plot_responses(parts: Mapping[str, Responses]) -> Figure:
    """One small plot for each AU: its own estimate over what was asked for; thin lines are single people."""
    rows = -(-AU_COUNT // _COLUMNS)
    figure = Figure(figsize=(13, 2.4 * rows), layout="constrained")
    grid = figure.subplots(rows, _COLUMNS, sharex=True, sharey=True).ravel()
    for index, axes in enumerate(grid):
        if index >= AU_COUNT:
            axes.set_axis_off()
            continue
        axes.plot(STEPS, STEPS, color="0.75", linestyle="--", linewidth=1)
        for colour, (level, responses) in zip(_COLOURS, parts.items(), strict=False):
            axes.plot(STEPS, responses.estimates[index, :, :, index], color=colour, alpha=0.15, linewidth=0.7)
            axes.plot(STEPS, responses.curves[index, :, index], color=colour, linewidth=2, label=level)
        axes.set_title(f"{_NAMES[index]} {AU_DESCRIPTIONS[AU_NUMBERS[index]]}", fontsize=9)
        axes.set_xlim(0, MAX_INTENSITY)
        axes.set_ylim(0, MAX_INTENSITY)
        axes.grid(alpha=0.3)
    figure.supxlabel("asked for")
    figure.supylabel("estimated")
    handles, labels = grid[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower right", title="level")
    return figure
