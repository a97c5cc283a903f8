"""Dense optical flow between two small grey pictures."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.types import FloatArray

_PATCH_STRIDE_PX: Final = 5
_SEARCH_STEPS: Final = 12
_REFINEMENTS: Final = 3
_GRADIENT_WEIGHT: Final = 10.0


def dense_flow(
    first: NDArray[np.uint8],
    second: NDArray[np.uint8],
    *,
    smoothness: float = 30.0,
    intensity_weight: float = 20.0,
) -> FloatArray:
    """Displacement F [S, S, 2] in pixels with first(p) ≈ second(p + F(p)).

    DIS (Kroeger et al., "Fast Optical Flow using Dense Inverse Search", 2016) at full resolution with its variational
    refinement.

    Args:
        first, second: uint8 [S, S].
        smoothness, intensity_weight: weights of the refinement's energy.
    """
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    flow.setFinestScale(0)
    flow.setPatchStride(_PATCH_STRIDE_PX)
    flow.setGradientDescentIterations(_SEARCH_STEPS)
    flow.setVariationalRefinementIterations(_REFINEMENTS)
    flow.setVariationalRefinementAlpha(smoothness)
    flow.setVariationalRefinementGamma(_GRADIENT_WEIGHT)
    flow.setVariationalRefinementDelta(intensity_weight)
    # The initial flow is an input in OpenCV; its type stub does not admit None.
    initial: NDArray[np.float32] = np.zeros((*first.shape, 2), np.float32)
    return np.asarray(flow.calc(first, second, initial), np.float32)
