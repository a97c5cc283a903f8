"""How alike pictures are: L1, PSNR and MS-SSIM."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.faces.topology import FACE_OVAL
from engine.types import FloatArray, RGBImage
from trainer.losses.reconstruction import multiscale_similarity

_BATCH: Final = 64
_FACE_BOX: Final = (slice(20, 120), slice(14, 114))
"""Rows and columns of a crop of 128 pixels that hold the face, from the brows to the chin."""
_BOX_OF: Final = 128


@dataclass(frozen=True, slots=True)
class Likeness:
    """Means over pictures.

    Attributes:
        l1: mean absolute difference, of 0..1.
        psnr_db: peak signal-to-noise ratio of the mean squared error over all pictures; infinite for equal ones.
        ms_ssim: multi-scale structural similarity (Wang et al., 2003), 1 for equal pictures.
    """

    l1: float
    psnr_db: float
    ms_ssim: float


def likeness(pictures: NDArray[np.uint8], references: NDArray[np.uint8]) -> Likeness:
    """Compare pictures, uint8 [N, S, S, 3], with their references."""
    difference = (pictures.astype(np.float32) - references) / 255
    squared = float((difference**2).mean())
    with np.errstate(divide="ignore"):
        psnr = float(-10 * np.log10(np.float64(squared)))
    return Likeness(float(np.abs(difference).mean()), psnr, _similarity(pictures, references))


def face_likeness(
    pictures: NDArray[np.uint8], references: NDArray[np.uint8], masks: NDArray[np.bool_]
) -> tuple[float, float]:
    """L1 (of 0..1) inside masks [N, S, S], and MS-SSIM of the box that holds the face in every crop."""
    difference = np.abs(pictures.astype(np.float32) - references).mean(axis=3) / 255
    inside = [float(values[mask].mean()) for values, mask in zip(difference, masks, strict=True) if mask.any()]
    rows, columns = (_scaled(part, pictures.shape[1]) for part in _FACE_BOX)
    return float(np.mean(inside)), _similarity(pictures[:, rows, columns], references[:, rows, columns])


def face_mask(landmarks: FloatArray, size_px: int) -> NDArray[np.bool_]:
    """The inside of a face's outline, bool [S, S]; landmarks [478, 2 or 3] in pixels of the crop."""
    outline = np.rint(landmarks[list(FACE_OVAL), :2]).astype(np.int32)
    mask = np.zeros((size_px, size_px), np.uint8)
    return np.asarray(cv2.fillConvexPoly(mask, cv2.convexHull(outline), 1), bool)


def _scaled(part: slice, size_px: int) -> slice:
    return slice(part.start * size_px // _BOX_OF, part.stop * size_px // _BOX_OF)


def _similarity(pictures: RGBImage, references: RGBImage) -> float:
    parts = [
        multiscale_similarity(_tensor(pictures[start : start + _BATCH]), _tensor(references[start : start + _BATCH]))
        for start in range(0, len(pictures), _BATCH)
    ]
    return float(torch.cat(parts).mean())


def _tensor(pictures: RGBImage) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 255
