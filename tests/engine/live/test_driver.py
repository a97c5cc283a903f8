"""A second face drives the first one's."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Self

import numpy as np
import pytest

from engine.action_units import AUVector
from engine.controls import Controls, DriverMode
from engine.faces.expression import NeutralFace
from engine.live import FileInput
from engine.live.driver import Performance
from engine.live.expression_reader import ExpressionReader
from engine.types import FaceTrack
from tests.engine.live.fakes import CAMERA, UNPLUGGED, FakeCamera, Studio, grey_picture, soon
from tests.engine.pipeline.stand_ins import StandInLandmarker

WIDE = 10.0
"""Of the face in a picture of 40 pixels."""
DRIVEN = Controls(driver_mode=DriverMode.ABSOLUTE)


def smile(intensity: float) -> AUVector:
    return AUVector.of({12: intensity})


class BrightnessEstimator:
    """Reads a smile off the size of a face, as far as it is larger than the face at rest."""

    def __init__(self, rest: float = 0.0) -> None:
        self.rest = rest

    def estimate(self, tracks: Sequence[FaceTrack]) -> tuple[AUVector, ...]:
        return tuple(smile(min(5.0, max(0.0, width_of(track) - self.rest))) for track in tracks)

    def guess_neutral(self, tracks: Sequence[FaceTrack]) -> NeutralFace:
        smallest = min(width_of(track) for track in tracks)
        return NeutralFace(np.full((1, 3), smallest, np.float32))

    def with_neutral(self, neutral: NeutralFace) -> Self:
        was_guessed = len(neutral.points) == 1
        return type(self)(float(neutral.points[0, 0]) if was_guessed else WIDE)


def width_of(track: FaceTrack) -> float:
    return track.box_px[2] - track.box_px[0]


class TestPerformance:
    def test_it_is_asked_for_as_much_earlier_as_a_reading_takes(self) -> None:
        performance = Performance()
        for index in range(200):
            performance.add(index / 10, smile(index / 100), index / 10 + 0.05)
        assert performance.delay_s == pytest.approx(0.15, abs=0.001)
        read = performance.at(19.95)
        assert read is not None
        assert read[12] == pytest.approx(1.98, abs=0.001)

    def test_between_two_readings_it_moves_evenly(self) -> None:
        performance = Performance()
        for index in range(20):
            performance.add(index / 10, smile(index / 10), index / 10)
        values = [performance.at(1 + step / 100) for step in range(50)]
        smiles = [value[12] for value in values if value is not None]
        assert len(smiles) == 50
        assert np.diff(smiles) == pytest.approx(0.01, abs=1e-4)

    def test_before_the_first_reading_there_is_none(self) -> None:
        assert Performance().at(5.0) is None

    def test_a_face_that_is_gone_drives_no_more(self) -> None:
        performance = Performance()
        performance.add(0.0, smile(3), 0.0)
        performance.add(0.1, None, 0.1)
        assert performance.at(10.0) is None

    def test_a_driver_that_stopped_drives_no_more(self) -> None:
        performance = Performance()
        performance.add(0.0, smile(3), 0.0)
        assert performance.at(0.4) == smile(3)
        assert performance.at(0.6) is None


class TestReader:
    def reader(self) -> ExpressionReader:
        return ExpressionReader(StandInLandmarker(), BrightnessEstimator())

    def test_the_calmest_face_becomes_the_reference_by_itself(self) -> None:
        reader = self.reader()
        wide, narrow = grey_picture(50, (40, 30)), grey_picture(50, (24, 30))
        assert reader.read(wide, Fraction(0)) == smile(0)
        assert reader.read(narrow, Fraction(1)) == smile(0)
        assert reader.read(wide, Fraction(2)) == smile(4)

    def test_this_is_my_neutral(self) -> None:
        reader = self.reader()
        wide, narrow = grey_picture(50, (40, 30)), grey_picture(50, (24, 30))
        reader.read(narrow, Fraction(0))
        assert reader.read(wide, Fraction(1), is_neutral=True) == smile(0)
        reader.read(narrow, Fraction(2))
        assert reader.read(wide, Fraction(3)) == smile(0), "a guess must not overrule the person"

    def test_no_face(self) -> None:
        assert self.reader().read(grey_picture(0), Fraction(0)) is None

    def test_it_gives_back_its_landmarker(self) -> None:
        landmarker = StandInLandmarker()
        ExpressionReader(landmarker, BrightnessEstimator()).close()
        assert landmarker.is_closed


def test_the_drivers_smile_is_shown(tmp_path: Path) -> None:
    source, driver = FakeCamera(), FakeCamera()
    studio = Studio()
    sources = {"source": source, "driver": driver}
    landmarker = StandInLandmarker()
    with studio.session(
        FileInput(Path("source"), loop=True),
        DRIVEN,
        driver=FileInput(Path("driver")),
        open_input=lambda wanted: sources[wanted.name],
        open_reader=lambda: ExpressionReader(landmarker, BrightnessEstimator()),
    ) as session:
        driver.give((24, 30))
        soon_read(landmarker, 1)
        driver.give((40, 30))
        studio.clock.step_to_waiter(1 / 30)
        soon_read(landmarker, 2)
        source.give(50)
        studio.log.wait_frames(1)
        assert session.statistics().driver_delay_ms is not None
        session.call_driver_neutral()
        driver.release()
        session.set_driver(None)
        assert session.statistics().driver_delay_ms is None
        source.release()
    (frame, *_) = studio.log.frames
    assert frame.driver is not None
    assert frame.result.target == frame.driver
    assert landmarker.is_closed


def test_a_lost_driver_is_told_and_the_source_goes_on() -> None:
    source, driver = FakeCamera(), FakeCamera()
    studio = Studio()
    sources = {"source": source, "driver": driver}
    with studio.session(
        FileInput(Path("source")),
        driver=FileInput(Path("driver")),
        open_input=lambda wanted: sources[wanted.name],
        open_reader=lambda: ExpressionReader(StandInLandmarker(), BrightnessEstimator()),
    ) as session:
        driver.give(UNPLUGGED)
        studio.log.wait_events("driver lost")
        source.give(50)
        studio.log.wait_frames(1)
        assert session.error is None
        source.release()
        driver.release()


def test_a_reader_that_breaks_ends_the_session() -> None:
    def break_down() -> ExpressionReader:
        raise ZeroDivisionError

    camera, driver = FakeCamera(), FakeCamera()
    camera.give(UNPLUGGED)
    driver.give(UNPLUGGED)
    studio = Studio(camera, driver)
    with studio.session(driver=CAMERA, open_reader=break_down) as session:
        studio.log.wait(lambda log: "failed" in log.kinds())
        assert isinstance(session.error, ZeroDivisionError)


def soon_read(landmarker: StandInLandmarker, count: int) -> None:
    soon(lambda: len(landmarker.times) >= count)
