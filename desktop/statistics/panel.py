"""The dock of statistics: milliseconds of each stage, of the whole frame, faces, and what computes."""

import statistics
from collections import deque
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from desktop.preview.requests import Rendering
from desktop.statistics.stage_row import StageRow
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label, line

_FRAMES: Final = 60
"""Of the latest frames, the median shows."""


class StatisticsPanel(QWidget):
    """Follows the preview."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        stages = (
            ("detect", self.tr("Find faces"), self.tr("Landmarks of every face")),
            ("estimate", self.tr("Read"), self.tr("The action units that the faces show")),
            ("align", self.tr("Align"), self.tr("From the frame to the model's crop")),
            ("encode", self.tr("Encode"), self.tr("The encoder E")),
            ("generate", self.tr("Generate"), self.tr("The generator G")),
            ("composite", self.tr("Composite"), self.tr("Back into the frame, at its resolution")),
        )
        self.rows: Final = {stage: StageRow(studio.theme, name, hint, self) for stage, name, hint in stages}
        self._times: Final = {stage: deque[float](maxlen=_FRAMES) for stage in self.rows}
        self._totals: Final = deque[float](maxlen=_FRAMES)
        self.total_label: Final = _value(self)
        self.faces_label: Final = _value(self)
        self.backend_label: Final = _value(self)
        self.model_label: Final = _value(self)
        self._lay_out()
        studio.preview.rendered.connect(self._note)
        studio.document.media_changed.connect(self._forget)
        if studio.preview.latest is not None:
            self._note(studio.preview.latest)

    def _lay_out(self) -> None:
        facts = QFormLayout()
        facts.setHorizontalSpacing(3 * GRID)
        facts.setVerticalSpacing(GRID)
        for name, shown in (
            (self.tr("Slider to picture"), self.total_label),
            (self.tr("Faces"), self.faces_label),
            (self.tr("Model"), self.model_label),
            (self.tr("Runs on"), self.backend_label),
        ):
            facts.addRow(label(name, "dim", self), shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(label(self.tr("Milliseconds per stage, median of {} frames").format(_FRAMES), "section", self))
        for row in self.rows.values():
            layout.addWidget(row)
        layout.addSpacing(GRID)
        layout.addWidget(line(self))
        layout.addSpacing(GRID)
        layout.addLayout(facts)
        layout.addStretch()

    def _note(self, rendering: Rendering) -> None:
        for stage, milliseconds in rendering.stages_ms.items():
            if stage in self._times:
                self._times[stage].append(milliseconds)
        self._totals.append(rendering.milliseconds)
        faces = rendering.result.faces
        edited = sum(face.is_selected for face in faces)
        self.faces_label.setText(self.tr("{} found, {} edited").format(len(faces), edited))
        self.backend_label.setText(rendering.backend)
        self.model_label.setText(rendering.request.choice.model)
        self._show()

    def _show(self) -> None:
        medians = {stage: statistics.median_low(times) if times else None for stage, times in self._times.items()}
        longest = max((time for time in medians.values() if time is not None), default=0.0)
        for stage, row in self.rows.items():
            row.show_time(medians[stage], longest)
        self.total_label.setText(f"{statistics.median_low(self._totals):.0f} ms" if self._totals else "–")

    def _forget(self) -> None:
        for times in (*self._times.values(), self._totals):
            times.clear()
        for shown in (self.faces_label, self.backend_label, self.model_label):
            shown.setText("–")
        self._show()


def _value(parent: QWidget) -> QLabel:
    made = label("–", None, parent)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
