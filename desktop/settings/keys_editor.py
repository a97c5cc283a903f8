"""The keys of one action: each can be typed anew or cleared, and one more can be added."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.preferences import SHORTCUTS
from desktop.settings.key_conflicts import users_of
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.buttons import plain_button
from desktop.widgets.labels import label

SLOTS: Final = 2
"""Keys that an action can have here; more that it has already are kept."""


class KeysEditor(QWidget):
    """A key that another action has is taken over only when the person says so."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._action_id = ""
        self._wanted: tuple[QKeySequence, ...] = ()
        self._title = label("", "heading", self)
        self.fields: list[QKeySequenceEdit] = []
        self.clear_buttons: list[QToolButton] = []
        for slot in range(SLOTS):
            self.fields.append(self._field(slot))
            self.clear_buttons.append(self._clear_button(slot))
        self.reset_button = QPushButton(self.tr("Reset"), self)
        self.reset_button.setAutoDefault(False)  # Enter is for the key that is being typed
        self.reset_button.setToolTip(self.tr("Give this action its first keys again"))
        self.reset_button.clicked.connect(lambda: studio.actions.set_keys(self._action_id, None))
        self.conflict = label("", "warning", self)
        self.conflict.setWordWrap(True)
        self.take_button = QPushButton(self.tr("Take It Over"), self)
        self.take_button.setToolTip(self.tr("The other action loses the key"))
        self.take_button.clicked.connect(self._take_over)
        self.take_button.setAutoDefault(False)
        keys = QHBoxLayout()
        keys.setSpacing(GRID)
        for field, button in zip(self.fields, self.clear_buttons, strict=True):
            keys.addWidget(field, 1)
            keys.addWidget(button)
        keys.addSpacing(2 * GRID)
        keys.addWidget(self.reset_button)
        trouble = QHBoxLayout()
        trouble.setSpacing(2 * GRID)
        trouble.addWidget(self.conflict, 1)
        trouble.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._title)
        layout.addLayout(keys)
        layout.addLayout(trouble)
        studio.preferences.changed.connect(self._note_preference)

    def edit(self, action_id: str, name: str) -> None:
        """Show the keys of an action."""
        self._action_id = action_id
        self._title.setText(name)
        self._show()

    def _field(self, slot: int) -> QKeySequenceEdit:
        field = QKeySequenceEdit(self)
        field.setMaximumSequenceLength(1)
        field.setAccessibleName(self.tr("Shortcut {}").format(slot + 1))
        field.setToolTip(self.tr("Press the keys"))
        field.editingFinished.connect(partial(self._take, slot))
        return field

    def _clear_button(self, slot: int) -> QToolButton:
        button = plain_button(self._studio.theme, "close", self.tr("Remove shortcut {}").format(slot + 1), self)
        button.clicked.connect(partial(self._clear, slot))
        return button

    def _show(self) -> None:
        keys = self._studio.actions.keys(self._action_id)
        for slot, field in enumerate(self.fields):
            with QSignalBlocker(field):
                field.setKeySequence(keys[slot] if slot < len(keys) else QKeySequence())
            self.clear_buttons[slot].setEnabled(slot < len(keys))
        self.reset_button.setEnabled(self._action_id in self._studio.preferences.get(SHORTCUTS))
        self._object(())

    def _take(self, slot: int) -> None:
        """Take what was typed; a modifier alone brings the former key back."""
        if self.fields[slot].keySequence().isEmpty():
            self._show()
        else:
            self._try()

    def _clear(self, slot: int) -> None:
        with QSignalBlocker(self.fields[slot]):
            self.fields[slot].clear()
        self._try()

    def _try(self) -> None:
        typed = [field.keySequence() for field in self.fields if not field.keySequence().isEmpty()]
        kept = self._studio.actions.keys(self._action_id)[SLOTS:]
        self._wanted = tuple(dict.fromkeys([*typed, *kept]))
        taken = [key for key in self._wanted if users_of(self._studio.actions, key, self._action_id)]
        if taken:
            self._object(taken)
        else:
            self._studio.actions.set_keys(self._action_id, self._wanted)

    def _take_over(self) -> None:
        actions, wanted = self._studio.actions, self._wanted
        for key in wanted:
            for other in users_of(actions, key, self._action_id):
                actions.set_keys(other, [left for left in actions.keys(other) if left != key])
        actions.set_keys(self._action_id, wanted)

    def _object(self, taken: Sequence[QKeySequence]) -> None:
        """Say which actions have the keys already; with none, say nothing."""
        actions = self._studio.actions
        sentences = []
        for key in taken:
            names = [actions.action(other).text().rstrip("…") for other in users_of(actions, key, self._action_id)]
            shown = key.toString(QKeySequence.SequenceFormat.NativeText)
            sentences.append(self.tr("{} is the shortcut of “{}”.").format(shown, "”, “".join(names)))
        self.conflict.setText(" ".join(sentences))
        self.take_button.setVisible(bool(taken))

    def _note_preference(self, key: str) -> None:
        if key == SHORTCUTS.key and self._action_id:
            self._show()
