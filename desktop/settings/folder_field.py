"""A field for a folder: typed or browsed for, or left to the program."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.theme.tokens import GRID
from desktop.widgets.labels import label


class FolderField(QWidget):
    """Shows a folder, or in dim letters what holds while none is chosen.

    Attributes:
        chosen: the path of an existing folder, or nothing where the choice is left to the program.
    """

    chosen = Signal(str)

    def __init__(self, name: str, usual: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(usual)
        self.line.setClearButtonEnabled(True)
        self.line.setAccessibleName(name)
        self.browse_button = QPushButton(self.tr("Browse…"), self)
        self.browse_button.setAccessibleName(self.tr("Browse for: {}").format(name))
        self.browse_button.setAutoDefault(False)
        self.fault = label("", "danger", self)
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.setFocusProxy(self.line)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.line, 1)
        row.addWidget(self.browse_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(row)
        layout.addWidget(self.fault)
        self.line.editingFinished.connect(self._take)
        self.line.textChanged.connect(self._note_text)
        self.browse_button.clicked.connect(self._browse)

    def show_folder(self, path: str) -> None:
        """Show what is chosen."""
        self._shown = path
        with QSignalBlocker(self.line):
            self.line.setText(path)
        self.line.setToolTip(path or self.line.placeholderText())
        self.fault.hide()

    def _note_text(self, text: str) -> None:
        if not text:
            self._take()  # the clear button leaves no editing to be finished

    def _take(self) -> None:
        text = self.line.text().strip()
        path = str(Path(text).expanduser().absolute()) if text else ""
        if path == self._shown:
            self.fault.hide()
        elif path and not Path(path).is_dir():
            self.fault.setText(self.tr("The folder {} does not exist. Make it first, or choose another.").format(path))
            self.fault.show()
        else:
            self.show_folder(path)
            self.chosen.emit(path)

    def _browse(self) -> None:
        start = self._shown or str(Path.home())
        path = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), start)
        if path:
            self.line.setText(path)
            self._take()
