"""The result as a camera for other programs."""

import threading

import pytest

from engine.errors import MediaError
from engine.live import virtual_camera
from engine.types import RGBImage
from tests.engine.live.fakes import LIMIT_S, FakeCamera, Studio, soon


class FakeDevice:
    """Stands for `engine.media.virtual_camera.VirtualCamera`."""

    def __init__(self, width: int, height: int, rate: float, *, ai_mark: bool = False) -> None:
        if self.error is not None:
            raise self.error
        self.size, self.rate, self.device = (width, height), rate, "EGGAN Studio"
        self.greys: list[int] = []
        self.is_closed = False
        made.append(self)

    error: MediaError | None = None
    may_send = threading.Event()

    def send(self, pixels: RGBImage) -> None:
        assert self.may_send.wait(LIMIT_S)
        self.greys.append(int(pixels[0, 0, 0]))

    def close(self) -> None:
        self.is_closed = True


made: list[FakeDevice] = []


@pytest.fixture(autouse=True)
def device(monkeypatch: pytest.MonkeyPatch) -> type[FakeDevice]:
    made.clear()
    monkeypatch.setattr(FakeDevice, "error", None)
    monkeypatch.setattr(FakeDevice, "may_send", threading.Event())
    monkeypatch.setattr(virtual_camera, "VirtualCamera", FakeDevice)
    return FakeDevice


def test_frames_are_shown_at_the_sources_size_and_rate(device: type[FakeDevice]) -> None:
    device.may_send.set()
    camera = FakeCamera()
    studio = Studio(camera)
    with studio.session() as session:
        camera.give(10)
        studio.log.wait_frames(1)
        session.start_virtual_camera()
        camera.give(20)
        studio.log.wait_frames(2)
        soon(lambda: session.statistics().virtual_camera == "EGGAN Studio")
        soon(lambda: made[0].greys == [20])
        session.stop_virtual_camera()
        assert session.statistics().virtual_camera is None
        camera.release()
    (shown,) = made
    assert (shown.size, shown.rate, shown.is_closed) == ((10, 6), 30, True)


def test_a_slow_device_slows_nothing(device: type[FakeDevice]) -> None:
    camera = FakeCamera()
    studio = Studio(camera)
    with studio.session() as session:
        session.start_virtual_camera()
        for count in range(1, 21):
            camera.give(count)
            studio.log.wait_frames(count)
        device.may_send.set()
        soon(lambda: made[0].greys[-1:] == [20])
        camera.release()
    assert len(made[0].greys) <= 3
    assert made[0].greys == sorted(made[0].greys)


def test_one_that_cannot_be_opened_is_told_once_and_the_session_goes_on(device: type[FakeDevice]) -> None:
    device.error = MediaError("No virtual camera can be opened.", "Install a driver.")
    camera = FakeCamera()
    studio = Studio(camera)
    with studio.session() as session:
        session.start_virtual_camera()
        for count in range(1, 6):
            camera.give(count)
            studio.log.wait_frames(count)
        studio.log.wait_events("virtual camera failed")
        assert session.error is None
        camera.release()
    assert studio.log.kinds().count("virtual camera failed") == 1
    assert studio.log.events[0].remedy == "Install a driver."
