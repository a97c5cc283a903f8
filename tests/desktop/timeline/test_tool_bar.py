from PySide6.QtWidgets import QToolButton

from desktop.timeline.timecode_field import TimecodeField
from desktop.timeline.tool_bar import TimelineToolBar
from desktop.window.main_window import MainWindow


def shown(window: MainWindow) -> set[str]:
    bar = window.docks["timeline"].widget().findChild(TimelineToolBar)
    assert isinstance(bar, TimelineToolBar)
    return {button.accessibleName() for button in bar.findChildren(QToolButton) if button.isVisible()}


def test_all_tools_where_there_is_room(window: MainWindow) -> None:
    window.resize(1600, 900)
    assert {"Zoom In", "Set In Point", "Mute", "Loop"} <= shown(window)
    timecode = window.docks["timeline"].widget().findChild(TimecodeField)
    assert isinstance(timecode, TimecodeField)
    assert timecode.mapTo(window, timecode.rect().topLeft()).x() < 10


def test_the_smallest_window_has_room_for_the_docks_beside_the_timeline(window: MainWindow) -> None:
    window.resize(window.minimumSize())
    timeline, expression = window.docks["timeline"].geometry(), window.docks["expression"].geometry()
    assert not timeline.intersects(expression)
    assert "Zoom In" not in shown(window)
    assert {"Play / Pause", "Mute", "Snap"} <= shown(window)
