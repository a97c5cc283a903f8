"""The demo project: the bundled portrait with a finished animation."""

from dataclasses import replace
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QRect

from desktop.places import ASSETS
from engine.project import Project, load_project

PHOTO: Final = ASSETS / "demo" / "astronaut.jpg"
PORTRAIT: Final = QRect(150, 40, 150, 150)
"""Where the face is in the photo, pixels."""
_PROJECT: Final = ASSETS / "demo" / "expressions.json"
FIRST_EXPRESSION: Final = Fraction(7, 10)
"""Seconds, when the first expression is at its height."""


def demo_project(empty: Project) -> Project:
    """Return `empty` with the portrait and its animation; it is not tied to the bundled file, so saving spares that."""
    return replace(empty, media=PHOTO, timeline=load_project(_PROJECT).timeline)
