"""The step from footage to a dataset."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.studio import Studio
from desktop.training.dataset_facts import CONTACT_SHEET
from desktop.training.dataset_table import DatasetTable
from desktop.training.opening import open_path
from desktop.training.order import Stage
from desktop.training.run import TrainingRun
from desktop.training.standing import StageState
from desktop.training.step_view import StepView


class PrepareStep(StepView):
    """Footage becomes a dataset."""

    def __init__(self, studio: Studio, run: TrainingRun, parent: QWidget | None = None) -> None:
        super().__init__(studio, run, Stage.PREPARE, "", "", parent)
        self.explanation.setText(
            self.tr(
                "Finds the faces, leaves out what is of no use (blurred, turned away, covered, repeated) and splits "
                "the pictures into those to train on and those to test with. Nothing is looked at twice."
            )
        )
        self._verb = self.tr("Prepare")
        self.facts: Final = DatasetTable(self)
        self.pictures_button: Final = QPushButton(self.tr("Look at the Pictures"), self)
        self.pictures_button.setToolTip(
            self.tr("Open the contact sheet in the browser: every picture, and why some are left out")
        )
        self.pictures_button.clicked.connect(lambda: open_path(run.folder.dataset(run.order) / CONTACT_SHEET))
        self.content.addWidget(self.facts)
        self.content.addWidget(self.pictures_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addStretch()
        self.show_standing()

    def show_standing(self) -> None:
        """Show what came of it, too."""
        super().show_standing()
        run = self._run
        self.facts.show_facts(run.standing.dataset)
        is_done = run.standing.state(Stage.PREPARE) is StageState.DONE
        self.pictures_button.setVisible(is_done)
