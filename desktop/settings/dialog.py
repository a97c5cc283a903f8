"""The settings dialog: pages on the left, the chosen one beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.settings.computing_page import ComputingPage
from desktop.settings.pages import ExportPage, FoldersPage, GeneralPage
from desktop.settings.shortcuts_page import ShortcutsPage
from desktop.studio import Studio
from desktop.theme.tokens import GRID, ROW_HEIGHT

_LIST_WIDTH_PX: Final = 168
_SIZE: Final = QSize(840, 560)


class _Page(Protocol):
    def reset(self) -> None: ...


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A page: its id, its name in the list, its icon, and the widget that makes it, which can `reset`."""

    id: str
    title: str
    icon: str
    make: Callable[[Studio, QWidget], QWidget]


class SettingsDialog(QDialog):
    """Every change holds at once; there is nothing to confirm."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setWindowTitle(self.tr("Settings"))
        self.resize(_SIZE)
        self.setMinimumSize(_SIZE.width() - 120, _SIZE.height() - 80)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Pages of settings"))
        self.list.setFixedWidth(_LIST_WIDTH_PX)
        self.list.setProperty("role", "pages")
        self._stack = QStackedWidget(self)
        self.pages: dict[str, QWidget] = {}
        for page in self._catalogue():
            self._add(page)
        self.list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.list.setCurrentRow(0)
        self._draw_icons()
        studio.theme.changed.connect(self._draw_icons)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        reset = buttons.addButton(self.tr("Reset This Page"), QDialogButtonBox.ButtonRole.ResetRole)
        reset.setAutoDefault(False)
        reset.setToolTip(self.tr("Bring all settings of this page back to what they were at first"))
        reset.clicked.connect(self.reset_page)
        buttons.rejected.connect(self.close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.list)
        body.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body, 1)
        layout.addLayout(foot)

    def show_page(self, page_id: str) -> None:
        """Show the page with this id."""
        self.list.setCurrentRow(list(self.pages).index(page_id))

    def reset_page(self) -> None:
        """Reset the page that shows."""
        page: _Page = list(self.pages.values())[self.list.currentRow()]  # type: ignore[assignment]  # as `SettingsPage` says
        page.reset()

    def _catalogue(self) -> tuple[SettingsPage, ...]:
        return (
            SettingsPage("general", self.tr("General"), "settings", GeneralPage),
            SettingsPage("shortcuts", self.tr("Shortcuts"), "keyboard", ShortcutsPage),
            SettingsPage("folders", self.tr("Folders"), "folder", FoldersPage),
            SettingsPage("computing", self.tr("Computing"), "processor", ComputingPage),
            SettingsPage("export", self.tr("Export"), "export", ExportPage),
        )

    def _add(self, page: SettingsPage) -> None:
        item = QListWidgetItem(page.title, self.list)
        item.setData(Qt.ItemDataRole.UserRole, page.icon)
        item.setSizeHint(QSize(0, ROW_HEIGHT + 3 * GRID))
        widget = page.make(self._studio, self)
        widget.setProperty("surface", "panel")
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(widget)
        self.pages[page.id] = widget
        self._stack.addWidget(scroll)

    def _draw_icons(self, _tokens: object = None) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setIcon(self._studio.theme.icon(item.data(Qt.ItemDataRole.UserRole)))
