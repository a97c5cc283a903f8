"""What stands in the middle while no medium is open."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.studio import Studio
from desktop.widgets.empty_state import EmptyState


def nothing_open(studio: Studio) -> QWidget:
    """Return an invitation to open something."""
    translate = QCoreApplication.translate
    return EmptyState(
        studio.theme,
        "image",
        translate("NothingOpen", "Drop a photo or a video here"),
        translate("NothingOpen", "Or open a project. Everything stays on this computer."),
        [studio.actions.action("file.open"), studio.actions.action("help.demo")],
    )
