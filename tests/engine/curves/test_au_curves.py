from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.action_units import AUVector
from engine.curves import AUCurves
from engine.errors import ProjectError
from engine.types import FloatArray


def smile(*values: float) -> FloatArray:
    """AU12 with these values, all other AUs 0."""
    return np.stack([AUVector.of({12: value}).values for value in values])


def curves(*values: float, step: Fraction = Fraction(1, 10), lost: tuple[int, ...] = ()) -> AUCurves:
    success = np.array([index not in lost for index in range(len(values))])
    return AUCurves(tuple(index * step for index in range(len(values))), smile(*values), success=success)


def test_samples_lie_on_straight_lines_and_are_held_outside() -> None:
    performance = curves(1.0, 3.0, 2.0)
    times = [Fraction(text) for text in ("-1", "0", "1/20", "1/10", "7/40", "1/5", "9")]
    assert [performance.sample(time)[12] for time in times] == pytest.approx([1.0, 1.0, 2.0, 3.0, 2.25, 2.0, 2.0])


@given(index=st.integers(0, 99), rate=st.sampled_from([Fraction(24000, 1001), Fraction(30), Fraction(7, 3)]))
def test_samples_at_the_rows_own_times_are_the_rows(index: int, rate: Fraction) -> None:
    values = np.random.default_rng(1).uniform(0, 5, (100, 17)).astype(np.float32)
    performance = AUCurves(tuple(row / rate for row in range(100)), values)
    assert performance.sample(index / rate) == AUVector(values[index])


def test_rows_without_a_face_say_nothing() -> None:
    performance = curves(1.0, 5.0, 5.0, 4.0, lost=(1, 2))
    assert performance.sample(Fraction(1, 10))[12] == pytest.approx(2.0)
    assert len(performance.seen()) == 2
    assert curves(5.0, lost=(0,)).sample(Fraction(0)) == AUVector.neutral()
    with pytest.raises(ProjectError, match="no face"):
        curves(5.0, lost=(0,)).seen()


def test_short_losses_are_bridged() -> None:
    performance = curves(1, 1, 1, 1, lost=(1, 2))
    assert all(performance.presence(Fraction(step, 20)) == 1.0 for step in range(7))


def test_long_losses_fade_out_and_in_without_a_jump() -> None:
    performance = curves(*[1.0] * 31, lost=tuple(range(5, 25)))
    presence = [performance.presence(Fraction(step, 100)) for step in range(301)]
    assert presence[40] == presence[70] == presence[250] == 1.0
    assert presence[85] == pytest.approx(0.5)
    assert presence[100] == presence[220] == 0.0
    assert presence[235] == pytest.approx(0.5)
    assert np.abs(np.diff(presence)).max() < 0.04


def test_a_performance_fades_in_before_and_out_after_its_rows() -> None:
    performance = curves(1.0, 1.0)
    times = [Fraction(text) for text in ("-1", "-3/20", "0", "2/5", "11/20", "2")]
    assert [performance.presence(time) for time in times] == pytest.approx([0.0, 0.5, 1.0, 1.0, 0.5, 0.0])


def test_rows_far_apart_are_no_loss() -> None:
    assert curves(1.0, 1.0, step=Fraction(5)).presence(Fraction(5, 2)) == 1.0


def test_without_a_face_there_is_nobody() -> None:
    assert curves(1.0, lost=(0,)).presence(Fraction(0)) == 0.0


@given(by=st.fractions(-5, 5), time=st.fractions(-1, 1))
def test_a_delayed_performance_shows_the_same_later(by: Fraction, time: Fraction) -> None:
    performance = curves(1.0, 3.0, 2.0)
    assert performance.delayed(by).sample(time + by) == performance.sample(time)


def test_only_some_aus_can_be_kept() -> None:
    performance = AUCurves((Fraction(0),), np.ones((1, 17), np.float32)).only([12, 4])
    assert performance.aus == (4, 12)
    assert performance.sample(Fraction(0)) == AUVector.of({4: 1.0, 12: 1.0})
    assert performance.only([1, 12]).aus == (12,)


def test_a_performance_can_be_taken_relative_to_a_neutral_expression() -> None:
    performance = curves(1.0, 3.0).relative_to(AUVector.of({12: 1.5, 4: 1.0}))
    assert performance.of(12).tolist() == [-0.5, 1.5]
    assert performance.of(4).tolist() == [-1.0, -1.0]
    assert curves(1.0).only([12]).relative_to(AUVector.of({4: 1.0})).of(4).tolist() == [0.0]


def test_resampling_keeps_what_the_rows_say() -> None:
    performance = curves(0.0, 2.0, 4.0, lost=(2,)).resampled([Fraction(step, 20) for step in range(5)])
    assert performance.of(12).tolist() == [0.0, 1.0, 2.0, 2.0, 2.0]
    assert performance.success.tolist() == [True, True, True, True, False]


def test_times_must_rise_and_there_must_be_some() -> None:
    with pytest.raises(ProjectError, match="rise"):
        AUCurves((Fraction(1), Fraction(1)), smile(0, 0))
    with pytest.raises(ProjectError, match="single moment"):
        AUCurves((), smile(0)[:0])


def test_curves_cannot_be_changed() -> None:
    performance = curves(1.0)
    with pytest.raises(ValueError, match="read-only"):
        performance.values[0, 0] = 1.0
