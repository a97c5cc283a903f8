"""The page of shortcuts: search, change, see conflicts, reset."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.catalogue import CONTEXT, ActionSpec
from desktop.preferences import SHORTCUTS
from desktop.settings.key_conflicts import conflicts
from desktop.settings.keys_editor import KeysEditor
from desktop.studio import Studio
from desktop.theme.tokens import GRID

_ID: Final = Qt.ItemDataRole.UserRole
_KEYS_WIDTH_PX: Final = 200


class ShortcutsPage(QWidget):
    """All actions by group with their keys; those of the chosen one are edited below."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.studio = studio
        self.search_field = QLineEdit(self)
        self.search_field.setPlaceholderText(self.tr("Search by name or key"))
        self.search_field.setAccessibleName(self.tr("Search shortcuts"))
        self.search_field.setClearButtonEnabled(True)
        self.search_field.textChanged.connect(self._search)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(self.tr("Actions and their shortcuts"))
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Shortcuts")])
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setUniformRowHeights(True)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().resizeSection(1, _KEYS_WIDTH_PX)
        self.tree.currentItemChanged.connect(self._choose)
        self.editor = KeysEditor(studio, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 3 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self.search_field)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.editor)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: dict[str, tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = {}
        self._fill()
        self._show_keys()
        studio.preferences.changed.connect(self._note_preference)
        studio.theme.changed.connect(self._show_keys)
        self.tree.setCurrentItem(next(iter(self._items.values())))

    def reset(self) -> None:
        """Give all actions their first keys again."""
        self.studio.preferences.set(SHORTCUTS, SHORTCUTS.default)

    def item(self, action_id: str) -> QTreeWidgetItem:
        """Return the line of an action."""
        return self._items[action_id]

    def _fill(self) -> None:
        names = self._group_names()
        for spec in self.studio.actions.specs():
            group = names.get(spec.id.partition(".")[0], spec.id.partition(".")[0].capitalize())
            if group not in self._groups:
                self._groups[group] = self._head(group), []
            head, items = self._groups[group]
            item = QTreeWidgetItem(head, [_name(spec)])
            items.append(item)
            item.setData(0, _ID, spec.id)
            item.setToolTip(0, QCoreApplication.translate(CONTEXT, spec.hint or spec.text))
            self._items[spec.id] = item

    def _head(self, group: str) -> QTreeWidgetItem:
        head = QTreeWidgetItem(self.tree, [group])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        head.setFirstColumnSpanned(True)
        head.setExpanded(True)
        return head

    def _group_names(self) -> dict[str, str]:
        """Return what the first half of an action's id stands for."""
        return {
            "file": self.tr("File"),
            "edit": self.tr("Edit"),
            "play": self.tr("Playback"),
            "go": self.tr("Playback"),
            "range": self.tr("Playback"),
            "key": self.tr("Keyframes"),
            "timeline": self.tr("Timeline"),
            "presets": self.tr("Presets"),
            "preview": self.tr("Preview"),
            "view": self.tr("Window"),
            "app": self.tr("Window"),
            "help": self.tr("Help"),
            "live": self.tr("Live"),
            "training": self.tr("Training"),
            "export": self.tr("Export"),
            "sources": self.tr("Sources"),
        }

    def _show_keys(self, _change: object = None) -> None:
        shared = conflicts(self.studio.actions)
        for action_id, item in self._items.items():
            keys = self.studio.actions.keys(action_id)
            item.setText(1, "  ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys))
            others = ", ".join(self._items[other].text(0) for other in shared.get(action_id, []))
            item.setIcon(1, self.studio.theme.icon("warning") if others else QIcon())
            item.setToolTip(1, self.tr("Also the shortcut of: {}").format(others) if others else "")
            font = item.font(1)
            font.setBold(action_id in self.studio.preferences.get(SHORTCUTS))
            item.setFont(1, font)
        self._search(self.search_field.text())

    def _search(self, text: str) -> None:
        wanted = text.strip().casefold()
        for item in self._items.values():
            item.setHidden(wanted not in f"{item.text(0)}\n{item.text(1)}".casefold())
        for group, items in self._groups.values():
            group.setHidden(all(item.isHidden() for item in items))

    def _choose(self, item: QTreeWidgetItem | None, _previous: QTreeWidgetItem | None = None) -> None:
        if item is not None and item.data(0, _ID):
            self.editor.edit(item.data(0, _ID), item.text(0))

    def _note_preference(self, key: str) -> None:
        if key == SHORTCUTS.key:
            self._show_keys()


def _name(spec: ActionSpec) -> str:
    return QCoreApplication.translate(CONTEXT, spec.text).rstrip("…").replace("&", "")
