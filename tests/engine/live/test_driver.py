"""A second face drives the first one's."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.action_units import AUVector
from engine.controls import Controls, DriverMode
from engine.faces.reading import FaceReading
from engine.faces.smoothing import ReadFrame
from engine.live import FileInput, LiveSession, RecordingSettings
from engine.live.driver import Performance, Reading
from engine.media import VideoSource
from engine.media.file_source import FileSource
from engine.pipeline import FaceReader
from engine.types import Frame
from tests.engine.live.fakes import CAMERA, UNPLUGGED, FakeCamera, FakeClip, Studio, soon
from tests.engine.pipeline.stand_ins import track_in

DRIVEN = Controls(driver_mode=DriverMode.ABSOLUTE)


def smile(intensity: float) -> AUVector:
    return AUVector.of({12: intensity})


class FakeReader:
    """Reads a smile off the width of a picture, counted from the width that was called neutral."""

    def __init__(self) -> None:
        self.rest = 0
        self.widths: list[int] = []
        self.times: list[Fraction] = []
        self.is_closed = False

    def read(self, frame: Frame) -> list[ReadFrame]:
        width = frame.pixels.shape[1]
        self.widths.append(width)
        self.times.append(frame.time)
        if not frame.pixels.any():
            return [ReadFrame(frame, (), False)]
        face = FaceReading(track_in(frame.pixels), smile((width - self.rest) / 10), 1.0, True)
        return [ReadFrame(frame, (face,), False)]

    def set_neutral(self, face_id: int | None = None) -> int:
        self.rest = self.widths[-1]
        return 1

    def close(self) -> None:
        self.is_closed = True


class TestPerformance:
    def test_it_is_asked_for_as_much_earlier_as_a_reading_takes(self) -> None:
        performance = Performance()
        for index in range(200):
            performance.add(Reading(index / 10, smile(index / 100)), index / 10 + 0.05)
        assert performance.delay_s == pytest.approx(0.15, abs=0.001)
        read = performance.at(19.95)
        assert read is not None
        assert read[12] == pytest.approx(1.98, abs=0.001)

    def test_between_two_readings_it_moves_evenly(self) -> None:
        performance = Performance()
        for index in range(20):
            performance.add(Reading(index / 10, smile(index / 10)), index / 10)
        values = [performance.at(1 + step / 100) for step in range(50)]
        smiles = [value[12] for value in values if value is not None]
        assert len(smiles) == 50
        assert np.diff(smiles) == pytest.approx(0.01, abs=1e-4)

    def test_before_the_first_reading_there_is_none(self) -> None:
        assert Performance().at(5.0) is None

    def test_a_face_that_is_gone_drives_no_more(self) -> None:
        performance = Performance()
        performance.add(Reading(0.0, smile(3)), 0.0)
        performance.add(Reading(0.1, None), 0.1)
        assert performance.at(10.0) is None

    def test_a_driver_that_stopped_drives_no_more(self) -> None:
        performance = Performance()
        performance.add(Reading(0.0, smile(3)), 0.0)
        assert performance.at(0.4) == smile(3)
        assert performance.at(0.6) is None


def driven_session(studio: Studio, source: VideoSource, driver: FakeCamera, reader: FakeReader) -> LiveSession:
    sources = {"source": source, "driver": driver}
    return studio.session(
        FileInput(Path("source")),
        DRIVEN,
        driver=FileInput(Path("driver")),
        open_input=lambda wanted: sources[wanted.name],
        open_reader=lambda: reader,
    )


def test_the_drivers_smile_is_shown() -> None:
    source, driver, reader = FakeCamera(), FakeCamera(), FakeReader()
    studio = Studio()
    with driven_session(studio, source, driver, reader) as session:
        driver.give((20, 30))
        soon(lambda: session.statistics().driver_delay_ms is not None and len(reader.times) == 1)
        soon(lambda: bool((performance := session._performance()) and performance.latest))
        source.give(50)
        studio.log.wait_frames(1)
        driver.release()
        session.set_driver(None)
        assert session.statistics().driver_delay_ms is None
        source.release()
    (frame, *_) = studio.log.frames
    assert frame.driver == smile(2.0)
    assert frame.result.target is not None
    assert frame.result.target[12] == 2.0
    assert reader.is_closed


def test_a_portrait_moves_as_often_as_its_driver(tmp_path: Path) -> None:
    """Nothing comes from the portrait itself; what is shown is as old as the driver's frame, and can be recorded."""
    still = FakeClip([50], replace(FakeClip([50]).info, is_still=True))
    driver, reader = FakeCamera(), FakeReader()
    studio = Studio()
    session = driven_session(studio, still, driver, reader)
    session.start_recording(RecordingSettings(tmp_path / "a.mp4"))
    with session:
        studio.log.wait_frames(1)
        studio.clock.advance(1)
        driver.give(*((10 * count, 30) for count in range(1, 6)))
        for count in range(1, 6):
            studio.log.wait_frames(1 + count)
            if count < 5:
                studio.clock.step_to_waiter(1 / 30)
        assert session.statistics().shown == 6
        driver.release()
    smiles = [frame.result.target[12] for frame in studio.log.frames if frame.result.target is not None]
    assert smiles[1:] == [1, 2, 3, 4, 5]
    assert [frame.age_ms for frame in studio.log.frames[1:]] == pytest.approx([0] * 5)
    with FileSource(tmp_path / "a.mp4") as source:
        times = [frame.time for frame in source]
    assert [float(time) for time in times] == pytest.approx([0, *(1 + index / 30 for index in range(5))], abs=0.001)


def test_this_is_the_drivers_neutral() -> None:
    source, driver, reader = FakeCamera(), FakeCamera(), FakeReader()
    studio = Studio()
    with driven_session(studio, source, driver, reader) as session:
        session.call_driver_neutral()
        driver.give((20, 30))
        soon(lambda: reader.rest == 20)
        driver.release()
        source.release()


def test_a_lost_driver_is_told_and_the_source_goes_on() -> None:
    source, driver = FakeCamera(), FakeCamera()
    studio = Studio()
    with driven_session(studio, source, driver, FakeReader()) as session:
        driver.give(UNPLUGGED)
        studio.log.wait_events("driver lost")
        source.give(50)
        studio.log.wait_frames(1)
        assert session.error is None
        source.release()
        driver.release()


def test_a_reader_that_breaks_ends_the_session() -> None:
    def break_down() -> FaceReader:
        raise ZeroDivisionError

    camera, driver = FakeCamera(), FakeCamera()
    camera.give(UNPLUGGED)
    driver.give(UNPLUGGED)
    studio = Studio(camera, driver)
    with studio.session(driver=CAMERA, open_reader=break_down) as session:
        studio.log.wait(lambda log: "failed" in log.kinds())
        assert isinstance(session.error, ZeroDivisionError)
