import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import pytest

from engine.errors import MediaError
from engine.media.virtual_camera import VirtualCamera, is_installed


class FakeCamera:
    """What pyvirtualcam.Camera does, as far as it is used."""

    made: ClassVar[list["FakeCamera"]] = []
    error: ClassVar[Exception | None] = None

    def __init__(self, width: int, height: int, fps: float, *, fmt: object) -> None:
        if FakeCamera.error is not None:
            raise FakeCamera.error
        self.width, self.height, self.fps, self.fmt = width, height, fps, fmt
        self.device = "/dev/video9"
        self.sent: list[Any] = []
        self.is_closed = False
        FakeCamera.made.append(self)

    def send(self, frame: Any) -> None:
        if FakeCamera.error is not None:
            raise FakeCamera.error
        assert frame.shape == (self.height, self.width, 3)
        assert frame.dtype == np.uint8
        self.sent.append(frame)

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeCamera]]:
    module = SimpleNamespace(Camera=FakeCamera, PixelFormat=SimpleNamespace(RGB="RGB"))
    monkeypatch.setitem(sys.modules, "pyvirtualcam", module)
    FakeCamera.made, FakeCamera.error = [], None
    yield FakeCamera
    FakeCamera.error = None


def test_pictures_are_sent_as_they_are(fake: type[FakeCamera]) -> None:
    camera = VirtualCamera(64, 48, 30)
    picture = np.full((48, 64, 3), 7, np.uint8)
    camera.send(picture)
    camera.close()
    (made,) = fake.made
    assert (made.fmt, made.fps, camera.device, made.is_closed) == ("RGB", 30, "/dev/video9", True)
    assert made.sent[0] is picture


def test_another_size_is_fitted_in(fake: type[FakeCamera]) -> None:
    camera = VirtualCamera(64, 48, 30)
    camera.send(np.full((96, 32, 3), 200, np.uint8))
    (sent,) = fake.made[0].sent
    assert sent[:, 24:40].min() == 200
    assert sent[:, :24].max() == sent[:, 40:].max() == 0


@pytest.mark.parametrize(
    ("platform", "hint"), [("linux", "v4l2loopback"), ("win32", "OBS Studio 26"), ("darwin", "System Settings")]
)
def test_without_a_driver_the_remedy_is_the_systems(
    fake: type[FakeCamera], monkeypatch: pytest.MonkeyPatch, platform: str, hint: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    FakeCamera.error = RuntimeError("'obs' backend: no device.\n'v4l2loopback' backend: none")
    with pytest.raises(MediaError, match=hint) as caught:
        VirtualCamera(64, 48, 30)
    assert "\n" not in caught.value.message


def test_without_the_package_the_remedy_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyvirtualcam", None)
    assert not is_installed()
    with pytest.raises(MediaError, match="--extra virtualcam"):
        VirtualCamera(64, 48, 30)


def test_a_device_that_goes_is_told(fake: type[FakeCamera]) -> None:
    camera = VirtualCamera(64, 48, 30)
    FakeCamera.error = OSError("gone")
    with pytest.raises(MediaError, match="/dev/video9 has gone"):
        camera.send(np.zeros((48, 64, 3), np.uint8))
