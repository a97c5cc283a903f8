"""The expressions that the medium itself shows, as far as they have been measured."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.document.project_document import ProjectDocument

if TYPE_CHECKING:
    from engine.curves import AUCurves


class MeasuredCurves(QObject):
    """Holds the curves of the document's medium until another one takes its place. Owned by the UI thread.

    Attributes:
        changed: the new `AUCurves`, or None.
    """

    changed = Signal(object)

    def __init__(self, document: ProjectDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._curves: AUCurves | None = None
        document.media_changed.connect(lambda _path: self.show(None))

    @property
    def curves(self) -> "AUCurves | None":
        """The curves, None where nothing has been measured."""
        return self._curves

    def show(self, curves: "AUCurves | None") -> None:
        """Take what was measured, or read from a file."""
        if curves is not self._curves:
            self._curves = curves
            self.changed.emit(curves)
