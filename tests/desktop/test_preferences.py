from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.preferences import LAST_FOLDER, RECENT_FILES, THEME, Preferences
from desktop.studio import Studio


def test_what_is_set_is_there_next_time(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    background, path = Background(), tmp_path / "config" / "preferences.json"
    preferences = Preferences(path, background)
    with qtbot.waitSignal(preferences.changed) as caught:
        preferences.set(THEME, "light")
    assert caught.args == ["theme"]
    preferences.flush()
    assert Preferences(path, background).get(THEME) == "light"
    background.close()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"theme": 3, "recent_files": "x"}'])
def test_a_damaged_file_costs_the_settings_alone(qapp: QApplication, tmp_path: Path, content: str) -> None:
    background, path = Background(), tmp_path / "preferences.json"
    path.write_text(content)
    preferences = Preferences(path, background)
    assert preferences.get(THEME) == "dark"
    assert preferences.get(RECENT_FILES) == []
    background.close()


def test_a_folder_that_cannot_be_written_is_borne(qapp: QApplication, tmp_path: Path) -> None:
    background = Background()
    (tmp_path / "file").write_text("")
    preferences = Preferences(tmp_path / "file" / "preferences.json", background)
    preferences.set(LAST_FOLDER, "/films")
    preferences.flush()
    assert preferences.get(LAST_FOLDER) == "/films"
    background.close()


def test_keys_can_be_changed_and_restored(studio: Studio) -> None:
    action = studio.actions.action("play.toggle")
    studio.actions.set_keys("play.toggle", [QKeySequence("P"), QKeySequence("Ctrl+P")])
    assert [key.toString() for key in action.shortcuts()] == ["P", "Ctrl+P"]
    assert action.toolTip() == "Play / Pause  (P)"
    studio.actions.set_keys("play.toggle", [])
    assert action.shortcuts() == []
    assert action.toolTip() == "Play / Pause"
    studio.actions.set_keys("play.toggle", None)
    assert [key.toString() for key in action.shortcuts()] == ["Space"]


def test_recent_files_are_kept_latest_first(studio: Studio, tmp_path: Path) -> None:
    for number in range(14):
        studio.recent.add(tmp_path / f"{number}.eggan")
    studio.recent.add(tmp_path / "5.eggan")
    names = [path.name for path in studio.recent.paths()]
    assert names[:3] == ["5.eggan", "13.eggan", "12.eggan"]
    assert len(names) == 12
    studio.recent.clear()
    assert studio.recent.paths() == []
