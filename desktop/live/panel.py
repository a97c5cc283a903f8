"""The middle of the live page: the picture with its tools, and the bar that starts and records."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.live.bar import LiveBar
from desktop.live.choices import Clip
from desktop.live.state import LiveState
from desktop.places import PROJECT_SUFFIX
from desktop.preview.canvas import PreviewCanvas
from desktop.preview.picture_tools import PictureTools
from desktop.studio import Studio
from desktop.widgets.banner import Banner
from desktop.widgets.empty_state import EmptyState
from engine.edit_scope import FaceSelection

if TYPE_CHECKING:
    from engine.live import LiveEvent, LiveFrame


class LivePanel(QWidget):
    """Shows the latest frame of the studio's live session. Leaving the page stops it, unless others see the result."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._live = studio.live
        self.canvas: Final = PreviewCanvas(studio.theme, self)
        self.banner: Final = Banner(studio.theme, self)
        self._off = EmptyState(
            studio.theme,
            "live",
            self.tr("Nothing is live"),
            self.tr("Choose a camera, a video or a photo as the source, or drop a file here. Then start."),
        )
        self._opening = EmptyState(
            studio.theme, "camera", self.tr("Opening…"), self.tr("The camera and the model are being made ready.")
        )
        self._stack = QStackedWidget(self)
        for widget in (self._off, self._opening, self.canvas):
            self._stack.addWidget(widget)
        self._tools = PictureTools(studio, self.canvas, self)
        self._folder = QAction(self.tr("Show in Folder"), self)
        self._folder.triggered.connect(self._open_folder)
        self._again = QAction(self.tr("Play Again"), self)
        self._again.triggered.connect(self._play_again)
        self._recorded: Path | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tools)
        layout.addWidget(self.banner)
        layout.addWidget(self._stack, 1)
        layout.addWidget(LiveBar(studio, self))
        self.setAcceptDrops(True)
        self._live.state_changed.connect(self._show_state)
        self._live.frame_arrived.connect(self._show)
        self._live.happened.connect(self._tell)
        self._live.outputs.changed.connect(self._note_outputs)
        self.canvas.point_clicked.connect(self._choose_face)
        self._show_state(self._live.state)
        if self._live.latest is not None:
            self._show(self._live.latest)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Go on where leaving the page has stopped it."""
        super().showEvent(event)
        if not event.spontaneous():
            self._live.come_back()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Give the camera back when the page is left; a window that is only minimised goes on."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._live.leave()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take one video or photo."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Show the file as a camera."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self._live.choose(source=Clip(path))

    def _show(self, frame: "LiveFrame") -> None:
        result = frame.result
        if self.isVisible():
            self.canvas.show_pictures(result.frame.pixels, frame.captured.frame.pixels, result.faces)
            self._tools.note.setText("" if result.faces else self.tr("No face in this frame"))

    def _show_state(self, state: LiveState) -> None:
        if state in {LiveState.ON, LiveState.PAUSED}:
            self._stack.setCurrentWidget(self.canvas)
            return
        self._tools.note.setText("")
        self._stack.setCurrentWidget(self._opening if state is LiveState.OPENING else self._off)
        if state in {LiveState.OPENING, LiveState.CLOSING}:
            self.banner.dismiss()
        if state is LiveState.OFF:
            self.canvas.clear()

    def _tell(self, event: "LiveEvent") -> None:
        from engine.live import EventKind  # a session has run, so it is loaded

        match event.kind:
            case EventKind.SOURCE_LOST | EventKind.DRIVER_LOST:
                remedy = " ".join(filter(None, (event.remedy, self.tr("It comes back by itself."))))
                self.banner.tell(event.message, remedy, "warning")
            case EventKind.SOURCE_BACK | EventKind.DRIVER_BACK:
                self.banner.dismiss()
                self._studio.notice.emit(event.message)
            case EventKind.SOURCE_ENDED:
                self.banner.tell(event.message, self.tr("Its last frame stays."), "info", self._again)
            case EventKind.NO_NEUTRAL:
                self.banner.tell(event.message, event.remedy, "info")
            case EventKind.RECORDING_SAVED:
                self.banner.tell(event.message, "", "success", self._folder)

    def _note_outputs(self) -> None:
        recording = self._live.outputs.recording
        self._recorded = recording or self._recorded

    def _open_folder(self) -> None:
        if self._recorded is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._recorded.parent)))

    def _play_again(self) -> None:
        self.banner.dismiss()
        self._live.play_again()

    def _choose_face(self, point: QPointF) -> None:
        """Change the expression of the face that was clicked: the one nearest to that point from now on."""
        frame = self._live.latest
        if frame is None:
            return
        height, width = frame.result.frame.pixels.shape[:2]
        for face in frame.result.faces:
            left, top, right, bottom = face.track.box_px
            if left <= point.x() <= right and top <= point.y() <= bottom:
                self._live.choose(faces=FaceSelection.nearest(point.x() / width, point.y() / height))
                return


def _dropped(event: QDropEvent) -> Path | None:
    """The file that is being dropped, unless it is a project, which the window opens."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return None if path.suffix.lower() in {PROJECT_SUFFIX, ".json"} else path
