"""Which part of a clip is exported."""

from fractions import Fraction
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.document.view_state import TimeRange
from desktop.studio import Studio
from desktop.theme.theme import monospace_font
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label
from engine.errors import ProjectError
from engine.project.exact_time import frame_time, nearest_frame
from engine.project.timecode import format_timecode, parse_timecode

_WHOLE: Final = "whole"
_IN_TO_OUT: Final = "in-out"
_TYPED: Final = "typed"


class SpanField(QWidget):
    """The whole clip, what lies between the in and the out point, or between two timecodes that are typed.

    Attributes:
        changed: another part may be chosen now.
    """

    changed = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate = studio.media.rate
        self._duration = studio.media.duration
        self._marked = studio.view.range
        self.kind_box = QComboBox(self)
        self.kind_box.setAccessibleName(self.tr("Part"))
        self.start_field = self._timecode(self.tr("First frame of the part"))
        self.end_field = self._timecode(self.tr("End of the part; the frame that shows from then on is left out"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.kind_box, 1)
        layout.addWidget(self.start_field)
        layout.addWidget(label("–", "dim", self))
        layout.addWidget(self.end_field)
        self.kind_box.addItem(self.tr("Whole clip"), _WHOLE)
        if self._marked != TimeRange():
            self.kind_box.addItem(self.tr("In to out"), _IN_TO_OUT)
        self.kind_box.addItem(self.tr("From – to"), _TYPED)
        self.kind_box.currentIndexChanged.connect(self._show_kind)
        for field in (self.start_field, self.end_field):
            field.textEdited.connect(lambda _text: self.changed.emit())
        self.kind_box.setCurrentIndex(max(0, self.kind_box.findData(_IN_TO_OUT)))
        self._show_kind()

    @property
    def start(self) -> Fraction | None:
        """Where the part begins, None for the beginning of the clip. ProjectError where no timecode is typed."""
        match self.kind_box.currentData():
            case "in-out":
                return self._marked.start
            case "typed":
                return self._typed(self.start_field)
        return None

    @property
    def end(self) -> Fraction | None:
        """Where it ends, None for the end of the clip. ProjectError where no timecode is typed, or an earlier one."""
        match self.kind_box.currentData():
            case "in-out":
                return self._marked.end
            case "typed":
                end = self._typed(self.end_field)
                if end <= self._typed(self.start_field):
                    raise ProjectError(
                        self.tr("The part ends before it begins."), self.tr("Type a later timecode for its end.")
                    )
                return None if nearest_frame(self._duration - end, self._rate) <= 0 else end
        return None

    @property
    def duration(self) -> Fraction:
        """Seconds of the part. ProjectError as for its ends."""
        end = self._duration if self.end is None else min(self.end, self._duration)
        return max(Fraction(0), end - (self.start or Fraction(0)))

    def _show_kind(self) -> None:
        kind = self.kind_box.currentData()
        for field in (self.start_field, self.end_field):
            field.setEnabled(kind == _TYPED)
        if kind != _TYPED:
            marked = self._marked if kind == _IN_TO_OUT else TimeRange()
            self._write(self.start_field, marked.start or Fraction(0))
            self._write(self.end_field, self._duration if marked.end is None else marked.end)
        self.changed.emit()

    def _write(self, field: QLineEdit, time: Fraction) -> None:
        field.setText(format_timecode(nearest_frame(time, self._rate), self._rate))

    def _typed(self, field: QLineEdit) -> Fraction:
        return frame_time(parse_timecode(field.text(), self._rate), self._rate)

    def _timecode(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setFont(monospace_font())
        field.setFixedWidth(27 * GRID)
        field.setToolTip(name)
        field.setAccessibleName(name)
        return field
