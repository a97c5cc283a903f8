"""Buttons of tool bars and panel heads."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.theme.theme import Theme
from desktop.theme.tokens import ICON_SIZE


def tool_button(action: QAction, parent: QWidget | None = None, *, with_text: bool = False) -> QToolButton:
    """Return a flat button for `action`.

    The keyboard reaches it by Tab, but a click does not give it the focus: Space goes on to mean play.
    """
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text())
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(style.ToolButtonTextBesideIcon if with_text else style.ToolButtonIconOnly)
    return button


def plain_button(theme: Theme, icon: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """Return a flat button with an icon, whose name is its tooltip, for what no action of the catalogue does."""
    button = QToolButton(parent)
    button.setAutoRaise(True)
    button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    button.setToolTip(name)
    theme.give_icon(button, icon)
    return button
