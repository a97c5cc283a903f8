"""The sliders and presets of the live page: the panels of the edit page, steering the live expression."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.expression.panel import ExpressionPanel
from desktop.live.pictures import LivePictures
from desktop.presets.panel import PresetsPanel
from desktop.studio import Studio


def expression_panel(studio: Studio) -> QWidget:
    """Return the sliders of the live expression."""
    return ExpressionPanel(studio, studio.live.expression)


def presets_panel(studio: Studio) -> QWidget:
    """Return the presets, which the live face eases into."""
    hint = QCoreApplication.translate("LiveDocks", "Click to ease into")
    pictures = LivePictures(studio)
    panel = PresetsPanel(studio, studio.live.expression, pictures, hint)
    pictures.setParent(panel)
    return panel
