from pathlib import Path

import pytest

from engine.faces.landmarker import FaceLandmarker
from engine.types import FaceTrack
from tests.engine.analysis.stand_ins import GreyEstimator, GreyLandmarker, darkest_grey, measured_grey
from tests.engine.faces.heads import read_photo


@pytest.fixture
def grey_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces whose expression is their picture's brightness, wherever a medium is analysed."""
    for module in ("observing", "calibration"):
        monkeypatch.setattr(f"engine.analysis.{module}.FaceLandmarker", GreyLandmarker)
    monkeypatch.setattr("engine.analysis.calibration.NeutralFace.measured", measured_grey)
    monkeypatch.setattr("engine.analysis.calibration.learnt_neutral", darkest_grey)
    monkeypatch.setattr("engine.retargeting.performance.ExpressionEstimator", GreyEstimator)


@pytest.fixture(scope="session")
def astronaut_track(root: Path) -> FaceTrack:
    """The face of the demo photo."""
    with FaceLandmarker("image") as landmarker:
        (track,) = landmarker.detect(read_photo(root / "assets" / "demo" / "astronaut.jpg"))
    return track
