"""The project's medium: a picture, its name and facts, and how to replace or find it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.background import Job
from desktop.sources.cached_thumbnail import cached_thumbnail
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.labels import label
from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.media import VideoInfo

_PICTURE: Final = QSize(96, 60)
_CODECS: Final = {
    "h264": "H.264",
    "hevc": "HEVC",
    "vp9": "VP9",
    "av1": "AV1",
    "libdav1d": "AV1",
    "ffv1": "FFV1",
    "prores": "ProRes",
    "mjpeg": "Motion JPEG",
    "mpeg4": "MPEG-4",
}


class MediumCard(QWidget):
    """Follows the document's medium."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._job: Job[QImage] | None = None
        self._picture = QLabel(self)
        self._picture.setFixedSize(_PICTURE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.name_label: Final = ElidedLabel(self)
        self.name_label.setProperty("role", "heading")
        self.facts_label: Final = _wrapped(label("", "dim", self))
        self.fault_label: Final = _wrapped(label("", "danger", self))
        self.button: Final = QPushButton(self)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(studio.actions.action("file.replace_media").trigger)
        self._lay_out()
        studio.document.media_changed.connect(self._show)
        studio.media.info_changed.connect(self._show)
        studio.media.failed.connect(self._show)
        studio.theme.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.facts_label, 1, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.name_label)
        layout.addLayout(row)
        layout.addWidget(self.fault_label)
        layout.addWidget(self.button)

    def _show(self, _changed: object = None) -> None:
        media, error = self._studio.document.project.media, self._studio.media.error
        self._show_picture(media if error is None else None)
        self._show_fault(error)
        self.button.setVisible(media is not None)
        self.button.setText(self.tr("Replace…") if error is None else self.tr("Find the File…"))
        self.button.setProperty("role", "" if error is None else "primary")
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)
        if media is None:
            self.name_label.setText(self.tr("Nothing open yet"))
            self.name_label.setToolTip("")
            self.facts_label.setText(self.tr("Drop a photo or a video anywhere in the window."))
            return
        self.name_label.setText(media.name)
        self.name_label.setToolTip(str(media))
        info = self._studio.media.info
        self.facts_label.setText("" if info is None else "\n".join(self._facts(info)))

    def _facts(self, info: "VideoInfo") -> list[str]:
        size = f"{info.width} × {info.height}"
        if info.is_still:
            return [size, self.tr("Photo")]
        codec = _CODECS.get(info.codec, info.codec) or self.tr("Numbered pictures")
        minutes, seconds = divmod(float(info.duration or 0), 60)
        length = f"{minutes:.0f}:{seconds:05.2f}"
        sound = self.tr("sound") if info.has_audio else self.tr("silent")
        return [size, f"{float(info.average_rate):.5g} fps", length, f"{codec}, {sound}"]

    def _show_fault(self, error: EngineError | None) -> None:
        self.fault_label.setVisible(error is not None)
        self.fault_label.setText("" if error is None else error.message)

    def _show_picture(self, media: Path | None) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._picture.setPixmap(self._studio.theme.picture("image", 7 * GRID, self.devicePixelRatioF()))
        if media is not None:
            size, cache = _PICTURE * self.devicePixelRatioF(), self._studio.places.thumbnails
            self._job = self._studio.background.run(partial(cached_thumbnail, media, size, cache), self._take_picture)

    def _take_picture(self, image: QImage) -> None:
        if not image.isNull():
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._picture.setPixmap(picture)


def _wrapped(made: QLabel) -> QLabel:
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made
