"""What is read off pictures, real ones and edited ones alike: where the face lies, its expression, whose it is."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from types import TracebackType
from typing import Self

import numpy as np

from engine.action_units import AU_COUNT
from engine.faces.expression import ExpressionEstimator, NeutralFace
from engine.faces.landmarker import FaceLandmarker
from engine.types import FaceTrack, FloatArray, RGBImage
from trainer.evaluation.verification import Verifier


class FaceReader:
    """Reads many pictures, on all cores. Owned by one thread; use it in a `with` block.

    Args:
        verifier: tells people apart, where given.

    Attributes:
        verifier: as above.
    """

    def __init__(self, verifier: Verifier | None = None) -> None:
        self.verifier = verifier
        self._estimator = ExpressionEstimator()
        workers = max(1, os.cpu_count() or 1)
        with ExitStack() as stack:
            self._landmarkers = [stack.enter_context(FaceLandmarker("image")) for _ in range(workers)]
            self._threads = stack.enter_context(ThreadPoolExecutor(workers, "reader"))
            self._stack = stack.pop_all()

    def find(self, pictures: Sequence[RGBImage]) -> list[FaceTrack | None]:
        """The largest face of each picture, uint8 [H, W, 3] RGB; None where there is none."""

        def find_share(worker: int) -> list[FaceTrack | None]:
            landmarker = self._landmarkers[worker]
            return [next(iter(landmarker.detect(pixels)), None) for pixels in pictures[worker::workers]]

        workers = len(self._landmarkers)
        found: list[FaceTrack | None] = [None] * len(pictures)
        for worker, share in enumerate(self._threads.map(find_share, range(workers))):
            found[worker::workers] = share
        return found

    def expressions(self, tracks: Sequence[FaceTrack | None], resting: Sequence[NeutralFace | None]) -> FloatArray:
        """Estimate intensities, float32 [N, 17]; NaN where there is no face.

        Args:
            tracks: the faces.
            resting: the same people's faces at rest, as references; without one, a face is read by itself.
        """
        values = np.full((len(tracks), AU_COUNT), np.nan, np.float32)
        seen = [(row, track, resting[row]) for row, track in enumerate(tracks) if track is not None]
        estimates = self._estimator.estimate([track for _, track, _ in seen], [reference for _, _, reference in seen])
        for (row, _, _), estimate in zip(seen, estimates, strict=True):
            values[row] = estimate.values
        return values

    def identities(self, pictures: Sequence[RGBImage], tracks: Sequence[FaceTrack | None]) -> FloatArray:
        """Unit vectors [N, D] that tell people apart; NaN where there is no face. Needs a verifier."""
        assert self.verifier is not None
        embed = self.verifier.embed
        pairs = list(zip(pictures, tracks, strict=True))
        vectors = list(
            self._threads.map(lambda pair: None if pair[1] is None else embed(pair[0], pair[1].landmarks_px), pairs)
        )
        size = next((len(vector) for vector in vectors if vector is not None), 1)
        return np.stack([np.full(size, np.nan, np.float32) if vector is None else vector for vector in vectors])

    def close(self) -> None:
        """End the threads and free the landmarkers."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
