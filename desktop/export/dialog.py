"""The export dialog: what to write and how."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.export.format_fields import FormatField, QualityField
from desktop.export.formats import COMPOSITING, CONTEXT, VARIANTS
from desktop.export.jobs import ExportRequest
from desktop.export.size_box import SizeBox
from desktop.export.span_field import SpanField
from desktop.pipeline_choice import PipelineChoice
from desktop.preferences import AI_MARK, AI_TAG, EXPORT_CHOICES, LAST_FOLDER
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label, line
from desktop.widgets.number_field import inset
from engine.errors import ProjectError

_PATH_WIDTH: Final = 100 * GRID
_ASK_LATER: Final = QFileDialog.Option.DontConfirmOverwrite


class ExportDialog(QDialog):
    """Asks for one export of what the studio's document is now; `request` is the answer once it is accepted.

    Format, size and what is shown are those of the last export.
    """

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        project, info = studio.document.project, studio.media.info
        self._media = project.media
        self._info = info
        self._is_still = info is not None and info.is_still
        self.request: ExportRequest | None = None
        self.setWindowTitle(self.tr("Export"))
        self.path_field = QLineEdit(self)
        self.path_field.setMinimumWidth(_PATH_WIDTH)
        self.path_field.setAccessibleName(self.tr("File"))
        self.format_field = FormatField(self, is_still=self._is_still)
        self.quality_field = QualityField(project.output.quality, self)
        self.span_field = SpanField(studio, self)
        self.duration_field = QDoubleSpinBox(self)
        inset(self.duration_field)
        self.duration_field.setRange(0.1, 3600.0)
        self.duration_field.setSuffix(self.tr(" s"))
        self.duration_field.setValue(float(studio.media.duration))
        self.variant_box = QComboBox(self)
        self.size_box = SizeBox(info, self)
        self.compositing_box = QComboBox(self)
        for box, choices in ((self.variant_box, VARIANTS), (self.compositing_box, COMPOSITING)):
            for value, name in choices:
                box.addItem(QCoreApplication.translate(CONTEXT, name), value)
        self.compositing_box.setCurrentIndex(self.compositing_box.findData(project.output.compositing))
        self.audio_box = QCheckBox(self.tr("Keep the sound"), self)
        self.audio_box.setEnabled(info is not None and info.has_audio)
        self.audio_box.setChecked(self.audio_box.isEnabled() and project.output.keep_audio)
        self.tag_box = QCheckBox(self.tr("Say it in the file's metadata"), self)
        self.tag_box.setChecked(studio.preferences.get(AI_TAG))
        self.mark_box = QCheckBox(self.tr("Show it in the picture's lower right corner"), self)
        self.mark_box.setChecked(studio.preferences.get(AI_MARK))
        self._outcome = label("", "dim", self)
        self._fault = label("", "danger", self)
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._lay_out()
        self._choose_as_before()
        self.path_field.setText(str(self._proposal()))
        self.format_field.changed.connect(self._show_format)
        self.span_field.changed.connect(self._show_outcome)
        self.variant_box.currentIndexChanged.connect(self._show_outcome)
        self.size_box.currentIndexChanged.connect(self._show_outcome)
        self.duration_field.valueChanged.connect(self._show_outcome)
        self._show_format()

    def accept(self) -> None:
        """Take the answer, unless something is missing or a file would be lost unasked."""
        try:
            request = self._asked()
        except ProjectError as error:
            self._refuse(f"{error.message} {error.remedy}")
            return
        if not self.path_field.text().strip() or not request.output.parent.is_dir():
            self._refuse(self.tr("The folder {} does not exist.").format(request.output.parent))
            return
        taken = [path for path in request.outputs if path.exists()]
        if taken and not self._may_replace(taken):
            return
        self._remember(request)
        self.request = replace(request, overwrite=bool(taken))
        super().accept()

    def _asked(self) -> ExportRequest:
        assert self._media is not None
        document = self._studio.document
        choice = PipelineChoice.of(document.project, self._studio.preferences, self._studio.folders)
        return ExportRequest(
            self._media,
            document.timeline,
            replace(choice, compositing=self.compositing_box.currentData()),
            Path(self.path_field.text().strip()).expanduser(),
            codec=self.format_field.codec,
            quality=self.quality_field.slider.value(),
            keep_audio=self.audio_box.isChecked(),
            still_duration=Fraction(str(round(self.duration_field.value(), 3))) if self._makes_video_of_still else None,
            start=None if self._is_still else self.span_field.start,
            end=None if self._is_still else self.span_field.end,
            size=self.size_box.limit,
            variant=self.variant_box.currentData(),
            ai_tag=self.tag_box.isChecked(),
            ai_mark=self.mark_box.isChecked(),
        )

    def _lay_out(self) -> None:
        browse = QPushButton(self.tr("Browse…"), self)
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        path = QHBoxLayout()
        path.setSpacing(2 * GRID)
        path.addWidget(self.path_field, 1)
        path.addWidget(browse)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(4 * GRID)
        self._form.setVerticalSpacing(2 * GRID)
        self._form.addRow(self.tr("File"), path)
        self._form.addRow(self.tr("Format"), self.format_field)
        self._form.addRow(self.tr("Quality"), self.quality_field)
        self._form.addRow(line(self))
        self._form.addRow(self.tr("Part"), self.span_field)
        self._form.addRow(self.tr("Length"), self.duration_field)
        self._form.addRow(self.tr("Show"), self.variant_box)
        self._form.addRow(self.tr("Size"), self.size_box)
        self._form.addRow(self.tr("Compositing"), self.compositing_box)
        self._form.addRow(self.tr("Sound"), self.audio_box)
        self._form.addRow("", self._outcome)
        self._form.addRow(line(self))
        self._form.addRow(self.tr("AI-edited"), self.tag_box)
        self._form.addRow("", self.mark_box)
        self._form.setRowVisible(self.span_field, not self._is_still)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        export = buttons.addButton(self.tr("Add to Queue"), QDialogButtonBox.ButtonRole.AcceptRole)
        export.setDefault(True)
        export.setMinimumWidth(32 * GRID)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        note = label(
            self.tr("Change faces only of people who agree to it, and say so where viewers could be misled."),
            "dim",
            self,
        )
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        layout.addLayout(self._form)
        layout.addWidget(note)
        layout.addWidget(self._fault)
        layout.addWidget(buttons)

    def _choose_as_before(self) -> None:
        """A photo without keyframes becomes a photo; otherwise as the last time."""
        before = self._studio.preferences.get(EXPORT_CHOICES)
        self.format_field.choose(before.get("suffix", ".mp4"), before.get("codec"))
        if self._is_still and not self._studio.document.timeline.end:
            self.format_field.choose(".png")
        self.size_box.choose(before.get("size", "original"))
        self.variant_box.setCurrentIndex(max(0, self.variant_box.findData(before.get("variant"))))

    def _remember(self, request: ExportRequest) -> None:
        self._studio.preferences.set(LAST_FOLDER, str(request.output.parent))
        choices = {"suffix": self.format_field.format.suffix, "size": request.size, "variant": request.variant}
        if request.codec is not None:
            choices["codec"] = request.codec
        self._studio.preferences.set(EXPORT_CHOICES, choices)

    def _proposal(self) -> Path:
        """Beside the medium, under a name that is free."""
        media = self._media or Path("untitled")
        folder = self._studio.folders.exports or Path(self._studio.preferences.get(LAST_FOLDER) or media.parent)
        suffix = self.format_field.format.suffix
        number = 1
        while (path := folder / f"{media.stem}-edited{'' if number == 1 else f'-{number}'}{suffix}").exists():
            number += 1
        return path

    @property
    def _makes_video_of_still(self) -> bool:
        return self._is_still and not self.format_field.format.is_photo

    def _show_format(self) -> None:
        chosen = self.format_field.format
        self._form.setRowVisible(self.audio_box, chosen.is_video and not self._is_still)
        self._form.setRowVisible(self.duration_field, self._makes_video_of_still)
        self.quality_field.set_lossless(self.format_field.is_lossless)
        path = self.path_field.text().strip()
        if path:
            self.path_field.setText(str(Path(path).with_suffix(chosen.suffix)))
        self._show_outcome()

    def _show_outcome(self) -> None:
        """Say in numbers what will come of it."""
        width, height = self.size_box.fitted
        width *= 2 if self.variant_box.currentData() == "beside" else 1
        size = f"{width} × {height}"
        self._fault.hide()
        if self.format_field.format.is_photo:
            self._outcome.setText(size)
            return
        try:
            seconds = Fraction(self.duration_field.value()) if self._makes_video_of_still else self.span_field.duration
        except ProjectError as error:
            self._outcome.setText(error.message)
            return
        rate = self._studio.media.rate
        told = self.tr("{}, {} frames a second, {} frames, {:.2f} s")
        self._outcome.setText(
            told.format(size, f"{float(rate):.2f}".rstrip("0").rstrip("."), round(seconds * rate), float(seconds))
        )

    def _browse(self) -> None:
        suffix = self.format_field.format.suffix
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export to"), self.path_field.text(), f"*{suffix}", options=_ASK_LATER
        )
        if chosen:
            self.path_field.setText(str(Path(chosen).with_suffix(suffix)))

    def _may_replace(self, taken: list[Path]) -> bool:
        names = ", ".join(path.name for path in taken)
        answer = QMessageBox.question(self, self.tr("Export"), self.tr("Replace {}?").format(names))
        return answer == QMessageBox.StandardButton.Yes

    def _refuse(self, reason: str) -> None:
        self._fault.setText(reason)
        self._fault.show()
