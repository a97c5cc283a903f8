"""How faithful exported files are to the networks they were made from."""

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.action_units import AU_COUNT, MAX_INTENSITY
from engine.backends.providers import CPU
from engine.backends.sessions import run_session, start_session
from engine.backends.torch_networks import Arrays, Networks
from engine.bundle import ExportRecord
from trainer.deployment import OPSET, OnnxFiles


@dataclass(frozen=True, slots=True)
class Samples:
    """What the networks are compared on.

    Attributes:
        crops: uint8 [N, S, S, 3] RGB.
        source, target: float32 [N, 17] in 0..5.
    """

    crops: Tensor
    source: Tensor
    target: Tensor

    @classmethod
    def of(cls, crops: NDArray[np.uint8]) -> "Samples":
        """Pair crops with random intensities, the same for the same number of crops."""
        random = torch.Generator().manual_seed(0)
        intensities = torch.rand(2, len(crops), AU_COUNT, generator=random) * MAX_INTENSITY
        return cls(torch.tensor(crops), *intensities)


def smooth_pictures(size: int, count: int = 8) -> NDArray[np.uint8]:
    """Make uint8 [count, size, size, 3] pictures with a photo's mixture of broad areas and faint grain."""
    random = np.random.default_rng(0)
    coarse = random.uniform(0, 255, (count, 6, 6, 3)).astype(np.float32)
    areas = [cv2.resize(picture, (size, size), interpolation=cv2.INTER_CUBIC) for picture in coarse]
    grain = random.normal(0, 4, (count, size, size, 3))
    return np.clip(np.stack(areas) + grain, 0, 255).astype(np.uint8)


def measure_fidelity(trained: Networks, stored: Networks, files: OnnxFiles, samples: Samples) -> ExportRecord:
    """Compare the networks with what was made of them.

    Args:
        trained: as they were.
        stored: with weights as they are stored.
        files: the ONNX files of E and G.
        samples: what to compare on.
    """
    _, trained_images = _run_torch(trained, samples)
    latents, images = _run_torch(stored, samples)
    onnx_latents, onnx_images = _run_onnx(files, samples)
    storage = (images - trained_images).abs()
    return ExportRecord(
        onnx_opset=OPSET,
        samples=len(samples.crops),
        onnx_latent_difference=float((onnx_latents - latents).abs().max()),
        onnx_image_difference=float((onnx_images - images).abs().max()),
        storage_image_difference=float(storage.max()),
        storage_image_mean_difference=float(storage.mean()),
    )


@torch.inference_mode()
def _run_torch(networks: Networks, samples: Samples) -> tuple[Tensor, Tensor]:
    """Latents, and images as [N, S, S, 3]."""
    images = samples.crops.permute(0, 3, 1, 2) / 255
    encoded: Arrays = networks.encode(images)
    return encoded[0], networks.generate(images, encoded, samples.source, samples.target)[0]


def _run_onnx(files: OnnxFiles, samples: Samples) -> tuple[Tensor, Tensor]:
    encoder, generator = (
        start_session(file, CPU, torch.get_num_threads()) for file in (files.encoder, files.generator)
    )
    encoded = run_session(encoder, {"crops": samples.crops.numpy()})
    condition = {"intensities": samples.target, "source": samples.source, "target": samples.target}
    inputs = {name: value.numpy() for name, value in {**condition, "crops": samples.crops}.items()}
    inputs |= dict(zip(files.architecture.encoded_shapes, encoded, strict=True))
    wanted = (*files.architecture.encoded_shapes, *files.architecture.condition_shapes)
    images = run_session(generator, {name: inputs[name] for name in wanted})[0]
    return torch.from_numpy(encoded[0]), torch.from_numpy(images)
