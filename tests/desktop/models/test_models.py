"""Models as a person chooses them: listed, read, used, told when they are broken or gone."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.card_text import card_lines, card_page
from desktop.models.library import ModelEntry, ModelLibrary
from desktop.models.panel import ModelsPanel
from desktop.preferences import BACKEND, MODELS_FOLDER
from desktop.studio import Studio
from engine.bundle import write_bundle
from engine.bundle.finding import BUNDLED_MODELS
from engine.errors import ModelError
from tests.engine.bundle.cards import FILES, make_card


@pytest.fixture
def own(studio: Studio) -> Path:
    """The person's own models: a good one, a torn one, one with a name that no project can hold."""
    folder = studio.folders.models
    for name in ("mine", "torn", "my model"):
        write_bundle(folder / name, make_card(), FILES)
    (folder / "torn" / next(iter(FILES))).write_bytes(b"x")
    return folder


@pytest.fixture
def panel(studio: Studio, own: Path, qtbot: QtBot) -> Iterator[ModelsPanel]:
    made = ModelsPanel(studio)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.list.count() > 0, timeout=10_000)
    yield made
    made.close()
    made.deleteLater()


def select(panel: ModelsPanel, name: str) -> None:
    row = next(row for row in range(panel.list.count()) if panel.list.item(row).text().startswith(f"{name}\n"))
    panel.list.setCurrentRow(row)


def names(panel: ModelsPanel) -> list[str]:
    return [panel.list.item(row).text().split("\n")[0] for row in range(panel.list.count())]


def test_the_programs_models_come_first_and_then_ones_own(panel: ModelsPanel) -> None:
    assert names(panel) == ["eggan-128", "eggan-detail", "mine", "my model", "torn"]
    assert panel.list.currentItem().text().startswith("eggan-detail\n128 px")
    card = json.loads((BUNDLED_MODELS / "eggan-detail" / "card.json").read_text(encoding="utf-8"))
    assert f"{card['training']['steps']:,} steps" in panel.card.toPlainText()


def test_using_a_model_is_one_undoable_step(panel: ModelsPanel, studio: Studio, qtbot: QtBot) -> None:
    assert not panel.use_button.isEnabled()
    select(panel, "mine")
    qtbot.mouseClick(panel.use_button, Qt.MouseButton.LeftButton)
    assert studio.document.project.model == "mine"
    assert "in use" in panel.list.currentItem().text()
    studio.document.undo_stack.undo()
    assert studio.document.project.model == "eggan-detail"
    assert panel.use_button.isEnabled()


@pytest.mark.parametrize(("name", "told"), [("torn", "Copy the whole folder again"), ("my model", "letters, digits")])
def test_a_broken_model_says_what_to_do(panel: ModelsPanel, studio: Studio, name: str, told: str) -> None:
    select(panel, name)
    assert told in panel.fault.text()
    assert not panel.use_button.isEnabled()
    panel.use()
    assert studio.document.project.model == "eggan-detail"


def test_a_model_that_is_not_here_is_listed_and_told(panel: ModelsPanel, studio: Studio) -> None:
    studio.document.reset(replace(studio.document.project, model="gone"), None)
    select(panel, "gone")
    assert "no model called 'gone'" in panel.fault.text()


def test_models_that_come_while_the_window_is_open_show(panel: ModelsPanel, own: Path, qtbot: QtBot) -> None:
    shutil.copytree(own / "mine", own / "new")
    panel.library.look()
    qtbot.waitUntil(lambda: "new" in names(panel), timeout=10_000)


def test_another_folder_of_models_is_looked_at(
    panel: ModelsPanel, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    studio.preferences.set(MODELS_FOLDER, str(tmp_path / "none"))
    qtbot.waitUntil(lambda: names(panel) == ["eggan-128", "eggan-detail"], timeout=10_000)


def test_what_computes_is_a_preference(panel: ModelsPanel, studio: Studio, qtbot: QtBot) -> None:
    panel.backend_box.setFocus()
    qtbot.keyClick(panel.backend_box, Qt.Key.Key_Down)
    assert studio.preferences.get(BACKEND) == "onnx"
    studio.preferences.set(BACKEND, "torch")
    assert panel.backend_box.currentText() == "PyTorch"


def test_a_library_that_has_not_looked_knows_nothing(studio: Studio) -> None:
    library = ModelLibrary(studio.folders, studio.background)
    assert library.entries is None
    assert library.entry("mine") is None
    library.deleteLater()


def test_an_unknown_name_is_an_entry_with_an_error(panel: ModelsPanel) -> None:
    entry = panel.library.entry("gone")
    assert isinstance(entry, ModelEntry)
    assert isinstance(entry.error, ModelError)


def test_a_card_is_read_whole() -> None:
    figures: dict[str, Any] = {"test_split": {"people": 1200, "mean_cosine": 0.872, "ok": True}, "rates": [1, 0.5]}
    card = make_card().model_copy(update={"metrics": figures, "licence": "<b>"})
    lines = dict(card_lines(card))
    assert lines["Test split people"] == "1,200"
    assert lines["Test split mean cosine"] == "0.872"
    assert lines["Test split ok"] == "yes"
    assert lines["Rates"] == "1, 0.5"
    assert lines["Attribution"] == "Nobody, CC0"
    assert "<b>" not in card_page(card, "#888888")
