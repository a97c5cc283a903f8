"""Whatever is done to the timeline, undoing it all gives the identical project, and redoing it all the last one."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from desktop.document import timeline_edits
from desktop.document.project_document import ProjectDocument
from desktop.document.timeline_edits import all_keys
from desktop.document.view_state import KeyRef
from engine.action_units import AU_NUMBERS
from engine.project import EASINGS, Keyframe, Project, Timeline, cubic_bezier
from engine.project.store import format_project

TRACKS = st.sampled_from((None, *AU_NUMBERS[:4], 12))
TIMES = st.fractions(0, 4, max_denominator=30)
SHIFTS = st.fractions(-3, 3, max_denominator=30)
VALUES = st.floats(-1, 6, allow_nan=False)
EASING = st.one_of(
    st.sampled_from(list(EASINGS.values())),
    st.builds(cubic_bezier, st.floats(0, 1), st.floats(-2, 2), st.floats(0, 1), st.floats(-2, 2)),
)


def some_keys(timeline: Timeline, chosen: list[bool]) -> frozenset[KeyRef]:
    keys = sorted(all_keys(timeline), key=lambda key: (key[0] or 0, key[1]))
    return frozenset(key for key, is_chosen in zip(keys, chosen, strict=False) if is_chosen)


@st.composite
def edits(draw: st.DrawFn, timeline: Timeline) -> Timeline:
    """One edit as the panels make it."""
    keys = some_keys(timeline, draw(st.lists(st.booleans(), max_size=12)))
    match draw(st.sampled_from(("set", "put", "move", "delete", "ease", "paste", "clear"))):
        case "set":
            animate = draw(st.booleans())
            return timeline_edits.set_value(timeline, draw(TRACKS), draw(VALUES), draw(TIMES), animate=animate)
        case "put":
            au = draw(TRACKS)
            value = timeline_edits.limited(au, draw(VALUES))
            return timeline_edits.put_key(timeline, au, Keyframe(draw(TIMES), value, draw(EASING)))
        case "move":
            return timeline_edits.move_keys(timeline, keys, draw(SHIFTS), draw(VALUES))[0]
        case "delete":
            return timeline_edits.delete_keys(timeline, keys)
        case "ease":
            return timeline_edits.set_easing(timeline, keys, draw(EASING))
        case "paste":
            copies = timeline_edits.copy_keys(timeline, keys)
            return timeline_edits.paste_keys(timeline, copies, draw(TIMES))[0]
        case _:
            return timeline_edits.clear_track(timeline, draw(TRACKS))


@settings(max_examples=50)
@given(st.data())
def test_undoing_all_gives_the_identical_project(qapp: QApplication, data: st.DataObject) -> None:
    start = Project("eggan-128", timeline=data.draw(edits(Timeline.constant({12: 2.0}, 0.5))))
    document = ProjectDocument(start)
    gesture = document.new_gesture()
    for _ in range(data.draw(st.integers(1, 12))):
        if data.draw(st.booleans()):
            gesture = document.new_gesture()
        document.edit("Edit", replace(document.project, timeline=data.draw(edits(document.timeline))), gesture)
    last = document.project
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.project == start
    assert _stored(document.project) == _stored(start)
    while document.undo_stack.canRedo():
        document.undo_stack.redo()
    assert document.project == last


@settings(max_examples=50)
@given(st.data())
def test_a_group_keeps_its_shape_when_it_moves(data: st.DataObject) -> None:
    timeline = Timeline()
    for _ in range(6):
        keyframe = Keyframe(data.draw(TIMES), data.draw(st.floats(0, 5)))
        timeline = timeline_edits.put_key(timeline, data.draw(TRACKS), keyframe)
    keys = some_keys(timeline, data.draw(st.lists(st.booleans(), min_size=6, max_size=6)))
    moved_timeline, moved = timeline_edits.move_keys(timeline, keys, data.draw(SHIFTS))
    assert len(moved) == len(keys)
    assert moved <= all_keys(moved_timeline)
    assert len({new - old for (_, old), (_, new) in zip(_ordered(keys), _ordered(moved), strict=True)}) <= 1
    assert all(time >= 0 for _, time in moved)


def _ordered(keys: frozenset[KeyRef]) -> list[KeyRef]:
    return sorted(keys, key=lambda key: (key[0] or 0, key[1]))


def _stored(project: Project) -> bytes:
    return format_project(project, Path("/"))
