"""The presets' dock: a picture of each on the face that is open; a click applies it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.expression.steered import SteeredExpression
from desktop.presets.pictures import PlayheadPictures, PresetPictures
from desktop.preview.images import FrameImage
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.buttons import tool_button
from desktop.widgets.labels import label
from engine.action_units import AU_NUMBERS
from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.pipeline import ProcessedFrame

_PICTURE: Final = QSize(76, 88)
_CELL: Final = QSize(96, 124)
_QUIET_MS: Final = 350
"""Pictures are made anew once the face has stayed as it is for so long."""
_MARGIN: Final = 0.22
"""Around the face, as a share of its width."""


class PresetsPanel(QWidget):
    """Applies and keeps expressions. A preset sets all action units that are not locked, as one step.

    Args:
        studio: as for every panel.
        expression: what presets set; the project's at the playhead unless said otherwise, and then the action that
            saves a preset belongs to this panel.
        pictures: what shows presets on a face.
        hint: what a click does.
    """

    def __init__(
        self,
        studio: Studio,
        expression: SteeredExpression | None = None,
        pictures: PresetPictures | None = None,
        hint: str = "",
    ) -> None:
        super().__init__()
        self._studio = studio
        self._library = studio.presets
        self._expression = expression or studio.expression
        self._pictures = pictures or PlayheadPictures(studio, self)
        self._list = QListWidget(self)
        self._list.setViewMode(QListView.ViewMode.IconMode)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setMovement(QListView.Movement.Static)
        self._list.setIconSize(_PICTURE)
        self._list.setGridSize(_CELL)
        self._list.setWordWrap(True)
        self._list.setAccessibleName(self.tr("Presets"))
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._offer)
        self._list.itemClicked.connect(lambda item: self.apply(_name_of(item)))
        self._list.itemActivated.connect(lambda item: self.apply(_name_of(item)))
        head = QHBoxLayout()
        head.addWidget(label(hint or self.tr("Click to apply at the playhead"), "dim", self), 1)
        head.addWidget(self._save_button())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self._list, 1)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._ask_for_pictures)
        self._library.changed.connect(self._fill)
        self._pictures.outdated.connect(self._quiet.start)
        self._pictures.gone.connect(self._fill)
        self._pictures.made.connect(self._take_picture)
        self._fill()

    @property
    def names(self) -> list[str]:
        """The presets that are shown."""
        return [_name_of(self._list.item(row)) for row in range(self._list.count())]

    def has_picture(self, name: str) -> bool:
        """Whether a preset is shown on the face."""
        return bool(self._item(name).data(_HAS_PICTURE))

    def apply(self, name: str) -> None:
        """Set all action units; those that are locked stay."""
        self._expression.apply(name, self._library.expressions[name])

    def ask_for_name(self) -> None:
        """Keep what is set under a name."""
        name, chosen = QInputDialog.getText(self, self.tr("Save Preset"), self.tr("Name of this expression"))
        if chosen and name.strip():
            self.save(name)

    def save(self, name: str) -> None:
        """Keep what is set; an AU that follows the source counts as at rest."""
        try:
            self._library.save(name, self._expression.as_preset())
        except EngineError as error:
            self._studio.fault.emit(error)

    def delete(self, name: str) -> None:
        """Remove one of the person's own."""
        try:
            self._library.delete(name)
        except EngineError as error:
            self._studio.fault.emit(error)

    def _save_button(self) -> QToolButton:
        if self._expression is self._studio.expression:
            return tool_button(self._studio.actions.bind("presets.save", self.ask_for_name), self)
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(self.tr("Keep what is set as a preset"))
        button.setAccessibleName(self.tr("Save preset"))
        button.clicked.connect(self.ask_for_name)
        self._studio.theme.give_icon(button, "save")
        return button

    def _offer(self, point: QPoint) -> None:
        item = self._list.itemAt(point)
        if item is None:
            return
        name = _name_of(item)
        menu = QMenu(self)
        menu.addAction(self.tr("Apply"), lambda: self.apply(name))
        remove = menu.addAction(self.tr("Delete"), lambda: self.delete(name))
        remove.setEnabled(self._library.is_own(name))
        menu.exec(self._list.mapToGlobal(point))
        menu.deleteLater()

    def _fill(self) -> None:
        self._list.clear()
        placeholder = self._studio.theme.icon("expression")
        for name in self._library.expressions:
            item = QListWidgetItem(placeholder, name.capitalize())
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setToolTip(self._describe(name))
            item.setSizeHint(_CELL)
            self._list.addItem(item)
        self._quiet.start()

    def _describe(self, name: str) -> str:
        expression = self._library.expressions[name]
        parts = [f"AU{number} {expression[number]:g}" for number in AU_NUMBERS if expression[number] > 0]
        return f"{name.capitalize()}: {', '.join(parts) or self.tr('everything at rest')}"

    def _ask_for_pictures(self) -> None:
        if self.isVisible():
            self._pictures.ask(self._library.expressions)

    def _take_picture(self, name: str, result: "ProcessedFrame") -> None:
        face = result.face
        if name not in self._library.expressions or face is None:
            return
        item = self._item(name)
        item.setIcon(QIcon(_portrait(FrameImage(result.frame.pixels), face.track.box_px)))
        item.setData(_HAS_PICTURE, True)

    def _item(self, name: str) -> QListWidgetItem:
        return next(item for row in range(self._list.count()) if _name_of(item := self._list.item(row)) == name)


_HAS_PICTURE: Final = Qt.ItemDataRole.UserRole + 1


def _name_of(item: QListWidgetItem) -> str:
    return str(item.data(Qt.ItemDataRole.UserRole))


def _portrait(picture: QImage, box_px: tuple[float, float, float, float]) -> QPixmap:
    """The face with a little around it, in the shape of a list's picture."""
    left, top, right, bottom = box_px
    width = (right - left) * (1 + 2 * _MARGIN)
    height = width * _PICTURE.height() / _PICTURE.width()
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    area = QRect(round(middle_x - width / 2), round(middle_y - height / 2), round(width), round(height))
    made = QPixmap(_PICTURE * 2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(made.rect(), picture, area)
    painter.end()
    made.setDevicePixelRatio(2)
    return made
