"""Times as the panel tells them."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.pipeline_choice import PipelineChoice
from desktop.preview.requests import Rendering, RenderRequest
from desktop.statistics.panel import StatisticsPanel
from desktop.studio import Studio
from engine.pipeline import ProcessedFace, ProcessedFrame
from engine.project import Project, Timeline
from engine.types import Frame
from tests.desktop.preview.stand_in import ALIGNED, SOURCE, TRACK

MEDIA = Path("in.png")


def rendering(milliseconds: float, **stages_ms: float) -> Rendering:
    frame = Frame(np.zeros((8, 8, 3), np.uint8), Fraction(0), 0)
    faces = tuple(ProcessedFace(TRACK, SOURCE, SOURCE, 1.0, chosen, ALIGNED) for chosen in (True, False))
    request = RenderRequest(MEDIA, Fraction(0), Timeline(), PipelineChoice("eggan-128"), 0.0)
    return Rendering(request, frame, ProcessedFrame(frame, faces), "ONNX Runtime, CPU", milliseconds, stages_ms)


@pytest.fixture
def panel(studio: Studio, qtbot: QtBot) -> Iterator[StatisticsPanel]:
    made = StatisticsPanel(studio)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def test_the_median_of_the_latest_frames_shows(panel: StatisticsPanel, studio: Studio) -> None:
    for total, generate in ((4000.0, 90.0), (40.0, 10.0), (42.0, 12.0)):
        studio.preview.rendered.emit(rendering(total, generate=generate, detect=6.0))
    assert panel.total_label.text() == "42 ms"
    assert panel.rows["generate"].time_label.text() == "12.0 ms"
    assert panel.rows["detect"].bar.share == pytest.approx(0.5)
    assert panel.rows["encode"].time_label.text() == "–"
    assert panel.faces_label.text() == "2 found, 1 edited"
    assert panel.backend_label.text() == "ONNX Runtime, CPU"
    assert panel.model_label.text() == "eggan-128"


def test_another_medium_begins_anew(panel: StatisticsPanel, studio: Studio) -> None:
    studio.preview.rendered.emit(rendering(40.0, generate=10.0))
    studio.document.reset(Project("eggan-128", Path("/gone/other.png")), None)
    assert panel.total_label.text() == "–"
    assert panel.rows["generate"].time_label.text() == "–"
