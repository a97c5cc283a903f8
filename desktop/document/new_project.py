"""What a new project starts with."""

from typing import get_args

from desktop.preferences import EXPORT_COMPOSITING, EXPORT_QUALITY, EXPORT_SOUND, Preferences
from engine.project import OutputSettings
from engine.project.document import DEFAULT_QUALITY, Compositing

_QUALITIES = range(101)


def chosen_output(preferences: Preferences) -> OutputSettings:
    """Return how exports of a new project are made; a value that cannot be is left to the engine."""
    quality = preferences.get(EXPORT_QUALITY)
    compositing = preferences.get(EXPORT_COMPOSITING)
    return OutputSettings(
        quality=quality if quality in _QUALITIES else DEFAULT_QUALITY,
        compositing=compositing if compositing in get_args(Compositing) else "detail",  # type: ignore[arg-type]
        keep_audio=preferences.get(EXPORT_SOUND),
    )
