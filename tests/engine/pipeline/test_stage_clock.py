from collections.abc import Iterator
from dataclasses import astuple

import pytest

from engine.pipeline import StageClock


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """What the clock will read, one after the other."""
    readings: list[float] = []
    monkeypatch.setattr("time.perf_counter", lambda: readings.pop(0))
    yield readings
    assert not readings


def figures_of(clock: StageClock, stage: str) -> tuple[float, ...]:
    """Median, 95th percentile, mean and count."""
    return astuple(clock.times()[stage])


def test_a_block_is_timed(seconds: list[float]) -> None:
    seconds += [1.0, 1.002]
    clock = StageClock()
    with clock.measure("detect"):
        pass
    assert figures_of(clock, "detect") == pytest.approx((2.0, 2.0, 2.0, 1))


def test_a_block_that_fails_is_not_counted(seconds: list[float]) -> None:
    seconds += [1.0]
    clock = StageClock()
    with pytest.raises(ZeroDivisionError), clock.measure("detect"):
        raise ZeroDivisionError
    assert clock.times() == {}


def test_frames_that_go_together_share_their_time() -> None:
    clock = StageClock()
    clock.add("encode", 0.008, 4)
    assert figures_of(clock, "encode") == pytest.approx((2.0, 2.0, 2.0, 4))


def test_the_figures_are_those_of_all_frames() -> None:
    clock = StageClock()
    for milliseconds in range(101):
        clock.add("encode", milliseconds / 1000)
    assert figures_of(clock, "encode") == pytest.approx((50.0, 95.0, 50.0, 101))


def test_stages_come_in_the_order_in_which_they_ran() -> None:
    clock = StageClock()
    for stage in ("detect", "align", "detect"):
        clock.add(stage, 0.001)
    assert list(clock.times()) == ["detect", "align"]


def test_only_the_latest_frames_are_kept() -> None:
    clock = StageClock()
    clock.add("detect", 1.0)
    clock.add("detect", 4.096, 4096)
    assert figures_of(clock, "detect") == pytest.approx((1.0, 1.0, 1.0, 4096))


def test_a_lap_tells_what_happened_since_the_last_one() -> None:
    clock = StageClock()
    clock.add("detect", 0.002)
    clock.add("encode", 0.008, 4)
    clock.add("detect", 0.001)
    assert clock.lap() == pytest.approx({"detect": 3.0, "encode": 8.0})
    assert clock.lap() == {}
    assert figures_of(clock, "detect")[-1] == 2
