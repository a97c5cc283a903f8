"""A page of settings: rows of a name, a control and a hint, each tied to one preference."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from desktop.preferences import Preference
from desktop.settings.folder_field import FolderField
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label
from desktop.widgets.number_field import inset

_FIELD_WIDTH_PX: Final = 240
_NAME_WIDTH_PX: Final = 136


class Form(QWidget):
    """A control sets its preference as soon as it is used, and follows it whoever sets it."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.studio = studio
        self._shown: dict[str, tuple[Preference[Any], Callable[[Any], None]]] = {}
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(6 * GRID)
        self._rows.setVerticalSpacing(4 * GRID)
        self._rows.setColumnMinimumWidth(0, _NAME_WIDTH_PX)
        self._rows.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 5 * GRID)
        layout.addLayout(self._rows)
        layout.addStretch()
        studio.preferences.changed.connect(self._note_preference)

    def choice(
        self, preference: Preference[str], name: str, options: Sequence[tuple[str, str]], hint: str = ""
    ) -> QComboBox:
        """Add a list to choose from; options are values and texts."""
        box = QComboBox(self)
        for value, text in options:
            box.addItem(text, value)
        box.setMinimumWidth(_FIELD_WIDTH_PX)
        self._add(name, box, hint)
        self._follow(preference, lambda value: box.setCurrentIndex(max(0, box.findData(value))))
        box.activated.connect(lambda _index: self.studio.preferences.set(preference, str(box.currentData())))
        return box

    def switch(self, preference: Preference[bool], name: str, text: str, hint: str = "") -> QCheckBox:
        """Add something that is on or off."""
        box = QCheckBox(text, self)
        self._add(name, box, hint)
        box.setAccessibleName(text)
        self._follow(preference, box.setChecked)
        box.clicked.connect(lambda on: self.studio.preferences.set(preference, bool(on)))
        return box

    def number(
        self,
        preference: Preference[int],
        name: str,
        least: int,
        most: int,
        suffix: str = "",
        least_text: str = "",
        hint: str = "",
    ) -> QSpinBox:
        """Add a number; `least_text` shows in place of the least one."""
        box = QSpinBox(self)
        inset(box)
        box.setRange(least, most)
        box.setSuffix(suffix)
        box.setSpecialValueText(least_text)
        box.setMinimumWidth(_FIELD_WIDTH_PX // 2)
        self._add(name, box, hint)

        def show(value: int) -> None:
            with QSignalBlocker(box):
                box.setValue(value)

        self._follow(preference, show)
        box.valueChanged.connect(lambda value: self.studio.preferences.set(preference, value))
        return box

    def folder(self, preference: Preference[str], name: str, usual: str, hint: str = "") -> FolderField:
        """Add a folder; `usual` says what holds while none is chosen."""
        field = FolderField(name, usual, self)
        self._add(name, field, hint)
        self._follow(preference, field.show_folder)
        field.chosen.connect(lambda path: self.studio.preferences.set(preference, path))
        return field

    def note(self, widget: QWidget) -> None:
        """Add something beside the controls, without a name of its own."""
        self._rows.addWidget(widget, self._rows.rowCount(), 1)

    def reset(self) -> None:
        """Bring all preferences of the page back to what they were at first."""
        for preference, _show in self._shown.values():
            self.studio.preferences.set(preference, preference.default)

    def _add(self, name: str, control: QWidget, hint: str) -> None:
        cell = QVBoxLayout()
        cell.setSpacing(GRID)
        if isinstance(control, FolderField):
            cell.addWidget(control)
        else:
            cell.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        if hint:
            explanation = label(hint, "dim", self)
            explanation.setWordWrap(True)
            cell.addWidget(explanation)
            control.setAccessibleDescription(hint)
        title = QLabel(name, self)
        title.setMinimumHeight(control.sizeHint().height())
        title.setBuddy(control)
        control.setAccessibleName(name)
        row = self._rows.rowCount()
        self._rows.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addLayout(cell, row, 1)

    def _follow(self, preference: Preference[Any], show: Callable[[Any], None]) -> None:
        self._shown[preference.key] = preference, show
        show(self.studio.preferences.get(preference))

    def _note_preference(self, key: str) -> None:
        if key in self._shown:
            preference, show = self._shown[key]
            show(self.studio.preferences.get(preference))
