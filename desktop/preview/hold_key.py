"""The key that shows the original for as long as it is held."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from desktop.preview.canvas import PreviewCanvas

_KEY = Qt.Key.Key_C


class HoldKey(QObject):
    """Listens in the whole window of a canvas that shows; what is typed into a field never gets here."""

    def __init__(self, canvas: PreviewCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Take the key; let everything else pass."""
        if event.type() == QEvent.Type.Show and watched is self._canvas:
            self._canvas.window().installEventFilter(self)
        elif event.type() == QEvent.Type.WindowDeactivate:
            self._canvas.hold_original(False)  # the release will go to another window
        elif self._is_meant(event):
            assert isinstance(event, QKeyEvent)
            if not event.isAutoRepeat():
                self._canvas.hold_original(event.type() == QEvent.Type.KeyPress)
            return True
        return False

    def _is_meant(self, event: QEvent) -> bool:
        return (
            event.type() in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
            and isinstance(event, QKeyEvent)
            and event.key() == _KEY
            and not event.modifiers()
            and self._canvas.isVisible()
        )
