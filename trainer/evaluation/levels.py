"""The levels at which edits are looked at: the network's own picture, and what a compositor makes of it."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.backends import Backend, Encoded
from engine.bundle import Architecture
from engine.compositor import MODES, compositor
from engine.errors import ModelError
from engine.faces.alignment import transform_points, warp_crop
from engine.pipeline.editing import EditRequest, FaceEditor, editor_for
from engine.types import FloatArray, RGBImage
from trainer.evaluation.portraits import Portrait

NETWORK: Final = "network"
LEVELS: Final = (NETWORK, *MODES)


class Level(Protocol):
    """Makes edits as they are seen somewhere."""

    @property
    def name(self) -> str:
        """One of `LEVELS`."""
        ...

    def edit(self, portraits: Sequence[Portrait], requests: Sequence[EditRequest]) -> list[RGBImage]:
        """The edited pictures, uint8 [H, W, 3] RGB; `requests` hold the portraits' encoded faces."""
        ...

    def crop(self, portrait: Portrait, picture: RGBImage) -> RGBImage:
        """The face of such a picture in the space of the portrait's crop."""
        ...

    def to_crop(self, portrait: Portrait, points: FloatArray) -> FloatArray:
        """Bring points [N, 2] of such a picture into the same space."""
        ...


def open_level(name: str, backend: Backend, architecture: Architecture) -> Level:
    """The level called `name`; ModelError with the known ones otherwise."""
    if name not in LEVELS:
        raise ModelError(f"There is no level {name!r}.", f"Choose from: {', '.join(LEVELS)}.")
    if name == NETWORK:
        return NetworkLevel(backend)
    return FrameLevel(name, editor_for(backend, architecture, compositor(name)))


@dataclass(frozen=True, slots=True)
class NetworkLevel:
    """The picture that E and G make of a crop."""

    backend: Backend
    name: str = NETWORK

    def edit(self, portraits: Sequence[Portrait], requests: Sequence[EditRequest]) -> list[RGBImage]:
        """See `Level`."""
        return list(generated_pictures(self.backend, requests))

    def crop(self, portrait: Portrait, picture: RGBImage) -> RGBImage:
        """See `Level`."""
        return picture

    def to_crop(self, portrait: Portrait, points: FloatArray) -> FloatArray:
        """See `Level`."""
        return points


@dataclass(frozen=True, slots=True)
class FrameLevel:
    """The frame with the edited face, as a user sees it."""

    name: str
    editor: FaceEditor

    def edit(self, portraits: Sequence[Portrait], requests: Sequence[EditRequest]) -> list[RGBImage]:
        """See `Level`."""
        edits = self.editor.edit(requests)
        with ThreadPoolExecutor(os.cpu_count()) as threads:  # compositors are stateless
            return list(
                threads.map(lambda edit, portrait: edit.composite(portrait.pixels, portrait.face), edits, portraits)
            )

    def crop(self, portrait: Portrait, picture: RGBImage) -> RGBImage:
        """See `Level`."""
        return warp_crop(picture, portrait.face.frame_to_crop, portrait.face.crop.shape[0])

    def to_crop(self, portrait: Portrait, points: FloatArray) -> FloatArray:
        """See `Level`."""
        return np.asarray(transform_points(portrait.face.frame_to_crop, points), np.float32)


def generated_pictures(backend: Backend, requests: Sequence[EditRequest]) -> NDArray[np.uint8]:
    """What G makes of encoded faces, uint8 [N, S, S, 3] RGB."""
    images = backend.generate(
        Encoded.of([request.face.encoded for request in requests]),
        np.stack([request.face.source.values for request in requests]),
        np.stack([request.target.values for request in requests]),
    ).images
    return np.asarray(np.rint(np.clip(images, 0, 1) * 255), np.uint8)
