"""Presets are pictured on the live face."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.live.choices import Camera
from desktop.live.pictures import _SETTLED_FRAMES, LivePictures
from desktop.studio import Studio
from engine.action_units import PRESETS
from tests.desktop.live.stage import Stage, go_live, stop
from tests.desktop.preview.stand_in import PaintingPipeline, red


@pytest.fixture
def pipelines(monkeypatch: pytest.MonkeyPatch) -> list[PaintingPipeline]:
    """What pictures are made with."""
    opened: list[PaintingPipeline] = []

    def open_pipeline(settings: Any, mode: str) -> PaintingPipeline:
        assert mode == "image"
        opened.append(PaintingPipeline(settings))
        return opened[-1]

    monkeypatch.setattr("engine.pipeline.open_pipeline", open_pipeline)
    return opened


def show(studio: Studio, stage: Stage, qtbot: QtBot, frames: int) -> None:
    """Let so many frames be shown, one after another."""
    for _ in range(frames):
        with qtbot.waitSignal(studio.live.frame_arrived):
            stage.camera.give(100)


def test_a_face_that_has_settled_shows_every_preset(
    studio: Studio, stage: Stage, qtbot: QtBot, pipelines: list[PaintingPipeline]
) -> None:
    pictures, outdated, made = LivePictures(studio, studio), list[bool](), dict[str, Any]()
    pictures.outdated.connect(lambda: outdated.append(True))
    pictures.made.connect(made.__setitem__)
    go_live(studio, stage, qtbot)
    show(studio, stage, qtbot, _SETTLED_FRAMES - 2)
    pictures.ask(PRESETS)
    assert not outdated
    show(studio, stage, qtbot, 1)
    assert outdated == [True]
    pictures.ask(PRESETS)
    qtbot.waitUntil(lambda: set(made) == set(PRESETS))
    assert red(made["happy"].frame.pixels) == 200
    assert [pipeline.is_closed for pipeline in pipelines] == [True]
    stop(studio, stage, qtbot)


def test_another_source_is_another_face(studio: Studio, stage: Stage) -> None:
    pictures, gone = LivePictures(studio, studio), list[bool]()
    pictures.gone.connect(lambda: gone.append(True))
    studio.live.choose(smoothing=2.0)
    assert not gone
    studio.live.choose(source=Camera(3, "Third"))
    assert gone == [True]
