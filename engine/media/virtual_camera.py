"""A camera that other programs see, through the optional package pyvirtualcam and a driver of the system."""

import importlib
import sys
from typing import Any, Final

from engine.errors import MediaError
from engine.media.letterbox import letterboxed
from engine.media.visible_mark import VisibleMark
from engine.types import RGBImage

_INSTALL: Final = "Install the optional part of the program: uv sync --extra virtualcam."
_DRIVERS: Final = {
    "win32": "Install OBS Studio 26 or later (obsproject.com), whose virtual camera is used, and start again.",
    "darwin": "Install OBS Studio 30 or later (obsproject.com), start and stop its virtual camera once, and allow "
    "it in System Settings, Privacy & Security.",
    "linux": "Install the kernel module v4l2loopback (package v4l2loopback-dkms) and load it: sudo modprobe "
    'v4l2loopback exclusive_caps=1 card_label="EGGAN Studio".',
}


class VirtualCamera:
    """A virtual camera of one size. Owned by one thread; `close` it.

    Args:
        width, height: pixels; later pictures of another size are fitted in.
        rate: frames a second that it announces.
        ai_mark: whether pictures say that they are edited.

    Attributes:
        device: the name under which other programs find it.

    Raises:
        MediaError: the package or the driver is missing, or the device is in use.
    """

    def __init__(self, width: int, height: int, rate: float, *, ai_mark: bool = False) -> None:
        self._width: Final = width
        self._height: Final = height
        self._mark: Final = VisibleMark(width, height) if ai_mark else None
        pyvirtualcam = _package()
        try:
            self._camera: Final[Any] = pyvirtualcam.Camera(width, height, rate, fmt=pyvirtualcam.PixelFormat.RGB)
        except (RuntimeError, OSError, ValueError) as error:
            reason = " ".join(str(error).split()).rstrip(".") or type(error).__name__
            raise MediaError(
                f"No virtual camera can be opened: {reason}.", _DRIVERS.get(sys.platform, _DRIVERS["linux"])
            ) from error
        self.device: Final = str(self._camera.device)

    def send(self, pixels: RGBImage) -> None:
        """Show a picture, uint8 [H, W, 3] RGB, from now on.

        Raises:
            MediaError: the device is gone.
        """
        picture = letterboxed(pixels, self._width, self._height)
        if self._mark is not None:
            picture = self._mark.on(picture)
        try:
            self._camera.send(picture)
        except (RuntimeError, OSError) as error:
            raise MediaError(f"The virtual camera {self.device} has gone: {error}.", "Switch it on again.") from error

    def close(self) -> None:
        """Take the camera away."""
        self._camera.close()


def is_installed() -> bool:
    """Whether the optional package is there; the driver may still be missing."""
    try:
        _package()
    except MediaError:
        return False
    return True


def _package() -> Any:
    try:
        return importlib.import_module("pyvirtualcam")
    except ImportError as error:
        raise MediaError(
            "The virtual camera needs the package pyvirtualcam, which is not installed.", _INSTALL
        ) from error
