"""A dock whose panel is made when it first shows."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow

from desktop.studio import Studio
from desktop.window.panels import CONTEXT, PanelSpec


class Dock(QDockWidget):
    """Holds the panel of a `PanelSpec`."""

    def __init__(self, spec: PanelSpec, studio: Studio, window: QMainWindow) -> None:
        super().__init__(QCoreApplication.translate(CONTEXT, spec.title), window)
        self.setObjectName(f"dock.{spec.id}")
        self._spec = spec
        self._studio = studio

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Make the panel."""
        if self.widget() is None:
            panel = self._spec.place.make(self._studio)
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.setWidget(panel)
        super().showEvent(event)
