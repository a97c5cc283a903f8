"""Markdown that is pleasant to read."""

from typing import Final

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument

from desktop.theme.tokens import GRID

_LINE_HEIGHT_PERCENT: Final = 130


def set_air(document: QTextDocument) -> None:
    """Put space between lines and paragraphs; Qt makes Markdown without."""
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        form.setTopMargin(4 * GRID if form.headingLevel() else GRID)
        form.setBottomMargin(GRID)
        form.setLineHeight(_LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        QTextCursor(block).setBlockFormat(form)
        block = block.next()
    document.clearUndoRedoStacks()
