"""What stands between the actions of help and settings, and the windows that they open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from desktop.preferences import CONSENT_READ
from desktop.studio import Studio

if TYPE_CHECKING:
    from desktop.about.dialog import AboutDialog
    from desktop.guide.window import GuideWindow
    from desktop.settings.dialog import SettingsDialog


class HelpDesk(QObject):
    """Opens each of its windows once, and brings it forward after that. Owned by the UI thread.

    The windows do not block the main one: what is set or read can be tried at once.
    """

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._window = window
        self._settings: SettingsDialog | None = None
        self._about: AboutDialog | None = None
        self._guide: GuideWindow | None = None
        actions = studio.actions
        actions.bind("app.settings", self.show_settings).setMenuRole(QAction.MenuRole.PreferencesRole)
        actions.bind("help.welcome", lambda: studio.page_requested.emit("home"))
        actions.bind("help.consent", self.show_consent)
        actions.bind("help.guide", self.show_guide)
        actions.bind("help.shortcuts", lambda: self.show_settings("shortcuts"))
        actions.bind("help.about", self.show_about).setMenuRole(QAction.MenuRole.AboutRole)

    def show_consent(self) -> None:
        """Show the note on consent, until it has been read once more."""
        self._studio.preferences.set(CONSENT_READ, False)
        self._studio.page_requested.emit("home")

    def show_settings(self, page_id: str = "") -> "SettingsDialog":
        """Show the settings, on the page named."""
        from desktop.settings.dialog import SettingsDialog  # here and below: the window opens without it

        self._settings = self._settings or SettingsDialog(self._studio, self._window)
        if page_id:
            self._settings.show_page(page_id)
        _bring_forward(self._settings)
        return self._settings

    def show_about(self) -> "AboutDialog":
        """Show version, system and licences."""
        from desktop.about.dialog import AboutDialog

        self._about = self._about or AboutDialog(self._studio, self._window)
        _bring_forward(self._about)
        return self._about

    def show_guide(self) -> "GuideWindow":
        """Show the user guide."""
        from desktop.guide.window import GuideWindow

        self._guide = self._guide or GuideWindow(self._studio, self._window)
        _bring_forward(self._guide)
        return self._guide


def _bring_forward(dialog: QDialog) -> None:
    if dialog.windowState() & Qt.WindowState.WindowMinimized:
        dialog.showNormal()
    dialog.show()
    dialog.activateWindow()
