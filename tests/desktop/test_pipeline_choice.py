"""What the project and the machine say together is what the engine is asked for."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from desktop.pipeline_choice import PipelineChoice
from desktop.preferences import BACKEND, MODELS_FOLDER, THREADS
from desktop.studio import Studio
from engine.edit_scope import FaceSelection, RegionStrengths
from engine.pipeline import FaceSettings, PipelineSettings
from engine.project import FaceOptions


def test_everything_reaches_the_engine(studio: Studio) -> None:
    studio.preferences.set(BACKEND, "onnx")
    studio.preferences.set(THREADS, 3)
    faces = FaceOptions(FaceSelection.nearest(0.5, 0.25), Fraction(3, 2), RegionStrengths(mouth=0.5))
    project = replace(studio.document.project, model="eggan-128", faces=faces)
    choice = PipelineChoice.of(project, studio.preferences, studio.folders)
    assert choice.settings() == PipelineSettings(
        "eggan-128",
        backend="onnx",
        threads=3,
        faces=FaceSettings(faces.selection, neutral_at=Fraction(3, 2)),
        regions=faces.regions,
    )


def test_models_that_were_added_are_found_but_hide_none_of_the_programs_own(studio: Studio, tmp_path: Path) -> None:
    for name in ("mine", "eggan-128"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "card.json").write_text("{}")
    studio.preferences.set(MODELS_FOLDER, str(tmp_path))
    choice = PipelineChoice.of(replace(studio.document.project, model="mine"), studio.preferences, studio.folders)
    assert choice.settings().model == tmp_path / "mine"
    assert replace(choice, model="eggan-128").settings().model == "eggan-128"
    assert replace(choice, model="gone").settings().model == "gone"
