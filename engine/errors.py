"""Errors that say what happened, to which object, and what to do about it.

Every error the engine raises on purpose is an `EngineError`. Its `message` names the object and the fault in one line;
its `remedy` tells the user what to do. Front ends print both and never a traceback. Cancelling is an outcome, not an
error.
"""


class EngineError(Exception):
    """Base of all errors with a message and a remedy.

    Args:
        message: what happened and to which object, one sentence.
        remedy: what the user can do, one sentence; may be empty.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


class MediaError(EngineError):
    """A photo, video, camera or output file cannot be read or written."""


class ModelError(EngineError):
    """A model bundle, network or backend cannot be loaded or run."""


class ProjectError(EngineError):
    """A project file, timeline, action unit or intensity is not valid."""


class PipelineError(EngineError):
    """A stage failed on a frame.

    Args:
        message, remedy: as for `EngineError`.
        stage: the stage's name, for instance "detect" or "encode video".
        frame_index: index of the frame in its source, or None where the fault is not tied to one.
    """

    def __init__(self, message: str, remedy: str = "", *, stage: str, frame_index: int | None = None) -> None:
        super().__init__(message, remedy)
        self.stage = stage
        self.frame_index = frame_index
