from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.studio import Studio
from engine.errors import MediaError
from tests.engine.media.clips import make_video


def open_media(studio: Studio, path: Path) -> None:
    studio.document.edit("Open media", replace(studio.document.project, media=path))


def test_the_demo_photo_is_measured(studio: Studio, qtbot: QtBot, root: Path) -> None:
    open_media(studio, root / "assets/demo/astronaut.jpg")
    with qtbot.waitSignal(studio.measured.changed, timeout=60_000):
        studio.measured.measure()
    assert studio.measured.curves is not None
    assert studio.measured.curves.success.all()
    assert not studio.measured.is_measuring
    open_media(studio, root / "elsewhere.jpg")
    assert studio.measured.curves is None


def test_a_medium_without_a_face_says_so(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    open_media(studio, make_video(tmp_path / "noise.mp4"))
    with qtbot.waitSignal(studio.fault, timeout=60_000) as caught:
        studio.measured.measure()
    assert isinstance(caught.args[0], MediaError)
    assert not studio.measured.is_measuring


def test_measuring_is_given_up(studio: Studio, qtbot: QtBot, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_path: Path, report: object) -> None:
        assert callable(report)
        done = 0
        while True:  # until the report says that nobody waits
            done += 1
            report(done, None)

    monkeypatch.setattr("engine.analysis.observe_source", endless)
    open_media(studio, root / "assets/demo/astronaut.jpg")
    reports: list[object] = []
    studio.measured.progress.connect(lambda *values: reports.append(values))
    studio.measured.measure()
    qtbot.waitUntil(lambda: bool(reports))
    studio.measured.cancel()
    assert not studio.measured.is_measuring
    qtbot.waitUntil(lambda: studio.background._under_way == 0)
    assert studio.measured.curves is None
