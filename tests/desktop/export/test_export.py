"""Exports: asked for in the dialog, run one after another, held, cancelled, told when they fail."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.export.dialog import ExportDialog
from desktop.export.jobs import ExportRequest, JobProgress, JobState
from desktop.export.panel import ExportPanel
from desktop.export.queue import ExportQueue
from desktop.export.worker import ExportWorker
from desktop.pipeline_choice import PipelineChoice
from desktop.studio import Studio
from engine.edit_scope import FaceSelection
from engine.errors import MediaError
from engine.media import write_photo
from engine.project import FaceOptions, Project, Timeline


class Driven:
    """A worker that the test drives."""

    made: "list[Driven]"

    def __init__(self, request: ExportRequest, tell: Callable[[JobProgress], None]) -> None:
        self.request, self.tell = request, tell
        self.calls: list[str] = []
        Driven.made.append(self)

    def start(self) -> None:
        self.tell(JobProgress(JobState.RUNNING, 0, 100))

    def pause(self) -> None:
        self.calls.append("pause")

    def resume(self) -> None:
        self.calls.append("resume")

    def cancel(self) -> None:
        self.calls.append("cancel")
        self.tell(JobProgress(JobState.CANCELLED, 3, 100))

    def join(self) -> None:
        pass


@pytest.fixture
def driven(monkeypatch: pytest.MonkeyPatch) -> list[Driven]:
    Driven.made = []
    monkeypatch.setattr("desktop.export.queue.ExportWorker", Driven)
    return Driven.made


@pytest.fixture
def queue(qtbot: QtBot, driven: list[Driven]) -> Iterator[ExportQueue]:
    made = ExportQueue()
    yield made
    made.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "grey.png"
    write_photo(path, np.full((60, 80, 3), 90, np.uint8))
    return path


@pytest.fixture
def opened(studio: Studio, qtbot: QtBot, photo: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    monkeypatch.setattr(studio.preview._renderer, "request", lambda request: None)
    with qtbot.waitSignal(studio.media.info_changed):
        studio.document.reset(Project("eggan-128", photo), None)
    return studio


def request(name: str = "out.mp4") -> ExportRequest:
    return ExportRequest(Path("in.mp4"), Timeline.constant({12: 3.0}), PipelineChoice("eggan-128"), Path(name))


def test_exports_run_one_after_another(qtbot: QtBot, queue: ExportQueue, driven: list[Driven]) -> None:
    first, second = queue.add(request("a.mp4")), queue.add(request("b.mp4"))
    qtbot.waitUntil(lambda: first.progress.state is JobState.RUNNING)
    assert len(driven) == 1
    assert second.progress.state is JobState.WAITING
    with qtbot.waitSignal(queue.finished):
        driven[0].tell(JobProgress(JobState.DONE, 100, 100))
    qtbot.waitUntil(lambda: second.progress.state is JobState.RUNNING)
    assert [worker.request.output.name for worker in driven] == ["a.mp4", "b.mp4"]
    assert queue.is_busy


def test_holding_and_going_on(qtbot: QtBot, queue: ExportQueue, driven: list[Driven]) -> None:
    job = queue.add(request())
    qtbot.waitUntil(lambda: job.progress.state is JobState.RUNNING)
    queue.pause(job)
    assert job.progress.state is JobState.PAUSED
    queue.resume(job)
    assert driven[0].calls == ["pause", "resume"]


def test_a_failure_is_kept_and_the_next_one_begins(qtbot: QtBot, queue: ExportQueue, driven: list[Driven]) -> None:
    first, second = queue.add(request()), queue.add(request())
    qtbot.waitUntil(lambda: first.progress.state is JobState.RUNNING)
    error = MediaError("The disk is full.", "Free some space.")
    driven[0].tell(replace(first.progress, state=JobState.FAILED, error=error))
    qtbot.waitUntil(lambda: second.progress.state is JobState.RUNNING)
    assert first.progress.error is error


def test_one_that_waits_is_forgotten_when_cancelled(qtbot: QtBot, queue: ExportQueue, driven: list[Driven]) -> None:
    first, second = queue.add(request()), queue.add(request())
    queue.cancel(second)
    assert second.progress.state is JobState.CANCELLED
    queue.cancel(first)
    qtbot.waitUntil(lambda: not queue.is_busy)
    assert len(driven) == 1
    queue.clear_finished()
    assert queue.jobs == ()


def test_time_left_is_told_from_the_frames_done() -> None:
    progress = JobProgress(JobState.RUNNING, 25, 100, 10.0)
    assert (progress.share, progress.seconds_left) == (0.25, 30.0)
    assert JobProgress(JobState.RUNNING).seconds_left is None


def test_the_dialog_captures_what_is_edited(opened: Studio, tmp_path: Path) -> None:
    opened.document.edit_timeline("Smile", Timeline.constant({12: 4.0}))
    dialog = ExportDialog(opened)
    dialog.format_field.choose(".mkv", "ffv1")
    dialog.path_field.setText(str(tmp_path / "smile.mkv"))
    dialog.duration_field.setValue(2.5)
    dialog.accept()
    opened.document.edit_timeline("Frown", Timeline.constant({4: 1.0}))
    asked = dialog.request
    dialog.deleteLater()
    assert asked is not None
    assert (asked.timeline, asked.codec, asked.output) == (
        Timeline.constant({12: 4.0}), "ffv1", tmp_path / "smile.mkv"
    )  # fmt: skip
    assert asked.still_duration == Fraction(5, 2)


def test_the_faces_of_the_project_are_exported(opened: Studio, tmp_path: Path) -> None:
    faces = FaceOptions(FaceSelection("all"), Fraction(1, 2))
    opened.document.edit("Faces", replace(opened.document.project, faces=faces))
    dialog = ExportDialog(opened)
    dialog.path_field.setText(str(tmp_path / "all.mp4"))
    dialog.accept()
    assert dialog.request is not None
    assert dialog.request.choice.faces == faces
    dialog.deleteLater()


def test_a_folder_that_is_not_there_is_refused(opened: Studio, tmp_path: Path) -> None:
    dialog = ExportDialog(opened)
    dialog.path_field.setText(str(tmp_path / "none" / "out.mp4"))
    dialog.accept()
    assert dialog.request is None
    assert "does not exist" in dialog._fault.text()
    dialog.deleteLater()


def test_a_file_is_replaced_only_after_asking(
    opened: Studio, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "taken.png"
    taken.write_bytes(photo.read_bytes())
    answers = iter([QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes])
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    dialog = ExportDialog(opened)
    dialog.format_field.choose(".png")
    dialog.path_field.setText(str(taken))
    dialog.accept()
    assert dialog.request is None
    dialog.accept()
    assert dialog.request is not None
    assert dialog.request.overwrite
    dialog.deleteLater()


def test_a_photo_is_really_written(root: Path, tmp_path: Path) -> None:
    told: list[JobProgress] = []
    output = tmp_path / "smile.png"
    asked = ExportRequest(
        root / "assets" / "demo" / "astronaut.jpg", Timeline.constant({4: 4.0}), PipelineChoice("eggan-128"), output
    )
    worker = ExportWorker(asked, told.append)
    worker.start()
    worker.join()
    assert [progress.error for progress in told] == [None] * len(told)
    assert told[-1].state is JobState.DONE
    assert output.stat().st_size > 10_000


def test_a_medium_without_a_face_fails_and_leaves_no_file(photo: Path, tmp_path: Path) -> None:
    told: list[JobProgress] = []
    output = tmp_path / "none.png"
    worker = ExportWorker(replace(request(), media=photo, output=output), told.append)
    worker.start()
    worker.join()
    assert told[-1].state is JobState.FAILED
    assert told[-1].error is not None
    assert "No face" in told[-1].error.message
    assert not output.exists()


def test_a_line_shows_progress_and_its_buttons_work(opened: Studio, qtbot: QtBot, driven: list[Driven]) -> None:
    panel = ExportPanel(opened)
    with qtbot.waitExposed(panel):
        panel.show()
    opened.exports.add(request("holiday.mp4"))
    (row,) = panel.rows
    qtbot.waitUntil(row.hold_button.isVisible)
    driven[0].tell(JobProgress(JobState.RUNNING, 25, 100, 10.0))
    qtbot.waitUntil(lambda: "25 / 100 frames, 2.5 a second, 0:30 left" in row.state_label.text())
    qtbot.mouseClick(row.hold_button, Qt.MouseButton.LeftButton)
    assert row.state_label.text() == "Held"
    qtbot.mouseClick(row.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: row.state_label.text() == "Cancelled")
    assert not row.bar.isVisible()
    panel.close()
    panel.deleteLater()


def test_what_failed_is_tried_again(qtbot: QtBot, queue: ExportQueue, driven: list[Driven]) -> None:
    job = queue.add(request())
    driven[0].tell(JobProgress(JobState.FAILED, error=MediaError("The disk is full.", "Free some space.")))
    qtbot.waitUntil(lambda: job.progress.state is JobState.FAILED)
    again = queue.retry(job)
    assert queue.jobs == (again,)
    assert again.request is job.request
    assert len(driven) == 2
