"""Mute, and a slider for the volume beneath it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QToolButton, QWidget, QWidgetAction

from desktop.preferences import MUTED, VOLUME
from desktop.studio import Studio
from desktop.theme.tokens import GRID, ICON_SIZE
from desktop.widgets.labels import label


class VolumeButton(QToolButton):
    """A click mutes, the arrow opens the slider. Disabled where the medium has no sound."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        action = studio.actions.bind("play.mute", self._mute)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 100)
        self.slider.setFixedWidth(30 * GRID)
        self.slider.setAccessibleName(self.tr("Volume"))
        self._words = label("", "dim", self)
        self._words.setMinimumWidth(8 * GRID)
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.slider)
        layout.addWidget(self._words)
        holder = QWidgetAction(self)
        holder.setDefaultWidget(row)
        menu = QMenu(self)
        menu.addAction(holder)
        self.setMenu(menu)
        self.setDefaultAction(action)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setAutoRaise(True)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(action.text())
        self.slider.valueChanged.connect(lambda value: studio.preferences.set(VOLUME, value))
        studio.preferences.changed.connect(self._note_preference)
        studio.media.info_changed.connect(lambda info: action.setEnabled(info is not None and info.has_audio))
        action.setEnabled(studio.media.info is not None and studio.media.info.has_audio)
        self._show()

    def _mute(self, muted: bool) -> None:
        self._studio.preferences.set(MUTED, muted)

    def _note_preference(self, key: str) -> None:
        if key in (MUTED.key, VOLUME.key):
            self._show()

    def _show(self) -> None:
        """Set everything from the preferences, without an echo."""
        preferences = self._studio.preferences
        muted, volume = preferences.get(MUTED), preferences.get(VOLUME)
        action = self.defaultAction()
        action.setChecked(muted)
        self._studio.theme.give_icon(action, "volume-off" if muted or not volume else "volume")
        self.slider.blockSignals(True)
        self.slider.setValue(volume)
        self.slider.blockSignals(False)
        self._words.setText(f"{volume} %")
