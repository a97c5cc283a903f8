"""The look of spin boxes that a style sheet cannot give: with buttons of its own, it leaves the number no margin."""

from PySide6.QtWidgets import QAbstractSpinBox

from desktop.theme.tokens import GRID


def inset(field: QAbstractSpinBox) -> None:
    """Keep the number away from the field's left edge."""
    field.lineEdit().setTextMargins(GRID, 0, 0, 0)
