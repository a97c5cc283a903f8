"""The line at the foot of the window: the latest notice, what goes on, and what is open."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from desktop.preview.requests import Rendering
from desktop.studio import Studio
from desktop.widgets.labels import label

if TYPE_CHECKING:
    from engine.media import VideoInfo

_NOTICE_MS = 6000


class StatusBar(QStatusBar):
    """Follows the studio."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setSizeGripEnabled(False)
        self._live = label("", "danger", self)
        self._work = QLabel(self)
        self._frame = QLabel(self)
        self._frame.setToolTip(self.tr("Faces in this frame, time from the request to the picture, and what computes"))
        self._medium = QLabel(self)
        self.addPermanentWidget(self._live)
        self.addPermanentWidget(self._work)
        self.addPermanentWidget(self._frame)
        self.addPermanentWidget(self._medium)
        studio.notice.connect(lambda text: self.showMessage(text, _NOTICE_MS))
        studio.background.busy_changed.connect(self._show_work)
        studio.live.outputs.changed.connect(self._show_live)
        studio.measured.progress.connect(self._show_measuring)
        studio.media.info_changed.connect(self._show_medium)
        studio.preview.rendered.connect(self._show_frame)
        studio.document.media_changed.connect(lambda _media: self._frame.clear())
        self._show_medium(studio.media.info)

    def _show_work(self, busy: bool) -> None:
        self._work.setText(self.tr("Working…") if busy else "")

    def _show_live(self) -> None:
        outputs = self._studio.live.outputs
        parts = (
            self.tr("● Recording") if outputs.recording is not None else "",
            self.tr("● Virtual camera") if outputs.has_camera else "",
        )
        self._live.setText("   ".join(filter(None, parts)))

    def _show_measuring(self, done: int, total: int) -> None:
        share = f"{100 * done // total} %" if total else str(done)
        self._work.setText(self.tr("Measuring expressions: {}").format(share))

    def _show_frame(self, rendering: Rendering) -> None:
        count = len(rendering.result.faces)
        faces = self.tr("1 face") if count == 1 else self.tr("{} faces").format(count)
        self._frame.setText(f"{faces}   {rendering.milliseconds:.0f} ms   {rendering.backend}")

    def _show_medium(self, info: "VideoInfo | None") -> None:
        if info is None or info.path is None:
            path = self._studio.document.project.media
            self._medium.setText("" if path is None else path.name)
            return
        size = f"{info.width} × {info.height}"
        if info.is_still:
            self._medium.setText(f"{info.path.name}   {size}")
        else:
            rate = float(info.average_rate)
            self._medium.setText(f"{info.path.name}   {size}   {rate:.5g} fps   {float(info.duration or 0):.2f} s")
