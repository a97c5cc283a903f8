"""How faithful exported files are to the networks they were made from."""

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.action_units import AU_COUNT, MAX_INTENSITY
from engine.backends.providers import CPU
from engine.backends.sessions import run_session, start_session
from engine.bundle import ExportRecord
from engine.networks import Encoder, Generator

Networks: TypeAlias = tuple[Encoder, Generator]
"""E and G, in evaluation mode, on the CPU."""


@dataclass(frozen=True, slots=True)
class Samples:
    """What the networks are compared on.

    Attributes:
        crops: uint8 [N, S, S, 3] RGB.
        intensities: float32 [N, 17] in 0..5.
    """

    crops: Tensor
    intensities: Tensor

    @classmethod
    def of(cls, crops: NDArray[np.uint8]) -> "Samples":
        """Pair crops with random intensities, the same for the same number of crops."""
        random = torch.Generator().manual_seed(0)
        return cls(torch.tensor(crops), torch.rand(len(crops), AU_COUNT, generator=random) * MAX_INTENSITY)


def smooth_pictures(size: int, count: int = 8) -> NDArray[np.uint8]:
    """Make uint8 [count, size, size, 3] pictures with a photo's mixture of broad areas and faint grain."""
    random = np.random.default_rng(0)
    coarse = random.uniform(0, 255, (count, 6, 6, 3)).astype(np.float32)
    areas = [cv2.resize(picture, (size, size), interpolation=cv2.INTER_CUBIC) for picture in coarse]
    grain = random.normal(0, 4, (count, size, size, 3))
    return np.clip(np.stack(areas) + grain, 0, 255).astype(np.uint8)


def measure_fidelity(
    trained: Networks, stored: Networks, onnx_files: tuple[bytes, bytes], opset: int, samples: Samples
) -> ExportRecord:
    """Compare the networks with what was made of them.

    Args:
        trained: as they were.
        stored: with weights as they are stored.
        onnx_files: the ONNX files of E and G.
        opset: of these files.
        samples: what to compare on.
    """
    _, trained_images = _run_torch(trained, samples)
    latents, images = _run_torch(stored, samples)
    onnx_latents, onnx_images = _run_onnx(onnx_files, samples)
    storage = (images - trained_images).abs()
    return ExportRecord(
        onnx_opset=opset,
        samples=len(samples.crops),
        onnx_latent_difference=float((onnx_latents - latents).abs().max()),
        onnx_image_difference=float((onnx_images - images).abs().max()),
        storage_image_difference=float(storage.max()),
        storage_image_mean_difference=float(storage.mean()),
    )


@torch.inference_mode()
def _run_torch(networks: Networks, samples: Samples) -> tuple[Tensor, Tensor]:
    """Latents, and images as [N, S, S, 3]."""
    encoder, generator = networks
    latents: Tensor = encoder(samples.crops.permute(0, 3, 1, 2) / 255)
    images: Tensor = generator(latents, samples.intensities)
    return latents, images.permute(0, 2, 3, 1)


def _run_onnx(files: tuple[bytes, bytes], samples: Samples) -> tuple[Tensor, Tensor]:
    encoder, generator = (start_session(file, CPU, torch.get_num_threads()) for file in files)
    latents = run_session(encoder, {"crops": samples.crops.numpy()})
    images = run_session(generator, {"latents": latents, "intensities": samples.intensities.numpy()})
    return torch.from_numpy(latents), torch.from_numpy(images)
