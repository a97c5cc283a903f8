"""What every backend offers, and how its inputs are checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.bundle import Architecture
from engine.errors import ModelError
from engine.types import FloatArray, RGBImage


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """What E makes of some crops, and the crops.

    Attributes:
        crops: uint8 [N, S, S, 3] RGB.
        arrays: float32 [N, …] each; the latents first, then the maps of the detail variant.
    """

    crops: RGBImage
    arrays: tuple[FloatArray, ...]

    def __len__(self) -> int:
        return len(self.crops)

    @property
    def latents(self) -> FloatArray:
        """l, float32 [N, latent size]."""
        return self.arrays[0]

    def faces(self) -> "list[Encoded]":
        """One of each face."""
        return [
            Encoded(self.crops[row : row + 1], tuple(array[row : row + 1] for array in self.arrays))
            for row in range(len(self))
        ]

    @classmethod
    def of(cls, faces: "Sequence[Encoded]") -> "Encoded":
        """All faces of several, in order."""
        if len(faces) == 1:
            return faces[0]
        arrays = zip(*(face.arrays for face in faces), strict=True)
        return cls(np.concatenate([face.crops for face in faces]), tuple(np.concatenate(parts) for parts in arrays))


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """What G makes.

    Attributes:
        images: float32 [N, S, S, 3] RGB in 0..1; of the detail variant, its composition of the other three.
        flow: float32 [N, S, S, 2], (x, y) in pixels of the crop, where each pixel comes from relative to its place; the
            detail variant only, as the next two.
        mask: float32 [N, S, S] in 0..1, how much of a pixel is new colour.
        colour: float32 [N, S, S, 3] RGB in 0..1.
    """

    images: FloatArray
    flow: FloatArray | None = None
    mask: FloatArray | None = None
    colour: FloatArray | None = None


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

    def encode(self, crops: RGBImage) -> Encoded:
        """Encode crops, uint8 [N, S, S, 3] RGB."""
        ...

    def generate(self, encoded: Encoded, source: FloatArray, target: FloatArray) -> Generated:
        """Show faces under other expressions.

        Args:
            encoded: what `encode` made of N faces.
            source: u_source, float32 [N, 17] in 0..5; the paper's generator does not look at it.
            target: u_target, likewise.
        """
        ...

    def close(self) -> None:
        """Release memory and device; may be called twice."""
        ...


def check_crops(crops: RGBImage, architecture: Architecture) -> None:
    """Raise ModelError unless `crops` is what the encoder takes."""
    size = architecture.crop_size
    _check("crops", crops, "uint8", (size, size, 3))


def check_condition(encoded: Encoded, source: FloatArray, target: FloatArray, architecture: Architecture) -> None:
    """Raise ModelError unless the arguments are what the generator takes."""
    shapes = architecture.encoded_shapes
    if len(encoded.arrays) != len(shapes):
        raise ModelError("These faces were encoded by another model.", "Encode them with this one.")
    for (name, shape), array in zip(shapes.items(), encoded.arrays, strict=True):
        _check(name, array, "float32", shape)
    for name, intensities in (("source intensities", source), ("target intensities", target)):
        _check(name, intensities, "float32", (architecture.au_count,))
        if len(intensities) != len(encoded):
            raise ModelError(f"{len(encoded)} faces and {len(intensities)} {name} do not go together.")


def _check(what: str, array: NDArray[Any], dtype: str, shape: tuple[int, ...]) -> None:
    if array.dtype != dtype or array.shape[1:] != shape or not len(array):
        wanted = ", ".join(map(str, ("N", *shape)))
        raise ModelError(
            f"The model takes {what} as {dtype} [{wanted}] with N at least 1, not {array.dtype} {list(array.shape)}."
        )
