"""A drawn face: frames of any size, the landmarks the compositor uses, and what a generator would make of it."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from engine.compositor import GeneratedPair
from engine.compositor.regions import BROWS, CHIN, EYES, FACE_OVAL, INNER_LIPS, LIPS, NOSE, NOSE_BASE, NOSE_BRIDGE
from engine.faces.alignment import warp_crop
from engine.types import Affine, AlignedFace, FaceTrack, FloatArray, HeadPose, RGBImage

SIZE = 128
SKIN = (205, 165, 140)
IRIS = (50, 40, 35)
LIP = (165, 85, 85)
MOUTH = (45, 15, 15)
CHEEKS = (205, 425)
BACKGROUND = (90, 110, 130)
EYE_CENTRES = ((44.5, 42.5), (82.5, 42.5))
EYE_HALF = np.array([9.0, 3.6])
MOUTH_Y = 84.0
_ORDERED_OVAL = np.linspace(0, 2 * np.pi, len(FACE_OVAL), endpoint=False)


@dataclass(frozen=True)
class Expression:
    """What the drawn face does, in crop pixels; `closure` 0..1."""

    jaw_px: float = 0.0
    closure: float = 0.0
    smile_px: float = 0.0
    mouth_shift_px: float = 0.0


@dataclass(frozen=True)
class DrawnFace:
    """Draws at `scale` frame pixels a crop pixel, with the crop's corner at `origin` (frame pixels)."""

    scale: float = 2.0
    origin: tuple[float, float] = (30.0, 20.0)
    frame_size: tuple[int, int] = (320, 330)
    texture: float = 6.0

    @property
    def frame_to_crop(self) -> Affine:
        linear = np.eye(2) / self.scale
        return np.column_stack([linear, -linear @ np.array(self.origin)])

    def frame(self, expression: Expression = Expression()) -> RGBImage:
        """Draw the frame, uint8 [H, W, 3]."""
        width, height = self.frame_size
        canvas = np.full((height, width, 3), BACKGROUND, np.uint8)
        self._draw(canvas, expression)
        noise = np.random.default_rng(7).normal(0, self.texture, canvas.shape)
        return np.clip(canvas + noise, 0, 255).astype(np.uint8)

    def face(self, expression: Expression = Expression()) -> AlignedFace:
        """The aligned face of `frame(expression)`."""
        in_frame = landmarks(expression) * self.scale + np.array(self.origin)
        return aligned(self.frame(expression), in_frame.astype(np.float32), self.frame_to_crop)

    def generated(
        self, source: Expression, target: Expression, blur_px: float = 1.5, gain: tuple[float, float, float] = (1, 1, 1)
    ) -> GeneratedPair:
        """Both pictures as a generator would draw them: blurred, without texture, and in other colours."""
        plain = replace(self, scale=4.0, origin=(1.5, 1.5), frame_size=(4 * SIZE, 4 * SIZE), texture=0.0)
        pictures = []
        for expression in (source, target):
            small = cv2.resize(plain.frame(expression), (SIZE, SIZE), interpolation=cv2.INTER_AREA)
            soft = cv2.GaussianBlur(small.astype(np.float32) / 255, (0, 0), blur_px)
            pictures.append(np.clip(soft * np.array(gain, np.float32), 0, 1).astype(np.float32))
        return GeneratedPair(pictures[0], pictures[1])

    def _draw(self, canvas: RGBImage, expression: Expression) -> None:
        def fill(points: FloatArray, colour: tuple[int, int, int]) -> None:
            pixels = np.round((points * self.scale + np.array(self.origin)) * 16).astype(np.int32)
            cv2.fillPoly(canvas, [pixels], colour, cv2.LINE_AA, 4)

        points = landmarks(expression)
        fill(points[list(FACE_OVAL)], SKIN)
        for eye in EYES:
            upper, lower = points[list(eye.upper)], points[list(eye.lower)]
            brow = _brow(upper)
            fill(brow, IRIS)
            margin = upper + expression.closure * (lower - upper)
            fill(np.concatenate([margin, lower[::-1]]), (235, 235, 235))
            middle = len(upper) // 2
            pupil = np.concatenate([margin[middle - 1 : middle + 2], lower[middle - 1 : middle + 2][::-1]])
            fill(pupil, IRIS)
            fill(np.concatenate([margin - [0, 0.9], margin[::-1]]), IRIS)
        fill(points[list(LIPS)], LIP)
        fill(np.concatenate([points[list(INNER_LIPS.upper)], points[list(INNER_LIPS.lower)][::-1]]), MOUTH)


