"""Is it still the same person? Face verification by a network that no loss has seen."""

from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.faces.alignment import fit_similarity
from engine.native_logging import quiet_native_libraries
from engine.types import FloatArray, RGBImage

_SIZE_PX: Final = 112
_TEMPLATE: Final = np.array(
    [(38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041)]
)
"""The usual five points: eyes, nose tip, mouth corners (as of ArcFace, Deng et al., 2019)."""
_MEAN: Final = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION: Final = np.array([0.229, 0.224, 0.225], np.float32)


class Verifier:
    """Embeds faces with an ONNX network, 112 x 112 pixels in, a vector out.

    Args:
        model: the network's file.

    Raises:
        ModelError: it cannot be loaded.
    """

    def __init__(self, model: Path) -> None:
        with quiet_native_libraries():
            import onnxruntime

            try:
                self._session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
            except Exception as error:  # ONNX Runtime's exceptions have no common base but this
                raise ModelError(f"{model} cannot verify faces: {error}.", "Name an ONNX file.") from error
        self._input = self._session.get_inputs()[0].name

    def embed(self, pixels: RGBImage, landmarks_px: FloatArray) -> FloatArray:
        """Return the unit vector of one face; `pixels` uint8 [H, W, 3] RGB, landmarks [478, 3]."""
        to_template = fit_similarity(_five_points(landmarks_px), _TEMPLATE)
        face = cv2.warpAffine(pixels, to_template, (_SIZE_PX, _SIZE_PX), flags=cv2.INTER_LINEAR)
        tensor = ((face.astype(np.float32) / 255 - _MEAN) / _DEVIATION).transpose(2, 0, 1)[None]
        embedding = np.asarray(self._session.run(None, {self._input: tensor})[0])[0]
        return np.asarray(embedding / np.linalg.norm(embedding), dtype=np.float32)


def equal_error_rate(same: NDArray[np.floating], different: NDArray[np.floating]) -> tuple[float, float]:
    """The cosine at which as many pairs of one person are refused as pairs of two persons accepted.

    Where a whole interval of cosines does so, as between two populations that do not overlap, its middle is taken.

    Args:
        same, different: cosines of pairs of one person, and of two.

    Returns:
        Threshold, and the rate of either error there.
    """
    scores = np.unique(np.concatenate([same, different]))
    thresholds = np.concatenate([scores[:1], (scores[:-1] + scores[1:]) / 2, scores[-1:]])
    refused = np.array([(same < threshold).mean() for threshold in thresholds])
    accepted = np.array([(different >= threshold).mean() for threshold in thresholds])
    best = int(np.argmin(np.abs(refused - accepted)))
    return float(thresholds[best]), float((refused[best] + accepted[best]) / 2)


def _five_points(landmarks_px: FloatArray) -> NDArray[np.float64]:
    groups = ((33, 133), (362, 263), (4,), (61,), (291,))
    return np.array([landmarks_px[list(group), :2].mean(axis=0) for group in groups], dtype=np.float64)
