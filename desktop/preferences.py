"""What a person has set once and for all: theme, shortcuts, folders, window layout."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.background import Background
from engine.files import write_atomically

Value = TypeVar("Value", bool, int, float, str, list[str], dict[str, str])
_WRITE_DELAY_MS: Final = 500


@dataclass(frozen=True)  # slots would forbid what Preference[...](...) sets
class Preference(Generic[Value]):
    """One setting: its key in the file and what counts until it is set. A stored value of another type is ignored."""

    key: str
    default: Value


THEME: Final = Preference("theme", "dark")
"""One of "dark", "light", "system"."""
RECENT_FILES: Final = Preference[list[str]]("recent_files", [])
SHORTCUTS: Final = Preference[dict[str, str]]("shortcuts", {})
"""Action id to key sequences in portable text, separated by "; ", of the actions whose shortcuts were changed."""
WINDOW_GEOMETRY: Final = Preference("window_geometry", "")
WINDOW_LAYOUTS: Final = Preference[dict[str, str]]("window_layouts", {})
"""Page id to the state of its docks, base64."""
LAST_FOLDER: Final = Preference("last_folder", "")
LANGUAGE: Final = Preference("language", "system")
"""Language code of a translation in assets/translations, "en", or "system"."""
EXPORTS_FOLDER: Final = Preference("exports_folder", "")
PROJECTS_FOLDER: Final = Preference("projects_folder", "")
MODELS_FOLDER: Final = Preference("models_folder", "")
RECOVERY_FOLDER: Final = Preference("recovery_folder", "")
"""Folders, as `desktop.folders` reads them; empty leaves the choice to the program."""
BACKEND: Final = Preference("backend", "auto")
DEVICE: Final = Preference("device", "auto")
THREADS: Final = Preference("threads", 0)
"""What computes, as `desktop.computing` reads it; 0 threads leave the choice to the backend."""
AUTOSAVE_SECONDS: Final = Preference("autosave_seconds", 5)
EXPORT_QUALITY: Final = Preference("export_quality", 70)
EXPORT_SOUND: Final = Preference("export_sound", True)
EXPORT_COMPOSITING: Final = Preference("export_compositing", "detail")
"""What new projects start with."""
CONSENT_READ: Final = Preference("consent_read", False)
"""Whether the note on people's consent was read and acknowledged."""
AI_TAG: Final = Preference("ai_tag", True)
"""Whether exports say in their metadata that a model edited them."""
AI_MARK: Final = Preference("ai_mark", False)
"""Whether exports show a visible mark that says the same."""
EXPORT_CHOICES: Final = Preference[dict[str, str]]("export", {})
"""Ending, codec, size and variant of the last export."""
VOLUME: Final = Preference("volume", 80)
"""Of playback, 0..100."""
MUTED: Final = Preference("muted", False)
LIVE_CHOICES: Final = Preference[dict[str, str]]("live", {})
"""Source, driver and manner of the live page, as `desktop.live.choices` reads them."""


class Preferences(QObject):
    """Reads the file once, and writes it soon after each change. Owned by the UI thread.

    A file that cannot be read or written costs the settings, never the session.

    Attributes:
        changed: the key of a setting that now has another value.
    """

    changed = Signal(str)

    def __init__(self, path: Path, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._background = background
        self._values: dict[str, object] = dict(_read(path))
        self._timer = QTimer(self, singleShot=True, interval=_WRITE_DELAY_MS)
        self._timer.timeout.connect(self._write_soon)

    def get(self, preference: Preference[Value]) -> Value:
        """Return the value set, or the default."""
        value = self._values.get(preference.key, preference.default)
        return value if type(value) is type(preference.default) else preference.default

    def set(self, preference: Preference[Value], value: Value) -> None:
        """Set a value; the same value again changes nothing."""
        if self.get(preference) == value:
            return
        self._values[preference.key] = value
        self._timer.start()
        self.changed.emit(preference.key)

    def flush(self) -> None:
        """Write what is not yet in the file; for the end of the session."""
        if self._timer.isActive():
            self._timer.stop()
            _write(self._path, self._text())

    def _write_soon(self) -> None:
        path, text = self._path, self._text()
        self._background.run(lambda: _write(path, text))

    def _text(self) -> str:
        return json.dumps(self._values, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _read(path: Path) -> Mapping[str, object]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text.encode())
    except OSError:
        return
