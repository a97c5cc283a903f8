"""Means of what could be measured, and how they are told where nothing could."""

import numpy as np
from numpy.typing import NDArray


def mean_of_present(values: NDArray[np.floating], axis: int | None = None) -> NDArray[np.float64]:
    """Mean of the values that are not NaN, in float64; NaN where there are none, without a warning."""
    present = ~np.isnan(values)
    total = np.where(present, values, 0).sum(axis=axis, dtype=np.float64)
    count = present.sum(axis=axis)
    return np.asarray(np.divide(total, count, out=np.full(np.shape(total), np.nan), where=count > 0))


def told(value: float, spec: str) -> str:
    """A number in a format; a dash where it is NaN."""
    return "–" if np.isnan(value) else format(value, spec)
