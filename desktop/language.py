"""The language of the window: translations found in assets/translations, made by packaging/translations.py."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.places import ASSETS

TRANSLATIONS: Final = ASSETS / "translations"
SYSTEM: Final = "system"
"""The choice that leaves the language to the desktop."""
_PREFIX: Final = "eggan-studio_"
_SOURCE: Final = "en"


class Language(QObject):
    """Translates what is made while it lives, Qt's own dialogs included. Owned by the UI thread.

    Args:
        application: shall speak it.
        choice: a language code, or "system" for the first of the system's languages that there is.
        parent: the owner.
        folder: where translations lie, "eggan-studio_CODE.qm".
    """

    def __init__(
        self, application: QApplication, choice: str, parent: QObject | None = None, folder: Path = TRANSLATIONS
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._translators: list[QTranslator] = []
        self.code = _chosen(choice, folder)
        QLocale.setDefault(QLocale.system() if choice == SYSTEM else QLocale(self.code))
        if self.code != _SOURCE:
            self._load(f"qtbase_{self.code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            self._load(f"{_PREFIX}{self.code}", str(folder))

    def close(self) -> None:
        """Fall silent."""
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators.clear()

    def _load(self, name: str, folder: str) -> None:
        translator = QTranslator(self)
        if translator.load(name, folder) and self._application.installTranslator(translator):
            self._translators.append(translator)


def available_languages(folder: Path = TRANSLATIONS) -> list[tuple[str, str]]:
    """Return code and own name of each language that the window can speak, English first."""
    found = sorted(path.stem.removeprefix(_PREFIX) for path in folder.glob(f"{_PREFIX}*.qm"))
    return [(_SOURCE, "English"), *((code, _own_name(code)) for code in found)]


def _own_name(code: str) -> str:
    name = QLocale(code).nativeLanguageName() or code
    return name[:1].upper() + name[1:]


def _chosen(choice: str, folder: Path) -> str:
    codes = [code for code, _name in available_languages(folder)]
    wanted = QLocale.system().uiLanguages() if choice == SYSTEM else [choice]
    for name in wanted:
        for code in (name.replace("-", "_"), name.partition("-")[0]):
            if code in codes:
                return code
    return _SOURCE
