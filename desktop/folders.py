"""The folders in force: those that the person has chosen, else the program's own."""

from pathlib import Path

from desktop.places import Places
from desktop.preferences import (
    EXPORTS_FOLDER,
    MODELS_FOLDER,
    PROJECTS_FOLDER,
    RECOVERY_FOLDER,
    Preference,
    Preferences,
)


class Folders:
    """Reads the preferences whenever it is asked; none of the folders need exist."""

    def __init__(self, preferences: Preferences, places: Places) -> None:
        self._preferences = preferences
        self._places = places

    @property
    def exports(self) -> Path | None:
        """Where exports are proposed to go; None beside the medium, or where the last one went."""
        return self._chosen(EXPORTS_FOLDER)

    @property
    def projects(self) -> Path | None:
        """Where projects are proposed to go; None where the last file was."""
        return self._chosen(PROJECTS_FOLDER)

    @property
    def models(self) -> Path:
        """Where models lie that do not come with the program."""
        return self._chosen(MODELS_FOLDER) or self._places.models

    @property
    def recovery(self) -> Path:
        """Where recovery files lie; what is chosen holds from the next start on, if the folder can be made."""
        chosen = self._chosen(RECOVERY_FOLDER)
        return chosen if chosen is not None and _can_be_made(chosen) else self._places.recovery

    def _chosen(self, preference: Preference[str]) -> Path | None:
        text = self._preferences.get(preference)
        return Path(text) if text else None


def _can_be_made(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return True
