"""The sliders as a person uses them."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.expression.panel import ExpressionPanel
from desktop.studio import Studio
from engine.action_units import AU_NUMBERS
from engine.project import Keyframe, Timeline, Track


@pytest.fixture
def panel(studio: Studio, qtbot: QtBot) -> Iterator[ExpressionPanel]:
    made = ExpressionPanel(studio)
    made.resize(360, 900)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def drag(qtbot: QtBot, panel: ExpressionPanel, au: int, *shares: float) -> None:
    """Press at the first share of the slider's width and move over the others."""
    slider = panel.rows[au].slider
    points = [QPoint(round(share * slider.width()), slider.height() // 2) for share in shares]
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        qtbot.mouseMove(slider, point)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=points[-1])


def value(studio: Studio, au: int) -> float | None:
    return studio.document.timeline.track(au).evaluate(studio.view.playhead)


def test_every_action_unit_has_a_slider(panel: ExpressionPanel) -> None:
    assert {au for au in panel.rows if au is not None} == set(AU_NUMBERS)


def test_a_drag_is_one_step_and_undo_takes_it_back(panel: ExpressionPanel, studio: Studio, qtbot: QtBot) -> None:
    drag(qtbot, panel, 12, 0.1, 0.3, 0.6, 0.9)
    moved = value(studio, 12)
    assert moved is not None
    assert moved > 4
    assert studio.document.undo_stack.count() == 1
    assert studio.document.undo_stack.text(0) == "Set AU12"
    studio.document.undo_stack.undo()
    assert studio.document.timeline == Timeline()
    assert not panel.rows[12].slider.is_set


def test_keys_move_a_little_and_much(panel: ExpressionPanel, studio: Studio, qtbot: QtBot) -> None:
    slider = panel.rows[4].slider
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert value(studio, 4) == pytest.approx(1.1)
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert value(studio, 4) == 5
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert value(studio, 4) == 0


def test_a_value_can_be_typed(panel: ExpressionPanel, studio: Studio, qtbot: QtBot) -> None:
    field = panel.rows[26].field
    field.selectAll()
    qtbot.keyClicks(field, "3.25")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert value(studio, 26) == 3.25
    assert panel.rows[26].slider.value == 3.25


def test_on_an_animated_track_a_slider_sets_a_keyframe(panel: ExpressionPanel, studio: Studio, qtbot: QtBot) -> None:
    track = Track(12, (Keyframe(Fraction(0), 0.0), Keyframe(Fraction(2), 4.0)))
    studio.document.edit_timeline("Animate", Timeline((track,)))
    studio.view.set_playhead(Fraction(1))
    assert panel.rows[12].slider.value == 2.0
    panel.rows[12].slider.setFocus()
    qtbot.keyClick(panel.rows[12].slider, Qt.Key.Key_End)
    times = [keyframe.time for keyframe in studio.document.timeline.track(12).keyframes]
    assert times == [0, 1, 2]


def test_reset_lets_the_source_be_followed_again(panel: ExpressionPanel, studio: Studio, qtbot: QtBot) -> None:
    studio.document.edit_timeline("Smile", Timeline.constant({12: 3.0, 6: 2.0}))
    qtbot.mouseClick(panel.rows[12].reset_button, Qt.MouseButton.LeftButton)
    assert value(studio, 12) is None
    assert value(studio, 6) == 2.0


def test_what_is_locked_stays(panel: ExpressionPanel, studio: Studio, qtbot: QtBot) -> None:
    studio.document.edit_timeline("Smile", Timeline.constant({12: 3.0, 6: 2.0}))
    qtbot.mouseClick(panel.rows[12].lock_button, Qt.MouseButton.LeftButton)
    drag(qtbot, panel, 12, 0.1, 0.9)
    studio.expression.follow_all()
    assert value(studio, 12) == 3.0
    assert value(studio, 6) is None
    assert studio.locks.locked == {12}


def test_the_source_shows_as_a_mark(panel: ExpressionPanel) -> None:
    panel.rows[25].show_value(None, 2.5, 0.0)
    slider = panel.rows[25].slider
    assert (slider.value, slider.ghost, slider.is_set) == (2.5, 2.5, False)


def test_a_performance_is_played_into(panel: ExpressionPanel, studio: Studio, qtbot: QtBot) -> None:
    studio.recorder.start()
    panel.rows[12].slider.setFocus()
    qtbot.keyClick(panel.rows[12].slider, Qt.Key.Key_End)
    assert studio.document.timeline.track(12).keyframes
    studio.recorder.stop()
    assert studio.document.undo_stack.count() == 1
