"""The last step: the model among those that can be chosen."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.training.installing import fault_of_name, install, is_taken
from desktop.training.opening import open_path
from desktop.training.run import TrainingRun
from desktop.widgets.banner import Banner
from desktop.widgets.labels import label
from engine.errors import EngineError

_FIELD_PX: Final = 240


class InstallStep(QWidget):
    """Copies the bundle in the background; the name must be free, unless it is to be replaced.

    Attributes:
        installed: the model's name.
    """

    installed = Signal(str)

    def __init__(self, studio: Studio, run: TrainingRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._run = run
        self._is_copying = False
        self.banner: Final = Banner(studio.theme, self)
        self.name_field: Final = QLineEdit(run.order.installed or run.order.name, self)
        self.name_field.setFixedWidth(_FIELD_PX)
        self.replace_box: Final = QCheckBox(self.tr("Replace the model of this name"), self)
        self.note: Final = label("", "dim", self)
        self.note.setWordWrap(True)
        self.install_button: Final = QPushButton(self.tr("Install Model"), self)
        self.install_button.setProperty("role", "primary")
        self.use_button: Final = QPushButton(self.tr("Use in This Project"), self)
        self.folder_button: Final = QPushButton(self.tr("Show in Its Folder"), self)
        explanation = label(
            self.tr("Checks the model's files and copies it to your models, so that projects can choose it."),
            "dim",
            self,
        )
        explanation.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(6 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(self.tr("Name"), self.name_field)
        form.addRow("", self.replace_box)
        form.addRow("", self.note)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        for button in (self.install_button, self.use_button, self.folder_button):
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 3 * GRID, 6 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(explanation)
        layout.addWidget(self.banner)
        layout.addLayout(form)
        layout.addLayout(buttons)
        layout.addStretch()
        self.name_field.textChanged.connect(self.show_standing)
        self.replace_box.toggled.connect(self.show_standing)
        self.install_button.clicked.connect(self.install)
        self.use_button.clicked.connect(self._use)
        self.folder_button.clicked.connect(lambda: open_path(studio.folders.models))
        run.changed.connect(self.show_standing)
        self.show_standing()

    def install(self) -> None:
        """Check and copy the model."""
        bundle, models, name = self._run.folder.bundle(self._run.order), self._studio.folders.models, self._name
        may_replace = self.replace_box.isChecked()
        self._is_copying = True
        self.banner.dismiss()
        self.show_standing()
        self._studio.background.run(
            lambda: install(bundle, models, name, replace=may_replace), lambda _: self._take(name), self._fail
        )

    def show_standing(self) -> None:
        """Show whether it can be installed, and whether it is."""
        run, name, models = self._run, self._name, self._studio.folders.models
        is_made = run.next_stage is None
        taken = bool(name) and is_taken(name, models)
        fault = fault_of_name(name)
        is_installed = taken and name == run.order.installed
        self.replace_box.setVisible(taken and not fault)
        may = is_made and not fault and not self._is_copying and (not taken or self.replace_box.isChecked())
        self.install_button.setEnabled(may)
        self.use_button.setVisible(is_installed)
        self.folder_button.setVisible(is_installed)
        if not is_made:
            self.note.setText(self.tr("The model is not made yet; finish the steps before."))
        elif fault:
            self.note.setText(fault)
        elif is_installed:
            self.note.setText(self.tr("Installed. Projects choose it in the panel Models."))
        elif taken:
            self.note.setText(self.tr("You have a model of this name already."))
        else:
            self.note.setText(str(models / name))

    @property
    def _name(self) -> str:
        return self.name_field.text().strip()

    def _take(self, name: str) -> None:
        self._is_copying = False
        self.replace_box.setChecked(False)
        self.banner.tell(self.tr("{} is installed.").format(name), severity="success")
        try:
            self._run.change(installed=name)
        except EngineError as error:
            self.banner.tell(error.message, error.remedy, "danger")
        self.show_standing()
        self.installed.emit(name)

    def _fail(self, error: Exception) -> None:
        self._is_copying = False
        self.show_standing()
        if not isinstance(error, EngineError):
            raise error
        self.banner.tell(error.message, error.remedy, "danger")

    def _use(self) -> None:
        document = self._studio.document
        document.edit(self.tr("Choose Model"), replace(document.project, model=self._run.order.installed))
        self._studio.notice.emit(self.tr("This project uses {} now.").format(self._run.order.installed))
