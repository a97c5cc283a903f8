"""Cameras as sources of frames, through OpenCV; their names come from FFmpeg's device list.

Which of a system's interfaces is used decides more than the camera: DirectShow opens a camera in a second where Media
Foundation may take twenty, and only MJPG brings most USB cameras to 30 frames a second in HD.
"""

import difflib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import cv2
import numpy as np

from engine.errors import MediaError
from engine.media.protocols import VideoInfo, VideoSource
from engine.types import Frame, RGBImage

TIME_BASE: Final = Fraction(1, 90_000)
"""What the times of a camera's frames are whole numbers of, in seconds."""
_INTERFACES: Final = {
    "linux": (cv2.CAP_V4L2,),
    "win32": (cv2.CAP_DSHOW, cv2.CAP_MSMF),
    "darwin": (cv2.CAP_AVFOUNDATION,),
}
_DEVICE_LISTS: Final = {"linux": "v4l2", "win32": "dshow", "darwin": "avfoundation"}
_READ_TIMEOUT_MS: Final = 2000
_LOG_NOTHING: Final = cv2.utils.logging.LOG_LEVEL_SILENT
_BAD_READS: Final = 3
"""Reads in a row that may fail before the camera counts as gone: the first after a mode change often does."""


@dataclass(frozen=True, slots=True)
class CameraDevice:
    """A camera of this machine: the number that OpenCV opens it by, and its name."""

    index: int
    name: str


def list_cameras() -> tuple[CameraDevice, ...]:
    """The cameras of this machine, in the order of their numbers; none where the system does not tell."""
    device_list = _DEVICE_LISTS.get(sys.platform)
    if device_list is None:
        return ()
    try:
        devices = av.enumerate_input_devices(device_list)
    except (av.FFmpegError, ValueError):  # no such interface in this build, or no camera at all
        return ()
    cameras = [device for device in devices if "video" in device.media_types or not device.media_types]
    return tuple(CameraDevice(_index(device.name, at), device.description) for at, device in enumerate(cameras))


def _index(device_name: str, position: int) -> int:
    """Linux numbers its device files, /dev/video2; elsewhere the order counts."""
    digits = device_name.removeprefix("/dev/video")
    return int(digits) if sys.platform == "linux" and digits.isdecimal() else position


class CameraSource(VideoSource):
    """A camera that is open. Owned by one thread, which each `next` of its frames keeps waiting for a picture.

    Args:
        camera: its number, or its name or the beginning of it.
        width, height, rate: what to ask the camera for; `info` says what it gives.
        now: a clock in seconds, read when a frame arrives.

    Raises:
        MediaError: there is no such camera, or it gives no picture; while reading, it was unplugged or stopped.
    """

    def __init__(
        self,
        camera: int | str,
        width: int = 1280,
        height: int = 720,
        rate: int = 30,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._title: Final = f"Camera {camera}" if isinstance(camera, int) else f"The camera {camera}"
        self._now: Final = now
        index = camera if isinstance(camera, int) else camera_named(camera).index
        self._capture: Final = self._opened(index, width, height, rate)
        try:
            first = self._read()
        except BaseException:
            self._capture.release()
            raise
        height, width = first.shape[:2]
        stated = self._capture.get(cv2.CAP_PROP_FPS)
        self._info: Final = VideoInfo(
            width=width,
            height=height,
            average_rate=Fraction(round(stated)) if 1 <= stated <= 1000 else Fraction(rate),
            time_base=TIME_BASE,
        )

    @property
    def info(self) -> VideoInfo:
        """What the camera gives; a later frame may have another size."""
        return self._info

    def frames(self, start: Fraction = Fraction(0)) -> Iterator[Frame]:
        """Give frames as they come, without an end; `start` must be 0, for a camera cannot go back."""
        if start:
            raise ValueError("A camera has only its present.")
        began = self._now()
        last = -1
        index = 0
        while True:
            pixels = self._read()
            last = max(last + 1, round((self._now() - began) / TIME_BASE))
            yield Frame(pixels, last * TIME_BASE, index)
            index += 1

    def close(self) -> None:
        """Give the camera back."""
        self._capture.release()

    def _opened(self, index: int, width: int, height: int, rate: int) -> Any:
        for interface in _INTERFACES.get(sys.platform, (cv2.CAP_ANY,)):
            with _without_warnings():
                capture = cv2.VideoCapture(index, interface)
            if capture.isOpened():
                capture.set(cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_TIMEOUT_MS)
                if sys.platform != "darwin":
                    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
                capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
                capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
                capture.set(cv2.CAP_PROP_FPS, rate)
                capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # an older frame than the latest is of no use
                return capture
            capture.release()
        raise _unopened(self._title, index)

    def _read(self) -> RGBImage:
        for _ in range(_BAD_READS):
            is_read, picture = self._capture.read()
            if is_read and picture is not None and picture.ndim == 3:
                pixels = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)
                pixels.flags.writeable = False
                return pixels
        raise MediaError(
            f"{self._title} gives no picture any more.",
            "Plug it in again, and close other programs that use it.",
        )


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Keep OpenCV's remarks about cameras that are not there off the terminal; the error says it better."""
    level = cv2.utils.logging.getLogLevel()
    cv2.utils.logging.setLogLevel(_LOG_NOTHING)
    try:
        yield
    finally:
        cv2.utils.logging.setLogLevel(level)


def camera_named(name: str) -> CameraDevice:
    """Return the camera called `name`, in any case; the beginning of the name will do where only one has it.

    Raises:
        MediaError: no camera, or several, are called that.
    """
    cameras = list_cameras()
    asked = name.strip().casefold()
    found = [camera for camera in cameras if camera.name.casefold() == asked] or [
        camera for camera in cameras if camera.name.casefold().startswith(asked)
    ]
    if len(found) == 1:
        return found[0]
    names = [camera.name for camera in cameras]
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    known = (
        f"Cameras here: {', '.join(f'{camera.index} {camera.name}' for camera in cameras)}." if cameras else _PLUG_IN
    )
    how_many = "Several cameras are" if found else "No camera is"
    raise MediaError(f"{how_many} called {name!r}.", f"{hint}{known}")


_PLUG_IN: Final = "Plug one in, or name a video file."


def _unopened(title: str, index: int) -> MediaError:
    cameras = list_cameras()
    is_there = any(camera.index == index for camera in cameras) or Path(f"/dev/video{index}").exists()
    if is_there:
        remedy = {
            "darwin": "Close programs that use it, and allow this one the camera in System Settings, Privacy.",
            "win32": "Close programs that use it, and allow desktop apps the camera in Settings, Privacy & security.",
        }.get(sys.platform, "Close programs that use it, and add your user to the group 'video'.")
        return MediaError(f"{title} is used by another program, or may not be used by this one.", remedy)
    known = f"Cameras here: {', '.join(f'{c.index} {c.name}' for c in cameras)}." if cameras else _PLUG_IN
    return MediaError(f"{title} does not exist.", known)
