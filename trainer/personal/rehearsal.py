"""Pairs that keep a personal model from forgetting: the person's own pictures, edited by the model it starts from.

A clip shows few of the 17 action units, and a model that only learns to draw its pictures again soon leaves all control
to the encoder. So the training also sees true pairs of the person, made by the pipeline that animates photos: each
action unit in turn, and presets. Their sharpness comes from the footage, since the compositor moves its pixels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np

from engine.action_units import AU_COLUMNS, AU_NUMBERS, PRESETS, AUVector, interpolate_expression
from engine.media import read_photo, write_photo
from engine.pipeline import PipelineSettings, open_pipeline
from engine.terminal.progress import progress_bar
from engine.types import Frame
from trainer.data.table import TABLE_NAME
from trainer.footage.tables import read_cells, write_cells
from trainer.randomness import array_generator

KIND: Final = "rendered"
EDITS: Final = 5
"""Of each picture."""
_PRESETS_EACH: Final = 2
_PRESET_NAMES: Final = tuple(name for name in PRESETS if name != "neutral")


@dataclass(frozen=True, slots=True)
class _Edit:
    """A constant expression, as the pipeline takes it."""

    expression: AUVector

    def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
        return self.expression


def draw_pairs(data: Path, model: Path, pictures: int, seed: int = 0) -> int:
    """Add edited pictures to the training split of a labelled dataset; returns how many.

    Args:
        data: the dataset of one person.
        model: bundle that edits.
        pictures: of the person that are edited, chosen evenly over the split.
        seed: of the expressions.
    """
    split = data / "train"
    table = read_cells(split / TABLE_NAME, ("file_name", "identity", *AU_COLUMNS))
    labelled = [row for row in table.rows if row[AU_COLUMNS[0]] and row.get("kind") != KIND]
    chosen = [labelled[index] for index in np.unique(np.linspace(0, len(labelled) - 1, pictures).astype(int))]
    rendered: list[dict[str, str]] = []
    with (
        open_pipeline(PipelineSettings(model), "image") as pipeline,
        progress_bar("Drawing pairs", len(chosen) * EDITS) as report,
    ):
        for number, row in enumerate(chosen):
            frame = Frame(read_photo(split / row["file_name"]).shown(), Fraction(0), 0)
            own = AUVector(np.array([float(row[column]) for column in AU_COLUMNS], np.float32))
            row["group"] = row["file_name"]
            for place, expression in enumerate(expressions(own, number, seed)):
                name = f"{Path(row['file_name']).stem}_edit{place}.jpg"
                write_photo(split / name, pipeline.process([frame], _Edit(expression))[0].frame.pixels, overwrite=True)
                rendered.append({"file_name": name, "identity": row["identity"], "group": row["group"], "kind": KIND})
                rendered[-1] |= _cells(expression)
                report(len(rendered))
    kept = [row for row in table.rows if row.get("kind") != KIND]
    columns = dict.fromkeys((*table.columns, "group", "kind"))
    write_cells(split / TABLE_NAME, list(columns), [*kept, *rendered])
    return len(rendered)


def expressions(own: AUVector, number: int, seed: int) -> Iterator[AUVector]:
    """The expressions for one picture: presets of various strength, and single action units on top of its own.

    Args:
        own: what the picture shows.
        number: of the picture; from one to the next, all action units have their turn.
        seed: of strengths.
    """
    rng = array_generator(seed, number)
    for place in range(_PRESETS_EACH):
        name = _PRESET_NAMES[(number * _PRESETS_EACH + place) % len(_PRESET_NAMES)]
        yield interpolate_expression(own, PRESETS[name], float(rng.uniform(0.5, 1)))
    singles = EDITS - _PRESETS_EACH
    for place in range(singles):
        unit = AU_NUMBERS[(number * singles + place) % len(AU_NUMBERS)]
        strong = own[unit] > 2.5  # an expression that is there already is taken away
        yield own.with_intensities({unit: float(rng.uniform(0, 0.5) if strong else rng.uniform(2.5, 5))})


def _cells(expression: AUVector) -> dict[str, str]:
    values: Sequence[float] = expression.values.tolist()
    return {column: f"{value:.3f}" for column, value in zip(AU_COLUMNS, values, strict=True)}
