"""A dock whose panel is made when it first shows, and whose title bar gives way to a tab."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from desktop.studio import Studio
from desktop.window.panels import CONTEXT, PanelSpec


class Dock(QDockWidget):
    """Holds the panel of a `PanelSpec`."""

    def __init__(self, spec: PanelSpec, studio: Studio, window: QMainWindow) -> None:
        super().__init__(QCoreApplication.translate(CONTEXT, spec.title), window)
        self.setObjectName(f"dock.{spec.id}")
        self._spec = spec
        self._studio = studio
        self._window = window
        self._no_title: QWidget | None = None
        self.visibilityChanged.connect(self.fit_titles)
        self.dockLocationChanged.connect(self.fit_titles)
        self.topLevelChanged.connect(self.fit_titles)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Make the panel."""
        if self.widget() is None:
            panel = self._spec.place.make(self._studio)
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.setWidget(panel)
        super().showEvent(event)

    def fit_titles(self) -> None:
        """Hide or show the title bars of this dock and of those that share its tabs."""
        for dock in (self, *self._window.tabifiedDockWidgets(self)):
            if isinstance(dock, Dock):
                dock._fit_title()

    def _fit_title(self) -> None:
        """Hide the title bar where a tab says the same."""
        is_tabbed = not self.isFloating() and any(
            not dock.isHidden() for dock in self._window.tabifiedDockWidgets(self)
        )
        if is_tabbed and self._no_title is None:
            self._no_title = QWidget(self)
            self.setTitleBarWidget(self._no_title)
        elif not is_tabbed and self._no_title is not None:
            self._no_title = None
            self.setTitleBarWidget(None)  # type: ignore[arg-type]  # None brings Qt's own back
