"""Portraits edited by a model in batches, and what is read off the results at every level."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.action_units import AUVector
from engine.backends import Backend
from engine.faces.landmarker import LANDMARK_COUNT
from engine.pipeline.editing import EditRequest, encode_faces
from engine.types import FaceTrack, FloatArray
from trainer.evaluation.levels import Level, generated_pictures
from trainer.evaluation.portraits import Gallery, Portrait, intensities
from trainer.evaluation.reading import FaceReader

_BATCH: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class Edited:
    """Edits seen at one level, N of them.

    Attributes:
        crops: uint8 [N, S, S, 3], in the space of the sources' crops.
        outlines: float32 [N, 478, 2], the landmarks in the same space; NaN where no face is found any more.
        expressions: float32 [N, 17], estimated; NaN as above.
        similarities: float32 [N], cosine of source and edit as face verification sees them; -1 where no face is found
            any more; None where nobody asked for it.
    """

    crops: NDArray[np.uint8]
    outlines: FloatArray
    expressions: FloatArray
    similarities: FloatArray | None


class Bench:
    """Edits portraits and reads the results. Owned by one thread.

    Args:
        backend: the model.
        reader: reads pictures.
        gallery: tells people's faces at rest.
        levels: where edits are looked at.
        on_edit: called with the number of edits done since the last call.
    """

    def __init__(
        self,
        backend: Backend,
        reader: FaceReader,
        gallery: Gallery,
        levels: Sequence[Level],
        on_edit: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.gallery = gallery
        self._levels = tuple(levels)
        self._backend = backend
        self._reader = reader
        self._on_edit = on_edit

    def edit(
        self, portraits: Sequence[Portrait], targets: FloatArray, *, identities: bool = False
    ) -> dict[str, Edited]:
        """Edit each portrait to its target; what comes of it, by the level's name.

        Args:
            portraits: the sources, with the expressions that their labels say.
            targets: the expressions asked for, float32 [N, 17] in 0..5.
            identities: compare embeddings of source and edit, too; needs the reader's verifier.
        """
        parts: dict[str, list[Edited]] = {level.name: [] for level in self._levels}
        for start in range(0, len(portraits), _BATCH):
            batch = portraits[start : start + _BATCH]
            requests = self._requests(batch, targets[start : start + _BATCH])
            own = self._own_identities(batch) if identities else None
            for level in self._levels:
                parts[level.name].append(self._read(batch, requests, level, own))
            self._on_edit(len(batch))
        return {name: _joined(edits) for name, edits in parts.items()}

    def rebuild(self, portraits: Sequence[Portrait]) -> NDArray[np.uint8]:
        """The networks' pictures of portraits under their own expressions, uint8 [N, S, S, 3]."""
        rebuilt = []
        for start in range(0, len(portraits), _BATCH):
            batch = portraits[start : start + _BATCH]
            rebuilt.append(generated_pictures(self._backend, self._requests(batch, intensities(batch))))
            self._on_edit(len(batch))
        return np.concatenate(rebuilt)

    def _requests(self, portraits: Sequence[Portrait], targets: FloatArray) -> list[EditRequest]:
        """Encode each portrait once, however often it is in the batch."""
        unique = list(dict.fromkeys(portraits))
        crops = np.stack([portrait.face.crop for portrait in unique])
        encoded = encode_faces(self._backend, crops, [portrait.expression for portrait in unique])
        faces = dict(zip(unique, encoded, strict=True))
        return [
            EditRequest(faces[portrait], AUVector(target)) for portrait, target in zip(portraits, targets, strict=True)
        ]

    def _read(
        self,
        portraits: Sequence[Portrait],
        requests: Sequence[EditRequest],
        level: Level,
        own: FloatArray | None,
    ) -> Edited:
        pictures = level.edit(portraits, requests)
        tracks = self._reader.find(pictures)
        similarities = None
        if own is not None:
            similarities = np.nan_to_num((own * self._reader.identities(pictures, tracks)).sum(axis=1), nan=-1.0)
        return Edited(
            crops=np.stack([level.crop(*pair) for pair in zip(portraits, pictures, strict=True)]),
            outlines=np.stack([_outline(*pair, level) for pair in zip(portraits, tracks, strict=True)]),
            expressions=self._reader.expressions(
                tracks, [self.gallery.resting.get(portrait.person) for portrait in portraits]
            ),
            similarities=similarities,
        )

    def _own_identities(self, portraits: Sequence[Portrait]) -> FloatArray:
        pixels = [portrait.pixels for portrait in portraits]
        return self._reader.identities(pixels, [portrait.face.track for portrait in portraits])


def _outline(portrait: Portrait, track: FaceTrack | None, level: Level) -> FloatArray:
    if track is None:
        return np.full((LANDMARK_COUNT, 2), np.nan, np.float32)
    return level.to_crop(portrait, track.landmarks_px[:, :2])


def _joined(parts: Sequence[Edited]) -> Edited:
    similarities = [part.similarities for part in parts if part.similarities is not None]
    return Edited(
        crops=np.concatenate([part.crops for part in parts]),
        outlines=np.concatenate([part.outlines for part in parts]),
        expressions=np.concatenate([part.expressions for part in parts]),
        similarities=np.concatenate(similarities) if similarities else None,
    )