def landmarks(expression: Expression = Expression()) -> FloatArray:
    """Landmarks [478, 2] in crop pixels; those that the compositor does not use lie in the middle."""
    points = np.full((478, 2), (63.5, 63.5))
    oval = np.column_stack([63.5 + 40 * np.sin(_ORDERED_OVAL), 62 - 46 * np.cos(_ORDERED_OVAL)])
    oval[:, 1] += expression.jaw_px * 0.6 * np.clip((oval[:, 1] - 80) / 28, 0, 1)
    points[list(FACE_OVAL)] = oval
    points[CHIN] = oval[FACE_OVAL.index(CHIN)]
    points[list(NOSE)] = np.column_stack([63.5 + 6 * np.sin(np.arange(len(NOSE))), np.linspace(48, 70, len(NOSE))])
    points[NOSE_BRIDGE], points[NOSE_BASE] = (63.5, 40), (63.5, 70)
    points[list(CHEEKS)] = (44, 74), (83, 74)
    t = np.linspace(-1, 1, 9)
    for eye, centre in zip(EYES, EYE_CENTRES, strict=True):
        for edge, side in ((eye.upper, -1), (eye.lower, 1)):
            points[list(edge)] = np.array(centre) + EYE_HALF * np.column_stack([t, side * (1 - t * t)])
    for brow, eye in zip(BROWS, EYES, strict=True):
        points[list(brow)] = _brow(points[list(eye.upper)])[[0, 2, 4, 6, 8, 9, 11, 13, 15, 17]]
    _place_mouth(points, expression)
    return points.astype(np.float32)


def _brow(upper_lid: FloatArray) -> FloatArray:
    """Outline [18, 2] of the brow above a lid [9, 2]."""
    return np.concatenate([upper_lid - [0, 13], upper_lid[::-1] - [0, 10.5]])


def _place_mouth(points: FloatArray, expression: Expression) -> None:
    half = 15 + expression.smile_px
    t = np.linspace(-1, 1, 11)
    arch = 1 - t * t
    x = 63.5 + half * t
    y = MOUTH_Y + expression.mouth_shift_px - 0.5 * expression.smile_px * t * t
    lower = y + expression.jaw_px * (0.36 + 0.64 * arch) - 0.36 * expression.jaw_px * (1 - t**4)
    points[list(INNER_LIPS.upper)] = np.column_stack([x, y])
    points[list(INNER_LIPS.lower)] = np.column_stack([x, np.maximum(lower, y + 0.6 * arch)])
    points[list(LIPS[:11])] = np.column_stack([x, np.maximum(lower, y) + 6 * arch])
    points[list(LIPS[11:])] = np.column_stack([x, y - 4 * arch])[9:0:-1]


def aligned(frame: RGBImage, landmarks_px: FloatArray, frame_to_crop: Affine) -> AlignedFace:
    """A face from its parts, as the aligner makes it."""
    points = np.column_stack([landmarks_px, np.zeros(len(landmarks_px))]).astype(np.float32)
    left, top = (float(edge) for edge in points[:, :2].min(axis=0))
    right, bottom = (float(edge) for edge in points[:, :2].max(axis=0))
    track = FaceTrack(0, points, (left, top, right, bottom), HeadPose(0, 0, 0), 1.0)
    return AlignedFace(track, frame_to_crop, warp_crop(frame, frame_to_crop, SIZE))
