"""The export dialog as a person uses it: part, size, what is shown, and what the file says about itself."""

from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.export.dialog import ExportDialog
from desktop.export.jobs import ExportRequest
from desktop.export.worker import ExportWorker
from desktop.preferences import AI_MARK, AI_TAG
from desktop.studio import Studio
from engine.project import Project
from tests.engine.media.clips import NTSC, Clip, make_video, smooth_pictures

CLIP = Clip(size=(1000, 562), audio="aac")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_video(tmp_path_factory.mktemp("clips") / "clip.mp4", CLIP, smooth_pictures(12, CLIP.size))


@pytest.fixture
def opened(studio: Studio, qtbot: QtBot, clip: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    monkeypatch.setattr(studio.preview._renderer, "request", lambda request: None)
    with qtbot.waitSignal(studio.media.info_changed):
        studio.document.reset(Project("eggan-128", clip), None)
    return studio


@pytest.fixture
def dialog(opened: Studio, qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    made = ExportDialog(opened)
    qtbot.addWidget(made)
    made.path_field.setText(str(tmp_path / "out.mp4"))
    return made


def asked(dialog: ExportDialog) -> ExportRequest:
    dialog.accept()
    assert dialog.request is not None
    return dialog.request


def test_the_whole_clip_as_it_is_unless_asked_otherwise(dialog: ExportDialog) -> None:
    request = asked(dialog)
    assert (request.start, request.end, request.size, request.variant) == (None, None, "original", "edited")
    assert (request.keep_audio, request.ai_tag, request.ai_mark) == (True, True, False)
    assert request.outputs == (request.output,)


def test_from_in_to_out_where_they_are_set(opened: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    opened.view.set_in(3 / NTSC)
    opened.view.set_out(9 / NTSC)
    dialog = ExportDialog(opened)
    qtbot.addWidget(dialog)
    dialog.path_field.setText(str(tmp_path / "part.mp4"))
    assert dialog.span_field.kind_box.currentText() == "In to out"
    assert dialog.span_field.start_field.text() == "00:00:00:03"
    assert "6 frames" in dialog._outcome.text()
    request = asked(dialog)
    assert (request.start, request.end) == (3 / NTSC, 9 / NTSC)


def test_timecodes_are_typed(dialog: ExportDialog) -> None:
    dialog.span_field.kind_box.setCurrentText("From – to")
    assert dialog.span_field.end_field.text() == "00:00:00:12"
    assert dialog.span_field.end is None
    dialog.span_field.start_field.setText("00:00:00:02")
    dialog.span_field.end_field.setText("00:00:00:07")
    request = asked(dialog)
    assert (request.start, request.end) == (2 / NTSC, 7 / NTSC)


@pytest.mark.parametrize(("text", "reason"), [("00:00:00:00", "ends before it begins"), ("soon", "not a timecode")])
def test_a_part_that_is_none_is_refused(dialog: ExportDialog, text: str, reason: str) -> None:
    dialog.span_field.kind_box.setCurrentText("From – to")
    dialog.span_field.end_field.setText(text)
    dialog.accept()
    assert dialog.request is None
    assert reason in dialog._fault.text()


def test_only_smaller_sizes_are_offered(dialog: ExportDialog) -> None:
    box = dialog.size_box
    assert [box.itemText(index) for index in range(box.count())] == [
        "Original, 1000 × 562", "480p, 854 × 480", "360p, 640 × 360",
    ]  # fmt: skip
    box.choose("360p")
    assert dialog._outcome.text().startswith("640 × 360, 29.97 frames a second, 12 frames")
    assert asked(dialog).size == "360p"


def test_both_files_are_named_and_neither_is_replaced_unasked(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[str] = []

    def answer(_parent: object, _title: str, text: str) -> QMessageBox.StandardButton:
        asked_for.append(text)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", answer)
    (tmp_path / "out-side-by-side.mp4").write_bytes(b"mine")
    dialog.variant_box.setCurrentIndex(dialog.variant_box.findData("both"))
    dialog.accept()
    assert dialog.request is None
    assert asked_for == ["Replace out-side-by-side.mp4?"]
    dialog.path_field.setText(str(tmp_path / "other.mp4"))
    assert [path.name for path in asked(dialog).outputs] == ["other.mp4", "other-side-by-side.mp4"]


def test_the_last_choices_are_kept(dialog: ExportDialog, opened: Studio, qtbot: QtBot) -> None:
    dialog.format_field.choose(".mkv", "hevc")
    dialog.size_box.choose("360p")
    dialog.variant_box.setCurrentIndex(dialog.variant_box.findData("beside"))
    asked(dialog)
    again = ExportDialog(opened)
    qtbot.addWidget(again)
    assert (again.format_field.format.suffix, again.format_field.codec) == (".mkv", "hevc")
    assert (again.size_box.limit, again.variant_box.currentData()) == ("360p", "beside")
    assert again.path_field.text().endswith("clip-edited.mkv")


def test_pictures_have_neither_codec_nor_sound_nor_quality(dialog: ExportDialog, qtbot: QtBot) -> None:
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert dialog.audio_box.isVisible()
    dialog.format_field.choose("")
    assert not dialog.audio_box.isVisible()
    assert not dialog.format_field.codec_box.isVisible()
    assert not dialog.quality_field.slider.isEnabled()
    assert not dialog.path_field.text().endswith(".mp4")


def test_the_preferences_say_what_files_say_about_themselves(opened: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    opened.preferences.set(AI_TAG, False)
    opened.preferences.set(AI_MARK, True)
    dialog = ExportDialog(opened)
    qtbot.addWidget(dialog)
    dialog.path_field.setText(str(tmp_path / "out.mp4"))
    request = asked(dialog)
    assert (request.ai_tag, request.ai_mark) == (False, True)


def test_the_worker_renders_what_was_asked_for(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine import rendering
    from engine.export import ExportReport
    from engine.media import Disclosure, SizeLimit, Span

    got: list[rendering.RenderSettings] = []

    def render(
        _source: Path, _output: Path, _plan: object, settings: rendering.RenderSettings, _watching: object
    ) -> ExportReport:
        got.append(settings)
        return ExportReport(0, 0, 0.0, cancelled=False, stages={})

    monkeypatch.setattr(rendering, "render", render)
    dialog.span_field.kind_box.setCurrentText("From – to")
    dialog.span_field.start_field.setText("00:00:00:02")
    dialog.size_box.choose("360p")
    dialog.variant_box.setCurrentIndex(dialog.variant_box.findData("both"))
    dialog.mark_box.setChecked(True)
    worker = ExportWorker(asked(dialog), lambda _progress: None)
    worker.start()
    worker.join()
    (settings,) = got
    assert settings.span == Span(Fraction(2) / NTSC)
    assert settings.limit == SizeLimit.lines(360)
    assert settings.beside == tmp_path / "out-side-by-side.mp4"
    assert not settings.side_by_side
    assert settings.disclosure == Disclosure(tag=True, mark=True)
