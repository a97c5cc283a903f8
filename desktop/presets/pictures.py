"""Pictures of expressions on the face that is open: what makes them, and when they are out of date."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.action_units import AU_NUMBERS, AUVector
from engine.project import Timeline

if TYPE_CHECKING:
    from desktop.studio import Studio


class PresetPictures(QObject):
    """Owned by the UI thread.

    Attributes:
        made: a frame that shows an expression: (name, ProcessedFrame).
        outdated: the face has changed; ask again when there is time.
        gone: there is another face, or none: earlier pictures are wrong.
    """

    made = Signal(str, object)
    outdated = Signal()
    gone = Signal()

    def ask(self, expressions: Mapping[str, AUVector]) -> None:
        """Make a picture of each expression, by its name, where there is a face to show it on."""
        raise NotImplementedError


class PlayheadPictures(PresetPictures):
    """Shows expressions on the frame at the playhead, while it stands."""

    def __init__(self, studio: "Studio", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        studio.view.playhead_changed.connect(self.outdated)
        studio.document.media_changed.connect(self.gone)
        studio.preview.sketched.connect(lambda name, rendering: self.made.emit(name, rendering.result))

    def ask(self, expressions: Mapping[str, AUVector]) -> None:
        """Let the preview's renderer make them when it has nothing else to do."""
        if self._studio.document.project.media is not None and not self._studio.transport.is_playing:
            self._studio.preview.sketch({name: _held(expression) for name, expression in expressions.items()})


def _held(expression: AUVector) -> Timeline:
    """Return a timeline that holds all action units as `expression` has them."""
    return Timeline.constant({number: expression[number] for number in AU_NUMBERS})
