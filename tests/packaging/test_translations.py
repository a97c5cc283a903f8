"""Translations are complete enough to be shipped, and say what the program says."""

import importlib
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

_PLACEHOLDER = re.compile(r"\{[^}]*\}")
FILES = sorted((Path(__file__).resolve().parents[2] / "assets" / "translations").glob("*.ts"))


@pytest.fixture
def script(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The script as a module; it is run by its path and belongs to no package."""
    monkeypatch.syspath_prepend(str(root / "packaging"))
    yield importlib.import_module("translations")
    sys.modules.pop("translations", None)


def messages(path: Path) -> list[tuple[str, str]]:
    """Source and translation of each text that is translated."""
    found = []
    for message in ET.parse(path).getroot().iter("message"):
        source, translation = message.findtext("source"), message.findtext("translation")
        if source and translation:
            found.append((source, translation))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_translations_keep_placeholders_and_keys(path: Path) -> None:
    for source, translation in messages(path):
        assert sorted(_PLACEHOLDER.findall(source)) == sorted(_PLACEHOLDER.findall(translation)), source
        assert source.endswith("…") == translation.endswith("…"), source
        assert source.count("&") == translation.count("&"), source


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_that_is_shipped_is_nearly_complete(script: ModuleType, path: Path) -> None:
    assert path.with_suffix(".qm").is_file()
    known = {source for source, _translation in messages(path)}
    marked = {text for _context, text in script.marked_texts()}
    assert len(marked - known) <= 0.1 * len(marked)


def test_texts_of_tables_are_found_with_their_context(script: ModuleType) -> None:
    marked = script.marked_texts()
    assert ("Action", "New Project") in marked
    assert ("Panel", "Timeline") in marked
