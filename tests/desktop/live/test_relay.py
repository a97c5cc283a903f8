"""Frames reach the UI thread one at a time, however many come."""

import threading
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.live.relay import FrameRelay


def put_all(relay: FrameRelay, run: int, frames: range) -> None:
    """Put them all on another thread, while this one is busy."""

    def put() -> None:
        for frame in frames:
            relay.put(run, frame)  # type: ignore[arg-type]  # it looks into no frame

    thread = threading.Thread(target=put)
    thread.start()
    thread.join()


def test_the_latest_frame_alone_arrives(qapp: QApplication, qtbot: QtBot) -> None:
    relay, arrived = FrameRelay(), list[Any]()
    relay.arrived.connect(arrived.append)
    relay.begin(1)
    put_all(relay, 1, range(100))
    qtbot.waitUntil(lambda: bool(arrived))
    assert arrived == [99]
    put_all(relay, 1, range(5))
    qtbot.waitUntil(lambda: len(arrived) > 1)
    assert arrived == [99, 4]


def test_frames_of_a_session_that_was_stopped_do_not_arrive(qapp: QApplication, qtbot: QtBot) -> None:
    relay, arrived = FrameRelay(), list[Any]()
    relay.arrived.connect(arrived.append)
    relay.begin(1)
    put_all(relay, 1, range(3))
    relay.begin(2)
    put_all(relay, 1, range(3))
    put_all(relay, 2, range(7, 8))
    qtbot.waitUntil(lambda: bool(arrived))
    qapp.processEvents()
    assert arrived == [7]
