"""Trained networks become a model bundle: weights, ONNX files, and a card that says how faithful they are."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import safetensors.torch
import torch
from numpy.typing import NDArray
from pydantic import JsonValue, ValidationError
from torch import Tensor, nn

from engine.bundle import (
    ENCODER_ONNX,
    ENCODER_WEIGHTS,
    GENERATOR_ONNX,
    GENERATOR_WEIGHTS,
    Bundle,
    BundleCard,
    CropSpec,
    InputSpec,
    Precision,
    TrainingRecord,
    write_bundle,
)
from engine.errors import ModelError
from engine.faces.alignment import DEFAULT_TEMPLATE, CropTemplate
from trainer.calibration import apply_gains
from trainer.checkpoint import load_checkpoint
from trainer.config import ModelConfig
from trainer.deployment import write_onnx
from trainer.fidelity import Samples, measure_fidelity, smooth_pictures
from trainer.networks.expressors import AnyEncoder, AnyGenerator, architecture_of, build_expressor, networks_of

MAX_ONNX_DIFFERENCE: Final = 2e-3
"""Largest difference of a picture's value, on 0..1, that ONNX Runtime may make: half a step of a uint8."""
_AVERAGE: Final = "average."
AnyNetwork = TypeVar("AnyNetwork", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """What a card says and the networks themselves do not.

    Attributes:
        name: of the model.
        training: where the weights come from.
        licence: of the weights.
        metrics: measurements of the model's quality.
        template: where faces lay in the crops of the training; None is the usual place, at the networks' size.
    """

    name: str
    training: TrainingRecord
    licence: str
    metrics: Mapping[str, JsonValue] = field(default_factory=dict)
    template: CropTemplate | None = None


def export_checkpoint(
    checkpoint: Path,
    folder: Path,
    description: ModelDescription,
    precision: Precision = "fp16",
    *,
    samples: NDArray[np.uint8] | None = None,
    gains: Mapping[int, float] | None = None,
    overwrite: bool = False,
) -> Bundle:
    """Export the averaged networks of a training as `export_bundle` does, after `apply_gains`.

    The checkpoint's steps are added to those of the description, which are of the stages before.

    Raises:
        ModelError: the checkpoint cannot be used, or what `export_bundle` raises.
    """
    content = load_checkpoint(checkpoint)
    networks = build_expressor(_model_config(content, checkpoint))
    try:
        weights: dict[str, Tensor] = content["networks"]
        average = {name.removeprefix(_AVERAGE): value for name, value in weights.items() if name.startswith(_AVERAGE)}
        networks.load_state_dict(average)
        if gains:
            apply_gains(networks.generator, gains)
        steps = description.training.steps + content["step"]
        training = description.training.model_copy(update={"steps": steps})
    except (KeyError, RuntimeError) as error:
        raise _not_a_training(checkpoint, error) from error
    described = replace(description, training=training)
    return export_bundle(
        networks.encoder, networks.generator, described, folder, precision, samples=samples, overwrite=overwrite
    )


def template_of(checkpoint: Path) -> CropTemplate:
    """Where faces lay in the crops of a training; ModelError where the checkpoint cannot be used."""
    return _model_config(load_checkpoint(checkpoint), checkpoint).template


def _model_config(content: Mapping[str, Any], checkpoint: Path) -> ModelConfig:
    try:
        return ModelConfig.model_validate(content["config"]["model"])
    except (KeyError, ValidationError) as error:
        raise _not_a_training(checkpoint, error) from error


def _not_a_training(checkpoint: Path, error: Exception) -> ModelError:
    return ModelError(
        f"The checkpoint {checkpoint} does not hold what a training saves: {error}.", "Choose another checkpoint."
    )


def export_bundle(
    encoder: AnyEncoder,
    generator: AnyGenerator,
    description: ModelDescription,
    folder: Path,
    precision: Precision = "fp32",
    *,
    samples: NDArray[np.uint8] | None = None,
    overwrite: bool = False,
) -> Bundle:
    """Write E and G as a bundle.

    Args:
        encoder, generator: the trained networks, on any device; they are not changed.
        description: the rest of the card.
        folder: where the bundle shall lie.
        precision: how weights are stored; "fp16" halves the files, and the card says what that costs.
        samples: crops to compare on, uint8 [N, S, S, 3] RGB with N at least 2; by default smooth random pictures.
        overwrite: replace a bundle that is there already.

    Raises:
        ModelError: the weights do not fit in fp16, ONNX Runtime computes something else than torch, or the folder
            cannot be written.
    """
    architecture = architecture_of(encoder, generator)
    stored = _stored(encoder, precision), _stored(generator, precision)
    probe = Samples.of(smooth_pictures(architecture.crop_size) if samples is None else samples)
    files = write_onnx(*stored, architecture, store_half=precision == "fp16")
    trained = _stored(encoder, "fp32"), _stored(generator, "fp32")
    record = measure_fidelity(networks_of(*trained), networks_of(*stored), files, probe)
    if record.onnx_image_difference > MAX_ONNX_DIFFERENCE:
        raise ModelError(
            f"The ONNX files of {description.name!r} change pictures by up to {record.onnx_image_difference:.2g} of 1.",
            f"Nothing was written; up to {MAX_ONNX_DIFFERENCE:g} is allowed. Train on, or use other versions of torch "
            "and onnxruntime.",
        )
    template = description.template or DEFAULT_TEMPLATE.scaled_to(architecture.crop_size)
    card = BundleCard(
        name=description.name,
        architecture=architecture,
        crop=CropSpec(**asdict(template)),
        input=InputSpec(size_px=architecture.crop_size),
        training=description.training,
        licence=description.licence,
        metrics=dict(description.metrics),
        precision=precision,
        export=record,
    )
    contents = {
        ENCODER_WEIGHTS: _weights_file(stored[0], precision),
        GENERATOR_WEIGHTS: _weights_file(stored[1], precision),
        ENCODER_ONNX: files.encoder,
        GENERATOR_ONNX: files.generator,
    }
    return write_bundle(folder, card, contents, overwrite=overwrite)


def _stored(network: AnyNetwork, precision: Precision) -> AnyNetwork:
    """A float32 copy on the CPU whose weights have the values that `precision` keeps."""
    copy = deepcopy(network).cpu().float().to(memory_format=torch.contiguous_format).eval().requires_grad_(False)
    if precision == "fp16":
        copy = copy.half().float()
        if not all(bool(weights.isfinite().all()) for weights in copy.parameters()):
            raise ModelError("The weights are too large to be stored in fp16.", "Export in fp32.")
    return copy


def _weights_file(network: nn.Module, precision: Precision) -> bytes:
    dtype = torch.float16 if precision == "fp16" else torch.float32
    weights = {name: value.to(dtype).contiguous() for name, value in network.state_dict().items()}
    content: bytes = safetensors.torch.save(weights)
    return content
