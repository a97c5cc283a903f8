"""The step from a checkpoint to a bundle: what the model's card says."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.training.order import Stage
from desktop.training.run import TrainingRun
from desktop.training.standing import StageState
from desktop.training.step_view import StepView
from engine.errors import EngineError

_LINES_PX: Final = 64


class ExportStep(StepView):
    """A card without a licence or an origin is refused, so both are asked for."""

    def __init__(self, studio: Studio, run: TrainingRun, parent: QWidget | None = None) -> None:
        super().__init__(studio, run, Stage.EXPORT, "", "", parent)
        self.explanation.setText(
            self.tr("Writes the model: weights, ONNX files and a card that says where it comes from.")
        )
        self._verb = self.tr("Export")
        self.licence_field: Final = QLineEdit(run.order.licence, self)
        self.licence_field.setPlaceholderText(self.tr("who may do what with the model, as: private use only"))
        self.data_field: Final = QLineEdit(run.order.data, self)
        self.data_field.setPlaceholderText(self.tr("whose pictures it was trained on"))
        self.attribution_field: Final = QPlainTextEdit(run.order.attribution, self)
        self.attribution_field.setPlaceholderText(self.tr("whom to name, a line each; may stay empty"))
        self.attribution_field.setFixedHeight(_LINES_PX)
        self.attribution_field.setTabChangesFocus(True)
        form = QFormLayout()
        form.setHorizontalSpacing(6 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(self.tr("Licence"), self.licence_field)
        form.addRow(self.tr("Trained on"), self.data_field)
        form.addRow(self.tr("Attribution"), self.attribution_field)
        self.settings.addLayout(form)
        self.content.addStretch()
        for field in (self.licence_field, self.data_field):
            field.textChanged.connect(self.show_standing)
        self.show_standing()

    def start(self) -> None:
        """Keep what the card is to say, and export."""
        try:
            self._run.change(
                licence=self.licence_field.text().strip(),
                data=self.data_field.text().strip(),
                attribution=self.attribution_field.toPlainText(),
            )
        except EngineError as error:
            self.banner.tell(error.message, error.remedy, "danger")
            return
        super().start()

    def show_standing(self) -> None:
        """Show whether it may be exported, too."""
        super().show_standing()
        is_told = bool(self.licence_field.text().strip() and self.data_field.text().strip())
        self.start_button.setEnabled(is_told and self._run.standing.course.checkpoint is not None)
        self.start_button.setToolTip("" if is_told else self.tr("Name the licence and the pictures first"))

    def _can_start(self, state: StageState) -> bool:
        return state is not StageState.DONE  # a bundle is not replaced
