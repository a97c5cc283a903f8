"""One step on the way to a model: what it does, a button, how far it is, what went wrong."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.training.order import Stage
from desktop.training.run import TrainingRun, fault_of
from desktop.training.standing import StageState, Standing
from desktop.training.words import duration
from desktop.widgets.banner import Banner
from desktop.widgets.labels import label
from engine.errors import EngineError

_FORECAST: Final = "This will take about "


class StepView(QWidget):
    """The frame that all steps have; each adds its own below the progress.

    Args:
        studio, run: what it shows and steers.
        stage: of the trainer.
        explanation: what the step does.
        verb: on its button.

    Attributes:
        onward: the person wants to see the next step.
    """

    onward = Signal()

    def __init__(
        self, studio: Studio, run: TrainingRun, stage: Stage, explanation: str, verb: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._studio = studio
        self._run = run
        self._stage = stage
        self._verb = verb
        self.explanation: Final = label(explanation, "dim", self)
        self.explanation.setWordWrap(True)
        self.banner: Final = Banner(studio.theme, self)
        self._told: object = None
        self.start_button: Final = QPushButton(verb, self)
        self.start_button.clicked.connect(self.start)
        self.onward_button: Final = QPushButton(self.tr("Next"), self)
        self.onward_button.setProperty("role", "primary")
        self.onward_button.clicked.connect(self.onward)
        self.activity: Final = label("", None, self)
        self.forecast: Final = label("", "dim", self)
        self.forecast.setWordWrap(True)
        self.bar: Final = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(2 * GRID)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.settings: Final = QVBoxLayout()
        self.settings.setSpacing(2 * GRID)
        self.content: Final = QVBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self.explanation, 1)
        head.addWidget(self.start_button)
        head.addWidget(self.onward_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 3 * GRID, 6 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addLayout(head)
        layout.addLayout(self.settings)
        layout.addWidget(self.banner)
        layout.addWidget(self.activity)
        layout.addWidget(self.bar)
        layout.addWidget(self.forecast)
        layout.addLayout(self.content, 1)
        run.changed.connect(self.show_standing)

    def start(self) -> None:
        """Start the step, or go on with it."""
        try:
            self._run.start(self._stage)
        except EngineError as error:
            self.banner.tell(error.message, error.remedy, "danger")

    def show_standing(self) -> None:
        """Show where the step stands."""
        standing = self._run.standing
        state = standing.state(self._stage)
        texts = {
            StageState.DONE: self.tr("Do Again"),
            StageState.STOPPED: self.tr("Resume"),
            StageState.FAILED: self.tr("Try Again"),
        }
        self.start_button.setText(texts.get(state, self._verb))
        self.start_button.setVisible(not self._run.is_running and self._can_start(state))
        self._set_primary(self.start_button, state is not StageState.DONE)
        self.onward_button.setVisible(state is StageState.DONE and not self._run.is_running)
        is_mine = standing.running is not None and self._is_mine(standing.running)
        self.activity.setVisible(is_mine)
        self.bar.setVisible(is_mine)
        if is_mine:
            self._show_progress(standing)
        self.forecast.setVisible(is_mine and bool(self.forecast.text()) and not standing.course.total_steps)
        self._show_fault(standing)

    def _can_start(self, state: StageState) -> bool:
        """Whether a button to start the step makes sense."""
        return True

    def _is_mine(self, running: Stage) -> bool:
        """Whether what runs is shown here."""
        return running is self._stage

    def _faulty(self) -> Stage:
        """The stage whose fault is shown."""
        return self._stage

    def _show_progress(self, standing: Standing) -> None:
        course, activity = standing.course, standing.activity
        if activity is not None:
            total = activity.total or 0
            counted = f"   {activity.done:,} / {total:,}" if total else ""
            self.activity.setText(f"{activity.what}{counted}")
            self.bar.setRange(0, total)
            self.bar.setValue(activity.done)
        elif course.outcome == "done" and standing.running is Stage.PERSONALIZE:
            self.activity.setText(self.tr("Writing the model and its report"))
            self.bar.setRange(0, 0)
        elif course.total_steps and not course.outcome:
            left = self.tr(", about {} left").format(duration(course.seconds_left)) if course.seconds_left else ""
            step = self.tr("Step {} of {}").format(f"{course.step:,}", f"{course.total_steps:,}")
            self.activity.setText(f"{step}{left}")
            self.bar.setRange(0, course.total_steps)
            self.bar.setValue(course.step)
        else:
            self.activity.setText(self.tr("Starting…"))
            self.bar.setRange(0, 0)
        forecast = next((line for line in reversed(standing.output) if line.startswith(_FORECAST)), "")
        self.forecast.setText(forecast.partition(" Ctrl-C")[0])

    def _show_fault(self, standing: Standing) -> None:
        """Tell a fault once, until it is closed or the step is started again."""
        end = standing.ends.get(self._faulty())
        if end is self._told or end == self._told:
            return
        self._told = end
        fault = fault_of(self._run, self._faulty())
        if fault is None:
            self.banner.dismiss()
        else:
            self.banner.tell(fault.message, fault.remedy, "danger")

    def _set_primary(self, button: QPushButton, is_primary: bool) -> None:
        role = "primary" if is_primary else ""
        if button.property("role") != role:
            button.setProperty("role", role)
            button.style().unpolish(button)
            button.style().polish(button)
