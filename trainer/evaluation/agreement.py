"""How far estimated intensities agree with those meant: the measures of the paper's Table 1."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.types import FloatArray
from trainer.evaluation.means import mean_of_present


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Agreement of intensities with those meant, float64 [17] each.

    Attributes:
        correlation: Pearson's, NaN for an AU that does not vary. Without any face, all is NaN.
        squared_error: mean.
        absolute_error: mean.
        count: how many faces were compared.
    """

    correlation: NDArray[np.float64]
    squared_error: NDArray[np.float64]
    absolute_error: NDArray[np.float64]
    count: int

    @classmethod
    def between(cls, estimates: FloatArray, meant: FloatArray) -> "Agreement":
        """Compare intensities [N, 17]; faces whose estimate is NaN are left out."""
        present = ~np.isnan(estimates).any(axis=1)
        x, y = estimates[present].astype(np.float64), meant[present].astype(np.float64)
        error = x - y
        dx, dy = x - mean_of_present(x, axis=0), y - mean_of_present(y, axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            correlation = (dx * dy).sum(axis=0) / np.sqrt((dx**2).sum(axis=0) * (dy**2).sum(axis=0))
        squared, absolute = mean_of_present(error**2, axis=0), mean_of_present(np.abs(error), axis=0)
        return cls(correlation, squared, absolute, int(present.sum()))

    @property
    def mean_correlation(self) -> float:
        """Over the AUs that vary; NaN where none does."""
        varying = self.correlation[~np.isnan(self.correlation)]
        return float(varying.mean()) if len(varying) else float("nan")

    @property
    def mean_squared_error(self) -> float:
        """Over all AUs."""
        return float(self.squared_error.mean())
