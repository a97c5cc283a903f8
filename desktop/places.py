"""Where the application keeps its own files, by the custom of each system."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

APPLICATION = "eggan-studio"
ASSETS = Path(__file__).resolve().parents[1] / "assets"
PROJECT_SUFFIX = ".eggan"
"""The suffix that the application proposes; any name will do."""


@dataclass(frozen=True, slots=True)
class Places:
    """Folders of the application; none need exist.

    Attributes:
        config: preferences.
        state: recovery files.
        data: models that were made or installed, and trainings.
        cache: what can be made anew.
    """

    config: Path
    state: Path
    data: Path
    cache: Path

    @classmethod
    def of_the_user(cls) -> "Places":
        """The folders of the person who runs the program."""
        return cls(
            Path(platformdirs.user_config_dir(APPLICATION, appauthor=False)),
            Path(platformdirs.user_state_dir(APPLICATION, appauthor=False)),
            Path(platformdirs.user_data_dir(APPLICATION, appauthor=False)),
            Path(platformdirs.user_cache_dir(APPLICATION, appauthor=False)),
        )

    @classmethod
    def under(cls, folder: Path) -> "Places":
        """The same folders under another one."""
        return cls(folder / "config", folder / "state", folder / "data", folder / "cache")

    @property
    def preferences(self) -> Path:
        """The file of preferences."""
        return self.config / "preferences.json"

    @property
    def presets(self) -> Path:
        """The file of the person's own presets."""
        return self.config / "presets.json"

    @property
    def recovery(self) -> Path:
        """The folder of recovery files."""
        return self.state / "recovery"

    @property
    def thumbnails(self) -> Path:
        """The folder of small pictures of files."""
        return self.cache / "thumbnails"

    @property
    def models(self) -> Path:
        """The folder of models that do not come with the program."""
        return self.data / "models"

    @property
    def trainings(self) -> Path:
        """The folder of trainings, a folder each."""
        return self.data / "trainings"
