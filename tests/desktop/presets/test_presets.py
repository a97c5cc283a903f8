"""Presets: applied as one step, saved, deleted, kept over a restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.presets.library import PresetLibrary
from desktop.presets.panel import PresetsPanel
from desktop.studio import Studio
from engine.action_units import AU_NUMBERS, PRESETS, AUVector
from engine.errors import ProjectError
from engine.project import Timeline


@pytest.fixture
def panel(studio: Studio, qtbot: QtBot) -> Iterator[PresetsPanel]:
    made = PresetsPanel(studio)
    made.resize(320, 480)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def test_a_click_applies_all_action_units_as_one_step(panel: PresetsPanel, studio: Studio, qtbot: QtBot) -> None:
    item = panel._list.item(panel.names.index("surprise"))
    place = panel._list.visualItemRect(item).center()
    qtbot.mouseClick(panel._list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    shown = studio.document.timeline.target(studio.view.playhead, AUVector.neutral())
    assert shown == PRESETS["surprise"]
    assert studio.document.undo_stack.count() == 1


def test_what_is_locked_stays(panel: PresetsPanel, studio: Studio) -> None:
    studio.document.edit_timeline("Wink", Timeline.constant({45: 3.0}))
    studio.locks.lock(45, locked=True)
    panel.apply("blink")
    assert studio.document.timeline.track(45).evaluate(studio.view.playhead) == 3.0


def test_own_presets_are_kept_and_can_be_deleted(panel: PresetsPanel, studio: Studio) -> None:
    studio.document.edit_timeline("Smirk", Timeline.constant({12: 2.0, 14: 3.5}))
    panel.save("Smirk")
    assert panel.names[-1] == "Smirk"
    again = PresetLibrary(studio.places.presets)
    assert again.expressions["Smirk"] == AUVector.of({12: 2.0, 14: 3.5})
    panel.delete("Smirk")
    assert "Smirk" not in panel.names
    assert "Smirk" not in PresetLibrary(studio.places.presets).expressions


def test_a_prototype_keeps_its_name(tmp_path: Path) -> None:
    library = PresetLibrary(tmp_path / "presets.json")
    with pytest.raises(ProjectError, match="cannot be called 'Happy'"):
        library.save("Happy", AUVector.neutral())
    assert not library.is_own("Happy")


@pytest.mark.parametrize("content", ["", "[]", '{"format": "other", "presets": {}}', '{"format": "eggan-presets-1"}'])
def test_a_file_that_is_not_ours_holds_no_presets(tmp_path: Path, content: str) -> None:
    path = tmp_path / "presets.json"
    path.write_text(content)
    assert dict(PresetLibrary(path).expressions) == dict(PRESETS)


@given(values=st.lists(st.floats(0, 5, width=32), min_size=17, max_size=17))
def test_an_expression_comes_back_to_a_thousandth(
    tmp_path_factory: pytest.TempPathFactory, values: list[float]
) -> None:
    path = tmp_path_factory.mktemp("presets") / "presets.json"
    PresetLibrary(path).save("mine", AUVector.of(dict(zip(AU_NUMBERS, values, strict=True))))
    kept = PresetLibrary(path).expressions["mine"]
    assert max(abs(kept[number] - value) for number, value in zip(AU_NUMBERS, values, strict=True)) <= 0.0006
