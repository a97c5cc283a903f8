"""What the timeline shows at one moment, and where its keyframes are: painting and clicks share this one account."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PySide6.QtCore import QPointF, QRectF

from desktop.document.timeline_edits import track_of
from desktop.document.view_state import KeyRef, TimeRange
from desktop.theme.tokens import Tokens
from desktop.timeline.axis import TimeAxis
from desktop.timeline.rows import Row
from engine.action_units import MAX_INTENSITY
from engine.project import Keyframe, Timeline, Track

if TYPE_CHECKING:
    from engine.curves import AUCurves
    from engine.media.waveform import Waveform

RULER_HEIGHT: Final = 28
RANGE_BAND: Final = 8
"""The lower part of the ruler, where in and out points are dragged."""
KEY_REACH_PX: Final = 7.0
_CURVE_MARGIN: Final = 16.0
HandleEnd: TypeAlias = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class PlacedKey:
    """A keyframe on the screen; in the row of a group it stands for several at the same time."""

    at: QPointF
    keys: tuple[KeyRef, ...]
    keyframe: Keyframe
    au: int | None

    @property
    def description(self) -> str:
        """Return its tracks, time, value and easing, for people."""
        names = ", ".join("Strength" if au is None else f"AU{au}" for au, _ in self.keys)
        seconds, value = float(self.keyframe.time), self.keyframe.value
        return f"{names}   {seconds:.3f} s   {value:.2f}   {self.keyframe.easing.name}"


@dataclass(frozen=True, slots=True)
class Handle:
    """A Bézier handle on the screen: of which keyframe's easing, which end, and the keyframe it is tied to."""

    at: QPointF
    tied_to: QPointF
    key: KeyRef
    end: HandleEnd


