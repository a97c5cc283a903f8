"""MediaPipe's Face Landmarker as face tracks in frame pixels."""

import zipfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

import numpy as np

from engine.errors import ModelError, PipelineError
from engine.faces.face_track import face_track
from engine.faces.search import Window, distinct_faces, is_plausible, windows, with_smaller_faces
from engine.native_logging import quiet_native_libraries
from engine.types import FaceTrack, FloatArray, RGBImage

with quiet_native_libraries():
    import mediapipe as mp
    from mediapipe.tasks.python import BaseOptions, vision

MODEL_PATH: Final = Path(__file__).resolve().parents[2] / "assets" / "models" / "face_landmarker.task"
LANDMARK_COUNT: Final = 478
_REMEDY: Final = "Build it anew with packaging/build_face_landmarker.py."


class FaceLandmarker:
    """Finds faces and their 478 landmarks. Owned by one thread; `close` it, or use it in a `with` block.

    Args:
        mode: "image" looks at every picture afresh, and part by part where it finds no face at once; "video" follows
            the faces of the previous frame, which is faster and steadier.
        max_faces: the most faces reported. In video mode, 1 avoids detecting anew in every frame.
        model: the Tasks bundle.
        least_confidence: 0..1, how sure the detector must be of a face before its landmarks are sought and judged.

    Raises:
        ModelError: the model is missing or damaged.
    """

    def __init__(
        self,
        mode: Literal["image", "video"],
        max_faces: int = 1,
        model: Path = MODEL_PATH,
        least_confidence: float = 0.5,
    ) -> None:
        _check_bundle(model)
        self._video = mode == "video"
        self._max_faces = max_faces
        options = vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(model)),
            running_mode=vision.RunningMode.VIDEO if self._video else vision.RunningMode.IMAGE,
            num_faces=max_faces,
            min_face_detection_confidence=least_confidence,
        )
        try:
            with quiet_native_libraries():
                self._landmarker = vision.FaceLandmarker.create_from_options(options)
        except (RuntimeError, ValueError) as error:
            raise ModelError(f"The face landmark model {model} cannot be loaded: {error}.", _REMEDY) from error
        self._last_timestamp_ms = -1

    def detect(self, pixels: RGBImage, time: Fraction = Fraction(0)) -> tuple[FaceTrack, ...]:
        """Find the faces of one picture.

        Args:
            pixels: uint8 [H, W, 3] RGB.
            time: presentation time in seconds; must rise in video mode.

        Returns:
            The faces, none to `max_faces`, largest first, with ids in that order.
        """
        faces = self.find(pixels, time)
        if not faces and not self._video:
            faces = self.search(pixels)
        return tuple(face_track(index, points) for index, points in enumerate(faces[: self._max_faces]))

    def detect_closely(self, pixels: RGBImage) -> tuple[FaceTrack, ...]:
        """Find small faces beside large ones, too: every part is looked at, whatever the whole picture shows.

        For image mode. Takes a tenth of a second where `detect` takes a hundredth.

        Returns:
            As `detect` does.
        """
        height, width = pixels.shape[:2]
        faces = self.find(pixels)
        for level in windows(width, height):
            found = [face for window in level for face in self.find_within(pixels, window) if is_plausible(face)]
            faces = with_smaller_faces(faces, found)
        return tuple(face_track(index, points) for index, points in enumerate(faces[: self._max_faces]))

    def find(self, pixels: RGBImage, time: Fraction = Fraction(0)) -> list[FloatArray]:
        """Look once at a picture: the landmarks, float32 [478, 3] in its pixels, of each face found, largest first.

        Args:
            pixels, time: as for `detect`.
        """
        height, width = pixels.shape[:2]
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(pixels))
        try:
            if self._video:
                # The tracker wants strictly rising whole milliseconds; closer frames are told apart by counting on.
                self._last_timestamp_ms = max(self._last_timestamp_ms + 1, round(time * 1000))
                result = self._landmarker.detect_for_video(image, self._last_timestamp_ms)
            else:
                result = self._landmarker.detect(image)
        except (RuntimeError, ValueError) as error:
            raise PipelineError(f"The face landmarker failed: {error}.", stage="detect") from error
        faces = [_landmarks_px(points, width, height) for points in result.face_landmarks]
        return sorted(faces, key=lambda points: -float(np.ptp(points[:, 0]) * np.ptp(points[:, 1])))

    def find_within(self, pixels: RGBImage, window: Window) -> list[FloatArray]:
        """Look at one part of a picture; the landmarks are in the whole picture's pixels."""
        left, top, side = window
        found = self.find(pixels[top : top + side, left : left + side])
        return [face + np.array([left, top, 0], np.float32) for face in found]

    def search(self, pixels: RGBImage) -> list[FloatArray]:
        """Look for small faces part by part, largest parts first, until some are found."""
        height, width = pixels.shape[:2]
        for level in windows(width, height):
            found = [face for window in level for face in self.find_within(pixels, window)]
            if found:
                return distinct_faces(found)
        return []

    def close(self) -> None:
        """Free the native landmarker; the object cannot be used afterwards."""
        self._landmarker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _check_bundle(model: Path) -> None:
    """Refuse a file that is no bundle before MediaPipe does, which would leave a worker thread behind."""
    if not model.is_file():
        raise ModelError(f"The face landmark model {model} is missing.", _REMEDY)
    if not zipfile.is_zipfile(model):
        raise ModelError(f"The face landmark model {model} is damaged.", _REMEDY)


def _landmarks_px(points: Sequence[object], width: int, height: int) -> FloatArray:
    normalised = np.array([(p.x, p.y, p.z) for p in points], dtype=np.float32)  # type: ignore[attr-defined]
    # MediaPipe's z has the scale of x. Normalised coordinates start at the corner; here, pixel centres are at integers.
    return normalised * np.array([width, height, width], np.float32) - np.array([0.5, 0.5, 0.0], np.float32)
