"""The theme in force: it styles the whole application and tells who paints for themselves when it changes."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.preferences import THEME, Preferences
from desktop.theme.icons import pixmaps, themed_icon
from desktop.theme.marks import Marks
from desktop.theme.palette import palette_of
from desktop.theme.style_sheet import style_sheet_of
from desktop.theme.tokens import DARK, FONT_FAMILIES, FONT_SIZE_PX, LIGHT, MONOSPACE_FAMILIES, Tokens

CHOICES: Final = ("dark", "light", "system")


class Theme(QObject):
    """Follows the preference, and with "system" the desktop's own choice. Owned by the UI thread.

    Attributes:
        changed: the new `Tokens`; icons and colours made from the old ones are to be made anew.
    """

    changed = Signal(object)

    def __init__(self, application: QApplication, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._preferences = preferences
        self._tokens = DARK
        self._marks = Marks()
        self._icons: dict[str, QIcon] = {}
        self._wearers: WeakKeyDictionary[QObject, Callable[[], None]] = WeakKeyDictionary()
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(interface_font())
        preferences.changed.connect(self._note_preference)
        application.styleHints().colorSchemeChanged.connect(self._choose)
        self._wear(self._wanted())

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    def color(self, name: str) -> QColor:
        """Return the colour called `name` in `Tokens`."""
        return QColor(getattr(self._tokens, name))

    def icon(self, name: str) -> QIcon:
        """Return the icon called `name` in the colours in force; `give_icon` keeps it up to date."""
        if name not in self._icons:
            self._icons[name] = themed_icon(name, self._tokens)
        return self._icons[name]

    def picture(self, name: str, size_px: int, ratio: float) -> QPixmap:
        """Draw an icon large, for an empty area; `ratio` is device pixels a pixel."""
        (made,) = pixmaps(name, self._tokens.text_dim, [round(size_px * ratio)])
        made.setDevicePixelRatio(ratio)
        return made

    def give_icon(self, wearer: QObject, name: str) -> None:
        """Set the icon of a button or an action, now and after each change of the theme."""

        def put_on() -> None:
            wearer.setProperty("icon", self.icon(name))

        self._wearers[wearer] = put_on
        wearer.destroyed.connect(lambda: self._wearers.pop(wearer, None))
        put_on()

    def _note_preference(self, key: str) -> None:
        if key == THEME.key:
            self._choose()

    def _choose(self) -> None:
        wanted = self._wanted()
        if wanted != self._tokens:
            self._wear(wanted)

    def _wanted(self) -> Tokens:
        choice = self._preferences.get(THEME)
        if choice == "system":
            scheme = self._application.styleHints().colorScheme()
            return LIGHT if scheme == Qt.ColorScheme.Light else DARK
        return LIGHT if choice == "light" else DARK

    def _wear(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._icons.clear()
        self._marks.draw(tokens)
        self._application.setPalette(palette_of(tokens))
        self._application.setStyleSheet(style_sheet_of(tokens))
        for put_on in list(self._wearers.values()):
            put_on()
        self.changed.emit(tokens)


@lru_cache(maxsize=1)
def interface_font() -> QFont:
    """Return the font of the interface, with figures of equal width so that changing numbers stand still."""
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPixelSize(FONT_SIZE_PX)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@lru_cache(maxsize=1)
def monospace_font() -> QFont:
    """Return the font of timecodes and logs."""
    font = QFont()
    font.setFamilies(list(MONOSPACE_FAMILIES))
    font.setPixelSize(FONT_SIZE_PX)
    return font
