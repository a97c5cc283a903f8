"""What comes out of the pipeline."""

from dataclasses import dataclass

from engine.action_units import AUVector
from engine.types import AlignedFace, FaceTrack, Frame


@dataclass(frozen=True, slots=True, eq=False)
class ProcessedFace:
    """One of the faces of a frame.

    Attributes:
        track: where it is, smoothed; confidence 0 where it was not seen and is predicted.
        source: the expression that it shows, u_source.
        target: the expression that it was given; equal to `source` where it was left as it is.
        weight: 0..1, how much of the edit asked for it got.
        is_selected: whether it is one of the faces to edit.
        aligned: the face in the networks' crop; None where it is not edited.
    """

    track: FaceTrack
    source: AUVector
    target: AUVector
    weight: float
    is_selected: bool
    aligned: AlignedFace | None


@dataclass(frozen=True, slots=True, eq=False)
class ProcessedFrame:
    """A frame after all stages.

    Attributes:
        frame: the result, at the source's time and index.
        faces: all faces that were found, edited or not, in the order of their ids.
        original: the frame before all stages; None where nothing but `frame` is known.
    """

    frame: Frame
    faces: tuple[ProcessedFace, ...] = ()
    original: Frame | None = None

    @property
    def edited(self) -> ProcessedFace | None:
        """The first of the faces to edit."""
        return next((face for face in self.faces if face.aligned is not None), None)

    @property
    def face(self) -> AlignedFace | None:
        """The first of the faces to edit, as aligned; None where there is none."""
        return None if self.edited is None else self.edited.aligned

    @property
    def source(self) -> AUVector | None:
        """The expression that this face shows."""
        return None if self.edited is None else self.edited.source

    @property
    def target(self) -> AUVector | None:
        """The expression that this face was given."""
        return None if self.edited is None else self.edited.target
