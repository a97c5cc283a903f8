"""The timeline, driven as a person would: click, drag, type, and look at what shows."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.document.timeline_edits import put_key
from desktop.studio import Studio
from desktop.timeline.panel import TimelinePanel
from desktop.timeline.scene import RULER_HEIGHT, PlacedKey
from engine.curves import AUCurves
from engine.project import EASE_IN, EASE_IN_OUT, HOLD, Keyframe, Timeline, cubic_bezier

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(studio: Studio, qtbot: QtBot) -> Iterator[TimelinePanel]:
    made = TimelinePanel(studio)
    made.addActions(studio.actions.all())
    made.resize(1200, 640)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def smile(studio: Studio) -> None:
    timeline = Timeline()
    for seconds, value in ((0, 0.0), (1, 3.0), (2, 1.0)):
        timeline = put_key(timeline, 12, Keyframe(Fraction(seconds), value))
    studio.document.edit_timeline("Smile", timeline)


def placed(panel: TimelinePanel, au: int | None, time: Fraction | int) -> PlacedKey:
    key = (au, Fraction(time))
    return next(found for found in panel.canvas.scene.placed_keys() if found.keys == (key,))


def drag(
    qtbot: QtBot, panel: TimelinePanel, start: QPoint, by: QPoint, modifier: Qt.KeyboardModifier | None = None
) -> None:
    canvas, held = panel.canvas, modifier or Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(canvas, LEFT, held, start)
    for share in (0.25, 0.5, 0.75, 1.0):
        qtbot.mouseMove(canvas, start + QPoint(round(by.x() * share), round(by.y() * share)))
    send_move(panel, start + by, held)
    qtbot.mouseRelease(canvas, LEFT, held, start + by)


def send_move(panel: TimelinePanel, to: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    """Move with a button and keys held, which QTest's own moves do not carry."""
    from PySide6.QtGui import QMouseEvent

    canvas = panel.canvas
    event = QMouseEvent(QMouseEvent.Type.MouseMove, QPointF(to), QPointF(canvas.mapToGlobal(to)), LEFT, LEFT, modifiers)
    QApplication.sendEvent(canvas, event)


def times(studio: Studio, au: int = 12) -> list[Fraction]:
    return [keyframe.time for keyframe in studio.document.timeline.track(au).keyframes]


def test_a_click_in_the_ruler_puts_the_playhead_on_the_frame(
    studio: Studio, panel: TimelinePanel, qtbot: QtBot
) -> None:
    axis = panel.arrangement.axis
    qtbot.mouseClick(panel.canvas, LEFT, pos=QPoint(round(axis.x_of(Fraction(3, 2))), 8))
    assert studio.view.playhead == Fraction(3, 2)
    assert panel.timecode.text() == "00:00:01:15"


