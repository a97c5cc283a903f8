"""Fits one amount of a motion by trying several, softly, so that the result follows its input without jumps."""

from typing import Final

import numpy as np

from engine.types import FloatArray

_NOTICED: Final = (3e-5, 2e-4)


def soft_step(x: float, low: float, high: float) -> float:
    """Smoothstep of one number."""
    t = min(max((x - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)


def noticed(change: float) -> float:
    """How far a weighted variance of the pictures' difference counts as an edit: 0 for what nobody sees, then 1."""
    return soft_step(change, *_NOTICED)


def weighted_variance(difference: FloatArray, weight: FloatArray) -> FloatArray:
    """Variance [...] of pictures [..., h, w] under `weight` [h, w] or [..., h, w], whose sum is 1."""
    mean = (difference * weight).sum(axis=(-2, -1), keepdims=True)
    return np.asarray((np.square(difference - mean) * weight).sum(axis=(-2, -1)), np.float32)


def fitted_amount(
    candidates: FloatArray, errors: FloatArray, change: float, explained: tuple[float, float] = (0.05, 0.3)
) -> float:
    """The candidate [K] with the least error [K], averaged with its near rivals.

    Args:
        candidates: amounts tried.
        errors: what each leaves of the difference between the pictures.
        change: the difference before.
        explained: the amount fades to 0 where even the best explains less than this share of it.
    """
    best = float(errors.min())
    likelihood = np.exp(-(errors - best) / (0.04 * change + 0.05 * best + 1e-6))
    amount = float((likelihood * candidates).sum() / likelihood.sum())
    return amount * soft_step(1 - best / (change + 1e-6), *explained)
