"""The export dialog: what to write and how."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from desktop.export.jobs import ExportRequest
from desktop.pipeline_choice import PipelineChoice
from desktop.preferences import LAST_FOLDER
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label
from engine.project.document import Codec, Compositing

_FORMATS: Final[tuple[tuple[str, str, tuple[Codec, ...]], ...]] = (
    ("MP4", ".mp4", ("h264", "hevc", "av1")),
    ("QuickTime", ".mov", ("prores", "h264", "hevc")),
    ("Matroska", ".mkv", ("h264", "hevc", "vp9", "av1", "ffv1")),
    ("WebM", ".webm", ("vp9", "av1")),
    ("PNG", ".png", ()),
    ("JPEG", ".jpg", ()),
)
_PHOTOS: Final = frozenset({".png", ".jpg"})
_CODEC_NAMES: Final[dict[Codec, str]] = {
    "h264": "H.264",
    "hevc": "HEVC (H.265)",
    "vp9": "VP9",
    "av1": "AV1",
    "ffv1": "FFV1, lossless",
    "prores": "ProRes 422",
}
_COMPOSITING: Final[tuple[tuple[Compositing, str], ...]] = (
    ("detail", "Detail: the picture's own pixels move"),
    ("replace", "Replace: the generated face is pasted"),
)


class ExportDialog(QDialog):
    """Asks for one export of what the studio's document is now; `request` is the answer once it is accepted."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._media = studio.document.project.media
        info = studio.media.info
        self._is_still = info is not None and info.is_still
        self.request: ExportRequest | None = None
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(480)
        self.path_field = QLineEdit(self)
        self.format_box = QComboBox(self)
        self.codec_box = QComboBox(self)
        self.quality_slider = QSlider(Qt.Orientation.Horizontal, self)
        self.quality_slider.setRange(0, 100)
        self.quality_slider.setValue(studio.document.project.output.quality)
        self._quality_label = label("", "dim", self)
        self.audio_box = QCheckBox(self.tr("Take the sound along"), self)
        self.audio_box.setChecked(studio.document.project.output.keep_audio)
        self.audio_box.setEnabled(info is not None and info.has_audio)
        self.duration_field = QDoubleSpinBox(self)
        self.duration_field.setRange(0.1, 3600.0)
        self.duration_field.setSuffix(self.tr(" s"))
        self.duration_field.setValue(float(studio.media.duration))
        self.compositing_box = QComboBox(self)
        for value, name in _COMPOSITING:
            self.compositing_box.addItem(self.tr(name), value)
        self._fault = label("", "danger", self)
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._lay_out()
        self.format_box.currentIndexChanged.connect(self._choose_format)
        self.codec_box.currentIndexChanged.connect(self._show_quality)
        self.quality_slider.valueChanged.connect(self._show_quality)
        for name, suffix, _codecs in _FORMATS:
            if self._is_still or suffix not in _PHOTOS:
                self.format_box.addItem(f"{name} ({suffix})", suffix)
        self.path_field.setText(str(self._proposal()))
        if self._is_still and not studio.document.timeline.end:
            self.format_box.setCurrentIndex(self.format_box.findData(".png"))
        self._choose_format()

    @property
    def suffix(self) -> str:
        """The ending of the format that is chosen."""
        return str(self.format_box.currentData())

    def accept(self) -> None:
        """Take the answer, unless something is missing or a file would be lost unasked."""
        output = Path(self.path_field.text().strip()).expanduser()
        if not self.path_field.text().strip() or not output.parent.is_dir():
            self._refuse(self.tr("The folder {} does not exist.").format(output.parent))
            return
        overwrite = output.exists()
        if overwrite and not self._may_replace(output):
            return
        assert self._media is not None
        document = self._studio.document
        choice = PipelineChoice.of(document.project, self._studio.preferences, self._studio.folders)
        self._studio.preferences.set(LAST_FOLDER, str(output.parent))
        self.request = ExportRequest(
            self._media,
            document.timeline,
            replace(choice, compositing=self.compositing_box.currentData()),
            output,
            self.codec_box.currentData(),
            self.quality_slider.value(),
            self.audio_box.isEnabled() and self.audio_box.isChecked(),
            Fraction(str(round(self.duration_field.value(), 3))) if self._makes_video_of_still() else None,
            overwrite,
        )
        super().accept()

    def _lay_out(self) -> None:
        browse = QPushButton(self.tr("Browse…"), self)
        browse.clicked.connect(self._browse)
        path = QHBoxLayout()
        path.setSpacing(2 * GRID)
        path.addWidget(self.path_field, 1)
        path.addWidget(browse)
        quality = QHBoxLayout()
        quality.addWidget(self.quality_slider, 1)
        quality.addWidget(self._quality_label)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(4 * GRID)
        self._form.setVerticalSpacing(3 * GRID)
        self._form.addRow(self.tr("File"), path)
        self._form.addRow(self.tr("Format"), self.format_box)
        self._form.addRow(self.tr("Codec"), self.codec_box)
        self._form.addRow(self.tr("Quality"), quality)
        self._form.addRow(self.tr("Length"), self.duration_field)
        self._form.addRow(self.tr("Compositing"), self.compositing_box)
        self._form.addRow("", self.audio_box)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        export = buttons.addButton(self.tr("Add to Queue"), QDialogButtonBox.ButtonRole.AcceptRole)
        export.setDefault(True)
        export.setMinimumWidth(32 * GRID)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        note = label(
            self.tr("Change faces only of people who agree to it. Editing goes on while the export runs."), "dim", self
        )
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(4 * GRID)
        layout.addLayout(self._form)
        layout.addWidget(self._fault)
        layout.addWidget(note)
        layout.addWidget(buttons)

    def _proposal(self) -> Path:
        """Beside the medium, under a name that is free."""
        media = self._media or Path("untitled")
        folder = self._studio.folders.exports or Path(self._studio.preferences.get(LAST_FOLDER) or media.parent)
        number = 1
        while (path := folder / f"{media.stem}-edited{'' if number == 1 else f'-{number}'}.mp4").exists():
            number += 1
        return path

    def _choose_format(self) -> None:
        codecs = next(codecs for _name, suffix, codecs in _FORMATS if suffix == self.suffix)
        self.codec_box.clear()
        for codec in codecs:
            self.codec_box.addItem(_CODEC_NAMES[codec], codec)
        is_video = self.suffix not in _PHOTOS
        for widget in (self.codec_box, self.audio_box):
            self._form.setRowVisible(widget, is_video)
        self._form.setRowVisible(self.duration_field, self._makes_video_of_still())
        path = self.path_field.text().strip()
        if path:
            self.path_field.setText(str(Path(path).with_suffix(self.suffix)))
        self._show_quality()

    def _makes_video_of_still(self) -> bool:
        return self._is_still and self.suffix not in _PHOTOS

    def _show_quality(self) -> None:
        lossless = self.codec_box.currentData() == "ffv1" or self.suffix == ".png"
        self.quality_slider.setEnabled(not lossless)
        value = self.quality_slider.value()
        words = self.tr("small") if value < 45 else self.tr("good") if value < 80 else self.tr("best")
        self._quality_label.setText(self.tr("lossless") if lossless else f"{value} · {words}")

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export to"), self.path_field.text(), f"*{self.suffix}", options=_ASK_LATER
        )
        if chosen:
            self.path_field.setText(str(Path(chosen).with_suffix(self.suffix)))

    def _may_replace(self, output: Path) -> bool:
        answer = QMessageBox.question(self, self.tr("Export"), self.tr("Replace {}?").format(output.name))
        return answer == QMessageBox.StandardButton.Yes

    def _refuse(self, reason: str) -> None:
        self._fault.setText(reason)
        self._fault.show()


_ASK_LATER: Final = QFileDialog.Option.DontConfirmOverwrite
