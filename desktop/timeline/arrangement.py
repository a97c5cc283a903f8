"""How the timeline is laid out now: which rows show, how far it is scrolled and zoomed, and in which view."""

from fractions import Fraction
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.document.project_media import ProjectMedia
from desktop.document.view_state import ViewState
from desktop.timeline.axis import TimeAxis, fitted
from desktop.timeline.rows import Group, Row, visible_rows

_MARGIN_PX: Final = 16.0


class Arrangement(QObject):
    """Shared by the canvas, the heads of the tracks and the scroll bars. Owned by the UI thread.

    Attributes:
        changed: something of it differs.
    """

    changed = Signal()

    def __init__(self, view: ViewState, media: ProjectMedia, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._media = media
        self._collapsed: frozenset[Group] = frozenset()
        self._axis = TimeAxis()
        self._is_fitted = True
        self._width = 0
        self._height = 0
        self._scroll_y = 0
        self._shows_curves = False
        self._snaps = True
        self._rows = visible_rows(self._collapsed, has_sound=False)
        media.info_changed.connect(self._note_media)
        self._note_media()

    @property
    def axis(self) -> TimeAxis:
        """The time axis of the canvas."""
        return self._axis

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are not collapsed, from top to bottom."""
        return self._rows

    @property
    def collapsed(self) -> frozenset[Group]:
        """The groups whose tracks are hidden."""
        return self._collapsed

    @property
    def scroll_y(self) -> int:
        """How many pixels of the rows lie above the canvas."""
        return self._scroll_y

    @property
    def greatest_scroll_y(self) -> int:
        """The largest `scroll_y`."""
        return max(0, self._rows[-1].bottom - self._height)

    @property
    def height(self) -> int:
        """Pixels that the rows have."""
        return self._height

    @property
    def width(self) -> int:
        """Pixels that the time has."""
        return self._width

    @property
    def origins(self) -> tuple[float, float]:
        """The least and the greatest second at the left edge; one where everything fits."""
        margin = _MARGIN_PX / self._axis.scale
        last = float(self._media.duration) + margin - self._width / self._axis.scale
        return -margin, max(-margin, last, self._axis.origin)

    @property
    def shows_curves(self) -> bool:
        """Whether the curve view shows instead of the rows."""
        return self._shows_curves

    @property
    def snaps(self) -> bool:
        """Whether what is dragged is drawn to frames and keyframes."""
        return self._snaps

    def set_snaps(self, snaps: bool) -> None:
        """Choose whether it is."""
        self._snaps = snaps

    def set_room(self, width: int, height: int) -> None:
        """Take the size of the canvas; a fitted timeline stays fitted."""
        self._width, self._height = width, height
        if self._is_fitted:
            self._axis = fitted(self._media.duration, width, _MARGIN_PX)
        self._scroll_y = min(self._scroll_y, self.greatest_scroll_y)
        self.changed.emit()

    def toggle_group(self, group: Group) -> None:
        """Hide or show the tracks of a group."""
        self._collapsed = self._collapsed ^ {group}
        self._lay_out()

    def show_curves(self, shows: bool) -> None:
        """Choose the view."""
        self._shows_curves = shows
        self.changed.emit()

    def zoom(self, factor: float, about_x: float | None = None) -> None:
        """Show more or less detail about a pixel; by default about the playhead, or the middle where it is not seen."""
        if about_x is None:
            playhead = self._axis.x_of(self._view.playhead)
            about_x = playhead if 0 <= playhead <= self._width else self._width / 2
        self._look(self._axis.zoomed(factor, about_x))

    def fit(self) -> None:
        """Show the whole length, and keep doing so."""
        self._axis = fitted(self._media.duration, self._width, _MARGIN_PX)
        self._is_fitted = True
        self.changed.emit()

    def scroll_time(self, by_px: float) -> None:
        """Show what is further right."""
        if by_px:
            self._look(self._axis.scrolled(by_px))

    def scroll_to_second(self, second: float) -> None:
        """Put a moment at the left edge."""
        self._look(TimeAxis(self._axis.scale, second))

    def scroll_rows(self, by_px: int) -> None:
        """Show what is further down."""
        self.scroll_rows_to(self._scroll_y + by_px)

    def scroll_rows_to(self, top: int) -> None:
        """Put a pixel of the rows at the upper edge."""
        top = min(max(0, top), self.greatest_scroll_y)
        if top != self._scroll_y:
            self._scroll_y = top
            self.changed.emit()

    def follow(self, time: Fraction) -> None:
        """Turn the page when the playing playhead leaves the view."""
        x = self._axis.x_of(time)
        if not 0 <= x <= self._width:
            self._look(TimeAxis(self._axis.scale, float(time) - _MARGIN_PX / self._axis.scale))

    def activate_next(self, direction: int) -> None:
        """Make the track below (1) or above (-1) the active one, and show it."""
        tracks = [row for row in self._rows if row.is_track]
        active = [index for index, row in enumerate(tracks) if row.aus[0] in self._view.active]
        index = (active[0] + direction) % len(tracks) if active else (0 if direction > 0 else len(tracks) - 1)
        row = tracks[index]
        self._view.activate(frozenset(row.aus))
        if row.top < self._scroll_y or row.bottom > self._scroll_y + self._height:
            self.scroll_rows_to(row.top - self._height // 2)

    def _look(self, axis: TimeAxis) -> None:
        least = -_MARGIN_PX / axis.scale
        self._axis = TimeAxis(axis.scale, max(axis.origin, least))
        self._is_fitted = False
        self.changed.emit()

    def _note_media(self) -> None:
        self._is_fitted = True
        self._axis = fitted(self._media.duration, self._width, _MARGIN_PX)
        self._lay_out()

    def _lay_out(self) -> None:
        info = self._media.info
        self._rows = visible_rows(self._collapsed, has_sound=info is not None and info.has_audio)
        self._scroll_y = min(self._scroll_y, self.greatest_scroll_y)
        self.changed.emit()
