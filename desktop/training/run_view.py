"""One training on the page: its name and state, the steps, and the one of them that shows."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.training.export_step import ExportStep
from desktop.training.install_step import InstallStep
from desktop.training.label_step import LabelStep
from desktop.training.log_view import LogView
from desktop.training.opening import open_path
from desktop.training.order import Stage
from desktop.training.personal_step import PersonalStep
from desktop.training.prepare_step import PrepareStep
from desktop.training.run import TrainingRun
from desktop.training.standing import StageState
from desktop.training.step_view import StepView
from desktop.training.stepper import Stepper
from desktop.training.train_step import TrainStep
from desktop.training.words import stage_name, state_of
from desktop.widgets.buttons import plain_button
from desktop.widgets.labels import label, line

_STEPS: Final = {
    Stage.PERSONALIZE: PersonalStep,
    Stage.PREPARE: PrepareStep,
    Stage.LABEL: LabelStep,
    Stage.TRAIN: TrainStep,
    Stage.EXPORT: ExportStep,
}
_LOG_PX: Final = 160


class RunView(QWidget):
    """Shows and steers a `TrainingRun`.

    Attributes:
        removal_asked: the person wants the training and its files removed, and has said so twice.
    """

    removal_asked = Signal()

    def __init__(self, studio: Studio, run: TrainingRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._run = run
        self._is_stopping = False
        stages = run.order.stages
        self.stepper: Final = Stepper(studio.theme, [*map(stage_name, stages), self.tr("Install")], self)
        self.steps: Final[list[StepView]] = [_STEPS[stage](studio, run, self) for stage in stages]
        self.install_step: Final = InstallStep(studio, run, self)
        self._stack = QStackedWidget(self)
        for place, step in enumerate(self.steps):
            self._stack.addWidget(_scrolled(step))
            step.onward.connect(partial(self.show_step, place + 1))
        self._stack.addWidget(_scrolled(self.install_step))
        self.state_label: Final = label("", "dim", self)
        self.stop_button: Final = QPushButton(self.tr("Stop"), self)
        self.stop_button.setToolTip(self.tr("Stop as Ctrl-C does: a training saves a checkpoint and goes on later"))
        studio.theme.give_icon(self.stop_button, "stop")
        self.log_button: Final = QToolButton(self)
        self.log_button.setText(self.tr("Log"))
        self.log_button.setToolTip(self.tr("Show what the trainer prints"))
        self.log_button.setCheckable(True)
        self.log_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.folder_button: Final = plain_button(studio.theme, "folder", self.tr("Show the training's folder"), self)
        self.remove_button: Final = plain_button(studio.theme, "delete", self.tr("Remove this training"), self)
        self.log: Final = LogView(self)
        self.log.hide()
        self._lay_out()
        self.stepper.chosen.connect(self.show_step)
        self.stop_button.clicked.connect(self.stop)
        self.log_button.toggled.connect(self._show_log)
        self.folder_button.clicked.connect(lambda: open_path(run.folder.path))
        self.remove_button.clicked.connect(self.ask_to_remove)
        run.changed.connect(self._show)
        run.ended.connect(self._note_end)
        self._is_placed = False
        self._show()

    def show_step(self, place: int) -> None:
        """Show a step by its place."""
        self._is_placed = True
        self.stepper.show_step(place)
        self._stack.setCurrentIndex(place)

    def stop(self) -> None:
        """Stop what runs, as Ctrl-C does; the second time, at once."""
        if self._is_stopping:
            self._run.kill()
        else:
            self._is_stopping = True
            self._run.stop()
        self._show()

    def ask_to_remove(self) -> None:
        """Ask, and have the training removed."""
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Remove the training {}?").format(self._run.order.name))
        box.setInformativeText(
            self.tr("Its pictures, checkpoints and model are deleted. Your footage and an installed model stay.")
        )
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        wanted = box.clickedButton() is remove
        box.deleteLater()
        if wanted:
            self.removal_asked.emit()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(6 * GRID, 3 * GRID, 4 * GRID, 2 * GRID)
        head.setSpacing(2 * GRID)
        head.addWidget(label(self._run.order.name, "title", self))
        head.addSpacing(2 * GRID)
        head.addWidget(self.state_label, 1)
        for button in (self.stop_button, self.log_button, self.folder_button, self.remove_button):
            head.addWidget(button)
        steps = QHBoxLayout()
        steps.setContentsMargins(4 * GRID, 0, 4 * GRID, 0)
        steps.addWidget(self.stepper)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self._stack)
        split.addWidget(self.log)
        split.setStretchFactor(0, 1)
        split.setSizes([_LOG_PX * 3, _LOG_PX])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(steps)
        layout.addWidget(line(self))
        layout.addWidget(split, 1)

    def _show(self) -> None:
        run, standing = self._run, self._run.standing
        self._is_stopping = self._is_stopping and run.is_running
        self.state_label.setText(self.tr("Stopping…") if self._is_stopping else state_of(run))
        self.stop_button.setVisible(run.is_running)
        self.stop_button.setText(self.tr("End Now") if self._is_stopping else self.tr("Stop"))
        self.remove_button.setEnabled(not run.is_running)
        states = [standing.state(stage) for stage in run.order.stages]
        installed = StageState.DONE if run.order.installed else StageState.OPEN
        self.stepper.show_states([*states, installed])
        self.log.show_lines(standing.output)
        if not self._is_placed:
            self._show_where_it_is()
            self._is_placed = run.is_running  # what comes of it is looked at before the next step

    def _show_where_it_is(self) -> None:
        """Show the step that runs, or the next one that is to be done."""
        run = self._run
        stages = run.order.stages
        running = run.standing.running
        stage = Stage.TRAIN if running is Stage.ESTIMATE else running or run.next_stage
        place = len(stages) if stage is None else stages.index(stage)
        self.stepper.show_step(place)
        self._stack.setCurrentIndex(place)

    def _note_end(self, stage: Stage) -> None:
        """Open the log by itself where the trainer has said nothing else of its fault."""
        end = self._run.standing.ends.get(stage)
        if (
            end is not None
            and end.code != 0
            and not end.message
            and self._run.standing.state(stage) is StageState.FAILED
        ):
            self.log_button.setChecked(True)

    def _show_log(self, on: bool) -> None:
        self.log.setVisible(on)


def _scrolled(step: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(step)
    return scroll
