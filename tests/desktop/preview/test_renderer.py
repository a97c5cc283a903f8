"""The rendering thread: the latest request wins, models and media change, faults are told."""

import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.pipeline_choice import PipelineChoice
from desktop.preview.renderer import Renderer
from desktop.preview.requests import Rendering, RenderRequest
from engine.edit_scope import FaceSelection, RegionStrengths
from engine.errors import EngineError
from engine.faces.appearance import Appearance
from engine.faces.expression import NeutralFace
from engine.faces.people import KnownPerson
from engine.media import write_photo
from engine.project import FaceOptions, Timeline
from tests.desktop.preview.stand_in import Opener, red


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "grey.png"
    write_photo(path, np.full((8, 12, 3), 90, np.uint8))
    return path


@pytest.fixture
def opener() -> Opener:
    return Opener()


@pytest.fixture
def renderer(qtbot: QtBot, opener: Opener) -> Iterator[Renderer]:
    made = Renderer(open_pipeline=opener)
    yield made
    opener.may_open.set()
    made.close()


def request(photo: Path, smile: float, model: str = "eggan-128") -> RenderRequest:
    timeline = Timeline.constant({12: smile})
    return RenderRequest(photo, Fraction(0), timeline, PipelineChoice(model), time.perf_counter())


def ask(qtbot: QtBot, renderer: Renderer, wanted: RenderRequest) -> Rendering:
    with qtbot.waitSignal(renderer.rendered, check_params_cb=lambda made: made.request == wanted) as caught:
        renderer.request(wanted)
    (rendering,) = caught.args
    assert isinstance(rendering, Rendering)
    return rendering


def test_a_request_is_rendered(qtbot: QtBot, renderer: Renderer, photo: Path) -> None:
    made = ask(qtbot, renderer, request(photo, 3.0))
    assert red(made.result.frame.pixels) == 150
    assert red(made.original.pixels) == 90
    assert made.backend == "paint"
    assert made.milliseconds > 0


def test_people_who_become_known_do_not_open_the_model_anew(
    qtbot: QtBot, renderer: Renderer, opener: Opener, photo: Path
) -> None:
    looks = Appearance(np.zeros(144, np.float32), np.zeros((1, 3), np.float32))
    person = KnownPerson(looks, NeutralFace(np.zeros((1, 3), np.float32)))
    ask(qtbot, renderer, request(photo, 3.0))
    ask(qtbot, renderer, replace(request(photo, 3.0), people=(person,)))
    (pipeline,) = opener.opened
    assert pipeline.reader.known == (person,)
    assert pipeline.reader.closely


def test_only_the_latest_of_those_that_wait_is_rendered(
    qtbot: QtBot, renderer: Renderer, opener: Opener, photo: Path
) -> None:
    seen: list[int] = []
    renderer.rendered.connect(lambda made: seen.append(red(made.result.frame.pixels)))
    opener.may_open.clear()
    with qtbot.waitSignal(renderer.loading_changed):
        renderer.request(request(photo, 1.0))
    for smile in (2.0, 3.0, 4.0):
        renderer.request(request(photo, smile))
    with qtbot.waitSignal(renderer.rendered, check_params_cb=lambda made: red(made.result.frame.pixels) == 200):
        opener.may_open.set()
    assert seen == [50, 200]


def test_a_still_is_read_once(qtbot: QtBot, renderer: Renderer, photo: Path) -> None:
    first, second = (ask(qtbot, renderer, request(photo, smile)) for smile in (1.0, 2.0))
    assert first.original.pixels is second.original.pixels


def test_another_model_takes_the_place_of_the_first(
    qtbot: QtBot, renderer: Renderer, opener: Opener, photo: Path
) -> None:
    ask(qtbot, renderer, request(photo, 1.0))
    ask(qtbot, renderer, request(photo, 1.0, model="other"))
    assert [pipeline.settings.model for pipeline in opener.opened] == ["eggan-128", "other"]
    assert [pipeline.is_closed for pipeline in opener.opened] == [True, False]


def test_a_model_that_does_not_open_is_told_and_the_next_request_goes_on(
    qtbot: QtBot, renderer: Renderer, photo: Path
) -> None:
    with qtbot.waitSignal(renderer.failed) as caught:
        renderer.request(request(photo, 1.0, model="broken"))
    (error,) = caught.args
    assert isinstance(error, EngineError)
    assert error.message == "The model is broken."
    assert red(ask(qtbot, renderer, request(photo, 2.0)).result.frame.pixels) == 100


def test_a_photo_that_is_gone_is_told(qtbot: QtBot, renderer: Renderer, tmp_path: Path) -> None:
    with qtbot.waitSignal(renderer.failed) as caught:
        renderer.request(request(tmp_path / "gone.png", 1.0))
    assert "gone.png" in caught.args[0].message


def test_sketches_come_when_nothing_else_waits(qtbot: QtBot, renderer: Renderer, photo: Path) -> None:
    ask(qtbot, renderer, request(photo, 1.0))
    made: dict[str, int] = {}
    renderer.sketched.connect(lambda key, sketch: made.update({key: red(sketch.result.frame.pixels)}))
    renderer.sketch({"smile": request(photo, 5.0), "rest": request(photo, 0.0)})
    qtbot.waitUntil(lambda: len(made) == 2)
    assert made == {"smile": 250, "rest": 0}


def test_other_faces_regions_and_rest_do_not_open_the_model_anew(
    qtbot: QtBot, renderer: Renderer, photo: Path, opener: Opener
) -> None:
    ask(qtbot, renderer, request(photo, 1.0))
    right, calm = FaceSelection.nearest(0.75, 0.5), RegionStrengths(mouth=0.5)
    wanted = request(photo, 1.0)
    faces = FaceOptions(right, Fraction(0), calm)
    ask(qtbot, renderer, replace(wanted, choice=replace(wanted.choice, faces=faces)))
    (pipeline,) = opener.opened
    assert pipeline.faces[-1].selection == right
    assert pipeline.regions[-1] == calm
    assert pipeline.reader.neutral_at == 0
    looked = len(pipeline.faces)
    faces = replace(faces, regions=RegionStrengths(mouth=0.25))
    ask(qtbot, renderer, replace(wanted, choice=replace(wanted.choice, faces=faces)))
    assert pipeline.regions[-1] == faces.regions
    assert len(pipeline.faces) == looked
    ask(qtbot, renderer, request(photo, 2.0))
    assert pipeline.faces[-1].selection == FaceSelection("largest")
    assert pipeline.reader.neutral_at is None


def test_how_long_each_stage_took_is_told(qtbot: QtBot, renderer: Renderer, photo: Path) -> None:
    assert ask(qtbot, renderer, request(photo, 1.0)).stages_ms == pytest.approx({"generate": 2.0})
