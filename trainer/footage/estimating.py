"""Intensities from the estimator that comes with the program, calibrated on each person.

The person's neutral face is measured on pictures that the table calls neutral (`kind` is `neutral_real`), or guessed
from all pictures of the person.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from engine.errors import MediaError
from engine.faces.expression import ExpressionEstimator, NeutralFace
from engine.faces.landmarker import FaceLandmarker
from engine.media import read_photo
from engine.terminal.progress import progress_bar
from engine.types import FaceTrack, FloatArray
from trainer.footage.looking import as_they_end, processes

NEUTRAL_KIND: Final = "neutral_real"
_CHUNK: Final = 32
_GUESSED_FROM: Final = 128
"""Pictures from which a neutral face is guessed; more do not change it."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture to be labelled.

    Attributes:
        path: the file.
        identity: the person.
        is_neutral: the person is known to show no expression.
    """

    path: Path
    identity: str
    is_neutral: bool


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """What was estimated.

    Attributes:
        intensities: float32 [17] in 0..5, by path.
        without_face: pictures in which no face was found.
        unreadable: pictures that cannot be read.
        guessed_from_one: people whose neutral face was guessed from a single picture.
    """

    intensities: Mapping[Path, FloatArray]
    without_face: tuple[Path, ...]
    unreadable: tuple[Path, ...]
    guessed_from_one: tuple[str, ...]


def estimate(portraits: Sequence[Portrait], workers: int = 0) -> Estimates:
    """Estimate the intensities of pictures, person by person.

    Args:
        portraits: the pictures; the more of a person, the better.
        workers: processes that find landmarks; 0 takes one a core.
    """
    tracks: dict[Path, FaceTrack] = {}
    without_face: list[Path] = []
    unreadable: list[Path] = []
    for path, found in _landmarks([portrait.path for portrait in portraits], workers):
        if isinstance(found, FaceTrack):
            tracks[path] = found
        else:
            (unreadable if found else without_face).append(path)
    people: dict[str, list[Portrait]] = defaultdict(list)
    for portrait in portraits:
        if portrait.path in tracks:
            people[portrait.identity].append(portrait)
    estimator = ExpressionEstimator()
    intensities: dict[Path, FloatArray] = {}
    from_one = []
    for name, own in people.items():
        neutral = [tracks[portrait.path] for portrait in own if portrait.is_neutral]
        if not neutral and len(own) == 1:
            from_one.append(name)
        calibrated = estimator.with_neutral(_neutral_face(estimator, neutral, [tracks[item.path] for item in own]))
        for portrait, vector in zip(own, calibrated.estimate([tracks[item.path] for item in own]), strict=True):
            intensities[portrait.path] = vector.clipped().values
    return Estimates(intensities, tuple(without_face), tuple(unreadable), tuple(sorted(from_one)))


def _neutral_face(
    estimator: ExpressionEstimator, neutral: Sequence[FaceTrack], tracks: Sequence[FaceTrack]
) -> NeutralFace:
    if neutral:
        return NeutralFace.measured(neutral)
    chosen = np.linspace(0, len(tracks) - 1, min(len(tracks), _GUESSED_FROM)).astype(int)
    return estimator.guess_neutral([tracks[index] for index in chosen])


def _landmarks(paths: Sequence[Path], workers: int) -> Iterator[tuple[Path, FaceTrack | str]]:
    """Each picture's face; "" where it shows none, and why it cannot be read where it cannot."""
    chunks = [tuple(paths[first : first + _CHUNK]) for first in range(0, len(paths), _CHUNK)]
    count = max(1, min(workers or os.cpu_count() or 1, len(chunks)))
    with processes(count) as pool, progress_bar("Finding landmarks", len(paths)) as report:
        done = 0
        for chunk, found in as_they_end(pool, _find, chunks):
            yield from zip(chunk, found, strict=True)
            report(done := done + len(chunk))


def _find(paths: Sequence[Path]) -> list[FaceTrack | str]:
    with FaceLandmarker("image") as landmarker:
        return [_find_one(path, landmarker) for path in paths]


def _find_one(path: Path, landmarker: FaceLandmarker) -> FaceTrack | str:
    try:
        tracks = landmarker.detect(read_photo(path).shown())
    except MediaError as error:
        return error.message
    return tracks[0] if tracks else ""
