from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.document.timeline_edits import set_value
from desktop.studio import Studio
from tests.engine.media.clips import NTSC, make_video


def open_media(studio: Studio, path: Path) -> None:
    studio.document.edit("Open media", replace(studio.document.project, media=path))


def test_a_photo_has_time_for_keyframes(studio: Studio, qtbot: QtBot, root: Path) -> None:
    with qtbot.waitSignal(studio.media.info_changed):
        open_media(studio, root / "assets/demo/astronaut.jpg")
    assert studio.media.info is not None
    assert studio.media.info.is_still
    assert (studio.media.rate, studio.media.duration) == (Fraction(30), Fraction(5))
    late = set_value(studio.document.timeline, 12, 1.0, Fraction(9), animate=True)
    studio.document.edit_timeline("Smile", late)
    assert studio.media.duration == 10


def test_a_video_has_its_own_rate_and_length(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    path = make_video(tmp_path / "clip.mp4")
    with qtbot.waitSignal(studio.media.info_changed):
        open_media(studio, path)
    assert studio.media.rate == NTSC
    assert studio.media.duration == 12 / NTSC


def test_a_missing_medium_says_why(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(studio.media.failed) as caught:
        open_media(studio, tmp_path / "gone.mp4")
    assert "gone.mp4" in caught.args[0].message
    assert studio.media.error is caught.args[0]
    assert studio.media.info is None
