"""The actions of the catalogue as `QAction`s, with the keys that the person has chosen."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from desktop.actions.catalogue import CONTEXT, ActionSpec
from desktop.preferences import SHORTCUTS, Preferences
from desktop.theme.theme import Theme

Slot: TypeAlias = Callable[[], object] | Callable[[bool], object]


class ActionRegistry(QObject):
    """Makes every action once; menus, buttons and windows share them. Owned by the UI thread."""

    def __init__(
        self, specs: Iterable[ActionSpec], theme: Theme, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._specs = {spec.id: spec for spec in specs}
        self._actions = {spec.id: self._make(spec, theme) for spec in self._specs.values()}
        self._bound: set[str] = set()
        preferences.changed.connect(self._note_preference)

    def action(self, action_id: str) -> QAction:
        """Return the action with this id."""
        return self._actions[action_id]

    def bind(self, action_id: str, slot: Slot) -> QAction:
        """Call `slot` when the action is triggered: with its state if it is checkable, else with nothing."""
        action = self._actions[action_id]
        if self._specs[action_id].is_checkable:
            action.toggled.connect(slot)
        else:
            action.triggered.connect(lambda _checked=False: slot())  # type: ignore[call-arg]  # chosen by the spec
        self._bound.add(action_id)
        return action

    def unbound(self) -> list[str]:
        """Return the ids of actions that would do nothing."""
        return [action_id for action_id in self._actions if action_id not in self._bound]

    def specs(self) -> list[ActionSpec]:
        """Return the catalogue, in its order."""
        return list(self._specs.values())

    def all(self) -> list[QAction]:
        """Return all actions; a window that adds them answers to their keys."""
        return list(self._actions.values())

    def keys(self, action_id: str) -> list[QKeySequence]:
        """Return the keys in force."""
        chosen = self._preferences.get(SHORTCUTS).get(action_id)
        texts = self._specs[action_id].keys if chosen is None else tuple(filter(None, chosen.split("; ")))
        return [QKeySequence(text, QKeySequence.SequenceFormat.PortableText) for text in texts]

    def set_keys(self, action_id: str, keys: Iterable[QKeySequence] | None) -> None:
        """Choose other keys, none, or with None the catalogue's again."""
        chosen = dict(self._preferences.get(SHORTCUTS))
        chosen.pop(action_id, None)
        if keys is not None:
            chosen[action_id] = "; ".join(key.toString(QKeySequence.SequenceFormat.PortableText) for key in keys)
        self._preferences.set(SHORTCUTS, chosen)

    def _make(self, spec: ActionSpec, theme: Theme) -> QAction:
        action = QAction(QCoreApplication.translate(CONTEXT, spec.text), self)
        action.setObjectName(spec.id)
        action.setCheckable(spec.is_checkable)
        if spec.icon:
            theme.give_icon(action, spec.icon)
        self._put_keys(action, spec)
        return action

    def _put_keys(self, action: QAction, spec: ActionSpec) -> None:
        keys = self.keys(spec.id)
        action.setShortcuts(keys)
        hint = QCoreApplication.translate(CONTEXT, spec.hint or spec.text).rstrip("…")
        shown = keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        action.setToolTip(f"{hint}  ({shown})" if shown else hint)
        action.setStatusTip(hint)

    def _note_preference(self, key: str) -> None:
        if key == SHORTCUTS.key:
            for action_id, spec in self._specs.items():
                self._put_keys(self._actions[action_id], spec)
