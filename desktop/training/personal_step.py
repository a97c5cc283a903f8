"""The step of a personal model: all in one command."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.studio import Studio
from desktop.training.monitor import Monitor
from desktop.training.opening import open_path
from desktop.training.order import Stage
from desktop.training.run import TrainingRun
from desktop.training.standing import StageState
from desktop.training.step_view import StepView


class PersonalStep(StepView):
    """The whole personal model in one command."""

    def __init__(self, studio: Studio, run: TrainingRun, parent: QWidget | None = None) -> None:
        super().__init__(studio, run, Stage.PERSONALIZE, "", "", parent)
        self.explanation.setText(
            self.tr(
                "Looks at the footage, estimates the expressions, fine-tunes the bundled model on the person and "
                "writes the new model. It can be stopped at any time and goes on later."
            )
        )
        self._verb = self.tr("Start Training")
        self.report_button: Final = QPushButton(self.tr("Before and After"), self)
        self.report_button.setToolTip(self.tr("Open the report in the browser"))
        self.report_button.clicked.connect(lambda: open_path(run.folder.report(run.order)))
        self.monitor: Final = Monitor(studio, self)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.report_button)
        self.settings.addLayout(row)
        self.content.addWidget(self.monitor)
        self.show_standing()

    def show_standing(self) -> None:
        """Show the training, too."""
        super().show_standing()
        self.monitor.show_standing(self._run.standing)
        self.report_button.setVisible(self._run.standing.state(Stage.PERSONALIZE) is StageState.DONE)

    def _can_start(self, state: StageState) -> bool:
        return state is not StageState.DONE  # the model exists, and is not replaced
