"""The heads of the tracks: names, values at the playhead, and a keyframe button each."""

from fractions import Fraction
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.document.timeline_edits import track_of
from desktop.studio import Studio
from desktop.theme.tokens import GRID, SMALL_FONT_SIZE_PX
from desktop.timeline.arrangement import Arrangement
from desktop.timeline.rows import CONTEXT, Row, track_color
from desktop.timeline.scene import RULER_HEIGHT

_WIDTH: Final = 232
_KEY_WIDTH: Final = 28
_VALUE_WIDTH: Final = 44
_STRIPE: Final = 3
_KEY_PX: Final = 4.5


class TrackHeads(QWidget):
    """One head for each row of the arrangement.

    Attributes:
        key_toggled: the keyframe button of a track was clicked: (au or None).
    """

    key_toggled = Signal(object)

    def __init__(self, studio: Studio, arrangement: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._arrangement = arrangement
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(self.tr("Tracks"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        arrangement.changed.connect(self.update)
        studio.document.timeline_changed.connect(self.update)
        studio.view.active_changed.connect(self.update)
        studio.theme.changed.connect(self.update)
        studio.view.playhead_changed.connect(self._update_values)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the width of names and values."""
        return QSize(_WIDTH, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the rows that show."""
        tokens = self._studio.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(tokens.panel))
        painter.setClipRect(0, RULER_HEIGHT, self.width(), self.height() - RULER_HEIGHT)
        for row in self._arrangement.rows:
            area = self._area_of(row)
            if area.bottom() > RULER_HEIGHT and area.top() < self.height():
                self._paint_head(painter, row, area)
        painter.setClipping(False)
        painter.setPen(QColor(tokens.divider))
        painter.drawLine(0, RULER_HEIGHT - 1, self.width(), RULER_HEIGHT - 1)
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Fold a group, set a keyframe, or make a track active; with Ctrl, in addition."""
        row = self._row_at(event.position().y())
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if row.group is not None:
            self._arrangement.toggle_group(row.group)
        elif row.is_track and event.position().x() >= _WIDTH - _KEY_WIDTH:
            self.key_toggled.emit(row.aus[0])
        elif row.is_track:
            view, chosen = self._studio.view, frozenset(row.aus)
            adds = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            view.activate(view.active ^ chosen if adds else chosen)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll the rows."""
        self._arrangement.scroll_rows(round(-event.angleDelta().y() / 120 * 72))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Tell the FACS name of a track, and what the button does."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos().y())
            text = ""
            if row is not None and row.is_track:
                on_key = event.pos().x() >= _WIDTH - _KEY_WIDTH
                name = QCoreApplication.translate(CONTEXT, row.detail or row.title)
                text = self.tr("Add or remove a keyframe at the playhead") if on_key else name
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _paint_head(self, painter: QPainter, row: Row, area: QRectF) -> None:
        tokens = self._studio.theme.tokens
        if row.is_track and row.aus[0] in self._studio.view.active:
            painter.fillRect(area, QColor(tokens.selection))
        elif row.group is not None:
            painter.fillRect(area, QColor(tokens.raised))
        painter.setPen(QColor(tokens.grid))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        title = QCoreApplication.translate(CONTEXT, row.title)
        font = painter.font()
        font.setBold(row.group is not None)
        font.setPixelSize(SMALL_FONT_SIZE_PX)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        left = area.adjusted(6 * GRID if row.group is not None else 4 * GRID, 0, 0, 0)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, title)
        if row.group is not None:
            self._paint_arrow(painter, area, is_open=row.group not in self._arrangement.collapsed)
            painter.fillRect(QRectF(0, area.top(), _STRIPE, area.height()), QColor(track_color(row.aus[0], tokens)))
        elif row.is_track:
            painter.fillRect(QRectF(0, area.top(), _STRIPE, area.height()), QColor(track_color(row.aus[0], tokens)))
            painter.setPen(QColor(tokens.text_dim))
            names = QRectF(60, area.top(), _WIDTH - 60 - _KEY_WIDTH - _VALUE_WIDTH, area.height())
            name = painter.fontMetrics().elidedText(
                QCoreApplication.translate(CONTEXT, row.detail), Qt.TextElideMode.ElideRight, round(names.width())
            )
            painter.drawText(names, Qt.AlignmentFlag.AlignVCenter, name)
            self._paint_value(painter, row.aus[0], area)

    def _paint_arrow(self, painter: QPainter, area: QRectF, *, is_open: bool) -> None:
        x, y = 14.0, area.center().y()
        points = ((-4, -2), (4, -2), (0, 3)) if is_open else ((-2, -4), (3, 0), (-2, 4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._studio.theme.tokens.text_dim))
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in points]))

    def _paint_value(self, painter: QPainter, au: int | None, area: QRectF) -> None:
        """Draw the track's value at the playhead, and its keyframe button: filled where there is a keyframe."""
        tokens, playhead = self._studio.theme.tokens, self._studio.view.playhead
        track = track_of(self._studio.document.timeline, au)
        value = track.evaluate(playhead)
        if value is not None:
            painter.setPen(QColor(tokens.text))
            numbers = QRectF(_WIDTH - _KEY_WIDTH - _VALUE_WIDTH, area.top(), _VALUE_WIDTH - GRID, area.height())
            painter.drawText(numbers, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{value:.2f}")
        x, y = _WIDTH - _KEY_WIDTH / 2, area.center().y()
        diamond = QPolygonF(
            [QPointF(x, y - _KEY_PX), QPointF(x + _KEY_PX, y), QPointF(x, y + _KEY_PX), QPointF(x - _KEY_PX, y)]
        )
        is_key = track.at(playhead) is not None
        color = tokens.keyframe_selected if is_key else tokens.text_dim if track.keyframes else tokens.text_disabled
        painter.setPen(QPen(QColor(color), 1.25))
        painter.setBrush(QColor(color) if is_key else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(diamond)

    def _area_of(self, row: Row) -> QRectF:
        return QRectF(0, RULER_HEIGHT + row.top - self._arrangement.scroll_y, self.width(), row.height)

    def _row_at(self, y: float) -> Row | None:
        if y < RULER_HEIGHT:
            return None
        return next(
            (row for row in self._arrangement.rows if self._area_of(row).top() <= y < self._area_of(row).bottom()), None
        )

    def _update_values(self, _time: Fraction) -> None:
        self.update(_WIDTH - _KEY_WIDTH - _VALUE_WIDTH, RULER_HEIGHT, _KEY_WIDTH + _VALUE_WIDTH, self.height())
