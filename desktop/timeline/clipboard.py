"""Keyframes on the system's clipboard, so that they travel between windows: JSON in a type of our own."""

import json
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData

from desktop.document.timeline_edits import CopiedKeyframe
from engine.errors import ProjectError
from engine.project.easing import format_easing, parse_easing
from engine.project.exact_time import format_time, parse_time

MIME_TYPE: Final = "application/x-eggan-keyframes+json"


def to_mime(copies: Sequence[CopiedKeyframe]) -> QMimeData:
    """Return keyframes as the clipboard holds them."""
    document = [
        {"au": copy.au, "offset": format_time(copy.offset), "value": copy.value, "easing": format_easing(copy.easing)}
        for copy in copies
    ]
    data = QMimeData()
    data.setData(MIME_TYPE, json.dumps(document).encode())
    return data


def from_mime(data: QMimeData) -> tuple[CopiedKeyframe, ...]:
    """Return the keyframes on the clipboard; none where there is something else."""
    try:
        document = json.loads(bytes(data.data(MIME_TYPE).data()))
        return tuple(
            CopiedKeyframe(item["au"], parse_time(item["offset"]), float(item["value"]), parse_easing(item["easing"]))
            for item in document
        )
    except (ValueError, TypeError, KeyError, ProjectError):
        return ()
