"""Cameras, with OpenCV's and FFmpeg's parts stood in for: this machine may have none."""

import itertools
import sys
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, ClassVar

import av
import cv2
import numpy as np
import pytest

from engine.errors import MediaError
from engine.media import cameras
from engine.media.cameras import TIME_BASE, CameraDevice, CameraSource, camera_named, list_cameras


class FakeCapture:
    """What cv2.VideoCapture does, as far as it is used: blue pictures that grow redder."""

    made: ClassVar[list["FakeCapture"]] = []
    opens: ClassVar[bool] = True
    pictures: ClassVar[list[Any]] = []

    def __init__(self, index: int, interface: int) -> None:
        self.index, self.interface = index, interface
        self.asked: dict[int, float] = {}
        self.is_released = False
        self.left = iter(FakeCapture.pictures)
        FakeCapture.made.append(self)

    def isOpened(self) -> bool:  # noqa: N802  OpenCV's name
        return FakeCapture.opens

    def set(self, what: int, value: float) -> None:
        self.asked[what] = value

    def get(self, what: int) -> float:
        return 30.0 if what == cv2.CAP_PROP_FPS else 0.0

    def read(self) -> tuple[bool, Any]:
        picture = next(self.left, None)
        return picture is not None, picture

    def release(self) -> None:
        self.is_released = True


def blue(red: int, size: tuple[int, int] = (64, 48)) -> Any:
    picture = np.zeros((size[1], size[0], 3), np.uint8)
    picture[...] = 200, 0, red
    return picture


@pytest.fixture(autouse=True)
def opencv(monkeypatch: pytest.MonkeyPatch) -> type[FakeCapture]:
    FakeCapture.made, FakeCapture.opens, FakeCapture.pictures = [], True, [blue(red) for red in range(1, 6)]
    monkeypatch.setattr(cv2, "VideoCapture", FakeCapture)
    monkeypatch.setattr(
        cameras, "list_cameras", lambda: (CameraDevice(0, "Integrated Webcam"), CameraDevice(2, "Logi C920"))
    )
    return FakeCapture


def test_pictures_are_rgb_and_have_the_time_they_came_at() -> None:
    clock = itertools.count(100.0, 0.04)
    with CameraSource(0, 640, 480, 25, now=lambda: next(clock)) as camera:
        frames = list(itertools.islice(camera.frames(), 3))
        assert (camera.info.width, camera.info.height) == (64, 48)
        assert camera.info.average_rate == 30
        assert camera.info.path is None
    assert [tuple(frame.pixels[0, 0]) for frame in frames] == [(2, 0, 200), (3, 0, 200), (4, 0, 200)]
    assert [float(frame.time) for frame in frames] == pytest.approx([0.04, 0.08, 0.12])
    assert all((frame.time / TIME_BASE).denominator == 1 for frame in frames)
    assert not frames[0].pixels.flags.writeable
    (made,) = FakeCapture.made
    assert made.is_released
    assert made.asked[cv2.CAP_PROP_FRAME_WIDTH] == 640
    assert made.asked[cv2.CAP_PROP_FPS] == 25


def test_frames_that_come_at_once_still_have_rising_times() -> None:
    with CameraSource(0, now=lambda: 5.0) as camera:
        times = [frame.time for frame in itertools.islice(camera.frames(), 4)]
    assert times == [index * TIME_BASE for index in range(4)]


def test_one_that_is_unplugged_says_so() -> None:
    with CameraSource(0) as camera, pytest.raises(MediaError, match="Camera 0 gives no picture any more"):
        list(camera.frames())


def test_a_hiccup_is_passed_over(opencv: type[FakeCapture]) -> None:
    grey_only = np.zeros((48, 64), np.uint8)
    opencv.pictures = [blue(1), grey_only, grey_only, blue(2)]
    with CameraSource(0) as camera:
        assert tuple(next(camera.frames()).pixels[0, 0]) == (2, 0, 200)


@pytest.mark.parametrize(
    ("platform", "interfaces"),
    [
        ("linux", [cv2.CAP_V4L2]),
        ("win32", [cv2.CAP_DSHOW, cv2.CAP_MSMF]),
        ("darwin", [cv2.CAP_AVFOUNDATION]),
        ("freebsd", [cv2.CAP_ANY]),
    ],
)
def test_each_system_has_its_interfaces(
    opencv: type[FakeCapture], monkeypatch: pytest.MonkeyPatch, platform: str, interfaces: list[int]
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    opencv.opens = False
    with pytest.raises(MediaError):
        CameraSource(0)
    assert [made.interface for made in opencv.made] == interfaces
    assert all(made.is_released for made in opencv.made)


def test_one_that_is_in_use_and_one_that_is_not_there(opencv: type[FakeCapture]) -> None:
    opencv.opens = False
    with pytest.raises(MediaError, match="used by another program"):
        CameraSource(2)
    with pytest.raises(MediaError, match=r"Camera 7 does not exist\. Cameras here: 0 Integrated Webcam, 2 Logi C920"):
        CameraSource(7)


@pytest.mark.parametrize("name", ["Logi C920", "logi c920", "logi"])
def test_it_is_found_by_its_name(name: str) -> None:
    assert camera_named(name).index == 2
    with CameraSource(name):
        assert FakeCapture.made[0].index == 2


def test_a_name_nobody_has_gets_the_nearest_one() -> None:
    with pytest.raises(MediaError, match="Did you mean 'Logi C920'"):
        camera_named("Logy C920")


def test_it_cannot_go_back() -> None:
    with CameraSource(0) as camera, pytest.raises(ValueError, match="present"):
        next(camera.frames(Fraction(1)))


def test_ffmpegs_list_gives_the_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    devices = [
        SimpleNamespace(name="/dev/video0", description="Webcam", media_types=["video"]),
        SimpleNamespace(name="hw:0", description="Microphone", media_types=["audio"]),
        SimpleNamespace(name="/dev/video4", description="Other", media_types=["video"]),
    ]
    monkeypatch.setattr(av, "enumerate_input_devices", lambda _: devices)
    monkeypatch.setattr(sys, "platform", "linux")
    assert list_cameras() == (CameraDevice(0, "Webcam"), CameraDevice(4, "Other"))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert list_cameras() == (CameraDevice(0, "Webcam"), CameraDevice(1, "Other"))
    monkeypatch.setattr(sys, "platform", "freebsd")
    assert list_cameras() == ()
