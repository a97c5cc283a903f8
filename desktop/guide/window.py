"""A reader for the pages of docs/guide."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from desktop.places import ASSETS
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.buttons import plain_button
from desktop.widgets.reading import set_air

GUIDE: Final = ASSETS.parent / "docs" / "guide"
INDEX: Final = "README.md"
_SIZE: Final = QSize(820, 640)


class GuideWindow(QDialog):
    """Shows one page; links lead to others, and those to the web into the browser."""

    def __init__(self, studio: Studio, parent: QWidget | None = None, folder: Path = GUIDE) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setWindowTitle(self.tr("User Guide"))
        self.resize(_SIZE)
        self.browser = _Pages(self)
        self.browser.setAccessibleName(self.tr("User guide"))
        self.browser.setProperty("role", "reading")
        self.back_button = plain_button(studio.theme, "chevron-left", self.tr("Back"), self)
        self.forward_button = plain_button(studio.theme, "chevron-right", self.tr("Forward"), self)
        self.index_button = plain_button(studio.theme, "home", self.tr("Contents"), self)
        self.back_button.clicked.connect(self.browser.backward)
        self.forward_button.clicked.connect(self.browser.forward)
        self.index_button.clicked.connect(self.show_index)
        self.browser.backwardAvailable.connect(self.back_button.setEnabled)
        self.browser.forwardAvailable.connect(self.forward_button.setEnabled)
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        for button in (self.index_button, self.back_button, self.forward_button):
            bar.addWidget(button)
        bar.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.browser, 1)
        studio.theme.changed.connect(self.browser.reload)  # for the colour of links
        self.back_button.setEnabled(False)
        self.forward_button.setEnabled(False)
        self.show_index()

    def show_index(self) -> None:
        """Show the first page."""
        self.browser.setSource(QUrl.fromLocalFile(str(self._folder / INDEX)))


class _Pages(QTextBrowser):
    """A browser of Markdown files; pictures shrink to its width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        self.document().setDocumentMargin(6 * GRID)
        self.sourceChanged.connect(lambda: set_air(self.document()))

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802  Qt's name
        """Load a page or picture; a picture no wider than the page."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            image = QImage(self.source().resolved(QUrl(name)).toLocalFile())
            room = max(1, self.viewport().width() - 14 * GRID)
            if image.width() > room:
                return image.scaledToWidth(room)
            return image
        return super().loadResource(kind, name)

    def reload(self) -> None:
        """Read the page anew."""
        super().reload()
        set_air(self.document())

    def _follow(self, link: QUrl) -> None:
        target = self.source().resolved(link)
        if target.isLocalFile() and Path(target.toLocalFile()).suffix == ".md":
            self.setSource(target)
        else:
            QDesktopServices.openUrl(target)
