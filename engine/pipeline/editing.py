"""How faces are edited: E and G of a model, and the compositor that suits what they make. One thread owns an editor."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, Self

import numpy as np

from engine.action_units import AUVector
from engine.backends import Backend, Encoded, Generated
from engine.bundle import Architecture, DetailArchitecture
from engine.compositor import (
    Compositor,
    FaceMemory,
    GeneratedPair,
    PredictedCompositor,
    PredictedEdit,
    ReplaceCompositor,
)
from engine.edit_scope import RegionStrengths
from engine.types import AlignedFace, FloatArray, RGBImage


@dataclass(slots=True, eq=False)
class EncodedFace:
    """What E made of one face, whatever expression is asked for.

    Attributes:
        encoded: of this face alone.
        source: the expression that the face shows, u_source.
        own_picture: G(l | u_source), float32 [S, S, 3] RGB 0..1; made when an edit needs it first.
    """

    encoded: Encoded
    source: AUVector
    own_picture: FloatArray | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class EditRequest:
    """A face, and the expression that it shall show."""

    face: EncodedFace
    target: AUVector

    @property
    def change(self) -> float:
        """The largest difference of an intensity, 0..5."""
        return float(np.abs(self.target.values - self.face.source.values).max())


def encode_faces(backend: Backend, crops: RGBImage, sources: Sequence[AUVector]) -> list[EncodedFace]:
    """Encode crops, uint8 [N, S, S, 3] RGB, of faces that show the expressions `sources`."""
    return [EncodedFace(*known) for known in zip(backend.encode(crops).faces(), sources, strict=True)]


class FaceEdit(Protocol):
    """An edit that G has made, ready to be brought into the frame."""

    def composite(self, frame: RGBImage, face: AlignedFace, memory: FaceMemory | None = None) -> RGBImage:
        """Return the frame, uint8 [H, W, 3] RGB, with the face edited; pixels beyond the face stay as they are.

        Args:
            frame, face: where the face is.
            memory: of this face, where frames follow each other.
        """
        ...


class FaceEditor(Protocol):
    """Edits faces with one model."""

    @property
    def backend(self) -> Backend:
        """Where E and G compute; belongs to whoever opened it."""
        ...

    def edit(self, requests: Sequence[EditRequest]) -> list[FaceEdit]:
        """Make the edits, all in one batch."""
        ...

    def with_regions(self, regions: RegionStrengths) -> Self:
        """The same editor, whose edits show as strongly as `regions` say."""
        ...


def editor_for(backend: Backend, architecture: Architecture, compositor: Compositor) -> FaceEditor:
    """The editor that suits a model.

    Args:
        backend: the model.
        architecture: from its card.
        compositor: of pictures; the detail variant takes one of its own, unless pictures shall be pasted.
    """
    if not isinstance(architecture, DetailArchitecture):
        return LatentEditor(backend, compositor)
    if isinstance(compositor, ReplaceCompositor):
        return PictureEditor(backend, compositor)
    return DetailEditor(backend, PredictedCompositor())


@dataclass(frozen=True, slots=True)
class LatentEditor:
    """The paper's model: G draws the face under both expressions, and the compositor compares the pictures."""

    backend: Backend
    compositor: Compositor

    def with_regions(self, regions: RegionStrengths) -> Self:
        """See `FaceEditor`."""
        return replace(self, compositor=self.compositor.with_regions(regions))

    def edit(self, requests: Sequence[EditRequest]) -> list[FaceEdit]:
        """See `FaceEditor`; G(l | u_source), where a face lacks it, is made in the same batch."""
        lacking = list(dict.fromkeys(request.face for request in requests if request.face.own_picture is None))
        wanted = [*(EditRequest(face, face.source) for face in lacking), *requests]
        images = _generate(self.backend, wanted).images
        for face, image in zip(lacking, images, strict=False):
            face.own_picture = image
        return [
            _PairEdit(self.compositor, _own(request.face), image, request.change)
            for request, image in zip(requests, images[len(lacking) :], strict=True)
        ]


@dataclass(frozen=True, slots=True)
class DetailEditor:
    """The detail variant: G says where pixels come from and what is new, and the compositor does so in the frame."""

    backend: Backend
    compositor: PredictedCompositor

    def with_regions(self, regions: RegionStrengths) -> Self:
        """See `FaceEditor`."""
        return replace(self, compositor=self.compositor.with_regions(regions))

    def edit(self, requests: Sequence[EditRequest]) -> list[FaceEdit]:
        """See `FaceEditor`."""
        made = _generate(self.backend, requests)
        assert made.flow is not None
        assert made.mask is not None
        assert made.colour is not None
        return [
            _Prediction(self.compositor, flow, mask, colour)
            for flow, mask, colour in zip(made.flow, made.mask, made.colour, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class PictureEditor:
    """The detail variant with its small picture pasted, for comparison."""

    backend: Backend
    compositor: Compositor

    def with_regions(self, regions: RegionStrengths) -> Self:
        """See `FaceEditor`."""
        return replace(self, compositor=self.compositor.with_regions(regions))

    def edit(self, requests: Sequence[EditRequest]) -> list[FaceEdit]:
        """See `FaceEditor`."""
        made = _generate(self.backend, requests)
        own = (request.face.encoded.crops[0].astype(np.float32) / np.float32(255) for request in requests)
        return [
            _PairEdit(self.compositor, source, image, request.change)
            for request, source, image in zip(requests, own, made.images, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _PairEdit:
    compositor: Compositor
    source: FloatArray
    target: FloatArray
    change: float

    def composite(self, frame: RGBImage, face: AlignedFace, memory: FaceMemory | None = None) -> RGBImage:
        return self.compositor.composite(frame, face, GeneratedPair(self.source, self.target, self.change), memory)


@dataclass(frozen=True, slots=True)
class _Prediction:
    compositor: PredictedCompositor
    flow: FloatArray
    mask: FloatArray
    colour: FloatArray

    def composite(self, frame: RGBImage, face: AlignedFace, memory: FaceMemory | None = None) -> RGBImage:
        return self.compositor.composite(frame, face, PredictedEdit(self.flow, self.mask, self.colour), memory)


def _generate(backend: Backend, requests: Sequence[EditRequest]) -> Generated:
    return backend.generate(
        Encoded.of([request.face.encoded for request in requests]),
        np.stack([request.face.source.values for request in requests]),
        np.stack([request.target.values for request in requests]),
    )


def _own(face: EncodedFace) -> FloatArray:
    assert face.own_picture is not None
    return face.own_picture
