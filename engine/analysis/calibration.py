"""Whose face is it, and how does it look at rest: the reference that intensities are measured from."""

from fractions import Fraction
from pathlib import Path
from typing import Literal, TypeAlias

from engine.analysis.observing import Observations
from engine.errors import MediaError
from engine.faces.calibration import NeutralCalibration
from engine.faces.expression import ExpressionEstimator, NeutralFace
from engine.faces.landmarker import FaceLandmarker
from engine.media import Excerpt, Span, open_source, read_photo
from engine.types import FaceTrack

Neutral: TypeAlias = Literal["auto", "none"] | Path | Fraction | NeutralFace
"""Where the person's face at rest is found: learnt from the calmest pictures of one person, nowhere (every picture is
read by itself), in a photo, or in the medium at a time in seconds; or that face itself."""


def learnt_neutral(estimator: ExpressionEstimator, observations: Observations) -> NeutralFace:
    """A person's face at rest, from the calmest of the pictures."""
    calibration = NeutralCalibration(estimator)
    for time, track in zip(observations.times, observations.tracks, strict=True):
        if track is not None:
            calibration.observe(track, time)
    calibration.settle()
    if calibration.neutral is None:  # turned away all the time
        return estimator.guess_neutral(observations.faces)
    return calibration.neutral


def calibrated(estimator: ExpressionEstimator, observations: Observations, neutral: Neutral) -> ExpressionEstimator:
    """Return the estimator to read `observations` with.

    Raises:
        MediaError: the photo or the moment that should show the face at rest shows none.
    """
    match neutral:
        case "none":
            return estimator
        case "auto":
            return estimator.with_neutral(learnt_neutral(estimator, observations))
        case Fraction():
            return estimator.with_neutral(NeutralFace.measured([_face_at(observations, neutral)]))
        case Path():
            return estimator.with_neutral(NeutralFace.measured([_face_in(neutral)]))
        case NeutralFace():
            return estimator.with_neutral(neutral)


def neutral_shown(path: Path, time: Fraction) -> NeutralFace:
    """The face at rest that a clip shows at `time` seconds, whatever part of the clip is observed.

    Raises:
        MediaError: the clip cannot be read, or shows no face then.
    """
    with open_source(path) as source:
        frame = next(iter(Excerpt(source, Span(time)).frames()))
    with FaceLandmarker("image") as landmarker:
        tracks = landmarker.detect(frame.pixels)
    if not tracks:
        raise _no_face_at(time)
    return NeutralFace.measured(tracks[:1])


def _face_at(observations: Observations, time: Fraction) -> FaceTrack:
    """The face in the picture nearest to a time."""
    if not observations.times[0] <= time <= observations.times[-1] + 1:
        raise MediaError(
            f"The neutral face cannot be at {float(time):g} s: the pictures run from "
            f"{float(observations.times[0]):g} s to {float(observations.times[-1]):g} s.",
            "Choose a time within them.",
        )
    index = min(range(len(observations.times)), key=lambda row: abs(observations.times[row] - time))
    track = observations.tracks[index]
    if track is None:
        raise _no_face_at(time)
    return track


def _no_face_at(time: Fraction) -> MediaError:
    return MediaError(f"No face was found at {float(time):g} s.", "Choose another time for the neutral face.")


def _face_in(photo: Path) -> FaceTrack:
    with FaceLandmarker("image") as landmarker:
        tracks = landmarker.detect(read_photo(photo).shown())
    if not tracks:
        raise MediaError(f"No face was found in {photo.name}.", "Choose another photo of the neutral face.")
    return tracks[0]