@dataclass(frozen=True, slots=True)
class ValueScale:
    """Maps the values `low`..`high` of a curve to pixels between `top` + `height` and `top`."""

    low: float
    high: float
    top: float
    height: float

    def y_of(self, value: float) -> float:
        """Return the pixel of a value."""
        return self.top + self.height * (self.high - value) / (self.high - self.low)

    def change_of(self, pixels: float) -> float:
        """Return how much a value changes over pixels downwards."""
        return -pixels * (self.high - self.low) / self.height


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is painted, in the coordinates of the canvas.

    Attributes:
        timeline, selection, active, time_range: as the document and the view state have them.
        axis: times.
        rows, scroll_y: the rows, and how many pixels of them lie above the canvas.
        shows_curves: the curve view instead of the rows.
        width, height: of the canvas.
        rate, duration: of the medium.
        tokens: colours.
        curves, waveform: measured, as a backdrop.
    """

    timeline: Timeline
    selection: frozenset[KeyRef]
    active: frozenset[int | None]
    time_range: TimeRange
    axis: TimeAxis
    rows: tuple[Row, ...]
    scroll_y: int
    shows_curves: bool
    width: int
    height: int
    rate: Fraction
    duration: Fraction
    tokens: Tokens
    curves: "AUCurves | None"
    waveform: "Waveform | None"

    @property
    def body(self) -> QRectF:
        """The canvas without the ruler."""
        return QRectF(0, RULER_HEIGHT, self.width, max(0, self.height - RULER_HEIGHT))

    def top_of(self, row: Row) -> int:
        """Return the pixel at which a row begins."""
        return RULER_HEIGHT + row.top - self.scroll_y

    def row_at(self, y: float) -> Row | None:
        """Return the row at a pixel."""
        return next((row for row in self.rows if self.top_of(row) <= y < self.top_of(row) + row.height), None)

    @property
    def curve_tracks(self) -> tuple[Track, ...]:
        """The tracks of the curve view: the active ones that have keyframes, or all that have."""
        having = [track for track in (*self.timeline.tracks, self.timeline.strength) if track.keyframes]
        return tuple(track for track in having if track.au in self.active) or tuple(having)

    def value_scale(self, track: Track) -> ValueScale:
        """Return the vertical scale of a track in the curve view; the strength has its own, 0..1 at least."""
        low, high = (0.0, 1.0) if track.au is None else (0.0, MAX_INTENSITY)
        values = [keyframe.value for keyframe in track.keyframes]
        low, high = min([low, *values]), max([high, *values])
        return ValueScale(low, high, RULER_HEIGHT + _CURVE_MARGIN, max(1.0, self.body.height() - 2 * _CURVE_MARGIN))

    def placed_keys(self, rows: Collection[Row] | None = None) -> Iterator[PlacedKey]:
        """Yield the keyframes that the view shows, those behind first; of some rows, or of all."""
        if self.shows_curves:
            for track in self.curve_tracks:
                scale = self.value_scale(track)
                for second, keyframe in self._in_view(track):
                    at = QPointF(self.axis.x_of(second), scale.y_of(keyframe.value))
                    yield PlacedKey(at, ((track.au, keyframe.time),), keyframe, track.au)
            return
        for row in self.rows if rows is None else rows:
            yield from self._keys_of(row)

    def selected_seconds(self) -> dict[int | None, set[float]]:
        """Return the selected keyframes by track, with times as `Track.seconds` has them."""
        found: dict[int | None, set[float]] = {}
        for au, time in self.selection:
            found.setdefault(au, set()).add(time.numerator / time.denominator)
        return found

    def key_at(self, point: QPointF) -> PlacedKey | None:
        """Return the keyframe under the mouse, the frontmost and nearest."""
        near = [placed for placed in self.placed_keys() if _reach(placed.at, point) <= KEY_REACH_PX]
        return min(reversed(near), key=lambda placed: _reach(placed.at, point), default=None)

    def keys_in(self, area: QRectF) -> frozenset[KeyRef]:
        """Return the keyframes inside a box."""
        return frozenset(key for placed in self.placed_keys() if area.contains(placed.at) for key in placed.keys)

    def handles(self) -> Iterator[Handle]:
        """Yield the Bézier handles of the curve view: those of the segments that selected keyframes begin or end."""
        if not self.shows_curves:
            return
        for track in self.curve_tracks:
            scale = self.value_scale(track)
            for start, end in pairwise(track.keyframes):
                control = start.easing.control_points
                key = (track.au, start.time)
                if control is None or not ({key, (track.au, end.time)} & self.selection):
                    continue
                x1, y1, x2, y2 = control
                yield Handle(
                    self._within(start, end, scale, x1, y1), self._within(start, end, scale, 0, 0), key, "start"
                )
                yield Handle(self._within(start, end, scale, x2, y2), self._within(start, end, scale, 1, 1), key, "end")

    def handle_at(self, point: QPointF) -> Handle | None:
        """Return the handle under the mouse."""
        return min(
            (handle for handle in self.handles() if _reach(handle.at, point) <= KEY_REACH_PX),
            key=lambda handle: _reach(handle.at, point),
            default=None,
        )

    def _within(self, start: Keyframe, end: Keyframe, scale: ValueScale, x: float, y: float) -> QPointF:
        """Return the pixel of the point (x, y) of a segment's unit square."""
        seconds = float(start.time) + x * float(end.time - start.time)
        return QPointF(self.axis.x_of(seconds), scale.y_of(start.value + y * (end.value - start.value)))

    def _keys_of(self, row: Row) -> Iterator[PlacedKey]:
        y = self.top_of(row) + row.height / 2
        together: dict[float, list[tuple[KeyRef, Keyframe]]] = {}
        for au in row.aus:
            for second, keyframe in self._in_view(track_of(self.timeline, au)):
                together.setdefault(second, []).append(((au, keyframe.time), keyframe))
        for second, found in together.items():
            at = QPointF(self.axis.x_of(second), y)
            yield PlacedKey(at, tuple(key for key, _ in found), found[0][1], found[0][0][0])

    def _in_view(self, track: Track) -> Iterator[tuple[float, Keyframe]]:
        """Yield the keyframes between the left and the right edge, with their seconds."""
        low = bisect_left(track.seconds, self.axis.seconds_at(-KEY_REACH_PX))
        high = bisect_right(track.seconds, self.axis.seconds_at(self.width + KEY_REACH_PX))
        return zip(track.seconds[low:high], track.keyframes[low:high], strict=True)


def _reach(one: QPointF, other: QPointF) -> float:
    return max(abs(one.x() - other.x()), abs(one.y() - other.y()))
