"""A driver's performance, ready to be shown by another face."""

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np

from engine.action_units import MAX_INTENSITY
from engine.analysis import Neutral, observe_source, read_expressions
from engine.analysis.calibration import neutral_shown
from engine.analysis.observing import ReportFrames
from engine.controls import Controls, DrivenPlan, DriverExpression
from engine.curves import AUCurves, read_csv
from engine.errors import MediaError, ProjectError
from engine.faces.expression import ExpressionEstimator
from engine.media import WHOLE, Excerpt, Span, VideoInfo, open_source

CSV_SUFFIX: Final = ".csv"
_STRONGEST_PERCENT: Final = 98
"""A driver's strongest is what it exceeds in 2 % of the frames only, so that a single one decides nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """What a driver does.

    Attributes:
        curves: how far the driver is from its own neutral face, on the driver's clock.
        clip: the video that the curves were read in, None for curves from a file.
    """

    curves: AUCurves
    clip: VideoInfo | None = None

    def at(self, time: Fraction) -> DriverExpression:
        """Return what the driver shows at `time`; where its face is lost, it fades out and in again."""
        return DriverExpression(self.curves.sample(time), self.curves.presence(time))

    def delayed(self, by: Fraction) -> "Performance":
        """The same performance, `by` seconds later."""
        return dataclasses.replace(self, curves=self.curves.delayed(by))

    def plan(self, controls: Controls) -> DrivenPlan:
        """Return the plan for the pipeline; AUs that were not measured in the driver follow the source.

        Where the driver is added to the face's own expression, that is held low enough for the driver's strongest to
        fit into 0..5: a portrait that smiles fully could otherwise show nothing of the driver's smile.

        Raises:
            ProjectError: none of the AUs that shall be driven was measured.
        """
        driven = {number: gain for number, gain in controls.driven.items() if number in self.curves.aus}
        if controls.driven and not driven:
            missing = ", ".join(f"AU{number}" for number in controls.driven)
            raise ProjectError(
                f"The driver's curves have no {missing}.",
                f"They have {', '.join(f'AU{number}' for number in self.curves.aus)}.",
            )
        own_share = {number: self._room(number, gain) for number, gain in driven.items()} | dict(controls.own_share)
        return DrivenPlan(dataclasses.replace(controls, driven=driven, own_share=own_share), self.at)

    def _room(self, number: int, gain: float) -> float:
        """The most that a face may show of AU `number` by itself, for what the driver adds to stay within 0..5."""
        added = gain * self.curves.of(number)[self.curves.success]
        strongest = float(np.clip(np.percentile(added, _STRONGEST_PERCENT), 0.0, MAX_INTENSITY))
        return MAX_INTENSITY - strongest


def read_performance(
    path: Path,
    neutral: Neutral,
    report: ReportFrames | None = None,
    smoothing: float = 1.0,
    span: Span = WHOLE,
) -> Performance:
    """Read a performance from a clip, or from curves in a CSV file.

    Args:
        path: a video, numbered pictures, or a file that ends with ".csv".
        neutral: where the driver's face at rest is found. For curves, a time in seconds: the expression there counts as
            neutral; otherwise they are taken as they are.
        report: called as a clip is read.
        smoothing: of a clip's expressions, as for `read_expressions`; curves are left as they are.
        span: the part to read; the performance starts at its beginning. The face at rest may lie outside it.

    Raises:
        MediaError, ProjectError: it cannot be read, or shows no face.
    """
    if path.suffix.lower() == CSV_SUFFIX:
        curves = _from_rest(read_csv(path), neutral)
        begin = span.start or Fraction(0)
        return Performance(curves if span.is_whole else curves.within(begin, span.end).delayed(-begin))
    with open_source(path) as source:
        part = Excerpt(source, span)
        info, begin = part.info, part.first.time
    if info.is_still:
        raise MediaError(f"{path.name} is a photo, which performs nothing.", "Choose a video or curves as the driver.")
    if isinstance(neutral, Fraction) and not span.is_whole:
        neutral = neutral_shown(path, neutral)
    curves = read_expressions(observe_source(path, report, span), ExpressionEstimator(), neutral, smoothing)
    return Performance(curves.delayed(-begin), info)


def _from_rest(curves: AUCurves, neutral: Neutral) -> AUCurves:
    curves.seen()  # refuses curves without a face
    if isinstance(neutral, Path):
        raise ProjectError("A photo cannot be the neutral face of curves.", "Give a time in seconds, or none.")
    return curves.relative_to(curves.sample(neutral)) if isinstance(neutral, Fraction) else curves
