"""The step that trains on a dataset: settings, an estimate of the time, and how it goes."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPushButton, QSpinBox, QWidget

from desktop.preferences import LAST_FOLDER
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.training.commands import CONFIGURATIONS
from desktop.training.monitor import Monitor
from desktop.training.order import Stage
from desktop.training.run import TrainingRun
from desktop.training.standing import StageState, Standing
from desktop.training.step_view import StepView
from desktop.widgets.labels import label
from desktop.widgets.number_field import inset
from engine.errors import EngineError

_MOST_EPOCHS: Final = 100_000


class TrainStep(StepView):
    """The settings are those of the training as it was begun: they rest while it goes on."""

    def __init__(self, studio: Studio, run: TrainingRun, parent: QWidget | None = None) -> None:
        super().__init__(studio, run, Stage.TRAIN, "", "", parent)
        self.explanation.setText(
            self.tr("Trains the networks. It can be stopped at any time and goes on later, bit for bit on a CPU.")
        )
        self._verb = self.tr("Start Training")
        self.preset_box: Final = QComboBox(self)
        for name, text in zip(CONFIGURATIONS, self._preset_names(), strict=True):
            self.preset_box.addItem(f"{name}: {text}", name)
        self.preset_box.addItem(self.tr("A configuration file…"), "")
        self.preset_box.setAccessibleName(self.tr("Settings"))
        self.epochs_box: Final = QSpinBox(self)
        inset(self.epochs_box)
        self.epochs_box.setRange(0, _MOST_EPOCHS)
        self.epochs_box.setSpecialValueText(self.tr("as the settings say"))
        self.epochs_box.setAccessibleName(self.tr("Epochs"))
        self.epochs_box.setMinimumWidth(160)
        self.estimate_button: Final = QPushButton(self.tr("Estimate Time"), self)
        self.estimate_button.setToolTip(self.tr("Take a few steps and tell how long all of them will take"))
        self.plan: Final = label("", "dim", self)
        self.plan.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.plan.setWordWrap(True)
        self.plan.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.monitor: Final = Monitor(studio, self)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(label(self.tr("Settings"), None, self))
        row.addWidget(self.preset_box, 1)
        row.addSpacing(2 * GRID)
        row.addWidget(label(self.tr("Epochs"), None, self))
        row.addWidget(self.epochs_box)
        row.addSpacing(2 * GRID)
        row.addWidget(self.estimate_button)
        self.settings.addLayout(row)
        self.settings.addWidget(self.plan)
        self.content.addWidget(self.monitor)
        self.preset_box.activated.connect(self._choose_preset)
        self.epochs_box.editingFinished.connect(lambda: run.change(epochs=self.epochs_box.value()))
        self.estimate_button.clicked.connect(self._estimate)
        self.show_standing()

    def show_standing(self) -> None:
        """Show settings and training, too."""
        super().show_standing()
        run, standing = self._run, self._run.standing
        has_begun = standing.course.total_steps > 0 or Stage.TRAIN in standing.ends
        for widget in (self.preset_box, self.epochs_box):
            widget.setEnabled(not run.is_running and standing.course.checkpoint is None)
        self.estimate_button.setVisible(not run.is_running and standing.course.checkpoint is None)
        self._show_settings()
        plan = plan_of(standing)
        if plan:
            self.plan.setText(plan)
        self.plan.setVisible(bool(self.plan.text()) and not has_begun)
        self.monitor.setVisible(has_begun or standing.running is Stage.TRAIN)
        self.monitor.show_standing(standing)

    def _is_mine(self, running: Stage) -> bool:
        return running in {Stage.TRAIN, Stage.ESTIMATE}

    def _faulty(self) -> Stage:
        launch = self._run.order.launch
        return Stage.ESTIMATE if launch is not None and launch.stage is Stage.ESTIMATE else Stage.TRAIN

    def _show_progress(self, standing: Standing) -> None:
        super()._show_progress(standing)
        if standing.running is Stage.ESTIMATE:
            self.activity.setText(self.tr("Taking a few steps to see how long they take…"))
            self.bar.setRange(0, 0)

    def _show_settings(self) -> None:
        order = self._run.order
        place = self.preset_box.findData(order.preset)
        if place < 0:
            self.preset_box.insertItem(len(CONFIGURATIONS), Path(order.preset).name, order.preset)
            place = len(CONFIGURATIONS)
        self.preset_box.setCurrentIndex(place)
        if not self.epochs_box.hasFocus():
            self.epochs_box.setValue(order.epochs)

    def _choose_preset(self) -> None:
        chosen = str(self.preset_box.currentData())
        if not chosen:
            start = self._studio.preferences.get(LAST_FOLDER)
            chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a configuration"), start, "TOML (*.toml)")
        if chosen:
            self.plan.clear()
            self._run.change(preset=chosen)
        self._show_settings()

    def _estimate(self) -> None:
        self.plan.clear()
        try:
            self._run.start(Stage.ESTIMATE)
        except EngineError as error:
            self.banner.tell(error.message, error.remedy, "danger")

    def _preset_names(self) -> tuple[str, ...]:
        return (
            self.tr("a quick try on any machine; pictures stay blurred"),
            self.tr("the paper's training in 40 epochs, for a GPU"),
            self.tr("the paper's training in 400 epochs, for a GPU"),
            self.tr("the detail variant, for a GPU and a dataset with before/after groups"),
        )


def plan_of(standing: Standing) -> str:
    """What the estimate has said, a line each; "" where it is not there."""
    if standing.state(Stage.ESTIMATE) is not StageState.DONE:
        return ""
    starts = [number for number, line in enumerate(standing.output) if line.startswith("$ ")]
    latest = standing.output[starts[-1] :] if starts else ()
    return "\n".join(line.removeprefix("# ") for line in latest if line.startswith("# "))
