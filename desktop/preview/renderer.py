"""Renders frames for the preview, on a thread that owns the pipeline and the medium."""

import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal

from desktop.preview.requests import Rendering, RenderRequest
from desktop.preview.workbench import OpenPipeline, Workbench
from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.pipeline import Pipeline, PipelineSettings


class Renderer(QObject):
    """Renders the latest request; those in between are never begun. Its methods belong to the UI thread.

    The thread starts with the first request, so that the window opens without MediaPipe and ONNX Runtime.

    Attributes:
        rendered: a `Rendering`.
        sketched: a key and its `Rendering`.
        failed: the EngineError that kept a request from being rendered.
        loading_changed: whether the model is being loaded.
    """

    rendered = Signal(object)
    sketched = Signal(object, object)
    failed = Signal(object)
    loading_changed = Signal(bool)
    _crashed = Signal(object)

    def __init__(self, parent: QObject | None = None, open_pipeline: "OpenPipeline | None" = None) -> None:
        super().__init__(parent)
        self._worker: Final = _Worker(
            self.rendered.emit,
            self.sketched.emit,
            self.failed.emit,
            self.loading_changed.emit,
            self._crashed.emit,
            open_pipeline or _open,
        )
        self._crashed.connect(_raise, Qt.ConnectionType.QueuedConnection)

    def request(self, request: RenderRequest) -> None:
        """Render this next, in place of what waits."""
        self._worker.ask(request)

    def sketch(self, requests: Mapping[str, RenderRequest]) -> None:
        """Render these, by their keys, whenever there is nothing else to do; in place of those that wait."""
        self._worker.sketch(requests)

    def forget(self) -> None:
        """Render nothing that has not begun, and let go of the medium."""
        self._worker.ask(None)

    def close(self) -> None:
        """End the thread; waits for the frame under way."""
        self._worker.close()


class _Worker:
    """The thread. `ask` and `close` may be called from any other one."""

    def __init__(
        self,
        rendered: Callable[[Rendering], None],
        sketched: Callable[[str, Rendering], None],
        failed: Callable[[EngineError], None],
        loading: Callable[[bool], None],
        crashed: Callable[[BaseException], None],
        open_pipeline: "OpenPipeline",
    ) -> None:
        self._rendered: Final = rendered
        self._sketched: Final = sketched
        self._failed: Final = failed
        self._crashed: Final = crashed
        self._workbench: Final = Workbench(open_pipeline, loading)
        self._changed: Final = threading.Condition()
        self._request: RenderRequest | None = None
        self._sketches: dict[str, RenderRequest] = {}
        self._is_asked = False
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def ask(self, request: RenderRequest | None) -> None:
        with self._changed:
            self._request, self._is_asked = request, True
            if self._thread is None and request is not None:
                self._thread = threading.Thread(target=self._run, name="desktop: rendering")
                self._thread.start()
            self._changed.notify()

    def sketch(self, requests: Mapping[str, RenderRequest]) -> None:
        with self._changed:
            self._sketches = dict(requests)
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            while (asked := self._wait()) is not _CLOSED:
                if asked is None:
                    self._workbench.close_reader()
                elif isinstance(asked, RenderRequest):
                    self._attempt(asked, self._rendered)
                elif isinstance(asked, tuple):
                    key, request = asked
                    self._attempt(request, partial(self._sketched, key))
        except BaseException as error:  # noqa: BLE001  the top of a thread; raised again on the UI thread
            self._crashed(error)
        finally:
            self._workbench.close()

    def _wait(self) -> object:
        with self._changed:
            self._changed.wait_for(lambda: self._is_asked or self._is_closed or self._sketches)
            if self._is_closed:
                return _CLOSED
            if self._is_asked:
                self._is_asked = False
                return self._request
            key = next(iter(self._sketches))
            return key, self._sketches.pop(key)

    def _attempt(self, request: RenderRequest, deliver: Callable[[Rendering], None]) -> None:
        try:
            deliver(self._workbench.render(request))
        except EngineError as error:
            self._failed(error)


_CLOSED: Final = object()


def _open(settings: "PipelineSettings") -> "Pipeline":
    from engine.pipeline import open_pipeline  # on the rendering thread

    return open_pipeline(settings, "image")


def _raise(error: BaseException) -> None:
    raise error
