"""The step in which every picture gets its intensities."""

from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from desktop.preferences import LAST_FOLDER
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.training.dataset_facts import DISTRIBUTION
from desktop.training.order import Stage
from desktop.training.picture_view import PictureView
from desktop.training.run import TrainingRun
from desktop.training.standing import StageState
from desktop.training.step_view import StepView
from desktop.widgets.labels import label


class LabelStep(StepView):
    """Every picture gets its intensities."""

    def __init__(self, studio: Studio, run: TrainingRun, parent: QWidget | None = None) -> None:
        super().__init__(studio, run, Stage.LABEL, "", "", parent)
        self.explanation.setText(
            self.tr(
                "Gives every picture the intensities of its 17 action units. They are estimated, or read from "
                "OpenFace's files or a table of your own. Labels that exist stay."
            )
        )
        self._verb = self.tr("Label")
        self._distribution: Path | None = None
        self.source: Final = label("", None, self)
        self.files_button: Final = QPushButton(self.tr("Use a File…"), self)
        self.files_button.clicked.connect(self._choose)
        self.estimate_button: Final = QPushButton(self.tr("Estimate Instead"), self)
        self.estimate_button.clicked.connect(lambda: run.change(labels=None))
        self.plot: Final = PictureView(studio.theme, self.tr("How often each action unit occurs shows here."), self)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.source)
        row.addWidget(self.files_button)
        row.addWidget(self.estimate_button)
        row.addStretch()
        self.settings.addLayout(row)
        self.content.addWidget(self.plot, 1)
        self.show_standing()

    def show_standing(self) -> None:
        """Show what came of it, too."""
        super().show_standing()
        run = self._run
        labels = run.order.labels
        self.source.setText(self.tr("Intensities: {}").format(self.tr("estimated") if labels is None else labels.name))
        self.files_button.setVisible(not run.is_running)
        self.estimate_button.setVisible(labels is not None and not run.is_running)
        facts = run.standing.dataset
        self.onward_button.setVisible(not run.is_running and facts is not None and facts.is_labelled)
        self._show_distribution()

    def _show_distribution(self) -> None:
        path = self._run.folder.dataset(self._run.order) / DISTRIBUTION
        if self._run.standing.state(Stage.LABEL) is StageState.DONE and path != self._distribution:
            self._distribution = path
            self._studio.background.run(lambda: QImage(str(path)), self._take_distribution)
        if self._run.is_running:
            self._distribution = None

    def _take_distribution(self, picture: QImage) -> None:
        self.plot.show_picture(None if picture.isNull() else picture)

    def _choose(self) -> None:
        start = self._studio.preferences.get(LAST_FOLDER)
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a table of intensities"), start, "CSV (*.csv)")
        if chosen:
            self._run.change(labels=Path(chosen))
