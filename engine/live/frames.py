"""Frames on their way through a live session."""

from dataclasses import dataclass
from fractions import Fraction

from engine.action_units import AUVector
from engine.media import VideoInfo
from engine.pipeline import ProcessedFrame
from engine.types import Frame


@dataclass(frozen=True, slots=True, eq=False)
class CapturedFrame:
    """A frame as it came from the source.

    Attributes:
        frame: its time counts from the session's start and rises strictly; its index counts what was captured.
        media_time: where it lies in a file, in seconds from its start; of a camera, the same as the frame's time.
        jumps: how often a file was sought in or began again before.
        info: what is known of its input.
        captured_at: when it came from the camera, or was due from the file, in seconds of the session's clock.
    """

    frame: Frame
    media_time: Fraction
    jumps: int
    info: VideoInfo
    captured_at: float


@dataclass(frozen=True, slots=True, eq=False)
class LiveFrame:
    """A frame to show.

    Attributes:
        number: counts what was shown, from 0.
        captured: the frame as it came.
        result: the frame after all stages, with the face and its expressions.
        shown_at: when it could be shown, on the session's clock, in seconds.
        is_repeat: an earlier frame that was rendered again, because the controls changed or the driver moved.
        driver: the driver's expression that it was made with, None without one.
        taken_at: when what it shows was so: when the frame was captured, or for a repeat when the driver was.
    """

    number: int
    captured: CapturedFrame
    result: ProcessedFrame
    shown_at: float
    is_repeat: bool
    driver: AUVector | None
    taken_at: float

    @property
    def age_ms(self) -> float:
        """Milliseconds from capture until it could be shown."""
        return (self.shown_at - self.taken_at) * 1000

    @property
    def is_driven_still(self) -> bool:
        """Whether it is a picture that moves because its driver does."""
        return self.is_repeat and self.driver is not None and self.captured.info.is_still
