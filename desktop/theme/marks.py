"""Small drawings inside controls: ticks and arrows. Style sheets name them as files, so each theme draws its own."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QDir, QTemporaryDir

from desktop.theme.icons import drawing
from desktop.theme.style_sheet import MARKS
from desktop.theme.tokens import Tokens

_PLAIN: Final = ("check", "close", "layout", "chevron-down", "chevron-up", "chevron-right")
_ON_ACCENT: Final = ("check", "dash", "dot")


class Marks:
    """A temporary folder for each theme that was in force: a style sheet caches what it has read by its path."""

    def __init__(self) -> None:
        self._folders: list[QTemporaryDir] = []

    def draw(self, tokens: Tokens) -> None:
        """Draw the marks of a theme and let style sheets find them."""
        temporary = QTemporaryDir()
        self._folders.append(temporary)
        folder = Path(temporary.path())
        for name in _PLAIN:
            (folder / f"{name}.svg").write_bytes(drawing(name, tokens.text_dim))
        for name in _ON_ACCENT:
            (folder / f"{name}-on.svg").write_bytes(drawing(name, tokens.on_accent))
        QDir.setSearchPaths(MARKS, [str(folder)])
