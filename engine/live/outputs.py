"""Where finished frames go besides the preview: a recording and a virtual camera, each until it ends or fails."""

from collections.abc import Callable
from typing import Final

from engine.live.clock import Clock
from engine.live.events import EventKind, LiveEvent, event_of
from engine.live.frames import LiveFrame
from engine.live.recorder import Recorder, RecordingSettings
from engine.live.virtual_camera import VirtualCameraOutput


class Outputs:
    """The session's thread starts and stops them, the inference thread gives them frames.

    Args:
        report: takes what becomes of them; called on their threads.
        clock: of the session.
    """

    def __init__(self, report: Callable[[LiveEvent], None], clock: Clock) -> None:
        self._report: Final = report
        self._clock: Final = clock
        self._recorder: Recorder | None = None
        self._virtual_camera: VirtualCameraOutput | None = None

    @property
    def recorded(self) -> int | None:
        """How many frames the recording holds; None without one."""
        recorder = self._recorder
        return None if recorder is None else recorder.written

    @property
    def device(self) -> str | None:
        """The virtual camera's name for other programs; None without one."""
        camera = self._virtual_camera
        return None if camera is None else camera.device

    def put(self, frame: LiveFrame) -> None:
        """Take a finished frame; returns at once."""
        recorder, camera = self._recorder, self._virtual_camera
        if camera is not None:
            camera.put(frame)
        if recorder is not None:
            recorder.put(frame)

    def start_recording(self, settings: RecordingSettings) -> None:
        """Record from the next frame on, after the recording before has ended."""
        self.stop_recording()
        self._recorder = Recorder(settings, self._recorded)

    def stop_recording(self) -> None:
        """End the recording, where there is one, and wait until its file is there."""
        recorder, self._recorder = self._recorder, None
        if recorder is not None:
            recorder.stop()
            recorder.join()

    def start_virtual_camera(self, rate: float, *, ai_mark: bool) -> None:
        """Show frames to other programs, `rate` a second."""
        self.stop_virtual_camera()
        self._virtual_camera = VirtualCameraOutput(rate, self._virtual_camera_failed, self._clock, ai_mark=ai_mark)

    def stop_virtual_camera(self) -> None:
        """Take the virtual camera away."""
        output, self._virtual_camera = self._virtual_camera, None
        if output is not None:
            output.close()

    def close(self) -> None:
        """End both."""
        self.stop_recording()
        self.stop_virtual_camera()

    def _recorded(self, recorder: Recorder, error: BaseException | None, is_kept: bool) -> None:
        """Tell what became of a recording, on its thread."""
        path = recorder.settings.path
        if self._recorder is recorder:
            self._recorder = None
        if error is not None:
            kept = f" What was recorded until then is in {path}." if is_kept else ""
            self._report(event_of(EventKind.RECORDING_FAILED, error, kept))
        elif is_kept:
            self._report(LiveEvent(EventKind.RECORDING_SAVED, f"{path} holds {recorder.written} frames."))

    def _virtual_camera_failed(self, error: BaseException) -> None:
        """Tell that the virtual camera is gone, on its thread, which ends now."""
        self._report(event_of(EventKind.VIRTUAL_CAMERA_FAILED, error))
