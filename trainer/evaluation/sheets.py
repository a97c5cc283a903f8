"""Sheets of edited faces, in the manner of the paper's figures 2 and 3. They show the dataset's people."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.action_units import AU_COUNT, AU_NUMBERS, MAX_INTENSITY, PRESETS, AUVector, interpolate_expression
from trainer.evaluation.edits import Bench
from trainer.evaluation.portraits import Portrait

_INCHES: Final = 1.0
_TITLE_INCHES: Final = 0.3
_EMOTIONS: Final = ("neutral", "happy", "sad", "surprise", "fear", "anger", "disgust", "contempt", "blink")
_STRENGTHS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_INTERPOLATED: Final = ("happy", "surprise", "anger", "sad")


def expression_sheet(bench: Bench, portraits: Sequence[Portrait]) -> dict[str, Figure]:
    """A line a person: the source, then the emotions (figure 2); by the level's name."""
    targets = [PRESETS[name] for name in _EMOTIONS]
    return _sheets(bench, portraits, [targets] * len(portraits), ("source", *_EMOTIONS))


def interpolation_sheet(bench: Bench, portraits: Sequence[Portrait]) -> dict[str, Figure]:
    """A line a person: the source, then α from 0 to 1 towards an emotion (equation 8, figure 3)."""
    targets = [
        [interpolate_expression(portrait.expression, PRESETS[emotion], strength) for strength in _STRENGTHS]
        for portrait, emotion in zip(portraits, _INTERPOLATED * len(portraits), strict=False)
    ]
    return _sheets(bench, portraits, targets, ("source", *(f"α = {strength:g}" for strength in _STRENGTHS)))


def action_unit_sheet(bench: Bench, portrait: Portrait) -> dict[str, Figure]:
    """One person: the source, and each AU alone at full intensity."""
    targets = [AUVector.of({number: MAX_INTENSITY}) for number in AU_NUMBERS]
    titles = ("source", *(f"AU{number}" for number in AU_NUMBERS))
    edits = bench.edit([portrait] * AU_COUNT, np.stack([target.values for target in targets]))
    half = (1 + AU_COUNT) // 2
    return {
        level: draw_grid(
            np.concatenate([portrait.face.crop[None], edited.crops]).reshape(2, half, *portrait.face.crop.shape),
            titles,
        )
        for level, edited in edits.items()
    }


def draw_grid(pictures: NDArray[np.uint8], titles: Sequence[str], names: Sequence[str] = ()) -> Figure:
    """Pictures uint8 [rows, columns, S, S, 3] side by side.

    Args:
        pictures: in their places.
        titles: one for each column, or one for each picture.
        names: one for each row, at its left.
    """
    rows, columns = pictures.shape[:2]
    figure = Figure(figsize=(columns * _INCHES, rows * _INCHES + _TITLE_INCHES), dpi=150, layout="compressed")
    for index, axes in enumerate(figure.subplots(rows, columns, squeeze=False).ravel()):
        axes.imshow(pictures[divmod(index, columns)])
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_frame_on(False)
        if index < len(titles):
            axes.set_title(titles[index], fontsize=7, pad=2)
        if names and index % columns == 0:
            axes.set_ylabel(names[index // columns], fontsize=7)
    return figure


def _sheets(
    bench: Bench, portraits: Sequence[Portrait], targets: Sequence[Sequence[AUVector]], titles: Sequence[str]
) -> dict[str, Figure]:
    columns = len(targets[0])
    sources = [portrait for portrait in portraits for _ in range(columns)]
    edits = bench.edit(sources, np.stack([target.values for own in targets for target in own]))
    sheets: dict[str, Figure] = {}
    own = np.stack([portrait.face.crop for portrait in portraits])[:, None]
    for level, edited in edits.items():
        made = edited.crops.reshape(len(portraits), columns, *edited.crops.shape[1:])
        sheets[level] = draw_grid(np.concatenate([own, made], axis=1), titles)
    return sheets
