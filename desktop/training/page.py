"""The training page: the trainings on the left, the chosen one or a new one beside them."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.training.new_training import NewTraining
from desktop.training.order import Order, Stage, Way
from desktop.training.run import TrainingRun
from desktop.training.run_view import RunView
from desktop.training.words import state_of
from desktop.widgets.labels import label
from engine.errors import EngineError

_SIDE_PX: Final = 224
_ROW_PX: Final = 44


class TrainingPage(QWidget):
    """Shows the studio's trainings; what earlier sessions have left is looked for when the page first shows."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._trainings = studio.trainings
        self._views: dict[TrainingRun, RunView] = {}
        self._has_looked = False
        self.new_view: Final = NewTraining(studio, self)
        self.new_button: Final = QPushButton(self.tr("New Training"), self)
        studio.theme.give_icon(self.new_button, "plus")
        self.list: Final = QListWidget(self)
        self.list.setProperty("role", "trainings")
        self.list.setAccessibleName(self.tr("Trainings"))
        self.list.setWordWrap(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = label(self.tr("Trainings are listed here, those of earlier sessions too."), "dim", self)
        self._nothing.setWordWrap(True)
        self.stack: Final = QStackedWidget(self)
        self.stack.setProperty("surface", "panel")
        self.stack.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stack.addWidget(self.new_view)
        side = QWidget(self)
        side.setProperty("surface", "window")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(_SIDE_PX)
        column = QVBoxLayout(side)
        column.setContentsMargins(2 * GRID, 3 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.new_button)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        column.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(side)
        layout.addWidget(self.stack, 1)
        self.new_button.clicked.connect(self.show_new)
        self.new_view.asked.connect(self.begin)
        self.list.currentRowChanged.connect(self._choose)
        self._trainings.changed.connect(self._fill)
        self._trainings.found.connect(self._show_running)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Look for trainings."""
        super().showEvent(event)
        if not self._has_looked:
            self._has_looked = True
            self._trainings.look()

    def show_new(self) -> None:
        """Show the form of a new training."""
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(-1)
        self.stack.setCurrentWidget(self.new_view)

    def show_run(self, run: TrainingRun) -> None:
        """Show a training."""
        if run not in self._views:
            view = self._views[run] = RunView(self._studio, run, self)
            view.removal_asked.connect(lambda: self._trainings.remove(run))
            self.stack.addWidget(view)
            run.changed.connect(self._name_rows)
            if not run.is_followed:
                run.follow()
        self.stack.setCurrentWidget(self._views[run])
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(self._trainings.runs.index(run))

    def begin(self, order: Order) -> None:
        """Begin a training, and start what needs no further choice."""
        try:
            run = self._trainings.begin(order)
            self.show_run(run)
            if order.way is Way.PERSONAL:
                run.start(Stage.PERSONALIZE)
            elif order.dataset is None:
                run.start(Stage.PREPARE)
        except EngineError as error:
            self._studio.fault.emit(error)
            return
        self.new_view.clear()

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.show_run(self._trainings.runs[row])

    def _fill(self) -> None:
        runs = self._trainings.runs
        for run in [run for run in self._views if run not in runs]:
            view = self._views.pop(run)
            if self.stack.currentWidget() is view:
                self.stack.setCurrentWidget(self.new_view)
            self.stack.removeWidget(view)
            view.deleteLater()
        shown = next((run for run, view in self._views.items() if view is self.stack.currentWidget()), None)
        with QSignalBlocker(self.list):
            self.list.clear()
            for run in runs:
                item = QListWidgetItem()
                item.setToolTip(str(run.folder.path))
                self.list.addItem(item)
            self.list.setCurrentRow(-1 if shown is None else runs.index(shown))
        self.list.setVisible(bool(runs))
        self._nothing.setVisible(not runs)
        self._name_rows()

    def _name_rows(self) -> None:
        for row, run in enumerate(self._trainings.runs):
            item = self.list.item(row)
            state = state_of(run) if run in self._views or run.is_running else _way_of(self, run)
            item.setText(f"{run.order.name}\n{state}")

    def _show_running(self, running: list[TrainingRun]) -> None:
        """Show the training that goes on, where nothing else was chosen meanwhile."""
        if running and self.stack.currentWidget() is self.new_view and not self.new_view.footage.paths:
            self.show_run(running[0])


def _way_of(page: TrainingPage, run: TrainingRun) -> str:
    return page.tr("Personal model") if run.order.way is Way.PERSONAL else page.tr("From a dataset")
