"""What the user wants at one moment, as one immutable value that a frame is made with."""

from dataclasses import dataclass, field
from fractions import Fraction

from engine.action_units import AUVector
from engine.controls import Controls, EasedControls, MixedControls
from engine.pipeline import PipelineSettings


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that a frame depends on besides its pixels.

    Attributes:
        controls: what to make of the expression, on the way from what it was before.
        settings: what the pipeline is made of.
        is_paused: whether the shown frame stays.
    """

    controls: EasedControls = field(default_factory=lambda: EasedControls(Controls()))
    settings: PipelineSettings = field(default_factory=PipelineSettings)
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
