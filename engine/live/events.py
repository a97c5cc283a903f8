"""What happens in a live session besides frames."""

from dataclasses import dataclass
from enum import StrEnum

from engine.errors import EngineError


class EventKind(StrEnum):
    """What happened."""

    SOURCE_LOST = "source lost"
    """It is missing, died or stalled; it is opened again after a while."""
    SOURCE_BACK = "source back"
    SOURCE_ENDED = "source ended"
    """A file that does not loop has been shown to its end; its last frame stays."""
    DRIVER_LOST = "driver lost"
    DRIVER_BACK = "driver back"
    DRIVER_ENDED = "driver ended"
    RECORDING_SAVED = "recording saved"
    RECORDING_FAILED = "recording failed"
    VIRTUAL_CAMERA_FAILED = "virtual camera failed"
    SETTINGS_REFUSED = "settings refused"
    """The model or backend asked for cannot be used; the one before goes on."""
    NO_NEUTRAL = "no neutral"
    """Somebody said "this is my neutral" where no face was seen."""
    FAILED = "failed"
    """A stage failed: the session is over and its threads end."""


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """Something to tell the user.

    Attributes:
        kind: what happened.
        message: what happened, to which object, one sentence.
        remedy: what the user can do; may be empty.
    """

    kind: EventKind
    message: str
    remedy: str = ""


def event_of(kind: EventKind, error: BaseException, addition: str = "") -> LiveEvent:
    """What to tell of an error; one that the program did not expect is named as it is."""
    if isinstance(error, EngineError):
        return LiveEvent(kind, error.message + addition, error.remedy)
    return LiveEvent(kind, f"{type(error).__name__}: {error}.{addition}", "Please report this fault of the program.")
