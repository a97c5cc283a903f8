"""The part of the timeline that is painted and dragged in: ruler and tracks, or curves."""

from fractions import Fraction
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.document.timeline_edits import key_times, track_of
from desktop.document.view_state import KeyRef
from desktop.studio import Studio
from desktop.timeline.arrangement import Arrangement
from desktop.timeline.backdrop import Backdrop
from desktop.timeline.gestures import BoxSelect, Gesture, MoveHandle, MoveKeys, MoveRangeEdge, Scrub
from desktop.timeline.painting import paint_playhead
from desktop.timeline.picture import ScenePicture
from desktop.timeline.pointing import cursor_at, range_edge_at
from desktop.timeline.scene import RULER_HEIGHT, PlacedKey, Scene
from desktop.timeline.snapping import Snapping
from engine.action_units import AU_NUMBERS
from engine.project import Timeline

_PLAYHEAD_HALF_PX: Final = 8
_WHEEL_STEP: Final = 120.0
_ZOOM_STEP: Final = 1.25
_SCROLL_STEP_PX: Final = 72.0
_MINIMUM: Final = QSize(320, 120)


class TimelineCanvas(QWidget):
    """Paints the scene into a pixmap when it changes; the playhead is drawn over it, so that it moves at no cost.

    Attributes:
        key_opened: a `PlacedKey` was double-clicked.
        moment_opened: an empty place of a track was double-clicked: (au or None, time).
        menu_wanted: a context menu: (global position).
    """

    key_opened = Signal(object)
    moment_opened = Signal(object, object)
    menu_wanted = Signal(object)

    def __init__(self, studio: Studio, arrangement: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._arrangement = arrangement
        self._backdrop = Backdrop(studio, self)
        self._picture = ScenePicture()
        self._gesture: Gesture | None = None
        self._box: QRectF | None = None
        self._drawn_playhead = 0.0
        self._shown = (studio.document.timeline, studio.view.selection, studio.view.active)
        self.setMinimumSize(_MINIMUM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Timeline"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        arrangement.changed.connect(self._repaint_all)
        studio.document.timeline_changed.connect(self._note_timeline)
        studio.view.selection_changed.connect(self._note_selection)
        studio.view.active_changed.connect(self._note_active)
        studio.view.range_changed.connect(self._repaint_all)
        studio.measured.changed.connect(self._repaint_all)
        studio.theme.changed.connect(self._repaint_all)
        self._backdrop.changed.connect(self._repaint_all)
        studio.view.playhead_changed.connect(self._move_playhead)

    @property
    def scene(self) -> Scene:
        """What is shown now."""
        studio, arrangement = self._studio, self._arrangement
        return Scene(
            timeline=studio.document.timeline,
            selection=studio.view.selection,
            active=studio.view.active,
            time_range=studio.view.range,
            axis=arrangement.axis,
            rows=arrangement.rows,
            scroll_y=arrangement.scroll_y,
            shows_curves=arrangement.shows_curves,
            width=self.width(),
            height=self.height(),
            rate=studio.media.rate,
            duration=studio.media.duration,
            tokens=studio.theme.tokens,
            curves=studio.measured.curves,
            waveform=self._backdrop.waveform,
        )

    @property
    def is_dragging(self) -> bool:
        """Whether the mouse is doing something."""
        return self._gesture is not None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Show the picture of the scene, and over it what moves."""
        ratio, area = self.devicePixelRatioF(), event.rect()
        picture = self._picture.of(self.scene, ratio, self.font())
        painter = QPainter(self)
        part = QRectF(QPointF(area.topLeft()) * ratio, area.size().toSizeF() * ratio)
        painter.drawPixmap(QRectF(area), picture, part)
        tokens = self._studio.theme.tokens
        if self._box is not None:
            painter.setPen(QColor(tokens.accent))
            fill = QColor(tokens.accent)
            fill.setAlphaF(0.15)
            painter.fillRect(self._box, fill)
            painter.drawRect(self._box)
        paint_playhead(painter, self._drawn_playhead, self.height(), tokens)
        if self.hasFocus():
            painter.setPen(QColor(tokens.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(0.5, 0.5, self.width() - 1.0, self.height() - 1.0))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Tell the arrangement how much room there is."""
        self._picture.forget()
        self._arrangement.set_room(self.width(), self.height() - RULER_HEIGHT)
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin what the place and the button stand for."""
        point = event.position()
        if event.button() == Qt.MouseButton.LeftButton and self._gesture is None:
            self._gesture = self._gesture_at(point, event.modifiers())
            self._gesture.move(point, event.modifiers(), self.scene)
        elif event.button() == Qt.MouseButton.RightButton:
            placed = self.scene.key_at(point)
            if placed is not None and not self._studio.view.selection.intersection(placed.keys):
                self._studio.view.select(frozenset(placed.keys))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go on with it, or show what could be done here."""
        if self._gesture is not None:
            self._gesture.move(event.position(), event.modifiers(), self.scene)
        else:
            self.setCursor(cursor_at(self.scene, event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End it."""
        if event.button() == Qt.MouseButton.LeftButton and self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            gesture.finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open a keyframe's value, or add a keyframe."""
        point, scene = event.position(), self.scene
        if event.button() != Qt.MouseButton.LeftButton or point.y() < RULER_HEIGHT:
            self.mousePressEvent(event)
            return
        placed, row = scene.key_at(point), scene.row_at(point.y())
        if placed is not None:
            self.key_opened.emit(placed)
        elif row is not None and row.is_track and not scene.shows_curves:
            self.moment_opened.emit(row.aus[0], scene.axis.frame_near(point.x(), scene.rate))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for the menu."""
        self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape takes a drag back, Enter opens a selected keyframe's value, Up and Down choose the active track."""
        if event.key() == Qt.Key.Key_Escape and self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            gesture.cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            selection = self._studio.view.selection
            placed = next((found for found in self.scene.placed_keys() if selection.intersection(found.keys)), None)
            if placed is not None:
                self.key_opened.emit(placed)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._arrangement.activate_next(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll; with Shift along the time, with Ctrl zoom about the mouse."""
        turn, sideways = event.angleDelta().y() / _WHEEL_STEP, event.angleDelta().x() / _WHEEL_STEP
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._arrangement.zoom(_ZOOM_STEP**turn, event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._arrangement.scroll_time(-(turn or sideways) * _SCROLL_STEP_PX)
        else:
            self._arrangement.scroll_time(-sideways * _SCROLL_STEP_PX)
            self._arrangement.scroll_rows(round(-turn * _SCROLL_STEP_PX))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Tell what a keyframe says; keep Escape from clearing the selection during a drag."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            placed = self.scene.key_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if placed is None else placed.description, self)
            return True
        is_claim = event.type() == QEvent.Type.ShortcutOverride and self._gesture is not None
        if is_claim and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def _gesture_at(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture:
        studio, scene = self._studio, self.scene
        view = studio.view
        if point.y() < RULER_HEIGHT:
            edge = range_edge_at(scene, point)
            if edge is not None:
                before = (view.range.start, view.range.end)
                return MoveRangeEdge(view, edge, self._snapping(scene, with_range=False), before)
            studio.transport.pause()
            return Scrub(view, view.playhead)
        handle = scene.handle_at(point)
        if handle is not None:
            return MoveHandle(studio.document, handle)
        placed = scene.key_at(point)
        if placed is None:
            return BoxSelect(view, point, self._show_box)
        self._select_pressed(placed, modifiers)
        return MoveKeys(studio.document, view, point, placed, self._snapping(scene, with_range=True))

    def _select_pressed(self, placed: PlacedKey, modifiers: Qt.KeyboardModifier) -> None:
        view, keys = self._studio.view, frozenset(placed.keys)
        if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            view.select(view.selection - keys if keys <= view.selection else view.selection | keys)
        elif not keys & view.selection:
            view.select(keys)

    def _snapping(self, scene: Scene, *, with_range: bool) -> Snapping:
        moving = {time for _, time in scene.selection}
        targets: list[Fraction | None] = [time for time in key_times(scene.timeline) if time not in moving]
        targets.append(self._studio.view.playhead)
        if with_range:
            targets += [scene.time_range.start, scene.time_range.end]
        return Snapping.to(targets, scene.rate, is_on=self._arrangement.snaps)

    def _show_box(self, box: QRectF | None) -> None:
        self._box = box
        self.update()

    def _note_timeline(self, timeline: Timeline) -> None:
        before, selection, active = self._shown
        self._shown = (timeline, selection, active)
        tracks = (None, *AU_NUMBERS)
        self._repaint_tracks({au for au in tracks if track_of(before, au) is not track_of(timeline, au)})
        if timeline.end != before.end and self._studio.media.info is not None and self._studio.media.info.is_still:
            self._repaint_all()  # a photo lasts as long as its keyframes

    def _note_selection(self, selection: frozenset[KeyRef]) -> None:
        timeline, before, active = self._shown
        self._shown = (timeline, selection, active)
        self._repaint_tracks({au for au, _ in before ^ selection})

    def _note_active(self, active: frozenset[int | None]) -> None:
        timeline, selection, before = self._shown
        self._shown = (timeline, selection, active)
        self._repaint_tracks(set(before ^ active))

    def _repaint_tracks(self, aus: set[int | None]) -> None:
        """Repaint the rows of some tracks; in the curve view, where curves cross, everything."""
        if self._arrangement.shows_curves:
            self._repaint_all()
            return
        self._picture.forget_tracks(aus)
        for row in self._arrangement.rows:
            if aus.intersection(row.aus):
                self.update(0, RULER_HEIGHT + row.top - self._arrangement.scroll_y, self.width(), row.height)

    def _repaint_all(self) -> None:
        self._picture.forget()
        self._drawn_playhead = self._arrangement.axis.x_of(self._studio.view.playhead)
        self.update()

    def _move_playhead(self, time: Fraction) -> None:
        """Repaint the two narrow strips that differ."""
        before, self._drawn_playhead = self._drawn_playhead, self._arrangement.axis.x_of(time)
        for x in (before, self._drawn_playhead):
            self.update(round(x) - _PLAYHEAD_HALF_PX, 0, 2 * _PLAYHEAD_HALF_PX, self.height())
