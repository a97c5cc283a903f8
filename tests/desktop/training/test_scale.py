import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.training.scale import Scale, number, scale_of, thinned


@given(st.floats(1e-6, 1e6), st.floats(1.1, 1e6), st.floats(0, 1), st.booleans())
def test_a_place_leads_back_to_its_value(low: float, factor: float, share: float, is_log: bool) -> None:
    scale = Scale(low, low * factor, is_log)
    assert scale.share(scale.value(share)) == pytest.approx(share, abs=1e-6)


@given(
    st.lists(st.floats(-1e5, 1e5).map(lambda value: round(value, 4)), min_size=1, max_size=20),
    st.booleans(),
    st.integers(2, 12),
)
def test_all_that_can_be_shown_has_a_place_and_ticks_are_few_and_inside(
    values: list[float], is_log: bool, count: int
) -> None:
    shown = [value for value in values if value > 0 or not is_log]
    scale = scale_of(values, is_log=is_log)
    assert all(0 <= scale.share(value) <= 1 for value in shown)
    ticks = scale.ticks(count)
    assert len(ticks) <= 2 * count + 1
    assert all(-1e-9 <= scale.share(tick) <= 1 + 1e-9 for tick in ticks)


def test_round_values() -> None:
    assert Scale(0, 40).ticks(4) == [0, 10, 20, 30, 40]
    assert Scale(0.009, 60, is_log=True).ticks(5) == pytest.approx([0.01, 0.1, 1, 10])


def test_what_has_no_logarithm_stands_below() -> None:
    assert Scale(0.1, 1, is_log=True).share(-3) < 0
    assert scale_of([-1.0, 0.0], is_log=True) == Scale(0.1, 1.0, is_log=True)
    assert scale_of([math.nan, 2.0, 3.0], is_log=False).low > 1


def test_thinning_keeps_peaks_and_order() -> None:
    points = [(step, 1.0) for step in range(1000)]
    points[517] = (517, 99.0)
    kept = thinned(points, 10)
    assert (517, 99.0) in kept
    assert len(kept) <= 20
    assert list(kept) == sorted(kept)
    assert thinned(points[:5], 10) == points[:5]


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.0125, "0.0125"), (1234, "1,234"), (123456, "1.2e5"), (0.00012, "1.2e-4")]
)
def test_values_are_short(value: float, text: str) -> None:
    assert number(value) == text
