"""Labels whose look the style sheet knows by their role."""

from typing import Literal, TypeAlias

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.theme.tokens import GRID

Role: TypeAlias = Literal["title", "heading", "section", "dim", "danger", "warning", "success"]


def label(text: str, role: Role | None = None, parent: QWidget | None = None) -> QLabel:
    """Return a label; `role` chooses its look."""
    made = QLabel(text, parent)
    if role is not None:
        made.setProperty("role", role)
    return made


def line(parent: QWidget | None = None) -> QFrame:
    """Return a thin horizontal line between groups."""
    made = QFrame(parent)
    made.setProperty("role", "line")
    return made


def add_line(lines: QVBoxLayout, parent: QWidget) -> None:
    """Part what follows in a column from what stands above."""
    lines.addSpacing(GRID)
    lines.addWidget(line(parent))
    lines.addSpacing(GRID)
