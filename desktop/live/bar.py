"""The bar under the live picture: start, pause, record, show to others; and how it is going."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop.live.state import LiveState
from desktop.studio import Studio
from desktop.theme.tokens import GRID, ICON_SIZE
from desktop.widgets.buttons import tool_button
from desktop.widgets.labels import label

if TYPE_CHECKING:
    from engine.live import LiveStatistics

_SECOND_MS: Final = 1000
_ROOM_FOR_NAMES_PX: Final = 600


class LiveBar(QWidget):
    """Follows the studio's live session."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._live = studio.live
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.start_button: Final = QPushButton(self)
        self.start_button.setProperty("role", "primary")
        self.start_button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.start_button.setMinimumWidth(28 * GRID)
        self.start_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.health: Final[QLabel] = label("", "dim", self)
        self.health.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.health.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._clock = label("", "danger", self)
        self._clock.hide()
        self._named: list[QToolButton] = []
        self._seconds = 0
        self._ticks = QTimer(self, interval=_SECOND_MS)
        self._ticks.timeout.connect(self._tick)
        toggle = studio.actions.action("live.toggle")
        self.start_button.clicked.connect(toggle.trigger)
        toggle.changed.connect(self._show_start)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.start_button)
        layout.addSpacing(GRID)
        layout.addWidget(self._button("live.pause"))
        layout.addWidget(self._button("live.record", self.tr("Record")))
        layout.addWidget(self._button("live.virtual_camera", self.tr("Virtual camera")))
        layout.addWidget(self._button("live.neutral"))
        layout.addWidget(self._clock)
        layout.addWidget(self.health, 1)
        self._live.state_changed.connect(self._show_state)
        self._live.statistics_changed.connect(self._show_health)
        self._live.outputs.changed.connect(self._show_recording)
        self._show_start()
        self._show_state(self._live.state)
        self._show_recording()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Name the buttons where there is room."""
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        has_room = self.width() >= _ROOM_FOR_NAMES_PX
        for button in self._named:
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if has_room else style.ToolButtonIconOnly)

    def _button(self, action_id: str, name: str = "") -> QToolButton:
        action = self._studio.actions.action(action_id)
        button = tool_button(action, self)
        if name:
            action.setIconText(name)
            self._named.append(button)
        return button

    def _show_start(self) -> None:
        toggle = self._studio.actions.action("live.toggle")
        self.start_button.setText(self.tr("Stop") if self._live.is_running else self.tr("Start"))
        self.start_button.setToolTip(toggle.toolTip())
        self.start_button.setEnabled(toggle.isEnabled())

    def _show_state(self, state: LiveState) -> None:
        words = {
            LiveState.OFF: "",
            LiveState.OPENING: self.tr("Opening…"),
            LiveState.ON: self.tr("Live"),
            LiveState.PAUSED: self.tr("Paused"),
            LiveState.CLOSING: self.tr("Stopping…"),
        }
        self.health.setText(words[state])

    def _show_health(self, statistics: "LiveStatistics") -> None:
        if self._live.state is LiveState.ON:
            self.health.setText(
                self.tr("{} fps   {} ms   {} dropped").format(
                    f"{statistics.fps_out:.1f}", f"{statistics.age_p50_ms:.0f}", statistics.dropped
                )
            )

    def _show_recording(self) -> None:
        is_recording = self._live.outputs.recording is not None
        if is_recording != self._ticks.isActive():
            self._seconds = 0
            self._clock.setText(_clock(0))
            self._clock.setVisible(is_recording)
            if is_recording:
                self._ticks.start()
            else:
                self._ticks.stop()

    def _tick(self) -> None:
        self._seconds += 1
        self._clock.setText(_clock(self._seconds))


def _clock(seconds: int) -> str:
    return f"● {seconds // 60}:{seconds % 60:02d}"
