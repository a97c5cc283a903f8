"""The window speaks the languages that it finds."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from desktop.language import TRANSLATIONS, Language, available_languages
from desktop.places import Places
from desktop.preferences import LANGUAGE
from desktop.studio import Studio

_TS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="{code}">
<context><name>Action</name>
<message><source>New Project</source><translation>{text}</translation></message>
</context>
</TS>
"""


@pytest.fixture(autouse=True)
def same_locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for code, text in (("fr", "Nouveau projet"), ("pt_BR", "Novo projeto")):
        source = tmp_path / f"eggan-studio_{code}.ts"
        source.write_text(_TS.format(code=code, text=text), "utf-8")
        tool = Path(sys.executable).with_name("pyside6-lrelease")
        subprocess.run([tool, "-silent", source, "-qm", source.with_suffix(".qm")], check=True)
    return tmp_path


def translated() -> str:
    return QCoreApplication.translate("Action", "New Project")


def test_languages_are_those_that_are_found(folder: Path, tmp_path: Path) -> None:
    assert available_languages(folder) == [("en", "English"), ("fr", "Français"), ("pt_BR", "Português")]
    assert available_languages(tmp_path / "absent") == [("en", "English")]


@pytest.mark.parametrize(
    ("choice", "code", "text"),
    [("fr", "fr", "Nouveau projet"), ("pt_BR", "pt_BR", "Novo projeto"), ("tlh", "en", "New Project")],
)
def test_texts_are_translated_while_it_speaks(
    qapp: QApplication, folder: Path, choice: str, code: str, text: str
) -> None:
    language = Language(qapp, choice, folder=folder)
    assert language.code == code
    assert translated() == text
    language.close()
    assert translated() == "New Project"


def test_the_systems_language_is_taken_where_it_is_there(
    qapp: QApplication, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _self: ["nb-NO", "fr-CH", "en"])
    language = Language(qapp, "system", folder=folder)
    assert translated() == "Nouveau projet"
    language.close()


def test_the_program_speaks_german(qapp: QApplication, places: Places) -> None:
    assert ("de", "Deutsch") in available_languages(TRANSLATIONS)
    places.config.mkdir(parents=True)
    places.preferences.write_text(f'{{"{LANGUAGE.key}": "de"}}')
    studio = Studio(qapp, places)
    assert studio.actions.action("file.new").text() == "Neues Projekt"
    studio.close()
    studio.deleteLater()
    assert translated() == "New Project"
