"""What every compositor takes and gives."""

from dataclasses import dataclass
from typing import Final, Protocol, Self

import numpy as np

from engine.action_units import MAX_INTENSITY
from engine.compositor.steadiness import FaceMemory
from engine.edit_scope import RegionStrengths
from engine.errors import PipelineError
from engine.types import AlignedFace, FloatArray, RGBImage

_NOT_FINITE: Final = "The generator produced values that are not finite."
_OTHER_MODEL: Final = "Choose another backend or model bundle."


@dataclass(frozen=True, slots=True, eq=False)
class GeneratedPair:
    """The generator's pictures of one face before and after the edit, from one latent l.

    Attributes:
        source: G(l | u_source), float32 [S, S, 3] RGB, 0..1, aligned to the same template as the crop.
        target: G(l | u_target), likewise.
        change: the largest difference of an intensity between u_source and u_target, 0..5.

    Raises:
        PipelineError: the pictures differ in shape, are not square RGB, or hold values that are not finite.
    """

    source: FloatArray
    target: FloatArray
    change: float = MAX_INTENSITY

    def __post_init__(self) -> None:
        shape = self.source.shape
        if len(shape) != 3 or shape[0] != shape[1] or shape[2] != 3 or self.target.shape != shape:
            raise PipelineError(
                f"The generated pictures have shapes {shape} and {self.target.shape}, not one [S, S, 3].",
                "Use a model bundle made by this version of the trainer.",
                stage="composite",
            )
        if not (np.isfinite(self.source).all() and np.isfinite(self.target).all()):
            raise PipelineError(_NOT_FINITE, _OTHER_MODEL, stage="composite")

    @property
    def is_unchanged(self) -> bool:
        """Whether both pictures are equal in every value, so that there is nothing to edit."""
        return np.array_equal(self.source, self.target)


@dataclass(frozen=True, slots=True, eq=False)
class PredictedEdit:
    """An edit as a generator predicts it: the crop becomes mask · colour + (1 - mask) · warp(crop, flow).

    Attributes:
        flow: float32 [S, S, 2], (x, y) in crop pixels; a pixel p of the result comes from p + flow(p).
        mask: float32 [S, S], 0..1, how much of a pixel is new colour.
        colour: float32 [S, S, 3] RGB, 0..1; means nothing where the mask is 0.

    Raises:
        PipelineError: the shapes do not belong together, or values are not finite.
    """

    flow: FloatArray
    mask: FloatArray
    colour: FloatArray

    def __post_init__(self) -> None:
        shape = self.mask.shape
        if (
            len(shape) != 2
            or shape[0] != shape[1]
            or (self.flow.shape, self.colour.shape) != ((*shape, 2), (*shape, 3))
        ):
            raise PipelineError(
                f"The predicted flow, mask and colour have shapes {self.flow.shape}, {shape} and {self.colour.shape}, "
                "not [S, S, 2], [S, S] and [S, S, 3].",
                "Use a model bundle made by this version of the trainer.",
                stage="composite",
            )
        if not all(np.isfinite(part).all() for part in (self.flow, self.mask, self.colour)):
            raise PipelineError(_NOT_FINITE, _OTHER_MODEL, stage="composite")

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing moves and nothing is painted."""
        return not (self.flow.any() or self.mask.any())


class Compositor(Protocol):
    """Returns an edited face to its frame.

    Stateless: any thread may call it, for frames in any order. What should be remembered from one frame to the next is
    in the `FaceMemory` that the caller keeps for each face.
    """

    def composite(
        self, frame: RGBImage, face: AlignedFace, generated: GeneratedPair, memory: FaceMemory | None = None
    ) -> RGBImage:
        """Edit one face of one frame.

        Args:
            frame: uint8 [H, W, 3] RGB; left as it is.
            face: the face as aligned in this frame.
            generated: the generator's pictures in the space of `face.crop`.
            memory: of this face, where frames follow each other; the edit is steadied by it.

        Returns:
            A new uint8 [H, W, 3]; pixels beyond the face's mask are those of `frame`, bit for bit.
        """
        ...

    def with_regions(self, regions: RegionStrengths) -> Self:
        """The same compositor, whose edits show as strongly as `regions` say."""
        ...
