import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.faces.one_euro import OneEuroFilter, OneEuroSettings

STEP_S = 1 / 30


def filtered(signal: np.ndarray, settings: OneEuroSettings) -> np.ndarray:
    one_euro = OneEuroFilter(settings)
    return np.array([one_euro.update(value, STEP_S) for value in signal])


def test_without_speed_it_is_a_low_pass_filter_of_first_order() -> None:
    """α = 1 / (1 + τ / Δt) with τ = 1 / (2π f), as the paper gives it."""
    result = filtered(np.array([[0.0], [1.0], [1.0]]), OneEuroSettings(2.0, 0.0))
    share = 1 / (1 + 1 / (2 * np.pi * 2.0) / STEP_S)
    np.testing.assert_allclose(result[:, 0], [0, share, share + share * (1 - share)])


def test_noise_at_rest_shrinks_and_motion_hardly_lags() -> None:
    settings = OneEuroSettings(1.5, 20.0)
    noise = np.random.default_rng(0).normal(0, 0.002, (300, 1))
    assert filtered(noise, settings)[30:].std() < 0.6 * noise[30:].std()
    moving = np.arange(60)[:, None] * 0.1
    assert np.abs(filtered(moving, settings) - moving)[10:].max() < 0.05


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=20))
def test_it_never_overshoots(values: list[float]) -> None:
    result = filtered(np.array(values)[:, None], OneEuroSettings(1.0, 1.0))
    assert result.min() >= min(values) - 1e-9
    assert result.max() <= max(values) + 1e-9
    assert result[0] == values[0]
