"""What every backend offers, and how its inputs are checked."""

from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

from engine.bundle import Architecture
from engine.errors import ModelError
from engine.types import FloatArray, RGBImage


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """What G makes.

    Attributes:
        images: float32 [N, S, S, 3] RGB in 0..1.
    """

    images: FloatArray


class Backend(Protocol):
    """E and G on some device. One thread at a time may use it; calls wait for the result."""

    @property
    def name(self) -> str:
        """The software and the device, for people."""
        ...

    @property
    def refusals(self) -> tuple[str, ...]:
        """One sentence for each faster way of computing that was tried on opening and does not work here."""
        ...

    def encode(self, crops: RGBImage) -> FloatArray:
        """Encode crops, uint8 [N, S, S, 3] RGB, to latents, float32 [N, latent size]."""
        ...

    def generate(self, latents: FloatArray, intensities: FloatArray) -> Generated:
        """Generate from latents, float32 [N, latent size], and intensities, float32 [N, 17] in 0..5."""
        ...

    def close(self) -> None:
        """Release memory and device; may be called twice."""
        ...


def check_crops(crops: RGBImage, architecture: Architecture) -> None:
    """Raise ModelError unless `crops` is what the encoder takes."""
    size = architecture.encoder.crop_size
    _check("crops", crops, "uint8", (size, size, 3))


def check_condition(latents: FloatArray, intensities: FloatArray, architecture: Architecture) -> None:
    """Raise ModelError unless `latents` and `intensities` are what the generator takes."""
    _check("latents", latents, "float32", (architecture.generator.latent_size,))
    _check("intensities", intensities, "float32", (architecture.generator.au_count,))
    if len(latents) != len(intensities):
        raise ModelError(f"{len(latents)} latents and {len(intensities)} intensity vectors do not go together.")


def _check(what: str, array: NDArray[Any], dtype: str, shape: tuple[int, ...]) -> None:
    if array.dtype != dtype or array.shape[1:] != shape or not len(array):
        wanted = ", ".join(map(str, ("N", *shape)))
        raise ModelError(
            f"The model takes {what} as {dtype} [{wanted}] with N at least 1, not {array.dtype} {list(array.shape)}."
        )
