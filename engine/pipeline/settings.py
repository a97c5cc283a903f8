"""Put a pipeline together from names."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from engine.backends import BackendKind, Device, open_backend
from engine.bundle import Bundle, find_bundle
from engine.compositor import compositor
from engine.edit_scope import EVERYWHERE, RegionStrengths
from engine.faces.alignment import CropTemplate
from engine.faces.calibration import CalibratedEstimator
from engine.faces.expression import ExpressionEstimator
from engine.faces.fading import Fading
from engine.faces.landmarker import FaceLandmarker
from engine.faces.tracker import MAX_FACES, FaceTracker
from engine.pipeline.editing import editor_for
from engine.pipeline.face_reader import FaceReader, FaceSettings
from engine.pipeline.pipeline import Pipeline
from engine.pipeline.stages import Stills

DEFAULT_MODEL: Final = "eggan-detail"


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """What a pipeline is made of.

    Attributes:
        model: name of a bundled model, or the folder of another.
        backend: "auto", "onnx" or "torch".
        device: "auto", "cpu", "cuda" and others, as `engine.backends` lists them.
        compositing: "detail" or "replace".
        threads: CPU threads of the networks; None leaves the choice to the backend.
        faces: which faces are edited, and how they are read.
        regions: how strongly edits show in each region of a face.
    """

    model: str | Path = DEFAULT_MODEL
    backend: BackendKind = "auto"
    device: Device = "auto"
    compositing: str = "detail"
    threads: int | None = None
    faces: FaceSettings = field(default_factory=FaceSettings)
    regions: RegionStrengths = EVERYWHERE


PipelineMode = Literal["image", "video", "clip"]
"""Stills; frames that follow each other and are wanted at once; or those of a file, of which some may be held back."""


def open_pipeline(settings: PipelineSettings, mode: PipelineMode) -> Pipeline:
    """Open every stage.

    Raises:
        ModelError: a model is missing, damaged or does not run here.
        ProjectError: the compositing mode is unknown.
    """
    merge = compositor(settings.compositing)
    bundle = Bundle.load(find_bundle(settings.model))
    crop = bundle.card.crop
    template = CropTemplate(crop.size_px, crop.eye_distance_px, crop.eye_centre_px)
    with ExitStack() as stack:
        backend = open_backend(bundle, settings.backend, settings.device, settings.threads)
        stack.callback(backend.close)
        editor = editor_for(backend, bundle.card.architecture, merge).with_regions(settings.regions)
        reader = open_reader(settings.faces, mode)
        stack.callback(reader.close)
        pipeline = Pipeline(reader, editor, template, keeps_steady=mode != "image")
        stack.pop_all()
    return pipeline


def open_reader(settings: FaceSettings, mode: PipelineMode) -> FaceReader:
    """Open what reads faces; see `open_pipeline`."""
    estimator = ExpressionEstimator()
    if mode == "image":
        landmarker = FaceLandmarker("image", MAX_FACES)
        return FaceReader(Stills(landmarker), CalibratedEstimator(estimator, learns=False), settings)
    calibrated = CalibratedEstimator(estimator, learns=settings.calibrates)
    return FaceReader(FaceTracker(), calibrated, settings, Fading(), holds_back=mode == "clip")
