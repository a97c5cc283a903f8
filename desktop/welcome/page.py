"""The start page."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.preferences import CONSENT_READ
from desktop.studio import Studio
from desktop.theme.icons import pixmaps
from desktop.theme.tokens import GRID
from desktop.welcome.consent import ConsentNote
from desktop.welcome.demo import PHOTO, PORTRAIT
from desktop.welcome.recent_list import RecentList
from desktop.welcome.tile import Tile
from desktop.widgets.buttons import tool_button
from desktop.widgets.labels import label
from desktop.window.panels import PAGES

_ICON_PX: Final = 64
_WIDTH_PX: Final = 880
_PORTRAIT_PX: Final = 48
_COLUMNS: Final = 2
_LINKS: Final = ("help.guide", "help.shortcuts", "app.settings", "help.consent")


class WelcomePage(QWidget):
    """Stands alone in the window until something is opened."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.setProperty("surface", "canvas")
        self.consent = ConsentNote(studio, self)
        self.tiles: dict[str, Tile] = {}
        content = QWidget(self)
        content.setMaximumWidth(_WIDTH_PX)
        lines = QVBoxLayout(content)
        lines.setContentsMargins(6 * GRID, 8 * GRID, 6 * GRID, 6 * GRID)
        lines.setSpacing(5 * GRID)
        lines.addLayout(self._head())
        lines.addWidget(self.consent)
        lines.addLayout(self._ways_to_begin())
        self.recent = RecentList(studio, self)  # here: Tab goes as the eye does
        self._recent_title = label(self.tr("Recent"), "section", self)
        lines.addWidget(self._recent_title)
        lines.addWidget(self.recent, 1)
        lines.addLayout(self._foot())
        lines.addStretch(0)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        studio.recent.changed.connect(self._show_recent)
        studio.preferences.changed.connect(self._note_preference)
        self._show_recent()

    def _head(self) -> QHBoxLayout:
        ratio = self.devicePixelRatioF()
        (picture,) = pixmaps("application", "", [round(_ICON_PX * ratio)])
        picture.setDevicePixelRatio(ratio)
        icon = QLabel(self)
        icon.setPixmap(picture)
        purpose = label(
            self.tr(
                "Changes the expression of faces in photos, videos and live pictures, muscle by muscle: a smile here, "
                "a blink there, with sliders, presets and keyframes."
            ),
            "dim",
            self,
        )
        purpose.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(GRID)
        texts.addWidget(label("EGGAN Studio", "title", self))
        texts.addWidget(purpose)
        head = QHBoxLayout()
        head.setSpacing(5 * GRID)
        head.addWidget(icon)
        head.addLayout(texts, 1)
        head.setAlignment(texts, Qt.AlignmentFlag.AlignVCenter)
        return head

    def _ways_to_begin(self) -> QGridLayout:
        actions = self._studio.actions
        pages = {page.id for page in PAGES}
        self._add_tile(
            "demo",
            "film",
            self.tr("Open the demo project"),
            self.tr("A portrait with an animated face"),
            self._portrait(),
        )
        self._add_tile(
            "open", "open", self.tr("Open a photo, video or project"), self.tr("Or drop it anywhere on this window")
        )
        self.tiles["demo"].clicked.connect(actions.action("help.demo").trigger)
        self.tiles["open"].clicked.connect(actions.action("file.open").trigger)
        for page_id, icon, title, hint in (
            ("live", "live", self.tr("Go live"), self.tr("Your webcam, into calls and streams")),
            ("training", "train", self.tr("Train a model"), self.tr("On your own footage, for one person or many")),
        ):
            if page_id in pages:
                self._add_tile(page_id, icon, title, hint)
                self.tiles[page_id].clicked.connect(partial(self._studio.page_requested.emit, page_id))
        grid = QGridLayout()
        grid.setSpacing(3 * GRID)
        for index, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, index // _COLUMNS, index % _COLUMNS)
            grid.setColumnStretch(index % _COLUMNS, 1)
        return grid

    def _add_tile(self, tile_id: str, icon: str, title: str, hint: str, picture: QPixmap | None = None) -> None:
        self.tiles[tile_id] = Tile(self._studio.theme, icon, title, hint, self, picture)

    def _portrait(self) -> QPixmap:
        """The face of the demo's photo."""
        side = round(_PORTRAIT_PX * self.devicePixelRatioF())
        face = QPixmap(str(PHOTO)).copy(PORTRAIT)
        picture = face.scaledToWidth(side, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        return picture

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(2 * GRID)
        for action_id in _LINKS:
            foot.addWidget(tool_button(self._studio.actions.action(action_id), self, with_text=True))
        foot.addStretch()
        return foot

    def _show_recent(self) -> None:
        self._recent_title.setVisible(self.recent.count() > 0)

    def _note_preference(self, key: str) -> None:
        if key == CONSENT_READ.key:
            self.consent.setVisible(not self._studio.preferences.get(CONSENT_READ))
