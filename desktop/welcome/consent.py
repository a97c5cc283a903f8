"""The note on consent: shown until it has been read, and again whenever it is asked for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.preferences import CONSENT_READ
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label

_ICON_PX = 32


class ConsentNote(QFrame):
    """Acknowledging it is remembered in the preferences."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._picture = QLabel(self)
        text = label(
            self.tr(
                "Change the faces only of people who agree to it, and do not pass the result off as something that "
                "happened. Exports say in their metadata that a model edited them; Settings can add a visible mark. "
                "Everything is computed on this computer: no picture leaves it."
            ),
            None,
            self,
        )
        text.setWordWrap(True)
        self.read_button = QPushButton(self.tr("I Understand"), self)
        self.read_button.setProperty("role", "primary")
        self.read_button.clicked.connect(self._acknowledge)
        texts = QVBoxLayout()
        texts.setSpacing(GRID)
        texts.addWidget(label(self.tr("Faces belong to people"), "heading", self))
        texts.addWidget(text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(4 * GRID)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)
        layout.addWidget(self.read_button, 0, Qt.AlignmentFlag.AlignVCenter)
        studio.theme.changed.connect(self._draw)
        self._draw()
        self.setVisible(not studio.preferences.get(CONSENT_READ))

    def _acknowledge(self) -> None:
        self._studio.preferences.set(CONSENT_READ, True)
        self.hide()

    def _draw(self, _tokens: object = None) -> None:
        self._picture.setPixmap(self._studio.theme.picture("shield", _ICON_PX, self.devicePixelRatioF()))
