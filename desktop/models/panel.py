"""The dock of models: which there are, what the card of one says, which the project uses, and what computes."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.computing import BACKENDS, DEVICES
from desktop.models.card_text import card_page
from desktop.models.library import ModelEntry, ModelLibrary
from desktop.preferences import BACKEND, DEVICE, MODELS_FOLDER, Preference
from desktop.preview.requests import Rendering
from desktop.studio import Studio
from desktop.theme.tokens import GRID, ICON_SIZE
from desktop.widgets.buttons import plain_button
from desktop.widgets.labels import label
from engine.errors import ModelError
from engine.project import Project

_ENTRY: Final = Qt.ItemDataRole.UserRole
_ROW_PX: Final = 40
_MOST_ROWS: Final = 4
"""Without a scroll bar."""


class ModelsPanel(QWidget):
    """Shows models; Enter, a double click or the button makes the project use one, as one undoable step."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.library: Final = ModelLibrary(studio.folders, studio.background, self)
        self.list: Final = QListWidget(self)
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.card: Final = QTextBrowser(self)
        self.card.setProperty("role", "reading")
        self.card.setAccessibleName(self.tr("Model card"))
        self.card.setOpenLinks(False)
        self.use_button: Final = QPushButton(self.tr("Use This Model"), self)
        self.use_button.setProperty("role", "primary")
        self.fault: Final = label("", "danger", self)
        self.fault.setWordWrap(True)
        self.backend_box: Final = self._choice(BACKEND, BACKENDS, self.tr("Software"))
        self.device_box: Final = self._choice(DEVICE, DEVICES, self.tr("Device"))
        self._runs_on = label("", "dim", self)
        self._runs_on.setWordWrap(True)
        self._lay_out()
        self.library.changed.connect(self._fill)
        self.list.currentItemChanged.connect(self._show_entry)
        self.list.itemActivated.connect(lambda _item: self.use())
        self.use_button.clicked.connect(self.use)
        studio.document.project_changed.connect(self._note_project)
        studio.preferences.changed.connect(self._note_preference)
        studio.preview.rendered.connect(self._note_rendering)
        studio.theme.changed.connect(self._fill)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Look at the models: some may have come."""
        super().showEvent(event)
        self.library.look()

    def use(self) -> None:
        """Make the project use the model that is selected."""
        entry = self._selected()
        if entry is not None and entry.card is not None:
            document = self._studio.document
            document.edit(self.tr("Choose Model"), replace(document.project, model=entry.name))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("The project's model"), "section", self), 1)
        theme = self._studio.theme
        again = plain_button(theme, "loop", self.tr("Look for models again"), self)
        again.clicked.connect(self.library.look)
        folder = plain_button(theme, "folder", self.tr("Open the folder of your own models"), self)
        folder.clicked.connect(self._open_folder)
        head.addWidget(again)
        head.addWidget(folder)
        computing = QFormLayout()
        computing.setHorizontalSpacing(3 * GRID)
        computing.setVerticalSpacing(GRID)
        computing.addRow(self.tr("Software"), self.backend_box)
        computing.addRow(self.tr("Device"), self.device_box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.list)
        layout.addWidget(self.fault)
        layout.addWidget(self.card, 1)
        layout.addWidget(self.use_button)
        layout.addSpacing(GRID)
        layout.addWidget(label(self.tr("Runs on"), "section", self))
        layout.addLayout(computing)
        layout.addWidget(self._runs_on)

    def _choice(self, preference: Preference[str], choices: dict[str, str], name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.addItem(self.tr("Automatic"), "auto")
        for value, shown in choices.items():
            box.addItem(shown, value)
        box.setCurrentIndex(max(0, box.findData(self._studio.preferences.get(preference))))
        box.activated.connect(lambda _index: self._studio.preferences.set(preference, str(box.currentData())))
        return box

    def _fill(self, _changed: object = None) -> None:
        entries = self.library.entries
        if entries is None:
            return
        used = self._studio.document.project.model
        selected = self._selected()
        wanted = used if selected is None else selected.name
        if used not in {entry.name for entry in entries}:
            missing = self.library.entry(used)
            assert missing is not None
            entries = (*entries, missing)
        with QSignalBlocker(self.list):
            self.list.clear()
            for entry in entries:
                icon = "warning" if entry.error is not None else "check" if entry.name == used else "model"
                item = QListWidgetItem(self._studio.theme.icon(icon), self._title(entry, used), self.list)
                item.setData(_ENTRY, entry)
                item.setSizeHint(QSize(0, _ROW_PX))
                item.setToolTip(str(entry.folder))
                if entry.name == wanted:
                    self.list.setCurrentItem(item)
        self.list.setFixedHeight(min(self.list.count(), _MOST_ROWS) * _ROW_PX + 2 * GRID)
        self._show_entry()

    def _title(self, entry: ModelEntry, used: str) -> str:
        origin = self.tr("one of your own") if entry.is_own else self.tr("comes with the program")
        if entry.card is None:
            origin = self.tr("cannot be used")
        facts = [] if entry.card is None else [f"{entry.card.input.size_px} px"]
        facts += [origin, *([self.tr("in use")] if entry.name == used else [])]
        return f"{entry.name}\n{' · '.join(facts)}"

    def _selected(self) -> ModelEntry | None:
        entries = self.list.selectedItems()
        entry = entries[0].data(_ENTRY) if entries else None
        return entry if isinstance(entry, ModelEntry) else None

    def _show_entry(self) -> None:
        entry = self._selected()
        error = None if entry is None else entry.error
        self.fault.setText("" if error is None else f"{error.message} {error.remedy}")
        self.fault.setVisible(error is not None)
        if entry is None or entry.card is None:
            self.card.clear()
        else:
            self.card.setHtml(card_page(entry.card, self._studio.theme.tokens.text_dim))
        is_used = entry is not None and entry.name == self._studio.document.project.model
        self.use_button.setEnabled(entry is not None and entry.card is not None and not is_used)
        self.use_button.setText(self.tr("In Use") if is_used and error is None else self.tr("Use This Model"))

    def _open_folder(self) -> None:
        folder = self._studio.folders.models
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = self.tr("The folder {} cannot be made: {}.").format(folder, error.strerror)
            self._studio.fault.emit(ModelError(message, self.tr("Choose another one in the settings.")))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _note_project(self, project: Project) -> None:
        shown = self._selected()
        if shown is None or self.use_button.isEnabled() == (shown.name == project.model):
            self._fill()

    def _note_preference(self, key: str) -> None:
        if key == MODELS_FOLDER.key:
            self.library.look()
        for preference, box in ((BACKEND, self.backend_box), (DEVICE, self.device_box)):
            if key == preference.key:
                with QSignalBlocker(box):
                    box.setCurrentIndex(max(0, box.findData(self._studio.preferences.get(preference))))

    def _note_rendering(self, rendering: Rendering) -> None:
        self._runs_on.setText(self.tr("Now: {}").format(rendering.backend))
