"""The playhead's time as timecode, to read and to type."""

from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.studio import Studio
from desktop.theme.theme import monospace_font
from engine.errors import ProjectError
from engine.project.exact_time import frame_at, frame_time
from engine.project.timecode import format_timecode, parse_timecode


class TimecodeField(QLineEdit):
    """Follows the playhead; what is typed moves it, and what is no timecode gives way to the playhead again."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setFont(monospace_font())
        self.setFixedWidth(108)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setToolTip(self.tr("Playhead: hours, minutes, seconds, frames"))
        self.setAccessibleName(self.tr("Playhead"))
        self.returnPressed.connect(self._go)
        studio.view.playhead_changed.connect(self._show)
        studio.media.info_changed.connect(lambda _info: self._show(studio.view.playhead))
        self._show(studio.view.playhead)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Escape gives up what was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.clearFocus()
            self._show(self._studio.view.playhead)
        else:
            super().keyPressEvent(event)

    def _show(self, time: Fraction) -> None:
        rate = self._studio.media.rate
        self.setText(format_timecode(frame_at(time, rate), rate))

    def _go(self) -> None:
        rate = self._studio.media.rate
        try:
            frame = parse_timecode(self.text(), rate)
        except ProjectError as error:
            self._studio.notice.emit(f"{error.message} {error.remedy}")
        else:
            self._studio.transport.pause()
            self._studio.transport.go_to(frame_time(frame, rate))
        self.clearFocus()
        self._show(self._studio.view.playhead)
