"""Format, codec and quality of an export."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QWidget

from desktop.export.formats import CODEC_NAMES, CONTEXT, FORMATS, Format
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label
from engine.project.document import Codec

_SMALL_BELOW = 45
_BEST_FROM = 80


class FormatField(QWidget):
    """A format, and the codecs that go into it.

    Attributes:
        changed: another format or codec is chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, is_still: bool) -> None:
        super().__init__(parent)
        self.format_box = QComboBox(self)
        self.format_box.setAccessibleName(self.tr("Format"))
        self.codec_box = QComboBox(self)
        self.codec_box.setAccessibleName(self.tr("Codec"))
        self.codec_box.setToolTip(self.tr("How the video is compressed"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.format_box, 3)
        layout.addWidget(self.codec_box, 2)
        for offered in FORMATS:
            if is_still or not offered.is_photo:
                self.format_box.addItem(QCoreApplication.translate(CONTEXT, offered.name), offered)
        self.format_box.currentIndexChanged.connect(self._fill_codecs)
        self.codec_box.currentIndexChanged.connect(self.changed)
        self._fill_codecs()

    @property
    def format(self) -> Format:
        """The format that is chosen."""
        chosen: Format = self.format_box.currentData()
        return chosen

    @property
    def codec(self) -> Codec | None:
        """The codec that is chosen; None for pictures."""
        chosen: Codec | None = self.codec_box.currentData()
        return chosen

    @property
    def is_lossless(self) -> bool:
        """Whether quality has no meaning."""
        return self.format.keeps_all or self.codec == "ffv1"

    def choose(self, suffix: str, codec: str | None = None) -> None:
        """Choose the format with this ending and, where it has it, this codec."""
        for index in range(self.format_box.count()):
            if self.format_box.itemData(index).suffix == suffix:
                self.format_box.setCurrentIndex(index)
        if codec is not None and (at := self.codec_box.findData(codec)) >= 0:
            self.codec_box.setCurrentIndex(at)

    def _fill_codecs(self) -> None:
        self.codec_box.blockSignals(True)
        self.codec_box.clear()
        for codec in self.format.codecs:
            self.codec_box.addItem(QCoreApplication.translate(CONTEXT, CODEC_NAMES[codec]), codec)
        self.codec_box.setVisible(self.format.is_video)
        self.codec_box.blockSignals(False)
        self.changed.emit()


class QualityField(QWidget):
    """A slider from 0 to 100 that says in words what it means."""

    def __init__(self, quality: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lossless = False
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 100)
        self.slider.setValue(quality)
        self.slider.setAccessibleName(self.tr("Quality"))
        self.words = label("", "dim", self)
        self.words.setMinimumWidth(18 * GRID)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.words)
        self.slider.valueChanged.connect(self._show)
        self._show()

    def set_lossless(self, lossless: bool) -> None:
        """Say that nothing is lost, whatever the slider says."""
        self._lossless = lossless
        self.slider.setEnabled(not lossless)
        self._show()

    def _show(self) -> None:
        value = self.slider.value()
        if self._lossless:
            self.words.setText(self.tr("lossless"))
            return
        words = (
            self.tr("small file")
            if value < _SMALL_BELOW
            else self.tr("good")
            if value < _BEST_FROM
            else self.tr("best")
        )
        self.words.setText(f"{value} · {words}")
