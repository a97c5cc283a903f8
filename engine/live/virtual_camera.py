"""Shows finished frames to other programs, on a thread of its own, so that a slow device slows nothing else."""

import threading
from collections.abc import Callable
from typing import Final

from engine.live.clock import Clock
from engine.live.frames import LiveFrame
from engine.live.slot import LatestSlot
from engine.media.virtual_camera import VirtualCamera


class VirtualCameraOutput:
    """A virtual camera of the size of the first frame that comes.

    Args:
        rate: frames a second that it announces.
        fail: takes the error that ends it, once.
        clock: of the session.
        ai_mark: whether the picture says that it is edited.

    Attributes:
        device: the name under which other programs find it; None until the first frame.
    """

    def __init__(
        self, rate: float, fail: Callable[[BaseException], None], clock: Clock, *, ai_mark: bool = False
    ) -> None:
        self.device: str | None = None
        self._ai_mark: Final = ai_mark
        self._rate: Final = rate
        self._fail: Final = fail
        self._slot: Final[LatestSlot[LiveFrame]] = LatestSlot(clock)
        self._thread: Final = threading.Thread(target=self._run, name="live: virtual camera")
        self._thread.start()

    def put(self, frame: LiveFrame) -> None:
        """Take a frame; returns at once."""
        self._slot.put(frame)

    def close(self) -> None:
        """Take the camera away."""
        self._slot.close()
        self._thread.join()

    def _run(self) -> None:
        camera: VirtualCamera | None = None
        try:
            while (frame := self._slot.take()) is not None:
                pixels = frame.result.frame.pixels
                if camera is None:
                    camera = VirtualCamera(pixels.shape[1], pixels.shape[0], self._rate, ai_mark=self._ai_mark)
                    self.device = camera.device
                camera.send(pixels)
        except BaseException as error:  # noqa: BLE001  the top of a thread: the session reports it
            self._slot.close()
            self._fail(error)
        finally:
            self.device = None
            if camera is not None:
                camera.close()
