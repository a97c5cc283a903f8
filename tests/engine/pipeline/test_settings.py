from pathlib import Path
from typing import Any, cast

import pytest

from engine.bundle import Bundle, write_bundle
from engine.edit_scope import RegionStrengths
from engine.errors import ModelError, ProjectError
from engine.faces.alignment import CropTemplate
from engine.pipeline import Pipeline, PipelineSettings, open_pipeline
from tests.engine.bundle.cards import FILES, make_card
from tests.engine.pipeline.stand_ins import StandInBackend, StandInEstimator, StandInLandmarker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model that no backend needs to run here."""
    return write_bundle(tmp_path / "tiny", make_card(), FILES).folder


class Opened:
    """What the stages were opened with."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.backend = StandInBackend()
        self.landmarker = StandInLandmarker()
        self.asked: list[Any] = []
        monkeypatch.setattr("engine.pipeline.settings.open_backend", self._open_backend)
        monkeypatch.setattr("engine.pipeline.settings.FaceLandmarker", self._open_landmarker)
        monkeypatch.setattr("engine.pipeline.settings.ExpressionEstimator", StandInEstimator)

    def _open_backend(self, bundle: Bundle, *choices: object) -> StandInBackend:
        self.asked += [bundle.card.name, *choices]
        return self.backend

    def _open_landmarker(self, mode: str, max_faces: int) -> StandInLandmarker:
        self.asked.append((mode, max_faces))
        return self.landmarker


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    return Opened(monkeypatch)


def test_the_stages_are_opened_as_asked(opened: Opened, folder: Path) -> None:
    settings = PipelineSettings(folder, backend="onnx", device="cuda", threads=3)
    with open_pipeline(settings, "image") as pipeline:
        assert opened.asked == ["tiny", "onnx", "cuda", 3, ("image", 4)]
        assert pipeline.backend is opened.backend
        assert pipeline.template == CropTemplate(16, 5.0, (7.5, 5.5))
    assert opened.backend.is_closed
    assert opened.landmarker.is_closed


def regions_of(pipeline: Pipeline) -> RegionStrengths:
    compositor = pipeline._editor.compositor  # type: ignore[attr-defined]  # of the latent editor
    return cast(RegionStrengths, getattr(compositor, "settings", compositor).regions)


def test_regions_reach_the_compositor(opened: Opened, folder: Path) -> None:
    regions = RegionStrengths(mouth=0.5)
    for mode in ("detail", "replace"):
        with open_pipeline(PipelineSettings(folder, compositing=mode, regions=regions), "image") as pipeline:
            assert regions_of(pipeline) == regions
            pipeline.configure_regions(RegionStrengths(eyes=0.25))
            assert regions_of(pipeline) == RegionStrengths(eyes=0.25)


def test_a_stage_that_does_not_open_closes_those_that_did(
    opened: Opened, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ModelError("The estimator is missing.")

    monkeypatch.setattr("engine.pipeline.settings.ExpressionEstimator", fail)
    with pytest.raises(ModelError, match="estimator"):
        open_pipeline(PipelineSettings(folder), "image")
    assert opened.backend.is_closed


def test_words_are_checked_before_anything_is_opened(opened: Opened, folder: Path) -> None:
    with pytest.raises(ProjectError, match="no compositing mode called 'direct'"):
        open_pipeline(PipelineSettings(folder, compositing="direct"), "image")
    with pytest.raises(ModelError, match="no model called 'none'"):
        open_pipeline(PipelineSettings("none"), "image")
    assert opened.asked == []
