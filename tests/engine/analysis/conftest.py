import pytest

from tests.engine.analysis.stand_ins import GreyEstimator, GreyLandmarker, measured_grey


@pytest.fixture
def grey_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces whose expression is their picture's brightness, wherever a medium is analysed."""
    for module in ("observing", "calibration"):
        monkeypatch.setattr(f"engine.analysis.{module}.FaceLandmarker", GreyLandmarker)
    monkeypatch.setattr("engine.analysis.calibration.NeutralFace.measured", measured_grey)
    monkeypatch.setattr("engine.retargeting.performance.ExpressionEstimator", GreyEstimator)
