"""Begins a training: the way, the footage, the name."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.training.footage_list import FootageList
from desktop.training.installing import fault_of_name
from desktop.training.order import STARTS, Order, Way
from desktop.training.requirements import missing_for_training
from desktop.welcome.tile import Tile
from desktop.widgets.banner import Banner
from desktop.widgets.labels import label
from desktop.widgets.number_field import inset

_WIDTH_PX: Final = 720
_FIELD_PX: Final = 240
_STEPS: Final = (50, 20_000, 400)
_LAYOUTS: Final = ("", "people", "person", "videos", "rafd", "mmi", "imagefolder")


class NewTraining(QWidget):
    """A form; what is missing is said beside the button.

    Attributes:
        asked: an `Order` that the person wants to begin.
    """

    asked = Signal(object)

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._missing = missing_for_training()
        self.banner: Final = Banner(studio.theme, self)
        self.personal_tile: Final = Tile(
            studio.theme,
            "face",
            self.tr("Personal model from a clip"),
            self.tr("One person's looks, from a video or photos of them. Minutes to an hour."),
            self,
        )
        self.dataset_tile: Final = Tile(
            studio.theme,
            "table",
            self.tr("From a dataset"),
            self.tr("Many people, step by step: prepare, label, train. Hours to days, on a GPU."),
            self,
        )
        self.footage: Final = FootageList(studio, self)
        self.name_field: Final = QLineEdit(self)
        self.name_field.setPlaceholderText(self.tr("as models are listed"))
        self.name_field.setFixedWidth(_FIELD_PX)
        self.model_box: Final = QComboBox(self)
        self.model_box.addItems(STARTS)
        self.model_box.setFixedWidth(_FIELD_PX)
        self.steps_box: Final = QSpinBox(self)
        inset(self.steps_box)
        self.steps_box.setRange(*_STEPS[:2])
        self.steps_box.setSingleStep(50)
        self.steps_box.setValue(_STEPS[2])
        self.steps_box.setFixedWidth(_FIELD_PX)
        self.layout_box: Final = QComboBox(self)
        self.layout_box.setFixedWidth(_FIELD_PX)
        for value, text in zip(_LAYOUTS, self._layout_names(), strict=True):
            self.layout_box.addItem(text, value)
        self._explanation = label("", "dim", self)
        self._explanation.setWordWrap(True)
        self.note: Final = label("", "dim", self)
        self.note.setWordWrap(True)
        self.begin_button: Final = QPushButton(self)
        self.begin_button.setProperty("role", "primary")
        self._rows = QFormLayout()
        self._lay_out()
        group = QButtonGroup(self)
        for tile in (self.personal_tile, self.dataset_tile):
            tile.setCheckable(True)
            group.addButton(tile)
        self.personal_tile.setChecked(True)
        group.buttonToggled.connect(self._show)
        self.footage.changed.connect(self._note_footage)
        self.name_field.textChanged.connect(self._show)
        self.begin_button.clicked.connect(self.begin)
        if self._missing is not None:
            self.banner.tell(self._missing.message, self._missing.remedy, "warning")
        self._show()

    @property
    def way(self) -> Way:
        """The way that is chosen."""
        return Way.PERSONAL if self.personal_tile.isChecked() else Way.DATASET

    @property
    def order(self) -> Order:
        """What is asked for, as it stands."""
        name, sources = self.name_field.text().strip(), self.footage.paths
        if self.way is Way.PERSONAL:
            model, steps = self.model_box.currentText(), self.steps_box.value()
            return Order(way=self.way, name=name, sources=sources, model=model, steps=steps)
        data = ", ".join(source.name for source in sources)
        if dataset := self._ready_dataset():
            return Order(way=self.way, name=name, dataset=dataset, data=data)
        return Order(way=self.way, name=name, sources=sources, layout=self.layout_box.currentData(), data=data)

    def begin(self) -> None:
        """Ask for the training."""
        if not self._fault():
            self.asked.emit(self.order)

    def clear(self) -> None:
        """Be ready for another one."""
        self.footage.clear()
        self.name_field.clear()

    def _lay_out(self) -> None:
        tiles = QHBoxLayout()
        tiles.setSpacing(3 * GRID)
        tiles.addWidget(self.personal_tile, 1)
        tiles.addWidget(self.dataset_tile, 1)
        self._rows.setHorizontalSpacing(6 * GRID)
        self._rows.setVerticalSpacing(2 * GRID)
        self._rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._rows.addRow(self.tr("Name of the model"), self.name_field)
        self._rows.addRow(self.tr("Starts from"), self.model_box)
        self._rows.addRow(self.tr("Steps of training"), self.steps_box)
        self._rows.addRow(self.tr("Arranged as"), self.layout_box)
        foot = QHBoxLayout()
        foot.setSpacing(3 * GRID)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.begin_button)
        content = QWidget(self)
        content.setMaximumWidth(_WIDTH_PX)
        lines = QVBoxLayout(content)
        lines.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 5 * GRID)
        lines.setSpacing(3 * GRID)
        lines.addWidget(label(self.tr("Train a model"), "title", content))
        lines.addLayout(tiles)
        lines.addWidget(self._explanation)
        lines.addWidget(self.footage)
        lines.addLayout(self._rows)
        lines.addLayout(foot)
        lines.addStretch()
        centered = QWidget(self)
        across = QHBoxLayout(centered)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch()
        across.addWidget(content, 100)
        across.addStretch()
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(centered)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(scroll, 1)

    def _layout_names(self) -> tuple[str, ...]:
        return (
            self.tr("Recognised by itself"),
            self.tr("A folder for each person"),
            self.tr("All of one person"),
            self.tr("Each video another person"),
            self.tr("RaFD"),
            self.tr("MMI"),
            self.tr("Dataset with metadata.csv"),
        )

    def _note_footage(self) -> None:
        paths = self.footage.paths
        if paths and not self.name_field.text():
            plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in paths[0].stem)
            self.name_field.setText(plain.strip("-")[:40])
        self._show()

    def _ready_dataset(self) -> Path | None:
        """The one folder chosen, where it is a dataset already."""
        paths = self.footage.paths
        ready = len(paths) == 1 and all((paths[0] / split / "metadata.csv").is_file() for split in ("train", "test"))
        return paths[0] if ready else None

    def _fault(self) -> str:
        """Why the training cannot begin yet, "" where it can."""
        if self._missing is not None:
            return self.tr("Training is not installed.")
        if not self.footage.paths:
            return self.tr("Add footage first.")
        return fault_of_name(self.name_field.text().strip())

    def _show(self) -> None:
        is_personal = self.way is Way.PERSONAL
        is_ready = not is_personal and self._ready_dataset() is not None
        self._rows.setRowVisible(self.model_box, is_personal)
        self._rows.setRowVisible(self.steps_box, is_personal)
        self._rows.setRowVisible(self.layout_box, not is_personal and not is_ready)
        self._explanation.setText(
            self.tr(
                "Add footage of one person: a minute or two in good light, the face turned to the camera and as many "
                "expressions as possible. 400 steps are usual; more bring more likeness."
            )
            if is_personal
            else self.tr(
                "Add a folder with a folder of photos or videos for each person, or RaFD or MMI as they come. "
                "A folder that is a dataset already is taken as it is. The footage is only read."
            )
        )
        self.begin_button.setText(self.tr("Start Training") if is_personal else self.tr("Begin"))
        fault = self._fault()
        consent = self.tr("Train only on people who have agreed to it. Everything stays on this computer.")
        ready = self.tr("This folder is a dataset already; preparing is skipped.") + " " if is_ready else ""
        self.note.setText(fault or ready + consent)
        self.begin_button.setEnabled(not fault)