def test_scrubbing_emits_every_frame_once(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    seen: list[Fraction] = []
    studio.view.playhead_changed.connect(seen.append)
    x = round(panel.arrangement.axis.x_of(1))
    drag(qtbot, panel, QPoint(x, 8), QPoint(200, 0))
    assert seen == sorted(set(seen))
    assert len(seen) >= 4
    assert all((time * studio.media.rate).denominator == 1 for time in seen)


def test_a_dragged_keyframe_snaps_to_frames_and_is_one_step(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    before = studio.document.project
    at = placed(panel, 12, 1).at.toPoint()
    drag(qtbot, panel, at, QPoint(73, 0))
    (moved,) = set(times(studio)) - {Fraction(0), Fraction(2)}
    assert moved > 1
    assert (moved * studio.media.rate).denominator == 1
    assert studio.view.selection == {(12, moved)}
    studio.document.undo_stack.undo()
    assert studio.document.project == before


def test_a_keyframe_snaps_to_the_playhead(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    studio.view.set_playhead(Fraction(7, 4))
    axis = panel.arrangement.axis
    by = round(axis.x_of(Fraction(7, 4)) - axis.x_of(1)) + 4
    drag(qtbot, panel, placed(panel, 12, 1).at.toPoint(), QPoint(by, 0))
    assert Fraction(7, 4) in times(studio)


def test_escape_takes_a_drag_back(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    steps = studio.document.undo_stack.count()
    at = placed(panel, 12, 1).at.toPoint()
    qtbot.mousePress(panel.canvas, LEFT, pos=at)
    qtbot.mouseMove(panel.canvas, at + QPoint(60, 0))
    assert times(studio) != [0, 1, 2]
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert times(studio) == [0, 1, 2]
    assert studio.document.undo_stack.count() == steps
    qtbot.mouseRelease(panel.canvas, LEFT, pos=at + QPoint(60, 0))


def test_a_box_selects_what_is_inside(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    first, second = placed(panel, 12, 0).at.toPoint(), placed(panel, 12, 1).at.toPoint()
    drag(qtbot, panel, first + QPoint(-8, -9), second - first + QPoint(16, 18))
    assert studio.view.selection == {(12, Fraction(0)), (12, Fraction(1))}
    qtbot.mouseClick(panel.canvas, LEFT, pos=first + QPoint(60, 0))
    assert studio.view.selection == frozenset()


def test_copies_are_pasted_at_the_playhead(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    qtbot.mouseClick(panel.canvas, LEFT, pos=placed(panel, 12, 1).at.toPoint())
    studio.actions.action("edit.copy").trigger()
    studio.view.set_playhead(Fraction(3))
    studio.actions.action("edit.paste").trigger()
    assert studio.document.timeline.track(12).at(Fraction(3)) == Keyframe(Fraction(3), 3.0)
    assert studio.view.selection == {(12, Fraction(3))}
    studio.actions.action("edit.delete").trigger()
    assert times(studio) == [0, 1, 2]


def test_alt_drags_a_copy(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    drag(qtbot, panel, placed(panel, 12, 2).at.toPoint(), QPoint(120, 0), Qt.KeyboardModifier.AltModifier)
    assert times(studio)[:3] == [0, 1, 2]
    assert len(times(studio)) == 4


def test_a_whole_expression_is_copied_and_pasted(studio: Studio, panel: TimelinePanel) -> None:
    studio.document.edit_timeline("Smile", Timeline.constant({6: 2.0, 12: 4.0}, strength=0.5))
    studio.actions.action("edit.copy_expression").trigger()
    studio.view.set_playhead(Fraction(1))
    studio.actions.action("edit.paste").trigger()
    timeline = studio.document.timeline
    assert [timeline.track(au).at(Fraction(1)) for au in (6, 12)] == [
        Keyframe(Fraction(1), 2.0),
        Keyframe(Fraction(1), 4.0),
    ]
    assert timeline.strength.at(Fraction(1)) == Keyframe(Fraction(1), 0.5)


def test_pasting_something_else_changes_nothing(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("[]")
    with qtbot.waitSignal(studio.notice):
        studio.actions.action("edit.paste").trigger()
    assert studio.document.undo_stack.count() == 0


def test_an_easing_is_chosen_for_the_selection(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    assert not studio.actions.action("key.ease_in").isEnabled()
    qtbot.mouseClick(panel.canvas, LEFT, pos=placed(panel, 12, 0).at.toPoint())
    studio.actions.action("key.ease_in").trigger()
    assert studio.document.timeline.track(12).keyframes[0].easing == EASE_IN


def test_a_handle_bends_the_curve(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    studio.view.select(frozenset({(12, Fraction(0))}))
    studio.actions.action("key.ease_bezier").trigger()
    studio.actions.action("timeline.curves").setChecked(True)
    handle = next(found for found in panel.canvas.scene.handles() if found.end == "start")
    drag(qtbot, panel, handle.at.toPoint(), QPoint(0, -80))
    easing = studio.document.timeline.track(12).keyframes[0].easing
    assert easing.control is not None
    assert easing.control[1] > 0.2
    assert easing.control[2:] == (0.58, 1.0)
    studio.document.undo_stack.undo()
    assert studio.document.timeline.track(12).keyframes[0].easing == cubic_bezier(0.42, 0.0, 0.58, 1.0)


def test_in_the_curve_view_a_drag_changes_the_value(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    studio.actions.action("timeline.curves").setChecked(True)
    drag(qtbot, panel, placed(panel, 12, 1).at.toPoint(), QPoint(0, -40), Qt.KeyboardModifier.ShiftModifier)
    keyframe = studio.document.timeline.track(12).at(Fraction(1))
    assert keyframe is not None
    assert 3.0 < keyframe.value <= 5.0


def test_a_value_is_typed(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    qtbot.mouseDClick(panel.canvas, LEFT, pos=placed(panel, 12, 1).at.toPoint())
    field = panel._value_editor
    assert field.isVisible()
    field.selectAll()
    qtbot.keyClicks(field, "4.25")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert studio.document.timeline.track(12).at(Fraction(1)) == Keyframe(Fraction(1), 4.25)
    assert not field.isVisible()


def test_a_double_click_on_a_track_adds_a_keyframe(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    row = next(row for row in panel.arrangement.rows if row.aus == (12,) and row.is_track)
    at = QPoint(round(panel.arrangement.axis.x_of(Fraction(1, 2))), panel.canvas.scene.top_of(row) + 12)
    qtbot.mouseDClick(panel.canvas, LEFT, pos=at)
    assert studio.document.timeline.track(12).at(Fraction(1, 2)) == Keyframe(Fraction(1, 2), 1.5)


def test_the_head_of_a_track_sets_and_removes_keyframes(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    row = next(row for row in panel.arrangement.rows if row.aus == (6,) and row.is_track)
    button = QPoint(panel.heads.width() - 12, RULER_HEIGHT + row.top + 12)
    qtbot.mouseClick(panel.heads, LEFT, pos=button)
    assert times(studio, 6) == [0]
    qtbot.mouseClick(panel.heads, LEFT, pos=button)
    assert times(studio, 6) == []


def test_a_group_folds(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    group = next(row for row in panel.arrangement.rows if row.title == "Lower face")
    shown = len(panel.arrangement.rows)
    qtbot.mouseClick(panel.heads, LEFT, pos=QPoint(40, RULER_HEIGHT + group.top + 12))
    assert len(panel.arrangement.rows) == shown - 10
    summary = [found for found in panel.canvas.scene.placed_keys() if found.keys == ((12, Fraction(1)),)]
    assert len(summary) == 1  # the group's own row still shows it


def test_the_arrow_keys_choose_a_track(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    panel.canvas.setFocus()
    for expected in (None, 1, 2):
        qtbot.keyClick(panel.canvas, Qt.Key.Key_Down)
        assert studio.view.active == {expected}
    studio.actions.action("key.add").trigger()
    assert times(studio, 2) == [0]


def test_a_smile_is_shaped_with_the_keyboard_alone(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    steps = studio.document.undo_stack.count()
    studio.view.activate(frozenset({12}))
    studio.actions.action("go.next_keyframe").trigger()
    assert studio.view.selection == {(12, Fraction(1))}
    for action_id in ("key.later", "key.later", "key.raise", "key.lower", "key.lower"):
        studio.actions.action(action_id).trigger()
    moved = Fraction(1) + Fraction(2, 30)
    keyframe = studio.document.timeline.track(12).at(moved)
    assert keyframe is not None
    assert keyframe.value == pytest.approx(2.9)
    assert studio.document.undo_stack.count() == steps + 1  # as if a key had been held
    panel.canvas.setFocus()
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Return)
    qtbot.keyClicks(panel._value_editor, "1.5")
    qtbot.keyClick(panel._value_editor, Qt.Key.Key_Return)
    assert studio.document.timeline.track(12).at(moved) == Keyframe(moved, 1.5)
    assert panel.focusWidget() is panel.canvas


@pytest.mark.parametrize(("is_in", "seconds"), [(True, 1), (False, 3)])
def test_in_and_out_points_are_dragged(
    studio: Studio, panel: TimelinePanel, qtbot: QtBot, is_in: bool, seconds: int
) -> None:
    studio.view.set_in(Fraction(1))
    studio.view.set_out(Fraction(3))
    axis = panel.arrangement.axis
    start = QPoint(round(axis.x_of(seconds)), RULER_HEIGHT - 4)
    drag(qtbot, panel, start, QPoint(round(axis.scale / 2), 0))
    moved = studio.view.range.start if is_in else studio.view.range.end
    assert moved == Fraction(2 * seconds + 1, 2)


def test_zoom_keeps_the_moment_under_the_mouse(panel: TimelinePanel) -> None:
    before = panel.arrangement.axis.seconds_at(400)
    panel.arrangement.zoom(4.0, 400)
    assert panel.arrangement.axis.seconds_at(400) == pytest.approx(before)
    assert panel._time_bar.maximum() > 0
    panel.arrangement.fit()
    assert panel._time_bar.maximum() == panel._time_bar.value()


def test_moving_the_playhead_repaints_nothing_of_the_picture(
    studio: Studio, panel: TimelinePanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    smile(studio)
    qtbot.waitUntil(lambda: panel.canvas._picture.is_whole)
    painted: list[str] = []
    painter = panel.canvas._picture._painter
    monkeypatch.setattr(painter, "paint", lambda *_: painted.append("all"))
    monkeypatch.setattr(painter, "paint_rows", lambda _painter, _scene, rows: painted.extend(row.title for row in rows))
    studio.view.set_playhead(Fraction(1))
    panel.canvas.repaint()
    assert painted == []
    studio.view.select(frozenset({(12, Fraction(0))}))
    panel.canvas.repaint()
    assert painted == ["Lower face", "AU12"]


def test_a_picture_made_in_parts_equals_one_made_at_once(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    smile(studio)
    panel.canvas.grab()
    studio.view.select(frozenset({(12, Fraction(0))}))
    studio.view.activate(frozenset({12}))
    edited = put_key(studio.document.timeline, 12, Keyframe(Fraction(3, 2), 5.0, EASE_IN))
    studio.document.edit_timeline("Grin", edited)
    in_parts = panel.canvas.grab().toImage()
    panel.canvas._picture.forget()
    assert panel.canvas.grab().toImage() == in_parts


def test_typed_timecode_moves_the_playhead(studio: Studio, panel: TimelinePanel, qtbot: QtBot) -> None:
    panel.timecode.setFocus()
    panel.timecode.selectAll()
    qtbot.keyClicks(panel.timecode, "00:00:02:10")
    qtbot.keyClick(panel.timecode, Qt.Key.Key_Return)
    assert studio.view.playhead == Fraction(70, 30)
    panel.timecode.setText("soon")
    qtbot.keyClick(panel.timecode, Qt.Key.Key_Return)
    assert panel.timecode.text() == "00:00:02:10"


def test_curves_travel_through_csv(studio: Studio, panel: TimelinePanel, qtbot: QtBot, tmp_path: Path) -> None:
    smile(studio)
    path = tmp_path / "smile.csv"
    with qtbot.waitSignal(studio.notice):
        panel.curve_files.write(path)
    studio.actions.action("edit.select_all").trigger()
    studio.actions.action("edit.delete").trigger()
    with qtbot.waitSignal(studio.notice):
        panel.curve_files.read(path)
    track = studio.document.timeline.track(12)
    for tenths in range(0, 30):
        expected = 3.0 * tenths / 10 if tenths <= 10 else max(1.0, 3.0 - 2.0 * (tenths - 10) / 10)
        assert track.evaluate(Fraction(tenths, 10)) == pytest.approx(expected, abs=0.11)


def test_measured_expressions_become_keyframes_of_the_active_tracks(
    studio: Studio, panel: TimelinePanel, qtbot: QtBot, root: Path
) -> None:
    bake = studio.actions.action("timeline.bake")
    assert not bake.isEnabled()
    studio.document.edit("Open", replace(studio.document.project, media=root / "assets/demo/astronaut.jpg"))
    seconds = np.arange(30, dtype=np.float32) / 30
    studio.measured.show(AUCurves(tuple(Fraction(i, 30) for i in range(30)), np.repeat(3 * seconds[:, None], 17, 1)))
    studio.view.activate(frozenset({12}))
    with qtbot.waitSignal(studio.notice):
        bake.trigger()
    assert [track.au for track in studio.document.timeline.tracks] == [12]
    assert studio.document.timeline.track(12).evaluate(Fraction(1, 2)) == pytest.approx(1.5, abs=0.1)


def test_a_broken_csv_says_why(studio: Studio, panel: TimelinePanel, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text("a,b\n1,2\n")
    with qtbot.waitSignal(studio.fault) as caught:
        panel.curve_files.read(path)
    assert "broken.csv" in caught.args[0].message


def test_shapes_of_keyframes_follow_their_easing(studio: Studio, panel: TimelinePanel) -> None:
    timeline = Timeline()
    for second, easing in ((0, HOLD), (1, EASE_IN_OUT)):
        timeline = put_key(timeline, 12, Keyframe(Fraction(second), 2.0, easing))
    studio.document.edit_timeline("Shapes", timeline)
    image = panel.canvas.grab().toImage()
    corner = QPointF(3.4, 3.4)  # inside the square, outside the disc
    held, eased = (placed(panel, 12, second).at + corner for second in (0, 1))
    assert image.pixelColor(held.toPoint()) != image.pixelColor(eased.toPoint())
