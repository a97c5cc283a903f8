"""How a training goes: facts, curves of losses and figures, the latest samples."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.training.chart import Chart
from desktop.training.course import Course
from desktop.training.picture_view import PictureView
from desktop.training.standing import Standing
from desktop.training.words import CRITICS, duration
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import label

_GIB: Final = 2**30


class Monitor(QWidget):
    """Shows a `Standing`; before the first step, what will be here."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.losses: Final = Chart(studio.theme, self.tr("Losses on training pictures"), is_log=True, parent=self)
        self.critics: Final = Chart(studio.theme, self.tr("Critics and readers"), is_log=True, parent=self)
        self.figures: Final = Chart(studio.theme, self.tr("Figures on test pictures"), is_log=True, parent=self)
        self.preview: Final = PictureView(studio.theme, self.tr("Samples appear with the first steps."), self)
        self.preview.setAccessibleName(self.tr("Samples of the test split"))
        self._samples_head = label(self.tr("Samples: people of the test split under every expression"), "heading", self)
        self.facts: Final[dict[str, QLabel]] = {}
        self._nothing = EmptyState(
            studio.theme,
            "train",
            self.tr("Nothing to see yet"),
            self.tr("Losses and samples appear here with the first steps."),
        )
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6 * GRID)
        for name in (
            self.tr("Step"),
            self.tr("Time left"),
            self.tr("Pictures a second"),
            self.tr("Memory"),
            self.tr("Device"),
            self.tr("Last checkpoint"),
        ):
            row.addLayout(self._fact(name))
        row.addStretch()
        charts = QSplitter(Qt.Orientation.Horizontal, self)
        for chart in (self.losses, self.critics, self.figures):
            charts.addWidget(_inset(chart, left=chart is not self.losses))
        charts.setChildrenCollapsible(False)
        samples = QWidget(self)
        below = QVBoxLayout(samples)
        below.setContentsMargins(0, 2 * GRID, 0, 0)
        below.setSpacing(GRID)
        below.addWidget(self._samples_head)
        below.addWidget(self.preview, 1)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.addWidget(charts)
        self._split.addWidget(samples)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setChildrenCollapsible(False)
        facts = QWidget(self)
        facts.setLayout(row)
        self._parts = (facts, self._split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(facts)
        layout.addWidget(self._split, 1)
        self.losses.plot.pointed.connect(self.critics.plot.point_at)
        self.critics.plot.pointed.connect(self.losses.plot.point_at)

    def show_standing(self, standing: Standing) -> None:
        """Show where the training stands."""
        course, end = standing.course, standing.course.total_steps
        self._nothing.setVisible(not end)
        for part in self._parts:
            part.setVisible(end > 0)
        self._show_facts(standing, course)
        losses = {name: curve for name, curve in course.losses.items() if name not in CRITICS}
        critics = {name: curve for name, curve in course.losses.items() if name in CRITICS}
        self.losses.show_curves(losses, end)
        self.critics.show_curves(critics, end)
        self.figures.show_curves(course.figures, end)
        for chart in (self.critics, self.figures):
            holder = chart.parentWidget()
            assert holder is not None
            holder.setVisible(bool(chart.entries))
        self.preview.show_picture(standing.preview)

    def _show_facts(self, standing: Standing, course: Course) -> None:
        goes_on = standing.running is not None and course.images_per_second > 0
        for shown, text in zip(
            self.facts.values(),
            (
                self.tr("{} of {}").format(f"{course.step:,}", f"{course.total_steps:,}") if course.total_steps else "",
                duration(course.seconds_left) if goes_on and course.seconds_left else "",
                f"{course.images_per_second:.3g}" if course.images_per_second else "",
                f"{course.memory_bytes / _GIB:.1f} GiB" if course.memory_bytes else "",
                course.device,
                "" if course.checkpoint is None else self.tr("step {}").format(f"{course.checkpoint:,}"),
            ),
            strict=True,
        ):
            shown.setText(text or "–")

    def _fact(self, name: str) -> QVBoxLayout:
        value = label("–", "heading", self)
        value.setAccessibleName(name)
        self.facts[name] = value
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(label(name, "section", self))
        column.addWidget(value)
        return column


def _inset(chart: Chart, *, left: bool) -> QWidget:
    """A chart with room beside the splitter's handle."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(3 * GRID if left else 0, 0, 3 * GRID, GRID)
    layout.addWidget(chart)
    return holder
