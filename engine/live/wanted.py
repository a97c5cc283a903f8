"""What the user wants at one moment, as one immutable value that a frame is made with."""

from dataclasses import dataclass, field
from fractions import Fraction

from engine.action_units import AUVector
from engine.controls import Controls, EasedControls, MixedControls
from engine.pipeline import PipelineSettings


@dataclass(frozen=True, slots=True, eq=False)
class NeutralCall:
    """Somebody said "this is my neutral"; every call is another one.

    Attributes:
        face_id: whose face is at rest; None for all faces that are edited.
        forgets: whether what was known is to be forgotten instead, and learnt anew.
    """

    face_id: int | None = None
    forgets: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that a frame depends on besides its pixels.

    Attributes:
        controls: what to make of the expression, on the way from what it was before.
        settings: what the pipeline is made of, and how it reads faces.
        neutral: the latest call of "this is my neutral", None before the first.
        is_paused: whether the shown frame stays.
    """

    controls: EasedControls = field(default_factory=lambda: EasedControls(Controls()))
    settings: PipelineSettings = field(default_factory=PipelineSettings)
    neutral: NeutralCall | None = None
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class FramePlan:
    """The plan of one frame: the controls at its place in the medium, whatever its time in the session is.

    Attributes:
        controls: as they are at this moment.
        media_time: where the frame lies in its medium, in seconds.
        driver: how far the driver is from its neutral face, None where there is none or it is not seen.
    """

    controls: Controls | MixedControls
    media_time: Fraction
    driver: AUVector | None = None

    def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
        """Return the intensities, 0..5, for a face that shows `source`; `time` counts from the session's start."""
        return self.controls.evaluate(self.media_time, source, self.driver)
