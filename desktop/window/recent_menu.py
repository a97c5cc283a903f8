"""The menu of files that were open lately."""

from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from desktop.studio import Studio


class RecentMenu(QMenu):
    """Follows the list of recent files."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &Recent"))
        self._studio = studio
        self._fill()
        studio.recent.changed.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for path in self._studio.recent.paths():
            action = self.addAction(_shown(path))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self._studio.open_requested.emit(path))
        self.setEnabled(not self.isEmpty())
        self.addSeparator()
        self.addAction(self._studio.actions.action("file.clear_recent"))


def _shown(path: Path) -> str:
    return f"{path.name}   {path.parent}".replace("&", "&&")
