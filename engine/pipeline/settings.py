"""Put a pipeline together from names."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from engine.backends import BackendKind, Device, open_backend
from engine.bundle import Bundle, find_bundle
from engine.compositor import compositor
from engine.faces.alignment import CropTemplate
from engine.faces.expression import ExpressionEstimator
from engine.faces.landmarker import FaceLandmarker
from engine.pipeline.editing import editor_for
from engine.pipeline.pipeline import Pipeline

DEFAULT_MODEL: Final = "eggan-128"


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """What a pipeline is made of.

    Attributes:
        model: name of a bundled model, or the folder of another.
        backend: "auto", "onnx" or "torch".
        device: "auto", "cpu", "cuda" and others, as `engine.backends` lists them.
        compositing: "detail" or "replace".
        threads: CPU threads of the networks; None leaves the choice to the backend.
    """

    model: str | Path = DEFAULT_MODEL
    backend: BackendKind = "auto"
    device: Device = "auto"
    compositing: str = "detail"
    threads: int | None = None


def open_pipeline(settings: PipelineSettings, mode: Literal["image", "video"]) -> Pipeline:
    """Open every stage; `mode` is "video" where frames follow each other, "image" for stills.

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
        editor = editor_for(backend, bundle.card.architecture, merge)
        landmarker = FaceLandmarker(mode)
        stack.callback(landmarker.close)
        pipeline = Pipeline(landmarker, ExpressionEstimator(), editor, template)
        stack.pop_all()
    return pipeline
