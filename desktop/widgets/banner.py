"""A message across the top of an area: what happened, what to do, and a button to close it."""

from typing import Literal, TypeAlias

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.theme.tokens import GRID, ICON_SIZE
from desktop.widgets.labels import label

Severity: TypeAlias = Literal["info", "success", "warning", "danger"]
_ICONS: dict[Severity, str] = {"info": "info", "success": "check", "warning": "warning", "danger": "error"}


class Banner(QFrame):
    """Hidden until `tell`; stays until it is closed or `dismiss`ed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._theme = theme
        self._icon = QToolButton(self)
        self._icon.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self._icon.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._icon.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._message = _wrapped(label("", "heading", self))
        self._remedy = _wrapped(label("", "dim", self))
        self._buttons = QHBoxLayout()
        close = QToolButton(self)
        close.setToolTip(self.tr("Close this message"))
        close.setAccessibleName(self.tr("Close this message"))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.dismiss)
        theme.give_icon(close, "close")
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 2)
        texts.addWidget(self._message)
        texts.addWidget(self._remedy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)
        layout.addLayout(self._buttons)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, message: str, remedy: str = "", severity: Severity = "info", *actions: QAction) -> None:
        """Show a message, with a button for each of `actions`."""
        self._message.setText(message)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self.setProperty("severity", severity)
        self._theme.give_icon(self._icon, _ICONS[severity])
        self._empty_buttons()
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._buttons.addWidget(button)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def dismiss(self) -> None:
        """Hide the message."""
        self._empty_buttons()
        self.hide()

    @property
    def message(self) -> str:
        """What is shown."""
        return self._message.text()

    def _empty_buttons(self) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _wrapped(made: QLabel) -> QLabel:
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made
