"""Action-unit intensities of real faces, estimated from their landmarks.

The landmarks are brought into the head's own frame, without position, size and rotation; a small network, trained by
`trainer.estimator`, reads the intensities from what is left. One face alone cannot tell a low brow from a lowered one:
knowing the person's neutral face makes the estimate far better. It is measured where a neutral picture exists, and
guessed from any number of pictures of the person where none does.
"""

import copy
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from engine.action_units import AUVector
from engine.errors import ModelError
from engine.faces import topology
from engine.faces.pose import fit_head
from engine.native_logging import quiet_native_libraries
from engine.types import FaceTrack, FloatArray

with quiet_native_libraries():
    import onnxruntime

ESTIMATOR_FOLDER: Final = Path(__file__).resolve().parents[2] / "assets" / "models" / "au-estimator"
CARD_NAME: Final = "card.json"
INTENSITY_NETWORK: Final = "intensities.onnx"
NEUTRAL_NETWORK: Final = "neutral.onnx"
FORMAT_VERSION: Final = 1
_REMEDY: Final = "Restore the folder, or train it anew with `python -m trainer estimator`."

EXPRESSION_LANDMARKS: Final = tuple(
    sorted(
        {
            *(*topology.LEFT_EYE, *topology.LEFT_IRIS, *topology.LEFT_BROW, *topology.LEFT_LOWER_LID),
            *(*topology.RIGHT_EYE, *topology.RIGHT_IRIS, *topology.RIGHT_BROW, *topology.RIGHT_LOWER_LID),
            *(*topology.LEFT_CHEEK, *topology.LEFT_NOSE, *topology.RIGHT_CHEEK, *topology.RIGHT_NOSE),
            *(*topology.OUTER_LIPS, *topology.INNER_LIPS, *topology.MIDLINE, *topology.FACE_OVAL),
        }
    )
)
"""The landmarks that the networks read, in their order."""

_EXPRESSION_INDICES: Final = np.array(EXPRESSION_LANDMARKS)


def expression_points(landmarks_px: NDArray[np.floating[Any]]) -> FloatArray:
    """Bring the `EXPRESSION_LANDMARKS` of faces [..., 478, 3] (frame pixels) into the heads' frames: [..., L, 3]."""
    points = fit_head(landmarks_px).to_head(landmarks_px.take(_EXPRESSION_INDICES, axis=-2))
    return np.asarray(points, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class NeutralFace:
    """A person's face at rest.

    Attributes:
        points: float32 [L, 3], as `expression_points` gives them.
    """

    points: FloatArray

    @classmethod
    def measured(cls, tracks: Sequence[FaceTrack]) -> "NeutralFace":
        """The mean of one or more pictures in which the person shows no expression."""
        return cls(_stacked_points(tracks).mean(axis=0))


class ExpressionEstimator:
    """Estimates the 17 intensities of faces. Any thread may use it.

    Args:
        folder: holds the networks and their card.

    Raises:
        ModelError: the folder is incomplete, damaged, or made for another version of the program.
    """

    def __init__(self, folder: Path = ESTIMATOR_FOLDER) -> None:
        self._networks = _load_networks(folder)
        self._neutral: NeutralFace | None = None

    def with_neutral(self, neutral: NeutralFace) -> Self:
        """An estimator for the one person whose face at rest is `neutral`; it shares this one's networks."""
        calibrated = copy.copy(self)
        calibrated._neutral = neutral
        return calibrated

    def estimate(
        self, tracks: Sequence[FaceTrack], neutrals: Sequence[NeutralFace | None] | None = None
    ) -> tuple[AUVector, ...]:
        """The intensities of each face, 0..5.

        Args:
            tracks: the faces.
            neutrals: for each face, its person's face at rest where that is known; by default the one given to
                `with_neutral`.
        """
        if not tracks:
            return ()
        if neutrals is None:
            neutrals = [self._neutral] * len(tracks)
        intensities = self._run(_stacked_points(tracks), neutrals)
        return tuple(AUVector(values) for values in intensities)

    def action(self, points: FloatArray, neutral: NeutralFace) -> FloatArray:
        """How much a person acts, the sum of the 17 intensities, in each of many pictures: float32 [N].

        Args:
            points: float32 [N, L, 3], as `expression_points` gives them.
            neutral: the person's face at rest.
        """
        return np.asarray(self._run(points, [neutral] * len(points)).sum(axis=-1))

    def _run(self, points: FloatArray, neutrals: Sequence[NeutralFace | None]) -> FloatArray:
        at_rest = np.zeros_like(points)
        for row, neutral in enumerate(neutrals):
            if neutral is not None:
                at_rest[row] = neutral.points
        known = np.array([[neutral is not None] for neutral in neutrals], np.float32)
        (intensities,) = self._networks.intensities.run(
            None, {"points": points, "neutral": at_rest, "calibrated": known}
        )
        return np.asarray(intensities, np.float32)

    def guess_neutral(self, tracks: Sequence[FaceTrack]) -> NeutralFace:
        """Guess a person's face at rest from one or more pictures of it, the more varied in expression the better."""
        (neutrals,) = self._networks.neutral.run(None, {"points": _stacked_points(tracks)})
        return NeutralFace(neutrals.mean(axis=0))


def _stacked_points(tracks: Sequence[FaceTrack]) -> FloatArray:
    return expression_points(np.stack([track.landmarks_px for track in tracks]))


@dataclass(frozen=True, slots=True)
class _Networks:
    """Sessions of ONNX Runtime, which any thread may run."""

    intensities: Any
    neutral: Any


def _load_networks(folder: Path) -> _Networks:
    contents = []
    try:
        card = json.loads((folder / CARD_NAME).read_text(encoding="utf-8"))
        version = card["format_version"]
        for name in (INTENSITY_NETWORK, NEUTRAL_NETWORK):
            contents.append((folder / name, (folder / name).read_bytes(), card["files"][name]["sha256"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"The expression estimator in {folder} cannot be read: {error}.", _REMEDY) from error
    if version != FORMAT_VERSION:
        raise ModelError(
            f"The expression estimator in {folder} has format version {version}; this program reads {FORMAT_VERSION}.",
            _REMEDY,
        )
    for path, content, expected in contents:
        if hashlib.sha256(content).hexdigest() != expected:
            raise ModelError(f"{path} is damaged: its SHA-256 is not the one on the card.", _REMEDY)
    return _Networks(*(_open_session(content) for _, content, _ in contents))


def _open_session(network: bytes) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    with quiet_native_libraries():
        return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
