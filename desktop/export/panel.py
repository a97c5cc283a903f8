"""The queue's dock: a line for each export, with its progress and what can be done with it."""

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.export.jobs import FINISHED, Job, JobState
from desktop.studio import Studio
from desktop.theme.tokens import GRID, ICON_SIZE
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import label

_PER_MILLE = 1000


class ExportPanel(QWidget):
    """Shows the studio's export queue."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._rows: dict[Job, JobRow] = {}
        self._empty = EmptyState(
            studio.theme,
            "export",
            self.tr("No exports yet"),
            self.tr("They run here one after another while you go on."),
            [studio.actions.action("file.export")],
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(2 * GRID)
        content = QWidget(self)
        content.setProperty("surface", "panel")
        lines = QVBoxLayout(content)
        lines.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        lines.addLayout(self._list)
        lines.addStretch()
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(content)
        self._clear = QPushButton(self.tr("Clear finished"), self)
        self._clear.clicked.connect(studio.exports.clear_finished)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * GRID, 0, 2 * GRID, 2 * GRID)
        foot.addStretch()
        foot.addWidget(self._clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._empty)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(foot)
        studio.exports.jobs_changed.connect(self._fill)
        studio.exports.progressed.connect(self._show)
        studio.exports.finished.connect(self._note_end)
        self._fill()

    @property
    def rows(self) -> tuple["JobRow", ...]:
        """The lines, in the order of the jobs."""
        return tuple(self._rows.values())

    def _fill(self) -> None:
        jobs = self._studio.exports.jobs
        for job in [job for job in self._rows if job not in jobs]:
            row = self._rows.pop(job)
            self._list.removeWidget(row)
            row.deleteLater()
        for job in jobs:
            if job not in self._rows:
                self._rows[job] = JobRow(self._studio, job, self)
                self._list.addWidget(self._rows[job])
        self._empty.setVisible(not jobs)
        self._scroll.setVisible(bool(jobs))
        self._clear.setVisible(bool(jobs))

    def _show(self, job: Job) -> None:
        if job in self._rows:
            self._rows[job].show_progress()

    def _note_end(self, job: Job) -> None:
        if job.progress.state is JobState.DONE:
            self._studio.notice.emit(self.tr("Exported {}").format(job.request.output.name))
        elif job.progress.error is not None:
            self._studio.fault.emit(job.progress.error)


class JobRow(QFrame):
    """One export."""

    def __init__(self, studio: Studio, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._job = job
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        name = label(", ".join(path.name for path in job.request.outputs), "heading", self)
        name.setToolTip("\n".join(map(str, job.request.outputs)))
        self.state_label = label("", "dim", self)
        self.state_label.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(GRID)
        self.bar.setAccessibleName(self.tr("Progress of {}").format(job.request.output.name))
        self.hold_button = self._button("pause", self.tr("Hold"), self._hold)
        self.cancel_button = self._button("close", self.tr("Cancel; no file is left"), self._cancel)
        self.again_button = self._button("reset", self.tr("Try again"), self._try_again)
        self.folder_button = self._button("folder", self.tr("Show in its folder"), self._open_folder)
        layout = QGridLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 3 * GRID)
        layout.setHorizontalSpacing(GRID)
        layout.setColumnStretch(0, 1)
        layout.addWidget(name, 0, 0)
        buttons = (self.hold_button, self.cancel_button, self.again_button, self.folder_button)
        for column, button in enumerate(buttons, start=1):
            layout.addWidget(button, 0, column)
        layout.addWidget(self.state_label, 1, 0, 1, -1)
        layout.addWidget(self.bar, 2, 0, 1, -1)
        self.show_progress()

    def show_progress(self) -> None:
        """Show where the job stands."""
        progress = self._job.progress
        self.state_label.setText(self._describe())
        self.bar.setVisible(progress.state not in FINISHED)
        share = progress.share
        self.bar.setRange(0, 0 if share is None and progress.state is JobState.RUNNING else _PER_MILLE)
        self.bar.setValue(round((share or 0.0) * _PER_MILLE))
        runs = progress.state in {JobState.RUNNING, JobState.PAUSED}
        self.hold_button.setVisible(runs)
        self._studio.theme.give_icon(self.hold_button, "play" if progress.state is JobState.PAUSED else "pause")
        self.cancel_button.setVisible(progress.state not in FINISHED)
        self.again_button.setVisible(progress.state in {JobState.FAILED, JobState.CANCELLED})
        self.folder_button.setVisible(progress.state is JobState.DONE)

    def _describe(self) -> str:
        progress = self._job.progress
        match progress.state:
            case JobState.WAITING:
                return self.tr("Waiting")
            case JobState.DONE:
                return self.tr("Done in {}, {} frames").format(_clock(progress.seconds), progress.frames)
            case JobState.CANCELLED:
                return self.tr("Cancelled")
            case JobState.FAILED:
                error = progress.error
                return f"{error.message} {error.remedy}" if error is not None else self.tr("Failed")
            case JobState.PAUSED:
                return self.tr("Held")
        if not progress.frames:
            return self.tr("Starting…")
        rate = progress.frames / max(progress.seconds, 1e-6)
        counted = f"{progress.frames} / {progress.total}" if progress.total else str(progress.frames)
        left = progress.seconds_left
        ending = "" if left is None else self.tr(", {} left").format(_clock(left))
        return self.tr("{} frames, {:.1f} a second{}").format(counted, rate, ending)

    def _button(self, icon: str, hint: str, slot: object) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        self._studio.theme.give_icon(button, icon)
        button.clicked.connect(slot)
        return button

    def _hold(self) -> None:
        if self._job.progress.state is JobState.PAUSED:
            self._studio.exports.resume(self._job)
        else:
            self._studio.exports.pause(self._job)

    def _cancel(self) -> None:
        self._studio.exports.cancel(self._job)

    def _try_again(self) -> None:
        self._studio.exports.retry(self._job)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._job.request.output.parent)))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
