"""The dock that tells how the live session is doing: rates, age, drops, and where the time goes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.live.state import LiveState
from desktop.studio import Studio
from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label
from desktop.widgets.scrolling import fill_scrolling

if TYPE_CHECKING:
    from engine.live import LiveStatistics
    from engine.pipeline import StageTimes

_NONE: Final = "–"
_BAR_ROW_PX: Final = 4 * GRID
_NAME_PX: Final = 20 * GRID
_VALUE_PX: Final = 14 * GRID
_SHORTEST_SPAN_MS: Final = 10.0


class StatisticsPanel(QWidget):
    """Shows the figures of the studio's live session, those of the last five seconds where nothing else is said."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.values: Final[dict[str, QLabel]] = {}
        self._before: LiveStatistics | None = None
        self.stages: Final = StageBars(studio.theme, self)
        figures = QGridLayout()
        figures.setHorizontalSpacing(3 * GRID)
        figures.setVerticalSpacing(GRID // 2)
        figures.setColumnStretch(1, 1)
        for row, (key, name, hint) in enumerate(self._names()):
            heading = label(name, "dim", self)
            value = label(_NONE, None, self)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for widget in (heading, value):
                widget.setToolTip(hint)
            figures.addWidget(heading, row, 0)
            figures.addWidget(value, row, 1)
            self.values[key] = value
        self.program: Final = label("", "dim", self)
        self.program.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        content = QWidget(self)
        content.setProperty("surface", "panel")
        right = QVBoxLayout()
        right.setSpacing(GRID // 2)
        right.addWidget(label(self.tr("Milliseconds a frame"), "dim", content))
        right.addWidget(self.stages)
        right.addStretch()
        left = QVBoxLayout()
        left.addLayout(figures)
        left.addStretch()
        columns = QHBoxLayout()
        columns.setSpacing(5 * GRID)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        lines = QVBoxLayout(content)
        lines.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        lines.setSpacing(GRID)
        lines.addLayout(columns)
        lines.addWidget(self.program)
        lines.addStretch()
        fill_scrolling(self, content)
        self.setMinimumWidth(280)
        studio.live.statistics_changed.connect(self.show_statistics)
        studio.live.state_changed.connect(self._note_state)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return a size at which nothing scrolls."""
        return QSize(440, 200)

    def show_statistics(self, statistics: "LiveStatistics") -> None:
        """Show the figures of a moment."""
        texts = {
            "in": self.tr("{} fps").format(f"{statistics.fps_in:.1f}"),
            "out": self.tr("{} fps").format(f"{statistics.fps_out:.1f}"),
            "dropped": str(statistics.dropped),
            "age": self.tr("{} ms, 95 % {}").format(f"{statistics.age_p50_ms:.0f}", f"{statistics.age_p95_ms:.0f}"),
            "faces": str(statistics.faces),
            "driver": _NONE
            if statistics.driver_delay_ms is None
            else self.tr("{} ms").format(f"{statistics.driver_delay_ms:.0f}"),
            "recorded": _NONE if statistics.recorded is None else str(statistics.recorded),
        }
        for key, text in texts.items():
            self.values[key].setText(text)
        camera = statistics.virtual_camera
        parts = (statistics.backend, self._load(statistics), self.tr("seen as {}").format(camera) if camera else "")
        self.program.setText("   ".join(filter(None, parts)))
        self.stages.show_stages(statistics.stages)
        self._before = statistics

    def _load(self, statistics: "LiveStatistics") -> str:
        memory = self.tr("{} MiB").format(f"{statistics.memory_mib:.0f}")
        before = self._before
        if before is None or statistics.seconds <= before.seconds:
            return memory
        cores = (statistics.cpu_s - before.cpu_s) / (statistics.seconds - before.seconds)
        return self.tr("{} cores, {}").format(f"{cores:.1f}", memory)

    def _note_state(self, state: LiveState) -> None:
        if state in {LiveState.OFF, LiveState.OPENING}:
            self._before = None
            for value in self.values.values():
                value.setText(_NONE)
            self.program.setText("")
            self.stages.show_stages({})

    def _names(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("in", self.tr("In"), self.tr("What the camera or file gives")),
            ("out", self.tr("Shown"), self.tr("What is ready to be shown")),
            ("dropped", self.tr("Dropped"), self.tr("Frames that a newer one replaced before they were processed")),
            (
                "age",
                self.tr("Age"),
                self.tr("From capture until it can be shown: median and 95th percentile"),
            ),
            ("faces", self.tr("Faces"), self.tr("In the latest frame")),
            ("driver", self.tr("Driver lag"), self.tr("How much later the driver's movement shows")),
            ("recorded", self.tr("Recorded"), self.tr("Frames written to the recording")),
        )


class StageBars(QWidget):
    """A bar for each stage: its median, and a mark at its 95th percentile."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stages: Mapping[str, StageTimes] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def shown(self) -> tuple[str, ...]:
        """The stages, from the top."""
        return tuple(self._stages)

    def show_stages(self, stages: "Mapping[str, StageTimes]") -> None:
        """Show other figures."""
        is_longer = len(stages) != len(self._stages)
        self._stages = stages
        if is_longer:
            self.updateGeometry()
        self.setAccessibleDescription(", ".join(f"{name} {times.p50_ms:.0f} ms" for name, times in stages.items()))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return a row for each stage."""
        return QSize(200, max(1, len(self._stages)) * _BAR_ROW_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint names, bars and medians."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._stages:
            painter.setPen(self._theme.color("text_dim"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _NONE)
            return
        span_ms = max(_SHORTEST_SPAN_MS, max(times.p95_ms for times in self._stages.values()))
        room = max(1.0, self.width() - _NAME_PX - _VALUE_PX)
        for row, (name, times) in enumerate(self._stages.items()):
            top = row * _BAR_ROW_PX
            painter.setPen(self._theme.color("text_dim"))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, _NAME_PX, _BAR_ROW_PX), Qt.AlignmentFlag.AlignLeft | middle, name)
            painter.setPen(self._theme.color("text"))
            value = QRectF(self.width() - _VALUE_PX, top, _VALUE_PX, _BAR_ROW_PX)
            painter.drawText(value, Qt.AlignmentFlag.AlignRight | middle, f"{times.p50_ms:.1f}")
            bar = QRectF(_NAME_PX, top + _BAR_ROW_PX / 2 - GRID, room, 2 * GRID)
            self._paint_bar(painter, bar, times.p50_ms / span_ms, times.p95_ms / span_ms)

    def _paint_bar(self, painter: QPainter, bar: QRectF, median: float, high: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.field))
        painter.drawRoundedRect(bar, GRID / 2, GRID / 2)
        painter.setBrush(QColor(self._theme.tokens.accent))
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * median, bar.height()), GRID / 2, GRID / 2)
        painter.setBrush(QColor(self._theme.tokens.measured))
        painter.drawRect(QRectF(bar.left() + min(bar.width() * high, bar.width() - 2), bar.top(), 2, bar.height()))
