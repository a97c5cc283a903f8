"""A face as it was read in one frame, and the parts in which smoothing it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.action_units import AUVector
from engine.faces.face_track import face_track
from engine.faces.pose import fit_head
from engine.types import FaceTrack, FloatArray

Vectors = NDArray[np.floating[Any]]
"""Vectors along the last axis."""


@dataclass(frozen=True, slots=True, eq=False)
class FaceReading:
    """A face and its expression in one frame.

    Attributes:
        track: the face.
        source: its expression, u_source.
        weight: 0..1, how much of an edit it shall get: less than 1 while it comes, goes, or is turned away.
        is_selected: whether it is one of those to edit; where it no longer is, the weight falls to 0.
    """

    track: FaceTrack
    source: AUVector
    weight: float = 1.0
    is_selected: bool = True

    def with_parts(self, parts: "FaceParts") -> "FaceReading":
        """The same face with the place, pose, shape and expression of `parts`."""
        track = face_track(self.track.id, parts.landmarks_px(), self.track.confidence)
        return replace(self, track=track, source=AUVector(parts.intensities[:, 0]).clipped())


@dataclass(frozen=True, slots=True, eq=False)
class FaceParts:
    """A face split into the motion of its head, its shape in the head's own frame, and its expression.

    So a turn of the head does not loosen the smoothing of a face at rest, nor does a blink loosen that of the head.

    Attributes:
        unit_px: eye distance in pixels by which positions are divided; the same for all frames that are compared.
        origin: float64 [3], the point between the eyes, over `unit_px`.
        log_scale: float64 [1], natural logarithm of the eye distance in pixels.
        rotation: float64 [9], the head's rotation matrix.
        points: float64 [478, 3], landmarks in the head's frame.
        intensities: float64 [17, 1].
    """

    unit_px: float
    origin: Vectors
    log_scale: Vectors
    rotation: Vectors
    points: Vectors
    intensities: Vectors

    @classmethod
    def of(cls, reading: FaceReading) -> "FaceParts":
        """Split a face; the unit is its own eye distance."""
        landmarks_px = reading.track.landmarks_px
        fit = fit_head(landmarks_px)
        return cls(
            unit_px=float(fit.scale_px),
            origin=fit.origin_px / fit.scale_px,
            log_scale=np.log(fit.scale_px)[None],
            rotation=fit.rotation.ravel(),
            points=fit.to_head(landmarks_px),
            intensities=reading.source.values[:, None].astype(np.float64),
        )

    def in_unit(self, unit_px: float) -> "FaceParts":
        """The same face, its position in another unit."""
        return replace(self, unit_px=unit_px, origin=self.origin * (self.unit_px / unit_px))

    def all_parts(self) -> tuple[Vectors, ...]:
        """Origin, logarithm of the scale, rotation, points, intensities."""
        return self.origin, self.log_scale, self.rotation, self.points, self.intensities

    def changed(self, change: Callable[[int, Vectors], Vectors]) -> "FaceParts":
        """A copy with each part, counted from 0 in the order of `all_parts`, replaced by what `change` makes of it."""
        return FaceParts(self.unit_px, *(change(index, part) for index, part in enumerate(self.all_parts())))

    def landmarks_px(self) -> FloatArray:
        """Put the face together: float32 [478, 3], in frame pixels."""
        u, _, vt = np.linalg.svd(self.rotation.reshape(3, 3))
        scaled = float(np.exp(self.log_scale[0])) * self.points
        return np.asarray(scaled @ (u @ vt).T + self.unit_px * self.origin, np.float32)
